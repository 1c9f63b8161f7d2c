package io.engraft.inference;

import java.util.ArrayList;
import java.util.List;

/** What the covariance of Gray's test needs of each event time, in order; the symbols are those of {@link GrayTest}. */
final class GrayStages {

    private static final int CHUNK = 128;

    private final int groups;
    private final int stride;
    private final List<double[]> chunks = new ArrayList<>();
    private int size;

    GrayStages(int groups) {
        this.groups = groups;
        this.stride = 4 * groups + 3;
    }

    /** One event time. */
    static final class Stage {

        /** h_r. */
        final double[] risk;
        /** S_r just after the time. */
        final double[] survival;
        /** What squares of a_r are multiplied by. */
        final double[] causeNoise;
        /** What squares of b_r are multiplied by. */
        final double[] otherNoise;
        /** d / h. */
        double step;
        /** G0(t-). */
        double before;
        /** L. */
        double weight;

        Stage(int groups) {
            this.risk = new double[groups];
            this.survival = new double[groups];
            this.causeNoise = new double[groups];
            this.otherNoise = new double[groups];
        }

        double pooledAfter() {
            return before - step;
        }

        /** D at this time. */
        void putOwn(double[][] own) {
            double total = 0;
            for (double h : risk) {
                total += h;
            }
            for (int g = 0; g < risk.length; g++) {
                double others = 0;
                for (int r = 0; r < risk.length; r++) {
                    others += r == g ? 0 : risk[r];
                    own[g][r] = step == 0 ? 0 : -weight * risk[g] * (risk[r] / total);
                }
                own[g][g] = step == 0 ? 0 : weight * risk[g] * (others / total);
            }
        }
    }

    int size() {
        return size;
    }

    void add(Stage stage) {
        if (size % CHUNK == 0) {
            chunks.add(new double[CHUNK * stride]);
        }
        double[] chunk = chunks.get(size / CHUNK);
        int from = size % CHUNK * stride;
        System.arraycopy(stage.risk, 0, chunk, from, groups);
        System.arraycopy(stage.survival, 0, chunk, from + groups, groups);
        System.arraycopy(stage.causeNoise, 0, chunk, from + 2 * groups, groups);
        System.arraycopy(stage.otherNoise, 0, chunk, from + 3 * groups, groups);
        chunk[from + 4 * groups] = stage.step;
        chunk[from + 4 * groups + 1] = stage.before;
        chunk[from + 4 * groups + 2] = stage.weight;
        size++;
    }

    void read(int i, Stage stage) {
        double[] chunk = chunks.get(i / CHUNK);
        int from = i % CHUNK * stride;
        System.arraycopy(chunk, from, stage.risk, 0, groups);
        System.arraycopy(chunk, from + groups, stage.survival, 0, groups);
        System.arraycopy(chunk, from + 2 * groups, stage.causeNoise, 0, groups);
        System.arraycopy(chunk, from + 3 * groups, stage.otherNoise, 0, groups);
        stage.step = chunk[from + 4 * groups];
        stage.before = chunk[from + 4 * groups + 1];
        stage.weight = chunk[from + 4 * groups + 2];
    }
}
