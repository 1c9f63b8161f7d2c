package io.engraft.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.InvalidArgumentException;
import io.engraft.calibrate.PathwayComparison.Row;
import io.engraft.data.TidyTable;
import io.engraft.evidence.PublishedRate;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Pathways side by side from diagnosis, and the parts of survival. */
class PathwayComparisonTest {

    private static Map<String, PathwayModel> pathways(String... names) {
        Map<String, PathwayModel> found = new LinkedHashMap<>();
        for (String name : names) {
            found.put(name, JmmlPathways.get(name));
        }
        return found;
    }

    @Test
    void oneClockForAll() {
        PathwayComparison all = PathwayComparison.fromDiagnosis(JmmlPathways.fromDiagnosis(), 12, 60);
        assertThat(all.rows()).hasSize(10);
        Row untreated = all.rows().get(8);
        assertThat(untreated.pathway()).isEqualTo("untreated");
        assertThat(untreated.alive()).isCloseTo(0.075 + 0.925 * Math.pow(2, -12.0 / 8), within(1e-8));
        assertThat(untreated.leukaemiaFree()).isNaN();
        Row bridge = all.rows().get(3);
        // Everyone's way to transplant is over by month 60: 90 % of the transplanted, a little younger in the
        // transplant.
        assertThat(bridge.pathway()).isEqualTo("bridge-chemotherapy");
        assertThat(bridge.alive()).isBetween(0.54, 0.56);
        assertThat(bridge.leukaemiaFree()).isLessThan(bridge.alive());
        assertThat(bridge.aliveLow()).isNaN();
        TidyTable table = all.tidy();
        assertThat(table.rowCount()).isEqualTo(10);
        assertThat(table.value(8, "leukaemia_free")).isNull();
        assertThat(all.notes().get(0)).contains("counted from diagnosis").contains("without randomisation");
        assertThat(all.notes()).anyMatch(n -> n.startsWith("azacitidine-bridge: One trial of 18"));
    }

    @Test
    void rangesMoveOneAssumptionAtATime() {
        PathwayComparison quick = PathwayComparison.fromDiagnosis(pathways("untreated", "chemotherapy-alone"), 12)
                .withRanges();
        Row untreated = quick.rows().get(0);
        double low = 0.075 + 0.925 * Math.pow(2, -12.0 / 4); // U2a at 4 months is the worst
        assertThat(untreated.aliveLow()).isCloseTo(low, within(1e-8));
        assertThat(untreated.aliveHigh()).isCloseTo(0.075 + 0.925 * Math.pow(2, -12.0 / 10), within(1e-8));
        assertThat(untreated.leukaemiaFreeLow()).isNaN();
        assertThat(quick.rows().get(1).aliveLow())
                .isLessThan(quick.rows().get(1).alive());
        assertThat(quick.tidy().value(0, "alive_high")).isNotNull();
    }

    @Test
    void otherClocksAreRefused() {
        assertThatThrownBy(() -> PathwayComparison.fromDiagnosis(pathways("untreated", "transplant"), 12))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage(
                        "pathway 'transplant' counts time from transplant; allowed: pathways from diagnosis, because who"
                                + " reaches a later zero has survived the time before it (immortal time)");
        assertThatThrownBy(() -> PathwayComparison.fromDiagnosis(pathways("trametinib", "untreated"), 12))
                .hasMessageStartingWith("pathway 'trametinib' counts time from treatment");
        Map<String, PathwayModel> later = pathways("untreated");
        later.put("own", JmmlPathways.get("untreated").startingIn("untreated"));
        assertThatThrownBy(() -> PathwayComparison.fromDiagnosis(later, 12))
                .hasMessageStartingWith("pathway 'own' does not say what time counts from");
        String days = JmmlPathways.text("untreated")
                .replace("\"unit\": \"months\",\n  \"timeZero\"", "\"unit\": \"days\",\n  \"timeZero\"");
        later.put("own", PathwayModel.of(days.getBytes(StandardCharsets.UTF_8), "days.json"));
        assertThatThrownBy(() -> PathwayComparison.fromDiagnosis(later, 12))
                .hasMessage("unit of pathway 'own' is days; allowed: months");
        assertThatThrownBy(() -> PathwayComparison.fromDiagnosis(pathways("untreated"), 12))
                .hasMessage("number of pathways is 1; allowed: at least 2");
        assertThatThrownBy(() -> PathwayComparison.fromDiagnosis(JmmlPathways.fromDiagnosis()))
                .hasMessage("number of times is 0; allowed: at least 1");
        assertThatThrownBy(() -> PathwayComparison.fromDiagnosis(JmmlPathways.fromDiagnosis(), 0))
                .hasMessageContaining("time is 0.0; allowed: 0 < time < infinity");
    }

