package io.engraft.estimate.interval;

import io.engraft.internal.count.ExactSums;
import java.util.Arrays;

/**
 * The intervals that can carry mass, and for each distinct kind of row the range of them that lies within its own. At
 * equal times the order of ends is: closed left (an event seen), right, open left.
 */
final class InnermostIntervals {

    /** Left ends: open, or closed where equal to the right end; minus infinity for [0, right]. */
    final double[] left;

    final double[] right;
    /** First and last interval of each kind of row, ascending. */
    final int[] first;

    final int[] last;
    final double[] weight;

    private InnermostIntervals(double[] left, double[] right, int[] first, int[] last, double[] weight) {
        this.left = left;
        this.right = right;
        this.first = first;
        this.last = last;
        this.weight = weight;
    }

    private record End(double time, int kind, int row) implements Comparable<End> {

        static final int SEEN = 0;
        static final int RIGHT = 1;
        static final int OPEN = 2;

        @Override
        public int compareTo(End other) {
            int byTime = Double.compare(time, other.time);
            return byTime != 0 ? byTime : Integer.compare(kind, other.kind);
        }
    }

    static InnermostIntervals of(double[] left, double[] right, double[] weight) {
        int n = left.length;
        End[] ends = new End[2 * n];
        int count = 0;
        for (int i = 0; i < n; i++) {
            if (weight[i] > 0) {
                // Left-censored: the event may be at 0 itself.
                double l = left[i] == 0 && right[i] > 0 && right[i] < Double.POSITIVE_INFINITY
                        ? Double.NEGATIVE_INFINITY
                        : left[i] + 0.0;
                boolean seen = left[i] == right[i];
                ends[count++] = new End(l, seen ? End.SEEN : End.OPEN, i);
                ends[count++] = new End(right[i] + 0.0, End.RIGHT, i);
            }
        }
        End[] used = Arrays.copyOf(ends, count);
        Arrays.sort(used);
        double[] from = new double[count];
        double[] to = new double[count];
        int[] firstOf = new int[n];
        int[] lastOf = new int[n];
        int m = 0;
        for (int e = 0; e < count; e++) {
            End end = used[e];
            if (end.kind() == End.RIGHT) {
                if (used[e - 1].kind() != End.RIGHT) {
                    from[m] = used[e - 1].time();
                    to[m] = end.time();
                    m++;
                }
                lastOf[end.row()] = m - 1;
            } else {
                firstOf[end.row()] = m;
            }
        }
        return kinds(Arrays.copyOf(from, m), Arrays.copyOf(to, m), firstOf, lastOf, weight);
    }

    private static InnermostIntervals kinds(double[] from, double[] to, int[] firstOf, int[] lastOf, double[] weight) {
        long[] keys = new long[firstOf.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = weight[i] > 0 ? ((long) firstOf[i] << 32) | lastOf[i] : Long.MAX_VALUE;
        }
        long[] distinct = Arrays.stream(keys)
                .filter(k -> k != Long.MAX_VALUE)
                .sorted()
                .distinct()
                .toArray();
        ExactSums sums = new ExactSums(distinct.length);
        for (int i = 0; i < keys.length; i++) {
            if (weight[i] > 0) {
                sums.add(Arrays.binarySearch(distinct, keys[i]), weight[i]);
            }
        }
        int[] first = Arrays.stream(distinct).mapToInt(k -> (int) (k >>> 32)).toArray();
        int[] last = Arrays.stream(distinct).mapToInt(k -> (int) k).toArray();
        double[] weights = new double[distinct.length];
        Arrays.setAll(weights, sums::value);
        return new InnermostIntervals(from, to, first, last, weights);
    }

    int size() {
        return left.length;
    }

    int kinds() {
        return first.length;
    }

    double totalWeight() {
        return Arrays.stream(weight).sum();
    }
}
