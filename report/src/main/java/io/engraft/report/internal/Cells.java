package io.engraft.report.internal;

import io.engraft.curve.Interval;
import io.engraft.internal.csv.NumberText;
import java.util.Locale;
import java.util.OptionalDouble;

/** Numbers as the cells of tables for a person. */
public final class Cells {

    /** What cannot be estimated. */
    public static final String NONE = "-";

    private Cells() {}

    /** A time or a count: whole where it is whole, else in its shortest form. */
    public static String plain(double value) {
        return Double.isNaN(value) ? NONE : NumberText.plain(value);
    }

    /** A count, that sums of weights bring with the dust of their rounding. */
    public static String counted(double value) {
        double rounded = Math.rint(value * 1e6) / 1e6;
        return plain(Math.abs(value) < 1e9 ? rounded : value);
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
}
