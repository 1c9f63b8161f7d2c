package io.engraft.data.io;

import io.engraft.internal.Brief;
import io.engraft.internal.csv.NumberText;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What numbers of a column look like, in sentences: codes of missing values, codes of levels. */
final class NumberFindings {

    private static final double[] NEGATIVE = {-9, -99, -999, -9999, -8, -88};
    private static final double[] LARGE = {99, 999, 9999, 99_999, 888};
    /** How far above all others a large one stands before it is suspected. */
    private static final double APART = 4;

    private static final int FEWEST_CODES = 3;
    private static final int MOST_CODES = 6;
    private static final int ROWS_A_CODE = 4;

    private NumberFindings() {}

    /** Whether a negative number, where none can be, is one that often marks a missing value. */
    static boolean isUsualMark(double value) {
        return Arrays.stream(NEGATIVE).anyMatch(v -> v == value);
    }

    /** A number that stands apart from all others and often marks a missing value. */
    static Optional<String> suspectedMark(String column, double[] values) {
        for (double mark : NEGATIVE) {
            if (count(values, mark) > 0 && mostOf(values, mark, -1) <= 0) {
                return Optional.of(words(column, values, mark, "no other negative one"));
            }
        }
        for (double mark : LARGE) {
            double others = mostOf(values, mark, 1);
            if (count(values, mark) > 0 && others > Double.NEGATIVE_INFINITY && others * APART <= mark) {
                return Optional.of(words(column, values, mark, "no other above " + Brief.number(others)));
            }
        }
        return Optional.empty();
    }

    private static String words(String column, double[] values, double mark, String others) {
        String text = NumberText.plain(mark);
        return "covariate " + column + " has the value " + text + " in " + Brief.count(count(values, mark), "row")
                + " and " + others + ": where it marks a missing value, declare it (--missing " + column + "=" + text
                + ", or withMissingMarks in code)";
    }

    private static long count(double[] values, double mark) {
        long count = 0;
        for (double value : values) {
            count += value == mark ? 1 : 0;
        }
        return count;
    }

    /** The largest of the other values, in the direction of the sign. */
    private static double mostOf(double[] values, double mark, int sign) {
        double most = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            most = value == mark ? most : Math.max(most, sign * value);
        }
        return most;
    }

    /** Few whole numbers, each many times, that were taken as numbers. */
    static Optional<String> codes(String column, double[] values) {
        double[] codes = new double[0];
        for (double value : values) {
            if (Arrays.binarySearch(codes, value) < 0) {
                if (value != Math.rint(value) || codes.length == MOST_CODES) {
                    return Optional.empty();
                }
                codes = Arrays.copyOf(codes, codes.length + 1);
                codes[codes.length - 1] = value;
                Arrays.sort(codes);
            }
        }
        if (codes.length < FEWEST_CODES || values.length < ROWS_A_CODE * codes.length) {
            return Optional.empty();
        }
        String list = Arrays.stream(codes).mapToObj(NumberText::plain).collect(Collectors.joining(", "));
        return Optional.of("covariate " + column + " has the values " + list
                + ", read as numbers with one slope; --categorical " + column
                + " (CovariateType.CATEGORICAL in code) reads them as levels");
    }
}
