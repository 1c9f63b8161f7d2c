package io.engraft.tablesaw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engraft.data.SurvivalData;
import io.engraft.data.TidyTable;
import io.engraft.data.io.ColumnRoles;
import io.engraft.data.io.CsvData;
import io.engraft.data.io.CsvSource;
import io.engraft.data.io.MissingValues;
import java.util.List;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class TablesawDataTest {

    private static final ColumnRoles ROLES = ColumnRoles.of("t", "s");

    @Test
    void readsADataFrame() {
        Table table = Table.create(
                "frame",
                DoubleColumn.create("t", 0.1 + 0.2, 1e-7, 12345678.9),
                IntColumn.create("s", 1, 0, 2),
                StringColumn.create("g", "B", "A", "B"),
                BooleanColumn.create("b", true, false, true));
        SurvivalData data =
                TablesawData.survivalData(table, ROLES.withGroup("g").withCovariates(List.of("b")));
        assertThat(data.time(0)).isEqualTo(0.1 + 0.2);
        assertThat(data.time(1)).isEqualTo(1e-7);
        assertThat(data.time(2)).isEqualTo(12345678.9);
        assertThat(data.status(2)).isEqualTo(2);
        assertThat(data.group().orElseThrow().levels()).containsExactly("A", "B");
        assertThat(data.categoricalCovariate("b").levels()).containsExactly("false", "true");
        assertThat(data.source()).isEqualTo("frame");
    }

    @Test
    void givesTheSameDataAsCsv() {
        Table table =
                Table.create("x", DoubleColumn.create("t", 3, 1, 2), StringColumn.create("s", "dead", "alive", "dead"));
        ColumnRoles roles = ROLES.withEvents(List.of("dead"), "alive");
        SurvivalData frame = TablesawData.survivalData(table, roles);
        SurvivalData csv = CsvData.read(CsvSource.ofText("t,s\n3,dead\n1,alive\n2,dead\n", "x"), roles);
        for (int i = 0; i < 3; i++) {
            assertThat(frame.time(i)).isEqualTo(csv.time(i));
            assertThat(frame.status(i)).isEqualTo(csv.status(i));
        }
        assertThat(frame.causes()).isEqualTo(csv.causes());
    }

    @Test
    void missingAndBadCellsAreNamedByRow() {
        DoubleColumn time = DoubleColumn.create("t", 1, -2);
        time.appendMissing();
        Table table = Table.create("frame", time, IntColumn.create("s", 1, 1, 1));
        assertThatThrownBy(() -> TablesawData.survivalData(table, ROLES))
                .hasMessageContaining("frame, row 2, column 't', value '-2.0': allowed: 0 <= time < infinity")
                .hasMessageContaining("frame, row 3, column 't', value '': missing value");
        assertThatThrownBy(() -> TablesawData.survivalData(Table.create("e"), ROLES))
                .hasMessageContaining("column 't': there is no such column");
        assertThatThrownBy(() -> TablesawData.survivalData(table.emptyCopy(), ROLES))
                .hasMessageContaining("there is a header and no row");
    }

    @Test
    void aTidyTableGoesOutAndComesBack() {
        TidyTable tidy = TidyTable.builder()
                .text("g")
                .count("s")
                .number("t")
                .row("a", 1, 2.5)
                .row(null, null, null)
                .row("b", 0, 0.1)
                .build();
        Table table = TablesawData.table(tidy, "result");
        assertThat(table.name()).isEqualTo("result");
        assertThat(table.columnNames()).containsExactly("g", "s", "t");
        assertThat(table.columns())
                .extracting(c -> c.type())
                .containsExactly(ColumnType.STRING, ColumnType.LONG, ColumnType.DOUBLE);
        assertThat(table.row(1).isMissing("g")).isTrue();
        assertThat(table.row(1).isMissing("s")).isTrue();
        assertThat(table.row(1).isMissing("t")).isTrue();
        SurvivalData data =
                TablesawData.survivalData(table, ROLES.withGroup("g").withMissing(MissingValues.DROP));
        assertThat(data.size()).isEqualTo(2);
        assertThat(data.dropped()).isEqualTo(1);
        assertThat(data.time(1)).isEqualTo(0.1);
    }
}
