package io.engraft.estimate.states;

import java.util.Arrays;

/**
 * What is to be expected from a time on, for each state in which a subject may then be: g_j(u) is the expected sum of a
 * value f of the state at the end, a reward c for time spent in states and a reward r for transitions, all after u. From
 * the last point back,
 *
 * <pre>
 *   g_j(u-) = g_j(u) + sum over k of dA_jk(u) V_jk(u),     V_jk(u) = g_k(u) + r_jk - g_j(u)
 * </pre>
 *
 * <p>A quantity p(s) g(s) is then linear in the hazards with weights p_j(u-) V_jk(u), which gives its Greenwood-type
 * covariance, and the derivative with respect to a row's weight as a difference of two prefix sums and a term of the
 * row's own transition. Several quantities (columns) go through together; the cost is linear in rows and points.
 */
final class BackwardPass {

    private final StateRiskSets sets;
    private final int firstPoint;
    private final int lastPoint;
    private final int columns;
    /** V by place (transition, column), of the transitions from the first point on. */
    private final double[] gain;

    private final int offset;
    /** g at the start, by place (state, column). */
    private final double[] value;

    /**
     * Goes back.
     *
     * @param firstPoint the first point after the start
     * @param from the start
     * @param lastPoint the last point at or before the end
     * @param end the end
     * @param columns how many quantities
     * @param last f, by place (state, column)
     * @param timeReward c, by place (state, column); empty for none
     * @param entryReward the reward for entering a state, by place (state, column); empty for none
     */
    BackwardPass(
            StateRiskSets sets,
            int firstPoint,
            double from,
            int lastPoint,
            double end,
            int columns,
            double[] last,
            double[] timeReward,
            double[] entryReward) {
        this.sets = sets;
        this.firstPoint = firstPoint;
        this.lastPoint = lastPoint;
        this.columns = columns;
        this.offset = sets.first[Math.min(firstPoint, sets.size())];
        int stop = lastPoint < firstPoint ? offset : sets.first[lastPoint + 1];
        this.gain = new double[(stop - offset) * columns];
        double[] g = last.clone();
        double next = end;
        double[] step = new double[g.length];
        for (int i = lastPoint; i >= firstPoint; i--) {
            addTime(g, timeReward, next - sets.time[i]);
            next = Math.min(next, sets.time[i]);
            if (sets.hasTransitions(i)) {
                Arrays.fill(step, 0);
                for (int e = sets.first[i]; e < sets.first[i + 1]; e++) {
                    for (int m = 0; m < columns; m++) {
                        int source = sets.from[e] * columns + m;
                        int target = sets.to[e] * columns + m;
                        double v = g[target] - g[source] + (entryReward.length == 0 ? 0 : entryReward[target]);
                        gain[(e - offset) * columns + m] = v;
                        step[source] += sets.hazard[e] * v;
                    }
                }
                settle(i, g, step);
            }
        }
        addTime(g, timeReward, next - from);
        this.value = g;
    }

    private static void addTime(double[] g, double[] reward, double length) {
        if (length > 0) {
            for (int x = 0; x < reward.length; x++) {
                g[x] += length * reward[x];
            }
        }
    }

    private void settle(int point, double[] g, double[] step) {
        for (int j = 0; j < sets.k; j++) {
            if (sets.stay[point * sets.k + j] < 1) {
                for (int m = 0; m < columns; m++) {
                    g[j * columns + m] += step[j * columns + m];
                }
            }
        }
    }

    /** The columns' values for a start distribution. */
    double[] values(double[] distribution) {
        double[] sum = new double[columns];
        for (int j = 0; j < sets.k; j++) {
            for (int m = 0; m < columns; m++) {
                sum[m] += distribution[j] * value[j * columns + m];
            }
        }
        return sum;
    }

    /**
     * The Greenwood-type covariance of the columns reached from two starts.
     *
     * @param p forward probabilities from the one
     * @param q from the other
     */
    double[][] delta(double[] p, double[] q) {
        double[][] sum = new double[columns][columns];
        int k = sets.k;
        double[] mean = new double[columns];
        for (int i = firstPoint; i <= lastPoint; i++) {
            int e = sets.first[i];
            while (e < sets.first[i + 1]) {
                int j = sets.from[e];
                double noise = p[i * k + j] * q[i * k + j] / sets.atRisk[i * k + j];
                Arrays.fill(mean, 0);
                for (; e < sets.first[i + 1] && sets.from[e] == j; e++) {
                    int at = (e - offset) * columns;
                    double h = sets.hazard[e];
                    for (int a = 0; a < columns; a++) {
                        mean[a] += h * gain[at + a];
                        for (int b = 0; b <= a; b++) {
                            sum[a][b] += noise * h * gain[at + a] * gain[at + b];
                        }
                    }
                }
                for (int a = 0; a < columns; a++) {
                    for (int b = 0; b <= a; b++) {
                        sum[a][b] -= noise * mean[a] * mean[b];
                    }
                }
            }
        }
        for (int a = 0; a < columns; a++) {
            for (int b = 0; b < a; b++) {
                sum[b][a] = sum[a][b];
            }
        }
        return sum;
    }

