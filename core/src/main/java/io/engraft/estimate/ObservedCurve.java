package io.engraft.estimate;

import io.engraft.curve.FollowUp;
import io.engraft.data.Tabular;
import io.engraft.estimate.internal.RiskSets;
import io.engraft.internal.Require;

/**
 * What estimates of curves have in common: points at the distinct exit times (events or censorings), and the counts behind
 * them, weighted where the data are.
 */
public abstract sealed class ObservedCurve implements FollowUp, Tabular
        permits SurvivalEstimate, HazardEstimate, IncidenceEstimate {

    /** The counts. */
    final RiskSets sets;

    ObservedCurve(RiskSets sets) {
        this.sets = sets;
    }

    /** Whether the variance comes from the influence of rows or clusters. */
    final boolean isRobust() {
        return sets.rows() != null;
    }

    /**
     * The number of points.
     *
     * @return distinct exit times
     */
    public final int size() {
        return sets.size();
    }

    /**
     * A point's time.
     *
     * @param i from 0, ascending
     * @return the exit time
     */
    public final double time(int i) {
        return sets.time(i);
    }

    /**
     * The number at risk at a point, just before it.
     *
     * @param i from 0
     * @return the number, weighted where the data are
     */
    public final double atRisk(int i) {
        return sets.atRisk(i);
    }

    /**
     * The events of any cause at a point.
     *
     * @param i from 0
     * @return the number, weighted where the data are
     */
    public final double events(int i) {
        return sets.events(i);
    }

    /**
     * Those censored at a point.
     *
     * @param i from 0
     * @return the number, weighted where the data are
     */
    public final double censored(int i) {
        return sets.censored(i);
    }

    /**
     * The number of rows behind the curve.
     *
     * @return rows, counted without weights
     */
    public final long rows() {
        return sets.table().rows();
    }

    /**
     * The times at which the curve jumps.
     *
     * @return those with an event, ascending
     */
    public final double[] jumpTimes() {
        return sets.eventTimes();
    }

    @Override
    public final double atRiskAt(double t) {
        return sets.atRiskAt(t);
    }

    @Override
    public final double presentAt(double t) {
        return sets.presentAt(t);
    }

    @Override
    public final double start() {
        return sets.start();
    }

    @Override
    public final double eventsUpTo(double t) {
        return sets.eventsUpTo(Require.time(t));
    }

    @Override
    public final double censoredUpTo(double t) {
        return sets.censoredUpTo(Require.time(t));
    }

    @Override
    public final double[] censoringTimes() {
        return sets.censoringTimes();
    }
}
