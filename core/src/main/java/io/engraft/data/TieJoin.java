package io.engraft.data;

import io.engraft.InvalidArgumentException;
import io.engraft.internal.Require;
import io.engraft.internal.count.Tally;
import java.util.List;

/** Joins times that count as one, over the union of several tables' times. */
final class TieJoin {

    private TieJoin() {}

    static List<EventTable> join(List<EventTable> tables, TieRule rule) {
        Require.atLeast("number of tables", tables.size(), 1);
        // The quotient and the rule's product round apart: an interval at the very edge counts as swallowed.
        double swallowed = rule.tolerance() * (1 + 1e-15);
        for (EventTable table : tables) {
            if (table.shortestInterval() <= swallowed) {
                throw new InvalidArgumentException("a row's (entry, time] is " + table.shortestInterval()
                        + " of its time long, within the tie tolerance " + rule.tolerance()
                        + "; allowed: a smaller tolerance, TieRule.EXACT for none");
            }
        }
        if (rule.tolerance() == 0) {
            return tables;
        }
        if (tables.size() == 1) {
            return List.of(tables.get(0).joinChains(rule));
        }
        double[] all = Tally.union(tables.stream().map(EventTable::rawTime).toList());
        if (!anyJoins(all, rule)) {
            return tables;
        }
        double[] chain = all.clone();
        for (int i = 1; i < chain.length; i++) {
            if (rule.joins(chain[i - 1], all[i])) {
                chain[i] = chain[i - 1];
            }
        }
        return tables.stream().map(table -> table.replaceTimes(all, chain)).toList();
    }

    private static boolean anyJoins(double[] all, TieRule rule) {
        for (int i = 1; i < all.length; i++) {
            if (rule.joins(all[i - 1], all[i])) {
                return true;
            }
        }
        return false;
    }
}
