package io.engraft.internal;

import java.util.function.IntToDoubleFunction;

/** Where a falling step curve comes down to a target: for a flat that equals it, the flat's midpoint. */
public interface StepCrossing {

    /** How many points there are. */
    int size();

    /** Whether the curve may fall at a point. */
    boolean falls(int point);

    /** The time of a point; points ascend. */
    double time(int point);

    /** Where the curve ends. */
    double lastTime();

    /**
     * The time; NaN where the curve stays above the target.
     *
     * @param tolerance by which share of the target a value may differ and be equal
     */
    default double crossing(double target, double tolerance, IntToDoubleFunction curve) {
        double slack = tolerance * target;
        for (int p = 0; p < size(); p++) {
            if (falls(p) && curve.applyAsDouble(p) <= target + slack) {
                boolean flat = curve.applyAsDouble(p) >= target - slack;
                return flat ? (time(p) + endOfFlat(p)) / 2 : time(p);
            }
        }
        return Double.NaN;
    }

    private double endOfFlat(int point) {
        for (int p = point + 1; p < size(); p++) {
            if (falls(p)) {
                return time(p);
            }
        }
        return lastTime();
    }
}
