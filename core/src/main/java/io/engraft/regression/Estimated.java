package io.engraft.regression;

import io.engraft.FitStatus;
import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.regression.internal.FitEnd;
import io.engraft.regression.internal.Symmetric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.jspecify.annotations.Nullable;

/** Coefficients in the units of the covariates, those left out included, with their covariances and how the search ended. */
class Estimated {

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    final FitStatus status;
    final String reason;
    /** From the centred and scaled coefficients of the search to those of the covariates; zero rows for those left out. */
    final double[][] transform;

    final boolean[] leftOut;
    final double[] estimate;
    /** NaN where not estimable. */
    final double[][] modelCovariance;

    final double @Nullable [][] robustCovariance;
    /** What a reader of the data and of the errors should know. */
    private List<String> warnings;

    /**
     * The end of a search.
     *
     * @param outcome how it ended
     * @param theta where
     * @param inverse the inverse information there, null where it is not definite
     * @param meat the sum of outer products of scores, null without a robust covariance; not asked for where there is none
     */
    Estimated(
            FitEnd outcome,
            double[] theta,
            double[][] transform,
            boolean[] leftOut,
            double @Nullable [][] inverse,
            @Nullable Meat meat,
            List<String> warnings) {
        this.status = outcome.status();
        this.reason = outcome.reason();
        this.warnings = List.copyOf(warnings);
        this.transform = transform;
        this.leftOut = leftOut;
        this.estimate = new double[transform.length];
        for (int j = 0; j < estimate.length; j++) {
            for (int m = 0; m < theta.length; m++) {
                estimate[j] += transform[j][m] * theta[m];
            }
        }
        boolean usable = status == FitStatus.CONVERGED || status == FitStatus.RANK_DEFICIENT;
        if (inverse == null || !usable) {
            this.modelCovariance = missing(estimate.length);
            this.robustCovariance = meat == null ? null : missing(estimate.length);
        } else {
            this.modelCovariance = blank(Symmetric.sandwich(transform, inverse), leftOut);
            this.robustCovariance = meat == null
                    ? null
                    : blank(Symmetric.sandwich(transform, Symmetric.sandwich(inverse, meat.sum())), leftOut);
        }
    }

    /** The sum of outer products of the clusters' scores. */
    interface Meat {
        double[][] sum();
    }

    final List<String> warnings() {
        return warnings;
    }

    /** Puts what a reader of any result of the data should know before the rest. */
    final void warnFirst(List<String> ofData) {
        List<String> all = new ArrayList<>(ofData);
        all.addAll(warnings);
        warnings = List.copyOf(all);
    }

    /** The covariance in force. */
    final double[][] covariance() {
        return robustCovariance == null ? modelCovariance : robustCovariance;
    }

    private static double[][] missing(int n) {
        double[][] v = new double[n][n];
        for (double[] row : v) {
            Arrays.fill(row, Double.NaN);
        }
        return v;
    }

    private static double[][] blank(double[][] v, boolean[] leftOut) {
        for (int i = 0; i < v.length; i++) {
            for (int j = 0; j < v.length; j++) {
                if (leftOut[i] || leftOut[j]) {
                    v[i][j] = Double.NaN;
                }
            }
        }
        return v;
    }

    /** The coefficient of given weights: sum of weights times estimates, with standard errors by the covariances. */
    final Coefficient combination(String name, String parameter, double[] weights, boolean out, double level) {
        if (out) {
            return none(
                    name,
                    parameter,
                    name + " was left out: it is constant or a combination of the covariates before it");
        }
        double value = 0;
        for (int j = 0; j < weights.length; j++) {
            value += weights[j] == 0 || leftOut[j] ? 0 : weights[j] * estimate[j];
        }
        OptionalDouble model = error(modelCovariance, weights);
        OptionalDouble robust = robustCovariance == null ? OptionalDouble.empty() : error(robustCovariance, weights);
        double se = (robustCovariance == null ? model : robust).orElse(Double.NaN);
        if (Double.isNaN(value)) {
            return combination(name, parameter, weights, true, level);
        }
        PointEstimate estimated = normal(value, se, level, "the fit ended " + status + ": " + reason);
        OptionalDouble z = se > 0 ? OptionalDouble.of(value / se) : OptionalDouble.empty();
        OptionalDouble p = se > 0
                ? OptionalDouble.of(2 * NORMAL.survivalProbability(Math.abs(value / se)))
                : OptionalDouble.empty();
        return new Coefficient(name, parameter, estimated, model, robust, z, p);
    }

    /** A coefficient that cannot be estimated. */
    static Coefficient none(String name, String parameter, String reason) {
        return new Coefficient(
                name,
                parameter,
                PointEstimate.notEstimable(reason),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty());
    }

    private OptionalDouble error(double[][] v, double[] weights) {
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            for (int j = 0; j < weights.length; j++) {
                if (weights[i] != 0 && weights[j] != 0 && !leftOut[i] && !leftOut[j]) {
                    sum += weights[i] * weights[j] * v[i][j];
                }
            }
        }
        return sum >= 0 ? OptionalDouble.of(Math.sqrt(sum)) : OptionalDouble.empty();
    }

    /** An estimate with its normal interval; one without limits where there is no standard error. */
    static PointEstimate normal(double value, double se, double level, String reason) {
        if (!(se >= 0) || se == Double.POSITIVE_INFINITY) {
            return PointEstimate.of(value, Double.NaN, Interval.notEstimable(level, reason));
        }
        double half = quantile(level) * se;
        return PointEstimate.of(value, se, Interval.of(value - half, value + half, level));
    }

    static double quantile(double level) {
        return NORMAL.inverseSurvivalProbability((1 - level) / 2);
    }
}
