package io.engraft.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engraft.InvalidArgumentException;
import io.engraft.data.SurvivalData;
import io.engraft.data.TidyTable;
import io.engraft.data.io.CsvOutput;
import io.engraft.estimate.AalenJohansen;
import io.engraft.estimate.KaplanMeier;
import io.engraft.report.curves.IncidenceDocument;
import io.engraft.report.curves.SurvivalDocument;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Times 3, 5, 8; the first an event of cause 1, the second censored, the third an event of cause 2. On paper: at risk 3,
 * 2, 1; S(3) = 2/3, S(8) = 0; F1 = 1/3, F2(8) = 2/3; the restricted mean to 8 is 3 + 5 * 2/3.
 */
class HandWorkedTest {

    private static final SurvivalData ROWS = Fixtures.three();

    private static SurvivalDocument survival() {
        return SurvivalDocument.of(KaplanMeier.withDefaults().fit(ROWS).get("all"), ROWS);
    }

    @Test
    void survivalAsJson() {
        String json = survival().withRestrictedMean(8).toJson();

        assertThat(json)
                .contains(
                        "\"data\":{\"source\":\"data\",\"rows\":3,\"used\":3,\"dropped\":0},\"groups\":[{\"group\":\"all\",\"n\":3,"
                                + "\"events\":2,\"median\":{\"estimate\":8,")
                .contains("\"rmst\":{\"tau\":8,\"estimate\":6.333333333333")
                .contains(
                        "\"points\":[{\"time\":3,\"atRisk\":3,\"events\":1,\"censored\":0,\"survival\":0.66666666666666")
                .contains("{\"time\":5,\"atRisk\":2,\"events\":0,\"censored\":1,\"survival\":0.66666666666666")
                .contains("{\"time\":8,\"atRisk\":1,\"events\":1,\"censored\":0,\"survival\":0,\"stdError\":")
                .contains("]}],\"warnings\":[\"the restricted mean rests on 3 rows: with fewer than 30")
                .contains("\"unit\":\"months\",\"missingValues\":\"fail\",\"standardErrors\":\"model\"}");
    }

    @Test
    void survivalAsAnalysisResults() {
        TidyTable ard = survival().withTimes(3).ard();

        assertThat(CsvOutput.text(ard))
                .contains(",,,,survival,,n,3", ",,,,survival,,events,2", ",,,,prob,0.5,estimate,8")
                .contains(",,,,time,3,at_risk,3", ",,,,time,3,events,1", ",,,,time,3,estimate,0.66666666666666");
        double[] stats = ard.numbers("stat");
        assertThat(stats).hasSize(5 + 9);
    }

    @Test
    void incidenceOfBothCauses() {
        IncidenceDocument document = IncidenceDocument.of(
                        AalenJohansen.withDefaults().fit(ROWS).get("all"), ROWS)
                .withTimes(8);

        assertThat(document.table().numbers("incidence")[0]).isEqualTo(1.0 / 3, within());
        assertThat(document.table().numbers("incidence")[1]).isEqualTo(2.0 / 3, within());
        assertThat(document.toText()).contains("cause 1: events 1", "cause 2: events 1");
        assertThat(CsvOutput.text(document.ard())).contains(",,cause,2,time,8,at_risk,1");
    }

    private static org.assertj.core.data.Offset<Double> within() {
        return org.assertj.core.data.Offset.offset(1e-15);
    }

    @Test
    void theTextIsAPage() {
        String markdown = survival().withTimes(3).toMarkdown();

        assertThat(markdown)
                .startsWith("## Kaplan-Meier survival\n\n| data | ")
                .contains("\nAll rows: n 3, events 2\\\nmedian 8 months (95 % interval ")
                .contains("""


                        | time | at risk | events | censored | survival | std error | 95 % interval | cum. hazard |
                        | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
                        | 3 | 3 | 1 | 0 | 0.6667 | 0.2722 |\s""");
    }

    @Test
    void refusesToBeOfNothing() {
        assertThatThrownBy(() -> SurvivalDocument.of(Map.of(), ROWS))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("number of curves is 0; allowed: one or more");
        assertThatThrownBy(() -> IncidenceDocument.of(Map.of(), ROWS)).isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> survival().withTimes(-1)).isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> survival().withRestrictedMean(-1)).isInstanceOf(InvalidArgumentException.class);
    }
}
