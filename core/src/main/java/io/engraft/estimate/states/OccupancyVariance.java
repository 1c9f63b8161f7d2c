package io.engraft.estimate.states;

/** How the variance of state occupation probabilities is estimated. */
public enum OccupancyVariance {
    /**
     * {@link #ROBUST} where a subject has stays in several states or gaps, where there are clusters, or where weights are
     * sampling weights; else {@link #DELTA}. The choice does not depend on how a stay is cut into rows.
     */
    AUTOMATIC("automatic"),
    /**
     * Greenwood-type: the transitions out of a state at a time are multinomial given who is at risk, and independent of
     * the past. Right for Markov processes and independent subjects.
     */
    DELTA("delta"),
    /**
     * The infinitesimal jackknife over subjects, or clusters where there are any: the sum of squared derivatives with
     * respect to a subject's weight. It needs no Markov assumption.
     */
    ROBUST("robust");

    private final String label;

    OccupancyVariance(String label) {
        this.label = label;
    }

    /**
     * The name in reports.
     *
     * @return in lower case
     */
    public String label() {
        return label;
    }
}
