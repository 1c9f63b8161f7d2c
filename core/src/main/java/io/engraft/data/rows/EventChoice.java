package io.engraft.data.rows;

import io.engraft.DataProblem;
import io.engraft.InvalidArgumentException;
import io.engraft.data.DataCheck;
import java.util.List;

/** Which of several events at one time a row ends with: a row has one status. Counts how often it had to choose. */
final class EventChoice {

    private final List<String> causes;
    private final boolean declared;
    /** By status code. */
    private final int[] rank;

    private long choices;

    /**
     * A choice.
     *
     * @param priority the kinds that come first, in their order, before all others by their codes; empty where events at
     *     one time are an error
     */
    EventChoice(List<String> causes, List<String> priority) {
        this.causes = causes;
        this.declared = !priority.isEmpty();
        this.rank = new int[causes.size() + 1];
        for (int code = 1; code < rank.length; code++) {
            rank[code] = priority.size() + code;
        }
        for (int k = 0; k < priority.size(); k++) {
            int at = causes.indexOf(priority.get(k));
            if (at < 0) {
                throw InvalidArgumentException.ofText(
                        "kind of event that comes first", priority.get(k), "one of " + causes);
            }
            rank[at + 1] = k;
        }
    }

    /**
     * Chooses between the events of two records.
     *
     * @param before a status code
     * @param other another, of a row of a table
     * @param problems takes the row where no choice was declared
     */
    int of(int before, int other, String patient, TimedRows rows, int row, List<DataProblem> problems) {
        if (before == other) {
            return before;
        }
        if (!declared) {
            if (problems.size() < DataCheck.MOST_PROBLEMS) {
                problems.add(rows.problem(
                        row,
                        null,
                        causes.get(other - 1),
                        "patient '" + patient + "' has '" + causes.get(before - 1) + "' at the same time "
                                + rows.time()[row]
                                + ", and a row ends with one event; allowed: one event a time, or a list of which kind"
                                + " comes first"));
            }
            return before;
        }
        choices++;
        return rank[before] < rank[other] ? before : other;
    }

    long choices() {
        return choices;
    }
}
