package io.engraft.law;

import io.engraft.InvalidArgumentException;
import io.engraft.internal.AdaptiveQuadrature;
import io.engraft.internal.Require;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The law of the remaining time T - s of those with T &gt; s: S(s + r) / S(s). Where the two cumulative hazards are close
 * their difference is the area under the hazard instead, in log time, so that short remaining times keep their digits.
 */
final class ConditionalLaw extends AbstractLaw {

    private static final double CLOSE = 0.5;
    private static final double PLAIN_INVERSE = 0.1;
    private static final double LAST_HAZARD = 60;
    /** Survival beyond this cumulative hazard is a denormal number, which has fewer digits. */
    private static final double UNDERFLOW = 700;

    final LawOfTime law;
    final double survived;
    private final double before;

    private ConditionalLaw(LawOfTime law, double survived, double before) {
        super("conditional(" + law.name() + ")", named(law, survived));
        this.law = law;
        this.survived = survived;
        this.before = before;
    }

    private static Map<String, Double> named(LawOfTime law, double survived) {
        Map<String, Double> map = new LinkedHashMap<>(law.parameters());
        map.put("survived", survived);
        return map;
    }

    static LawOfTime of(LawOfTime law, double s) {
        if (Require.nonNegative("s", s) == 0) {
            return law;
        }
        if (law instanceof ConditionalLaw other) {
            return of(other.law, other.survived + s);
        }
        double before = law.cumulativeHazard(s);
        if (before == Double.POSITIVE_INFINITY) {
            throw new InvalidArgumentException("s is " + s + ", which nobody survives under " + law
                    + "; allowed: a time at which survival is above 0");
        }
        return new ConditionalLaw(law, s, before);
    }

    @Override
    public double cumulativeHazard(double r) {
        double end = survived + Require.time(r);
        double later = law.cumulativeHazard(end);
        if (later == Double.POSITIVE_INFINITY || later - before > CLOSE * later) {
            return later - before;
        }
        double area = 0;
        double from = 0;
        double to = Math.log1p(r / survived);
        for (double kink : kinksOf(law)) {
            double cut = Math.log(kink / survived);
            if (cut > from && cut < to) {
                area += hazardArea(from, cut);
                from = cut;
            }
        }
        return area + hazardArea(from, to);
    }

    private double hazardArea(double from, double to) {
        if (to == Double.POSITIVE_INFINITY) {
            return law.cumulativeHazard(to) - law.cumulativeHazard(survived * Math.exp(from));
        }
        return AdaptiveQuadrature.integrate(
                        z -> {
                            double t = survived * Math.exp(z);
                            return t * law.hazard(t);
                        },
                        from,
                        to,
                        0,
                        1e-14)
                .value();
    }

    @Override
    public double logSurvival(double r) {
        return -cumulativeHazard(r);
    }

    @Override
    public double survival(double r) {
        return Math.exp(-cumulativeHazard(r));
    }

    @Override
    public double cumulativeProbability(double r) {
        return -Math.expm1(-cumulativeHazard(r));
    }

    @Override
    public double hazard(double r) {
        return law.hazard(survived + Require.time(r));
    }

    @Override
    public double density(double r) {
        double h = hazard(r);
        double s = survival(r);
        return h == 0 || s == 0 ? 0 : h * s;
    }

    @Override
    public double logDensity(double r) {
        double end = survived + Require.time(r);
        if (end == Double.POSITIVE_INFINITY) {
            return Double.NEGATIVE_INFINITY;
        }
        double h = law.hazard(end);
        return h > 0 && h < Double.POSITIVE_INFINITY ? Math.log(h) - cumulativeHazard(r) : law.logDensity(end) + before;
    }

    @Override
    public double timeAt(double p) {
        return timeAtHazard(-StrictMath.log1p(-Require.probability("p", p)));
    }

    @Override
    public double timeAtSurvival(double s) {
        return timeAtHazard(0 - StrictMath.log(Require.probability("s", s)));
    }

    private double timeAtHazard(double h) {
        if (h == 0) {
            return 0;
        }
        if (h >= cumulativeHazard(Double.POSITIVE_INFINITY)) {
            return Double.POSITIVE_INFINITY;
        }
        double total = before + h;
        double end = total < 0.5 ? law.timeAt(-StrictMath.expm1(-total)) : law.timeAtSurvival(StrictMath.exp(-total));
        double guess = end - survived;
        if (guess > CLOSE * end && h > PLAIN_INVERSE * total && total < UNDERFLOW) {
            return guess;
        }
        double start = guess > 0 && guess < Double.POSITIVE_INFINITY ? guess : h / law.hazard(survived);
        return HazardInversion.solve(this::cumulativeHazard, this::hazard, h, 0, Double.POSITIVE_INFINITY, start);
    }

    @Override
    public double meanUpTo(double tau) {
        if (horizonOf(tau) == Double.POSITIVE_INFINITY) {
            return mean();
        }
        return areaUnderSurvival(this, Math.min(tau, timeAt(0.5)), tau);
    }

    /** The area under the law's S beyond s by difference; where that would cancel, by quadrature to exp(-60). */
    @Override
    public double mean() {
        double all = law.mean();
        if (all == Double.POSITIVE_INFINITY) {
            return all;
        }
        double rest = all - law.meanUpTo(survived);
        double end = timeAtHazard(LAST_HAZARD);
        return rest > 0.1 * all || end == Double.POSITIVE_INFINITY ? rest * Math.exp(before) : meanUpTo(end);
    }

    @Override
    double[] kinks() {
        double[] kinks = kinksOf(law);
        double[] later = new double[kinks.length];
        int count = 0;
        for (double kink : kinks) {
            if (kink > survived) {
                later[count++] = kink - survived;
            }
        }
        return Arrays.copyOf(later, count);
    }
}
