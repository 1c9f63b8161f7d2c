package io.engraft.internal.count;

import io.engraft.internal.Parallel;
import java.util.Arrays;
import java.util.List;

/**
 * Marked times sorted and counted, on all cores: one pass of buckets as even as a sample of the times can make them, then
 * small sorts. A time and its mark travel together; equal times share a bucket, so buckets are counted apart.
 */
final class MarkedTimes {

    /** Fewer rows than this are one bucket. */
    private static final int SHORT = 1 << 10;

    private static final int PER_BUCKET = 8;
    private static final int LEAST_PIECE = 1 << 15;

    private final double[] time;
    private final char[] mark;
    /** Where each bucket ends in the arrays. */
    private final int[] end;

    private MarkedTimes(double[] time, char[] mark, int[] end) {
        this.time = time;
        this.mark = mark;
        this.end = end;
    }

    /**
     * Rows from..to-1 of two arrays.
     *
     * @param time valid times
     * @param mark their marks
     */
    @SuppressWarnings("ArrayRecordComponent") // a view, never compared
    record Run(double[] time, int[] mark, int from, int to) {

        int size() {
            return to - from;
        }
    }

    /** The counts of all rows at ascending distinct times. */
    static Tally.Counts count(int marks, List<Run> runs) {
        int n = 0;
        for (Run run : runs) {
            n = Math.addExact(n, run.size());
        }
        int pieces = Parallel.pieces(n, LEAST_PIECE);
        MarkedTimes rows = inBuckets(runs, n, pieces);
        int[] first = new int[pieces + 1];
        for (int p = 1; p < pieces; p++) {
            first[p] = rows.bucketAt(Parallel.start(n, pieces, p));
        }
        first[pieces] = rows.end.length;
        int[] distinct = new int[pieces];
        Parallel.run(pieces, p -> distinct[p] = rows.sort(first[p], first[p + 1]));
        return rows.counts(marks, first, distinct);
    }

    private static MarkedTimes inBuckets(List<Run> runs, int n, int pieces) {
        double[] time = new double[n];
        char[] mark = new char[n];
        if (n < SHORT) {
            int at = 0;
            for (Run run : runs) {
                for (int i = run.from; i < run.to; i++) {
                    // Adding 0 turns -0 into 0.
                    time[at] = run.time[i] + 0.0;
                    mark[at++] = (char) run.mark[i];
                }
            }
            return new MarkedTimes(time, mark, new int[] {n});
        }
        int buckets = n / PER_BUCKET;
        Spread spread = Spread.of(runs, n, buckets);
        int[][] next = new int[pieces][buckets];
        Parallel.run(pieces, p -> {
            int[] size = next[p];
            for (Run run : runs) {
                double[] t = run.time;
                int to = run.from + Parallel.start(run.size(), pieces, p + 1);
                for (int i = run.from + Parallel.start(run.size(), pieces, p); i < to; i++) {
                    size[spread.bucket(t[i])]++;
                }
            }
        });
        int at = 0;
        for (int b = 0; b < buckets; b++) {
            for (int p = 0; p < pieces; p++) {
                int size = next[p][b];
                next[p][b] = at;
                at += size;
            }
        }
        Parallel.run(pieces, p -> {
            int[] place = next[p];
            for (Run run : runs) {
                double[] t = run.time;
                int[] m = run.mark;
                int to = run.from + Parallel.start(run.size(), pieces, p + 1);
                for (int i = run.from + Parallel.start(run.size(), pieces, p); i < to; i++) {
                    int j = place[spread.bucket(t[i])]++;
                    time[j] = t[i] + 0.0;
                    mark[j] = (char) m[i];
                }
            }
        });
        // After the scatter the last piece's place is the end of each bucket.
        return new MarkedTimes(time, mark, next[pieces - 1]);
    }

