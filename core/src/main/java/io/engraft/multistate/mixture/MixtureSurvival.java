package io.engraft.multistate.mixture;

import io.engraft.InvalidArgumentException;
import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.curve.SurvivalFunction;
import io.engraft.internal.Brief;
import io.engraft.internal.Percentiles;
import io.engraft.internal.Require;
import io.engraft.law.LawOfTime;
import io.engraft.multistate.Fate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.commons.math3.analysis.solvers.BrentSolver;

/** Event-free survival of a mixture; it levels off at the probability of the fates that never end. */
final class MixtureSurvival implements SurvivalFunction {

    private final CompetingRisksMixture mixture;

    MixtureSurvival(CompetingRisksMixture mixture) {
        this.mixture = mixture;
    }

    @Override
    public PointEstimate survivalAt(double t) {
        return mixture.estimate(m -> m.weights(m.eventFree(), t));
    }

    @Override
    public double[] survivalValues(double[] times) {
        double[] values = new double[times.length];
        for (int j = 0; j < times.length; j++) {
            values[j] = mixture.value(mixture.weights(mixture.eventFree(), times[j]));
        }
        return values;
    }

    @Override
    public PointEstimate quantile(double p) {
        Require.properFraction("p", p);
        double time = timeAt(mixture.probabilities(), p);
        FateUncertainty uncertainty = mixture.uncertainty();
        MixtureDraws drawn = mixture.drawn();
        double[] limits;
        if (drawn != null) {
            limits = drawn.limits(time, mixture.level(), m -> new MixtureSurvival(m).timeAt(m.probabilities(), p));
        } else if (uncertainty != null) {
            limits = central(uncertainty, p);
        } else {
            return time == Double.POSITIVE_INFINITY
                    ? PointEstimate.notEstimable(levelsOff(p))
                    : PointEstimate.exact(time);
        }
        double lower = finiteOrMissing(Math.min(limits[0], time));
        double upper = finiteOrMissing(Math.max(limits[1], time));
        Interval interval = Interval.partial(
                lower, upper, mixture.level(), "the limit of event-free survival stays above " + Brief.number(1 - p));
        return time == Double.POSITIVE_INFINITY
                ? PointEstimate.notEstimable(levelsOff(p), interval)
                : PointEstimate.of(time, Double.NaN, interval);
    }

    private double[] central(FateUncertainty uncertainty, double p) {
        double[] times = new double[uncertainty.drawCount()];
        for (int d = 0; d < times.length; d++) {
            times[d] = timeAt(uncertainty.draw(d), p);
        }
        return Percentiles.central(times, mixture.level());
    }

    private static String levelsOff(double p) {
        return "event-free survival stays above " + Brief.number(1 - p);
    }

    private static double finiteOrMissing(double limit) {
        return limit == Double.POSITIVE_INFINITY ? Double.NaN : limit;
    }

    /** The time by which a share p has had an event, infinite where so many never have one. */
    private double timeAt(double[] probabilities, double p) {
        List<Fate> fates = mixture.fates();
        double ever = 0;
        for (int k = 0; k < probabilities.length; k++) {
            ever += fates.get(k).leaves() ? probabilities[k] : 0;
        }
        if (!(p < ever)) {
            return Double.POSITIVE_INFINITY;
        }
        // At the time by which every law has reached p / ever, the mixture has reached p; and not before the first has.
        double early = Double.POSITIVE_INFINITY;
        double late = 0;
        for (int k = 0; k < probabilities.length; k++) {
            LawOfTime law = fates.get(k).law();
            if (law != null && probabilities[k] > 0) {
                double t = law.timeAt(p / ever);
                early = Math.min(early, t);
                late = Math.max(late, t);
            }
        }
        double low = early;
        double high = late;
        if (!(excess(probabilities, p, low) < 0)) {
            return low;
        }
        if (!(excess(probabilities, p, high) > 0)) {
            return high;
        }
        return new BrentSolver(1e-14, 1e-14 * early, 1e-16).solve(500, t -> excess(probabilities, p, t), low, high);
    }

    private double excess(double[] probabilities, double p, double t) {
        double sum = -p;
        for (int k = 0; k < probabilities.length; k++) {
            sum += probabilities[k] * mixture.fates().get(k).timeProbability(t);
        }
        return sum;
    }

    @Override
    public PointEstimate restrictedMean(double tau) {
        if (!(tau > 0) || tau == Double.POSITIVE_INFINITY) {
            throw InvalidArgumentException.of("tau", tau, "0 < tau < infinity");
        }
        return mixture.estimate(m -> {
            double[] weights = new double[m.fates().size()];
            for (int k = 0; k < weights.length; k++) {
                LawOfTime law = m.fates().get(k).law();
                weights[k] = law == null ? tau : law.meanUpTo(tau);
            }
            return weights;
        });
    }

    @Override
    public double[][] survivalCovariance(double[] times) {
        List<Function<CompetingRisksMixture, double[]>> rows = new ArrayList<>();
        for (double t : times) {
            rows.add(m -> m.weights(m.eventFree(), t));
        }
        return mixture.covarianceOf(rows);
    }

    @Override
    public double horizon() {
        return mixture.horizon();
    }

    @Override
    public double[] jumpTimes() {
        return new double[0];
    }
}
