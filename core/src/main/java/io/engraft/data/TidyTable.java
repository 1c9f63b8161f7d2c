package io.engraft.data;

import io.engraft.InvalidArgumentException;
import io.engraft.internal.Brief;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A rectangular table: named, typed columns, one row an observation. Every result gives one as {@code tidy()}; it
 * can be written as CSV or turned into a data frame. Immutable.
 */
public final class TidyTable {

    /** What a column holds. */
    public enum ColumnType {
        /** Text ({@link String}). */
        TEXT,
        /** Whole numbers ({@link Long}). */
        COUNT,
        /** Real numbers ({@link Double}), never NaN: what is missing is null. */
        NUMBER
    }

    /**
     * A column's name and type.
     *
     * @param name the name, unique in its table
     * @param type what it holds
     */
    public record Column(String name, ColumnType type) {}

    /** The cells of a column: of its rows, or of the whole column, numbers as double[] with NaN where missing. */
    private interface Cells {
        @Nullable
        Object cell(int row);
    }

    private final List<Column> columns;
    private final List<Cells> cells;
    private final int rows;

    private TidyTable(List<Column> columns, List<Cells> cells, int rows) {
        this.columns = List.copyOf(columns);
        this.cells = List.copyOf(cells);
        this.rows = rows;
    }

    /**
     * Starts a table.
     *
     * @return a builder: first the columns, then the rows, or whole columns
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The columns.
     *
     * @return in order
     */
    public List<Column> columns() {
        return columns;
    }

    /**
     * The number of rows.
     *
     * @return rows, without the header
     */
    public int rowCount() {
        return rows;
    }

    /**
     * One cell.
     *
     * @param row from 0
     * @param column from 0
     * @return a String, Long or Double by the column's type, or null where missing
     */
    public @Nullable Object value(int row, int column) {
        return cells.get(column).cell(Objects.checkIndex(row, rows));
    }

    /**
     * One cell, by the column's name.
     *
     * @param row from 0
     * @param column the name
     * @return a String, Long or Double by the column's type, or null where missing
     * @throws InvalidArgumentException when there is no such column
     */
    public @Nullable Object value(int row, String column) {
        return value(row, place(column));
    }

    /**
     * A column of real or whole numbers in bulk.
     *
     * @param column the name
     * @return one number a row (a copy), NaN where missing
     * @throws InvalidArgumentException when there is no such column, or it holds text
     */
    public double[] numbers(String column) {
        int place = place(column);
        if (columns.get(place).type() == ColumnType.TEXT) {
            throw InvalidArgumentException.of("column", column, "a column of numbers");
        }
        if (cells.get(place) instanceof NumberCells whole) {
            return whole.values.clone();
        }
        double[] values = new double[rows];
        for (int i = 0; i < rows; i++) {
            values[i] = value(i, place) instanceof Number number ? number.doubleValue() : Double.NaN;
        }
        return values;
    }

    private int place(String column) {
        for (int j = 0; j < columns.size(); j++) {
            if (columns.get(j).name().equals(column)) {
                return j;
            }
        }
        throw InvalidArgumentException.of(
                "column", column, "one of " + columns.stream().map(Column::name).toList());
    }

    private static final class NumberCells implements Cells {

        private final double[] values;

        NumberCells(double[] values) {
            this.values = values;
        }

        @Override
        public @Nullable Object cell(int row) {
            return Double.isNaN(values[row]) ? null : (Object) values[row];
        }
    }

    private static final class CountCells implements Cells {

        private final long[] values;

        CountCells(long[] values) {
            this.values = values;
        }

        @Override
        public Object cell(int row) {
            return values[row];
        }
    }

    private static final class TextCells implements Cells {

        private final @Nullable String[] values;

        TextCells(@Nullable String[] values) {
            this.values = values;
        }

        @Override
        public @Nullable Object cell(int row) {
            return values[row];
        }
    }

    @Override
    public String toString() {
        return Brief.count(rows, "row") + ": "
                + Brief.list(columns.stream().map(Column::name).toList());
    }

    /** Collects columns, then rows; or whole columns. Not for use by several threads. */
    public static final class Builder {

        private final List<Column> columns = new ArrayList<>();
        private final Set<String> names = new HashSet<>();
        private final List<@Nullable Object[]> rows = new ArrayList<>();
        private final List<Cells> whole = new ArrayList<>();
        private int length;

        private Builder() {}

        /**
         * Adds a text column.
         *
         * @param name its name
         * @return this
         */
        public Builder text(String name) {
            return column(name, ColumnType.TEXT);
        }

        /**
         * Adds a column of whole numbers.
         *
         * @param name its name
         * @return this
         */
        public Builder count(String name) {
            return column(name, ColumnType.COUNT);
        }

