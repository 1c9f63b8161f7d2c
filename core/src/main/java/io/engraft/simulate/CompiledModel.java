package io.engraft.simulate;

import io.engraft.InvalidArgumentException;
import io.engraft.data.DurationUnit;
import io.engraft.internal.PatientStream;
import io.engraft.law.LawOfTime;
import io.engraft.multistate.Fate;
import io.engraft.multistate.FateModel;
import io.engraft.multistate.FateState;
import io.engraft.multistate.FateTree;
import io.engraft.multistate.HazardTransition;
import io.engraft.multistate.MultiStateModel;
import io.engraft.multistate.solve.EmpiricalMultiStateModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A model as flat arrays. A slot is a fate that a patient can be waiting for; a point is a place where a fate is drawn
 * and holds a run of slots. For a progressive model the slots are the branches of its {@link FateTree}, so that counts by
 * slot can be given other fate probabilities afterwards; for a model with loops they are the fates of each state.
 */
final class CompiledModel {

    /** The model of fates, where it is one. */
    final @Nullable FateModel fates;
    /** The model, where it is not one of fates alone. */
    final @Nullable MultiStateModel general;

    /** The model, where it is one of step hazards. */
    private final @Nullable EmpiricalMultiStateModel empirical;
    /** How each point of such a model is left, null where it is not; empty for other models. */
    private final @Nullable StepDraws[] stepDraws;

    final @Nullable FateTree tree;
    /** The points at which patients start, and upper ends of their shares of [0, 1); the last one is infinity. */
    final int[] startPoints;

    final double[] startShares;
    /** Slots whose times compete: those of a point that is left by hazards; null elsewhere. */
    final @Nullable LatentTime[] latent;

    final List<String> states;
    final List<String> events;
    /** Slots of point q: from pointStart[q] up to pointStart[q + 1]. */
    final int[] pointStart;
    /** Upper ends of the slots' shares of [0, 1) within their point; the last one is infinity. */
    final double[] cumulative;

    final @Nullable LawOfTime[] laws;
    final int[] next;
    final int[] state;
    /** The event at the slot's end, -1 where it does not end. */
    final int[] event;
    /** Whether that event cannot have happened before; only for progressive models. */
    final boolean[] first;

    private CompiledModel(FateModel model, @Nullable FateTree tree, List<Slot> slots, int[] pointStart) {
        this(model, null, null, tree, model.stateNames(), model.events(), slots, pointStart, new int[1], new double[1]);
    }

    private CompiledModel(
            @Nullable FateModel fates,
            @Nullable MultiStateModel general,
            @Nullable EmpiricalMultiStateModel empirical,
            @Nullable FateTree tree,
            List<String> states,
            List<String> events,
            List<Slot> slots,
            int[] pointStart,
            int[] startPoints,
            double[] startShares) {
        this.fates = fates;
        this.general = general;
        this.empirical = empirical;
        this.stepDraws = empirical == null
                ? new @Nullable StepDraws[0]
                : states.stream().map(state -> StepDraws.of(empirical, state)).toArray(StepDraws[]::new);
        this.tree = tree;
        this.states = states;
        this.events = events;
        this.pointStart = pointStart;
        this.startPoints = startPoints;
        this.startShares = startShares;
        startShares[startShares.length - 1] = Double.POSITIVE_INFINITY;
        int n = slots.size();
        this.latent = new @Nullable LatentTime[n];
        this.cumulative = new double[n];
        this.laws = new @Nullable LawOfTime[n];
        this.next = new int[n];
        this.state = new int[n];
        this.event = new int[n];
        this.first = new boolean[n];
        for (int q = 0; q + 1 < pointStart.length; q++) {
            double sum = 0;
            for (int j = pointStart[q]; j < pointStart[q + 1]; j++) {
                Slot slot = slots.get(j);
                sum += slot.fate.probability();
                cumulative[j] = sum;
                laws[j] = slot.fate.law();
                next[j] = slot.next;
                state[j] = states.indexOf(slot.state);
                event[j] = slot.fate.leaves() ? events.indexOf(slot.fate.event()) : -1;
                first[j] = slot.first;
                latent[j] = slot.latent;
            }
            closeShares(pointStart[q], pointStart[q + 1]);
        }
    }

