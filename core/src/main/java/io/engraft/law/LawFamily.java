package io.engraft.law;

import io.engraft.InvalidArgumentException;
import io.engraft.internal.StrictNormal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.math3.analysis.solvers.BrentSolver;

/**
 * The families of laws, by name: from parameters, or through known points of the distribution function. Closed forms use
 * StrictMath, so that a calibrated model has the same bits on every machine.
 */
public enum LawFamily {
    /** One parameter, {@code rate}. */
    EXPONENTIAL("exponential", "rate"),
    /** {@code shape} and {@code scale}. */
    WEIBULL("weibull", "shape", "scale"),
    /** {@code meanLog} and {@code sdLog}. */
    LOG_NORMAL("lognormal", "meanLog", "sdLog"),
    /** {@code shape} and {@code scale}. */
    LOG_LOGISTIC("loglogistic", "shape", "scale"),
    /** {@code shape} and {@code scale}. */
    GAMMA("gamma", "shape", "scale"),
    /** {@code shape}, of any sign, and {@code rate}; a negative shape leaves a cured share. */
    GOMPERTZ("gompertz", "shape", "rate"),
    /** {@code mu}, {@code sigma} and {@code q}. */
    GENERALIZED_GAMMA("gengamma", "mu", "sigma", "q");

    private static final double LEAST_LOG_SHAPE = StrictMath.log(5e-3);
    private static final double MOST_LOG_SHAPE = StrictMath.log(1e8);

    private static final double MOST_GOMPERTZ = 500;

    private final String label;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> names;

    LawFamily(String label, String... names) {
        this.label = label;
        this.names = List.of(names);
    }

    /**
     * The name in files and on the command line.
     *
     * @return for example "weibull"
     */
    public String label() {
        return label;
    }

    /**
     * Refuses families that two known points do not determine, or whose law may leave a cured share.
     *
     * @return this family
     * @throws InvalidArgumentException when it is none of exponential, Weibull, log-normal, log-logistic and gamma
     */
    public LawFamily requireCalibrated() {
        return switch (this) {
            case EXPONENTIAL, WEIBULL, LOG_NORMAL, LOG_LOGISTIC, GAMMA -> this;
            case GOMPERTZ, GENERALIZED_GAMMA ->
                throw InvalidArgumentException.of(
                        "family", label, "exponential, weibull, lognormal, loglogistic or gamma");
        };
    }

    /**
     * The names of the parameters.
     *
     * @return in the order of the factory method
     */
    public List<String> parameterNames() {
        return names;
    }

    /**
     * The family of a name.
     *
     * @param name for example "weibull", in any case
     * @return the family
     * @throws InvalidArgumentException for an unknown name
     */
    public static LawFamily parse(String name) {
        for (LawFamily family : values()) {
            if (family.label.equals(name.toLowerCase(Locale.ROOT))) {
                return family;
            }
        }
        throw InvalidArgumentException.of(
                "family", name, "exponential, weibull, lognormal, loglogistic, gamma, gompertz or gengamma");
    }

    /**
     * The law of given parameters.
     *
     * @param parameters every parameter of the family, by name, and no other
     * @return the law
     * @throws InvalidArgumentException when a parameter is missing, unknown or outside its domain
     */
    public LawOfTime of(Map<String, Double> parameters) {
        double[] x = new double[names.size()];
        boolean complete = parameters.size() == x.length;
        for (int j = 0; j < x.length; j++) {
            Double value = parameters.get(names.get(j));
            complete &= value != null;
            x[j] = value == null ? Double.NaN : value;
        }
        if (!complete) {
            throw InvalidArgumentException.of("parameters of " + label, parameters.keySet(), "exactly " + names);
        }
        return switch (this) {
            case EXPONENTIAL -> Exponential.of(x[0]);
            case WEIBULL -> Weibull.of(x[0], x[1]);
            case LOG_NORMAL -> LogNormal.of(x[0], x[1]);
            case LOG_LOGISTIC -> LogLogistic.of(x[0], x[1]);
            case GAMMA -> Gamma.of(x[0], x[1]);
            case GOMPERTZ -> Gompertz.of(x[0], x[1]);
            case GENERALIZED_GAMMA -> GeneralizedGamma.of(x[0], x[1], x[2]);
        };
    }

    /**
     * The exponential law through one point.
     *
     * @param target the point
     * @return the law
     */
    public static Exponential exponentialThrough(TimingTarget target) {
        return Exponential.of(-StrictMath.log1p(-target.share()) / target.time());
    }

