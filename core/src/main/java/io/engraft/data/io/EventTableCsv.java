package io.engraft.data.io;

import io.engraft.DataProblem;
import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.data.DurationUnit;
import io.engraft.data.EventCounts;
import io.engraft.data.EventTable;
import io.engraft.data.TidyTable;
import io.engraft.data.WeightType;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Event tables as CSV, for spreadsheets; {@link EventTableText} is the same as JSON. What is read equals what was
 * written, to the last bit of every sum of weights.
 *
 * <pre>
 *   version,unit,group,time,entered,censored,event:relapse,event:death
 *   2,months,A,,3,,,
 *   2,months,A,1,0,0,1,0
 *   2,months,A,2.5,0,1,0,1
 * </pre>
 *
 * <p>{@code unit} is days, months or years in every row, or empty where none was declared; version 1 had no such column.
 * The first row of a group has no time and gives, under {@code entered}, the rows at risk from time 0. The rows after
 * it give the distinct times in ascending order. With late entry there is a column {@code shortest_interval}, filled in
 * the first rows of groups that have any: the least (time - entry) / time of the group. With weights there are columns
 * {@code frequency:entered}, {@code frequency:censored}, {@code frequency:event:relapse} and so on (or
 * {@code sampling:...} and then {@code squared:...} too) with the sums of weights;
 * where a double does not hold one, the doubles that make it up are joined by plus signs.
 */
public final class EventTableCsv {

    private static final String VERSION = "version";
    private static final String UNIT = "unit";
    private static final String GROUP = "group";
    private static final String TIME = "time";
    private static final String SHORTEST = "shortest_interval";
    private static final String SQUARED = "squared:";
    /** Columns before those of counts. */
    private static final int FIXED = 4;

    private EventTableCsv() {}

    /**
     * Tables as CSV text.
     *
     * @param groups tables by group, at least one, with the same causes, unit and weight type
     * @return the text
     * @throws InvalidArgumentException when there is no table, causes, units or weight types differ, or a name is one that CSV
     *     does not keep: empty, NA, with blanks around it, or with an apostrophe in front
     */
    public static String text(Map<String, EventTable> groups) {
        return CsvOutput.text(table(groups));
    }

    /**
     * Writes tables to a CSV file, completely or not at all.
     *
     * @param groups tables by group, as for {@link #text}
     * @param file the file to make or replace
     * @throws InvalidArgumentException as {@link #text}
     * @throws io.engraft.FileException when writing fails
     */
    public static void write(Map<String, EventTable> groups, Path file) {
        CsvOutput.write(table(groups), file);
    }

    private static TidyTable table(Map<String, EventTable> groups) {
        EventTableText.requireAlike(groups);
        groups.keySet().forEach(EventTableCsv::requireName);
        EventTable first = groups.values().iterator().next();
        first.causes().forEach(EventTableCsv::requireName);
        boolean entries = groups.values().stream().anyMatch(EventTable::hasEntry);
        @Nullable WeightType type = first.weightType().orElse(null);
        TidyTable.Builder table =
                TidyTable.builder().count(VERSION).text(UNIT).text(GROUP).number(TIME);
        List<String> marks = marks(first.causes());
        marks.forEach(table::count);
        if (entries) {
            table.number(SHORTEST);
        }
        int width = FIXED + marks.size() + (entries ? 1 : 0);
        if (type != null) {
            marks.forEach(m -> table.text(type.label() + ":" + m));
            width += marks.size();
        }
        if (type == WeightType.SAMPLING) {
            marks.forEach(m -> table.text(SQUARED + m));
            width += marks.size();
        }
        for (Map.Entry<String, EventTable> group : groups.entrySet()) {
            addRows(table, group.getKey(), group.getValue(), width, entries);
        }
        return table.build();
    }

    private static void requireName(String name) {
        boolean kept = !name.isEmpty() && !name.equals("NA") && !name.startsWith("'") && name.equals(name.strip());
        if (!kept) {
            throw InvalidArgumentException.ofText(
                    "name",
                    name,
                    "neither empty nor NA, no blanks around it, no apostrophe in front; JSON keeps such names");
        }
    }

    /** Names of the columns of counts, in their order in the file. */
    private static List<String> marks(List<String> causes) {
        List<String> names = new ArrayList<>(List.of("entered", "censored"));
        causes.forEach(c -> names.add("event:" + c));
        return names;
    }

