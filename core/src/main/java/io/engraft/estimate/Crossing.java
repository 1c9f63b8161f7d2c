package io.engraft.estimate;

import io.engraft.curve.Profile;
import io.engraft.estimate.internal.RiskSets;
import java.util.function.IntToDoubleFunction;

/** Where a falling step curve comes down to a target: for a flat that equals it, the flat's midpoint. */
final class Crossing {

    private final RiskSets sets;
    private final Profile profile;

    Crossing(RiskSets sets, Profile profile) {
        this.sets = sets;
        this.profile = profile;
    }

    /** The time; NaN where the curve stays above the target. */
    double of(double target, IntToDoubleFunction curve) {
        double slack = profile.quantileTolerance() * target;
        for (int p = 0; p < sets.size(); p++) {
            if (sets.events(p) > 0 && curve.applyAsDouble(p) <= target + slack) {
                boolean flat = curve.applyAsDouble(p) >= target - slack;
                return flat ? (sets.time(p) + endOfFlat(p)) / 2 : sets.time(p);
            }
        }
        return Double.NaN;
    }

    private double endOfFlat(int point) {
        for (int p = point + 1; p < sets.size(); p++) {
            if (sets.events(p) > 0) {
                return sets.time(p);
            }
        }
        return sets.lastTime();
    }
}
