package io.engraft.pathway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.data.DurationUnit;
import io.engraft.data.TidyTable;
import io.engraft.evidence.EvidenceTable;
import io.engraft.evidence.PublishedRate;
import io.engraft.internal.JsonValue;
import io.engraft.law.LawOfTime;
import io.engraft.multistate.Fate;
import io.engraft.multistate.solve.OccupancySolver;
import io.engraft.multistate.solve.SolvedOccupancy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JmmlPathwaysTest {

    private static final EvidenceTable PUBLISHED = EvidenceTable.jmml();

    static List<String> names() {
        return JmmlPathways.names();
    }

    private static PathwayModel get(String name) {
        return JmmlPathways.get(name);
    }

    private static double alive(PathwayModel pathway, double t) {
        SolvedOccupancy solved =
                OccupancySolver.withDefaults().withTolerance(1e-4).solve(pathway.multiStateModel(), t);
        return solved.probabilityIn(pathway.multiStateModel().aliveStates(), t);
    }

    @Test
    void theMiddleOfAnAssumptionsDrawsIsItsWholeRange() {
        Assumption dead = JmmlPathways.get("trametinib").assumption("M1");
        assertThat(dead.quantile(0.025)).isEqualTo(dead.low());
        assertThat(dead.quantile(0.001)).isEqualTo(dead.low());
        assertThat(dead.quantile(0.5)).isEqualTo(dead.value());
        assertThat(dead.quantile(0.975)).isEqualTo(dead.high());
        assertThat(dead.quantile(0.999)).isEqualTo(dead.high());
        assertThat(dead.quantile(0.2625)).isCloseTo(0.5 * (dead.low() + dead.value()), within(1e-12));
    }

    @Test
    void thereAreEightAndEachHasItsZeroOfTime() {
        assertThat(JmmlPathways.all().keySet()).containsExactlyElementsOf(JmmlPathways.names());
        assertThat(JmmlPathways.fromDiagnosis().keySet())
                .containsExactly(
                        "from-diagnosis",
                        "bridge-chemotherapy",
                        "azacitidine-bridge",
                        "chemotherapy-alone",
                        "untreated");
        assertThat(get("transplant").timeZero()).hasValue(TimeZero.TRANSPLANT);
        assertThat(get("second-transplant").timeZero()).hasValue(TimeZero.RELAPSE);
        assertThat(get("trametinib").timeZero()).hasValue(TimeZero.TREATMENT);
        assertThat(JmmlPathways.text("jmml"))
                .isEqualTo(JmmlPathways.text("transplant"))
                .isEqualTo(PathwayModel.jmmlText());
        assertThatThrownBy(() -> get("cure"))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageStartingWith("pathway is cure; allowed: one of [transplant, second-transplant,");
        assertThatThrownBy(() -> TimeZero.parse("birth"))
                .hasMessage("time zero is birth; allowed: diagnosis, transplant, relapse or treatment");
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyNumberIsNamed(String name) {
        // 0, 1, "rest", the month that a share speaks of, and the patients of a figure behind the state: nothing else.
        JsonValue root = JsonValue.read(JmmlPathways.text(name).getBytes(StandardCharsets.UTF_8), name);
        if (!root.get("start").isText()) {
            root.get("start").items().forEach(s -> number(s.get("probability")));
        }
        for (JsonValue state : root.get("states").items()) {
            for (String kind : List.of("fates", "transitions")) {
                for (JsonValue way : state.find(kind).map(JsonValue::items).orElse(List.of())) {
                    way.find("probability").ifPresent(JmmlPathwaysTest::number);
                    way.find("law").ifPresent(law -> {
                        for (String key :
                                List.of("rate", "shape", "scale", "meanLog", "sdLog", "median", "share", "reaches")) {
                            law.find(key).ifPresent(JmmlPathwaysTest::number);
                        }
                    });
                }
            }
        }
        TidyTable table = get(name).numbers();
        for (int i = 0; i < table.rowCount(); i++) {
            if ("patients".equals(table.value(i, "basis"))) {
                assertThat(table.value(i, "evidence"))
                        .as(name + ": sample size")
                        .isNotNull();
            }
        }
    }

    private static void number(JsonValue value) {
        if (!value.isText()) {
            assertThat(value.number()).isIn(0.0, 1.0);
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void onlyWhatWasReadIsEvidence(String name) {
        PathwayModel pathway = get(name);
        for (EvidenceSource source : pathway.evidence()) {
            PublishedRate rate = PUBLISHED.get(source.id());
            assertThat(rate.mayCalibrate()).as(source.id()).isTrue();
            assertThat(rate.source().url()).isEqualTo(source.url());
            rate.value()
                    .ifPresent(v -> assertThat(source.finding())
                            .as(source.id())
                            .containsPattern("(^|[^0-9.])" + Pattern.quote(rate.estimate()) + "[^0-9.]"));
        }
        Set<String> used = new HashSet<>();
        pathway.numberList().forEach(n -> used.add(String.valueOf(n.assumption())));
        for (Assumption a : pathway.assumptions()) {
            assertThat(used).as(name).contains(a.id());
            if (a.basis().equals("assumed")) {
                assertThat(a.text()).contains("Nothing read fixes it");
                assertThat(a.evidence()).isEmpty();
            } else {
                assertThat(a.evidence()).isNotEmpty();
                assertThat(PUBLISHED.forCalibration(a.evidence().toArray(new String[0])))
                        .hasSameSizeAs(a.evidence());
            }
            namesOnlyWhatWasRead(a.text());
        }
        pathway.notes().forEach(JmmlPathwaysTest::namesOnlyWhatWasRead);
        assertThat(pathway.notes()).isNotEmpty();
    }

    private static void namesOnlyWhatWasRead(String text) {
        Matcher ids = Pattern.compile("\\bE\\d{2}\\b").matcher(text);
        while (ids.find()) {
            assertThat(PUBLISHED.get(ids.group()).mayCalibrate()).as(text).isTrue();
        }
    }

    @Test
    void theTableTellsWhichIsWhich() {
        TidyTable table = JmmlPathways.table();
        List<String> bases = new ArrayList<>();
        int numbers = 0;
        for (PathwayModel pathway : JmmlPathways.all().values()) {
            numbers += pathway.numberList().size();
        }
        int shown = 0;
        for (int i = 0; i < table.rowCount(); i++) {
            String basis = String.valueOf(table.value(i, "basis"));
            bases.add(basis);
            shown += basis.equals("shown") ? 1 : 0;
            assertThat(table.value(i, "evidence") == null)
                    .isEqualTo(!List.of("read", "patients", "shown").contains(basis));
            if (basis.equals("assumed")) {
                assertThat(table.value(i, "assumption")).isNotNull();
            }
            if (table.value(i, "evidence") != null) {
                assertThat(table.value(i, "status")).isEqualTo("READ");
                assertThat(table.value(i, "citation")).isNotNull();
            }
            if (basis.equals("read") || basis.equals("assumed")) {
                assertThat(table.value(i, "low")).isNotNull();
                assertThat(table.value(i, "high")).isNotNull();
            }
        }
        assertThat(new HashSet<>(bases))
                .containsExactlyInAnyOrder("read", "assumed", "patients", "definition", "rest", "shown");
        assertThat(table.rowCount()).isEqualTo(numbers + shown);
        assertThat(row(table, "azacitidine-bridge", "azacitidine", "transplant", "probability"))
                .containsExactly(
                        "azacitidine-bridge", "diagnosis", 0.94, 0.73, 0.998, "probability", "read", "Z1", "E59");
        assertThat(row(table, "trametinib", "response", "death", "by"))
                .containsExactly("trametinib", "treatment", 24.0, null, null, "months", "definition", null, null);
        assertThat(row(table, "transplant", "remission", null, "sampleSize"))
                .containsExactly(
                        "transplant", "transplant", 100.0, null, null, "patients", "patients", null, "E01 E02");
        assertThat(row(table, "azacitidine-bridge", null, null, null).get(8)).isEqualTo("E56");
    }

    private static List<@Nullable Object> row(
            TidyTable table,
            String pathway,
            @Nullable String state,
            @Nullable String event,
            @Nullable String parameter) {
        for (int i = 0; i < table.rowCount(); i++) {
            if (pathway.equals(table.value(i, "pathway"))
                    && Objects.equals(state, table.value(i, "state"))
                    && Objects.equals(event, table.value(i, "event"))
                    && Objects.equals(parameter, table.value(i, "parameter"))) {
                List<@Nullable Object> cells = new ArrayList<>();
                for (String c : List.of(
                        "pathway", "time_zero", "value", "low", "high", "unit", "basis", "assumption", "evidence")) {
                    cells.add(table.value(i, c));
                }
                return cells;
            }
        }
        throw new AssertionError(state + " " + event);
    }

    @Test
    void lawsHaveTheMediansAndSharesThatAreNamed() {
        assertThat(law("bridge-chemotherapy", "bridging", "transplant").timeAt(0.5))
                .isCloseTo(1.5, within(1e-12));
        LawOfTime wait = law("bridge-chemotherapy", "bridging", "transplant");
        assertThat(wait.survival(1) - wait.survival(2)).isBetween(0.75, 0.77); // "three in four"
        LawOfTime azacitidine = law("azacitidine-bridge", "azacitidine", "transplant");
        assertThat(azacitidine.timeAt(0.5)).isCloseTo(4.6, within(1e-12));
        // The named ends of the spread: the expected least and largest of 17 normal numbers lie 1.79 from the mean.
        assertThat(Math.log(4.6 / 2.8) / 1.79)
                .isCloseTo(get("azacitidine-bridge").assumption("Z2b").low(), within(0.005));
        assertThat(Math.log(19.0 / 4.6) / 1.79)
                .isCloseTo(get("azacitidine-bridge").assumption("Z2b").high(), within(0.005));
        assertThat(law("untreated", "untreated", "death").timeAt(0.5)).isCloseTo(8, within(1e-12));
        assertThat(law("chemotherapy-alone", "chemotherapy", "progression").timeAt(0.5))
                .isCloseTo(5, within(1e-12));
        assertThat(get("azacitidine-bridge")
                        .multiStateModel()
                        .state("azacitidine")
                        .sampleSize())
                .isEqualTo(18);
        assertThat(get("azacitidine-bridge")
                        .multiStateModel()
                        .state("remission")
                        .sampleSize())
                .isEqualTo(17);
        assertThat(get("azacitidine-bridge").multiStateModel().state("remission").fates().stream()
                        .map(Fate::probability))
                .containsExactly(0.82, 0.14, 0.04);
        assertThat(alive(get("trametinib"), 24)).isCloseTo(0.70, within(1e-9));
    }

    private static LawOfTime law(String pathway, String state, String event) {
        return Objects.requireNonNull(get(pathway).multiStateModel().state(state).fates().stream()
                .filter(f -> f.event().equals(event))
                .findFirst()
                .orElseThrow()
                .law());
    }

    @Test
    void whatWasReadOfSurvivalIsMet() {
        // Untreated: the median stays below 12 months for every assumption within its range (E51).
        PathwayModel untreated = get("untreated");
        assertThat(alive(untreated, 12)).isLessThan(0.5);
        for (Assumption a : untreated.assumptions()) {
            assertThat(alive(untreated.withAssumption(a.id(), a.low()), 12))
                    .as(a.id())
                    .isLessThan(0.5);
            assertThat(alive(untreated.withAssumption(a.id(), a.high()), 12))
                    .as(a.id())
                    .isLessThan(0.5);
        }
        // From diagnosis with a bridge: within the intervals of E36 and E37.
        PathwayModel bridge = get("bridge-chemotherapy");
        assertThat(alive(bridge, 60)).isBetween(0.44, 0.66);
        SolvedOccupancy solved = OccupancySolver.withDefaults().solve(bridge.multiStateModel(), 60);
        assertThat(solved.probability("remission", 60) + solved.probability("bridging", 60))
                .isBetween(0.30, 0.52);
        // Without transplant: 6 % at 10 years (E48). Azacitidine: 14 of 17 free of leukaemia, at the end of their
        // follow-up; two years after transplant the model is near it.
        assertThat(alive(get("chemotherapy-alone"), 120)).isCloseTo(0.06, within(1e-3));
        assertThat(get("azacitidine-bridge")
                        .withStart("remission")
                        .mixture()
                        .eventFreeSurvival()
                        .survivalAt(23.8)
                        .estimate())
                .isBetween(0.82, 0.84);
        // Second transplant: at most the 30 % that are told at second hand.
        assertThat(get("second-transplant").assumption("A3").value()
                        * get("second-transplant").assumption("A5a").value())
                .isCloseTo(0.30, within(1e-12));
    }

    @Test
    void includedStatesAreThoseOfTheTransplant() {
        PathwayModel bridge = get("bridge-chemotherapy");
        assertThat(bridge.multiStateModel().state("remission"))
                .isEqualTo(get("transplant").model().state("remission"));
        assertThat(bridge.assumptions()).containsAll(get("transplant").assumptions());
        assertThat(bridge.withAssumption("F1", 0.41)
                        .model()
                        .state("remission")
                        .fates()
                        .get(0)
                        .probability())
                .isEqualTo(0.41);
        PathwayModel second = get("second-transplant");
        assertThat(second.multiStateModel().stateNames())
                .containsExactly("relapsed", "second-remission", "relapsed-again", "dead-after-relapse");
        assertThat(second.assumptions())
                .extracting(Assumption::id)
                .doesNotContain("F1", "T1", "A1")
                .contains("A3");
        assertThat(second.evidence())
                .extracting(EvidenceSource::id)
                .contains("E28", "E65")
                .doesNotContain("E01");
        PathwayModel later = second.withAssumption("A5a", 0.4).withStart("second-remission");
        assertThat(later.mixture().fates().get(0).probability()).isEqualTo(0.4);
        assertThat(later.timeZero()).isEmpty();
        assertThat(later.assumptions()).extracting(Assumption::id).doesNotContain("A3", "A4a");
        assertThat(later.withAssumption("A5a", 0.5).mixture().fates().get(0).probability())
                .isEqualTo(0.5);
        assertThatThrownBy(() -> second.withStart("heaven"))
                .hasMessageStartingWith("state is heaven; allowed: one of [rel");
    }

    @Test
    void pathwaysOfHazardsAreNoModelsOfFates() {
        PathwayModel waiting = get("from-diagnosis");
        assertThat(waiting.isFateModel()).isFalse();
        assertThat(get("transplant").isFateModel()).isTrue();
        assertThat(waiting.unit()).isEqualTo(DurationUnit.MONTHS);
        assertThatThrownBy(waiting::model)
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage(
                        "the pathway 'JMML from diagnosis, waiting for a transplant' has hazards or several states to"
                                + " start in, so that it is no FateModel; allowed: multiStateModel()");
        assertThatThrownBy(waiting::mixture).hasMessageContaining("has hazards");
        assertThat(waiting.multiStateModel().notes()).isEmpty();
        assertThatThrownBy(() -> waiting.withAssumption("D2", 0))
                .hasMessageContaining("assumption D2 is 0.0; allowed: 0 <");
        assertThatThrownBy(() -> get("trametinib").withAssumption("M2", 1.2))
                .hasMessageContaining("assumption M2 is 1.2; allowed: 0 <=");
    }

    @Test
    void waitingCosts() {
        double[] wait = get("from-diagnosis").sensitivityOf("D1a", 24);
        assertThat(wait[0] - wait[2]).isGreaterThan(0.1);
        assertThat(wait[1]).isBetween(wait[2], wait[0]);
        TidyTable bridge = get("chemotherapy-alone").sensitivity(12);
        assertThat(bridge.numbers("at_value")[0]).isCloseTo(alive(get("chemotherapy-alone"), 12), within(1e-6));
        // Too steep for convolution, which must not be believed: 0.5497 by the general solver.
        assertThat(get("bridge-chemotherapy").sensitivityOf("B1", 60)[1])
                .isCloseTo(alive(get("bridge-chemotherapy"), 60), within(1e-6));
    }

    @Test
    void impossibleEndsAreLeftOut() {
        PathwayModel full = get("transplant").withAssumption("F1", 0.6).withAssumption("F2", 0.4);
        assertThat(full.sensitivityOf("F2", 12)[0]).isFinite();
        assertThat(full.sensitivityOf("F2", 12)[2]).isNaN();
        assertThatThrownBy(() -> full.withAssumption("F2", 0.5)).isInstanceOf(InvalidDataException.class);
    }
}
