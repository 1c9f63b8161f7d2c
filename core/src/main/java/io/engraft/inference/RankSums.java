package io.engraft.inference;

import io.engraft.data.Clusters;
import io.engraft.data.EventTable;
import io.engraft.data.TieRule;
import io.engraft.internal.Brief;
import io.engraft.internal.count.Tally;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Observed and expected events and their covariance, summed over event times and strata. */
final class RankSums {

    private static final double FEW = 5;

    private final RankWeight weight;
    private final double[] observed;
    private final double[] expected;
    private final double[][] variance;
    /** Expected events, each counted as one. */
    private final double[] expectedCount;

    /** Clusters or patients behind a robust covariance; 0 where each row is on its own. */
    private int clusters;

    private Clusters.Unit unit = Clusters.Unit.ROW;

    private double silenced;
    private double silencedFrom = Double.NaN;

    RankSums(int groups, RankWeight weight) {
        this.weight = weight;
        this.observed = new double[groups];
        this.expected = new double[groups];
        this.variance = new double[groups][groups];
        this.expectedCount = new double[groups];
    }

    /**
     * Why a robust covariance says nothing: of no more clusters than differences, the statistic is their number whatever
     * the data are. Empty where it says something.
     */
    String meaningless() {
        long differences = Arrays.stream(expected).filter(e -> e > 0).count() - 1;
        return clusters == 0 || clusters > differences
                ? ""
                : "the robust variance rests on " + clusters + (clusters == 1 ? " cluster" : " clusters") + " for "
                        + differences + (differences == 1 ? " difference" : " differences")
                        + " of groups, so that the statistic says nothing; needed: more clusters than that, and 40 or more"
                        + " for a sound test";
    }

    double[] observed() {
        return observed;
    }

    double[] expected() {
        return expected;
    }

    double[][] variance() {
        return variance;
    }

    double[] score() {
        double[] score = new double[observed.length];
        Arrays.setAll(score, g -> observed[g] - expected[g]);
        return score;
    }

    /** What makes the statistic less than it seems. */
    List<String> warnings(List<String> groups) {
        List<String> found = new ArrayList<>();
        if (silenced > 0) {
            found.add(Brief.number(Math.rint(silenced * 100) / 100)
                    + " events have no weight, since the pooled curve falls to 0 at time " + Brief.number(silencedFrom)
                    + ", when all at risk had an event, while others entered later: the test " + weight.label()
                    + " does not see what follows");
        }
        if (clusters > 0) {
            Clusters.warning(clusters, unit).ifPresent(found::add);
        }
        int least = -1;
        for (int g = 0; g < expectedCount.length; g++) {
            boolean smaller = expectedCount[g] > 0 && (least < 0 || expectedCount[g] < expectedCount[least]);
            least = smaller ? g : least;
        }
        if (least >= 0 && expectedCount[least] < FEW) {
            found.add("only " + Brief.number(Math.rint(expectedCount[least] * 100) / 100)
                    + " events are expected in group "
                    + groups.get(least)
                    + ": the chi-square distribution is rough there; an exact permutation test would not be");
        }
        return found;
    }

    /** Walks the union of the groups' times, in step; the tables' ties are joined. */
    void addStratum(List<String> groups, Map<String, EventTable> stratum) {
        int k = groups.size();
        double[][] time = new double[k][];
        double[][] atRisk = new double[k][];
        EventTable[] tables = new EventTable[k];
        double[] head = new double[k];
        int[] at = new int[k];
        for (int g = 0; g < k; g++) {
            EventTable found = stratum.get(groups.get(g));
            tables[g] = found;
            time[g] = found == null ? new double[0] : times(found);
            atRisk[g] = found == null ? new double[0] : found.atRiskWeights();
            head[g] = found == null ? Double.POSITIVE_INFINITY : time[g][0];
        }
        Walk walk = new Walk(k);
        while (true) {
            double t = head[0];
            for (int g = 1; g < k; g++) {
                t = Math.min(t, head[g]);
            }
            if (t == Double.POSITIVE_INFINITY) {
                return;
            }
            for (int g = 0; g < k; g++) {
                int i = at[g];
                // Nobody comes or goes between two times of a table, so that the next one's number holds.
                walk.atRisk[g] = i < atRisk[g].length ? atRisk[g][i] : 0;
                walk.events[g] = 0;
                if (head[g] == t) {
                    walk.events[g] = tables[g].eventWeight(i);
                    at[g] = ++i;
                    head[g] = i < time[g].length ? time[g][i] : Double.POSITIVE_INFINITY;
                }
            }
            walk.step(t);
        }
    }

