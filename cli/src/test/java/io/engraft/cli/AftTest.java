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

/** The aft command; expected numbers are those of R's survreg 3.5-3 at rel.tolerance 1e-13. */
class AftTest {

    private static final Path GOLDEN = Path.of("../core/src/test/resources/golden/aft");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private static Run aft(String... more) {
        List<String> args = new ArrayList<>(List.of("aft", "@bmtcrr", "--time", "months", "--status", "status"));
        args.addAll(Arrays.asList(more));
        return Run.of(args.toArray(new String[0]));
    }

    private static Json json(String... more) {
        List<String> args = new ArrayList<>(Arrays.asList(more));
        args.addAll(List.of("--format", "json"));
        return aft(args.toArray(new String[0])).json();
    }

    private static void near(double actual, double expected, double tolerance, String what) {
        assertThat(actual).as(what).isCloseTo(expected, within(tolerance * Math.max(Math.abs(expected), 1e-3)));
    }

    /** What an option of golden_aft.R is on the command line; empty for interval-censored times. */
    private static List<String> options(String option) {
        return switch (option) {
            case "null" -> List.of("--na", "fail");
            case "covariates" -> List.of("--covariates", "x1,x2,year,g");
            case "frequency" -> List.of("--covariates", "x1,g", "--weight", "freq", "--weight-type", "frequency");
            case "sampling" -> List.of("--covariates", "x1,x2", "--weight", "samp", "--weight-type", "sampling");
            case "cluster" -> List.of("--covariates", "x1,x2,g", "--cluster", "cluster");
            case "strata" -> List.of("--covariates", "x1,x2", "--strata", "s");
            case "stratafrequency" ->
                List.of("--covariates", "x2", "--strata", "s", "--weight", "freq", "--weight-type", "frequency");
            default -> List.of();
        };
    }

    @Test
    void agreesWithSurvregThroughTheDocument() throws IOException {
        List<String> cases = Files.readAllLines(GOLDEN.resolve("survreg_cases.csv"));
        List<String> coefficients = Files.readAllLines(GOLDEN.resolve("survreg_coefficients.csv"));
        int compared = 0;
        for (String line : cases.subList(1, cases.size())) {
            String[] c = line.split(",", -1);
            List<String> options = options(c[3]);
            if (options.isEmpty()) {
                continue;
            }
            Path file = GOLDEN.resolve("data_" + c[1] + ".csv");
            List<String> args = new ArrayList<>(List.of(
                    "aft",
                    file.toString(),
                    "--time",
                    "time",
                    "--status",
                    "status",
                    "--distribution",
                    c[2],
                    "--format",
                    "json"));
            args.addAll(options);
            Run run = Run.of(args.toArray(new String[0]));
            assertThat(run.status()).as(c[0] + run.err()).isZero();
            Json json = run.json();
            assertThat(json.text("status")).as(c[0]).isEqualTo("CONVERGED");
            near(json.number("logLikelihood/null"), Double.parseDouble(c[4]), 1e-10, c[0]);
            near(json.number("logLikelihood/model"), Double.parseDouble(c[5]), 1e-10, c[0]);
            List<String[]> expected = coefficients.stream()
                    .map(l -> l.split(",", -1))
                    .filter(l -> l[0].equals(c[0]))
                    .toList();
            assertThat(json.size("coefficients")).as(c[0]).isEqualTo(expected.size());
            for (int j = 0; j < expected.size(); j++) {
                String[] e = expected.get(j);
                String at = "coefficients/" + j + "/";
                assertThat(json.text(at + "name")).as(c[0]).isEqualTo(e[1]);
                near(json.number(at + "estimate"), Double.parseDouble(e[2]), 1e-8, c[0] + " " + e[1]);
                near(json.number(at + "stdError"), Double.parseDouble(e[3]), 1e-6, c[0] + " " + e[1]);
                assertThat(json.keys("coefficients/" + j).contains("robustStdError"))
                        .as(c[0])
                        .isEqualTo(!e[4].isEmpty());
                if (!e[4].isEmpty()) {
                    double robust = Double.parseDouble(e[4]);
                    near(json.number(at + "robustStdError"), robust, 1e-6, c[0] + " " + e[1]);
                    near(json.number(at + "z"), Double.parseDouble(e[2]) / robust, 2e-6, c[0] + " z");
                }
            }
            compared++;
        }
        assertThat(compared).isGreaterThan(100);
    }