    /**
     * The one law of a two-parameter family through two points: closed forms, for gamma a root of the ratio of its
     * two quantiles, which falls with the shape, and for Gompertz a root of the ratio of its two cumulative hazards, which
     * rises with the shape; that shape is negative, with a cured share, where the hazard falls between the points.
     *
     * @param one a point
     * @param other another point, later with a larger share or earlier with a smaller one
     * @return the law
     * @throws InvalidArgumentException for {@link #EXPONENTIAL}, which one point determines, and
     *     {@link #GENERALIZED_GAMMA}, which takes three; when the points contradict each other; or when no member of the family reaches so extreme a ratio
     */
    public LawOfTime through(TimingTarget one, TimingTarget other) {
        if (this == EXPONENTIAL) {
            throw new InvalidArgumentException(
                    "an exponential law has one parameter and two timing targets were given; allowed: one target,"
                            + " or a family of two parameters");
        }
        if (this == GENERALIZED_GAMMA) {
            throw new InvalidArgumentException(
                    "a generalized gamma law has three parameters, which two timing targets do"
                            + " not determine; allowed: a family of two parameters");
        }
        TimingTarget early = one.time() <= other.time() ? one : other;
        TimingTarget late = one.time() <= other.time() ? other : one;
        if (!(early.time() < late.time() && early.share() < late.share())) {
            throw new InvalidArgumentException("timing targets " + early + " and " + late
                    + " contradict each other; allowed: the later time with the larger share");
        }
        double ratio = StrictMath.log(late.time() / early.time());
        return switch (this) {
            case WEIBULL -> {
                double h1 = -StrictMath.log1p(-early.share());
                double h2 = -StrictMath.log1p(-late.share());
                double shape = StrictMath.log(h2 / h1) / ratio;
                yield Weibull.of(shape, late.time() / StrictMath.pow(h2, 1 / shape));
            }
            case LOG_LOGISTIC -> {
                double odds1 = early.share() / (1 - early.share());
                double odds2 = late.share() / (1 - late.share());
                double shape = StrictMath.log(odds2 / odds1) / ratio;
                yield LogLogistic.of(shape, late.time() / StrictMath.pow(odds2, 1 / shape));
            }
            case LOG_NORMAL -> {
                double z1 = StrictNormal.quantile(early.share());
                double z2 = StrictNormal.quantile(late.share());
                double sd = ratio / (z2 - z1);
                yield LogNormal.of(StrictMath.log(late.time()) - sd * z2, sd);
            }
            case GAMMA -> gammaThrough(early, late, ratio);
            case GOMPERTZ -> gompertzThrough(early, late);
            case EXPONENTIAL, GENERALIZED_GAMMA -> throw new AssertionError(this);
        };
    }

    private static LawOfTime gammaThrough(TimingTarget early, TimingTarget late, double ratio) {
        double least = excess(LEAST_LOG_SHAPE, early, late, ratio);
        double most = excess(MOST_LOG_SHAPE, early, late, ratio);
        if (!(least > 0 && most < 0)) {
            throw new InvalidArgumentException("timing targets " + early + " and " + late
                    + " are not met by a gamma law with a shape between 0.005 and 1e8; allowed: another family");
        }
        double logShape = new BrentSolver(1e-15, 1e-15, 1e-16)
                .solve(500, x -> excess(x, early, late, ratio), LEAST_LOG_SHAPE, MOST_LOG_SHAPE);
        double shape = StrictMath.exp(logShape);
        return Gamma.of(shape, late.time() / Gamma.of(shape, 1).timeAt(late.share()));
    }

    /** With x = shape times the later time, H(late) / H(early) is expm1(x) / expm1(x early / late). */
    private static LawOfTime gompertzThrough(TimingTarget early, TimingTarget late) {
        double h1 = -StrictMath.log1p(-early.share());
        double h2 = -StrictMath.log1p(-late.share());
        double target = StrictMath.log(h2 / h1);
        double part = early.time() / late.time();
        if (!(logRatio(-MOST_GOMPERTZ, part) < target && logRatio(MOST_GOMPERTZ, part) > target)) {
            throw new InvalidArgumentException(
                    "timing targets " + early + " and " + late
                            + " are not met by a Gompertz law with a shape below 500 over the later time; allowed: another family");
        }
        double x = new BrentSolver(1e-15, 1e-15, 1e-16)
                .solve(500, y -> logRatio(y, part) - target, -MOST_GOMPERTZ, MOST_GOMPERTZ);
        double growth = x == 0 ? 1 : StrictMath.expm1(x) / x;
        return Gompertz.of(x / late.time(), h2 / (growth * late.time()));
    }

    private static double logRatio(double x, double part) {
        return x == 0 ? -StrictMath.log(part) : StrictMath.log(StrictMath.expm1(x) / StrictMath.expm1(x * part));
    }

    private static double excess(double logShape, TimingTarget early, TimingTarget late, double ratio) {
        Gamma unit = Gamma.of(StrictMath.exp(logShape), 1);
        return unit.logScaledTimeAt(late.share()) - unit.logScaledTimeAt(early.share()) - ratio;
    }
}
