package io.engraft.simulate;

import java.util.Arrays;

/** Distinct ascending times with a table that finds the first one at or after a time in about one step. */
final class TimeGrid {

    private static final int BUCKETS_PER_TIME = 4;

    private final double[] times;
    private final int[] firstOfBucket;
    private final double scale;

    TimeGrid(double[] anyOrder) {
        this.times = Arrays.stream(anyOrder).sorted().distinct().toArray();
        int buckets = Math.max(16, BUCKETS_PER_TIME * times.length);
        double last = times.length == 0 ? 0 : times[times.length - 1];
        this.scale = last > 0 ? buckets / last : 0;
        this.firstOfBucket = new int[buckets + 1];
        for (int b = 0; b <= buckets; b++) {
            // One bucket early, so that rounding of b / scale cannot skip a time.
            double from = scale > 0 ? (b - 1) / scale : 0;
            int at = Arrays.binarySearch(times, from);
            firstOfBucket[b] = at >= 0 ? at : -at - 1;
        }
    }

    int size() {
        return times.length;
    }

    double[] times() {
        return times.clone();
    }

    /** The number of grid times before t: the index of the first at or after it, {@link #size()} where there is none. */
    int before(double t) {
        double place = t * scale;
        int j = firstOfBucket[place < firstOfBucket.length ? (int) place : firstOfBucket.length - 1];
        while (j < times.length && times[j] < t) {
            j++;
        }
        return j;
    }

    boolean holds(double[] wanted) {
        for (double t : wanted) {
            if (indexOf(t) < 0) {
                return false;
            }
        }
        return true;
    }

    /** The index of exactly this time, or -1. */
    int indexOf(double t) {
        int at = Arrays.binarySearch(times, t + 0.0);
        return at < 0 ? -1 : at;
    }
}
