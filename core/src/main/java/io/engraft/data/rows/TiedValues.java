package io.engraft.data.rows;

/** What a covariate is where a patient has several values of it at one time; the order of the rows never decides. */
public enum TiedValues {
    /** Values that differ are an error; it lists them. */
    FAIL("fail"),
    /** The smallest of them. */
    SMALLEST("smallest"),
    /** The largest of them. */
    LARGEST("largest"),
    /** Their mean. */
    MEAN("mean");

    private final String label;

    TiedValues(String label) {
        this.label = label;
    }

    /**
     * The name in text and on the command line.
     *
     * @return one word in lower case
     */
    public String label() {
        return label;
    }
}
