package io.engraft.regression.internal.risk;

/**
 * Sums over rows that each cover a range of places, and sums over the places that a row covers, without a subtraction: a
 * row that is large while it is there leaves no rounding behind. Ranges that begin at the first place of their stratum are
 * one running sum; the others are parted into the nodes of a binary tree over all places.
 *
 * <p>Values are vectors of one width, place by place. A range must not go beyond its stratum.
 */
final class RangeSums {

    private final int places;
    /** By stratum the first place, and at the end the number of places. */
    private final int[] begin;

    private final Vectors running;
    /** Of the tree; empty where every range begins with its stratum. */
    private final Vectors node;

    private final boolean late;

    /**
     * Sums of 0.
     *
     * @param late whether there are ranges that begin later than their stratum
     * @param wide whether what is added spans more than a double holds
     */
    RangeSums(int[] begin, int width, boolean late, boolean wide) {
        this.begin = begin;
        this.places = begin[begin.length - 1];
        this.late = late;
        this.running = new Vectors(places, width, wide);
        this.node = new Vectors(late ? 2 * places : 0, width, wide);
    }

    /** Adds factor times values[0..width-1], of a level, at the places first to last. */
    void add(boolean fromBegin, int first, int last, double factor, int level, double[] values) {
        if (fromBegin) {
            running.add(last, factor, values, 0, level);
            return;
        }
        int low = first + places;
        int high = last + places + 1;
        while (low < high) {
            if ((low & 1) == 1) {
                node.add(low++, factor, values, 0, level);
            }
            if ((high & 1) == 1) {
                node.add(--high, factor, values, 0, level);
            }
            low >>= 1;
            high >>= 1;
        }
    }

    /** By place, the sum over the rows that cover it; what was added is used up. */
    Vectors atPlaces() {
        for (int s = 0; s + 1 < begin.length; s++) {
            for (int k = begin[s + 1] - 2; k >= begin[s]; k--) {
                running.add(k, 1, running, k + 1);
            }
        }
        if (late) {
            // A node's rows are there at all places below it.
            for (int v = 2; v < 2 * places; v++) {
                node.add(v, 1, node, v >> 1);
            }
            for (int k = 0; k < places; k++) {
                running.add(k, 1, node, places + k);
            }
        }
        return running;
    }

    /** Lays values out by place, for {@link #over}. */
    void lay(Vectors values) {
        for (int k = 0; k < places; k++) {
            running.set(k, values, k);
        }
        for (int s = 0; s + 1 < begin.length; s++) {
            for (int k = begin[s] + 1; k < begin[s + 1]; k++) {
                running.add(k, 1, running, k - 1);
            }
        }
        if (late) {
            for (int k = 0; k < places; k++) {
                node.set(places + k, values, k);
            }
            for (int v = places - 1; v >= 1; v--) {
                node.set(v, node, 2 * v);
                node.add(v, 1, node, 2 * v + 1);
            }
        }
    }

    /**
     * The sum of what was laid out where a row is at risk, and where it lingers, at the level by which products with numbers
     * of the row's level are at level 0.
     *
     * @param tails what was laid out, as sums for those who linger; not read where nobody does
     * @param level of the row
     */
    void met(RiskRows risk, int row, Vectors tails, int level, Vectors sum) {
        if (risk.isAtRisk(row)) {
            over(risk.fromBegin(row), risk.first[row], risk.last[row], sum);
        } else {
            sum.clear(0);
        }
        if (risk.lingering != null) {
            risk.lingering.addMet(row, tails, sum);
        }
        sum.settle(0, -level);
    }

    /** The sum of what was laid out at the places first to last. */
    void over(boolean fromBegin, int first, int last, Vectors sum) {
        if (fromBegin) {
            sum.set(0, running, last);
            return;
        }
        sum.clear(0);
        int low = first + places;
        int high = last + places + 1;
        while (low < high) {
            if ((low & 1) == 1) {
                sum.add(0, 1, node, low++);
            }
            if ((high & 1) == 1) {
                sum.add(0, 1, node, --high);
            }
            low >>= 1;
            high >>= 1;
        }
    }
}
