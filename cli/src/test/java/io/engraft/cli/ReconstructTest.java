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

/**
 * The reconstruct command, on the 6-MP arm of Freireich 1963: 21 children, relapses at 6, 6, 6, 7, 10, 13, 16, 22, 23;
 * the curve is R's survfit of the true data, read to three digits.
 */
class ReconstructTest {

    private static final String CURVE = """
            time,survival
            6,0.857
            7,0.807
            10,0.753
            13,0.690
            16,0.627
            22,0.538
            23,0.448
            35,0.448
            """;

    private static final String RISK = "time,at_risk\n0,21\n5,21\n10,15\n15,11\n20,8\n25,5\n30,4\n35,1\n";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private Run reconstruct(String curve, String... more) {
        Path risk = Run.write(folder, "risk.csv", RISK);
        List<String> args = new ArrayList<>(List.of("reconstruct", "-", risk.toString()));
        args.addAll(Arrays.asList(more));
        return Run.withInput(curve, args.toArray(new String[0]));
    }

    private static Run alone(String curve, String... more) {
        List<String> args = new ArrayList<>(List.of("reconstruct", "-"));
        args.addAll(Arrays.asList(more));
        return Run.withInput(curve, args.toArray(new String[0]));
    }

    @Test
    void givesTheCurveOfTheSixMercaptopurineArmBack() {
        Json json = reconstruct(CURVE, "--unit", "months", "--events", "9", "--at", "10,20", "--format", "json")
                .json();

        assertThat(json.keys(""))
                .containsExactly(
                        "command",
                        "engraft",
                        "conventions",
                        "data",
                        "atRisk",
                        "n",
                        "events",
                        "fit",
                        "median",
                        "curves",
                        "spread",
                        "assumptions",
                        "patients",
                        "warnings");
        assertThat(json.text("command")).isEqualTo("reconstruct");
        assertThat(json.number("n")).isEqualTo(21);
        assertThat(json.number("events")).isEqualTo(9);
        assertThat(json.keys("fit"))
                .containsExactly("points", "rootMeanSquare", "largest", "largestAtRisk", "eventsOff", "flattened");
        assertThat(json.number("fit/points")).isEqualTo(8);
        assertThat(json.number("fit/largest")).isLessThan(5e-4);
        assertThat(json.number("fit/largestAtRisk")).isZero();
        assertThat(json.number("fit/eventsOff")).isZero();
        assertThat(json.number("median/estimate")).isEqualTo(23);
        // R's survfit of the true data
        assertThat(json.text("curves/0/curve")).isEqualTo("survival");
        assertThat(json.number("curves/0/points/0/value")).isCloseTo(0.7529411764705882, within(1e-12));
        assertThat(json.number("curves/0/points/1/value")).isCloseTo(0.6274509803921569, within(1e-12));
        assertThat(json.keys("spread")).containsExactly("draws", "largestMisfit", "median", "points");
        assertThat(json.number("spread/draws")).isEqualTo(100);
        assertThat(json.number("spread/points/1/lower")).isLessThanOrEqualTo(0.6274509803921569);
        assertThat(json.size("patients")).isEqualTo(21);
        assertThat(json.keys("patients/0")).containsExactly("time", "status", "cause");
        assertThat(json.number("patients/0/time")).isEqualTo(6);
        assertThat(json.at("patients/20/cause").value()).isNull();
        assertThat(json.text("warnings/0")).startsWith("these are not the patients");
        assertThat(json.text("data/source")).isEqualTo("standard input");
        assertThat(json.number("data/rows")).isEqualTo(8);
        assertThat(json.text("atRisk")).endsWith("risk.csv");
    }

    @Test
    void itsCsvIsReadByTheOtherCommands() {
        Run csv = reconstruct(CURVE, "--format", "csv");
        assertThat(csv.out().lines().findFirst()).contains("time,status,cause");
        assertThat(csv.out().lines()).hasSize(22);
        assertThat(csv.err()).contains("warning: these are not the patients");
        Json km = Run.withInput(csv.out(), "km", "-", "--time", "time", "--status", "status", "--format", "json")
                .json();
        assertThat(km.number("groups/0/n")).isEqualTo(21);
        assertThat(km.number("groups/0/events")).isEqualTo(9);
        assertThat(km.number("groups/0/median/estimate")).isEqualTo(23);
    }

