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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The test command; expected numbers are those of R's survdiff, coxph, cuminc and survfit on the embedded data. */
class TestCommandTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private static Run test(String group, String... more) {
        List<String> args =
                new ArrayList<>(List.of("test", "@bmtcrr", "--time", "months", "--status", "status", "--group", group));
        args.addAll(Arrays.asList(more));
        return Run.of(args.toArray(new String[0]));
    }

    private static Json json(String group, String... more) {
        List<String> args = new ArrayList<>(Arrays.asList(more));
        args.addAll(List.of("--format", "json"));
        return test(group, args.toArray(new String[0])).json();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "", textBlock = """
            disease |                                                     | 1.40342932325335 | 1
            disease | --cause 1                                           | 3.57087287545778 | 1
            phase   | --strata disease                                    | 26.3721934705642 | 3
            disease | --method peto --as r                                | 2.64794927350156 | 1
            disease | --method fleming-harrington --rho 1                 | 2.64794927350156 | 1
            disease | --cluster phase                                     | 2.34236985405884 | 1
            disease | --robust                                            | 1.36874588499    | 1
            disease | --method gray --cause 1                             | 2.86233251371104 | 1
            disease | --method gray --cause 2 --rho 1                     | 0.151294556625773 | 1
            disease | --method fixed-time --at 12                         | 0.375235138690722 | 1
            """)
    void givesTheStatisticOfR(String group, String options, double statistic, int df) {
        Json json = json(group, options == null ? new String[0] : options.split(" "));
        assertThat(json.number("statistic")).isEqualTo(statistic, within(1e-11 * statistic));
        assertThat(json.number("df")).isEqualTo(df);
    }

    @Test
    void writesTheDocumentOfTheContract() {
        Json json = json("disease", "--pairwise", "holm", "--trend");
        assertThat(json.keys(""))
                .containsExactly(
                        "command",
                        "engraft",
                        "conventions",
                        "data",
                        "method",
                        "statistic",
                        "df",
                        "pValue",
                        "groups",
                        "contrasts",
                        "warnings");
        assertThat(json.text("command")).isEqualTo("test");
        assertThat(json.text("method")).isEqualTo("logrank");
        assertThat(json.number("pValue")).isEqualTo(0.236150233041837, within(1e-13));
        assertThat(json.keys("groups/0")).containsExactly("group", "n", "observed", "expected");
        assertThat(json.number("groups/0/expected")).isEqualTo(49.44006474052628, within(1e-11));
        assertThat(json.keys("contrasts/1"))
                .containsExactly(
                        "group", "against", "measure", "estimate", "lower", "upper", "z", "pValue", "adjustedPValue");
        assertThat(json.text("contrasts/0/measure")).isEqualTo("trend");
        assertThat(json.text("contrasts/1/measure")).isEqualTo("pair");
        assertThat(json.number("contrasts/1/z")).isEqualTo(Math.sqrt(1.40342932325335), within(1e-12));
        assertThat(json.text("conventions/events")).startsWith("every code of 1 or more");
    }

    @Test
    void comparesRestrictedMeans() {
        Json json = json("disease", "--method", "rmst", "--tau", "24");
        double difference = 11.20407070360196 - 9.64336187214611;
        double error = Math.hypot(1.048417361304008, 0.883897773960163);
        assertThat(json.text("contrasts/0/measure")).isEqualTo("difference");
        assertThat(json.number("contrasts/0/estimate")).isEqualTo(difference, within(1e-11));
        assertThat(json.number("contrasts/0/z")).isEqualTo(difference / error, within(1e-11));
        assertThat(json.number("contrasts/0/lower")).isEqualTo(difference - 1.959963984540054 * error, within(1e-11));
        assertThat(json.number("groups/0/estimate")).isEqualTo(9.64336187214611, within(1e-12));
        assertThat(json.number("groups/0/stdError")).isEqualTo(1.048417361304008, within(1e-12));
        Json narrow = json("disease", "--method", "rmst", "--tau", "24", "--level", "0.5");
        assertThat(narrow.number("contrasts/0/lower"))
                .isEqualTo(difference - 0.6744897501960817 * error, within(1e-11));
    }

    @Test
    void comparesIncidenceAtAFixedTime() {
        Json json = json("disease", "--method", "fixed-time", "--at", "12", "--cause", "1", "--conf-type", "plain");
        assertThat(json.text("conventions/estimate")).isEqualTo("cumulative incidence of cause relapse");
        assertThat(json.text("conventions/events")).isEqualTo("code 1 (relapse), other codes compete; 0 is censored");
        double z = json.number("contrasts/0/z");
        assertThat(json.number("statistic")).isEqualTo(z * z, within(1e-12));
        assertThat(json.size("warnings")).isZero();
    }

    /** Without entry, weights or clusters the robust variance of a survival curve is Greenwood's. */
    @ParameterizedTest
    @ValueSource(
            strings = {"--method rmst --tau 24", "--method fixed-time --at 12", "--method fixed-time --at 12 --cause 1"
            })
    void robustErrorsReachTheOtherTestsToo(String options) {
        List<String> args = new ArrayList<>(Arrays.asList(options.split(" ")));
        double plain = json("disease", args.toArray(new String[0])).number("statistic");
        args.add("--robust");
        Json robust = json("disease", args.toArray(new String[0]));
        assertThat(robust.number("statistic")).isEqualTo(plain, within(1e-10));
        assertThat(robust.text("conventions/variance")).startsWith("robust");
        args.set(args.size() - 1, "--cluster");
        args.add("phase");
        assertThat(json("disease", args.toArray(new String[0])).number("statistic"))
                .isNotCloseTo(plain, within(1e-2));
    }

    @Test
    void saysWhatCannotBeEstimated() {
        Json json = json("disease", "--method", "rmst", "--tau", "130");
        for (String key : List.of("statistic", "df", "pValue")) {
            assertThat(json.text(key)).isEqualTo("null");
        }
        assertThat(json.text("reason")).contains("group AML").contains("follow-up ends at 114.7");
        String text = test("disease", "--method", "rmst", "--tau", "130").out();
        assertThat(text).contains("no statistic: group AML: tau is 130 and follow-up ends at 114.7");
    }

    @Test
    void readsAsText() {
        String text = test("phase", "--pairwise", "bonferroni").out();
        assertThat(text)
                .startsWith("Log-rank test\n")
                .contains("chi-square 25.5247 on 3 degrees of freedom, p 1.20e-05")
                .contains("CR1 against Relapse  pair")
                .contains("p adj.")
                .doesNotContain("null");
        assertThat(test("disease", "--method", "gray", "--cause", "1").out())
                .contains("rules    times within 1E-8 relative are one; conventions: engraft")
                .contains("p 0.0907");
    }

    @Test
    void permutesExactlyAndAtRandom() throws IOException {
        Path file = folder.resolve("small.csv");
        Files.writeString(file, "t,s,g\n1,1,a\n2,1,a\n3,1,a\n4,1,b\n5,1,b\n6,0,b\n");
        List<String> args = List.of(
                "test", file.toString(), "--time", "t", "--status", "s", "--group", "g", "--format", "json", "--exact");
        Json exact = Run.of(args.toArray(new String[0])).json();
        // Of the 20 ways to choose three of six, the one seen and its mirror image are the most extreme.
        assertThat(exact.number("pValue")).isEqualTo(0.1, within(1e-12));
        assertThat(exact.text("conventions/reference")).contains("permutation");
        Json random = json("disease", "--permutations", "500", "--seed", "7");
        assertThat(random.number("pValue")).isBetween(0.15, 0.33);
        assertThat(random.number("pValue") * 501).isEqualTo(Math.rint(random.number("pValue") * 501), within(1e-9));
        assertThat(json("disease", "--permutations", "500", "--seed", "7").number("pValue"))
                .isEqualTo(random.number("pValue"));
    }

    @Test
    void drawsTheCurvesWithWhatItFound() throws IOException {
        Path survival = folder.resolve("s.svg");
        assertThat(test("disease", "--chart", survival.toString()).status()).isZero();
        assertThat(Files.readString(survival)).contains("Log-rank test: p = 0.2362");
        Path incidence = folder.resolve("i.svg");
        assertThat(test("disease", "--method", "gray", "--cause", "1", "--chart", incidence.toString())
                        .status())
                .isZero();
        assertThat(Files.readString(incidence))
                .contains("Gray&#39;s test of cumulative incidence (relapse): p = 0.0907");
    }

    @Test
    void aChartShowsTheCauseOfItsTestAlone() throws IOException {
        Path file = folder.resolve("one.svg");
        for (String call : List.of("--method gray --cause 1", "--method fixed-time --at 12 --cause 1")) {
            List<String> args = new ArrayList<>(List.of("--chart", file.toString()));
            args.addAll(List.of(call.split(" ")));
            assertThat(test("disease", args.toArray(String[]::new)).status()).isZero();
            assertThat(Files.readString(file))
                    .as(call)
                    .contains(">Cumulative incidence of relapse<")
                    .contains("events: relapse, competing with competing event")
                    .contains("curve-2\"")
                    .doesNotContain("curve-3\"");
        }
    }

    @Test
    void writesTheTidyTable() {
        String csv = test("disease", "--method", "gray", "--cause", "1", "--format", "csv")
                .out();
        assertThat(csv.lines().toList())
                .hasSize(4)
                .startsWith("method,group,against,measure,estimate,lower,upper,statistic,df,p_value,adjusted_p_value,"
                        + "std_error,n,observed,expected");
        assertThat(csv.lines().toList().get(1)).startsWith("gray,,,chi-square,,,,2.86233251371");
    }

    @Test
    void warnsThatOneCauseAloneIsNotItsProbability() {
        assertThat(test("disease", "--cause", "1").out())
                .contains("Warning: cause-specific: only code 1 (relapse) is an event and other events censor");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --method gray                              | --cause is missing: --method gray needs it
            --method rmst                              | --tau is missing: --method rmst needs it
            --method fixed-time                        | --at is missing: --method fixed-time needs it
            --tau 12                                   | --tau means nothing to --method logrank
            --at 12                                    | --at means nothing to --method logrank
            --rho 1                                    | --rho means nothing to --method logrank
            --method gehan --gamma 1                   | --gamma means nothing to --method gehan
            --method gray --cause 1 --trend            | --trend means nothing to --method gray
            --method gray --cause 1 --robust           | --robust means nothing to --method gray
            --method rmst --tau 12 --strata phase      | --strata means nothing to --method rmst
            --method rmst --tau 12 --exact             | assignments to look at; allowed: 3000000 at most
            --method rmst --tau 12 --conf-type log     | --conf-type means nothing to --method rmst
            --level 0.9                                | --level means nothing to --method logrank
            --permutations 10                          | --permutations and --seed go together
            --exact --permutations 10 --seed 1         | --exact and --permutations exclude each other
            --method wilcoxon                          | 'wilcoxon' is no test; allowed: logrank, gehan
            --pairwise tukey                           | 'tukey' is no adjustment; allowed: holm, bonferroni
            --cause 3                                  | cause is 3; allowed: 1 (relapse) or 2
            --method fleming-harrington --rho -1       | rho is -1.0
            --method rmst --tau 0                      | tau is 0.0
            --method rmst --tau 12 --level 1           | level is 1.0
            --exact --pairwise holm                    | pairs or a trend were asked for with a permutation test
            --exact --robust                           | a robust variance was asked for of a permutation test
            """)
    void wrongUsageIsNamed(String options, String message) {
        Run run = test("disease", options.strip().split(" "));
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains(message);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void fewClustersAreSaidToBeFew() {
        assertThat(test("disease", "--cluster", "phase").out())
                .contains("robust standard errors from 4 clusters by cluster: with fewer than about 40")
                .contains("variance  robust, by cluster");
        assertThat(test("disease", "--robust").out()).doesNotContain("robust standard errors from");
        assertThat(Run.of("km", "@bmtcrr", "--time", "months", "--status", "status", "--cluster", "phase", "--at", "12")
                        .out())
                .contains("Warning: robust standard errors from 4 clusters by cluster")
                .contains("variance: robust (infinitesimal jackknife), by cluster");
    }

    @Test
    void groupsAreNeeded() {
        Run run = Run.of("test", "@bmtcrr", "--time", "months", "--status", "status");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("--group is missing");
    }

    /** R's scale of intervals is the logarithm, so that is the scale of a fixed time too. */
    @Test
    void followsRsScaleAtAFixedTime() {
        Json r = json("disease", "--method", "fixed-time", "--at", "12", "--as", "r");
        Json log = json("disease", "--method", "fixed-time", "--at", "12", "--conf-type", "log");
        Json own = json("disease", "--method", "fixed-time", "--at", "12");

        assertThat(r.text("conventions/profile")).isEqualTo("r");
        assertThat(r.text("conventions/scale")).isEqualTo("log");
        assertThat(r.number("statistic")).isEqualTo(log.number("statistic")).isNotEqualTo(own.number("statistic"));
        assertThat(own.text("conventions/scale")).isEqualTo("log-log");
        assertThat(json("disease", "--method", "fixed-time", "--at", "12", "--as", "r", "--conf-type", "log-log")
                        .number("statistic"))
                .isEqualTo(own.number("statistic"));
    }
}
