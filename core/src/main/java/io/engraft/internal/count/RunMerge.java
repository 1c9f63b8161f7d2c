package io.engraft.internal.count;

import io.engraft.internal.Parallel;
import java.util.Arrays;

/** Sorts runs of times, each of one mark, and merges them into counts at distinct times, on all cores. */
final class RunMerge {

    private static final int LEAST_PIECE = 1 << 15;

    private RunMerge() {}

    /** Sorts the runs in place and counts. */
    static Tally.Counts merge(int marks, double[][] runs, int[] runMarks) {
        long total = 0;
        for (double[] run : runs) {
            total += run.length;
        }
        sortAll(runs, total);
        int items = (int) Math.min(total, Integer.MAX_VALUE);
        int pieces = Parallel.pieces(items, LEAST_PIECE);
        double[] pivots = pivots(runs, pieces);
        int[][] bounds = new int[pieces + 1][runs.length];
        for (int r = 0; r < runs.length; r++) {
            for (int p = 1; p < pieces; p++) {
                bounds[p][r] = lowerBound(runs[r], pivots[p - 1]);
            }
            bounds[pieces][r] = runs[r].length;
        }
        Tally.Counts[] parts = new Tally.Counts[pieces];
        Parallel.run(pieces, p -> parts[p] = mergePiece(marks, runs, runMarks, bounds[p], bounds[p + 1]));
        return join(marks, parts);
    }

    private static void sortAll(double[][] runs, long total) {
        if (total < 2 * LEAST_PIECE) {
            for (double[] run : runs) {
                TimeSort.sort(run);
            }
            return;
        }
        Integer[] order = new Integer[runs.length];
        Arrays.setAll(order, r -> r);
        Arrays.sort(order, (a, b) -> Integer.compare(runs[b].length, runs[a].length));
        java.util.concurrent.atomic.AtomicInteger next = new java.util.concurrent.atomic.AtomicInteger();
        Parallel.run(Math.min(runs.length, Parallel.pieces(Integer.MAX_VALUE, 1)), p -> {
            for (int k = next.getAndIncrement(); k < order.length; k = next.getAndIncrement()) {
                TimeSort.sort(runs[order[k]]);
            }
        });
    }

    /** Times that divide the runs into pieces of about equal size; where exactly does not change the result. */
    private static double[] pivots(double[][] runs, int pieces) {
        double[] pivots = new double[pieces - 1];
        if (pieces == 1) {
            return pivots;
        }
        int perRun = 256;
        double[] sample = new double[perRun * runs.length];
        int n = 0;
        long total = 0;
        for (double[] run : runs) {
            total += run.length;
        }
        for (double[] run : runs) {
            int take = (int) Math.max(1, (long) sample.length * run.length / total);
            for (int k = 0; k < take && n < sample.length; k++) {
                sample[n++] = run[(int) ((long) run.length * k / take)];
            }
        }
        Arrays.sort(sample, 0, n);
        for (int p = 1; p < pieces; p++) {
            pivots[p - 1] = sample[(int) ((long) n * p / pieces)];
        }
        return pivots;
    }

    private static int lowerBound(double[] run, double pivot) {
        int low = 0;
        int high = run.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (run[middle] < pivot) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static Tally.Counts mergePiece(int marks, double[][] runs, int[] runMarks, int[] from, int[] to) {
        int lists = runs.length;
        int most = 0;
        int[] at = from.clone();
        double[] head = new double[lists];
        for (int r = 0; r < lists; r++) {
            most += to[r] - from[r];
            head[r] = at[r] < to[r] ? runs[r][at[r]] : Double.POSITIVE_INFINITY;
        }
        double[] time = new double[most];
        int[][] counts = new int[marks][most];
        int n = 0;
        for (int taken = 0; taken < most; ) {
            double least = head[0];
            for (int r = 1; r < lists; r++) {
                least = Math.min(least, head[r]);
            }
            for (int r = 0; r < lists; r++) {
                while (head[r] == least) {
                    counts[runMarks[r]][n]++;
                    taken++;
                    at[r]++;
                    head[r] = at[r] < to[r] ? runs[r][at[r]] : Double.POSITIVE_INFINITY;
                }
            }
            time[n++] = least;
        }
        if (n == most) {
            return new Tally.Counts(time, counts);
        }
        for (int s = 0; s < marks; s++) {
            counts[s] = Arrays.copyOf(counts[s], n);
        }
        return new Tally.Counts(Arrays.copyOf(time, n), counts);
    }

    private static Tally.Counts join(int marks, Tally.Counts[] parts) {
        if (parts.length == 1) {
            return parts[0];
        }
        int n = 0;
        for (Tally.Counts part : parts) {
            n += part.size();
        }
        double[] time = new double[n];
        int[][] counts = new int[marks][n];
        int[] start = new int[parts.length];
        for (int p = 1; p < parts.length; p++) {
            start[p] = start[p - 1] + parts[p - 1].size();
        }
        Parallel.run(parts.length, p -> {
            System.arraycopy(parts[p].time(), 0, time, start[p], parts[p].size());
            for (int s = 0; s < marks; s++) {
                System.arraycopy(parts[p].counts()[s], 0, counts[s], start[p], parts[p].size());
            }
        });
        return new Tally.Counts(time, counts);
    }
}
