package io.engraft.multistate.solve;

/** Gaussian elimination with row pivoting, in place. */
final class LinearSystem {

    private LinearSystem() {}

    /** The solution of a x = b; both are overwritten. */
    static double[] solve(double[][] a, double[] b) {
        int n = b.length;
        for (int k = 0; k < n; k++) {
            int pivot = k;
            for (int i = k + 1; i < n; i++) {
                pivot = Math.abs(a[i][k]) > Math.abs(a[pivot][k]) ? i : pivot;
            }
            double[] row = a[pivot];
            a[pivot] = a[k];
            a[k] = row;
            double swapped = b[pivot];
            b[pivot] = b[k];
            b[k] = swapped;
            for (int i = k + 1; i < n; i++) {
                double factor = a[i][k] / row[k];
                if (factor != 0) {
                    for (int j = k + 1; j < n; j++) {
                        a[i][j] -= factor * row[j];
                    }
                    b[i] -= factor * b[k];
                }
            }
        }
        for (int k = n - 1; k >= 0; k--) {
            double sum = b[k];
            for (int j = k + 1; j < n; j++) {
                sum -= a[k][j] * b[j];
            }
            b[k] = sum / a[k][k];
        }
        return b;
    }
}
