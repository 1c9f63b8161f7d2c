package io.engraft.evidence;

import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.univariate.BrentOptimizer;
import org.apache.commons.math3.optim.univariate.SearchInterval;
import org.apache.commons.math3.optim.univariate.UnivariateObjectiveFunction;

/**
 * How far the median logit mu, and the logit mu + tau z of a further study, can go while the deviance D(mu, tau) from the
 * maximum, for the further study together with z^2, stays within a bound. Each limit is the farthest over all tau up to
 * a largest one.
 */
final class LikelihoodRegion {

    private static final int GRID = 9;
    /** Of tau: the limit is flat there, and has twice as many digits. */
    private static final double RELATIVE = 1e-6;

    private static final int EVALUATIONS = 200;

    private final BinomialNormal model;
    private final double bound;
    private final double largest;

    LikelihoodRegion(BinomialNormal model, double bound, double largest) {
        this.model = model;
        this.bound = bound;
        this.largest = largest;
    }

    LikelihoodRegion mirrored() {
        return new LikelihoodRegion(model.mirrored(), bound, largest);
    }

    /** The largest mu. */
    double upper() {
        return farthest(this::upperAt);
    }

    /** The largest logit of a further study. */
    double furtherUpper() {
        return farthest(this::furtherAt);
    }

    private double deviance(double[] at) {
        return 2 * (model.logLikelihood() - at[0]);
    }

    /** The largest mu for a tau; where the tau itself is out of bounds, the best mu less by how far it is out. */
    private double upperAt(double t) {
        double best = model.best(t, model.mu());
        return end(t, best, model.at(best, t));
    }

    private double end(double t, double best, double[] there) {
        double left = bound - deviance(there);
        if (left <= 0) {
            return best + left;
        }
        return BinomialNormal.root(
                m -> {
                    double[] d = model.at(m, t);
                    return new double[] {bound - deviance(d), 2 * d[1]};
                },
                best + Math.sqrt(-left / there[3]),
                best,
                Double.POSITIVE_INFINITY);
    }

    private double furtherAt(double t) {
        double best = model.best(t, model.mu());
        double[] there = model.at(best, t);
        double end = end(t, best, there);
        if (t == 0 || end <= best) {
            return end;
        }
        // as if the deviance were quadratic
        double share = t * Math.sqrt(-there[3]);
        double at = BinomialNormal.root(
                m -> {
                    double[] d = model.at(m, t);
                    double left = Math.sqrt(Math.max(1e-300, bound - deviance(d)));
                    return new double[] {left + t * d[1], d[1] / left + t * d[3]};
                },
                best + (end - best) / Math.sqrt(1 + share * share),
                best,
                end);
        return at + t * Math.sqrt(Math.max(0, bound - deviance(model.at(at, t))));
    }

    private double farthest(DoubleUnaryOperator limit) {
        double[] tau = new double[GRID + 1];
        double[] value = new double[GRID + 1];
        int best = 0;
        for (int i = 0; i <= GRID; i++) {
            tau[i] = place(i);
            value[i] = limit.applyAsDouble(tau[i]);
            best = value[i] > value[best] ? i : best;
        }
        double low = tau[Math.max(0, best - 1)];
        double high = tau[Math.min(GRID, best + 1)];
        double refined = new BrentOptimizer(RELATIVE, RELATIVE)
                .optimize(
                        new MaxEval(EVALUATIONS),
                        new UnivariateObjectiveFunction(limit::applyAsDouble),
                        GoalType.MAXIMIZE,
                        new SearchInterval(low, high, tau[best]))
                .getValue();
        return Math.max(value[best], refined);
    }

    /** A third of the grid below the maximum's tau, the rest above it, closer together near it; all above a tau of 0. */
    private double place(int i) {
        int middle = model.tau() == 0 ? 0 : GRID / 3;
        if (i < middle) {
            return model.tau() * i / middle;
        }
        double share = (double) (i - middle) / (GRID - middle);
        return model.tau() + (largest - model.tau()) * share * share;
    }
}
