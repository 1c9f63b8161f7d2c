package io.engraft.law;

import io.engraft.InvalidArgumentException;
import io.engraft.internal.Require;
import io.engraft.internal.StrictNormal;
import org.apache.commons.numbers.gamma.LogGamma;
import org.apache.commons.numbers.gamma.RegularizedGamma;

/**
 * The gamma law with shape a (1e-10 to 1e10) and scale b &gt; 0: density (t/b)^(a-1) exp(-t/b) / (b Gamma(a)), S(t) =
 * Q(a, t/b), Q the regularized upper incomplete gamma function. At t = 0 hazard and density are infinite, 1/b or 0 for a
 * below, at or above 1.
 *
 * <p>Quantiles are by Newton's method on the logarithm of the nearer tail as a function of log t, which is concave, so
 * that it converges from every start. They rest on the special functions of Commons Numbers, which use {@code Math}:
 * sampled times repeat bit for bit on one machine and JVM, and may differ in the last bit on another.
 */
public final class Gamma extends AbstractLaw {

    private static final double UNDERFLOW = 1e-280;
    private static final double LARGEST_STEP_UP = 2;
    private static final int MOST_STEPS = 200;
    /** Beyond these the special functions lose their digits or fail; the laws there are of no use. */
    private static final double SMALLEST_SHAPE = 1e-10;

    private static final double LARGEST_SHAPE = 1e10;

    private final double shape;
    private final double scale;
    private final double logGammaShape;

    private Gamma(double shape, double scale) {
        super("gamma", named("shape", shape, "scale", scale));
        this.shape = shape;
        this.scale = scale;
        this.logGammaShape = LogGamma.value(shape);
    }

    /**
     * The law of a shape and a scale.
     *
     * @param shape a, from 1e-10 to 1e10
     * @param scale b, positive; the mean is a b
     * @return the law
     * @throws InvalidArgumentException when the shape is not in that range, or the scale not positive and finite
     */
    public static Gamma of(double shape, double scale) {
        if (!(shape >= SMALLEST_SHAPE && shape <= LARGEST_SHAPE)) {
            throw InvalidArgumentException.of("shape", shape, SMALLEST_SHAPE + " <= shape <= " + LARGEST_SHAPE);
        }
        return new Gamma(shape, Require.positive("scale", scale));
    }

