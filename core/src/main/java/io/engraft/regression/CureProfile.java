package io.engraft.regression;

import io.engraft.FitStatus;
import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.regression.internal.Kernel;
import io.engraft.regression.internal.Likelihood;
import io.engraft.regression.internal.Newton;
import io.engraft.regression.internal.Rows;
import java.util.Optional;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/** Profiles the likelihood of a mixture over the logit of its cured share. */
final class CureProfile {

    private static final double FARTHEST = 14;
    private static final double PRECISION = 1e-10;
    private static final int MOST_ITERATIONS = 100;

    private final Likelihood likelihood;
    private final double target;
    private double[] near;

    private CureProfile(Fitted fitted, double level) {
        this.likelihood = fitted.likelihood;
        this.near = fitted.end.theta();
        double drop = ChiSquaredDistribution.of(1).inverseCumulativeProbability(level) / 2;
        this.target = fitted.logLikelihood() - drop;
    }

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
        double lower = new CureProfile(fitted, level).limit(logit, -1);
        double upper = new CureProfile(fitted, level).limit(logit, 1);
        Interval interval = Interval.of(Math.min(lower, share), Math.max(upper, share), level);
        return new CureFraction(PointEstimate.of(share, se, interval), "profile likelihood", check, warning);
    }

    /** The share at which the profile falls to the target, 0 or 1 where it never does. */
    private double limit(double start, int direction) {
        double inside = start;
        double step = 0.25;
        while (Math.abs(inside) <= FARTHEST || inside * direction < 0) {
            double next = inside + direction * step;
            double[] kept = near;
            if (profile(next) < target) {
                near = kept;
                return Kernel.Link.LOGIT.natural(between(inside, next));
            }
            inside = next;
            step = Math.min(2 * step, 1);
        }
        return direction < 0 ? 0 : 1;
    }

    private double between(double inside, double outside) {
        double in = inside;
        double out = outside;
        while (Math.abs(out - in) > PRECISION) {
            double middle = 0.5 * (in + out);
            if (profile(middle) < target) {
                out = middle;
            } else {
                in = middle;
            }
        }
        return 0.5 * (in + out);
    }

    /** The best log-likelihood at a logit of the share; minus infinity where none is found. */
    private double profile(double logit) {
        double[] start = near.clone();
        start[0] = logit;
        boolean[] fixed = new boolean[likelihood.size];
        fixed[0] = true;
        Newton.End end = new Newton(likelihood, fixed, MOST_ITERATIONS).from(start);
        if (!Double.isFinite(end.point().value())) {
            return Double.NEGATIVE_INFINITY;
        }
        near = end.theta();
        return end.point().value();
    }
}
