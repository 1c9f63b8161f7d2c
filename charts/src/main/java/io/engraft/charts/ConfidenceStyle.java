package io.engraft.charts;

/** How pointwise confidence limits are drawn. Where a limit is not estimable, band and lines are interrupted. */
public enum ConfidenceStyle {
    /** A shaded band. */
    BAND,
    /** Two thin dotted lines, which stay legible where many curves overlap. */
    LINES,
    /** Not at all. */
    NONE;

    private static final int MOST_BANDS = 3;

    /** Bands, while they can still be told apart. */
    static ConfidenceStyle automatic(int curves) {
        return curves <= MOST_BANDS ? BAND : NONE;
    }
}
