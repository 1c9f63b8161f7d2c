package io.engraft.estimate.states;

import io.engraft.curve.ConfidenceType;
import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.curve.Profile;
import io.engraft.data.TieRule;
import java.util.Map;

/**
 * How state occupation is estimated and reported.
 *
 * @param given the start distribution by state; empty where it is estimated
 */
record OccupancySettings(
        double level,
        ConfidenceType confidenceType,
        Profile profile,
        TieRule tieRule,
        double start,
        Map<String, Double> given,
        OccupancyVariance variance) {

    static final OccupancySettings DEFAULT = new OccupancySettings(
            0.95,
            Profile.ENGRAFT.confidenceType(),
            Profile.ENGRAFT,
            TieRule.DEFAULT,
            0,
            Map.of(),
            OccupancyVariance.AUTOMATIC);

    PointEstimate probability(double p, double error) {
        return PointEstimate.of(p, error, confidenceType.interval(p, error, level, profile));
    }

    /** A time within [0, most], with a plain interval cut to it; rounding may leave either. */
    PointEstimate time(double value, double error, double most) {
        double time = Math.min(most, value);
        if (error == 0) {
            return PointEstimate.of(
                    time, error, Interval.notEstimable(level, "the standard error is 0, which says nothing"));
        }
        double half = ConfidenceType.normalQuantile(level) * error;
        return PointEstimate.of(time, error, Interval.of(Math.max(0, time - half), Math.min(most, time + half), level));
    }

    /** A positive number, with an interval on the log scale. */
    PointEstimate positive(double value, double error, String none) {
        if (!(value > 0)) {
            return PointEstimate.of(value, error, Interval.notEstimable(level, none));
        }
        double factor = Math.exp(ConfidenceType.normalQuantile(level) * error / value);
        return PointEstimate.of(value, error, Interval.of(value / factor, value * factor, level));
    }
}
