package io.engraft.evidence;

import io.engraft.DataProblem;
import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.data.DataCheck;
import io.engraft.data.io.CsvSource;
import io.engraft.internal.Brief;
import io.engraft.internal.Require;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Points read off a printed curve, from left to right: a survival curve, or the cumulative incidence of one cause. Several
 * points may share a time (the top and the foot of a step); the last of them counts. The start, survival 1 or incidence 0 at
 * time 0, is added where it was not read. Immutable.
 */
public final class DigitisedCurve {

    private static final String TIME = "time";
    private static final String SURVIVAL = "survival";
    private static final String INCIDENCE = "incidence";

    private final boolean survival;
    private final String cause;
    private final double[] times;
    private final double[] values;
    private final @Nullable String source;
    private final long[] rows;
    private final long[] lines;
    private final int moved;

    DigitisedCurve(
            boolean survival,
            String cause,
            double[] times,
            double[] values,
            @Nullable String source,
            long[] rows,
            long[] lines,
            int moved) {
        this.survival = survival;
        this.cause = cause;
        this.times = times.clone();
        this.values = values.clone();
        this.source = source;
        this.rows = rows;
        this.lines = lines;
        this.moved = moved;
        check();
    }

    private static DigitisedCurve fromArrays(boolean survival, String cause, double[] times, double[] values) {
        Require.sameLength("times", times.length, survival ? SURVIVAL : INCIDENCE, values.length);
        if (times.length == 0) {
            throw InvalidArgumentException.of("digitised points", "empty", "one or more");
        }
        if (cause.isBlank()) {
            throw InvalidArgumentException.ofText("cause", cause, "a name");
        }
        long[] rows = new long[times.length];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = i + 1L;
        }
        return new DigitisedCurve(survival, cause, times, values, null, rows, new long[times.length], 0);
    }

    /**
     * A survival curve.
     *
     * @param times the points' times, &gt;= 0, never falling
     * @param survival the points' survival, 0 to 1
     * @return the curve
     * @throws InvalidDataException when a point is out of range or order; it lists them by row
     */
    public static DigitisedCurve survival(double[] times, double[] survival) {
        return fromArrays(true, "event", times, survival);
    }

    /**
     * A cumulative incidence curve.
     *
     * @param cause what it is of, such as "relapse"
     * @param times the points' times, &gt;= 0, never falling
     * @param incidence the points' cumulative incidence, 0 to 1
     * @return the curve
     * @throws InvalidDataException when a point is out of range or order; it lists them by row
     */
    public static DigitisedCurve incidence(String cause, double[] times, double[] incidence) {
        return fromArrays(false, cause, times, incidence);
    }

    /**
     * Reads curves: columns time and survival for a survival curve; time and incidence, and cause where there are several,
     * for cumulative incidences. {@link DigitisedFile} reads other columns, percentages, and points that are beyond the
     * possible by their precision.
     *
     * @param text where they come from
     * @return one curve, or one a cause in the order of their first rows
     * @throws InvalidDataException when columns are missing or points cannot be used; it lists them
     * @throws io.engraft.FileException when the file cannot be read
     */
    public static List<DigitisedCurve> read(CsvSource text) {
        return DigitisedFile.withDefaults().read(text);
    }

    private void check() {
        List<DataProblem> problems = new ArrayList<>();
        for (int i = 0; i < times.length && problems.size() < DataCheck.MOST_PROBLEMS; i++) {
            if (!(times[i] >= 0 && times[i] < Double.POSITIVE_INFINITY)) {
                problems.add(problem(i, TIME, times[i], "allowed: a finite time >= 0"));
            } else if (i > 0 && times[i] < times[i - 1]) {
                problems.add(problem(
                        i,
                        TIME,
                        times[i],
                        "before the point above it, at " + times[i - 1] + "; allowed: left to right"));
            }
            if (!(values[i] >= 0 && values[i] <= 1)) {
                problems.add(problem(
                        i,
                        column(),
                        values[i],
                        "not a probability; allowed: 0 to 1 (divide percentages by 100, or declare them:"
                                + " --percent)"));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidDataException(problems);
        }
    }

    private String column() {
        return survival ? SURVIVAL : INCIDENCE;
    }

    DataProblem problem(int point, String column, double value, String reason) {
        return new DataProblem(source, rows[point], lines[point], column, String.valueOf(value), reason);
    }

    /**
     * Whether it is a survival curve.
     *
     * @return true for survival, false for a cumulative incidence
     */
    public boolean isSurvival() {
        return survival;
    }

    /**
     * What a cumulative incidence is of.
     *
     * @return the cause; "event" for a survival curve
     */
    public String cause() {
        return cause;
    }

    /**
     * The number of points.
     *
     * @return as read
     */
    public int size() {
        return times.length;
    }

    /**
     * A point's time.
     *
     * @param point from 0
     * @return the time
     */
    public double time(int point) {
        return times[point];
    }

    /**
     * A point's survival or incidence.
     *
     * @param point from 0
     * @return the probability
     */
    public double value(int point) {
        return values[point];
    }

    /**
     * How many points were moved to what is possible, within their precision, as they were read.
     *
     * @return 0 or more
     */
    public int moved() {
        return moved;
    }

    /** The probability of having had the event. */
    double failed(int point) {
        return survival ? 1 - values[point] : values[point];
    }

    /**
     * The probabilities of having had the event, made to rise: a fall of at most the tolerance is flattened and counted, a
     * larger one is an error.
     */
    Rising rising(double tolerance) {
        List<DataProblem> problems = new ArrayList<>();
        double[] risen = new double[times.length];
        double most = 0;
        int flattened = 0;
        for (int i = 0; i < risen.length; i++) {
            double now = failed(i);
            if (times[i] == 0 && now > tolerance) {
                problems.add(problem(
                        i, column(), values[i], "allowed at time 0: " + (survival ? "survival 1" : "incidence 0")));
            }
            if (most - now > tolerance) {
                problems.add(problem(
                        i,
                        column(),
                        values[i],
                        (survival ? "survival rises by " : "incidence falls by ") + (float) (most - now)
                                + " from the points before it; allowed: up to the declared tolerance of " + tolerance));
            }
            flattened += now < most ? 1 : 0;
            most = times[i] == 0 ? 0 : Math.max(most, now);
            risen[i] = most;
        }
        if (!problems.isEmpty()) {
            throw new InvalidDataException(problems);
        }
        return new Rising(times, risen, flattened);
    }

    /** Points in order whose probability of having had the event never falls. */
    static final class Rising {
        final double[] times;
        final double[] failed;
        final int flattened;

        Rising(double[] times, double[] failed, int flattened) {
            this.times = times;
            this.failed = failed;
            this.flattened = flattened;
        }

        /** The value of the last point up to a time; 0 before the first. */
        double at(double time) {
            int low = 0;
            int high = times.length;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (times[middle] <= time) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low == 0 ? 0 : failed[low - 1];
        }

        double lastTime() {
            return times[times.length - 1];
        }
    }

    @Override
    public String toString() {
        return (survival ? "survival" : "incidence of " + cause) + " read at " + Brief.count(times.length, "point");
    }
}
