package io.engraft.estimate.states;

import io.engraft.curve.Limits;
import io.engraft.curve.PointEstimate;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.internal.Brief;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The probability of being in any of some states over time, with the variance of the sum: a view of {@link
 * OccupancyEstimate}. It can fall and rise.
 */
public final class OccupancySum implements Tabular {

    private final OccupancyEstimate all;
    private final List<String> states;
    private final double[] contrast;
    /** Made when first asked for; threads that race make equal ones. */
    private volatile double @Nullable [] variance;

    OccupancySum(OccupancyEstimate all, List<String> states, double[] contrast) {
        this.all = all;
        this.states = List.copyOf(states);
        this.contrast = contrast;
    }

    /**
     * The states that are summed.
     *
     * @return their names
     */
    public List<String> states() {
        return states;
    }

    /**
     * The estimate of all states.
     *
     * @return the whole
     */
    public OccupancyEstimate occupancy() {
        return all;
    }

    /**
     * The number of points.
     *
     * @return distinct exit times
     */
    public int size() {
        return all.size();
    }

    /**
     * A point's time.
     *
     * @param i from 0, ascending
     * @return the exit time
     */
    public double time(int i) {
        return all.time(i);
    }

    /**
     * The sum at a point.
     *
     * @param i from 0
     * @return the estimate
     */
    public double probability(int i) {
        return all.sum(contrast, i);
    }

    /**
     * The standard error of the sum at a point.
     *
     * @param i from 0
     * @return the standard error
     */
    public double standardError(int i) {
        double[] known = variance;
        if (known == null) {
            known = all.variances(new double[][] {contrast})[0];
            variance = known;
        }
        double p = probability(i);
        return p == 0 || p == 1 ? 0 : Math.sqrt(Math.max(0, known[i]));
    }

    /**
     * The sum at a time.
     *
     * @param t the time, &gt;= 0
     * @return the estimate; not estimable beyond {@link #horizon()}
     * @throws io.engraft.InvalidArgumentException when t is negative or NaN
     */
    public PointEstimate probabilityAt(double t) {
        return all.at(contrast, t);
    }

    /**
     * The sum at many times, in bulk.
     *
     * @param times the times, each &gt;= 0, in any order
     * @return one a time; NaN where not estimable
     */
    public double[] probabilityValues(double[] times) {
        return all.values(contrast, times);
    }

    /**
     * The covariance of the sum over several times.
     *
     * @param times the times, each &gt;= 0
     * @return a symmetric matrix; NaN in the rows and columns of times at which the sum is not estimable
     */
    public double[][] covariance(double[] times) {
        double[][] joint = all.covariance(times);
        int k = contrast.length;
        double[][] sum = new double[times.length][times.length];
        for (int a = 0; a < joint.length; a++) {
            for (int b = 0; b < joint.length; b++) {
                // A state that is left out must not bring in its rounding, but an unknown time stays unknown.
                sum[a / k][b / k] += contrast[a % k] * contrast[b % k] * joint[a][b];
            }
        }
        return sum;
    }

    /**
     * The expected time spent in the states from the start to tau.
     *
     * @param tau the horizon, above the start
     * @return the time with a plain interval cut to [0, tau - start]; not estimable where tau is beyond the end
     */
    public PointEstimate timeIn(double tau) {
        return all.timeIn(contrast, tau);
    }

    /**
     * The last time at which the sum is known.
     *
     * @return the end of follow-up, infinity where everybody is in a state that nobody leaves
     */
    public double horizon() {
        return all.horizon();
    }

    /**
     * The times at which the sum may jump.
     *
     * @return ascending
     */
    public double[] jumpTimes() {
        return all.jumpTimes();
    }

    /**
     * What was in force when the probabilities were estimated.
     *
     * @return conventions by name
     */
    public Map<String, String> conventions() {
        return all.conventions();
    }

    /**
     * What a reader of the curve should know.
     *
     * @return sentences, empty where there is nothing to warn of
     */
    public List<String> warnings() {
        return all.warnings();
    }

    @Override
    public TidyTable tidy() {
        TidyTable.Builder table = TidyTable.builder()
                .text("states")
                .number("time")
                .number("probability")
                .number("std_error")
                .number("lower")
                .number("upper");
        double[] values = new double[size()];
        Arrays.setAll(values, this::probability);
        double[] errors =
                IntStream.range(0, size()).mapToDouble(this::standardError).toArray();
        OccupancySettings s = all.settings();
        Limits limits = Limits.of(s.confidenceType(), values, errors, s.level(), s.profile());
        for (int i = 0; i < size(); i++) {
            table.row(String.join(" + ", states), time(i), values[i], errors[i], limits.lower(i), limits.upper(i));
        }
        return table.build();
    }

    @Override
    public String toString() {
        return "P(in " + String.join(" or ", states) + "): " + Brief.number(probability(size() - 1)) + " at "
                + Brief.number(time(size() - 1));
    }
}
