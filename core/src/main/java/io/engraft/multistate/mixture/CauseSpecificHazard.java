package io.engraft.multistate.mixture;

import io.engraft.curve.HazardFunction;
import io.engraft.curve.PointEstimate;
import io.engraft.internal.AdaptiveQuadrature;
import io.engraft.internal.Percentiles;
import io.engraft.internal.Require;
import io.engraft.law.LawOfTime;
import java.util.Objects;

/**
 * The hazard of one fate among those still event-free, h_k(t) = p_k f_k(t) / S(t), and its integral, by quadrature to
 * 1e-10 relative. The cumulative hazards of all fates add up to -log S(t). Where the mixture has a sample size, standard
 * error and interval come from its draws.
 */
public final class CauseSpecificHazard implements HazardFunction {

    private static final double LAST = 700;

    private final CompetingRisksMixture mixture;
    private final int index;
    private final LawOfTime law;

    CauseSpecificHazard(CompetingRisksMixture mixture, int index) {
        this.mixture = mixture;
        this.index = index;
        this.law = Objects.requireNonNull(mixture.fates().get(index).law());
    }

    /**
     * The fate.
     *
     * @return its name
     */
    public String cause() {
        return mixture.fates().get(index).event();
    }

    /**
     * The hazard as a number.
     *
     * @param t the time, t &gt;= 0
     * @return h_k(t), infinite at 0 where the law's density is, 0 where nobody is event-free any more
     */
    public double hazard(double t) {
        double[] probabilities = mixture.probabilities();
        double density = probabilities[index] * law.density(t);
        return density == 0 ? 0 : density / mixture.survival(probabilities, t);
    }

    /** With w the law's own cumulative hazard as the variable, the integrand p_k exp(-w) / S is at most 1. */
    private double cumulative(double[] probabilities, double t, double relative) {
        if (probabilities[index] == 0) {
            return 0;
        }
        double end = Math.min(LAST, law.cumulativeHazard(Require.time(t)));
        return AdaptiveQuadrature.integrate(w -> integrand(probabilities, w), 0, end, 0, relative)
                .value();
    }

    private double integrand(double[] probabilities, double w) {
        double time = w < 0.5 ? law.timeAt(-Math.expm1(-w)) : law.timeAtSurvival(Math.exp(-w));
        return probabilities[index] * Math.exp(-w) / mixture.survival(probabilities, time);
    }

    @Override
    public PointEstimate cumulativeHazardAt(double t) {
        double value = cumulative(mixture.probabilities(), t, 1e-10);
        MixtureDraws drawn = mixture.drawn();
        if (drawn != null) {
            return drawn.estimate(
                    value,
                    mixture.level(),
                    m -> new CauseSpecificHazard(m, index).cumulative(m.probabilities(), t, 1e-6));
        }
        FateUncertainty uncertainty = mixture.uncertainty();
        if (uncertainty == null) {
            return PointEstimate.exact(value);
        }
        double[] draws = new double[uncertainty.drawCount()];
        for (int d = 0; d < draws.length; d++) {
            draws[d] = cumulative(uncertainty.draw(d), t, 1e-6);
        }
        double deviation = Percentiles.standardDeviation(draws);
        return PointEstimate.of(value, deviation, FateUncertainty.interval(value, draws, mixture.level()));
    }

    @Override
    public double[] cumulativeHazardValues(double[] times) {
        double[] probabilities = mixture.probabilities();
        double[] values = new double[times.length];
        for (int j = 0; j < times.length; j++) {
            values[j] = cumulative(probabilities, Require.time(times[j]), 1e-10);
        }
        return values;
    }

    @Override
    public double horizon() {
        return mixture.horizon();
    }

    @Override
    public double[] jumpTimes() {
        return new double[0];
    }

    @Override
    public String toString() {
        return "cause-specific hazard of " + cause() + " in a " + mixture;
    }
}