    /** The part of the covariance that comes from estimating the start distribution. */
    void addStart(double[][] covariance) {
        if (sets.startRows.length == 0) {
            return;
        }
        double[] mean = values(sets.startDistribution);
        for (int j = 0; j < sets.k; j++) {
            double share = sets.startDistribution[j] / sets.startWeight;
            for (int a = 0; a < columns; a++) {
                for (int b = 0; b < columns; b++) {
                    covariance[a][b] += share * (value[j * columns + a] - mean[a]) * (value[j * columns + b] - mean[b]);
                }
            }
        }
    }

    /** The influence of every cluster on every column, by place (cluster, column). */
    double[] influence(double[] p, boolean withStart) {
        int k = sets.k;
        double[] found = new double[sets.clusterFactor.length * columns];
        if (withStart && sets.startRows.length > 0) {
            double[] mean = values(sets.startDistribution);
            for (int r : sets.startRows) {
                int at = sets.rowCluster[r] * columns;
                double share = sets.rowScale[r] / sets.startWeight;
                for (int m = 0; m < columns; m++) {
                    found[at + m] += share * (value[sets.rowState[r] * columns + m] - mean[m]);
                }
            }
        }
        if (lastPoint < firstPoint) {
            return found;
        }
        double[] prefix = prefix(p);
        for (int r = 0; r < sets.rows; r++) {
            int begin = Math.max(sets.rowFirst[r], firstPoint);
            int end = Math.min(sets.rowLast[r], lastPoint);
            if (begin > end) {
                continue;
            }
            int j = sets.rowState[r];
            int at = sets.rowCluster[r] * columns;
            int low = ((begin - firstPoint) * k + j) * columns;
            int high = ((end + 1 - firstPoint) * k + j) * columns;
            boolean leaves = sets.rowTransition[r] >= 0 && sets.rowLast[r] <= lastPoint;
            int own = leaves ? (sets.rowTransition[r] - offset) * columns : 0;
            double share = leaves ? p[end * k + j] / sets.atRisk[end * k + j] : 0;
            for (int m = 0; m < columns; m++) {
                double expected = prefix[high + m] - prefix[low + m];
                found[at + m] += sets.rowScale[r] * ((leaves ? share * gain[own + m] : 0) - expected);
            }
        }
        return found;
    }

    /** Sums over the points before one of p_j(u-) / n_j(u) times the expected gain, by place (point, state, column). */
    private double[] prefix(double[] p) {
        int k = sets.k;
        int width = k * columns;
        double[] prefix = new double[(lastPoint - firstPoint + 2) * width];
        for (int i = firstPoint; i <= lastPoint; i++) {
            int now = (i - firstPoint) * width;
            System.arraycopy(prefix, now, prefix, now + width, width);
            for (int e = sets.first[i]; e < sets.first[i + 1]; e++) {
                int j = sets.from[e];
                double share = p[i * k + j] / sets.atRisk[i * k + j] * sets.hazard[e];
                for (int m = 0; m < columns; m++) {
                    prefix[now + width + j * columns + m] += share * gain[(e - offset) * columns + m];
                }
            }
        }
        return prefix;
    }

    /** The robust covariance of columns from influences. */
    static double[][] square(StateRiskSets sets, double[] influence, int columns) {
        double[][] sum = new double[columns][columns];
        for (int c = 0; c < sets.clusterFactor.length; c++) {
            for (int a = 0; a < columns; a++) {
                double x = sets.clusterFactor[c] * influence[c * columns + a];
                for (int b = 0; b <= a; b++) {
                    sum[a][b] += x * influence[c * columns + b];
                }
            }
        }
        for (int a = 0; a < columns; a++) {
            for (int b = 0; b < a; b++) {
                sum[b][a] = sum[a][b];
            }
        }
        return sum;
    }
}
