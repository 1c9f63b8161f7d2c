package io.engraft.estimate;

import io.engraft.curve.ConfidenceType;
import io.engraft.curve.HazardFunction;
import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.data.TidyTable;
import io.engraft.estimate.internal.InfluenceRows;
import io.engraft.estimate.internal.RiskSets;
import io.engraft.internal.Brief;
import io.engraft.internal.csv.NumberText;
import java.util.Map;

/**
 * A cumulative hazard, Nelson-Aalen's or the one corrected for ties that
 * {@link SurvivalEstimator#FLEMING_HARRINGTON} uses: a right-continuous step function with one point a distinct exit time. 0 before the first point;
 * not estimable after the last. Immutable.
 */
public final class HazardEstimate extends ObservedCurve implements HazardFunction {

    private final double level;
    private final Map<String, String> conventions;
    private final double[] hazard;
    private final double[] variance;

    HazardEstimate(RiskSets sets, double level, Map<String, String> conventions, SurvivalEstimator estimator) {
        super(sets);
        this.level = level;
        this.conventions = conventions;
        int points = sets.size();
        this.hazard = new double[points];
        InfluenceRows rows = sets.rows();
        this.variance = rows == null
                ? new double[points]
                : new InfluenceSweep(rows, InfluenceTarget.hazard(sets, estimator)).variances();
        HazardStep step = new HazardStep(estimator, sets);
        double h = 0;
        double v = 0;
        for (int p = 0; p < points; p++) {
            if (sets.events(p) > 0) {
                step.read(p);
                h += step.step();
                v += step.spread();
            }
            hazard[p] = h;
            if (rows == null) {
                variance[p] = v;
            }
        }
    }

    /**
     * H at a point.
     *
     * @param i from 0
     * @return the estimate
     */
    public double cumulativeHazard(int i) {
        return hazard[i];
    }

    /**
     * The standard error of H at a point.
     *
     * @param i from 0
     * @return the standard error
     */
    public double standardError(int i) {
        return Math.sqrt(variance[i]);
    }

    /**
     * What was in force when the curve was estimated.
     *
     * @return conventions by name
     */
    public Map<String, String> conventions() {
        return conventions;
    }

    @Override
    public PointEstimate cumulativeHazardAt(double t) {
        int point = sets.pointAt(t);
        if (sets.isBefore(t)) {
            return PointEstimate.notEstimable("the curve starts at " + NumberText.format(sets.start()));
        }
        if (sets.isBeyond(t)) {
            return PointEstimate.notEstimable("follow-up ends at " + Brief.time(sets.lastTime()));
        }
        double h = point < 0 ? 0 : hazard[point];
        double error = point < 0 ? 0 : standardError(point);
        if (h == 0) {
            return PointEstimate.of(h, error, Interval.notEstimable(level, "nobody had an event by then"));
        }
        double factor = Math.exp(ConfidenceType.normalQuantile(level) * error / h);
        return PointEstimate.of(h, error, Interval.of(h / factor, h * factor, level));
    }

    @Override
    public double[] cumulativeHazardValues(double[] times) {
        double[] values = new double[times.length];
        for (int j = 0; j < times.length; j++) {
            int point = sets.pointAt(times[j]);
            boolean known = !sets.isBefore(times[j]) && !sets.isBeyond(times[j]);
            values[j] = !known ? Double.NaN : point < 0 ? 0 : hazard[point];
        }
        return values;
    }

    @Override
    public double horizon() {
        return sets.lastTime();
    }

    @Override
    public TidyTable tidy() {
        int points = hazard.length;
        double z = ConfidenceType.normalQuantile(level);
        double[][] columns = new double[6][points];
        for (int p = 0; p < points; p++) {
            double error = standardError(p);
            double factor = hazard[p] > 0 ? Math.exp(z * error / hazard[p]) : Double.NaN;
            columns[0][p] = sets.time(p);
            columns[1][p] = sets.atRisk(p);
            columns[2][p] = sets.events(p);
            columns[3][p] = error;
            columns[4][p] = hazard[p] / factor;
            columns[5][p] = hazard[p] * factor;
        }
        return TidyTable.builder()
                .numbers("time", columns[0])
                .numbers("at_risk", columns[1])
                .numbers("events", columns[2])
                .numbers("cumulative_hazard", hazard)
                .numbers("std_error", columns[3])
                .numbers("lower", columns[4])
                .numbers("upper", columns[5])
                .build();
    }

    @Override
    public String toString() {
        double end = time(size() - 1);
        return "Nelson-Aalen: " + Brief.count(rows(), "row") + ", " + Brief.count(eventsUpTo(end), "event")
                + ", cumulative hazard " + Brief.number(hazard[hazard.length - 1]) + " at " + Brief.number(end);
    }
}
