package io.engraft.estimate;

import io.engraft.InvalidArgumentException;
import io.engraft.data.WeightType;
import io.engraft.estimate.internal.RiskSets;

/**
 * What the events at a point do to the cumulative hazard -log S under an estimator: its step; the spread, which is both
 * the step's variance without weights and what the presence of one more subject at risk takes from the hazard; and the
 * jump, what one more event adds to it.
 */
final class HazardStep {

    /** From this many tied events on a sum is taken by the formula of Euler and Maclaurin. */
    private static final int MANY = 4096;

    private final SurvivalEstimator estimator;
    private final RiskSets sets;
    private final boolean frequency;
    private double step;
    private double spread;
    private double jump;

    HazardStep(SurvivalEstimator estimator, RiskSets sets) {
        this.estimator = estimator;
        this.sets = sets;
        this.frequency = sets.table().weightType().orElse(WeightType.SAMPLING) == WeightType.FREQUENCY;
    }

    /** Reads a point with events. */
    void read(int point) {
        double d = sets.events(point);
        double n = sets.atRisk(point);
        switch (estimator) {
            case KAPLAN_MEIER -> {
                double left = n - d;
                step = d / n;
                spread = left > 0 ? d / (n * left) : Double.NaN;
                jump = 1 / left;
            }
            case BRESLOW -> {
                step = d / n;
                spread = step / n;
                jump = 1 / n;
            }
            case FLEMING_HARRINGTON -> oneAfterTheOther(point, n, d);
        }
    }

    private void oneAfterTheOther(int point, double n, double d) {
        if (frequency && d != Math.rint(d)) {
            throw InvalidArgumentException.of(
                    "frequency weight of the events at time " + sets.time(point),
                    d,
                    "a whole number for the Fleming-Harrington estimator, which takes tied events one after the other");
        }
        double steps = frequency ? d : sets.table().events(sets.row(point));
        double each = d / steps;
        // In units of one step the risk set falls from n / each by one at a time.
        double top = n / each;
        double sum = 0;
        double squares = 0;
        double taken = Math.max(0, steps - MANY);
        for (double j = steps - 1; j >= taken; j--) {
            double term = 1 / (top - j);
            sum += term;
            squares += term * term;
        }
        if (taken > 0) {
            double low = top - taken + 1;
            sum += Math.log(top / low) + (1 / top + 1 / low) / 2 + (1 / (low * low) - 1 / (top * top)) / 12;
            squares += (top - low) / (top * low)
                    + (1 / (top * top) + 1 / (low * low)) / 2
                    + (1 / (low * low * low) - 1 / (top * top * top)) / 6;
        }
        step = sum;
        spread = squares / each;
        jump = top / steps * squares / each;
    }

    double step() {
        return step;
    }

    /** NaN where Kaplan-Meier's survival falls to 0. */
    double spread() {
        return spread;
    }

    double jump() {
        return jump;
    }
}
