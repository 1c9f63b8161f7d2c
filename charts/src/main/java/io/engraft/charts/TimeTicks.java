package io.engraft.charts;

import io.engraft.data.DurationUnit;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where ticks stand. */
final class TimeTicks {

    private static final double[] DAYS = {1, 2, 5, 10, 15, 30, 60, 90, 180, 365, 730, 1825, 3650};
    private static final double[] MONTHS = {0.25, 0.5, 1, 2, 3, 6, 12, 24, 36, 60, 120, 240};
    private static final double[] YEARS = {1, 2, 5, 10, 20};
    private static final double LEAST_WHOLE_YEARS = 3;
    private static final double ROUNDING = 1e-9;
    private static final int MOST_TICKS = 200;
    private static final int MOST_DECIMALS = 9;
    private static final MathContext EXACT = new MathContext(12);

    private TimeTicks() {}

    /** The unit that an axis title names, as in "Months since transplant". */
    static @Nullable DurationUnit unitIn(String label) {
        String words = " " + label.toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", " ") + " ";
        for (DurationUnit unit : DurationUnit.values()) {
            String plural = unit.label();
            String singular = plural.substring(0, plural.length() - 1);
            if (words.contains(" " + plural + " ") || words.contains(" " + singular + " ")) {
                return unit;
            }
        }
        return null;
    }

    /** The step that gives at most a number of intervals over a span, of those natural for a unit. */
    static double step(double span, int mostIntervals, @Nullable DurationUnit unit) {
        for (double step : natural(span, unit)) {
            if (span / step <= mostIntervals && span / step >= 2) {
                return step;
            }
        }
        return decimalStep(span, mostIntervals);
    }

    private static double[] natural(double span, @Nullable DurationUnit unit) {
        if (unit == DurationUnit.DAYS) {
            return DAYS;
        }
        if (unit == DurationUnit.MONTHS) {
            return MONTHS;
        }
        return unit == DurationUnit.YEARS && span >= LEAST_WHOLE_YEARS ? YEARS : new double[0];
    }

    private static double decimalStep(double span, int mostIntervals) {
        double power = Math.pow(10, Math.floor(Math.log10(span / mostIntervals)));
        for (double digit : new double[] {1, 2, 5, 10}) {
            if (span / (digit * power) <= mostIntervals + ROUNDING) {
                return digit * power;
            }
        }
        return 10 * power;
    }

    /** The multiples of a step within limits. */
    static List<Double> multiples(double from, double to, double step) {
        List<Double> ticks = new ArrayList<>();
        double tolerance = (to - from) * ROUNDING;
        double first = Math.ceil((from - tolerance) / step);
        double last = Math.floor((to + tolerance) / step);
        // A step far too fine for the axis would only blacken it.
        double stride = Math.max(1, Math.ceil((last - first) / MOST_TICKS));
        for (int i = 0; i <= MOST_TICKS && first + i * stride <= last; i++) {
            BigDecimal multiple = BigDecimal.valueOf(first + i * stride);
            ticks.add(BigDecimal.valueOf(step).multiply(multiple).doubleValue());
        }
        return ticks;
    }

    /** A tick's label: as many decimals as the ticks need, none where they are whole. */
    static String label(double value, double step) {
        int decimals = Math.max(decimals(step), decimals(value));
        return String.format(Locale.ROOT, "%." + decimals + "f", value).replace('-', '\u2212');
    }

    /** How many decimals write a number, whose last digits may be rounding. */
    private static int decimals(double x) {
        int scale = new BigDecimal(x).round(EXACT).stripTrailingZeros().scale();
        return Math.max(0, Math.min(MOST_DECIMALS, scale));
    }
}
