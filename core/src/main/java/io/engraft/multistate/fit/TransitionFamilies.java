package io.engraft.multistate.fit;

import io.engraft.InvalidArgumentException;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.data.Transition;
import io.engraft.internal.Brief;
import io.engraft.regression.ParametricFamily;
import io.engraft.regression.ParametricFit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Fits of several families to each transition, side by side: log-likelihoods and AIC of one transition are comparable.
 * Made by {@link ParametricMultiState#compare}. Immutable.
 */
public final class TransitionFamilies implements Tabular {

    private final Map<Transition, List<TransitionFit>> fits;

    TransitionFamilies(Map<Transition, List<TransitionFit>> fits) {
        this.fits = Collections.unmodifiableMap(new LinkedHashMap<>(fits));
    }

    /**
     * The fits of one transition.
     *
     * @param transition the transition
     * @return one a family, in the order in which they were given
     * @throws InvalidArgumentException when the transition was never seen
     */
    public List<TransitionFit> fits(Transition transition) {
        List<TransitionFit> found = fits.get(transition);
        if (found == null) {
            throw InvalidArgumentException.of("transition", transition, "one that was seen: " + fits.keySet());
        }
        return found;
    }

    /**
     * The family of the least AIC of each transition, among fits at a maximum.
     *
     * @return families by transition; a transition none of whose fits is at a maximum is not in it
     */
    public Map<Transition, ParametricFamily> best() {
        Map<Transition, ParametricFamily> best = new LinkedHashMap<>();
        fits.forEach((transition, all) -> all.stream()
                .filter(t -> t.problem().isEmpty())
                .min(Comparator.comparingDouble(t -> t.parametricFit().aic()))
                .ifPresent(t -> best.put(transition, t.family())));
        return best;
    }

    static TidyTable.Builder columns() {
        return TidyTable.builder()
                .text("from")
                .text("to")
                .text("clock")
                .text("family")
                .count("rows")
                .number("events")
                .text("status")
                .count("coefficients")
                .number("log_likelihood")
                .number("aic")
                .text("problem");
    }

    static void row(TidyTable.Builder table, TransitionFit t) {
        ParametricFit fit = t.problem().isEmpty() ? t.parametricFit() : null;
        table.row(
                t.transition().from(),
                t.transition().to(),
                t.clock().label(),
                t.family().label(),
                t.rows(),
                t.events(),
                t.result().map(f -> f.status().name()).orElse("NOT_FITTED"),
                t.result().map(ParametricFit::estimated).orElse(0),
                fit == null ? Double.NaN : fit.logLikelihood(),
                fit == null ? Double.NaN : fit.aic(),
                t.problem().isEmpty() ? null : t.problem());
    }

    /**
     * One row a transition and family; log-likelihood and AIC only of fits at a maximum.
     *
     * @return columns from, to, clock, family, rows, events, status, coefficients, log_likelihood, aic, problem
     */
    @Override
    public TidyTable tidy() {
        TidyTable.Builder table = columns();
        List<TransitionFit> all = new ArrayList<>();
        fits.values().forEach(all::addAll);
        all.forEach(t -> row(table, t));
        return table.build();
    }

    @Override
    public String toString() {
        return "families of " + Brief.count(fits.size(), "transition") + ", the best of each " + best();
    }
}
