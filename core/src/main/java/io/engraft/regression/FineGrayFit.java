package io.engraft.regression;

import io.engraft.InvalidArgumentException;
import io.engraft.curve.Profile;
import io.engraft.data.Categories;
import io.engraft.data.SurvivalData;
import io.engraft.internal.Brief;
import io.engraft.internal.Require;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * A fitted Fine-Gray model. Coefficients are changes of the log subdistribution hazard, in the order of the covariates; see
 * {@link FineGrayModel} for what they are not. Standard errors in force are the robust ones; the log-likelihood is a
 * pseudo-likelihood, so that its ratio, AIC and BIC are no more than a guide. Immutable.
 */
public final class FineGrayFit extends RegressionFit {

    private static final String PARAMETER = "subdistribution hazard";

    private final CoxEstimate estimate;
    private final Profile followed;
    private final String label;

    FineGrayFit(CoxEstimate estimate, double level, Profile followed, String label, Map<String, String> conventions) {
        super(
                estimate,
                estimate.end,
                estimate.nullValue,
                level,
                label,
                conventions,
                CoxFit.list(estimate, PARAMETER, level),
                described(estimate.design.coding, PARAMETER, name -> name));
        this.estimate = estimate;
        this.followed = followed;
        this.label = label;
    }

    @Override
    String what() {
        return "Fine-Gray model of " + label;
    }

    @Override
    boolean isPseudo() {
        return true;
    }

    @Override
    public int n() {
        return estimate.likelihood.risk().size;
    }

    /** The number of rows with an event of the cause; frequency weights count. */
    @Override
    public double events() {
        return estimate.likelihood.risk().totalEvents();
    }

    /** The Bayesian information criterion by the pseudo-likelihood and the number of events. */
    @Override
    public double bic() {
        return -2 * logLikelihood() + Math.log(events()) * estimated();
    }

    /**
     * Twice the difference of the log pseudo-likelihoods with the coefficients and without.
     *
     * @return the difference against chi-squared, which it follows only roughly, as the weights are estimated
     */
    public ModelTest pseudoLikelihoodRatio() {
        return estimate.likelihoodRatio();
    }

    /**
     * Wald's test that all coefficients are 0.
     *
     * @return b' V^-1 b with the robust covariance
     */
    public ModelTest wald() {
        return estimate.wald();
    }

    /**
     * The score test that all coefficients are 0, by the information.
     *
     * @return U' I^-1 U at coefficients of 0
     */
    public ModelTest score() {
        return estimate.score();
    }

    /**
     * The score test with the sum of outer products of the clusters' scores in place of the information.
     *
     * @return U' B^-1 U at coefficients of 0
     */
    public ModelTest robustScore() {
        ModelTest test = estimate.robustScore();
        return test == null ? ModelTest.of(Double.NaN, 0) : test;
    }

    /**
     * The strata, each with a baseline and with weights of its own.
     *
     * @return their names; empty where there is one baseline
     */
    public List<String> strata() {
        return estimate.strata();
    }

    /**
     * The difference of the linear predictors of two patients: the log of the ratio of their subdistribution hazards. A
     * column that was left out counts as 0, as in predictions.
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
     * The incidence of the cause in a patient.
     *
     * @param profile the covariates of the model, with its offset where it has one
     * @return the curve
     * @throws InvalidArgumentException when a covariate is missing, unknown or not of the level's names, or the model has
     *     strata
     */
    public PredictedIncidence predict(CovariateProfile profile) {
        return curve(profile, estimate.onlyStratum());
    }

    /**
     * The incidence of the cause in a patient of a stratum.
     *
     * @param profile the covariates of the model, with its offset where it has one
     * @param stratum one of {@link #strata()}
     * @return the curve
     * @throws InvalidArgumentException when a covariate is missing, unknown or not of the level's names, or there is no
     *     such stratum
     */
    public PredictedIncidence predict(CovariateProfile profile, String stratum) {
        return curve(profile, estimate.stratum(stratum));
    }

    private PredictedIncidence curve(CovariateProfile profile, int stratum) {
        return incidence(
                new PredictedSurvival(estimate, stratum, level, followed, CovariatePath.of(profile), estimate),
                profile);
    }

    private PredictedIncidence incidence(PredictedSurvival without, CovariateProfile profile) {
        return new PredictedIncidence(without, label, estimate.followed.cause(), profile, level, followed);
    }

    /**
     * The baseline incidence, of a patient all of whose columns are 0: numeric covariates 0, categorical ones their
     * reference, the offset 0. That may be nobody's; predictions do not depend on it.
     *
     * @return one curve a stratum, in their order
     */
    public List<PredictedIncidence> baseline() {
        return PredictedSurvival.baselines(estimate, level, followed).stream()
                .map(curve -> incidence(curve, CovariateProfile.empty()))
                .toList();
    }

