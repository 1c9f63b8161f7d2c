package io.engraft.inference;

import io.engraft.estimate.RiskSets;
import java.util.List;
import java.util.Map;

/** Observed and expected events and their covariance, summed over event times and strata. */
final class RankSums {

    private final double[] observed;
    private final double[] expected;
    private final double[][] variance;

    RankSums(int groups) {
        this.observed = new double[groups];
        this.expected = new double[groups];
        this.variance = new double[groups][groups];
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

    /** Walks the union of the groups' event times, in step. */
    void addStratum(List<String> groups, Map<String, RiskSets> stratum, RankWeight weight) {
        int k = groups.size();
        RiskSets[] sets = new RiskSets[k];
        int[] at = new int[k];
        int[] next = new int[k];
        int[] size = new int[k];
        for (int g = 0; g < k; g++) {
            RiskSets found = stratum.get(groups.get(g));
            if (found != null) {
                sets[g] = found;
                size[g] = found.size();
            }
        }
        double[] n = new double[k];
        double[] d = new double[k];
        double survival = 1;
        double peto = 1;
        while (true) {
            double t = Double.POSITIVE_INFINITY;
            for (int g = 0; g < k; g++) {
                while (at[g] < size[g] && sets[g].events(at[g]) == 0) {
                    at[g]++;
                }
                if (at[g] < size[g]) {
                    t = Math.min(t, sets[g].time(at[g]));
                }
            }
            if (t == Double.POSITIVE_INFINITY) {
                return;
            }
            double allAtRisk = 0;
            double allEvents = 0;
            for (int g = 0; g < k; g++) {
                boolean here = at[g] < size[g] && sets[g].time(at[g]) == t;
                d[g] = here ? sets[g].events(at[g]) : 0;
                n[g] = sets[g] == null ? 0 : here ? sets[g].atRisk(at[g]) : atRiskBetween(sets[g], next, g, t);
                at[g] += here ? 1 : 0;
                allAtRisk += n[g];
                allEvents += d[g];
            }
            peto *= 1 - allEvents / (allAtRisk + 1);
            addTime(n, d, allAtRisk, allEvents, weight.at(allAtRisk, survival, peto));
            survival *= (allAtRisk - allEvents) / allAtRisk;
        }
    }

    /** The number at risk at a time without an event in the group; without late entry, that of its next point. */
    private static double atRiskBetween(RiskSets set, int[] next, int g, double t) {
        if (set.table().hasEntry()) {
            return set.atRiskAt(t);
        }
        while (next[g] < set.size() && set.time(next[g]) < t) {
            next[g]++;
        }
        return next[g] < set.size() ? set.atRisk(next[g]) : 0;
    }

    private void addTime(double[] n, double[] d, double atRisk, double events, double w) {
        double spread = atRisk > 1 ? w * w * events * (atRisk - events) / (atRisk - 1) : 0;
        for (int g = 0; g < n.length; g++) {
            double share = n[g] / atRisk;
            observed[g] += w * d[g];
            expected[g] += w * events * share;
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
}
