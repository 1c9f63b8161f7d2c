package io.engraft.data;

import io.engraft.DataProblem;
import io.engraft.InvalidDataException;
import io.engraft.internal.Parallel;
import io.engraft.internal.Require;
import io.engraft.internal.count.Tally;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Builds event tables from rows. */
final class TableCounting {

    private static final int LEAST_PIECE = 1 << 16;

    private TableCounting() {}

    /** Plain rows from arrays: no entry, no weight. Validates while it counts. */
    static EventTable plain(double[] time, int[] status, @Nullable List<String> causes) {
        Require.sameLength("time", time.length, "status", status.length);
        int n = time.length;
        int pieces = Parallel.pieces(n, LEAST_PIECE);
        List<String> labels = causes == null ? EventTable.defaultCauses(highestCode(status, pieces)) : causes;
        Tally.Counts counts =
                n == 0 ? null : Tally.of(time, status, labels.size() + 1).orElse(null);
        if (counts == null) {
            throw new InvalidDataException(DataCheck.rows(null, time, status, null, labels.size()));
        }
        return new EventTable(counts.time(), counts.counts(), n, Double.POSITIVE_INFINITY, labels, null);
    }

    private static int highestCode(int[] status, int pieces) {
        int[] most = new int[pieces];
        Parallel.run(pieces, p -> {
            int to = Parallel.start(status.length, pieces, p + 1);
            int highest = 1;
            for (int i = Parallel.start(status.length, pieces, p); i < to; i++) {
                highest = Math.max(highest, status[i]);
            }
            most[p] = highest;
        });
        // A code beyond the limit is reported as a bad row, with its row number.
        return Math.min(EventTable.MOST_CAUSES, Arrays.stream(most).max().orElse(1));
    }

    /** All rows of checked data. */
    static EventTable all(SurvivalData data) {
        if (data.rawEntry() == null && data.rawWeight() == null) {
            return plain(data.rawTime(), data.rawStatus(), data.causes());
        }
        return rows(data, IntStream.range(0, data.size()).toArray(), InnerEnds.of(data));
    }

    /** The rows of each level of a column, in the order given; in their own where none is. */
    static int[][] rowsByLevel(Categories column, int @Nullable [] order) {
        int n = column.size();
        int[] size = new int[column.levels().size()];
        for (int i = 0; i < n; i++) {
            size[column.code(i)]++;
        }
        int[][] rows = new int[size.length][];
        Arrays.setAll(rows, g -> new int[size[g]]);
        int[] next = new int[size.length];
        for (int j = 0; j < n; j++) {
            int i = order == null ? j : order[j];
            int level = column.code(i);
            rows[level][next[level]++] = i;
        }
        return rows;
    }

    /** Some rows of checked data, at least one. */
    static EventTable rows(SurvivalData data, int[] row, InnerEnds ends) {
        double[] entry = data.rawEntry();
        int kept = row.length;
        double[] e = new double[kept];
        double[] t = new double[kept];
        int[] s = new int[kept];
        WeightType type = data.weightType().orElse(null);
        double[] w = new double[type == null ? 0 : kept];
        boolean[] on = new boolean[ends.any() ? kept : 0];
        for (int j = 0; j < kept; j++) {
            int i = row[j];
            e[j] = entry == null ? Double.NaN : entry[i];
            t[j] = data.rawTime()[i];
            s[j] = data.rawStatus()[i];
            if (type != null) {
                w[j] = data.weight(i);
            }
            if (on.length > 0) {
                on[j] = ends.at(i);
            }
        }
        if (entry == null && type == null) {
            return plain(t, s, data.causes());
        }
        return buffer(data.causes(), e, t, s, type, w, on, kept);
    }

    /**
     * Checked rows with entry (NaN where none) and weights; sorts nothing but times.
     *
     * @param on whether the patient goes on in another row where a row ends; empty where none does
     */
    static EventTable buffer(
            List<String> causes,
            double[] entry,
            double[] time,
            int[] status,
            @Nullable WeightType type,
            double[] weight,
            boolean[] on,
            int n) {
        int k = causes.size();
        Tally tally = new Tally(k + (on.length > 0 ? 3 : 2), n);
        long fromStart = 0;
        double shortest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            tally.add(on.length > 0 && on[i] ? k + 2 : status[i], time[i]);
            if (Double.isNaN(entry[i])) {
                fromStart++;
            } else {
                tally.add(k + 1, entry[i]);
                shortest = Math.min(shortest, (time[i] - entry[i]) / time[i]);
            }
        }
        Tally.Counts counts = Tally.collect(List.of(tally));
        boolean entries = fromStart < n;
        TableWeights sums = null;
        if (type != null) {
            sums = TableWeights.empty(type, k + (entries ? 2 : 1), counts.size());
            for (int i = 0; i < n; i++) {
                int leaving = place(counts.time(), time[i]);
                if (on.length > 0 && on[i]) {
                    sums.take(k + 1, leaving, weight[i]);
                } else {
                    sums.add(status[i], leaving, weight[i]);
                }
                if (!Double.isNaN(entry[i])) {
                    sums.add(k + 1, place(counts.time(), entry[i]), weight[i]);
                }
            }
        }
        int[][] marks = Arrays.copyOf(counts.counts(), k + (entries ? 2 : 1));
        int[] inner = on.length > 0 ? counts.counts()[k + 2] : null;
        if (inner != null) {
            // Who goes on in another row enters with that one, so that the two take nobody away and bring nobody.
            marks[k + 1] = marks[k + 1].clone();
            Arrays.setAll(marks[k + 1], i -> counts.counts()[k + 1][i] - inner[i]);
        }
        return new EventTable(counts.time(), marks, fromStart, shortest, causes, sums).withGoingOn(inner);
    }

    private static int place(double[] times, double t) {
        return Arrays.binarySearch(times, t + 0.0);
    }

    static void requireRow(long row, double entry, boolean hasEntry, double time, int status, int causes) {
        List<DataProblem> problems = new ArrayList<>(2);
        DataCheck.row(row, entry, hasEntry, time, status, causes, problems);
        if (!problems.isEmpty()) {
            throw new InvalidDataException(problems);
        }
    }

    static void requireWeight(long row, double weight, WeightType type) {
        boolean whole = type != WeightType.FREQUENCY || weight == Math.rint(weight);
        if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY && whole)) {
            List<DataProblem> problems = new ArrayList<>();
            DataCheck.weight(row, weight, type, problems);
            throw new InvalidDataException(problems);
        }
    }
}
