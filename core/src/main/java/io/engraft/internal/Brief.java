package io.engraft.internal;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;

/** Short texts of values for {@code toString}: four significant digits, the same in every locale; not for documents. */
public final class Brief {

    private static final MathContext DIGITS = new MathContext(4);
    private static final double LARGE = 1e7;
    private static final double SMALL = 1e-4;
    private static final int MOST_ITEMS = 8;

    private Brief() {}

    /** A number: whole ones as they are, others to four significant digits. */
    public static String number(double x) {
        if (Double.isNaN(x)) {
            return "not known";
        }
        if (Double.isInfinite(x)) {
            return x > 0 ? "infinity" : "-infinity";
        }
        double size = Math.abs(x);
        if (x == Math.rint(x) && size < 1e15) {
            return String.valueOf((long) x);
        }
        BigDecimal rounded = new BigDecimal(x).round(DIGITS).stripTrailingZeros();
        return size >= SMALL && size < LARGE ? rounded.toPlainString() : rounded.toString();
    }

    /** A time in a sentence, as tables have it: whole where it is whole, else to four decimals, or four digits below 1. */
    public static String time(double t) {
        double size = Math.abs(t);
        if (!(size < LARGE) || t == Math.rint(t) || size < 1) {
            return number(t);
        }
        return new BigDecimal(t)
                .setScale(DIGITS.getPrecision(), RoundingMode.HALF_EVEN)
                .stripTrailingZeros()
                .toPlainString();
    }

    /** An estimate: a number that keeps a decimal where it is whole, "12.0". */
    public static String decimal(double x) {
        String text = number(x);
        return text.matches("-?\\d+") ? text + ".0" : text;
    }

    /** A p-value: never 0 for what is only small. */
    public static String pValue(double p) {
        return p < SMALL ? "p < 0.0001" : "p = " + number(p);
    }

    public static String numbers(double... values) {
        return list(Arrays.stream(values).mapToObj(Brief::number).toList());
    }

    /** "1 row", "2 rows", "2 studies". */
    public static String count(long n, String noun) {
        return n + " " + (n == 1 ? noun : plural(noun));
    }

    /** As many as weights make of them. */
    public static String count(double n, String noun) {
        return number(n) + " " + (n == 1 ? noun : plural(noun));
    }

    private static String plural(String noun) {
        return noun.endsWith("y") ? noun.substring(0, noun.length() - 1) + "ies" : noun + "s";
    }

    /** The first of some items, and how many more there are. */
    public static String list(Collection<?> items) {
        String shown = items.stream().limit(MOST_ITEMS).map(String::valueOf).collect(Collectors.joining(", "));
        return items.size() > MOST_ITEMS ? shown + " and " + (items.size() - MOST_ITEMS) + " more" : shown;
    }
}
