package io.engraft.pathway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.InvalidDataException;
import io.engraft.data.TidyTable;
import io.engraft.law.Exponential;
import io.engraft.law.MixtureCure;
import io.engraft.multistate.Clock;
import io.engraft.multistate.HazardTransition;
import io.engraft.multistate.MultiStateModel;
import io.engraft.multistate.solve.OccupancySolver;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files with hazards, clocks, several starts and included states. */
class PathwayFileTest {

    private static final String FILE = "{'format':'engraft-pathways','version':1,'name':'own','unit':'months',"
            + "'timeZero':'diagnosis','notes':['none'],'assumptions':["
            + "{'id':'p','text':'t','value':0.25,'low':0.1,'high':0.5,'unit':'probability','basis':'assumed','evidence':[]},"
            + "{'id':'m','text':'t','value':10,'low':1,'high':20,'unit':'months','basis':'assumed','evidence':[]}],"
            + "'start':[{'state':'ill','probability':'p'},{'state':'well','probability':'rest'}],'states':["
            + "{'name':'well','alive':true,'leukaemiaFree':true,'transitions':["
            + "{'event':'relapse','to':'ill','clock':'reset','law':{'family':'exponential','median':'m','reaches':'p'}},"
            + "{'to':'dead','clock':'forward','law':{'family':'exponential','by':12,'share':'p'}}]},"
            + "{'name':'ill','alive':true,'fates':["
            + "{'event':'cure','to':'well','probability':'p','law':{'family':'exponential','rate':1}},"
            + "{'event':'end','to':'dead','probability':'rest','law':{'family':'weibull','median':'m','shape':2}}]},"
            + "{'name':'dead','alive':false,'fates':[]}]}";

