package io.engraft.report.internal;

import io.engraft.curve.Interval;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.OptionalDouble;

/** Numbers as the cells of tables for a person. */
public final class Cells {

    /** What cannot be estimated. */
    public static final String NONE = "-";

    private static final double LEAST_DECIMAL = 1e-4;
    private static final double LEAST_DOUBLE_IN_WORDS = 1e-300;
    private static final double EXACT_WHOLE = 1L << 53;

    private Cells() {}

    /** A time or a count: whole where it is whole, else in its shortest form. */
    public static String plain(double value) {
        if (Double.isNaN(value)) {
            return NONE;
        }
        if (value == Math.rint(value) && Math.abs(value) < EXACT_WHOLE) {
            return String.valueOf((long) value);
        }
        return new BigDecimal(Double.toString(value)).toPlainString();
    }

    /** A probability or the like, to seven decimals. */
    public static String decimal(double value) {
        return Double.isNaN(value) ? NONE : String.format(Locale.ROOT, "%.7f", value);
    }

    public static String decimal(OptionalDouble value) {
        return decimal(value.orElse(Double.NaN));
    }

    public static String short4(double value) {
        return Double.isNaN(value) ? NONE : String.format(Locale.ROOT, "%.4f", value);
    }

    public static String short4(OptionalDouble value) {
        return short4(value.orElse(Double.NaN));
    }

    public static String plain2(OptionalDouble value) {
        return value.isEmpty() ? NONE : String.format(Locale.ROOT, "%.2f", value.getAsDouble());
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

    /** Four decimals, or powers of ten where those say nothing. */
    public static String pValue(double p) {
        if (p >= LEAST_DECIMAL) {
            return String.format(Locale.ROOT, "%.4f", p);
        }
        return p >= LEAST_DOUBLE_IN_WORDS ? String.format(Locale.ROOT, "%.2e", p) : "< 1e-300";
    }
}
