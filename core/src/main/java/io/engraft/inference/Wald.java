package io.engraft.inference;

import io.engraft.estimate.ObservedCurve;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** Estimates of one quantity, one a group, tested for equality. */
final class Wald {

    /** A difference whose variance is below this share of the two variances has none but rounding. */
    private static final double NO_VARIANCE = 1e-10;

    private Wald() {}

    /** What a reader of the groups' robust errors should know. */
    static List<String> clusterWarnings(Map<String, ? extends ObservedCurve> fits) {
        List<String> found = new ArrayList<>();
        fits.forEach((group, curve) ->
                curve.clusterWarning().ifPresent(words -> found.add("group " + group + ": " + words)));
        return found;
    }

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

    /**
     * The same for estimates that depend on each other, as those of groups with clusters in common: the quadratic form of
     * the differences from the group with the smallest variance. Its df are fewer than K - 1 where some differences have
     * no variance of their own.
     *
     * @param covariance of the x; where it is diagonal the formula above is taken
     */
    static QuadraticForm equality(double[] x, double[][] covariance) {
        int k = x.length;
        double[] variance = new double[k];
        boolean diagonal = true;
        int first = 0;
        for (int g = 0; g < k; g++) {
            variance[g] = covariance[g][g];
            first = variance[g] < variance[first] ? g : first;
            for (int h = 0; h < k; h++) {
                diagonal &= g == h || covariance[g][h] == 0;
            }
        }
        return diagonal ? equality(x, variance) : contrasts(x, covariance, first);
    }

    /** By the differences from one group, whatever the covariance. */
    static QuadraticForm contrasts(double[] x, double[][] covariance, int first) {
        int k = x.length;
        double[] difference = new double[k];
        double[][] of = new double[k][k];
        boolean[] varies = new boolean[k];
        for (int g = 0; g < k; g++) {
            difference[g] = x[g] - x[first];
            varies[g] = g != first
                    && differenceVariance(covariance[g][g], covariance[first][first], covariance[g][first]) > 0;
        }
        for (int g = 0; g < k; g++) {
            for (int h = 0; h < k; h++) {
                of[g][h] = varies[g] && varies[h]
                        ? covariance[g][h] - covariance[g][first] - covariance[first][h] + covariance[first][first]
                        : 0;
            }
        }
        return QuadraticForm.of(difference, of);
    }

    /** The variance of a difference, 0 where it is nothing but rounding. */
    static double differenceVariance(double variance, double otherVariance, double covariance) {
        double sum = variance + otherVariance;
        double left = sum - 2 * covariance;
        return left > NO_VARIANCE * sum ? left : 0;
    }

    /** The standard error of a difference of two estimates, 0 where it is nothing but rounding. */
    static double differenceError(double error, double otherError, double covariance) {
        return covariance == 0
                ? Math.hypot(error, otherError)
                : Math.sqrt(differenceVariance(error * error, otherError * otherError, covariance));
    }

    /** The overall test: absent where fewer than all differences have a variance of their own. */
    static TestResult.Draft overall(TestResult.Draft draft, double[] x, double[][] covariance) {
        QuadraticForm form = equality(x, covariance);
        int differences = x.length - 1;
        if (form.df() < differences) {
            return draft.absent("clusters that the groups share make their estimates dependent: of " + differences
                    + (differences == 1 ? " difference " : " differences ") + form.df()
                    + " can vary apart from the others");
        }
        return draft.chiSquare(form, "there is one group");
    }

    /** The covariance of two groups' estimates. */
    interface Shared {

        OptionalDouble of(int group, int other);
    }

    /** The covariances of all pairs, NaN where there is none; 0 on the diagonal. */
    static double[][] shared(int groups, Shared covariance) {
        double[][] all = new double[groups][groups];
        for (int g = 0; g < groups; g++) {
            for (int h = 0; h < g; h++) {
                all[g][h] = covariance.of(g, h).orElse(Double.NaN);
                all[h][g] = all[g][h];
            }
        }
        return all;
    }

    /** What was in force in the fits, for the result; those of several tables may differ. */
    static void putVariance(Map<String, String> conventions, List<Map<String, String>> fits) {
        for (String name : List.of("variance", "clusters")) {
            List<String> values = fits.stream()
                    .flatMap(fit -> Stream.ofNullable(fit.get(name)))
                    .distinct()
                    .toList();
            if (!values.isEmpty()) {
                conventions.put(name, String.join(", ", values));
            }
        }
    }

    /** Which groups are held against which: all pairs, the later against the earlier, or all against the first. */
    static List<int[]> comparisons(int groups, PairwiseAdjustment pairs) {
        List<int[]> all = new ArrayList<>();
        int last = pairs == PairwiseAdjustment.NO_PAIRS ? 1 : groups;
        if (last > 1) {
            Samples.requirePairs(groups);
        }
        for (int against = 0; against < last; against++) {
            for (int g = against + 1; g < groups; g++) {
                all.add(new int[] {g, against});
            }
        }
        return all;
    }

    static Comparisons adjusted(Comparisons found, PairwiseAdjustment pairs) {
        return pairs == PairwiseAdjustment.NO_PAIRS ? found : found.adjusted(pairs);
    }
}
