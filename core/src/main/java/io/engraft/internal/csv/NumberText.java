package io.engraft.internal.csv;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Numbers as text. The grammar is an optional sign, digits with an optional decimal point, an optional exponent; nothing
 * else is a number: no "NaN", "Infinity", "0x1p3", "1d", "1,5", "5%" or blanks, several of which {@link
 * Double#parseDouble} takes.
 */
public final class NumberText {

    private static final long EXACT_MANTISSA = 1L << 53;
    private static final double LEAST_DECIMAL = 1e-4;
    private static final double LEAST_DOUBLE_IN_WORDS = 1e-300;
    private static final int MOST_LONG_DIGITS = 18;
    private static final int EXACT_POWER = 22;
    private static final double[] POWERS = new double[EXACT_POWER + 1];

    static {
        double power = 1;
        for (int i = 0; i <= EXACT_POWER; i++) {
            POWERS[i] = power;
            power *= 10;
        }
    }

    private NumberText() {}

    /**
     * A number from characters.
     *
     * @return the nearest double (infinite where it is too large), or NaN where the text is not a number
     */
    public static double parse(char[] text, int from, int length) {
        int end = from + length;
        int i = from;
        boolean negative = false;
        if (i < end && (text[i] == '-' || text[i] == '+')) {
            negative = text[i] == '-';
            i++;
        }
        long mantissa = 0;
        int digits = 0;
        int fraction = 0;
        boolean point = false;
        for (; i < end; i++) {
            char c = text[i];
            if (c >= '0' && c <= '9') {
                digits++;
                mantissa = digits <= MOST_LONG_DIGITS ? mantissa * 10 + (c - '0') : mantissa;
                fraction += point ? 1 : 0;
            } else if (c == '.' && !point) {
                point = true;
            } else {
                break;
            }
        }
        if (digits == 0 || (i < end && !isExponent(text, i, end))) {
            return Double.NaN;
        }
        if (i < end || digits > MOST_LONG_DIGITS || mantissa > EXACT_MANTISSA || fraction > EXACT_POWER) {
            return Double.parseDouble(new String(text, from, length)) + 0.0;
        }
        // both are exact doubles, so the quotient is the correctly rounded value; + 0.0 makes -0 a plain 0
        double value = mantissa / POWERS[fraction];
        return (negative ? -value : value) + 0.0;
    }

    /**
     * A number from a string.
     *
     * @return the nearest double (infinite where it is too large), or NaN where the text is not a number
     */
    public static double parse(String text) {
        return parse(text.toCharArray(), 0, text.length());
    }

    private static boolean isExponent(char[] text, int from, int end) {
        int i = from;
        if (text[i] != 'e' && text[i] != 'E') {
            return false;
        }
        i++;
        if (i < end && (text[i] == '-' || text[i] == '+')) {
            i++;
        }
        int digits = 0;
        for (; i < end && text[i] >= '0' && text[i] <= '9'; i++) {
            digits++;
        }
        return digits > 0 && i == end;
    }

    /** Patterns of what is no number, made only when one is met. */
    private static final class Patterns {
        static final Pattern MISWRITTEN = Pattern.compile(
                "[+-]?(nan|inf|infinity|0x[0-9a-f.]+(p[+-]?\\d+)?|(\\d+\\.?\\d*|\\.\\d+)([fd%]|e[+-]?\\d+[fd])"
                        + "|\\d+(,\\d+)+(\\.\\d+)?)",
                Pattern.CASE_INSENSITIVE);
        static final Pattern COMMA = Pattern.compile("[+-]?\\d*,\\d+");
        static final Pattern POINT = Pattern.compile("[+-]?\\d*\\.\\d+");
        static final Pattern BOTH = Pattern.compile("[+-]?\\d{1,3}([.,]\\d{3})+[.,]\\d*");
        static final Pattern BLANK = Pattern.compile("[+-]?\\d{1,3}(([ '\u2019]|[\\p{Zs}])\\d{3})+([.,]\\d+)?");

        private Patterns() {}
    }

    /** Whether a text that is no number was probably meant as one. */
    public static boolean looksMiswritten(String text) {
        return Patterns.MISWRITTEN.matcher(text).matches();
    }

    /** Why a text cannot be used as a finite number with a decimal point. */
    public static String explain(String text) {
        return DecimalMark.point().explain(text);
    }

    /** The same where the marks within digits are not the reason. */
    static String explain(String text, String mark) {
        if (Double.isInfinite(parse(text.replace(',', '.')))) {
            return "too large for a number; allowed: up to 1.8e308";
        }
        if (text.chars().anyMatch(c -> c > '9' && Character.isDigit(c))) {
            return "not a number: its digits are of another script; allowed: the digits 0 to 9";
        }
        return "not a number; allowed: digits with an optional sign, decimal " + mark
                + " and exponent; empty or NA where missing";
    }

    /** What is wrong with the marks between a text's digits; empty where that is not what is wrong. */
    static String explainSeparators(String text, boolean points, boolean commas) {
        if (Patterns.BOTH.matcher(text).matches()) {
            return "not a number: it has a thousands separator; allowed: digits with one decimal mark and nothing between"
                    + " thousands";
        }
        if (Patterns.BLANK.matcher(text).matches()) {
            char blank = text.replaceFirst("[+-]?\\d+", "").charAt(0);
            return "not a number: it has a thousands separator (" + (blank == ' ' ? "a blank" : Blanks.name(blank))
                    + "); allowed: nothing between thousands";
        }
        if (!commas && Patterns.COMMA.matcher(text).matches()) {
            return "not a number: it has a comma; allowed: a decimal point, as in 1.5, and no thousands separator, or a"
                    + " declared decimal comma (--decimal ,)";
        }
        if (!points && Patterns.POINT.matcher(text).matches()) {
            return "not a number: it has a point, and the decimal mark is the comma; allowed: a decimal comma, as in"
                    + " 1,5, and no thousands separator";
        }
        return "";
    }

    /**
     * The text of a number in documents of data, whatever their format: the shortest that reads back as the same double,
     * the same on every JDK; whole numbers without a point, and without an exponent where they are exact.
     */
    public static String format(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "Inf" : "-Inf";
        }
        if (isWhole(value)) {
            return Long.toString((long) value);
        }
        String text = NumberOutput.toString(value, true);
        if (text.endsWith(".0")) {
            return text.substring(0, text.length() - 2);
        }
        return text.replace(".0E", "E");
    }

    /** The text of a finite number for a person: the digits of {@link #format} without an exponent. */
    public static String plain(double value) {
        return isWhole(value)
                ? Long.toString((long) value)
                : new BigDecimal(NumberOutput.toString(value, true))
                        .stripTrailingZeros()
                        .toPlainString();
    }

    /** The text of a p-value for a person: four decimals, or a power of ten where those say nothing; never 0. */
    public static String pValue(double p) {
        if (!(p < LEAST_DECIMAL)) {
            return String.format(Locale.ROOT, "%.4f", p);
        }
        return p >= LEAST_DOUBLE_IN_WORDS ? String.format(Locale.ROOT, "%.2e", p) : "< 1e-300";
    }

    private static boolean isWhole(double value) {
        return value == Math.rint(value) && Math.abs(value) < EXACT_MANTISSA;
    }
}
