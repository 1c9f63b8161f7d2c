package io.engraft.pathway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.InvalidArgumentException;
import io.engraft.curve.PointEstimate;
import io.engraft.data.TidyTable;
import io.engraft.evidence.PublishedRate;
import io.engraft.multistate.solve.OccupancySolver;
import io.engraft.multistate.solve.SolvedOccupancy;
import io.engraft.pathway.PathwayComparison.Row;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
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
    void rangesAreThoseOfTheWorstAndBestAssumption() {
        Map<String, PathwayModel> two = pathways("chemotherapy-alone", "azacitidine-bridge");
        for (Row row : PathwayComparison.fromDiagnosis(two, 12).withRanges().rows()) {
            double[] range = {row.leukaemiaFree(), row.leukaemiaFree(), row.alive(), row.alive()};
            PathwayModel pathway = Objects.requireNonNull(two.get(row.pathway()));
            for (Assumption a : pathway.assumptions()) {
                for (double end : new double[] {a.low(), a.high()}) {
                    pathway.ifPossible(a.id(), end).ifPresent(p -> {
                        SolvedOccupancy solved = OccupancySolver.withDefaults()
                                .withTolerance(1e-4)
                                .solve(p.multiStateModel(), 12);
                        double free = p.leukaemiaFreeStates().stream()
                                .mapToDouble(s -> solved.probability(s, 12))
                                .sum();
                        double alive = p.multiStateModel().aliveStates().stream()
                                .mapToDouble(s -> solved.probability(s, 12))
                                .sum();
                        range[0] = Math.min(range[0], free);
                        range[1] = Math.max(range[1], free);
                        range[2] = Math.min(range[2], alive);
                        range[3] = Math.max(range[3], alive);
                    });
                }
            }
            if (!pathway.leukaemiaFreeStates().isEmpty()) {
                assertThat(row.leukaemiaFreeLow()).as(row.pathway()).isCloseTo(range[0], within(1e-9));
                assertThat(row.leukaemiaFreeHigh()).as(row.pathway()).isCloseTo(range[1], within(1e-9));
            }
            assertThat(row.aliveLow()).as(row.pathway()).isCloseTo(range[2], within(1e-9));
            assertThat(row.aliveHigh()).as(row.pathway()).isCloseTo(range[3], within(1e-9));
        }
    }

    @Test
    void fatesInAnyOrderHaveTheirOwnErrors() {
        String file = """
                {"format": "engraft-pathways", "version": 1, "name": "own", "unit": "months",
                 "evidence": [], "assumptions": [], "start": "start", "states": [
                 {"name": "start", "alive": true, "leukaemiaFree": true, "sampleSize": 100, "fates": [
                  {"event": "relapse", "to": "relapsed", "probability": 0.3,
                   "law": {"family": "weibull", "shape": 1, "scale": 2}},
                  {"event": "cure", "probability": 0.6},
                  {"event": "death", "to": "dead", "probability": 0.1,
                   "law": {"family": "weibull", "shape": 1, "scale": 2}}]},
                 {"name": "relapsed", "alive": true, "fates": []},
                 {"name": "dead", "alive": false, "fates": []}]}""";
        SurvivalParts parts = SurvivalParts.of(PathwayModel.of(file.getBytes(StandardCharsets.UTF_8), "own.json"), 200);
        // Long after all times: shares of 100 patients, whatever the prior or divisor.
        assertThat(error(parts.eventFree())).isCloseTo(Math.sqrt(0.6 * 0.4 / 100), within(0.001));
        assertThat(error(parts.difference())).isCloseTo(Math.sqrt(0.3 * 0.7 / 100), within(0.001));
        assertThat(error(parts.overall())).isCloseTo(Math.sqrt(0.9 * 0.1 / 100), within(0.001));
        assertThat(parts.explanation()).startsWith("At 200 months");
    }

    private static double error(PointEstimate p) {
        return p.standardError().orElseThrow();
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
        later.put("own", JmmlPathways.get("untreated").withStart("untreated"));
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
                SurvivalParts.of(JmmlPathways.get("second-transplant").withStart("second-remission"), 24);
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
