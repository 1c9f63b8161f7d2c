package io.engraft.estimate;

import io.engraft.curve.ConfidenceType;
import io.engraft.curve.FollowUp;
import io.engraft.curve.HazardFunction;
import io.engraft.curve.Interval;
import io.engraft.curve.Limits;
import io.engraft.curve.PointEstimate;
import io.engraft.curve.SurvivalFunction;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.internal.Require;
import io.engraft.internal.RunningProduct;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * A Kaplan-Meier curve: a right-continuous step function with one point a distinct exit time (event or censoring).
 * Before the first point S = 1; after the last it is not estimable, unless it has reached 0 and stays there. Immutable.
 */
public final class SurvivalEstimate implements SurvivalFunction, HazardFunction, FollowUp, Tabular {

    private final RiskSets sets;
    private final KaplanMeier.Settings settings;
    private final double[] survival;
    private final double[] greenwood;
    private final double[] hazard;
    /** Made when first asked for, since most readers of S never do; threads that race make equal ones. */
    private @Nullable HazardEstimate nelsonAalen;

    SurvivalEstimate(RiskSets sets, KaplanMeier.Settings settings) {
        this.sets = sets;
        this.settings = settings;
        int points = sets.size();
        this.survival = new double[points];
        this.greenwood = new double[points];
        this.hazard = new double[points];
        RunningProduct product = new RunningProduct();
        double g = 0;
        double h = 0;
        for (int p = 0; p < points; p++) {
            double d = sets.events(p);
            if (d > 0) {
                double n = sets.atRisk(p);
                double left = n - d;
                product.multiply(left, n);
                g = left > 0 ? g + d / (n * left) : Double.NaN;
                h += d / n;
            }
            survival[p] = product.value();
            greenwood[p] = g;
            hazard[p] = h;
        }
    }

    /**
     * The number of points.
     *
     * @return distinct exit times
     */
    public int size() {
        return survival.length;
    }

    /**
     * A point's time.
     *
     * @param i from 0, ascending
     * @return the exit time
     */
    public double time(int i) {
        return sets.time(i);
    }

    /**
     * The number at risk at a point, just before it.
     *
     * @param i from 0
     * @return the number, weighted where the data are
     */
    public double atRisk(int i) {
        return sets.atRisk(i);
    }

    /**
     * The events at a point.
     *
     * @param i from 0
     * @return the number, weighted where the data are
     */
    public double events(int i) {
        return sets.events(i);
    }

    /**
     * Those censored at a point.
     *
     * @param i from 0
     * @return the number, weighted where the data are
     */
    public double censored(int i) {
        return sets.censored(i);
    }

    /**
     * S at a point.
     *
     * @param i from 0
     * @return the estimate
     */
    public double survival(int i) {
        return survival[i];
    }

    /**
     * The standard error of S at a point, on the scale of S.
     *
     * @param i from 0
     * @return the standard error, NaN where S is 0
     */
    public double standardError(int i) {
        return survival[i] * Math.sqrt(greenwood[i]);
    }

    /**
     * The Nelson-Aalen cumulative hazard at a point.
     *
     * @param i from 0
     * @return the sum of d / n so far
     */
    public double cumulativeHazard(int i) {
        return hazard[i];
    }

    /**
     * The pointwise limits at all points, in bulk.
     *
     * @return one pair a point; NaN where there is no interval
     */
    public Limits limits() {
        double[] errors = new double[survival.length];
        for (int p = 0; p < errors.length; p++) {
            errors[p] = standardError(p);
        }
        return Limits.of(settings.confidenceType(), survival, errors, settings.level(), settings.profile());
    }

    /**
     * The number of rows behind the curve.
     *
     * @return rows, not weighted
     */
    public long rows() {
        return sets.table().rows();
    }

    /**
     * The level of the intervals.
     *
     * @return strictly between 0 and 1
     */
    public double level() {
        return settings.level();
    }

    /**
     * What was in force when the curve was estimated.
     *
     * @return conventions by name
     */
    public Map<String, String> conventions() {
        return settings.conventions("greenwood", sets.table().weightType().isPresent());
    }

    /**
     * What a reader of the curve should know.
     *
     * @return sentences, empty where there is nothing to warn of
     */
    public List<String> warnings() {
        return CurveWarnings.of(sets, survival);
    }

