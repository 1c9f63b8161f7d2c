package io.engraft.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.engraft.data.EventTable;
import io.engraft.data.SurvivalData;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.estimate.hazard.LifeTable;
import io.engraft.report.data.TableDocument;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TableDocumentTest {

    private static final Tabular MIXED = () -> TidyTable.builder()
            .text("arm")
            .text("state")
            .text("note")
            .number("time")
            .count("n")
            .number("estimate")
            .row("a", "alive", "x", 12.0, 3L, 0.25)
            .row("b", null, null, 24.0, null, Double.NaN)
            .build();

    @Test
    void everyFormatHoldsTheTable() {
        TableDocument document = TableDocument.of("Mixed", MIXED);
        assertThat(document.toJson())
                .contains("\"title\":\"Mixed\",\"columns\":[\"arm\",\"state\",\"note\",\"time\",\"n\",\"estimate\"]")
                .contains("{\"arm\":\"a\",\"state\":\"alive\",\"note\":\"x\",\"time\":12,\"n\":3,\"estimate\":0.25}")
                .contains("{\"arm\":\"b\",\"state\":null,\"note\":null,\"time\":24,\"n\":null,\"estimate\":null}");
        assertThat(document.toText()).startsWith("Mixed\n").contains("0.2500000");
        assertThat(document.toMarkdown()).startsWith("## Mixed").contains("| a | alive | x | 12 | 3 | 0.2500000 |");
        assertThat(document.toLatex()).contains("\\begin{tabular}");
        assertThat(document.toHtml()).contains("<table");
        assertThat(document.table().rowCount()).isEqualTo(2);
    }

    @Test
    void analysisResultsSplitByTextAndTime() {
        TidyTable ard = TableDocument.of("Mixed", MIXED).ard();
        assertThat(ard.rowCount()).isEqualTo(4);
        assertThat(ard.value(0, "group1")).isEqualTo("arm");
        assertThat(ard.value(0, "group1_level")).isEqualTo("a");
        assertThat(ard.value(0, "group2")).isEqualTo("state, note");
        assertThat(ard.value(0, "group2_level")).isEqualTo("alive, x");
        assertThat(ard.value(1, "variable")).isEqualTo("time");
        assertThat(ard.value(1, "variable_level")).isEqualTo("12");
        assertThat(ard.value(1, "stat_name")).isEqualTo("estimate");
        assertThat(ard.value(1, "stat")).isEqualTo(0.25);
        assertThat(ard.value(2, "group2")).isNull();
        assertThat(ard.value(3, "stat")).isNull();
    }

    @Test
    void saysItsDataConventionsAndWarnings() {
        SurvivalData rows = SurvivalData.of(new double[] {1, 2, 3}, new int[] {1, 0, 1});
        TableDocument document = TableDocument.of(
                        "Life table", LifeTable.of(0, 2, 4).fit(EventTable.of(rows)))
                .withConventions(Map.of("interval", "none"))
                .withProvenance(Provenance.of(rows))
                .withWarnings(List.of("read with care"));
        assertThat(document.toJson())
                .contains("\"conventions\":{\"interval\":\"none\"}", "\"used\":3", "\"warnings\":[\"read with care\"]")
                .contains("\"hazard_std_error\":");
        assertThat(document.toText()).contains("Note: read with care");
        assertThat(document.ard().value(0, "variable")).isEqualTo("Life table");
    }
}
