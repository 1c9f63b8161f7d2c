package io.engraft.history;

/** What to do with columns of a history file that are not events. */
public enum OtherColumns {
    /** They are errors, listed. */
    FAIL,
    /** They are carried along, such as covariates. */
    KEEP
}
