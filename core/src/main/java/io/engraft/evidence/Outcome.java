package io.engraft.evidence;

/** The four published outcomes that bound each other. */
public enum Outcome {

    /** Alive without relapse: EFS, DFS, LFS. */
    EVENT_FREE_SURVIVAL("event-free survival", false),
    /** Cumulative incidence of relapse. */
    RELAPSE("relapse", true),
    /** Death without relapse: NRM, TRM. */
    NON_RELAPSE_MORTALITY("non-relapse mortality", true),
    /** Alive, with or without relapse. */
    OVERALL_SURVIVAL("overall survival", false);

    private final String label;
    private final boolean rises;

    Outcome(String label, boolean rises) {
        this.label = label;
        this.rises = rises;
    }

    /**
     * The name in sentences.
     *
     * @return in lower case
     */
    public String label() {
        return label;
    }

    /** Whether the figure can only grow with time. */
    boolean rises() {
        return rises;
    }
}
