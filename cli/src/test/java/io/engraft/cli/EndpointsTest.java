package io.engraft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.engraft.cli.Run.Json;
import org.junit.jupiter.api.Test;

class EndpointsTest {

    private static final String HISTORIES = """
            id,agvhd_2,relapse,second_transplant,death,last_contact,donor
            P1,30,,,,1460,sibling
            P2,,95,210,,900,unrelated
            P3,,,,41,,sibling
            """;

    @Test
    void givesATableForAnalysisThatOtherCommandsRead() {
        Run run = Run.withInput(
                HISTORIES, "endpoints", "-", "--keep-columns", "--endpoint", "os,relapse", "--unit", "days");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).isEqualTo("""
                        id,donor,os_time,os_status,relapse_time,relapse_status
                        P1,sibling,1460,0,1460,0
                        P2,unrelated,900,0,95,1
                        P3,sibling,41,1,41,2
                        """);

        Json curve = Run.withInput(
                        run.out(),
                        "km",
                        "-",
                        "--time",
                        "os_time",
                        "--status",
                        "os_status",
                        "--unit",
                        "days",
                        "--format",
                        "json")
                .json();
        assertThat(curve.number("groups/0/events")).isEqualTo(1);
    }

    @Test
    void givesEveryEndpointThatTheColumnsAllow() {
        Run all = Run.of("endpoints", "@histories");

        assertThat(all.out().lines().findFirst().orElseThrow())
                .startsWith("id,os_time,os_status,dfs_time")
                .contains("grfs_time", "crfs_status");
        assertThat(all.out().lines()).hasSize(61);
    }

    @Test
    void saysWhatIsLeftOutAndWhy() {
        String histories = "id,relapse,death,last_contact\nP1,90,,100\n";
        String message =
                "left out, each for want of a column: efs (graft_failure), engraftment (engraftment and second_transplant),"
                        + " agvhd_2_4 (agvhd_2), agvhd_3_4 (agvhd_3), cgvhd (cgvhd or cgvhd_mild),"
                        + " grfs (agvhd_3 and cgvhd_systemic_therapy), crfs (cgvhd_moderate)";

        Run csv = Run.withInput(histories, "endpoints", "-");
        assertThat(csv.err()).isEqualTo("warning: " + message + System.lineSeparator());
        assertThat(csv.out()).startsWith("id,os_time").doesNotContain("left out");
        Run json = Run.withInput(histories, "endpoints", "-", "--format", "json");
        assertThat(json.json().text("warnings/0")).isEqualTo(message);
        assertThat(json.err()).isEmpty();
        Run text = Run.withInput(histories, "endpoints", "-", "--format", "text");
        assertThat(text.out()).contains("Warning: " + message);
        assertThat(Run.withInput(histories, "endpoints", "-", "--endpoint", "os")
                        .err())
                .isEmpty();
        assertThat(Run.of("endpoints", "@histories").err()).isEmpty();
    }

    @Test
    void explainsOnlyTheRulesOfWhatIsShown() {
        Run survival = Run.of("endpoints", "@histories", "--endpoint", "os", "--format", "text");
        assertThat(survival.out())
                .contains("On one day relapse comes before death")
                .doesNotContain("event of EFS", "with GVHD", "CRFS ends", "Censored at");
        Run others = Run.of(
                "endpoints", "@histories", "--endpoint", "crfs,cgvhd", "--censor-at-dli", "crfs", "--format", "text");
        assertThat(others.out())
                .contains("CRFS ends with", "with GVHD", "Censored at donor lymphocytes: CRFS.")
                .doesNotContain("event of EFS", "Censored at a second");
        assertThat(Run.of("endpoints", "--help").out()).contains("docs/endpoints.md");
    }

    @Test
    void definesEndpointsInWords() {
        Run text = Run.withInput(
                HISTORIES.replace(",donor", "").replace(",sibling", "").replace(",unrelated", ""),
                "endpoints",
                "-",
                "--endpoint",
                "nrm",
                "--format",
                "text");

        assertThat(text.out())
                .contains("3 patients, times in months")
                .contains("NRM, from the first transplant: event is death without relapse")
                .contains("P3");
    }

    @Test
    void namesEachChoiceInTheDocument() {
        Json json = Run.of(
                        "endpoints",
                        "@histories",
                        "--endpoint",
                        "efs,crfs",
                        "--second-transplant-in-efs",
                        "--relapse-competes-with-gvhd",
                        "--crfs",
                        "either",
                        "--censor-at-dli",
                        "os",
                        "--format",
                        "json")
                .json();

        assertThat(json.keys("conventions"))
                .contains(
                        "timeZero",
                        "unit",
                        "efs",
                        "gvhd",
                        "crfs",
                        "censoredAtDonorLymphocytes",
                        "censoredAtSecondTransplant",
                        "sameDay");
        assertThat(json.text("conventions/efs")).isEqualTo("A second transplant is an event of EFS.");
        assertThat(json.text("conventions/gvhd")).isEqualTo("Relapse competes with GVHD.");
        assertThat(json.text("conventions/crfs")).contains("moderate, severe or needs systemic therapy");
        assertThat(json.text("conventions/censoredAtDonorLymphocytes")).contains("OS");
        assertThat(json.text("conventions/censoredAtSecondTransplant")).contains("no endpoint");
        assertThat(json.text("conventions/sameDay")).contains("relapse comes before death");
        assertThat(json.text("endpoints/0/definition")).contains("second transplant");
        assertThat(json.size("rows")).isEqualTo(60);
    }

    @Test
    void cutsFollowUpAtTheOnsetOfGvhd() {
        Run rows = Run.withInput(
                "id,agvhd_2,death,last_contact\nP1,30,,100\nP2,,50,\nP3,,0,\n",
                "endpoints",
                "-",
                "--endpoint",
                "os",
                "--time-dependent",
                "agvhd_2_4",
                "--unit",
                "days");

        assertThat(rows.out()).isEqualTo("id,entry,time,status,agvhd_2_4\nP1,0,30,0,0\nP1,30,100,0,1\nP2,0,50,1,0\n");
        assertThat(rows.err()).contains("patients without a row, as their endpoint is on day 0: P3");
    }

    @Test
    void refusesWhatItCannotKnow() {
        Run unknown = Run.withInput(HISTORIES, "endpoints", "-");
        assertThat(unknown.status()).isEqualTo(1);
        assertThat(unknown.err()).contains("column 'donor': not a column of histories");

        Run missing = Run.withInput("id,death,last_contact\nP1,,5\n", "endpoints", "-", "--endpoint", "relapse");
        assertThat(missing.status()).isEqualTo(1);
        assertThat(missing.err()).contains("cannot be known without the column relapse");

        Run two = Run.of("endpoints", "@histories", "--endpoint", "os,efs", "--time-dependent", "cgvhd");
        assertThat(two.status()).isEqualTo(2);
        assertThat(two.err()).contains("--time-dependent needs one --endpoint; given: 2");

        Run name = Run.of("endpoints", "@histories", "--endpoint", "pfs");
        assertThat(name.status()).isEqualTo(2);
        assertThat(name.err()).contains("endpoint is pfs; allowed: one of [os, dfs");

        Run nothing = Run.withInput("id,last_contact\nP1,5\n", "endpoints", "-");
        assertThat(nothing.status()).isEqualTo(2);
        assertThat(nothing.err()).contains("no endpoint can be known from the columns");
    }

    @Test
    void listsContradictions() {
        Run run = Run.withInput("id,relapse,death,last_contact\nP1,90,40,\nP2,,,\n", "endpoints", "-");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("standard input, row 1, line 2", "row 2, line 3");
    }

    @Test
    void notesChoicesWithoutEffect() {
        Run idle = Run.of(
                "endpoints",
                "@histories",
                "--endpoint",
                "os",
                "--crfs",
                "either",
                "--second-transplant-in-efs",
                "--relapse-competes-with-gvhd",
                "--censor-at-dli",
                "os,dfs",
                "--censor-at-second-transplant",
                "dfs");
        assertThat(idle.status()).isZero();
        assertThat(idle.err())
                .contains(
                        "warning: given, but without effect on the endpoints here: --second-transplant-in-efs,"
                                + " --relapse-competes-with-gvhd, --crfs, --censor-at-dli dfs, --censor-at-second-transplant dfs");
        assertThat(Run.of("endpoints", "@histories", "--endpoint", "crfs,efs", "--crfs", "either")
                        .err())
                .doesNotContain("without effect");
    }
}
