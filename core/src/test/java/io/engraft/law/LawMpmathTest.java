package io.engraft.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engraft.testing.GoldenFile;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Every law against 50-digit arithmetic, made by src/test/python/laws_mpmath.py: relative error at most 1e-12 in the body
 * (F and S at least 1e-3) and 1e-10 in the tails, to F or S = 1e-300. Logarithms near 0 have that error absolutely.
 */
class LawMpmathTest {

    private static final double BODY = 1e-12;
    private static final double TAIL = 1e-10;

    private final GoldenFile file = GoldenFile.read("/golden/laws_mpmath.csv");

    @Test
    void agreesWithFiftyDigits() {
        Map<String, Integer> seen = new TreeMap<>();
        for (int row = 0; row < file.size(); row++) {
            String text = file.text(row, "law");
            String quantity = file.text(row, "quantity");
            LawOfTime law = LawText.parse(text);
            double at = file.number(row, "at");
            double expected = file.number(row, "value");
            double scale = quantity.equals("logDensity") ? Math.max(1, Math.abs(expected)) : Math.abs(expected);
            assertThat(value(law, quantity, at))
                    .as(text + " " + quantity + " " + at)
                    .isCloseTo(expected, within(scale * (isTail(law, quantity, at) ? TAIL : BODY)));
            seen.merge(text.split(" ")[0], 1, Integer::sum);
        }
        assertThat(seen.keySet())
                .containsAll(List.of(
                        "exponential",
                        "weibull",
                        "lognormal",
                        "loglogistic",
                        "gamma",
                        "gompertz",
                        "gengamma",
                        "piecewise",
                        "spline",
                        "cure",
                        "background",
                        "given"));
        assertThat(seen.values()).allMatch(count -> count > 100);
        assertThat(file.size()).isGreaterThan(5000);
    }

    private static double value(LawOfTime law, String quantity, double at) {
        return switch (quantity) {
            case "density" -> law.density(at);
            case "logDensity" -> law.logDensity(at);
            case "cumulativeProbability" -> law.cumulativeProbability(at);
            case "survival" -> law.survival(at);
            case "cumulativeHazard" -> law.cumulativeHazard(at);
            case "hazard" -> law.hazard(at);
            case "timeAt" -> law.timeAt(at);
            case "timeAtSurvival" -> law.timeAtSurvival(at);
            case "meanUpTo" -> law.meanUpTo(at);
            case "mean" -> law.mean();
            default -> throw new AssertionError(quantity);
        };
    }

    private static boolean isTail(LawOfTime law, String quantity, double at) {
        return switch (quantity) {
            case "timeAt", "timeAtSurvival" -> at < 1e-3;
            case "meanUpTo", "mean" -> false;
            default -> Math.min(law.cumulativeProbability(at), law.survival(at)) < 1e-3;
        };
    }
}
