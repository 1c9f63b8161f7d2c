package io.engraft.estimate.interval;

import io.engraft.internal.SkylineSystem;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The likelihood of masses on innermost intervals, and its maximum. Newton steps are taken in the cumulative masses,
 * where each kind of row ties two of them together and the second derivatives are sparse.
 */
final class TurnbullLikelihood {

    private static final int FIRST_STEPS = 30;
    private static final int MOST_HALVINGS = 30;
    private static final int SHORT_RANGE = 64;
    private static final long MOST_ENTRIES = 20_000_000;
    /** Masses below this share of the even one are tried without. */
    private static final double NEGLIGIBLE = 1e-3;

    private static final double NOISE = 1e-15;

    private final InnermostIntervals intervals;
    private final int m;
    private final double n;

    TurnbullLikelihood(InnermostIntervals intervals) {
        this.intervals = intervals;
        this.m = intervals.size();
        this.n = intervals.totalWeight();
    }

    /** Where the search ended. */
    static final class Maximum {

        final double[] mass;
        final double logLikelihood;
        final double gap;
        final int iterations;
        final boolean converged;

        Maximum(double[] mass, double logLikelihood, double gap, int iterations, boolean converged) {
            this.mass = mass;
            this.logLikelihood = logLikelihood;
            this.gap = gap;
            this.iterations = iterations;
            this.converged = converged;
        }
    }

    Maximum maximise(int maxIterations, double tolerance) {
        double[] p = new double[m];
        Arrays.fill(p, 1.0 / m);
        int iterations = 0;
        double[] best = p;
        double bestGap = Double.POSITIVE_INFINITY;
        while (true) {
            double[] gradient = gradient(p);
            double gap = Math.max(0, Arrays.stream(gradient).max().orElse(n) / n - 1);
            if (gap < bestGap) {
                bestGap = gap;
                best = p;
            }
            if (bestGap <= tolerance || iterations == maxIterations) {
                return new Maximum(best, logLikelihood(best), bestGap, iterations, bestGap <= tolerance);
            }
            iterations++;
            p = next(p, gradient, iterations);
        }
    }

    private double[] next(double[] p, double[] gradient, int iteration) {
        if (iteration <= FIRST_STEPS) {
            double[] q = selfConsistent(p, gradient);
            return iteration == FIRST_STEPS ? withoutNegligible(q) : q;
        }
        double[] q = newton(p, gradient);
        q = q == null ? careful(p, gradient) : q;
        // Where Newton's step leads nowhere, the slow step still climbs.
        return q == null ? selfConsistent(p, gradient) : q;
    }

    private double[] selfConsistent(double[] p, double[] gradient) {
        double[] q = new double[m];
        for (int j = 0; j < m; j++) {
            q[j] = p[j] * gradient[j] / n;
        }
        return normalised(q);
    }

    private double[] withoutNegligible(double[] p) {
        double[] q = p.clone();
        for (int j = 0; j < m; j++) {
            q[j] = p[j] < NEGLIGIBLE / m ? 0 : p[j];
        }
        double[] kept = q.clone();
        double[] row = probabilities(q);
        for (int i = 0; i < row.length; i++) {
            if (!(row[i] > 0)) {
                System.arraycopy(
                        p, intervals.first[i], kept, intervals.first[i], intervals.last[i] - intervals.first[i] + 1);
            }
        }
        return normalised(kept);
    }

    private static double[] normalised(double[] p) {
        double sum = Arrays.stream(p).sum();
        double[] q = new double[p.length];
        for (int j = 0; j < q.length; j++) {
            q[j] = p[j] / sum;
        }
        return q;
    }

    /** The probability of each kind of row. */
    private double[] probabilities(double[] p) {
        double[] cumulative = new double[m + 1];
        for (int j = 0; j < m; j++) {
            cumulative[j + 1] = cumulative[j] + p[j];
        }
        double[] row = new double[intervals.kinds()];
        for (int i = 0; i < row.length; i++) {
            int first = intervals.first[i];
            int last = intervals.last[i];
            if (last - first < SHORT_RANGE) {
                // A difference of cumulative masses would lose the digits of a small one.
                for (int j = first; j <= last; j++) {
                    row[i] += p[j];
                }
            } else {
                row[i] = cumulative[last + 1] - cumulative[first];
            }
        }
        return row;
    }

    double logLikelihood(double[] p) {
        double[] row = probabilities(p);
        double sum = 0;
        for (int i = 0; i < row.length; i++) {
            if (!(row[i] > 0)) {
                return Double.NEGATIVE_INFINITY;
            }
            sum += intervals.weight[i] * Math.log(row[i]);
        }
        return sum;
    }

    /** The derivative by each mass. */
    private double[] gradient(double[] p) {
        double[] row = probabilities(p);
        double[] change = new double[m + 1];
        for (int i = 0; i < row.length; i++) {
            double share = intervals.weight[i] / row[i];
            change[intervals.first[i]] += share;
            change[intervals.last[i] + 1] -= share;
        }
        double[] gradient = new double[m];
        double sum = 0;
        double rest = 0;
        for (int j = 0; j < m; j++) {
            double step = change[j] + rest;
            double next = sum + step;
            rest = step - (next - sum);
            sum = next;
            gradient[j] = sum;
        }
        return gradient;
    }

    /**
     * A step that climbs, or null. The quadratic model is maximised over the active masses; while some come out below 0,
     * the lowest of each run of them is put to 0 and the others are sought again.
     */
    private double @Nullable [] newton(double[] p, double[] gradient) {
        int[] active = active(p, gradient);
        double[] row = probabilities(p);
        while (true) {
            double[] target = target(row, active);
            if (target.length == 0) {
                return null;
            }
            int[] kept = withoutLowest(target, active);
            if (kept.length == active.length) {
                return along(p, gradient, normalised(target));
            }
            active = kept;
        }
    }

