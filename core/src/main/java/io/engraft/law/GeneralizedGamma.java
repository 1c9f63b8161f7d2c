package io.engraft.law;

import io.engraft.InvalidArgumentException;
import io.engraft.internal.Require;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.numbers.gamma.LogGamma;

/**
 * The generalized gamma law in Prentice's form, with location mu, scale sigma &gt; 0 and shape Q: with w = (log t - mu) /
 * sigma and a = Q^-2, the variable a exp(Q w) is gamma distributed with shape a, so S(t) = Q(a, a exp(Q w)) for Q &gt; 0
 * and P(a, a exp(Q w)) for Q &lt; 0, where Q(., .) and P(., .) are the regularized incomplete gamma functions; for Q = 0,
 * the limit, log T is normal with mean mu and standard deviation sigma. Q = 1 is {@link Weibull#ofLocationScale}, Q =
 * sigma is {@link Gamma} with shape a and scale exp(mu) / a, Q = -1 the reciprocal of a Weibull time. All functions are
 * continuous at Q = 0 and keep 1e-12 relative accuracy on both sides of it, to Q = 1e-300.
 *
 * <p>At t = 0 hazard and density are 0 for Q &lt;= 0; for Q &gt; 0 infinite, positive or 0 for sigma Q above, at or below 1.
 * The mean is infinite for 1 + sigma Q &lt;= 0. The restricted mean is by quadrature, to 1e-13 relative. Quantiles rest on
 * special functions that use {@code Math}: sampled times repeat bit for bit on one machine and JVM.
 *
 * <p>Reference: R. L. Prentice, A log gamma model and its maximum likelihood estimation, Biometrika 61 (1974), 539-544.
 */
public final class GeneralizedGamma extends AbstractLaw {

    /** Beyond it a is below 1e-4: such laws are of no use, and their special functions lose digits. */
    private static final double LARGEST_Q = 100;

    private static final double STIRLING_SHAPE = 20;

    private final double mu;
    private final double sigma;
    private final double q;
    private final LogGammaTails tails;

    private GeneralizedGamma(double mu, double sigma, double q) {
        super("gengamma", named(mu, sigma, q));
        this.mu = mu;
        this.sigma = sigma;
        this.q = q;
        this.tails = new LogGammaTails(Math.abs(q));
    }

    private static Map<String, Double> named(double mu, double sigma, double q) {
        Map<String, Double> map = new LinkedHashMap<>();
        map.put("mu", mu);
        map.put("sigma", sigma);
        map.put("q", q);
        return map;
    }

    /**
     * The law in Prentice's form, which is that of flexsurv's {@code gengamma}.
     *
     * @param mu the location of log T, finite
     * @param sigma the scale of log T, positive
     * @param q the shape Q, from -100 to 100
     * @return the law
     * @throws InvalidArgumentException when a parameter is outside its domain
     */
    public static GeneralizedGamma of(double mu, double sigma, double q) {
        Require.finite("mu", mu);
        Require.positive("sigma", sigma);
        if (!(Math.abs(q) <= LARGEST_Q)) {
            throw InvalidArgumentException.of("q", q, -LARGEST_Q + " <= q <= " + LARGEST_Q);
        }
        return new GeneralizedGamma(mu, sigma, q + 0.0);
    }

    /**
     * The law in Stacy's form, which is that of flexsurv's {@code gengamma.orig}: (T / scale)^shape is gamma distributed
     * with shape k. In Prentice's form Q = k^-1/2, sigma = Q / shape, mu = log(scale) + log(k) / shape.
     *
     * @param shape the power, positive
     * @param scale the scale, positive
     * @param k the shape of the gamma law, positive, at least 1e-4
     * @return the law
     * @throws InvalidArgumentException when a parameter is outside its domain
     */
    public static GeneralizedGamma ofStacy(double shape, double scale, double k) {
        Require.positive("shape", shape);
        Require.positive("scale", scale);
        Require.positive("k", k);
        double q = 1 / Math.sqrt(k);
        return of(Math.log(scale) + Math.log(k) / shape, q / shape, q);
    }

    /**
     * The location of log T.
     *
     * @return mu
     */
    public double mu() {
        return mu;
    }

    /**
     * The scale of log T.
     *
     * @return sigma
     */
    public double sigma() {
        return sigma;
    }

