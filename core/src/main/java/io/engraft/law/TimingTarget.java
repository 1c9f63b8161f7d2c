package io.engraft.law;

import io.engraft.internal.Require;

/**
 * What is known of a time: P(T &lt;= time) = share.
 *
 * @param time the time, positive
 * @param share the share that has had the event by then, strictly between 0 and 1
 */
public record TimingTarget(double time, double share) {

    /**
     * Checks both numbers.
     *
     * @param time the time, positive
     * @param share the share that has had the event by then, strictly between 0 and 1
     */
    public TimingTarget {
        Require.positive("time", time);
        Require.properFraction("share", share);
    }

    /**
     * A known median.
     *
     * @param time the median, positive
     * @return P(T &lt;= time) = 1/2
     */
    public static TimingTarget median(double time) {
        return new TimingTarget(time, 0.5);
    }

    @Override
    public String toString() {
        return "P(T <= " + time + ") = " + share;
    }
}
