package io.engraft.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.data.DurationUnit;
import io.engraft.data.SurvivalData;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EndpointTest {

    private static final EndpointRules RULES = EndpointRules.withDefaults();

    private static String outcome(Endpoint endpoint, String events, EndpointRules rules) {
        EndpointOutcome o = endpoint.outcome(Histories.of(events), rules);
        String days = o.days() == Math.rint(o.days()) ? String.valueOf((long) o.days()) : String.valueOf(o.days());
        return days + "/" + o.status() + o.cause().map(c -> " " + c.column()).orElse("");
    }

    /** Worked by hand from the table of definitions: days/status, for each endpoint in turn. */
    @ParameterizedTest
    @CsvSource({
        // history, OS, DFS, EFS, relapse, NRM, engraftment, aGVHD II-IV, aGVHD III-IV, cGVHD, GRFS, CRFS
        "last_contact=900, 900/0, 900/0, 900/0, 900/0, 900/0, 900/0, 900/0, 900/0, 900/0, 900/0, 900/0",
        "death=80, 80/1, 80/1, 80/1, 80/2, 80/1, 80/2, 80/2, 80/2, 80/2, 80/1, 80/1",
        "engraftment=20 relapse=150 death=300, 300/1, 150/1, 150/1, 150/1, 150/2, 20/1, 300/2, 300/2, 300/2, 150/1,"
                + " 150/1",
        "engraftment=18 relapse=150 last_contact=700, 700/0, 150/1, 150/1, 150/1, 150/2, 18/1, 700/0, 700/0, 700/0,"
                + " 150/1, 150/1",
        "engraftment=18 relapse=100 death=100, 100/1, 100/1, 100/1, 100/1, 100/2, 18/1, 100/2, 100/2, 100/2, 100/1,"
                + " 100/1",
        "graft_failure=35 second_transplant=60 last_contact=800, 800/0, 800/0, 35/1, 800/0, 800/0, 60/2, 800/0, 800/0,"
                + " 800/0, 800/0, 800/0",
        "engraftment=22 agvhd_1=25 agvhd_2=30 agvhd_4=33 death=90, 90/1, 90/1, 90/1, 90/2, 90/1, 22/1, 30/1, 33/1,"
                + " 90/2, 33/1, 90/1",
        "engraftment=22 agvhd_1=25 agvhd_2=30 last_contact=500, 500/0, 500/0, 500/0, 500/0, 500/0, 22/1, 30/1, 500/0,"
                + " 500/0, 500/0, 500/0",
        "engraftment=22 cgvhd_mild=140 last_contact=600, 600/0, 600/0, 600/0, 600/0, 600/0, 22/1, 600/0, 600/0, 140/1,"
                + " 600/0, 600/0",
        "engraftment=22 cgvhd_moderate=200 cgvhd_systemic_therapy=210 last_contact=600, 600/0, 600/0, 600/0, 600/0,"
                + " 600/0, 22/1, 600/0, 600/0, 200/1, 210/1, 200/1",
        "engraftment=22 relapse=90 agvhd_3=120 cgvhd_severe=200 last_contact=600, 600/0, 90/1, 90/1, 90/1, 90/2, 22/1,"
                + " 120/1, 120/1, 200/1, 90/1, 90/1",
        "engraftment=15 second_transplant=100 relapse_after_second_transplant=250 death=400, 400/1, 250/1, 250/1,"
                + " 250/1, 250/2, 15/1, 400/2, 400/2, 400/2, 250/1, 250/1",
        "death=0, 0/1, 0/1, 0/1, 0/2, 0/1, 0/2, 0/2, 0/2, 0/2, 0/1, 0/1",
        "last_contact=0, 0/0, 0/0, 0/0, 0/0, 0/0, 0/0, 0/0, 0/0, 0/0, 0/0, 0/0",
        "agvhd_3=0 death=0, 0/1, 0/1, 0/1, 0/2, 0/1, 0/2, 0/1, 0/1, 0/2, 0/1, 0/1"
    })
    void everyEndpointOfOneHistory(
            String events,
            String os,
            String dfs,
            String efs,
            String relapse,
            String nrm,
            String engraftment,
            String acute2,
            String acute3,
            String chronic,
            String grfs,
            String crfs) {
        List<String> found = new ArrayList<>();
        for (Endpoint endpoint : Endpoint.values()) {
            found.add(outcome(endpoint, events, RULES).split(" ")[0]);
        }
        assertThat(found).containsExactly(os, dfs, efs, relapse, nrm, engraftment, acute2, acute3, chronic, grfs, crfs);
    }

    @ParameterizedTest
    @CsvSource({
        "RELAPSE, relapse=9 death=9, 9/1 relapse",
        "NRM, relapse=9 death=9, 9/2 relapse",
        "DFS, relapse=9 death=9, 9/1 relapse",
        "OS, relapse=9 death=9, 9/1 death",
        "OS, death=9 last_contact=9, 9/1 death",
        "EFS, graft_failure=9 relapse=9 death=9, 9/1 relapse",
        "EFS, graft_failure=9 death=9, 9/1 graft_failure",
        "ENGRAFTMENT, engraftment=9 death=9, 9/1 engraftment",
        "ENGRAFTMENT, engraftment=9 second_transplant=9 last_contact=9, 9/1 engraftment",
        "ENGRAFTMENT, second_transplant=9 death=9, 9/2 second_transplant",
        "AGVHD_2_4, agvhd_3=9 death=9, 9/1 agvhd_2",
        "AGVHD_3_4, agvhd_3=9 relapse=9 death=9, 9/1 agvhd_3",
        "CGVHD, cgvhd_mild=9 death=9, 9/1 cgvhd",
        "GRFS, agvhd_3=9 cgvhd_mild=9 cgvhd_systemic_therapy=9 relapse=9 death=9, 9/1 agvhd_3",
        "GRFS, cgvhd_mild=9 cgvhd_systemic_therapy=9 relapse=9 death=9, 9/1 cgvhd_systemic_therapy",
        "GRFS, relapse=9 death=9, 9/1 relapse",
        "CRFS, cgvhd_severe=9 relapse=9 death=9, 9/1 cgvhd_moderate",
        "CRFS, relapse=9 last_contact=9, 9/1 relapse",
        "DFS, last_contact=9, 9/0"
    })
    void onOneDayTheOrderIsFixed(Endpoint endpoint, String events, String expected) {
        assertThat(outcome(endpoint, events, RULES)).isEqualTo(expected);
    }

    @Test
    void secondTransplantCountsInEfsWhereDeclared() {
        String events = "engraftment=20 second_transplant=200 relapse_after_second_transplant=300 last_contact=500";
        assertThat(outcome(Endpoint.EFS, events, RULES)).isEqualTo("300/1 relapse");
        EndpointRules declared = RULES.withSecondTransplantInEfs(true);
        assertThat(outcome(Endpoint.EFS, events, declared)).isEqualTo("200/1 second_transplant");
        assertThat(outcome(Endpoint.DFS, events, declared)).isEqualTo("300/1 relapse");
        assertThat(outcome(Endpoint.EFS, "relapse=200 second_transplant=200 last_contact=500", declared))
                .isEqualTo("200/1 relapse");
    }

    @ParameterizedTest
    @EnumSource(names = {"AGVHD_2_4", "AGVHD_3_4", "CGVHD"})
    void relapseCompetesWithGvhdWhereDeclared(Endpoint endpoint) {
        EndpointRules declared = RULES.withRelapseCompetingWithGvhd(true);
        String late = "relapse=50 agvhd_3=60 cgvhd_mild=60 death=200";
        assertThat(outcome(endpoint, late, RULES)).startsWith("60/1");
        assertThat(outcome(endpoint, late, declared)).isEqualTo("50/2 relapse");
        assertThat(outcome(endpoint, "relapse=60 agvhd_3=60 cgvhd_mild=60 death=200", declared))
                .startsWith("60/1");
        assertThat(outcome(endpoint, "relapse=200 death=200", declared)).isEqualTo("200/2 relapse");
        assertThat(endpoint.causeLabels(declared).get(1)).isEqualTo("relapse or death");
        assertThat(endpoint.causeLabels(RULES).get(1)).isEqualTo("death");
    }

    @Test
    void crfsFollowsTheDeclaredCriterion() {
        String events = "cgvhd_mild=100 cgvhd_systemic_therapy=120 cgvhd_moderate=150 last_contact=500";
        assertThat(outcome(Endpoint.CRFS, events, RULES)).isEqualTo("150/1 cgvhd_moderate");
        assertThat(outcome(Endpoint.CRFS, events, RULES.withChronicGvhdInCrfs(ChronicGvhdCriterion.SYSTEMIC_THERAPY)))
                .isEqualTo("120/1 cgvhd_systemic_therapy");
        assertThat(outcome(Endpoint.CRFS, events, RULES.withChronicGvhdInCrfs(ChronicGvhdCriterion.EITHER)))
                .isEqualTo("120/1 cgvhd_systemic_therapy");
    }

    @Test
    void crfsRefusesChronicGvhdOfUnknownSeverity() {
        TransplantHistory unknown = Histories.of("P9", "cgvhd=100 cgvhd_systemic_therapy=120 last_contact=500");
        assertThatThrownBy(() -> Endpoint.CRFS.outcome(unknown, RULES))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("column 'cgvhd': patient P9: the severity of the chronic GVHD is not known");
        assertThatThrownBy(() ->
                        Endpoint.CRFS.apply(List.of(Histories.of("P8", "death=3"), unknown), RULES, DurationUnit.DAYS))
                .hasMessageContaining("row 2, column 'cgvhd'");
        assertThat(Endpoint.CRFS
                        .outcome(unknown, RULES.withChronicGvhdInCrfs(ChronicGvhdCriterion.SYSTEMIC_THERAPY))
                        .days())
                .isEqualTo(120);
        assertThat(Endpoint.CGVHD.outcome(unknown, RULES).days()).isEqualTo(100);
    }

    @Test
    void donorLymphocytesAndSecondTransplantCensorOnlyWhereDeclared() {
        String events = "donor_lymphocytes=50 agvhd_3=60 second_transplant=80 relapse_after_second_transplant=90"
                + " death=100";
        EndpointRules dli = RULES.withCensoringAtDonorLymphocytes(Set.of(Endpoint.AGVHD_3_4, Endpoint.OS));
        assertThat(outcome(Endpoint.AGVHD_3_4, events, dli)).isEqualTo("50/0");
        assertThat(outcome(Endpoint.OS, events, dli)).isEqualTo("50/0");
        assertThat(outcome(Endpoint.AGVHD_2_4, events, dli)).isEqualTo("60/1 agvhd_2");
        EndpointRules second = RULES.withCensoringAtSecondTransplant(Set.of(Endpoint.RELAPSE, Endpoint.EFS));
        assertThat(outcome(Endpoint.RELAPSE, events, second)).isEqualTo("80/0");
        assertThat(outcome(Endpoint.EFS, events, second)).isEqualTo("80/0");
        assertThat(outcome(Endpoint.DFS, events, second)).isEqualTo("90/1 relapse");
    }

    @Test
    void onOneDayEventsComeBeforeCensoring() {
        EndpointRules rules = RULES.withCensoringAtSecondTransplant(EnumSet.of(Endpoint.RELAPSE, Endpoint.NRM))
                .withCensoringAtDonorLymphocytes(EnumSet.of(Endpoint.AGVHD_2_4));
        assertThat(outcome(Endpoint.RELAPSE, "relapse=70 second_transplant=70 death=90", rules))
                .isEqualTo("70/1 relapse");
        assertThat(outcome(Endpoint.RELAPSE, "second_transplant=70 death=70", rules))
                .isEqualTo("70/2 death");
        assertThat(outcome(Endpoint.AGVHD_2_4, "agvhd_2=70 donor_lymphocytes=70 death=90", rules))
                .isEqualTo("70/1 agvhd_2");
    }

    @Test
    void rulesRefuseCensoringAtWhatIsAnEvent() {
        assertThatThrownBy(() -> RULES.withCensoringAtSecondTransplant(Set.of(Endpoint.ENGRAFTMENT)))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("endpoints censored at a second transplant is [engraftment]");
        assertThatThrownBy(() -> RULES.withCensoringAtSecondTransplant(Set.of(Endpoint.EFS))
                        .withSecondTransplantInEfs(true))
                .hasMessageContaining("neither an event nor a competing event");
    }

    @Test
    void aCohortBecomesFollowUpDataInTheUnitAskedFor() {
        SurvivalData data = Endpoint.RELAPSE.apply(
                List.of(
                        Histories.of("A", "relapse=30.4375 death=100"),
                        Histories.of("B", "death=60.875"),
                        Histories.of("C", "last_contact=365.25")),
                RULES,
                DurationUnit.MONTHS);
        assertThat(data.time(0)).isCloseTo(1, within(1e-15));
        assertThat(data.time(1)).isCloseTo(2, within(1e-15));
        assertThat(data.time(2)).isCloseTo(12, within(1e-14));
        assertThat(new int[] {data.status(0), data.status(1), data.status(2)}).containsExactly(1, 2, 0);
        assertThat(data.causes()).containsExactly("relapse", "death without relapse");
        assertThat(data.id().orElseThrow().value(1)).isEqualTo("B");
        assertThat(data.unit()).isEqualTo(DurationUnit.MONTHS);
        assertThatThrownBy(() -> Endpoint.OS.apply(
                        List.of(Histories.of("A", "death=1"), Histories.of("A", "death=2")), RULES, DurationUnit.DAYS))
                .hasMessage("row 2, column 'id', value 'A': the patient is there twice; allowed: once");
        assertThatThrownBy(() -> Endpoint.OS.apply(List.of(), RULES, DurationUnit.DAYS))
                .hasMessageContaining("there are no rows");
    }

    @Test
    void definitionsAreGivenInWords() {
        EndpointRules rules = RULES.withSecondTransplantInEfs(true)
                .withCensoringAtDonorLymphocytes(Set.of(Endpoint.RELAPSE))
                .withCensoringAtSecondTransplant(Set.of(Endpoint.RELAPSE));
        assertThat(Endpoint.EFS.describe(rules))
                .isEqualTo(
                        "EFS, from the first transplant: event is relapse, graft failure, second transplant or death;"
                                + " censored at last contact.");
        assertThat(Endpoint.RELAPSE.describe(rules))
                .isEqualTo("relapse, from the first transplant: event is relapse; competing event is death without"
                        + " relapse; censored at last contact, at donor lymphocytes, at a second transplant.");
        assertThat(Endpoint.GRFS.describe(rules))
                .contains("acute GVHD III-IV, chronic GVHD needing systemic therapy, relapse or death");
        assertThat(rules.describe())
                .contains("A second transplant is an event of EFS.", "Relapse does not compete with GVHD.")
                .contains("Censored at donor lymphocytes: relapse.");
        assertThat(RULES.describe()).contains("Censored at a second transplant: no endpoint.");
        assertThat(rules.secondTransplantInEfs()).isTrue();
        assertThat(rules.relapseCompetesWithGvhd()).isFalse();
        assertThat(rules.chronicGvhdInCrfs()).isEqualTo(ChronicGvhdCriterion.MODERATE_OR_SEVERE);
        assertThat(rules.censoredAtDonorLymphocytes()).containsExactly(Endpoint.RELAPSE);
        assertThat(rules.censoredAtSecondTransplant()).containsExactly(Endpoint.RELAPSE);
    }

    @Test
    void namesAndAliasesAreFound() {
        for (Endpoint endpoint : Endpoint.values()) {
            assertThat(Endpoint.parse(endpoint.label().toUpperCase(Locale.ROOT)))
                    .isEqualTo(endpoint);
        }
        assertThat(Endpoint.parse("lfs")).isEqualTo(Endpoint.DFS);
        assertThat(Endpoint.parse("RFS")).isEqualTo(Endpoint.DFS);
        assertThat(Endpoint.parse("cir")).isEqualTo(Endpoint.RELAPSE);
        assertThat(Endpoint.parse("trm")).isEqualTo(Endpoint.NRM);
        assertThat(Endpoint.parse("agvhd-2-4")).isEqualTo(Endpoint.AGVHD_2_4);
        assertThatThrownBy(() -> Endpoint.parse("pfs"))
                .hasMessageContaining("endpoint is pfs; allowed: one of [os, dfs");
    }
}
