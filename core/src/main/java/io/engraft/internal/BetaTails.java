package io.engraft.internal;

import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.apache.commons.numbers.gamma.RegularizedBeta;

/** Quantiles of the beta distribution, accurate in both tails: the smaller tail is solved for, on its log scale. */
public final class BetaTails {

    private static final double RELATIVE = 1e-15;
    private static final double ABSOLUTE = 1e-14;
    private static final int EVALUATIONS = 500;
    /** The logit of the smallest normal double. */
    private static final double FARTHEST = -708;

    private BetaTails() {}

    /** The x with P(X &lt;= x) = p for X ~ Beta(a, b), 0 &lt; p &lt; 1. */
    public static double lowerQuantile(double p, double a, double b) {
        return a > b ? 1 - solve(p, true, b, a) : solve(p, false, a, b);
    }

    /** The x with P(X &gt; x) = p for X ~ Beta(a, b), 0 &lt; p &lt; 1. */
    public static double upperQuantile(double p, double a, double b) {
        return a > b ? 1 - solve(p, false, b, a) : solve(p, true, a, b);
    }

    private static double solve(double p, boolean upperTail, double a, double b) {
        double target = Math.log(p);
        DoubleUnaryOperator gap = logit -> {
            double x = inverse(logit);
            double tail = upperTail ? RegularizedBeta.complement(x, a, b) : RegularizedBeta.value(x, a, b);
            return (tail > 0 ? Math.log(tail) : -1e4) - target;
        };
        double low = Math.log(a / b);
        double high = low;
        double sign = upperTail ? -1 : 1;
        double step = 1;
        while (sign * gap.applyAsDouble(low) > 0 && low > FARTHEST) {
            low = Math.max(FARTHEST, low - step);
            step *= 2;
        }
        step = 1;
        while (sign * gap.applyAsDouble(high) < 0 && high < -FARTHEST) {
            high = Math.min(-FARTHEST, high + step);
            step *= 2;
        }
        if (low <= FARTHEST && sign * gap.applyAsDouble(low) > 0) {
            return 0;
        }
        double logit = low == high
                ? low
                : new BrentSolver(RELATIVE, ABSOLUTE, 0).solve(EVALUATIONS, gap::applyAsDouble, low, high);
        return inverse(logit);
    }

    private static double inverse(double logit) {
        return logit < 0 ? Math.exp(logit) / (1 + Math.exp(logit)) : 1 / (1 + Math.exp(-logit));
    }
}
