package io.engraft.regression;

import io.engraft.CheckReturnValue;
import io.engraft.InvalidArgumentException;
import io.engraft.data.CensoredData;
import io.engraft.data.Clusters;
import io.engraft.data.SurvivalData;
import io.engraft.internal.CauseChoice;
import io.engraft.internal.Require;
import io.engraft.regression.internal.Design;
import io.engraft.regression.internal.FitConventions;
import io.engraft.regression.internal.Kernel;
import io.engraft.regression.internal.Rows;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Fits a parametric law to follow-up by maximum likelihood. With law f, S, row i adds w_i times
 *
 * <pre>
 *   event at t:                log f(t), or log(f(t) / S(t) + b) + log S(t) with a background hazard b
 *   censored at t:             log S(t)
 *   event in (a, b]:           log(S(a) - S(b)),  S(0) = 1
 *   seen because T &gt; entry:  minus log S(entry)
 * </pre>
 *
 * <p>Each parameter of the law, on its working scale (see {@link ParametricFamily}), is an intercept plus a linear
 * combination of covariates; categorical ones are treatment contrasts against their first level. The search is Newton's
 * with analytic first and second derivatives. Frequency weights stand for repeated rows. With sampling weights, clusters,
 * or an id with several rows, and where asked for, variances are robust: the sandwich over what {@link Clusters} says.
 * Every status code of 1 or more is an event unless a cause is named, which makes the fit cause-specific. Times must be
 * positive. Immutable.
 */
@CheckReturnValue
public final class ParametricModel {

    private static final int MOST_ITERATIONS = 200;

    private final ParametricFamily family;
    private final Map<String, Terms> covariates;
    private final @Nullable CauseChoice cause;
    private final String background;
    private final boolean robust;
    private final double level;
    private final int mostIterations;

    private ParametricModel(
            ParametricFamily family,
            Map<String, Terms> covariates,
            @Nullable CauseChoice cause,
            String background,
            boolean robust,
            double level,
            int mostIterations) {
        this.family = family;
        this.covariates = covariates;
        this.cause = cause;
        this.background = background;
        this.robust = robust;
        this.level = level;
        this.mostIterations = mostIterations;
    }

    /**
     * A model without covariates, level 0.95.
     *
     * @param family the family
     * @return the procedure
     */
    public static ParametricModel of(ParametricFamily family) {
        return new ParametricModel(family, Map.of(), null, "", false, 0.95, MOST_ITERATIONS);
    }

    /**
     * Covariates on the location parameter, the one marked in {@link ParametricFamily}, in place of those before.
     *
     * @param terms names of covariates of the data, or terms as {@link Terms} reads them
     * @return the changed procedure
     * @throws InvalidArgumentException when a text stands twice
     */
    public ParametricModel withCovariates(String... terms) {
        return withCovariates(Terms.of(terms));
    }

    /**
     * Terms on the location parameter, in place of those before.
     *
     * @param terms the terms, with the references of their contrasts
     * @return the changed procedure
     */
    public ParametricModel withCovariates(Terms terms) {
        return withCovariatesOn("", terms);
    }

    /**
     * Covariates on another parameter, in place of those before.
     *
     * @param parameter its name, for example "shape"
     * @param terms names of covariates of the data, or terms as {@link Terms} reads them
     * @return the changed procedure
     * @throws InvalidArgumentException when a text stands twice
     */
    public ParametricModel withCovariatesOn(String parameter, String... terms) {
        return withCovariatesOn(parameter, Terms.of(terms));
    }

    /**
     * Terms on another parameter, in place of those before.
     *
     * @param parameter its name, for example "shape"
     * @param terms the terms, with the references of their contrasts
     * @return the changed procedure
     */
    public ParametricModel withCovariatesOn(String parameter, Terms terms) {
        Map<String, Terms> more = new LinkedHashMap<>(covariates);
        more.put(parameter, terms);
        return new ParametricModel(
                family, Collections.unmodifiableMap(more), cause, background, robust, level, mostIterations);
    }

    /**
     * Only one cause is the event; the others are censored.
     *
     * @param code the status code, 1 or more
     * @return the changed procedure, whose result says "cause-specific"
     */
    public ParametricModel withCause(int code) {
        return new ParametricModel(family, covariates, CauseChoice.of(code), background, robust, level, mostIterations);
    }

    /**
     * Only one cause is the event; the others are censored.
     *
     * @param label the cause's label in the data
     * @return the changed procedure, whose result says "cause-specific"
     */
    public ParametricModel withCause(String label) {
        return new ParametricModel(
                family, covariates, CauseChoice.of(label), background, robust, level, mostIterations);
    }

