package io.engraft.data;

import org.jspecify.annotations.Nullable;

/** Rows sorted in place by a key and, where that is equal, by how many rows each stands for. */
final class KeyedRows {

    private static final int FEW = 24;
    private static final int DIGIT = 8;

    private final long[] key;
    private final int[] row;
    private final double @Nullable [] copies;

    /**
     * Keys, compared without sign, and the rows that they belong to, which travel together.
     *
     * @param copies by row, positive, null where each stands for itself
     */
    KeyedRows(long[] key, int[] row, double @Nullable [] copies) {
        this.key = key;
        this.row = row;
        this.copies = copies;
    }

    /** Sorts rows whose keys agree in the first bits: digit by digit, few by insertion. */
    void sort(int from, int to, int bits) {
        if (to - from <= FEW) {
            insertion(from, to);
        } else if (bits >= Long.SIZE || areEqual(from, to)) {
            sortCopies(from, to);
        } else {
            int shift = Math.max(0, Long.SIZE - bits - DIGIT);
            int[] next = new int[(1 << DIGIT) + 1];
            for (int i = from; i < to; i++) {
                next[digit(key[i], shift) + 1]++;
            }
            for (int d = 0; d < 1 << DIGIT; d++) {
                next[d + 1] += next[d];
            }
            long[] keys = new long[to - from];
            int[] rows = new int[to - from];
            for (int i = from; i < to; i++) {
                int at = next[digit(key[i], shift)]++;
                keys[at] = key[i];
                rows[at] = row[i];
            }
            System.arraycopy(keys, 0, key, from, keys.length);
            System.arraycopy(rows, 0, row, from, rows.length);
            // After the scatter each digit's place is where it ends.
            int low = 0;
            for (int d = 0; d < 1 << DIGIT; d++) {
                if (next[d] - low > 1) {
                    sort(from + low, from + next[d], bits + DIGIT);
                }
                low = next[d];
            }
        }
    }

    private static int digit(long key, int shift) {
        return (int) (key >>> shift) & ((1 << DIGIT) - 1);
    }

    private boolean areEqual(int from, int to) {
        for (int i = from + 1; i < to; i++) {
            if (key[i] != key[from]) {
                return false;
            }
        }
        return true;
    }

    /** Rows of one key by how many rows each stands for: positive numbers are in the order of their bits. */
    private void sortCopies(int from, int to) {
        if (copies == null) {
            return;
        }
        long[] bits = new long[to - from];
        int[] rows = new int[to - from];
        for (int k = 0; k < bits.length; k++) {
            rows[k] = row[from + k];
            bits[k] = Double.doubleToLongBits(copies[rows[k]]);
        }
        new KeyedRows(bits, rows, null).sort(0, rows.length, 0);
        System.arraycopy(rows, 0, row, from, rows.length);
    }

    private void insertion(int from, int to) {
        for (int i = from + 1; i < to; i++) {
            long k = key[i];
            int r = row[i];
            int j = i - 1;
            while (j >= from && compare(j, k, r) > 0) {
                key[j + 1] = key[j];
                row[j + 1] = row[j];
                j--;
            }
            key[j + 1] = k;
            row[j + 1] = r;
        }
    }

    private int compare(int at, long otherKey, int otherRow) {
        int c = Long.compareUnsigned(key[at], otherKey);
        return c != 0 || copies == null ? c : Double.compare(copies[row[at]], copies[otherRow]);
    }
}
