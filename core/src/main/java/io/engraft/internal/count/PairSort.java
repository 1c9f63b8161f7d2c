package io.engraft.internal.count;

/** Sorts times that carry their marks: by insertion where they are few, else by merging halves. */
final class PairSort {

    private static final int FEW = 32;

    private PairSort() {}

    /** Sorts rows from..to-1 by time; the order of marks at one time is left open. */
    static void sort(double[] time, char[] mark, int from, int to) {
        if (to - from <= FEW) {
            insertion(time, mark, from, to);
        } else {
            int half = (to - from) / 2;
            merging(time, mark, from, to, new double[half], new char[half]);
        }
    }

    private static void insertion(double[] time, char[] mark, int from, int to) {
        for (int i = from + 1; i < to; i++) {
            double t = time[i];
            char m = mark[i];
            int j = i - 1;
            while (j >= from && time[j] > t) {
                time[j + 1] = time[j];
                mark[j + 1] = mark[j];
                j--;
            }
            time[j + 1] = t;
            mark[j + 1] = m;
        }
    }

    private static void merging(double[] time, char[] mark, int from, int to, double[] times, char[] marks) {
        if (to - from <= FEW) {
            insertion(time, mark, from, to);
            return;
        }
        int middle = from + (to - from) / 2;
        merging(time, mark, from, middle, times, marks);
        merging(time, mark, middle, to, times, marks);
        if (time[middle - 1] <= time[middle]) {
            return;
        }
        int left = middle - from;
        System.arraycopy(time, from, times, 0, left);
        System.arraycopy(mark, from, marks, 0, left);
        int i = 0;
        int j = middle;
        int at = from;
        while (i < left) {
            if (j < to && time[j] < times[i]) {
                time[at] = time[j];
                mark[at++] = mark[j++];
            } else {
                time[at] = times[i];
                mark[at++] = marks[i++];
            }
        }
    }
}
