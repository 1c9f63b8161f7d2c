package io.engraft.regression.internal.risk;

/** How the events of one time count. */
public enum TieMethod {
    EFRON,
    BRESLOW,
    EXACT
}
