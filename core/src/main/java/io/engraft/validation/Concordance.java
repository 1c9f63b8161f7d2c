package io.engraft.validation;

import io.engraft.CheckReturnValue;
import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.curve.ConfidenceType;
import io.engraft.data.SurvivalData;
import io.engraft.data.TieRule;
import io.engraft.internal.CauseChoice;
import io.engraft.internal.Require;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The concordance index: of the pairs of patients of whom it is known who has the event first, the share in which the score
 * says so too,
 *
 * <pre>
 *   C = (concordant + tied scores / 2) / (concordant + discordant + tied scores)
 * </pre>
 *
 * <p>A pair counts where one has the event at a time t at which the other is at risk, entry &lt; t &lt;= time, and has no
 * event at t: one who is censored at t counts as later. 0.5 is a score that says nothing. Where the data have strata, pairs
 * are formed within them, counted, and added. Several rows of a patient hold scores that change with time. Each pair counts
 * by the product of both weights and by a {@link PairWeighting}.
 *
 * <p>The standard error is the infinitesimal jackknife: the squares of the rows' influences, of clusters where
 * {@link io.engraft.data.Clusters} says that rows belong together. The influences take the weights of pairs by time as
 * known, as R's do. The interval is normal on the logit scale, which stays within [0, 1] and keeps its coverage near 1; with
 * fewer than about 50 events both it and the plain one cover less than they say.
 *
 * <p>Takes time of order n log n. Immutable.
 *
 * <ol>
 *   <li>F. E. Harrell, R. M. Califf, D. B. Pryor, K. L. Lee, R. A. Rosati (1982). Evaluating the yield of medical tests.
 *       Journal of the American Medical Association 247, 2543-2546.
 *   <li>H. Uno, T. Cai, M. J. Pencina, R. B. D'Agostino, L. J. Wei (2011). On the C-statistics for evaluating overall
 *       adequacy of risk prediction procedures with censored survival data. Statistics in Medicine 30, 1105-1117,
 *       doi:10.1002/sim.4154.
 *   <li>M. Schemper, S. Wakounig, G. Heinze (2009). The estimation of average hazard ratios by weighted Cox regression.
 *       Statistics in Medicine 28, 2473-2489, doi:10.1002/sim.3623.
 *   <li>T. M. Therneau, D. A. Watson (2015). The concordance statistic and the Cox model. Technical report 85, Department
 *       of Health Science Research, Mayo Clinic.
 * </ol>
 */
@CheckReturnValue
public final class Concordance {

    private final Settings settings;

    private Concordance(Settings settings) {
        this.settings = settings;
    }

    /**
     * What is asked for.
     *
     * @param tau the last time at which an event counts
     */
    record Settings(
            PairWeighting weighting,
            ScoreDirection direction,
            double tau,
            @Nullable CauseChoice cause,
            TieRule tieRule,
            ConfidenceType type,
            double level) {}

    /**
     * Harrell's index of a risk score: a high one means an early event. Level 0.95, logit interval.
     *
     * @return the procedure
     */
    public static Concordance withDefaults() {
        return new Concordance(new Settings(
                PairWeighting.HARRELL,
                ScoreDirection.HIGH_IS_EARLY,
                Double.POSITIVE_INFINITY,
                null,
                TieRule.DEFAULT,
                ConfidenceType.LOGIT,
                0.95));
    }

    /**
     * Another weight of the pairs by time.
     *
     * @param value the weighting
     * @return the changed procedure
     */
    public Concordance withWeighting(PairWeighting value) {
        Settings s = settings;
        return new Concordance(new Settings(value, s.direction, s.tau, s.cause, s.tieRule, s.type, s.level));
    }

    /**
     * What a high score means.
     *
     * @param value the direction
     * @return the changed procedure
     */
    public Concordance withDirection(ScoreDirection value) {
        Settings s = settings;
        return new Concordance(new Settings(s.weighting, value, s.tau, s.cause, s.tieRule, s.type, s.level));
    }

