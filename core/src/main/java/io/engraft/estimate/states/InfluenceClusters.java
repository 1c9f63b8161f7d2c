package io.engraft.estimate.states;

import io.engraft.data.Categories;
import io.engraft.data.MultiStateData;
import io.engraft.data.WeightType;
import java.util.Arrays;
import java.util.Optional;

/**
 * Whose influence a row belongs to: that of its cluster, else of its subject, else its own. A sampling weight counts in
 * the influence; a frequency weight stands for that many subjects, each with the same influence, or, with clusters, for
 * that many rows of one.
 */
final class InfluenceClusters {

    final int[] ofRow;
    /** By what a row counts in its cluster's influence. */
    final double[] scale;
    /** By what the square of a cluster's influence counts. */
    final double[] factor;

    private InfluenceClusters(int[] ofRow, double[] scale, double[] factor) {
        this.ofRow = ofRow;
        this.scale = scale;
        this.factor = factor;
    }

    static InfluenceClusters of(MultiStateData data, int[] kept, double[] weight) {
        int n = kept.length;
        int[] ofRow = new int[n];
        boolean clustered = data.cluster().isPresent();
        Optional<Categories> column = clustered ? data.cluster() : data.id();
        int[] number = new int[column.map(c -> c.levels().size()).orElse(0)];
        int found = 0;
        for (int r = 0; r < n; r++) {
            if (column.isEmpty()) {
                ofRow[r] = found++;
            } else {
                int code = column.get().code(kept[r]);
                number[code] = number[code] == 0 ? ++found : number[code];
                ofRow[r] = number[code] - 1;
            }
        }
        double[] factor = new double[found];
        Arrays.fill(factor, 1);
        if (clustered || data.weightType().orElse(WeightType.SAMPLING) == WeightType.SAMPLING) {
            return new InfluenceClusters(ofRow, weight, factor);
        }
        double[] scale = new double[n];
        Arrays.fill(scale, 1);
        for (int r = 0; r < n; r++) {
            factor[ofRow[r]] = weight[r];
        }
        return new InfluenceClusters(ofRow, scale, factor);
    }
}
