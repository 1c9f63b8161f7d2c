package io.engraft.regression.internal.risk;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The times at which rows are censored or enter, stratum by stratum, and what they say of being still under observation:
 * Kaplan-Meier's factors of the censoring distribution, over those of the distribution of entry run backwards in time.
 * Rows count once each or by their frequency; sampling weights do not enter.
 */
final class Departures {

    private static final int CENSORED = 1;
    /** Some row leaves where this one has its event. */
    private static final int TIED = 2;

    private static final int STARTS = 4;
    /** Some row starts where this one does, or is censored there. */
    private static final int START_TIED = 8;

    private static final int EVENT = 16;

    /** Ascending; strata one after another. */
    final long[] key;

    final int[] stratum;
    /** By stratum its first departure, and at the end their number. */
    final int[] begin;

    private final Keys keys;
    private final boolean eventsFirst;
    /** By row, the last departure of its stratum up to its end, -1 for none. */
    private final int[] upTo;
    /** The same up to its start; null without entry. */
    private final int @Nullable [] entered;

    private final byte[] flags;
    /** By departure: how many are censored, out of how many; how many start, and how many are there just after. */
    private final double[] leave;

    private final double[] atRisk;
    private final double[] start;
    private final double[] present;

    /** Where rows of one patient that adjoin meet, nobody leaves or starts. */
    interface Row {
        double count(int row);

        boolean isCensored(int row);

        boolean hasEvent(int row);

        boolean isStart(int row);
    }

    /**
     * The departures.
     *
     * @param span what the key of a time is, modulo this; the rest is the stratum
     * @param exit by row
     * @param entry by row, null without entry
     * @param eventsFirst whether a row with an event is no longer at risk of being censored at that time
     */
    Departures(int strata, long span, long[] exit, long @Nullable [] entry, Row rows, boolean eventsFirst) {
        int n = exit.length;
        this.eventsFirst = eventsFirst;
        this.flags = new byte[n];
        long[] every = new long[entry == null ? n : 2 * n];
        int found = 0;
        for (int i = 0; i < n; i++) {
            if (rows.hasEvent(i)) {
                flags[i] |= EVENT;
            }
            if (rows.count(i) > 0 && rows.isCensored(i)) {
                flags[i] |= CENSORED;
                every[found++] = exit[i];
            }
            if (entry != null && rows.count(i) > 0 && rows.isStart(i)) {
                flags[i] |= STARTS;
                every[found++] = entry[i];
            }
        }
        this.keys = new Keys(Arrays.copyOf(every, found), span * strata, n);
        this.key = keys.distinct;
        this.stratum = new int[key.length];
        this.begin = new int[strata + 1];
        for (int g = 0; g < key.length; g++) {
            stratum[g] = (int) (key[g] / span);
            begin[stratum[g] + 1]++;
        }
        for (int s = 0; s < strata; s++) {
            begin[s + 1] += begin[s];
        }
        this.upTo = new int[n];
        this.entered = entry == null ? null : new int[n];
        this.leave = new double[key.length];
        this.start = new double[entry == null ? 0 : key.length];
        // One more, so that a range may end at the last.
        double[] risk = new double[key.length + 1];
        double[] there = new double[entry == null ? 0 : key.length + 1];
        for (int i = 0; i < n; i++) {
            int s = (int) (exit[i] / span);
            upTo[i] = within(keys.lastAtOrBefore(exit[i]), s);
            if (upTo[i] >= 0 && key[upTo[i]] == exit[i]) {
                flags[i] |= TIED;
            }
            if (entry != null && entered != null) {
                entered[i] = within(keys.lastAtOrBefore(entry[i]), s);
                if (entered[i] >= 0 && key[entered[i]] == entry[i]) {
                    flags[i] |= START_TIED;
                }
            }
            count(i, s, rows.count(i), risk, there);
        }
        this.atRisk = running(risk);
        this.present = entry == null ? there : running(there);
    }

    private void count(int i, int s, double count, double[] risk, double[] there) {
        if (!(count > 0)) {
            return;
        }
        if (is(i, CENSORED)) {
            leave[upTo[i]] += count;
        }
        addRange(first(entered == null ? -1 : entered[i], s), lastAtRisk(i), count, risk);
        if (entered != null) {
            if (is(i, STARTS)) {
                start[entered[i]] += count;
            }
            addRange(firstPresent(i, s), lastBefore(i), count, there);
        }
    }

