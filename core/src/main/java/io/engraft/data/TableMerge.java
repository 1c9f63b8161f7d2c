package io.engraft.data;

import io.engraft.InvalidArgumentException;
import io.engraft.internal.count.Tally;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Two event tables as one, and the joining of ties, which is the merging of a table's own times. */
final class TableMerge {

    private TableMerge() {}

    static EventTable merge(EventTable a, EventTable b) {
        if (!a.weightType().equals(b.weightType())) {
            throw new InvalidArgumentException(
                    "tables of weight type " + name(a) + " and " + name(b) + " cannot be merged; allowed: equal types");
        }
        if (!a.unit().equals(b.unit())) {
            throw new InvalidArgumentException("tables in " + unit(a) + " and in " + unit(b)
                    + " cannot be merged; allowed: one unit, which withUnit declares where it is missing");
        }
        List<String> longer = a.causes().size() >= b.causes().size() ? a.causes() : b.causes();
        List<String> shorter = longer == a.causes() ? b.causes() : a.causes();
        if (!longer.subList(0, shorter.size()).equals(shorter)) {
            throw new InvalidArgumentException("tables of causes " + a.causes() + " and " + b.causes()
                    + " cannot be merged; allowed: the same causes in the same order");
        }
        double[] all = Tally.union(a.rawTime(), b.rawTime());
        boolean entries = a.hasEntry() || b.hasEntry();
        int[][] marks = new int[longer.size() + (entries ? 2 : 1)][all.length];
        int[] here = Tally.places(a.rawTime(), all);
        int[] there = Tally.places(b.rawTime(), all);
        addTo(marks, a, here);
        addTo(marks, b, there);
        TableWeights own = a.weights();
        TableWeights others = b.weights();
        TableWeights sums = own == null || others == null
                ? null
                : TableWeights.merge(
                        own, a.causes().size(), here, others, b.causes().size(), there, longer.size(), all.length);
        return new EventTable(
                        all,
                        marks,
                        Math.addExact(a.rowsFromStart(), b.rowsFromStart()),
                        Math.min(a.shortestInterval(), b.shortestInterval()),
                        longer,
                        sums)
                .withGoingOn(goingOn(a, here, b, there, all.length))
                .inUnitOf(a);
    }

    private static int @Nullable [] goingOn(EventTable a, int[] here, @Nullable EventTable b, int[] there, int times) {
        int[] some = a.goingOn();
        int[] more = b == null ? null : b.goingOn();
        if (some == null && more == null) {
            return null;
        }
        int[] sums = new int[times];
        for (int i = 0; some != null && i < some.length; i++) {
            sums[here[i]] = EventTable.addRows(sums[here[i]], some[i]);
        }
        for (int i = 0; more != null && i < more.length; i++) {
            sums[there[i]] = EventTable.addRows(sums[there[i]], more[i]);
        }
        return sums;
    }

    static String unit(EventTable table) {
        return table.unit().map(DurationUnit::label).orElse("no declared unit");
    }

    private static String name(EventTable table) {
        return table.weightType().map(WeightType::label).orElse("none");
    }

    /** Adds a table's counts at their places; entries, where there are any, are the last of the marks. */
    private static void addTo(int[][] marks, EventTable table, int[] place) {
        int[][] columns = table.columns();
        int causes = table.causes().size();
        for (int c = 0; c < columns.length; c++) {
            int[] sums = marks[c <= causes ? c : marks.length - 1];
            for (int i = 0; i < place.length; i++) {
                sums[place[i]] = EventTable.addRows(sums[place[i]], columns[c][i]);
            }
        }
    }

    /** The table with its times at fewer places, several at one. */
    static EventTable gather(EventTable table, double[] distinct, int[] place) {
        int[][] marks = new int[table.columns().length][distinct.length];
        addTo(marks, table, place);
        TableWeights weights = table.weights();
        return new EventTable(
                        distinct,
                        marks,
                        table.rowsFromStart(),
                        table.shortestInterval(),
                        table.causes(),
                        weights == null ? null : weights.rearrange(place, distinct.length))
                .withGoingOn(goingOn(table, place, null, place, distinct.length))
                .inUnitOf(table);
    }
}
