package io.engraft.data.rows;

import io.engraft.CheckReturnValue;
import io.engraft.DataProblem;
import io.engraft.InvalidDataException;
import io.engraft.data.Categories;
import io.engraft.data.DataCheck;
import io.engraft.data.DurationUnit;
import io.engraft.data.SurvivalData;
import io.engraft.data.io.ColumnRoles;
import io.engraft.data.io.CovariateType;
import io.engraft.data.io.CsvSource;
import io.engraft.data.io.CsvTable;
import io.engraft.data.io.MissingValues;
import io.engraft.data.io.TableData;
import io.engraft.data.io.TableSource;
import io.engraft.internal.Brief;
import io.engraft.internal.csv.DateText;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A file with any number of rows a patient: an id, a time, and columns of what was measured or what happened then. Its
 * columns become covariates that change, and events, for {@link RowsBuilder}. Immutable.
 */
@CheckReturnValue
public final class TimedTable {

    private final CsvTable table;
    private final String id;
    private final String time;
    private final MissingValues missing;
    private final @Nullable Calendar calendar;
    /** Found when it is first asked for. */
    private @Nullable Read read;

    /** How dates become times. */
    private record Calendar(Map<String, LocalDate> origin, DateText dates, DurationUnit unit) {}

    /** The rows with an id and a time: their places in the file, and both columns. */
    private static final class Read {

        private final int[] row;
        private final Categories id;
        private final double[] time;

        Read(int[] row, Categories id, double[] time) {
            this.row = row;
            this.id = id;
            this.time = time;
        }
    }

    private TimedTable(CsvTable table, String id, String time, MissingValues missing, @Nullable Calendar calendar) {
        this.table = table;
        this.id = id;
        this.time = time;
        this.missing = missing;
        this.calendar = calendar;
    }

    /**
     * Reads a file.
     *
     * @param source where it comes from
     * @param id the column of the patients' ids
     * @param time the column of the times
     * @return the table
     * @throws InvalidDataException when the text is malformed, or a column is not there
     * @throws io.engraft.FileException when the file cannot be read
     */
    public static TimedTable read(CsvSource source, String id, String time) {
        return of(CsvTable.read(source), id, time);
    }

    /**
     * A table that was read, with its marks of missing values.
     *
     * @param table the table
     * @param id the column of the patients' ids
     * @param time the column of the times
     * @return the table
     * @throws InvalidDataException when a column is not there
     */
    public static TimedTable of(CsvTable table, String id, String time) {
        table.requireColumns(List.of(id, time));
        return new TimedTable(table, id, time, MissingValues.FAIL, null);
    }

    /**
     * What to do with rows without an id or a time.
     *
     * @param policy an error that lists them, unless said, or leave them out
     * @return the table with it
     */
    public TimedTable withMissing(MissingValues policy) {
        return new TimedTable(table, id, time, policy, calendar);
    }

    /**
     * Dates in place of times: the time is the whole days from a date of the patient, in a unit (a month of 30.4375 days, a
     * year of 365.25).
     *
     * @param origin the date from which time runs, by id; rows of other ids are as those of unknown patients
     * @param format d, M and yyyy with what stands between them, such as yyyy-MM-dd or dd.MM.yyyy
     * @param unit the unit of the times of the follow-up
     * @return the table with it
     * @throws io.engraft.InvalidArgumentException when the format leaves a date open
     */
    public TimedTable withDates(Map<String, LocalDate> origin, String format, DurationUnit unit) {
        return new TimedTable(table, id, time, missing, new Calendar(Map.copyOf(origin), DateText.of(format), unit));
    }

    /**
     * The columns beside the id and the time.
     *
     * @return their names, in order
     */
    public List<String> columns() {
        return table.columns().stream()
                .filter(c -> !c.isEmpty() && !c.equals(id) && !c.equals(time))
                .toList();
    }

    /**
     * How many rows were left out for want of an id or a time.
     *
     * @return the number, 0 unless that was asked for
     * @throws InvalidDataException when an id is missing, or a time is missing or none; it lists them
     */
    public long dropped() {
        return (long) table.rowCount() - read().row.length;
    }

    /**
     * A column as a covariate that changes: numeric if every value is a number, else categorical.
     *
     * @param column its name, which the covariate has too
     * @return the covariate
     * @throws InvalidDataException when there is no such column, an id or a time cannot be used, the column has no value,
     *     or few of its values are not numbers; it lists them
     */
    public TimedCovariate covariate(String column) {
        return covariate(column, CovariateType.AUTOMATIC);
    }

    /**
     * A column as a covariate that changes.
     *
     * @param column its name, which the covariate has too
     * @param type how it is read
     * @return the covariate
     * @throws InvalidDataException when there is no such column, an id or a time cannot be used, or the column has no value
     *     or one that is not of the type; it lists them
     */
    public TimedCovariate covariate(String column, CovariateType type) {
        table.requireColumns(List.of(column));
        Read rows = read();
        int[] there = IntStream.range(0, rows.row.length)
                .filter(i -> !table.isMissing(rows.row[i], column))
                .toArray();
        if (there.length == 0) {
            throw new InvalidDataException(
                    new DataProblem(table.source(), 0, 0, column, null, "it has no value; allowed: at least one"));
        }
        SurvivalData values = values(column, type, rows, there);
        TimedCovariate covariate;
        if (values.hasNumericCovariate(column)) {
            double[] number = values.numericCovariate(column);
            double[] all = new double[rows.row.length];
            Arrays.fill(all, Double.NaN);
            IntStream.range(0, there.length).forEach(k -> all[there[k]] = number[k]);
            covariate = TimedCovariate.values(column, rows.id, rows.time, all);
        } else {
            Categories level = values.categoricalCovariate(column);
            @Nullable String[] all = new @Nullable String[rows.row.length];
            IntStream.range(0, there.length).forEach(k -> all[there[k]] = level.value(k));
            covariate = TimedCovariate.levels(column, rows.id, rows.time, Arrays.asList(all));
        }
        return placed(covariate).withFindings(values.warnings(), values.notes());
    }

