package io.engraft.law;

import io.engraft.internal.Require;
import java.util.Map;

/**
 * The exponential law with rate r &gt; 0: S(t) = exp(-r t), hazard r at every time.
 */
public final class Exponential extends AbstractLaw {

    private final double rate;

    private Exponential(double rate) {
        super("exponential", Map.of("rate", rate));
        this.rate = rate;
    }

    /**
     * The law of a rate.
     *
     * @param rate events per unit of time, positive
     * @return the law
     * @throws io.engraft.InvalidArgumentException when the rate is not positive and finite
     */
    public static Exponential of(double rate) {
        return new Exponential(Require.positive("rate", rate));
    }

    /**
     * The law of survreg's intercept.
     *
     * @param mu log of the mean time, finite
     * @return the law with rate exp(-mu)
     * @throws io.engraft.InvalidArgumentException when mu is not finite
     */
    public static Exponential ofLocation(double mu) {
        return of(StrictMath.exp(-Require.finite("mu", mu)));
    }

    /**
     * The rate.
     *
     * @return r
     */
    public double rate() {
        return rate;
    }

    @Override
    public double density(double t) {
        return rate * Math.exp(-rate * Require.time(t));
    }

    @Override
    public double logDensity(double t) {
        return Math.log(rate) - rate * Require.time(t);
    }

    @Override
    public double survival(double t) {
        return Math.exp(-rate * Require.time(t));
    }

    @Override
    public double logSurvival(double t) {
        return -rate * Require.time(t);
    }

    @Override
    public double cumulativeProbability(double t) {
        return -Math.expm1(-rate * Require.time(t));
    }

    @Override
    public double hazard(double t) {
        Require.time(t);
        return rate;
    }

    @Override
    public double timeAt(double p) {
        return -StrictMath.log1p(-Require.probability("p", p)) / rate;
    }

    @Override
    public double timeAtSurvival(double s) {
        // 0 - log avoids the negative zero at s = 1.
        return (0 - StrictMath.log(Require.probability("s", s))) / rate;
    }

    @Override
    public double meanUpTo(double tau) {
        return -Math.expm1(-rate * horizonOf(tau)) / rate;
    }

    @Override
    public double mean() {
        return 1 / rate;
    }

    @Override
    public LawOfTime conditionalOn(double s) {
        Require.nonNegative("s", s);
        return this;
    }
}
