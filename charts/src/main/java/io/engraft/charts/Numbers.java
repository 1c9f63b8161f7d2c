package io.engraft.charts;

import java.util.Locale;

/** Numbers in words and cells. */
final class Numbers {

    private static final double GROUPED_FROM = 1000;

    private Numbers() {}

    /** A count: whole where it is whole, else with one decimal; groups of three. */
    static String count(double n) {
        boolean whole = Math.abs(n - Math.rint(n)) < 1e-6;
        String grouping = Math.abs(n) >= GROUPED_FROM ? "," : "";
        return String.format(Locale.ROOT, "%" + grouping + (whole ? ".0f" : ".1f"), n);
    }

    /** A probability as in a text: 54% or 0.54; never a rounded 0% or 100% for what is not. */
    static String probability(double p, boolean percent) {
        if (percent) {
            double hundred = 100 * p;
            boolean hidden = (p > 0 && hundred < 0.5) || (p < 1 && hundred >= 99.5);
            return String.format(Locale.ROOT, hidden ? "%.1f%%" : "%.0f%%", hundred);
        }
        boolean hidden = (p > 0 && p < 0.005) || (p < 1 && p >= 0.995);
        return String.format(Locale.ROOT, hidden ? "%.3f" : "%.2f", p);
    }

    /** A time with up to three significant digits after the point left out where they are zero. */
    static String time(double t) {
        if (t == Math.rint(t) && Math.abs(t) < 1e15) {
            return String.format(Locale.ROOT, "%.0f", t);
        }
        String text = String.format(Locale.ROOT, t >= 100 ? "%.0f" : t >= 1 ? "%.1f" : "%.3g", t);
        return text;
    }
}
