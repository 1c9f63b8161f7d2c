package io.engraft.data.io;

import io.engraft.CheckReturnValue;
import io.engraft.DataProblem;
import io.engraft.InvalidDataException;
import io.engraft.data.DataCheck;
import io.engraft.internal.Brief;
import io.engraft.internal.csv.Blanks;
import io.engraft.internal.csv.CsvHead;
import io.engraft.internal.csv.CsvSink;
import io.engraft.internal.csv.DecimalMark;
import io.engraft.internal.csv.NumberText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A small delimited text table as text: a header, and rows with the lines they stand on. Blanks around a cell are
 * removed; a cell is missing where it is empty or holds a mark of missing: NA, N/A, n/a, #N/A, NaN, nan, NULL, null,
 * [Not Available] or a single point, and those that are declared. Immutable.
 */
public final class CsvTable {

    private final String source;
    private final Header header;
    private final List<String[]> rows;
    private final List<Long> lines;
    private final MissingMarks marks;
    /** Of columns with marks of their own. */
    private final Map<String, MissingMarks> columnMarks;

    private CsvTable(
            String source,
            Header header,
            List<String[]> rows,
            List<Long> lines,
            MissingMarks marks,
            Map<String, MissingMarks> columnMarks) {
        this.source = source;
        this.header = header;
        this.rows = rows;
        this.lines = lines;
        this.marks = marks;
        this.columnMarks = columnMarks;
    }

    /** The same table with the marks of missing that the roles declare. */
    CsvTable withMarksOf(ColumnRoles roles) {
        Map<String, MissingMarks> own = new LinkedHashMap<>();
        roles.columnMissingMarks().keySet().forEach(column -> own.put(column, roles.marks(column)));
        return new CsvTable(source, header, rows, lines, marks.with(roles.missingMarks()), own);
    }

    /**
     * The same table with further texts that stand for a missing value.
     *
     * @param more such as "-9"; one that is a number stands for that number however it is written
     * @return the table with these added
     */
    @CheckReturnValue
    public CsvTable withMissingMarks(Collection<String> more) {
        return new CsvTable(source, header, rows, lines, marks.with(more), columnMarks);
    }

    /**
     * The same table with further texts that stand for a missing value in one column.
     *
     * @param column the column
     * @param more such as "99"
     * @return the table with these added
     * @throws InvalidDataException when there is no such column
     */
    @CheckReturnValue
    public CsvTable withMissingMarks(String column, Collection<String> more) {
        requireColumns(List.of(column));
        Map<String, MissingMarks> own = new LinkedHashMap<>(columnMarks);
        own.put(column, own.getOrDefault(column, marks).with(more));
        return new CsvTable(source, header, rows, lines, marks, own);
    }

    /**
     * Reads a whole table.
     *
     * @param source where it comes from
     * @return the table, with at least one row
     * @throws InvalidDataException when the text is malformed, has no row, repeats a column's name, or has rows of
     *     another length than the header; it lists them
     * @throws io.engraft.FileException when the file cannot be read
     */
    public static CsvTable read(CsvSource source) {
        return read(source, List.of());
    }

    /**
     * Reads a whole table that may have no header: a first row of numbers alone, as many as there are names, is a row. Two
     * rows of header, as digitisers write them (the name of each set of points, then X and Y under it), become one: X and Y
     * of one set, "name, X" and "name, Y" of several.
     *
     * @param source where it comes from
     * @param names the columns of a table without a header
     * @return the table, with at least one row
     * @throws InvalidDataException as {@link #read(CsvSource)}
     * @throws io.engraft.FileException when the file cannot be read
     */
    public static CsvTable read(CsvSource source, List<String> names) {
        Collector rows = new Collector(source.name(), List.copyOf(names));
        source.scan(rows);
        return rows.table();
    }

    /**
     * The file or data set.
     *
     * @return its name
     */
    public String source() {
        return source;
    }

    /**
     * The columns.
     *
     * @return their names, in order; a column may have an empty name
     */
    public List<String> columns() {
        return header.names();
    }

    /**
     * Whether a column is there.
     *
     * @param column its name
     * @return true where it is
     */
    public boolean hasColumn(String column) {
        return header.has(column);
    }

    /**
     * Demands columns.
     *
     * @param columns their names
     * @throws InvalidDataException when some are not there; it lists them, and the columns that are
     */
    public void requireColumns(List<String> columns) {
        header.require(columns);
    }

    /**
     * The number of rows.
     *
     * @return rows, without the header
     */
    public int rowCount() {
        return rows.size();
    }

    /**
     * The line of the file on which a row starts.
     *
     * @param row from 0
     * @return the line, counted from 1, the header's lines included
     */
    public long line(int row) {
        return lines.get(row);
    }

    /**
     * A cell as text.
     *
     * @param row from 0
     * @param column the column's name
     * @return the text without blanks around it; empty or NA where missing
     * @throws InvalidDataException when there is no such column
     */
    public String text(int row, String column) {
        return rows.get(row)[header.index(column)];
    }

    /**
     * Whether a cell has no value.
     *
     * @param row from 0
     * @param column the column's name
     * @return true where the cell is empty or holds a mark of missing
     * @throws InvalidDataException when there is no such column
     */
    public boolean isMissing(int row, String column) {
        return isMissing(row, column, columnMarks.getOrDefault(column, marks));
    }

    /** Whether a cell holds one of some marks, numbers written as those of the table. */
    boolean isMissing(int row, String column, MissingMarks some) {
        return some.isMissing(text(row, column), header.numbers());
    }

