package io.engraft.regression.internal.risk;

import io.engraft.FitStatus;
import io.engraft.internal.Brief;
import io.engraft.regression.internal.FitEnd;
import io.engraft.regression.internal.Newton;
import io.engraft.regression.internal.Objective;
import io.engraft.regression.internal.Symmetric;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The maximum of a partial likelihood less an elastic-net penalty,
 *
 * <pre>
 *   l(b) / W  -  lambda sum over columns of (alpha |b| + (1 - alpha) / 2 b^2)
 * </pre>
 *
 * <p>with W the weight of all rows and b on the scale of columns of standard deviation 1: Newton's quadratic form at each point,
 * its penalised maximum by coordinate descent and then exactly on the columns that are left, and a step that is shortened until
 * the objective rises (Simon, Friedman, Hastie, Tibshirani 2011).
 */
public final class PenalisedSearch implements Objective {

    private static final int MOST_ITERATIONS = 200;
    private static final int MOST_PASSES = 20_000;
    private static final int MOST_HALVINGS = 40;
    /** Of the largest gradient at coefficients of 0: a violation of the conditions of a maximum that is rounding. */
    private static final double ROUNDING = 1e-13;

    /** A violation above this is no maximum. */
    private static final double LARGEST = 1e-8;

    private final PartialLikelihood likelihood;
    private final double weight;
    private final double alpha;
    private final double lambda;
    private final double unit;

    public PenalisedSearch(PartialLikelihood likelihood, double alpha, double lambda) {
        this.likelihood = likelihood;
        this.weight = weightOf(likelihood);
        this.alpha = alpha;
        this.lambda = lambda;
        this.unit = largest(likelihood);
    }

    /** What all rows weigh. */
    public static double weightOf(PartialLikelihood likelihood) {
        double sum = 0;
        for (int i = 0; i < likelihood.risk().size; i++) {
            sum += likelihood.risk().weightOf(i);
        }
        return sum;
    }

    /** The largest gradient at coefficients of 0, over what all rows weigh: a lasso of as much leaves no column. */
    public static double largest(PartialLikelihood likelihood) {
        double most = 0;
        for (double g : likelihood.nothing().gradient()) {
            most = Math.max(most, Math.abs(g));
        }
        return most / weightOf(likelihood);
    }

    /** How a search ended. */
    public static FitEnd outcome(Newton.End end) {
        return end.converged()
                ? new FitEnd(
                        FitStatus.CONVERGED,
                        "penalised estimates are drawn to 0, so that an interval around them would not hold the truth")
                : new FitEnd(FitStatus.FAILED, "the conditions of a penalised maximum are not met");
    }

    private double penalty(double[] b) {
        double sum = 0;
        for (double x : b) {
            sum += alpha * Math.abs(x) + (1 - alpha) / 2 * x * x;
        }
        return lambda * sum;
    }

    private double value(Point point, double[] b) {
        return point.value() / weight - penalty(b);
    }

    /** By how much the conditions of a maximum are violated at most, over the largest gradient at coefficients of 0. */
    public double violation(double[] b, Point point) {
        double most = 0;
        for (int j = 0; j < b.length; j++) {
            double g = point.gradient()[j] / weight;
            double off = b[j] == 0
                    ? Math.max(Math.abs(g) - lambda * alpha, 0)
                    : Math.abs(g - lambda * (1 - alpha) * b[j] - lambda * alpha * Math.signum(b[j]));
            most = Math.max(most, off);
        }
        return unit > 0 ? most / unit : most;
    }

    /** Searches from some coefficients. */
    public Newton.End from(double[] start) {
        double[] b = start.clone();
        Point point = likelihood.at(b);
        double violation = violation(b, point);
        int iteration = 0;
        for (; iteration < MOST_ITERATIONS && violation > ROUNDING; iteration++) {
            double[] target = target(b, point);
            double[] next = b.clone();
            Point found = step(b, target, point, next);
            if (found == null) {
                break;
            }
            double now = violation(next, found);
            boolean same = Arrays.equals(b, next);
            b = next;
            point = found;
            violation = now;
            if (same) {
                break;
            }
        }
        return Newton.End.of(b, point, iteration, violation < LARGEST);
    }

