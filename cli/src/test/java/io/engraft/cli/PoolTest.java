package io.engraft.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engraft.cli.Run.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pool command; the pooled numbers are those of core/src/test/r, in which they agree with metafor's definitions. */
class PoolTest {

    private static final Path GOLDEN = Path.of("../core/src/test/resources/golden");

    private static final String STUDIES = """
            study,events,n,registry,first_year,last_year
            A,35,100,EWOG;EBMT,1993,2002
            B,36,110,Eurocord,1995,2010
            C,44,129,JSHCT,2000,2011
            D,15,59,JSHCT,2005,2011
            """;

    private static final String[] UNIT = {
        "--unit-events", "22", "--unit-patients", "60", "--against", "0.30,0.35,0.40", "--reference", "35/100"
    };

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private static Run pool(String input, String... more) {
        List<String> args = new ArrayList<>(List.of("pool"));
        args.addAll(Arrays.asList(more));
        return Run.withInput(input, args.toArray(new String[0]));
    }

    private static double logit(double p) {
        return Math.log(p / (1 - p));
    }

    private static void near(double actual, double expected, double tolerance, String what) {
        assertThat(actual).as(what).isCloseTo(expected, within(tolerance * (1 + Math.abs(expected))));
    }

    @Test
    void agreesWithTheGoldenPools() throws IOException {
        Map<String, StringBuilder> files = new LinkedHashMap<>();
        List<String> studies = Files.readAllLines(GOLDEN.resolve("pool_studies.csv"));
        for (int i = 1; i < studies.size(); i++) {
            String[] s = studies.get(i).split(",", -1);
            files.computeIfAbsent(s[0], key -> new StringBuilder("study,events,n\n"))
                    .append("study ")
                    .append(i)
                    .append(',')
                    .append(s[1])
                    .append(',')
                    .append(s[2])
                    .append('\n');
        }
        List<String> golden = Files.readAllLines(GOLDEN.resolve("pool.csv"));
        assertThat(golden.size()).isGreaterThan(80);
        for (String line : golden.subList(1, golden.size())) {
            String[] g = line.split(",", -1);
            double[] v = IntStream.range(0, g.length)
                    .mapToDouble(
                            i -> i < 3 || g[i].isEmpty() || g[i].equals("NA") ? Double.NaN : Double.parseDouble(g[i]))
                    .toArray();
            Run run = pool(
                    String.valueOf(files.get(g[0])),
                    "-",
                    "--heterogeneity",
                    g[1],
                    "--interval",
                    g[2].equals("hartung-knapp") ? "hartung-knapp-plain" : g[2],
                    "--format",
                    "json");
            assertThat(run.status()).as(line + run.err()).isZero();
            Json json = run.json();
            near(json.number("heterogeneity/tau2"), v[3], 1e-10, line);
            near(json.number("pooled/logit"), v[4], 1e-10, line);
            near(json.number("pooled/logitStdError"), v[5], 1e-10, line);
            near(logit(json.number("pooled/lower")), v[6], 1e-9, line);
            near(logit(json.number("pooled/upper")), v[7], 1e-9, line);
            near(json.number("heterogeneity/q"), v[8], 1e-10, line);
            near(json.number("heterogeneity/pValue"), v[9], 1e-10, line);
            near(json.number("heterogeneity/iSquared"), v[10], 1e-10, line);
            if (Double.isNaN(v[11])) {
                assertThat(json.at("prediction/lower").value()).as(line).isNull();
            } else {
                near(logit(json.number("prediction/lower")), v[11], 1e-9, line);
                near(logit(json.number("prediction/upper")), v[12], 1e-9, line);
            }
        }
    }

