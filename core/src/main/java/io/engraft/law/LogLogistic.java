package io.engraft.law;

import io.engraft.internal.Require;

/**
 * The log-logistic law with shape k &gt; 0 and scale b &gt; 0 (its median): S(t) = 1 / (1 + (t/b)^k). For k &gt; 1 the
 * hazard rises and then falls; for k &lt;= 1 it falls and the mean is infinite. At t = 0 hazard and density are infinite,
 * 1/b or 0 for k below, at or above 1. The restricted mean is by quadrature, to 1e-13 relative.
 */
public final class LogLogistic extends AbstractLaw {

    private final double shape;
    private final double scale;
    private final double inverseShape;

    private LogLogistic(double shape, double scale) {
        super("loglogistic", named("shape", shape, "scale", scale));
        this.shape = shape;
        this.scale = scale;
        this.inverseShape = 1 / shape;
    }

    /**
     * The law of a shape and a scale.
     *
     * @param shape k, positive
     * @param scale b, the median, positive
     * @return the law
     * @throws io.engraft.InvalidArgumentException when a parameter is not positive and finite
     */
    public static LogLogistic of(double shape, double scale) {
        return new LogLogistic(Require.positive("shape", shape), Require.positive("scale", scale));
    }

    /**
     * The law of survreg's parameters for {@code dist = "loglogistic"}: log T is logistic.
     *
     * @param mu the intercept, finite
     * @param sigma the scale of log T, positive
     * @return the law with shape 1 / sigma and scale exp(mu)
     * @throws io.engraft.InvalidArgumentException when a parameter is outside its domain
     */
    public static LogLogistic ofLocationScale(double mu, double sigma) {
        Require.finite("mu", mu);
        Require.positive("sigma", sigma);
        return of(1 / sigma, StrictMath.exp(mu));
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
     * @return b, the median
     */
    public double scale() {
        return scale;
    }

    /** (t/b)^k, the odds of having had the event. */
    private double odds(double t) {
        return Math.pow(Require.time(t) / scale, shape);
    }

    @Override
    public double density(double t) {
        double h = hazard(t);
        return h == 0 ? 0 : h * survival(t);
    }

    @Override
    public double logDensity(double t) {
        if (Require.time(t) == Double.POSITIVE_INFINITY) {
            return Double.NEGATIVE_INFINITY;
        }
        double power = shape == 1 ? 0 : (shape - 1) * Math.log(t / scale);
        return Math.log(shape / scale) + power + 2 * logSurvival(t);
    }

    @Override
    public double survival(double t) {
        return 1 / (1 + odds(t));
    }

    @Override
    public double logSurvival(double t) {
        return -cumulativeHazard(t);
    }

    @Override
    public double cumulativeProbability(double t) {
        double odds = odds(t);
        return odds <= 1 ? odds / (1 + odds) : 1 / (1 + 1 / odds);
    }

    @Override
    public double hazard(double t) {
        double odds = odds(t);
        return odds <= 1 ? shape / scale * Math.pow(t / scale, shape - 1) / (1 + odds) : shape / (t * (1 + 1 / odds));
    }

    @Override
    public double cumulativeHazard(double t) {
        double odds = odds(t);
        // Beyond 1e17 the 1 is lost anyway, and the odds may overflow where their logarithm does not.
        return odds < 1e17 ? Math.log1p(odds) : shape * Math.log(t / scale);
    }

    @Override
    public double timeAt(double p) {
        Require.probability("p", p);
        return scale * StrictMath.pow(p / (1 - p), inverseShape);
    }

    @Override
    public double timeAtSurvival(double s) {
        Require.probability("s", s);
        return scale * StrictMath.pow((1 - s) / s, inverseShape);
    }

    @Override
    public double meanUpTo(double tau) {
        if (horizonOf(tau) == Double.POSITIVE_INFINITY) {
            return mean();
        }
        return areaUnderSurvival(this, scale, tau);
    }

    @Override
    public double mean() {
        return shape > 1 ? scale * Math.PI * inverseShape / Math.sin(Math.PI * inverseShape) : Double.POSITIVE_INFINITY;
    }
}
