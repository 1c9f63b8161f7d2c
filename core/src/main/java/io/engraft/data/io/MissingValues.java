package io.engraft.data.io;

/** What to do with rows in which a value that is used is missing: an empty cell, or a mark of missing. */
public enum MissingValues {
    /** They are errors, listed by row. */
    FAIL("fail"),
    /** They are left out and counted. */
    DROP("drop");

    private final String label;

    MissingValues(String label) {
        this.label = label;
    }

    /**
     * The name on the command line.
     *
     * @return "fail" or "drop"
     */
    public String label() {
        return label;
    }
}