    /** Rounding must not leave a gap below 1, nor give it to a fate that cannot happen. */
    private void closeShares(int from, int to) {
        double end = cumulative[to - 1];
        for (int j = to - 1; j >= from && cumulative[j] == end; j--) {
            cumulative[j] = Double.POSITIVE_INFINITY;
        }
    }

    /** A competing hazard is written as a fate of probability 0: it is not drawn, its time is. */
    private record Slot(
            String state,
            Fate fate,
            int next,
            boolean first,
            @Nullable LatentTime latent) {}

    DurationUnit unit() {
        if (fates != null) {
            return fates.unit();
        }
        return general != null
                ? general.unit()
                : Objects.requireNonNull(empirical).unit();
    }

    static CompiledModel of(MultiStateModel model, double horizon) {
        FateModel fates = model.fateModel().orElse(null);
        return fates == null ? ofGeneral(model, horizon) : of(fates);
    }

    private static CompiledModel ofGeneral(MultiStateModel model, double horizon) {
        List<String> names = model.stateNames();
        List<Integer> starts = new ArrayList<>();
        List<Slot> slots = new ArrayList<>();
        for (FateState state : model.states()) {
            starts.add(slots.size());
            for (Fate fate : state.fates()) {
                String to = fate.to();
                slots.add(new Slot(state.name(), fate, to == null ? -1 : names.indexOf(to), false, null));
            }
            for (HazardTransition t : model.transitionsFrom(state.name())) {
                LatentTime time = new LatentTime(t.law(), model.multiplier(t), t.clock(), horizon);
                Fate fate = Fate.leaves(t.event(), t.to(), 0, t.law());
                slots.add(new Slot(state.name(), fate, names.indexOf(t.to()), false, time));
            }
            if (model.isAbsorbing(state.name()) && state.fates().isEmpty()) {
                slots.add(new Slot(state.name(), Fate.stays("stays", 1), -1, false, null));
            }
        }
        starts.add(slots.size());
        double[] shares = new double[model.starts().size()];
        int[] points = starts(model.starts(), names, shares);
        return new CompiledModel(
                null, model, null, null, names, model.events(), slots, toArray(starts), points, shares);
    }

    /** The places of the states to start in; takes the upper ends of their shares. */
    private static int[] starts(Map<String, Double> starts, List<String> names, double[] shares) {
        int[] points = new int[shares.length];
        double sum = 0;
        int k = 0;
        for (Map.Entry<String, Double> start : starts.entrySet()) {
            points[k] = names.indexOf(start.getKey());
            sum += start.getValue();
            shares[k++] = sum;
        }
        return points;
    }

    /** Slots are the targets of each state, which are also its events. */
    static CompiledModel of(EmpiricalMultiStateModel model) {
        List<String> names = model.states();
        Set<String> entered = new LinkedHashSet<>();
        model.transitions().forEach(t -> entered.add(t.to()));
        List<String> events = names.stream().filter(entered::contains).toList();
        List<Integer> pointStarts = new ArrayList<>();
        List<Slot> slots = new ArrayList<>();
        for (String state : names) {
            pointStarts.add(slots.size());
            List<String> targets = StepDraws.targets(model, state);
            for (String to : targets) {
                slots.add(new Slot(state, Fate.stays(to, 0), names.indexOf(to), false, null));
            }
            if (targets.isEmpty()) {
                slots.add(new Slot(state, Fate.stays("stays", 1), -1, false, null));
            }
        }
        pointStarts.add(slots.size());
        double[] shares = new double[model.starts().size()];
        int[] points = starts(model.starts(), names, shares);
        CompiledModel compiled =
                new CompiledModel(null, null, model, null, names, events, slots, toArray(pointStarts), points, shares);
        for (int j = 0; j < compiled.event.length; j++) {
            int to = compiled.next[j];
            compiled.event[j] = to < 0 ? -1 : events.indexOf(names.get(to));
        }
        return compiled;
    }

    static CompiledModel of(FateModel model) {
        if (!model.isProgressive()) {
            return ofStates(model);
        }
        FateTree tree;
        try {
            tree = FateTree.of(model);
        } catch (InvalidArgumentException tooManyWays) {
            return ofStates(model);
        }
        return ofTree(model, tree);
    }

