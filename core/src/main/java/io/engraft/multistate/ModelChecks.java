package io.engraft.multistate;

import io.engraft.InvalidArgumentException;
import io.engraft.law.LawOfTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** What must hold for a multi-state model as a whole. */
final class ModelChecks {

    private static final double SUM_TOLERANCE = 1e-9;
    /** A time, in units of the model, below which nobody can tell it from none: 86 microseconds where the unit is days. */
    private static final double NO_TIME = 1e-9;

    private ModelChecks() {}

    /** A way from a state to another, by a hazard or a fate. */
    record Step(String from, String to, LawOfTime law) {}

    static void check(MultiStateModel model) {
        List<String> names = model.stateNames();
        if (names.isEmpty()) {
            throw InvalidArgumentException.of("number of states", 0, "at least one");
        }
        checkStarts(model, names);
        checkTransitions(model, names);
        for (FateState state : model.states()) {
            for (Fate fate : state.fates()) {
                String to = fate.to();
                if (to != null) {
                    known("destination of fate '" + fate.event() + "' of state '" + state.name() + "'", to, names);
                }
            }
        }
        checkReach(model, names);
        List<String> timeless = cycle(model, step -> !(step.law().cumulativeProbability(NO_TIME) <= 0.5));
        if (!timeless.isEmpty()) {
            throw new InvalidArgumentException("the cycle " + String.join(" -> ", timeless)
                    + " takes no time: the median time of each of its steps is below " + NO_TIME + " "
                    + model.unit().label()
                    + "; allowed: cycles with a step that takes longer");
        }
    }

    static List<String> notes(MultiStateModel model) {
        List<String> notes = new ArrayList<>();
        for (String state : model.stateNames()) {
            if (model.isAbsorbing(state) && !model.declaredAbsorbing(state)) {
                notes.add("State '" + state + "' has no way out: it is absorbing, though not declared so.");
            }
        }
        return List.copyOf(notes);
    }

    private static void known(String what, String state, List<String> names) {
        if (!names.contains(state)) {
            throw InvalidArgumentException.of(what, state, "one of the states " + names);
        }
    }

    private static void checkStarts(MultiStateModel model, List<String> names) {
        if (model.starts().isEmpty()) {
            throw new InvalidArgumentException("the model has no start; allowed: at least one of the states " + names);
        }
        double sum = 0;
        for (String start : model.starts().keySet()) {
            known("start", start, names);
            sum += model.starts().get(start);
        }
        if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
            throw new InvalidArgumentException(
                    "the probabilities to start " + model.starts() + " sum to " + sum + "; allowed: a sum of 1");
        }
    }

    private static void checkTransitions(MultiStateModel model, List<String> names) {
        Set<List<String>> seen = new HashSet<>();
        for (HazardTransition t : model.transitions()) {
            known("origin of transition '" + t.event() + "'", t.from(), names);
            known("target of transition '" + t.event() + "' from '" + t.from() + "'", t.to(), names);
            String what = "the transition from '" + t.from() + "' to '" + t.to() + "'";
            if (model.declaredAbsorbing(t.from())) {
                throw new InvalidArgumentException(what + " leaves an absorbing state; allowed: transitions from states"
                        + " that are not declared absorbing");
            }
            if (!model.state(t.from()).fates().isEmpty()) {
                throw new InvalidArgumentException(what + " leaves a state that has fates; allowed: fates or"
                        + " transitions by hazards, not both");
            }
            if (!seen.add(List.of(t.from(), t.to()))) {
                throw new InvalidArgumentException(what + " is given twice; allowed: one between two states");
            }
        }
    }

    private static void checkReach(MultiStateModel model, List<String> names) {
        Set<String> reached = new LinkedHashSet<>(model.starts().keySet());
        Deque<String> open = new ArrayDeque<>(reached);
        while (!open.isEmpty()) {
            for (Step step : steps(model, open.remove())) {
                if (reached.add(step.to())) {
                    open.add(step.to());
                }
            }
        }
        for (String name : names) {
            if (!reached.contains(name)) {
                throw new InvalidArgumentException("state '" + name + "' cannot be reached from the start "
                        + model.starts().keySet() + "; allowed: states on a way from there");
            }
        }
    }

    static List<Step> steps(MultiStateModel model, String state) {
        List<Step> steps = new ArrayList<>();
        for (Fate fate : model.state(state).fates()) {
            String to = fate.to();
            LawOfTime law = fate.law();
            if (to != null && law != null) {
                steps.add(new Step(state, to, law));
            }
        }
        model.transitionsFrom(state).forEach(t -> steps.add(new Step(state, t.to(), t.law())));
        return steps;
    }

    /** A way from a state back to itself over steps of some kind, or an empty list. */
    static List<String> cycle(MultiStateModel model, Predicate<Step> kind) {
        Set<String> done = new HashSet<>();
        for (String name : model.stateNames()) {
            List<String> found = cycle(model, kind, name, new ArrayList<>(), done);
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }

    private static List<String> cycle(
            MultiStateModel model, Predicate<Step> kind, String name, List<String> way, Set<String> done) {
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
        for (Step step : steps(model, name)) {
            if (kind.test(step)) {
                List<String> found = cycle(model, kind, step.to(), way, done);
                if (!found.isEmpty()) {
                    return found;
                }
            }
        }
        way.remove(way.size() - 1);
        done.add(name);
        return List.of();
    }
}
