package io.engraft.regression;

/** How a fit ended. */
public enum FitStatus {
    /** At the maximum, with every coefficient and a definite covariance. */
    CONVERGED,
    /** At the maximum, without the covariates that are combinations of others or constant; they are named. */
    RANK_DEFICIENT,
    /**
     * The likelihood rises towards the edge of the model: a share of 0 or 1, a scale of 0, a coefficient that runs away.
     * Estimates say where the search stopped; there are no standard errors.
     */
    BOUNDARY,
    /** No maximum was found. */
    FAILED
}
