package io.engraft.internal;

import io.engraft.InvalidArgumentException;
import java.util.Arrays;

/** Empirical quantiles of draws, linear between order statistics: position (n - 1) p. */
public final class Percentiles {

    private Percentiles() {}

    /** The two limits that leave (1 - level) / 2 of the draws on each side; sorts the array in place. */
    public static double[] central(double[] draws, double level) {
        if (draws.length == 0) {
            throw InvalidArgumentException.of("draws", 0, "draws >= 1");
        }
        Arrays.sort(draws);
        return new double[] {ofSorted(draws, (1 - level) / 2), ofSorted(draws, (1 + level) / 2)};
    }

    /** The value below which the share p of draws lies, between neighbours on a line. */
    public static double ofSorted(double[] ascending, double p) {
        double position = (ascending.length - 1) * p;
        int below = (int) position;
        double low = ascending[below];
        double weight = position - below;
        if (weight == 0 || below + 1 == ascending.length) {
            return low;
        }
        double high = ascending[below + 1];
        return high == Double.POSITIVE_INFINITY ? high : low + weight * (high - low);
    }

    /** The standard deviation of draws, divisor n - 1; 0 for one draw. */
    public static double standardDeviation(double[] draws) {
        // Sums of distances from one of the draws, so that equal draws give 0.
        double mean = 0;
        for (double x : draws) {
            mean += (x - draws[0]) / draws.length;
        }
        mean += draws.length == 0 ? 0 : draws[0];
        double sum = 0;
        for (double x : draws) {
            sum += (x - mean) * (x - mean);
        }
        return draws.length < 2 ? 0 : Math.sqrt(sum / (draws.length - 1));
    }
}
