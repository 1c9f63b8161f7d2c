package io.engraft.estimate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The covariance of (S, F_1, ..., F_K) over several times, carried forward point by point. Increments at different
 * times are uncorrelated, so the covariance with an earlier time only passes through the transition at each point.
 */
final class JointCovariance {

    private final int states;
    private final double[][] now;
    private final List<Integer> marked = new ArrayList<>();
    private final List<double[][]> withEarlier = new ArrayList<>();
    private final double[][] matrix;

    JointCovariance(int causes, int times) {
        this.states = causes + 1;
        this.now = new double[states][states];
        this.matrix = new double[times * states][times * states];
    }

    /** Passes a point with hazards h, the share that stays, n at risk and S just before it. */
    void step(double[] h, double stay, double n, double s) {
        for (double[] row : now) {
            pass(row, h, stay);
        }
        for (int b = 0; b < states; b++) {
            double[] column = new double[states];
            for (int a = 0; a < states; a++) {
                column[a] = now[a][b];
            }
            pass(column, h, stay);
            for (int a = 0; a < states; a++) {
                now[a][b] = column[a];
            }
        }
        double noise = s * s / n;
        for (int a = 0; a < states; a++) {
            for (int b = 0; b < states; b++) {
                now[a][b] += noise * multinomial(a, b, h, stay);
            }
        }
        for (double[][] earlier : withEarlier) {
            for (double[] row : earlier) {
                pass(row, h, stay);
            }
        }
    }

    private static void pass(double[] vector, double[] h, double stay) {
        for (int k = 0; k < h.length; k++) {
            vector[k + 1] += vector[0] * h[k];
        }
        vector[0] *= stay;
    }

    /** Covariance of the shares that stay (state 0) and go to each cause, for one subject. */
    private static double multinomial(int a, int b, double[] h, double stay) {
        double pa = a == 0 ? stay : h[a - 1];
        double pb = b == 0 ? stay : h[b - 1];
        if (a != b) {
            return -pa * pb;
        }
        double rest = 0;
        for (int k = 0; k < h.length; k++) {
            rest += k == a - 1 ? 0 : h[k];
        }
        return pa * (a == 0 ? rest : rest + stay);
    }

    /** Records the present time as the one at a place of the result. */
    void mark(int time, boolean known) {
        marked.add(time);
        double[][] copy = new double[states][];
        for (int a = 0; a < states; a++) {
            copy[a] = now[a].clone();
            if (!known) {
                Arrays.fill(copy[a], Double.NaN);
            }
        }
        withEarlier.add(copy);
        for (int m = 0; m < marked.size(); m++) {
            double[][] block = withEarlier.get(m);
            for (int a = 0; a < states; a++) {
                for (int b = 0; b < states; b++) {
                    double value = known ? block[a][b] : Double.NaN;
                    matrix[marked.get(m) * states + a][time * states + b] = value;
                    matrix[time * states + b][marked.get(m) * states + a] = value;
                }
            }
        }
    }

    double[][] matrix() {
        return matrix;
    }
}