    @Override
    public PointEstimate survivalAt(double t) {
        int point = sets.pointAt(t);
        if (sets.isBefore(t)) {
            return PointEstimate.notEstimable(beforeStart());
        }
        if (sets.isBeyond(t) && survival[survival.length - 1] != 0) {
            return PointEstimate.notEstimable(beyond());
        }
        double s = point < 0 ? 1 : survival[point];
        double error = point < 0 ? 0 : standardError(point);
        return PointEstimate.of(
                s, error, settings.confidenceType().interval(s, error, settings.level(), settings.profile()));
    }

    private String beyond() {
        return "follow-up ends at " + sets.lastTime();
    }

    private String beforeStart() {
        return "the curve is conditional on survival to " + sets.start();
    }

    @Override
    public double[] survivalValues(double[] times) {
        double[] values = new double[times.length];
        boolean endsAtZero = survival[survival.length - 1] == 0;
        for (int j = 0; j < times.length; j++) {
            int point = sets.pointAt(times[j]);
            boolean known = !sets.isBefore(times[j]) && (endsAtZero || !sets.isBeyond(times[j]));
            values[j] = !known ? Double.NaN : point < 0 ? 1 : survival[point];
        }
        return values;
    }

    /**
     * The time by which a share p has had the event, with the interval of Brookmeyer and Crowley: the times at which the
     * pointwise limits cross 1 - p. Where a curve equals 1 - p on a flat, the midpoint of the flat is taken, which ends
     * at the next event or at the end of follow-up.
     *
     * <p>Limits need not fall steadily, least of all with delayed entry. The interval holds every time from the first
     * at which the lower limit is at 1 - p or below, to the first at which the upper limit is, even where that rises
     * again among the last few at risk. (R's quantile takes a later point in both cases, which can lie beyond its own
     * upper limit; no profile follows it.)
     *
     * <p>R. Brookmeyer, J. Crowley (1982). A confidence interval for the median survival time. Biometrics 38, 29-41.
     */
    @Override
    public PointEstimate quantile(double p) {
        Require.properFraction("share", p);
        Limits limits = limits();
        double estimate = crossing(1 - p, i -> survival[i]);
        double lower = crossing(1 - p, limits::lower);
        double upper = crossing(1 - p, limits::upper);
        Interval interval =
                Interval.partial(lower, upper, settings.level(), "a limit of S does not come down to " + (1 - p));
        if (Double.isNaN(estimate)) {
            return PointEstimate.notEstimable("S stays above " + (1 - p) + " up to " + sets.lastTime(), interval);
        }
        return PointEstimate.of(estimate, Double.NaN, interval);
    }

    private double crossing(double target, IntToDoubleFunction curve) {
        double slack = settings.profile().quantileTolerance() * target;
        for (int p = 0; p < survival.length; p++) {
            if (sets.events(p) > 0 && curve.applyAsDouble(p) <= target + slack) {
                boolean flat = curve.applyAsDouble(p) >= target - slack;
                return flat ? (sets.time(p) + endOfFlat(p)) / 2 : sets.time(p);
            }
        }
        return Double.NaN;
    }

    private double endOfFlat(int point) {
        for (int p = point + 1; p < survival.length; p++) {
            if (sets.events(p) > 0) {
                return sets.time(p);
            }
        }
        return sets.lastTime();
    }

    /**
     * The area under the curve up to tau, from {@code start} for a conditional curve. Its variance is the sum over event
     * times s of A(s)^2 d(s) / (n(s) (n(s) - d(s))), with A(s) the area from s to tau; the interval is plain.
     */
    @Override
    public PointEstimate restrictedMean(double tau) {
        Require.positive("tau", tau);
        if (!(tau > sets.start())) {
            return PointEstimate.notEstimable(beforeStart());
        }
        if (sets.isBeyond(tau) && survival[survival.length - 1] != 0) {
            return PointEstimate.notEstimable("tau is " + tau + " and " + beyond());
        }
        int last = sets.pointAt(tau);
        double variance = 0;
        double area = 0;
        double right = tau;
        for (int p = last; p >= 0; p--) {
            area += survival[p] * Math.max(0, right - sets.time(p));
            right = Math.min(right, sets.time(p));
            double d = sets.events(p);
            double left = sets.atRisk(p) - d;
            if (d > 0 && left > 0) {
                // As a share of tau, since the square of a huge or tiny area leaves the range of doubles.
                double share = area / tau;
                variance += share * share * d / (sets.atRisk(p) * left);
            }
        }
        double mean = area + right - sets.start();
        double error = tau * Math.sqrt(variance);
        double half = ConfidenceType.normalQuantile(settings.level()) * error;
        return PointEstimate.of(mean, error, Interval.of(mean - half, mean + half, settings.level()));
    }

