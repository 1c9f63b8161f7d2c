package io.engraft.data;

import io.engraft.InvalidArgumentException;
import io.engraft.internal.Require;
import io.engraft.internal.count.Tally;
import java.util.Arrays;
import java.util.List;

/** Joins times that count as one, over the union of several tables' times. */
final class TieJoin {

    private TieJoin() {}

    static List<EventTable> join(List<EventTable> tables, TieRule rule) {
        Require.atLeast("number of tables", tables.size(), 1);
        for (EventTable table : tables) {
            if (rule.swallows(table.shortestInterval())) {
                throw new InvalidArgumentException("a row's (entry, time] is " + table.shortestInterval()
                        + " of its time long, within the tie tolerance " + rule.tolerance()
                        + "; allowed: a smaller tolerance, TieRule.EXACT for none");
            }
        }
        requireOneUnit(tables);
        if (rule.tolerance() == 0) {
            return tables;
        }
        if (tables.size() == 1) {
            return List.of(alone(tables.get(0), rule));
        }
        double[] all = Tally.union(tables.stream().map(EventTable::rawTime).toList());
        if (!anyJoins(all, rule)) {
            return tables;
        }
        double[] chain = JoinedTimes.chains(all, rule);
        return tables.stream().map(table -> replace(table, all, chain)).toList();
    }

    /** A table without a unit goes with any. */
    private static void requireOneUnit(List<EventTable> tables) {
        List<DurationUnit> units = tables.stream()
                .flatMap(table -> table.unit().stream())
                .distinct()
                .toList();
        if (units.size() > 1) {
            throw new InvalidArgumentException("tables in " + units.get(0).label() + " and in "
                    + units.get(1).label() + " cannot stand in one analysis; allowed: one unit");
        }
    }

    private static boolean anyJoins(double[] all, TieRule rule) {
        for (int i = 1; i < all.length; i++) {
            if (rule.joins(all[i - 1], all[i])) {
                return true;
            }
        }
        return false;
    }

    /** A table by itself, in two passes: one to see how many times stay, one to fill them. */
    private static EventTable alone(EventTable table, TieRule rule) {
        double[] time = table.rawTime();
        int size = 0;
        double chain = Double.NaN;
        for (double t : time) {
            if (!rule.joins(chain, t)) {
                chain = t;
                size++;
            }
        }
        if (size == time.length) {
            return table;
        }
        double[] distinct = new double[size];
        int[] place = new int[time.length];
        int n = -1;
        chain = Double.NaN;
        for (int i = 0; i < time.length; i++) {
            if (!rule.joins(chain, time[i])) {
                chain = time[i];
                distinct[++n] = chain;
            }
            place[i] = n;
        }
        return TableMerge.gather(table, distinct, place);
    }

    /** A table with each time, found among all, replaced by that of its chain. */
    private static EventTable replace(EventTable table, double[] all, double[] chain) {
        double[] time = table.rawTime();
        int[] place = Tally.places(time, all);
        double[] distinct = new double[time.length];
        boolean renamed = false;
        int n = 0;
        for (int i = 0; i < time.length; i++) {
            double joined = chain[place[i]];
            renamed |= joined != time[i];
            if (n == 0 || joined != distinct[n - 1]) {
                distinct[n++] = joined;
            }
            place[i] = n - 1;
        }
        return renamed ? TableMerge.gather(table, Arrays.copyOf(distinct, n), place) : table;
    }
}
