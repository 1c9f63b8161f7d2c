package io.engraft.law;

import io.engraft.internal.Require;
import io.engraft.internal.StrictNormal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.numbers.gamma.Erfc;
import org.apache.commons.numbers.gamma.Erfcx;

/**
 * The spline law of Royston and Parmar: a transform of S is a natural cubic spline s(x) of x = log t, on one of three
 * scales: {@link Scale#HAZARD} log H(t) = s, {@link Scale#ODDS} log(1/S(t) - 1) = s, {@link Scale#NORMAL} -Phi^-1(S(t)) =
 * s. Without inner knots they are the Weibull, log-logistic and lognormal laws. Parameters are those of flexsurv's {@code
 * flexsurvspline}: s(x) = gamma_0 + gamma_1 x + sum over inner knots k_j of gamma_{j+1} v_j(x), with
 * v_j(x) = (x - k_j)_+^3 - l_j (x - k_min)_+^3 - (1 - l_j) (x - k_max)_+^3 and l_j = (k_max - k_j) / (k_max - k_min). Beyond
 * the outer knots s is straight.
 *
 * <p>s must rise, else S would: gamma_1 &gt; 0, and no slope below 0 anywhere. A slope of 0 beyond the last knot (to 1e-12 of
 * the largest) is allowed: S is then constant from there on, the cured share ({@link #curedShare()}). On flats inside,
 * the quantile is the time where the root finder lands, within the flat. Quantiles solve the cubic of one piece by a
 * bracketed Newton method in StrictMath. The mean is infinite with a cured share, and on the odds scale when the last
 * slope is at most 1; mean and restricted mean are by quadrature, to 1e-12 relative.
 *
 * <p>Reference: P. Royston and M. K. B. Parmar, Flexible parametric proportional-hazards and proportional-odds models for
 * censored survival data, Statistics in Medicine 21 (2002), 2175-2197, doi:10.1002/sim.1203.
 */
public final class RoystonParmar extends AbstractLaw {

    /** What the spline describes. */
    public enum Scale {
        /** The log cumulative hazard; proportional hazards. */
        HAZARD("hazard"),
        /** The log cumulative odds; proportional odds. */
        ODDS("odds"),
        /** The normal deviate; probit. */
        NORMAL("normal");

        private final String label;

        Scale(String label) {
            this.label = label;
        }

        /**
         * The name in files, as flexsurv's.
         *
         * @return "hazard", "odds" or "normal"
         */
        public String label() {
            return label;
        }
    }

    private static final double ROOT_HALF = Math.sqrt(0.5);
    private static final double LOG_ROOT_TWO_PI = 0.5 * Math.log(2 * Math.PI);
    private static final double ROOT_TWO_OVER_PI = Math.sqrt(2 / Math.PI);

    private final Scale scale;
    private final List<Double> gamma;
    private final double[] knots;
    private final NaturalSpline spline;

    private RoystonParmar(Scale scale, double[] gamma, double[] knots, NaturalSpline spline) {
        super("royston-parmar-" + scale.label, named(gamma, knots));
        this.scale = scale;
        this.gamma = Arrays.stream(gamma).boxed().toList();
        this.knots = knots;
        this.spline = spline;
    }

    private static Map<String, Double> named(double[] gamma, double[] knots) {
        Map<String, Double> map = new LinkedHashMap<>();
        for (int j = 0; j < gamma.length; j++) {
            map.put("gamma" + j, gamma[j]);
        }
        for (int j = 0; j < knots.length; j++) {
            map.put("knot" + j, knots[j]);
        }
        return map;
    }

    /**
     * The law of coefficients and knots.
     *
     * @param scale what the spline describes
     * @param gamma gamma_0, gamma_1, ...: as many as knots
     * @param knots ascending values of log t, the two outer knots included: at least 2
     * @return the law
     * @throws io.engraft.InvalidArgumentException when the lengths do not fit, knots do not rise, a number is not finite,
     *     or S would rise; the message says where
     */
    public static RoystonParmar of(Scale scale, double[] gamma, double[] knots) {
        NaturalSpline spline = NaturalSpline.of(gamma, knots);
        return new RoystonParmar(scale, gamma.clone(), knots.clone(), spline);
    }

    /**
     * What the spline describes.
     *
     * @return the scale
     */
    public Scale scale() {
        return scale;
    }

    /**
     * The coefficients.
     *
     * @return gamma_0, gamma_1, ...
     */
    public List<Double> gamma() {
        return gamma;
    }

    /**
     * The knots on the axis of log time.
     *
     * @return ascending, the outer ones included, a copy
     */
    public double[] knots() {
        return knots.clone();
    }

    private double s(double t) {
        return spline.value(StrictMath.log(Require.time(t)));
    }

    @Override
    public double density(double t) {
        double h = hazard(t);
        double s = survival(t);
        return h == 0 || s == 0 ? 0 : h * s;
    }

