package io.engraft.multistate.solve;

import io.engraft.law.LawOfTime;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegrator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;

/** Integrals over the time in a state, by Gauss-Legendre quadrature on pieces between quantiles of the laws. */
final class Convolution {

    private static final GaussIntegrator RULE = new GaussIntegratorFactory().legendre(20, -1, 1);
    private static final double LEAST = 1e-17;
    private static final double[] SHARES = {
        LEAST, 1e-13, 1e-10, 1e-7, 1e-4, 0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99, 1 - 1e-4, 1 - 1e-7, 1 - 1e-10, 1 - 1e-13
    };
    private static final int PARTS = 2;

    private Convolution() {}

    /** P(T1 + T2 &lt;= t). */
    static double by(LawOfTime first, LawOfTime second, double t) {
        return after(first, second, second::cumulativeProbability, t);
    }

    /** The integral of g(t - u) over the law of u in [0, t]; g is 0 at 0 and bends where the second law's mass is. */
    static double after(LawOfTime first, LawOfTime second, DoubleUnaryOperator g, double t) {
        return half(first, second, t, u -> first.density(u) * g.applyAsDouble(t - u))
                + half(second, first, t, u -> first.density(t - u) * g.applyAsDouble(u));
    }

    /** The integral over u up to t / 2, over log u. */
    private static double half(LawOfTime here, LawOfTime there, double t, DoubleUnaryOperator f) {
        double low = here.timeAt(LEAST);
        double[] edges = DoubleStream.concat(
                        DoubleStream.of(t / 2),
                        DoubleStream.concat(
                                Arrays.stream(SHARES).map(here::timeAt),
                                Arrays.stream(SHARES).map(p -> t - there.timeAt(p))))
                .filter(u -> u >= low && u <= t / 2)
                .map(Math::log)
                .sorted()
                .toArray();
        double sum = 0;
        for (int k = 0; k + 1 < edges.length; k++) {
            double half = 0.5 * (edges[k + 1] - edges[k]) / PARTS;
            for (int j = 0; j < PARTS; j++) {
                double middle = edges[k] + (2 * j + 1) * half;
                sum += half
                        * RULE.integrate(x -> {
                            double u = Math.exp(middle + half * x);
                            return u * f.applyAsDouble(u);
                        });
            }
        }
        return sum;
    }
}
