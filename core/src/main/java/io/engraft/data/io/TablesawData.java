package io.engraft.data.io;

import io.engraft.data.SurvivalData;
import io.engraft.data.TidyTable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * Between Tablesaw's data frames and Engraft. Only this class needs {@code tech.tablesaw:tablesaw-core} on the class
 * path. Cells are read by the rules of {@link CsvData}: Tablesaw's missing values, empty text and NA are missing;
 * booleans are the text "true" and "false".
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
        String source = table.name() == null || table.name().isBlank() ? "table" : table.name();
        RowAssembler rows = new RowAssembler(roles, new Header(source, 0, table.columnNames()), source);
        List<Column<?>> columns = table.columns();
        boolean more = true;
        for (int i = 0; i < table.rowCount() && more; i++) {
            for (int j = 0; j < columns.size(); j++) {
                Cell cell = rows.cellAt(j);
                if (cell != null) {
                    char[] text = textOf(columns.get(j), i);
                    cell.set(text, 0, text.length);
                }
            }
            more = rows.endRow(0);
        }
        return rows.build();
    }

    private static char[] textOf(Column<?> column, int row) {
        return column.isMissing(row)
                ? new char[0]
                : column.getUnformattedString(row).toCharArray();
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
