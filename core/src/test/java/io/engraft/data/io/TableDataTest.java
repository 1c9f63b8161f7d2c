package io.engraft.data.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engraft.data.DataCheck;
import io.engraft.data.SurvivalData;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TableDataTest {

    private static final ColumnRoles ROLES = ColumnRoles.of("t", "s");

    /** Rows of cells as another library may hold them. */
    private static final class Rows implements TableSource {

        private final List<String> columns;
        private final @Nullable String[][] cells;

        Rows(List<String> columns, @Nullable String[]... cells) {
            this.columns = columns;
            this.cells = cells;
        }

        @Override
        public String name() {
            return "query";
        }

        @Override
        public List<String> columnNames() {
            return columns;
        }

        @Override
        public int rowCount() {
            return cells.length;
        }

        @Override
        public @Nullable String text(int row, int column) {
            return cells[row][column];
        }
    }

    private static @Nullable String[] row(@Nullable String... cells) {
        return cells;
    }

    @Test
    void readsCellsAsCsvDoes() {
        Rows rows = new Rows(
                List.of("id", "t", "s", "arm", ""),
                row("1", " 3.5 ", "1", "B", "x"),
                row("2", "1e-3", "0", "A", "y"),
                row("3", "12", "2", "A", null));
        SurvivalData data = TableData.read(rows, ROLES.withGroup("arm"));
        assertThat(data.source()).isEqualTo("query");
        assertThat(data.time(0)).isEqualTo(3.5);
        assertThat(data.time(1)).isEqualTo(0.001);
        assertThat(data.status(2)).isEqualTo(2);
        assertThat(data.group().orElseThrow().levels()).containsExactly("A", "B");
    }

    @Test
    void missingCellsAreNullEmptyOrNa() {
        Rows rows =
                new Rows(List.of("t", "s"), row("1", "1"), row(null, "1"), row("2", ""), row("NA", "0"), row("3", "0"));
        SurvivalData data = TableData.read(rows, ROLES.withMissing(MissingValues.DROP));
        assertThat(data.size()).isEqualTo(2);
        assertThat(data.dropped()).isEqualTo(3);
        assertThatThrownBy(() -> TableData.read(rows, ROLES))
                .hasMessageContaining("query, row 2, column 't', value '': missing value")
                .hasMessageContaining("query, row 3, column 's', value '': missing value")
                .hasMessageContaining("query, row 4, column 't', value 'NA': missing value")
                .hasMessageNotContaining("line");
    }

    @Test
    void columnsAreNamedOnceAndTheUsedOnesAreThere() {
        assertThatThrownBy(() -> TableData.read(new Rows(List.of("t", "s", "t"), row("1", "1", "1")), ROLES))
                .hasMessageContaining("columns 1 and 3 have the same name");
        assertThatThrownBy(() -> TableData.read(new Rows(List.of("t", "status"), row("1", "1")), ROLES))
                .hasMessageContaining("column 's': there is no such column; allowed: t, status");
        assertThatThrownBy(() -> TableData.read(new Rows(List.of("t", "s")), ROLES))
                .hasMessageContaining("there is a header and no row");
    }

    @Test
    void stopsWhereAsManyProblemsAreFoundAsAreListed() {
        int[] asked = new int[1];
        TableSource bad = new TableSource() {
            @Override
            public String name() {
                return "endless";
            }

            @Override
            public List<String> columnNames() {
                return List.of("t", "s");
            }

            @Override
            public int rowCount() {
                return Integer.MAX_VALUE;
            }

            @Override
            public String text(int row, int column) {
                asked[0] = row + 1;
                return column == 0 ? "-1" : "1";
            }
        };
        assertThatThrownBy(() -> TableData.read(bad, ROLES)).hasMessageContaining("endless, row 1, column 't'");
        assertThat(asked[0]).isEqualTo(DataCheck.MOST_PROBLEMS);
    }
}
