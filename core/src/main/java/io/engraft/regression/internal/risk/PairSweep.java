package io.engraft.regression.internal.risk;

import io.engraft.internal.Parallel;
import java.util.Arrays;

/**
 * Elements in a row, each with a rank, what it weighs to events before it, and what it weighs as an event to elements
 * after it: how much of what comes before or after each element has a lower rank or a higher one.
 *
 * <p>Sums over ranks are held in binary trees (P. M. Fenwick, Software: Practice and Experience 24 (1994), 327-336). A tree
 * over many ranks would not fit a processor's cache, so there is one over ranges of ranks for all elements, and one over the
 * ranks of each range for the elements in it.
 */
final class PairSweep {

    /** Ranks of a range, as a power of two. */
    private static final int RANGE_BITS = 11;

    private static final int RANGE = 1 << RANGE_BITS;
    private static final int LARGE = 1 << 14;

    final int[] rank;
    /** What it weighs to events before it. */
    final long[] weight;
    /** What it weighs as an event; 0 where it is none. */
    final long[] event;
    /** Of events, the weight of what comes after with a lower rank, and with a higher one. */
    final long[] below;

    final long[] above;
    /** The weight of events before of a higher rank less that of a lower one. */
    final long[] net;

    PairSweep(int size) {
        this.rank = new int[size];
        this.weight = new long[size];
        this.event = new long[size];
        this.below = new long[size];
        this.above = new long[size];
        this.net = new long[size];
    }

    /** Sums of whole numbers by rank. */
    private static final class Tree {

        private final long[] node;
        private final long[] at;
        private long total;

        Tree(int ranks) {
            this.node = new long[ranks];
            this.at = new long[ranks];
        }

        void clear() {
            Arrays.fill(node, 0);
            Arrays.fill(at, 0);
            total = 0;
        }

        void add(int key, long value) {
            total += value;
            at[key] += value;
            for (int k = key; k < node.length; k |= k + 1) {
                node[k] += value;
            }
        }

        long below(int key) {
            long sum = 0;
            for (int k = key - 1; k >= 0; k = (k & (k + 1)) - 1) {
                sum += node[k];
            }
            return sum;
        }
    }

    /** Goes through the elements from..to-1, which have ranks from 0 to ranks - 1. */
    void count(int from, int to, int ranks) {
        int[] order = new int[to - from];
        Arrays.setAll(order, x -> from + x);
        int ranges = ((ranks - 1) >> RANGE_BITS) + 1;
        boolean large = order.length >= LARGE;
        if (ranges == 1) {
            Tree tree = new Tree(ranks);
            forwards(order, 0, order.length, 0, tree);
            tree.clear();
            backwards(order, 0, order.length, 0, tree);
            return;
        }
        Parallel.run(large ? 2 : 1, piece -> {
            if (piece == 0) {
                forwards(order, 0, order.length, RANGE_BITS, new Tree(ranges));
            }
            if (piece == 1 || !large) {
                backwards(order, 0, order.length, RANGE_BITS, new Tree(ranges));
            }
        });
        int[] begin = new int[ranges + 1];
        for (int e : order) {
            begin[(rank[e] >> RANGE_BITS) + 1]++;
        }
        for (int r = 0; r < ranges; r++) {
            begin[r + 1] += begin[r];
        }
        int[] parted = new int[order.length];
        int[] next = begin.clone();
        for (int e : order) {
            parted[next[rank[e] >> RANGE_BITS]++] = e;
        }
        int pieces = large ? Math.min(ranges, Parallel.pieces(order.length, LARGE)) : 1;
        Parallel.run(pieces, piece -> {
            Tree tree = new Tree(RANGE);
            for (int r = Parallel.start(ranges, pieces, piece); r < Parallel.start(ranges, pieces, piece + 1); r++) {
                tree.clear();
                forwards(parted, begin[r], begin[r + 1], 0, tree);
                tree.clear();
                backwards(parted, begin[r], begin[r + 1], 0, tree);
            }
        });
    }

    private int key(int element, int shift) {
        return shift == 0 ? rank[element] & (RANGE - 1) : rank[element] >> shift;
    }

    private void forwards(int[] order, int from, int to, int shift, Tree tree) {
        for (int x = from; x < to; x++) {
            int e = order[x];
            int key = key(e, shift);
            net[e] += tree.total - tree.at[key] - 2 * tree.below(key);
            if (event[e] != 0) {
                tree.add(key, event[e]);
            }
        }
    }

    private void backwards(int[] order, int from, int to, int shift, Tree tree) {
        for (int x = to - 1; x >= from; x--) {
            int e = order[x];
            int key = key(e, shift);
            if (event[e] != 0) {
                long lower = tree.below(key);
                below[e] += lower;
                above[e] += tree.total - lower - tree.at[key];
            }
            tree.add(key, weight[e]);
        }
    }
}
