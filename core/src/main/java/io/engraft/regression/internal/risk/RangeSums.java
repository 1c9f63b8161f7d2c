package io.engraft.regression.internal.risk;

import java.util.Arrays;

/**
 * Sums over rows that each cover a range of places, and sums over the places that a row covers, without a subtraction: a
 * row that is large while it is there leaves no rounding behind. Ranges that begin at the first place of their stratum are
 * one running sum; the others are parted into the nodes of a binary tree over all places.
 *
 * <p>Values are vectors of one width, place by place. A range must not go beyond its stratum.
 */
final class RangeSums {

    private final int places;
    private final int width;
    /** By stratum the first place, and at the end the number of places. */
    private final int[] begin;

    private final double[] running;
    /** Of the tree; empty where every range begins with its stratum. */
    private final double[] node;

    /**
     * Sums of 0.
     *
     * @param late whether there are ranges that begin later than their stratum
     */
    RangeSums(int[] begin, int width, boolean late) {
        this.begin = begin;
        this.places = begin[begin.length - 1];
        this.width = width;
        this.running = new double[places * width];
        this.node = new double[late ? 2 * places * width : 0];
    }

    /** Adds factor times values[at..at+width-1] at the places first to last. */
    void add(boolean fromBegin, int first, int last, double factor, double[] values, int at) {
        if (fromBegin) {
            addTo(running, last * width, factor, values, at);
            return;
        }
        int low = first + places;
        int high = last + places + 1;
        while (low < high) {
            if ((low & 1) == 1) {
                addTo(node, width * low++, factor, values, at);
            }
            if ((high & 1) == 1) {
                addTo(node, width * --high, factor, values, at);
            }
            low >>= 1;
            high >>= 1;
        }
    }

    private void addTo(double[] sums, int base, double factor, double[] values, int at) {
        for (int j = 0; j < width; j++) {
            sums[base + j] += factor * values[at + j];
        }
    }

    /** By place, the sum over the rows that cover it; what was added is used up. */
    double[] atPlaces() {
        for (int s = 0; s + 1 < begin.length; s++) {
            for (int k = begin[s + 1] - 2; k >= begin[s]; k--) {
                for (int j = 0; j < width; j++) {
                    running[k * width + j] += running[(k + 1) * width + j];
                }
            }
        }
        if (node.length > 0) {
            // A node's rows are there at all places below it.
            for (int v = 2; v < 2 * places; v++) {
                for (int j = 0; j < width; j++) {
                    node[v * width + j] += node[(v >> 1) * width + j];
                }
            }
            for (int m = 0; m < running.length; m++) {
                running[m] += node[places * width + m];
            }
        }
        return running;
    }

    /** Lays values out by place, for {@link #over}. */
    void lay(double[] values) {
        System.arraycopy(values, 0, running, 0, values.length);
        for (int s = 0; s + 1 < begin.length; s++) {
            for (int k = begin[s] + 1; k < begin[s + 1]; k++) {
                for (int j = 0; j < width; j++) {
                    running[k * width + j] += running[(k - 1) * width + j];
                }
            }
        }
        if (node.length > 0) {
            System.arraycopy(values, 0, node, places * width, values.length);
            for (int v = places - 1; v >= 1; v--) {
                for (int j = 0; j < width; j++) {
                    node[v * width + j] = node[2 * v * width + j] + node[(2 * v + 1) * width + j];
                }
            }
        }
    }

    /**
     * The sum of what was laid out where a row is at risk, and where it lingers.
     *
     * @param tails what was laid out, as sums for those who linger; not read where nobody does
     */
    void met(RiskRows risk, int row, double[] tails, double[] sum) {
        if (risk.isAtRisk(row)) {
            over(risk.fromBegin(row), risk.first[row], risk.last[row], sum);
        } else {
            Arrays.fill(sum, 0);
        }
        if (risk.lingering != null) {
            risk.lingering.addMet(row, tails, width, sum);
        }
    }

    /** The sum of what was laid out at the places first to last. */
    void over(boolean fromBegin, int first, int last, double[] sum) {
        if (fromBegin) {
            System.arraycopy(running, last * width, sum, 0, width);
            return;
        }
        Arrays.fill(sum, 0);
        int low = first + places;
        int high = last + places + 1;
        while (low < high) {
            if ((low & 1) == 1) {
                addNode(low++, sum);
            }
            if ((high & 1) == 1) {
                addNode(--high, sum);
            }
            low >>= 1;
            high >>= 1;
        }
    }

    private void addNode(int v, double[] sum) {
        for (int j = 0; j < width; j++) {
            sum[j] += node[v * width + j];
        }
    }
}
