package io.engraft.evidence;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * The random-effects model y_i ~ N(mu, v_i + tau^2) with known v_i. Studies are summed in the order of their estimates, so
 * that the result does not depend on the order in which they were given.
 */
final class RandomEffects {

    private static final double RELATIVE = 1e-15;
    private static final double ABSOLUTE = 1e-17;
    private static final int EVALUATIONS = 1000;
    private static final int GRID = 240;
    /** The grid for REML spans this many powers of e below and above the typical variance. */
    private static final double DECADES = 16;

    private final double[] y;
    private final double[] v;
    private final double q;
    private final double tau2;
    private final double mu;
    private final double sumOfWeights;
    private final double weightedSquares;

    private RandomEffects(double[] y, double[] v, HeterogeneityMethod method) {
        int[] order = IntStream.range(0, y.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(i -> y[i]).thenComparingDouble(i -> v[i]))
                .mapToInt(i -> i)
                .toArray();
        this.y = Arrays.stream(order).mapToDouble(i -> y[i]).toArray();
        this.v = Arrays.stream(order).mapToDouble(i -> v[i]).toArray();
        this.q = squares(0);
        this.tau2 = y.length == 1 ? 0 : estimate(method);
        this.mu = mean(tau2);
        this.sumOfWeights = power(tau2, 1);
        this.weightedSquares = squares(tau2);
    }

    static RandomEffects fit(double[] y, double[] v, HeterogeneityMethod method) {
        return new RandomEffects(y, v, method);
    }

    private double estimate(HeterogeneityMethod method) {
        int df = y.length - 1;
        return switch (method) {
            case DERSIMONIAN_LAIRD -> Math.max(0, (q - df) / (power(0, 1) - power(0, 2) / power(0, 1)));
            case PAULE_MANDEL -> q <= df ? 0 : root(t -> squares(t) - df, 0, beyond(t -> squares(t) - df));
            case REML -> restrictedMaximum();
        };
    }

    private static double root(DoubleUnaryOperator f, double low, double high) {
        return new BrentSolver(RELATIVE, ABSOLUTE, 0).solve(EVALUATIONS, f::applyAsDouble, low, high);
    }

    private double beyond(DoubleUnaryOperator decreasing) {
        double high = typical();
        while (decreasing.applyAsDouble(high) > 0) {
            high *= 2;
        }
        return high;
    }

    private double typical() {
        double[] sorted = v.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** Every zero of the score is a candidate, and so is 0: the likelihood may have more than one maximum. */
    private double restrictedMaximum() {
        double best = 0;
        double most = restrictedLogLikelihood(0);
        double below = 0;
        double before = score(0);
        for (int i = 0; i <= GRID; i++) {
            double t = typical() * Math.exp(DECADES * (2.0 * i / GRID - 1));
            double now = score(t);
            if (before > 0 && now <= 0) {
                double candidate = root(this::score, below, t);
                double value = restrictedLogLikelihood(candidate);
                if (value > most) {
                    most = value;
                    best = candidate;
                }
            }
            below = t;
            before = now;
        }
        return best;
    }

    private double score(double t) {
        double m = mean(t);
        double sum = 0;
        for (int i = 0; i < y.length; i++) {
            double r = (y[i] - m) / (v[i] + t);
            sum += r * r;
        }
        return sum - power(t, 1) + power(t, 2) / power(t, 1);
    }

    private double restrictedLogLikelihood(double t) {
        double logs = 0;
        for (double x : v) {
            logs += Math.log(x + t);
        }
        return -0.5 * (logs + Math.log(power(t, 1)) + squares(t));
    }

    private double power(double t, int exponent) {
        double sum = 0;
        for (double x : v) {
            double w = 1 / (x + t);
            sum += exponent == 1 ? w : w * w;
        }
        return sum;
    }

    private double mean(double t) {
        double sum = 0;
        for (int i = 0; i < y.length; i++) {
            sum += y[i] / (v[i] + t);
        }
        return sum / power(t, 1);
    }

    private double squares(double t) {
        double m = mean(t);
        double sum = 0;
        for (int i = 0; i < y.length; i++) {
            sum += (y[i] - m) * (y[i] - m) / (v[i] + t);
        }
        return sum;
    }

    int studies() {
        return y.length;
    }

    double q() {
        return q;
    }

    /** P(chi-square of k - 1 &gt;= Q); 1 for one study. */
    double qPValue() {
        return y.length == 1 ? 1 : ChiSquaredDistribution.of(y.length - 1.0).survivalProbability(q);
    }

    double tau2() {
        return tau2;
    }

    double mu() {
        return mu;
    }

    double waldError() {
        return Math.sqrt(1 / sumOfWeights);
    }

    /** With tau^2 = 0. */
    double commonError() {
        return Math.sqrt(1 / power(0, 1));
    }

    double hartungKnappError() {
        return Math.sqrt(weightedSquares / ((y.length - 1) * sumOfWeights));
    }
}
