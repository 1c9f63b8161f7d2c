package io.engraft.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engraft.cli.Run.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Targets of any kind on any model. */
class CalibrateTargetsTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private static Run calibrate(String... args) {
        List<String> all = new ArrayList<>(List.of("calibrate", "--format", "json"));
        all.addAll(List.of(args));
        return Run.of(all.toArray(String[]::new));
    }

    private static Json json(String... args) {
        Run run = calibrate(args);
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(Schemas.problems(run.out())).isEmpty();
        return run.json();
    }

    private static Json named(Json model, String list, String key, String name) {
        for (int i = 0; i < model.size(list); i++) {
            if (model.text(list + "/" + i + "/" + key).equals(name)) {
                return model.at(list + "/" + i);
            }
        }
        throw new AssertionError("no " + name + " in " + list);
    }

    /** Both shares are their targets, and relapse is drawn from Beta(40.5, 60.5), Jeffreys' law of 40 of 100. */
    @Test
    void sharesByHand() {
        Json json = json(
                "--target",
                "relapse ever = 0.4 n 100",
                "--target",
                "nrm ever = 0.1 n 100",
                "--open",
                "event-free",
                "--at",
                "12");
        Json model = json.at("models/0");
        assertThat(model.text("status")).isEqualTo("CONVERGED");
        assertThat(model.at("identified").value()).isEqualTo(true);
        Json relapse = named(model, "parameters", "name", "event-free/relapse/probability");
        assertThat(relapse.number("estimate")).isCloseTo(0.4, within(1e-10));
        // qbeta(c(0.025, 0.975), 40.5, 60.5) = 0.3080, 0.4977; sd 0.0485; 1000 draws: four Monte Carlo errors
        assertThat(relapse.number("lower")).isCloseTo(0.3080, within(0.017));
        assertThat(relapse.number("upper")).isCloseTo(0.4977, within(0.017));
        assertThat(relapse.number("stdError")).isCloseTo(0.0485, within(0.0045));
        assertThat(named(model, "parameters", "name", "event-free/remission/probability")
                        .number("estimate"))
                .isCloseTo(0.5, within(1e-10));
        assertThat(json.text("conventions/uncertainty")).contains("are drawn");
        assertThat(String.valueOf(json.at("warnings").value()))
                .contains("Held at their values in the model", "event-free/relapse, event-free/nrm");
    }

    /** The closed form of the fixed questions: shape 0.6357013061925118, scale 4.627701900076541. */
    @Test
    void theTwoRateModelIsThatOfTheClosedForm() {
        Json closed = calibrate(
                        "--remission", "0.5", "--relapse", "0.35", "--relapse-median", "2.6", "--relapse-by", "12:0.84")
                .json();
        Json model = json(
                        "--target",
                        "relapse ever = 0.35",
                        "--target",
                        "nrm ever = 0.15",
                        "--target",
                        "median of relapse = 2.6",
                        "--target",
                        "share of relapse by 12 = 0.84",
                        "--open",
                        "event-free,event-free/relapse",
                        "--at",
                        "12")
                .at("models/0");
        for (String parameter : List.of("shape", "scale")) {
            double expected = closed.number("models/0/fates/1/law/parameters/" + parameter);
            assertThat(named(model, "parameters", "name", "event-free/relapse/" + parameter)
                            .number("estimate"))
                    .isCloseTo(expected, within(1e-8 * expected));
        }
        assertThat(model.at("parameters/0/lower").value()).isNull();
        assertThat(closed.number("models/0/fates/1/law/parameters/shape")).isCloseTo(0.6357013061925118, within(1e-12));
    }

    /** An exponential law through S(24) = 0.35: the rate is -log(0.35) / 24, the median log(2) / rate. */
    @Test
    void aModelFileByHand() {
        Path file = Run.write(folder, "m.json", exponential());
        Json model = json(
                        "--model",
                        file.toString(),
                        "--open",
                        "well/death",
                        "--target",
                        "alive at 24 = 0.35 n 40",
                        "--at",
                        "12")
                .at("models/0");
        double rate = -Math.log(0.35) / 24;
        assertThat(model.number("parameters/0/estimate")).isCloseTo(rate, within(1e-8 * rate));
        assertThat(named(model, "points", "name", "well").number("probability"))
                .isCloseTo(Math.sqrt(0.35), within(1e-8));
        // S(12) is the root of a Beta(14.5, 26.5): sqrt(qbeta(c(0.025, 0.975), 14.5, 26.5)) = 0.4655, 0.7100
        assertThat(named(model, "points", "name", "well").number("lower")).isCloseTo(0.4655, within(0.04));
        assertThat(named(model, "points", "name", "well").number("upper")).isCloseTo(0.7100, within(0.04));

        Json median = json(
                        "--model",
                        file.toString(),
                        "--open",
                        "well/death",
                        "--target",
                        "median alive = 10 se 2",
                        "--draws",
                        "0")
                .at("models/0");
        assertThat(median.number("parameters/0/estimate")).isCloseTo(Math.log(2) / 10, within(1e-8));
    }

    private static String exponential() {
        return """
                {"engraftMultiStateModel": 1, "unit": "months", "start": [{"state": "well", "probability": 1}], "states": [
                  {"name": "well", "alive": true, "transitions": [{"event": "death", "to": "dead", "clock": "reset",
                   "law": {"family": "exponential", "rate": 0.1}}]},
                  {"name": "dead", "alive": false, "absorbing": true}]}
                """;
    }

    /** M1 is the share dead by month 24. */
    @Test
    void anAssumptionOfAPathway() {
        Json json = json(
                "--model",
                "trametinib",
                "--open",
                "M1",
                "--target",
                "alive at 24 = 0.6 interval 0.3:0.85",
                "--draws",
                "0",
                "--at",
                "24");
        assertThat(json.number("models/0/parameters/0/estimate")).isCloseTo(0.4, within(1e-7));
        assertThat(json.text("model")).isEqualTo("trametinib");
        assertThat(String.valueOf(json.at("warnings").value())).contains("what is not known of them: M2, M3a, M3b");
    }

    @Test
    void saysWhatTargetsLeaveOpenAndWhatTheyCannotMeet() {
        Json open = json(
                        "--target", "relapse ever = 0.35 n 50", "--open", "event-free,event-free/relapse", "--at", "12")
                .at("models/0");
        assertThat(open.text("status")).isEqualTo("NOT_IDENTIFIED");
        assertThat(open.at("identified").value()).isEqualTo(false);
        assertThat(open.size("undetermined")).isPositive();
        assertThat(open.at("parameters/0/lower").value()).isNull();
        Json against = json(
                        "--target",
                        "relapse by 12 = 0.3 n 400",
                        "--target",
                        "relapse ever = 0.6 n 400",
                        "--open",
                        "event-free",
                        "--at",
                        "12")
                .at("models/0");
        assertThat(against.text("status")).isEqualTo("CONTRADICTORY");
        assertThat(against.text("message")).contains("missed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "relapse                     | event-free | is no target; allowed: QUANTITY = NUMBER",
                "relapse at = 0.3            | event-free | is no target; allowed: EVENT by T",
                "relapse by 12 = 0.3 of 40   | event-free | is no target; allowed: VALUE, VALUE n N",
                "relapse by 12 = 0.3 n 4.5   | event-free | is no number of patients",
                "relapse by -1 = 0.3         | event-free | is negative",
                "relapse by 12 = 1.3         | event-free | 0 to 1",
                "relaps by 12 = 0.3          | event-free | one of [relapse, nrm]",
                "in ill at 12 = 0.3          | event-free | ill",
                "relapse by 12 = 0.3         | F1         | one of [event-free, event-free/relapse, event-free/nrm]",
            })
    void refusesOtherWords(String target, String open, String message) {
        Run run = calibrate("--target", target.strip(), "--open", open);
        assertThat(run.status()).as(run.err()).isEqualTo(2);
        assertThat(run.err()).contains(message);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void optionsOfTheFixedQuestionsMeanNothingBeside() {
        assertThat(calibrate("--target", "relapse ever = 0.4", "--open", "event-free", "--n", "10")
                        .err())
                .contains("--n means nothing with --target");
        assertThat(calibrate("--target", "relapse ever = 0.4").err()).contains("--open is missing");
        assertThat(calibrate("--open", "event-free").err()).contains("--open means nothing without --target");
        assertThat(calibrate("--model", "jmml").status()).isEqualTo(2);
        assertThat(Run.of("calibrate", "--target", "relapse ever = 0.4", "--open", "event-free", "--draws", "0")
                        .out())
                .contains("What was open", "P(relapse ever) = 0.4", "No limits are given");
    }

    @Test
    void refusesOptionsThatWouldChangeNothing() {
        String[] shares = {"--target", "relapse ever = 0.4", "--target", "nrm ever = 0.1", "--open", "event-free"};
        Run law = calibrate(joined(shares, "--family", "gamma"));
        assertThat(law.status()).isEqualTo(2);
        assertThat(law.err()).contains("--family means nothing where no law of time is open");
        Run level = calibrate(joined(shares, "--level", "0.8", "--draws", "0"));
        assertThat(level.status()).isEqualTo(2);
        assertThat(level.err()).contains("--level means nothing with --draws 0");
        assertThat(calibrate(joined(shares, "--draws", "0")).status()).isZero();
    }

    private static String[] joined(String[] first, String... more) {
        String[] all = Arrays.copyOf(first, first.length + more.length);
        System.arraycopy(more, 0, all, first.length, more.length);
        return all;
    }
}