    @Test
    void isReadableAsTextAndWritesThePatientsBeside() throws IOException {
        String text = reconstruct(CURVE).out();
        assertThat(text)
                .contains(
                        "n 21, events 9; times in months",
                        "given back at 8 points: largest difference 0.00045",
                        "left open by reading",
                        "Assumed: between two times of the at-risk table",
                        "Warning: these are not the patients",
                        "      23       1     event")
                .doesNotContain("null", "NaN");
        Path patients = folder.resolve("patients.csv");
        Run beside = reconstruct(CURVE, "--data-out", patients.toString(), "--draws", "0");
        assertThat(beside.out()).doesNotContain("left open by reading", "23       1     event");
        assertThat(beside.err()).contains("wrote ");
        assertThat(Files.readAllLines(patients)).hasSize(22).first().isEqualTo("time,status,cause");
        Run nowhere =
                reconstruct(CURVE, "--data-out", folder.resolve("no/x.csv").toString());
        assertThat(nowhere.status()).isEqualTo(1);
        assertThat(nowhere.err()).contains("cannot be written: the folder");
    }

    @Test
    void theSameSeedGivesTheSameBytes() {
        String one = reconstruct(CURVE, "--seed", "7", "--precision", "0.02", "--format", "json")
                .out();
        String same = reconstruct(CURVE, "--seed", "7", "--precision", "0.02", "--format", "json")
                .out();
        String other = reconstruct(CURVE, "--seed", "8", "--precision", "0.02", "--format", "json")
                .out();
        assertThat(same).isEqualTo(one);
        assertThat(other).isNotEqualTo(one);
    }

    /** 10 patients: the incidence rises by 0.1 a relapse; who leaves the numbers at risk is declared. */
    @Test
    void takesIncidencesAndLeavers() {
        String curve = "time,incidence\n1,0.1\n6,0.2\n12,0.2\n";
        Path risk = Run.write(folder, "ten.csv", "time,at_risk\n0,10\n5,5\n12,4\n");
        String[] options = {
            "reconstruct", "-", risk.toString(), "--type", "incidence", "--precision", "1e-6", "--format", "json"
        };
        List<String> competing = new ArrayList<>(Arrays.asList(options));
        competing.addAll(List.of("--leavers", "competing"));
        Json json = Run.withInput(curve, competing.toArray(new String[0])).json();
        assertThat(json.text("conventions/type")).isEqualTo("incidence");
        assertThat(json.number("events")).isEqualTo(2);
        assertThat(json.text("curves/0/curve")).isEqualTo("event");
        assertThat(json.number("curves/0/points/1/value")).isCloseTo(0.2, within(1e-9));
        assertThat(json.text("patients")).contains("without event");
        Json censored = Run.withInput(curve, options).json();
        assertThat(censored.text("patients")).doesNotContain("without event");
        Json causes = alone(
                        "time,incidence,cause\n1,0.1,relapse\n6,0.2,relapse\n2,0.1,nrm\n8,0.3,nrm\n",
                        "--n",
                        "10",
                        "--draws",
                        "0",
                        "--level",
                        "0.9",
                        "--format",
                        "json")
                .json();
        assertThat(causes.size("curves")).isEqualTo(2);
        assertThat(causes.text("curves/1/curve")).isEqualTo("nrm");
        // by hand: 3 of 10 died without relapse by month 8, nobody left before
        assertThat(causes.number("curves/1/points/0/value")).isCloseTo(0.3, within(1e-12));
        assertThat(causes.keys("")).doesNotContain("spread", "atRisk");
        assertThat(causes.number("conventions/level")).isEqualTo(0.9);
    }