    private static PathwayModel read(String json) {
        return PathwayModel.of(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), "m.json");
    }

    @Test
    void hazardsFatesAndStartsMeetInOneFile() {
        PathwayModel own = read(FILE);
        MultiStateModel model = own.multiStateModel();
        assertThat(model.starts()).isEqualTo(Map.of("ill", 0.25, "well", 0.75));
        List<HazardTransition> ways = model.transitionsFrom("well");
        assertThat(ways).extracting(HazardTransition::event).containsExactly("relapse", "dead");
        assertThat(ways).extracting(HazardTransition::clock).containsExactly(Clock.RESET, Clock.FORWARD);
        assertThat(ways.get(0).law()).isEqualTo(MixtureCure.of(0.75, Exponential.of(Math.log(2) / 10)));
        assertThat(ways.get(1).law().cumulativeProbability(12)).isCloseTo(0.25, within(1e-15));
        assertThat(model.fateModel()).isEmpty();
        assertThat(own.isFateModel()).isFalse();
        assertThat(own.leukaemiaFreeStates()).containsExactly("well");
        assertThat(own.notes()).containsExactly("none");
        // A cycle, by the general solver; the numbers move with an assumption.
        double alive = OccupancySolver.withDefaults().solve(model, 12).probabilityIn(model.aliveStates(), 12);
        double[] ends = own.sensitivityOf("m", 12);
        assertThat(ends[1]).isCloseTo(alive, within(1e-6));
        assertThat(ends[0]).isLessThan(alive);
        assertThat(ends[2]).isGreaterThan(alive);
        TidyTable numbers = own.numbers();
        assertThat(numbers.value(0, "state")).isEqualTo("(start)");
        assertThat(numbers.value(0, "assumption")).isEqualTo("p");
        assertThat(numbers.value(1, "basis")).isEqualTo("rest");
        assertThat(numbers.value(0, "status")).isNull();
        String all = FILE.replace("'state':'ill','probability':'p'", "'state':'ill','probability':1");
        assertThat(read(all).multiStateModel().starts()).isEqualTo(Map.of("ill", 1.0));
    }

    @Test
    void evidenceOfOnesOwnIsListedButNotInTheCatalogue() {
        String evidence = "'evidence':[{'id':'X1','citation':'Somebody, 2030','finding':'f','url':'u'}],'assumptions':";
        TidyTable numbers = read(FILE.replace("'assumptions':", evidence)
                        .replaceFirst("'basis':'assumed','evidence':\\[]", "'basis':'read','evidence':['X1']"))
                .numbers();
        assertThat(numbers.value(0, "evidence")).isEqualTo("X1");
        assertThat(numbers.value(0, "status")).isEqualTo("not in the catalogue");
        assertThat(numbers.value(0, "citation")).isEqualTo("Somebody, 2030");
    }

    @Test
    void aFileMayIncludeAPathway() {
        String json = "{'format':'engraft-pathways','version':1,'name':'n','unit':'months','include':'transplant',"
                + "'start':'wait','states':[{'name':'wait','alive':true,'fates':[{'event':'go','to':'remission',"
                + "'probability':1,'law':{'family':'exponential','median':2}}]}]}";
        PathwayModel own = read(json);
        assertThat(own.multiStateModel().stateNames())
                .startsWith("wait", "remission")
                .hasSize(7);
        assertThat(own.timeZero()).isEmpty();
        assertThatThrownBy(() -> read(json.replace("'transplant'", "'cure'")))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("column 'include', value 'cure': unknown pathway; allowed: one of [transplant,");
        assertThatThrownBy(() -> read(json.replace("'months'", "'days'")))
                .hasMessageContaining("its unit is months; allowed: a pathway of the unit days");
        assertThatThrownBy(() -> read(json.replace(
                        "'start'",
                        "'assumptions':[{'id':'F1','text':'t','value':1,'low':1,'high':1,'unit':'months',"
                                + "'basis':'assumed','evidence':[]}],'start'")))
                .hasMessageContaining("value 'F1': the included pathway has an assumption of this id");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'version':1|'version':2|value '2': unknown version; allowed: 1",
                "'timeZero':'diagnosis'|'timeZero':'birth'|time zero is birth; allowed: diagnosis, transplant, relapse or",
                "'clock':'forward'|'clock':'stopped'|clock is stopped; allowed: reset or forward",
                "'clock':'forward',||the key 'clock' is missing",
                "'to':'dead','clock'|'to':'gone','clock'|target of transition 'gone' from 'well' is gone; allowed: one of",
                "'event':'relapse','to':'ill'|'event':'relapse','to':'well'|target of a transition from 'well' is well",
                "'reaches':'p'|'reaches':'m'|assumption m is in months; allowed: a probability",
                "'reaches':'p'|'reaches':1.5|reaches is 1.5; allowed: 0 < reaches <= 1",
                "'reaches':'p'|'reaches':0|reaches is 0.0; allowed: 0 < reaches <= 1",
                "'rate':1|'rate':1,'reaches':'p'|allowed in the law of a transition only",
                "'by':12,'share':'p'|'by':12|the key 'share' is missing",
                "'by':12,'share':'p'|'by':12,'share':'p','rate':1|column 'states[0].transitions[1].law.rate', value '1': unknown key",
                "'probability':'rest'},{'state':'well','probability':'rest'}|'probability':'p'},{'state':'well','probability':'p'}|sum to 0.5",
                "{'state':'well','probability':'rest'}|{'state':'ill','probability':'rest'}|start 'ill' is given twice",
                "{'state':'well','probability':'rest'}|{'state':'old','probability':'rest'}|start is old; allowed: one of",
                "{'state':'ill','probability':'p'}|{'state':'ill','share':'p'}|unknown key",
                "'alive':false|'alive':false,'leukaemiaFree':true|the state is not alive",
                "'fates':[]}]|'fates':[]},{'name':'x','alive':true,'fates':[]}]|state 'x' cannot be reached from the start",
                "'name':'ill','alive':true,'fates'|'name':'ill','alive':true,'transitions':[],'fates'|OK",
                "'name':'ill','alive':true,'fates'|'name':'ill','alive':true,'transitions':[{'to':'dead','clock':'reset','law':{'family':'exponential','rate':1}}],'fates'|leaves a state that has fates",
                "'fates':[]}]|'fates':[]},{'name':'dead','alive':false,'fates':[]}]|state 'dead' is given twice",
                "'notes':['none']|'notes':[1]|expected a text",
                "'evidence':[]},|'evidence':['E99']},|value 'E99': no such evidence in this file"
            })
    void everyFaultIsNamedWithItsPlace(String part, String replacement, String message) {
        String json = FILE.replace(
                part.startsWith("'probability':'rest'},{") ? "'probability':'rest'}],'states'" : part,
                part.startsWith("'probability':'rest'},{")
                        ? "'probability':'p'}],'states'"
                        : replacement == null ? "" : replacement);
        assertThat(json).isNotEqualTo(FILE);
        if (message.equals("OK")) {
            assertThat(read(json).multiStateModel()).isEqualTo(read(FILE).multiStateModel());
            return;
        }
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("m.json")
                .hasMessageContaining(message);
    }

    @Test
    void theExampleOfTheDocumentationReads() throws IOException {
        String page = Files.readString(Path.of("../docs/models.md"));
        int from = page.indexOf("{\"format\": \"engraft-pathways\"");
        PathwayModel waiting = read(page.substring(from, page.indexOf("```", from)));
        assertThat(waiting.name()).isEqualTo("Waiting");
        assertThat(waiting.multiStateModel().stateNames()).startsWith("waiting", "dead", "remission");
        assertThat(waiting.withAssumption("W1", 6).sensitivityOf("W1", 12)[1])
                .isLessThan(waiting.sensitivityOf("W1", 12)[1]);
        JmmlPathways.names().forEach(name -> assertThat(page).contains("`" + name + "`"));
    }

    @Test
    void theNumbersOfTheDocumentationAreTheModels() {
        OutcomeQuestions asked = OutcomeQuestions.of(JmmlPathways.get("transplant"));
        double[] by95 = asked.assumptionRange(q -> q.timeBy("relapse", 0.95).estimate());
        assertThat(asked.timeBy("relapse", 0.95).estimate()).isCloseTo(25.9, within(0.05));
        assertThat(by95[0]).isCloseTo(10.4, within(0.05));
        assertThat(by95[1]).isCloseTo(36.8, within(0.05));
        assertThat(asked.remainingRisk("relapse", 12, Double.POSITIVE_INFINITY).estimate())
                .isCloseTo(0.097, within(5e-4));
        List<PathwayComparison.Row> rows = PathwayComparison.fromDiagnosis(
                        Map.of(
                                "bridge",
                                JmmlPathways.get("bridge-chemotherapy"),
                                "azacitidine",
                                JmmlPathways.get("azacitidine-bridge")),
                        60)
                .rows();
        assertThat(rows).filteredOn(r -> r.pathway().equals("bridge")).allMatch(r -> Math.abs(r.alive() - 0.55) < 5e-3);
        assertThat(rows)
                .filteredOn(r -> r.pathway().equals("azacitidine"))
                .allMatch(r -> Math.abs(r.alive() - 0.81) < 5e-3);
    }

    @Test
    void cyclesTakeTime() {
        String json = FILE.replace("'family':'exponential','rate':1}", "'family':'exponential','rate':1e12}")
                .replace("{'family':'exponential','median':'m','reaches':'p'}", "{'family':'exponential','rate':1e12}");
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("the cycle well -> ill -> well takes no time");
    }
}