    /**
     * The law of a shape and a rate, as flexsurv has it.
     *
     * @param shape a, from 1e-10 to 1e10
     * @param rate 1 / b, positive
     * @return the law with scale 1 / rate
     * @throws InvalidArgumentException when a parameter is outside its domain
     */
    public static Gamma ofRate(double shape, double rate) {
        return of(shape, 1 / Require.positive("rate", rate));
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
     * The scale.
     *
     * @return b
     */
    public double scale() {
        return scale;
    }

    private double scaled(double t) {
        return Require.time(t) / scale;
    }

    @Override
    public double density(double t) {
        double x = scaled(t);
        if (x == 0 || x == Double.POSITIVE_INFINITY) {
            return Math.exp(logDensity(t));
        }
        double value = RegularizedGamma.P.derivative(shape, x) / scale;
        return value < UNDERFLOW || value == Double.POSITIVE_INFINITY ? Math.exp(logDensity(t)) : value;
    }

    @Override
    public double logDensity(double t) {
        double x = scaled(t);
        if (x == Double.POSITIVE_INFINITY) {
            return Double.NEGATIVE_INFINITY;
        }
        double power = shape == 1 ? 0 : (shape - 1) * Math.log(x);
        return power - x - logGammaShape - Math.log(scale);
    }

    @Override
    public double survival(double t) {
        return RegularizedGamma.Q.value(shape, scaled(t));
    }

    @Override
    public double logSurvival(double t) {
        double x = scaled(t);
        return logUpper(x, Math.log(x));
    }

    @Override
    public double cumulativeProbability(double t) {
        return RegularizedGamma.P.value(shape, scaled(t));
    }

    @Override
    public double hazard(double t) {
        double x = scaled(t);
        double upper = RegularizedGamma.Q.value(shape, x);
        if (upper > UNDERFLOW) {
            return density(t) / upper;
        }
        return x == Double.POSITIVE_INFINITY ? 1 / scale : 1 / (scale * x * fraction(x));
    }

    private double logUpper(double x, double logX) {
        if (x < Double.MIN_NORMAL) {
            // Where x underflows x^a need not.
            return Math.log1p(-Math.exp(logLower(x, logX)));
        }
        double lower = RegularizedGamma.P.value(shape, x);
        if (lower < 0.5) {
            return Math.log1p(-lower);
        }
        double upper = RegularizedGamma.Q.value(shape, x);
        if (upper > UNDERFLOW) {
            return Math.log(upper);
        }
        return x == Double.POSITIVE_INFINITY
                ? Double.NEGATIVE_INFINITY
                : shape * logX - x - logGammaShape + Math.log(fraction(x));
    }

    private double logLower(double x, double logX) {
        double lower = RegularizedGamma.P.value(shape, x);
        if (lower > UNDERFLOW) {
            return Math.log(lower);
        }
        double sum = 1;
        double term = 1;
        for (int n = 1; term > 1e-17 * sum; n++) {
            term *= x / (shape + n);
            sum += term;
        }
        return shape * logX - x - logGammaShape - Math.log(shape) + Math.log(sum);
    }

    /** Legendre's continued fraction of Gamma(a, x) exp(x) x^-a, for x well above a, by the modified Lentz method. */
    private double fraction(double x) {
        double b = x + 1 - shape;
        double c = 1e300;
        double d = 1 / b;
        double value = d;
        for (int n = 1; n < 10_000; n++) {
            double numerator = -n * (n - shape);
            b += 2;
            d = 1 / (numerator * d + b);
            c = b + numerator / c;
            double factor = c * d;
            value *= factor;
            if (Math.abs(factor - 1) < 1e-16) {
                break;
            }
        }
        return value;
    }

    @Override
    public double timeAt(double p) {
        return scale * Math.exp(logScaledTimeAt(Require.probability("p", p)));
    }

    /** log(timeAt(p) / b), finite where the quantile itself underflows. */
    double logScaledTimeAt(double p) {
        return p <= 0.5 ? solve(p, true) : solve(1 - p, false);
    }

    @Override
    public double timeAtSurvival(double s) {
        Require.probability("s", s);
        return scale * Math.exp(s <= 0.5 ? solve(s, false) : solve(1 - s, true));
    }

    /** The log x at which the lower or the upper tail has the given probability, at most one half. */
    private double solve(double probability, boolean lower) {
        if (probability == 0) {
            return lower ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        double target = Math.log(probability);
        double y = start(probability, lower);
        // The upper tail here is below the least double, so that no step need go further.
        double most = Math.log(shape + 40 * Math.sqrt(shape) + 800);
        for (int step = 0; step < MOST_STEPS; step++) {
            double x = Math.exp(y);
            double tail = lower ? logLower(x, y) : logUpper(x, y);
            double logSlope = shape * y - x - logGammaShape - tail;
            double move = (target - tail) / (lower ? Math.exp(logSlope) : -Math.exp(logSlope));
            if (!lower) {
                // The log tail is concave in y: from the left, where it is flat, a full step could overshoot to
                // infinity.
                move = Math.min(move, LARGEST_STEP_UP);
            }
            double next = Math.min(y + move, most);
            if (!(Math.abs(move) > 4e-16 * Math.max(1, Math.abs(y)))) {
                return next;
            }
            if (step > 12 && Math.abs(move) < 1e-13) {
                break; // rounding decides from here on
            }
            y = next;
        }
        return y;
    }

    /** Wilson and Hilferty's cube, or the first term of the series where that is not positive. */
    private double start(double probability, boolean lower) {
        double z = StrictNormal.quantile(probability);
        double variance = 1 / (9 * shape);
        double cube = 1 - variance + (lower ? z : -z) * Math.sqrt(variance);
        double series = (Math.log(probability) + logGammaShape + Math.log(shape)) / shape;
        if (lower && (cube < 0.2 || shape < 0.5)) {
            return series;
        }
        return Math.log(shape) + 3 * Math.log(Math.max(cube, 0.1));
    }

    @Override
    public double meanUpTo(double tau) {
        if (horizonOf(tau) == Double.POSITIVE_INFINITY) {
            return mean();
        }
        return mean() * RegularizedGamma.P.value(shape + 1, tau / scale) + tau * survival(tau);
    }

    @Override
    public double mean() {
        return shape * scale;
    }
}
