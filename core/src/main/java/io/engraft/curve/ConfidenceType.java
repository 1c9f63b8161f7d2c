package io.engraft.curve;

import io.engraft.internal.Require;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Pointwise intervals for a probability p with standard error s: a normal interval on a transformed scale, turned back.
 * With z the normal quantile of (1 + level) / 2:
 *
 * <ul>
 *   <li>{@link #PLAIN}: p &#177; z s, cut to [0, 1]
 *   <li>{@link #LOG}: p exp(&#177; z s / p), cut at 1
 *   <li>{@link #LOG_LOG}: p^exp(&#177; z s / (p log p))
 *   <li>{@link #LOGIT}: logit(p) &#177; z s / (p (1 - p)), turned back
 *   <li>{@link #ARCSIN}: asin(sqrt p) &#177; z s / (2 sqrt(p (1 - p))), cut to [0, pi/2], turned back
 * </ul>
 *
 * <p>Where p is 0 or 1 the standard error is 0 and says nothing: there is no interval, except in
 * {@link Profile#R}, where {@code PLAIN} gives [p, p] and {@code LOG} gives [1, 1] at p = 1 as R's survfit does.
 */
public enum ConfidenceType {
    /** On the log scale. */
    LOG("log"),
    /** On the log(-log) scale; stays within [0, 1]. */
    LOG_LOG("log-log"),
    /** On the scale of p itself. */
    PLAIN("plain"),
    /** On the logit scale; stays within [0, 1]. */
    LOGIT("logit"),
    /** On the arcsine square root scale; stays within [0, 1]. */
    ARCSIN("arcsin");

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private final String label;

    ConfidenceType(String label) {
        this.label = label;
    }

    /**
     * The name on the command line and in JSON.
     *
     * @return for example "log-log"
     */
    public String label() {
        return label;
    }

    /**
     * The two-sided normal quantile of a level.
     *
     * @param level strictly between 0 and 1
     * @return z with P(|Z| &lt;= z) = level; 1.959964 for 0.95
     */
    public static double normalQuantile(double level) {
        Require.properFraction("level", level);
        return NORMAL.inverseSurvivalProbability((1 - level) / 2);
    }

    /**
     * The interval for a probability.
     *
     * @param p the estimate, in [0, 1]
     * @param standardError its standard error on the scale of p, NaN where unknown
     * @param level the level
     * @param profile the conventions, for p = 0 and p = 1
     * @return the interval, not estimable where p is 0 or 1 (but see {@link Profile#R}) or the standard error is NaN
     */
    public Interval interval(double p, double standardError, double level, Profile profile) {
        double z = normalQuantile(level);
        double lower = lower(p, standardError, z, profile);
        double upper = upper(p, standardError, z, profile);
        if (Double.isNaN(lower) || Double.isNaN(upper)) {
            return Interval.notEstimable(level, reason(p));
        }
        return Interval.of(lower, upper, level);
    }

    private static String reason(double p) {
        if (p == 0 || p == 1) {
            return "the estimate is " + (p == 0 ? "0" : "1") + ", so its standard error says nothing";
        }
        return "the standard error is not estimable";
    }

    /**
     * The lower limit, in bulk use.
     *
     * @param p the estimate, in [0, 1]
     * @param standardError its standard error
     * @param z the normal quantile, {@link #normalQuantile(double)}
     * @param profile the conventions
     * @return the limit, NaN where there is none
     */
    public double lower(double p, double standardError, double z, Profile profile) {
        return p > 0 && p < 1 ? limit(p, standardError, -z) : degenerate(p, standardError, profile);
    }

    /**
     * The upper limit, in bulk use.
     *
     * @param p the estimate, in [0, 1]
     * @param standardError its standard error
     * @param z the normal quantile, {@link #normalQuantile(double)}
     * @param profile the conventions
     * @return the limit, NaN where there is none
     */
    public double upper(double p, double standardError, double z, Profile profile) {
        return p > 0 && p < 1 ? limit(p, standardError, z) : degenerate(p, standardError, profile);
    }

    /** Both limits of one point into place i; shares the transcendental functions between them. */
    void limits(int i, double p, double se, double z, Profile profile, double[] lower, double[] upper) {
        if (this == LOG_LOG && p > 0 && p < 1) {
            double logP = Math.log(p);
            double factor = Math.exp(z * se / (p * logP));
            lower[i] = Math.exp(logP / factor);
            upper[i] = Math.exp(logP * factor);
        } else {
            lower[i] = lower(p, se, z, profile);
            upper[i] = upper(p, se, z, profile);
        }
    }

    private double degenerate(double p, double standardError, Profile profile) {
        if (profile != Profile.R || standardError != 0) {
            return Double.NaN;
        }
        boolean stays = this == PLAIN || (this == LOG && p == 1);
        return stays ? p : Double.NaN;
    }

    private double limit(double p, double standardError, double signedZ) {
        return switch (this) {
            case PLAIN -> clamp(p + signedZ * standardError, 0, 1);
            case LOG -> Math.min(1, p * Math.exp(signedZ * standardError / p));
            case LOG_LOG -> {
                double logP = Math.log(p);
                // log p < 0 turns the sign round: the upper limit has the smaller power.
                yield Math.exp(logP * Math.exp(signedZ * standardError / (p * logP)));
            }
            case LOGIT -> {
                double x = Math.log(p) - Math.log1p(-p) + signedZ * standardError / (p * (1 - p));
                yield x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
            }
            case ARCSIN -> {
                double angle = Math.asin(Math.sqrt(p)) + signedZ * standardError / (2 * Math.sqrt(p * (1 - p)));
                double sine = Math.sin(clamp(angle, 0, Math.PI / 2));
                yield sine * sine;
            }
        };
    }

    private static double clamp(double x, double least, double most) {
        return Double.isNaN(x) ? x : Math.max(least, Math.min(most, x));
    }
}