    @Override
    public double[][] survivalCovariance(double[] times) {
        int m = times.length;
        double[] values = survivalValues(times);
        double[][] covariance = new double[m][m];
        for (int a = 0; a < m; a++) {
            for (int b = 0; b < m; b++) {
                int earlier = sets.pointAt(Math.min(times[a], times[b]));
                boolean none = values[a] == 0 || values[b] == 0;
                double g = earlier < 0 || none ? 0 : greenwood[earlier];
                covariance[a][b] = values[a] * values[b] * g;
            }
        }
        return covariance;
    }

    /**
     * The Nelson-Aalen cumulative hazard of the same data, its standard error from the sum of d / n^2 and its interval
     * on the log scale.
     */
    @Override
    public PointEstimate cumulativeHazardAt(double t) {
        return nelsonAalen().cumulativeHazardAt(t);
    }

    @Override
    public double[] cumulativeHazardValues(double[] times) {
        return nelsonAalen().cumulativeHazardValues(times);
    }

    private HazardEstimate nelsonAalen() {
        HazardEstimate known = nelsonAalen;
        if (known == null) {
            known = NelsonAalen.read(sets, settings);
            nelsonAalen = known;
        }
        return known;
    }

    /**
     * The curve at chosen times.
     *
     * @param times the times, each &gt;= 0, in any order
     * @return one row a time, in their order; events and censorings are those since the next smaller of the times
     */
    public List<SurvivalPoint> at(double... times) {
        Totals totals = Totals.of(sets, 0, times);
        List<SurvivalPoint> rows = new ArrayList<>();
        for (double t : times) {
            Totals.Row now = totals.by(t);
            Totals.Row before = totals.before(t);
            rows.add(new SurvivalPoint(
                    t,
                    sets.atRiskAt(t),
                    now.events() - before.events(),
                    now.censored() - before.censored(),
                    now.atRiskRows(),
                    now.eventRows() - before.eventRows(),
                    now.censoredRows() - before.censoredRows(),
                    survivalAt(t),
                    cumulativeHazardAt(t)));
        }
        return rows;
    }

    /**
     * One row of a curve at a time.
     *
     * @param time the time
     * @param atRisk the number at risk, entry &lt; time &lt;= exit, weighted where the data are
     * @param events events since the time before, weighted where the data are
     * @param censored censorings since the time before, weighted where the data are
     * @param atRiskRows rows at risk
     * @param eventRows rows with an event since the time before
     * @param censoredRows rows censored since the time before
     * @param survival S
     * @param cumulativeHazard the Nelson-Aalen cumulative hazard
     */
    public record SurvivalPoint(
            double time,
            double atRisk,
            double events,
            double censored,
            long atRiskRows,
            long eventRows,
            long censoredRows,
            PointEstimate survival,
            PointEstimate cumulativeHazard) {}

    @Override
    public double horizon() {
        return survival[survival.length - 1] == 0 ? Double.POSITIVE_INFINITY : sets.lastTime();
    }

    @Override
    public double[] jumpTimes() {
        return sets.eventTimes();
    }

    @Override
    public double atRiskAt(double t) {
        return sets.atRiskAt(t);
    }

    @Override
    public double eventsUpTo(double t) {
        return sets.eventsUpTo(Require.time(t));
    }

    @Override
    public double censoredUpTo(double t) {
        return sets.censoredUpTo(Require.time(t));
    }

    @Override
    public double[] censoringTimes() {
        return sets.censoringTimes();
    }

    @Override
    public TidyTable tidy() {
        TidyTable.Builder table = TidyTable.builder()
                .number("time")
                .number("at_risk")
                .number("events")
                .number("censored")
                .number("survival")
                .number("std_error")
                .number("lower")
                .number("upper")
                .number("cumulative_hazard");
        Limits limits = limits();
        for (int p = 0; p < survival.length; p++) {
            table.row(
                    time(p),
                    atRisk(p),
                    events(p),
                    censored(p),
                    survival[p],
                    standardError(p),
                    limits.lower(p),
                    limits.upper(p),
                    hazard[p]);
        }
        return table.build();
    }
}
