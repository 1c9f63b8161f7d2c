package io.engraft.regression;

import io.engraft.InvalidArgumentException;
import io.engraft.internal.Require;
import io.engraft.law.RoystonParmar;
import io.engraft.regression.internal.CureKernel;
import io.engraft.regression.internal.GammaKernel;
import io.engraft.regression.internal.GenGammaKernel;
import io.engraft.regression.internal.GompertzKernel;
import io.engraft.regression.internal.Kernel;
import io.engraft.regression.internal.LocationScaleKernel;
import io.engraft.regression.internal.Replicated;
import io.engraft.regression.internal.Rows;
import io.engraft.regression.internal.SplineKernel;
import io.engraft.regression.internal.StandardLaw;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A family of laws to be fitted, with its parameters (in brackets their link: the scale on which they are linear in
 * covariates). The parameter marked * takes the covariates unless another is named.
 *
 * <table>
 * <caption>Families</caption>
 * <tr><th>family</th><th>parameters</th><th>law</th></tr>
 * <tr><td>exponential</td><td>rate* (log)</td><td>S = exp(-rate t)</td></tr>
 * <tr><td>weibull</td><td>shape (log), scale* (log)</td><td>S = exp(-(t/scale)^shape)</td></tr>
 * <tr><td>lognormal</td><td>meanlog* (identity), sdlog (log)</td><td>log T normal</td></tr>
 * <tr><td>loglogistic</td><td>shape (log), scale* (log)</td><td>S = 1 / (1 + (t/scale)^shape)</td></tr>
 * <tr><td>gamma</td><td>shape (log), rate* (log)</td><td>S = Q(shape, rate t)</td></tr>
 * <tr><td>gompertz</td><td>shape (identity), rate* (log)</td><td>hazard rate exp(shape t)</td></tr>
 * <tr><td>gengamma</td><td>mu* (identity), sigma (log), Q (identity)</td><td>Prentice's; Q = 1 Weibull, 0 log-normal,
 * sigma gamma</td></tr>
 * <tr><td>spline-SCALE-K</td><td>gamma0*, gamma1, ... (identity)</td><td>Royston-Parmar with K interior knots</td></tr>
 * <tr><td>cure-BASE</td><td>cured* (logit), then those of BASE</td><td>S = cured + (1 - cured) S_BASE</td></tr>
 * </table>
 *
 * <p>Names, order and links of the parameters are those of the R package flexsurv, so that its coefficients are these.
 *
 * <ol>
 *   <li>R. L. Prentice (1974). A log gamma model and its maximum likelihood estimation. Biometrika 61, 539-544.
 *   <li>P. Royston, M. K. B. Parmar (2002). Flexible parametric proportional-hazards and proportional-odds models for
 *       censored survival data. Statistics in Medicine 21, 2175-2197.
 * </ol>
 */
public final class ParametricFamily {

    /** One parameter: a constant hazard. */
    public static final ParametricFamily EXPONENTIAL = new ParametricFamily("exponential");
    /** Shape and scale. */
    public static final ParametricFamily WEIBULL = new ParametricFamily("weibull");
    /** Mean and standard deviation of log time. */
    public static final ParametricFamily LOG_NORMAL = new ParametricFamily("lognormal");
    /** Shape and scale. */
    public static final ParametricFamily LOG_LOGISTIC = new ParametricFamily("loglogistic");
    /** Shape and rate. */
    public static final ParametricFamily GAMMA = new ParametricFamily("gamma");
    /** Shape of any sign and rate. */
    public static final ParametricFamily GOMPERTZ = new ParametricFamily("gompertz");
    /** Prentice's mu, sigma and Q. */
    public static final ParametricFamily GENERALIZED_GAMMA = new ParametricFamily("gengamma");

    private static final int MOST_KNOTS = 20;

    private final String label;
    private final ParametricFamily base;
    private final RoystonParmar.Scale scale;
    private final int interior;
    private final double[] knots;

    private ParametricFamily(String label) {
        this.label = label;
        this.base = this;
        this.scale = RoystonParmar.Scale.HAZARD;
        this.interior = -1;
        this.knots = new double[0];
    }

    private ParametricFamily(String label, ParametricFamily base) {
        this.label = label;
        this.base = base;
        this.scale = RoystonParmar.Scale.HAZARD;
        this.interior = -1;
        this.knots = new double[0];
    }

    private ParametricFamily(RoystonParmar.Scale scale, int interior, double[] knots) {
        this.label = "spline-" + scale.label() + "-" + interior;
        this.base = this;
        this.scale = scale;
        this.interior = interior;
        this.knots = knots;
    }

    /**
     * A Royston-Parmar spline whose boundary knots are the least and the greatest log time of an event, with interior
     * knots at evenly spaced quantiles of the log times of events (in interval-censored data, the middle of an interval
     * counts as the time).
     *
     * @param scale the scale of the spline
     * @param interiorKnots 0 to 20
     * @return the family
     */
    public static ParametricFamily spline(RoystonParmar.Scale scale, int interiorKnots) {
        if (interiorKnots < 0 || interiorKnots > MOST_KNOTS) {
            throw InvalidArgumentException.of("interior knots", interiorKnots, "0 to " + MOST_KNOTS);
        }
        return new ParametricFamily(scale, interiorKnots, new double[0]);
    }

