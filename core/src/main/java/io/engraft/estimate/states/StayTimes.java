package io.engraft.estimate.states;

import io.engraft.InvalidArgumentException;
import io.engraft.data.JoinedTimes;
import io.engraft.data.MultiStateData;
import io.engraft.data.TieRule;

/** The entry and exit times of multi-state rows with ties joined over the union of all groups' times. */
final class StayTimes {

    private final double[] entry;
    private final double[] exit;

    private StayTimes(double[] entry, double[] exit) {
        this.entry = entry;
        this.exit = exit;
    }

    static StayTimes of(MultiStateData data, TieRule rule) {
        int n = data.size();
        double[] entry = new double[n];
        double[] exit = new double[n];
        for (int i = 0; i < n; i++) {
            entry[i] = data.entry(i) + 0.0;
            exit[i] = data.time(i) + 0.0;
            double length = data.hasEntry() ? (exit[i] - entry[i]) / exit[i] : Double.POSITIVE_INFINITY;
            if (rule.swallows(length)) {
                throw new InvalidArgumentException("(entry, time] of row " + (i + 1) + " is " + length
                        + " of its time long, within the tie tolerance " + rule.tolerance()
                        + "; allowed: a smaller tolerance, TieRule.EXACT for none");
            }
        }
        JoinedTimes joined = data.hasEntry() ? JoinedTimes.of(rule, entry, exit) : JoinedTimes.of(rule, exit);
        place(exit, joined);
        if (data.hasEntry()) {
            place(entry, joined);
        }
        return new StayTimes(entry, exit);
    }

    private static void place(double[] times, JoinedTimes joined) {
        for (int i = 0; i < times.length; i++) {
            times[i] = joined.time(joined.placeOf(times[i]));
        }
    }

    double entry(int row) {
        return entry[row];
    }

    double exit(int row) {
        return exit[row];
    }
}
