package io.engraft.estimate;

import io.engraft.InvalidArgumentException;
import io.engraft.curve.HazardFunction;
import io.engraft.curve.Interval;
import io.engraft.curve.Limits;
import io.engraft.curve.PointEstimate;
import io.engraft.curve.SurvivalFunction;
import io.engraft.data.TidyTable;
import io.engraft.estimate.internal.InfluenceRows;
import io.engraft.estimate.internal.RiskSets;
import io.engraft.estimate.internal.SharedClusters;
import io.engraft.estimate.internal.Totals;
import io.engraft.internal.Brief;
import io.engraft.internal.Require;
import io.engraft.internal.RunningProduct;
import io.engraft.internal.csv.NumberText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A Kaplan-Meier curve, or one by another {@link SurvivalEstimator}: a right-continuous step function with one point a distinct exit time (event or censoring).
 * Before the first point S = 1; after the last it is not estimable, unless it has reached 0 and stays there. Immutable.
 */
public final class SurvivalEstimate extends ObservedCurve implements SurvivalFunction, HazardFunction {

    private final CurveSettings settings;
    private final double[] survival;
    /** The variance of log S; NaN where S is 0. */
    private final double[] variance;
    /** Made when first asked for, since most readers of S never do; threads that race make equal ones. */
    private @Nullable HazardEstimate cumulative;
    /** Made when first asked for; threads that race make equal ones. */
    private @Nullable Limits limits;

    SurvivalEstimate(RiskSets sets, CurveSettings settings) {
        super(sets);
        this.settings = settings;
        int points = sets.size();
        this.survival = new double[points];
        boolean product = settings.estimator() == SurvivalEstimator.KAPLAN_MEIER;
        InfluenceRows rows = sets.rows();
        this.variance = rows == null
                ? new double[points]
                : new InfluenceSweep(rows, InfluenceTarget.hazard(sets, settings.estimator())).variances();
        RunningProduct stay = new RunningProduct();
        HazardStep step = new HazardStep(settings.estimator(), sets);
        double s = 1;
        double v = 0;
        double h = 0;
        for (int p = 0; p < points; p++) {
            double d = sets.events(p);
            if (d > 0) {
                double n = sets.atRisk(p);
                if (product) {
                    double left = n - d;
                    v += left > 0 ? d / (n * left) : Double.NaN;
                    stay.multiply(left, n);
                    s = stay.value();
                } else {
                    step.read(p);
                    h += step.step();
                    v += step.spread();
                    s = Math.exp(-h);
                }
            }
            survival[p] = s;
            if (rows == null || Double.isNaN(v)) {
                variance[p] = v;
            }
        }
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
        return survival[i] * Math.sqrt(variance[i]);
    }

    /**
     * The cumulative hazard at a point: Nelson-Aalen's, the sum of d / n so far; for Fleming-Harrington's estimator the one
     * corrected for ties.
     *
     * @param i from 0
     * @return the cumulative hazard
     */
    public double cumulativeHazard(int i) {
        return hazards().cumulativeHazard(i);
    }

    /**
     * The pointwise limits at all points, in bulk.
     *
     * @return one pair a point; NaN where there is no interval
     */
    public Limits limits() {
        Limits known = limits;
        if (known == null) {
            SurvivalInterval own = settings.interval();
            known = own != null
                    ? own.limits(sets, settings.level())
                    : Limits.of(
                            settings.confidenceType(),
                            survival,
                            this::standardError,
                            settings.level(),
                            settings.profile());
            limits = known;
        }
        return known;
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
        return settings.conventions(settings.estimator().variance(), sets);
    }

    /**
     * What a reader of the curve should know.
     *
     * @return sentences, empty where there is nothing to warn of
     */
    public List<String> warnings() {
        return CurveWarnings.of(sets, survival, settings.interval() == SurvivalInterval.BETA_PRODUCT);
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
        return PointEstimate.of(s, error, interval(point, s, error));
    }

    private Interval interval(int point, double s, double error) {
        SurvivalInterval own = settings.interval();
        if (own == null) {
            return settings.confidenceType().interval(s, error, settings.level(), settings.profile());
        }
        return point < 0
                ? own.beforeAnybodyLeft(sets, settings.level())
                : own.interval(limits(), point, settings.level());
    }

    private String beyond() {
        return "follow-up ends at " + Brief.time(sets.lastTime());
    }

