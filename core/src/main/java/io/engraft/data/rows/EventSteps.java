package io.engraft.data.rows;

import io.engraft.DataProblem;
import java.util.Arrays;
import java.util.List;

/** The events of a table: the places of each patient at which there is one, its status code, and how many there were. */
final class EventSteps {

    private final TimedEvents events;
    private final int[] first;
    private final int[] place;
    private final int[] code;
    private final int[] row;
    /** So far, this one included. */
    private final int[] number;

    private EventSteps(TimedEvents events, int[] first, int[] place, int[] code, int[] row, int[] number) {
        this.events = events;
        this.first = first;
        this.place = place;
        this.code = code;
        this.row = row;
        this.number = number;
    }

    /**
     * Puts the events of each patient and time together.
     *
     * @param statusOf the status code of each kind
     * @param choice which of several counts
     * @param problems takes what cannot be chosen
     */
    static EventSteps of(
            TimedEvents events,
            MatchedRows records,
            FollowUpRows follow,
            int[] statusOf,
            EventChoice choice,
            List<DataProblem> problems) {
        int patients = follow.patients();
        int all = records.first(patients);
        int[] first = new int[patients + 1];
        int[] place = new int[all];
        int[] code = new int[all];
        int[] row = new int[all];
        int[] number = new int[all];
        int n = 0;
        for (int p = 0; p < patients; p++) {
            first[p] = n;
            for (int k = records.first(p); k < records.first(p + 1); k++) {
                int status = statusOf[events.kind().code(records.row(k))];
                int so = k - records.first(p) + 1;
                if (n > first[p] && place[n - 1] == records.place(k)) {
                    int winner =
                            choice.of(code[n - 1], status, follow.name(p), records.rows(), records.row(k), problems);
                    row[n - 1] = winner == code[n - 1] ? row[n - 1] : records.row(k);
                    code[n - 1] = winner;
                } else {
                    place[n] = records.place(k);
                    code[n] = status;
                    row[n++] = records.row(k);
                }
                number[n - 1] = so;
            }
        }
        first[patients] = n;
        return new EventSteps(
                events,
                first,
                Arrays.copyOf(place, n),
                Arrays.copyOf(code, n),
                Arrays.copyOf(row, n),
                Arrays.copyOf(number, n));
    }

    TimedEvents events() {
        return events;
    }

    /** Where a patient's events begin; those of the last end where one more patient would begin. */
    int first(int patient) {
        return first[patient];
    }

    int place(int step) {
        return place[step];
    }

    int code(int step) {
        return code[step];
    }

    int row(int step) {
        return row[step];
    }

    int number(int step) {
        return number[step];
    }
}
