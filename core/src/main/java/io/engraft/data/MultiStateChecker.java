package io.engraft.data;

import static io.engraft.data.MultiStateCheck.Kind;

import io.engraft.DataProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Finds what is wrong with multi-state rows: first each by itself, then each against the subject's row before it. */
final class MultiStateChecker {

    private final MultiStateData.Builder b;
    private final List<String> states;
    private final List<MultiStateCheck.Finding> findings = new ArrayList<>();
    private final boolean[] usable;

    MultiStateChecker(MultiStateData.Builder b, List<String> states) {
        this.b = b;
        this.states = states;
        this.usable = new boolean[b.time.length];
    }

    MultiStateCheck check() {
        for (int i = 0; i < usable.length; i++) {
            int before = findings.size();
            values(i);
            usable[i] = findings.size() == before;
            same(i);
        }
        List<DataProblem> notFinite = new ArrayList<>();
        b.covariates.numeric().forEach((name, values) -> DataCheck.finite(name, values, notFinite));
        notFinite.forEach(p -> findings.add(new MultiStateCheck.Finding(Kind.BAD_VALUE, p)));
        Categories id = b.id;
        if (id != null) {
            subjects(id);
        }
        int[] from = placesIn(states, b.from);
        int[] to = placesIn(states, b.to);
        return new MultiStateCheck(findings, Transition.counts(states, from, to), b.gapsAllowed);
    }

    /** The place of each row's level among the states, -1 where it is none. */
    static int[] placesIn(List<String> states, Categories column) {
        int[] place = column.levels().stream().mapToInt(states::indexOf).toArray();
        return IntStream.range(0, column.size()).map(i -> place[column.code(i)]).toArray();
    }

    private void add(Kind kind, int row, String column, Object value, String reason) {
        findings.add(new MultiStateCheck.Finding(kind, DataProblem.ofRow(row + 1L, column, value, reason)));
    }

    private void values(int i) {
        double time = b.time[i];
        boolean timeFine = time >= 0 && time < Double.POSITIVE_INFINITY;
        if (!timeFine) {
            add(Kind.BAD_VALUE, i, "time", time, "allowed: 0 <= time < infinity");
        }
        double[] entry = b.entry;
        if (entry != null) {
            if (!(entry[i] >= 0 && entry[i] < Double.POSITIVE_INFINITY)) {
                add(Kind.BAD_VALUE, i, "entry", entry[i], "allowed: 0 <= entry < infinity");
            } else if (timeFine && entry[i] == time) {
                add(Kind.ZERO_LENGTH, i, "entry", entry[i], "the row has no length; allowed: entry < time");
            } else if (timeFine && entry[i] > time) {
                add(Kind.BACKWARD, i, "entry", entry[i], "the row ends before, at " + time + "; allowed: entry < time");
            }
        }
        if (!states.contains(b.from.value(i))) {
            add(Kind.BAD_VALUE, i, "from", b.from.value(i), "allowed: one of " + states);
        }
        String to = b.to.value(i);
        if (!to.equals(b.censored) && !states.contains(to)) {
            add(Kind.BAD_VALUE, i, "to", to, "allowed: one of " + states + ", or '" + b.censored + "'");
        }
        double[] weight = b.weight;
        if (weight != null) {
            List<DataProblem> found = new ArrayList<>();
            DataCheck.weight(i + 1L, weight[i], b.weightType == null ? WeightType.SAMPLING : b.weightType, found);
            found.forEach(p -> findings.add(new MultiStateCheck.Finding(Kind.BAD_VALUE, p)));
        }
    }

    private void same(int i) {
        if (b.to.value(i).equals(b.from.value(i))) {
            add(
                    Kind.SAME_STATE,
                    i,
                    "to",
                    b.to.value(i),
                    "the row is in that state already; allowed: another state, or '" + b.censored + "'");
        }
        if (b.absorbing.contains(b.from.value(i))) {
            add(
                    Kind.AFTER_ABSORBING,
                    i,
                    "from",
                    b.from.value(i),
                    "the state is declared absorbing; allowed: no row that begins in it");
        }
    }

    private void subjects(Categories id) {
        int[] rows = IntStream.of(RowsById.sorted(id, i -> b.time[i], this::entry))
                .filter(i -> usable[i])
                .toArray();
        int first = -1;
        for (int k = 0; k < rows.length; k++) {
            int row = rows[k];
            if (k == 0 || id.code(rows[k - 1]) != id.code(row)) {
                first = row;
            } else {
                constant(id.value(row), first, row);
                follows(id.value(row), rows[k - 1], row);
            }
        }
    }

    private double entry(int i) {
        return b.entry == null ? 0 : b.entry[i];
    }

    private void constant(String subject, int first, int row) {
        change(Kind.GROUP_CHANGE, "group", b.group, subject, first, row);
        change(Kind.CLUSTER_CHANGE, "cluster", b.cluster, subject, first, row);
        double[] weight = b.weight;
        if (weight != null && b.weightType == WeightType.FREQUENCY && weight[row] != weight[first]) {
            add(
                    Kind.WEIGHT_CHANGE,
                    row,
                    "weight",
                    weight[row],
                    "subject " + subject + " has frequency weight " + weight[first] + " in row " + (first + 1)
                            + "; allowed: one frequency weight a subject");
        }
    }

    private void change(Kind kind, String what, @Nullable Categories column, String subject, int first, int row) {
        if (column != null && column.code(row) != column.code(first)) {
            add(
                    kind,
                    row,
                    what,
                    column.value(row),
                    "subject " + subject + " is in " + what + " '" + column.value(first) + "' in row " + (first + 1)
                            + "; allowed: one " + what + " a subject");
        }
    }

    /** Looks at a row after the one that ended before it. */
    private void follows(String subject, int before, int row) {
        double end = b.time[before];
        double begin = entry(row);
        String left = b.to.value(before).equals(b.censored) ? b.from.value(before) : b.to.value(before);
        boolean sameState = left.equals(b.from.value(row));
        String who = "subject " + subject;
        String where = " in row " + (before + 1);
        boolean adjacent = b.tieRule.joins(Math.min(begin, end), Math.max(begin, end));
        if (begin == entry(before) && b.time[row] == end) {
            add(Kind.DUPLICATE, row, "entry", begin, who + " has the same interval" + where + "; allowed: once");
        } else if (begin < end && !adjacent) {
            add(
                    Kind.OVERLAP,
                    row,
                    "entry",
                    begin,
                    who + " is under observation to " + end + where + "; allowed: entry at that time or later");
        } else if (b.absorbing.contains(left) && !b.absorbing.contains(b.from.value(row))) {
            add(
                    Kind.AFTER_ABSORBING,
                    row,
                    "from",
                    b.from.value(row),
                    who + " entered the absorbing state '" + left + "' at " + end + where + "; allowed: no later row");
        } else if (!adjacent) {
            add(
                    sameState ? Kind.GAP : Kind.JUMP,
                    row,
                    sameState ? "entry" : "from",
                    sameState ? (Object) begin : Objects.requireNonNull(b.from.value(row)),
                    who + " is out of sight from " + end + where + " to " + begin
                            + (sameState
                                    ? "; allowed: entry at that time, or gaps allowed by choice"
                                    : ", and was in state '" + left + "'; allowed: the state it was left in"));
        } else if (!sameState) {
            add(
                    Kind.TELEPORT,
                    row,
                    "from",
                    b.from.value(row),
                    who + " is in state '" + left + "' at " + end + where + "; allowed: that state");
        }
    }
}