    /**
     * The joint covariance of predicted incidences over patients and times, from which any function of several predictions
     * has its standard error.
     *
     * @param curves predictions of this fit
     * @param times the times, each &gt;= 0
     * @return a symmetric matrix, curve by curve and within a curve time by time; NaN beyond follow-up and where there are
     *     no standard errors
     * @throws InvalidArgumentException when a curve is of another fit
     */
    public double[][] incidenceCovariance(List<PredictedIncidence> curves, double... times) {
        List<PredictedSurvival> without = new ArrayList<>();
        for (PredictedIncidence curve : curves) {
            estimate.requireOwn(curve.without());
            without.add(curve.without());
        }
        return PredictedSurvival.covariance(without, times);
    }

    /**
     * For how many patients the incidences that the models of all causes predict add to more than 1: each model is fitted on
     * its own, and nothing holds them together.
     *
     * @param fits one fit a cause
     * @param cohort one row a patient, with the covariates of all fits, and strata where they have them; follow-up is not
     *     read
     * @param t the time, within all follow-up
     * @return how many, and the largest sum
     * @throws InvalidArgumentException when there are fewer than two fits, two are of one cause, t is beyond follow-up, or a
     *     covariate or stratum is missing or unknown
     */
    public static TotalIncidence totalIncidence(List<FineGrayFit> fits, SurvivalData cohort, double t) {
        Require.time(t);
        requireCauses(fits.stream().map(fit -> fit.label).toList());
        double[] sums = new double[cohort.size()];
        fits.forEach(fit -> fit.addIncidence(cohort, t, sums));
        return counted(t, sums);
    }

    /**
     * The same of predictions that are there already.
     *
     * @param patients by patient, the predicted incidence of each cause
     * @param t the time, within all follow-up
     * @return for how many the sum is more than 1, and the largest sum
     * @throws InvalidArgumentException when there are no patients, one has fewer than two curves or two of one cause, or t
     *     is beyond follow-up
     */
    public static TotalIncidence totalIncidence(List<List<PredictedIncidence>> patients, double t) {
        Require.time(t);
        if (patients.isEmpty()) {
            throw InvalidArgumentException.of("number of patients", 0, "at least 1");
        }
        double[] sums = new double[patients.size()];
        for (int i = 0; i < sums.length; i++) {
            List<PredictedIncidence> curves = patients.get(i);
            requireCauses(curves.stream().map(PredictedIncidence::cause).toList());
            for (PredictedIncidence curve : curves) {
                sums[i] += curve.known(t);
            }
        }
        return counted(t, sums);
    }

    private static void requireCauses(List<String> causes) {
        if (causes.size() < 2 || causes.stream().distinct().count() < causes.size()) {
            throw InvalidArgumentException.of("causes of the fits", causes, "two or more, each once");
        }
    }

    private static TotalIncidence counted(double t, double[] sums) {
        int above = 0;
        double largest = 0;
        for (double sum : sums) {
            above += sum > 1 ? 1 : 0;
            largest = Math.max(largest, sum);
        }
        return new TotalIncidence(t, sums.length, above, largest);
    }

    private void addIncidence(SurvivalData cohort, double t, double[] sums) {
        Categories of = cohort.strata().orElse(null);
        if (!strata().isEmpty() && of == null) {
            throw new InvalidArgumentException("the model of " + label
                    + " has strata and the cohort has none; allowed: a strata column of " + strata());
        }
        IntFunction<CovariateProfile> profiles =
                Profiles.rows(estimate.design.coding, estimate.followed.offset(), cohort);
        for (int i = 0; i < sums.length; i++) {
            int stratum = of == null || strata().isEmpty() ? 0 : estimate.stratum(of.value(i));
            sums[i] += curve(profiles.apply(i), stratum).known(t);
        }
    }

    /**
     * Sums of predicted incidences of all causes.
     *
     * @param time the time
     * @param patients how many were looked at
     * @param above for how many the sum is more than 1
     * @param largest the largest sum
     */
    public record TotalIncidence(double time, int patients, int above, double largest) {

        /**
         * The share of patients for whom the sum is more than 1.
         *
         * @return from 0 to 1
         */
        public double share() {
            return (double) above / patients;
        }

        /**
         * What a reader should know.
         *
         * @return a sentence; empty where no sum is more than 1
         */
        public Optional<String> warning() {
            return above == 0
                    ? Optional.empty()
                    : Optional.of("at time " + Brief.number(time)
                            + " the predicted incidences of all causes add to more than 1"
                            + " for " + above + " of " + patients + " patients (" + Brief.number(100 * share())
                            + " %), to " + Brief.number(largest)
                            + " at the most: the Fine-Gray models of the causes do not"
                            + " hold together; cause-specific models do");
        }

        @Override
        public String toString() {
            return warning()
                    .orElse("at time " + Brief.number(time) + " the predicted incidences of all causes add to "
                            + Brief.number(largest) + " at the most");
        }
    }
}
