package io.engraft.charts;

/** How pointwise confidence limits are drawn. Where a limit is not estimable, band and lines are interrupted. */
public enum ConfidenceStyle {
    /** A shaded band. */
    BAND,
    /** Two thin dotted lines, which stay legible where many curves overlap. */
    LINES,
    /** Not at all. */
    NONE
}
