package io.engraft.evidence;

import java.util.Optional;

/** How a published figure came to be known, which decides what it may be used for. */
public enum EvidenceStatus {

    /** Read in an abstract or page of the source: may calibrate and validate. */
    READ("READ"),
    /** Quoted by another page: shown, marked as second-hand. */
    READ_SECOND_HAND("READ-2ND"),
    /** Arithmetic on figures that were read: shown with its formula. */
    DERIVED("DERIVED"),
    /** Remembered or looked for, but not seen: never evidence. */
    RECALLED_NOT_FOUND("RECALLED, NOT FOUND");

    private final String label;

    EvidenceStatus(String label) {
        this.label = label;
    }

    /**
     * The status as it is written in tables.
     *
     * @return for example {@code READ-2ND}
     */
    public String label() {
        return label;
    }

    /**
     * Whether a model may be calibrated on a figure of this status.
     *
     * @return true for {@link #READ} only
     */
    public boolean mayCalibrate() {
        return this == READ;
    }

    /** The status that a table's text means; RECALLED and NOT FOUND are two ways into the last one. */
    static Optional<EvidenceStatus> parse(String text) {
        if (text.equals("RECALLED") || text.equals("NOT FOUND")) {
            return Optional.of(RECALLED_NOT_FOUND);
        }
        for (EvidenceStatus status : values()) {
            if (status.label.equals(text)) {
                return Optional.of(status);
            }
        }
        return Optional.empty();
    }
}
