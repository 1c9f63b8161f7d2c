package io.engraft.history;

import io.engraft.DataProblem;
import io.engraft.InvalidDataException;
import io.engraft.data.DataCheck;
import io.engraft.data.io.CsvSource;
import io.engraft.data.io.CsvTable;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what happened to patients from delimited text, one patient a row. The column {@value #ID} names the patient; the
 * others are events, named by {@link TransplantEvent#column()}. With a column {@value #TRANSPLANT_DATE} every cell is a
 * date, year-month-day as in 2024-03-15; without it every cell is a number of days from the first transplantation. A cell
 * is empty or NA where the event did not happen. A column may be left out where the event was not looked for; endpoints
 * that need it are then refused.
 */
public final class HistoryCsv {

    /** The column of the patients' ids. */
    public static final String ID = "id";

    /** The column of the first transplantation's date. */
    public static final String TRANSPLANT_DATE = "transplant_date";

    private static final Pattern ISO_DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    private HistoryCsv() {}

    /**
     * Reads a cohort; a column that is not an event is an error.
     *
     * @param source where the text comes from
     * @return the histories
     * @throws InvalidDataException when the text, a cell or a history cannot be used; it lists what is wrong
     * @throws io.engraft.FileException when the file cannot be read
     */
    public static HistoryTable read(CsvSource source) {
        return read(source, OtherColumns.FAIL);
    }

    /**
     * Reads a cohort.
     *
     * @param source where the text comes from
     * @param others what to do with columns that are not events; those that are kept hold numbers if all their values
     *     are numbers, else text
     * @return the histories
     * @throws InvalidDataException when the text, a cell or a history cannot be used; it lists what is wrong
     * @throws io.engraft.FileException when the file cannot be read
     */
    public static HistoryTable read(CsvSource source, OtherColumns others) {
        CsvTable table = CsvTable.read(source);
        table.requireColumns(List.of(ID));
        Set<TransplantEvent> recorded = EnumSet.noneOf(TransplantEvent.class);
        List<String> kept = new ArrayList<>();
        for (String column : table.columns()) {
            Arrays.stream(TransplantEvent.values())
                    .filter(e -> e.column().equals(column))
                    .findFirst()
                    .ifPresentOrElse(recorded::add, () -> kept.add(column));
        }
        kept.remove(ID);
        kept.remove(TRANSPLANT_DATE);
        kept.removeIf(String::isEmpty);
        if (others == OtherColumns.FAIL && !kept.isEmpty()) {
            throw new InvalidDataException(unknown(table, kept));
        }
        HistoryTable result =
                HistoryTable.of(new Rows(table, recorded).histories(), recorded).withSource(source.name());
        for (String column : kept) {
            result = result.withColumn(column, values(table, column));
        }
        return result;
    }

    private static List<DataProblem> unknown(CsvTable table, List<String> columns) {
        List<String> known = new ArrayList<>(List.of(ID, TRANSPLANT_DATE));
        Arrays.stream(TransplantEvent.values()).map(TransplantEvent::column).forEach(known::add);
        return columns.stream()
                .map(c -> new DataProblem(
                        table.source(),
                        0,
                        0,
                        c,
                        null,
                        "not a column of histories; allowed: " + String.join(", ", known)
                                + ", or keeping other columns"))
                .toList();
    }

    private static List<@Nullable Object> values(CsvTable table, String column) {
        boolean numbers = true;
        for (int i = 0; i < table.rowCount() && numbers; i++) {
            numbers = table.isMissing(i, column) || table.isNumber(i, column);
        }
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < table.rowCount(); i++) {
            String text = table.text(i, column);
            if (table.isMissing(i, column)) {
                values.add(null);
            } else if (numbers) {
                values.add(table.number(i, column).orElseThrow());
            } else {
                values.add(text);
            }
        }
        return values;
    }

    /** Builds one history a row and collects what is wrong with any. */
    private static final class Rows {

        private final CsvTable table;
        private final Set<TransplantEvent> recorded;
        private final boolean dated;
        private final List<DataProblem> problems = new ArrayList<>();
        private final Map<String, Integer> firstRows = new LinkedHashMap<>();

        Rows(CsvTable table, Set<TransplantEvent> recorded) {
            this.table = table;
            this.recorded = recorded;
            this.dated = table.hasColumn(TRANSPLANT_DATE);
        }

        List<TransplantHistory> histories() {
            List<TransplantHistory> histories = new ArrayList<>();
            for (int i = 0; i < table.rowCount() && problems.size() < DataCheck.MOST_PROBLEMS; i++) {
                TransplantHistory history = history(i);
                if (history != null) {
                    histories.add(history);
                }
            }
            if (!problems.isEmpty()) {
                throw new InvalidDataException(problems);
            }
            return histories;
        }

        private @Nullable TransplantHistory history(int row) {
            int before = problems.size();
            TransplantHistory.Builder builder = start(row);
            for (TransplantEvent event : recorded) {
                if (builder != null && !table.isMissing(row, event.column())) {
                    add(builder, row, event);
                }
            }
            if (builder == null || problems.size() > before) {
                return null;
            }
            try {
                return builder.build();
            } catch (InvalidDataException e) {
                for (DataProblem p : e.problems()) {
                    problems.add(new DataProblem(
                            table.source(), row + 1L, table.line(row), p.column(), p.value(), p.reason()));
                }
                return null;
            }
        }

        private TransplantHistory.@Nullable Builder start(int row) {
            String id = table.text(row, ID);
            Integer first = firstRows.putIfAbsent(id, row);
            if (table.isMissing(row, ID)) {
                problems.add(table.problem(row, ID, "missing value; allowed: the patient's id"));
                return null;
            }
            if (first != null) {
                problems.add(table.problem(
                        row, ID, "the patient is in row " + (first + 1) + " too; allowed: one row a patient"));
            }
            if (!dated) {
                return TransplantHistory.builder(id);
            }
            if (table.isMissing(row, TRANSPLANT_DATE)) {
                problems.add(table.problem(
                        row, TRANSPLANT_DATE, "missing value; allowed: the date of the first transplant"));
                return null;
            }
            LocalDate date = date(row, TRANSPLANT_DATE);
            return date == null ? null : TransplantHistory.builder(id, date);
        }

        private void add(TransplantHistory.Builder builder, int row, TransplantEvent event) {
            String text = table.text(row, event.column());
            if (dated) {
                LocalDate date = date(row, event.column());
                if (date != null) {
                    builder.on(event, date);
                }
                return;
            }
            if (ISO_DATE.matcher(text).matches()) {
                problems.add(table.problem(
                        row,
                        event.column(),
                        "a date, and there is no column " + TRANSPLANT_DATE
                                + "; allowed: a number of days from the first transplant"));
            } else {
                day(row, event.column()).ifPresent(day -> builder.on(event, day));
            }
        }

        private OptionalDouble day(int row, String column) {
            try {
                return table.number(row, column);
            } catch (InvalidDataException e) {
                problems.addAll(e.problems());
                return OptionalDouble.empty();
            }
        }

        private @Nullable LocalDate date(int row, String column) {
            String text = table.text(row, column);
            if (ISO_DATE.matcher(text).matches()) {
                try {
                    return LocalDate.parse(text);
                } catch (DateTimeParseException e) {
                    problems.add(table.problem(row, column, "there is no such day in the calendar"));
                    return null;
                }
            }
            problems.add(table.problem(
                    row, column, "not a date; allowed: year-month-day, as in 2024-03-15, in a file with dates"));
            return null;
        }
    }
}
