package io.engraft.multistate.fit;

import io.engraft.CheckReturnValue;
import io.engraft.FitStatus;
import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.NotEstimableException;
import io.engraft.data.MultiStateData;
import io.engraft.data.SurvivalData;
import io.engraft.data.Transition;
import io.engraft.estimate.states.StateOccupancy;
import io.engraft.internal.Require;
import io.engraft.multistate.Clock;
import io.engraft.multistate.solve.EmpiricalMultiStateModel;
import io.engraft.regression.ParametricFamily;
import io.engraft.regression.ParametricFit;
import io.engraft.regression.ParametricModel;
import io.engraft.regression.Terms;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Fits a multi-state model to patients' data, a parametric law for each transition that was seen, by maximum likelihood.
 * The likelihood of the whole is the product of those of the transitions [1]: for transition j to m, every row in state j
 * is at risk and has an event if it ends in m, else it is censored. On the forward clock a row counts from time 0 of the
 * data and is at risk on (entry, time]; on the reset clock it counts from entry into the state, over several rows of the
 * subject where the stay goes on. The single fits are {@link ParametricModel}'s.
 *
 * <p>Without other words: Weibull laws, the forward clock, no covariates, patients alive in every state. Immutable.
 *
 * <ol>
 *   <li>P. K. Andersen, &#216;. Borgan, R. D. Gill, N. Keiding (1993). Statistical Models Based on Counting Processes.
 *       Springer.
 * </ol>
 */
@CheckReturnValue
public final class ParametricMultiState {

    /** What holds for all transitions but those that have something of their own. */
    private record Choice<T>(T usual, Map<Transition, T> special) {

        T of(Transition transition) {
            return special.getOrDefault(transition, usual);
        }

        Choice<T> with(Transition transition, T value) {
            Map<Transition, T> more = new LinkedHashMap<>(special);
            more.put(transition, value);
            return new Choice<>(usual, Collections.unmodifiableMap(more));
        }
    }

    private final Choice<Clock> clocks;
    private final Choice<ParametricFamily> families;
    private final Choice<Terms> covariates;
    private final List<String> dead;
    private final boolean staysFromEntry;
    private final boolean robust;
    private final double level;

    private ParametricMultiState(
            Choice<Clock> clocks,
            Choice<ParametricFamily> families,
            Choice<Terms> covariates,
            List<String> dead,
            boolean staysFromEntry,
            boolean robust,
            double level) {
        this.clocks = clocks;
        this.families = families;
        this.covariates = covariates;
        this.dead = dead;
        this.staysFromEntry = staysFromEntry;
        this.robust = robust;
        this.level = level;
    }

    /**
     * Weibull laws on the forward clock without covariates, level 0.95.
     *
     * @return the procedure
     */
    public static ParametricMultiState withDefaults() {
        return new ParametricMultiState(
                new Choice<>(Clock.FORWARD, Map.of()),
                new Choice<>(ParametricFamily.WEIBULL, Map.of()),
                new Choice<>(Terms.none(), Map.of()),
                List.of(),
                false,
                false,
                0.95);
    }

    private ParametricMultiState with(
            Choice<Clock> newClocks, Choice<ParametricFamily> newFamilies, Choice<Terms> newCovariates) {
        return new ParametricMultiState(newClocks, newFamilies, newCovariates, dead, staysFromEntry, robust, level);
    }

    /**
     * The clock of all transitions that are not named.
     *
     * @param clock the clock
     * @return the changed procedure
     */
    public ParametricMultiState withClock(Clock clock) {
        return with(new Choice<>(clock, clocks.special()), families, covariates);
    }

    /**
     * The clock of one transition.
     *
     * @param transition the transition
     * @param clock the clock
     * @return the changed procedure
     */
    public ParametricMultiState withClock(Transition transition, Clock clock) {
        return with(clocks.with(transition, clock), families, covariates);
    }

