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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The cox command; expected numbers are those of R's coxph at eps 1e-13 (golden_cox.R, golden_cox_checks.R). */
class CoxTest {

    private static final Path GOLDEN = Path.of("../core/src/test/resources/golden");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private static Run cox(String... more) {
        List<String> args = new ArrayList<>(List.of("cox", "@bmtcrr", "--time", "months", "--status", "status"));
        args.addAll(Arrays.asList(more));
        return Run.of(args.toArray(new String[0]));
    }

    private static Json json(String... more) {
        List<String> args = new ArrayList<>(Arrays.asList(more));
        args.addAll(List.of("--format", "json"));
        return cox(args.toArray(new String[0])).json();
    }

    private static List<String> options(String option) {
        List<String> covariates = List.of("--covariates", "x1,x2,year,g");
        List<String> more = switch (option) {
            case "plain" -> List.of("--ties", "efron");
            case "strata" -> List.of("--strata", "s");
            case "entry" -> List.of("--entry", "entry");
            case "frequency" -> List.of("--weight", "freq", "--weight-type", "frequency");
            case "sampling" -> List.of("--weight", "samp", "--weight-type", "sampling");
            case "cluster" -> List.of("--cluster", "cluster");
            case "robust" -> List.of("--robust");
            default -> List.of();
        };
        List<String> all = new ArrayList<>(covariates);
        all.addAll(more);
        return more.isEmpty() ? List.of() : all;
    }

    @Test
    void agreesWithCoxphThroughTheDocument() throws IOException {
        List<String> coefficients = Files.readAllLines(GOLDEN.resolve("cox/coxph_coefficients.csv"));
        Map<String, Json> documents = new LinkedHashMap<>();
        int compared = 0;
        for (String line : coefficients.subList(1, coefficients.size())) {
            String[] c = line.split(",", -1);
            String[] id = c[0].split("_", -1);
            List<String> options = id[0].equals("days") ? options(id[2]) : List.of();
            if (options.isEmpty()) {
                continue;
            }
            Json json = documents.computeIfAbsent(c[0], name -> {
                List<String> args = new ArrayList<>(List.of(
                        "cox",
                        GOLDEN.resolve("aft/data_days.csv").toString(),
                        "--time",
                        "time",
                        "--status",
                        "status",
                        "--format",
                        "json"));
                args.addAll(options);
                args.addAll(List.of("--ties", id[1]));
                if (options.contains("--ties")) {
                    args.subList(args.indexOf("--ties"), args.indexOf("--ties") + 2)
                            .clear();
                }
                return Run.of(args.toArray(String[]::new)).json();
            });
            for (int j = 0; j < json.size("coefficients"); j++) {
                String at = "coefficients/" + j;
                if (json.text(at + "/name").equals(c[1])) {
                    double estimate = Double.parseDouble(c[2]);
                    assertThat(json.number(at + "/estimate")).isCloseTo(estimate, within(1e-10));
                    assertThat(json.number(at + "/hazardRatio")).isCloseTo(Math.exp(estimate), within(1e-9));
                    assertThat(json.number(at + "/stdError")).isCloseTo(Double.parseDouble(c[3]), within(1e-10));
                    double error = Double.parseDouble(c[4].isEmpty() ? c[3] : c[4]);
                    double z = 1.959963984540054;
                    assertThat(json.number(at + "/upper")).isCloseTo(Math.exp(estimate + z * error), within(1e-9));
                    compared++;
                }
            }
        }
        assertThat(compared).isEqualTo(2 * 7 * 5);
    }

    @Test
    void saysAllThatRsSummaryDoes() {
        Run run = cox("--covariates", "age,phase", "--zph", "km");
        assertThat(run.status()).isZero();
        assertThat(run.out())
                .contains("Cox proportional hazards model")
                .contains("n 177, events 131; converged in 5 iterations")
                .containsPattern("phase=Relapse +0.9782 +0.2308 +4.238 +2.26e-05 +2.6597 +1.6918 to 4.1813")
                .containsPattern("likelihood ratio +24.4943 +4 +6.36e-05")
                .containsPattern("phase +1.3820 +3 +0.7098")
                .contains("a large one does not say that it stays");
    }

    @Test
    void predictsForNewPatients() {
        Json json = json(
                "--covariates",
                "age,phase",
                "--newdata",
                "../docs/examples/new-patients.csv",
                "--at",
                "12",
                "--baseline");
        assertThat(json.size("predictions")).isEqualTo(2);
        double s = json.number("predictions/0/points/0/survival");
        assertThat(json.number("predictions/0/points/0/lower")).isLessThan(s);
        assertThat(json.size("baseline/0/points")).isGreaterThan(50);
        assertThat(json.text("baseline/0/stratum")).isEqualTo("all");
    }

