package io.engraft.curve;

import java.util.OptionalInt;

/**
 * F(t) = P(T &lt;= t, cause), the cumulative incidence of one cause among competing ones: never decreasing, its limit
 * the probability that this cause ever comes first.
 */
public interface IncidenceFunction {

    /**
     * What the incidence is of.
     *
     * @return the cause, for example "relapse"
     */
    String cause();

    /**
     * The status code of the cause, where the curve is of data that have such codes.
     *
     * @return the code, from 1; empty for models, and for events that no code stands for
     */
    default OptionalInt causeCode() {
        return OptionalInt.empty();
    }

    /**
     * F(t) with its uncertainty.
     *
     * @param t the time, t &gt;= 0
     * @return the estimate; not estimable beyond {@link #horizon()}
     * @throws io.engraft.InvalidArgumentException when t is negative or NaN
     */
    PointEstimate incidenceAt(double t);

    /**
     * F at many times, in bulk.
     *
     * @param times the times, each &gt;= 0, in any order
     * @return one value a time; NaN where F is not estimable
     * @throws io.engraft.InvalidArgumentException when a time is negative or NaN
     */
    double[] incidenceValues(double[] times);

    /**
     * The last time at which F is known.
     *
     * @return the end of the domain, infinity for models
     */
    double horizon();

    /**
     * The times at which F may jump.
     *
     * @return ascending times of a step function; empty for a continuous one
     */
    double[] jumpTimes();
}
