package io.engraft.data.io;

import io.engraft.data.SurvivalData;
import org.jspecify.annotations.Nullable;

/**
 * Reads a table that another library holds into {@link SurvivalData}, in one pass over the columns that have a role.
 * What a cell means, and what is wrong with it, is decided as {@link CsvData} does it; the problems name row (counted
 * from 1), column, value and reason, and no line.
 */
public final class TableData {

    private static final int NO_LINE = 0;

    private TableData() {}

    /**
     * Follow-up data from a table.
     *
     * @param source the table
     * @param roles which column plays which part
     * @return the data; rows with missing values were left out and counted if the roles say so
     * @throws io.engraft.InvalidDataException when a column is missing or a row cannot be used; it lists what is wrong
     */
    public static SurvivalData read(TableSource source, ColumnRoles roles) {
        Header header = new Header(source.name(), source.columnNames());
        RowAssembler rows = new RowAssembler(roles, header, source.name());
        boolean more = true;
        for (int i = 0; i < source.rowCount() && more; i++) {
            for (int j = 0; j < header.size(); j++) {
                Cell cell = rows.cellAt(j);
                if (cell != null) {
                    char[] text = textOf(source.text(i, j));
                    cell.set(text, 0, text.length);
                }
            }
            more = rows.endRow(NO_LINE);
        }
        return rows.build();
    }

    private static char[] textOf(@Nullable String text) {
        return text == null ? new char[0] : text.toCharArray();
    }
}
