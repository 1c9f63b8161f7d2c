package io.engraft.regression.internal.risk;

import java.util.Arrays;

/** Distinct whole numbers, and the place of any number among them: by a table where that is not much longer than the rows. */
final class Keys {

    private static final int MOST_CELLS_A_ROW = 4;

    final long[] distinct;
    /** By number from 0, how many there are before it; empty where they are searched. */
    private final int[] before;

    Keys(long[] keys, long cells, int rows) {
        if (cells > (long) MOST_CELLS_A_ROW * rows) {
            before = new int[0];
            Arrays.sort(keys);
        } else {
            before = new int[(int) cells + 1];
            for (long key : keys) {
                before[(int) key + 1] = 1;
            }
            int found = 0;
            for (int c = 1; c < before.length; c++) {
                if (before[c] == 1) {
                    keys[found++] = c - 1L;
                }
                before[c] = found;
            }
            Arrays.fill(keys, found, keys.length, found == 0 ? 0 : keys[found - 1]);
        }
        int n = 0;
        for (long key : keys) {
            if (n == 0 || key != keys[n - 1]) {
                keys[n++] = key;
            }
        }
        distinct = Arrays.copyOf(keys, n);
    }

    int lastAtOrBefore(long key) {
        if (before.length > 0) {
            return before[(int) key + 1] - 1;
        }
        int found = Arrays.binarySearch(distinct, key);
        return found >= 0 ? found : -found - 2;
    }

    int firstNotBefore(long key) {
        return lastAtOrBefore(key - 1) + 1;
    }
}
