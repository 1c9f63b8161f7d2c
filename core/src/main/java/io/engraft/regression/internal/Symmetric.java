package io.engraft.regression.internal;

import org.jspecify.annotations.Nullable;

/** Cholesky's factor of a small symmetric matrix, scaled to a unit diagonal first; refuses NaN. */
public final class Symmetric {

    private static final double LEAST_PIVOT = 1e-14;

    private final double[][] factor;
    private final double[] scale;

    private Symmetric(double[][] factor, double[] scale) {
        this.factor = factor;
        this.scale = scale;
    }

    /** The factor, or null where the matrix is not positive definite. */
    public static @Nullable Symmetric factor(double[][] a) {
        int n = a.length;
        double[] scale = new double[n];
        for (int i = 0; i < n; i++) {
            if (!(a[i][i] > 0) || a[i][i] == Double.POSITIVE_INFINITY) {
                return null;
            }
            scale[i] = 1 / Math.sqrt(a[i][i]);
        }
        double[][] l = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = a[i][j] * scale[i] * scale[j];
                for (int k = 0; k < j; k++) {
                    sum -= l[i][k] * l[j][k];
                }
                if (i != j) {
                    l[i][j] = sum / l[j][j];
                } else if (sum > LEAST_PIVOT) {
                    l[i][i] = Math.sqrt(sum);
                } else {
                    return null;
                }
            }
        }
        return new Symmetric(l, scale);
    }

    public double[] solve(double[] b) {
        int n = b.length;
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            double sum = b[i] * scale[i];
            for (int k = 0; k < i; k++) {
                sum -= factor[i][k] * x[k];
            }
            x[i] = sum / factor[i][i];
        }
        for (int i = n - 1; i >= 0; i--) {
            double sum = x[i];
            for (int k = i + 1; k < n; k++) {
                sum -= factor[k][i] * x[k];
            }
            x[i] = sum / factor[i][i];
        }
        for (int i = 0; i < n; i++) {
            x[i] *= scale[i];
        }
        return x;
    }

    /** The logarithm of the determinant. */
    public double logDeterminant() {
        double sum = 0;
        for (int i = 0; i < scale.length; i++) {
            sum += 2 * (Math.log(factor[i][i]) - Math.log(scale[i]));
        }
        return sum;
    }

    public double[][] inverse() {
        int n = scale.length;
        double[][] inverse = new double[n][];
        for (int i = 0; i < n; i++) {
            double[] unit = new double[n];
            unit[i] = 1;
            inverse[i] = solve(unit);
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                double mean = 0.5 * (inverse[i][j] + inverse[j][i]);
                inverse[i][j] = mean;
                inverse[j][i] = mean;
            }
        }
        return inverse;
    }

    /** L z, with L L' the matrix: draws of a normal vector from independent ones. */
    public double[] times(double[] z) {
        int n = z.length;
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            double sum = 0;
            for (int k = 0; k <= i; k++) {
                sum += factor[i][k] * z[k];
            }
            x[i] = sum / scale[i];
        }
        return x;
    }

    /** a b a' for a symmetric b. */
    public static double[][] sandwich(double[][] a, double[][] b) {
        int rows = a.length;
        int n = b.length;
        double[][] half = new double[rows][n];
        for (int i = 0; i < rows; i++) {
            for (int k = 0; k < n; k++) {
                if (a[i][k] != 0) {
                    for (int j = 0; j < n; j++) {
                        half[i][j] += a[i][k] * b[k][j];
                    }
                }
            }
        }
        double[][] out = new double[rows][rows];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int k = 0; k < n; k++) {
                    // Not estimable entries that a row does not use must not spread.
                    sum += a[j][k] == 0 ? 0 : half[i][k] * a[j][k];
                }
                out[i][j] = sum;
                out[j][i] = sum;
            }
        }
        return out;
    }
}
