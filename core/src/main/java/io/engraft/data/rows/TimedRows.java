package io.engraft.data.rows;

import io.engraft.DataProblem;
import io.engraft.InvalidDataException;
import io.engraft.data.Categories;
import io.engraft.data.DataCheck;
import io.engraft.internal.Require;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a table that says what happened to whom and when: any number a patient, in any order. */
final class TimedRows {

    private final Categories id;
    private final double[] time;
    private final String source;
    private final @Nullable Place place;

    /** Where a row stands in a file. */
    interface Place {
        DataProblem problem(int row, @Nullable String column, @Nullable String value, String reason);
    }

    /**
     * Rows of a table.
     *
     * @param source the table's name in messages
     * @param place where a row stands in its file, null where it came as arrays
     */
    private TimedRows(Categories id, double[] time, String source, @Nullable Place place) {
        Require.sameLength("time", time.length, "id", id.size());
        this.id = id;
        this.time = time;
        this.source = source;
        this.place = place;
    }

    /** Rows from arrays; a time that is not a number is refused, unless it may say "never". */
    static TimedRows of(String source, Categories id, double[] time, boolean never) {
        TimedRows rows = new TimedRows(id, time.clone(), source, null);
        List<DataProblem> problems = new ArrayList<>();
        for (int i = 0; i < time.length && problems.size() < DataCheck.MOST_PROBLEMS; i++) {
            if (!Double.isFinite(time[i]) && !(never && Double.isNaN(time[i]))) {
                problems.add(rows.problem(
                        i,
                        "time",
                        String.valueOf(time[i]),
                        "allowed: a finite number" + (never ? ", or NaN for never" : "")));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidDataException(problems);
        }
        return rows;
    }

    TimedRows withSource(String name) {
        return new TimedRows(id, time, name, place);
    }

    TimedRows withPlace(Place where) {
        return new TimedRows(id, time, source, where);
    }

    Categories id() {
        return id;
    }

    double[] time() {
        return time;
    }

    String source() {
        return source;
    }

    int size() {
        return time.length;
    }

    DataProblem problem(int row, @Nullable String column, @Nullable String value, String reason) {
        return place == null
                ? new DataProblem(source, row + 1L, 0, column, value, reason)
                : place.problem(row, column, value, reason);
    }
}
