package io.engraft.calibrate;

import io.engraft.EngraftException;
import io.engraft.internal.Brief;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.exception.MathIllegalArgumentException;
import org.apache.commons.math3.exception.MathIllegalStateException;

/** How far a combination's model of given working values is from targets: residuals, and a log-likelihood. */
final class TargetObjective {

    private static final double IMPOSSIBLE = 1e6;
    /** Densities are differences over this step of the logarithm of time. */
    private static final double DENSITY_STEP = 1e-3;

    private final Combination combination;
    private final List<RateTarget> targets;
    private final List<RangeOfTimes> ranges;
    private final double horizon;

    TargetObjective(Combination combination, List<RateTarget> targets, List<RangeOfTimes> ranges) {
        this.combination = combination;
        this.targets = targets;
        this.ranges = ranges;
        double latest = 0;
        for (RateTarget target : targets) {
            latest = Math.max(latest, timeOf(target));
        }
        for (RangeOfTimes range : ranges) {
            latest = Math.max(latest, range.largest() * Math.exp(4 * DENSITY_STEP));
        }
        this.horizon = latest > 0 ? latest : 1;
    }

    private static double timeOf(RateTarget target) {
        ModelQuantity quantity = target.quantity();
        if (quantity.isTime()) {
            return 2 * target.high();
        }
        double time = 0;
        if (quantity instanceof ModelQuantity.Occupancy q) {
            time = q.time();
        } else if (quantity instanceof ModelQuantity.Incidence q) {
            time = q.time();
        } else if (quantity instanceof ModelQuantity.FirstEntry q) {
            time = q.time();
        } else if (quantity instanceof ModelQuantity.ShareBefore q) {
            time = q.time();
        }
        return time == Double.POSITIVE_INFINITY ? 0 : time;
    }

    TargetObjective with(List<RateTarget> other) {
        return with(other, ranges);
    }

    TargetObjective with(List<RateTarget> other, List<RangeOfTimes> otherRanges) {
        return new TargetObjective(combination, other, otherRanges);
    }

    List<RangeOfTimes> ranges() {
        return ranges;
    }

    /** A time that covers all targets. */
    double horizon() {
        return horizon;
    }

    List<RateTarget> targets() {
        return targets;
    }

    Combination combination() {
        return combination;
    }

    ModelReading reading(double[] working) {
        return new ModelReading(combination.model(working), horizon);
    }

    int size() {
        return targets.size() + 2 * ranges.size();
    }

    /** In standard errors, times the root of the weight; large where there is no such model. */
    double[] weighted(double[] working) {
        double[] r;
        try {
            r = residuals(reading(working));
        } catch (EngraftException | MathIllegalStateException | MathIllegalArgumentException noModel) {
            return impossible();
        }
        for (int i = 0; i < r.length; i++) {
            if (Double.isNaN(r[i])) {
                return impossible();
            }
            r[i] *= i < targets.size() ? Math.sqrt(targets.get(i).weight()) : 1;
        }
        return r;
    }

    private double[] impossible() {
        double[] r = new double[size()];
        Arrays.fill(r, IMPOSSIBLE);
        return r;
    }

    boolean isPossible(double[] working) {
        return weighted(working)[0] != IMPOSSIBLE;
    }

    double[] residuals(ModelReading reading) {
        double[] r = new double[size()];
        int i = 0;
        for (RateTarget target : targets) {
            r[i++] = residual(target, reading);
        }
        for (RangeOfTimes range : ranges) {
            int n = range.n();
            r[i++] = (reading.shareBefore(range.event(), range.median()) - 0.5) / Math.sqrt(0.25 / n);
            double rank = range.largestRank();
            r[i++] = (reading.shareBefore(range.event(), range.largest()) - rank) / Math.sqrt(rank * (1 - rank) / n);
        }
        return r;
    }

    private static double residual(RateTarget target, ModelReading reading) {
        if (target.countsAsShare()) {
            double[] within = shares(target, reading);
            double share = target.quantileShare();
            return (share < within[0] ? within[0] - share : Math.min(0, within[1] - share)) / target.error();
        }
        double value = reading.value(target.quantity());
        double near = Math.min(target.high(), Math.max(target.low(), value));
        return (target.quantity().isTime() ? Math.log(value / near) : value - near) / target.error();
    }

    /** The model's least and largest share at the times of a target; shares of events rise, occupancies fall. */
    private static double[] shares(RateTarget target, ModelReading reading) {
        double early = share(target.quantity(), reading, target.low());
        double late = target.isRange() ? share(target.quantity(), reading, target.high()) : early;
        return new double[] {Math.min(early, late), Math.max(early, late)};
    }