    @Test
    void writesTheDocument() {
        Json json = pool(STUDIES, "-", "--format", "json").json();

        assertThat(json.keys(""))
                .containsExactly(
                        "command",
                        "engraft",
                        "conventions",
                        "data",
                        "pooled",
                        "prediction",
                        "heterogeneity",
                        "studies",
                        "overlaps",
                        "warnings");
        assertThat(json.text("command")).isEqualTo("pool");
        assertThat(json.keys("pooled"))
                .containsExactly("estimate", "stdError", "lower", "upper", "logit", "logitStdError", "mean");
        assertThat(json.keys("heterogeneity")).containsExactly("tau2", "iSquared", "q", "df", "pValue");
        assertThat(json.keys("studies/0"))
                .containsExactly("study", "events", "n", "proportion", "lower", "upper", "weight");
        assertThat(json.number("heterogeneity/df")).isEqualTo(3);
        // tau^2 is 0 here: weights are n
        double[] w = {100, 110, 129, 59};
        assertThat(json.number("heterogeneity/tau2")).isZero();
        for (int i = 0; i < w.length; i++) {
            near(
                    json.number("studies/" + i + "/weight"),
                    w[i] / Arrays.stream(w).sum(),
                    1e-14,
                    "weight");
        }
        // R: binom.test(35, 100)$conf.int
        near(json.number("studies/0/lower"), 0.2572937785314512, 1e-9, "lower");
        near(json.number("studies/0/upper"), 0.4518493618239696, 1e-9, "upper");
        assertThat(json.size("overlaps")).isEqualTo(1);
        assertThat(json.keys("overlaps/0")).containsExactly("first", "second", "registry", "yearsKnown", "text");
        assertThat(json.text("overlaps/0/registry")).isEqualTo("JSHCT");
        assertThat(json.text("warnings/0")).startsWith("C and D both have patients of JSHCT in overlapping years");
        assertThat(json.number("data/rows")).isEqualTo(4);
        assertThat(json.text("conventions/tau2")).isEqualTo("ML");
        assertThat(json.text("conventions/model")).isEqualTo("binomial-normal");
        // R: 130 of 398; with tau^2 = 0 the median study's probability is the mean's
        near(json.number("pooled/estimate"), 130 / 398.0, 1e-14, "estimate");
        near(json.number("pooled/mean"), 130 / 398.0, 1e-14, "mean");
    }

    @Test
    void leavesOutOnRequest() {
        Json json = pool(STUDIES, "-", "--leave-out", "D", "--format", "json").json();
        assertThat(json.size("studies")).isEqualTo(3);
        assertThat(json.number("data/dropped")).isEqualTo(1);
        assertThat(json.size("overlaps")).isZero();
        assertThat(json.text("warnings/0")).isEqualTo("left out on request: D");
    }