    /** The first bucket that ends beyond a row. */
    private int bucketAt(int row) {
        int low = 0;
        int high = end.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (end[middle] <= row) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private int start(int bucket) {
        return bucket == 0 ? 0 : end[bucket - 1];
    }

    /** Sorts some buckets, and tells how many distinct times are in them. */
    private int sort(int from, int to) {
        int low = start(from);
        for (int b = from; b < to; b++) {
            PairSort.sort(time, mark, low, end[b]);
            low = end[b];
        }
        int distinct = 0;
        double last = Double.NaN;
        int high = start(to);
        for (int i = start(from); i < high; i++) {
            distinct += time[i] == last ? 0 : 1;
            last = time[i];
        }
        return distinct;
    }

    private Tally.Counts counts(int marks, int[] first, int[] distinct) {
        int pieces = distinct.length;
        int[] place = new int[pieces + 1];
        for (int p = 0; p < pieces; p++) {
            place[p + 1] = place[p] + distinct[p];
        }
        int size = place[pieces];
        int[][] counts = new int[marks][size];
        boolean allDistinct = size == time.length;
        double[] times = allDistinct ? time : new double[size];
        Parallel.run(pieces, p -> {
            int high = start(first[p + 1]);
            int at = place[p] - 1;
            double last = Double.NaN;
            for (int i = start(first[p]); i < high; i++) {
                if (time[i] != last) {
                    last = time[i];
                    at++;
                    times[at] = last;
                }
                counts[mark[i]][at]++;
            }
        });
        return new Tally.Counts(times, counts);
    }

    /**
     * Which bucket a time falls into, ascending in time: as many cells of equal width as resolve a sample, each with a
     * share of the buckets that is its share of the sample.
     */
    private static final class Spread {

        private static final int SAMPLE = 1 << 12;
        private static final int CELLS = 128;
        /** So few of the sample lie above the top that one outlier does not push all others into one cell. */
        private static final int ABOVE = 8;

        private final double low;
        private final double scale;
        private final double[] base;
        private final double[] width;
        private final int last;

        private Spread(double low, double scale, double[] base, double[] width, int last) {
            this.low = low;
            this.scale = scale;
            this.base = base;
            this.width = width;
            this.last = last;
        }

        static Spread of(List<Run> runs, int n, int buckets) {
            double[] sample = sample(runs, n);
            int m = sample.length;
            double low = sample[0];
            double scale = CELLS / (sample[Math.max(0, m - ABOVE)] - low);
            double[] base = new double[CELLS + 1];
            double[] width = new double[CELLS];
            if (!(scale < Double.POSITIVE_INFINITY)) {
                // All the same, or too near each other: one bucket, which the small sorts must bear.
                return new Spread(low, 0, base, width, 0);
            }
            double[] share = new double[CELLS];
            for (double t : sample) {
                share[(int) Math.min((t - low) * scale, CELLS - 1)]++;
            }
            double each = (buckets - 1) / (m + CELLS / 2.0);
            for (int c = 0; c < CELLS; c++) {
                width[c] = (share[c] + 0.5) * each;
                base[c + 1] = base[c] + width[c];
            }
            return new Spread(low, scale, base, width, buckets - 1);
        }

        private static double[] sample(List<Run> runs, int n) {
            double[] sample = new double[Math.min(n, SAMPLE)];
            int m = 0;
            long seen = 0;
            for (Run run : runs) {
                // Row k n / m of all rows, as far as it lies in this run.
                while (m < sample.length && (long) n * m / sample.length < seen + run.size()) {
                    sample[m] = run.time[(int) (run.from + (long) n * m / sample.length - seen)];
                    m++;
                }
                seen += run.size();
            }
            Arrays.sort(sample);
            return sample;
        }

        int bucket(double t) {
            double x = Math.max(0, (t - low) * scale);
            if (x >= CELLS) {
                return last;
            }
            int c = (int) x;
            return Math.min((int) (base[c] + (x - c) * width[c]), last);
        }
    }
}
