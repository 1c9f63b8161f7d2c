package io.engraft.estimate;

import io.engraft.curve.ConfidenceType;
import io.engraft.internal.BridgeSupremum;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.analysis.solvers.BrentSolver;

/** The critical values of confidence bands: quantiles of suprema of a Brownian bridge. */
final class BandQuantiles {

    /** Beyond it the solver's bracket ends. */
    static final double HIGHEST_LEVEL = 0.9999;

    private static final double ACCURACY = 1e-8;
    private static final int MOST_STEPS = 200;

    private BandQuantiles() {}

    /** c with P(|B(u)| / sqrt(u (1 - u)) &lt;= c on [a1, a2]) = level, 0 &lt; a1 &lt;= a2 &lt; 1. */
    static double equalPrecision(double level, double a1, double a2) {
        double z = ConfidenceType.normalQuantile(level);
        double duration = a1 == a2 ? 0 : 0.5 * Math.log(a2 * (1 - a1) / (a1 * (1 - a2)));
        if (!(duration > 0)) {
            return z;
        }
        return solve(c -> BridgeSupremum.standardised(c, duration) - level, z, z + 6);
    }

    /** Nair's approximation of it. */
    static double nair(double level, double a1, double a2) {
        double odds = Math.log(a2 * (1 - a1) / (a1 * (1 - a2)));
        return solve(
                c -> 1 - level - Math.exp(-c * c / 2) / Math.sqrt(2 * Math.PI) * (4 / c + (c - 1 / c) * odds), 1, 12);
    }

    /** k with P(|B(u)| &lt;= k on [a1, a2]) = level, 0 &lt;= a1 &lt;= a2 &lt; 1. */
    static double hallWellner(double level, double a1, double a2) {
        double nearest = a1 <= 0.5 && a2 >= 0.5 ? 0.5 : a2 < 0.5 ? a2 : a1;
        double least = ConfidenceType.normalQuantile(level) * Math.sqrt(nearest * (1 - nearest));
        if (a1 == a2) {
            return least;
        }
        return solve(k -> BridgeSupremum.plain(k, a1, a2) - level, least, least + 3);
    }

    private static double solve(DoubleUnaryOperator excess, double low, double high) {
        // At the quantile of one point the probability of the whole stretch is at most the level.
        if (excess.applyAsDouble(low) >= 0) {
            return low;
        }
        return new BrentSolver(ACCURACY).solve(MOST_STEPS, excess::applyAsDouble, low, high);
    }
}
