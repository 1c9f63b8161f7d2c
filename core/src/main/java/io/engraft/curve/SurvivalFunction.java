package io.engraft.curve;

/**
 * S(t) = P(T &gt; t), the probability that the event has not happened by time t: right-continuous, S(0) = 1 unless
 * events happen at time 0, never increasing. Times are non-negative and in the unit of the data or model.
 */
public interface SurvivalFunction {

    /**
     * S(t) with its uncertainty.
     *
     * @param t the time, t &gt;= 0
     * @return the estimate; not estimable beyond {@link #horizon()}
     * @throws io.engraft.InvalidArgumentException when t is negative or NaN
     */
    PointEstimate survivalAt(double t);

    /**
     * S at many times, in bulk.
     *
     * @param times the times, each &gt;= 0, in any order
     * @return one value a time; NaN where S is not estimable
     * @throws io.engraft.InvalidArgumentException when a time is negative or NaN
     */
    double[] survivalValues(double[] times);

    /**
     * The time by which a share p has had the event: the smallest t with S(t) &lt;= 1 - p, by the convention for flats
     * of the implementation.
     *
     * @param p the share, strictly between 0 and 1
     * @return the quantile; not estimable where S stays above 1 - p
     */
    PointEstimate quantile(double p);

    /**
     * The median time, {@code quantile(0.5)}.
     *
     * @return the median; not estimable where S stays above one half
     */
    default PointEstimate median() {
        return quantile(0.5);
    }

    /**
     * The restricted mean, the area under S from 0 to tau: the expected time without the event within the first tau.
     *
     * @param tau the horizon, tau &gt; 0
     * @return the restricted mean; not estimable where S is not known up to tau
     */
    PointEstimate restrictedMean(double tau);

    /**
     * The joint covariance of S at several times, on the scale of S.
     *
     * @param times the times, each &gt;= 0
     * @return a symmetric matrix with one row and one column a time, in their order; zeros where S is known without
     *     sampling error; NaN in the rows and columns of times at which S is not estimable
     */
    double[][] survivalCovariance(double[] times);

    /**
     * The last time at which S is known.
     *
     * @return the end of the domain, infinity for laws
     */
    double horizon();

    /**
     * The times at which S may jump, for drawing and for integrating exactly.
     *
     * @return ascending times of a step function; empty for a continuous one
     */
    double[] jumpTimes();
}