    /** A cell as text, a number with a decimal point. */
    String pointed(int row, String column) {
        String text = text(row, column);
        return text.indexOf(',') >= 0 && isNumber(row, column)
                ? NumberText.plain(number(row, column).getAsDouble())
                : text;
    }

    /**
     * A cell as a number.
     *
     * @param row from 0
     * @param column the column's name
     * @return the number, empty where missing
     * @throws InvalidDataException when the cell holds anything but a finite number, or there is no such column
     */
    public OptionalDouble number(int row, String column) {
        if (isMissing(row, column)) {
            return OptionalDouble.empty();
        }
        String cell = text(row, column);
        double value = header.numbers().value(cell);
        if (!Double.isFinite(value)) {
            throw new InvalidDataException(problem(row, column, header.numbers().explain(cell)));
        }
        requireClear(cell);
        return OptionalDouble.of(value);
    }

    /**
     * A column of numbers, none missing.
     *
     * @param column the column's name
     * @return one finite number a row
     * @throws InvalidDataException when a cell is missing or not a finite number; it lists them
     */
    public double[] numbers(String column) {
        int place = header.index(column);
        double[] values = new double[rows.size()];
        List<DataProblem> problems = new ArrayList<>();
        for (int i = 0; i < values.length && problems.size() < DataCheck.MOST_PROBLEMS; i++) {
            String cell = rows.get(i)[place];
            values[i] = header.numbers().value(cell);
            if (isMissing(i, column)) {
                problems.add(problem(i, column, "missing value; allowed: a number"));
            } else if (!Double.isFinite(values[i])) {
                problems.add(problem(i, column, header.numbers().explain(cell)));
            } else if (problems.isEmpty()) {
                requireClear(cell);
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidDataException(problems);
        }
        return values;
    }

    /**
     * Whether a cell is a finite number.
     *
     * @param row from 0
     * @param column the column's name
     * @return true where {@link #number} would give one; false where the cell is missing
     * @throws InvalidDataException when there is no such column
     */
    public boolean isNumber(int row, String column) {
        return !isMissing(row, column) && Double.isFinite(header.numbers().value(text(row, column)));
    }

    /** A number with a mark in it is one only where the table leaves no doubt about the mark. */
    private void requireClear(String cell) {
        if (cell.indexOf(',') >= 0 || cell.indexOf('.') >= 0) {
            header.numbers().requireClear(source);
        }
    }

    /**
     * A problem with a cell, for readers that know what the table means.
     *
     * @param row from 0
     * @param column the column's name
     * @param reason what is wrong and what would be allowed
     * @return the problem, with source, row, line, column and value
     */
    public DataProblem problem(int row, String column, String reason) {
        String value = header.has(column) ? text(row, column) : null;
        return new DataProblem(source, row + 1L, line(row), column, value, reason);
    }

    private static final class Collector implements CsvSink {

        private final String source;
        private final List<String> fields = new ArrayList<>();
        private final List<String[]> rows = new ArrayList<>();
        private final List<Long> lines = new ArrayList<>();
        private final List<DataProblem> problems = new ArrayList<>();
        private @Nullable CsvHead head;
        private DecimalMark numbers = DecimalMark.point();
        private @Nullable Header header;

        private final List<String> headless;

        Collector(String source, List<String> headless) {
            this.source = source;
            this.headless = headless;
        }

        private boolean isRow() {
            return fields.size() == headless.size() && fields.stream().allMatch(f -> Double.isFinite(numbers.value(f)));
        }

        @Override
        public void start(CsvHead found, DecimalMark mark) {
            head = found;
            numbers = mark;
        }

        @Override
        public void field(int index, char[] buffer, int from, int length) {
            if (index == 0) {
                fields.clear();
            }
            fields.add(Blanks.strip(new String(buffer, from, length)));
        }

        @Override
        public boolean record(int count, long line) {
            Header names = header;
            if (names == null) {
                boolean row = isRow();
                names = new Header(source, line, row ? headless : fields, head, numbers);
                header = names;
                if (!row) {
                    return true;
                }
            }
            if (rows.isEmpty() && !headless.isEmpty() && PairedHeader.isSecond(names.names(), fields)) {
                header = new Header(source, line, PairedHeader.names(names.names(), fields), head, numbers);
                return true;
            }
            if (count != names.size()) {
                problems.add(names.ragged(rows.size() + problems.size() + 1L, line, count));
                return problems.size() < DataCheck.MOST_PROBLEMS;
            }
            numbers.at(rows.size() + 1L, line);
            for (int j = 0; j < count; j++) {
                numbers.witness(fields.get(j), names.names().get(j));
            }
            rows.add(fields.toArray(new String[0]));
            lines.add(line);
            return true;
        }

        CsvTable table() {
            Header names = header;
            if (names == null) {
                throw new InvalidDataException(DataProblem.ofWhole("the file is empty; allowed: a header and rows")
                        .inSource(source));
            }
            if (!problems.isEmpty()) {
                throw new InvalidDataException(problems);
            }
            if (rows.isEmpty()) {
                throw new InvalidDataException(
                        DataProblem.ofWhole("there is a header and no row; allowed: at least one row")
                                .inSource(source));
            }
            return new CsvTable(source, names, rows, lines, MissingMarks.KNOWN, Map.of());
        }
    }

    @Override
    public String toString() {
        return source + ": " + Brief.count(rows.size(), "row") + ", columns " + Brief.list(columns());
    }
}