    /**
     * The family of all transitions that are not named.
     *
     * @param family the family
     * @return the changed procedure
     */
    public ParametricMultiState withFamily(ParametricFamily family) {
        return with(clocks, new Choice<>(family, families.special()), covariates);
    }

    /**
     * The family of one transition.
     *
     * @param transition the transition
     * @param family the family
     * @return the changed procedure
     */
    public ParametricMultiState withFamily(Transition transition, ParametricFamily family) {
        return with(clocks, families.with(transition, family), covariates);
    }

    /**
     * The covariates of all transitions that are not named. They act on the location parameter of the family, for each
     * transition with coefficients of its own.
     *
     * @param terms names of covariates of the data, or terms as {@link Terms} reads them, distinct
     * @return the changed procedure
     */
    public ParametricMultiState withCovariates(String... terms) {
        return withCovariates(Terms.of(terms));
    }

    /**
     * The terms of all transitions that are not named.
     *
     * @param terms the terms, with the references of their contrasts; knots of splines are those of the rows at risk of
     *     a transition
     * @return the changed procedure
     */
    public ParametricMultiState withCovariates(Terms terms) {
        return with(clocks, families, new Choice<>(terms, covariates.special()));
    }

    /**
     * The covariates of one transition.
     *
     * @param transition the transition
     * @param terms names of covariates of the data, or terms as {@link Terms} reads them, distinct; none for no covariates
     * @return the changed procedure
     */
    public ParametricMultiState withCovariates(Transition transition, String... terms) {
        return withCovariates(transition, Terms.of(terms));
    }

    /**
     * The terms of one transition.
     *
     * @param transition the transition
     * @param terms the terms, with the references of their contrasts
     * @return the changed procedure
     */
    public ParametricMultiState withCovariates(Transition transition, Terms terms) {
        return with(clocks, families, covariates.with(transition, terms));
    }

    /**
     * States in which a patient is not alive.
     *
     * @param states names of states of the data
     * @return the changed procedure
     */
    public ParametricMultiState withDead(String... states) {
        return new ParametricMultiState(clocks, families, covariates, List.of(states), staysFromEntry, robust, level);
    }

    /**
     * Takes subjects who come under observation late to enter their first state then. Otherwise a reset clock refuses
     * them, as since when they have been in it is not known.
     *
     * @return the changed procedure
     */
    public ParametricMultiState withStaysFromEntry() {
        return new ParametricMultiState(clocks, families, covariates, dead, true, robust, level);
    }

    /**
     * Robust variances also without sampling weights: by the data's clusters, else ids, else rows.
     *
     * @return the changed procedure
     */
    public ParametricMultiState withRobustVariance() {
        return new ParametricMultiState(clocks, families, covariates, dead, staysFromEntry, true, level);
    }

    /**
     * Another confidence level.
     *
     * @param value strictly between 0 and 1
     * @return the changed procedure
     */
    public ParametricMultiState withLevel(double value) {
        return new ParametricMultiState(
                clocks, families, covariates, dead, staysFromEntry, robust, Require.properFraction("level", value));
    }

    /**
     * Fits a law to each transition that was seen. The start distribution is that of {@link StateOccupancy}.
     *
     * @param data the data, without a group column
     * @return the fits, whatever their statuses
     * @throws InvalidDataException when a time is not positive
     * @throws InvalidArgumentException when no transition was seen; a named transition, covariate or state is unknown;
     *     the data have groups; or a stay on the reset clock has no known begin
     */
    public MultiStateFit fit(MultiStateData data) {
        TransitionRows rows = rows(data);
        List<TransitionFit> fits = new ArrayList<>();
        rows.seen().forEach((t, events) -> fits.add(fit(rows, t, families.of(t), events)));
        Map<String, Double> seen = EmpiricalMultiStateModel.of(data).starts();
        Map<String, Double> starts = new LinkedHashMap<>();
        data.states().forEach(state -> starts.put(state, seen.getOrDefault(state, 0.0)));
        List<Transition> never = new ArrayList<>(named());
        fits.forEach(fit -> never.remove(fit.transition()));
        return new MultiStateFit(data, fits, never, starts, dead, robust, level);
    }

