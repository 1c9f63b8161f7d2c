package io.engraft.regression;

/** On which scale of time a coefficient may change, for {@link ProportionalHazardsTest}. */
public enum TimeTransform {
    /** 1 - S(t-) by Kaplan-Meier over all rows, all strata together, sampling weights left out. */
    KM("km"),
    /** Time itself. */
    IDENTITY("identity"),
    /** The rank among the times at which the follow-up of a row ends, ties at their mean. */
    RANK("rank"),
    /** The logarithm of time. */
    LOG("log");

    private final String label;

    TimeTransform(String label) {
        this.label = label;
    }

    /**
     * The name on the command line and in JSON.
     *
     * @return for example "km"
     */
    public String label() {
        return label;
    }
}
