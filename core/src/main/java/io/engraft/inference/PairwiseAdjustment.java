package io.engraft.inference;

/** How p-values of pairs are adjusted for their number. */
public enum PairwiseAdjustment {
    /** No pairs are compared. */
    NO_PAIRS("none"),
    /** Holm's step-down adjustment. */
    HOLM("holm"),
    /** Bonferroni's adjustment. */
    BONFERRONI("bonferroni");

    private final String label;

    PairwiseAdjustment(String label) {
        this.label = label;
    }

    /**
     * The name on the command line.
     *
     * @return "none", "holm" or "bonferroni"
     */
    public String label() {
        return label;
    }
}
