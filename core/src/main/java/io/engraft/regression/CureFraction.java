package io.engraft.regression;

import io.engraft.curve.PointEstimate;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import java.util.Optional;

/**
 * The share that never has the event, with an interval by profile likelihood: the shares whose best log-likelihood lies
 * within half a chi-square quantile (1 df) of the maximum; 0 and 1 belong to it where the likelihood says so. With
 * sampling weights there is no such likelihood, and the interval is normal on the logit scale with the robust error.
 *
 * @param share the estimate, its standard error and interval
 * @param method "profile likelihood" or "logit, robust"
 * @param followUp whether follow-up supports a cured share; empty with delayed entry or interval censoring, where the test
 *     is not defined
 * @param warning what to bear in mind, empty where there is nothing
 */
public record CureFraction(PointEstimate share, String method, Optional<FollowUpCheck> followUp, String warning)
        implements Tabular {

    @Override
    public TidyTable tidy() {
        return TidyTable.builder()
                .number("share")
                .number("std_error")
                .number("lower")
                .number("upper")
                .text("method")
                .number("follow_up_alpha")
                .text("warning")
                .row(
                        share.optional().orElse(Double.NaN),
                        share.standardError().orElse(Double.NaN),
                        share.interval().lower().orElse(Double.NaN),
                        share.interval().upper().orElse(Double.NaN),
                        method,
                        followUp.map(FollowUpCheck::alpha).orElse(Double.NaN),
                        warning)
                .build();
    }
}