    /**
     * A horizon: later events do not count, so the index says how well the score orders the events up to it and those who
     * are free of them then.
     *
     * @param horizon the last time at which an event counts, above 0, in the unit of the data
     * @return the changed procedure
     */
    public Concordance withTau(double horizon) {
        Settings s = settings;
        return new Concordance(new Settings(
                s.weighting, s.direction, Require.positive("tau", horizon), s.cause, s.tieRule, s.type, s.level));
    }

    /**
     * Only one cause is the event; the others are censored.
     *
     * @param code the status code, 1 or more
     * @return the changed procedure, whose result says "cause-specific"
     */
    public Concordance withCause(int code) {
        return withCause(CauseChoice.of(code));
    }

    /**
     * Only one cause is the event; the others are censored.
     *
     * @param label the cause's label in the data
     * @return the changed procedure, whose result says "cause-specific"
     */
    public Concordance withCause(String label) {
        return withCause(CauseChoice.of(label));
    }

    private Concordance withCause(CauseChoice value) {
        Settings s = settings;
        return new Concordance(new Settings(s.weighting, s.direction, s.tau, value, s.tieRule, s.type, s.level));
    }

    /**
     * Another rule for which times are one.
     *
     * @param value the rule
     * @return the changed procedure
     */
    public Concordance withTieRule(TieRule value) {
        Settings s = settings;
        return new Concordance(new Settings(s.weighting, s.direction, s.tau, s.cause, value, s.type, s.level));
    }

    /**
     * Another scale of the interval.
     *
     * @param value the scale
     * @return the changed procedure
     */
    public Concordance withConfidenceType(ConfidenceType value) {
        Settings s = settings;
        return new Concordance(new Settings(s.weighting, s.direction, s.tau, s.cause, s.tieRule, value, s.level));
    }

    /**
     * Another confidence level.
     *
     * @param value strictly between 0 and 1
     * @return the changed procedure
     */
    public Concordance withLevel(double value) {
        Settings s = settings;
        return new Concordance(new Settings(
                s.weighting, s.direction, s.tau, s.cause, s.tieRule, s.type, Require.properFraction("level", value)));
    }

    /**
     * The concordance of a covariate.
     *
     * @param data follow-up
     * @param covariate a numeric covariate of the data
     * @return the concordance, not estimable where no pair counts
     * @throws InvalidArgumentException when there is no numeric covariate of that name
     */
    public ConcordanceResult fit(SurvivalData data, String covariate) {
        return new ScoredRows(data, settings, List.of(covariate), data.numericCovariate(covariate)).result(0);
    }

    /**
     * The concordance of a score.
     *
     * @param data follow-up
     * @param score one finite number a row of the data
     * @return the concordance, not estimable where no pair counts
     * @throws InvalidDataException when a score is not finite; it lists them
     * @throws InvalidArgumentException when their number is not that of the rows
     */
    public ConcordanceResult fit(SurvivalData data, double[] score) {
        return new ScoredRows(data, settings, List.of("score"), score).result(0);
    }

    /**
     * Two covariates held against each other.
     *
     * @param data follow-up
     * @param first a numeric covariate of the data
     * @param second another
     * @return both concordances and their difference, first less second
     * @throws InvalidArgumentException when there is no numeric covariate of a name
     */
    public ConcordanceComparison compare(SurvivalData data, String first, String second) {
        return ConcordanceComparison.of(new ScoredRows(
                data, settings, List.of(first, second), data.numericCovariate(first), data.numericCovariate(second)));
    }

    /**
     * Two scores of the same rows held against each other.
     *
     * @param data follow-up
     * @param first one finite number a row of the data
     * @param second another one
     * @return both concordances and their difference, first less second
     * @throws InvalidDataException when a score is not finite; it lists them
     * @throws InvalidArgumentException when their number is not that of the rows
     */
    public ConcordanceComparison compare(SurvivalData data, double[] first, double[] second) {
        return ConcordanceComparison.of(
                new ScoredRows(data, settings, List.of("first score", "second score"), first, second));
    }

    @Override
    public String toString() {
        return "concordance, " + String.join(", ", ScoredRows.described(settings));
    }
}
