package io.engraft.data;

import io.engraft.DataProblem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Holds the rows of one patient against each other: in time order, no two at once, none after an event. */
final class PatientRows {

    private static final int MOST_NAMED = 3;

    private final Categories id;
    private final double @Nullable [] entry;
    private final double[] time;
    private final int[] status;
    private final long @Nullable [] sourceRow;

    PatientRows(Categories id, double @Nullable [] entry, double[] time, int[] status, long @Nullable [] sourceRow) {
        this.id = id;
        this.entry = entry;
        this.time = time;
        this.status = status;
        this.sourceRow = sourceRow;
    }

    void check(@Nullable Categories group, List<DataProblem> problems, List<String> warnings) {
        int[] rows = byPatient();
        List<String> movers = new ArrayList<>();
        for (int k = 1; k < rows.length && problems.size() < DataCheck.MOST_PROBLEMS; k++) {
            int before = rows[k - 1];
            int row = rows[k];
            if (id.code(before) == id.code(row)) {
                String reason = reason(before, row);
                if (reason != null) {
                    problems.add(DataProblem.ofRow(
                            number(row),
                            entry == null ? "id" : "entry",
                            entry == null ? id.value(row) : entry[row],
                            reason));
                } else if (group != null && group.code(before) != group.code(row)) {
                    movers.add("'" + id.value(row) + "' (rows " + number(before) + " and " + number(row) + ")");
                }
            }
        }
        if (!movers.isEmpty() && problems.isEmpty()) {
            String more = movers.size() > MOST_NAMED ? " and " + (movers.size() - MOST_NAMED) + " more" : "";
            warnings.add("patients change their group: "
                    + String.join(", ", movers.subList(0, Math.min(MOST_NAMED, movers.size()))) + more
                    + "; each is counted where it is at the time, so a group's curve is of time spent there and not of"
                    + " patients who began there");
        }
    }

    /** The rows patient by patient, those of one in the order of their ends. */
    int[] byPatient() {
        return RowsById.sorted(id, i -> time[i], i -> entry == null ? 0 : entry[i]);
    }

    /** Whether a row begins where the row before ends. */
    static boolean adjoin(double end, double begin) {
        return TieRule.DEFAULT.joins(Math.min(begin, end), Math.max(begin, end));
    }

    /** What is wrong with a row after another of the same patient, null where nothing is. */
    private @Nullable String reason(int before, int row) {
        String who = "patient '" + id.value(row) + "' ";
        String where = " in row " + number(before);
        if (entry == null) {
            return who + "is" + where + " too, and there are no entry times: " + several(before, row)
                    + "; allowed: one row a patient, several with entry times (at risk on (entry, time]), or a cluster"
                    + " column where the rows belong together in another way";
        }
        double end = time[before];
        double begin = entry[row];
        if (begin < end && !adjoin(end, begin)) {
            return who + "is under observation to " + end + where
                    + " already; allowed: entry at that time or later, or a cluster column where such rows are not of one"
                    + " follow-up";
        }
        if (status[before] > 0) {
            return who + "had the event (code " + status[before] + ") at " + end + where
                    + ", and survival ends there; allowed: no later row, multi-state data (command states) for what comes"
                    + " after an event, or a cluster column for events that recur";
        }
        return null;
    }

    private String several(int before, int row) {
        return status[before] > 0 && status[row] > 0
                ? "two events of one patient would count as two patients"
                : "the patient would count twice";
    }

    private long number(int row) {
        return sourceRow == null ? row + 1L : sourceRow[row];
    }
}
