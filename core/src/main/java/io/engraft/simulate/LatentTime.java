package io.engraft.simulate;

import io.engraft.law.Exponential;
import io.engraft.law.LawOfTime;
import io.engraft.law.LogLogistic;
import io.engraft.law.Weibull;
import io.engraft.multistate.Clock;

/**
 * The time at which a transition would happen were it alone, by inversion of the cumulative hazard: for someone who
 * enters the state at time s, the first t with m (H(t) - H(s)) = -log(1 - u) on a forward clock, t = s + v with m H(v) =
 * -log(1 - u) on one that starts with the state. Non-decreasing in u. Exponential, Weibull and log-logistic hazards are
 * inverted by StrictMath, others by the law's own quantiles.
 */
final class LatentTime {

    /** Beyond it exp(-h) loses digits and soon underflows. */
    private static final double LARGE = 690;

    private static final int MOST_HALVINGS = 200;

    private final LawOfTime law;
    private final double multiplier;
    private final boolean forward;
    private final double horizon;

    LatentTime(LawOfTime law, double multiplier, Clock clock, double horizon) {
        this.law = law;
        this.multiplier = multiplier;
        this.forward = clock == Clock.FORWARD && !(law instanceof Exponential);
        this.horizon = horizon;
    }

    /** The time for entry at {@code now}; beyond the horizon it need not be exact, and is infinite where it never comes. */
    double after(double now, double uniform) {
        double due = -StrictMath.log1p(-uniform) / multiplier;
        if (!forward) {
            return now + timeAt(due);
        }
        return Math.max(now, timeAt(cumulativeHazard(now) + due));
    }

    private double cumulativeHazard(double t) {
        if (law instanceof Weibull weibull) {
            return StrictMath.pow(t / weibull.scale(), weibull.shape());
        }
        if (law instanceof LogLogistic logistic) {
            return StrictMath.log1p(StrictMath.pow(t / logistic.scale(), logistic.shape()));
        }
        return law.cumulativeHazard(t);
    }

    private double timeAt(double hazard) {
        if (law instanceof Exponential exponential) {
            return hazard / exponential.rate();
        }
        if (law instanceof Weibull weibull) {
            return weibull.scale() * StrictMath.pow(hazard, 1 / weibull.shape());
        }
        if (law instanceof LogLogistic logistic) {
            return hazard < LARGE
                    ? logistic.scale() * StrictMath.pow(StrictMath.expm1(hazard), 1 / logistic.shape())
                    : logistic.scale() * StrictMath.exp(hazard / logistic.shape());
        }
        if (hazard < 0.7) {
            return law.timeAt(-StrictMath.expm1(-hazard));
        }
        return hazard < LARGE ? law.timeAtSurvival(StrictMath.exp(-hazard)) : search(hazard);
    }

    /** Halving up to the horizon: small multipliers and late entries ask for hazards that no quantile reaches. */
    private double search(double hazard) {
        if (law.cumulativeHazard(horizon) < hazard) {
            return Double.POSITIVE_INFINITY;
        }
        double low = 0;
        double high = horizon;
        for (int k = 0; k < MOST_HALVINGS; k++) {
            double middle = 0.5 * (low + high);
            if (!(middle > low && middle < high)) {
                break;
            }
            if (law.cumulativeHazard(middle) < hazard) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }
}
