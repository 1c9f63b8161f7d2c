package io.engraft.data;

import io.engraft.DataProblem;
import io.engraft.InvalidArgumentException;
import io.engraft.internal.Require;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks at every row and lists what is wrong with it: row number, column, value, reason. */
public final class DataCheck {

    /** How many problems are listed at most; looking stops there. */
    public static final int MOST_PROBLEMS = 1000;

    private static final String WHOLE =
            "allowed for frequency weights, which stand for so many rows alike: whole numbers; a weight"
                    + " that is a share is a sampling weight";

    private DataCheck() {}

    /**
     * Checks follow-up rows.
     *
     * @param entry entry times, or null without delayed entry
     * @param time follow-up times
     * @param status status codes
     * @param weight weights, or null
     * @param causes the largest status code that is known
     * @return the problems in the order of the rows, {@value #MOST_PROBLEMS} at most; a list that can be added to
     * @throws InvalidArgumentException when the arrays differ in length
     */
    public static List<DataProblem> rows(
            double @Nullable [] entry, double[] time, int[] status, double @Nullable [] weight, int causes) {
        Require.sameLength("status", status.length, "time", time.length);
        Require.sameLength("entry", entry == null ? time.length : entry.length, "time", time.length);
        Require.sameLength("weight", weight == null ? time.length : weight.length, "time", time.length);
        List<DataProblem> problems = new ArrayList<>();
        if (time.length == 0) {
            problems.add(DataProblem.ofWhole("there are no rows; allowed: at least one"));
        }
        for (int i = 0; i < time.length && problems.size() < MOST_PROBLEMS; i++) {
            row(i + 1L, entry == null ? Double.NaN : entry[i], entry != null, time[i], status[i], causes, problems);
            if (weight != null) {
                weight(i + 1L, weight[i], problems);
            }
        }
        return problems;
    }

    /** Checks that frequency weights are whole numbers, where {@link #rows} found nothing. */
    static void frequencies(double[] weight, List<DataProblem> problems) {
        for (int i = 0; i < weight.length && problems.size() < MOST_PROBLEMS; i++) {
            weight(i + 1L, weight[i], WeightType.FREQUENCY, problems);
        }
    }

    /**
     * Checks one follow-up row. The columns of its problems are named "time", "entry" and "status".
     *
     * @param row the row's number, for messages
     * @param entry the entry time; any value without delayed entry
     * @param hasEntry whether there is delayed entry
     * @param time the follow-up time
     * @param status the status code
     * @param causes the largest status code that is known
     * @param problems takes what is wrong
     */
    public static void row(
            long row, double entry, boolean hasEntry, double time, int status, int causes, List<DataProblem> problems) {
        boolean timeFine = time >= 0 && time < Double.POSITIVE_INFINITY;
        if (!timeFine) {
            problems.add(DataProblem.ofRow(row, "time", time, "allowed: 0 <= time < infinity"));
        }
        if (hasEntry) {
            if (!(entry >= 0 && entry < Double.POSITIVE_INFINITY)) {
                problems.add(DataProblem.ofRow(row, "entry", entry, "allowed: 0 <= entry < infinity"));
            } else if (timeFine && !(entry < time)) {
                problems.add(DataProblem.ofRow(row, "entry", entry, "allowed: entry < time, which is " + time));
            }
        }
        if (status < 0 || status > causes) {
            problems.add(DataProblem.ofRow(
                    row, "status", status, "allowed: 0 for censored, 1 to " + causes + " for events"));
        }
    }

    /**
     * Checks one weight.
     *
     * @param row the row's number, for messages
     * @param weight the weight
     * @param problems takes what is wrong
     */
    public static void weight(long row, double weight, List<DataProblem> problems) {
        if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
            problems.add(DataProblem.ofRow(row, "weight", weight, "allowed: 0 <= weight < infinity"));
        }
    }

    /**
     * Checks one weight of a type. A frequency weight stands for so many rows alike, so it is a whole number; a row of
     * weight 0 is as if it were not there.
     *
     * @param row the row's number, for messages
     * @param weight the weight
     * @param type what weights mean
     * @param problems takes what is wrong
     */
    public static void weight(long row, double weight, WeightType type, List<DataProblem> problems) {
        if (type == WeightType.FREQUENCY && weight >= 0 && weight != Math.rint(weight)) {
            problems.add(DataProblem.ofRow(row, "weight", weight, WHOLE));
        } else {
            weight(row, weight, problems);
        }
    }

    /**
     * Checks multi-state rows: each by itself, and the rows of a subject against each other.
     *
     * @param data the columns
     * @return every problem, a gap only where gaps are not allowed; {@link MultiStateData.Builder#check()} has them by
     *     kind
     */
    public static List<DataProblem> multiState(MultiStateData.Builder data) {
        return data.check().problems();
    }

    /**
     * Whether counts look like a status whose coding nobody declared: no row is censored, and several codes without
     * labels are events.
     *
     * @param table the counts of all rows
     * @return a sentence that says so and what to do about it, empty where nothing does
     */
    public static Optional<String> undeclaredCoding(EventTable table) {
        int causes = table.causes().size();
        if (causes < 2 || !table.causes().equals(EventTable.defaultCauses(causes))) {
            return Optional.empty();
        }
        long[] count = new long[causes + 1];
        for (int i = 0; i < table.size(); i++) {
            if (table.censored(i) > 0) {
                return Optional.empty();
            }
            for (int cause = 1; cause <= causes; cause++) {
                count[cause] += table.events(i, cause);
            }
        }
        return DataFindings.coding(count);
    }

    static void finite(String column, double[] values, List<DataProblem> problems) {
        for (int i = 0; i < values.length && problems.size() < MOST_PROBLEMS; i++) {
            if (!Double.isFinite(values[i])) {
                problems.add(DataProblem.ofRow(i + 1L, column, values[i], "allowed: a finite number"));
            }
        }
    }
}
