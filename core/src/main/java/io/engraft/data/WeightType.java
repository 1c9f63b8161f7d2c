package io.engraft.data;

/** What a weight means. It is declared, never guessed from the values. */
public enum WeightType {
    /** Replication: a row of weight 3 is the same as three rows, and one of weight 0 is not there; whole numbers. */
    FREQUENCY("frequency"),
    /** Sampling or inverse-probability weight: variances must be robust. */
    SAMPLING("sampling");

    private final String label;

    WeightType(String label) {
        this.label = label;
    }

    /**
     * The name on the command line.
     *
     * @return "frequency" or "sampling"
     */
    public String label() {
        return label;
    }
}
