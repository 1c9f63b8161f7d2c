package io.engraft.estimate.resample;

import io.engraft.DataProblem;
import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.data.Clusters;
import io.engraft.data.EventTable;
import io.engraft.data.SurvivalData;
import io.engraft.data.TieRule;
import io.engraft.data.WeightType;
import io.engraft.estimate.internal.RiskSets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a sample is resampled from: its units (rows, copies of rows, or clusters of rows), and for each row the place of
 * its exit among the distinct times and statuses. Immutable.
 */
final class ResamplePlan {

    final RiskSets sets;
    final double[] time;
    final int causes;
    /** Cells a time: one for censored, one a cause. */
    final int stride;
    /** The cell of each unit where each unit is one row: the fast way. */
    private final int @Nullable [] cellOfUnit;
    /** The data row of each unit, or where a unit has several, of each place in {@link #rowsFrom}; null for tables. */
    private final int @Nullable [] rowOfUnit;

    private final int @Nullable [] rowsFrom;
    private final int units;
    private final @Nullable SurvivalData data;
    /** The cells of exit and the places of late entry (-1 for none) by data row. */
    private final int[] cellOfRow;

    private final int[] entryOfRow;

    private ResamplePlan(
            RiskSets sets,
            int units,
            int @Nullable [] cellOfUnit,
            int @Nullable [] rowOfUnit,
            int @Nullable [] rowsFrom,
            @Nullable SurvivalData data) {
        this.sets = sets;
        this.time = new double[sets.table().size()];
        Arrays.setAll(time, i -> sets.table().time(i));
        this.causes = sets.table().causes().size();
        this.stride = causes + 1;
        this.units = units;
        this.cellOfUnit = cellOfUnit;
        this.rowOfUnit = rowOfUnit;
        this.rowsFrom = rowsFrom;
        this.data = data;
        if (cellOfUnit != null || data == null || rowOfUnit == null) {
            this.cellOfRow = new int[0];
            this.entryOfRow = new int[0];
            return;
        }
        this.cellOfRow = new int[data.size()];
        this.entryOfRow = new int[data.hasEntry() ? data.size() : 0];
        for (int row : rowOfUnit) {
            cellOfRow[row] = sets.rowAtOrAfter(data.time(row)) * stride + data.status(row);
            if (entryOfRow.length > 0) {
                entryOfRow[row] = data.entry(row) > 0 ? sets.rowAtOrAfter(data.entry(row)) : -1;
            }
        }
    }

    /** The plan of some rows of the data, whose joined table is at hand. */
    static ResamplePlan of(SurvivalData data, int[] rows, RiskSets sets) {
        Clusters clusters = Clusters.of(data);
        if (clusters.occurring() < data.size()) {
            return clustered(data, rows, clusters, sets);
        }
        int[] unitRows = data.weightType().isPresent() ? copies(data, rows) : rows;
        ResamplePlan plan = new ResamplePlan(sets, unitRows.length, null, unitRows, null, data);
        if (data.hasEntry()) {
            return plan;
        }
        int[] cells = new int[unitRows.length];
        Arrays.setAll(cells, u -> plan.cellOfRow[unitRows[u]]);
        return new ResamplePlan(sets, cells.length, cells, unitRows, null, data);
    }

    /** The plan of a table, whose rows are told apart by time and status alone. */
    static ResamplePlan of(EventTable joined, TieRule rule) {
        if (joined.hasEntry()) {
            throw new InvalidArgumentException("the table has delayed entry and does not say whose;"
                    + " allowed for a bootstrap of a table: rows at risk from 0, else give the rows");
        }
        RiskSets sets = RiskSets.of(joined, rule, 0);
        int stride = joined.causes().size() + 1;
        long units = 0;
        for (int i = 0; i < joined.size(); i++) {
            for (int status = 0; status < stride; status++) {
                units += whole("weight at time " + joined.time(i), weight(joined, i, status));
            }
        }
        int[] cells = new int[size(units)];
        int at = 0;
        for (int i = 0; i < joined.size(); i++) {
            for (int status = 0; status < stride; status++) {
                int next = at + (int) weight(joined, i, status);
                Arrays.fill(cells, at, next, i * stride + status);
                at = next;
            }
        }
        return new ResamplePlan(sets, cells.length, cells, null, null, null);
    }

    private static double weight(EventTable table, int i, int status) {
        return status == 0 ? table.censoredWeight(i) : table.eventWeight(i, status);
    }