    /** By coxph and survfit of survival 3.5-3 at eps 1e-13, conf.type log and log-log. */
    @Test
    void followsRsScaleOfIntervalsWhereAsked() {
        String[] asked = {"--covariates", "age,phase", "--newdata", "../docs/examples/new-patients.csv", "--at", "12"};
        Json own = json(asked);
        List<String> more = new ArrayList<>(List.of(asked));
        more.addAll(List.of("--as", "r"));
        Json r = json(more.toArray(String[]::new));
        String at = "predictions/0/points/0/";
        for (Json each : List.of(own, r)) {
            assertThat(each.number(at + "survival")).isCloseTo(0.4953340410836, within(1e-10));
            assertThat(each.number(at + "stdError")).isCloseTo(0.06929198657248, within(1e-10));
        }
        assertThat(own.number(at + "lower")).isCloseTo(0.3541977801328, within(1e-10));
        assertThat(own.number(at + "upper")).isCloseTo(0.6215639634086, within(1e-10));
        assertThat(r.number(at + "lower")).isCloseTo(0.3765512502315, within(1e-10));
        assertThat(r.number(at + "upper")).isCloseTo(0.6515867683494, within(1e-10));
        assertThat(r.text("conventions/interval")).endsWith("of survival on log S");
    }

    @Test
    void baselinesAreInEveryFormat() {
        for (String format : List.of("text", "csv", "ard", "markdown", "latex", "html")) {
            String with = cox("--covariates", "age", "--strata", "disease", "--baseline", "--format", format)
                    .out();
            String without = cox("--covariates", "age", "--strata", "disease", "--format", format)
                    .out();
            assertThat(with.length()).as(format).isGreaterThan(without.length() + 1000);
        }
    }

    @Test
    void strataHaveTheirOwnBaselines() {
        Json json = json("--covariates", "age", "--strata", "disease", "--baseline");
        assertThat(json.size("baseline")).isEqualTo(2);
        assertThat(json.text("baseline/1/stratum")).isEqualTo("AML");
        assertThat(json.text("conventions/strata")).isEqualTo("disease, a baseline hazard each");
    }

    @Test
    void separatedCovariatesSayWhatToDo() {
        String file = Run.write(folder, "apart.csv", "t,s,x\n1,1,1\n2,1,1\n3,1,1\n4,0,0\n5,0,0\n6,0,0\n")
                .toString();
        Run run = Run.of("cox", file, "--time", "t", "--status", "s", "--covariates", "x");
        assertThat(run.status()).isZero();
        assertThat(run.out())
                .contains("MONOTONE_LIKELIHOOD")
                .contains("run away: x")
                .contains("Firth");
        Json firth = Run.of(
                        "cox",
                        file,
                        "--time",
                        "t",
                        "--status",
                        "s",
                        "--covariates",
                        "x",
                        "--firth",
                        "--profile",
                        "--format",
                        "json")
                .json();
        assertThat(firth.text("status")).isEqualTo("CONVERGED");
        // The lower limit by the profile is above no effect, where all who have the event have x.
        assertThat(firth.number("coefficients/0/lower")).isBetween(1.0, firth.number("coefficients/0/hazardRatio"));
        assertThat(firth.keys("")).doesNotContain("predictions");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--covariates age --ties exact --zph km            | --zph means nothing with --ties exact",
                "--covariates age --ties exact --baseline          | --baseline means nothing with --ties exact",
                "--zph km                                          | --zph means nothing to a model without --covariates",
                "--firth                                           | --firth means nothing to a model without --covariates",
                "--covariates age --at 12                          | --at needs --newdata",
                "--covariates age --ties exact --firth             | exact ties with Firth's penalty",
                "--covariates age --firth --robust                 | Firth's penalty with a robust variance",
                "--covariates age --ties mid                       | allowed: efron, breslow, exact",
                "--covariates age --zph cubic                      | allowed: km, identity, rank, log",
                "--covariates age --group phase                    | --group means nothing to cox",
                "--covariates age --cause 7                        | cause is 7; allowed: 1 (relapse)",
            })
    void refusesWhatMeansNothing(String options, String words) {
        Run run = cox(options.strip().split(" +"));
        assertThat(run.status()).isBetween(1, 2);
        assertThat(run.err()).contains(words);
    }

    @Test
    void drawsTheCurvesOfNewPatients() throws IOException {
        Path chart = folder.resolve("cox.svg");
        Run run = cox(
                "--covariates",
                "age,phase",
                "--newdata",
                "../docs/examples/new-patients.csv",
                "--chart",
                chart.toString());
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(Files.readString(chart))
                .contains("Row 1: age 30, phase CR1")
                .contains("All rows, Kaplan-Meier")
                .contains("not drawn");
    }

    @Test
    void aBandThatIsNotDrawnIsSaid() throws IOException {
        Path chart = folder.resolve("band.svg");
        Run run = Run.of(
                "km",
                "@bmtcrr",
                "--time",
                "months",
                "--status",
                "status",
                "--bands",
                "hw",
                "--chart",
                chart.toString());
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(Files.readString(chart).replaceAll("<[^>]*>", " ").replaceAll("\\s+", " "))
                .contains("the band that holds at all times is in the table and not drawn");
    }
}