    @Test
    void writesTheDocumentOfTheContract() {
        Json json = json("--distribution", "weibull", "--covariates", "age,phase");

        assertThat(json.keys(""))
                .containsExactly(
                        "command",
                        "engraft",
                        "conventions",
                        "data",
                        "distribution",
                        "n",
                        "events",
                        "status",
                        "iterations",
                        "logLikelihood",
                        "aic",
                        "bic",
                        "scale",
                        "scales",
                        "coefficients",
                        "warnings");
        assertThat(json.text("command")).isEqualTo("aft");
        assertThat(json.number("n")).isEqualTo(177);
        assertThat(json.number("events")).isEqualTo(131);
        near(json.number("logLikelihood/null"), -520.5464840986749, 1e-11, "null");
        near(json.number("logLikelihood/model"), -507.2829235970649, 1e-11, "model");
        near(json.number("aic"), 2 * 507.2829235970649 + 12, 1e-11, "aic");
        near(json.number("scale"), 1.6468911532821664, 1e-9, "scale");
        assertThat(json.text("scales/0/stratum")).isEqualTo("all");
        assertThat(json.keys("coefficients/1"))
                .containsExactly(
                        "name", "parameter", "estimate", "stdError", "z", "pValue", "lower", "upper", "timeRatio");
        assertThat(json.keys("coefficients/0")).doesNotContain("timeRatio");
        assertThat(json.text("coefficients/4/name")).isEqualTo("phase=Relapse");
        near(json.number("coefficients/4/estimate"), -1.675823141009479, 1e-9, "relapse");
        near(json.number("coefficients/4/stdError"), 0.38201153573159186, 1e-8, "se");
        near(json.number("coefficients/4/z"), -4.386839098458384, 1e-8, "z");
        near(json.number("coefficients/4/pValue"), 1.1500980322456548e-05, 1e-6, "p");
        double half = 1.959963984540054 * 0.38201153573159186;
        near(json.number("coefficients/4/lower"), -1.675823141009479 - half, 1e-8, "lower");
        near(json.number("coefficients/4/timeRatio/upper"), Math.exp(-1.675823141009479 + half), 1e-7, "ratio");
        assertThat(json.text("coefficients/5/name")).isEqualTo("Log(scale)");
        assertThat(json.text("coefficients/5/parameter")).isEqualTo("scale");
        assertThat(json.text("conventions/contrasts")).isEqualTo("treatment, against phase=CR1");
        assertThat(json.text("conventions/profile")).isEqualTo("engraft");
        assertThat(json("--distribution", "weibull", "--as", "r").text("conventions/profile"))
                .isEqualTo("r");
    }

    @Test
    void takesCauseReferenceAndStrata() {
        Json json = json(
                "--cause",
                "1",
                "--distribution",
                "lognormal",
                "--covariates",
                "phase",
                "--reference",
                "phase=Relapse",
                "--strata",
                "disease");

        assertThat(json.number("events")).isEqualTo(56);
        near(json.number("logLikelihood/model"), -251.77106864627973, 1e-10, "model");
        near(json.number("logLikelihood/null"), -263.5514483097468, 1e-10, "null");
        assertThat(json.text("coefficients/1/name")).isEqualTo("phase=CR1");
        near(json.number("coefficients/1/estimate"), 1.9034102859232742, 1e-7, "CR1");
        assertThat(json.text("coefficients/5/name")).isEqualTo("Log(scale)[AML]");
        near(json.number("coefficients/5/estimate"), 0.577084624495255, 1e-7, "AML");
        assertThat(json.at("scale").value()).isNull();
        assertThat(json.text("scales/0/stratum")).isEqualTo("ALL");
        near(json.number("scales/0/estimate"), 1.9684044158112566, 1e-7, "scale");
        assertThat(json.text("warnings/0")).startsWith("cause-specific: only code 1 (relapse) is an event");
        assertThat(json.text("conventions/events")).isEqualTo("cause-specific: code 1 (relapse)");
        assertThat(json.text("conventions/strata")).isEqualTo("disease, a scale each");
    }

