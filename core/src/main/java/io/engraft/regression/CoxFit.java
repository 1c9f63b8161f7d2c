package io.engraft.regression;

import io.engraft.InvalidArgumentException;
import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.curve.Profile;
import io.engraft.data.TieRule;
import io.engraft.regression.internal.ProfileLimit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.jspecify.annotations.Nullable;

/** A fitted Cox model. Coefficients are changes of the log hazard, in the order of the covariates. Immutable. */
public final class CoxFit extends RegressionFit {

    private static final String PARAMETER = "hazard";
    private static final int MOST_ITERATIONS = 200;
    /** How far to look for a limit, in half widths of the normal interval. */
    private static final double FARTHEST = 1000;

    private final CoxEstimate estimate;
    private final Profile followed;

    CoxFit(
            CoxEstimate estimate,
            double level,
            boolean profile,
            Profile followed,
            @Nullable String cause,
            Map<String, String> conventions) {
        super(
                estimate,
                estimate.end,
                estimate.nullValue,
                level,
                cause,
                conventions,
                profile ? profiled(estimate, level) : list(estimate, PARAMETER, level),
                described(estimate.design.coding, PARAMETER, name -> name));
        this.estimate = estimate;
        this.followed = followed;
    }

    static List<Coefficient> list(CoxEstimate estimate, String parameter, double level) {
        List<Coefficient> list = new ArrayList<>();
        List<String> columns = estimate.design.columns;
        for (int j = 0; j < columns.size(); j++) {
            double[] weights = new double[columns.size()];
            weights[j] = 1;
            list.add(estimate.combination(columns.get(j), parameter, weights, estimate.leftOut[j], level));
        }
        return list;
    }

    /** With limits and p-values by the profile likelihood of each coefficient. */
    private static List<Coefficient> profiled(CoxEstimate estimate, double level) {
        List<Coefficient> all = list(estimate, PARAMETER, level);
        for (int j = 0; j < all.size() && estimate.hasErrors(); j++) {
            if (!estimate.leftOut[j]) {
                all.set(j, profiled(estimate, j, all.get(j), level));
            }
        }
        return all;
    }

    private static Coefficient profiled(CoxEstimate estimate, int column, Coefficient normal, double level) {
        int place = estimate.design.place[column];
        double scale = estimate.design.scale[place];
        double value = estimate.end.point().value();
        double drop = ChiSquaredDistribution.of(1).inverseCumulativeProbability(level) / 2;
        double first = Math.sqrt(2 * drop * estimate.inverse()[place][place]);
        Supplier<ProfileLimit> profile =
                () -> new ProfileLimit(estimate.objective, place, estimate.end.theta(), value, drop, MOST_ITERATIONS);
        double lower = profile.get().limit(-1, first, FARTHEST * first) / scale;
        double upper = profile.get().limit(1, first, FARTHEST * first) / scale;
        double fall = value - profile.get().valueAt(0);
        Interval interval = Interval.partial(
                Double.isInfinite(lower) ? Double.NaN : lower,
                Double.isInfinite(upper) ? Double.NaN : upper,
                level,
                "the profile likelihood stays above its limit as far as was looked");
        PointEstimate estimated = PointEstimate.of(
                normal.value().estimate(), normal.value().standardError().orElse(Double.NaN), interval);
        return new Coefficient(
                normal.name(),
                normal.parameter(),
                estimated,
                normal.stdError(),
                normal.robustStdError(),
                OptionalDouble.empty(),
                Double.isFinite(fall)
                        ? OptionalDouble.of(
                                ModelTest.of(Math.max(2 * fall, 0), 1).pValue())
                        : OptionalDouble.empty());
    }

    @Override
    String what() {
        return "Cox model";
    }

    @Override
    public int n() {
        return estimate.likelihood.risk().size;
    }

    @Override
    public double events() {
        return estimate.likelihood.risk().totalEvents();
    }

    @Override
    public double bic() {
        return estimate.objective == estimate.likelihood
                ? -2 * logLikelihood() + Math.log(events()) * estimated()
                : Double.NaN;
    }

    /**
     * The test that all coefficients are 0 by the log partial likelihoods.
     *
     * @return twice their difference; it takes no account of a robust variance
     */
    public ModelTest likelihoodRatio() {
        return estimate.likelihoodRatio();
    }

    /**
     * Wald's test that all coefficients are 0.
     *
     * @return b' V^-1 b with the covariance in force, the robust one where there is one
     */
    public ModelTest wald() {
        return estimate.wald();
    }

    /**
     * The score test that all coefficients are 0, the log-rank test where one column tells groups apart.
     *
     * @return U' I^-1 U at coefficients of 0
     */
    public ModelTest score() {
        return estimate.score();
    }

    /**
     * The score test with the sum of outer products of the clusters' scores in place of the information.
     *
     * @return U' B^-1 U at coefficients of 0; empty without a robust variance, and where B is not definite
     */
    public Optional<ModelTest> robustScore() {
        return Optional.ofNullable(estimate.robustScore()).filter(test -> !Double.isNaN(test.statistic()));
    }

    /** NaN with Firth's penalty, which is no likelihood's. */
    @Override
    public double aic() {
        return estimate.objective == estimate.likelihood ? super.aic() : Double.NaN;
    }

    /**
     * The strata, each with a baseline hazard of its own.
     *
     * @return their names; empty where there is one baseline
     */
    public List<String> strata() {
        return estimate.strata();
    }

    /**
     * The difference of the linear predictors of two patients: the log of their hazard ratio. A column that was left out
     * counts as 0, as in predictions.
     *
     * @param profile a patient's covariates, all those of the model
     * @param against those of another
     * @return the difference with its standard errors, interval and the test that it is 0
     * @throws InvalidArgumentException when a covariate is missing, unknown or not of the level's names
     */
    public Coefficient contrast(CovariateProfile profile, CovariateProfile against) {
        return estimate.contrast(PARAMETER, profile, against, level);
    }

