package io.engraft.data;

import io.engraft.InvalidArgumentException;
import io.engraft.internal.Parallel;
import org.jspecify.annotations.Nullable;

/**
 * An order of rows that depends on their values alone: by a hash of all columns. Rows that are equal in every column may
 * stand either way, which nobody can tell; that others have the same 64 bits happens in one of some ten million data sets of
 * a million rows, and would show in the last bit of a sum.
 */
final class RowOrder {

    private static final int LEAST_PIECE = 1 << 16;
    private static final int MOST_BITS = 12;
    private static final int PER_BUCKET = 256;
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
            inRanges(hash.length, (from, to) -> {
                for (int i = from; i < to; i++) {
                    hash[i] = mixed(hash[i], Double.doubleToLongBits(column[i]));
                }
            });
        }
        return this;
    }

    RowOrder with(int[] column) {
        inRanges(hash.length, (from, to) -> {
            for (int i = from; i < to; i++) {
                hash[i] = mixed(hash[i], column[i]);
            }
        });
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

    private interface Range {
        void rows(int from, int to);
    }

    /** A loop for each piece, so that no row costs a call. */
    private static void inRanges(int n, Range work) {
        int pieces = Parallel.pieces(n, LEAST_PIECE);
        Parallel.run(pieces, p -> work.rows(Parallel.start(n, pieces, p), Parallel.start(n, pieces, p + 1)));
    }

    private static long mixed(long hash, long bits) {
        long h = (hash ^ bits) * MULTIPLIER;
        return h ^ (h >>> 32);
    }

    /** The rows in order. */
    int[] sorted() {
        int n = hash.length;
        inRanges(n, (from, to) -> {
            for (int i = from; i < to; i++) {
                hash[i] *= MULTIPLIER;
            }
        });
        int bits = Math.min(MOST_BITS, 32 - Integer.numberOfLeadingZeros(n / PER_BUCKET));
        int pieces = Parallel.pieces(n, LEAST_PIECE);
        int[][] next = new int[pieces][1 << bits];
        Parallel.run(pieces, p -> {
            int to = Parallel.start(n, pieces, p + 1);
            for (int i = Parallel.start(n, pieces, p); i < to; i++) {
                next[p][bucket(hash[i], bits)]++;
            }
        });
        int at = 0;
        int[] start = new int[(1 << bits) + 1];
        for (int b = 0; b < 1 << bits; b++) {
            start[b] = at;
            for (int[] piece : next) {
                int size = piece[b];
                piece[b] = at;
                at += size;
            }
        }
        start[1 << bits] = n;
        long[] key = new long[n];
        int[] row = new int[n];
        Parallel.run(pieces, p -> {
            int to = Parallel.start(n, pieces, p + 1);
            for (int i = Parallel.start(n, pieces, p); i < to; i++) {
                int k = next[p][bucket(hash[i], bits)]++;
                key[k] = hash[i];
                row[k] = i;
            }
        });
        KeyedRows rows = new KeyedRows(key, row, copies);
        Parallel.run(pieces, p -> {
            int to = Parallel.start(1 << bits, pieces, p + 1);
            for (int b = Parallel.start(1 << bits, pieces, p); b < to; b++) {
                rows.sort(start[b], start[b + 1], bits);
            }
        });
        return row;
    }

    private static int bucket(long hash, int bits) {
        // Two shifts, as one of 64 would be one of 0.
        return (int) (hash >>> 1 >>> (63 - bits));
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
        inRanges(rows.length, (from, to) -> {
            for (int k = from; k < to; k++) {
                taken[k] = values[rows[k]];
            }
        });
        return taken;
    }

    /** The values of some rows. */
    static int[] taken(int[] values, int[] rows) {
        int[] taken = new int[rows.length];
        inRanges(rows.length, (from, to) -> {
            for (int k = from; k < to; k++) {
                taken[k] = values[rows[k]];
            }
        });
        return taken;
    }

    /** The numbers of some rows in the source. */
    static long[] taken(SurvivalData data, int[] rows) {
        long[] taken = new long[rows.length];
        inRanges(rows.length, (from, to) -> {
            for (int k = from; k < to; k++) {
                taken[k] = data.sourceRow(rows[k]);
            }
        });
        return taken;
    }
}