    @Test
    void isRobustByClusterOrOnRequest() {
        Json clusters = json("--distribution", "loglogistic", "--covariates", "age", "--cluster", "phase");
        near(clusters.number("coefficients/1/robustStdError"), 0.004657323946854801, 1e-7, "robust");
        near(clusters.number("coefficients/1/stdError"), 0.010416343636797332, 1e-7, "naive");
        near(clusters.number("coefficients/1/z"), -1.294704611833288, 1e-7, "z");
        assertThat(clusters.text("conventions/variance")).isEqualTo("robust, by cluster");
        Json rows = json("--distribution", "loglogistic", "--covariates", "age", "--robust");
        assertThat(rows.text("conventions/variance")).isEqualTo("robust, by row");
    }

    @Test
    void predictsForNewRows() {
        Path rows = Run.write(folder, "new.csv", "age,phase\n30,CR1\n20,Relapse\n");
        Json json = json(
                "--distribution",
                "weibull",
                "--covariates",
                "age,phase",
                "--newdata",
                rows.toString(),
                "--at",
                "12",
                "--quantiles",
                "0.5");

        assertThat(json.size("predictions")).isEqualTo(2);
        assertThat(json.keys("predictions/0")).containsExactly("row", "covariates", "points", "quantiles");
        assertThat(json.number("predictions/1/row")).isEqualTo(2);
        assertThat(json.text("predictions/1/covariates/phase")).isEqualTo("Relapse");
        near(json.number("predictions/0/points/0/survival"), 0.6648359203853182, 1e-9, "S");
        near(json.number("predictions/0/points/0/lower"), 0.5478810634615197, 1e-8, "lower");
        near(json.number("predictions/0/points/0/upper"), 0.7580930414709591, 1e-8, "upper");
        near(json.number("predictions/1/points/0/survival"), 0.35700074416805, 1e-9, "S");
        near(json.number("predictions/0/quantiles/0/time"), 28.698660608716747, 1e-8, "median");
        near(json.number("predictions/0/quantiles/0/lower"), 15.364139481931428, 1e-7, "lower");
        near(json.number("predictions/1/quantiles/0/upper"), 10.096188419869259, 1e-7, "upper");
        Json everywhere = json("--distribution", "weibull", "--covariates", "age,phase", "--newdata", rows.toString());
        assertThat(everywhere.size("predictions/0/points")).isGreaterThan(100);
        assertThat(everywhere.size("predictions/0/quantiles")).isEqualTo(3);
    }

    @Test
    void predictsWithoutCovariatesAndByStratum() {
        Json json = json("--distribution", "exponential", "--at", "0,10");
        double rate = Math.exp(-json.number("coefficients/0/estimate"));
        assertThat(json.number("predictions/0/points/0/survival")).isEqualTo(1);
        assertThat(json.at("predictions/0/points/0/lower").value()).isNull();
        near(json.number("predictions/0/points/1/survival"), Math.exp(-10 * rate), 1e-12, "S(10)");
        assertThat(json.number("scale")).isEqualTo(1);
        assertThat(json.at("scales/0/stdError").value()).isNull();
        Path rows = Run.write(folder, "strata.csv", "disease\nAML\nALL\n");
        Json strata =
                json("--distribution", "weibull", "--strata", "disease", "--newdata", rows.toString(), "--at", "12");
        double eta = strata.number("coefficients/0/estimate");
        double scale = strata.number("scales/1/estimate");
        near(
                strata.number("predictions/0/points/0/survival"),
                Math.exp(-Math.exp((Math.log(12) - eta) / scale)),
                1e-12,
                "S(12) of AML");
    }

    @Test
    void isReadableAsTextAndCsv() {
        Path rows = Run.write(folder, "new.csv", "age,phase\n30,CR1\n");
        String[] options = {
            "--distribution", "weibull", "--covariates", "age,phase", "--newdata", rows.toString(), "--at", "12,24"
        };
        String text = aft(options).out();
        assertThat(text)
                .contains(
                        "Accelerated failure time model, weibull",
                        "n 177, events 131; converged in ",
                        "log-likelihood -507.2829, without covariates -520.5465",
                        "scale 1.6469 (1.4421 to 1.8808)",
                        "phase=Relapse",
                        "0.1872",
                        "Predicted for row 1: age 30, phase CR1",
                        "28.6987")
                .doesNotContain("null", "NaN");
        List<String> csv = aft(with(options, "--format", "csv")).out().lines().toList();
        assertThat(csv.get(0))
                .isEqualTo("quantity,name,row,at,estimate,std_error,robust_std_error,z,p_value,lower,upper");
        assertThat(csv).hasSize(1 + 6 + 1 + 2 + 3);
        assertThat(csv.get(8)).startsWith("survival,,1,12,0.66483");
    }

