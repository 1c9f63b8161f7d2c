package io.engraft.multistate.solve;

import io.engraft.InvalidArgumentException;

/**
 * Transition probabilities exp(Q t) of a Markov model with constant rates, and their integral over [0, t], by
 * uniformisation over a short time that is then doubled. No step subtracts: off-diagonal entries are sums of
 * non-negative terms, and a diagonal entry near 1 is one minus those of its row, so that every entry is non-negative and
 * keeps its relative accuracy however far apart the rates are, and however long the time.
 */
final class MatrixExponential {

    private static final double SHORT = 0.5;
    private static final int TERMS = 24;

    private double[][] p;
    private double[][] integral;
    private final double error;

    private MatrixExponential(double[][] p, double[][] integral, int doublings) {
        this.p = p;
        this.integral = integral;
        for (int k = 0; k < doublings; k++) {
            twice();
        }
        this.error = 1e-15 * (10 + doublings) * p.length;
    }

    /**
     * The probabilities after a time.
     *
     * @param rates [from][to], non-negative; the diagonal is not read
     */
    static MatrixExponential of(double[][] rates, double t) {
        int n = rates.length;
        double fastest = 0;
        double[] exit = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                exit[i] += i == j ? 0 : rates[i][j];
            }
            if (!(exit[i] < Double.POSITIVE_INFINITY)) {
                throw InvalidArgumentException.of("sum of the rates out of one state", exit[i], "a finite number");
            }
            fastest = Math.max(fastest, exit[i]);
        }
        int doublings = 0;
        double step = t;
        while (fastest * step > SHORT) {
            step *= 0.5;
            doublings++;
        }
        double[][] p = new double[n][n];
        double[][] integral = new double[n][n];
        uniformise(rates, exit, fastest, step, p, integral);
        return new MatrixExponential(p, integral, doublings);
    }

    private static void uniformise(
            double[][] rates, double[] exit, double fastest, double step, double[][] p, double[][] integral) {
        int n = rates.length;
        double[] weight = new double[TERMS + 1];
        double[] beyond = new double[TERMS + 1];
        weight[0] = Math.exp(-fastest * step);
        for (int k = 1; k <= TERMS; k++) {
            weight[k] = weight[k - 1] * fastest * step / k;
        }
        for (int k = TERMS - 1; k >= 0; k--) {
            beyond[k] = beyond[k + 1] + weight[k + 1];
        }
        double[][] jump = new double[n][n];
        double[][] power = identity(n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                jump[i][j] = fastest == 0 ? 0 : (i == j ? fastest - exit[i] : rates[i][j]) / fastest;
            }
        }
        for (int k = 0; k <= TERMS; k++) {
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    p[i][j] += weight[k] * power[i][j];
                    integral[i][j] += fastest == 0 ? (k == 0 && i == j ? step : 0) : beyond[k] / fastest * power[i][j];
                }
            }
            power = product(power, jump);
        }
        complete(p);
    }

    private static double[][] identity(int n) {
        double[][] one = new double[n][n];
        for (int i = 0; i < n; i++) {
            one[i][i] = 1;
        }
        return one;
    }

    private static double[][] product(double[][] a, double[][] b) {
        int n = a.length;
        double[][] c = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < n; k++) {
                double factor = a[i][k];
                if (factor > 0) {
                    for (int j = 0; j < n; j++) {
                        c[i][j] += factor * b[k][j];
                    }
                }
            }
        }
        return c;
    }

    /** Rows sum to 1: by the diagonal where it is large, by a common factor where it is not. */
    private static void complete(double[][] p) {
        for (int i = 0; i < p.length; i++) {
            double off = 0;
            for (int j = 0; j < p.length; j++) {
                off += j == i ? 0 : p[i][j];
            }
            if (p[i][i] >= 0.5) {
                p[i][i] = Math.max(0, 1 - off);
            } else {
                double factor = 1 / (off + p[i][i]);
                for (int j = 0; j < p.length; j++) {
                    p[i][j] *= factor;
                }
            }
        }
    }

    private void twice() {
        double[][] more = product(integral, p);
        for (int i = 0; i < p.length; i++) {
            for (int j = 0; j < p.length; j++) {
                integral[i][j] += more[i][j];
            }
        }
        p = product(p, p);
        complete(p);
    }

    /** P(in j after the time | in i at first). */
    double[][] probabilities() {
        return p;
    }

    /** The expected time in j up to the time | in i at first. */
    double[][] times() {
        return integral;
    }

    double error() {
        return error;
    }
}
