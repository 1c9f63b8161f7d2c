package io.engraft.regression;

import io.engraft.FitStatus;
import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.regression.internal.Kernel;
import io.engraft.regression.internal.ProfileLimit;
import io.engraft.regression.internal.Rows;
import java.util.Optional;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

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

    private static final double FARTHEST = 14;
    private static final double FIRST_STEP = 0.25;
    private static final int MOST_ITERATIONS = 100;

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

    /** By the profile of the likelihood of a mixture over the logit of its cured share. */
    static CureFraction of(Fitted fitted, ParametricFamily family, double level) {
        Rows rows = fitted.likelihood.rows;
        Optional<FollowUpCheck> check =
                rows.entry == null && rows.lower == null ? Optional.of(FollowUpCheck.of(rows)) : Optional.empty();
        String warning = check.map(FollowUpCheck::warning)
                .orElse("whether follow-up supports a cured share was not tested: delayed entry or interval censoring");
        double logit = fitted.estimate[0];
        double share = Kernel.Link.LOGIT.natural(logit);
        double se = Math.sqrt(fitted.covariance()[0][0]) * share * (1 - share);
        boolean edge = fitted.status == FitStatus.BOUNDARY && Math.abs(logit) > FARTHEST / 2;
        if (fitted.status == FitStatus.FAILED || (fitted.status == FitStatus.BOUNDARY && !edge)) {
            PointEstimate none = PointEstimate.notEstimable("the fit ended " + fitted.status + ": " + fitted.reason);
            return new CureFraction(none, "profile likelihood", check, warning);
        }
        if (edge) {
            warning = (fitted.reason + "; " + warning).replaceAll("; $", "");
            share = logit < 0 ? 0 : 1;
        }
        if (fitted.robustCovariance != null) {
            double half = Estimated.quantile(level) * Math.sqrt(fitted.covariance()[0][0]);
            Interval interval = half >= 0
                    ? Interval.of(
                            Kernel.Link.LOGIT.natural(logit - half), Kernel.Link.LOGIT.natural(logit + half), level)
                    : Interval.notEstimable(level, "the fit ended " + fitted.status + ": " + fitted.reason);
            return new CureFraction(PointEstimate.of(share, se, interval), "logit, robust", check, warning);
        }
        double lower = limit(fitted, level, -1);
        double upper = limit(fitted, level, 1);
        Interval interval = Interval.of(Math.min(lower, share), Math.max(upper, share), level);
        return new CureFraction(PointEstimate.of(share, se, interval), "profile likelihood", check, warning);
    }

    /** The share at which the profile falls to the target, 0 or 1 where it never does. */
    private static double limit(Fitted fitted, double level, int direction) {
        double drop = ChiSquaredDistribution.of(1).inverseCumulativeProbability(level) / 2;
        double[] theta = fitted.end.theta();
        double logit = new ProfileLimit(fitted.likelihood, 0, theta, fitted.logLikelihood(), drop, MOST_ITERATIONS)
                .limit(direction, FIRST_STEP, Math.max(FARTHEST - direction * theta[0], 0));
        return Kernel.Link.LOGIT.natural(logit);
    }
}
