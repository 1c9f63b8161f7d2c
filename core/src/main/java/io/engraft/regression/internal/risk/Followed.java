package io.engraft.regression.internal.risk;

import io.engraft.data.SurvivalData;
import io.engraft.data.TieRule;

/** What a Cox model was fitted to. */
public final class Followed {

    private final SurvivalData data;
    private final int[] order;
    private final int cause;
    private final TieRule rule;
    private final String offset;
    private final boolean subdistribution;

    /**
     * What was fitted to.
     *
     * @param order by row of the fit, the row of the data that were given
     * @param cause the status that is the event, 0 for any
     * @param offset the covariate that is one, empty for none
     * @param subdistribution whether rows with another cause stay at risk
     */
    public Followed(SurvivalData data, int[] order, int cause, TieRule rule, String offset, boolean subdistribution) {
        this.data = data;
        this.order = order;
        this.cause = cause;
        this.rule = rule;
        this.offset = offset;
        this.subdistribution = subdistribution;
    }

    /** The rows in the order of the fit. */
    public SurvivalData data() {
        return data;
    }

    /** By row of the fit, the row of the data that were given. */
    public int[] order() {
        return order;
    }

    /** The status that is the event, 0 for any. */
    public int cause() {
        return cause;
    }

    public TieRule rule() {
        return rule;
    }

    public String offset() {
        return offset;
    }

    public boolean isSubdistribution() {
        return subdistribution;
    }
}
