package io.engraft.regression.internal;

/** An objective that is a sum over rows, and tells what each adds to its gradient. */
public interface RowScores {

    /** Number of coefficients. */
    int size();

    /** Walks through the rows in order, zero weights included. */
    void scores(double[] theta, Sink sink);

    /** Takes each row's own gradient, weights left out; the array serves for one row after another. */
    interface Sink {
        void row(int i, double[] score);
    }
}
