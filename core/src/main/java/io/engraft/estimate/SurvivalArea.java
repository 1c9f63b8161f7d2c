package io.engraft.estimate;

import io.engraft.curve.ConfidenceType;
import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.estimate.internal.InfluenceRows;
import io.engraft.estimate.internal.RiskSets;
import io.engraft.internal.csv.NumberText;

/** The area under a survival curve that is known up to the horizon. */
final class SurvivalArea {

    private final RiskSets sets;
    private final CurveSettings settings;
    private final double[] survival;

    SurvivalArea(RiskSets sets, CurveSettings settings, double[] survival) {
        this.sets = sets;
        this.settings = settings;
        this.survival = survival;
    }

    PointEstimate upTo(double tau) {
        InfluenceRows rows = sets.rows();
        HazardStep step = new HazardStep(settings.estimator(), sets);
        double sum = 0;
        double area = 0;
        double right = tau;
        for (int p = sets.pointAt(tau); p >= 0; p--) {
            area += survival[p] * Math.max(0, right - sets.time(p));
            right = Math.min(right, sets.time(p));
            if (area > 0 && sets.events(p) > 0 && rows == null) {
                step.read(p);
                // As a share of tau, since the square of a huge or tiny area leaves the range of doubles.
                double share = area / tau;
                sum += share * share * step.spread();
            }
        }
        double mean = area + right - sets.start();
        double error = tau * Math.sqrt(rows == null ? sum : robustVariance(rows, tau));
        return PointEstimate.of(mean, error, interval(mean, error, tau, settings.level()));
    }

    /** The plain interval of an area; none where the standard error is 0, which says nothing. */
    static Interval interval(double area, double error, double tau, double level) {
        if (error == 0) {
            return Interval.notEstimable(
                    level,
                    "nothing varies up to " + NumberText.format(tau) + ", so the standard error of 0 says nothing");
        }
        double half = ConfidenceType.normalQuantile(level) * error;
        return Interval.of(area - half, area + half, level);
    }

    private double robustVariance(InfluenceRows rows, double tau) {
        return sweep(rows).areaVariance(sets, tau, weights());
    }

    /** The clusters' influences on the area, as shares of tau. */
    double[] influences(InfluenceRows rows, double tau) {
        return sweep(rows).areaInfluences(sets, tau, weights());
    }

    private InfluenceSweep sweep(InfluenceRows rows) {
        return new InfluenceSweep(rows, InfluenceTarget.hazard(sets, settings.estimator()));
    }

    private double[] weights() {
        double[] weight = new double[survival.length + 1];
        weight[0] = 1;
        System.arraycopy(survival, 0, weight, 1, survival.length);
        return weight;
    }
}