    private static String[] with(String[] options, String... more) {
        List<String> all = new ArrayList<>(Arrays.asList(options));
        all.addAll(Arrays.asList(more));
        return all.toArray(new String[0]);
    }

    @Test
    void saysHowAFitEnded() {
        Run edge = Run.withInput(
                "t,s,x\n1,1,a\n2,1,a\n3,1,a\n4,0,b\n5,0,b\n6,0,b\n",
                "aft",
                "-",
                "--time",
                "t",
                "--status",
                "s",
                "--distribution",
                "weibull",
                "--covariates",
                "x");
        assertThat(edge.out()).contains("at the edge of the model: ", "Warning: the fit ended BOUNDARY");
        Run twice = Run.withInput(
                "t,s,x,y\n1,1,1,2\n2,1,2,4\n3,1,1,2\n4,0,2,4\n5,1,1,2\n",
                "aft",
                "-",
                "--time",
                "t",
                "--status",
                "s",
                "--distribution",
                "weibull",
                "--covariates",
                "x,y",
                "--format",
                "json");
        assertThat(twice.json().text("status")).isEqualTo("RANK_DEFICIENT");
        assertThat(twice.json().text("reason")).endsWith("before: y");
        assertThat(twice.json().at("coefficients/2/estimate").value()).isNull();
    }