    /** What a quantile counts as by a time: a share of all events, an incidence, or an occupancy. */
    private static double share(ModelQuantity quantile, ModelReading reading, double time) {
        return reading.value(asShare(quantile, time));
    }

    static ModelQuantity asShare(ModelQuantity quantile, double time) {
        if (quantile instanceof ModelQuantity.EventQuantile q) {
            return new ModelQuantity.ShareBefore(q.event(), time);
        }
        if (quantile instanceof ModelQuantity.IncidenceQuantile q) {
            return new ModelQuantity.Incidence(q.event(), time);
        }
        return new ModelQuantity.Occupancy(((ModelQuantity.OccupancyQuantile) quantile).states(), time);
    }

    /**
     * The log-likelihood, 0 where every target is met exactly, apart from the densities of order statistics: binomial with
     * a sample size, normal otherwise; minus infinity where there is no such model.
     */
    double logLikelihood(double[] working) {
        try {
            ModelReading reading = reading(working);
            double sum = 0;
            for (RateTarget target : targets) {
                sum += target.weight() * logLikelihood(target, reading);
            }
            for (RangeOfTimes range : ranges) {
                sum += orderStatistics(range, reading);
            }
            return Double.isNaN(sum) ? Double.NEGATIVE_INFINITY : sum;
        } catch (EngraftException | MathIllegalStateException | MathIllegalArgumentException noModel) {
            return Double.NEGATIVE_INFINITY;
        }
    }

    private static double logLikelihood(RateTarget target, ModelReading reading) {
        if (target.sampleSize() == 0) {
            double r = residual(target, reading);
            return -r * r / 2;
        }
        double observed;
        double model;
        if (target.quantity().isTime()) {
            double[] within = shares(target, reading);
            observed = target.quantileShare();
            model = Math.min(within[1], Math.max(within[0], observed));
        } else {
            model = reading.value(target.quantity());
            observed = Math.min(target.high(), Math.max(target.low(), model));
        }
        return -target.sampleSize() * (divergence(observed, model) + divergence(1 - observed, 1 - model));
    }

    private static double divergence(double observed, double model) {
        return observed == 0 ? 0 : observed * Math.log(observed / model);
    }

    private static double orderStatistics(RangeOfTimes range, ModelReading reading) {
        double early = reading.shareBefore(range.event(), range.smallest());
        double half = reading.shareBefore(range.event(), range.median());
        double late = reading.shareBefore(range.event(), range.largest());
        double between = (range.n() - 3) / 2.0;
        double densities = logDensity(range.event(), range.smallest(), reading)
                + logDensity(range.event(), range.median(), reading)
                + logDensity(range.event(), range.largest(), reading);
        return between == 0 ? densities : densities + between * (Math.log(half - early) + Math.log(late - half));
    }

    /** By differences of fourth order on the logarithm of time. */
    private static double logDensity(String event, double t, ModelReading reading) {
        double[] at = new double[4];
        double[] steps = {-2, -1, 1, 2};
        for (int k = 0; k < 4; k++) {
            at[k] = reading.shareBefore(event, t * Math.exp(steps[k] * DENSITY_STEP));
        }
        double slope = (8 * (at[2] - at[1]) - (at[3] - at[0])) / (12 * DENSITY_STEP);
        return Math.log(slope / t);
    }

    /** What the model makes of each target. */
    List<TargetFit> fits(double[] working) {
        ModelReading reading = reading(working);
        double[] residuals = residuals(reading);
        List<TargetFit> fits = new ArrayList<>();
        int i = 0;
        for (RateTarget target : targets) {
            double r = residuals[i++];
            boolean met = Math.abs(r) <= target.allowedResidual();
            fits.add(new TargetFit(
                    target.toString(), target.low(), target.high(), reading.value(target.quantity()), r, met));
        }
        for (RangeOfTimes range : ranges) {
            double[] times = {range.median(), range.largest()};
            double[] shares = {0.5, range.largestRank()};
            for (int k = 0; k < 2; k++) {
                double r = residuals[i++];
                fits.add(new TargetFit(
                        "share of all " + range.event() + " by " + Brief.time(times[k])
                                + (k == 0 ? " (median" : " (largest") + " of " + range.n() + ")",
                        shares[k],
                        shares[k],
                        reading.shareBefore(range.event(), times[k]),
                        r,
                        Math.abs(r) <= 1.959963984540054));
            }
        }
        return fits;
    }
}
