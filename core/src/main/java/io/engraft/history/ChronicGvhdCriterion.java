package io.engraft.history;

/** Which chronic GVHD ends chronic-GVHD-free, relapse-free survival (CRFS). */
public enum ChronicGvhdCriterion {
    /** Moderate or severe. */
    MODERATE_OR_SEVERE("moderate or severe chronic GVHD"),
    /** Treated systemically, whatever its severity. */
    SYSTEMIC_THERAPY("chronic GVHD needing systemic therapy"),
    /** Either of the two. */
    EITHER("chronic GVHD that is moderate, severe or needs systemic therapy");

    private final String words;

    ChronicGvhdCriterion(String words) {
        this.words = words;
    }

    /**
     * The criterion in words.
     *
     * @return a phrase
     */
    public String words() {
        return words;
    }
}
