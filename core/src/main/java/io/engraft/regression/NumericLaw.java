package io.engraft.regression;

import io.engraft.InvalidArgumentException;
import io.engraft.internal.AdaptiveQuadrature;
import io.engraft.internal.Require;
import io.engraft.law.LawOfTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/** The law of a kernel at fixed parameters; quantiles by a search in log time, means by quadrature. */
final class NumericLaw implements LawOfTime {

    private static final double LEAST_LOG = -690;
    private static final double MOST_LOG = 690;

    private final String name;
    private final Kernel kernel;
    private final double[] eta;

    private NumericLaw(String name, Kernel kernel, double[] eta) {
        this.name = name;
        this.kernel = kernel;
        this.eta = eta;
    }

    static NumericLaw of(String name, Kernel kernel, double[] eta) {
        return new NumericLaw(name, kernel, eta.clone());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Map<String, Double> parameters() {
        Map<String, Double> map = new LinkedHashMap<>();
        for (int k = 0; k < eta.length; k++) {
            Kernel.Parameter p = kernel.parameters().get(k);
            map.put(p.name(), p.link().natural(eta[k]));
        }
        return Collections.unmodifiableMap(map);
    }

    @Override
    public double density(double t) {
        return Math.exp(logDensity(t));
    }

    @Override
    public double logDensity(double t) {
        if (Require.time(t) == 0 || t == Double.POSITIVE_INFINITY) {
            return t == 0 ? logDensity(Double.MIN_NORMAL) : Double.NEGATIVE_INFINITY;
        }
        Jet out = new Jet(eta.length);
        kernel.forThread().logDensity(t, Math.log(t), eta, out);
        return out.value;
    }

    @Override
    public double survival(double t) {
        return Math.exp(logSurvival(t));
    }

    @Override
    public double logSurvival(double t) {
        if (Require.time(t) == 0) {
            return 0;
        }
        double at = Math.min(t, Math.exp(MOST_LOG));
        Jet out = new Jet(eta.length);
        kernel.forThread().logSurvival(at, Math.log(at), eta, out);
        return Math.min(out.value, 0);
    }

    @Override
    public double cumulativeProbability(double t) {
        return -Math.expm1(logSurvival(t));
    }

    @Override
    public double hazard(double t) {
        return Math.exp(logDensity(t) - logSurvival(t));
    }

    @Override
    public double timeAt(double p) {
        return atLogSurvival(Math.log1p(-Require.probability("p", p)));
    }

    @Override
    public double timeAtSurvival(double s) {
        return atLogSurvival(Math.log(Require.probability("s", s)));
    }

    /** Bisection in log time until it no longer moves: log S is monotone whatever the family. */
    private double atLogSurvival(double target) {
        if (target == 0) {
            return 0;
        }
        double low = LEAST_LOG;
        double high = MOST_LOG;
        if (!(logSurvival(Math.exp(high)) <= target)) {
            return Double.POSITIVE_INFINITY;
        }
        while (true) {
            double middle = 0.5 * (low + high);
            if (middle <= low || middle >= high) {
                return Math.exp(middle);
            }
            if (logSurvival(Math.exp(middle)) <= target) {
                high = middle;
            } else {
                low = middle;
            }
        }
    }

    @Override
    public double meanUpTo(double tau) {
        if (!(tau > 0)) {
            throw InvalidArgumentException.of("tau", tau, "tau > 0");
        }
        if (tau == Double.POSITIVE_INFINITY) {
            double end = timeAtSurvival(1e-17);
            return end == Double.POSITIVE_INFINITY ? Double.POSITIVE_INFINITY : meanUpTo(end);
        }
        return integral(this::survival, tau);
    }

    /** The integral from 0 to tau over w = log(tau / t), in which a survival function is smooth. */
    static double integral(DoubleUnaryOperator f, double tau) {
        DoubleUnaryOperator g = w -> Math.exp(-w) * f.applyAsDouble(tau * Math.exp(-w));
        double sum = AdaptiveQuadrature.integrate(g, 0, 3, 0, 1e-11).value()
                + AdaptiveQuadrature.integrate(g, 3, 10, 1e-15, 1e-11).value()
                + AdaptiveQuadrature.integrate(g, 10, 60, 1e-15, 1e-11).value();
        return tau * sum;
    }

    @Override
    public double mean() {
        return meanUpTo(Double.POSITIVE_INFINITY);
    }
}
