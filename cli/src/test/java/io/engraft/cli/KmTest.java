package io.engraft.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engraft.cli.Run.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KmTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private static Run km(String... more) {
        List<String> args = new ArrayList<>(List.of("km", "@bmtcrr", "--time", "months", "--status", "status"));
        args.addAll(Arrays.asList(more));
        return Run.of(args.toArray(new String[0]));
    }

    @Test
    void givesThePublishedCurveOfTheEmbeddedData() {
        Json json = km("--at", "6,12,24,60", "--format", "json").json();

        double[] expected = {0.5480226, 0.3269303, 0.2780281, 0.2481155};
        for (int i = 0; i < expected.length; i++) {
            assertThat(json.number("groups/0/points/" + i + "/survival")).isEqualTo(expected[i], within(5e-8));
        }
        assertThat(json.number("groups/0/points/1/lower")).isEqualTo(0.2589518, within(5e-8));
        assertThat(json.number("groups/0/points/1/upper")).isEqualTo(0.3964837, within(5e-8));
        assertThat(json.number("groups/0/points/1/time")).isEqualTo(12);
    }

    @Test
    void writesTheDocumentOfTheContract() {
        Json json = km("--at", "6", "--tau", "60", "--format", "json").json();

        assertThat(json.keys("")).containsExactly("command", "engraft", "conventions", "data", "groups", "warnings");
        assertThat(json.text("command")).isEqualTo("km");
        assertThat(json.text("engraft")).matches("\\d+\\.\\d+.*");
        assertThat(json.keys("data")).containsExactly("source", "rows", "used", "dropped");
        assertThat(json.keys("groups/0")).containsExactly("group", "n", "events", "median", "rmst", "points");
        assertThat(json.keys("groups/0/median")).containsExactly("estimate", "lower", "upper");
        assertThat(json.keys("groups/0/rmst")).startsWith("tau", "estimate", "stdError");
        assertThat(json.keys("groups/0/points/0"))
                .containsExactly(
                        "time",
                        "atRisk",
                        "events",
                        "censored",
                        "survival",
                        "stdError",
                        "lower",
                        "upper",
                        "cumulativeHazard",
                        "cumulativeHazardStdError");
        assertThat(json.text("groups/0/group")).isEqualTo("all");
        assertThat(json.number("groups/0/n")).isEqualTo(177);
        assertThat(json.number("groups/0/events")).isEqualTo(131);
        assertThat(json.text("conventions/interval")).isEqualTo("log-log");
        assertThat(json.number("conventions/level")).isEqualTo(0.95);
        assertThat(json.text("conventions/events")).startsWith("every code");
    }

    @Test
    void leavesTheRestrictedMeanOutUnlessAsked() {
        assertThat(km("--at", "6", "--format", "json").json().keys("groups/0")).doesNotContain("rmst");
    }

    @Test
    void countsSinceThePreviousRequestedTimeInTheOrderGiven() {
        Json json = km("--at", "24,6,12", "--format", "json").json();

        assertThat(json.number("groups/0/points/0/time")).isEqualTo(24);
        assertThat(json.number("groups/0/points/0/events")).isEqualTo(8);
        assertThat(json.number("groups/0/points/1/events")).isEqualTo(80);
        assertThat(json.number("groups/0/points/2/events")).isEqualTo(39);
        assertThat(json.number("groups/0/points/2/atRisk")).isEqualTo(56);
    }

    @Test
    void reportsEveryDistinctExitTimeWithoutTimes() throws IOException {
        String csv = "time,status,entry\n3,1,1\n2,0,1\n3,0,0\n5,1,4\n";
        Json json = Run.withInput(
                        csv, "km", "-", "--time", "time", "--status", "status", "--entry", "entry", "--format", "json")
                .json();

        assertThat(json.size("groups/0/points")).isEqualTo(3);
        assertThat(json.number("groups/0/points/0/time")).isEqualTo(2);
        assertThat(json.number("groups/0/points/1/atRisk")).isEqualTo(2);
        assertThat(json.number("groups/0/points/1/survival")).isEqualTo(0.5);
        assertThat(json.text("data/source")).isEqualTo("standard input");
    }

    @Test
    void countsRowsBesideWeights() {
        Json json = Run.withInput(
                        "t,s,w\n1,1,2\n2,0,3\n3,1,1\n",
                        "km",
                        "-",
                        "--time",
                        "t",
                        "--status",
                        "s",
                        "--weight",
                        "w",
                        "--weight-type",
                        "frequency",
                        "--format",
                        "json")
                .json();

        assertThat(json.number("groups/0/n")).isEqualTo(3);
        assertThat(json.number("groups/0/events")).isEqualTo(3);
        assertThat(json.number("groups/0/eventRows")).isEqualTo(2);
        assertThat(json.number("groups/0/points/0/atRisk")).isEqualTo(6);
        assertThat(json.number("groups/0/points/0/atRiskRows")).isEqualTo(3);
        assertThat(json.number("groups/0/points/0/eventRows")).isEqualTo(1);
        assertThat(json.number("groups/0/points/1/censoredRows")).isEqualTo(1);
        assertThat(json.text("conventions/weights")).isEqualTo("frequency");
    }

    @Test
    void samplingWeightsMakeTheVarianceRobust() {
        Json json = Run.withInput(
                        "t,s,w\n1,1,1\n2,1,2\n3,0,1\n",
                        "km",
                        "-",
                        "--time",
                        "t",
                        "--status",
                        "s",
                        "--weight",
                        "w",
                        "--weight-type",
                        "sampling",
                        "--at",
                        "2",
                        "--format",
                        "json")
                .json();

        assertThat(json.number("groups/0/points/0/survival")).isEqualTo(0.25);
        assertThat(json.number("groups/0/points/0/stdError")).isEqualTo(Math.sqrt(7 / 128.), within(1e-15));
        assertThat(json.text("conventions/variance")).isEqualTo("robust (infinitesimal jackknife)");
        assertThat(json.text("conventions/weights")).isEqualTo("sampling");
    }

    @Test
    void announcesACauseSpecificCurve() {
        Run text = km("--cause", "1", "--at", "12");
        Json json = km("--cause", "1", "--at", "12", "--format", "json").json();

        assertThat(text.out()).contains("cause-specific: code 1 (relapse)").contains("cuminc gives that");
        assertThat(json.text("conventions/events")).isEqualTo("cause-specific: code 1 (relapse)");
        assertThat(json.number("groups/0/events")).isEqualTo(56);
        assertThat(km("--cause", "3").status()).isEqualTo(2);
        assertThat(km("--cause", "3").err()).contains("cause is 3; allowed: 1 (relapse) or 2 (competing event)");
    }

    @Test
    void appliesOneTieRuleOverAllGroupsToACauseAlone() {
        String rows = "t,s,g\n1,1,a\n2,2,a\n1.000000001,1,b\n3,1,b\n";
        Json json = Run.withInput(
                        rows,
                        "km",
                        "-",
                        "--time",
                        "t",
                        "--status",
                        "s",
                        "--group",
                        "g",
                        "--cause",
                        "1",
                        "--format",
                        "json")
                .json();

        assertThat(json.number("groups/1/points/0/time")).isEqualTo(1);
    }

    @Test
    void ordersGroupsAsNumbersAndDrawsOneCurveEach() throws IOException {
        Path chart = folder.resolve("curve.svg");
        Run run = Run.withInput(
                "t,s,g\n1,1,10\n2,0,10\n1,1,9\n4,1,9\n",
                "km",
                "-",
                "--time",
                "t",
                "--status",
                "s",
                "--group",
                "g",
                "--chart",
                chart.toString());

        assertThat(run.status()).isZero();
        assertThat(run.out().indexOf("g = 9:")).isBetween(0, run.out().indexOf("g = 10:"));
        assertThat(Files.readString(chart)).contains("g: 9", "g: 10", "<svg");
    }

    @Test
    void followsTheConventionsThatWereAskedFor() {
        Json r = km("--as", "r", "--at", "12", "--format", "json").json();
        Json plain = km("--conf-type", "plain", "--level", "0.9", "--at", "12", "--format", "json")
                .json();

        double s = r.number("groups/0/points/0/survival");
        double se = r.number("groups/0/points/0/stdError");
        assertThat(r.text("conventions/profile")).isEqualTo("r");
        assertThat(r.number("groups/0/points/0/lower"))
                .isEqualTo(s * Math.exp(-1.959963984540054 * se / s), within(1e-12));
        assertThat(plain.number("groups/0/points/0/upper")).isEqualTo(s + 1.6448536269514722 * se, within(1e-12));
    }

    @Test
    void conditionsOnSurvival() {
        Json json = km("--start", "12", "--at", "12,24", "--format", "json").json();

        assertThat(json.number("groups/0/points/0/survival")).isEqualTo(1);
        assertThat(json.number("groups/0/points/1/survival"))
                .isEqualTo(0.2780280699403768 / 0.32693032015065954, within(1e-12));
        assertThat(json.text("conventions/conditionalOn")).isEqualTo("survival to 12");
    }

    @Test
    void writesOneTidyRowPerEstimate() {
        Run run = km("--group", "disease", "--at", "6,12", "--format", "csv");

        assertThat(run.out().lines()).hasSize(7);
        assertThat(run.out().lines().findFirst())
                .hasValue("group,time,at_risk,events,censored,survival,std_error,lower,upper,cumulative_hazard,"
                        + "cumulative_hazard_std_error,measure,probability,estimate");
        assertThat(run.out()).contains("\nALL,,,,,,,3.57,7.93,,,quantile,0.5,6.03\n");
        assertThat(run.out()).contains("\nALL,6,").contains("\nAML,12,");
    }

    @Test
    void givesNullAndAReasonForWhatCannotBeEstimated() {
        Json json = km("--at", "500", "--tau", "500", "--format", "json").json();
        Run text = km("--at", "500", "--tau", "500");

        assertThat(json.at("groups/0/points/0/survival").value()).isNull();
        assertThat(json.at("groups/0/points/0/stdError").value()).isNull();
        assertThat(json.at("groups/0/points/0/lower").value()).isNull();
        assertThat(json.at("groups/0/rmst/estimate").value()).isNull();
        assertThat(text.out())
                .contains("\"-\" is not estimable: follow-up ends at 131.77 (first at time 500)")
                .contains("restricted mean to 500 months: not estimable: tau is 500 and follow-up ends at 131.77");
    }

    @Test
    void estimatesFromAllCensoredAndFromOnePatient() {
        Json censored = Run.withInput("t,s\n1,0\n2,0\n", "km", "-", "--time", "t", "--status", "s", "--format", "json")
                .json();
        Json one = Run.withInput("t,s\n5,1\n", "km", "-", "--time", "t", "--status", "s", "--format", "json")
                .json();

        assertThat(censored.number("groups/0/points/1/survival")).isEqualTo(1);
        assertThat(censored.at("groups/0/points/1/lower").value()).isNull();
        assertThat(censored.at("groups/0/median/estimate").value()).isNull();
        assertThat(censored.text("warnings/0")).contains("nobody had an event");
        assertThat(one.number("groups/0/points/0/survival")).isZero();
        assertThat(one.at("groups/0/points/0/stdError").value()).isNull();
        assertThat(one.number("groups/0/median/estimate")).isEqualTo(5);
    }

    @Test
    void explainsItselfToAStranger() {
        Run run = km("--at", "12,24");

        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains("Kaplan-Meier survival")
                .contains("@bmtcrr: 177 rows")
                .contains("time months (months), status status")
                .contains("All rows: n 177, events 131")
                .contains("median 6.63 months (95 % interval 5.6 to 8)")
                .contains("95 %, log-log; variance: greenwood")
                .contains("  0.3269  ", "0.2590 to 0.3965", "  0.0353  ")
                .doesNotContain("0.32693")
                .contains("Licence: MIT");
    }

    @Test
    void dropsAndCountsMissingValues() {
        Run run = Run.withInput(
                "t,s\n1,1\n,0\n3,NA\n4,1\n",
                "km",
                "-",
                "--time",
                "t",
                "--status",
                "s",
                "--na",
                "drop",
                "--format",
                "json");

        assertThat(run.json().number("data/rows")).isEqualTo(4);
        assertThat(run.json().number("data/used")).isEqualTo(2);
        assertThat(run.json().number("data/dropped")).isEqualTo(2);
        assertThat(run.json().text("warnings/0")).contains("2 rows with missing values were left out");
    }

    @Test
    void writesAFileInsteadOfStandardOutput() throws IOException {
        Path out = folder.resolve("result.json");
        Run run = km("--at", "12", "--format", "json", "--out", out.toString());

        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isEqualTo("wrote " + out + System.lineSeparator());
        assertThat(Files.readString(out))
                .isEqualTo(km("--at", "12", "--format", "json").out());
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(out);
        }
    }

    private static Run of(String rows, String... more) {
        List<String> args = new ArrayList<>(List.of("km", "-", "--time", "t", "--status", "s"));
        args.addAll(Arrays.asList(more));
        return Run.withInput(rows, args.toArray(new String[0]));
    }

    @Test
    void saysWarningsBesideATableOnStandardError() {
        Run csv = of("t,s\n1,1\n2,0\n,1\n", "--na", "drop", "--cause", "1", "--format", "csv");
        Run json = of("t,s\n1,1\n2,0\n,1\n", "--na", "drop", "--cause", "1", "--format", "json");

        assertThat(csv.err()).contains("warning: 1 row with missing values was left out", "warning: cause-specific");
        assertThat(csv.out()).startsWith("group,time").doesNotContain("left out", "warning");
        assertThat(csv.out().lines()).hasSize(4);
        assertThat(json.err()).isEmpty();
        assertThat(json.json().text("warnings/1")).isEqualTo("1 row with missing values was left out");
    }

    @Test
    void saysWhoseUnitItIs() {
        String assumed = "months, assumed; --unit days or years for others";

        assertThat(of("t,s\n1,1\n").out()).contains("time t (" + assumed + "), status s");
        assertThat(of("t,s\n1,1\n", "--unit", "months").out()).contains("time t (months), status s");
        assertThat(km("--at", "1").out()).doesNotContain("assumed");
    }

    @Test
    void saysWhereTheMedianOrALimitIsNotReached() {
        String flat = "t,s\n3,1\n5,1\n12,1\n30,1\n33,0\n40,0\n";

        assertThat(of(flat.replace("5,1", "12,1")).out())
                .contains(
                        "median 21 months (95 % interval 3 to not reached, as the upper limit of survival never falls"
                                + " to 0.5: a later median, or none, would agree with the data; the curve is exactly 0.5 from 12 to 30, the middle is given)")
                .contains("median: first time with survival of 0.5 or less, the middle where it is exactly 0.5");
        assertThat(of("t,s\n1,0\n2,1\n9,0\n9,0\n").out())
                .contains("median not reached (survival stays above 0.5 up to 9; 95 % interval 2 to not reached");
        assertThat(of("t,s\n5,1\n").out())
                .contains("median 5 months (no 95 % interval: the limits of survival")
                .doesNotContain("exactly 0.5 from", "-; -");
        assertThat(of("t,s\n1,1\n2,1\n3,1\n").out()).doesNotContain("exactly 0.5 from");
        assertThat(of("t,s\n1,1\n4,1\n").out()).contains("exactly 0.5 from 1 to 4");
        assertThat(of("t,s\n1,1\n4,0\n").out()).contains("median 2.5 months", "exactly 0.5 from 1 to 4");
    }

    @Test
    void saysWhatCountsAreOfAndWhomFiguresDescribe() {
        String counts = "events (and censored) since the row before";

        assertThat(km("--at", "6,12").out())
                .contains(counts)
                .endsWith("Figures describe groups of patients, not the prognosis of one.\n");
        assertThat(km().out()).doesNotContain(counts);
    }

    private String chart(String rows, String... more) throws IOException {
        Path chart = folder.resolve("chart.svg");
        List<String> args = new ArrayList<>(List.of("--chart", chart.toString()));
        args.addAll(Arrays.asList(more));
        Run run = of(rows, args.toArray(new String[0]));
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.err()).contains("wrote " + chart);
        // Lines of the caption are separate texts.
        return Files.readString(chart).replaceAll("<[^>]*>", " ").replaceAll("\\s+", " ");
    }

    @Test
    void drawsAsItIsTold() throws IOException {
        String rows = "t,s\n1,1\n2,2\n3,1\n4,0\n";
        assertThat(chart(
                        rows,
                        "--chart-title",
                        "Own",
                        "--chart-x",
                        "Zeit",
                        "--chart-y",
                        "Anteil",
                        "--chart-table",
                        "none"))
                .contains("Own", "Zeit", "Anteil")
                .doesNotContain("Survival without", "Months", "Number at risk");
        assertThat(chart(rows, "--chart-table", "events", "--chart-until", "2.5"))
                .contains("Number at risk", "Cumulative number of events")
                .doesNotContain("3.0");
        chart(rows, "--chart-palette", "#123456", "--chart-width", "100");
        assertThat(folder.resolve("chart.svg")).content().contains("rgb(18,52,86)", "viewBox=\"0 0 378 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--chart-title x|--chart-title means nothing without --chart",
                "--chart-table none|--chart-table means nothing without --chart",
                "--chart c.svg --chart-dpi 300|--chart-dpi means nothing to .svg",
                "--chart c.svg --chart-palette pink|'pink' is no palette; allowed: okabe-ito, grey, or colours",
                "--chart c.svg --chart-palette #12345|is no palette",
                "--chart c.svg --chart-table all|'all' is no table; allowed: none, risk, events",
                "--chart c.svg --chart-until 0|end of the time axis is 0.0",
                "--chart c.svg --start 2.5 --chart-until 2|end of the time axis is 2.0; allowed: after 2.5",
                "--chart-test logrank|--chart-test means nothing without --chart",
                "--chart c.svg --chart-test logrank|--chart-test means nothing without --group",
                "--chart c.svg --group s --chart-test gray|--chart-test gray means nothing to km; allowed: logrank",
                "--chart c.svg --group s --chart-test rmst|--chart-test rmst means nothing to km; allowed: logrank",
                "--chart c.svg --group s --chart-test logrank --start 2|--chart-test means nothing with --start",
                "--chart c.svg --chart-width 10|width in mm is 10.0; allowed: 60",
                "--chart c.png --chart-dpi 1|dots an inch is 1.0; allowed: 36",
            })
    void chartOptionsThatMeanNothingAreRefused(String row) {
        String[] parts = row.split("\\|");
        String[] call = parts[0].replace("c.", folder.resolve("c.").toString()).split(" ");
        Run run = of("t,s\n1,1\n2,2\n3,1\n4,0\n", call);
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).containsAnyOf(Arrays.copyOfRange(parts, 1, parts.length));
    }

    @Test
    void drawsWhatTheCurveIsOf() throws IOException {
        String rows = "t,s\n1,1\n2,2\n3,1\n4,0\n,1\n";

        assertThat(chart(rows, "--na", "drop"))
                .contains("Survival without any event", "Probability of no event", "Kaplan-Meier; bands: 95 %")
                .contains("intervals (log-log)", "every status code of 1 or more (cause 1 and cause 2)")
                .contains("marks: censored", "dashed lines: median", "1 row with missing values was left out")
                .contains("times assumed to be in months");
        assertThat(chart(rows, "--na", "drop", "--cause", "2", "--unit", "days"))
                .contains("Cause-specific Kaplan-Meier: cause 2", "Kaplan-Meier, cause 2 alone")
                .contains("cause-specific: other events censored; 1 minus this is not the probability of the event")
                .contains("event: cause 2 (status code 2)")
                .doesNotContain("assumed", "without any event");
        assertThat(chart("t,s\n1,1\n2,1\n3,1\n", "--start", "1"))
                .contains("curves given survival to 1")
                .doesNotContain("marks: censored", "left out");
    }
}