    private static double[] times(EventTable table) {
        double[] time = new double[table.size()];
        Arrays.setAll(time, table::time);
        return time;
    }

    /** Counts of all groups at once, of plain rows: mark 2 g for censored in group g, 2 g + 1 for its events. */
    void addCounts(Tally.Counts counts, TieRule rule) {
        int k = observed.length;
        double[] time = counts.time();
        int[][] mark = counts.counts();
        Walk walk = new Walk(k);
        long[] left = new long[k];
        for (int g = 0; g < k; g++) {
            for (int i = 0; i < time.length; i++) {
                left[g] += mark[2 * g][i] + mark[2 * g + 1][i];
            }
        }
        for (int from = 0, to; from < time.length; from = to) {
            to = from + 1;
            while (to < time.length && rule.joins(time[from], time[to])) {
                to++;
            }
            for (int g = 0; g < k; g++) {
                int[] censored = mark[2 * g];
                int[] events = mark[2 * g + 1];
                walk.atRisk[g] = left[g];
                long d = 0;
                for (int i = from; i < to; i++) {
                    d += events[i];
                    left[g] -= events[i] + censored[i];
                }
                walk.events[g] = d;
            }
            walk.step(time[from]);
        }
    }

    /** One stratum's times from the first on. */
    private final class Walk {

        private final double[] atRisk;
        private final double[] events;
        private double survival = 1;
        private double peto = 1;
        private double zeroAt = Double.NaN;

        Walk(int groups) {
            this.atRisk = new double[groups];
            this.events = new double[groups];
        }

        void step(double t) {
            double n = 0;
            double d = 0;
            for (int g = 0; g < atRisk.length; g++) {
                n += atRisk[g];
                d += events[g];
            }
            if (!(d > 0)) {
                return;
            }
            peto *= 1 - d / (n + 1);
            double w = weight.at(n, survival, peto);
            if (w == 0 && survival == 0) {
                silenced += d;
                silencedFrom = zeroAt;
            }
            addTime(atRisk, events, n, d, w);
            survival *= (n - d) / n;
            if (survival == 0 && Double.isNaN(zeroAt)) {
                zeroAt = t;
            }
        }
    }

    private void addTime(double[] n, double[] d, double atRisk, double events, double w) {
        double spread = atRisk > 1 ? w * w * events * (atRisk - events) / (atRisk - 1) : 0;
        for (int g = 0; g < n.length; g++) {
            double share = n[g] / atRisk;
            observed[g] += w * d[g];
            expected[g] += w * events * share;
            expectedCount[g] += events * share;
            for (int h = 0; h < g; h++) {
                double covariance = -spread * share * (n[h] / atRisk);
                variance[g][h] += covariance;
                variance[h][g] += covariance;
            }
            // The share of the others, added up, keeps its digits where 1 - share would lose them.
            double others = 0;
            for (int h = 0; h < n.length; h++) {
                others += h == g ? 0 : n[h];
            }
            variance[g][g] += spread * share * (others / atRisk);
        }
    }

    /** Sums that were found otherwise. */
    void set(double[] observedSums, double[] expectedSums, double[][] covariance, int named, Clusters.Unit by) {
        clusters = named;
        unit = by;
        for (int g = 0; g < observed.length; g++) {
            observed[g] = observedSums[g];
            expected[g] = expectedSums[g];
            System.arraycopy(covariance[g], 0, variance[g], 0, observed.length);
        }
    }
}