    private @Nullable Point step(double[] b, double[] target, Point point, double[] next) {
        double before = value(point, b);
        double slack = 1e-14 * (1 + Math.abs(before));
        double factor = 1;
        for (int h = 0; h < MOST_HALVINGS; h++, factor /= 2) {
            for (int j = 0; j < b.length; j++) {
                next[j] = factor == 1 ? target[j] : b[j] + factor * (target[j] - b[j]);
            }
            Point candidate = likelihood.at(next);
            if (Double.isFinite(candidate.value()) && value(candidate, next) >= before - slack) {
                return candidate;
            }
        }
        return null;
    }

    /** The penalised maximum of the quadratic form at a point. */
    private double[] target(double[] b, Point point) {
        int p = b.length;
        double[][] h = new double[p][p];
        double[] rest = new double[p];
        for (int i = 0; i < p; i++) {
            rest[i] = point.gradient()[i] / weight;
            for (int j = 0; j < p; j++) {
                h[i][j] = -point.hessian()[i][j] / weight;
            }
        }
        double[] gradient = rest.clone();
        double[] x = b.clone();
        for (int pass = 0; pass < MOST_PASSES; pass++) {
            double most = 0;
            for (int j = 0; j < p; j++) {
                double u = h[j][j] * x[j] + rest[j];
                double moved = Math.max(Math.abs(u) - lambda * alpha, 0);
                double of = h[j][j] + lambda * (1 - alpha);
                double now = of > 0 ? Math.signum(u) * moved / of : 0;
                double step = now - x[j];
                if (step != 0) {
                    for (int i = 0; i < p; i++) {
                        rest[i] -= h[i][j] * step;
                    }
                    x[j] = now;
                    most = Math.max(most, Math.abs(step) * of);
                }
            }
            if (most <= 1e-9 * unit) {
                break;
            }
        }
        return exact(b, x, gradient, h);
    }

    /** The maximum among the columns that are not 0, with their signs; what coordinate descent found where a sign turns. */
    private double[] exact(double[] b, double[] x, double[] gradient, double[][] h) {
        int[] kept = IntStream.range(0, x.length).filter(j -> x[j] != 0).toArray();
        double[][] a = new double[kept.length][kept.length];
        double[] right = new double[kept.length];
        for (int i = 0; i < kept.length; i++) {
            int row = kept[i];
            right[i] = gradient[row] - lambda * alpha * Math.signum(x[row]);
            for (int j = 0; j < b.length; j++) {
                right[i] += h[row][j] * b[j];
            }
            for (int j = 0; j < kept.length; j++) {
                a[i][j] = h[row][kept[j]];
            }
            a[i][i] += lambda * (1 - alpha);
        }
        Symmetric factor = Symmetric.factor(a);
        if (factor == null) {
            return x;
        }
        double[] solved = factor.solve(right);
        double[] found = new double[x.length];
        for (int i = 0; i < kept.length; i++) {
            if (Math.signum(solved[i]) != Math.signum(x[kept[i]])) {
                return x;
            }
            found[kept[i]] = solved[i];
        }
        return found;
    }

    public double lambda() {
        return lambda;
    }

    @Override
    public int size() {
        return likelihood.size();
    }

    /** The likelihood itself: what is told of a fit is without the penalty. */
    @Override
    public Point at(double[] theta) {
        return likelihood.at(theta);
    }

    @Override
    public double unit(int coefficient) {
        return likelihood.unit(coefficient);
    }

    @Override
    public String name(int coefficient) {
        return likelihood.name(coefficient);
    }

    @Override
    public String toString() {
        String kind = alpha == 0 ? "ridge" : alpha == 1 ? "lasso" : "elastic net, alpha " + Brief.number(alpha);
        return kind + ", lambda " + Brief.number(lambda);
    }
}
