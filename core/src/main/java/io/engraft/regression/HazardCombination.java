package io.engraft.regression;

import io.engraft.InvalidArgumentException;
import io.engraft.NotEstimableException;
import io.engraft.internal.Require;
import io.engraft.regression.internal.risk.HazardAlong;
import io.engraft.regression.internal.risk.HazardSum;
import java.util.Map;
import java.util.TreeMap;

/**
 * A sum of multiples of cumulative hazards that one Cox fit predicts, over any patients, strata and times,
 *
 * <pre>
 *   sum of c H(t | patient)  +  sum of f h(u | patient)
 * </pre>
 *
 * <p>with h(u) the step of H at an event time u. Whatever is a smooth function of predictions is such a sum to first order,
 * with its derivatives as multiples, and so has a variance by {@link CoxFit#covariance(java.util.List)}: a difference of two
 * patients' survival, a mean over a cohort, the incidence of one cause among several. Immutable.
 */
public final class HazardCombination {

    private final CoxEstimate estimate;
    private final HazardSum sum;

    private HazardCombination(CoxEstimate estimate, HazardSum sum) {
        this.estimate = estimate;
        this.sum = sum;
    }

    /**
     * A sum to be collected.
     *
     * @param fit the fit whose predictions it is of
     * @return a builder
     * @throws NotEstimableException when the fit has no baseline hazard, as with exact ties
     */
    public static Builder of(CoxFit fit) {
        return new Builder(fit.estimate());
    }

    CoxEstimate estimate() {
        return estimate;
    }

    HazardSum sum() {
        return sum;
    }

    @Override
    public String toString() {
        return "combination of predicted hazards over " + sum.parts() + (sum.parts() == 1 ? " baseline" : " baselines");
    }

    /** Collects a sum. Not for use by several threads. */
    public static final class Builder {

        private final CoxEstimate estimate;
        private final double[] slope;
        private final Map<Integer, Factors> strata = new TreeMap<>();

        /** Of a stratum, the factors at its event times, and by what those at a time and before it rise. */
        private static final class Factors {
            private final double[] at;
            private final double[] upTo;

            private Factors(int places) {
                this.at = new double[places];
                this.upTo = new double[places];
            }

            private double[] sum() {
                double[] sum = new double[at.length];
                double rise = 0;
                for (int k = at.length - 1; k >= 0; k--) {
                    rise += upTo[k];
                    sum[k] = at[k] + rise;
                }
                return sum;
            }
        }

        private Builder(CoxEstimate estimate) {
            this.estimate = estimate;
            this.slope = new double[estimate.baseline().width()];
        }

        private Factors of(HazardAlong hazards) {
            return strata.computeIfAbsent(hazards.stratum(), s -> new Factors(hazards.end() - hazards.first()));
        }

        /**
         * Adds a multiple of a patient's cumulative hazard at a time.
         *
         * @param multiple the multiple, finite
         * @param curve a prediction of the fit
         * @param t the time, t &gt;= 0, within follow-up
         * @return this builder
         * @throws InvalidArgumentException when the curve is of another fit or t is beyond follow-up
         */
        public Builder add(double multiple, PredictedSurvival curve, double t) {
            estimate.requireOwn(curve);
            HazardAlong hazards = curve.hazards();
            if (!hazards.isKnown(Require.time(t))) {
                throw InvalidArgumentException.of("time", t, "up to " + hazards.lastTime() + ", the end of follow-up");
            }
            Factors factors = of(hazards);
            hazards.addTo(hazards.placeAt(t), Require.finite("multiple", multiple), factors.at, factors.upTo, slope);
            return this;
        }

        /**
         * Adds multiples of the steps of a patient's cumulative hazard.
         *
         * @param curve a prediction of the fit
         * @param multiples one a time of {@link PredictedSurvival#jumpTimes()}, from the first; those left out are 0
         * @return this builder
         * @throws InvalidArgumentException when the curve is of another fit or there are more multiples than times
         */
        public Builder addSteps(PredictedSurvival curve, double... multiples) {
            estimate.requireOwn(curve);
            HazardAlong hazards = curve.hazards();
            int steps = hazards.end() - hazards.first();
            if (multiples.length > steps) {
                throw InvalidArgumentException.of("number of multiples", multiples.length, "at most " + steps);
            }
            Factors factors = of(hazards);
            for (int k = 0; k < multiples.length; k++) {
                if (Require.finite("multiple", multiples[k]) != 0) {
                    hazards.addStep(hazards.first() + k, multiples[k], factors.at, slope);
                }
            }
            return this;
        }

        /**
         * The sum.
         *
         * @return the combination
         */
        public HazardCombination build() {
            return new HazardCombination(
                    estimate,
                    new HazardSum(
                            strata.keySet().stream().mapToInt(Integer::intValue).toArray(),
                            strata.values().stream().map(Factors::sum).toArray(double[][]::new),
                            slope.clone()));
        }
    }
}