    /**
     * The linear predictors of the rows that were fitted to, offset included, from a reference that all rows have in common:
     * scores of risk, such as for a concordance.
     *
     * @return one a row, in the order of the data
     */
    public double[] linearPredictors() {
        double[] ofFit = estimate.likelihood.eta(estimate.end.theta());
        double[] eta = new double[ofFit.length];
        for (int i = 0; i < eta.length; i++) {
            eta[estimate.followed.order()[i]] = ofFit[i];
        }
        return eta;
    }

    /**
     * The survival of a patient whose covariates stay as they are.
     *
     * @param profile the covariates of the model, with its offset where it has one
     * @return the curve
     * @throws InvalidArgumentException when a covariate is missing, unknown or not of the level's names, or the model has
     *     strata
     */
    public PredictedSurvival predict(CovariateProfile profile) {
        return predict(CovariatePath.of(profile));
    }

    /**
     * The survival of a patient of a stratum.
     *
     * @param profile the covariates of the model, with its offset where it has one
     * @param stratum one of {@link #strata()}
     * @return the curve
     * @throws InvalidArgumentException when a covariate is missing, unknown or not of the level's names, or there is no
     *     such stratum
     */
    public PredictedSurvival predict(CovariateProfile profile, String stratum) {
        return predict(CovariatePath.of(profile), stratum);
    }

    /**
     * exp(-H) along covariates that change with time; see {@link CovariatePath} for when that is a probability.
     *
     * @param path the covariates of the model over time
     * @return the curve
     * @throws InvalidArgumentException as for one profile
     */
    public PredictedSurvival predict(CovariatePath path) {
        return along(path, estimate.onlyStratum());
    }

    /**
     * The same in a stratum.
     *
     * @param path the covariates of the model over time
     * @param stratum one of {@link #strata()}
     * @return the curve
     * @throws InvalidArgumentException as for one profile
     */
    public PredictedSurvival predict(CovariatePath path, String stratum) {
        return along(path, estimate.stratum(stratum));
    }

    private PredictedSurvival along(CovariatePath path, int stratum) {
        return new PredictedSurvival(estimate, stratum, level, followed, path, estimate);
    }

    /**
     * The baseline survival and cumulative hazard, of a patient all of whose columns are 0: numeric covariates 0,
     * categorical ones their reference, the offset 0. That may be nobody's; predictions do not depend on it.
     *
     * @return one curve a stratum, in their order
     */
    public List<PredictedSurvival> baseline() {
        return PredictedSurvival.baselines(estimate, level, followed);
    }

    /**
     * The joint covariance of predicted survival over patients and times, from which any function of several predictions
     * has its standard error.
     *
     * @param curves predictions of this fit
     * @param times the times, each &gt;= 0
     * @return a symmetric matrix, curve by curve and within a curve time by time; NaN beyond follow-up and where there are
     *     no standard errors
     * @throws InvalidArgumentException when a curve is of another fit
     */
    public double[][] survivalCovariance(List<PredictedSurvival> curves, double... times) {
        curves.forEach(estimate::requireOwn);
        return PredictedSurvival.covariance(curves, times);
    }

    /**
     * The joint covariance of combinations of predicted hazards, by the variance in force: the model's own or, for a fit with
     * robust variances, that over clusters.
     *
     * @param combinations sums of hazards of this fit
     * @return a symmetric matrix; NaN where there are no standard errors
     * @throws InvalidArgumentException when a combination is of another fit
     */
    public double[][] covariance(List<HazardCombination> combinations) {
        return estimate.covariance(combinations.stream().map(c -> own(c).sum()).toList(), false);
    }

    /**
     * By cluster of a fit with robust variances, the influence on a combination of predicted hazards: its derivative by the
     * weights of the cluster's rows, times the root of what the cluster stands for where weights stand for repeated rows. Its
     * squares add to the combination's variance, and those of combinations of several fits to the same rows may be added
     * before they are squared.
     *
     * @param combination a sum of hazards of this fit
     * @return one a cluster, in the same order for all fits to the same data; empty without a robust variance or without
     *     standard errors
     * @throws InvalidArgumentException when the combination is of another fit
     */
    public double[] influence(HazardCombination combination) {
        return estimate.influence(own(combination).sum());
    }

    /**
     * Whether the standard errors in force are robust ones.
     *
     * @return true with robust variances; false without, and where there are no standard errors
     */
    public boolean hasRobustErrors() {
        return estimate.clusters != null && estimate.hasErrors();
    }

    private HazardCombination own(HazardCombination combination) {
        if (combination.estimate() != estimate) {
            throw new InvalidArgumentException(
                    "a combination of hazards is of another fit; allowed: those of the fit that is asked");
        }
        return combination;
    }

    /**
     * The covariates that a patient must have for a prediction, that of the offset included.
     *
     * @return their names
     */
    public Set<String> covariates() {
        Set<String> names = new LinkedHashSet<>();
        estimate.design.coding.addColumns(false, names);
        estimate.design.coding.addColumns(true, names);
        if (!estimate.followed.offset().isEmpty()) {
            names.add(estimate.followed.offset());
        }
        return Collections.unmodifiableSet(names);
    }

    /**
     * Which times are one.
     *
     * @return the rule of the model
     */
    public TieRule tieRule() {
        return estimate.followed.rule();
    }

    /**
     * The residuals of the rows.
     *
     * @return the residuals
     */
    public CoxResiduals residuals() {
        return new CoxResiduals(estimate);
    }

    CoxEstimate estimate() {
        return estimate;
    }
}
