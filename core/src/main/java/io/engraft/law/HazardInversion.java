package io.engraft.law;

import java.util.function.DoubleUnaryOperator;

/** The time at which a cumulative hazard without a closed inverse reaches a value. */
final class HazardInversion {

    private static final int MOST_STEPS = 400;

    private HazardInversion() {}

    /**
     * Newton's method on log H against log t, in which power laws are straight, kept within a bracket that every step
     * narrows and halved where it leaves it.
     *
     * @param cumulative H, non-decreasing
     * @param hazard its slope; where it is 0, infinite or NaN the bracket is halved
     * @param target the value, above H(low), finite
     * @param low below the root, 0 or more
     * @param high at or above the root; infinity to look for it by doubling, when the caller knows that there is one
     * @param guess where to start
     * @return the root to the last bits
     */
    static double solve(
            DoubleUnaryOperator cumulative,
            DoubleUnaryOperator hazard,
            double target,
            double low,
            double high,
            double guess) {
        double from = low;
        double to = high;
        double t = guess > low && guess < high ? guess : inside(low, high);
        for (int step = 0; step < MOST_STEPS; step++) {
            double value = cumulative.applyAsDouble(t);
            if (value == target) {
                return t;
            }
            if (value < target) {
                from = t;
            } else {
                to = t;
            }
            double move = (StrictMath.log(target) - StrictMath.log(value)) * value / (hazard.applyAsDouble(t) * t);
            double next = t * StrictMath.exp(move);
            if (!(next > from && next < to) || step > MOST_STEPS / 2) {
                if (Math.abs(move) <= 4e-16) {
                    return t;
                }
                next = inside(from, to);
            }
            if (!(next > from && next < to) || Math.abs(next - t) <= 1e-16 * t) {
                return t;
            }
            t = next;
        }
        return t;
    }

    private static double inside(double from, double to) {
        if (to == Double.POSITIVE_INFINITY) {
            return from == 0 ? 1 : 2 * from;
        }
        if (from == 0) {
            return to > 1e-300 ? to * 1e-3 : to / 2;
        }
        return to > 4 * from ? Math.sqrt(from) * Math.sqrt(to) : from + (to - from) / 2;
    }
}
