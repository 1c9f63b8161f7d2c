package io.engraft.estimate;

import io.engraft.CheckReturnValue;
import io.engraft.InvalidArgumentException;
import io.engraft.NotEstimableException;
import io.engraft.curve.ConfidenceType;
import io.engraft.curve.Profile;
import io.engraft.internal.Brief;
import io.engraft.internal.Require;

/**
 * Simultaneous confidence bands for a survival curve: with the stated probability the whole of S lies within them
 * between two times. With n subjects, v(t) the Greenwood sum (the variance of log S), a(t) = n v(t) / (1 + n v(t)), and
 * a1, a2 its values at the two times,
 *
 * <pre>
 *   equal precision (Nair):  S &#177; c(a1, a2) S sqrt(v)
 *   Hall-Wellner:            S &#177; k(a1, a2) S (1 + n v) / sqrt(n)
 * </pre>
 *
 * <p>on the plain scale; on another scale of {@link ConfidenceType} the same width takes the place of z times the standard
 * error in its formula, as SAS PROC LIFETEST does, log-log unless another is chosen. c and k are the quantiles of the
 * largest |B(u)| / sqrt(u (1 - u)) and |B(u)| of a Brownian bridge B over [a1, a2]; both are computed, to about five
 * digits: for Hall-Wellner by integrating over the two ends the exact probability that a bridge between them stays within
 * limits, for equal precision from the eigenfunctions of the Ornstein-Uhlenbeck process into which time turns it.
 * (Published tables of c, and programs that use them, hold Nair's approximation instead, which is larger or smaller by up
 * to a few hundredths: {@link #withNairApproximation()}. Tables of k are exact.)
 *
 * <p>The bands are for large samples, and need events: both times lie within follow-up, with S below 1 at the first (for
 * equal precision) and above 0 at the second. Where S is 1 there are no limits. A curve with a robust variance is refused:
 * under sampling weights and clusters the curve's increments need not be independent, as the bridge supposes, and neither
 * the sum of weights nor the number of split rows is the n of Hall and Wellner's.
 *
 * <ol>
 *   <li>W. J. Hall, J. A. Wellner (1980). Confidence bands for a survival curve from censored data. Biometrika 67,
 *       133-143.
 *   <li>V. N. Nair (1984). Confidence bands for survival functions with censored data: a comparative study.
 *       Technometrics 26, 265-275.
 *   <li>O. Borgan, K. Liestol (1990). A note on confidence intervals and bands for the survival function based on
 *       transformations. Scandinavian Journal of Statistics 17, 35-41.
 * </ol>
 */
@CheckReturnValue
public final class ConfidenceBand {

    /** How wide a band is along the curve. */
    public enum Kind {
        /** Everywhere the same multiple of the standard error (Nair). */
        EQUAL_PRECISION,
        /** Hall and Wellner's, wide at both ends. */
        HALL_WELLNER
    }

    /** Bands of equal precision leave out both ends of a by default. */
    private static final double TRIM = 0.1;

    private final Kind kind;
    private final double level;
    private final ConfidenceType type;
    private final boolean approximate;

    private ConfidenceBand(Kind kind, double level, ConfidenceType type, boolean approximate) {
        this.kind = kind;
        this.level = level;
        this.type = type;
        this.approximate = approximate;
    }

    /**
     * Nair's bands of equal precision, 95 %, log-log.
     *
     * @return the procedure
     */
    public static ConfidenceBand ofEqualPrecision() {
        return new ConfidenceBand(Kind.EQUAL_PRECISION, 0.95, ConfidenceType.LOG_LOG, false);
    }

    /**
     * Hall-Wellner bands, 95 %, log-log.
     *
     * @return the procedure
     */
    public static ConfidenceBand ofHallWellner() {
        return new ConfidenceBand(Kind.HALL_WELLNER, 0.95, ConfidenceType.LOG_LOG, false);
    }

    /**
     * Another level.
     *
     * @param value strictly between 0 and 1, at most 0.9999
     * @return the changed procedure
     */
    public ConfidenceBand withLevel(double value) {
        Require.properFraction("level", value);
        if (!(value <= BandQuantiles.HIGHEST_LEVEL)) {
            throw InvalidArgumentException.of("level", value, "0 < level <= " + BandQuantiles.HIGHEST_LEVEL);
        }
        return new ConfidenceBand(kind, value, type, approximate);
    }

    /**
     * Another scale.
     *
     * @param value the scale
     * @return the changed procedure
     */
    public ConfidenceBand withConfidenceType(ConfidenceType value) {
        return new ConfidenceBand(kind, level, value, approximate);
    }

    /**
     * The critical value of equal precision from Nair's approximation instead of the exact one: the c that solves
     * phi(c) (4 / c + (c - 1 / c) log(a2 (1 - a1) / (a1 (1 - a2)))) = 1 - level, as tabulated by Klein and Moeschberger
     * and used by R's km.ci.
     *
     * @return the changed procedure
     * @throws InvalidArgumentException for Hall-Wellner bands
     */
    public ConfidenceBand withNairApproximation() {
        if (kind != Kind.EQUAL_PRECISION) {
            throw InvalidArgumentException.of("kind of band", kind, "EQUAL_PRECISION for Nair's approximation");
        }
        return new ConfidenceBand(kind, level, type, true);
    }