    /** The same as far as the first mass that would fall below 0, which is put to 0: always uphill, but one at a time. */
    private double @Nullable [] careful(double[] p, double[] gradient) {
        int[] active = active(p, gradient);
        double[] row = probabilities(p);
        while (true) {
            double[] target = target(row, active);
            if (target.length == 0) {
                return null;
            }
            int[] kept =
                    Arrays.stream(active).filter(j -> p[j] > 0 || target[j] > 0).toArray();
            if (kept.length == active.length) {
                return along(p, gradient, toBoundary(p, target));
            }
            active = kept;
        }
    }

    private double[] toBoundary(double[] p, double[] target) {
        double furthest = 1;
        int bound = -1;
        for (int j = 0; j < m; j++) {
            if (target[j] < 0 && p[j] < furthest * (p[j] - target[j])) {
                furthest = p[j] / (p[j] - target[j]);
                bound = j;
            }
        }
        double[] q = new double[m];
        for (int j = 0; j < m; j++) {
            q[j] = j == bound ? 0 : Math.max(0, p[j] + furthest * (target[j] - p[j]));
        }
        return normalised(q);
    }

    private int[] withoutLowest(double[] target, int[] active) {
        int[] kept = new int[active.length];
        int k = 0;
        for (int a = 0; a < active.length; a++) {
            double here = target[active[a]];
            boolean lowestSoFar = a == 0 || here < target[active[a - 1]];
            boolean lowestToCome = a + 1 == active.length || here <= target[active[a + 1]];
            if (!(here < 0 && lowestSoFar && lowestToCome)) {
                kept[k++] = active[a];
            }
        }
        return Arrays.copyOf(kept, k);
    }

    /** The masses that are not 0, and between each two of them the one that would gain most. */
    private int[] active(double[] p, double[] gradient) {
        boolean[] in = new boolean[m];
        int highest = -1;
        for (int j = 0; j < m; j++) {
            if (p[j] > 0) {
                in[j] = true;
                highest = mark(in, highest);
            } else if (gradient[j] > n && (highest < 0 || gradient[j] > gradient[highest])) {
                highest = j;
            }
        }
        mark(in, highest);
        int[] found = new int[m];
        int k = 0;
        for (int j = 0; j < m; j++) {
            if (in[j]) {
                found[k++] = j;
            }
        }
        return Arrays.copyOf(found, k);
    }

    private static int mark(boolean[] in, int j) {
        if (j >= 0) {
            in[j] = true;
        }
        return -1;
    }

    /**
     * The masses that maximise the sum of w (2 P / P0 - (P / P0)^2 / 2), which is the likelihood to second order around
     * the rows' probabilities P0, none bounded; empty where the system is too large.
     */
    private double[] target(double[] row, int[] active) {
        int k = active.length;
        int[] upTo = new int[m + 1];
        for (int a = 0, j = 0; j < m; j++) {
            a += a < k && active[a] == j ? 1 : 0;
            upTo[j + 1] = a;
        }
        int nodes = k - 1;
        int[] start = new int[nodes];
        Arrays.setAll(start, r -> r);
        for (int i = 0; i < intervals.kinds(); i++) {
            int high = upTo[intervals.last[i] + 1] - 1;
            int low = upTo[intervals.first[i]] - 1;
            if (high < nodes && low >= 0) {
                start[high] = Math.min(start[high], low);
            }
        }
        if (SkylineSystem.entries(start) > MOST_ENTRIES) {
            return new double[0];
        }
        SkylineSystem system = new SkylineSystem(start);
        double[] slope = new double[nodes];
        for (int i = 0; i < row.length; i++) {
            int high = upTo[intervals.last[i] + 1] - 1;
            int low = upTo[intervals.first[i]] - 1;
            double share = intervals.weight[i] / row[i];
            double curve = share / row[i];
            if (high < nodes) {
                slope[high] += 2 * share;
                system.addDiagonal(high, curve);
            }
            if (low >= 0) {
                // The last node is fixed at 1.
                slope[low] += (high == nodes ? curve : 0) - 2 * share;
                system.addDiagonal(low, curve);
                if (high < nodes) {
                    system.add(high, low, -curve);
                }
            }
        }
        double[] cumulative = system.solve(slope);
        double[] target = new double[m];
        for (int a = 0; a < k; a++) {
            target[active[a]] = (a < nodes ? cumulative[a] : 1) - (a > 0 ? cumulative[a - 1] : 0);
        }
        return target;
    }

    /** Towards the target, halved until it climbs. */
    private double @Nullable [] along(double[] p, double[] gradient, double[] target) {
        double slope = 0;
        for (int j = 0; j < m; j++) {
            slope += gradient[j] * (target[j] - p[j]);
        }
        if (!(slope > 0)) {
            return null;
        }
        double now = logLikelihood(p);
        double least = now - NOISE * Math.abs(now);
        double[] tried = target;
        double step = 1;
        for (int h = 0; h < MOST_HALVINGS; h++) {
            if (logLikelihood(tried) >= least + 0.1 * step * slope * (slope > 1e-9 ? 1 : 0)) {
                return tried;
            }
            step /= 2;
            tried = new double[m];
            for (int j = 0; j < m; j++) {
                tried[j] = p[j] + step * (target[j] - p[j]);
            }
        }
        return null;
    }
}