    @Test
    void whyOnePageSaysFiftyAndAnotherSixtyFour() {
        SurvivalParts parts = SurvivalParts.of(JmmlPathways.get("transplant"), 60);
        // Event-free survival has an interval that the mixture gives too, by draws.
        assertThat(parts.eventFree().estimate())
                .isCloseTo(
                        JmmlPathways.get("transplant")
                                .mixture()
                                .eventFreeSurvival()
                                .survivalAt(60)
                                .estimate(),
                        within(1e-8));
        assertThat(parts.eventFree().standardError().orElseThrow())
                .isCloseTo(
                        JmmlPathways.get("transplant")
                                .mixture()
                                .eventFreeSurvival()
                                .survivalAt(60)
                                .standardError()
                                .orElseThrow(),
                        within(1e-8));
        assertThat(parts.overall().estimate()).isCloseTo(0.6104, within(5e-5));
        double sum = parts.eventFree().estimate();
        for (SurvivalParts.Part part : parts.parts()) {
            sum += part.share().estimate();
        }
        assertThat(parts.overall().estimate()).isCloseTo(sum, within(1e-12));
        assertThat(parts.overall().estimate() - parts.eventFree().estimate())
                .isCloseTo(parts.difference().estimate(), within(1e-12));
        assertThat(parts.parts())
                .extracting(SurvivalParts.Part::state)
                .containsExactly("relapsed", "second-remission", "relapsed-again");
        assertThat(parts.difference().hasInterval()).isTrue();
        assertThat(parts.published())
                .extracting(PublishedRate::id)
                .containsExactlyInAnyOrder("E03", "E04", "E13", "E32", "E37", "E17", "E28", "E33", "E36");
        assertThat(parts.explanation())
                .startsWith("At 60 months the model has 50.2 % alive without any event (event-free survival) and 61.0 %"
                        + " alive in all (overall survival). The 10.8 points between them are patients alive after a"
                        + " first event: 0.1 % alive after relapse, no second transplant yet, 10.5 % alive in remission"
                        + " after a second transplant, 0.2 % alive after a second relapse.")
                .contains(
                        "Published event-free survival is 41 to 55 % (E03, E04, E13, E32, E37), overall survival 55 to"
                                + " 64 % (E17, E28, E33, E36): a page that says about 50 % prints the first, one that says up to"
                                + " 64 % the second.");
        TidyTable table = parts.tidy();
        assertThat(table.rowCount()).isEqualTo(3 + 3 + 9);
        assertThat(table.value(0, "what")).isEqualTo("event-free");
        assertThat(table.value(14, "evidence")).isEqualTo("E37");
        assertThat(table.value(14, "lower")).isEqualTo(0.30);
    }

    @Test
    void partsOfOtherPathways() {
        SurvivalParts later =
                SurvivalParts.of(JmmlPathways.get("second-transplant").startingIn("second-remission"), 24);
        assertThat(later.eventFree().hasInterval()).isFalse();
        assertThat(later.explanation()).endsWith("after a second relapse.");
        assertThat(later.parts()).hasSize(1);
        assertThatThrownBy(() -> SurvivalParts.of(JmmlPathways.get("untreated"), 12))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageStartingWith("the first state 'untreated' is not free of leukaemia");
        assertThatThrownBy(() -> SurvivalParts.of(JmmlPathways.get("trametinib"), 12))
                .hasMessageContaining("has hazards");
        assertThatThrownBy(() -> SurvivalParts.of(JmmlPathways.get("transplant"), -1))
                .hasMessageContaining("time is -1.0");
    }
}
