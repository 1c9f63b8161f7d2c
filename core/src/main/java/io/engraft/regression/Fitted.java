package io.engraft.regression;

import io.engraft.FitStatus;
import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.data.Clusters;
import io.engraft.regression.internal.Design;
import io.engraft.regression.internal.Likelihood;
import io.engraft.regression.internal.Newton;
import io.engraft.regression.internal.Sandwich;
import io.engraft.regression.internal.Symmetric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.jspecify.annotations.Nullable;

/**
 * A maximised likelihood: coefficients in the units of the covariates, their covariances, and how the search ended.
 * Coefficients stand parameter by parameter: the intercept, then the columns, those left out included.
 */
final class Fitted {

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    final Likelihood likelihood;
    final Newton.End end;
    final FitStatus status;
    final String reason;
    /** From the centred and scaled coefficients of the search to those of the covariates; zero rows for those left out. */
    final double[][] transform;

    final boolean[] leftOut;
    final double[] estimate;
    /** NaN where not estimable. */
    final double[][] modelCovariance;

    final double @Nullable [][] robustCovariance;
    final double nullLogLikelihood;
    /** What a reader of the data and of the errors should know. */
    private List<String> warnings;

    List<String> warnings() {
        return warnings;
    }

    /** With what a reader of any result of the data should know. */
    Fitted withWarnings(List<String> ofData) {
        List<String> all = new ArrayList<>(ofData);
        all.addAll(warnings);
        warnings = List.copyOf(all);
        return this;
    }

    Fitted(
            Likelihood likelihood,
            Newton.End end,
            boolean[] fixed,
            double nullLogLikelihood,
            @Nullable Clusters clusters) {
        this.likelihood = likelihood;
        this.end = end;
        this.nullLogLikelihood = nullLogLikelihood;
        this.warnings =
                clusters == null ? List.of() : clusters.warning().stream().toList();
        this.transform = transform(likelihood);
        this.leftOut = leftOut(likelihood);
        this.estimate = new double[transform.length];
        for (int j = 0; j < estimate.length; j++) {
            for (int m = 0; m < end.theta().length; m++) {
                estimate[j] += transform[j][m] * end.theta()[m];
            }
        }
        double[][] inverse = inverse(end, fixed);
        FitEnd outcome = FitEnd.of(likelihood, end, inverse != null);
        this.status = outcome.status();
        this.reason = outcome.reason();
        boolean usable = status == FitStatus.CONVERGED || status == FitStatus.RANK_DEFICIENT;
        if (inverse == null || !usable) {
            this.modelCovariance = missing(estimate.length);
            this.robustCovariance = clusters == null ? null : missing(estimate.length);
        } else {
            this.modelCovariance = blank(Symmetric.sandwich(transform, inverse), leftOut);
            this.robustCovariance = clusters == null
                    ? null
                    : blank(
                            Symmetric.sandwich(
                                    transform,
                                    Symmetric.sandwich(inverse, Sandwich.meat(likelihood, end.theta(), clusters))),
                            leftOut);
        }
    }

    /** The covariance in force. */
    double[][] covariance() {
        return robustCovariance == null ? modelCovariance : robustCovariance;
    }

    private static double[][] transform(Likelihood likelihood) {
        int rows = 0;
        for (Design d : likelihood.designs) {
            rows += 1 + d.columns.size();
        }
        double[][] t = new double[rows][likelihood.size];
        int at = 0;
        for (int k = 0; k < likelihood.designs.length; k++) {
            Design d = likelihood.designs[k];
            int first = likelihood.offset[k];
            t[at][first] = 1;
            for (int j = 0; j < d.columns.size(); j++) {
                int place = d.place[j];
                if (place >= 0) {
                    t[at][first + 1 + place] = -d.mean[place] / d.scale[place];
                    t[at + 1 + j][first + 1 + place] = 1 / d.scale[place];
                }
            }
            at += 1 + d.columns.size();
        }
        return t;
    }

    private static boolean[] leftOut(Likelihood likelihood) {
        List<Boolean> out = new ArrayList<>();
        for (Design d : likelihood.designs) {
            out.add(false);
            for (int place : d.place) {
                out.add(place < 0);
            }
        }
        boolean[] flags = new boolean[out.size()];
        for (int j = 0; j < flags.length; j++) {
            flags[j] = out.get(j);
        }
        return flags;
    }

    /** The inverse information with zeros for fixed coefficients, or null where it is not definite. */
    private static double @Nullable [][] inverse(Newton.End end, boolean[] fixed) {
        int n = fixed.length;
        int[] free = new int[n];
        int count = 0;
        for (int j = 0; j < n; j++) {
            if (!fixed[j]) {
                free[count++] = j;
            }
        }
        double[][] a = new double[count][count];
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < count; j++) {
                a[i][j] = -end.point().hessian()[free[i]][free[j]];
            }
        }
        Symmetric factor = Symmetric.factor(a);
        if (factor == null) {
            return null;
        }
        double[][] small = factor.inverse();
        double[][] full = new double[n][n];
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < count; j++) {
                full[free[i]][free[j]] = small[i][j];
            }
        }
        return full;
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

    /** log-likelihood at the end. */
    double logLikelihood() {
        return end.point().value();
    }

    int freeCoefficients() {
        return likelihood.size;
    }

    /** The coefficient of given weights: sum of weights times estimates, with standard errors by the covariances. */
    Coefficient combination(String name, String parameter, double[] weights, boolean out, double level) {
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
