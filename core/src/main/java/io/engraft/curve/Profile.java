package io.engraft.curve;

/**
 * Which system's conventions a procedure follows. Systems disagree on interval types, on intervals at 0 and 1 and on
 * tie tolerance; the profile fixes all of them at once, each can still be set by itself, and every result carries what
 * was in force.
 */
public enum Profile {
    /** Engraft's own conventions: log-log intervals, no interval where the estimate is 0 or 1. */
    ENGRAFT("engraft", ConfidenceType.LOG_LOG, 1e-8),
    /** Those of R's survival package: log intervals, [1, 1] for log and plain where S is 1. */
    R("r", ConfidenceType.LOG, 1.4901161193847656e-8);

    private final String label;
    private final ConfidenceType confidenceType;
    private final double quantileTolerance;

    Profile(String label, ConfidenceType confidenceType, double quantileTolerance) {
        this.label = label;
        this.confidenceType = confidenceType;
        this.quantileTolerance = quantileTolerance;
    }

    /**
     * The name on the command line.
     *
     * @return "engraft" or "r"
     */
    public String label() {
        return label;
    }

    /**
     * The interval type for survival and for cumulative incidence.
     *
     * @return the default type
     */
    public ConfidenceType confidenceType() {
        return confidenceType;
    }

    /**
     * How near a curve must come to a share to count as equal to it, when a quantile falls on a flat.
     *
     * @return the tolerance, relative to the share
     */
    public double quantileTolerance() {
        return quantileTolerance;
    }
}
