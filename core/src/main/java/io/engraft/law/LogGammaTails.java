package io.engraft.law;

import io.engraft.internal.StrictNormal;
import org.apache.commons.numbers.gamma.Erfcx;
import org.apache.commons.numbers.gamma.LogGamma;
import org.apache.commons.numbers.gamma.RegularizedGamma;

/**
 * The standardised logarithm of a gamma variable G of shape a = q^-2, V = log(q^2 G) / q, which is standard normal at
 * q = 0. Both tails come as exp(-h) times a factor that varies slowly, with h = a (exp(x) - 1 - x) and x = q v, so
 * that no digits are lost when a is huge: its own series and continued fraction need a times exp(x), of which q small
 * leaves few correct digits.
 *
 * <p>For a &gt;= 20 and |eta| &lt;= 1, eta^2 / 2 = exp(x) - 1 - x, the upper tail is erfc(sqrt(h)) / 2 plus a power series
 * in eta (Temme's uniform expansion, SIAM Journal on Mathematical Analysis 10 (1979), 757-766) whose coefficients follow
 * from those of eta / (lambda - 1), lambda = exp(x), by a backward recurrence in 1/a = q^2; the recurrence ends in the
 * scaled gamma function Gamma*(a).
 */
final class LogGammaTails {

    private static final double LARGEST_Q_SQUARED = 0.05;
    private static final double LOG_ROOT_TWO_PI = 0.5 * Math.log(2 * Math.PI);
    private static final double ROOT_TWO_PI = Math.sqrt(2 * Math.PI);
    private static final double SERIES_LIMIT = 1;
    private static final double LARGEST_STEP_UP = 2;
    private static final int MOST_STEPS = 300;

    /** Coefficients of eta / (lambda - 1) in powers of eta, made with exact fractions. */
    private static final double[] ETA_OVER_EXCESS = {
        1.0,
        -0.3333333333333333,
        0.08333333333333333,
        -0.014814814814814815,
        0.0011574074074074073,
        0.0003527336860670194,
        -0.0001787551440329218,
        3.919263178522438e-05,
        -2.185448510679992e-06,
        -1.85406221071516e-06,
        8.296711340953087e-07,
        -1.7665952736826078e-07,
        6.707853543401498e-09,
        1.0261809784240309e-08,
        -4.382036018453353e-09,
        9.14769958223679e-10,
        -2.5514193994946248e-11,
        -5.830772132550426e-11,
        2.4361948020667415e-11,
        -5.0276692801141755e-12,
        1.1004392031956135e-13,
        3.371763262400985e-13,
        -1.392388722418162e-13,
        2.8534893807047445e-14,
        -5.139111834242572e-16,
        -1.9752288294349442e-15,
        8.099521156704561e-16,
        -1.6522531216398162e-16,
        2.5305430097478883e-18,
        1.1686939738559576e-17,
        -4.770037049820485e-18,
        9.699126059056237e-19,
        -1.2932565538038175e-20,
        -6.969230253185693e-20,
        2.835145432176937e-20,
        -5.7509821590070474e-21
    };

    private final double q;
    private final double shape;
    private final boolean large;
    private final double[] series;
    private final double logScaledGamma;

    /** With q &gt;= 0. */
    LogGammaTails(double q) {
        this.q = q;
        double inverse = q * q;
        this.shape = 1 / inverse;
        this.large = inverse <= LARGEST_Q_SQUARED;
        this.series = new double[ETA_OVER_EXCESS.length];
        if (large) {
            int last = series.length - 1;
            for (int n = last; n >= 1; n--) {
                double next = n + 1 <= last ? series[n + 1] : 0;
                series[n - 1] = ETA_OVER_EXCESS[n] + (n + 1) * inverse * next;
            }
            logScaledGamma = Math.log1p(inverse * series[1]);
        } else {
            logScaledGamma = LogGamma.value(shape) - ((shape - 0.5) * Math.log(shape) - shape + LOG_ROOT_TWO_PI);
        }
    }

    /** log Gamma*(a): what Stirling's formula lacks of log Gamma(a). */
    double logScaledGamma() {
        return logScaledGamma;
    }

    /** (exp(x) - 1 - x) / x^2. */
    private static double excess(double x) {
        if (Math.abs(x) >= SERIES_LIMIT) {
            return (Math.expm1(x) - x) / (x * x);
        }
        double sum = 0;
        for (int k = 20; k >= 1; k--) {
            sum = (sum + 1) * x / (k + 2);
        }
        return 0.5 * (1 + sum);
    }

    /** h, the exponent of the density. */
    private double exponent(double v) {
        double h = v * (v * excess(q * v));
        return h >= 0 ? h : Double.POSITIVE_INFINITY;
    }

    /** log of the density of V. */
    double logDensity(double v) {
        return Double.isInfinite(v) ? Double.NEGATIVE_INFINITY : -exponent(v) - LOG_ROOT_TWO_PI - logScaledGamma;
    }

    private boolean isUniform(double v) {
        return large && q * Math.abs(v) * Math.sqrt(2 * excess(q * v)) <= 1;
    }

    /** Whether the lower tail is the one that is computed, the upper being the rest. */
    private boolean isLower(double v) {
        return isUniform(v) ? v < 0 : shape * Math.exp(q * v) < shape + 1;
    }

