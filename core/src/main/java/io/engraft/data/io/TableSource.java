package io.engraft.data.io;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table that another library holds (a data frame, a database's answer, a spreadsheet), cell by cell as text. {@link
 * TableData} reads it by the rules of {@link CsvData}.
 */
public interface TableSource {

    /**
     * The name in messages.
     *
     * @return a name that tells the user which table is meant
     */
    String name();

    /**
     * The names of the columns.
     *
     * @return in order; distinct where they are not empty
     */
    List<String> columnNames();

    /**
     * The number of rows.
     *
     * @return 0 or more
     */
    int rowCount();

    /**
     * One cell as text, numbers with a decimal point and all their digits.
     *
     * @param row from 0
     * @param column from 0
     * @return the text; null, empty or NA where the cell is missing
     */
    @Nullable
    String text(int row, int column);
}
