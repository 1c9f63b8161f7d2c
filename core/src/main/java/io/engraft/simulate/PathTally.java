package io.engraft.simulate;

import java.util.Arrays;

/** Counts of one worker, and sums of one chunk. Counts are integers, so the order in which workers are added is open. */
final class PathTally {

    /** Grid times, plus one place for what happens after the last of them. */
    final int stride;
    /** [slot x stride]: sojourns that start after k grid times; sojourns that end. */
    final long[] started;

    final long[] ended;
    /** [event x stride]: first occurrences; only for models with loops. */
    final long[] firstEvents;

    PathTally(int slots, int events, int gridTimes) {
        this.stride = gridTimes + 1;
        this.started = new long[slots * stride];
        this.ended = new long[slots * stride];
        this.firstEvents = new long[events * stride];
    }

    void add(PathTally other) {
        add(started, other.started);
        add(ended, other.ended);
        add(firstEvents, other.firstEvents);
    }

    private static void add(long[] to, long[] from) {
        for (int j = 0; j < to.length; j++) {
            to[j] += from[j];
        }
    }

    /** Running totals over the grid, in place: how many by each grid time. */
    void accumulate() {
        for (long[] counts : new long[][] {started, ended, firstEvents}) {
            for (int from = 0; from < counts.length; from += stride) {
                Arrays.parallelPrefix(counts, from, from + stride, Long::sum);
            }
        }
    }

    /** Patients on a slot at a grid time, after {@link #accumulate}. */
    long on(int slot, int time) {
        return started[slot * stride + time] - ended[slot * stride + time];
    }
}