    /** The values of a column by the rules of every table that is read. */
    private SurvivalData values(String column, CovariateType type, Read rows, int[] there) {
        // The follow-up that is asked for beside it says nothing.
        ColumnRoles roles = ColumnRoles.of("\u0001time", "\u0001status").withCovariate(column, type);
        try {
            return TableData.read(
                    new TableSource() {
                        @Override
                        public String name() {
                            return table.source();
                        }

                        @Override
                        public List<String> columnNames() {
                            return List.of("\u0001time", "\u0001status", column);
                        }

                        @Override
                        public int rowCount() {
                            return there.length;
                        }

                        @Override
                        public String text(int row, int place) {
                            return place == 0 ? "1" : place == 1 ? "0" : pointed(rows.row[there[row]], column);
                        }
                    },
                    roles);
        } catch (InvalidDataException e) {
            throw new InvalidDataException(e.problems().stream()
                    .map(p -> p.row() == 0 ? p : table.problem(rows.row[there[(int) p.row() - 1]], column, p.reason()))
                    .toList());
        }
    }

    /** A cell as text, a number with a decimal point. */
    private String pointed(int row, String column) {
        String text = table.text(row, column);
        return text.indexOf(',') >= 0 && table.isNumber(row, column)
                ? String.valueOf(table.number(row, column).getAsDouble())
                : text;
    }

    private TimedCovariate placed(TimedCovariate covariate) {
        return covariate.withSource(table.source()).withPlace(place());
    }

    private TimedRows.Place place() {
        int[] row = read().row;
        return (i, column, value, reason) ->
                new DataProblem(table.source(), row[i] + 1L, table.line(row[i]), column, value, reason);
    }

    /**
     * Every row as the onset of something that stays.
     *
     * @param name the covariate's name
     * @return the covariate, 0 until a patient's first row and 1 after it
     * @throws InvalidDataException when an id or a time cannot be used; it lists them
     */
    public TimedCovariate onset(String name) {
        return placed(TimedCovariate.onset(name, read().id, read().time));
    }

    /**
     * Every row as an event of a kind.
     *
     * @param kind the label of the cause
     * @return the events
     * @throws InvalidDataException when an id or a time cannot be used; it lists them
     */
    public TimedEvents events(String kind) {
        return TimedEvents.of(kind, read().id, read().time)
                .withSource(table.source())
                .withPlace(place());
    }

    /**
     * Every row as an event of the kind that a column names.
     *
     * @param column the column of the kinds
     * @return the events
     * @throws InvalidDataException when there is no such column, a kind is missing, or an id or a time cannot be used; it
     *     lists them
     */
    public TimedEvents eventsBy(String column) {
        table.requireColumns(List.of(column));
        Read rows = read();
        List<DataProblem> problems = new ArrayList<>();
        List<String> kinds = new ArrayList<>();
        for (int row : rows.row) {
            if (table.isMissing(row, column) && problems.size() < DataCheck.MOST_PROBLEMS) {
                problems.add(table.problem(row, column, "missing value; allowed: the kind of the event"));
            }
            kinds.add(table.text(row, column));
        }
        refuse(problems);
        return TimedEvents.of(table.source(), rows.id, rows.time, Categories.of(kinds))
                .withPlace(place());
    }

    private Read read() {
        Read known = read;
        if (known == null) {
            known = rows();
            read = known;
        }
        return known;
    }

    private Read rows() {
        List<DataProblem> problems = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        int[] row = new int[table.rowCount()];
        double[] times = new double[row.length];
        int n = 0;
        for (int i = 0; i < row.length && problems.size() < DataCheck.MOST_PROBLEMS; i++) {
            boolean complete = true;
            for (String column : List.of(id, time)) {
                if (table.isMissing(i, column)) {
                    complete = false;
                    if (missing == MissingValues.FAIL) {
                        problems.add(table.problem(
                                i,
                                column,
                                "missing value; allowed: a value in every row, or dropping rows without one"));
                    }
                }
            }
            if (complete) {
                String who = table.text(i, id);
                ids.add(who);
                row[n] = i;
                times[n++] = time(i, who, problems);
            }
        }
        refuse(problems);
        if (n == 0) {
            throw new InvalidDataException(DataProblem.ofWhole("every row lacks an id or a time, so none is left")
                    .inSource(table.source()));
        }
        return new Read(Arrays.copyOf(row, n), Categories.of(ids), Arrays.copyOf(times, n));
    }

    private double time(int row, String who, List<DataProblem> problems) {
        Calendar dates = calendar;
        if (dates == null) {
            try {
                return table.number(row, time).orElse(Double.NaN);
            } catch (InvalidDataException e) {
                problems.addAll(e.problems());
                return 0;
            }
        }
        DateText.Reading reading = dates.dates.read(table.text(row, time));
        LocalDate date = reading.date();
        if (date == null) {
            problems.add(table.problem(row, time, reading.reason()));
            return 0;
        }
        LocalDate origin = dates.origin.get(who);
        return origin == null ? 0 : DurationUnit.DAYS.to(dates.unit, (double) ChronoUnit.DAYS.between(origin, date));
    }

    private static void refuse(List<DataProblem> problems) {
        if (!problems.isEmpty()) {
            throw new InvalidDataException(problems);
        }
    }

    @Override
    public String toString() {
        return table.source() + ": " + Brief.count(table.rowCount(), "row") + " by " + id + " and " + time
                + ", columns " + Brief.list(columns());
    }
}
