package io.engraft.regression.internal;

import io.engraft.data.Clusters;

/** The middle part of the sandwich: the sum of outer products of the clusters' scores. */
public final class Sandwich {

    private Sandwich() {}

    public static double[][] meat(RowScores likelihood, double[] theta, Clusters clusters) {
        int p = likelihood.size();
        double[][] meat = new double[p][p];
        if (clusters.areRows()) {
            likelihood.scores(theta, (i, score) -> {
                double w = clusters.weight(i);
                addOuter(meat, score, clusters.replication(i) * w * w);
            });
            return meat;
        }
        double[][] sums = new double[clusters.count()][p];
        double[] replication = new double[clusters.count()];
        likelihood.scores(theta, (i, score) -> {
            double w = clusters.weight(i);
            double[] sum = sums[clusters.of(i)];
            replication[clusters.of(i)] = clusters.replication(i);
            for (int j = 0; j < p; j++) {
                sum[j] += w == 0 ? 0 : w * score[j];
            }
        });
        for (int c = 0; c < sums.length; c++) {
            addOuter(meat, sums[c], replication[c]);
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
