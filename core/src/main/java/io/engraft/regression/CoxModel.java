package io.engraft.regression;

import io.engraft.CheckReturnValue;
import io.engraft.DataProblem;
import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.data.Clusters;
import io.engraft.data.SurvivalData;
import io.engraft.data.TieRule;
import io.engraft.internal.CauseChoice;
import io.engraft.internal.Require;
import io.engraft.regression.internal.Design;
import io.engraft.regression.internal.Newton;
import io.engraft.regression.internal.Objective;
import io.engraft.regression.internal.risk.Followed;
import io.engraft.regression.internal.risk.PartialLikelihood;
import io.engraft.regression.internal.risk.RiskRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Cox's proportional hazards model,
 *
 * <pre>
 *   hazard(t | x) = hazard of the stratum(t) * exp(offset + x'beta)
 * </pre>
 *
 * <p>by maximum partial likelihood. A coefficient is the change of the log hazard; exp of it is a hazard ratio. Rows are at
 * risk on (entry, time], so several rows of a patient hold covariates that change with time. Where the data have a strata
 * column each stratum has its own baseline hazard. Frequency weights stand for repeated rows, in tied events too; sampling
 * weights count as in R's coxph. With sampling weights, clusters or several rows of an id, or where asked for, variances
 * are robust: the sandwich over what {@link Clusters} says. Immutable.
 *
 * <ol>
 *   <li>D. R. Cox (1972). Regression models and life-tables. Journal of the Royal Statistical Society B 34, 187-220.
 *   <li>B. Efron (1977). The efficiency of Cox's likelihood function for censored data. Journal of the American
 *       Statistical Association 72, 557-565.
 *   <li>D. Y. Lin, L. J. Wei (1989). The robust inference for the Cox proportional hazards model. Journal of the American
 *       Statistical Association 84, 1074-1078.
 * </ol>
 */
@CheckReturnValue
public final class CoxModel {

    private static final int MOST_ITERATIONS = 200;
    private static final long MOST_EVENTS = 100_000_000;

    private final Terms covariates;
    private final CoxTies ties;
    private final TieRule tieRule;
    private final String offset;
    private final @Nullable CauseChoice cause;
    private final boolean robust;
    private final double level;

    private CoxModel(
            Terms covariates,
            CoxTies ties,
            TieRule tieRule,
            String offset,
            @Nullable CauseChoice cause,
            boolean robust,
            double level) {
        this.covariates = covariates;
        this.ties = ties;
        this.tieRule = tieRule;
        this.offset = offset;
        this.cause = cause;
        this.robust = robust;
        this.level = level;
    }

    /**
     * A model without covariates, ties by Efron, level 0.95.
     *
     * @return the procedure
     */
    public static CoxModel withDefaults() {
        return new CoxModel(Terms.none(), CoxTies.EFRON, TieRule.DEFAULT, "", null, false, 0.95);
    }

    /**
     * Covariates, in place of those before.
     *
     * @param terms names of covariates of the data, or terms as {@link Terms} reads them; categorical ones become
     *     treatment contrasts against their first level
     * @return the changed procedure
     * @throws InvalidArgumentException when a text stands twice
     */
    public CoxModel withCovariates(String... terms) {
        return withCovariates(Terms.of(terms));
    }

    /**
     * Terms, in place of those before.
     *
     * @param terms the terms, with the references of their contrasts
     * @return the changed procedure
     */
    public CoxModel withCovariates(Terms terms) {
        return new CoxModel(terms, ties, tieRule, offset, cause, robust, level);
    }

    /**
     * Another way to count events at one time.
     *
     * @param value the method
     * @return the changed procedure
     */
    public CoxModel withTies(CoxTies value) {
        return new CoxModel(covariates, value, tieRule, offset, cause, robust, level);
    }

    /**
     * Another rule for which times are one.
     *
     * @param value the rule
     * @return the changed procedure
     */
    public CoxModel withTieRule(TieRule value) {
        return new CoxModel(covariates, ties, value, offset, cause, robust, level);
    }

    /**
     * A column that is added to the linear predictor with the coefficient 1.
     *
     * @param covariate a numeric covariate of the data
     * @return the changed procedure
     */
    public CoxModel withOffset(String covariate) {
        return new CoxModel(covariates, ties, tieRule, covariate, cause, robust, level);
    }

    /**
     * Only one cause is the event; the others are censored.
     *
     * @param code the status code, 1 or more
     * @return the changed procedure, whose result says "cause-specific"
     */
    public CoxModel withCause(int code) {
        return new CoxModel(covariates, ties, tieRule, offset, CauseChoice.of(code), robust, level);
    }

    /**
     * Only one cause is the event; the others are censored.
     *
     * @param label the cause's label in the data
     * @return the changed procedure, whose result says "cause-specific"
     */
    public CoxModel withCause(String label) {
        return new CoxModel(covariates, ties, tieRule, offset, CauseChoice.of(label), robust, level);
    }

    /**
     * Robust variances in any case: by the data's clusters, else ids that have several rows, else rows. They are taken
     * without being asked for with sampling weights, with a cluster column, and where an id has several rows.
     *
     * @return the changed procedure
     */
    public CoxModel withRobustVariance() {
        return new CoxModel(covariates, ties, tieRule, offset, cause, true, level);
    }

    /**
     * Another confidence level.
     *
     * @param value strictly between 0 and 1
     * @return the changed procedure
     */
    public CoxModel withLevel(double value) {
        return new CoxModel(covariates, ties, tieRule, offset, cause, robust, Require.properFraction("level", value));
    }

    /**
     * Fits to right-censored follow-up, with delayed entry where the data have it.
     *
     * @param data the data
     * @return the fit, whatever its status
     * @throws InvalidDataException when there are no events
     * @throws InvalidArgumentException when a covariate is unknown or a term cannot be read
     */
    public CoxFit fit(SurvivalData data) {
        int code = cause == null ? 0 : cause.codeAmong(data.causes());
        int[] order = data.canonicalOrder();
        SurvivalData ordered = data.withOnlyCovariates(Engine.used(data, List.of(covariates), offset))
                .inOrder(order);
        RiskRows risk = RiskRows.of(ordered, code, tieRule);
        if (risk.places() == 0) {
            throw new InvalidDataException(DataProblem.ofWhole("there are no events among " + data.size()
                            + " rows, so there is nothing to fit; allowed: at" + " least one event")
                    .inSource(data.source()));
        }
        if (ties == CoxTies.EFRON && risk.totalEvents() > MOST_EVENTS) {
            throw InvalidArgumentException.of(
                    "number of events by their frequencies",
                    risk.totalEvents(),
                    "at most " + MOST_EVENTS
                            + ", as Efron's sums go through every one of them; ties by Breslow do not");
        }
        double[] added = offset.isEmpty() ? null : ordered.numericCovariate(offset);
        Design design = covariates.design(ordered);
        PartialLikelihood likelihood = likelihood(risk, design, added);
        double[] zero = new double[likelihood.size()];
        Objective.Point nothing = likelihood.at(zero);
        int[] silent = likelihood.silent(nothing);
        if (silent.length > 0) {
            design = design.without(silent);
            likelihood = likelihood(risk, design, added);
            zero = new double[likelihood.size()];
            nothing = likelihood.at(zero);
        }
        Clusters clusters = robust || Clusters.askForRobust(ordered) ? Clusters.of(ordered) : null;
        if (clusters != null) {
            clusters.requireFor(likelihood.size());
        }
        Newton.End end = new Newton(likelihood, new boolean[zero.length], MOST_ITERATIONS).from(zero, nothing);
        double last = Arrays.stream(risk.lastTime).filter(t -> t >= 0).max().orElse(0);
        Seen seen = Seen.of(last, i -> risk.weightOf(i) > 0, ordered);
        Followed followed = new Followed(ordered, order, code, tieRule);
        CoxEstimate estimate = CoxEstimate.of(likelihood, design, nothing, end, clusters, followed, seen);
        estimate.warnFirst(data.warnings());
        return new CoxFit(
                estimate, level, offset, CauseChoice.label(cause, data.causes()), conventions(data, clusters));
    }

    private PartialLikelihood likelihood(RiskRows risk, Design design, double @Nullable [] added) {
        return new PartialLikelihood(risk, design, added, ties == CoxTies.EFRON);
    }

    private Map<String, String> conventions(SurvivalData data, @Nullable Clusters clusters) {
        Map<String, String> map = new LinkedHashMap<>();
        map.put("ties", ties.label());
        data.strata().ifPresent(strata -> map.put("strata", "a baseline hazard each"));
        FitConventions.add(map, cause, data, clusters, data.hasEntry());
        if (!offset.isEmpty()) {
            map.put("offset", offset);
        }
        return map;
    }

    @Override
    public String toString() {
        List<String> parts = new ArrayList<>(List.of("Cox model, ties by " + ties.label(), "covariates " + covariates));
        if (!offset.isEmpty()) {
            parts.add("offset " + offset);
        }
        return String.join(", ", parts);
    }
}
