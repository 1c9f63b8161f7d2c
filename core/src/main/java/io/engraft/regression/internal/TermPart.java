package io.engraft.regression.internal;

import io.engraft.internal.csv.NumberText;
import java.util.List;
import java.util.stream.Collectors;

/** What a term is a product of: a column, or a function of one. */
public sealed interface TermPart {

    /** Of a spline. */
    int MOST_COLUMNS = 50;

    /** The column of the data. */
    String column();

    /** The part, its column called so. */
    String of(String name);

    /** How the part is called in names of coefficients. */
    default String label() {
        return of(column());
    }

    /** How the part is written, so that it can be read again. */
    default String text() {
        return of(TermText.isPlain(column()) ? column() : "`" + column() + "`");
    }

    /** A number as it stands, or the contrasts of a column of levels. */
    record Plain(String column) implements TermPart {

        @Override
        public String of(String name) {
            return name;
        }
    }

    /**
     * A column of numbers that the whole term is multiplied by, without a say in how its other parts are coded: the term
     * counts in rows where it is 1, and not where it is 0.
     */
    record Within(String column) implements TermPart {

        @Override
        public String of(String name) {
            return name;
        }
    }

    /** The natural logarithm. */
    record Log(String column) implements TermPart {

        @Override
        public String of(String name) {
            return "log(" + name + ")";
        }
    }

    /** A power. */
    record Power(String column, double exponent) implements TermPart {

        @Override
        public String of(String name) {
            return "I(" + name + "^" + NumberText.plain(exponent) + ")";
        }
    }

    /** A natural cubic spline, of so many columns, or with these inner knots where any are given. */
    record Spline(String column, int width, List<Double> knots) implements TermPart {

        @Override
        public String of(String name) {
            String shape = knots.isEmpty()
                    ? String.valueOf(width)
                    : "knots=" + knots.stream().map(NumberText::plain).collect(Collectors.joining(";"));
            return "ns(" + name + "," + shape + ")";
        }
    }
}