    private static CompiledModel ofTree(FateModel model, FateTree tree) {
        List<FateTree.Branch> branches = tree.branches();
        List<Integer> starts = new ArrayList<>();
        Map<Integer, Integer> pointOfParent = new HashMap<>();
        for (FateTree.Branch branch : branches) {
            if (pointOfParent.putIfAbsent(branch.parent(), starts.size()) == null) {
                starts.add(branch.index());
            }
        }
        List<Slot> slots = new ArrayList<>();
        for (FateTree.Branch branch : branches) {
            int next = pointOfParent.getOrDefault(branch.index(), -1);
            slots.add(new Slot(branch.state(), branch.fate(), next, branch.first(), null));
        }
        starts.add(slots.size());
        return new CompiledModel(model, tree, slots, toArray(starts));
    }

    private static CompiledModel ofStates(FateModel model) {
        List<FateState> states = new ArrayList<>(model.states());
        // The start comes first: paths begin at point 0.
        FateState start = model.state(model.start());
        states.remove(start);
        states.add(0, start);
        List<String> points = states.stream().map(FateState::name).toList();
        List<Integer> starts = new ArrayList<>();
        List<Slot> slots = new ArrayList<>();
        for (FateState state : states) {
            starts.add(slots.size());
            List<Fate> fates = state.fates().isEmpty() ? List.of(Fate.stays("stays", 1)) : state.fates();
            for (Fate fate : fates) {
                String to = fate.to();
                slots.add(new Slot(state.name(), fate, to == null ? -1 : points.indexOf(to), false, null));
            }
        }
        starts.add(slots.size());
        return new CompiledModel(model, null, slots, toArray(starts));
    }

    private static int[] toArray(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }

    int slots() {
        return next.length;
    }

    /** The slot that a uniform chooses at a point. */
    int choose(int point, double uniform) {
        int j = pointStart[point];
        while (uniform >= cumulative[j]) {
            j++;
        }
        return j;
    }

    boolean isEmpirical() {
        return empirical != null;
    }

    /** The states, with their fates. */
    List<FateState> stateList() {
        EmpiricalMultiStateModel steps = empirical;
        if (steps != null) {
            return steps.states().stream()
                    .map(name -> FateState.absorbing(name, true))
                    .toList();
        }
        MultiStateModel own = general;
        FateModel model = fates;
        return own != null ? own.states() : model == null ? List.of() : model.states();
    }

    /** Where a patient starts; a uniform is drawn only where there is a choice. */
    int startPoint(PatientStream stream) {
        if (startPoints.length == 1) {
            return startPoints[0];
        }
        double uniform = stream.next();
        int k = 0;
        while (uniform >= startShares[k]) {
            k++;
        }
        return startPoints[k];
    }

    /** The slot by which a point is left after {@code now}, and when, into {@code then}. */
    int leave(int point, double now, PatientStream stream, double[] then) {
        int from = pointStart[point];
        if (empirical != null) {
            StepDraws draws = stepDraws[point];
            then[0] = Double.POSITIVE_INFINITY;
            return draws == null ? from : from + draws.leave(now, stream, then);
        }
        if (latent[from] == null) {
            int slot = choose(point, stream.next());
            double uniform = stream.next();
            LawOfTime law = laws[slot];
            then[0] = law == null ? Double.POSITIVE_INFINITY : now + law.sample(uniform);
            return slot;
        }
        int earliest = from;
        double time = Double.POSITIVE_INFINITY;
        for (int j = from; j < pointStart[point + 1]; j++) {
            LatentTime own = latent[j];
            double candidate = own == null ? Double.POSITIVE_INFINITY : own.after(now, stream.next());
            if (candidate < time) {
                time = candidate;
                earliest = j;
            }
        }
        then[0] = time;
        return earliest;
    }

    /** The ways from state to state, in the order of the model. */
    List<Way> ways() {
        List<Way> ways = new ArrayList<>();
        EmpiricalMultiStateModel steps = empirical;
        if (steps != null) {
            steps.transitions().forEach(t -> ways.add(new Way(t.from(), t.to(), t.to())));
            return ways;
        }
        for (FateState state : stateList()) {
            for (Fate fate : state.fates()) {
                String to = fate.to();
                if (to != null) {
                    ways.add(new Way(state.name(), fate.event(), to));
                }
            }
            MultiStateModel own = general;
            if (own != null) {
                own.transitionsFrom(state.name()).forEach(t -> ways.add(new Way(t.from(), t.event(), t.to())));
            }
        }
        return ways;
    }

    /** A way from one state to another. */
    record Way(String from, String event, String to) {}
}