    /**
     * Fits several families to each transition that was seen, for a choice by AIC. Families named for single transitions
     * are not read.
     *
     * @param data the data, without a group column
     * @param candidates the families, at least one
     * @return the fits side by side
     * @throws InvalidDataException when a time is not positive
     * @throws InvalidArgumentException as {@link #fit}, and when there are no candidates
     */
    public TransitionFamilies compare(MultiStateData data, List<ParametricFamily> candidates) {
        if (candidates.isEmpty()) {
            throw InvalidArgumentException.of("number of families", 0, "at least 1");
        }
        TransitionRows rows = rows(data);
        Map<Transition, List<TransitionFit>> fits = new LinkedHashMap<>();
        rows.seen()
                .forEach((t, events) -> fits.put(
                        t,
                        candidates.stream()
                                .map(family -> fit(rows, t, family, events))
                                .toList()));
        return new TransitionFamilies(fits);
    }

    private TransitionRows rows(MultiStateData data) {
        if (data.group().isPresent()) {
            throw InvalidArgumentException.of(
                    "group column", data.group().get().levels(), "none; groups can be a categorical covariate");
        }
        for (String name : dead) {
            requireState("state of the dead", name, data);
        }
        for (Transition t : named()) {
            requireState("state of transition " + t, t.from(), data);
            requireState("state of transition " + t, t.to(), data);
        }
        TransitionRows rows = new TransitionRows(data, staysFromEntry);
        Set<Transition> seen = rows.seen().keySet();
        if (seen.isEmpty()) {
            throw new InvalidArgumentException("no transition was seen; allowed: data with at least one");
        }
        for (Transition t : seen) {
            for (String name : covariates.of(t).columns(data.covariates())) {
                if (!data.covariates().contains(name)) {
                    throw InvalidArgumentException.of(
                            "covariate of transition " + t, name, "one of " + data.covariates());
                }
            }
        }
        return rows;
    }

    /** The transitions for which something was chosen. */
    private Set<Transition> named() {
        Set<Transition> named = new LinkedHashSet<>(clocks.special().keySet());
        named.addAll(families.special().keySet());
        named.addAll(covariates.special().keySet());
        return named;
    }

    private static void requireState(String what, String name, MultiStateData data) {
        if (!data.states().contains(name)) {
            throw InvalidArgumentException.of(what, name, "one of " + data.states());
        }
    }

    private TransitionFit fit(TransitionRows rows, Transition t, ParametricFamily family, double events) {
        Terms terms = covariates.of(t);
        List<String> names = List.copyOf(terms.columns(rows.covariates()));
        SurvivalData atRisk = rows.of(t, clocks.of(t), names, robust);
        ParametricModel model = ParametricModel.of(family).withLevel(level).withCovariates(terms);
        if (robust) {
            model = model.withRobustVariance();
        }
        Optional<ParametricFit> result;
        String problem = "";
        try {
            ParametricFit fit = model.fit(atRisk);
            result = Optional.of(fit);
            if (fit.status() != FitStatus.CONVERGED && fit.status() != FitStatus.RANK_DEFICIENT) {
                problem = "the fit of transition " + t + " (" + family.label() + ") ended " + fit.status() + ": "
                        + fit.statusReason()
                        + "; the fits of other transitions stand; allowed: another family for it, by withFamily(transition,"
                        + " family)";
            }
        } catch (InvalidDataException | InvalidArgumentException | NotEstimableException tooFew) {
            result = Optional.empty();
            problem = "transition " + t + " (" + family.label() + ") cannot be fitted: " + tooFew.getMessage();
        }
        return new TransitionFit(t, clocks.of(t), family, names, atRisk.size(), events, result, problem);
    }

    @Override
    public String toString() {
        return "parametric multi-state model: " + families.usual().label() + ", clock "
                + clocks.usual().label();
    }
}
