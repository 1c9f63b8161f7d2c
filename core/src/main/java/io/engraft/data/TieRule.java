package io.engraft.data;

import io.engraft.InvalidArgumentException;
import io.engraft.internal.Require;

/**
 * When two recorded times count as one. Arithmetic such as days / 365.25 splits true ties by rounding; this rule joins
 * them again, when an event table is read, over the union of all groups' times: in ascending order, a time t joins the
 * chain that starts at time c when t - c &lt;= tolerance * t, and takes the time c.
 *
 * @param tolerance the relative tolerance, 0 for exact comparison, below 0.01
 */
public record TieRule(double tolerance) {

    private static final double WIDEST = 0.01;

    /** The default rule: times within 1e-8 relative are one. */
    public static final TieRule DEFAULT = new TieRule(1e-8);

    /** Times are one only where their doubles are equal. */
    public static final TieRule EXACT = new TieRule(0);

    /**
     * A rule with its tolerance.
     *
     * @param tolerance the relative tolerance, 0 for exact comparison, below 0.01
     */
    public TieRule {
        Require.nonNegative("tie tolerance", tolerance);
        if (!(tolerance < WIDEST)) {
            throw InvalidArgumentException.of("tie tolerance", tolerance, "0 <= tie tolerance < 0.01");
        }
    }

    /**
     * Whether a time belongs to the chain that starts at an earlier one.
     *
     * @param first the chain's first time
     * @param t a time, t &gt;= first
     * @return true where they count as one; infinity counts as one with no time
     */
    public boolean joins(double first, double t) {
        return t < Double.POSITIVE_INFINITY && t - first <= tolerance * t;
    }

    /**
     * Whether a row's time at risk is within the tolerance, so that joining ties would leave nothing of it.
     *
     * @param length (time - entry) / time
     * @return true where it is swallowed
     */
    public boolean swallows(double length) {
        // The quotient and the rule's product round apart: an interval at the very edge counts as swallowed.
        return length <= tolerance * (1 + 1e-15);
    }
}
