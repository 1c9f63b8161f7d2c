package io.engraft.estimate;

import io.engraft.estimate.internal.RiskSets;
import io.engraft.estimate.internal.RunningSum;

/**
 * A curve as the influence of rows on it sees it. Per unit of weight, a row at risk from point a on has influence
 *
 * <pre>
 *   (Y(t) - Y(a)) - C(a) (X(t) - X(a))                                while at risk,
 *   the same at its exit x, + jump(x) for an event, + (C(x) - C(a) - E(x) [any event]) (X(t) - X(x))   after it,
 * </pre>
 *
 * <p>with C the spread of log S summed, and E the jump of its hazard. For H = -log S itself, X = 0 and Y = -C. For the incidence
 * of a cause, X = F and Y is the sum of (C(s-) - 1/n) dF. Arrays have a leading 0 for the time before the first point.
 */
final class InfluenceTarget {

    final double[] x;
    final double[] y;
    final double[] spread;
    final double[] hazardJump;
    final double[] jump;
    /** The status that jumps; 0 for any event. */
    final int cause;

    private InfluenceTarget(RiskSets sets, SurvivalEstimator estimator, int cause) {
        int points = sets.size();
        this.x = new double[points + 1];
        this.y = new double[points + 1];
        this.spread = new double[points + 1];
        this.hazardJump = new double[points + 1];
        this.jump = cause == 0 ? hazardJump : new double[points + 1];
        this.cause = cause;
        HazardStep step = new HazardStep(estimator, sets);
        for (int p = 0; p < points; p++) {
            double c = 0;
            if (sets.events(p) > 0) {
                step.read(p);
                // Where S falls to 0 nothing that follows depends on its logarithm.
                boolean ends = Double.isNaN(step.spread());
                c = ends ? 0 : step.spread();
                hazardJump[p + 1] = ends ? 0 : step.jump();
            }
            spread[p + 1] = spread[p] + c;
        }
    }

    /** The cumulative hazard -log S. */
    static InfluenceTarget hazard(RiskSets sets, SurvivalEstimator estimator) {
        InfluenceTarget target = new InfluenceTarget(sets, estimator, 0);
        for (int i = 0; i < target.y.length; i++) {
            target.y[i] = -target.spread[i];
        }
        return target;
    }

    /**
     * The cumulative incidence of a cause.
     *
     * @param cause from 1
     * @param survival S after every point
     */
    static InfluenceTarget incidence(RiskSets sets, int cause, double[] survival) {
        InfluenceTarget target = new InfluenceTarget(sets, SurvivalEstimator.KAPLAN_MEIER, cause);
        RunningSum sum = new RunningSum();
        for (int p = 0; p < survival.length; p++) {
            double n = sets.atRisk(p);
            double before = p == 0 ? 1 : survival[p - 1];
            double share = sets.events(p) > 0 ? before / n : 0;
            double step = share == 0 ? 0 : share * sets.table().eventWeight(sets.row(p), cause);
            target.jump[p + 1] = share;
            sum.add(step);
            target.x[p + 1] = sum.value();
            target.y[p + 1] = target.y[p] + step * (target.spread[p] - (step > 0 ? 1 / n : 0));
        }
        return target;
    }
}
