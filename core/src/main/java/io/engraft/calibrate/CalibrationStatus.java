package io.engraft.calibrate;

/** What became of a calibration with one choice of families. */
public enum CalibrationStatus {
    /** Every target is met within its precision, and the targets determine every open number. */
    CONVERGED("converged"),
    /** Every target is met within its precision, by other values of the open numbers just as well. */
    NOT_IDENTIFIED("not identified"),
    /** No values of the open numbers meet all targets within their precision; the message names those that are missed. */
    CONTRADICTORY("contradictory"),
    /** The search did not end at an optimum, or an open number runs off without bound. */
    NOT_CONVERGED("not converged");

    private final String label;

    CalibrationStatus(String label) {
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
