package io.engraft.internal;

/**
 * A symmetric, positive (semi)definite system of which each row starts at its own first column: factored in place as
 * L D L', without pivoting. A direction that the matrix does not see is left alone.
 */
public final class SkylineSystem {

    private static final double SINGULAR = 1e-12;

    private final int[] start;
    private final long[] offset;
    private final double[] lower;
    private final double[] diagonal;

    /** A zero matrix whose row r has entries from column start[r] on, start[r] &lt;= r. */
    public SkylineSystem(int[] start) {
        this.start = start.clone();
        this.offset = new long[start.length + 1];
        for (int r = 0; r < start.length; r++) {
            offset[r + 1] = offset[r] + (r - start[r]);
        }
        this.lower = new double[Math.toIntExact(offset[start.length])];
        this.diagonal = new double[start.length];
    }

    /** The number of entries below the diagonal that a matrix of this shape holds. */
    public static long entries(int[] start) {
        long sum = 0;
        for (int r = 0; r < start.length; r++) {
            sum += r - start[r];
        }
        return sum;
    }

    public void addDiagonal(int row, double value) {
        diagonal[row] += value;
    }

    /** Adds below the diagonal, start[row] &lt;= column &lt; row. */
    public void add(int row, int column, double value) {
        lower[at(row, column)] += value;
    }

    private int at(int row, int column) {
        return (int) (offset[row] + column - start[row]);
    }

    /** The solution; the matrix is used up. */
    public double[] solve(double[] right) {
        int n = start.length;
        double[] x = right.clone();
        for (int r = 0; r < n; r++) {
            double before = diagonal[r];
            factorRow(r);
            if (!(diagonal[r] > SINGULAR * before)) {
                diagonal[r] = Double.POSITIVE_INFINITY;
            }
            for (int c = start[r]; c < r; c++) {
                x[r] -= lower[at(r, c)] * x[c];
            }
        }
        for (int r = 0; r < n; r++) {
            x[r] /= diagonal[r];
        }
        for (int r = n - 1; r >= 0; r--) {
            for (int c = start[r]; c < r; c++) {
                x[c] -= lower[at(r, c)] * x[r];
            }
        }
        return x;
    }

    private void factorRow(int r) {
        for (int c = start[r]; c < r; c++) {
            double sum = lower[at(r, c)];
            int from = Math.max(start[r], start[c]);
            int mine = at(r, from);
            int other = at(c, from);
            for (int k = from; k < c; k++) {
                sum -= lower[mine++] * lower[other++];
            }
            lower[at(r, c)] = sum;
        }
        for (int c = start[r]; c < r; c++) {
            int place = at(r, c);
            double scaled = lower[place] / diagonal[c];
            diagonal[r] -= scaled * lower[place];
            lower[place] = scaled;
        }
    }
}
