package io.engraft.law;

import io.engraft.curve.HazardFunction;
import io.engraft.curve.PointEstimate;
import io.engraft.curve.SurvivalFunction;
import io.engraft.internal.Require;
import java.util.Map;

/**
 * A continuous law of a positive time T at fixed parameters. Density, survival, log-survival, hazard and cumulative
 * hazard are each computed natively, not as one minus another, so that both tails keep their relative accuracy. Times
 * are non-negative, in the unit of the parameters. All methods are pure; implementations are immutable.
 *
 * <p>The estimates that {@link SurvivalFunction} and {@link HazardFunction} ask for are exact here: the parameters are
 * taken as known.
 */
public interface LawOfTime extends SurvivalFunction, HazardFunction {

    /**
     * The name of the family.
     *
     * @return for example "weibull"
     */
    String name();

    /**
     * The parameters by name.
     *
     * @return in the order of the factory method, unmodifiable
     */
    Map<String, Double> parameters();

    /**
     * The density f(t).
     *
     * @param t the time, t &gt;= 0
     * @return f(t), which may be infinite at 0
     */
    double density(double t);

    /**
     * log f(t).
     *
     * @param t the time, t &gt;= 0
     * @return the logarithm of the density, finite where the density itself underflows
     */
    double logDensity(double t);

    /**
     * S(t) = P(T &gt; t).
     *
     * @param t the time, t &gt;= 0
     * @return S(t), accurate in the upper tail
     */
    double survival(double t);

    /**
     * log S(t).
     *
     * @param t the time, t &gt;= 0
     * @return the logarithm of S, finite where S itself underflows
     */
    double logSurvival(double t);

    /**
     * F(t) = P(T &lt;= t).
     *
     * @param t the time, t &gt;= 0
     * @return F(t), accurate in the lower tail
     */
    double cumulativeProbability(double t);

    /**
     * The hazard f(t) / S(t).
     *
     * @param t the time, t &gt;= 0
     * @return h(t), which may be infinite at 0
     */
    double hazard(double t);

    /**
     * The cumulative hazard H(t) = -log S(t).
     *
     * @param t the time, t &gt;= 0
     * @return H(t), accurate near 0
     */
    default double cumulativeHazard(double t) {
        return 0 - logSurvival(t);
    }

    /**
     * The time by which a share p has had the event: the inverse of F.
     *
     * @param p the share, in [0, 1]
     * @return F^-1(p); 0 at p = 0, infinity at p = 1 and wherever p is beyond 1 - {@link #curedShare()}
     */
    double timeAt(double p);

    /**
     * The time at which a share s is still without the event: the inverse of S, accurate where s is near 0.
     *
     * @param s the share, in [0, 1]
     * @return S^-1(s); 0 at s = 1, infinity at s = 0 and wherever s is below {@link #curedShare()}
     */
    double timeAtSurvival(double s);

    /**
     * The restricted mean, the integral of S from 0 to tau, as a number.
     *
     * @param tau the horizon, tau &gt; 0; infinity gives {@link #mean()}
     * @return the expected time without the event within the first tau
     */
    double meanUpTo(double tau);

    /**
     * The mean of T.
     *
     * @return E(T), infinite where the integral of S diverges, as with a cured share
     */
    double mean();

    /**
     * A time from one uniform number, by inversion: non-decreasing in the uniform, so that scenarios that share uniforms
     * share luck. Closed forms use StrictMath and give the same bits on every machine.
     *
     * @param uniform strictly between 0 and 1
     * @return {@code timeAt(uniform)}
     */
    default double sample(double uniform) {
        return timeAt(uniform);
    }

    /**
     * The share that never has the event, S(infinity).
     *
     * @return 0 for a proper law; more for one with a cured share, whose later quantiles and mean are infinite
     */
    default double curedShare() {
        return survival(Double.POSITIVE_INFINITY);
    }

    /**
     * The law of the remaining time T - s of those with T &gt; s: its survival at r is S(s + r) / S(s), its hazard at r is
     * h(s + r), its time 0 is s. The law of the total time at t is thus that of the remaining time at t - s. Conditioning
     * twice adds the times.
     *
     * @param s the time survived so far, 0 or more
     * @return the law, of the same family where that is closed under conditioning; this law for s = 0
     * @throws io.engraft.InvalidArgumentException when s is negative, NaN or infinite, or nobody survives it
     */
    default LawOfTime conditionalOn(double s) {
        return ConditionalLaw.of(this, s);
    }

    @Override
    default PointEstimate survivalAt(double t) {
        return PointEstimate.exact(survival(t));
    }

    @Override
    default double[] survivalValues(double[] times) {
        double[] values = new double[times.length];
        for (int j = 0; j < times.length; j++) {
            values[j] = survival(times[j]);
        }
        return values;
    }

    @Override
    default PointEstimate quantile(double p) {
        return PointEstimate.exact(timeAt(Require.properFraction("p", p)));
    }

    @Override
    default PointEstimate restrictedMean(double tau) {
        return PointEstimate.exact(meanUpTo(tau));
    }

    @Override
    default double[][] survivalCovariance(double[] times) {
        for (double t : times) {
            Require.time(t);
        }
        return new double[times.length][times.length];
    }

    @Override
    default PointEstimate cumulativeHazardAt(double t) {
        return PointEstimate.exact(cumulativeHazard(t));
    }

    @Override
    default double[] cumulativeHazardValues(double[] times) {
        double[] values = new double[times.length];
        for (int j = 0; j < times.length; j++) {
            values[j] = cumulativeHazard(times[j]);
        }
        return values;
    }

    @Override
    default double horizon() {
        return Double.POSITIVE_INFINITY;
    }

    @Override
    default double[] jumpTimes() {
        return new double[0];
    }
}