    @Test
    void saysWhereThePrintDisagrees() {
        Run few = alone("time,survival\n1,0.9\n2,0.6\n6,0.6\n", "--n", "10", "--events", "3", "--draws", "0");
        assertThat(few.status()).as(few.err()).isZero();
        assertThat(few.out()).contains("Warning: the curve is missed by up to 0.100");
        String more = reconstruct(CURVE, "--events", "5", "--draws", "0").out();
        assertThat(more).contains("Warning: the rebuilt events are 4 more than the printed total");
        String fewer = reconstruct(CURVE, "--events", "12", "--draws", "0").out();
        assertThat(fewer)
                .contains(
                        "Warning: the rebuilt events are 2 fewer than the printed total",
                        "Warning: a printed number at risk is missed by up to 5");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                      | AT_RISK is missing: a CSV file of the numbers at risk, or --n",
                "-                     | CURVE and AT_RISK are both standard input",
                "x.csv --n 3           | AT_RISK and --n exclude each other",
                "--n 0                 | patients is 0; allowed: patients >= 1",
                "--n 21 --type density | 'density' is no type of curve; allowed: survival, incidence",
                "--n 21 --type incidence | --type is incidence, but - has a column 'survival'",
                "--n 21 --leavers competing | --leavers means nothing to a survival curve",
                "--n 21 --draws 0 --seed 4 | --seed means nothing with --draws 0: nothing is drawn",
                "--n 21 --leavers lost | 'lost' is no kind of leaver; allowed: censored, competing",
                "--n 21 --events 22    | total of events is 22; allowed: at most the 21 patients",
                "--n 21 --events -1    | total of events is -1",
                "--n 21 --level 1      | level is 1.0; allowed: 0 < level < 1",
                "--n 21 --level 1 --draws 0 | level is 1.0; allowed: 0 < level < 1",
                "--n 21 --draws 1      | --draws is 1; allowed: 0 for none, or 2 and more",
                "--n 21 --precision 0  | precision of probability is 0.0",
                "--n 21 --time-precision -1 | precision of time is -1.0",
                "--n 21 --tolerance 2  | tolerance is 2.0",
                "--n 21 --unit weeks   | allowed: days, months or years",
                "--n 21 --at -1        | time -1 is negative",
                "--n x                 | 'x' is no whole number"
            })
    void refusesWrongUse(String options, String message) {
        String[] more = options == null ? new String[0] : options.strip().split(" ");
        Run run = alone(CURVE, more);
        assertThat(run.status()).as(run.err()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains(message, "try: engraft reconstruct --help")
                .doesNotContain("Exception");
        assertThat(Run.of("reconstruct").status()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "time,survival;1,0.9;2,0.95 | row 2, line 3, column 'survival', value '0.95': survival rises by 0.05",
                "time,survival;1,0.9;0.5,0.8 | row 2, line 3, column 'time', value '0.5': before the point above it",
                "time,survival;1,90          | value '90.0': not a probability; allowed: 0 to 1 (divide percentages by 100",
                "time,survival;-1,0.9        | column 'time', value '-1.0': allowed: a finite time >= 0",
                "time,survival;1,x           | column 'survival', value 'x': not a number",
                "time,incidence;1,0.5;2,0.4  | incidence falls by 0.1",
                "time,incidence,cause;1,0.6,a;1,0.6,b | the causes add up to 1.2; allowed: at most 1 together",
                "x,y;1,0.9                   | there is no such column",
                "time,survival;              | there is a header and no row",
                "''                          | the file is empty"
            })
    void refusesCurvesThatCannotBeUsed(String rows, String message) {
        Run run = alone(rows.replace(';', '\n'), "--n", "20");
        assertThat(run.status()).as(run.err()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("standard input", message).doesNotContain("Exception");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "time,at_risk;0,21;5,22    | row 2, column 'at_risk', value '22': rises from 21",
                "time,at_risk;1,21         | row 1, column 'time', value '1.0': allowed in the first row: 0",
                "time,at_risk;0,21;0,20    | row 2, column 'time', value '0.0': not after the row above it",
                "time,at_risk;0,-1         | row 1, column 'at_risk', value '-1': allowed at time 0: >= 1",
                "time,at_risk;0,21;5,2.5   | row 2, line 3, column 'at_risk', value '2.5': allowed: a whole number",
                "time,n;0,21               | column 'at_risk': there is no such column",
                "''                        | the file is empty"
            })
    void refusesTablesThatCannotBeUsed(String rows, String message) {
        Path curve = Run.write(folder, "curve.csv", CURVE);
        Run run = Run.withInput(rows.replace(';', '\n'), "reconstruct", curve.toString(), "-");
        assertThat(run.status()).as(run.err()).isEqualTo(1);
        assertThat(run.err()).contains("standard input", message).doesNotContain("Exception");
    }
}
