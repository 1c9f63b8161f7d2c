package io.engraft.data;

import io.engraft.InvalidArgumentException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A small rectangular table: named, typed columns, one row an observation. Every result gives one as {@code tidy()}; it
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

    private final List<Column> columns;
    private final List<@Nullable Object[]> rows;

    private TidyTable(List<Column> columns, List<@Nullable Object[]> rows) {
        this.columns = List.copyOf(columns);
        this.rows = List.copyOf(rows);
    }

    /**
     * Starts a table.
     *
     * @return a builder: first the columns, then the rows
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
        return rows.size();
    }

    /**
     * One cell.
     *
     * @param row from 0
     * @param column from 0
     * @return a String, Long or Double by the column's type, or null where missing
     */
    public @Nullable Object value(int row, int column) {
        return rows.get(row)[column];
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
        for (int j = 0; j < columns.size(); j++) {
            if (columns.get(j).name().equals(column)) {
                return value(row, j);
            }
        }
        throw InvalidArgumentException.of(
                "column", column, "one of " + columns.stream().map(Column::name).toList());
    }

    /** Collects columns, then rows. Not for use by several threads. */
    public static final class Builder {

        private final List<Column> columns = new ArrayList<>();
        private final Set<String> names = new HashSet<>();
        private final List<@Nullable Object[]> rows = new ArrayList<>();

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

        private Builder column(String name, ColumnType type) {
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
            return new TidyTable(columns, rows);
        }
    }
}
