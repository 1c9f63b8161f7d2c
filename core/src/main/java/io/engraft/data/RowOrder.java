package io.engraft.data;

import io.engraft.InvalidArgumentException;
import io.engraft.internal.Parallel;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An order of rows that depends on their values alone: by a hash of all columns. Rows that are equal in every column may
 * stand either way, which nobody can tell; that others have the same 64 bits happens in one of some ten million data sets of
 * a million rows, and would show in the last bit of a sum.
 */
final class RowOrder {

    private static final int LEAST_PIECE = 1 << 16;
    private static final int MOST_BITS = 22;
    private static final int FEW = 48;
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private final long[] hash;
    /** How many rows each stands for, which decides between rows that are equal else; null where each stands for itself. */
    private double @Nullable [] copies;

    RowOrder(int rows) {
        this.hash = new long[rows];
    }

    /** Another column; null for none. */
    RowOrder with(double @Nullable [] column) {
        if (column != null) {
            inPieces(i -> hash[i] = mixed(hash[i], Double.doubleToLongBits(column[i])));
        }
        return this;
    }

    RowOrder with(int[] column) {
        inPieces(i -> hash[i] = mixed(hash[i], column[i]));
        return this;
    }

    RowOrder with(@Nullable Categories column) {
        return column == null ? this : with(column.rawCodes());
    }

    /** Weights; those that stand for rows alike decide last, so that such rows stand where the repeated ones would. */
    RowOrder withWeights(double @Nullable [] weight, @Nullable WeightType type) {
        if (type != WeightType.FREQUENCY) {
            return with(weight);
        }
        copies = weight;
        return this;
    }

    private interface ForRow {
        void row(int i);
    }

    private void inPieces(ForRow work) {
        int pieces = Parallel.pieces(hash.length, LEAST_PIECE);
        Parallel.run(pieces, p -> {
            int to = Parallel.start(hash.length, pieces, p + 1);
            for (int i = Parallel.start(hash.length, pieces, p); i < to; i++) {
                work.row(i);
            }
        });
    }

    private static long mixed(long hash, long bits) {
        long h = (hash ^ bits) * MULTIPLIER;
        return h ^ (h >>> 32);
    }

    /** The rows in order. */
    int[] sorted() {
        int n = hash.length;
        int bits = Math.max(1, Math.min(MOST_BITS, 32 - Integer.numberOfLeadingZeros(n)));
        int[] from = new int[(1 << bits) + 1];
        for (int i = 0; i < n; i++) {
            hash[i] *= MULTIPLIER;
            from[(int) (hash[i] >>> (64 - bits)) + 1]++;
        }
        for (int b = 1; b < from.length; b++) {
            from[b] += from[b - 1];
        }
        int[] next = Arrays.copyOf(from, from.length - 1);
        int[] order = new int[n];
        long[] key = new long[n];
        for (int i = 0; i < n; i++) {
            int at = next[(int) (hash[i] >>> (64 - bits))]++;
            order[at] = i;
            key[at] = hash[i];
        }
        for (int b = 0; b + 1 < from.length; b++) {
            if (!areEqual(order, key, from[b], from[b + 1])) {
                if (from[b + 1] - from[b] > FEW) {
                    merging(order, from[b], from[b + 1]);
                } else {
                    insertion(order, key, from[b], from[b + 1]);
                }
            }
        }
        return order;
    }

    /** Whether rows of a bucket are alike, as many are where times are whole days. */
    private boolean areEqual(int[] order, long[] key, int from, int to) {
        for (int k = from + 1; k < to; k++) {
            if (key[k] != key[from] || compareCopies(order[k], order[from]) != 0) {
                return false;
            }
        }
        return true;
    }

    private int compareCopies(int a, int b) {
        return copies == null ? 0 : Double.compare(copies[a], copies[b]);
    }

    private void insertion(int[] order, long[] key, int from, int to) {
        for (int i = from + 1; i < to; i++) {
            int row = order[i];
            long k = key[i];
            int j = i - 1;
            while (j >= from && (key[j] > k || (key[j] == k && compareCopies(order[j], row) > 0))) {
                order[j + 1] = order[j];
                key[j + 1] = key[j];
                j--;
            }
            order[j + 1] = row;
            key[j + 1] = k;
        }
    }

    private void merging(int[] order, int from, int to) {
        int[] sorted = IntStream.range(from, to)
                .mapToObj(k -> order[k])
                .sorted((a, b) -> hash[a] != hash[b] ? Long.compare(hash[a], hash[b]) : compareCopies(a, b))
                .mapToInt(row -> row)
                .toArray();
        System.arraycopy(sorted, 0, order, from, sorted.length);
    }

    static void requireAll(int[] rows, int size) {
        boolean[] seen = new boolean[size];
        boolean all = rows.length == size;
        for (int k = 0; k < rows.length && all; k++) {
            all = rows[k] >= 0 && rows[k] < size && !seen[rows[k]];
            seen[all ? rows[k] : 0] = true;
        }
        if (!all) {
            throw InvalidArgumentException.of(
                    "order of rows", rows.length + " numbers", "0 to " + (size - 1) + ", each once");
        }
    }

    /** The values of some rows. */
    static double[] taken(double[] values, int[] rows) {
        double[] taken = new double[rows.length];
        int pieces = Parallel.pieces(rows.length, LEAST_PIECE);
        Parallel.run(pieces, p -> {
            int to = Parallel.start(rows.length, pieces, p + 1);
            for (int k = Parallel.start(rows.length, pieces, p); k < to; k++) {
                taken[k] = values[rows[k]];
            }
        });
        return taken;
    }
}
