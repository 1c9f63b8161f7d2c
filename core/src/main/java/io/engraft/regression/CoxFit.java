package io.engraft.regression;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A fitted Cox model. Coefficients are changes of the log hazard, in the order of the covariates. Immutable. */
public final class CoxFit extends RegressionFit {

    private static final String PARAMETER = "hazard";

    private final CoxEstimate estimate;

    CoxFit(CoxEstimate estimate, double level, @Nullable String cause, Map<String, String> conventions) {
        super(
                estimate,
                estimate.end,
                estimate.nothing.value(),
                level,
                cause,
                conventions,
                list(estimate, level),
                described(estimate.design.coding, PARAMETER, name -> name));
        this.estimate = estimate;
    }

    private static List<Coefficient> list(CoxEstimate estimate, double level) {
        List<Coefficient> list = new ArrayList<>();
        List<String> columns = estimate.design.columns;
        for (int j = 0; j < columns.size(); j++) {
            double[] weights = new double[columns.size()];
            weights[j] = 1;
            list.add(estimate.combination(columns.get(j), PARAMETER, weights, estimate.leftOut[j], level));
        }
        return list;
    }

    @Override
    String what() {
        return "Cox model";
    }

    @Override
    public int n() {
        return estimate.likelihood.risk().size;
    }

    @Override
    public double events() {
        return estimate.likelihood.risk().totalEvents();
    }

    @Override
    public double bic() {
        return -2 * logLikelihood() + Math.log(events()) * estimated();
    }

    /**
     * The test that all coefficients are 0 by the log partial likelihoods.
     *
     * @return twice their difference; it takes no account of a robust variance
     */
    public ModelTest likelihoodRatio() {
        return estimate.likelihoodRatio();
    }

    /**
     * Wald's test that all coefficients are 0.
     *
     * @return b' V^-1 b with the covariance in force, the robust one where there is one
     */
    public ModelTest wald() {
        return estimate.wald();
    }

    /**
     * The score test that all coefficients are 0, the log-rank test where one column tells groups apart.
     *
     * @return U' I^-1 U at coefficients of 0
     */
    public ModelTest score() {
        return estimate.score();
    }

    /**
     * The score test with the sum of outer products of the clusters' scores in place of the information.
     *
     * @return U' B^-1 U at coefficients of 0; empty without a robust variance
     */
    public Optional<ModelTest> robustScore() {
        return Optional.ofNullable(estimate.robustScore());
    }
}
