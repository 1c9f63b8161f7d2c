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

/** Plain rows of several groups, counted together in one pass on all cores and then parted. */
final class GroupTables {

    /** The most groups of arrays. */
    static final int MOST_GROUPS = 64;

    /** More columns than this would make the grid of days larger than the rows. */
    private static final int MOST_MARKS = 128;

    private static final int LEAST_PIECE = 1 << 16;

    private GroupTables() {}

    /** Whether the groups of some data can be counted together. */
    static boolean canCount(SurvivalData data, Categories group) {
        int marks = group.levels().size() * (data.causes().size() + 1);
        return data.rawEntry() == null && data.rawWeight() == null && marks <= MOST_MARKS;
    }

    /** Checked rows, by level; a level without rows gives a table without rows. */
    static List<EventTable> of(SurvivalData data, Categories group) {
        int n = data.size();
        int codes = data.causes().size() + 1;
        int[] status = data.rawStatus();
        int[] mark = new int[n];
        int pieces = Parallel.pieces(n, LEAST_PIECE);
        Parallel.run(pieces, p -> {
            int to = Parallel.start(n, pieces, p + 1);
            for (int i = Parallel.start(n, pieces, p); i < to; i++) {
                mark[i] = group.code(i) * codes + status[i];
            }
        });
        return part(data.rawTime(), mark, group.levels().size(), data.causes());
    }

    /** Rows from arrays, validated while they are read; groups 1 to K, each with at least one row. */
    static List<EventTable> of(double[] time, int[] status, int[] group) {
        Require.sameLength("status", status.length, "time", time.length);
        Require.sameLength("group", group.length, "time", time.length);
        int n = time.length;
        int pieces = Parallel.pieces(n, LEAST_PIECE);
        int[] groups = new int[pieces];
        int[] causes = new int[pieces];
        boolean[] bad = new boolean[pieces];
        Parallel.run(pieces, p -> {
            int last = 0;
            int highest = 1;
            boolean wrong = false;
            int to = Parallel.start(n, pieces, p + 1);
            for (int i = Parallel.start(n, pieces, p); i < to; i++) {
                last = Math.max(last, group[i]);
                highest = Math.max(highest, status[i]);
                wrong |= group[i] < 1 || status[i] < 0 || !(time[i] >= 0 && time[i] < Double.POSITIVE_INFINITY);
            }
            groups[p] = last;
            causes[p] = highest;
            bad[p] = wrong;
        });
        int levels = Arrays.stream(groups).max().orElse(0);
        int most = Arrays.stream(causes).max().orElse(1);
        boolean wrong = IntStream.range(0, pieces).anyMatch(p -> bad[p]);
        if (n == 0 || wrong || levels > MOST_GROUPS || most > EventTable.MOST_CAUSES) {
            throw new InvalidDataException(problems(time, status, group));
        }
        int codes = most + 1;
        int[] mark = new int[n];
        Parallel.run(pieces, p -> {
            int to = Parallel.start(n, pieces, p + 1);
            for (int i = Parallel.start(n, pieces, p); i < to; i++) {
                mark[i] = (group[i] - 1) * codes + status[i];
            }
        });
        return part(time, mark, levels, EventTable.defaultCauses(most));
    }

    private static List<DataProblem> problems(double[] time, int[] status, int[] group) {
        List<DataProblem> problems = DataCheck.rows(null, time, status, null, EventTable.MOST_CAUSES);
        for (int i = 0; i < group.length && problems.size() < DataCheck.MOST_PROBLEMS; i++) {
            if (group[i] < 1 || group[i] > MOST_GROUPS) {
                problems.add(DataProblem.ofRow(i + 1L, "group", group[i], "allowed: 1 to " + MOST_GROUPS));
            }
        }
        return problems;
    }

    private static List<EventTable> part(double[] time, int[] mark, int groups, List<String> causes) {
        int codes = causes.size() + 1;
        Tally.Counts all = Tally.of(time, mark, groups * codes).orElseThrow();
        List<EventTable> tables = new ArrayList<>();
        for (int g = 0; g < groups; g++) {
            tables.add(table(all.time(), Arrays.copyOfRange(all.counts(), g * codes, (g + 1) * codes), causes));
        }
        return tables;
    }

    /** The times at which a group has rows, with its counts. */
    private static EventTable table(double[] time, int[][] counts, List<String> causes) {
        double[] kept = new double[time.length];
        int[][] columns = new int[counts.length][time.length];
        int n = 0;
        long rows = 0;
        for (int i = 0; i < time.length; i++) {
            int here = 0;
            for (int c = 0; c < counts.length; c++) {
                columns[c][n] = counts[c][i];
                here += counts[c][i];
            }
            if (here > 0) {
                kept[n++] = time[i];
                rows += here;
            }
        }
        for (int c = 0; c < columns.length; c++) {
            columns[c] = Arrays.copyOf(columns[c], n);
        }
        return new EventTable(Arrays.copyOf(kept, n), columns, rows, Double.POSITIVE_INFINITY, causes, null);
    }
}
