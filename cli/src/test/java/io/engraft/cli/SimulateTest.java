package io.engraft.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engraft.cli.Run.Json;
import io.engraft.cli.output.Console;
import io.engraft.cli.output.Progress;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimulateTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private static Run simulate(String... more) {
        String[] args = new String[more.length + 3];
        args[0] = "simulate";
        args[1] = "--patients";
        args[2] = "20000";
        System.arraycopy(more, 0, args, 3, more.length);
        return Run.of(args);
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "csv", "text"})
    void givesTheSameBytesForAnyNumberOfThreads(String format) {
        String one =
                simulate("--seed", "7", "--threads", "1", "--format", format).out();

        assertThat(simulate("--seed", "7", "--threads", "2", "--format", format).out())
                .isEqualTo(one);
        assertThat(simulate("--seed", "7", "--threads", "8", "--format", format).out())
                .isEqualTo(one);
        assertThat(simulate("--seed", "8", "--threads", "2", "--format", format).out())
                .isNotEqualTo(one);
    }

    @ParameterizedTest
    @CsvSource({"transplant, true", "trametinib, false", "from-diagnosis, false", "untreated, false"})
    void drawsOfFatesAreRefusedWhereThereAreHazards(String model, boolean possible) {
        Run run = simulate("--model", model, "--assumption-draws", "100");
        assertThat(run.out() + run.err())
                .contains("the limits of simulation error only (lower and upper in JSON) shrink")
                .contains("95 %, simulation error only", "95 %, from the assumptions");
        assertThat(simulate("--model", model, "--draws", "100").status() == 0).isEqualTo(possible);
    }

    @Test
    void writesTheDocumentOfTheContract() {
        Json json = simulate("--horizon", "60", "--at", "12,60", "--draws", "200", "--format", "json")
                .json();

        assertThat(json.keys(""))
                .contains("command", "engraft", "conventions", "data", "warnings")
                .contains(
                        "model",
                        "patients",
                        "seed",
                        "horizon",
                        "overallSurvival",
                        "states",
                        "incidence",
                        "transitions",
                        "assumptions",
                        "evidence");
        assertThat(json.number("patients")).isEqualTo(20000);
        assertThat(json.number("seed")).isEqualTo(42);
        assertThat(json.keys("states/0")).contains("state", "points", "meanTime");
        assertThat(json.keys("states/0/points/0"))
                .containsExactly("time", "probability", "stdError", "lower", "upper", "fromAssumptions");
        assertThat(json.keys("incidence/0")).containsExactly("event", "points");
        assertThat(json.keys("transitions/0")).contains("from", "to", "count");
        assertThat(json.text("incidence/0/event")).isEqualTo("relapse");
        assertThat(json.size("assumptions")).isEqualTo(19);

        assertThat(json.keys("")).doesNotContain("survival");
        assertThat(json.text("model")).isEqualTo("jmml");

        double sum = 0;
        for (int s = 0; s < json.size("states"); s++) {
            sum += json.number("states/" + s + "/points/1/probability");
        }
        assertThat(sum).isEqualTo(1, within(1e-12));
    }

    @Test
    void agreesWithTheCalibratedRates() {
        Json json =
                simulate("--horizon", "60", "--at", "12", "--format", "json").json();

        // Four Monte Carlo standard errors: false alarms once in 16,000 seeds.
        assertThat(json.number("incidence/0/points/0/probability"))
                .isEqualTo(0.294, within(4 * Math.sqrt(0.294 * 0.706 / 20000)));
    }

    @Test
    void explainsItselfToAStranger() {
        Run run = simulate();

        assertThat(run.status()).isZero();
        assertThat(run.out())
                .contains(
                        "patients     20000",
                        "seed         42",
                        "alive, never relapsed",
                        "overall survival: alive in any state")
                .contains("Simulated cohort: JMML after a first transplant (model: jmml)")
                .contains("death without relapse (nrm)")
                .containsPattern("95 %, from the assumptions +0\\.\\d{4}-0\\.\\d{4}")
                .containsPattern("95 %, simulation error only +0\\.\\d{4}-0\\.\\d{4}")
                .contains("What the model rests on", "F1 = 0.5 (read, range 0.41 to 0.55)")
                .contains("A1 = 0.84 (assumed", "E01: Locatelli")
                .contains("nothing that was read fixes A1, A2a")
                .contains("the limits of simulation error only");
    }

    @Test
    void readsAModelOfOnesOwn() {
        Run printed = Run.of("simulate", "--print-model");
        assertThat(printed.out()).contains("\"format\": \"engraft-pathways\"");
        Path own = Run.write(folder, "own.json", printed.out());

        assertThat(simulate("--model", own.toString(), "--format", "json").out())
                .isEqualTo(simulate("--format", "json").out().replace("\"model\":\"jmml\"", "\"model\":\"own.json\""));
        assertThat(simulate("--model", own.toString()).out()).contains("(model: own.json)");
    }

    @Test
    void listsPrintsAndSimulatesTheModelsThatShip() {
        Run list = Run.of("simulate", "--list-models");
        assertThat(list.status()).isZero();
        assertThat(list.out())
                .contains("transplant (or jmml)")
                .containsPattern("azacitidine-bridge +diagnosis +JMML from diagnosis, azacitidine before transplant")
                .contains("trametinib");
        Run printed = Run.of("simulate", "--model", "trametinib", "--print-model");
        assertThat(printed.out()).contains("\"name\": \"Relapsed or refractory JMML, from the start of trametinib\"");
        Path own = Run.write(folder, "own.json", printed.out());

        String named = simulate("--model", "trametinib", "--format", "json").out();
        assertThat(simulate("--model", own.toString(), "--format", "json").out())
                .isEqualTo(named.replace("\"model\":\"trametinib\"", "\"model\":\"own.json\""));
        Json json = simulate("--model", "trametinib", "--at", "24", "--format", "json")
                .json();
        // 30 % are dead by month 24; four Monte Carlo standard errors.
        assertThat(json.number("overallSurvival/0/probability")).isEqualTo(0.7, within(4 * Math.sqrt(0.21 / 20000)));
        assertThat(named).contains("must not be compared with pathways from diagnosis".replace("must", "Must"));
        assertThat(simulate("--model", "transplant", "--format", "json").out())
                .isEqualTo(
                        simulate("--format", "json").out().replace("\"model\":\"jmml\"", "\"model\":\"transplant\""));
        assertThat(simulate("--model", "bridge-chemotherapy").out())
                .contains("alive with leukaemia, on chemotherapy until transplant")
                .contains("B1 = 0.9 (assumed");
    }

    @Test
    void refusesWhatModelsOfHazardsCannotDo() {
        Run draws = simulate("--model", "from-diagnosis", "--draws", "200");
        assertThat(draws.status()).isEqualTo(2);
        assertThat(draws.err()).contains("draws is 200; allowed: 0 where a model has hazards");
        Run print = Run.of("simulate", "--model", "own.json", "--print-model");
        assertThat(print.status()).isEqualTo(2);
        assertThat(print.err()).contains("model is own.json; allowed: one that ships with Engraft: jmml, transplant,");
    }

    @Test
    void callsTheShareAliveOverallSurvivalInRowsToo() {
        assertThat(simulate("--at", "12", "--format", "csv").out())
                .startsWith(
                        "kind,name,time,probability,std_error,lower,upper,assumptions_lower,assumptions_upper\noverall-survival,alive,12,");
    }

    @Test
    void namesTheModelsAndReadsMultiStateDocumentsToo() {
        Run unknown = simulate("--model", "nope");
        assertThat(unknown.status()).isEqualTo(2);
        assertThat(unknown.err()).contains("model is nope", "jmml, transplant", "trametinib");

        Path plain = Run.write(folder, "plain.json", """
                {"engraftMultiStateModel": 1, "unit": "months", "start": [{"state": "well", "probability": 1}],
                 "states": [
                  {"name": "well", "alive": true, "sampleSize": 40, "fates": [
                    {"event": "death", "to": "dead", "probability": 0.25, "law": {"family": "exponential", "rate": 0.2}},
                    {"event": "cure", "probability": 0.75}]},
                  {"name": "dead", "alive": false, "absorbing": true}]}
                """);
        Json json = simulate("--model", plain.toString(), "--at", "60", "--format", "json")
                .json();
        assertThat(json.text("model")).isEqualTo("plain.json");
        assertThat(json.size("assumptions")).isZero();
        // qbeta(c(0.025, 0.975), 10.5, 30.5) of R for the share dead in the end
        assertThat(json.number("states/1/points/0/fromAssumptions/lower")).isEqualTo(0.1364, within(0.02));
        assertThat(json.number("states/1/points/0/fromAssumptions/upper")).isEqualTo(0.3983, within(0.03));
        assertThat(simulate("--model", plain.toString(), "--assume", "F1=0.5").err())
                .contains("assumption is F1; allowed: none: model 'plain.json' has no named assumptions");
    }

    @Test
    void assumptionsCanBeGivenAndLongHorizonsAreRefused() {
        Json json = simulate("--assume", "F1=0.6", "--assume", "F2=0.3", "--at", "120", "--format", "json")
                .json();
        assertThat(json.number("states/0/points/0/probability")).isEqualTo(0.6, within(0.015));
        // 100 patients leave far more open than 20 000 simulated ones do.
        Json point = json.at("states/0/points/0");
        double simulated = point.number("upper") - point.number("lower");
        double open = point.number("fromAssumptions/upper") - point.number("fromAssumptions/lower");
        assertThat(open).isGreaterThan(5 * simulated);
        assertThat(simulate("--assume", "F9=0.6").err()).contains("assumption is F9; allowed: one of [F1, F2");
        assertThat(simulate("--assume", "F1").err()).contains("allowed: ID=VALUE such as F1=0.55");
        Run late = simulate("--horizon", "1e308");
        assertThat(late.status()).isEqualTo(2);
        assertThat(late.err())
                .contains("horizon is 1.0E308; allowed: 0 < horizon <= 1e100")
                .doesNotContain("NaN");
    }

    @Test
    void refusesModelsThatCannotBeUsed() {
        Path broken = Run.write(folder, "broken.json", "{\"format\": \"engraft-pathways\", \"version\": 1}");
        Run incomplete = simulate("--model", broken.toString());
        assertThat(incomplete.status()).isEqualTo(1);
        assertThat(incomplete.err()).contains("broken.json");
        assertThat(incomplete.out()).isEmpty();

        Run nowhere = simulate("--model", folder.resolve("none.json").toString());
        assertThat(nowhere.status()).isEqualTo(1);
        assertThat(nowhere.err()).contains("none.json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--patients 0     | patients is 0",
                "--threads 0      | threads is 0",
                "--horizon -1     | horizon is -1.0",
                "--draws 7        | draws is 7; allowed: 0, or draws >= 100",
                "--level 2        | level is 2.0",
                "--at 500         | time is 500.0; allowed: 0 <= time <= horizon",
                "--seed x         | 'x' is no whole number",
                "--patients 1e6   | '1e6' is no whole number"
            })
    void refusesOptionsOutsideTheirDomain(String options, String message) {
        String[] given = options.strip().split(" ");
        Run run = Run.of("simulate", given[0], given[1]);

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(message);
    }

    @Test
    void showsProgressOfLongWorkOnlyWhereSomebodyWatches() {
        ByteArrayOutputStream bar = new ByteArrayOutputStream();
        try (Progress progress = new Progress(100, new PrintStream(bar, true, StandardCharsets.UTF_8))) {
            progress.accept(50);
            progress.accept(20);
            progress.accept(100);
        }
        assertThat(bar.toString(StandardCharsets.UTF_8)).contains("simulate").contains("100%");
    }

    @Test
    void isQuietForShortWork() throws IOException {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console watched = new Console(
                new ByteArrayInputStream(new byte[0]),
                new ByteArrayOutputStream(),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                true,
                false);

        assertThat(Main.run(new String[] {"simulate", "--patients", "1000"}, watched))
                .isZero();
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void listsTheModelsInEveryFormat() {
        Run run = Run.of("simulate", "--list-models", "--format", "json");
        Json json = run.json();
        assertThat(Schemas.problems(run.out())).isEmpty();
        assertThat(json.text("command")).isEqualTo("models");
        assertThat(json.text("models/0/model")).isEqualTo("transplant");
        assertThat(json.text("models/0/alias")).isEqualTo("jmml");
        assertThat(Run.of("simulate", "--list-models", "--format", "csv").out())
                .startsWith("model,alias,time_zero,unit,name\ntransplant,jmml,");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --list-models --patients 5             | --patients means nothing with --list-models
            --list-models --print-model            | --print-model means nothing with --list-models
            --print-model --seed 3                 | --seed means nothing with --print-model
            --print-model --format csv             | --format csv means nothing with --print-model: the file is JSON
            """)
    void refusesWhatWouldBeIgnored(String options, String message) {
        Run run = Run.of(("simulate " + options).split(" "));
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(message);
        assertThat(Run.of("simulate", "--print-model", "--format", "json")
                        .json()
                        .keys(""))
                .contains("name");
    }
}
