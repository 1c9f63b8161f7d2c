package io.engraft.law;

import io.engraft.internal.Require;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * Death of any cause when the disease adds an excess hazard to that of the population: h(t) = h_E(t) + h_P(t), S(t) =
 * S_E(t) S_P(t). S_E is relative survival. The population's law comes from {@link LifeTableHazard#lawFor}; an excess law
 * with a cured share leaves the cured with the population's hazard.
 *
 * <p>Times of both laws are from the same start and in the same unit. Quantiles solve H_E + H_P = h with a bracketed Newton
 * method; they repeat bit for bit on one machine and JVM. Mean and restricted mean are by quadrature between the cut
 * points, to 1e-12 relative.
 */
public final class BackgroundMortality extends AbstractLaw {

    private static final double LAST_HAZARD = 60;

    private final LawOfTime excess;
    private final PiecewiseExponential population;

    private BackgroundMortality(LawOfTime excess, PiecewiseExponential population) {
        super("background-mortality(" + excess.name() + ")", named(excess, population));
        this.excess = excess;
        this.population = population;
    }

    private static Map<String, Double> named(LawOfTime excess, LawOfTime population) {
        Map<String, Double> map = new LinkedHashMap<>(excess.parameters());
        population.parameters().forEach((name, value) -> map.put("population." + name, value));
        return map;
    }

    /**
     * The sum of two hazards.
     *
     * @param excess the law of the disease's own hazard
     * @param population the law of the population, of the same age at time 0
     * @return the law
     */
    public static BackgroundMortality of(LawOfTime excess, PiecewiseExponential population) {
        return new BackgroundMortality(excess, population);
    }

    /**
     * The law of the excess hazard.
     *
     * @return its S is relative survival
     */
    public LawOfTime excess() {
        return excess;
    }

    /**
     * The law of the population.
     *
     * @return its S is expected survival
     */
    public PiecewiseExponential population() {
        return population;
    }

    @Override
    public double density(double t) {
        double h = hazard(t);
        double s = survival(t);
        return h == 0 || s == 0 ? 0 : h * s;
    }

    @Override
    public double logDensity(double t) {
        double h = hazard(t);
        if (t == Double.POSITIVE_INFINITY) {
            return Double.NEGATIVE_INFINITY;
        }
        return h == 0 ? Double.NEGATIVE_INFINITY : Math.log(h) - cumulativeHazard(t);
    }

    @Override
    public double survival(double t) {
        return excess.survival(t) * population.survival(t);
    }

    @Override
    public double logSurvival(double t) {
        return -cumulativeHazard(t);
    }

    @Override
    public double cumulativeProbability(double t) {
        return -Math.expm1(-cumulativeHazard(t));
    }

    @Override
    public double hazard(double t) {
        return excess.hazard(t) + population.hazard(t);
    }

    @Override
    public double cumulativeHazard(double t) {
        return excess.cumulativeHazard(t) + population.cumulativeHazard(t);
    }

    @Override
    public double timeAt(double p) {
        return timeAtHazard(-StrictMath.log1p(-Require.probability("p", p)));
    }

    @Override
    public double timeAtSurvival(double s) {
        return timeAtHazard(0 - StrictMath.log(Require.probability("s", s)));
    }

    /** One of the two hazards has reached half of h by then, and neither has passed h. */
    private double timeAtHazard(double h) {
        if (h == 0) {
            return 0;
        }
        if (h >= cumulativeHazard(Double.POSITIVE_INFINITY)) {
            return Double.POSITIVE_INFINITY;
        }
        double low = Math.min(timeAtHazard(excess, h / 2), timeAtHazard(population, h / 2));
        double high = Math.min(timeAtHazard(excess, h), timeAtHazard(population, h));
        if (cumulativeHazard(high) <= h) {
            return high; // the other hazard is 0 until then
        }
        // A little room, as the inverses round.
        return HazardInversion.solve(
                this::cumulativeHazard, this::hazard, h, low * (1 - 1e-12), high * (1 + 1e-12), low);
    }

    private static double timeAtHazard(LawOfTime law, double h) {
        return h < 0.5 ? law.timeAt(-StrictMath.expm1(-h)) : law.timeAtSurvival(StrictMath.exp(-h));
    }

    @Override
    public double meanUpTo(double tau) {
        if (horizonOf(tau) == Double.POSITIVE_INFINITY) {
            return mean();
        }
        return areaUnderSurvival(this, excess.timeAt(0.5 * (1 - excess.curedShare())), tau);
    }

    @Override
    public double mean() {
        double[] cuts = population.cuts();
        double end = cuts.length == 0 ? 0 : cuts[cuts.length - 1];
        double rate = population.hazard(end);
        if (rate > 0) {
            return meanUpTo(end + LAST_HAZARD / rate);
        }
        double rest = excess.mean();
        if (rest == Double.POSITIVE_INFINITY || end == 0) {
            return rest;
        }
        return meanUpTo(end) + population.survival(end) * (rest - excess.meanUpTo(end));
    }

    @Override
    double[] kinks() {
        return DoubleStream.concat(Arrays.stream(population.cuts()), Arrays.stream(kinksOf(excess)))
                .sorted()
                .distinct()
                .toArray();
    }

    @Override
    public LawOfTime conditionalOn(double s) {
        LawOfTime later = population.conditionalOn(s);
        return of(excess.conditionalOn(s), (PiecewiseExponential) later);
    }
}
