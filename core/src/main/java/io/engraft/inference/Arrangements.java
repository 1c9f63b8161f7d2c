package io.engraft.inference;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Goes through all ways to share out patients to groups, like patients by their number alone. */
final class Arrangements {

    /**
     * Patients who can be exchanged for each other.
     *
     * @param stratum the stratum
     * @param count how many they are
     * @param exit the place of their exit
     * @param entry the place of their entry, -1 from the start
     * @param event whether they have an event
     * @param step the step to take when these are shared out: set for the last of those who leave at a time
     */
    record Kind(int stratum, int count, int exit, int entry, boolean event, PermutedSums.@Nullable Step step) {}

    private final int groups;
    private final List<Kind> kinds;
    private final List<int[]> sizes;
    private final double threshold;
    private final double[][] share;
    private final PermutedSums.Score[] scores;
    private final double[] atRisk;
    private final double[] events;
    private double hits;
    private double all;

    Arrangements(int groups, List<Kind> kinds, List<int[]> sizes, double threshold) {
        this.groups = groups;
        this.kinds = kinds;
        this.sizes = sizes;
        this.threshold = threshold;
        this.share = new double[kinds.size()][groups];
        this.scores = new PermutedSums.Score[kinds.size() + 1];
        Arrays.setAll(scores, k -> new PermutedSums.Score(groups));
        this.atRisk = new double[groups];
        this.events = new double[groups];
    }

    /** The number of assignments that reach the threshold, and of all. */
    double[] count() {
        descend(0, new int[groups], 1);
        return new double[] {hits, all};
    }

    private void descend(int k, int[] left, double ways) {
        if (k == kinds.size()) {
            all += ways;
            hits += scores[k].statistic() >= threshold ? ways : 0;
            return;
        }
        Kind kind = kinds.get(k);
        boolean first = k == 0 || kinds.get(k - 1).stratum() != kind.stratum();
        place(k, 0, kind.count(), first ? sizes.get(kind.stratum()).clone() : left, ways);
    }

    /** Puts what is left of a kind into group g and those after it. */
    private void place(int k, int g, int rest, int[] left, double ways) {
        if (g == groups - 1) {
            if (rest <= left[g]) {
                left[g] -= rest;
                share[k][g] = rest;
                take(k);
                descend(k + 1, left, ways);
                left[g] += rest;
            }
            return;
        }
        int most = Math.min(rest, left[g]);
        double chosen = 1;
        for (int x = 0; x <= most; x++) {
            left[g] -= x;
            share[k][g] = x;
            place(k, g + 1, rest - x, left, ways * chosen);
            left[g] += x;
            // Ways to choose x + 1 of the rest, from those to choose x; whole at every step.
            chosen = chosen * (rest - x) / (x + 1);
        }
    }

    private void take(int k) {
        scores[k + 1].set(scores[k]);
        Kind kind = kinds.get(k);
        PermutedSums.Step step = kind.step();
        if (step == null || step.events() == 0) {
            return;
        }
        Arrays.fill(atRisk, 0);
        Arrays.fill(events, 0);
        for (int j = k; j >= 0 && kinds.get(j).stratum() == kind.stratum(); j--) {
            Kind other = kinds.get(j);
            boolean leavesNow = other.exit() == kind.exit();
            for (int g = 0; g < groups; g++) {
                atRisk[g] += other.entry() < kind.exit() ? share[j][g] : 0;
                events[g] += leavesNow && other.event() ? share[j][g] : 0;
            }
        }
        scores[k + 1].add(step, atRisk, events);
    }

    /** n! / (n_1! ... n_K!). */
    static double multinomial(int n, int[] sizes) {
        double ways = 1;
        int rest = n;
        for (int size : sizes) {
            double chosen = 1;
            for (int x = 0; x < Math.min(size, rest - size); x++) {
                chosen = chosen * (rest - x) / (x + 1);
            }
            ways *= chosen;
            rest -= size;
        }
        return ways;
    }

    /** The number of ways to share out kinds of some sizes to groups of given sizes. */
    static double patterns(int[] kinds, int[] sizes) {
        int last = sizes.length - 1;
        int states = 1;
        int[] stride = new int[last];
        for (int g = 0; g < last; g++) {
            stride[g] = states;
            states *= sizes[g] + 1;
        }
        double[] ways = new double[states];
        ways[0] = 1;
        int placed = 0;
        for (int count : kinds) {
            double[] next = new double[states];
            for (int s = 0; s < states; s++) {
                if (ways[s] > 0) {
                    spread(next, s, ways[s], stride, sizes, 0, count, placed + count);
                }
            }
            ways = next;
            placed += count;
        }
        return ways[states - 1];
    }

    private static void spread(
            double[] next, int state, double ways, int[] stride, int[] sizes, int g, int rest, int placed) {
        if (g == stride.length) {
            int others = 0;
            for (int o = 0; o < g; o++) {
                others += state / stride[o] % (sizes[o] + 1);
            }
            // What is left goes to the last group, if it has room.
            if (placed - others <= sizes[g]) {
                next[state] += ways;
            }
            return;
        }
        int room = sizes[g] - state / stride[g] % (sizes[g] + 1);
        for (int x = 0; x <= Math.min(rest, room); x++) {
            spread(next, state + x * stride[g], ways, stride, sizes, g + 1, rest - x, placed);
        }
    }
}
