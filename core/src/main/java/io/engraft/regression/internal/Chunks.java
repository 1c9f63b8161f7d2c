package io.engraft.regression.internal;

import io.engraft.internal.Parallel;

/** Row ranges of fixed size, worked off on several threads: the ranges do not depend on the number of threads. */
public final class Chunks {

    public static final int ROWS = 8192;

    private Chunks() {}

    /** Takes the rows from (included) to (excluded). */
    public interface Range {
        void accept(int from, int to);
    }

    public static int count(int n) {
        return (n + ROWS - 1) / ROWS;
    }

    /** A piece is a run of chunks on one thread. */
    public static int pieces(int n) {
        return Parallel.pieces(count(n), 2);
    }

    public static void forRange(int n, Range work) {
        int pieces = pieces(n);
        Parallel.run(pieces, piece -> {
            int from = Parallel.start(count(n), pieces, piece) * ROWS;
            int to = Math.min(n, Parallel.start(count(n), pieces, piece + 1) * ROWS);
            work.accept(from, to);
        });
    }
}
