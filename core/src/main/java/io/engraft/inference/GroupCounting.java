package io.engraft.inference;

import io.engraft.DataProblem;
import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.data.Categories;
import io.engraft.data.DataCheck;
import io.engraft.data.SurvivalData;
import io.engraft.internal.Parallel;
import io.engraft.internal.Require;
import io.engraft.internal.count.Tally;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Plain rows counted by time, group and whether they end with an event, on all cores. */
final class GroupCounting {

    private static final int MOST_GROUPS = 64;
    private static final int LEAST_PIECE = 1 << 16;

    private final int groups;
    private final Tally.Counts counts;
    private final long[] rows;

    private GroupCounting(int groups, Tally.Counts counts) {
        this.groups = groups;
        this.counts = counts;
        this.rows = new long[groups];
        for (int g = 0; g < groups; g++) {
            rows[g] = sum(counts.counts()[2 * g]) + sum(counts.counts()[2 * g + 1]);
        }
    }

    private static long sum(int[] column) {
        long sum = 0;
        for (int c : column) {
            sum += c;
        }
        return sum;
    }

    static GroupCounting of(SurvivalData data, Categories group) {
        double[] time = new double[data.size()];
        int[] mark = new int[data.size()];
        int pieces = Parallel.pieces(time.length, LEAST_PIECE);
        Parallel.run(pieces, p -> {
            int to = Parallel.start(time.length, pieces, p + 1);
            for (int i = Parallel.start(time.length, pieces, p); i < to; i++) {
                time[i] = data.time(i);
                mark[i] = 2 * group.code(i) + (data.status(i) > 0 ? 1 : 0);
            }
        });
        int groups = group.levels().size();
        return new GroupCounting(groups, Tally.of(time, mark, 2 * groups).orElseThrow());
    }

    static GroupCounting of(double[] time, int[] status, int[] group) {
        Require.sameLength("time", time.length, "status", status.length);
        Require.sameLength("group", group.length, "time", time.length);
        int n = time.length;
        int pieces = Parallel.pieces(n, LEAST_PIECE);
        int[] mark = new int[n];
        int[] most = new int[pieces];
        boolean[] bad = new boolean[pieces];
        Parallel.run(pieces, p -> {
            int highest = 0;
            int to = Parallel.start(n, pieces, p + 1);
            boolean wrong = false;
            for (int i = Parallel.start(n, pieces, p); i < to; i++) {
                int g = group[i];
                highest = Math.max(highest, g);
                wrong |= g < 1 || g > MOST_GROUPS || status[i] < 0 || !(time[i] >= 0 && time[i] < 1 / 0.0);
                mark[i] = 2 * (g - 1) + (status[i] > 0 ? 1 : 0);
            }
            most[p] = highest;
            bad[p] = wrong;
        });
        if (n == 0 || IntStream.range(0, pieces).anyMatch(p -> bad[p])) {
            throw new InvalidDataException(problems(time, status, group));
        }
        int groups = Arrays.stream(most).max().orElse(0);
        if (groups < 2) {
            throw InvalidArgumentException.of("number of groups", groups, "two or more");
        }
        return new GroupCounting(groups, Tally.of(time, mark, 2 * groups).orElseThrow());
    }

    private static List<DataProblem> problems(double[] time, int[] status, int[] group) {
        List<DataProblem> problems = DataCheck.rows(null, time, status, null, Integer.MAX_VALUE);
        for (int i = 0; i < group.length && problems.size() < DataCheck.MOST_PROBLEMS; i++) {
            if (group[i] < 1 || group[i] > MOST_GROUPS) {
                problems.add(DataProblem.ofRow(i + 1L, "group", group[i], "allowed: 1 to " + MOST_GROUPS));
            }
        }
        return problems;
    }

    List<String> names() {
        List<String> names = new ArrayList<>();
        for (int g = 1; g <= groups; g++) {
            names.add(Integer.toString(g));
        }
        return names;
    }

    void requireRows(List<String> names, String source) {
        for (int g = 0; g < groups; g++) {
            if (rows[g] == 0) {
                throw new InvalidDataException(
                        DataProblem.ofWhole("group '" + names.get(g) + "' has no rows; allowed: at least one")
                                .inSource(source));
            }
        }
    }

    long rows(int group) {
        return rows[group];
    }

    /** The counts of some of the groups. */
    Tally.Counts of(int[] some) {
        int[][] marks = new int[2 * some.length][];
        for (int g = 0; g < some.length; g++) {
            marks[2 * g] = counts.counts()[2 * some[g]];
            marks[2 * g + 1] = counts.counts()[2 * some[g] + 1];
        }
        return new Tally.Counts(counts.time(), marks);
    }
}