    private static void addRange(int from, int to, double count, double[] into) {
        if (from <= to) {
            into[from] += count;
            into[to + 1] -= count;
        }
    }

    private static double[] running(double[] steps) {
        double[] sums = Arrays.copyOf(steps, steps.length - 1);
        for (int g = 1; g < sums.length; g++) {
            sums[g] += sums[g - 1];
        }
        return sums;
    }

    private boolean is(int row, int flag) {
        return (flags[row] & flag) != 0;
    }

    /** The first departure at a key or later, maybe of another stratum. */
    int firstNotBefore(long at) {
        return keys.firstNotBefore(at);
    }

    private int within(int departure, int s) {
        return departure >= begin[s] ? departure : -1;
    }

    private int first(int after, int s) {
        return after < 0 ? begin[s] : after + 1;
    }

    private int before(int departure) {
        return departure < 0 ? -1 : within(departure - 1, stratum[departure]);
    }

    private int lastBefore(int i) {
        return is(i, TIED) ? before(upTo[i]) : upTo[i];
    }

    /** The last at which a row is at risk of being censored. */
    private int lastAtRisk(int i) {
        return eventsFirst && is(i, TIED) && is(i, EVENT) ? before(upTo[i]) : upTo[i];
    }

    private int firstPresent(int i, int s) {
        int known = entered == null ? -1 : entered[i];
        return known >= 0 && is(i, START_TIED) ? known : first(known, s);
    }

    /** By what being still under observation changes at a departure; infinite where all who are there have just started. */
    double factor(int g) {
        if (leave[g] >= atRisk[g] && leave[g] > 0) {
            return 0;
        }
        double stay = leave[g] > 0 ? 1 - leave[g] / atRisk[g] : 1;
        return start.length > 0 && start[g] > 0 ? stay / (1 - start[g] / present[g]) : stay;
    }

    /** The first departure after a row's end. */
    int firstAfter(int row, int s) {
        return first(upTo[row], s);
    }

    /**
     * What each row does to a sum that depends on the factors: by row the sum of its martingale's steps, of the censoring
     * distribution and of that of entry, times what a change of the log of each factor does.
     *
     * @param pull by departure and column, what the sum loses with a unit of the log of its factor
     * @param width columns
     */
    Influence influence(double[] pull, int width) {
        double[] ofLeaving = new double[pull.length];
        double[] ofStarting = new double[start.length > 0 ? pull.length : 0];
        for (int g = 0; g < key.length; g++) {
            boolean goesOn = g > begin[stratum[g]];
            double lost = leave[g] > 0 ? leave[g] / atRisk[g] / atRisk[g] : 0;
            double gained = start.length > 0 && start[g] > 0 ? start[g] / present[g] / present[g] : 0;
            for (int j = 0; j < width; j++) {
                int at = g * width + j;
                ofLeaving[at] = (goesOn ? ofLeaving[at - width] : 0) + pull[at] * lost;
                if (ofStarting.length > 0) {
                    ofStarting[at] = (goesOn ? ofStarting[at - width] : 0) + pull[at] * gained;
                }
            }
        }
        return (i, factor, into) -> {
            if (is(i, CENSORED)) {
                add(factor / atRisk[upTo[i]], pull, upTo[i], width, into);
            }
            add(-factor, ofLeaving, lastAtRisk(i), width, into);
            if (entered != null) {
                add(factor, ofLeaving, entered[i], width, into);
                if (is(i, STARTS)) {
                    add(-factor / present[entered[i]], pull, entered[i], width, into);
                }
                add(factor, ofStarting, lastBefore(i), width, into);
                add(-factor, ofStarting, is(i, START_TIED) ? before(entered[i]) : entered[i], width, into);
            }
        };
    }

    private static void add(double factor, double[] values, int g, int width, double[] into) {
        for (int j = 0; j < width && g >= 0; j++) {
            into[j] += factor * values[g * width + j];
        }
    }

    /** Adds what a row does. */
    interface Influence {
        void add(int row, double factor, double[] into);
    }
}