    @Test
    void drawsTheModelBesideKaplanMeier() throws IOException {
        Path rows = Run.write(folder, "new.csv", "phase\nCR1\nRelapse\n");
        Path chart = folder.resolve("aft.svg");
        Run two = aft(
                "--distribution",
                "weibull",
                "--covariates",
                "phase",
                "--newdata",
                rows.toString(),
                "--chart",
                chart.toString());
        assertThat(two.status()).as(two.err()).isZero();
        assertThat(two.err()).contains("wrote ");
        assertThat(Files.readString(chart))
                .contains("All rows, Kaplan-Meier", "Row 2: phase Relapse", "a fitted model: weibull");
        Run one = aft("--distribution", "lognormal", "--cause", "1", "--chart", chart.toString());
        assertThat(one.status()).as(one.err()).isZero();
        assertThat(Files.readString(chart)).contains("relapse (status code 1), other events censored", "Model");
        Path many = Run.write(folder, "many.csv", "age\n1\n2\n3\n4\n5\n6\n7\n");
        Run crowd = aft(
                "--distribution",
                "weibull",
                "--covariates",
                "age",
                "--newdata",
                many.toString(),
                "--chart",
                chart.toString());
        assertThat(crowd.status()).isEqualTo(2);
        assertThat(crowd.err()).contains("--chart: 7 rows of --newdata; allowed: at most 6 curves");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--distribution cauchy | 'cauchy' is no distribution; allowed: exponential, weibull, rayleigh, lognormal",
                "--cause 1 | Missing required option: '--distribution=NAME'",
                "--distribution weibull --group sex | --group means nothing to aft, which fits one model",
                "--distribution weibull --level 1 | level is 1.0; allowed: 0 < level < 1",
                "--distribution weibull --cause 3 | cause is 3; allowed: 1 (relapse) or 2",
                "--distribution weibull --covariates age,age | --covariates names 'age' twice",
                "--distribution weibull --covariates age,,sex | --covariates has an empty name",
                "--distribution weibull --covariates age --at 12 | --at needs --newdata",
                "--distribution weibull --covariates age --quantiles 0.5 | --quantiles needs --newdata",
                "--distribution weibull --covariates age --chart a.svg | --chart needs --newdata",
                "--distribution weibull --chart a.jpg | allowed: .svg, .png, .pdf",
                "--distribution weibull --at -1 | time -1 is negative",
                "--distribution weibull --quantiles 0 | p is 0.0; allowed: 0 < p < 1",
                "--distribution weibull --quantiles 50 | 50 is no probability; allowed: 0 to 1, such as 0.35 for 35 %",
                "--distribution weibull --newdata x.csv | --newdata means nothing to a model without --covariates",
                "--distribution weibull --covariates phase --reference phase=CR9 | is 'CR9'; allowed: one of [CR1, CR2, CR3, Relapse]",
                "--distribution weibull --covariates phase --reference phase | is no column and level",
                "--distribution weibull --reference phase=CR1 | --reference names 'phase'; allowed: one of --covariates []",
                "--distribution weibull --covariates phase --reference phase=CR1,phase=CR2 | --reference names 'phase' twice",
                "--distribution exponential --strata sex | distribution is exponential; allowed: one whose scale is estimated",
                "--distribution weibull --as sas | 'sas' is no profile",
                "--distribution weibull --weight age | --weight and --weight-type go together",
                "--distribution weibull --covariates sex --conf-type log | Unknown option"
            })
    void refusesWrongUse(String options, String message) {
        Run run = aft(options.strip().split(" "));
        assertThat(run.status()).as(run.err()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(message, "try: engraft aft --help").doesNotContain("Exception");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "t,s;1,1;0,1;2,0     |                | row 2, column 't', value '0.0': parametric models need a positive time",
                "t,s,x;1,1,1;2,1,    | --covariates x | row 2, line 3, column 'x', value '': missing value",
                "t,s,x;1,1,1;2,1,2   | --covariates y | column 'y': there is no such column; allowed: t, s, x",
                "t,s;1,0;2,0         |                | standard input: ",
                "t,s;                |                | there is a header and no row",
                "''                  |                | the file is empty",
                "t,s,x;1,1,1;2,1,;0,1,2;4,1,1 | --covariates x --na drop | row 3, column 't', value '0.0': parametric models need",
                "t,s,x;1,1,1;2,1,2,5 | --covariates x | row 2"
            })
    void refusesDataThatCannotBeUsed(String rows, String options, String message) {
        List<String> args =
                new ArrayList<>(List.of("aft", "-", "--time", "t", "--status", "s", "--distribution", "weibull"));
        if (options != null) {
            args.addAll(Arrays.asList(options.split(" ")));
        }
        Run run = Run.withInput(rows.replace(';', '\n'), args.toArray(new String[0]));
        assertThat(run.status()).as(run.err()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("standard input", message).doesNotContain("Exception");
    }

    @Test
    void refusesACovariateOfOneLevel() {
        Run run = Run.withInput(
                "t,s,x\n1,1,a\n2,1,a\n",
                "aft",
                "-",
                "--time",
                "t",
                "--status",
                "s",
                "--distribution",
                "weibull",
                "--covariates",
                "x");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("levels of x is [a]; allowed: two or more, for a contrast");
    }

    @Test
    void refusesEntryTimesForModelsOfTimeItself() {
        Run run = Run.withInput(
                "t,s,e\n1,1,0\n2,1,1\n3,1,1\n",
                "aft",
                "-",
                "--time",
                "t",
                "--status",
                "s",
                "--entry",
                "e",
                "--distribution",
                "gaussian");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err())
                .contains("distribution is gaussian; allowed: one of log time where rows have entry times");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "age;30        | column 'phase': there is no such column; allowed: age",
                "age,phase;x,CR1 | row 1, line 2, column 'age', value 'x': not a number",
                "age,phase;30,CR1;,CR9 | row 2, line 3, column 'age', value '': no value, which a prediction needs; allowed: a number",
                "age,phase;30,CR1;,CR9 | column 'phase', value 'CR9': not a level of the data that were fitted; allowed: one of [CR1",
                "age,phase;30, | column 'phase', value '': no value, which a prediction needs; allowed: one of [CR1",
                "age,phase;    | there is a header and no row"
            })
    void refusesNewRowsThatCannotBeUsed(String rows, String message) {
        Path file = Run.write(folder, "new.csv", rows.replace(';', '\n'));
        Run run = aft("--distribution", "weibull", "--covariates", "age,phase", "--newdata", file.toString());
        assertThat(run.status()).as(run.err()).isEqualTo(1);
        assertThat(run.err()).contains("new.csv", message);
    }

    @Test
    void readsStandardInputOnce() {
        Run run = Run.withInput(
                "t,s,x\n1,1,1\n2,1,2\n",
                "aft",
                "-",
                "--time",
                "t",
                "--status",
                "s",
                "--distribution",
                "weibull",
                "--covariates",
                "x",
                "--newdata",
                "-");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("DATA and --newdata are both standard input");
    }

    @Test
    void keepsAnOptionThatItRefusesOutOfItsHelp() {
        assertThat(Run.of("aft", "--help").out())
                .contains("--covariates", "--weight-type")
                .doesNotContain("--group");
        assertThat(Run.of("km", "--help").out()).contains("--group");
    }

    @Test
    void writesAFile() throws IOException {
        Path file = folder.resolve("aft.json");
        Run run = aft("--distribution", "weibull", "--format", "json", "--out", file.toString());
        assertThat(run.out()).isEmpty();
        assertThat(Json.parse(Files.readString(file)).text("distribution")).isEqualTo("weibull");
    }

    @Test
    void readsNumbersAsLevelsWithAReference() {
        String rows = "t,s,x\n1,1,1\n2,1,2\n3,1,3\n4,1,1\n5,0,2\n6,1,3\n7,1,1\n";
        Run run = Run.withInput(
                rows,
                "aft",
                "-",
                "--time",
                "t",
                "--status",
                "s",
                "--distribution",
                "exponential",
                "--covariates",
                "x",
                "--reference",
                "x=2",
                "--format",
                "json");
        Json json = run.json();
        assertThat(json.text("coefficients/1/name")).isEqualTo("x=1");
        assertThat(json.text("coefficients/2/name")).isEqualTo("x=3");
        // by hand: the rate of a level is events / time; log(12 / 3) - log(7 / 1)
        near(json.number("coefficients/1/estimate"), Math.log(12.0 / 3) - Math.log(7), 1e-9, "x=1");
    }

    @Test
    void takesProductsAndSplines() {
        // golden_terms.R: bmtcrr_weibull_productreference and bmtcrr_weibull_spline
        Json product = json(
                "--distribution", "weibull", "--covariates", "age,phase,age:phase", "--reference", "phase=Relapse");
        near(product.number("logLikelihood/model"), -506.20214553849286, 1e-10, "model");
        assertThat(product.text("coefficients/5/name")).isEqualTo("age:phase=CR1");
        near(product.number("coefficients/5/estimate"), 0.024116994162505574, 1e-7, "age:phase=CR1");
        near(product.number("coefficients/5/stdError"), 0.028106420006410143, 1e-6, "error");
        assertThat(product.text("conventions/contrasts")).isEqualTo("treatment, against phase=Relapse");
        Path rows = Run.write(folder, "older.csv", "phase,age\nCR1,85.2\nRelapse,38\n");
        Json spline = json(
                "--distribution",
                "weibull",
                "--covariates",
                "ns(age,3),phase",
                "--newdata",
                rows.toString(),
                "--quantiles",
                "0.5");
        assertThat(spline.text("coefficients/3/name")).isEqualTo("ns(age,3)3");
        near(spline.number("coefficients/3/estimate"), 0.16510706724142163, 1e-6, "ns(age,3)3");
        near(spline.number("predictions/0/quantiles/0/time"), 265.4232852773988, 1e-6, "older than all");
        near(spline.number("predictions/1/quantiles/0/time"), 3.4395508406243938, 1e-7, "within");
    }

    @Test
    void aColumnKeepsItsNameWhateverStandsInIt() {
        String rows = "t,s,a:b,ns(x\n1,1,1,2\n2,1,2,3\n3,1,3,1\n4,1,1,5\n5,0,2,2\n6,1,3,1\n7,1,1,4\n";
        Json json = Run.withInput(
                        rows,
                        "aft",
                        "-",
                        "--time",
                        "t",
                        "--status",
                        "s",
                        "--distribution",
                        "exponential",
                        "--covariates",
                        "a:b,ns(x,`ns(x`:a:b",
                        "--format",
                        "json")
                .json();
        assertThat(json.text("coefficients/1/name")).isEqualTo("a:b");
        assertThat(json.text("coefficients/2/name")).isEqualTo("ns(x");
        assertThat(json.text("coefficients/3/name")).isEqualTo("ns(x:a:b");
    }

    @Test
    void termsThatCannotBeReadAreTold() {
        Run spline = aft("--distribution", "weibull", "--covariates", "ns(age,0)");
        assertThat(spline.status()).isEqualTo(2);
        assertThat(spline.err())
                .contains(
                        "term 'ns(age,0)' at character 8: number of columns is 0; allowed: a whole number from 1 to 50");
        Run unknown = aft("--distribution", "weibull", "--covariates", "age:phse");
        assertThat(unknown.status()).isEqualTo(1);
        assertThat(unknown.err()).contains("phse");
        Run reference = aft("--distribution", "weibull", "--covariates", "age:sex", "--reference", "phase=CR1");
        assertThat(reference.status()).isEqualTo(2);
        assertThat(reference.err()).contains("--reference names 'phase'; allowed: one of --covariates [age, sex]");
    }
}