    private static void addRows(TidyTable.Builder table, String group, EventTable counts, int width, boolean entries) {
        EventCounts at = EventCounts.of(counts);
        @Nullable String unit = counts.unit().map(DurationUnit::label).orElse(null);
        int marks = counts.causes().size() + 2;
        @Nullable Object[] start = new @Nullable Object[width];
        start[0] = (long) EventTableText.VERSION;
        start[1] = unit;
        start[2] = group;
        start[FIXED] = counts.rowsFromStart();
        if (entries && counts.hasEntry()) {
            start[FIXED + marks] = counts.shortestInterval();
        }
        table.row(start);
        int weights = FIXED + marks + (entries ? 1 : 0);
        boolean weighted = counts.weightType().isPresent();
        boolean squared = weighted && counts.weightType().orElseThrow() == WeightType.SAMPLING;
        for (int i = 0; i < at.size(); i++) {
            @Nullable Object[] row = new @Nullable Object[width];
            row[0] = (long) EventTableText.VERSION;
            row[1] = unit;
            row[2] = group;
            row[3] = at.time(i);
            for (int m = 0; m < marks; m++) {
                int column = column(m, marks);
                boolean there = column < at.columns();
                row[FIXED + m] = there ? (long) at.rows(i, column) : 0L;
                if (weighted) {
                    row[weights + m] = there ? EventTableText.text(at.weight(i, column)) : "0";
                }
                if (squared) {
                    row[weights + marks + m] = there ? EventTableText.text(at.squaredWeight(i, column)) : "0";
                }
            }
            table.row(row);
        }
    }

    /** The column of {@link EventCounts} that stands at a place in the file, where entries come first. */
    private static int column(int place, int marks) {
        return place == 0 ? marks - 1 : place - 1;
    }

    /**
     * Reads tables from CSV.
     *
     * @param source the text
     * @return tables by group, in the order of the file
     * @throws InvalidDataException when a row is bad, the file is of another version, or its counts do not add up
     * @throws io.engraft.FileException when the file cannot be read
     */
    public static Map<String, EventTable> read(CsvSource source) {
        CsvTable table = CsvTable.read(source);
        table.requireColumns(List.of(VERSION, GROUP, TIME, "entered", "censored"));
        Layout layout = Layout.of(table);
        Map<String, List<Integer>> rows = new LinkedHashMap<>();
        for (int i = 0; i < table.rowCount(); i++) {
            requireVersion(table, i);
            if (table.isMissing(i, GROUP)) {
                throw bad(table, i, GROUP, "missing value; allowed: the group's name");
            }
            rows.computeIfAbsent(name(table.text(i, GROUP)), g -> new ArrayList<>())
                    .add(i);
        }
        Optional<DurationUnit> unit = unit(table);
        Map<String, EventTable> groups = new LinkedHashMap<>();
        rows.forEach((group, of) -> {
            EventTable counts = layout.group(of);
            groups.put(group, unit.map(counts::withUnit).orElse(counts));
        });
        return groups;
    }

    /** Version 1 has no column of units, and a file is of one version. */
    private static void requireVersion(CsvTable table, int row) {
        int version = table.hasColumn(UNIT) ? EventTableText.VERSION : EventTableText.WITHOUT_UNIT;
        if (!table.text(row, VERSION).equals(String.valueOf(version))) {
            String other = version == EventTableText.VERSION ? "a column '" : "no column '";
            throw bad(table, row, VERSION, EventTableText.VERSIONS + "; with " + other + UNIT + "' it is " + version);
        }
    }

    /** The unit of the first row, which the others must repeat. */
    private static Optional<DurationUnit> unit(CsvTable table) {
        if (!table.hasColumn(UNIT) || table.rowCount() == 0) {
            return Optional.empty();
        }
        String first = table.isMissing(0, UNIT) ? "" : table.text(0, UNIT);
        for (int i = 0; i < table.rowCount(); i++) {
            String here = table.isMissing(i, UNIT) ? "" : table.text(i, UNIT);
            if (!here.equals(first)) {
                throw bad(table, i, UNIT, "allowed: the unit of the first row, '" + first + "'");
            }
        }
        try {
            return first.isEmpty() ? Optional.empty() : Optional.of(DurationUnit.parse(first));
        } catch (InvalidArgumentException e) {
            throw bad(table, 0, UNIT, "allowed: days, months, years, or nothing");
        }
    }

    /** A name without the apostrophe that keeps spreadsheets from running it. */
    private static String name(String cell) {
        return cell.startsWith("'") ? cell.substring(1) : cell;
    }

    private static InvalidDataException bad(CsvTable table, int row, String column, String reason) {
        return new InvalidDataException(table.problem(row, column, reason));
    }

