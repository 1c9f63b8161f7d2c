package io.engraft.estimate.states;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The Greenwood-type covariance of the state probabilities, carried forward point by point: with the transition matrix
 * H of a point, C becomes H'CH plus the multinomial noise of the point, and the covariance with an earlier time passes
 * through H alone.
 */
final class DeltaSweep {

    private final StateRiskSets sets;
    private final double[] p;
    private final int k;
    private final double[][] now;
    private final List<Integer> marked = new ArrayList<>();
    private final List<double[][]> withEarlier = new ArrayList<>();

    private DeltaSweep(StateRiskSets sets, double[] p) {
        this.sets = sets;
        this.p = p;
        this.k = sets.k;
        this.now = new double[k][k];
        if (sets.startRows.length > 0) {
            double[] share = sets.startDistribution;
            for (int a = 0; a < k; a++) {
                for (int b = 0; b < k; b++) {
                    now[a][b] = ((a == b ? share[a] : 0) - share[a] * share[b]) / sets.startWeight;
                }
            }
        }
    }

    /** Variances of sums of states with the given weights, by sum and point. */
    static double[][] variances(StateRiskSets sets, double[] p, double[][] contrasts) {
        DeltaSweep sweep = new DeltaSweep(sets, p);
        double[][] found = new double[contrasts.length][sets.size()];
        for (int i = 0; i < sets.size(); i++) {
            sweep.step(i);
            for (int c = 0; c < contrasts.length; c++) {
                found[c][i] = Math.max(0, sweep.quadratic(contrasts[c]));
            }
        }
        return found;
    }

    /**
     * The joint covariance after some points.
     *
     * @param order the places of {@code last} in ascending order of time
     * @param last the last point at or before each time, -1 for none; -2 where the time is not known
     */
    static double[][] covariance(StateRiskSets sets, double[] p, int[] order, int[] last) {
        DeltaSweep sweep = new DeltaSweep(sets, p);
        int k = sets.k;
        double[][] matrix = new double[last.length * k][last.length * k];
        int next = 0;
        for (int place : order) {
            for (; next <= last[place]; next++) {
                sweep.step(next);
            }
            sweep.mark(place, last[place] == -2, matrix);
        }
        return matrix;
    }

    private double quadratic(double[] contrast) {
        double sum = 0;
        for (int a = 0; a < k; a++) {
            for (int b = 0; b < k; b++) {
                sum += contrast[a] * contrast[b] * now[a][b];
            }
        }
        return sum;
    }

    private void step(int point) {
        if (!sets.hasTransitions(point)) {
            return;
        }
        for (double[] row : now) {
            pass(row, point);
        }
        double[] column = new double[k];
        for (int b = 0; b < k; b++) {
            for (int a = 0; a < k; a++) {
                column[a] = now[a][b];
            }
            pass(column, point);
            for (int a = 0; a < k; a++) {
                now[a][b] = column[a];
            }
        }
        int e = sets.first[point];
        while (e < sets.first[point + 1]) {
            int j = sets.from[e];
            double[] share = new double[k];
            share[j] = sets.stay[point * k + j];
            for (; e < sets.first[point + 1] && sets.from[e] == j; e++) {
                share[sets.to[e]] = sets.hazard[e];
            }
            noise(p[point * k + j] * p[point * k + j] / sets.atRisk[point * k + j], share);
        }
        for (double[][] earlier : withEarlier) {
            for (double[] row : earlier) {
                pass(row, point);
            }
        }
    }

    private void noise(double size, double[] share) {
        for (int a = 0; a < k; a++) {
            double rest = 0;
            for (int b = 0; b < k; b++) {
                if (b != a) {
                    now[a][b] -= size * share[a] * share[b];
                    rest += share[b];
                }
            }
            now[a][a] += size * share[a] * rest;
        }
    }

    private void pass(double[] vector, int point) {
        double[] old = vector.clone();
        for (int j = 0; j < k; j++) {
            vector[j] *= sets.stay[point * k + j];
        }
        for (int e = sets.first[point]; e < sets.first[point + 1]; e++) {
            vector[sets.to[e]] += old[sets.from[e]] * sets.hazard[e];
        }
    }

    private void mark(int time, boolean unknown, double[][] matrix) {
        double[][] copy = new double[k][];
        for (int a = 0; a < k; a++) {
            copy[a] = now[a].clone();
            if (unknown) {
                Arrays.fill(copy[a], Double.NaN);
            }
        }
        marked.add(time);
        withEarlier.add(copy);
        for (int m = 0; m < marked.size(); m++) {
            for (int a = 0; a < k; a++) {
                for (int b = 0; b < k; b++) {
                    double value = unknown ? Double.NaN : withEarlier.get(m)[a][b];
                    matrix[marked.get(m) * k + a][time * k + b] = value;
                    matrix[time * k + b][marked.get(m) * k + a] = value;
                }
            }
        }
    }
}
