package io.engraft.data.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class CsvTableTest {

    private static CsvTable table(String text) {
        return CsvTable.read(CsvSource.ofText(text, "rates.csv"));
    }

    @Test
    void holdsTextWithLines() {
        CsvTable table = table("study,n,note\nA, 10 ,\"two\nlines\"\nB,NA,\n");
        assertThat(table.columns()).containsExactly("study", "n", "note");
        assertThat(table.rowCount()).isEqualTo(2);
        assertThat(table.source()).isEqualTo("rates.csv");
        assertThat(table.text(0, "note")).isEqualTo("two\nlines");
        assertThat(table.line(1)).isEqualTo(4);
        assertThat(table.number(0, "n")).hasValue(10);
        assertThat(table.number(1, "n")).isEmpty();
        assertThat(table.isMissing(1, "note")).isTrue();
        assertThat(table.hasColumn("study")).isTrue();
        assertThat(table.hasColumn("year")).isFalse();
    }

    @Test
    void givesWholeColumnsOfNumbers() {
        assertThat(table("a,b\n1,2\n3,4\n").numbers("b")).containsExactly(2, 4);
        assertThatThrownBy(() -> table("a,b\n1,x\n3,\n").numbers("b"))
                .hasMessageContaining("rates.csv, row 1, line 2, column 'b', value 'x': not a number")
                .hasMessageContaining("row 2, line 3, column 'b', value '': missing value; allowed: a number");
        assertThatThrownBy(() -> table("a,b\n1,1d\n").number(0, "b")).hasMessageContaining("value '1d': not a number");
    }

    @Test
    void namesMissingColumnsAndRaggedRows() {
        CsvTable table = table("a,b\n1,2\n");
        assertThatThrownBy(() -> table.text(0, "c")).hasMessageContaining("allowed: a, b");
        assertThatThrownBy(() -> table.requireColumns(List.of("a", "c", "d")))
                .hasMessageContaining("column 'c'")
                .hasMessageContaining("column 'd'");
        table.requireColumns(List.of("a", "b"));
        assertThatThrownBy(() -> table("a,b\n1\n1,2\n1,2,3\n"))
                .hasMessageContaining("row 1, line 2: the row has 1 field")
                .hasMessageContaining("row 3, line 4: the row has 3 fields");
        assertThatThrownBy(() -> table("")).hasMessage("rates.csv: the file is empty; allowed: a header and rows");
        assertThatThrownBy(() -> table("a,b\n")).hasMessageContaining("there is a header and no row");
        assertThat(table.problem(0, "c", "why").describe()).isEqualTo("rates.csv, row 1, line 2, column 'c': why");
    }
}
