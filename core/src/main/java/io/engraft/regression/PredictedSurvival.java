package io.engraft.regression;

import io.engraft.CheckReturnValue;
import io.engraft.curve.ConfidenceType;
import io.engraft.curve.HazardFunction;
import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.curve.Profile;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.internal.Brief;
import io.engraft.internal.Require;
import io.engraft.internal.StepCrossing;
import io.engraft.internal.TimeSearch;
import io.engraft.regression.internal.risk.BaselineHazard;
import io.engraft.regression.internal.risk.HazardSum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The survival function that a Cox model predicts for one patient,
 *
 * <pre>
 *   S(t) = exp(-H(t)),   H(t) = sum over event times u up to t of exp(x(u)'beta) h(u)
 * </pre>
 *
 * <p>with h the baseline hazard of the patient's stratum: Breslow's, with ties by Efron Efron's. A right-continuous step
 * function with one point an event time of the stratum. The variance of H is, model-based,
 *
 * <pre>
 *   sum of (exp(x(u)'beta))^2 var h(u)  +  a(t)' V a(t),   a(t) = sum of exp(x(u)'beta) (x(u) - mean at risk) h(u)
 * </pre>
 *
 * <p>with V the covariance of the coefficients; for a fit with robust variances it is the sum over clusters of squared
 * influences on H, of the baseline and of the coefficients together (R's survfit takes the robust V beside the model-based
 * first sum, which does not hold with sampling weights or clusters). Standard errors of S are by the delta method, its
 * intervals on the scale of log(-log S), or in {@link Profile#R} of log S. Immutable.
 *
 * <ol>
 *   <li>A. A. Tsiatis (1981). A large sample study of Cox's regression model. Annals of Statistics 9, 93-108.
 *   <li>B. Efron (1977). The efficiency of Cox's likelihood function for censored data. Journal of the American
 *       Statistical Association 72, 557-565.
 * </ol>
 */
public final class PredictedSurvival implements PatientSurvival, HazardFunction, Tabular {

    private final CoxEstimate estimate;
    private final BaselineHazard baseline;
    private final int stratum;
    private final double level;
    private final Profile profile;
    private final CovariatePath path;
    private final Covariates reader;
    /** Whether errors are the model's own, whatever those in force. */
    private final boolean modelErrors;
    /** By change of the path: the last event time up to it, the covariates after it, their relative hazard. */
    private final int[] after;

    private final double[][] covariates;
    private final double[] relative;
    /** By change, H up to it. */
    private final double[] hazardBefore;

    PredictedSurvival(
            CoxEstimate estimate, int stratum, double level, Profile profile, CovariatePath path, Covariates reader) {
        this(estimate, stratum, level, profile, path, reader, false);
    }

    private PredictedSurvival(
            CoxEstimate estimate,
            int stratum,
            double level,
            Profile profile,
            CovariatePath path,
            Covariates reader,
            boolean modelErrors) {
        this.estimate = estimate;
        this.baseline = estimate.baseline();
        this.stratum = stratum;
        this.level = level;
        this.profile = profile;
        this.path = path;
        this.reader = reader;
        this.modelErrors = modelErrors;
        int changes = path.times().size();
        this.after = new int[changes];
        this.covariates = new double[changes][];
        this.relative = new double[changes];
        this.hazardBefore = new double[changes];
        for (int j = 0; j < changes; j++) {
            after[j] = j == 0 ? first() - 1 : placeAt(path.times().get(j));
            covariates[j] = reader.covariates(path.profiles().get(j));
            relative[j] = baseline.relative(
                    covariates[j], reader.offset(path.profiles().get(j)), stratum);
            if (j > 0) {
                hazardBefore[j] = hazardBefore[j - 1] + of(relative[j - 1], after[j - 1], after[j]);
            }
        }
    }

    /** What a patient's covariates are in the units of the search. */
    interface Covariates {
        double[] covariates(CovariateProfile profile);

        double offset(CovariateProfile profile);
    }

    CoxEstimate estimate() {
        return estimate;
    }

    private int first() {
        return baseline.risk().begin[stratum];
    }

    private int end() {
        return baseline.risk().begin[stratum + 1];
    }

    private double of(double factor, int afterPlace, int place) {
        double hazard = baseline.sum(stratum, place) - baseline.sum(stratum, afterPlace);
        return hazard == 0 ? 0 : factor * hazard;
    }

    /** The last event time at or before t, by the time as the tie rule has it; the one before the first where none is. */
    private int placeAt(double t) {
        double[] times = baseline.risk().time;
        return TimeSearch.lastAtOrBefore(t, first(), end(), k -> times[k], estimate.followed.rule()::joins);
    }

    private int changeBefore(int place) {
        int j = after.length - 1;
        while (j > 0 && place <= after[j]) {
            j--;
        }
        return j;
    }

    private double hazardAt(int place) {
        int j = changeBefore(place);
        return hazardBefore[j] + of(relative[j], after[j], place);
    }

    private double last() {
        return baseline.risk().lastTime[stratum];
    }

    /** H up to a place, as what it is made of. */
    private HazardSum sum(int place) {
        double[] factor = new double[Math.max(place + 1 - first(), 0)];
        double[] slope = new double[estimate.design.width];
        for (int j = 0; j < after.length; j++) {
            int upTo = j + 1 < after.length ? Math.min(after[j + 1], place) : place;
            if (upTo > after[j]) {
                Arrays.fill(factor, after[j] + 1 - first(), upTo + 1 - first(), relative[j]);
                baseline.addSlope(stratum, after[j], upTo, covariates[j], relative[j], slope);
            }
        }
        return new HazardSum(stratum, factor, slope);
    }

    /** H at a time to first order; empty sums where no event is before. */
    HazardSum hazardSum(double t) {
        return sum(placeAt(Require.time(t)));
    }

    double hazard(double t) {
        return hazardAt(placeAt(Require.time(t)));
    }

    boolean isKnown(double t) {
        return t <= last() || estimate.followed.rule().joins(last(), t);
    }

    private double hazardError(int place) {
        if (place < first()) {
            return 0;
        }
        if (!estimate.hasErrors()) {
            return Double.NaN;
        }
        if (estimate.clusters != null && !modelErrors) {
            return Math.sqrt(estimate.covariance(List.of(sum(place)), false)[0][0]);
        }
        double[] slope = new double[estimate.design.width];
        double variance = 0;
        for (int j = 0; j < after.length; j++) {
            int upTo = j + 1 < after.length ? Math.min(after[j + 1], place) : place;
            if (upTo > after[j]) {
                double spread = baseline.sumOfSpread(stratum, upTo) - baseline.sumOfSpread(stratum, after[j]);
                variance += relative[j] * relative[j] * spread;
                baseline.addSlope(stratum, after[j], upTo, covariates[j], relative[j], slope);
            }
        }
        return Math.sqrt(variance + estimate.form(slope, slope));
    }

    private String beyond() {
        return "follow-up ends at " + Brief.time(last())
                + (estimate.likelihood.risk().strata.size() > 1 ? " in this stratum" : "");
    }

    private Interval interval(double s, double error) {
        return estimate.hasErrors()
                ? profile.confidenceType().interval(s, error, level, profile)
                : Interval.notEstimable(level, "the fit ended " + estimate.status + ": " + estimate.reason);
    }

    @Override
    public PointEstimate survivalAt(double t) {
        int place = placeAt(Require.time(t));
        if (!isKnown(t)) {
            return PointEstimate.notEstimable(beyond());
        }
        double s = Math.exp(-hazardAt(place));
        double error = s * hazardError(place);
        return PointEstimate.of(s, error, interval(s, error));
    }

    @Override
    public double[] survivalValues(double[] times) {
        double[] values = cumulativeHazardValues(times);
        for (int j = 0; j < values.length; j++) {
            values[j] = Math.exp(-values[j]);
        }
        return values;
    }

    /**
     * H(t) with its standard error and an interval on the log scale.
     */
    @Override
    public PointEstimate cumulativeHazardAt(double t) {
        int place = placeAt(Require.time(t));
        if (!isKnown(t)) {
            return PointEstimate.notEstimable(beyond());
        }
        double h = hazardAt(place);
        double error = hazardError(place);
        if (!(h > 0) || !(error >= 0)) {
            String reason = h > 0
                    ? "the fit ended " + estimate.status + ": " + estimate.reason
                    : "the estimate is 0, so its standard error says nothing";
            return PointEstimate.of(h, error, Interval.notEstimable(level, reason));
        }
        double half = ConfidenceType.normalQuantile(level) * error / h;
        return PointEstimate.of(h, error, Interval.of(h * Math.exp(-half), h * Math.exp(half), level));
    }

    @Override
    public double[] cumulativeHazardValues(double[] times) {
        double[] values = new double[times.length];
        for (int j = 0; j < values.length; j++) {
            int place = placeAt(Require.time(times[j]));
            values[j] = isKnown(times[j]) ? hazardAt(place) : Double.NaN;
        }
        return values;
    }

    /**
     * The time by which a share p has had the event, with the times at which the pointwise limits of S cross 1 - p. Where S
     * equals 1 - p on a flat, the midpoint of the flat is taken.
     */
    @Override
    public PointEstimate quantile(double p) {
        Require.properFraction("share", p);
        double tolerance = profile.quantileTolerance();
        StepCrossing steps = steps();
        double time = steps.crossing(1 - p, tolerance, i -> Math.exp(-hazardAt(first() + i)));
        double lower = Double.NaN;
        double upper = Double.NaN;
        if (estimate.hasErrors()) {
            double z = ConfidenceType.normalQuantile(level);
            lower = steps.crossing(1 - p, tolerance, i -> limit(first() + i, -z));
            upper = steps.crossing(1 - p, tolerance, i -> limit(first() + i, z));
        }
        Interval interval = Interval.partial(
                lower,
                upper,
                level,
                estimate.hasErrors()
                        ? "a limit of S does not come down to " + Brief.number(1 - p)
                        : "the fit ended " + estimate.status + ": " + estimate.reason);
        return Double.isNaN(time)
                ? PointEstimate.notEstimable(
                        "S stays above " + Brief.number(1 - p) + " up to " + Brief.time(last()), interval)
                : PointEstimate.of(time, Double.NaN, interval);
    }

    private double limit(int place, double signedZ) {
        double s = Math.exp(-hazardAt(place));
        double error = s * hazardError(place);
        double limit = signedZ < 0
                ? profile.confidenceType().lower(s, error, -signedZ, profile)
                : profile.confidenceType().upper(s, error, signedZ, profile);
        return Double.isNaN(limit) ? s : limit;
    }

    private StepCrossing steps() {
        return new StepCrossing() {
            @Override
            public int size() {
                return end() - first();
            }

            @Override
            public boolean falls(int point) {
                return true;
            }

            @Override
            public double time(int point) {
                return baseline.risk().time[first() + point];
            }

            @Override
            public double lastTime() {
                return last();
            }
        };
    }

    /**
     * The area under S up to tau, with a plain interval within [0, tau]: its standard error is that of the sum of areas
     * beyond each event time times the steps of H.
     */
    @Override
    public PointEstimate restrictedMean(double tau) {
        Require.positive("tau", tau);
        if (!isKnown(tau)) {
            return PointEstimate.notEstimable("tau is " + Brief.time(tau) + " and " + beyond());
        }
        Area area = area(tau);
        double variance = estimate.covariance(List.of(area.sum()), modelErrors)[0][0];
        if (!(variance > 0)) {
            String reason = estimate.hasErrors()
                    ? "its standard error is 0, which says nothing"
                    : "the fit ended " + estimate.status + ": " + estimate.reason;
            return PointEstimate.of(area.mean(), Double.NaN, Interval.notEstimable(level, reason));
        }
        double error = Math.sqrt(variance);
        double half = ConfidenceType.normalQuantile(level) * error;
        return PointEstimate.of(
                area.mean(),
                error,
                Interval.of(Math.max(area.mean() - half, 0), Math.min(area.mean() + half, tau), level));
    }

    /** A restricted mean and what it is made of. */
    record Area(double mean, HazardSum sum) {}

    Area area(double tau) {
        int place = placeAt(tau);
        int places = place + 1 - first();
        double[] times = baseline.risk().time;
        double[] beyond = new double[places];
        double area = 0;
        double until = tau;
        for (int k = place; k >= first(); k--) {
            area += (until - times[k]) * Math.exp(-hazardAt(k));
            beyond[k - first()] = area;
            until = times[k];
        }
        double[] factor = new double[places];
        double[] slope = new double[estimate.design.width];
        for (int k = first(); k <= place; k++) {
            int j = changeBefore(k);
            double by = -beyond[k - first()] * relative[j];
            factor[k - first()] = by;
            baseline.addSlope(k, covariates[j], by, slope);
        }
        return new Area(area + until, new HazardSum(stratum, factor, slope));
    }

    @Override
    public double[][] survivalCovariance(double[] times) {
        return covariance(List.of(this), times);
    }

    /** The joint covariance of S, curve by curve and time by time within. */
    static double[][] covariance(List<PredictedSurvival> curves, double[] times) {
        List<HazardSum> sums = new ArrayList<>();
        boolean[] known = new boolean[curves.size() * times.length];
        for (PredictedSurvival curve : curves) {
            for (double t : times) {
                known[sums.size()] = curve.isKnown(t);
                sums.add(curve.hazardSum(t).times(-Math.exp(-curve.hazard(t))));
            }
        }
        double[][] v = curves.isEmpty()
                ? new double[0][0]
                : curves.get(0).estimate.covariance(sums, curves.get(0).modelErrors);
        for (int i = 0; i < v.length; i++) {
            for (int j = 0; j < v.length; j++) {
                if (!known[i] || !known[j]) {
                    v[i][j] = Double.NaN;
                }
            }
        }
        return v;
    }

    @Override
    public double horizon() {
        return last();
    }

    @Override
    public double[] jumpTimes() {
        return Arrays.copyOfRange(baseline.risk().time, first(), end());
    }

    /**
     * The covariates for which this is predicted.
     *
     * @return the path; one profile where they do not change
     */
    public CovariatePath path() {
        return path;
    }

    @Override
    @CheckReturnValue
    public PredictedSurvival withModelErrors() {
        return new PredictedSurvival(estimate, stratum, level, profile, path, reader, true);
    }

    /** The end of follow-up in the patient's stratum, beyond which nothing is predicted. */
    @Override
    public double lastTime() {
        return last();
    }

    /**
     * Those of {@link #warnings()}: beyond the end of follow-up nothing is predicted, and each estimate says so.
     */
    @Override
    public List<String> warnings(double... times) {
        return warnings();
    }

    /**
     * What a reader of the curve should know: covariates outside of what the fitted rows had, few at
     * risk before others have entered, and that a path of covariates
     * measured on the patient predicts nobody's survival.
     *
     * @return sentences, maybe none
     */
    @Override
    public List<String> warnings() {
        List<String> all = new ArrayList<>();
        path.profiles().stream()
                .flatMap(profile -> estimate.seen().outside(profile).stream())
                .distinct()
                .forEach(all::add);
        estimate.fewEarly(stratum).ifPresent(all::add);
        if (path.times().size() > 1) {
            all.add(
                    "the covariates change with time: exp(-H) along the path is a probability of survival only where the"
                            + " path does not depend on the patient's being alive, as a dose by plan; along what is measured on"
                            + " the patient it is none");
        }
        return all;
    }

    /**
     * The curve as a table.
     *
     * @return one row an event time of the stratum: time, cumulative_hazard, survival, std_error of S, lower, upper; NaN
     *     where there is no limit
     */
    @Override
    public TidyTable tidy() {
        TidyTable.Builder table = TidyTable.builder();
        for (String column : List.of("time", "cumulative_hazard", "survival", "std_error", "lower", "upper")) {
            table.number(column);
        }
        IntStream.range(first(), end()).forEach(k -> {
            double h = hazardAt(k);
            double s = Math.exp(-h);
            double error = s * hazardError(k);
            Interval interval = interval(s, error);
            table.row(
                    baseline.risk().time[k],
                    h,
                    s,
                    error,
                    interval.lower().orElse(Double.NaN),
                    interval.upper().orElse(Double.NaN));
        });
        return table.build();
    }

    @Override
    public String toString() {
        return "predicted survival of " + path + ", " + Brief.count(end() - first(), "event time") + ", median "
                + median();
    }
}
