package io.engraft.law;

import io.engraft.internal.Require;
import org.apache.commons.numbers.gamma.Gamma;
import org.apache.commons.numbers.gamma.RegularizedGamma;

/**
 * The Weibull law with shape k &gt; 0 and scale b &gt; 0: S(t) = exp(-(t/b)^k), hazard (k/b) (t/b)^(k-1), falling for
 * k &lt; 1, constant for k = 1, rising for k &gt; 1. At t = 0 the hazard and the density are infinite, 1/b or 0 in these
 * three cases. The restricted mean is b Gamma(1 + 1/k) P(1/k, (tau/b)^k), P the regularized lower incomplete gamma
 * function.
 */
public final class Weibull extends AbstractLaw {

    private static final double LARGEST_GAMMA_ARGUMENT = 170;

    private final double shape;
    private final double scale;
    private final double inverseShape;

    private Weibull(double shape, double scale) {
        super("weibull", named("shape", shape, "scale", scale));
        this.shape = shape;
        this.scale = scale;
        this.inverseShape = 1 / shape;
    }

    /**
     * The law of a shape and a scale.
     *
     * @param shape k, positive
     * @param scale b, the time by which a share 1 - 1/e has had the event, positive
     * @return the law
     * @throws io.engraft.InvalidArgumentException when a parameter is not positive and finite
     */
    public static Weibull of(double shape, double scale) {
        return new Weibull(Require.positive("shape", shape), Require.positive("scale", scale));
    }

    /**
     * The law of survreg's parameters: log T = mu + sigma W, where W is the logarithm of a standard exponential time.
     *
     * @param mu the intercept, finite
     * @param sigma the scale of log T, positive
     * @return the law with shape 1 / sigma and scale exp(mu)
     * @throws io.engraft.InvalidArgumentException when a parameter is outside its domain
     */
    public static Weibull ofLocationScale(double mu, double sigma) {
        Require.finite("mu", mu);
        Require.positive("sigma", sigma);
        return of(1 / sigma, StrictMath.exp(mu));
    }

    /**
     * The law in proportional-hazards form, H(t) = rate t^shape: flexsurv's {@code weibullPH}, whose second parameter it
     * calls scale.
     *
     * @param shape k, positive
     * @param rate H(1), positive
     * @return the law with scale rate^(-1/shape)
     * @throws io.engraft.InvalidArgumentException when a parameter is outside its domain
     */
    public static Weibull ofProportionalHazards(double shape, double rate) {
        Require.positive("shape", shape);
        Require.positive("rate", rate);
        return of(shape, StrictMath.pow(rate, -1 / shape));
    }

    /**
     * The shape.
     *
     * @return k
     */
    public double shape() {
        return shape;
    }

    /**
     * The scale.
     *
     * @return b
     */
    public double scale() {
        return scale;
    }

    @Override
    public double density(double t) {
        double h = hazard(t);
        double s = survival(t);
        // Far out the hazard can be infinite where survival is 0.
        return h == 0 || s == 0 ? 0 : h * s;
    }

    @Override
    public double logDensity(double t) {
        if (Require.time(t) == Double.POSITIVE_INFINITY) {
            return Double.NEGATIVE_INFINITY;
        }
        double logHazard = shape == 1 ? -Math.log(scale) : Math.log(shape / scale) + (shape - 1) * Math.log(t / scale);
        return logHazard - cumulativeHazard(t);
    }

    @Override
    public double survival(double t) {
        return Math.exp(-cumulativeHazard(t));
    }

    @Override
    public double logSurvival(double t) {
        return -cumulativeHazard(t);
    }

    @Override
    public double cumulativeProbability(double t) {
        return -Math.expm1(-cumulativeHazard(t));
    }

    @Override
    public double hazard(double t) {
        return shape / scale * Math.pow(Require.time(t) / scale, shape - 1);
    }

    @Override
    public double cumulativeHazard(double t) {
        return Math.pow(Require.time(t) / scale, shape);
    }

    @Override
    public double timeAt(double p) {
        return scale * StrictMath.pow(-StrictMath.log1p(-Require.probability("p", p)), inverseShape);
    }

    @Override
    public double timeAtSurvival(double s) {
        return scale * StrictMath.pow(0 - StrictMath.log(Require.probability("s", s)), inverseShape);
    }

    @Override
    public double meanUpTo(double tau) {
        if (horizonOf(tau) == Double.POSITIVE_INFINITY) {
            return mean();
        }
        double x = cumulativeHazard(tau);
        if (x < inverseShape + 1) {
            return tau * Math.exp(-x) * series(x);
        }
        if (inverseShape < LARGEST_GAMMA_ARGUMENT) {
            return mean() * RegularizedGamma.P.value(inverseShape, x);
        }
        return areaUnderSurvival(this, scale, tau);
    }

    /** 1 + x/(a+1) + x^2/((a+1)(a+2)) + ..., a = 1/k: the lower incomplete gamma function without cancellation. */
    private double series(double x) {
        double sum = 1;
        double term = 1;
        for (int n = 1; term > 1e-17 * sum; n++) {
            term *= x / (inverseShape + n);
            sum += term;
        }
        return sum;
    }

    @Override
    public double mean() {
        return scale * Gamma.value(1 + inverseShape);
    }
}