    /**
     * The shape.
     *
     * @return Q
     */
    public double q() {
        return q;
    }

    /** The standardised log time, mirrored for negative Q, whose lower tail is then the upper one of T. */
    private double v(double t) {
        double w = (Math.log(Require.time(t)) - mu) / sigma;
        return q < 0 ? -w : w;
    }

    @Override
    public double density(double t) {
        return Math.exp(logDensity(t));
    }

    @Override
    public double logDensity(double t) {
        double v = v(t);
        if (t == 0) {
            return Math.log(densityAtZero());
        }
        if (t == Double.POSITIVE_INFINITY) {
            return Double.NEGATIVE_INFINITY;
        }
        return tails.logDensity(v) - Math.log(sigma) - Math.log(t);
    }

    private double densityAtZero() {
        double power = sigma * q;
        if (q <= 0 || power < 1) {
            return 0;
        }
        double shape = 1 / (q * q);
        return power > 1
                ? Double.POSITIVE_INFINITY
                : Math.exp(shape * Math.log(shape) - mu - LogGamma.value(shape)) * q / sigma;
    }

    @Override
    public double survival(double t) {
        double v = v(t);
        return q < 0 ? tails.lower(v) : tails.upper(v);
    }

    @Override
    public double logSurvival(double t) {
        double v = v(t);
        return q < 0 ? tails.logLower(v) : tails.logUpper(v);
    }

    @Override
    public double cumulativeProbability(double t) {
        double v = v(t);
        return q < 0 ? tails.upper(v) : tails.lower(v);
    }

    @Override
    public double hazard(double t) {
        double v = v(t);
        if (t == 0) {
            return densityAtZero();
        }
        if (t == Double.POSITIVE_INFINITY) {
            return hazardAtInfinity();
        }
        return (q < 0 ? tails.reversedHazard(v) : tails.hazard(v)) / sigma / t;
    }

    private double hazardAtInfinity() {
        double power = q / sigma;
        if (q <= 0 || power < 1) {
            return 0;
        }
        return power > 1 ? Double.POSITIVE_INFINITY : Math.exp(-mu) / (q * q);
    }

    @Override
    public double timeAt(double p) {
        Require.probability("p", p);
        return p <= 0.5 ? timeOfTail(p, true) : timeOfTail(1 - p, false);
    }

    @Override
    public double timeAtSurvival(double s) {
        Require.probability("s", s);
        return s <= 0.5 ? timeOfTail(s, false) : timeOfTail(1 - s, true);
    }

    private double timeOfTail(double probability, boolean early) {
        double v = tails.solve(probability, early == q >= 0);
        return StrictMath.exp(mu + sigma * (q < 0 ? -v : v));
    }

    @Override
    public double meanUpTo(double tau) {
        if (horizonOf(tau) == Double.POSITIVE_INFINITY) {
            return mean();
        }
        return areaUnderSurvival(this, timeAt(0.5), tau);
    }

    /** exp(mu) Gamma(a + sigma / Q) / Gamma(a) a^(-sigma / Q), with Stirling's formula divided out where a is large. */
    @Override
    public double mean() {
        double y = sigma * q;
        if (!(1 + y > 0)) {
            return Double.POSITIVE_INFINITY;
        }
        double inverse = q * q;
        if (inverse <= 1 / STIRLING_SHAPE && (1 + y) / inverse >= STIRLING_SHAPE) {
            double other = new LogGammaTails(Math.sqrt(inverse / (1 + y))).logScaledGamma();
            return Math.exp(mu + sigma * sigma * growth(y) - 0.5 * Math.log1p(y) + other - tails.logScaledGamma());
        }
        double shape = 1 / inverse;
        double power = sigma / q;
        return Math.exp(mu + LogGamma.value(shape + power) - LogGamma.value(shape) - power * Math.log(shape));
    }

    /** ((1 + y) log(1 + y) - y) / y^2 = 1/2 - y/6 + y^2/12 - ... */
    private static double growth(double y) {
        if (Math.abs(y) > 0.1) {
            return ((1 + y) * Math.log1p(y) - y) / (y * y);
        }
        double sum = 0;
        for (int k = 18; k >= 0; k--) {
            sum = 1.0 / ((k + 1) * (k + 2)) - y * sum;
        }
        return sum;
    }
}
