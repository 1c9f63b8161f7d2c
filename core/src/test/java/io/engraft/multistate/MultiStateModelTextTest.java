package io.engraft.multistate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.FileException;
import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.data.DurationUnit;
import io.engraft.law.BackgroundMortality;
import io.engraft.law.GeneralizedGamma;
import io.engraft.law.Gompertz;
import io.engraft.law.LawOfTime;
import io.engraft.law.LogNormal;
import io.engraft.law.MixtureCure;
import io.engraft.law.PiecewiseExponential;
import io.engraft.law.RoystonParmar;
import io.engraft.law.Weibull;
import io.engraft.multistate.solve.OccupancySolver;
import io.engraft.multistate.solve.SolvedOccupancy;
import io.engraft.multistate.solve.StepHazard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MultiStateModelTextTest {

    private static final String START = "\"unit\": \"days\", \"start\": [{\"state\": \"a\", \"probability\": 1}]";
    private static final String LAW = "{\"family\": \"exponential\", \"rate\": 1}";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    /** The example of docs/models.md. */
    private static String example() throws IOException {
        String page = Files.readString(Path.of("../docs/models.md"));
        int from = page.indexOf("```json\n") + 8;
        return page.substring(from, page.indexOf("```", from));
    }

    @Test
    void thePagesExampleIsAModel() throws IOException {
        MultiStateModel model = MultiStateModelText.ofJson(example(), "models.md");
        assertThat(model.unit()).isEqualTo(DurationUnit.MONTHS);
        assertThat(model.stateNames()).containsExactly("remission", "relapsed", "dead");
        assertThat(model.state("remission").label()).isEqualTo("alive in remission");
        assertThat(model.state("relapsed").label()).isEqualTo("relapsed");
        assertThat(model.state("relapsed").sampleSize()).isEqualTo(40);
        assertThat(model.state("relapsed").fates().get(1).law()).isEqualTo(LogNormal.of(2, 1));
        assertThat(model.transitions().get(0).logHazardRatios()).isEqualTo(Map.of("age", 0.05));
        assertThat(model.transitions().get(1).clock()).isEqualTo(Clock.FORWARD);
        assertThat(model.covariateValues()).isEqualTo(Map.of("age", 8.0));
        assertThat(model.notes()).isEmpty();
        assertThat(OccupancySolver.withDefaults().solve(model, 24).probability("dead", 24))
                .isBetween(0.2, 0.5);
        assertThat(MultiStateModelText.ofJson(MultiStateModelText.json(model), "again"))
                .isEqualTo(model);
    }

    @Test
    void whatIsReadIsWhatWasWritten() {
        for (int seed = 0; seed < 1000; seed++) {
            MultiStateModel model = Models.random(seed, Models.Kind.ANY);
            String text = MultiStateModelText.json(model);
            MultiStateModel back = MultiStateModelText.ofJson(text, "text");
            assertThat(back).as("seed " + seed).isEqualTo(model);
            assertThat(MultiStateModelText.json(back)).as("seed " + seed).isEqualTo(text);
        }
    }

    @Test
    void filesAreWrittenWholeOrNotAtAll() throws IOException {
        Path file = folder.resolve("model.json");
        MultiStateModel model = Models.random(3, Models.Kind.ANY);
        MultiStateModelText.writeJson(model, file);
        assertThat(MultiStateModelText.readJson(file)).isEqualTo(model);
        String before = Files.readString(file);
        MultiStateModel foreign = MultiStateModel.builder(DurationUnit.DAYS)
                .start("a")
                .state("a")
                .state("b")
                .transition("a", "b", new StepHazard(new double[0], new double[] {1}), Clock.RESET)
                .build();
        assertThatThrownBy(() -> MultiStateModelText.writeJson(foreign, file))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("allowed: laws of the families");
        assertThat(Files.readString(file)).isEqualTo(before);
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
        assertThatThrownBy(() -> MultiStateModelText.json(foreign)).hasMessageContaining("law is ");
        assertThatThrownBy(() -> MultiStateModelText.readJson(folder.resolve("none.json")))
                .isInstanceOf(FileException.class)
                .hasMessageContaining("none.json cannot be read");
        assertThatThrownBy(() -> MultiStateModelText.writeJson(model, folder.resolve("no/model.json")))
                .isInstanceOf(FileException.class)
                .hasMessageContaining("cannot be written");
    }

    @Test
    void everyLawIsReadBack() {
        PiecewiseExponential steps = PiecewiseExponential.of(new double[] {1, 5}, new double[] {0.1, 0.02, 0.3});
        List<LawOfTime> laws = List.of(
                steps,
                Gompertz.of(-0.2, 0.1),
                GeneralizedGamma.of(1, 0.5, -0.3),
                RoystonParmar.of(RoystonParmar.Scale.HAZARD, new double[] {-2, 1.1, 0.05}, new double[] {-1, 1, 3}),
                MixtureCure.of(0.4, Weibull.of(0.8, 6)),
                MixtureCure.of(0.4, steps),
                BackgroundMortality.of(MixtureCure.of(0.4, Weibull.of(1.3, 6)), steps));
        OccupancySolver solver = OccupancySolver.withDefaults();
        for (LawOfTime law : laws) {
            for (Clock clock : Clock.values()) {
                MultiStateModel model = MultiStateModel.builder(DurationUnit.YEARS)
                        .start("a")
                        .state("a")
                        .state("b")
                        .absorbing("c", false)
                        .transition("a", "b", law, clock)
                        .transition("b", "c", Weibull.of(1.5, 3), Clock.RESET)
                        .build();
                assertThat(MultiStateModelText.ofJson(MultiStateModelText.json(model), "text"))
                        .isEqualTo(model);
                SolvedOccupancy curves = solver.solve(model, 20);
                for (double t : new double[] {0.1, 1, 4.5, 5, 20}) {
                    assertThat(curves.probability("a", t))
                            .as(law + " at " + t)
                            .isCloseTo(law.survival(t), within(1e-12));
                }
                assertThat(curves.errorEstimate()).as(law.toString()).isLessThan(1e-10);
            }
        }
        String start =
                "{\"name\": \"a\", \"alive\": true, \"transitions\": [{\"to\": \"b\", \"clock\": \"reset\", \"law\": ";
        states(
                start + "{\"family\": \"royston-parmar\", \"scale\": \"log\", \"gamma\": [1], \"knots\": [1]}}]}",
                "allowed: hazard, odds or normal");
        states(
                start + "{\"family\": \"background-mortality\", \"excess\": " + LAW + ", \"population\": " + LAW
                        + "}}]}",
                "law.population', value '{...}': allowed: a law of the family piecewise-exponential");
        states(
                start + "{\"family\": \"piecewise-exponential\", \"cuts\": [1], \"rates\": [1]}}]}",
                "1 cuts and 1 rates were given");
    }

    @Test
    void otherVersionsAreRefused() {
        bad(
                "{\"engraftMultiStateModel\": 2}",
                "column 'engraftMultiStateModel', value '2': this version of the format is newer than this release,"
                        + " which reads version 1");
        bad("{\"engraftMultiStateModel\": 0}", "there is no such version of the format; allowed: 1");
        bad("{}", "the key 'engraftMultiStateModel' is missing");
    }

    @Test
    void badDocumentsAreNamedWithTheirPlace() {
        bad("{\"engraftMultiStateModel\": 1, \"colour\": 1}", "unknown key; allowed here: [covariates, ");
        bad("{\"engraftMultiStateModel\": 1, \"unit\": \"weeks\"}", "column 'unit', value 'weeks': ");
        states("{\"name\": \"a\"}", "the key 'alive' is missing");
        states("{\"name\": \"a\", \"alive\": true, \"colour\": 1}", "column 'states[0].colour'");
        states("{\"name\": \"b\", \"alive\": true}", "start is a; allowed: one of the states [b]");
        states(
                "{\"name\": \"a\", \"alive\": true, \"fates\": [{\"event\": \"x\", \"probability\": 0.5}]}",
                "the probabilities of the fates of state 'a' sum to 0.5");
        states(
                "{\"name\": \"a\", \"alive\": true, \"fates\": [{\"event\": \"x\", \"probability\": 2}]}",
                "column 'states[0].fates[0]', value '{...}': probability of 'x' is 2.0");
        states(
                "{\"name\": \"a\", \"alive\": true, \"transitions\": [{\"to\": \"b\", \"clock\": \"stopped\", \"law\": "
                        + LAW + "}]}",
                "column 'states[0].transitions[0].clock', value 'stopped': clock is stopped; allowed: reset or forward");
        states(
                "{\"name\": \"a\", \"alive\": true, \"transitions\": [{\"to\": \"b\", \"clock\": \"reset\", \"law\": "
                        + LAW + "}]}",
                "target of transition 'b' from 'a' is b; allowed: one of the states [a]");
        states(
                "{\"name\": \"a\", \"alive\": true, \"transitions\": [{\"to\": \"b\", \"clock\": \"reset\", \"law\":"
                        + " {\"family\": \"exponential\", \"rate\": 0}}]}",
                "column 'states[0].transitions[0].law', value '{...}': rate is 0.0");
        states(
                "{\"name\": \"a\", \"alive\": true, \"transitions\": [{\"to\": \"b\", \"clock\": \"reset\", \"law\":"
                        + " {\"family\": \"magic\"}}]}",
                "family is magic; allowed: one of [exponential, weibull");
        states("{\"name\": \"a\", \"alive\": true}, {\"name\": \"a\", \"alive\": true}", "state 'a' is given twice");
        states("{\"name\": \"a\", \"alive\": true}, {\"name\": \"b\", \"alive\": true}", "state 'b' cannot be reached");
        String way =
                "{\"name\": \"a\", \"alive\": true, \"transitions\": [{\"to\": \"b\", \"clock\": \"reset\", \"law\": "
                        + LAW
                        + ", \"covariates\": [{\"name\": \"x\", \"logHazardRatio\": 1}]}]}, {\"name\": \"b\", \"alive\": true}";
        bad(
                "{\"engraftMultiStateModel\": 1, " + START + ", \"states\": [" + way
                        + "], \"covariates\": [{\"name\": \"y\", \"value\": 1}]}",
                "column 'covariates', value '[...]': names of covariates is [y]; allowed: exactly [x]");
        bad(
                "{\"engraftMultiStateModel\": 1, " + START + ", \"states\": [" + way
                        + "], \"covariates\": [{\"name\": \"x\", \"value\": 1}, {\"name\": \"x\", \"value\": 1}]}",
                "this name is given twice");
    }

    private static void states(String states, String message) {
        bad("{\"engraftMultiStateModel\": 1, " + START + ", \"states\": [" + states + "]}", message);
    }

    private static void bad(String text, String message) {
        assertThatThrownBy(() -> MultiStateModelText.ofJson(text, "model.json"))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageStartingWith("model.json")
                .hasMessageContaining(message);
    }
}
