package io.engraft.estimate.resample;

import io.engraft.curve.ConfidenceType;
import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.internal.Brief;
import io.engraft.internal.Percentiles;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The replicates of a bootstrap, and what follows from those that are estimable: a standard error (divisor B - 1) and
 * three intervals. Where more than the stated share of replicates failed, or the estimate itself is not estimable, there
 * is no interval and no standard error. Immutable.
 */
public final class BootstrapResult implements Tabular {

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private final String statistic;
    private final String failureReason;
    private final double estimate;
    private final double[] replicates;
    private final double[] sorted;
    private final Bootstrap.Settings settings;
    private final Supplier<List<double[]>> jackknife;

    BootstrapResult(
            String statistic,
            String failureReason,
            double estimate,
            double[] replicates,
            Bootstrap.Settings settings,
            Supplier<List<double[]>> jackknife) {
        this.statistic = statistic;
        this.failureReason = failureReason;
        this.estimate = estimate;
        this.replicates = replicates;
        this.settings = settings;
        this.jackknife = jackknife;
        this.sorted = Arrays.stream(replicates).filter(x -> !Double.isNaN(x)).toArray();
        Arrays.sort(sorted);
    }

    /**
     * What was bootstrapped.
     *
     * @return a few words
     */
    public String statistic() {
        return statistic;
    }

    /**
     * The replicates, in the order of their streams.
     *
     * @return a copy; NaN where a replicate was not estimable
     */
    public double[] replicates() {
        return replicates.clone();
    }

    /**
     * How many replicates were not estimable.
     *
     * @return 0 to the number of replicates
     */
    public int failures() {
        return replicates.length - sorted.length;
    }

    /**
     * Why replicates were not estimable.
     *
     * @return the reason, empty where none failed
     */
    public String failureReason() {
        return failures() == 0 ? "" : failureReason;
    }

    /**
     * What was in force.
     *
     * @return conventions by name
     */
    public Map<String, String> conventions() {
        return settings.conventions();
    }

    /**
     * The estimate from the original sample, its bootstrap standard error and {@link #percentile()} interval.
     *
     * @return the estimate; not estimable, with the reason, where the original sample does not give it
     */
    public PointEstimate estimate() {
        if (Double.isNaN(estimate)) {
            return PointEstimate.notEstimable(failureReason);
        }
        double error = refusal().isEmpty() ? Percentiles.standardDeviation(sorted) : Double.NaN;
        return PointEstimate.of(estimate, error, percentile());
    }

    /**
     * The percentile interval: quantiles of the replicates.
     *
     * @return the interval; not estimable where too many replicates failed
     */
    public Interval percentile() {
        String refusal = refusal();
        if (!refusal.isEmpty()) {
            return Interval.notEstimable(settings.level(), refusal);
        }
        double[] limits = Percentiles.central(sorted.clone(), settings.level());
        return Interval.of(limits[0], limits[1], settings.level());
    }

    /**
     * The normal interval, estimate &#177; z se, not corrected for bias and not cut to a range.
     *
     * @return the interval; not estimable where too many replicates failed
     */
    public Interval normal() {
        String refusal = refusal();
        if (!refusal.isEmpty()) {
            return Interval.notEstimable(settings.level(), refusal);
        }
        double half = ConfidenceType.normalQuantile(settings.level()) * Percentiles.standardDeviation(sorted);
        return Interval.of(estimate - half, estimate + half, settings.level());
    }

    /**
     * The bias-corrected accelerated interval. With z0 the normal quantile of the share of replicates below the estimate
     * (those equal to it counted by half), and a the acceleration from the statistic without each subject, its limits
     * are the quantiles of the replicates at Phi(z0 + (z0 &#177; z) / (1 - a (z0 &#177; z))). For a difference of two
     * groups a sums over the subjects of both, each group's influences divided by its size.
     *
     * <p>Cost: the statistic once a subject, made at each call.
     *
     * <p>B. Efron (1987). Better bootstrap confidence intervals. Journal of the American Statistical Association 82,
     * 171-185.
     *
     * @return the interval; not estimable where too many replicates failed, all lie on one side of the estimate, or the
     *     statistic is not estimable without some subject
     */
    public Interval bca() {
        String refusal = refusal();
        if (!refusal.isEmpty()) {
            return Interval.notEstimable(settings.level(), refusal);
        }
        double below = 0;
        for (double x : sorted) {
            below += x < estimate ? 1 : x == estimate ? 0.5 : 0;
        }
        double share = below / sorted.length;
        if (!(share > 0 && share < 1)) {
            return Interval.notEstimable(settings.level(), "all replicates lie on one side of the estimate");
        }
        double a = acceleration();
        if (Double.isNaN(a)) {
            return Interval.notEstimable(settings.level(), "without some subject, " + failureReason);
        }
        double z0 = NORMAL.inverseCumulativeProbability(share);
        double z = ConfidenceType.normalQuantile(settings.level());
        double lower = adjusted(z0, -z, a);
        double upper = adjusted(z0, z, a);
        return Interval.of(Math.min(lower, upper), Math.max(lower, upper), settings.level());
    }

    private double adjusted(double z0, double z, double a) {
        double shifted = z0 + z;
        double scale = 1 - a * shifted;
        // Past the pole of the correction everything lies on one side.
        double p = scale > 0 ? NORMAL.cumulativeProbability(z0 + shifted / scale) : shifted > 0 ? 1 : 0;
        double position = (sorted.length - 1) * p;
        int under = (int) position;
        return under + 1 < sorted.length
                ? sorted[under] + (position - under) * (sorted[under + 1] - sorted[under])
                : sorted[under];
    }

    private double acceleration() {
        double squares = 0;
        double cubes = 0;
        for (double[] values : jackknife.get()) {
            double mean = Arrays.stream(values).average().orElse(Double.NaN);
            double n = values.length;
            for (double value : values) {
                double influence = (n - 1) * (mean - value) / n;
                squares += influence * influence;
                cubes += influence * influence * influence;
            }
        }
        return squares == 0 ? 0 : cubes / (6 * Math.pow(squares, 1.5));
    }

    /** Why there is no interval; empty where there is one. */
    private String refusal() {
        if (Double.isNaN(estimate)) {
            return failureReason;
        }
        if (failures() > settings.mostFailures() * replicates.length || sorted.length < 2) {
            return failures() + " of " + replicates.length + " replicates failed, more than the allowed share of "
                    + settings.mostFailures() + ": " + failureReason;
        }
        return "";
    }

    /** One row an interval: percentile, then normal. */
    @Override
    public TidyTable tidy() {
        TidyTable.Builder table = TidyTable.builder()
                .text("statistic")
                .number("estimate")
                .number("std_error")
                .text("interval")
                .number("lower")
                .number("upper")
                .count("replicates")
                .count("failures");
        addRow(table, "percentile", percentile());
        addRow(table, "normal", normal());
        return table.build();
    }

    private void addRow(TidyTable.Builder table, String type, Interval interval) {
        table.row(
                statistic,
                estimate,
                estimate().standardError().orElse(Double.NaN),
                type,
                interval.lower().orElse(Double.NaN),
                interval.upper().orElse(Double.NaN),
                (long) replicates.length,
                (long) failures());
    }

    @Override
    public String toString() {
        return statistic + ": " + Brief.number(estimate) + ", percentile interval " + percentile() + ", "
                + Brief.count(replicates.length, "replicate") + (failures() == 0 ? "" : ", " + failures() + " failed");
    }
}
