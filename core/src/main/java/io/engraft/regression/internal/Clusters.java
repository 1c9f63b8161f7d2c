package io.engraft.regression.internal;

import io.engraft.data.Categories;
import io.engraft.data.SurvivalData;
import io.engraft.data.WeightType;
import org.jspecify.annotations.Nullable;

/** Which rows depend on each other, for the middle part of the sandwich: each row alone, or clusters. */
public final class Clusters {

    private final @Nullable Categories cluster;
    private final boolean replicates;

    private Clusters(@Nullable Categories cluster, boolean replicates) {
        this.cluster = cluster;
        this.replicates = replicates;
    }

    /** The clusters of some data: their cluster column, else their ids, else each row alone. */
    public static Clusters of(SurvivalData data) {
        Categories column = data.cluster().orElse(data.id().orElse(null));
        return new Clusters(column, data.weightType().orElse(WeightType.SAMPLING) == WeightType.FREQUENCY);
    }

    public String describe() {
        return cluster == null ? "robust, by row" : "robust, by cluster";
    }

    /** The sum of outer products of the clusters' scores. */
    public double[][] meat(Likelihood likelihood, double[] theta) {
        int p = likelihood.size;
        double[][] meat = new double[p][p];
        Rows rows = likelihood.rows;
        if (cluster == null) {
            likelihood.scores(theta, (i, score) -> {
                double w = rows.weightOf(i);
                addOuter(meat, score, replicates ? w : w * w);
            });
            return meat;
        }
        Categories column = cluster;
        double[][] sums = new double[column.levels().size()][p];
        likelihood.scores(theta, (i, score) -> {
            double w = rows.weightOf(i);
            double[] sum = sums[column.code(i)];
            for (int j = 0; j < p; j++) {
                sum[j] += w == 0 ? 0 : w * score[j];
            }
        });
        for (double[] sum : sums) {
            addOuter(meat, sum, 1);
        }
        return meat;
    }

    private static void addOuter(double[][] meat, double[] score, double w) {
        if (w == 0) {
            return;
        }
        for (int i = 0; i < score.length; i++) {
            for (int j = 0; j < score.length; j++) {
                meat[i][j] += w * score[i] * score[j];
            }
        }
    }
}
