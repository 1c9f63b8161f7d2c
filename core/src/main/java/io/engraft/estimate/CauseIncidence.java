package io.engraft.estimate;

import io.engraft.curve.IncidenceFunction;
import io.engraft.curve.Limits;
import io.engraft.curve.PointEstimate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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
        RiskSets sets = all.sets();
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
     * The curve at chosen times.
     *
     * @param times the times, each &gt;= 0, in any order
     * @return one row a time, in their order; events are those since the next smaller of the times
     */
    public List<IncidencePoint> at(double... times) {
        RiskSets sets = all.sets();
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
}
