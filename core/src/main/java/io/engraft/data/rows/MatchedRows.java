package io.engraft.data.rows;

import io.engraft.data.Categories;
import io.engraft.data.TieRule;
import io.engraft.data.rows.FollowUpRows.RowWindow;
import io.engraft.data.rows.MergeCount.Fall;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** The records of a table that are of patients under follow-up, patient by patient and by time. */
final class MatchedRows {

    private final TimedRows rows;
    private final int[] row;
    private final int[] patient;
    private final double[] time;
    private final long missingId;
    private final List<String> missingIds;
    private int[] place = new int[0];
    private int[] order = new int[0];
    private int[] first = new int[0];

    /**
     * Chooses the records that have a patient.
     *
     * @param counts which rows are records at all
     * @param lag what is added to times after a patient's first entry
     * @param rule which times count as that of the entry
     */
    MatchedRows(TimedRows rows, FollowUpRows follow, IntPredicate counts, double lag, TieRule rule) {
        this.rows = rows;
        Categories id = rows.id();
        int[] patientOf = follow.patientsOf(id.levels());
        int[] kept = new int[rows.size()];
        boolean[] unknown = new boolean[patientOf.length];
        int n = 0;
        long missing = 0;
        for (int i = 0; i < kept.length; i++) {
            if (!counts.test(i)) {
                continue;
            }
            if (patientOf[id.code(i)] < 0) {
                missing++;
                unknown[id.code(i)] = true;
            } else {
                kept[n++] = i;
            }
        }
        this.row = Arrays.copyOf(kept, n);
        this.patient = new int[n];
        this.time = new double[n];
        for (int k = 0; k < n; k++) {
            patient[k] = patientOf[id.code(row[k])];
            double t = rows.time()[row[k]];
            double entry = follow.firstEntry(patient[k]);
            time[k] = t > entry && !rule.joins(entry, t) ? t + lag : t;
        }
        this.missingId = missing;
        this.missingIds = IntStream.range(0, unknown.length)
                .filter(c -> unknown[c])
                .mapToObj(c -> id.levels().get(c))
                .toList();
    }

    double[] times() {
        return time;
    }

    /** How many records are of ids that the follow-up does not have. */
    long missing() {
        return missingId;
    }

    List<String> missingIds() {
        return missingIds;
    }

    /** Puts the records on the joined times. */
    void put(int[] places, RowTimes times, int patients) {
        place = places;
        order = RowTimes.sorted(IntStream.range(0, row.length).toArray(), place, times.size());
        order = RowTimes.sorted(order, patient, patients);
        first = new int[patients + 1];
        for (int p : patient) {
            first[p + 1]++;
        }
        for (int p = 0; p < patients; p++) {
            first[p + 1] += first[p];
        }
    }

    /** Where a patient's records begin in their order; those of the last end where one more patient would begin. */
    int first(int p) {
        return first[p];
    }

    /** The place of the time of a record in the order. */
    int place(int k) {
        return place[order[k]];
    }

    /** The row of the table of a record in the order. */
    int row(int k) {
        return row[order[k]];
    }

    TimedRows rows() {
        return rows;
    }

    /** Where the records fell. */
    MergeCount count(String name, boolean event, FollowUpRows follow, RowTimes times) {
        Map<Fall, Long> falls = new EnumMap<>(Fall.class);
        long tied = 0;
        for (int p = 0; p < follow.patients(); p++) {
            int from = follow.first(p);
            int to = follow.first(p + 1);
            int at = from;
            for (int k = first[p]; k < first[p + 1]; k++) {
                int t = place(k);
                tied += k > first[p] && place(k - 1) == t ? 1 : 0;
                while (at < to && follow.window(at).endPlace() < t) {
                    at++;
                }
                falls.merge(fall(follow, from, at, to, t), 1L, Long::sum);
            }
        }
        long joined = 0;
        for (int k = 0; k < row.length; k++) {
            joined += times.time(place[k]) != time[k] ? 1 : 0;
        }
        return new MergeCount(name, rows.source(), event, falls, tied, joined, missingId, missingIds);
    }

    /** Where a place is among the rows of a patient, of which one is the first that does not end before it. */
    private static Fall fall(FollowUpRows follow, int from, int at, int to, int t) {
        if (at == to) {
            return Fall.LATE;
        }
        RowWindow row = follow.window(at);
        if (t > row.entryPlace() && t < row.endPlace()) {
            return Fall.WITHIN;
        }
        if (t == row.endPlace()) {
            boolean adjoins = at + 1 < to && follow.window(at + 1).entryPlace() == t;
            return adjoins ? Fall.BOUNDARY : Fall.TRAILING;
        }
        if (t == row.entryPlace()) {
            return Fall.LEADING;
        }
        return at == from ? Fall.EARLY : Fall.GAP;
    }
}
