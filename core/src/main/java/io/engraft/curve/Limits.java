package io.engraft.curve;

import io.engraft.internal.Parallel;
import io.engraft.internal.Require;

/** Pointwise limits of a whole curve, in bulk: one lower and one upper limit a point, NaN where there is none. */
public final class Limits {

    private static final int LEAST_PIECE = 1 << 14;

    private final double[] lower;
    private final double[] upper;

    private Limits(double[] lower, double[] upper) {
        this.lower = lower;
        this.upper = upper;
    }

    /**
     * The limits of many probabilities.
     *
     * @param type the scale of the interval
     * @param probability the estimates, each in [0, 1]
     * @param standardError their standard errors, NaN where unknown
     * @param level the level, strictly between 0 and 1
     * @param profile the conventions where an estimate is 0 or 1
     * @return the limits, in the same order
     */
    public static Limits of(
            ConfidenceType type, double[] probability, double[] standardError, double level, Profile profile) {
        int n = probability.length;
        Require.sameLength("standard errors", standardError.length, "probabilities", n);
        double z = ConfidenceType.normalQuantile(level);
        double[] lower = new double[n];
        double[] upper = new double[n];
        int pieces = Parallel.pieces(n, LEAST_PIECE);
        Parallel.run(pieces, piece -> {
            int to = Parallel.start(n, pieces, piece + 1);
            for (int i = Parallel.start(n, pieces, piece); i < to; i++) {
                boolean repeats = i > 0 && probability[i] == probability[i - 1];
                if (repeats && standardError[i] == standardError[i - 1] && i > Parallel.start(n, pieces, piece)) {
                    lower[i] = lower[i - 1];
                    upper[i] = upper[i - 1];
                } else {
                    type.limits(i, probability[i], standardError[i], z, profile, lower, upper);
                }
            }
        });
        return new Limits(lower, upper);
    }

    /**
     * The number of points.
     *
     * @return points
     */
    public int size() {
        return lower.length;
    }

    /**
     * A lower limit.
     *
     * @param i from 0
     * @return the limit, NaN where there is none
     */
    public double lower(int i) {
        return lower[i];
    }

    /**
     * An upper limit.
     *
     * @param i from 0
     * @return the limit, NaN where there is none
     */
    public double upper(int i) {
        return upper[i];
    }
}
