package io.engraft.data.rows;

import io.engraft.DataProblem;
import io.engraft.InvalidDataException;
import io.engraft.data.Categories;
import io.engraft.data.DataCheck;
import io.engraft.data.SurvivalData;
import io.engraft.data.TieRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The follow-up that rows are made of: patients in the order in which they come, the rows of each by time. */
final class FollowUpRows {

    private final SurvivalData data;
    private final Categories id;
    /** By the code of an id. */
    private final int[] patientOfCode;

    private final int[] codeOfPatient;
    private final double[] firstEntry;
    private RowWindow[] windows = new RowWindow[0];
    private int[] first = new int[0];

    /** What is left of a row of the baseline: its places, and the status at its end. */
    record RowWindow(int row, int entryPlace, int endPlace, double entry, double time, int status) {}

    /** Follow-up of which rows begin at a time at the earliest. */
    FollowUpRows(SurvivalData data, Categories id, double start) {
        this.data = data;
        this.id = id;
        this.patientOfCode = new int[id.levels().size()];
        Arrays.fill(patientOfCode, -1);
        this.codeOfPatient = new int[patientOfCode.length];
        double[] entries = new double[patientOfCode.length];
        int patients = 0;
        for (int i = 0; i < data.size(); i++) {
            int code = id.code(i);
            double entry = Math.max(data.entry(i), start);
            if (patientOfCode[code] < 0) {
                codeOfPatient[patients] = code;
                entries[patients] = entry;
                patientOfCode[code] = patients++;
            } else {
                entries[patientOfCode[code]] = Math.min(entries[patientOfCode[code]], entry);
            }
        }
        this.firstEntry = Arrays.copyOf(entries, patients);
    }

    int patients() {
        return firstEntry.length;
    }

    /** The patient of an id, -1 for nobody. */
    int[] patientsOf(List<String> ids) {
        Map<String, Integer> codes = new HashMap<>();
        for (int code = 0; code < patientOfCode.length; code++) {
            codes.put(id.levels().get(code), code);
        }
        int[] found = new int[ids.size()];
        for (int k = 0; k < found.length; k++) {
            Integer code = codes.get(ids.get(k));
            found[k] = code == null ? -1 : patientOfCode[code];
        }
        return found;
    }

    String name(int patient) {
        return id.levels().get(codeOfPatient[patient]);
    }

    /** When a patient comes under observation. */
    double firstEntry(int patient) {
        return firstEntry[patient];
    }

    double[] entries() {
        return IntStream.range(0, data.size()).mapToDouble(data::entry).toArray();
    }

    double[] times() {
        return IntStream.range(0, data.size()).mapToDouble(data::time).toArray();
    }

    /** Puts the rows on the joined times, patient by patient, and cuts away what is outside the window. */
    void put(RowTimes times, int startPlace, int endPlace, TieRule rule) {
        int[] entry = times.entryPlaces();
        int[] stop = times.endPlaces();
        requireLength(entry, stop, rule);
        int[] patient = new int[data.size()];
        for (int i = 0; i < patient.length; i++) {
            patient[i] = patientOfCode[id.code(i)];
        }
        int[] order = RowTimes.sorted(IntStream.range(0, data.size()).toArray(), entry, times.size());
        order = RowTimes.sorted(RowTimes.sorted(order, stop, times.size()), patient, patients());
        requireApart(order, entry, stop);
        RowWindow[] kept = new RowWindow[order.length];
        first = new int[patients() + 1];
        int n = 0;
        int at = 0;
        for (int p = 0; p < patients(); p++) {
            first[p] = n;
            for (; at < order.length && patient[order[at]] == p; at++) {
                int row = order[at];
                int from = Math.max(entry[row], startPlace);
                int to = Math.min(stop[row], endPlace);
                if (from < to) {
                    kept[n++] = new RowWindow(
                            row,
                            from,
                            to,
                            from > entry[row] ? times.time(from) : data.entry(row),
                            to < stop[row] ? times.time(to) : data.time(row),
                            to < stop[row] ? 0 : data.status(row));
                }
            }
        }
        first[patients()] = n;
        windows = Arrays.copyOf(kept, n);
    }

    /** Where the rows of a patient begin; those of the last end where one more patient would begin. */
    int first(int patient) {
        return first[patient];
    }

    RowWindow window(int place) {
        return windows[place];
    }

    /** Those of whom nothing is left, in their order. */
    List<String> withoutRows() {
        return IntStream.range(0, patients())
                .filter(p -> first[p] == first[p + 1])
                .mapToObj(this::name)
                .toList();
    }

    private void requireLength(int[] entry, int[] stop, TieRule rule) {
        List<DataProblem> problems = new ArrayList<>();
        for (int i = 0; i < entry.length && problems.size() < DataCheck.MOST_PROBLEMS; i++) {
            // Without entry times a time of 0 is allowed, and never at risk on (0, t].
            if (entry[i] == stop[i] && data.hasEntry()) {
                problems.add(problem(
                        i,
                        "the row ends at " + data.time(i) + ", which counts as the same time by the tie tolerance "
                                + rule.tolerance()
                                + "; allowed: a longer row, or a smaller tolerance, TieRule.EXACT for none"));
            }
        }
        refuse(problems);
    }

    private void requireApart(int[] order, int[] entry, int[] stop) {
        List<DataProblem> problems = new ArrayList<>();
        for (int k = 1; k < order.length && problems.size() < DataCheck.MOST_PROBLEMS; k++) {
            int before = order[k - 1];
            int row = order[k];
            if (id.code(before) == id.code(row) && entry[row] < stop[before]) {
                problems.add(problem(
                        row,
                        "patient '" + id.value(row) + "' is under observation to " + data.time(before) + " in row "
                                + data.sourceRow(before) + " already; allowed: entry at that time or later"));
            }
        }
        refuse(problems);
    }

    private DataProblem problem(int row, String reason) {
        return DataProblem.ofRow(data.sourceRow(row), "entry", data.entry(row), reason);
    }

    private void refuse(List<DataProblem> problems) {
        if (!problems.isEmpty()) {
            throw new InvalidDataException(problems).inSource(data.source());
        }
    }
}
