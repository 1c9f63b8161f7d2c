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
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The finegray command; expected numbers are those of R's crr at gtol 1e-14 and of its finegray (golden_finegray.R). */
class FineGrayTest {

    private static final Path GOLDEN = Path.of("../core/src/test/resources/golden/finegray");

    private static final String PATIENTS = "../docs/examples/new-patients.csv";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private static Run finegray(String... more) {
        List<String> args = new ArrayList<>(List.of("finegray", "@bmtcrr", "--time", "months", "--status", "status"));
        args.addAll(Arrays.asList(more));
        return Run.of(args.toArray(new String[0]));
    }

    private static Json json(String... more) {
        List<String> args = new ArrayList<>(Arrays.asList(more));
        args.addAll(List.of("--format", "json"));
        return finegray(args.toArray(new String[0])).json();
    }

    private static List<Map<String, String>> golden(String file) throws IOException {
        List<String> lines = Files.readAllLines(GOLDEN.resolve(file));
        String[] names = lines.get(0).split(",", -1);
        List<Map<String, String>> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            Map<String, String> row = new LinkedHashMap<>();
            for (int j = 0; j < names.length; j++) {
                row.put(names[j], cells[j]);
            }
            rows.add(row);
        }
        return rows;
    }

    private static String of(Map<String, String> row, String name) {
        return Objects.requireNonNull(row.get(name), name);
    }

    /** The call of a case; those of crr are named by their covariates. */
    private static List<String> call(Map<String, String> row) {
        String option = of(row, "option");
        boolean crr = of(row, "peer").equals("crr");
        boolean rows = option.equals("rows");
        String file = "data_" + of(row, "data") + (rows ? "_rows" : "") + ".csv";
        List<String> args = new ArrayList<>(
                List.of("finegray", GOLDEN.resolve(file).toString(), "--time", "time", "--status", "status"));
        args.addAll(
                List.of("--cause", of(row, "cause"), "--ties", of(row, "ties").toLowerCase(Locale.ROOT)));
        args.addAll(List.of("--format", "json", "--covariates", crr ? option.replace('+', ',') : "x1,x2"));
        if (crr) {
            return args;
        }
        args.add("--events-before-censorings");
        if (option.contains("entry") || rows) {
            args.addAll(List.of("--entry", "entry"));
        }
        if (rows) {
            args.addAll(List.of("--id", "id"));
        }
        if (option.contains("strata")) {
            args.addAll(List.of("--strata", "s"));
        }
        if (option.equals("frequency")) {
            args.addAll(List.of("--weight", "freq", "--weight-type", "frequency"));
        }
        if (option.contains("sampling")) {
            args.addAll(List.of("--weight", "samp", "--weight-type", "sampling"));
        }
        if (option.equals("cluster")) {
            args.addAll(List.of("--cluster", "cluster"));
        }
        return args;
    }

    @Test
    void agreesWithCrrAndFinegrayThroughTheDocument() throws IOException {
        List<Map<String, String>> coefficients = golden("coefficients.csv");
        int compared = 0;
        for (Map<String, String> row : golden("cases.csv")) {
            String id = of(row, "case");
            Json json = Run.of(call(row).toArray(String[]::new)).json();
            assertThat(json.number("logLikelihood/model"))
                    .as(id)
                    .isCloseTo(Double.parseDouble(of(row, "model")), within(1e-7));
            List<Map<String, String>> own =
                    coefficients.stream().filter(c -> of(c, "case").equals(id)).toList();
            assertThat(json.size("coefficients")).as(id).isEqualTo(own.size());
            for (int j = 0; j < own.size(); j++) {
                String at = "coefficients/" + j;
                double estimate = Double.parseDouble(of(own.get(j), "estimate"));
                assertThat(json.text(at + "/name")).as(id).isEqualTo(of(own.get(j), "name"));
                assertThat(json.number(at + "/estimate")).as(id).isCloseTo(estimate, within(1e-8));
                assertThat(json.number(at + "/hazardRatio")).as(id).isCloseTo(Math.exp(estimate), within(1e-7));
                double model = Double.parseDouble(of(own.get(j), "std_err"));
                assertThat(json.number(at + "/stdError")).as(id).isCloseTo(model, within(1e-8));
                String robust = of(own.get(j), "robust");
                double error = robust.isEmpty() ? json.number(at + "/robustStdError") : Double.parseDouble(robust);
                assertThat(json.number(at + "/robustStdError")).as(id).isCloseTo(error, within(1e-8));
                assertThat(json.number(at + "/z")).as(id).isCloseTo(estimate / error, within(1e-6));
                double upper = Math.exp(estimate + 1.959963984540054 * error);
                assertThat(json.number(at + "/upper")).as(id).isCloseTo(upper, within(1e-6));
                compared++;
            }
        }
        assertThat(compared).isEqualTo(coefficients.size()).isGreaterThan(200);
    }

    /**
     * N22 and N25 of the reference numbers. Their four columns are those of bmtcrr as numbers: age, disease AML, phase
     * Relapse against the other phases together, source BM+PB.
     */
    @Test
    void n22AndN25() {
        Path patients = Run.write(folder, "new.csv", "age,aml,relapse,source\n30,0,1,1\n20,1,0,0\n");
        Json json = Run.of(
                        "finegray",
                        GOLDEN.resolve("data_bmt.csv").toString(),
                        "--time",
                        "time",
                        "--status",
                        "status",
                        "--cause",
                        "1",
                        "--covariates",
                        "age,aml,relapse,source",
                        "--newdata",
                        patients.toString(),
                        "--at",
                        "12",
                        "--format",
                        "json")
                .json();
        double[] estimates = {-0.01904713715, -0.46278489883, 1.02099684903, -0.88946897181};
        double[] errors = {0.01168622156, 0.29793411287, 0.27241339067, 0.54004839708};
        for (int j = 0; j < 4; j++) {
            assertThat(json.number("coefficients/" + j + "/estimate")).isCloseTo(estimates[j], within(1e-10));
            assertThat(json.number("coefficients/" + j + "/robustStdError")).isCloseTo(errors[j], within(1e-10));
        }
        assertThat(json.number("logLikelihood/model")).isCloseTo(-266.6699792, within(1e-7));
        assertThat(json.number("logLikelihood/null")).isCloseTo(-278.7070304, within(1e-7));
        assertThat(json.number("predictions/0/points/0/incidence")).isCloseTo(0.2631076996, within(1e-9));
        assertThat(json.number("predictions/1/points/0/incidence")).isCloseTo(0.1844341516, within(1e-9));
    }

    /**
     * By cmprsk 2.2-11: {@code crr(months, status, model.matrix(~ age + phase)[, -1], failcode = 1, gtol = 1e-14)} and its
     * {@code predict}.
     */
    @Test
    void agreesWithCrrOnTheEmbeddedData() {
        Json json = json("--cause", "relapse", "--covariates", "age,phase", "--newdata", PATIENTS, "--at", "12");
        double[] estimates = {-0.02233047542725, 0.07789642233888, 0.20108326089609, 1.09021197146747};
        double[] errors = {0.01070125834072, 0.44883716744453, 0.65945114331528, 0.37250526701020};
        for (int j = 0; j < 4; j++) {
            assertThat(json.number("coefficients/" + j + "/estimate")).isCloseTo(estimates[j], within(1e-10));
            assertThat(json.number("coefficients/" + j + "/robustStdError")).isCloseTo(errors[j], within(1e-10));
        }
        assertThat(json.number("logLikelihood/model")).isCloseTo(-269.1440950542, within(1e-9));
        assertThat(json.number("tests/likelihoodRatio/pValue")).isCloseTo(0.0007424283931952, within(1e-12));
        assertThat(json.number("predictions/0/points/0/incidence")).isCloseTo(0.1626908244806, within(1e-10));
        assertThat(json.number("predictions/1/points/0/incidence")).isCloseTo(0.4833520365848, within(1e-10));
        assertThat(json.text("conventions/standardErrors")).isEqualTo("robust by row");
        assertThat(json.text("conventions/events")).isEqualTo("code 1 (relapse), other codes compete; 0 is censored");
        assertThat(json.keys("")).doesNotContain("aic", "bic", "concordance");
    }

    /** By survival 3.5-3: survfit and basehaz of a coxph of finegray's expanded data, ties Breslow, without robust errors. */
    @Test
    void agreesWithFinegrayOnTheEmbeddedData() {
        Json json = json(
                "--cause",
                "1",
                "--covariates",
                "age,phase",
                "--events-before-censorings",
                "--newdata",
                PATIENTS,
                "--at",
                "24,12",
                "--baseline");
        assertThat(json.number("coefficients/3/estimate")).isCloseTo(1.09022342451570, within(1e-10));
        assertThat(json.number("coefficients/3/stdError")).isCloseTo(0.37549544724424, within(1e-10));
        assertThat(json.number("predictions/0/points/1/incidence")).isCloseTo(0.1626903785029, within(1e-10));
        assertThat(json.number("predictions/0/points/1/stdError")).isCloseTo(0.05039338938229, within(1e-10));
        assertThat(json.number("predictions/1/points/0/incidence")).isCloseTo(0.5298844696804, within(1e-10));
        assertThat(json.number("predictions/1/points/0/stdError")).isCloseTo(0.06857565728429, within(1e-10));
        int last = 0;
        while (json.number("baseline/0/points/" + (last + 1) + "/time") <= 12) {
            last++;
        }
        assertThat(json.number("baseline/0/points/" + last + "/cumulativeHazard"))
                .isCloseTo(0.3469634607479, within(1e-10));
        assertThat(json.text("conventions/censoringTiedWithEvents")).startsWith("events come before");
    }

    @Test
    void robustAndLevelAndProfileMeanWhatTheySay() {
        String[] asked = {"--cause", "1", "--covariates", "age", "--newdata", PATIENTS, "--at", "12"};
        Json plain = json(asked);
        Json robust = json(with(asked, "--robust"));
        assertThat(robust.number("coefficients/0/upper")).isEqualTo(plain.number("coefficients/0/upper"));
        Json r = json(with(asked, "--as", "r"));
        String at = "predictions/0/points/0/";
        double f = r.number(at + "incidence");
        double z = 1.959963984540054;
        assertThat(f).isEqualTo(plain.number(at + "incidence"));
        assertThat(r.number(at + "lower"))
                .isCloseTo(f * Math.exp(-z * r.number(at + "robustStdError") / f), within(1e-12));
        assertThat(r.text("conventions/interval")).endsWith("of incidence on log F");
        double narrow = 1.2815515655446004;
        Json level = json(with(asked, "--level", "0.8"));
        assertThat(level.number("coefficients/0/upper"))
                .isCloseTo(
                        Math.exp(level.number("coefficients/0/estimate")
                                + narrow * level.number("coefficients/0/robustStdError")),
                        within(1e-12));
    }

    private static String[] with(String[] args, String... more) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    @Test
    void theTextSaysWhatTheRatioIsNot() {
        Run run = finegray("--cause", "1", "--covariates", "age,phase");
        assertThat(run.status()).isZero();
        assertThat(run.out())
                .contains("Fine-Gray model of the cumulative incidence of relapse")
                .contains("code 1 (relapse), other codes compete")
                .contains("n 177, events 56; converged in 5 iterations")
                .contains("standard errors: robust by row")
                .containsPattern("phase=Relapse +1\\.0902 +0\\.3725 +2\\.927 +0\\.0034 +2\\.9749 +1\\.4335 to 6\\.1738")
                .containsPattern("pseudo likelihood ratio +19\\.1259 +4 +0\\.0007")
                .contains("A ratio above 1 goes with a higher cumulative incidence of relapse")
                .contains("It is no hazard ratio")
                .contains("the rate among those still at risk")
                .contains("that acts on competing events alone can move it from 1")
                .doesNotContain("AIC")
                .doesNotContain("Warning");
        assertThat(run.out().lines().filter(l -> l.startsWith("  A") || l.startsWith("  t")))
                .allMatch(l -> l.length() <= 120);
    }

    @Test
    void withoutCompetingEventsItIsCoxsModelAndSaysSo() {
        String rows = "t,s,x\n1,1,2\n2,0,3\n3,1,1\n4,1,5\n5,0,2\n";
        String[] asked = {"-", "--time", "t", "--status", "s", "--cause", "1", "--covariates", "x", "--robust"};
        String[] ties = {"--ties", "breslow", "--format", "json"};
        Json cox = Run.withInput(rows, with(with(new String[] {"cox"}, asked), ties))
                .json();
        Json own = Run.withInput(rows, with(with(new String[] {"finegray"}, asked), ties))
                .json();
        for (String key : List.of("estimate", "stdError", "robustStdError", "hazardRatio", "lower", "upper")) {
            assertThat(own.number("coefficients/0/" + key)).isEqualTo(cox.number("coefficients/0/" + key));
        }
        assertThat(Run.withInput(rows, with(new String[] {"finegray"}, asked)).out())
                .contains("No row has another cause: these are hazard ratios")
                .doesNotContain("It is no hazard ratio");
    }

    /** Each model is fitted on its own, and nothing holds them together. */
    @Test
    void incidencesThatAddToMoreThanOneAreSaid() {
        Path patients = Run.write(folder, "new.csv", "age,disease,phase,source\n30,ALL,Relapse,BM+PB\n20,AML,CR1,PB\n");
        String[] asked = {
            "--cause",
            "1",
            "--covariates",
            "age,disease,phase,source",
            "--newdata",
            patients.toString(),
            "--at",
            "24,500"
        };
        Json json = json(asked);
        String[] death = asked.clone();
        death[1] = "2";
        Json other = json(death);
        double sum = json.number("predictions/0/points/0/incidence") + other.number("predictions/0/points/0/incidence");
        assertThat(sum).isGreaterThan(1);
        assertThat(json.number("totalIncidence/largest")).isCloseTo(sum, within(1e-14));
        assertThat(json.number("totalIncidence/above")).isEqualTo(1);
        assertThat(json.number("totalIncidence/rows")).isEqualTo(2);
        assertThat(json.number("totalIncidence/time")).isEqualTo(24);
        assertThat(json.text("warnings/0"))
                .startsWith(
                        "at time 24 the predicted incidences of all causes add to more than 1 for 1 of 2 patients (50 %)");
        assertThat(finegray(asked).out()).contains("Warning: at time 24 the predicted incidences of all causes add");
        // Nobody is predicted for, or nothing competes.
        assertThat(json("--cause", "1", "--covariates", "age").keys("")).doesNotContain("totalIncidence");
        assertThat(json("--cause", "1", "--at", "12").keys("")).doesNotContain("totalIncidence");
    }

    @Test
    void strataOffsetsAndEntriesReachThePredictions() {
        String rows = """
                t,s,x,o,g,e
                3,1,2,0.1,a,0
                4,2,3,0.2,b,1
                5,0,1,0.3,a,2
                6,1,5,0.1,b,0
                7,2,2,0.2,a,1
                8,1,4,0.4,a,0
                9,0,2,0.3,b,3
                4,1,3,0.2,b,0
                6,2,1,0.1,a,0
                """;
        Path patients = Run.write(folder, "new.csv", "x,o,g\n2,0.1,a\n2,0.1,b\n2,0.3,a\n");
        Json json = Run.withInput(
                        rows,
                        ("finegray - --time t --status s --cause 1 --covariates x --offset o --strata g --entry e"
                                        + " --baseline --at 8 --format json --newdata " + patients)
                                .split(" "))
                .json();
        assertThat(json.text("baseline/1/stratum")).isEqualTo("b");
        assertThat(json.text("conventions/strata")).isEqualTo("g, a baseline and weights each");
        assertThat(json.text("conventions/riskAfterAnotherCause"))
                .isEqualTo("rows stay at risk, with weights by censoring and entry");
        assertThat(json.text("predictions/1/covariates/g")).isEqualTo("b");
        double first = Math.log1p(-json.number("predictions/0/points/0/incidence"));
        double third = Math.log1p(-json.number("predictions/2/points/0/incidence"));
        assertThat(third / first).isCloseTo(Math.exp(0.2), within(1e-12));
    }

    @Test
    void baselinesAndPredictionsAreInEveryFormat() {
        String[] asked = {"--cause", "1", "--covariates", "age"};
        for (String format : List.of("text", "json", "csv", "ard", "markdown", "latex", "html")) {
            String plain = finegray(with(asked, "--format", format)).out();
            String baseline =
                    finegray(with(asked, "--format", format, "--baseline")).out();
            String newRows = finegray(with(asked, "--format", format, "--newdata", PATIENTS))
                    .out();
            assertThat(baseline.length()).as(format).isGreaterThan(plain.length() + 500);
            assertThat(newRows.length()).as(format).isGreaterThan(plain.length() + 5000);
        }
        assertThat(finegray(with(asked, "--format", "csv")).out()).contains("subdistribution hazard ratio,age,");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--covariates age                                 | Missing required option: '--cause=K'",
                "--cause 3 --covariates age                       | cause is 3; allowed: 1 (relapse) or 2",
                "--cause death --covariates age                   | allowed: 1 (relapse) or 2 (competing event)",
                "--cause 1 --covariates age --ties exact          | --ties is exact; allowed: breslow or efron",
                "--cause 1 --covariates age --ties mid            | allowed: efron, breslow, exact",
                "--cause 1 --covariates age --at 12               | --at needs --newdata",
                "--cause 1 --covariates age --chart x.svg         | --chart needs --newdata",
                "--cause 1 --newdata new.csv                      | --newdata means nothing to a model without",
                "--cause 1 --covariates age --group phase         | --group means nothing to finegray",
                "--cause 1 --covariates age --zph km              | Unknown option '--zph' of finegray",
                "--cause 1 --covariates age --firth               | Unknown option '--firth' of finegray",
                "--cause 1 --covariates age --chart-title A       | --chart-title means nothing without --chart",
            })
    void refusesWhatMeansNothing(String options, String words) {
        Run run = finegray(options.strip().split(" +"));
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains(words);
    }

    @Test
    void rowsAfterAnEventAreRefused() {
        Run run = Run.withInput(
                "id,e,t,s,x\n1,0,3,1,2\n1,3,5,0,2\n2,0,4,2,1\n3,0,6,1,4\n",
                "finegray - --id id --entry e --time t --status s --cause 1 --covariates x".split(" "));
        assertThat(run.status()).isBetween(1, 2);
        assertThat(run.err()).contains("after");
    }

    @Test
    void drawsTheIncidenceOfNewPatients() throws IOException {
        Path chart = folder.resolve("finegray.svg");
        Run run = finegray(
                "--cause", "1", "--covariates", "age,phase", "--newdata", PATIENTS, "--chart", chart.toString());
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(Files.readString(chart))
                .contains("Cumulative incidence of relapse")
                .contains("Row 1: age 30, phase CR1")
                .contains("All rows, Aalen-Johansen")
                .contains("competing with competing event")
                .contains("its interval in the table");
    }

    @Test
    void drawsAPlainModelOverAalenJohansen() throws IOException {
        Path chart = folder.resolve("plain.svg");
        Run run = finegray("--cause", "1", "--chart", chart.toString(), "--format", "json");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.json().keys("")).doesNotContain("predictions");
        assertThat(Files.readString(chart))
                .contains("All rows, Aalen-Johansen")
                .contains("Model")
                .contains("bands: 95 % intervals");
        Path rows = Run.write(folder, "many.csv", "age\n1\n2\n3\n4\n5\n6\n7\n");
        Run many = finegray(
                "--cause", "1", "--covariates", "age", "--newdata", rows.toString(), "--chart", chart.toString());
        assertThat(many.status()).isEqualTo(2);
        assertThat(many.err()).contains("at most 6 curves");
    }
}