    /** The tail told by {@link #isLower}, times exp(h). */
    private double scaled(double v) {
        if (isUniform(v)) {
            double root = Math.sqrt(excess(q * v));
            double eta = q * v * root * Math.sqrt(2);
            double sum = 0;
            for (int n = series.length - 1; n >= 0; n--) {
                sum = sum * eta + series[n];
            }
            double correction = q * sum / (ROOT_TWO_PI * Math.exp(logScaledGamma));
            return 0.5 * Erfcx.value(Math.abs(v) * root) + (v < 0 ? -correction : correction);
        }
        double u = shape * Math.exp(q * v);
        double constant = Math.exp(-LOG_ROOT_TWO_PI - logScaledGamma);
        return isLower(v) ? q * constant * lowerSum(u) : constant / q * fraction(u);
    }

    /** 1 + u/(a+1) + u^2/((a+1)(a+2)) + ... */
    private double lowerSum(double u) {
        double sum = 1;
        double term = 1;
        for (int n = 1; term > 1e-17 * sum; n++) {
            term *= u / (shape + n);
            sum += term;
        }
        return sum;
    }

    /** Legendre's continued fraction of Gamma(a, u) exp(u) u^-a by the modified Lentz method. */
    private double fraction(double u) {
        double b = u + 1 - shape;
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

    /** P(V &lt;= v). */
    double lower(double v) {
        if (Double.isInfinite(v)) {
            return v > 0 ? 1 : 0;
        }
        double h = exponent(v);
        if (h == Double.POSITIVE_INFINITY) {
            return v > 0 ? 1 : 0;
        }
        double tail = Math.exp(-h) * scaled(v);
        return isLower(v) ? Math.min(1, tail) : 1 - tail;
    }

    /** P(V &gt; v). */
    double upper(double v) {
        if (Double.isInfinite(v)) {
            return v > 0 ? 0 : 1;
        }
        double h = exponent(v);
        if (h == Double.POSITIVE_INFINITY) {
            return v > 0 ? 0 : 1;
        }
        double tail = Math.exp(-h) * scaled(v);
        return isLower(v) ? rest(v, tail) : tail;
    }

    /** 1 - tail, by itself where the difference would cancel: at small shapes a the lower tail may be nearly all. */
    private double rest(double v, double tail) {
        double u = shape * Math.exp(q * v);
        return tail > 0.5 && !large && u > Double.MIN_NORMAL ? RegularizedGamma.Q.value(shape, u) : 1 - tail;
    }

    /** log P(V &lt;= v). */
    double logLower(double v) {
        if (Double.isInfinite(v) || exponent(v) == Double.POSITIVE_INFINITY) {
            return v > 0 ? 0 : Double.NEGATIVE_INFINITY;
        }
        double h = exponent(v);
        double scaled = scaled(v);
        return isLower(v) ? Math.min(0, Math.log(scaled) - h) : Math.log1p(-Math.exp(-h) * scaled);
    }

    /** log P(V &gt; v). */
    double logUpper(double v) {
        if (Double.isInfinite(v) || exponent(v) == Double.POSITIVE_INFINITY) {
            return v > 0 ? Double.NEGATIVE_INFINITY : 0;
        }
        double h = exponent(v);
        double scaled = scaled(v);
        if (!isLower(v)) {
            return Math.log(scaled) - h;
        }
        double tail = Math.exp(-h) * scaled;
        return tail > 0.5 ? Math.log(rest(v, tail)) : Math.log1p(-tail);
    }

    /** density(v) / P(V &gt; v), also where both underflow. */
    double hazard(double v) {
        return isLower(v)
                ? Math.exp(logDensity(v)) / upper(v)
                : Math.exp(-LOG_ROOT_TWO_PI - logScaledGamma) / scaled(v);
    }

    /** density(v) / P(V &lt;= v), also where both underflow. */
    double reversedHazard(double v) {
        return isLower(v)
                ? Math.exp(-LOG_ROOT_TWO_PI - logScaledGamma) / scaled(v)
                : Math.exp(logDensity(v)) / lower(v);
    }

    /**
     * The v at which the lower or the upper tail has the given probability, at most one half: Newton's method on the
     * logarithm of the tail, which is concave in v, so that it converges from every start.
     */
    double solve(double probability, boolean lower) {
        if (probability == 0) {
            return lower ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        double target = Math.log(probability);
        double v = start(probability, lower);
        for (int step = 0; step < MOST_STEPS; step++) {
            double move = lower ? (target - logLower(v)) / reversedHazard(v) : (logUpper(v) - target) / hazard(v);
            if (!lower) {
                // From the left, where the tail is flat, a full step could overshoot to infinity.
                move = Math.min(move, LARGEST_STEP_UP * Math.max(1 / Math.max(q, 1e-9), 1));
            }
            v += move;
            if (!(Math.abs(move) > 4e-16 * Math.max(0.01, Math.abs(v))) || (step > 12 && Math.abs(move) < 1e-13)) {
                break; // the second: rounding decides from here on
            }
        }
        return v;
    }

    /** Wilson and Hilferty's cube, or the first term of the series where that is not positive. */
    private double start(double probability, boolean lower) {
        double z = StrictNormal.quantile(probability);
        double signed = lower ? z : -z;
        double cube = q * signed / 3 - q * q / 9;
        if (lower && (cube < -0.8 || q > 1.4)) {
            double logP = Math.log(probability);
            return q * (logP - Math.log(q) + LOG_ROOT_TWO_PI + logScaledGamma) - 1 / q;
        }
        return q < 1e-6 ? signed : 3 * Math.log1p(Math.max(cube, -0.9)) / q;
    }
}
