package io.engraft.regression;

import io.engraft.data.SurvivalData;
import io.engraft.data.TieRule;

/** What a Cox model was fitted to. */
final class Followed {

    private final SurvivalData data;
    private final int[] order;
    private final int cause;
    private final TieRule rule;

    Followed(SurvivalData data, int[] order, int cause, TieRule rule) {
        this.data = data;
        this.order = order;
        this.cause = cause;
        this.rule = rule;
    }

    /** The rows in the order of the fit. */
    SurvivalData data() {
        return data;
    }

    /** By row of the fit, the row of the data that were given. */
    int[] order() {
        return order;
    }

    /** The status that is the event, 0 for any. */
    int cause() {
        return cause;
    }

    TieRule rule() {
        return rule;
    }
}
