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
import io.engraft.regression.internal.risk.HazardAlong;
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
    private final HazardAlong hazards;
    private final double level;
    private final Profile profile;
    private final CovariatePath path;
    /** Whether errors are the model's own, whatever those in force. */
    private final boolean modelErrors;

    PredictedSurvival(
            CoxEstimate estimate, int stratum, double level, Profile profile, CovariatePath path, Covariates reader) {
        this(
                estimate,
                level,
                profile,
                path,
                new HazardAlong(
                        estimate.baseline(),
                        estimate.followed.rule(),
                        stratum,
                        path.times().stream().mapToDouble(Double::doubleValue).toArray(),
                        path.profiles().stream().map(reader::covariates).toArray(double[][]::new),
                        path.profiles().stream().mapToDouble(reader::offset).toArray()),
                false);
    }

    private PredictedSurvival(
            CoxEstimate estimate,
            double level,
            Profile profile,
            CovariatePath path,
            HazardAlong hazards,
            boolean modelErrors) {
        this.estimate = estimate;
        this.level = level;
        this.profile = profile;
        this.path = path;
        this.hazards = hazards;
        this.modelErrors = modelErrors;
    }

    /** What a patient's covariates are in the units of the search. */
    interface Covariates {
        double[] covariates(CovariateProfile profile);

        double offset(CovariateProfile profile);
    }

    /** By stratum, the curve of a patient all of whose columns are 0, and the offset too. */
    static List<PredictedSurvival> baselines(CoxEstimate estimate, double level, Profile profile) {
        Covariates zero = new PredictedSurvival.Covariates() {
            @Override
            public double[] covariates(CovariateProfile nobody) {
                return estimate.scaled(new double[estimate.design.columns.size()]);
            }

            @Override
            public double offset(CovariateProfile nobody) {
                return 0;
            }
        };
        CovariatePath path = CovariatePath.of(CovariateProfile.empty());
        List<PredictedSurvival> curves = new ArrayList<>();
        for (int s = 0; s < estimate.likelihood.risk().strata.size(); s++) {
            curves.add(new PredictedSurvival(estimate, s, level, profile, path, zero));
        }
        return curves;
    }

    CoxEstimate estimate() {
        return estimate;
    }

    /** H at a time to first order; empty sums where no event is before. */
    HazardSum hazardSum(double t) {
        return hazards.sum(hazards.placeAt(Require.time(t)));
    }

    HazardAlong hazards() {
        return hazards;
    }

    /**
     * The steps of the cumulative hazard.
     *
     * @return one a time of {@link #jumpTimes()}
     */
    public double[] hazardSteps() {
        return IntStream.range(hazards.first(), hazards.end())
                .mapToDouble(hazards::step)
                .toArray();
    }

    double hazard(double t) {
        return hazards.at(hazards.placeAt(Require.time(t)));
    }

    private double hazardError(int place) {
        if (place < hazards.first()) {
            return 0;
        }
        if (!estimate.hasErrors()) {
            return Double.NaN;
        }
        if (estimate.clusters != null && !modelErrors) {
            return Math.sqrt(estimate.covariance(List.of(hazards.sum(place)), false)[0][0]);
        }
        double[] slope = hazards.slope(place);
        return Math.sqrt(hazards.spread(place) + estimate.form(slope, slope));
    }

    private String beyond() {
        return "follow-up ends at " + Brief.time(hazards.lastTime())
                + (estimate.likelihood.risk().strata.size() > 1 ? " in this stratum" : "");
    }

    private Interval interval(double s, double error) {
        return estimate.hasErrors()
                ? profile.confidenceType().interval(s, error, level, profile)
                : Interval.notEstimable(level, estimate.noErrors());
    }

    @Override
    public PointEstimate survivalAt(double t) {
        int place = hazards.placeAt(Require.time(t));
        if (!hazards.isKnown(t)) {
            return PointEstimate.notEstimable(beyond());
        }
        double s = Math.exp(-hazards.at(place));
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
        int place = hazards.placeAt(Require.time(t));
        if (!hazards.isKnown(t)) {
            return PointEstimate.notEstimable(beyond());
        }
        double h = hazards.at(place);
        double error = hazardError(place);
        if (!(h > 0) || !(error >= 0)) {
            String reason = h > 0 ? estimate.noErrors() : "the estimate is 0, so its standard error says nothing";
            return PointEstimate.of(h, error, Interval.notEstimable(level, reason));
        }
        double half = ConfidenceType.normalQuantile(level) * error / h;
        return PointEstimate.of(h, error, Interval.of(h * Math.exp(-half), h * Math.exp(half), level));
    }

    @Override
    public double[] cumulativeHazardValues(double[] times) {
        double[] values = new double[times.length];
        for (int j = 0; j < values.length; j++) {
            int place = hazards.placeAt(Require.time(times[j]));
            values[j] = hazards.isKnown(times[j]) ? hazards.at(place) : Double.NaN;
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
        double time = steps.crossing(1 - p, tolerance, i -> Math.exp(-hazards.at(hazards.first() + i)));
        double lower = Double.NaN;
        double upper = Double.NaN;
        if (estimate.hasErrors()) {
            double z = ConfidenceType.normalQuantile(level);
            // Both limits come to a point, and a robust error goes through all rows.
            double[] error = new double[steps.size()];
            Arrays.fill(error, Double.NaN);
            lower = steps.crossing(1 - p, tolerance, i -> limit(i, error, -z));
            upper = steps.crossing(1 - p, tolerance, i -> limit(i, error, z));
        }
        Interval interval = Interval.partial(
                lower,
                upper,
                level,
                estimate.hasErrors()
                        ? "a limit of S does not come down to " + Brief.number(1 - p)
                        : estimate.noErrors());
        return Double.isNaN(time)
                ? PointEstimate.notEstimable(
                        "S stays above " + Brief.number(1 - p) + " up to " + Brief.time(hazards.lastTime()), interval)
                : PointEstimate.of(time, Double.NaN, interval);
    }

    private double limit(int point, double[] known, double signedZ) {
        int place = hazards.first() + point;
        if (Double.isNaN(known[point])) {
            known[point] = hazardError(place);
        }
        double s = Math.exp(-hazards.at(place));
        double error = s * known[point];
        double limit = signedZ < 0
                ? profile.confidenceType().lower(s, error, -signedZ, profile)
                : profile.confidenceType().upper(s, error, signedZ, profile);
        return Double.isNaN(limit) ? s : limit;
    }

    private StepCrossing steps() {
        return new StepCrossing() {
            @Override
            public int size() {
                return hazards.end() - hazards.first();
            }

            @Override
            public boolean falls(int point) {
                return true;
            }

            @Override
            public double time(int point) {
                return hazards.time(hazards.first() + point);
            }

            @Override
            public double lastTime() {
                return hazards.lastTime();
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
        if (!hazards.isKnown(tau)) {
            return PointEstimate.notEstimable("tau is " + Brief.time(tau) + " and " + beyond());
        }
        int first = hazards.first();
        int place = hazards.placeAt(tau);
        // By event time, the area from it on.
        double[] beyond = new double[Math.max(place + 1 - first, 0)];
        double area = 0;
        double until = tau;
        for (int k = place; k >= first; k--) {
            area += (until - hazards.time(k)) * Math.exp(-hazards.at(k));
            beyond[k - first] = area;
            until = hazards.time(k);
        }
        double mean = area + until;
        HazardSum sum = hazards.sum(place, k -> -beyond[k - first]);
        double variance = estimate.covariance(List.of(sum), modelErrors)[0][0];
        if (!(variance > 0)) {
            String reason = estimate.hasErrors() ? "its standard error is 0, which says nothing" : estimate.noErrors();
            return PointEstimate.of(mean, Double.NaN, Interval.notEstimable(level, reason));
        }
        double error = Math.sqrt(variance);
        double half = ConfidenceType.normalQuantile(level) * error;
        return PointEstimate.of(mean, error, Interval.of(Math.max(mean - half, 0), Math.min(mean + half, tau), level));
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
                known[sums.size()] = curve.hazards.isKnown(t);
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
        return hazards.lastTime();
    }

    @Override
    public double[] jumpTimes() {
        return IntStream.range(hazards.first(), hazards.end())
                .mapToDouble(hazards::time)
                .toArray();
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
        return new PredictedSurvival(estimate, level, profile, path, hazards, true);
    }

    /** The end of follow-up in the patient's stratum, beyond which nothing is predicted. */
    @Override
    public double lastTime() {
        return hazards.lastTime();
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
        estimate.fewEarly(hazards.stratum()).ifPresent(all::add);
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
        IntStream.range(hazards.first(), hazards.end()).forEach(k -> {
            double h = hazards.at(k);
            double s = Math.exp(-h);
            double error = s * hazardError(k);
            Interval interval = interval(s, error);
            table.row(
                    hazards.time(k),
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
        return "predicted survival, covariates " + path + ", "
                + Brief.count(hazards.end() - hazards.first(), "event time") + ", median " + median();
    }
}