    @Override
    public double logDensity(double t) {
        if (Require.time(t) == 0) {
            return Math.log(hazard(0));
        }
        if (t == Double.POSITIVE_INFINITY) {
            return Double.NEGATIVE_INFINITY;
        }
        double x = StrictMath.log(t);
        double s = spline.value(x);
        double common = Math.log(spline.slope(x)) - x;
        return switch (scale) {
            case HAZARD -> common + s - Math.exp(s);
            case ODDS -> common + (s > 0 ? -s - 2 * Math.log1p(Math.exp(-s)) : s - 2 * Math.log1p(Math.exp(s)));
            case NORMAL -> common - 0.5 * s * s - LOG_ROOT_TWO_PI;
        };
    }

    @Override
    public double survival(double t) {
        double s = s(t);
        return switch (scale) {
            case HAZARD -> Math.exp(-Math.exp(s));
            case ODDS -> 1 / (1 + Math.exp(s));
            case NORMAL -> 0.5 * Erfc.value(s * ROOT_HALF);
        };
    }

    @Override
    public double logSurvival(double t) {
        double s = s(t);
        return switch (scale) {
            case HAZARD -> -Math.exp(s);
            case ODDS -> s > 0 ? -s - Math.log1p(Math.exp(-s)) : -Math.log1p(Math.exp(s));
            case NORMAL -> LogNormal.logUpper(s);
        };
    }

    @Override
    public double cumulativeProbability(double t) {
        double s = s(t);
        return switch (scale) {
            case HAZARD -> -Math.expm1(-Math.exp(s));
            case ODDS -> s > 0 ? 1 / (1 + Math.exp(-s)) : Math.exp(s) / (1 + Math.exp(s));
            case NORMAL -> 0.5 * Erfc.value(-s * ROOT_HALF);
        };
    }

    @Override
    public double hazard(double t) {
        if (Require.time(t) == 0) {
            double power = scale == Scale.NORMAL ? 2 : spline.firstSlope();
            double at1 = power == 1 ? Math.exp(spline.intercept()) : 0;
            return power < 1 ? Double.POSITIVE_INFINITY : at1;
        }
        if (t == Double.POSITIVE_INFINITY) {
            return hazardAtInfinity();
        }
        double x = StrictMath.log(t);
        double slope = spline.slope(x);
        double s = spline.value(x);
        if (slope == 0) {
            return 0;
        }
        return switch (scale) {
            case HAZARD -> slope * Math.exp(s - x);
            case ODDS -> s > 0 ? slope / (t * (1 + Math.exp(-s))) : slope * Math.exp(s - x) / (1 + Math.exp(s));
            case NORMAL ->
                slope
                        * (s < 0
                                ? Math.exp(-0.5 * s * s - LOG_ROOT_TWO_PI - x) / (0.5 * Erfc.value(s * ROOT_HALF))
                                : ROOT_TWO_OVER_PI / (t * Erfcx.value(s * ROOT_HALF)));
        };
    }

    private double hazardAtInfinity() {
        double power = spline.lastSlope();
        if (scale != Scale.HAZARD || power < 1) {
            return 0;
        }
        return power > 1 ? Double.POSITIVE_INFINITY : Math.exp(spline.lastValue() - spline.lastKnot());
    }

    @Override
    public double timeAt(double p) {
        Require.probability("p", p);
        return StrictMath.exp(spline.inverse(
                switch (scale) {
                    case HAZARD -> StrictMath.log(-StrictMath.log1p(-p));
                    case ODDS -> StrictMath.log(p / (1 - p));
                    case NORMAL -> StrictNormal.quantile(p);
                }));
    }

    @Override
    public double timeAtSurvival(double s) {
        Require.probability("s", s);
        return StrictMath.exp(spline.inverse(
                switch (scale) {
                    case HAZARD -> StrictMath.log(0 - StrictMath.log(s));
                    case ODDS -> StrictMath.log((1 - s) / s);
                    case NORMAL -> -StrictNormal.quantile(s);
                }));
    }

    @Override
    public double meanUpTo(double tau) {
        return horizonOf(tau) == Double.POSITIVE_INFINITY ? mean() : areaUnderSurvival(this, Math.exp(knots[0]), tau);
    }

    @Override
    public double mean() {
        double slope = spline.lastSlope();
        if (slope == 0 || (scale == Scale.ODDS && slope <= 1)) {
            return Double.POSITIVE_INFINITY;
        }
        double last = spline.lastKnot();
        double reach = switch (scale) {
            case HAZARD -> Math.max(0, (7 - spline.lastValue()) / slope);
            case ODDS -> Math.max(0, -spline.lastValue() / slope) + 40 / (slope - 1);
            case NORMAL -> Math.max(0, (1 / slope + 40 - spline.lastValue()) / slope);
        };
        double tail = areaInLogTime(x -> x + logSurvivalAt(x), last, last + reach);
        return meanUpTo(Math.exp(last)) + tail;
    }

    /** log S at a log time whose exponential may overflow. */
    private double logSurvivalAt(double x) {
        double s = spline.value(x);
        return switch (scale) {
            case HAZARD -> -Math.exp(s);
            case ODDS -> s > 0 ? -s - Math.log1p(Math.exp(-s)) : -Math.log1p(Math.exp(s));
            case NORMAL -> LogNormal.logUpper(s);
        };
    }

    @Override
    double[] kinks() {
        return Arrays.stream(knots).map(Math::exp).toArray();
    }
}