    @Test
    void poolsTheEmbeddedFiguresThatWereRead() {
        Json json = pool("", "@jmml", "--endpoint", "CIR", "--format", "json").json();
        assertThat(json.text("data/source")).isEqualTo("@jmml");
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < json.size("studies"); i++) {
            ids.add(json.text("studies/" + i + "/study"));
        }
        assertThat(ids).containsExactly("E01", "E11", "E18", "E20", "E26");
        assertThat(json.number("studies/0/events")).isEqualTo(35);
        assertThat(json.number("studies/2/events")).isEqualTo(44);
        assertThat(json.number("data/used")).isEqualTo(5);
        assertThat(json.text("overlaps/0/first")).isEqualTo("E18");
        assertThat(json.text("warnings"))
                .contains(
                        "counts are the printed percentages of the patients, rounded",
                        "months 60, 72",
                        "left out for want of one percentage with one number of patients: E74, E75");
        Json sixty = pool("", "@jmml", "--endpoint", "CIR", "--months", "60", "--leave-out", "E20", "--format", "json")
                .json();
        assertThat(sixty.size("studies")).isEqualTo(3);
        assertThat(sixty.text("warnings"))
                .contains("left out as of another time, or of none: E26")
                .doesNotContain("months 60, 72");
        assertThat(pool("", "@jmml", "--endpoint", "OS", "--format", "json")
                        .json()
                        .text("warnings"))
                .contains("E48 (non-BMT), E49 (BMT)", "one number of patients: E54, E72, E73, E79");
        Json efs = pool("", "@jmml", "--endpoint", "EFS", "--format", "json").json();
        assertThat(efs.text("warnings")).contains("left out as not read in the source itself: E05");
    }

    @Test
    void saysWhetherAUnitIsCompatible() {
        Json json = Run.of(args(UNIT, "--format", "json")).json();

        assertThat(json.keys("")).containsExactly("command", "engraft", "conventions", "data", "unit", "warnings");
        assertThat(json.keys("unit"))
                .containsExactly(
                        "events",
                        "patients",
                        "proportion",
                        "lower",
                        "upper",
                        "against",
                        "expected",
                        "predictive",
                        "verdict",
                        "answer");
        // R: binom.test(22, 60, p); qbinom; the beta-binomial range of golden/predictive.csv
        assertThat(json.number("unit/lower")).isCloseTo(0.24594061043728702, within(1e-12));
        assertThat(json.number("unit/upper")).isCloseTo(0.501030717643707, within(1e-12));
        assertThat(json.number("unit/against/0/pValue")).isCloseTo(0.262, within(5e-4));
        assertThat(json.number("unit/against/1/pValue")).isCloseTo(0.788, within(5e-4));
        assertThat(json.number("unit/against/2/pValue")).isCloseTo(0.693, within(5e-4));
        assertThat(json.number("unit/expected/lower")).isEqualTo(11);
        assertThat(json.number("unit/expected/upper")).isEqualTo(32);
        assertThat(json.number("unit/predictive/lower")).isEqualTo(12);
        assertThat(json.number("unit/predictive/upper")).isEqualTo(30);
        assertThat(json.number("unit/predictive/patients")).isEqualTo(60);
        assertThat(json.at("unit/predictive/holds").value()).isEqualTo(true);
        assertThat(json.text("unit/verdict")).isEqualTo("COMPATIBLE");
        assertThat(json.text("unit/answer")).startsWith("22 of 60 is 36.7 % (exact 95 % interval 24.6 to 50.1 %),");
        assertThat(json.number("data/rows")).isZero();
    }

    private static String[] args(String[] options, String... more) {
        List<String> all = new ArrayList<>(List.of("pool"));
        all.addAll(Arrays.asList(options));
        all.addAll(Arrays.asList(more));
        return all.toArray(new String[0]);
    }

    @Test
    void answersBothQuestionsAtOnceInEveryFormat() {
        Run text = pool(STUDIES, both());
        assertThat(text.out())
                .contains(
                        "Pooled proportion of 4 studies (standard input)",
                        "a further study",
                        "between studies: tau^2 0.0000",
                        "22 of 60 is 36.7 %",
                        "30.0 %   0.2618",
                        "35.0 %   0.7877",
                        "40.0 %   0.6930",
                        "Warning: C and D both")
                .doesNotContain("null", "NaN");
        Run csv = pool(STUDIES, withFormat(both(), "csv"));
        List<String> lines = csv.out().lines().toList();
        assertThat(lines.get(0)).isEqualTo("quantity,study,events,patients,estimate,lower,upper,weight,p_value");
        assertThat(lines).hasSize(1 + 4 + 6 + 1 + 3 + 2);
        assertThat(lines.get(1)).startsWith("study,A,35,100,0.35,0.25729377");
        assertThat(lines.get(16)).startsWith("predicted events,,,60,").contains(",12,30,");
        assertThat(csv.err()).contains("warning: C and D both");
    }

    private static String[] both() {
        List<String> all = new ArrayList<>(List.of("-"));
        all.addAll(Arrays.asList(UNIT));
        return all.toArray(new String[0]);
    }

    private static String[] withFormat(String[] args, String format) {
        List<String> all = new ArrayList<>(Arrays.asList(args));
        all.addAll(List.of("--format", format));
        return all.toArray(new String[0]);
    }

    @Test
    void saysWhyOneOrTwoStudiesAreTooFew() {
        assertThat(pool("study,events,n\nA,1,4\n", "-").out())
                .contains(
                        "pooled: median study                 0.2500  0.0063 to 0.8059",
                        "\"-\" is not estimable: one study says nothing of the variance between studies");
        String one =
                pool("study,events,n\nA,1,4\n", "-", "--heterogeneity", "REML").out();
        assertThat(one)
                .contains(
                        "Pooled proportion of 1 study",
                        "\"-\" is not estimable: the Hartung-Knapp interval needs two studies",
                        "\"-\" is not estimable: a prediction interval needs three studies",
                        "Warning: there is one study: nothing was pooled");
        Json json = pool("study,events,n\nA,0,4\nB,2,4\n", "-", "--correction", "0.25", "--format", "json")
                .json();
        assertThat(json.at("prediction/lower").value()).isNull();
        assertThat(json.text("warnings")).contains("0.25 was added to events and to the others in A");
    }

    @Test
    void saysWhyIntervalsAreWideWhereStudiesAgree() {
        String agreeing = "study,events,n\nA,4,12\nB,10,30\nC,3,9\n";
        assertThat(pool(agreeing, "-").out())
                .contains(
                        "median study: half of all such studies have a lower proportion",
                        "a tau^2 of 0 is the best guess, not knowledge: 3 studies cannot exclude that they differ");
        assertThat(pool(agreeing, "-", "--interval", "wald").out()).doesNotContain("best guess");
        assertThat(pool("study,events,n\nA,4,90\nB,20,30\nC,3,9\n", "-").out()).doesNotContain("best guess");
    }

    /** An endpoint that has no figure to pool was offered, and then refused. */
    @Test
    void offersTheEndpointsOfWhichThereAreStudies() {
        String all = Run.of("pool", "@jmml", "--endpoint", "XXX").err();
        String offered = all.substring(all.indexOf('[') + 1, all.indexOf(']'));
        assertThat(offered.split(", ")).contains("CIR", "OS").doesNotContain("cure", "direction");
        for (String endpoint : offered.split(", ")) {
            assertThat(Run.of("pool", "@jmml", "--endpoint", endpoint).status())
                    .as(endpoint)
                    .isZero();
        }
    }

    /** Wholly agreeing studies once printed 0.3333 to 0.3333. */
    @Test
    void agreementIsNoPrecisionButOnRequestAndThenWarned() {
        String agreeing = "study,events,n\nA,4,12\nB,10,30\nC,3,9\n";
        for (String interval : List.of("likelihood", "hartung-knapp", "wald")) {
            Json json = pool(agreeing, "-", "--interval", interval, "--format", "json")
                    .json();
            assertThat(json.number("pooled/lower")).as(interval).isLessThan(0.2184);
            assertThat(json.number("pooled/upper")).as(interval).isGreaterThan(0.4722);
        }
        assertThat(pool(agreeing, "-", "--interval", "hartung-knapp-plain").out())
                .contains(
                        "0.3333 to 0.3333",
                        "Warning: the plain Hartung-Knapp interval is narrower than that of a common");
    }

    @Test
    void studiesWithNothingInCommonHaveNoPool() {
        Json json = pool("study,events,n\nA,0,50\nB,50,50\n", "-", "--format", "json")
                .json();
        assertThat(json.at("pooled/estimate").value()).isNull();
        assertThat(json.at("pooled/logit").value()).isNull();
        assertThat(json.text("warnings")).contains("no finite estimate; do not pool them");
        assertThat(pool("study,events,n\nA,0,50\nB,50,50\n", "-").out())
                .contains("do not pool them")
                .doesNotContain("NaN");
        Json none =
                pool("study,events,n\nA,0,50\nB,0,9\n", "-", "--format", "json").json();
        assertThat(none.number("pooled/estimate")).isZero();
        assertThat(none.at("pooled/logit").value()).isNull();
        assertThat(none.at("prediction/upper").value()).isNull();
    }

    /** 700,050,000 of 2,000,000,000 against 0.35: 2.344 standard errors; by the normal distribution p = 0.01908. */
    @Test
    void aUnitOfTwoThousandMillionIsAnsweredAtOnce() {
        Json json = Run.of(args(
                        new String[] {
                            "--unit-events", "700050000", "--unit-patients", "2000000000", "--against", "0.35,0.36"
                        },
                        "--format",
                        "json"))
                .json();
        assertThat(json.number("unit/against/0/pValue")).isCloseTo(0.01908, within(2e-5));
        assertThat(json.number("unit/against/1/pValue")).isZero();
        String[] most = {"--unit-events", "700050000", "--unit-patients", "2147483647", "--against", "0.32"};
        assertThat(Run.of(args(most)).status()).isZero();
        Run refused = Run.of(args(most, "--reference", "35/100"));
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.err())
                .contains(
                        "future patients is 2147483647; allowed: 1 to 10000000, as the distribution is held count by");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                          | FILE is missing: a CSV file of studies or @jmml; or --unit-events",
                "--reference 3/4           | FILE is missing",
                "--unit-events 22          | --unit-events, --unit-patients and --against go together",
                "- --unit-patients 60 --against 0.3 | --unit-events, --unit-patients and --against go together",
                "- --reference 35/100      | --reference means nothing without --unit-events",
                "@jmml                     | --endpoint is missing: it says which figures of @jmml are meant",
                "@jmml --endpoint cure-all | --endpoint is 'cure-all'; allowed: one of [CIR, TRM, EFS",
                "@jmml --endpoint cure     | --endpoint is 'cure'; allowed: one of [CIR, TRM, EFS",
                "@jmml --endpoint CIR --months 7 | --months for CIR is 7; allowed: 60, 72",
                "- --endpoint CIR          | --endpoint means nothing without @jmml",
                "- --months 60             | --months means nothing without @jmml",
                "- --leave-out Z           | --leave-out is 'Z'; allowed: one of [A, B, C, D]",
                "- --heterogeneity ML      | 'ML' is no estimator of the variance between studies; allowed: DL, PM, REML",
                "- --interval exact        | 'exact' is no interval; allowed: likelihood, wald, hartung-knapp, hartung-knapp-plain",
                "- --interval likelihood --heterogeneity DL | --heterogeneity means nothing with --interval likelihood",
                "- --interval likelihood --correction 0.5 | --correction means nothing with --interval likelihood",
                "- --level 95              | level is 95.0; allowed: 0 < level < 1",
                "- --correction 0          | correction is 0.0",
                "- --as r                  | Unknown option",
                "--unit-events 61 --unit-patients 60 --against 0.3 | events is 61; allowed: 0 <= events <= 60",
                "--unit-events -1 --unit-patients 60 --against 0.3 | events is -1; allowed: 0 <= events <= 60",
                "--unit-events 1 --unit-patients 0 --against 0.3 | patients is 0; allowed: patients >= 1",
                "--unit-events 1 --unit-patients 2 --against 30 | 30 is no probability; allowed: 0 to 1, such as 0.35",
                "--unit-events 1 --unit-patients 2 --against x | 'x' is no number",
                "--unit-events 1 --unit-patients 2 --against 0.3 --reference 35 | '35' is no count; allowed: EVENTS/PATIENTS",
                "--unit-events 1 --unit-patients 2 --against 0.3 --reference 5/4 | events is 5; allowed: 0 <= events <= 4",
                "--unit-events 1 --unit-patients 2 --against 0.3 --level 2 | level is 2.0; allowed: 0 < level < 1",
                "--unit-events 1 --unit-patients 2 --against 0.3 --interval wald | --interval means nothing without FILE",
                "--unit-events 1 --unit-patients 2 --against 0.3 --heterogeneity DL | --heterogeneity means nothing without",
                "--unit-events 1 --unit-patients 2 --against 0.3 --correction 1 | --correction means nothing without FILE",
                "--unit-events 1 --unit-patients 2 --against 0.3 --leave-out A | --leave-out means nothing without FILE"
            })
    void refusesWrongUse(String options, String message) {
        String[] more = options == null ? new String[0] : options.strip().split(" ");
        Run run = pool(STUDIES, more);
        assertThat(run.status()).as(run.err()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(message, "try: engraft pool --help").doesNotContain("Exception");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "study,events,n;A,5,4         | row 1, line 2, column 'events', value '5': events of A is 5; allowed: 0 <= events <= 4",
                "study,events,n;A,1,4;B,-1,4  | row 2, line 3, column 'events', value '-1'",
                "study,events,n;A,1,-4        | patients of A is -4; allowed: patients >= 1",
                "study,events,n;A,x,4         | row 1, line 2, column 'events', value 'x': not a number",
                "study,events,n;A,1.5,4       | column 'events', value '1.5': allowed: a whole number",
                "study,events,n;,1,4          | column 'study', value '': missing value; allowed: a name in every row",
                "study,events,n;A,1,4;A,2,4   | row 2, column 'study', value 'A': a second row of that name; allowed: one a study",
                "study,events;A,1             | column 'n': there is no such column; allowed: study, events",
                "study,events,n;              | there is a header and no row",
                "''                           | the file is empty",
                "study,events,n;A,1,4;B,2     | row 2, line 3"
            })
    void refusesStudiesThatCannotBeUsed(String rows, String message) {
        Run run = pool(rows.replace(';', '\n'), "-");
        assertThat(run.status()).as(run.err()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("standard input", message).doesNotContain("Exception");
    }

    @Test
    void refusesWhenNothingIsLeft() {
        Run run = pool("study,events,n\nA,1,4\n", "-", "--leave-out", "A");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("standard input: no study is left to pool");
        Run none = pool("", folder.resolve("none.csv").toString());
        assertThat(none.status()).isEqualTo(1);
        assertThat(none.err()).contains("none.csv does not exist");
    }
}
