package io.engraft.regression;

/** The scale on which a spline of log time is fitted. */
public enum SplineScale {
    /** log(-log S): proportional hazards; without interior knots the Weibull law. */
    HAZARD("hazard"),
    /** log((1 - S) / S): proportional odds; without interior knots the log-logistic law. */
    ODDS("odds"),
    /** Minus the normal quantile of S (probit); without interior knots the log-normal law. */
    NORMAL("normal");

    private final String label;

    SplineScale(String label) {
        this.label = label;
    }

    /**
     * The name on the command line.
     *
     * @return "hazard", "odds" or "normal"
     */
    public String label() {
        return label;
    }
}
