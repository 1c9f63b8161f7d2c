package io.engraft.inference;

import java.util.Arrays;

/**
 * x' V^- x for x = O - E, whose components sum to 0 as the rows of V do: the groups without variance are left out, then
 * one of each connected set of the others, and the rest solved by Cholesky's method.
 *
 * @param statistic the quadratic form, 0 where df is 0
 * @param df the rank of V
 */
record QuadraticForm(double statistic, int df) {

    /** A pivot below this share of its diagonal is a dependence, not a number. */
    private static final double DEPENDENT = 1e-10;

    static QuadraticForm of(RankSums sums) {
        return of(sums.score(), sums.variance());
    }

    static QuadraticForm of(double[] score, double[][] variance) {
        int k = score.length;
        double[][] a = new double[k][];
        double[] x = score.clone();
        for (int g = 0; g < k; g++) {
            a[g] = variance[g].clone();
        }
        boolean[] used = new boolean[k];
        double statistic = 0;
        int rank = 0;
        double[] diagonal = new double[k];
        Arrays.setAll(diagonal, g -> variance[g][g]);
        // Elimination with the largest remaining pivot: each step takes out one independent square.
        while (true) {
            int pivot = -1;
            for (int g = 0; g < k; g++) {
                boolean live = !used[g] && diagonal[g] > 0 && a[g][g] > DEPENDENT * diagonal[g];
                if (live && (pivot < 0 || a[g][g] / diagonal[g] > a[pivot][pivot] / diagonal[pivot])) {
                    pivot = g;
                }
            }
            if (pivot < 0) {
                return new QuadraticForm(statistic, rank);
            }
            used[pivot] = true;
            rank++;
            statistic += x[pivot] * x[pivot] / a[pivot][pivot];
            for (int g = 0; g < k; g++) {
                if (!used[g]) {
                    double factor = a[g][pivot] / a[pivot][pivot];
                    x[g] -= factor * x[pivot];
                    for (int h = 0; h < k; h++) {
                        a[g][h] -= factor * a[pivot][h];
                    }
                }
            }
        }
    }
}
