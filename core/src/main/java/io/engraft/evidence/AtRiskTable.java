package io.engraft.evidence;

import io.engraft.DataProblem;
import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.data.io.CsvSource;
import io.engraft.data.io.CsvTable;
import io.engraft.internal.Brief;
import io.engraft.internal.Require;
import java.util.ArrayList;
import java.util.List;

/**
 * The numbers at risk printed under a curve: at each time, how many had neither an event nor left before it. The first row
 * is time 0 with all patients; it may be the only one. Immutable.
 */
public final class AtRiskTable {

    private final double[] times;
    private final int[] numbers;

    private AtRiskTable(double[] times, int[] numbers) {
        this.times = times.clone();
        this.numbers = numbers.clone();
    }

    /**
     * A table.
     *
     * @param times the times, 0 first, rising
     * @param numbers the numbers at risk, never rising, at least 1 at time 0
     * @return the table
     * @throws InvalidDataException when a row is wrong; it lists them
     */
    public static AtRiskTable of(double[] times, int[] numbers) {
        Require.sameLength("at-risk times", times.length, "at-risk numbers", numbers.length);
        if (times.length == 0) {
            throw InvalidArgumentException.of("at-risk table", "empty", "a row for time 0, and further rows");
        }
        List<DataProblem> problems = new ArrayList<>();
        for (int i = 0; i < times.length; i++) {
            if (!(times[i] >= 0 && times[i] < Double.POSITIVE_INFINITY)) {
                problems.add(DataProblem.ofRow(i + 1L, "time", times[i], "allowed: a finite time >= 0"));
            } else if (i == 0 && times[i] != 0) {
                problems.add(DataProblem.ofRow(1, "time", times[i], "allowed in the first row: 0, for all patients"));
            } else if (i > 0 && times[i] <= times[i - 1]) {
                problems.add(DataProblem.ofRow(
                        i + 1L, "time", times[i], "not after the row above it; allowed: rising times"));
            }
            if (numbers[i] < (i == 0 ? 1 : 0)) {
                problems.add(DataProblem.ofRow(
                        i + 1L, "at_risk", numbers[i], i == 0 ? "allowed at time 0: >= 1" : "allowed: >= 0"));
            } else if (i > 0 && numbers[i] > numbers[i - 1]) {
                problems.add(DataProblem.ofRow(
                        i + 1L,
                        "at_risk",
                        numbers[i],
                        "rises from " + numbers[i - 1] + "; allowed: numbers at risk that never rise"));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidDataException(problems);
        }
        return new AtRiskTable(times, numbers);
    }

    /**
     * Only the number of patients.
     *
     * @param patients how many there are at time 0, at least 1
     * @return a table of one row
     */
    public static AtRiskTable ofPatients(int patients) {
        return of(new double[] {0}, new int[] {Require.atLeast("patients", patients, 1)});
    }

    /**
     * Reads a table with the columns time and at_risk, or of two columns of numbers without a header.
     *
     * @param source where it comes from
     * @return the table
     * @throws InvalidDataException when a column is missing or a row is wrong; it lists them
     * @throws io.engraft.FileException when the file cannot be read
     */
    public static AtRiskTable read(CsvSource source) {
        CsvTable table = CsvTable.read(source, List.of("time", "at_risk"));
        table.requireColumns(List.of("time", "at_risk"));
        double[] times = table.numbers("time");
        double[] read = table.numbers("at_risk");
        int[] numbers = new int[read.length];
        List<DataProblem> problems = new ArrayList<>();
        for (int i = 0; i < read.length; i++) {
            numbers[i] = (int) read[i];
            if (numbers[i] != read[i]) {
                problems.add(table.problem(i, "at_risk", "allowed: a whole number"));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidDataException(problems);
        }
        try {
            return of(times, numbers);
        } catch (InvalidDataException e) {
            throw e.inSource(table.source());
        }
    }

    /**
     * The number of rows.
     *
     * @return at least 1
     */
    public int size() {
        return times.length;
    }

    /**
     * A row's time.
     *
     * @param row from 0
     * @return the time
     */
    public double time(int row) {
        return times[row];
    }

    /**
     * A row's number at risk.
     *
     * @param row from 0
     * @return the number
     */
    public int atRisk(int row) {
        return numbers[row];
    }

    /**
     * All patients.
     *
     * @return the number at risk at time 0
     */
    public int patients() {
        return numbers[0];
    }

    @Override
    public String toString() {
        return "numbers at risk at " + Brief.count(times.length, "time") + ", " + Brief.number(numbers[0])
                + " at the start";
    }
}
