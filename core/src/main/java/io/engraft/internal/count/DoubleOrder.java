package io.engraft.internal.count;

/** The ascending order of numbers, by counting digits of their bits: no comparison, and no search for what is where. */
public final class DoubleOrder {

    private static final int FEW = 1 << 12;

    private DoubleOrder() {}

    /**
     * The places of some numbers from the least to the largest, equal ones as they come; -0.0 equals 0.0.
     *
     * @param values numbers, none NaN
     */
    public static int[] of(double[] values) {
        int n = values.length;
        int[] order = new int[n];
        long[] key = new long[n];
        for (int i = 0; i < n; i++) {
            long raw = Double.doubleToRawLongBits(values[i] + 0.0);
            // Negative numbers in reverse, below the others, as unsigned numbers.
            key[i] = raw ^ (raw >> 63 | Long.MIN_VALUE);
            order[i] = i;
        }
        // Counting is by rows and by digits: few rows ask for few digits.
        int bits = n < FEW ? 8 : 11;
        int[] otherOrder = new int[n];
        long[] otherKey = new long[n];
        for (int shift = 0; shift < Long.SIZE; shift += bits) {
            int[] next = starts(key, shift, bits);
            if (next.length == 0) {
                continue;
            }
            for (int k = 0; k < n; k++) {
                int to = next[digit(key[k], shift, bits)]++;
                otherKey[to] = key[k];
                otherOrder[to] = order[k];
            }
            long[] keys = key;
            key = otherKey;
            otherKey = keys;
            int[] orders = order;
            order = otherOrder;
            otherOrder = orders;
        }
        return order;
    }

    /** Where the keys of each digit begin; empty where all have one digit. */
    private static int[] starts(long[] key, int shift, int bits) {
        int[] count = new int[1 << bits];
        for (long k : key) {
            count[digit(k, shift, bits)]++;
        }
        int at = 0;
        for (int d = 0; d < count.length; d++) {
            int found = count[d];
            if (found == key.length) {
                return new int[0];
            }
            count[d] = at;
            at += found;
        }
        return count;
    }

    private static int digit(long key, int shift, int bits) {
        return (int) (key >>> shift) & ((1 << bits) - 1);
    }
}
