package io.engraft.regression;

import java.util.Arrays;

/** Scores of Fine and Gray's pseudo-likelihood, Breslow's ties, written as the formulas are; slow. */
final class NaiveFineGray {

    private final double[] time;
    private final double[] entry;
    private final int[] status;
    private final double[][] x;
    private final double[] eta;
    private final int n;

    NaiveFineGray(double[] time, double[] entry, int[] status, double[][] columns, double[] b) {
        this.time = time;
        this.entry = entry;
        this.status = status;
        this.n = time.length;
        this.x = new double[n][b.length];
        this.eta = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < b.length; j++) {
                x[i][j] = columns[j][i];
                eta[i] += b[j] * x[i][j];
            }
        }
    }

    private double atRisk(double u) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += entry[i] < u && time[i] >= u ? 1 : 0;
        }
        return sum;
    }

    private double present(double u) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += entry[i] <= u && time[i] > u ? 1 : 0;
        }
        return sum;
    }

    private double censoredAt(double u) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += time[i] == u && status[i] == 0 ? 1 : 0;
        }
        return sum;
    }

    private double enteredAt(double u) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += entry[i] == u ? 1 : 0;
        }
        return sum;
    }

    private double[] times() {
        return Arrays.stream(time).distinct().sorted().toArray();
    }

    /** G(t-) H(t-). */
    private double observed(double t) {
        double product = 1;
        for (double u : times()) {
            if (u < t && censoredAt(u) > 0) {
                product *= 1 - censoredAt(u) / atRisk(u);
            }
        }
        for (double u : Arrays.stream(entry).distinct().toArray()) {
            if (u >= t) {
                product *= 1 - enteredAt(u) / present(u);
            }
        }
        return product;
    }

    double[][] scores() {
        double[] at = Arrays.stream(times()).filter(t -> count(t) > 0).toArray();
        int p = x[0].length;
        double[] observed = Arrays.stream(at).map(this::observed).toArray();
        double[][] w = new double[n][at.length];
        for (int i = 0; i < n; i++) {
            double own = status[i] == 2 ? observed(time[i]) : 1;
            for (int k = 0; k < at.length; k++) {
                w[i][k] = time[i] >= at[k] ? (entry[i] < at[k] ? 1 : 0) : status[i] == 2 ? observed[k] / own : 0;
            }
        }
        double[][] score = new double[n][p];
        double[][][] step = new double[n][at.length][p];
        for (int k = 0; k < at.length; k++) {
            double all = 0;
            double top = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < n; i++) {
                top = w[i][k] > 0 ? Math.max(top, eta[i]) : top;
            }
            double[] r = new double[n];
            for (int i = 0; i < n; i++) {
                r[i] = w[i][k] > 0 ? Math.exp(eta[i] - top) : 0;
            }
            double[] mean = new double[p];
            for (int i = 0; i < n; i++) {
                all += w[i][k] * r[i];
                for (int j = 0; j < p; j++) {
                    mean[j] += w[i][k] * r[i] * x[i][j];
                }
            }
            double hazard = count(at[k]) / all;
            for (int i = 0; i < n; i++) {
                double event = time[i] == at[k] && status[i] == 1 ? 1 : 0;
                for (int j = 0; j < p; j++) {
                    step[i][k][j] = (x[i][j] - mean[j] / all) * (event - w[i][k] * r[i] * hazard);
                    score[i][j] += step[i][k][j];
                }
            }
        }
        for (double u : times()) {
            double left = censoredAt(u);
            double[] q = left > 0 ? pull(step, at, u) : new double[p];
            for (int i = 0; i < n && left > 0; i++) {
                double own = time[i] == u && status[i] == 0 ? 1 : 0;
                double met = entry[i] < u && time[i] >= u ? left / atRisk(u) : 0;
                add((own - met) / atRisk(u), q, score[i]);
            }
        }
        for (double u : Arrays.stream(entry).distinct().toArray()) {
            double[] q = pull(step, at, u);
            for (int i = 0; i < n; i++) {
                double own = entry[i] == u ? 1 : 0;
                double met = entry[i] <= u && time[i] > u ? enteredAt(u) / present(u) : 0;
                add(-(own - met) / present(u), q, score[i]);
            }
        }
        return score;
    }

    private double count(double t) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += time[i] == t && status[i] == 1 ? 1 : 0;
        }
        return sum;
    }

    /** Minus the steps from u on of those who had another cause before. */
    private double[] pull(double[][][] step, double[] at, double u) {
        double[] q = new double[x[0].length];
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < at.length; k++) {
                if (status[i] == 2 && time[i] < u && at[k] >= u) {
                    add(-1, step[i][k], q);
                }
            }
        }
        return q;
    }

    private static void add(double factor, double[] values, double[] into) {
        for (int j = 0; j < into.length; j++) {
            into[j] += factor * values[j];
        }
    }
}
