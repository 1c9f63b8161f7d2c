package io.engraft.regression;

import io.engraft.CheckReturnValue;
import io.engraft.InvalidArgumentException;
import io.engraft.internal.Require;
import io.engraft.internal.csv.NumberText;
import io.engraft.regression.internal.Coding;
import io.engraft.regression.internal.TermPart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A term of a linear predictor: a covariate, a function of one, or a product of these. What it becomes is told when it
 * meets data: a column of numbers stands as it is; a column of levels becomes treatment contrasts, one column for each
 * level but the reference, named as {@code phase=CR2}. {@link Terms} says how terms are written. Immutable.
 */
@CheckReturnValue
public final class Term {

    private final List<TermPart> parts;

    private Term(List<TermPart> parts) {
        this.parts = List.copyOf(parts);
    }

    static Term ofParts(List<TermPart> parts) {
        return new Term(parts);
    }

    /**
     * A covariate as it is.
     *
     * @param column a covariate of the data, of numbers or of levels
     * @return the term
     */
    public static Term of(String column) {
        return new Term(List.of(new TermPart.Plain(column)));
    }

    /**
     * The natural logarithm of a covariate.
     *
     * @param column a covariate of positive numbers
     * @return the term, named as {@code log(age)}
     */
    public static Term log(String column) {
        return new Term(List.of(new TermPart.Log(column)));
    }

    /**
     * A power of a covariate.
     *
     * @param column a covariate of numbers
     * @param exponent finite, neither 0 nor 1
     * @return the term, named as {@code I(age^2)}
     */
    public static Term power(String column, double exponent) {
        if (Require.finite("exponent", exponent) == 0 || exponent == 1) {
            throw InvalidArgumentException.of("exponent", NumberText.plain(exponent), "a number other than 0 and 1");
        }
        return new Term(List.of(new TermPart.Power(column, exponent)));
    }

    /**
     * A natural cubic spline of a covariate, linear beyond its least and its largest value in the data, with inner knots
     * at the quantiles 1 / columns, 2 / columns, ... (linear between order statistics; rows of weight 0 do not count, and
     * frequency weights replicate).
     *
     * @param column a covariate of numbers
     * @param columns 1 to 50, its degrees of freedom
     * @return the term, whose columns, those of R's {@code ns}, are named as {@code ns(age,3)1}
     */
    public static Term naturalSpline(String column, int columns) {
        if (columns < 1 || columns > TermPart.MOST_COLUMNS) {
            throw InvalidArgumentException.of(
                    "number of columns of the spline", columns, "1 to " + TermPart.MOST_COLUMNS);
        }
        return new Term(List.of(new TermPart.Spline(column, columns, List.of())));
    }

    /**
     * A natural cubic spline of a covariate with inner knots of one's own. The outer knots are the least and the largest
     * value in the data.
     *
     * @param column a covariate of numbers
     * @param knots 1 to 49, ascending
     * @return the term, of one column more than knots, named as {@code ns(age,knots=20;40)1}
     */
    public static Term naturalSplineAt(String column, double... knots) {
        if (knots.length < 1 || knots.length >= TermPart.MOST_COLUMNS) {
            throw InvalidArgumentException.of("number of knots", knots.length, "1 to " + (TermPart.MOST_COLUMNS - 1));
        }
        for (int j = 0; j < knots.length; j++) {
            if (!(Double.isFinite(knots[j]) && (j == 0 || knots[j] > knots[j - 1]))) {
                throw InvalidArgumentException.of("knots", Arrays.toString(knots), "finite, ascending numbers");
            }
        }
        List<Double> list = Arrays.stream(knots).boxed().toList();
        return new Term(List.of(new TermPart.Spline(column, knots.length + 1, list)));
    }

    /**
     * The product of two terms, their interaction: each column of this times each of the other. It holds the product
     * alone; without this or the other among the terms of a model, a column of levels has a column for every level.
     *
     * @param other a term that has no part in common with this
     * @return the term, named as {@code age:phase}
     */
    public Term by(Term other) {
        List<TermPart> all = new ArrayList<>(parts);
        for (TermPart part : other.parts) {
            if (all.contains(part)) {
                throw InvalidArgumentException.of(
                        "product of " + label() + " and " + other.label(),
                        "one of " + part.label() + " with itself",
                        "each part once; power(\"" + part.column() + "\", 2) is a square");
            }
            all.add(part);
        }
        return new Term(all);
    }

    /**
     * The covariates of the data that the term is made of.
     *
     * @return names, in the order of the parts
     */
    public List<String> columns() {
        return parts.stream().map(TermPart::column).distinct().toList();
    }

    /**
     * What the term is called.
     *
     * @return such as {@code age}, {@code ns(age,3)} or {@code age:phase}
     */
    public String label() {
        return Coding.label(parts);
    }

    List<TermPart> parts() {
        return parts;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Term that && parts.equals(that.parts);
    }

    @Override
    public int hashCode() {
        return parts.hashCode();
    }

    /** The term as it can be read again, names that need it in backquotes. */
    @Override
    public String toString() {
        return String.join(":", parts.stream().map(TermPart::text).toList());
    }
}
