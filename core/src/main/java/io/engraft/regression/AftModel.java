package io.engraft.regression;

import io.engraft.CheckReturnValue;
import io.engraft.InvalidArgumentException;
import io.engraft.data.Categories;
import io.engraft.data.CensoredData;
import io.engraft.data.Clusters;
import io.engraft.data.SurvivalData;
import io.engraft.internal.CauseChoice;
import io.engraft.internal.Require;
import io.engraft.regression.internal.Design;
import io.engraft.regression.internal.FitConventions;
import io.engraft.regression.internal.Kernel;
import io.engraft.regression.internal.Rows;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The accelerated failure time model in location-scale form,
 *
 * <pre>
 *   log T = intercept + x'beta + scale * error
 * </pre>
 *
 * <p>with a standard extreme value, normal or logistic error (of T itself for gaussian and logistic). A coefficient is
 * the change of log time; exp of it multiplies time. The log-likelihood is that of the times, Jacobian included. With
 * {@link #withStrataOnScale()} each stratum has a scale of its own. Parameters, names and log-likelihood are those of R's
 * survreg. Frequency weights stand for repeated rows; with sampling weights, clusters or several rows of an id, or where
 * asked for, variances are robust: the sandwich over what {@link Clusters} says. Times must be positive, those of gaussian
 * and logistic may be 0. Immutable.
 *
 * <ol>
 *   <li>J. D. Kalbfleisch, R. L. Prentice (2002). The Statistical Analysis of Failure Time Data, 2nd edition. Wiley.
 * </ol>
 */
@CheckReturnValue
public final class AftModel {

    private static final int MOST_ITERATIONS = 200;

    private final AftDistribution distribution;
    private final Terms covariates;
    private final boolean strata;
    private final @Nullable CauseChoice cause;
    private final boolean robust;
    private final double level;

    private AftModel(
            AftDistribution distribution,
            Terms covariates,
            boolean strata,
            @Nullable CauseChoice cause,
            boolean robust,
            double level) {
        this.distribution = distribution;
        this.covariates = covariates;
        this.strata = strata;
        this.cause = cause;
        this.robust = robust;
        this.level = level;
    }

    /**
     * A model without covariates, level 0.95.
     *
     * @param distribution of the error
     * @return the procedure
     */
    public static AftModel of(AftDistribution distribution) {
        return new AftModel(distribution, Terms.none(), false, null, false, 0.95);
    }

    /**
     * Covariates on the location, in place of those before.
     *
     * @param terms names of covariates of the data, or terms as {@link Terms} reads them; categorical ones become
     *     treatment contrasts against their first level
     * @return the changed procedure
     * @throws InvalidArgumentException when a text stands twice
     */
    public AftModel withCovariates(String... terms) {
        return withCovariates(Terms.of(terms));
    }

    /**
     * Terms on the location, in place of those before.
     *
     * @param terms the terms, with the references of their contrasts
     * @return the changed procedure
     */
    public AftModel withCovariates(Terms terms) {
        return new AftModel(distribution, terms, strata, cause, robust, level);
    }

    /**
     * A scale for each stratum of the data's strata column.
     *
     * @return the changed procedure
     * @throws InvalidArgumentException when the scale is not estimated
     */
    public AftModel withStrataOnScale() {
        if (!distribution.hasScale()) {
            throw InvalidArgumentException.of(
                    "distribution", distribution.label(), "one whose scale is estimated, for strata on the scale");
        }
        return new AftModel(distribution, covariates, true, cause, robust, level);
    }

    /**
     * Only one cause is the event; the others are censored.
     *
     * @param code the status code, 1 or more
     * @return the changed procedure, whose result says "cause-specific"
     */
    public AftModel withCause(int code) {
        return new AftModel(distribution, covariates, strata, CauseChoice.of(code), robust, level);
    }

    /**
     * Only one cause is the event; the others are censored.
     *
     * @param label the cause's label in the data
     * @return the changed procedure, whose result says "cause-specific"
     */
    public AftModel withCause(String label) {
        return new AftModel(distribution, covariates, strata, CauseChoice.of(label), robust, level);
    }

    /**
     * Robust variances in any case: by the data's clusters, else ids that have several rows, else rows. They are taken
     * without being asked for with sampling weights, with a cluster column, and where an id has several rows.
     *
     * @return the changed procedure
     */
    public AftModel withRobustVariance() {
        return new AftModel(distribution, covariates, strata, cause, true, level);
    }

    /**
     * Another confidence level.
     *
     * @param value strictly between 0 and 1
     * @return the changed procedure
     */
    public AftModel withLevel(double value) {
        return new AftModel(distribution, covariates, strata, cause, robust, Require.properFraction("level", value));
    }

    /**
     * Fits to right-censored follow-up, with delayed entry where the data have it.
     *
     * @param data the data
     * @return the fit, whatever its status
     * @throws io.engraft.InvalidDataException when a time is not positive, or there are fewer events than coefficients
     * @throws InvalidArgumentException when a covariate is unknown or a term cannot be read, strata are missing, or entry times are given for a
     *     distribution of time itself
     */
    public AftFit fit(SurvivalData data) {
        int code = cause == null ? 0 : cause.codeAmong(data.causes());
        int[] order = data.canonicalOrder();
        SurvivalData ordered = data.withOnlyCovariates(Engine.used(data, List.of(covariates), ""))
                .inOrder(order);
        return fit(Rows.of(ordered, code, "", distribution.logTime()), ordered, order);
    }

    /**
     * Fits to interval-censored times.
     *
     * @param data the data
     * @return the fit, whatever its status
     * @throws io.engraft.InvalidDataException when there are fewer events than coefficients
     * @throws InvalidArgumentException as for {@link #fit(SurvivalData)}, and when a cause is named
     */
    public AftFit fit(CensoredData data) {
        if (cause != null) {
            throw InvalidArgumentException.of("cause", cause.given(), "none with interval-censored times");
        }
        int[] order = data.canonicalOrder();
        CensoredData ordered = data.withOnlyCovariates(Engine.used(data.columns(), List.of(covariates), ""))
                .inOrder(order);
        return fit(Rows.of(ordered, ""), ordered.columns(), order);
    }

    private AftFit fit(Rows rows, SurvivalData data, int[] order) {
        if (rows.entry != null && !distribution.logTime()) {
            throw InvalidArgumentException.of(
                    "distribution", distribution.label(), "one of log time where rows have entry times");
        }
        Kernel kernel = distribution.kernel();
        Design[] designs = Engine.designs(kernel, data, Map.of("", covariates));
        Design[] nothing = Engine.intercepts(designs.length);
        Categories stratum = null;
        if (strata) {
            stratum = data.strata()
                    .orElseThrow(() -> new InvalidArgumentException(
                            "the data have no strata column; allowed: one, for strata on the scale"));
            designs[1] = Design.ofStrata(data, stratum);
            nothing[1] = designs[1];
        }
        Clusters clusters = robust || Clusters.askForRobust(data) ? Clusters.of(data) : null;
        Fitted fitted = Engine.fit(kernel, rows, designs, nothing, clusters, MOST_ITERATIONS)
                .withWarnings(data.warnings())
                .withSeen(Seen.of(rows, data));
        return new AftFit(
                distribution,
                fitted,
                order,
                stratum,
                level,
                CauseChoice.label(cause, data.causes()),
                conventions(data, rows, clusters));
    }

    private Map<String, String> conventions(SurvivalData data, Rows rows, @Nullable Clusters clusters) {
        Map<String, String> map = new LinkedHashMap<>();
        map.put("distribution", distribution.label());
        FitConventions.add(map, CauseChoice.label(cause, data.causes()), data, clusters, rows.entry != null);
        return map;
    }

    @Override
    public String toString() {
        return "accelerated failure time model, " + distribution.label() + ", covariates " + covariates;
    }
}
