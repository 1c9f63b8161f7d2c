package io.engraft.data.rows;

import io.engraft.DataProblem;
import io.engraft.InvalidArgumentException;
import io.engraft.data.rows.FollowUpRows.RowWindow;
import java.util.Arrays;
import java.util.List;

/** Cuts follow-up at every time at which something changes, and says what holds in each piece: one sweep over patients. */
final class RowCutter {

    /** More would not fit into one array of anything. */
    private static final long MOST_ROWS = 500_000_000;

    private final FollowUpRows follow;
    private final RowTimes times;
    private final int[] splits;
    private final List<CovariateSteps> covariates;
    private final List<EventSteps> events;
    private final EventChoice choice;
    private final List<DataProblem> problems;

    /** Where in each covariate, then in each table of events, the patient's next step is. */
    private final int[] at;

    private int[] cuts = new int[16];
    private int cutCount;

    private int size;
    private int[] row = new int[0];
    private double[] entry = new double[0];
    private double[] time = new double[0];
    private int[] status = new int[0];
    private int[] episode = new int[0];
    private final double[][] value;
    private final int[][] count;
    private final int[][] number;

    RowCutter(
            FollowUpRows follow,
            RowTimes times,
            int[] splits,
            List<CovariateSteps> covariates,
            List<EventSteps> events,
            EventChoice choice,
            List<DataProblem> problems) {
        this.follow = follow;
        this.times = times;
        this.splits = splits;
        this.covariates = covariates;
        this.events = events;
        this.choice = choice;
        this.problems = problems;
        this.at = new int[covariates.size() + events.size()];
        this.value = new double[covariates.size()][0];
        this.count = new int[events.size()][0];
        this.number = new int[events.size()][0];
    }

    void cut() {
        reserve();
        for (int p = 0; p < follow.patients(); p++) {
            for (int c = 0; c < at.length; c++) {
                at[c] = first(c, p);
            }
            for (int w = follow.first(p); w < follow.first(p + 1); w++) {
                cut(p, follow.window(w));
            }
        }
    }

    /** Makes room for as many rows as there can be. */
    private void reserve() {
        long most = 0;
        for (CovariateSteps steps : covariates) {
            most += steps.first(follow.patients());
        }
        for (EventSteps steps : events) {
            most += steps.first(follow.patients());
        }
        int rows = follow.first(follow.patients());
        for (int w = 0; w < rows; w++) {
            RowWindow window = follow.window(w);
            most += 1 + lowest(window.endPlace()) - lowest(window.entryPlace() + 1);
        }
        if (most > MOST_ROWS) {
            throw InvalidArgumentException.of(
                    "number of rows", most, "at most " + MOST_ROWS + ": fewer times of splits");
        }
        int capacity = (int) most;
        row = new int[capacity];
        entry = new double[capacity];
        time = new double[capacity];
        status = new int[capacity];
        episode = new int[capacity];
        Arrays.setAll(value, c -> new double[capacity]);
        for (int e = 0; e < events.size(); e++) {
            count[e] = new int[events.get(e).events().count() == null ? 0 : capacity];
            number[e] = new int[events.get(e).events().number() == null ? 0 : capacity];
        }
    }

    /** How many splits are before a place. */
    private int lowest(int place) {
        int found = Arrays.binarySearch(splits, place);
        return found >= 0 ? found : -found - 1;
    }

    private int first(int list, int patient) {
        return list < covariates.size()
                ? covariates.get(list).first(patient)
                : events.get(list - covariates.size()).first(patient);
    }

    private int place(int list, int step) {
        return list < covariates.size()
                ? covariates.get(list).place(step)
                : events.get(list - covariates.size()).place(step);
    }

    private void cut(int patient, RowWindow window) {
        cutCount = 0;
        for (int k = lowest(window.entryPlace() + 1); k < splits.length && splits[k] < window.endPlace(); k++) {
            add(splits[k]);
        }
        for (int list = 0; list < at.length; list++) {
            int end = first(list, patient + 1);
            while (at[list] < end && place(list, at[list]) <= window.entryPlace()) {
                at[list]++;
            }
            for (int k = at[list]; k < end && place(list, k) < window.endPlace(); k++) {
                add(place(list, k));
            }
        }
        Arrays.sort(cuts, 0, cutCount);
        int from = window.entryPlace();
        for (int k = 0; k < cutCount; k++) {
            if (cuts[k] != from) {
                piece(patient, window, from, cuts[k]);
                from = cuts[k];
            }
        }
        piece(patient, window, from, window.endPlace());
    }

    private void add(int place) {
        if (cutCount == cuts.length) {
            cuts = Arrays.copyOf(cuts, 2 * cutCount);
        }
        cuts[cutCount++] = place;
    }

    private void piece(int patient, RowWindow window, int from, int to) {
        row[size] = window.row();
        entry[size] = from == window.entryPlace() ? window.entry() : times.time(from);
        time[size] = to == window.endPlace() ? window.time() : times.time(to);
        episode[size] = 1 + lowest(from + 1);
        int code = to == window.endPlace() ? window.status() : 0;
        for (int list = 0; list < at.length; list++) {
            int end = first(list, patient + 1);
            while (at[list] < end && place(list, at[list]) <= from) {
                at[list]++;
            }
            boolean begun = at[list] > first(list, patient);
            if (list < covariates.size()) {
                value[list][size] = value(covariates.get(list), begun ? at[list] - 1 : -1, window.row());
            } else {
                code = event(list - covariates.size(), begun, at[list] < end, to, patient, code);
            }
        }
        status[size++] = code;
    }

    private static double value(CovariateSteps steps, int step, int row) {
        double before = steps.before().at(row);
        if (step < 0) {
            return before;
        }
        return steps.covariate().kind() == TimedCovariate.Kind.SUM ? before + steps.value(step) : steps.value(step);
    }

    /** The status of the current piece once a table of events has been looked at. */
    private int event(int table, boolean begun, boolean more, int to, int patient, int code) {
        EventSteps steps = events.get(table);
        int next = at[covariates.size() + table];
        boolean ends = more && steps.place(next) == to;
        if (count[table].length > 0) {
            count[table][size] = begun ? steps.number(next - 1) : 0;
        }
        if (number[table].length > 0) {
            number[table][size] = ends ? steps.number(next) : 0;
        }
        if (!ends) {
            return code;
        }
        return code == 0
                ? steps.code(next)
                : choice.of(
                        code,
                        steps.code(next),
                        follow.name(patient),
                        steps.events().rows(),
                        steps.row(next),
                        problems);
    }

    int size() {
        return size;
    }

    /** The row of the baseline that a row was cut from. */
    int row(int i) {
        return row[i];
    }

    double entry(int i) {
        return entry[i];
    }

    double time(int i) {
        return time[i];
    }

    /** The row of the baseline of each row. */
    int[] rows() {
        return Arrays.copyOf(row, size);
    }

    double[] entries() {
        return Arrays.copyOf(entry, size);
    }

    double[] times() {
        return Arrays.copyOf(time, size);
    }

    int[] statuses() {
        return Arrays.copyOf(status, size);
    }

    double[] episodes() {
        return Arrays.stream(episode, 0, size).asDoubleStream().toArray();
    }

    /** The values of a covariate, NaN where there is none. */
    double[] values(int covariate) {
        return Arrays.copyOf(value[covariate], size);
    }

    double[] counts(int table) {
        return Arrays.stream(count[table], 0, size).asDoubleStream().toArray();
    }

    double[] numbers(int table) {
        return Arrays.stream(number[table], 0, size).asDoubleStream().toArray();
    }
}