    /**
     * A Royston-Parmar spline with knots at given times.
     *
     * @param scale the scale of the spline
     * @param knotTimes positive times, ascending, the boundary knots first and last
     * @return the family
     */
    public static ParametricFamily spline(RoystonParmar.Scale scale, double... knotTimes) {
        double[] logs = new double[knotTimes.length];
        for (int j = 0; j < logs.length; j++) {
            logs[j] = Math.log(Require.positive("knot", knotTimes[j]));
            if (j > 0 && !(logs[j] > logs[j - 1])) {
                throw InvalidArgumentException.of("knots", Arrays.toString(knotTimes), "ascending, distinct times");
            }
        }
        if (logs.length < 2 || logs.length > MOST_KNOTS + 2) {
            throw InvalidArgumentException.of("number of knots", logs.length, "2 to " + (MOST_KNOTS + 2));
        }
        return new ParametricFamily(scale, logs.length - 2, logs);
    }

    /**
     * A mixture in which some never have the event.
     *
     * @param base the law of the others: exponential, Weibull, log-normal, log-logistic, gamma or generalized gamma
     * @return the family
     */
    public static ParametricFamily cure(ParametricFamily base) {
        if (base.isCure() || base.isSpline() || base.label.equals(GOMPERTZ.label)) {
            throw InvalidArgumentException.of(
                    "base of a cure model",
                    base.label,
                    "a law that reaches 0: exponential, weibull, lognormal, loglogistic, gamma or gengamma");
        }
        return new ParametricFamily("cure-" + base.label, base);
    }

    /**
     * The family of a name.
     *
     * @param name for example "weibull", "spline-hazard-2" or "cure-weibull", in any case; "spline:2" and "spline:2:odds"
     *     are "spline-hazard-2" and "spline-odds-2", "cure:weibull" is "cure-weibull"
     * @return the family
     * @throws InvalidArgumentException for an unknown name
     */
    public static ParametricFamily parse(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.startsWith("cure-") || lower.startsWith("cure:")) {
            return cure(parse(lower.substring(5)));
        }
        if (lower.startsWith("spline:")) {
            String[] parts = lower.split(":", 3);
            return parse("spline-" + (parts.length == 3 ? parts[2] : "hazard") + "-" + parts[1]);
        }
        for (RoystonParmar.Scale s : RoystonParmar.Scale.values()) {
            String start = "spline-" + s.label() + "-";
            if (lower.startsWith(start) && lower.substring(start.length()).matches("\\d{1,2}")) {
                return spline(s, Integer.parseInt(lower.substring(start.length())));
            }
        }
        for (ParametricFamily family : simple()) {
            if (family.label.equals(lower)) {
                return family;
            }
        }
        throw InvalidArgumentException.of(
                "family",
                name,
                "exponential, weibull, lognormal, loglogistic, gamma, gompertz, gengamma, spline-SCALE-KNOTS with SCALE"
                        + " hazard, odds or normal and 0 to 20 KNOTS, or cure-FAMILY");
    }

    /**
     * The families without splines or a cured share.
     *
     * @return seven families
     */
    public static List<ParametricFamily> simple() {
        return List.of(EXPONENTIAL, WEIBULL, LOG_NORMAL, LOG_LOGISTIC, GAMMA, GOMPERTZ, GENERALIZED_GAMMA);
    }

    /**
     * The name.
     *
     * @return for example "weibull"
     */
    public String label() {
        return label;
    }

    /**
     * Whether a share never has the event.
     *
     * @return true for {@link #cure}
     */
    public boolean isCure() {
        return !base.label.equals(label);
    }

    /**
     * Whether this is a spline.
     *
     * @return true for {@link #spline(RoystonParmar.Scale, int)}
     */
    public boolean isSpline() {
        return interior >= 0;
    }

    Kernel kernel(Rows rows) {
        if (isSpline()) {
            return new SplineKernel(scale, knots.length > 0 ? knots : knotsOf(rows));
        }
        if (isCure()) {
            return new CureKernel(base.kernel(rows));
        }
        return switch (label) {
            case "exponential" -> LocationScaleKernel.rate();
            case "weibull" -> LocationScaleKernel.shapeAndScale(StandardLaw.EXTREME);
            case "lognormal" -> LocationScaleKernel.plain(StandardLaw.NORMAL, true, "meanlog", "sdlog");
            case "loglogistic" -> LocationScaleKernel.shapeAndScale(StandardLaw.LOGISTIC);
            case "gamma" -> new GammaKernel();
            case "gompertz" -> new GompertzKernel();
            default -> new GenGammaKernel();
        };
    }

    private double[] knotsOf(Rows rows) {
        Replicated events = rows.logTimesOfEvents();
        double[] at = new double[interior + 2];
        for (int j = 0; j < at.length; j++) {
            at[j] = events.quantile(j, interior + 1);
            if (j > 0 && !(at[j] > at[j - 1])) {
                throw InvalidArgumentException.of(
                        "interior knots",
                        interior,
                        "fewer: with these event times two of the " + at.length + " knots fall together");
            }
        }
        return at;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ParametricFamily that && label.equals(that.label) && Arrays.equals(knots, that.knots);
    }

    @Override
    public int hashCode() {
        return Objects.hash(label, Arrays.hashCode(knots));
    }

    @Override
    public String toString() {
        return label;
    }
}
