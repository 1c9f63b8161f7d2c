package io.engraft.regression.internal;

import io.engraft.internal.AdaptiveQuadrature;
import java.util.function.DoubleUnaryOperator;

/** Areas under curves of time. */
public final class RestrictedIntegral {

    private RestrictedIntegral() {}

    /** The integral from 0 to tau over w = log(tau / t), in which a survival function is smooth. */
    public static double of(DoubleUnaryOperator f, double tau) {
        DoubleUnaryOperator g = w -> Math.exp(-w) * f.applyAsDouble(tau * Math.exp(-w));
        double sum = AdaptiveQuadrature.integrate(g, 0, 3, 0, 1e-11).value()
                + AdaptiveQuadrature.integrate(g, 3, 10, 1e-15, 1e-11).value()
                + AdaptiveQuadrature.integrate(g, 10, 60, 1e-15, 1e-11).value();
        return tau * sum;
    }
}
