package io.engraft.inference;

import java.util.ArrayList;
import java.util.List;

/** Independent estimates of one quantity, one a group, tested for equality. */
final class Wald {

    private Wald() {}

    /**
     * The sum of (x - m)^2 / v with m the mean weighted by 1 / v, which is the quadratic form of the differences. One
     * group without variance is known, and the others are held against it.
     *
     * @param variance not negative, at most one of them 0
     */
    static QuadraticForm equality(double[] x, double[] variance) {
        double weights = 0;
        double sum = 0;
        double known = Double.NaN;
        for (int g = 0; g < x.length; g++) {
            if (variance[g] == 0) {
                known = x[g];
            } else {
                weights += 1 / variance[g];
                // From the first on, so that what all have in common costs no digits.
                sum += (x[g] - x[0]) / variance[g];
            }
        }
        double mean = Double.isNaN(known) ? x[0] + sum / weights : known;
        double statistic = 0;
        for (int g = 0; g < x.length; g++) {
            double difference = x[g] - mean;
            statistic += variance[g] == 0 ? 0 : difference * difference / variance[g];
        }
        return new QuadraticForm(statistic, x.length - 1);
    }

    /** Which groups are held against which: all pairs, the later against the earlier, or all against the first. */
    static List<int[]> comparisons(int groups, LogRankTest.Adjustment pairs) {
        List<int[]> all = new ArrayList<>();
        int last = pairs == LogRankTest.Adjustment.NO_PAIRS ? 1 : groups;
        for (int against = 0; against < last; against++) {
            for (int g = against + 1; g < groups; g++) {
                all.add(new int[] {g, against});
            }
        }
        return all;
    }

    static Comparisons adjusted(Comparisons found, LogRankTest.Adjustment pairs) {
        return pairs == LogRankTest.Adjustment.NO_PAIRS ? found : found.adjusted(pairs);
    }
}
