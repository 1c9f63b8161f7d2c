package io.engraft.estimate.states;

/**
 * The robust variance at every point in one pass: the influence of each cluster on the state probabilities is carried
 * forward through the transitions, and the rows at risk in a state that is left add theirs.
 */
final class RobustSweep {

    private final StateRiskSets sets;
    private final double[] p;
    private final int k;
    private final double[] influence;
    /** The rows at risk by state, each list filled to its size. */
    private final int[][] present;

    private final int[] size;
    private final int[] place;

    private RobustSweep(StateRiskSets sets, double[] p, double[] influence) {
        this.sets = sets;
        this.p = p;
        this.k = sets.k;
        this.influence = influence;
        this.size = new int[k];
        this.place = new int[sets.rows];
        int[] rows = new int[k];
        for (int j : sets.rowState) {
            rows[j]++;
        }
        this.present = new int[k][];
        for (int j = 0; j < k; j++) {
            present[j] = new int[rows[j]];
        }
    }

    /**
     * Variances of sums of states.
     *
     * @param p forward probabilities
     * @param startInfluence the influence on the start distribution, by place (cluster, state)
     * @param contrasts one weight a state, for each sum
     * @return by sum and point
     */
    static double[][] variances(StateRiskSets sets, double[] p, double[] startInfluence, double[][] contrasts) {
        RobustSweep sweep = new RobustSweep(sets, p, startInfluence.clone());
        int points = sets.size();
        double[][] found = new double[contrasts.length][points];
        int[][] coming = StateRiskSets.byPoint(sets.rowFirst, points);
        int[][] going = StateRiskSets.byPoint(sets.rowLast, points);
        for (int i = 0; i < points; i++) {
            for (int r : coming[i]) {
                sweep.enter(r);
            }
            if (sets.hasTransitions(i)) {
                sweep.pass(i, going[i]);
            }
            for (int c = 0; c < contrasts.length; c++) {
                boolean same = i > 0 && !sets.hasTransitions(i);
                found[c][i] = same ? found[c][i - 1] : sweep.square(contrasts[c]);
            }
            for (int r : going[i]) {
                sweep.leave(r);
            }
        }
        return found;
    }

    private void enter(int row) {
        int j = sets.rowState[row];
        place[row] = size[j];
        present[j][size[j]++] = row;
    }

    private void leave(int row) {
        int j = sets.rowState[row];
        int moved = present[j][--size[j]];
        present[j][place[row]] = moved;
        place[moved] = place[row];
    }

    private void pass(int point, int[] leaving) {
        double[] old = new double[k];
        for (int c = 0; c < sets.clusterFactor.length; c++) {
            int at = c * k;
            System.arraycopy(influence, at, old, 0, k);
            for (int j = 0; j < k; j++) {
                influence[at + j] *= sets.stay[point * k + j];
            }
            for (int e = sets.first[point]; e < sets.first[point + 1]; e++) {
                influence[at + sets.to[e]] += old[sets.from[e]] * sets.hazard[e];
            }
        }
        int e = sets.first[point];
        while (e < sets.first[point + 1]) {
            int j = sets.from[e];
            double share = p[point * k + j] / sets.atRisk[point * k + j];
            double[] shift = new double[k];
            for (; e < sets.first[point + 1] && sets.from[e] == j; e++) {
                shift[sets.to[e]] -= share * sets.hazard[e];
                shift[j] += share * sets.hazard[e];
            }
            for (int x = 0; x < size[j]; x++) {
                int row = present[j][x];
                int at = sets.rowCluster[row] * k;
                for (int m = 0; m < k; m++) {
                    influence[at + m] += sets.rowScale[row] * shift[m];
                }
            }
        }
        for (int row : leaving) {
            if (sets.rowTransition[row] >= 0) {
                int j = sets.rowState[row];
                int at = sets.rowCluster[row] * k;
                double own = sets.rowScale[row] * p[point * k + j] / sets.atRisk[point * k + j];
                influence[at + sets.to[sets.rowTransition[row]]] += own;
                influence[at + j] -= own;
            }
        }
    }

    private double square(double[] contrast) {
        double sum = 0;
        for (int c = 0; c < sets.clusterFactor.length; c++) {
            double x = 0;
            for (int j = 0; j < k; j++) {
                x += contrast[j] * influence[c * k + j];
            }
            sum += sets.clusterFactor[c] * x * x;
        }
        return sum;
    }
}
