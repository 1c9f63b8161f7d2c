package io.engraft;

/** How a fit, a calibration or another search for the best numbers ended. */
public enum FitStatus {
    /** At the optimum, which determines every number. */
    CONVERGED("converged"),
    /**
     * The likelihood rises without end as coefficients run away, towards a limit that the other numbers have reached:
     * those that ran away are named.
     */
    MONOTONE_LIKELIHOOD("monotone likelihood"),
    /** At the optimum, without the covariates that are combinations of others or constant; they are named. */
    RANK_DEFICIENT("rank deficient"),
    /** At an optimum that other numbers reach just as well. */
    NOT_IDENTIFIED("not identified"),
    /** What is asked cannot be had together: no numbers meet all targets within their precision; those missed are named. */
    CONTRADICTORY("contradictory"),
    /**
     * The likelihood rises towards the edge of the model: a share of 0 or 1, a scale of 0, a coefficient that runs away.
     * Estimates say where the search stopped; there are no standard errors.
     */
    BOUNDARY("boundary"),
    /** The search did not end at an optimum, or a number runs off without bound. */
    FAILED("not converged");

    private final String label;

    FitStatus(String label) {
        this.label = label;
    }

    /**
     * The status in words.
     *
     * @return for example "not identified"
     */
    public String label() {
        return label;
    }
}
