package io.engraft.multistate;

import io.engraft.InvalidArgumentException;
import io.engraft.data.DurationUnit;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.internal.Brief;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A semi-Markov model. On entry into a state the clock starts at zero, one of its fates is drawn by their
 * probabilities, and then the time until it by that fate's law; the fate leads to the next state, or never ends. A state
 * without fates is never left. Immutable.
 */
public final class FateModel implements Tabular {

    private final String start;
    private final DurationUnit unit;
    private final Map<String, FateState> states;

    private FateModel(String start, DurationUnit unit, Map<String, FateState> states) {
        this.start = start;
        this.unit = unit;
        this.states = states;
    }

    /**
     * A model from its states.
     *
     * @param start the state in which every patient is at time 0
     * @param unit the unit of all times of the laws
     * @param states the states, each name once
     * @return the model
     * @throws InvalidArgumentException when a name is given twice, or the start or a destination is not a state
     */
    public static FateModel of(String start, DurationUnit unit, List<FateState> states) {
        Map<String, FateState> byName = new LinkedHashMap<>();
        for (FateState state : states) {
            if (byName.put(state.name(), state) != null) {
                throw new InvalidArgumentException(
                        "state '" + state.name() + "' is given twice; allowed: each name once");
            }
        }
        if (!byName.containsKey(start)) {
            throw InvalidArgumentException.of("start", start, "one of the states " + byName.keySet());
        }
        for (FateState state : states) {
            for (Fate fate : state.fates()) {
                String to = fate.to();
                if (to != null && !byName.containsKey(to)) {
                    throw InvalidArgumentException.of(
                            "destination of fate '" + fate.event() + "' of state '" + state.name() + "'",
                            to,
                            "one of the states " + byName.keySet());
                }
            }
        }
        return new FateModel(start, unit, byName);
    }

    /**
     * The state at time 0.
     *
     * @return its name
     */
    public String start() {
        return start;
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
     * The states.
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
     * The events: the names of all fates that leave a state.
     *
     * @return each once, in the order of the states
     */
    public List<String> events() {
        Set<String> events = new LinkedHashSet<>();
        for (FateState state : states.values()) {
            state.fates().stream().filter(Fate::leaves).map(Fate::event).forEach(events::add);
        }
        return List.copyOf(events);
    }

    /**
     * Whether no state can be entered twice.
     *
     * @return true where there is no way back to a state, by any fate
     */
    public boolean isProgressive() {
        return cycle().isEmpty();
    }

    /** A way from a state back to itself, or an empty list. */
    List<String> cycle() {
        Set<String> done = new LinkedHashSet<>();
        for (String name : states.keySet()) {
            List<String> found = cycle(name, new ArrayList<>(), done);
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }

    private List<String> cycle(String name, List<String> way, Set<String> done) {
        int seen = way.indexOf(name);
        if (seen >= 0) {
            List<String> loop = new ArrayList<>(way.subList(seen, way.size()));
            loop.add(name);
            return loop;
        }
        if (done.contains(name)) {
            return List.of();
        }
        way.add(name);
        for (Fate fate : state(name).fates()) {
            String to = fate.to();
            if (to != null) {
                List<String> found = cycle(to, way, done);
                if (!found.isEmpty()) {
                    return found;
                }
            }
        }
        way.remove(way.size() - 1);
        done.add(name);
        return List.of();
    }

    /**
     * The model as a table: one row a fate.
     *
     * @return columns state, alive, sample_size, event, to, probability, law, parameters
     */
    @Override
    public TidyTable tidy() {
        TidyTable.Builder table = TidyTable.builder()
                .text("state")
                .text("alive")
                .count("sample_size")
                .text("event")
                .text("to")
                .number("probability")
                .text("law")
                .text("parameters");
        for (FateState state : states.values()) {
            String alive = state.alive() ? "yes" : "no";
            Integer patients = state.sampleSize() == 0 ? null : state.sampleSize();
            if (state.fates().isEmpty()) {
                table.row(state.name(), alive, patients, null, null, null, null, null);
            }
            for (Fate fate : state.fates()) {
                var law = fate.law();
                table.row(
                        state.name(),
                        alive,
                        patients,
                        fate.event(),
                        fate.to(),
                        fate.probability(),
                        law == null ? null : law.name(),
                        law == null ? null : law.parameters().toString());
            }
        }
        return table.build();
    }

    @Override
    public String toString() {
        return "model of fates in " + unit.label() + ", start " + start + ", states " + Brief.list(stateNames());
    }
}
