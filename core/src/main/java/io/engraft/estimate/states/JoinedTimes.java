package io.engraft.estimate.states;

import io.engraft.InvalidArgumentException;
import io.engraft.data.MultiStateData;
import io.engraft.data.TieRule;
import java.util.Arrays;

/** The entry and exit times of multi-state rows with ties joined over the union of all groups' times. */
final class JoinedTimes {

    private final double[] entry;
    private final double[] exit;

    private JoinedTimes(double[] entry, double[] exit) {
        this.entry = entry;
        this.exit = exit;
    }

    static JoinedTimes of(MultiStateData data, TieRule rule) {
        int n = data.size();
        double[] entry = new double[n];
        double[] exit = new double[n];
        for (int i = 0; i < n; i++) {
            entry[i] = data.entry(i) + 0.0;
            exit[i] = data.time(i) + 0.0;
            // The quotient and the rule's product round apart: an interval at the very edge counts as swallowed.
            double length = data.hasEntry() ? (exit[i] - entry[i]) / exit[i] : Double.POSITIVE_INFINITY;
            if (length <= rule.tolerance() * (1 + 1e-15)) {
                throw new InvalidArgumentException("(entry, time] of row " + (i + 1) + " is " + length
                        + " of its time long, within the tie tolerance " + rule.tolerance()
                        + "; allowed: a smaller tolerance, TieRule.EXACT for none");
            }
        }
        double[] all = Arrays.copyOf(exit, data.hasEntry() ? 2 * n : n);
        if (data.hasEntry()) {
            System.arraycopy(entry, 0, all, n, n);
        }
        all = Arrays.stream(all).sorted().distinct().toArray();
        double[] chain = all.clone();
        for (int i = 1; i < chain.length; i++) {
            if (rule.joins(chain[i - 1], all[i])) {
                chain[i] = chain[i - 1];
            }
        }
        if (!Arrays.equals(chain, all)) {
            replace(exit, all, chain);
            if (data.hasEntry()) {
                replace(entry, all, chain);
            }
        }
        return new JoinedTimes(entry, exit);
    }

    private static void replace(double[] times, double[] all, double[] chain) {
        for (int i = 0; i < times.length; i++) {
            times[i] = chain[Arrays.binarySearch(all, times[i])];
        }
    }

    double entry(int row) {
        return entry[row];
    }

    double exit(int row) {
        return exit[row];
    }
}
