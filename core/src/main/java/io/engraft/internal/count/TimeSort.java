package io.engraft.internal.count;

import java.util.Arrays;

/**
 * Sorts non-negative finite times. Long arrays go through one pass of buckets of equal width, which leaves neighbours
 * near each other, then small sorts; where the times crowd into few buckets the library's sort takes over.
 */
public final class TimeSort {

    private static final int SHORT = 1 << 12;
    private static final int PER_BUCKET = 8;
    private static final int CROWDED = 40;

    private TimeSort() {}

    public static void sort(double[] a) {
        int n = a.length;
        if (n < SHORT) {
            Arrays.sort(a);
            return;
        }
        double top = typicalTop(a);
        if (!(top > 0)) {
            Arrays.sort(a);
            return;
        }
        int buckets = n / PER_BUCKET;
        double scale = (buckets - 1) / top;
        int[] start = new int[buckets + 1];
        for (double t : a) {
            start[bucket(t, scale, buckets) + 1]++;
        }
        for (int b = 0; b < buckets; b++) {
            start[b + 1] += start[b];
        }
        double[] from = a.clone();
        for (double t : from) {
            int b = bucket(t, scale, buckets);
            a[start[b]++] = t;
        }
        // After the scatter start[b] is the end of bucket b.
        int low = 0;
        for (int b = 0; b < buckets; b++) {
            int high = start[b];
            if (high - low > CROWDED) {
                Arrays.sort(a, low, high);
            } else {
                insertion(a, low, high);
            }
            low = high;
        }
    }

    private static int bucket(double t, double scale, int buckets) {
        // A time beyond the typical top, however far, falls into the last bucket: the cast saturates.
        return Math.min((int) (t * scale), buckets - 1);
    }

    /** A time that few exceed, so that one outlier does not push all others into one bucket. */
    private static double typicalTop(double[] a) {
        int m = 1024;
        double[] sample = new double[m];
        for (int k = 0; k < m; k++) {
            sample[k] = a[(int) ((long) a.length * k / m)];
        }
        Arrays.sort(sample);
        return sample[m - 4];
    }

    private static void insertion(double[] a, int low, int high) {
        for (int i = low + 1; i < high; i++) {
            double t = a[i];
            int j = i - 1;
            while (j >= low && a[j] > t) {
                a[j + 1] = a[j];
                j--;
            }
            a[j + 1] = t;
        }
    }
}