    /**
     * The band from the first to the last event at which S lies strictly between 0 and 1; of equal precision, to the last of
     * those at which a lies from 0.1 to 0.9, since at both ends, where few events or few patients are behind it, it covers
     * less than it says. (In simulations with 20 patients, 30 % of them censored, bands of equal precision of 95 % covered
     * 0.90 of curves over the whole range and 0.93 over the middle, Hall-Wellner bands 0.93 over the whole; with 50 both 0.94.)
     *
     * @param curve the curve
     * @return its band
     * @throws NotEstimableException when there is no such event, or the variance of the curve is robust
     */
    public BandEstimate on(SurvivalEstimate curve) {
        requireModelVariance(curve);
        int first = -1;
        int last = -1;
        double n = subjects(curve);
        boolean outside = false;
        for (int p = 0; p < curve.size(); p++) {
            if (curve.events(p) > 0 && curve.survival(p) > 0) {
                boolean within = isWithin(share(n, curve, p));
                first = first < 0 && within ? p : first;
                last = within ? p : last;
                outside |= !within;
            }
        }
        if (first < 0) {
            throw new NotEstimableException(
                    outside
                            ? "no event lies where a band of equal precision holds its level (a from " + TRIM + " to "
                                    + (1 - TRIM) + ")"
                            : "S is nowhere strictly between 0 and 1");
        }
        return on(curve, curve.time(first), curve.time(last));
    }

    /**
     * The band between two times.
     *
     * @param curve the curve
     * @param from the first time, at or after the first event for equal precision
     * @param to the second time, at most the end of follow-up, with S above 0
     * @return the band
     * @throws NotEstimableException when S is not between 0 and 1 at the times, follow-up ends before, or the variance
     *     of the curve is robust
     */
    public BandEstimate on(SurvivalEstimate curve, double from, double to) {
        requireModelVariance(curve);
        Require.nonNegative("from", from);
        Require.nonNegative("to", to);
        if (!(from <= to)) {
            throw new InvalidArgumentException("from is " + from + " and to is " + to + "; allowed: from <= to");
        }
        double first =
                curve.survivalAt(from).isEstimable() ? curve.survivalAt(from).estimate() : Double.NaN;
        double last = curve.survivalAt(to).isEstimable() ? curve.survivalAt(to).estimate() : Double.NaN;
        if (Double.isNaN(first) || Double.isNaN(last)) {
            throw new NotEstimableException(
                    curve.survivalAt(Double.isNaN(first) ? from : to).reason());
        }
        if (last == 0) {
            throw new NotEstimableException("S is 0 at " + to + ", so its standard error says nothing there");
        }
        if (last == 1 || (kind == Kind.EQUAL_PRECISION && first == 1)) {
            throw new NotEstimableException("nobody had an event by " + (last == 1 ? to : from));
        }
        double n = subjects(curve);
        double a1 = share(n, curve, from, first);
        double a2 = share(n, curve, to, last);
        double critical = kind == Kind.EQUAL_PRECISION
                ? approximate ? BandQuantiles.nair(level, a1, a2) : BandQuantiles.equalPrecision(level, a1, a2)
                : BandQuantiles.hallWellner(level, a1, a2);
        return new BandEstimate(this, curve, n, new double[] {from, to, a1, a2, critical});
    }

    private static void requireModelVariance(SurvivalEstimate curve) {
        if (curve.isRobust()) {
            throw new NotEstimableException(
                    "a band takes the increments of the curve as independent, which sampling"
                            + " weights, clusters and several rows an id do not grant; allowed: a curve without a robust variance");
        }
    }

    private boolean isWithin(double a) {
        return kind != Kind.EQUAL_PRECISION || (a >= TRIM && a <= 1 - TRIM);
    }

    private static double share(double n, SurvivalEstimate curve, int point) {
        double relative = curve.standardError(point) / curve.survival(point);
        double nv = n * relative * relative;
        return nv / (1 + nv);
    }

    /** Everybody leaves once, so the exits count the subjects. */
    private static double subjects(SurvivalEstimate curve) {
        double n = 0;
        for (int p = 0; p < curve.size(); p++) {
            n += curve.events(p) + curve.censored(p);
        }
        return n;
    }

    private static double share(double n, SurvivalEstimate curve, double t, double s) {
        double relative = s == 1 ? 0 : curve.survivalAt(t).standardError().orElse(0) / s;
        double nv = n * relative * relative;
        return nv / (1 + nv);
    }

    Kind kind() {
        return kind;
    }

    double level() {
        return level;
    }

    ConfidenceType type() {
        return type;
    }

    /** What stands for the standard error beside the critical value. */
    double width(double n, double s, double standardError) {
        if (kind == Kind.EQUAL_PRECISION) {
            return standardError;
        }
        double relative = standardError / s;
        return s * (1 + n * relative * relative) / Math.sqrt(n);
    }

    double lower(double s, double width, double critical) {
        return type.lower(s, width, critical, Profile.ENGRAFT);
    }

    double upper(double s, double width, double critical) {
        return type.upper(s, width, critical, Profile.ENGRAFT);
    }

    @Override
    public String toString() {
        return (kind == Kind.EQUAL_PRECISION ? "bands of equal precision" : "Hall-Wellner bands") + ", level "
                + Brief.number(level) + ", " + type.label();
    }
}
