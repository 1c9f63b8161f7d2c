package io.engraft.history;

import io.engraft.DataProblem;
import io.engraft.InvalidDataException;
import io.engraft.data.DataCheck;
import io.engraft.data.io.CsvSource;
import io.engraft.data.io.CsvTable;
import io.engraft.internal.Brief;
import io.engraft.internal.csv.DateText;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
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
        return read(source, HistoryMap.none(), others);
    }

    /**
     * Reads a cohort from a registry's export.
     *
     * @param source where the text comes from
     * @param map what its columns are called and how they are written
     * @param others what to do with columns that are neither events nor named by the map
     * @return the histories
     * @throws InvalidDataException when the text, a cell or a history cannot be used, or a yes-or-no column contradicts
     *     the date beside it; it lists what is wrong
     * @throws io.engraft.FileException when the file cannot be read
     */
    public static HistoryTable read(CsvSource source, HistoryMap map, OtherColumns others) {
        CsvTable table = map.marked(CsvTable.read(source));
        table.requireColumns(map.named());
        table.requireColumns(List.of(map.column(ID)));
        Set<TransplantEvent> recorded = EnumSet.noneOf(TransplantEvent.class);
        List<String> kept = new ArrayList<>(table.columns());
        for (TransplantEvent event : TransplantEvent.values()) {
            if (holds(table, map, event.column())) {
                recorded.add(event);
                kept.remove(map.column(event.column()));
            } else if (map.flag(event).isPresent()) {
                throw new InvalidDataException(DataProblem.ofWhole("column "
                                + map.flag(event).get()
                                + " says whether there was " + event.column()
                                + ", and no column says when; allowed: one that the map names " + event.column())
                        .inSource(source.name()));
            }
        }
        kept.removeAll(map.named());
        kept.remove(map.column(ID));
        kept.remove(map.column(TRANSPLANT_DATE));
        kept.removeIf(String::isEmpty);
        if (others == OtherColumns.FAIL && !kept.isEmpty()) {
            throw new InvalidDataException(unknown(table, kept));
        }
        HistoryTable result = HistoryTable.of(new Rows(table, map, recorded).histories(), recorded)
                .withSource(source.name());
        for (String column : kept) {
            result = result.withColumn(column, values(table, column));
        }
        return blanked(table, kept).map(result::withWarning).orElse(result);
    }

    /** Whether the table has the column of a name, which the map may need for something else. */
    private static boolean holds(CsvTable table, HistoryMap map, String name) {
        return table.hasColumn(map.column(name)) && !map.isTaken(name);
    }

    private static List<DataProblem> unknown(CsvTable table, List<String> columns) {
        List<String> known = new ArrayList<>(List.of(ID, TRANSPLANT_DATE));
        Arrays.stream(TransplantEvent.values()).map(TransplantEvent::column).forEach(known::add);
        return columns.stream()
                .map(
                        c -> new DataProblem(
                                table.source(),
                                0,
                                0,
                                c,
                                null,
                                "not a column of histories; allowed: " + String.join(", ", known)
                                        + ", or keeping other columns (--keep-columns), or saying what they are called here (--map)"))
                .toList();
    }

    /** What was written in cells of carried columns that are empty now. */
    private static Optional<String> blanked(CsvTable table, List<String> kept) {
        List<String> all = new ArrayList<>();
        for (String column : kept) {
            Map<String, Integer> marks = new LinkedHashMap<>();
            for (int i = 0; i < table.rowCount(); i++) {
                if (table.isMissing(i, column) && !table.text(i, column).isEmpty()) {
                    marks.merge(table.text(i, column), 1, Integer::sum);
                }
            }
            if (!marks.isEmpty()) {
                List<String> counts = new ArrayList<>();
                marks.forEach((mark, rows) -> counts.add("'" + mark + "' in " + Brief.count(rows, "row")));
                all.add(column + " (" + String.join(", ", counts) + ")");
            }
        }
        return all.isEmpty()
                ? Optional.empty()
                : Optional.of("marks of a missing value became empty cells in columns that are carried along: "
                        + String.join(", ", all));
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
        private final HistoryMap map;
        private final String id;
        private final String start;
        private final Set<TransplantEvent> recorded;
        private final boolean dated;
        private final List<DataProblem> problems = new ArrayList<>();
        private final Map<String, Integer> firstRows = new LinkedHashMap<>();

        Rows(CsvTable table, HistoryMap map, Set<TransplantEvent> recorded) {
            this.table = table;
            this.map = map;
            this.recorded = recorded;
            this.dated = holds(table, map, TRANSPLANT_DATE);
            this.id = map.column(ID);
            this.start = map.column(TRANSPLANT_DATE);
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
                if (builder != null && happened(row, event)) {
                    add(builder, row, event);
                }
            }
            if (builder == null || problems.size() > before) {
                return null;
            }
            try {
                return builder.build(event -> map.column(event.column()));
            } catch (InvalidDataException e) {
                for (DataProblem p : e.problems()) {
                    problems.add(new DataProblem(
                            table.source(), row + 1L, table.line(row), p.column(), p.value(), p.reason()));
                }
                return null;
            }
        }

        private TransplantHistory.@Nullable Builder start(int row) {
            String patient = table.text(row, id);
            Integer first = firstRows.putIfAbsent(patient, row);
            if (table.isMissing(row, id)) {
                problems.add(table.problem(row, id, "missing value; allowed: the patient's id"));
                return null;
            }
            if (first != null) {
                problems.add(table.problem(
                        row, id, "the patient is in row " + (first + 1) + " too; allowed: one row a patient"));
            }
            if (!dated) {
                return TransplantHistory.builder(patient);
            }
            if (table.isMissing(row, start)) {
                problems.add(table.problem(row, start, "missing value; allowed: the date of the first transplant"));
                return null;
            }
            LocalDate date = date(row, start);
            return date == null ? null : TransplantHistory.builder(patient, date);
        }

        /** Whether an event happened: by its yes-or-no column, where there is one, which its date must not contradict. */
        private boolean happened(int row, TransplantEvent event) {
            String column = map.column(event.column());
            boolean timed = !table.isMissing(row, column);
            Optional<String> flag = map.flag(event);
            if (flag.isEmpty()) {
                return timed;
            }
            String what = event.column() + (dated ? " has a date" : " has a day");
            if (table.isMissing(row, flag.get())) {
                problems.add(table.problem(
                        row,
                        flag.get(),
                        "missing value" + (timed ? ", and " + what : "") + ": whether there was " + event.column()
                                + " is not known; allowed: " + map.words()));
                return false;
            }
            Optional<Boolean> said = map.says(event, table.text(row, flag.get()));
            if (said.isEmpty()) {
                problems.add(table.problem(
                        row,
                        flag.get(),
                        "neither yes nor no; allowed: " + map.words() + ", or other levels of the map's yes and no"));
                return false;
            }
            if (said.get() && !timed) {
                problems.add(table.problem(
                        row,
                        column,
                        "missing value, and column " + flag.get() + " says '" + table.text(row, flag.get())
                                + "'; allowed: when it happened, or no"));
            }
            if (!said.get() && timed && !map.isShared(column)) {
                problems.add(table.problem(
                        row,
                        column,
                        what + ", and column " + flag.get() + " says '" + table.text(row, flag.get())
                                + "'; allowed: an empty cell, or yes"));
            }
            return said.get() && timed;
        }

        private void add(TransplantHistory.Builder builder, int row, TransplantEvent event) {
            String column = map.column(event.column());
            String text = table.text(row, column);
            if (dated) {
                LocalDate date = date(row, column);
                if (date != null) {
                    builder.on(event, date, text);
                }
                return;
            }
            if (DateText.isIso(text)) {
                problems.add(table.problem(
                        row,
                        column,
                        "a date, and there is no column " + TRANSPLANT_DATE
                                + "; allowed: a number of days from the first transplant"));
            } else {
                day(row, column).ifPresent(day -> builder.on(event, day));
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
            DateText.Reading reading = map.dates().read(table.text(row, column));
            if (reading.date() == null) {
                problems.add(table.problem(row, column, reading.reason()));
            }
            return reading.date();
        }
    }
}
