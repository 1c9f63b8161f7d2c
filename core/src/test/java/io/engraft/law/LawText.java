package io.engraft.law;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Laws as the words that src/test/python/laws_mpmath.py writes. */
final class LawText {

    private LawText() {}

    static LawOfTime parse(String text) {
        Deque<String> words = new ArrayDeque<>(List.of(text.split(" ")));
        LawOfTime law = next(words);
        if (!words.isEmpty()) {
            throw new AssertionError(text);
        }
        return law;
    }

    private static LawOfTime next(Deque<String> words) {
        String name = words.remove();
        return switch (name) {
            case "exponential" -> Exponential.of(number(words));
            case "weibull" -> Weibull.of(number(words), number(words));
            case "lognormal" -> LogNormal.of(number(words), number(words));
            case "loglogistic" -> LogLogistic.of(number(words), number(words));
            case "gamma" -> Gamma.of(number(words), number(words));
            case "gompertz" -> Gompertz.of(number(words), number(words));
            case "gengamma" -> GeneralizedGamma.of(number(words), number(words), number(words));
            case "piecewise" -> {
                int cuts = (int) number(words);
                yield PiecewiseExponential.of(numbers(words, cuts), numbers(words, cuts + 1));
            }
            case "spline" -> {
                RoystonParmar.Scale scale =
                        RoystonParmar.Scale.valueOf(words.remove().toUpperCase(java.util.Locale.ROOT));
                int knots = (int) number(words);
                yield RoystonParmar.of(scale, numbers(words, knots), numbers(words, knots));
            }
            case "cure" -> MixtureCure.of(number(words), next(words));
            case "background" -> BackgroundMortality.of(next(words), (PiecewiseExponential) next(words));
            case "given" -> {
                double s = number(words);
                yield next(words).conditionalOn(s);
            }
            default -> throw new AssertionError(name);
        };
    }

    private static double number(Deque<String> words) {
        return Double.parseDouble(words.remove());
    }

    private static double[] numbers(Deque<String> words, int count) {
        double[] x = new double[count];
        for (int j = 0; j < count; j++) {
            x[j] = number(words);
        }
        return x;
    }
}
