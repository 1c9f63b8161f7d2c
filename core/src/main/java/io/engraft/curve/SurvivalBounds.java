package io.engraft.curve;

/**
 * A survival curve that is known at some times only between two values, however many patients there were: where times are
 * known to lie in intervals, nothing says how survival falls within them. These are bounds of the estimate, no confidence
 * limits.
 */
public interface SurvivalBounds {

    /**
     * The least S at a time that the estimate allows.
     *
     * @param t the time, &gt;= 0
     * @return the least value, equal to the largest where S is known
     * @throws io.engraft.InvalidArgumentException when t is negative or NaN
     */
    double leastSurvival(double t);

    /**
     * The largest S at a time that the estimate allows.
     *
     * @param t the time, &gt;= 0
     * @return the largest value
     * @throws io.engraft.InvalidArgumentException when t is negative or NaN
     */
    double largestSurvival(double t);
}
