package io.engraft.multistate;

import io.engraft.CheckReturnValue;
import io.engraft.InvalidArgumentException;
import io.engraft.data.DurationUnit;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.internal.Brief;
import io.engraft.internal.Require;
import io.engraft.law.LawOfTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A multi-state model at given parameters. Each state is left in one of two ways. By competing hazards: each
 * {@link HazardTransition} out of it has a hazard on a clock that starts with the state ({@link Clock#RESET}) or with the
 * model ({@link Clock#FORWARD}), times the effect of covariates. Or by fates: on entry one {@link Fate} is drawn by its
 * probability, and then the time until it. One model may hold states of both kinds; a state without either is never
 * left. Patients start in one state, or in several with given probabilities. Immutable.
 *
 * <p>{@code OccupancySolver} gives its curves without noise, {@code PathSimulator} its paths.
 */
public final class MultiStateModel implements Tabular {

    private final DurationUnit unit;
    private final Map<String, FateState> states;
    private final Map<String, Double> starts;
    private final List<HazardTransition> transitions;
    private final Set<String> declaredAbsorbing;
    private final Map<String, Double> covariateValues;

    private MultiStateModel(Builder b, Map<String, Double> covariateValues) {
        this.unit = b.unit;
        this.states = Collections.unmodifiableMap(new LinkedHashMap<>(b.states));
        this.starts = Collections.unmodifiableMap(new LinkedHashMap<>(b.starts));
        List<String> order = List.copyOf(b.states.keySet());
        this.transitions = b.transitions.stream()
                .sorted(Comparator.comparingInt(t -> order.indexOf(t.from())))
                .toList();
        this.declaredAbsorbing = Set.copyOf(b.absorbing);
        this.covariateValues = covariateValues;
    }

    /**
     * An empty model, to be filled.
     *
     * @param unit the unit of all times of the laws
     * @return a builder
     */
    public static Builder builder(DurationUnit unit) {
        return new Builder(unit);
    }

    /**
     * A model of fates as a multi-state model.
     *
     * @param model the model
     * @return the same states, fates and start
     * @throws InvalidArgumentException when a state cannot be reached from the start, or a cycle takes no time
     */
    public static MultiStateModel of(FateModel model) {
        Builder builder = builder(model.unit()).start(model.start());
        model.states().forEach(builder::state);
        return builder.build();
    }

    /**
     * The model of fates that this one is.
     *
     * @return the model, or empty where a state is left by hazards or there are several states to start in
     */
    public Optional<FateModel> fateModel() {
        if (!transitions.isEmpty() || starts.size() != 1) {
            return Optional.empty();
        }
        return Optional.of(FateModel.of(starts.keySet().iterator().next(), unit, states()));
    }

    /**
     * The unit of all times.
     *
     * @return the unit
     */
    public DurationUnit unit() {
        return unit;
    }

    /**
     * The states, with their fates; a state that is left by hazards has no fates.
     *
     * @return in the order given
     */
    public List<FateState> states() {
        return List.copyOf(states.values());
    }

    /**
     * The names of the states.
     *
     * @return in the order given
     */
    public List<String> stateNames() {
        return List.copyOf(states.keySet());
    }

    /**
     * One state.
     *
     * @param name its name
     * @return the state
     * @throws InvalidArgumentException when there is none of that name
     */
    public FateState state(String name) {
        FateState state = states.get(name);
        if (state == null) {
            throw InvalidArgumentException.of("state", name, "one of " + states.keySet());
        }
        return state;
    }

    /**
     * The names of the states in which a patient is alive.
     *
     * @return in the order of the states
     */
    public List<String> aliveStates() {
        return states.values().stream()
                .filter(FateState::alive)
                .map(FateState::name)
                .toList();
    }

    /**
     * Where patients are at time 0.
     *
     * @return probabilities by state, positive, with sum 1
     */
    public Map<String, Double> starts() {
        return starts;
    }

    /**
     * The transitions by hazards.
     *
     * @return in the order of the states that they leave
     */
    public List<HazardTransition> transitions() {
        return transitions;
    }

    /**
     * The transitions by hazards out of a state.
     *
     * @param state its name
     * @return in the order given
     * @throws InvalidArgumentException when there is no such state
     */
    public List<HazardTransition> transitionsFrom(String state) {
        state(state);
        return transitions.stream().filter(t -> t.from().equals(state)).toList();
    }

    /**
     * The events: of fates that leave a state and of transitions.
     *
     * @return each once, in the order of the states
     */
    public List<String> events() {
        Set<String> events = new LinkedHashSet<>();
        for (FateState state : states.values()) {
            state.fates().stream().filter(Fate::leaves).map(Fate::event).forEach(events::add);
            transitionsFrom(state.name()).forEach(t -> events.add(t.event()));
        }
        return List.copyOf(events);
    }

    /**
     * Whether a state is never left, declared so or not.
     *
     * @param state its name
     * @return true where it has neither transitions nor a fate that leaves it
     * @throws InvalidArgumentException when there is no such state
     */
    public boolean isAbsorbing(String state) {
        return state(state).fates().stream().noneMatch(Fate::leaves)
                && transitionsFrom(state).isEmpty();
    }

    boolean declaredAbsorbing(String state) {
        return declaredAbsorbing.contains(state);
    }

    /**
     * Whether no state can be entered twice.
     *
     * @return true where there is no way back to a state
     */
    public boolean isProgressive() {
        return ModelChecks.cycle(this, step -> true).isEmpty();
    }

    /**
     * The covariates that transitions depend on.
     *
     * @return their names, each once, in the order of the transitions
     */
    public Set<String> covariates() {
        return transitions.stream()
                .flatMap(t -> t.logHazardRatios().keySet().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /**
     * The values of the covariates.
     *
     * @return by name; empty where they were not given yet
     */
    public Map<String, Double> covariateValues() {
        return covariateValues;
    }

    /**
     * The same model for one kind of patient.
     *
     * @param values a finite value for every covariate, and no other
     * @return the model, which can be solved and simulated
     * @throws InvalidArgumentException when a covariate is missing or unknown, a value is not finite, or a hazard would
     *     be multiplied by 0 or infinity
     */
    @CheckReturnValue
    public MultiStateModel withCovariates(Map<String, Double> values) {
        Set<String> needed = covariates();
        if (!values.keySet().equals(needed)) {
            throw InvalidArgumentException.of("names of covariates", values.keySet(), "exactly " + needed);
        }
        values.forEach((name, value) -> Require.finite("covariate '" + name + "'", value));
        Map<String, Double> ordered = new LinkedHashMap<>();
        needed.forEach(name -> ordered.put(name, values.get(name)));
        MultiStateModel model = new MultiStateModel(toBuilder(), Collections.unmodifiableMap(ordered));
        transitions.forEach(model::multiplier);
        return model;
    }

    /**
     * What the covariates multiply a transition's hazard by.
     *
     * @param transition a transition of the model
     * @return the exponential of the sum of log hazard ratios times values
     * @throws InvalidArgumentException when a covariate has no value yet, or the factor is 0 or infinite
     */
    public double multiplier(HazardTransition transition) {
        double sum = 0;
        for (Map.Entry<String, Double> effect : transition.logHazardRatios().entrySet()) {
            Double value = covariateValues.get(effect.getKey());
            if (value == null) {
                throw new InvalidArgumentException("the model depends on covariates " + covariates()
                        + " that have no values; allowed: values by withCovariates");
            }
            sum += effect.getValue() * value;
        }
        double factor = StrictMath.exp(sum);
        if (!(factor > 0 && factor < Double.POSITIVE_INFINITY)) {
            throw new InvalidArgumentException("the covariates " + covariateValues + " multiply the hazard from '"
                    + transition.from() + "' to '" + transition.to() + "' by " + factor
                    + "; allowed: a positive, finite factor");
        }
        return factor;
    }

    /**
     * What is worth knowing about the model.
     *
     * @return sentences, such as that a state is never left although it was not declared absorbing
     */
    public List<String> notes() {
        return ModelChecks.notes(this);
    }

    private Builder toBuilder() {
        Builder builder = new Builder(unit);
        builder.states.putAll(states);
        builder.starts.putAll(starts);
        builder.transitions.addAll(transitions);
        builder.absorbing.addAll(declaredAbsorbing);
        return builder;
    }

    /**
     * The model as a table: one row a transition, a fate, or a state that is never left.
     *
     * @return columns state, alive, start, event, to, kind (hazard, fate or absorbing), clock, probability, law,
     *     parameters, log_hazard_ratios
     */
    @Override
    public TidyTable tidy() {
        return ModelTable.of(this);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MultiStateModel that
                && unit == that.unit
                && states().equals(that.states())
                && starts.equals(that.starts)
                && transitions.equals(that.transitions)
                && declaredAbsorbing.equals(that.declaredAbsorbing)
                && covariateValues.equals(that.covariateValues);
    }

    @Override
    public int hashCode() {
        return Objects.hash(unit, states, starts, transitions, declaredAbsorbing, covariateValues);
    }

    @Override
    public String toString() {
        return "multi-state model in " + unit.label() + ", start " + Brief.list(starts.keySet()) + ", states "
                + Brief.list(states.keySet())
                + (transitions.isEmpty() ? "" : ", " + Brief.count(transitions.size(), "hazard"));
    }

    /** Collects states, starts and transitions, in any order. Not for use by several threads. */
    public static final class Builder {

        private final DurationUnit unit;
        private final Map<String, FateState> states = new LinkedHashMap<>();
        private final Map<String, Double> starts = new LinkedHashMap<>();
        private final List<HazardTransition> transitions = new ArrayList<>();
        private final Set<String> absorbing = new LinkedHashSet<>();

        private Builder(DurationUnit unit) {
            this.unit = unit;
        }

        /**
         * Adds a state in which patients are alive.
         *
         * @param name its name, also the label
         * @return this builder
         */
        public Builder state(String name) {
            return state(FateState.absorbing(name, true));
        }

        /**
         * Adds a state, with its fates where it has any.
         *
         * @param state the state; without fates it is left by transitions, or never
         * @return this builder
         * @throws InvalidArgumentException when there is one of that name already
         */
        public Builder state(FateState state) {
            if (states.put(state.name(), state) != null) {
                throw new InvalidArgumentException(
                        "state '" + state.name() + "' is given twice; allowed: each name once");
            }
            return this;
        }

        /**
         * Adds a state that is never left.
         *
         * @param name its name, also the label
         * @param alive whether a patient in it is alive
         * @return this builder
         */
        public Builder absorbing(String name, boolean alive) {
            absorbing.add(name);
            return state(FateState.absorbing(name, alive));
        }

        /**
         * Adds a state that is never left, with a label.
         *
         * @param state the state, without fates
         * @return this builder
         * @throws InvalidArgumentException when it has fates
         */
        public Builder absorbing(FateState state) {
            if (!state.fates().isEmpty()) {
                throw InvalidArgumentException.of(
                        "number of fates of absorbing state '" + state.name() + "'",
                        state.fates().size(),
                        "none");
            }
            absorbing.add(state.name());
            return state(state);
        }

        /**
         * All patients start in one state.
         *
         * @param state its name
         * @return this builder
         */
        public Builder start(String state) {
            return start(state, 1);
        }

        /**
         * Some patients start in a state.
         *
         * @param state its name
         * @param probability their share, positive; all shares sum to 1
         * @return this builder
         * @throws InvalidArgumentException when the share is not in (0, 1] or the state was given before
         */
        public Builder start(String state, double probability) {
            if (!(probability > 0 && probability <= 1)) {
                throw InvalidArgumentException.of(
                        "probability to start in '" + state + "'", probability, "0 < probability <= 1");
            }
            if (starts.put(state, probability) != null) {
                throw new InvalidArgumentException("start '" + state + "' is given twice; allowed: each state once");
            }
            return this;
        }

        /**
         * Adds a transition without covariates whose event has the name of the state that is entered.
         *
         * @param from the state that is left
         * @param to the state that is entered
         * @param law the law whose hazard it is
         * @param clock what the law's time counts from
         * @return this builder
         */
        public Builder transition(String from, String to, LawOfTime law, Clock clock) {
            return transition(HazardTransition.of(from, to, law, clock));
        }

        /**
         * Adds a transition.
         *
         * @param transition the transition
         * @return this builder
         */
        public Builder transition(HazardTransition transition) {
            transitions.add(transition);
            return this;
        }

        /**
         * Checks the whole and makes the model.
         *
         * @return the model
         * @throws InvalidArgumentException when a state is unknown or cannot be reached from the start; a state has both
         *     fates and transitions; a transition leaves an absorbing state or is given twice; the probabilities to
         *     start do not sum to 1; or a cycle takes no time
         */
        public MultiStateModel build() {
            MultiStateModel model = new MultiStateModel(this, Map.of());
            ModelChecks.check(model);
            return model;
        }
    }
}
