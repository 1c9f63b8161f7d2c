package io.engraft.multistate.fit;

import io.engraft.InvalidArgumentException;
import io.engraft.NotEstimableException;
import io.engraft.data.MultiStateData;
import io.engraft.data.Transition;
import io.engraft.multistate.Clock;
import io.engraft.regression.Coefficient;
import io.engraft.regression.CovariatePath;
import io.engraft.regression.CovariateProfile;
import io.engraft.regression.CoxFit;
import io.engraft.regression.TermCoding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Fitted Cox models of the transitions of a multi-state model. Threads may share it. Immutable. */
public final class MultiStateCoxFit {

    private final CoxFit fit;
    private final MultiStateData data;
    private final List<Transition> transitions;
    private final Map<String, Set<Transition>> columns;
    private final Map<Transition, String> baselines;
    private final Clock clock;
    private final SurvivalForm form;
    private final boolean hasStrata;
    /** The steps of all transitions on one line of times, the same whoever the patient is; made when first asked for. */
    private volatile HazardCourse.@Nullable Grid grid;

    MultiStateCoxFit(
            CoxFit fit,
            MultiStateData data,
            List<Transition> transitions,
            Map<String, Set<Transition>> columns,
            Map<Transition, String> baselines,
            Clock clock,
            SurvivalForm form,
            boolean hasStrata) {
        this.fit = fit;
        this.data = data;
        this.transitions = List.copyOf(transitions);
        this.columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
        this.baselines = Collections.unmodifiableMap(new LinkedHashMap<>(baselines));
        this.clock = clock;
        this.form = form;
        this.hasStrata = hasStrata;
    }

    /**
     * The one fit that holds all transitions: its tests, status, likelihood and warnings. Its coefficients are named by their
     * transitions as {@code age:ill -> dead}, its strata are the baselines.
     *
     * @return the fit
     */
    public CoxFit fit() {
        return fit;
    }

    /**
     * The transitions that were seen.
     *
     * @return in the order of the states
     */
    public List<Transition> transitions() {
        return transitions;
    }

    /**
     * The names of the states.
     *
     * @return as the data have them
     */
    public List<String> states() {
        return data.states();
    }

    /**
     * The coefficients that count in a transition, shared ones too.
     *
     * @param transition one of {@link #transitions()}
     * @return coefficients by the names of their terms' columns, without the transition's name
     * @throws InvalidArgumentException when the transition was not seen
     */
    public Map<String, Coefficient> coefficients(Transition transition) {
        requireSeen(transition);
        Map<String, Coefficient> found = new LinkedHashMap<>();
        for (TermCoding term : fit.terms()) {
            for (Map.Entry<String, Set<Transition>> column : columns.entrySet()) {
                boolean isFactor = term.term().equals(column.getKey());
                String end = ":" + column.getKey();
                if (column.getValue().contains(transition)
                        && (isFactor || term.term().endsWith(end))) {
                    for (String name : term.coefficients()) {
                        found.put(
                                isFactor ? name : name.substring(0, name.length() - end.length()),
                                fit.coefficient(name));
                    }
                }
            }
        }
        return Collections.unmodifiableMap(found);
    }

    private void requireSeen(Transition transition) {
        if (!transitions.contains(transition)) {
            throw InvalidArgumentException.of("transition", transition, "one of " + transitions);
        }
    }

    /**
     * The covariates that a patient must have for a prediction.
     *
     * @return their names
     */
    public Set<String> covariates() {
        Set<String> names = new LinkedHashSet<>(fit.covariates());
        names.removeAll(columns.keySet());
        return Collections.unmodifiableSet(names);
    }

    /**
     * The probabilities of the states for a patient who is in a state at time 0.
     *
     * @param profile the covariates of all transitions
     * @param from the state
     * @return the probabilities
     * @throws InvalidArgumentException when a covariate is missing, unknown or not of the level's names, or there is no such
     *     state
     * @throws NotEstimableException on the reset clock
     */
    public PredictedStates predict(CovariateProfile profile, String from) {
        return predict(CovariatePath.of(profile), from, 0);
    }

    /**
     * The probabilities of the states for a patient who is in a state at a time, along covariates that may change; see
     * {@link CovariatePath} for when these are probabilities.
     *
     * @param path the covariates of all transitions over time, from 0 on
     * @param from the state
     * @param start the time, 0 or later, within follow-up
     * @return the probabilities at times from the start on
     * @throws InvalidArgumentException when a covariate is missing, unknown or not of the level's names, there is no such
     *     state, or the start is beyond follow-up
     * @throws NotEstimableException on the reset clock
     */
    public PredictedStates predict(CovariatePath path, String from, double start) {
        if (clock == Clock.RESET) {
            throw new NotEstimableException(
                    "on the reset clock hazards count from the entry into a state, so that states have"
                            + " no probabilities by a product of hazards; fit on the forward clock for these");
        }
        HazardCourse.requireKnown(path, covariates());
        List<HazardCourse.Way> ways = new ArrayList<>();
        for (Transition transition : transitions) {
            CovariatePath own = path.map(profile -> within(profile, transition));
            String baseline = baselines.getOrDefault(transition, transition.toString());
            ways.add(new HazardCourse.Way(transition, fit, hasStrata ? fit.predict(own, baseline) : fit.predict(own)));
        }
        HazardCourse.Grid known = grid;
        if (known == null) {
            known = new HazardCourse.Grid(states(), ways, fit.tieRule());
            grid = known;
        }
        double horizon =
                ways.stream().mapToDouble(w -> w.curve().lastTime()).max().orElse(0);
        return new PredictedStates(new HazardCourse(known, ways, form, horizon), path, from, start, fit.level());
    }

    /** The profile of a patient at risk of a transition. */
    private CovariateProfile within(CovariateProfile profile, Transition transition) {
        CovariateProfile all = profile;
        for (Map.Entry<String, Set<Transition>> column : columns.entrySet()) {
            all = all.with(column.getKey(), column.getValue().contains(transition) ? 1 : 0);
        }
        return all;
    }

    /**
     * From when time counts.
     *
     * @return the clock
     */
    public Clock clock() {
        return clock;
    }

    /**
     * How hazards become probabilities.
     *
     * @return the form
     */
    public SurvivalForm form() {
        return form;
    }

    @Override
    public String toString() {
        return "multi-state Cox fit of "
                + transitions.stream().map(Transition::toString).collect(Collectors.joining(", ")) + ": " + fit;
    }
}
