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

class CumIncTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private static Run cuminc(String... more) {
        List<String> args = new ArrayList<>(List.of("cuminc", "@bmtcrr", "--time", "months", "--status", "status"));
        args.addAll(Arrays.asList(more));
        return Run.of(args.toArray(new String[0]));
    }

    @Test
    void givesThePublishedIncidencesOfTheEmbeddedData() {
        Json json = cuminc("--at", "6,12,24,60", "--format", "json").json();

        double[] relapse = {0.1864407, 0.2713748, 0.3019812, 0.3252740};
        double[] competing = {0.2655367, 0.4016949, 0.4199907, 0.4266104};
        for (int i = 0; i < relapse.length; i++) {
            assertThat(json.number("groups/0/causes/0/points/" + i + "/incidence"))
                    .isEqualTo(relapse[i], within(5e-8));
            assertThat(json.number("groups/0/causes/1/points/" + i + "/incidence"))
                    .isEqualTo(competing[i], within(5e-8));
        }
        assertThat(json.text("groups/0/causes/0/label")).isEqualTo("relapse");
        assertThat(json.text("groups/0/causes/1/label")).isEqualTo("competing event");
    }

    @Test
    void writesTheDocumentOfTheContract() {
        Json json = cuminc("--at", "12", "--format", "json").json();

        assertThat(json.keys("")).containsExactly("command", "engraft", "conventions", "data", "groups", "warnings");
        assertThat(json.text("command")).isEqualTo("cuminc");
        assertThat(json.keys("groups/0")).containsExactly("group", "n", "causes");
        assertThat(json.keys("groups/0/causes/0")).containsExactly("cause", "label", "events", "points");
        assertThat(json.keys("groups/0/causes/0/points/0"))
                .containsExactly("time", "atRisk", "events", "incidence", "stdError", "lower", "upper");
        assertThat(json.number("groups/0/causes/0/cause")).isEqualTo(1);
        assertThat(json.number("groups/0/causes/0/events")).isEqualTo(56);
        assertThat(json.number("groups/0/causes/1/events")).isEqualTo(75);
        assertThat(json.text("conventions/variance")).isEqualTo("delta");
    }

    @Test
    void readsTextLevels() {
        Json json = Run.withInput(
                        "t,what\n1,death\n2,alive\n3,relapse\n",
                        "cuminc",
                        "-",
                        "--time",
                        "t",
                        "--status",
                        "what",
                        "--events",
                        "relapse,death",
                        "--censored",
                        "alive",
                        "--format",
                        "json")
                .json();

        assertThat(json.text("groups/0/causes/0/label")).isEqualTo("relapse");
        assertThat(json.number("groups/0/causes/1/points/0/incidence")).isEqualTo(1 / 3.0, within(1e-15));
        assertThat(json.number("groups/0/causes/0/points/2/incidence")).isEqualTo(2 / 3.0, within(1e-15));
    }

    @Test
    void countsRowsBesideWeights() {
        Json json = Run.withInput(
                        "t,s,w\n1,1,2\n2,2,1\n",
                        "cuminc",
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

        assertThat(json.number("groups/0/causes/0/events")).isEqualTo(2);
        assertThat(json.number("groups/0/causes/0/eventRows")).isEqualTo(1);
        assertThat(json.number("groups/0/causes/0/points/0/atRiskRows")).isEqualTo(2);
        assertThat(json.number("groups/0/causes/0/points/0/eventRows")).isEqualTo(1);
    }

    /** The standard error of relapse by 12 months: survfit's, SAS's formula and that of cmprsk, with ties. */
    @Test
    void givesEachVariance() {
        assertThat(cuminc("--variance", "delta", "--at", "12").out())
                .isEqualTo(cuminc("--at", "12").out());
        Json cmprsk =
                cuminc("--variance", "cmprsk", "--at", "12", "--format", "json").json();
        assertThat(cmprsk.number("groups/0/causes/0/points/0/stdError")).isEqualTo(0.0335874541997170, within(1e-14));
        assertThat(cmprsk.number("groups/0/causes/1/points/0/stdError")).isEqualTo(0.0370629878898025, within(1e-14));
        assertThat(cmprsk.text("conventions/variance")).isEqualTo("cmprsk");
        Json aalen =
                cuminc("--variance", "aalen", "--at", "12", "--format", "json").json();
        double error = aalen.number("groups/0/causes/0/points/0/stdError");
        assertThat(error).isBetween(0.0334, 0.0337).isNotCloseTo(0.0335874541997170, within(1e-9));
        assertThat(aalen.text("conventions/variance")).isEqualTo("aalen");

        Run other = cuminc("--variance", "greenwood");
        assertThat(other.status()).isEqualTo(2);
        assertThat(other.err()).contains("'greenwood' is no variance; allowed: delta, aalen, cmprsk");
        Run both = cuminc("--variance", "aalen", "--robust");
        assertThat(both.status()).isEqualTo(2);
        assertThat(both.err())
                .contains("variance of the incidence is aalen; allowed: delta, as the variance must be robust");
    }

    /** Without entry, weights or clusters the robust error of an incidence is the delta method's. */
    @Test
    void robustErrorsOfPlainRowsAreThoseOfTheDeltaMethod() {
        Json robust = cuminc("--robust", "--at", "12", "--format", "json").json();
        Json delta = cuminc("--at", "12", "--format", "json").json();
        String path = "groups/0/causes/0/points/0/stdError";
        assertThat(robust.number(path)).isEqualTo(delta.number(path), within(1e-15));
        assertThat(robust.text("conventions/variance")).startsWith("robust");
        Json clustered =
                cuminc("--cluster", "phase", "--at", "12", "--format", "json").json();
        assertThat(clustered.number(path)).isNotCloseTo(delta.number(path), within(1e-4));
        assertThat(clustered.text("conventions/clusters")).isEqualTo("cluster");
    }

    @Test
    void writesTextAndRows() {
        Run text = cuminc("--group", "disease", "--at", "12,500");
        Run csv = cuminc("--at", "12", "--format", "csv");

        assertThat(text.out())
                .contains("Cumulative incidence (Aalen-Johansen)")
                .contains("disease = AML: n 104")
                .contains("cause 1, relapse: events")
                .contains("\"-\" is not estimable: follow-up ends at");
        assertThat(csv.out())
                .startsWith(
                        "group,cause,label,time,at_risk,events,incidence,std_error,lower,upper\nall,1,relapse,12,56,");
    }

    @Test
    void drawsWhatTheCurvesAreOf() throws IOException {
        Path file = folder.resolve("chart.svg");
        Run run = Run.withInput(
                "t,s\n1,1\n2,2\n3,0\n", "cuminc", "-", "--time", "t", "--status", "s", "--chart", file.toString());
        String plain = words(file);
        cuminc("--group", "disease", "--chart", file.toString());
        String grouped = words(file);

        assertThat(run.err()).isEqualTo("wrote " + file + System.lineSeparator());
        assertThat(plain)
                .contains("Cumulative incidence of cause 1 and cause 2", "Aalen-Johansen; bands: 95 % intervals")
                .contains("each competing with the others", "times assumed to be in months");
        assertThat(grouped)
                .contains("Cumulative incidence of relapse and competing event", "disease: AML, relapse")
                .contains("not drawn for more than 3 curves")
                .doesNotContain("assumed");
    }

    private static String words(Path svg) throws IOException {
        return Files.readString(svg).replaceAll("<[^>]*>", " ").replaceAll("\\s+", " ");
    }

    @Test
    void saysWarningsBesideATableOnStandardError() {
        Run csv = Run.withInput(
                "t,s\n1,1\n2,2\n,1\n,0\n",
                "cuminc",
                "-",
                "--time",
                "t",
                "--status",
                "s",
                "--na",
                "drop",
                "--format",
                "csv");

        assertThat(csv.err()).contains("warning: 2 rows with missing values were left out");
        assertThat(csv.out()).startsWith("group,cause").doesNotContain("left out");
    }

    @Test
    void drawsEveryFormat() {
        for (String ending : List.of("svg", "png", "pdf")) {
            Path file = folder.resolve("chart." + ending);
            assertThat(cuminc("--group", "disease", "--at", "12", "--chart", file.toString())
                            .status())
                    .isZero();
            assertThat(file).satisfies(f -> assertThat(Files.size(f)).isGreaterThan(1000));
        }
        assertThat(cuminc("--chart", folder.resolve("chart.jpg").toString()).status())
                .isEqualTo(2);
    }

    @Test
    void aChartShowsThePValuesThatWereAskedFor() throws IOException {
        Path file = folder.resolve("test.svg");
        assertThat(cuminc("--group", "disease", "--chart", file.toString(), "--chart-test", "gray")
                        .status())
                .isZero();
        // R: cmprsk's cuminc(months, status, disease)$Tests, 0.09067592499 and 0.50322531083.
        assertThat(words(file))
                .contains("Gray&#39;s test of cumulative incidence: relapse p = 0.0907, competing event p = 0.5032");
        Run km = Run.of(
                "km",
                "@bmtcrr",
                "--time",
                "months",
                "--status",
                "status",
                "--group",
                "disease",
                "--chart",
                file.toString(),
                "--chart-test",
                "logrank");
        assertThat(km.status()).isZero();
        assertThat(words(file)).contains("Log-rank test: p = 0.2362");
        Run wrong = cuminc("--group", "disease", "--chart", file.toString(), "--chart-test", "logrank");
        assertThat(wrong.status()).isEqualTo(2);
        assertThat(wrong.err()).contains("--chart-test logrank means nothing to cuminc; allowed: gray");
    }

    @Test
    void followsTheConventionsThatWereAskedFor() {
        Json json = cuminc("--as", "r", "--conf-type", "plain", "--start", "6", "--at", "12", "--format", "json")
                .json();

        assertThat(json.text("conventions/interval")).isEqualTo("plain");
        assertThat(json.number("groups/0/causes/0/points/0/incidence"))
                .isEqualTo((0.2713747645951036 - 0.1864406779661017) / 0.548022598870057, within(1e-9));
    }
}