    /** Which columns a file has. */
    private record Layout(
            CsvTable table, List<String> causes, @Nullable WeightType type, boolean entries) {

        static Layout of(CsvTable table) {
            List<String> causes = table.columns().stream()
                    .filter(c -> c.startsWith("event:"))
                    .map(c -> c.substring("event:".length()))
                    .toList();
            WeightType type = null;
            for (WeightType t : WeightType.values()) {
                type = table.hasColumn(t.label() + ":censored") ? t : type;
            }
            Set<String> known = new LinkedHashSet<>(List.of(VERSION, UNIT, GROUP, TIME));
            List<String> needed = new ArrayList<>(marks(causes));
            if (type != null) {
                String prefix = type.label() + ":";
                marks(causes).forEach(m -> needed.add(prefix + m));
            }
            if (type == WeightType.SAMPLING) {
                marks(causes).forEach(m -> needed.add(SQUARED + m));
            }
            table.requireColumns(needed);
            known.addAll(needed);
            known.add(SHORTEST);
            for (String column : table.columns()) {
                if (!known.contains(column)) {
                    throw new InvalidDataException(
                            new DataProblem(table.source(), 0, 1, column, null, "unknown column; allowed: " + known));
                }
            }
            if (causes.isEmpty()) {
                throw new InvalidDataException(
                        DataProblem.ofWhole("there is no column of events; allowed: columns event:CAUSE, one a cause")
                                .inSource(table.source()));
            }
            return new Layout(table, causes, type, table.hasColumn(SHORTEST));
        }

        EventTable group(List<Integer> rows) {
            int start = rows.get(0);
            if (!table.isMissing(start, TIME)) {
                throw bad(
                        table,
                        start,
                        TIME,
                        "the first row of a group gives the rows at risk from time 0; allowed: no" + " time");
            }
            boolean late = entries && !table.isMissing(start, SHORTEST);
            try {
                EventCounts.Builder counts =
                        type == null ? EventCounts.builder(causes) : EventCounts.builder(causes, type);
                counts.rowsFromStart(whole(start, "entered", 1L << 53));
                if (late) {
                    counts.lateEntries(table.number(start, SHORTEST).orElseThrow());
                }
                for (int row : rows.subList(1, rows.size())) {
                    add(counts, row, late);
                }
                return counts.build().toTable();
            } catch (InvalidArgumentException e) {
                throw bad(table, start, GROUP, String.valueOf(e.getMessage()));
            }
        }

        private void add(EventCounts.Builder counts, int row, boolean late) {
            List<String> names = marks(causes);
            int marks = names.size();
            int columns = late ? marks : marks - 1;
            int[] at = new int[columns];
            List<BigDecimal> sums = new ArrayList<>();
            List<BigDecimal> squares = new ArrayList<>();
            if (!late && whole(row, "entered", Integer.MAX_VALUE) > 0) {
                throw bad(table, row, "entered", "late entries need " + SHORTEST + " in the group's first row");
            }
            for (int column = 0; column < columns; column++) {
                String name = names.get(column == marks - 1 ? 0 : column + 1);
                // Below 0 where patients go on in another group.
                long least = column == marks - 1 ? -Integer.MAX_VALUE : 0;
                at[column] = (int) whole(row, name, least, Integer.MAX_VALUE);
                if (type != null) {
                    sums.add(sum(row, type.label() + ":" + name));
                }
                if (type == WeightType.SAMPLING) {
                    squares.add(sum(row, SQUARED + name));
                }
            }
            double time =
                    table.number(row, TIME).orElseThrow(() -> bad(table, row, TIME, "missing value; allowed: a time"));
            if (type == null) {
                counts.add(time, at);
            } else {
                counts.add(time, at, sums, squares);
            }
        }

        private long whole(int row, String column, long most) {
            return whole(row, column, 0, most);
        }

        private long whole(int row, String column, long least, long most) {
            double value = table.number(row, column)
                    .orElseThrow(() -> bad(table, row, column, "missing value; allowed: a number of rows"));
            if (!(value >= least && value <= most && value == Math.rint(value))) {
                throw bad(table, row, column, "allowed: a whole number of rows, " + least + " to " + most);
            }
            return (long) value;
        }

        private BigDecimal sum(int row, String column) {
            try {
                return EventTableText.sum(table.text(row, column));
            } catch (NumberFormatException e) {
                throw bad(table, row, column, "allowed: a sum of weights, a number or numbers joined by +");
            }
        }
    }
}