    /** Units are the clusters that have rows in the sample: each as often as it stands for clusters alike. */
    private static ResamplePlan clustered(SurvivalData data, int[] rows, Clusters clusters, RiskSets sets) {
        if (data.weightType().isPresent()) {
            requireCopies(data, rows);
        }
        int[] from = new int[clusters.count() + 1];
        for (int row : rows) {
            from[clusters.of(row) + 1]++;
        }
        Arrays.parallelPrefix(from, Integer::sum);
        int[] next = from.clone();
        int[] sorted = new int[rows.length];
        for (int row : rows) {
            sorted[next[clusters.of(row)]++] = row;
        }
        IntStream.Builder members = IntStream.builder();
        IntStream.Builder starts = IntStream.builder();
        long units = 0;
        int size = 0;
        for (int c = 0; c + 1 < from.length; c++) {
            int alike = from[c + 1] > from[c] ? (int) clusters.replication(sorted[from[c]]) : 0;
            for (int copy = 0; copy < alike; copy++) {
                starts.add(size);
                for (int k = from[c]; k < from[c + 1]; k++) {
                    for (int w = 0; w < clusters.weight(sorted[k]); w++) {
                        members.add(sorted[k]);
                        size++;
                    }
                }
            }
            units += alike;
        }
        return new ResamplePlan(
                sets,
                size(units),
                null,
                members.build().toArray(),
                starts.add(size).build().toArray(),
                data);
    }

    /** The number of copies that the weights of the rows stand for. */
    private static long requireCopies(SurvivalData data, int[] rows) {
        if (data.weightType().orElse(WeightType.SAMPLING) == WeightType.SAMPLING) {
            throw InvalidArgumentException.of(
                    "weight type", "sampling", "frequency weights, or none, for a bootstrap of rows");
        }
        long total = 0;
        for (int row : rows) {
            double w = data.weight(row);
            if (w != Math.rint(w)) {
                throw new InvalidDataException(
                        DataProblem.ofRow(data.sourceRow(row), "weight", w, "allowed for a bootstrap: a whole number")
                                .inSource(data.source()));
            }
            total += (long) w;
        }
        return total;
    }

    private static int[] copies(SurvivalData data, int[] rows) {
        int[] units = new int[size(requireCopies(data, rows))];
        int at = 0;
        for (int row : rows) {
            int next = at + (int) data.weight(row);
            Arrays.fill(units, at, next, row);
            at = next;
        }
        return units;
    }

    private static long whole(String what, double w) {
        if (w != Math.rint(w)) {
            throw InvalidArgumentException.of(what, w, "a whole number, for a bootstrap");
        }
        return (long) w;
    }

    private static int size(long units) {
        if (units < 1 || units > Integer.MAX_VALUE - 8) {
            throw InvalidArgumentException.of(
                    "number of subjects, copies counted", units, "1 to " + (Integer.MAX_VALUE - 8));
        }
        return (int) units;
    }

    int units() {
        return units;
    }

    List<String> causeLabels() {
        return sets.table().causes();
    }

    int[] cells() {
        return cellOfUnit == null ? new int[0] : cellOfUnit;
    }

    boolean hasCells() {
        return cellOfUnit != null;
    }

    boolean hasEntry() {
        return data != null && data.hasEntry();
    }

    /** The data behind the plan; empty where it was made from a table. */
    @Nullable
    SurvivalData data() {
        return data;
    }

    /** Adds the rows of a unit, some times over, to the counts of exits and of late entries. */
    void add(int unit, int times, int[] exits, int[] entries) {
        if (cellOfUnit != null) {
            exits[cellOfUnit[unit]] += times;
            return;
        }
        int[] rows = rowOfUnit;
        if (rows == null) {
            return;
        }
        int from = rowsFrom == null ? unit : rowsFrom[unit];
        int to = rowsFrom == null ? unit + 1 : rowsFrom[unit + 1];
        for (int r = from; r < to; r++) {
            exits[cellOfRow[rows[r]]] += times;
            if (entries.length > 0 && entryOfRow[rows[r]] >= 0) {
                entries[entryOfRow[rows[r]]] += times;
            }
        }
    }

    /** Adds how often each data row stands in the units' counts. */
    int[] rowCounts(int[] unitCounts) {
        SurvivalData source = data;
        int[] rows = rowOfUnit;
        if (source == null || rows == null) {
            throw new InvalidArgumentException("the sample was resampled from a table, which has no rows;"
                    + " allowed: counts by row of a sample of rows");
        }
        int[] counts = new int[source.size()];
        for (int u = 0; u < units; u++) {
            int from = rowsFrom == null ? u : rowsFrom[u];
            int to = rowsFrom == null ? u + 1 : rowsFrom[u + 1];
            for (int r = from; r < to; r++) {
                counts[rows[r]] += unitCounts[u];
            }
        }
        return counts;
    }
}
