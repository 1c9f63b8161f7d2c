package io.engraft.report.internal;

import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.internal.csv.NumberText;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** Numbers as the cells of tables for a person. */
public final class Cells {

    /** What cannot be estimated. */
    public static final String NONE = "-";

    private static final double LARGE = 1e9;
    private static final int DIGITS = 4;

    private static final Pattern NEGATIVE_ZERO = Pattern.compile("-0(\\.0*)?");

    private Cells() {}

    /** A time or a count: whole where it is whole, else in its shortest form. */
    public static String plain(double value) {
        return Double.isNaN(value) ? NONE : NumberText.plain(value);
    }

    /** A time: whole where it is whole, else to four decimals, or to four digits where it is below 1. */
    public static String time(double value) {
        if (!(Math.abs(value) < LARGE) || value == Math.rint(value)) {
            return plain(value);
        }
        BigDecimal exact = new BigDecimal(value);
        BigDecimal rounded = Math.abs(value) < 1
                ? exact.round(new MathContext(DIGITS))
                : exact.setScale(DIGITS, RoundingMode.HALF_EVEN);
        return rounded.stripTrailingZeros().toPlainString();
    }

    /** A count, that sums of weights bring with the dust of their rounding. */
    public static String counted(double value) {
        double rounded = Math.rint(value * 1e6) / 1e6;
        return plain(Math.abs(value) < 1e9 ? rounded : value);
    }

    /** A probability or the like, to seven decimals. */
    public static String decimal(double value) {
        return Double.isNaN(value) ? NONE : fixed("%.7f", value);
    }

    public static String decimal(OptionalDouble value) {
        return decimal(value.orElse(Double.NaN));
    }

    public static String short4(double value) {
        return Double.isNaN(value) ? NONE : fixed("%.4f", value);
    }

    /** Decimals without the sign of a 0; with a power of ten where most digits would be made up. */
    private static String fixed(String decimals, double value) {
        if (Math.abs(value) >= LARGE) {
            return String.format(Locale.ROOT, "%.4e", value);
        }
        String text = String.format(Locale.ROOT, decimals, value);
        return NEGATIVE_ZERO.matcher(text).matches() ? text.substring(1) : text;
    }

    public static String short4(OptionalDouble value) {
        return short4(value.orElse(Double.NaN));
    }

    /** A standard error, which where it is 0 for want of anything to differ is none. */
    public static String error(PointEstimate value) {
        String error = short4(value.standardError());
        return value.interval().isEstimable() || !error.equals(short4(0)) ? error : NONE;
    }

    public static String short3(double value) {
        return Double.isNaN(value) ? NONE : fixed("%.3f", value);
    }

    public static String plain2(OptionalDouble value) {
        return value.isEmpty() ? NONE : fixed("%.2f", value.getAsDouble());
    }

    public static String limits(Interval interval) {
        return interval.lower().isEmpty() && interval.upper().isEmpty()
                ? NONE
                : decimal(interval.lower()) + " to " + decimal(interval.upper());
    }

    public static String shortLimits(Interval interval) {
        return interval.lower().isEmpty() && interval.upper().isEmpty()
                ? NONE
                : short4(interval.lower()) + " to " + short4(interval.upper());
    }

    /** A share as a percentage, to one decimal. */
    public static String percent(double value) {
        return Double.isNaN(value) ? NONE : String.format(Locale.ROOT, "%.1f %%", 100 * value);
    }
}
