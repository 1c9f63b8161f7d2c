package io.engraft.law;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Values of base R, made by src/test/r/laws.R. */
class LawGoldenTest {

    @TestFactory
    List<DynamicTest> agreesWithR() {
        List<String[]> rows = rows();
        assertThat(rows).hasSizeGreaterThan(800);
        List<DynamicTest> tests = new ArrayList<>();
        for (String family : List.of("exponential", "weibull", "lognormal", "loglogistic", "gamma")) {
            tests.add(DynamicTest.dynamicTest(family, () -> {
                int seen = 0;
                for (String[] row : rows) {
                    if (row[0].equals(family)) {
                        check(row);
                        seen++;
                    }
                }
                assertThat(seen).isGreaterThan(100);
            }));
        }
        return tests;
    }

    private static void check(String[] row) {
        double a = Double.parseDouble(row[1]);
        double b = Double.parseDouble(row[2]);
        double at = Double.parseDouble(row[4]);
        double expected = Double.parseDouble(row[5]);
        LawFamily family = LawFamily.parse(row[0]);
        LawOfTime law = family.parameterNames().size() == 1
                ? Exponential.of(a)
                : family.of(Map.of(
                        family.parameterNames().get(0),
                        a,
                        family.parameterNames().get(1),
                        b));
        double actual = switch (row[3]) {
            case "density" -> law.density(at);
            case "logDensity" -> law.logDensity(at);
            case "cumulativeProbability" -> law.cumulativeProbability(at);
            case "survival" -> law.survival(at);
            case "logSurvival" -> law.logSurvival(at);
            case "timeAt" -> law.timeAt(at);
            case "timeAtSurvival" -> law.timeAtSurvival(at);
            case "meanUpTo" -> law.meanUpTo(at);
            default -> throw new AssertionError(row[3]);
        };
        assertThat(actual).as(String.join(",", row)).isCloseTo(expected, Percentage.withPercentage(1e-10));
    }

    private static List<String[]> rows() {
        try (InputStream in = LawGoldenTest.class.getResourceAsStream("/golden/laws.csv");
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines()
                    .filter(line -> !line.startsWith("#") && !line.startsWith("family"))
                    .map(line -> line.split(","))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
