package io.engraft.law;

import io.engraft.InvalidArgumentException;
import io.engraft.internal.Require;

/**
 * The Gompertz law with shape a (any sign) and rate b &gt; 0: hazard b exp(a t), H(t) = b (exp(a t) - 1) / a, S(t) =
 * exp(-H(t)); the parameters of flexsurv's {@code gompertz}. For a = 0, the limit, it is the {@link Exponential} with
 * rate b, and all functions are continuous there. For a &lt; 0 the law is improper: a share exp(b / a) never has the event
 * ({@link #curedShare()}), S does not fall below it, times beyond it are infinite, and the mean is infinite.
 *
 * <p>At time infinity the hazard is infinite, b or 0 for a above, at or below 0. The mean is exp(b/a) E1(b/a) / a; the
 * restricted mean is by quadrature, to 1e-13 relative. Quantiles are closed forms in StrictMath.
 */
public final class Gompertz extends AbstractLaw {

    private static final double EULER = 0.5772156649015329;
    private static final double TINY = 1e-17;

    private final double shape;
    private final double rate;

    private Gompertz(double shape, double rate) {
        super("gompertz", named("shape", shape, "rate", rate));
        this.shape = shape;
        this.rate = rate;
    }

    /**
     * The law of a shape and a rate.
     *
     * @param shape a, per unit of time; negative for a cured share
     * @param rate b, the hazard at time 0, positive
     * @return the law
     * @throws InvalidArgumentException when the shape is not finite, or the rate not positive and finite
     */
    public static Gompertz of(double shape, double rate) {
        return new Gompertz(Require.finite("shape", shape) + 0.0, Require.positive("rate", rate));
    }

    /**
     * The law with a cured share and a rate of fall: shape -decay, rate -decay log(cured).
     *
     * @param cured S(infinity), strictly between 0 and 1
     * @param decay how fast the hazard falls, -a, positive
     * @return the law
     * @throws InvalidArgumentException when a number is outside its domain
     */
    public static Gompertz ofCured(double cured, double decay) {
        Require.properFraction("cured", cured);
        Require.positive("decay", decay);
        return of(-decay, -decay * StrictMath.log(cured));
    }

    /**
     * The shape.
     *
     * @return a
     */
    public double shape() {
        return shape;
    }

    /**
     * The hazard at time 0.
     *
     * @return b
     */
    public double rate() {
        return rate;
    }

    @Override
    public double density(double t) {
        double h = hazard(t);
        double s = survival(t);
        return h == 0 || s == 0 ? 0 : h * s;
    }

    @Override
    public double logDensity(double t) {
        double h = cumulativeHazard(t);
        if (t == Double.POSITIVE_INFINITY) {
            return Double.NEGATIVE_INFINITY;
        }
        return h == Double.POSITIVE_INFINITY ? Double.NEGATIVE_INFINITY : Math.log(rate) + shape * t - h;
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
        Require.time(t);
        return shape == 0 ? rate : rate * Math.exp(shape * t);
    }

    @Override
    public double cumulativeHazard(double t) {
        double x = shape == 0 ? 0 : shape * Require.time(t);
        // shape * t may lose digits as a denormal number; without a shape the time itself is checked here.
        return Math.abs(x) < TINY ? rate * Require.time(t) : rate * (Math.expm1(x) / shape);
    }

    @Override
    public double timeAt(double p) {
        return timeAtHazard(-StrictMath.log1p(-Require.probability("p", p)));
    }

    @Override
    public double timeAtSurvival(double s) {
        return timeAtHazard(0 - StrictMath.log(Require.probability("s", s)));
    }

    private double timeAtHazard(double h) {
        double plain = h / rate;
        double x = shape == 0 ? 0 : shape * plain;
        if (Math.abs(x) < TINY || plain == Double.POSITIVE_INFINITY) {
            return plain;
        }
        return x <= -1 ? Double.POSITIVE_INFINITY : StrictMath.log1p(x) / shape;
    }

    @Override
    public double meanUpTo(double tau) {
        if (horizonOf(tau) == Double.POSITIVE_INFINITY) {
            return mean();
        }
        return areaUnderSurvival(this, 1 / Math.max(rate, Math.abs(shape)), tau);
    }

    @Override
    public double mean() {
        if (shape <= 0) {
            return shape == 0 ? 1 / rate : Double.POSITIVE_INFINITY;
        }
        double x = rate / shape;
        return x == Double.POSITIVE_INFINITY || x >= 1 / TINY ? 1 / rate : scaledExponentialIntegral(x) / shape;
    }

    /** exp(x) E1(x): the power series for x &lt; 1, else the continued fraction from its end. */
    private static double scaledExponentialIntegral(double x) {
        if (x < 1) {
            double sum = -EULER - Math.log(x);
            double term = -1;
            for (int n = 1; n <= 25; n++) {
                term *= -x / n;
                sum += term / n;
            }
            return Math.exp(x) * sum;
        }
        double tail = x;
        for (int n = 20 + (int) (300 / x); n >= 1; n--) {
            tail = x + n / (1 + n / tail);
        }
        return 1 / tail;
    }

    @Override
    public LawOfTime conditionalOn(double s) {
        double later = hazard(Require.nonNegative("s", s));
        return later > 0 && later < Double.POSITIVE_INFINITY && survival(s) > 0
                ? of(shape, later)
                : super.conditionalOn(s);
    }
}
