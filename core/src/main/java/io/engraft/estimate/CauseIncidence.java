package io.engraft.estimate;

import io.engraft.curve.IncidenceFunction;
import io.engraft.curve.Limits;
import io.engraft.curve.PointEstimate;
import io.engraft.estimate.internal.RiskSets;
import io.engraft.estimate.internal.SharedClusters;
import io.engraft.estimate.internal.Totals;
import io.engraft.internal.Brief;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** The Aalen-Johansen curve of one cause: a view of {@link IncidenceEstimate}. */
public final class CauseIncidence implements IncidenceFunction {

    private final IncidenceEstimate all;
    private final int cause;

    CauseIncidence(IncidenceEstimate all, int cause) {
        this.all = all;
        this.cause = cause;
    }

    @Override
    public String cause() {
        return all.causes().get(cause);
    }

    @Override
    public OptionalInt causeCode() {
        return OptionalInt.of(cause + 1);
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
     * F at a point.
     *
     * @param i from 0
     * @return the estimate
     */
    public double incidence(int i) {
        return all.incidence(cause, i);
    }

    /**
     * The standard error of F at a point.
     *
     * @param i from 0
     * @return the standard error
     */
    public double standardError(int i) {
        return all.standardError(cause, i);
    }

    /**
     * The events of this cause at a point.
     *
     * @param i from 0
     * @return the number, weighted where the data are
     */
    public double events(int i) {
        RiskSets sets = all.sets;
        return sets.table().eventWeight(sets.row(i), cause + 1);
    }

    /**
     * The pointwise limits at all points, in bulk.
     *
     * @return one pair a point; NaN where there is no interval
     */
    public Limits limits() {
        return all.limits(cause);
    }

    @Override
    public PointEstimate incidenceAt(double t) {
        return all.at(cause, t);
    }

    @Override
    public double[] incidenceValues(double[] times) {
        return all.values(cause, times);
    }

    /**
     * The mean time lost to this cause up to tau: the area under F, from {@code start} for a conditional curve. Over all causes
     * it adds up to {@link SurvivalEstimate#restrictedMeanTimeLost}. Its variance is that of the delta method, whichever
     * {@link IncidenceVariance} F has; or robust where that of F is. The interval is plain.
     *
     * <p>P. K. Andersen (2013). Decomposition of number of life years lost according to causes of death. Statistics in
     * Medicine 32, 5278-5285.
     *
     * @param tau the horizon, tau &gt; 0
     * @return the mean time lost; not estimable where F is not known up to tau
     */
    public PointEstimate restrictedMeanTimeLost(double tau) {
        return all.timeLost(cause, tau);
    }

    /**
     * The covariance with the curve of another group of the same fit at one time, for the same cause or another. Where
     * variances are robust over clusters (or ids), and a cluster has rows in both groups, it is the sum over such clusters
     * of the product of their influences on either curve; otherwise the groups are independent, and it is 0. With a curve
     * of the same group it is that of {@link IncidenceEstimate#covariance}.
     *
     * @param other a curve of the same fit
     * @param t the time, &gt;= 0
     * @return the covariance; empty where either curve is not estimable at t
     * @throws io.engraft.InvalidArgumentException when the clusters of the two are levels of different columns, as those
     *     of fits to different data
     */
    public OptionalDouble incidenceCovariance(CauseIncidence other, double t) {
        double[] at = {t};
        if (Double.isNaN(incidenceValues(at)[0]) || Double.isNaN(other.incidenceValues(at)[0])) {
            return OptionalDouble.empty();
        }
        if (all.sets == other.all.sets) {
            return OptionalDouble.of(all.covariance(at)[cause + 1][other.cause + 1]);
        }
        SharedClusters shared = SharedClusters.of(all.sets.rows(), other.all.sets.rows());
        return OptionalDouble.of(
                shared.isEmpty() ? 0 : shared.sum(all.influences(cause, t), other.all.influences(other.cause, t)));
    }

    /**
     * The curve at chosen times.
     *
     * @param times the times, each &gt;= 0, in any order
     * @return one row a time, in their order; events are those since the next smaller of the times
     */
    public List<IncidencePoint> at(double... times) {
        RiskSets sets = all.sets;
        Totals totals = Totals.of(sets, cause + 1, times);
        List<IncidencePoint> rows = new ArrayList<>();
        for (double t : times) {
            Totals.Row now = totals.by(t);
            Totals.Row before = totals.before(t);
            rows.add(new IncidencePoint(
                    t,
                    sets.atRiskAt(t),
                    now.events() - before.events(),
                    now.atRiskRows(),
                    now.eventRows() - before.eventRows(),
                    incidenceAt(t)));
        }
        return rows;
    }

    /**
     * One row of a curve at a time.
     *
     * @param time the time
     * @param atRisk the number at risk, entry &lt; time &lt;= exit, weighted where the data are
     * @param events events of the cause since the time before, weighted where the data are
     * @param atRiskRows rows at risk
     * @param eventRows rows with an event of the cause since the time before
     * @param incidence F
     */
    public record IncidencePoint(
            double time, double atRisk, double events, long atRiskRows, long eventRows, PointEstimate incidence) {}

    @Override
    public double horizon() {
        return all.horizon();
    }

    /** The times at which F jumps: those with an event of this cause. */
    @Override
    public double[] jumpTimes() {
        double[] found = new double[size()];
        int n = 0;
        for (int p = 0; p < found.length; p++) {
            if (events(p) > 0) {
                found[n++] = time(p);
            }
        }
        return Arrays.copyOf(found, n);
    }

    @Override
    public String toString() {
        double total = 0;
        for (int i = 0; i < size(); i++) {
            total += events(i);
        }
        return "cumulative incidence of " + cause() + ": " + Brief.count(all.rows(), "row") + ", "
                + Brief.count(total, "event") + ", " + Brief.number(incidence(size() - 1)) + " by "
                + Brief.number(time(size() - 1));
    }
}
