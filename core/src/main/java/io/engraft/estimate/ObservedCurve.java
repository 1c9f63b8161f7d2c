package io.engraft.estimate;

import io.engraft.curve.FollowUp;
import io.engraft.data.Clusters;
import io.engraft.data.Tabular;
import io.engraft.data.WeightType;
import io.engraft.estimate.internal.InfluenceRows;
import io.engraft.estimate.internal.RiskSets;
import io.engraft.internal.Require;
import java.util.Optional;

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
     * What stands on its own in the curve's variance.
     *
     * @return clusters or patients where the variance is robust and the data have several rows of one, else rows
     */
    public final Clusters.Unit independentUnit() {
        InfluenceRows rows = sets.rows();
        return rows == null ? Clusters.Unit.ROW : rows.unit();
    }

    /**
     * How many of what stands on its own the curve rests on, which is what says whether they are few.
     *
     * @return the number of clusters, patients or rows by {@link #independentUnit()}; of frequency weights as many rows or
     *     patients as they stand for
     */
    public final double independentUnits() {
        InfluenceRows rows = sets.rows();
        if (rows != null && rows.unit() != Clusters.Unit.ROW) {
            double units = 0;
            for (int c = 0; c < rows.clusters(); c++) {
                units += rows.share(c);
            }
            return units;
        }
        boolean frequency =
                sets.table().weightType().filter(WeightType.FREQUENCY::equals).isPresent();
        if (!frequency) {
            return rows();
        }
        double units = 0;
        for (int i = 0; i < size(); i++) {
            units += events(i) + censored(i);
        }
        return units;
    }

    /**
     * What a reader of the curve's errors should know of its clusters.
     *
     * @return a sentence where the variance is robust, by few clusters or patients of several rows; else empty
     */
    public final Optional<String> clusterWarning() {
        InfluenceRows rows = sets.rows();
        return rows == null ? Optional.empty() : Clusters.warning(rows.clusters(), rows.unit());
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
