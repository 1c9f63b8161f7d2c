package io.engraft.estimate.states;

import io.engraft.curve.PointEstimate;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.internal.Brief;
import java.util.List;

/**
 * The matrix P(s, t) of transition probabilities between two times, with their joint covariance. The covariance is
 * Greenwood-type, or over subjects or clusters, as that of the estimate it comes from. Immutable.
 */
public final class TransitionProbabilities implements Tabular {

    private final OccupancyEstimate all;
    private final double s;
    private final double t;
    private final int k;
    private final double[][] matrix;
    private final double[][] covariance;

    TransitionProbabilities(OccupancyEstimate all, double s, double t) {
        this.all = all;
        this.s = s;
        this.t = t;
        StateRiskSets sets = all.sets();
        this.k = sets.k;
        int first = sets.pointAt(s) + 1;
        int last = sets.pointAt(t);
        double[] units = new double[k * k];
        double[][] forward = new double[k][];
        this.matrix = new double[k][k];
        for (int j = 0; j < k; j++) {
            units[j * k + j] = 1;
            forward[j] = sets.forward(first, all.unit(j));
            System.arraycopy(forward[j], Math.max(first, last + 1) * k, matrix[j], 0, k);
        }
        BackwardPass pass = new BackwardPass(sets, first, s, last, t, k, units, new double[0], new double[0]);
        this.covariance = all.isRobust() ? robust(sets, pass, forward) : delta(pass, forward);
    }

    private double[][] delta(BackwardPass pass, double[][] forward) {
        double[][] joint = new double[k * k][k * k];
        for (int a = 0; a < k; a++) {
            for (int b = 0; b < k; b++) {
                double[][] block = pass.delta(forward[a], forward[b]);
                for (int m = 0; m < k; m++) {
                    System.arraycopy(block[m], 0, joint[a * k + m], b * k, k);
                }
            }
        }
        return joint;
    }

    private double[][] robust(StateRiskSets sets, BackwardPass pass, double[][] forward) {
        int clusters = sets.clusterFactor.length;
        double[] influence = new double[clusters * k * k];
        for (int a = 0; a < k; a++) {
            double[] part = pass.influence(forward[a], false);
            for (int c = 0; c < clusters; c++) {
                System.arraycopy(part, c * k, influence, c * k * k + a * k, k);
            }
        }
        return BackwardPass.square(sets, influence, k * k);
    }

    /**
     * The states.
     *
     * @return names, in the order of rows and columns
     */
    public List<String> states() {
        return all.states();
    }

    /**
     * The probability of being in a state at t for those in another, or the same, at s.
     *
     * @param from the state at s
     * @param to the state at t
     * @return the estimate
     * @throws io.engraft.InvalidArgumentException when a state is unknown
     */
    public PointEstimate probability(String from, String to) {
        return probability(all.sets().state(from), all.sets().state(to));
    }

    private PointEstimate probability(int a, int m) {
        double p = matrix[a][m];
        double variance = covariance[a * k + m][a * k + m];
        return all.settings().probability(p, p == 0 || p == 1 ? 0 : Math.sqrt(Math.max(0, variance)));
    }

    /**
     * The matrix.
     *
     * @return {@code matrix[from][to]} (a copy); rows sum to 1
     */
    public double[][] matrix() {
        return copy(matrix);
    }

    /**
     * The covariance of all entries.
     *
     * @return a symmetric matrix (a copy); row and column {@code from * states + to}
     */
    public double[][] covariance() {
        return copy(covariance);
    }

    private static double[][] copy(double[][] rows) {
        double[][] copy = new double[rows.length][];
        for (int a = 0; a < rows.length; a++) {
            copy[a] = rows[a].clone();
        }
        return copy;
    }

    /** One row a pair of states. */
    @Override
    public TidyTable tidy() {
        TidyTable.Builder table = TidyTable.builder()
                .text("from")
                .text("to")
                .number("s")
                .number("t")
                .number("probability")
                .number("std_error")
                .number("lower")
                .number("upper");
        for (int a = 0; a < k; a++) {
            for (int m = 0; m < k; m++) {
                PointEstimate entry = probability(a, m);
                table.row(
                        states().get(a),
                        states().get(m),
                        s,
                        t,
                        entry.estimate(),
                        entry.standardError().orElse(Double.NaN),
                        entry.interval().lower().orElse(Double.NaN),
                        entry.interval().upper().orElse(Double.NaN));
            }
        }
        return table.build();
    }

    @Override
    public String toString() {
        return "transition probabilities from " + Brief.number(s) + " to " + Brief.number(t) + " between "
                + Brief.list(states());
    }
}
