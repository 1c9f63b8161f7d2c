package io.engraft.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engraft.cli.Run.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompareTest {

    /** Half are cured; the others die, exponentially with a median of 6 months. */
    private static final String MODEL = """
            {"format": "engraft-pathways", "version": 1, "name": "NAME", "unit": "months", "timeZero": "ZERO",
             "assumptions": [
              {"id": "P", "text": "Share cured.", "value": 0.5, "low": 0.4, "high": 0.6, "unit": "probability",
               "basis": "assumed", "evidence": []},
              {"id": "M", "text": "Median time to death.", "value": 6, "low": 3, "high": 12, "unit": "months",
               "basis": "assumed", "evidence": []}],
             "start": "well", "states": [
              {"name": "well", "label": "alive and well", "alive": true, "fates": [
                {"event": "cure", "probability": "P"},
                {"event": "death", "to": "dead", "probability": "rest",
                 "law": {"family": "exponential", "median": "M"}}]},
              {"name": "dead", "alive": false, "fates": []}]}
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private String half = "";
    private String more = "";

    @BeforeEach
    void write() {
        half = model("half.json", "Half", "diagnosis", 0.5);
        more = model("more.json", "More", "diagnosis", 0.6);
    }

    private String model(String file, String name, String zero, double cured) {
        String text =
                MODEL.replace("NAME", name).replace("ZERO", zero).replace("\"value\": 0.5", "\"value\": " + cured);
        return Run.write(folder, file, text).toString();
    }

    private static Run compare(String... args) {
        List<String> all = new ArrayList<>(List.of("compare", "--patients", "20000", "--seed", "7"));
        all.addAll(List.of(args));
        return Run.of(all.toArray(String[]::new));
    }

    private static Json simulated(String model) {
        return Run.of(
                        "simulate",
                        "--model",
                        model,
                        "--patients",
                        "20000",
                        "--seed",
                        "7",
                        "--horizon",
                        "24",
                        "--at",
                        "6,24",
                        "--format",
                        "json")
                .json();
    }

    @Test
    void differencesAreThoseOfTheSimulationsOfTheSameSeed() {
        Json json = compare(half, more, "--at", "6,24", "--format", "json").json();
        Json one = simulated(half);
        Json other = simulated(more);

        assertThat(json.keys("differences/0")).containsExactly("scenario", "against", "state", "points");
        assertThat(json.keys("differences/0/points/0"))
                .containsExactly("time", "difference", "stdError", "lower", "upper", "fromAssumptions");
        assertThat(json.text("differences/0/scenario")).isEqualTo("more.json");
        assertThat(json.text("differences/0/against")).isEqualTo("half.json");
        assertThat(json.at("scenarios/0/states")).isEqualTo(one.at("states"));
        assertThat(json.at("scenarios/1/overallSurvival")).isEqualTo(other.at("overallSurvival"));
        for (int s = 0; s < 2; s++) {
            for (int j = 0; j < 2; j++) {
                String share = "states/" + s + "/points/" + j + "/probability";
                assertThat(json.number("differences/" + s + "/points/" + j + "/difference"))
                        .isEqualTo(other.number(share) - one.number(share), within(1e-12));
            }
        }
        // A tenth of those who die are cured instead. At 24 months 1/16 of those who die are alive: 0.1 x 15/16.
        Json late = json.at("survivalDifferences/0/points/1");
        assertThat(late.number("difference")).isEqualTo(0.09375, within(4 * late.number("stdError")));
        assertThat(late.number("upper") - late.number("lower"))
                .isEqualTo(2 * 1.959963984540054 * late.number("stdError"), within(1e-12));
        // Pairs: d is 0 or 1 for nearly all, so that its error is about sqrt(0.094 x 0.906 / 20000).
        assertThat(late.number("stdError")).isLessThan(0.0025);
        assertThat(late.number("fromAssumptions/lower")).isBetween(-0.2, 0.09375);
    }

    @Test
    void driversAreThoseOfTheFormula() {
        Json json = compare(half, more, "--at", "24", "--format", "json").json();

        // P differs between the two, so it is what is compared. S(24) = p + (1 - p) 2^(-24/M): the difference is
        // 0.1 (1 - 2^(-24/M)), which is 0.1 x 255/256 at M = 3, 0.1 x 15/16 at 6 and 0.1 x 3/4 at 12.
        assertThat(json.size("drivers")).isEqualTo(1);
        assertThat(json.text("drivers/0/assumption")).isEqualTo("M");
        assertThat(json.number("drivers/0/time")).isEqualTo(24);
        assertThat(json.number("drivers/0/low")).isEqualTo(0.1 * 255 / 256, within(1e-6));
        assertThat(json.number("drivers/0/stated")).isEqualTo(0.1 * 15 / 16, within(1e-6));
        assertThat(json.number("drivers/0/high")).isEqualTo(0.1 * 3 / 4, within(1e-6));

        Json plain = compare(half, plain(), "--at", "24", "--format", "json").json();
        Map<String, Json> byId = new HashMap<>();
        for (int k = 0; k < plain.size("drivers"); k++) {
            byId.put(plain.text("drivers/" + k + "/assumption"), plain.at("drivers/" + k));
        }
        // The other has no assumptions and S(24) = 1/2 + 1/2 exp(-2.4): P at 0.4 and 0.6 moves the first alone.
        double other = 0.5 + 0.5 * Math.exp(-2.4);
        assertThat(Objects.requireNonNull(byId.get("P")).number("low"))
                .isEqualTo(other - (0.4 + 0.6 / 16), within(1e-6));
        assertThat(Objects.requireNonNull(byId.get("P")).number("high"))
                .isEqualTo(other - (0.6 + 0.4 / 16), within(1e-6));
        assertThat(plain.text("drivers/0/assumption")).isEqualTo("P");
        assertThat(plain.text("warnings")).contains("plain.json does not say what time counts from");
    }

    private String plain() {
        return Run.write(folder, "plain.json", """
                {"engraftMultiStateModel": 1, "unit": "months", "start": [{"state": "well", "probability": 1}],
                 "states": [
                  {"name": "well", "alive": true, "fates": [
                    {"event": "death", "to": "dead", "probability": 0.5, "law": {"family": "exponential", "rate": 0.1}},
                    {"event": "cure", "probability": 0.5}]},
                  {"name": "dead", "alive": false, "absorbing": true}]}
                """).toString();
    }

    @Test
    void aModelDiffersFromItselfByNothing() {
        Json json = compare(half, half, "--format", "json").json();

        assertThat(json.text("scenarios/1/name")).isEqualTo("half.json (2)");
        assertThat(json.size("differences/0/points")).isEqualTo(4);
        for (int j = 0; j < 4; j++) {
            Json point = json.at("differences/0/points/" + j);
            assertThat(point.number("difference")).isZero();
            assertThat(point.number("stdError")).isZero();
            assertThat(point.at("lower").value()).isNull();
            assertThat(point.number("fromAssumptions/lower")).isZero();
            assertThat(point.number("fromAssumptions/upper")).isZero();
        }
        assertThat(json.number("drivers/0/low")).isZero();
        assertThat(compare(half, half, "--at", "6").out()).contains("no patient differs between the two simulations");
    }

    @Test
    void oneModelIsComparedWithItselfUnderOtherAssumptions() {
        Json two = compare(half, more, "--at", "6,24", "--format", "json").json();
        Json json = compare(half, "--assume", "P=0.6", "--at", "6,24", "--format", "json")
                .json();

        assertThat(json.text("scenarios/0/name")).isEqualTo("half.json");
        assertThat(json.text("scenarios/1/name")).isEqualTo("half.json with P=0.6");
        for (int j = 0; j < 2; j++) {
            String difference = "differences/0/points/" + j + "/difference";
            assertThat(json.number(difference)).isEqualTo(two.number(difference));
        }
        assertThat(json.text("warnings")).doesNotContain("effect of a treatment");
        assertThat(two.text("warnings")).contains("is not the effect of a treatment");
        // With several models all that have it are changed.
        Json changed = compare(half, plain(), "--assume", "P=0.6", "--at", "6,24", "--format", "json")
                .json();
        assertThat(changed.at("scenarios/0/states")).isEqualTo(two.at("scenarios/1/states"));
        assertThat(json.number("drivers/0/stated")).isEqualTo(two.number("drivers/0/stated"));
    }

    @Test
    void readsLikeAPage() {
        String text = compare(half, more, "--at", "6,24").out();

        assertThat(text)
                .contains("Simulated cohorts side by side, the same patients in each")
                .contains("scenario     half.json: Half")
                .contains(
                        "\"simulation error only\": how far another seed",
                        "\"from the assumptions\": how far the number")
                .contains("Difference of shares: more.json minus half.json")
                .contains("alive and well")
                .contains("What drives the difference of overall survival at 24 months")
                .contains("M: Median time to death.");
        assertThat(text.lines().filter(line -> line.startsWith("  ")).anyMatch(line -> line.contains("NaN")))
                .isFalse();
        assertThat(compare(half, more, "--at", "6", "--assumption-draws", "0").out())
                .contains("What the assumptions leave open of a difference is not known here.")
                .doesNotContain("95 %, from the assumptions");
        assertThat(compare(half, more, "--at", "6", "--format", "csv").out())
                .startsWith("kind,scenario,against,name,time,estimate,std_error,lower,upper,assumptions_lower,"
                        + "assumptions_upper\noverall-survival,half.json,,alive,6,")
                .contains(
                        "\nstate-difference,more.json,half.json,dead,6,-0.",
                        "\ndriver-at-high,more.json,half.json,M,6,");
    }

    @Test
    void givesTheSameBytesForAnyNumberOfThreads() {
        String one = compare(half, more, "--at", "6", "--threads", "1", "--format", "json")
                .out();
        assertThat(compare(half, more, "--at", "6", "--threads", "3", "--format", "json")
                        .out())
                .isEqualTo(one);
    }

    @Test
    void refusesWhatCannotBeCompared() {
        Run unknown = compare(half, "nope");
        assertThat(unknown.status()).isEqualTo(2);
        assertThat(unknown.err()).contains("model is nope", "jmml, transplant", "untreated");
        assertThat(compare(half).err()).contains("one model alone is compared with nothing", "one with --assume");
        assertThat(compare().status()).isEqualTo(2);
        Run assumption = compare(half, more, "--assume", "Z=0.6");
        assertThat(assumption.status()).isEqualTo(2);
        assertThat(assumption.err()).contains("assumption is Z; allowed: one of [M, P], those of the models");
        Run zero = compare(half, model("late.json", "Late", "transplant", 0.5));
        assertThat(zero.status()).isEqualTo(2);
        assertThat(zero.err())
                .contains("model 'late.json' counts time from transplant, model 'half.json' from diagnosis")
                .contains("immortal time");
        Run same = compare(half, more, "--out", half);
        assertThat(same.status()).isEqualTo(2);
        assertThat(same.err()).contains("is the file that MODEL 1 is read from");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--patients 0          | patients is 0",
                "--at 0                | horizon is 0.0",
                "--at -1               | -1",
                "--assumption-draws 7  | draws is 7",
                "--level 2             | level is 2.0"
            })
    void refusesOptionsOutsideTheirDomain(String options, String message) {
        String[] given = options.strip().split(" +");
        Run run = Run.of("compare", half, more, given[0], given[1]);

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(message);
    }
}