    /**
     * A known hazard of the same event from other sources, such as that of the general population at the patient's age
     * when the event happened: the model is then of the hazard in excess of it.
     *
     * @param covariate the numeric covariate that holds it, 0 or more, per unit of the data's times; changing that unit by
     *     {@link SurvivalData#inUnit} does not convert it
     * @return the changed procedure
     */
    public ParametricModel withBackgroundHazard(String covariate) {
        return new ParametricModel(family, covariates, cause, covariate, robust, level, mostIterations);
    }

    /**
     * Robust variances in any case: by the data's clusters, else ids that have several rows, else rows. They are taken
     * without being asked for with sampling weights, with a cluster column, and where an id has several rows.
     *
     * @return the changed procedure
     */
    public ParametricModel withRobustVariance() {
        return new ParametricModel(family, covariates, cause, background, true, level, mostIterations);
    }

    /**
     * Another confidence level.
     *
     * @param value strictly between 0 and 1
     * @return the changed procedure
     */
    public ParametricModel withLevel(double value) {
        return new ParametricModel(
                family, covariates, cause, background, robust, Require.properFraction("level", value), mostIterations);
    }

    /**
     * Another limit to the number of iterations, 200 unless said.
     *
     * @param value at least 1
     * @return the changed procedure
     */
    public ParametricModel withMostIterations(int value) {
        return new ParametricModel(
                family, covariates, cause, background, robust, level, Require.atLeast("iterations", value, 1));
    }

    /**
     * Fits to right-censored follow-up, with delayed entry where the data have it.
     *
     * @param data the data
     * @return the fit, whatever its status
     * @throws io.engraft.InvalidDataException when a time is not positive, or there are fewer events than coefficients
     * @throws InvalidArgumentException when a covariate or parameter is unknown, or a term cannot be read
     */
    public ParametricFit fit(SurvivalData data) {
        int code = cause == null ? 0 : cause.codeAmong(data.causes());
        SurvivalData ordered = data.withOnlyCovariates(Engine.used(data, covariates.values(), background))
                .inOrder(data.canonicalOrder());
        return fit(Rows.of(ordered, code, background), ordered);
    }

    /**
     * Fits to interval-censored times.
     *
     * @param data the data
     * @return the fit, whatever its status
     * @throws io.engraft.InvalidDataException when there are fewer events than coefficients
     * @throws InvalidArgumentException when a covariate or parameter is unknown, or a cause is named
     */
    public ParametricFit fit(CensoredData data) {
        if (cause != null) {
            throw InvalidArgumentException.of("cause", cause.given(), "none with interval-censored times");
        }
        CensoredData ordered = data.withOnlyCovariates(Engine.used(data.columns(), covariates.values(), background))
                .inOrder(data.canonicalOrder());
        return fit(Rows.of(ordered, background), ordered.columns());
    }

    private ParametricFit fit(Rows rows, SurvivalData data) {
        Kernel kernel = family.kernel(rows);
        Design[] designs = Engine.designs(kernel, data, covariates);
        Clusters clusters = robust || Clusters.askForRobust(data) ? Clusters.of(data) : null;
        Fitted fitted = Engine.fit(kernel, rows, designs, Engine.intercepts(designs.length), clusters, mostIterations)
                .withWarnings(data.warnings())
                .withSeen(Seen.of(rows, data));
        return new ParametricFit(
                family, fitted, level, CauseChoice.label(cause, data.causes()), conventions(data, rows, clusters));
    }

    private Map<String, String> conventions(SurvivalData data, Rows rows, @Nullable Clusters clusters) {
        Map<String, String> map = new LinkedHashMap<>();
        map.put("family", family.label());
        FitConventions.add(map, CauseChoice.label(cause, data.causes()), data, clusters, rows.entry != null);
        if (!background.isEmpty()) {
            map.put("background", "hazard in excess of " + background);
        }
        List<String> terms = new ArrayList<>();
        covariates.forEach((parameter, on) -> {
            if (!parameter.isEmpty()) {
                terms.add(parameter + " ~ " + String.join(" + ", on.texts()));
            }
        });
        if (!terms.isEmpty()) {
            map.put("covariates on", String.join(", ", terms));
        }
        return map;
    }

    @Override
    public String toString() {
        return "parametric model, " + family.label() + (covariates.isEmpty() ? "" : ", covariates " + covariates);
    }
}
