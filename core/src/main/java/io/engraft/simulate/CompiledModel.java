package io.engraft.simulate;

import io.engraft.InvalidArgumentException;
import io.engraft.law.LawOfTime;
import io.engraft.multistate.Fate;
import io.engraft.multistate.FateModel;
import io.engraft.multistate.FateState;
import io.engraft.multistate.FateTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model as flat arrays. A slot is a fate that a patient can be waiting for; a point is a place where a fate is drawn
 * and holds a run of slots. For a progressive model the slots are the branches of its {@link FateTree}, so that counts by
 * slot can be given other fate probabilities afterwards; for a model with loops they are the fates of each state.
 */
final class CompiledModel {

    final FateModel model;
    final @Nullable FateTree tree;
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
        this.model = model;
        this.tree = tree;
        this.states = model.stateNames();
        this.events = model.events();
        this.pointStart = pointStart;
        int n = slots.size();
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

    private record Slot(String state, Fate fate, int next, boolean first) {}

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
            slots.add(new Slot(branch.state(), branch.fate(), next, branch.first()));
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
                slots.add(new Slot(state.name(), fate, to == null ? -1 : points.indexOf(to), false));
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
}
