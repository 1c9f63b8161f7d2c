package io.engraft.curve;

/** The cumulative hazard H(t), the integral of the hazard from 0 to t: 0 at time 0, never decreasing. */
public interface HazardFunction {

    /**
     * H(t) with its uncertainty.
     *
     * @param t the time, t &gt;= 0
     * @return the estimate; not estimable beyond {@link #horizon()}
     * @throws io.engraft.InvalidArgumentException when t is negative or NaN
     */
    PointEstimate cumulativeHazardAt(double t);

    /**
     * H at many times, in bulk.
     *
     * @param times the times, each &gt;= 0, in any order
     * @return one value a time; NaN where H is not estimable
     * @throws io.engraft.InvalidArgumentException when a time is negative or NaN
     */
    double[] cumulativeHazardValues(double[] times);

    /**
     * The last time at which H is known.
     *
     * @return the end of the domain, infinity for laws
     */
    double horizon();

    /**
     * The times at which H may jump.
     *
     * @return ascending times of a step function; empty for a continuous one
     */
    double[] jumpTimes();
}
