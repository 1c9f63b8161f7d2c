package io.engraft.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Tables of whole columns beside tables of rows. */
class TidyColumnsTest {

    @Test
    void columnsGiveWhatRowsGive() {
        TidyTable columns = TidyTable.builder()
                .texts("name", new String[] {"a", null})
                .counts("rows", new long[] {1, 2})
                .numbers("value", new double[] {0.5, Double.NaN})
                .build();
        TidyTable rows = TidyTable.builder()
                .text("name")
                .count("rows")
                .number("value")
                .row("a", 1L, 0.5)
                .row(null, 2L, null)
                .build();
        assertThat(columns.columns()).isEqualTo(rows.columns());
        assertThat(columns.rowCount()).isEqualTo(2);
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 3; j++) {
                assertThat(columns.value(i, j)).isEqualTo(rows.value(i, j));
            }
        }
        assertThat(columns.value(0, "value")).isEqualTo(0.5);
        for (TidyTable table : new TidyTable[] {columns, rows}) {
            assertThat(table.numbers("value")).containsExactly(0.5, Double.NaN);
            assertThat(table.numbers("rows")).containsExactly(1, 2);
            assertThatThrownBy(() -> table.numbers("name")).hasMessage("column is name; allowed: a column of numbers");
            assertThatThrownBy(() -> table.numbers("other"))
                    .hasMessage("column is other; allowed: one of [name, rows, value]");
            assertThatThrownBy(() -> table.value(2, 0)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void columnsAreCopied() {
        double[] values = {1, 2};
        TidyTable table = TidyTable.builder().numbers("x", values).build();
        values[0] = 9;
        table.numbers("x")[1] = 9;
        assertThat(table.numbers("x")).containsExactly(1, 2);
    }

    @Test
    void rowsAndWholeColumnsDoNotMix() {
        assertThatThrownBy(() -> TidyTable.builder().number("a").numbers("b", new double[1]))
                .hasMessage(
                        "column 'b' is given whole after columns that wait for rows; allowed: all columns whole, or none");
        assertThatThrownBy(() -> TidyTable.builder().numbers("a", new double[1]).number("b"))
                .hasMessage(
                        "column 'b' waits for rows after columns that are given whole; allowed: all columns whole, or none");
        assertThatThrownBy(() -> TidyTable.builder().numbers("a", new double[1]).row(1.0))
                .hasMessage("a row comes after whole columns; allowed: columns without cells first");
        assertThatThrownBy(() -> TidyTable.builder().numbers("a", new double[1]).counts("b", new long[2]))
                .hasMessage("length of column b is 2; allowed: 1, as the columns before it");
        assertThatThrownBy(() -> TidyTable.builder().numbers("a", new double[1]).texts("a", new String[1]))
                .hasMessageContaining("column is a; allowed: a name that the table does not have yet");
    }
}
