package io.engraft.curve;

import io.engraft.internal.Brief;
import io.engraft.internal.Parallel;
import io.engraft.internal.Require;
import java.util.function.IntToDoubleFunction;

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
     * Limits that are known already.
     *
     * @param lower the lower limits, NaN where there is none
     * @param upper the upper limits, as many, NaN where there is none
     * @return the limits, in the same order
     */
    public static Limits of(double[] lower, double[] upper) {
        Require.sameLength("upper limits", upper.length, "lower limits", lower.length);
        return new Limits(lower.clone(), upper.clone());
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
        Require.sameLength("standard errors", standardError.length, "probabilities", probability.length);
        return of(type, probability, i -> standardError[i], level, profile);
    }

    /**
     * The limits of many probabilities whose standard errors are computed as they are needed.
     *
     * @param type the scale of the interval
     * @param probability the estimates, each in [0, 1]
     * @param standardError the standard error of the estimate at a place, NaN where unknown; asked by several threads
     * @param level the level, strictly between 0 and 1
     * @param profile the conventions where an estimate is 0 or 1
     * @return the limits, in the same order
     */
    public static Limits of(
            ConfidenceType type,
            double[] probability,
            IntToDoubleFunction standardError,
            double level,
            Profile profile) {
        int n = probability.length;
        double z = ConfidenceType.normalQuantile(level);
        double[] lower = new double[n];
        double[] upper = new double[n];
        int pieces = Parallel.pieces(n, LEAST_PIECE);
        Parallel.run(pieces, piece -> {
            int to = Parallel.start(n, pieces, piece + 1);
            double last = Double.NaN;
            double lastError = Double.NaN;
            for (int i = Parallel.start(n, pieces, piece); i < to; i++) {
                double p = probability[i];
                double error = standardError.applyAsDouble(i);
                if (p == last && error == lastError) {
                    lower[i] = lower[i - 1];
                    upper[i] = upper[i - 1];
                } else {
                    type.limits(i, p, error, z, profile, lower, upper);
                    last = p;
                    lastError = error;
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

    @Override
    public String toString() {
        return "pointwise limits at " + Brief.count(lower.length, "point");
    }
}
