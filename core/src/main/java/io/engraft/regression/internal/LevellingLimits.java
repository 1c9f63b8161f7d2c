package io.engraft.regression.internal;

import io.engraft.curve.Interval;
import io.engraft.internal.Brief;
import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;

/**
 * Limits of the time by which a share has had the event, of a curve that may level off: the times between the first at
 * which the lower limit of S has fallen to what is left, and the last at which the upper limit has not fallen below it.
 * Near the level of a cured share a step of S is any step of time, and a standard error of time says nothing.
 */
public final class LevellingLimits {

    /** A step of the search over time; limits of a smooth curve do not cross twice within one. */
    private static final double STEP = 1.2;

    /** Beyond this many times the start of the search there is nothing to find. */
    private static final double REACH = 1e30;

    private final DoubleUnaryOperator survival;
    private final DoubleFunction<Interval> limits;
    private final double left;
    private final double level;

    /**
     * Limits of one time.
     *
     * @param survival the curve
     * @param limits its limits at a time
     * @param p the share that has had the event
     * @param level of the limits
     */
    public LevellingLimits(DoubleUnaryOperator survival, DoubleFunction<Interval> limits, double p, double level) {
        this.survival = survival;
        this.limits = limits;
        this.left = 1 - p;
        this.level = level;
    }

    /** The limits, the search going out from a time inside of them. */
    public Interval around(double time) {
        double lower = lower(time);
        double upper = upper(time);
        String reason =
                (Double.isNaN(lower) ? "the lower limit of S is below " + Brief.number(left) + " from the start" : "")
                        + (Double.isNaN(lower) && Double.isNaN(upper) ? "; " : "")
                        + (Double.isNaN(upper) ? "the upper limit of S never falls to " + Brief.number(left) : "");
        return Interval.partial(lower, upper, level, reason);
    }

    /** The limits of a share that the curve itself never reaches, of which at most the lower one is there. */
    public Interval beyond(double start) {
        String reason = "the upper limit of S never falls to " + Brief.number(left);
        for (double t = start; t < start * REACH; t *= STEP) {
            if (hasFallen(t)) {
                return Interval.partial(lower(t), Double.NaN, level, reason);
            }
            if (isLevel(t)) {
                break;
            }
        }
        return Interval.notEstimable(level, "the lower limit of S never falls to " + Brief.number(left));
    }

    /** Whether the lower limit has fallen to what is left. */
    private boolean hasFallen(double t) {
        Interval at = limits.apply(t);
        return at.isEstimable() ? at.lower().getAsDouble() <= left : survival.applyAsDouble(t) <= left;
    }

    /** Whether the upper limit has not fallen below what is left. */
    private boolean mayStand(double t) {
        Interval at = limits.apply(t);
        return at.isEstimable() ? at.upper().getAsDouble() >= left : survival.applyAsDouble(t) >= left;
    }

    private boolean isLevel(double t) {
        double now = survival.applyAsDouble(t);
        return now == 0 || now - survival.applyAsDouble(t * 1e6) <= 1e-9 * now;
    }

    private double lower(double time) {
        double inside = time;
        double outside = Double.NaN;
        // The limits of times near 0 need not be in order: the first time is wanted, so that the search goes all the
        // way.
        for (double t = time / STEP; survival.applyAsDouble(t) < 1 && t > time / REACH; t /= STEP) {
            if (hasFallen(t)) {
                inside = t;
                outside = Double.NaN;
            } else if (Double.isNaN(outside)) {
                outside = t;
            }
        }
        if (Double.isNaN(outside)) {
            return survival.applyAsDouble(inside / STEP) < 1 ? Double.NaN : inside;
        }
        for (int i = 0; i < 60; i++) {
            double middle = Math.sqrt(inside * outside);
            if (hasFallen(middle)) {
                inside = middle;
            } else {
                outside = middle;
            }
        }
        return inside;
    }

    private double upper(double time) {
        double inside = time;
        double outside = Double.NaN;
        double t = time;
        while (t < time * REACH && !isLevel(t)) {
            t *= STEP;
            if (mayStand(t)) {
                inside = t;
                outside = Double.NaN;
            } else if (Double.isNaN(outside)) {
                outside = t;
            }
        }
        if (Double.isNaN(outside)) {
            return Double.NaN;
        }
        for (int i = 0; i < 60; i++) {
            double middle = Math.sqrt(inside * outside);
            if (mayStand(middle)) {
                inside = middle;
            } else {
                outside = middle;
            }
        }
        return inside;
    }
}