    private String beforeStart() {
        return "the curve is conditional on survival to " + NumberText.format(sets.start());
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
     * <p>Of a {@link SurvivalInterval} the whole stretch is taken, from where the lower limit comes to 1 - p to where the
     * upper one falls below it: without censoring that of the order statistics.
     *
     * <p>R. Brookmeyer, J. Crowley (1982). A confidence interval for the median survival time. Biometrics 38, 29-41.
     */
    @Override
    public PointEstimate quantile(double p) {
        Require.properFraction("share", p);
        Limits both = limits();
        Crossing crossing = new Crossing(sets, settings.profile());
        double estimate = crossing.of(1 - p, i -> survival[i]);
        SurvivalInterval own = settings.interval();
        double lower = own == null
                ? crossing.of(1 - p, both::lower)
                : crossing.reached(
                        1 - p,
                        own.beforeAnybodyLeft(sets, settings.level()).lower().orElse(1),
                        both);
        double upper = own == null ? crossing.of(1 - p, both::upper) : crossing.passed(1 - p, both);
        Interval interval =
                Interval.partial(lower, upper, settings.level(), "a limit of S does not come down to " + (1 - p));
        if (Double.isNaN(estimate)) {
            return PointEstimate.notEstimable(
                    "S stays above " + Brief.number(1 - p) + " up to " + Brief.time(sets.lastTime()), interval);
        }
        return PointEstimate.of(estimate, Double.NaN, interval);
    }

    /**
     * The area under the curve up to tau, from {@code start} for a conditional curve. Its variance is the sum over event
     * times s of A(s)^2 times the step of the variance of log S at s, for Kaplan-Meier d(s) / (n(s) (n(s) - d(s))), with
     * A(s) the area from s to tau; or robust where that of S is. The interval is plain, and for large samples; where the
     * variance is 0, as without events, there is none.
     */
    @Override
    public PointEstimate restrictedMean(double tau) {
        Require.positive("tau", tau);
        if (!(tau > sets.start())) {
            return PointEstimate.notEstimable(beforeStart());
        }
        if (sets.isBeyond(tau) && survival[survival.length - 1] != 0) {
            return PointEstimate.notEstimable("tau is " + Brief.time(tau) + " and " + beyond());
        }
        return new SurvivalArea(sets, settings, survival).upTo(tau);
    }

    /**
     * The mean time lost up to tau: the area above the curve, tau less the restricted mean (less the start of a
     * conditional curve), with the interval turned round.
     *
     * @param tau the horizon, tau &gt; 0
     * @return the mean time lost; not estimable where S is not known up to tau
     */
    public PointEstimate restrictedMeanTimeLost(double tau) {
        PointEstimate mean = restrictedMean(tau);
        if (!mean.isEstimable()) {
            return mean;
        }
        double whole = tau - sets.start();
        Interval kept = mean.interval();
        Interval turned = kept.isEstimable()
                ? Interval.of(
                        whole - kept.upper().orElseThrow(), whole - kept.lower().orElseThrow(), settings.level())
                : kept;
        return PointEstimate.of(whole - mean.estimate(), mean.standardError().orElseThrow(), turned);
    }

    /** The covariance; by influences where the variance is robust, one vector over the clusters a time. */
    @Override
    public double[][] survivalCovariance(double[] times) {
        int m = times.length;
        double[] values = survivalValues(times);
        InfluenceRows rows = sets.rows();
        Influences influences = rows == null
                ? null
                : Influences.of(rows, InfluenceTarget.hazard(sets, settings.estimator()), sets, times);
        double[][] covariance = new double[m][m];
        for (int a = 0; a < m; a++) {
            for (int b = 0; b < m; b++) {
                boolean none = values[a] == 0 || values[b] == 0;
                double v =
                        none ? 0 : influences == null ? modelVariance(times[a], times[b]) : influences.covariance(a, b);
                covariance[a][b] = values[a] * values[b] * v;
            }
        }
        return covariance;
    }

    /**
     * The covariance with the curve of another group of the same fit at one time. Where variances are robust over clusters
     * (or ids), and a cluster has rows in both groups, it is the sum over such clusters of the product of their influences
     * on either curve; otherwise the groups are independent, and it is 0. With the curve itself it is the variance.
     *
     * @param other a curve of the same fit
     * @param t the time, &gt;= 0
     * @return the covariance; empty where either curve is not estimable at t
     * @throws InvalidArgumentException when the clusters of the two are levels of different columns, as those of fits to
     *     different data
     */
    public OptionalDouble survivalCovariance(SurvivalEstimate other, double t) {
        double here = survivalValues(new double[] {t})[0];
        double there = other.survivalValues(new double[] {t})[0];
        if (Double.isNaN(here) || Double.isNaN(there)) {
            return OptionalDouble.empty();
        }
        if (sets == other.sets) {
            return OptionalDouble.of(survivalCovariance(new double[] {t})[0][0]);
        }
        SharedClusters shared = SharedClusters.of(sets.rows(), other.sets.rows());
        // Where S is 0 nothing is left to vary, though its logarithm has no end.
        boolean none = here == 0 || there == 0 || shared.isEmpty();
        return OptionalDouble.of(none ? 0 : here * there * shared.sum(hazardInfluences(t), other.hazardInfluences(t)));
    }

    private double[] hazardInfluences(double t) {
        InfluenceTarget target = InfluenceTarget.hazard(sets, settings.estimator());
        return InfluenceSweep.at(Objects.requireNonNull(sets.rows()), target, sets.pointAt(t));
    }

    /**
     * The covariance of the restricted mean with that of another group of the same fit: see
     * {@link #survivalCovariance(SurvivalEstimate, double)}.
     *
     * @param other a curve of the same fit
     * @param tau the horizon of both, tau &gt; 0
     * @return the covariance, in squared units of time; empty where either mean is not estimable, or where the square
     *     leaves the range of doubles
     * @throws InvalidArgumentException when the clusters of the two are levels of different columns
     */
    public OptionalDouble restrictedMeanCovariance(SurvivalEstimate other, double tau) {
        Require.positive("tau", tau);
        if (!isKnownUpTo(tau) || !other.isKnownUpTo(tau)) {
            return OptionalDouble.empty();
        }
        double share;
        if (sets == other.sets) {
            double error = restrictedMean(tau).standardError().orElseThrow() / tau;
            share = error * error;
        } else {
            SharedClusters shared = SharedClusters.of(sets.rows(), other.sets.rows());
            share = shared.isEmpty() ? 0 : shared.sum(areaInfluences(tau), other.areaInfluences(tau));
        }
        double covariance = tau * (tau * share);
        boolean lost = share != 0 && !(Math.abs(covariance) >= Double.MIN_NORMAL);
        return lost || Double.isInfinite(covariance) ? OptionalDouble.empty() : OptionalDouble.of(covariance);
    }

    private boolean isKnownUpTo(double tau) {
        return tau > sets.start() && (!sets.isBeyond(tau) || survival[survival.length - 1] == 0);
    }

    private double[] areaInfluences(double tau) {
        return new SurvivalArea(sets, settings, survival).influences(Objects.requireNonNull(sets.rows()), tau);
    }

    /** The variance of log S at the earlier of two times, which is its covariance. */
    private double modelVariance(double some, double other) {
        int earlier = sets.pointAt(Math.min(some, other));
        return earlier < 0 ? 0 : variance[earlier];
    }

    /**
     * The cumulative hazard of the same data: Nelson-Aalen's, its standard error from the sum of d / n^2; for
     * Fleming-Harrington's estimator the one corrected for ties; or with a robust standard error where that of S is. The
     * interval is on the log scale.
     */
    @Override
    public PointEstimate cumulativeHazardAt(double t) {
        return hazards().cumulativeHazardAt(t);
    }

    @Override
    public double[] cumulativeHazardValues(double[] times) {
        return hazards().cumulativeHazardValues(times);
    }

    private HazardEstimate hazards() {
        HazardEstimate known = cumulative;
        if (known == null) {
            known = NelsonAalen.read(sets, settings);
            cumulative = known;
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

    @Override
    public double horizon() {
        return survival[survival.length - 1] == 0 ? Double.POSITIVE_INFINITY : sets.lastTime();
    }

    @Override
    public TidyTable tidy() {
        int points = survival.length;
        Limits both = limits();
        double[][] columns = new double[8][points];
        for (int p = 0; p < points; p++) {
            columns[0][p] = time(p);
            columns[1][p] = atRisk(p);
            columns[2][p] = events(p);
            columns[3][p] = censored(p);
            columns[4][p] = standardError(p);
            columns[5][p] = both.lower(p);
            columns[6][p] = both.upper(p);
            columns[7][p] = cumulativeHazard(p);
        }
        return TidyTable.builder()
                .numbers("time", columns[0])
                .numbers("at_risk", columns[1])
                .numbers("events", columns[2])
                .numbers("censored", columns[3])
                .numbers("survival", survival)
                .numbers("std_error", columns[4])
                .numbers("lower", columns[5])
                .numbers("upper", columns[6])
                .numbers("cumulative_hazard", columns[7])
                .build();
    }

    @Override
    public String toString() {
        SurvivalEstimator used = settings.estimator();
        String name = used == SurvivalEstimator.KAPLAN_MEIER ? "Kaplan-Meier" : used.label();
        return name + ": " + Brief.count(rows(), "row") + ", " + Brief.count(eventsUpTo(time(size() - 1)), "event")
                + ", median " + median();
    }
}
