package io.engraft.data;

import java.util.Comparator;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** The rows of each level of an id together, those of one level by time. */
final class RowsById {

    private static final int FEW = 32;

    private RowsById() {}

    /**
     * All rows, level by level.
     *
     * @param time of a row
     * @param entry of a row, which decides where times are equal
     */
    static int[] sorted(Categories id, IntToDoubleFunction time, IntToDoubleFunction entry) {
        int[] next = new int[id.levels().size() + 1];
        for (int i = 0; i < id.size(); i++) {
            next[id.code(i) + 1]++;
        }
        for (int level = 0; level + 1 < next.length; level++) {
            next[level + 1] += next[level];
        }
        int[] rows = new int[id.size()];
        for (int i = 0; i < rows.length; i++) {
            rows[next[id.code(i)]++] = i;
        }
        // Each level's place has moved to where it ends.
        int from = 0;
        for (int level = 0; level + 1 < next.length; level++) {
            sort(rows, from, next[level], time, entry);
            from = next[level];
        }
        return rows;
    }

    private static void sort(int[] rows, int from, int to, IntToDoubleFunction time, IntToDoubleFunction entry) {
        if (to - from > FEW) {
            int[] sorted = IntStream.range(from, to)
                    .mapToObj(k -> rows[k])
                    .sorted(Comparator.comparingDouble((Integer i) -> time.applyAsDouble(i))
                            .thenComparingDouble(i -> entry.applyAsDouble(i)))
                    .mapToInt(i -> i)
                    .toArray();
            System.arraycopy(sorted, 0, rows, from, sorted.length);
            return;
        }
        for (int k = from + 1; k < to; k++) {
            int row = rows[k];
            int at = k;
            while (at > from && isAfter(rows[at - 1], row, time, entry)) {
                rows[at] = rows[at - 1];
                at--;
            }
            rows[at] = row;
        }
    }

    private static boolean isAfter(int a, int b, IntToDoubleFunction time, IntToDoubleFunction entry) {
        int order = Double.compare(time.applyAsDouble(a), time.applyAsDouble(b));
        return order > 0 || (order == 0 && Double.compare(entry.applyAsDouble(a), entry.applyAsDouble(b)) > 0);
    }
}
