package io.engraft.data.rows;

import io.engraft.DataProblem;
import io.engraft.data.DataCheck;
import java.util.Arrays;
import java.util.List;

/** A covariate as a step function of each patient: the places at which it changes, and its value from each on. */
final class CovariateSteps {

    private final TimedCovariate covariate;
    private final ValueBefore before;
    private final int[] first;
    private final int[] place;
    private final double[] value;

    private CovariateSteps(TimedCovariate covariate, ValueBefore before, int[] first, int[] place, double[] value) {
        this.covariate = covariate;
        this.before = before;
        this.first = first;
        this.place = place;
        this.value = value;
    }

    /** Whether a row of a covariate's table counts as a record of it. */
    static boolean isRecord(TimedCovariate covariate, int row) {
        boolean missing = Double.isNaN(covariate.value(row));
        return switch (covariate.kind()) {
            case ONSET -> !Double.isNaN(covariate.rows().time()[row]);
            case SUM -> !missing;
            case VALUES, LEVELS -> !missing || covariate.missingClears();
        };
    }

    /**
     * Puts the records of each patient and time together.
     *
     * @param before what holds before the first record
     * @param problems takes the values of one time that differ where there is no choice among them
     */
    static CovariateSteps of(
            TimedCovariate covariate,
            ValueBefore before,
            MatchedRows records,
            FollowUpRows follow,
            List<DataProblem> problems) {
        int patients = follow.patients();
        int[] first = new int[patients + 1];
        int all = records.first(patients);
        int[] place = new int[all];
        double[] value = new double[all];
        int n = 0;
        for (int p = 0; p < patients; p++) {
            first[p] = n;
            double sum = 0;
            int end = records.first(p + 1);
            for (int k = records.first(p), next; k < end; k = next) {
                next = k + 1;
                while (next < end && records.place(next) == records.place(k)) {
                    next++;
                }
                place[n] = records.place(k);
                double one = together(covariate, records, k, next, follow.name(p), problems);
                sum += one;
                value[n++] = covariate.kind() == TimedCovariate.Kind.SUM ? sum : one;
            }
        }
        first[patients] = n;
        return new CovariateSteps(covariate, before, first, Arrays.copyOf(place, n), Arrays.copyOf(value, n));
    }

    /** The one value of records of one time; in ascending order, so that the order of the rows does not count. */
    private static double together(
            TimedCovariate covariate,
            MatchedRows records,
            int from,
            int to,
            String patient,
            List<DataProblem> problems) {
        if (to - from == 1) {
            return covariate.value(records.row(from));
        }
        double[] values = new double[to - from];
        int n = 0;
        for (int k = from; k < to; k++) {
            double value = covariate.value(records.row(k));
            if (!Double.isNaN(value)) {
                values[n++] = value;
            }
        }
        if (n == 0) {
            return Double.NaN;
        }
        Arrays.sort(values, 0, n);
        boolean differ = values[0] != values[n - 1];
        return switch (covariate.kind()) {
            case ONSET -> 1;
            case SUM -> sum(values, n);
            case LEVELS, VALUES ->
                switch (covariate.tied()) {
                    case SMALLEST -> values[0];
                    case LARGEST -> values[n - 1];
                    case MEAN -> differ ? sum(values, n) / n : values[0];
                    case FAIL -> {
                        if (differ) {
                            refuse(covariate, records, from, to, patient, problems);
                        }
                        yield values[0];
                    }
                };
        };
    }

    private static double sum(double[] values, int n) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += values[i];
        }
        return sum;
    }

    private static void refuse(
            TimedCovariate covariate,
            MatchedRows records,
            int from,
            int to,
            String patient,
            List<DataProblem> problems) {
        int before = -1;
        for (int k = from; k < to && problems.size() < DataCheck.MOST_PROBLEMS; k++) {
            int row = records.row(k);
            if (Double.isNaN(covariate.value(row))) {
                continue;
            }
            if (before >= 0 && covariate.value(row) != covariate.value(before)) {
                String choice = covariate.isCategorical() ? "" : ", or a choice: the smallest, the largest or the mean";
                problems.add(covariate
                        .rows()
                        .problem(
                                row,
                                covariate.name(),
                                text(covariate, row),
                                "patient '" + patient + "' has " + text(covariate, before)
                                        + " at the same time "
                                        + covariate.rows().time()[row] + " in row "
                                        + covariate
                                                .rows()
                                                .problem(before, null, null, "")
                                                .row()
                                        + "; allowed: one value a time" + choice));
            }
            before = row;
        }
    }

    static String text(TimedCovariate covariate, int row) {
        double value = covariate.value(row);
        return covariate.isCategorical() ? covariate.levels().get((int) value) : String.valueOf(value);
    }

    TimedCovariate covariate() {
        return covariate;
    }

    /** What holds before the first record in a row of the baseline, NaN for nothing. */
    ValueBefore before() {
        return before;
    }

    /** Where a patient's steps begin; those of the last end where one more patient would begin. */
    int first(int patient) {
        return first[patient];
    }

    int place(int step) {
        return place[step];
    }

    double value(int step) {
        return value[step];
    }
}