        /**
         * Adds a column of real numbers.
         *
         * @param name its name
         * @return this
         */
        public Builder number(String name) {
            return column(name, ColumnType.NUMBER);
        }

        /**
         * Adds a whole column of real numbers, without a box for each. A table is made of rows or of whole columns.
         *
         * @param name its name
         * @param values one a row, NaN where missing; copied
         * @return this
         * @throws InvalidArgumentException when the column before it has another length, or columns without cells came
         *     first
         */
        public Builder numbers(String name, double[] values) {
            return whole(name, ColumnType.NUMBER, values.length, new NumberCells(values.clone()));
        }

        /**
         * Adds a whole column of whole numbers, without a box for each.
         *
         * @param name its name
         * @param values one a row; copied
         * @return this
         * @throws InvalidArgumentException when the column before it has another length, or columns without cells came
         *     first
         */
        public Builder counts(String name, long[] values) {
            return whole(name, ColumnType.COUNT, values.length, new CountCells(values.clone()));
        }

        /**
         * Adds a whole column of text.
         *
         * @param name its name
         * @param values one a row, null where missing; copied
         * @return this
         * @throws InvalidArgumentException when the column before it has another length, or columns without cells came
         *     first
         */
        public Builder texts(String name, @Nullable String[] values) {
            return whole(name, ColumnType.TEXT, values.length, new TextCells(values.clone()));
        }

        private Builder whole(String name, ColumnType type, int rowsOfColumn, Cells cells) {
            if (whole.size() < columns.size()) {
                throw new InvalidArgumentException("column '" + name
                        + "' is given whole after columns that wait for rows; allowed: all columns whole, or none");
            }
            if (!whole.isEmpty() && rowsOfColumn != length) {
                throw InvalidArgumentException.of(
                        "length of column " + name, rowsOfColumn, length + ", as the columns before it");
            }
            addColumn(name, type);
            whole.add(cells);
            length = rowsOfColumn;
            return this;
        }

        private Builder column(String name, ColumnType type) {
            if (!whole.isEmpty()) {
                throw new InvalidArgumentException("column '" + name
                        + "' waits for rows after columns that are given whole; allowed: all columns whole, or none");
            }
            return addColumn(name, type);
        }

        private Builder addColumn(String name, ColumnType type) {
            if (!rows.isEmpty()) {
                throw new InvalidArgumentException("column '" + name + "' comes after rows; allowed: columns first");
            }
            if (!names.add(name)) {
                throw InvalidArgumentException.of("column", name, "a name that the table does not have yet");
            }
            columns.add(new Column(name, type));
            return this;
        }

        /**
         * Adds a row.
         *
         * @param cells one a column: text for text columns, a whole number for counts, any number for numbers; null or
         *     NaN where missing
         * @return this
         * @throws InvalidArgumentException when the number of cells or a cell's type does not fit
         */
        public Builder row(@Nullable Object... cells) {
            if (!whole.isEmpty()) {
                throw new InvalidArgumentException(
                        "a row comes after whole columns; allowed: columns without cells first");
            }
            if (cells.length != columns.size()) {
                throw InvalidArgumentException.of("number of cells", cells.length, String.valueOf(columns.size()));
            }
            @Nullable Object[] row = new @Nullable Object[cells.length];
            for (int j = 0; j < cells.length; j++) {
                row[j] = convert(columns.get(j), cells[j]);
            }
            rows.add(row);
            return this;
        }

        private static @Nullable Object convert(Column column, @Nullable Object cell) {
            if (cell == null) {
                return null;
            }
            @Nullable
            Object converted = switch (column.type()) {
                case TEXT -> cell instanceof String ? cell : null;
                case COUNT ->
                    cell instanceof Long || cell instanceof Integer ? (Object) ((Number) cell).longValue() : null;
                case NUMBER -> cell instanceof Number number ? (Object) number.doubleValue() : null;
            };
            if (converted == null) {
                throw InvalidArgumentException.of("cell of column " + column.name(), cell, "type " + column.type());
            }
            return converted instanceof Double x && Double.isNaN(x) ? null : converted;
        }

        /**
         * The table.
         *
         * @return the rows so far
         */
        public TidyTable build() {
            if (!whole.isEmpty()) {
                return new TidyTable(columns, whole, length);
            }
            List<@Nullable Object[]> kept = List.copyOf(rows);
            List<Cells> cells = new ArrayList<>();
            for (int j = 0; j < columns.size(); j++) {
                int column = j;
                cells.add(row -> kept.get(row)[column]);
            }
            return new TidyTable(columns, cells, kept.size());
        }
    }
}
