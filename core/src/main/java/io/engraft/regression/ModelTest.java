package io.engraft.regression;

import io.engraft.internal.Brief;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * A test of all coefficients of a model at once.
 *
 * @param statistic chi-squared under the hypothesis that all are 0; NaN where it cannot be estimated
 * @param degreesOfFreedom how many coefficients were estimated
 * @param pValue the share of chi-squared above the statistic; NaN where there is nothing to test
 */
public record ModelTest(double statistic, int degreesOfFreedom, double pValue) {

    static ModelTest of(double statistic, int df) {
        boolean known = df > 0 && statistic >= 0;
        return new ModelTest(
                known ? statistic : Double.NaN,
                df,
                known ? ChiSquaredDistribution.of(df).survivalProbability(statistic) : Double.NaN);
    }

    /** Such as {@code chi-squared 30.5 on 3, p < 0.001}. */
    @Override
    public String toString() {
        return "chi-squared " + Brief.number(statistic) + " on " + degreesOfFreedom + ", " + Brief.pValue(pValue);
    }
}
