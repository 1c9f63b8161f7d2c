package io.engraft.estimate;

import io.engraft.curve.Limits;
import io.engraft.curve.Profile;
import io.engraft.estimate.internal.RiskSets;
import io.engraft.internal.StepCrossing;
import java.util.function.IntToDoubleFunction;

/** Where a falling step curve comes down to a target: for a flat that equals it, the flat's midpoint. */
final class Crossing implements StepCrossing {

    private final RiskSets sets;
    private final Profile profile;

    Crossing(RiskSets sets, Profile profile) {
        this.sets = sets;
        this.profile = profile;
    }

    /** The time; NaN where the curve stays above the target. */
    double of(double target, IntToDoubleFunction curve) {
        return crossing(target, profile.quantileTolerance(), curve);
    }

    @Override
    public int size() {
        return sets.size();
    }

    @Override
    public boolean falls(int point) {
        return sets.events(point) > 0;
    }

    @Override
    public double time(int point) {
        return sets.time(point);
    }

    @Override
    public double lastTime() {
        return sets.lastTime();
    }

    /**
     * Where lower limits that fall at censorings too first come down to a target: the start, if they are there before
     * anybody has left.
     */
    double reached(double target, double before, Limits limits) {
        double most = target * (1 + profile.quantileTolerance());
        if (before <= most) {
            return sets.start();
        }
        for (int p = 0; p < sets.size(); p++) {
            if (limits.lower(p) <= most) {
                return sets.time(p);
            }
        }
        return Double.NaN;
    }

    /** Where upper limits first fall below a target. */
    double passed(double target, Limits limits) {
        double least = target * (1 - profile.quantileTolerance());
        for (int p = 0; p < sets.size(); p++) {
            if (limits.upper(p) < least) {
                return sets.time(p);
            }
        }
        return Double.NaN;
    }
}
