package io.engraft.simulate;

import io.engraft.curve.IncidenceFunction;
import io.engraft.curve.PointEstimate;
import io.engraft.data.TidyTable;
import io.engraft.multistate.FateState;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The tables of a result. */
final class SimulationTables {

    private SimulationTables() {}

    static List<String> notes(SimulationResult result) {
        List<FateState> withFates =
                result.stateList().stream().filter(s -> !s.fates().isEmpty()).toList();
        if (result.draws() == 0) {
            return List.of("Intervals hold simulation error only, which more patients reduce; all numbers of the model"
                    + " are taken as known.");
        }
        String drawn = withFates.stream()
                .filter(s -> s.sampleSize() > 0)
                .map(s -> s.name() + " (n = " + s.sampleSize() + ")")
                .collect(Collectors.joining(", "));
        String fixed = withFates.stream()
                .filter(s -> s.sampleSize() == 0)
                .map(FateState::name)
                .collect(Collectors.joining(", "));
        return List.of("Intervals hold simulation error and " + result.draws() + " draws of the fate probabilities of "
                + drawn + ". Taken as known: all laws of time"
                + (fixed.isEmpty() ? "." : ", and the fate probabilities of " + fixed + "."));
    }

    static TidyTable states(SimulationResult result) {
        TidyTable.Builder table = probabilities("state");
        for (String state : result.states()) {
            for (double t : result.times()) {
                row(table, result, state, t, result.probabilityAt(state, t));
            }
        }
        return table.build();
    }

    static TidyTable incidence(SimulationResult result) {
        TidyTable.Builder table = probabilities("event");
        for (String event : result.events()) {
            IncidenceFunction incidence = result.incidence(event);
            for (double t : result.times()) {
                row(table, result, event, t, incidence.incidenceAt(t));
            }
        }
        return table.build();
    }

    private static TidyTable.Builder probabilities(String of) {
        return TidyTable.builder()
                .text(of)
                .number("time")
                .number("probability")
                .number("std_error")
                .number("monte_carlo_error")
                .number("lower")
                .number("upper");
    }

    private static void row(TidyTable.Builder table, SimulationResult result, String name, double t, PointEstimate p) {
        table.row(
                name,
                t,
                p.estimate(),
                p.standardError().orElse(Double.NaN),
                result.monteCarloError(p.estimate()),
                p.interval().lower().orElse(Double.NaN),
                p.interval().upper().orElse(Double.NaN));
    }

    static TidyTable meanTimes(SimulationResult result) {
        TidyTable.Builder table = TidyTable.builder()
                .text("state")
                .number("horizon")
                .number("mean_time")
                .number("std_error")
                .number("lower")
                .number("upper");
        for (String state : result.states()) {
            PointEstimate mean = result.meanTime(state);
            table.row(
                    state,
                    result.horizon(),
                    mean.estimate(),
                    mean.standardError().orElse(Double.NaN),
                    mean.interval().lower().orElse(Double.NaN),
                    mean.interval().upper().orElse(Double.NaN));
        }
        return table.build();
    }

    static TidyTable transitionTable(SimulationResult result) {
        TidyTable.Builder table =
                TidyTable.builder().text("from").text("event").text("to").count("count");
        for (SimulationResult.TransitionCount t : result.transitions()) {
            table.row(t.from(), t.event(), t.to(), t.count());
        }
        return table.build();
    }

    static List<SimulationResult.TransitionCount> transitions(CompiledModel model, PathTally tally) {
        List<SimulationResult.TransitionCount> transitions = new ArrayList<>();
        for (CompiledModel.Way way : model.ways()) {
            transitions.add(
                    new SimulationResult.TransitionCount(way.from(), way.event(), way.to(), count(model, tally, way)));
        }
        return transitions;
    }

    private static long count(CompiledModel model, PathTally tally, CompiledModel.Way way) {
        int state = model.states.indexOf(way.from());
        int event = model.events.indexOf(way.event());
        long count = 0;
        for (int slot = 0; slot < model.slots(); slot++) {
            if (model.state[slot] == state && model.event[slot] == event) {
                int next = model.pointStart[model.next[slot]];
                if (model.states.get(model.state[next]).equals(way.to())) {
                    count += tally.ended[slot * tally.stride + tally.stride - 1];
                }
            }
        }
        return count;
    }
}
