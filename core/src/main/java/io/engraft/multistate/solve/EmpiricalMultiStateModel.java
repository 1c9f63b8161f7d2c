package io.engraft.multistate.solve;

import io.engraft.InvalidArgumentException;
import io.engraft.data.DurationUnit;
import io.engraft.data.MultiStateData;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.data.Transition;
import io.engraft.data.WeightType;
import io.engraft.estimate.states.OccupancyEstimate;
import io.engraft.estimate.states.OccupancyVariance;
import io.engraft.estimate.states.StateOccupancy;
import io.engraft.estimate.states.TransitionHazard;
import io.engraft.internal.Brief;
import io.engraft.internal.Require;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A Markov model without laws: cumulative transition hazards on the forward clock that are step functions, such as
 * Nelson-Aalen estimates. At a time u someone in state j moves to m with probability dA_jm(u), or stays; nothing happens
 * between steps. So P(s, t) is the finite product of I + dA(u) over s &lt; u &lt;= t, which is the Aalen-Johansen
 * estimate where the steps are those of the data. {@link OccupancySolver} gives its curves, {@code PathSimulator} its
 * paths. Immutable.
 *
 * <p>Whoever enters a state at a step is not at risk of that state's own step at the same time. After the last time that
 * is known, {@link #horizon()}, there is no model.
 */
public final class EmpiricalMultiStateModel implements Tabular {

    private static final double SUM_TOLERANCE = 1e-9;

    private final DurationUnit unit;
    private final List<String> states;
    private final Map<String, Double> starts;
    private final List<StepProduct.Steps> steps;
    private final double horizon;

    private EmpiricalMultiStateModel(Builder b) {
        this.unit = b.unit;
        this.states = b.states;
        this.starts = Collections.unmodifiableMap(new LinkedHashMap<>(b.starts));
        this.steps = List.copyOf(b.steps);
        this.horizon = b.horizon;
    }

    /**
     * The Aalen-Johansen estimate of data as a model.
     *
     * @param data the data, without a group column
     * @return the model, with the estimated start distribution, up to the end of follow-up, or for ever where everybody
     *     is in an absorbing state by then
     * @throws InvalidArgumentException when the data have groups
     */
    public static EmpiricalMultiStateModel of(MultiStateData data) {
        if (data.group().isPresent()) {
            throw InvalidArgumentException.of(
                    "group column",
                    data.group().get().levels(),
                    "none; a model of each group comes of StateOccupancy's estimate");
        }
        return of(estimate(data), data.unit());
    }

    /** The estimate of the data as one group. Its variance, for which one cluster would be too few, is not read. */
    private static OccupancyEstimate estimate(MultiStateData data) {
        boolean sampling = data.weightType().filter(WeightType.SAMPLING::equals).isPresent();
        return StateOccupancy.withDefaults()
                .withVariance(sampling ? OccupancyVariance.ROBUST : OccupancyVariance.DELTA)
                .fit(data)
                .get("all");
    }

    /**
     * An Aalen-Johansen estimate as a model.
     *
     * @param estimate the estimate, from time 0
     * @param unit the unit of its times
     * @return the model, with the estimate's start distribution and horizon
     * @throws InvalidArgumentException when the estimate starts later than at 0
     */
    public static EmpiricalMultiStateModel of(OccupancyEstimate estimate, DurationUnit unit) {
        if (estimate.start() != 0) {
            throw InvalidArgumentException.of("start of the estimate", estimate.start(), "0");
        }
        Builder builder = builder(unit, estimate.states()).horizon(estimate.horizon());
        estimate.startDistribution().forEach((state, share) -> {
            if (share > 0) {
                builder.start(state, Math.min(1, share));
            }
        });
        for (String from : estimate.states()) {
            for (String to : estimate.states()) {
                if (!from.equals(to)) {
                    TransitionHazard hazard = estimate.hazard(from, to);
                    builder.transition(from, to, hazard.jumpTimes(), hazard.jumps());
                }
            }
        }
        return builder.build();
    }

    /**
     * An empty model, to be filled.
     *
     * @param unit the unit of all times
     * @param states the names of the states, distinct, at least one
     * @return a builder
     */
    public static Builder builder(DurationUnit unit, List<String> states) {
        return new Builder(unit, states);
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
     * The names of the states.
     *
     * @return in the order given
     */
    public List<String> states() {
        return states;
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
     * The last time up to which hazards are known.
     *
     * @return the time; infinity where nothing can happen after the last step
     */
    public double horizon() {
        return horizon;
    }

    /**
     * The transitions that happen.
     *
     * @return by the names of their states, in the order of the states
     */
    public List<Transition> transitions() {
        return steps.stream()
                .map(s -> new Transition(states.get(s.from), states.get(s.to)))
                .toList();
    }

    /**
     * When a transition can happen.
     *
     * @param from the state that is left
     * @param to the state that is entered
     * @return the times of its steps, ascending; none where it never happens
     * @throws InvalidArgumentException when a state is unknown
     */
    public double[] times(String from, String to) {
        return of(from, to).times.clone();
    }

    /**
     * The steps of a transition's cumulative hazard.
     *
     * @param from the state that is left
     * @param to the state that is entered
     * @return one a time of {@link #times}
     * @throws InvalidArgumentException when a state is unknown
     */
    public double[] jumps(String from, String to) {
        return of(from, to).jumps.clone();
    }

    private StepProduct.Steps of(String from, String to) {
        int j = index(from);
        int m = index(to);
        return steps.stream()
                .filter(s -> s.from == j && s.to == m)
                .findFirst()
                .orElse(new StepProduct.Steps(j, m, new double[0], new double[0]));
    }

    int index(String state) {
        int at = states.indexOf(state);
        if (at < 0) {
            throw InvalidArgumentException.of("state", state, "one of " + states);
        }
        return at;
    }

    List<StepProduct.Steps> steps() {
        return steps;
    }

    /**
     * The steps, one row a transition and time.
     *
     * @return columns from, to, time, jump
     */
    @Override
    public TidyTable tidy() {
        TidyTable.Builder table =
                TidyTable.builder().text("from").text("to").number("time").number("jump");
        for (StepProduct.Steps s : steps) {
            for (int x = 0; x < s.times.length; x++) {
                table.row(states.get(s.from), states.get(s.to), s.times[x], s.jumps[x]);
            }
        }
        return table.build();
    }

    @Override
    public String toString() {
        return "model of step hazards in " + unit.label() + " up to " + Brief.number(horizon) + ", states "
                + Brief.list(states);
    }

    /** Collects starts and transitions. Not for use by several threads. */
    public static final class Builder {

        private final DurationUnit unit;
        private final List<String> states;
        private final Map<String, Double> starts = new LinkedHashMap<>();
        private final List<StepProduct.Steps> steps = new ArrayList<>();
        private double horizon = Double.POSITIVE_INFINITY;

        private Builder(DurationUnit unit, List<String> states) {
            if (states.isEmpty() || new HashSet<>(states).size() != states.size()) {
                throw InvalidArgumentException.of("states", states, "one or more, distinct");
            }
            this.unit = unit;
            this.states = List.copyOf(states);
        }

        private int index(String what, String state) {
            int at = states.indexOf(state);
            if (at < 0) {
                throw InvalidArgumentException.of(what, state, "one of " + states);
            }
            return at;
        }

        /**
         * Some patients start in a state.
         *
         * @param state its name
         * @param probability their share, in (0, 1]; all shares sum to 1
         * @return this builder
         * @throws InvalidArgumentException when the state is unknown or given before, or the share is not in (0, 1]
         */
        public Builder start(String state, double probability) {
            index("start", state);
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
         * The steps of a transition's cumulative hazard.
         *
         * @param from the state that is left
         * @param to the state that is entered, another one
         * @param times when it rises: positive, finite, ascending; where there are none it never happens
         * @param jumps by how much: for each time a number in (0, 1]
         * @return this builder
         * @throws InvalidArgumentException when a state is unknown, the states are the same, the transition was given
         *     before, or a time or step is not of that kind
         */
        public Builder transition(String from, String to, double[] times, double[] jumps) {
            int j = index("origin of a transition", from);
            int m = index("target of a transition", to);
            Transition name = new Transition(from, to);
            if (j == m) {
                throw InvalidArgumentException.of("transition", name, "two states");
            }
            if (steps.stream().anyMatch(s -> s.from == j && s.to == m)) {
                throw new InvalidArgumentException("transition " + name + " is given twice; allowed: each once");
            }
            Require.sameLength("jumps of " + name, jumps.length, "times", times.length);
            for (int x = 0; x < times.length; x++) {
                double before = x == 0 ? 0 : times[x - 1];
                if (!(times[x] > before && times[x] < Double.POSITIVE_INFINITY)) {
                    throw InvalidArgumentException.of(
                            "time " + (x + 1) + " of " + name, times[x], before + " < time < infinity");
                }
                if (!(jumps[x] > 0 && jumps[x] <= 1)) {
                    throw InvalidArgumentException.of("jump of " + name + " at " + times[x], jumps[x], "0 < jump <= 1");
                }
            }
            if (times.length > 0) {
                steps.add(new StepProduct.Steps(j, m, times.clone(), jumps.clone()));
            }
            return this;
        }

        /**
         * The last time up to which hazards are known, infinity unless said.
         *
         * @param time not before the last step; infinity where nothing can happen after it
         * @return this builder
         */
        public Builder horizon(double time) {
            if (!(time > 0)) {
                throw InvalidArgumentException.of("horizon", time, "0 < horizon");
            }
            this.horizon = time;
            return this;
        }

        /**
         * Checks the whole and makes the model.
         *
         * @return the model
         * @throws InvalidArgumentException when the shares at the start do not sum to 1, the steps out of a state at one
         *     time sum to more than 1, or a step lies after the horizon
         */
        public EmpiricalMultiStateModel build() {
            double sum = starts.values().stream().mapToDouble(p -> p).sum();
            if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
                throw new InvalidArgumentException(
                        "the probabilities to start " + starts + " sum to " + sum + "; allowed: a sum of 1");
            }
            for (int j = 0; j < states.size(); j++) {
                checkSum(j);
            }
            return new EmpiricalMultiStateModel(this);
        }

        private void checkSum(int state) {
            Map<Double, Double> sums = new LinkedHashMap<>();
            for (StepProduct.Steps s : steps) {
                for (int x = 0; s.from == state && x < s.times.length; x++) {
                    sums.merge(s.times[x], s.jumps[x], Double::sum);
                }
            }
            for (double t : new TreeSet<>(sums.keySet())) {
                double sum = sums.getOrDefault(t, 0.0);
                if (!(sum <= 1 + SUM_TOLERANCE)) {
                    throw new InvalidArgumentException("the steps out of state '" + states.get(state) + "' at " + t
                            + " sum to " + sum + "; allowed: a sum of 1 at most");
                }
                if (t > horizon) {
                    throw InvalidArgumentException.of(
                            "step out of state '" + states.get(state) + "'", t, "time <= horizon, which is " + horizon);
                }
            }
        }
    }
}
