package io.engraft.law;

import io.engraft.internal.Require;
import io.engraft.internal.StrictNormal;
import org.apache.commons.numbers.gamma.Erfc;
import org.apache.commons.numbers.gamma.Erfcx;

/**
 * The lognormal law: log T is normal with mean m and standard deviation s &gt; 0, S(t) = 1 - Phi((log t - m) / s). The
 * hazard rises from 0 and then falls. Tails go through the (scaled) complementary error function.
 */
public final class LogNormal extends AbstractLaw {

    private static final double ROOT_HALF = Math.sqrt(0.5);
    private static final double LOG_ROOT_TWO_PI = 0.5 * Math.log(2 * Math.PI);
    private static final double ROOT_TWO_OVER_PI = Math.sqrt(2 / Math.PI);

    private final double meanLog;
    private final double sdLog;

    private LogNormal(double meanLog, double sdLog) {
        super("lognormal", named("meanLog", meanLog, "sdLog", sdLog));
        this.meanLog = meanLog;
        this.sdLog = sdLog;
    }

    /**
     * The law of the mean and standard deviation of log T.
     *
     * @param meanLog m, finite; the median is exp(m)
     * @param sdLog s, positive
     * @return the law
     * @throws io.engraft.InvalidArgumentException when a parameter is outside its domain
     */
    public static LogNormal of(double meanLog, double sdLog) {
        return new LogNormal(Require.finite("meanLog", meanLog), Require.positive("sdLog", sdLog));
    }

    /**
     * The law of survreg's parameters for {@code dist = "lognormal"}: the same two, under other names.
     *
     * @param mu the intercept, finite
     * @param sigma the scale of log T, positive
     * @return the law with meanLog = mu and sdLog = sigma
     * @throws io.engraft.InvalidArgumentException when a parameter is outside its domain
     */
    public static LogNormal ofLocationScale(double mu, double sigma) {
        Require.finite("mu", mu);
        return of(mu, Require.positive("sigma", sigma));
    }

    /**
     * The mean of log T.
     *
     * @return m
     */
    public double meanLog() {
        return meanLog;
    }

    /**
     * The standard deviation of log T.
     *
     * @return s
     */
    public double sdLog() {
        return sdLog;
    }

    private double z(double t) {
        return (Math.log(Require.time(t)) - meanLog) / sdLog;
    }

    @Override
    public double density(double t) {
        return Math.exp(logDensity(t));
    }

    @Override
    public double logDensity(double t) {
        if (Require.time(t) == 0 || t == Double.POSITIVE_INFINITY) {
            return Double.NEGATIVE_INFINITY;
        }
        double z = z(t);
        return -0.5 * z * z - LOG_ROOT_TWO_PI - Math.log(sdLog) - Math.log(t);
    }

    @Override
    public double survival(double t) {
        return 0.5 * Erfc.value(z(t) * ROOT_HALF);
    }

    @Override
    public double logSurvival(double t) {
        return logUpper(z(t));
    }

    /** log P(Z &gt; z) for a standard normal Z. */
    static double logUpper(double z) {
        double x = z * ROOT_HALF;
        if (x < 0) {
            return Math.log1p(-0.5 * Erfc.value(-x));
        }
        if (x == Double.POSITIVE_INFINITY) {
            return Double.NEGATIVE_INFINITY;
        }
        return Math.log(0.5 * Erfcx.value(x)) - x * x;
    }

    @Override
    public double cumulativeProbability(double t) {
        return 0.5 * Erfc.value(-z(t) * ROOT_HALF);
    }

    @Override
    public double hazard(double t) {
        double z = z(t);
        if (z < 0) {
            return density(t) / survival(t);
        }
        return t == Double.POSITIVE_INFINITY ? 0 : ROOT_TWO_OVER_PI / (t * sdLog * Erfcx.value(z * ROOT_HALF));
    }

    @Override
    public double timeAt(double p) {
        return StrictMath.exp(meanLog + sdLog * StrictNormal.quantile(Require.probability("p", p)));
    }

    @Override
    public double timeAtSurvival(double s) {
        return StrictMath.exp(meanLog - sdLog * StrictNormal.quantile(Require.probability("s", s)));
    }

    @Override
    public double meanUpTo(double tau) {
        if (horizonOf(tau) == Double.POSITIVE_INFINITY) {
            return mean();
        }
        // E(T; T <= tau) + tau S(tau). Where P(Z > sdLog - z) is a tail, its square cancels that of the mean.
        double z = z(tau);
        double x = (sdLog - z) * ROOT_HALF;
        double partial = x > 0
                ? tau * Math.exp(-0.5 * z * z) * (0.5 * Erfcx.value(x))
                : Math.exp(meanLog + 0.5 * sdLog * sdLog + logUpper(sdLog - z));
        return partial + tau * survival(tau);
    }

    @Override
    public double mean() {
        return Math.exp(meanLog + 0.5 * sdLog * sdLog);
    }
}
