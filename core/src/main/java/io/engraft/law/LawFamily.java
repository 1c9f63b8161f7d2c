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
    EXPONENTIAL("exponential", "rate", ""),
    /** {@code shape} and {@code scale}. */
    WEIBULL("weibull", "shape", "scale"),
    /** {@code meanLog} and {@code sdLog}. */
    LOG_NORMAL("lognormal", "meanLog", "sdLog"),
    /** {@code shape} and {@code scale}. */
    LOG_LOGISTIC("loglogistic", "shape", "scale"),
    /** {@code shape} and {@code scale}. */
    GAMMA("gamma", "shape", "scale");

    private static final double LEAST_LOG_SHAPE = StrictMath.log(5e-3);
    private static final double MOST_LOG_SHAPE = StrictMath.log(1e8);

    private final String label;
    private final String first;
    private final String second;

    LawFamily(String label, String first, String second) {
        this.label = label;
        this.first = first;
        this.second = second;
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
     * The names of the parameters.
     *
     * @return in the order of the factory method
     */
    public List<String> parameterNames() {
        return second.isEmpty() ? List.of(first) : List.of(first, second);
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
        throw InvalidArgumentException.of("family", name, "exponential, weibull, lognormal, loglogistic or gamma");
    }

    /**
     * The law of given parameters.
     *
     * @param parameters every parameter of the family, by name, and no other
     * @return the law
     * @throws InvalidArgumentException when a parameter is missing, unknown or outside its domain
     */
    public LawOfTime of(Map<String, Double> parameters) {
        Double a = parameters.get(first);
        Double b = second.isEmpty() ? Double.valueOf(0) : parameters.get(second);
        if (a == null || b == null || parameters.size() != parameterNames().size()) {
            throw InvalidArgumentException.of(
                    "parameters of " + label, parameters.keySet(), "exactly " + parameterNames());
        }
        return switch (this) {
            case EXPONENTIAL -> Exponential.of(a);
            case WEIBULL -> Weibull.of(a, b);
            case LOG_NORMAL -> LogNormal.of(a, b);
            case LOG_LOGISTIC -> LogLogistic.of(a, b);
            case GAMMA -> Gamma.of(a, b);
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
     * The one law of a two-parameter family through two points: closed forms, and for gamma a root of the ratio of its
     * two quantiles, which falls with the shape.
     *
     * @param one a point
     * @param other another point, later with a larger share or earlier with a smaller one
     * @return the law
     * @throws InvalidArgumentException for {@link #EXPONENTIAL}, which one point determines; when the points contradict
     *     each other; or when no member of the family reaches so extreme a ratio
     */
    public LawOfTime through(TimingTarget one, TimingTarget other) {
        if (this == EXPONENTIAL) {
            throw new InvalidArgumentException(
                    "an exponential law has one parameter and two timing targets were given; allowed: one target,"
                            + " or a family of two parameters");
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
            case EXPONENTIAL -> throw new AssertionError(this);
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

    private static double excess(double logShape, TimingTarget early, TimingTarget late, double ratio) {
        Gamma unit = Gamma.of(StrictMath.exp(logShape), 1);
        return unit.logScaledTimeAt(late.share()) - unit.logScaledTimeAt(early.share()) - ratio;
    }
}
