package io.engraft.tablesaw;

import io.engraft.data.SurvivalData;
import io.engraft.data.TidyTable;
import io.engraft.data.io.ColumnRoles;
import io.engraft.data.io.TableData;
import io.engraft.data.io.TableSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * Between Tablesaw's data frames and Engraft. Cells are read by the rules of {@link io.engraft.data.io.CsvData}:
 * Tablesaw's missing values, empty text and NA are missing; booleans are the text "true" and "false".
 */
public final class TablesawData {

    private TablesawData() {}

    /**
     * Follow-up data from a data frame.
     *
     * @param table the data frame; its name stands for it in messages
     * @param roles which column plays which part
     * @return the data; rows with missing values were left out and counted if the roles say so
     * @throws io.engraft.InvalidDataException when a column is missing or a row cannot be used; it lists what is wrong,
     *     rows counted from 1
     */
    public static SurvivalData survivalData(Table table, ColumnRoles roles) {
        return TableData.read(new Frame(table), roles);
    }

    /** A data frame, cell by cell. */
    private record Frame(Table table) implements TableSource {

        @Override
        public String name() {
            return table.name() == null || table.name().isBlank() ? "table" : table.name();
        }

        @Override
        public List<String> columnNames() {
            return table.columnNames();
        }

        @Override
        public int rowCount() {
            return table.rowCount();
        }

        @Override
        public @Nullable String text(int row, int column) {
            Column<?> cells = table.column(column);
            return cells.isMissing(row) ? null : cells.getUnformattedString(row);
        }
    }

    /**
     * A table as a data frame: text as strings, counts as longs, numbers as doubles, missing as Tablesaw's missing.
     *
     * @param table the table
     * @param name the data frame's name
     * @return a new data frame
     */
    public static Table table(TidyTable table, String name) {
        List<Column<?>> columns = new ArrayList<>();
        for (int j = 0; j < table.columns().size(); j++) {
            columns.add(column(table, j));
        }
        return Table.create(name, columns);
    }

    private static Column<?> column(TidyTable table, int place) {
        String name = table.columns().get(place).name();
        return switch (table.columns().get(place).type()) {
            case TEXT -> {
                StringColumn column = StringColumn.create(name);
                for (int i = 0; i < table.rowCount(); i++) {
                    @Nullable Object value = table.value(i, place);
                    if (value == null) {
                        column.appendMissing();
                    } else {
                        column.append((String) value);
                    }
                }
                yield column;
            }
            case COUNT -> {
                LongColumn column = LongColumn.create(name);
                for (int i = 0; i < table.rowCount(); i++) {
                    @Nullable Object value = table.value(i, place);
                    if (value == null) {
                        column.appendMissing();
                    } else {
                        column.append((long) (Long) value);
                    }
                }
                yield column;
            }
            case NUMBER -> {
                DoubleColumn column = DoubleColumn.create(name);
                for (int i = 0; i < table.rowCount(); i++) {
                    @Nullable Object value = table.value(i, place);
                    column.append(value == null ? Double.NaN : (Double) value);
                }
                yield column;
            }
        };
    }
}
