package io.engraft.regression.internal;

/**
 * Where the profile of an objective over one coefficient, its maximum over the others, falls by a given amount below the
 * maximum over all: the limits of a likelihood-ratio interval.
 */
public final class ProfileLimit {

    private static final int MOST_STEPS = 200;
    private static final double PRECISION = 1e-12;

    private final Objective objective;
    private final int coefficient;
    private final double start;
    private final double target;
    private final int mostIterations;
    private double[] near;

    /**
     * A profile.
     *
     * @param coefficient which
     * @param best all coefficients at the maximum
     * @param value the objective there
     * @param drop by how much it may fall
     */
    public ProfileLimit(
            Objective objective, int coefficient, double[] best, double value, double drop, int mostIterations) {
        this.objective = objective;
        this.coefficient = coefficient;
        this.start = best[coefficient];
        this.target = value - drop;
        this.mostIterations = mostIterations;
        this.near = best.clone();
    }

    /** The profile at one value of the coefficient, and its slope there. */
    private record At(double value, double slope) {}

    /**
     * The limit on one side; infinite where the profile stays above up to the farthest value.
     *
     * @param direction -1 or 1
     * @param firstStep how far to look first
     * @param farthest how far to look from the maximum
     */
    public double limit(int direction, double firstStep, double farthest) {
        double inside = start;
        double step = firstStep;
        double[] atInside = near.clone();
        for (int tried = 0; tried < MOST_STEPS && Math.abs(inside - start) <= farthest; tried++) {
            double next = inside + direction * step;
            At found = profile(next);
            if (found.value() < target) {
                near = atInside;
                return between(inside, next);
            }
            inside = next;
            atInside = near.clone();
            step *= 2;
        }
        return direction * Double.POSITIVE_INFINITY;
    }

    /** By Newton's steps on the profile, whose slope is the objective's own, halving where they leave the bracket. */
    private double between(double inside, double outside) {
        double in = inside;
        double out = outside;
        double x = 0.5 * (in + out);
        for (int step = 0; step < MOST_STEPS; step++) {
            At found = profile(x);
            if (found.value() < target) {
                out = x;
            } else {
                in = x;
            }
            double next = x - (found.value() - target) / found.slope();
            boolean within = next > Math.min(in, out) && next < Math.max(in, out);
            if (Math.abs(next - x) <= PRECISION * Math.max(1, Math.abs(x)) || Math.abs(out - in) <= PRECISION) {
                return within ? next : x;
            }
            x = within ? next : 0.5 * (in + out);
        }
        return x;
    }

    /** The profile at a value. */
    public double valueAt(double value) {
        return profile(value).value();
    }

    private At profile(double value) {
        double[] from = near.clone();
        from[coefficient] = value;
        boolean[] fixed = new boolean[objective.size()];
        fixed[coefficient] = true;
        Newton.End end = new Newton(objective, fixed, mostIterations).from(from);
        if (!Double.isFinite(end.point().value())) {
            return new At(Double.NEGATIVE_INFINITY, Double.NaN);
        }
        near = end.theta();
        return new At(end.point().value(), end.point().gradient()[coefficient]);
    }
}
