package io.engraft.pathway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.FileException;
import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.data.DurationUnit;
import io.engraft.data.TidyTable;
import io.engraft.law.LawOfTime;
import io.engraft.multistate.Fate;
import io.engraft.multistate.solve.OccupancySolver;
import io.engraft.multistate.solve.SolvedOccupancy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathwayModelTest {

    private static final PathwayModel JMML = PathwayModel.jmml();

    @TempDir
    Path folder;

    @Test
    void overallSurvivalLandsInThePublishedRange() {
        SolvedOccupancy curves = OccupancySolver.withDefaults().solve(JMML.model(), 120);
        double alive = curves.probabilityIn(JMML.model().aliveStates(), 60);
        assertThat(alive).isBetween(0.55, 0.64);
        // (OS - EFS) / relapse between 0.30 and 0.56, as between the published series
        double eventFree = curves.probability("remission", 60);
        assertThat((alive - eventFree) / 0.35).isBetween(0.30, 0.56);
        assertThat(eventFree).isBetween(0.50, 0.51);
        assertThat(curves.errorEstimate()).isLessThan(1e-8);
    }

    @Test
    void theMixtureHoldsThePublishedRates() {
        assertThat(JMML.name()).isEqualTo("JMML after a first transplant");
        assertThat(JMML.unit()).isEqualTo(DurationUnit.MONTHS);
        assertThat(JMML.mixture().fates().stream().map(Fate::event)).containsExactly("remission", "relapse", "nrm");
        assertThat(JMML.mixture().fates().stream().map(Fate::probability)).containsExactly(0.5, 0.35, 0.15);
        assertThat(JMML.mixture().incidence("relapse").incidenceAt(12).estimate())
                .isCloseTo(0.294, within(1e-15));
        assertThat(JMML.mixture().sampleSize()).hasValue(100);
        LawOfTime relapse = Objects.requireNonNull(JMML.mixture().fates().get(1).law());
        assertThat(relapse.timeAt(0.5) * 30.4375).isCloseTo(80, within(1e-12));
        assertThat(JMML.model().stateNames())
                .containsExactly(
                        "remission",
                        "relapsed",
                        "second-remission",
                        "relapsed-again",
                        "dead-without-relapse",
                        "dead-after-relapse");
        assertThat(JMML.model().isProgressive()).isTrue();
    }

    @Test
    void assumptionsSayWhatFixesThem() {
        for (Assumption a : JMML.assumptions()) {
            if (a.basis().equals("assumed")) {
                assertThat(a.text()).contains("Nothing read fixes it");
                assertThat(a.evidence()).isEmpty();
            } else {
                assertThat(a.evidence()).isNotEmpty();
            }
            assertThat(a.low()).isLessThan(a.high());
        }
        assertThat(JMML.assumption("T1").evidence()).containsExactly("E30");
        assertThat(JMML.evidence())
                .extracting(EvidenceSource::id)
                .contains("E01", "E30")
                .doesNotContain("E05", "E08");
        TidyTable table = JMML.tidy();
        assertThat(table.rowCount()).isEqualTo(JMML.assumptions().size());
        assertThat(table.value(0, "evidence")).isEqualTo("E03 E04 E13 E32 E37");
        assertThatThrownBy(() -> JMML.assumption("Z"))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageStartingWith("assumption is Z; allowed: one of [F1, F2,");
    }

    @Test
    void changingAnAssumptionChangesTheModel() {
        PathwayModel changed = JMML.withAssumption("A1", 0.9).withAssumption("F2", 0.3);
        assertThat(changed.mixture().incidence("relapse").incidenceAt(12).estimate())
                .isCloseTo(0.27, within(1e-14));
        assertThat(changed.mixture().fates().get(2).probability()).isEqualTo(0.2);
        assertThat(JMML.withAssumption("A1", 0.99).assumption("A1").high()).isEqualTo(0.99);
        assertThatThrownBy(() -> JMML.withAssumption("A1", Double.NaN))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("assumption A1 is NaN; allowed: 0 <= assumption A1 <= 1");
        assertThatThrownBy(() -> JMML.withAssumption("T1", -3)).hasMessageContaining("assumption T1 is -3.0");
        assertThatThrownBy(() -> JMML.withAssumption("F1", 0.9))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("the other probabilities of this state sum to 1.25; allowed: at most 1");
    }

    @Test
    void sensitivityMovesInTheRightDirection() {
        TidyTable table = JMML.sensitivity(60);
        assertThat(table.rowCount()).isEqualTo(JMML.assumptions().size());
        for (int i = 0; i < table.rowCount(); i++) {
            if ("A3".equals(table.value(i, "assumption")) || "A5a".equals(table.value(i, "assumption"))) {
                double low = (Double) Objects.requireNonNull(table.value(i, "at_low"));
                double stated = (Double) Objects.requireNonNull(table.value(i, "at_value"));
                double high = (Double) Objects.requireNonNull(table.value(i, "at_high"));
                assertThat(low).isLessThan(stated);
                assertThat(high).isGreaterThan(stated);
            }
        }
        assertThatThrownBy(() -> JMML.sensitivity(0)).hasMessage("time is 0.0; allowed: 0 < time < infinity");
    }

    @Test
    void aFileOfTheSameFormatReadsTheSame() throws IOException {
        Path file = Files.writeString(folder.resolve("model.json"), PathwayModel.jmmlText());
        assertThat(PathwayModel.read(file).mixture()).isEqualTo(JMML.mixture());
        assertThatThrownBy(() -> PathwayModel.read(folder.resolve("none.json")))
                .isInstanceOf(FileException.class)
                .hasMessageContaining("there is no file");
        assertThatThrownBy(() -> PathwayModel.read(folder))
                .isInstanceOf(FileException.class)
                .hasMessageContaining("cannot be read");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'family':'weibull','shape':2,'scale':3}|2.4976638334",
                "{'family':'weibull','shape':2,'scale':'months'}|8.3255461115",
                "{'family':'exponential','rate':0.5}|1.3862943611",
                "{'family':'exponential','median':7}|7",
                "{'family':'lognormal','meanLog':0,'sdLog':1}|1",
                "{'family':'lognormal','median':7,'sdLog':2}|7",
                "{'family':'loglogistic','median':7,'shape':2}|7",
                "{'family':'gamma','median':7,'shape':2}|7",
                "{'family':'gamma','median':7,'by':20,'share':0.9}|7",
                "{'family':'weibull','median':'months','shape':0.5}|10"
            })
    void lawsInEveryForm(String law, double median) throws IOException {
        LawOfTime read = Objects.requireNonNull(
                read(small().replace("LAW", law)).mixture().fates().get(0).law());
        assertThat(read.timeAt(0.5)).isCloseTo(median, within(1e-9));
    }

    private static String small() {
        return "{'format':'engraft-pathways','version':1,'name':'small','unit':'months','assumptions':["
                + "{'id':'months','text':'t','value':10,'low':1,'high':20,'unit':'months','basis':'assumed','evidence':[]}],"
                + "'start':'a','states':[{'name':'a','alive':true,'fates':["
                + "{'event':'e','to':'b','probability':1,'law':LAW}]},{'name':'b','alive':false,'fates':[]}]}";
    }

    private PathwayModel read(String json) throws IOException {
        return PathwayModel.read(Files.writeString(folder.resolve("m.json"), json.replace('\'', '"')));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'version':1|'version':2|column 'version', value '2': unknown version; allowed: 1",
                "'version':1|'version':1.5|value '1.5': expected a whole number",
                "'version':1|'version':'1'|column 'version', value '1': expected a finite number",
                "engraft-pathways|other|column 'format', value 'other': unknown format; allowed: engraft-pathways",
                "'name':'small',||the key 'name' is missing",
                "'unit':'months','ass|'unit':'weeks','ass|value 'weeks': unit is weeks; allowed: days, months or years",
                "'start':'a'|'start':'z'|start is z; allowed: one of the states [a, b]",
                "'start':'a'|'begin':'a'|column 'begin', value 'a': unknown key",
                "'probability':1|'probability':1.5|column 'states[0].fates[0].probability', value '1.5': the probability is 1.5; allowed: 0 <= probability <= 1",
                "'probability':1|'probability':0.4|the probabilities of the fates of state 'a' sum to 0.4 (e 0.4); allowed: a sum of 1",
                "'probability':1|'probability':true|column 'states[0].fates[0].probability', value 'true': expected a finite number",
                "'probability':1|'probability':1e999|expected a finite number",
                "'probability':1|'probability':'F9'|value 'F9': no such assumption in this file; allowed: a number, or one of [months]",
                "'probability':1|'probability':'months'|assumption months is in months; allowed: a probability",
                "'probability':1|'chance':1|the key 'probability' is missing",
                "'alive':true|'alive':'yes'|column 'states[0].alive', value 'yes': expected true or false",
                "'to':'b'|'to':'c'|destination of fate 'e' of state 'a' is c; allowed: one of the states [a, b]",
                "'to':'b',||fate 'e' has no destination and a law of time",
                "'low':1|'low':11|column 'assumptions[0]', value '{...}': assumption months is 10.0; allowed: its own range 11.0 to 20.0",
                "'unit':'months','bas|'unit':'weeks','bas|unit of assumption months is weeks",
                "'basis':'assumed'|'basis':'guessed'|basis of assumption months is guessed; allowed: one of [read, assumed]",
                "'evidence':[]}|'evidence':['E99']}|value 'E99': no such evidence in this file",
                "'fates':[]|'fates':{}|column 'states[1].fates', value '{...}': expected a list",
                "'id':'months'|'id':7|value '7': expected a text in quotes",
                "'id':'months'|'id':''|the id of an assumption is blank",
                "'family':'weibull'|'family':'normal'|family is normal; allowed: exponential, weibull",
                "'family':'weibull'|'family':'gompertz'|family is gompertz; allowed: exponential, weibull",
                "'shape':2|'shape':-2|column 'states[0].fates[0].law', value '{...}': shape is -2.0",
                "'shape':2|'form':2|column 'states[0].fates[0].law.form', value '2': unknown key",
                "'scale':3}|'scale':'months','x':1}|unknown key",
                "'shape':2,'scale':3|'median':3|the key 'shape' is missing",
                "'shape':2,'scale':3|'median':3,'by':2,'share':0.9|contradict each other",
                "'shape':2,'scale':3|'median':3,'by':2|the key 'share' is missing",
                "'states':[|'states':[3,|column 'states[0]', value '3': expected an object",
                "{'format'|{'format':1,'format'|not valid JSON: Duplicate field 'format'",
                "'alive':false,'fates':[]}]}|'alive':false,'fates':[]}]} 1|more text after the document",
                "'alive':false,'fates':[]}]}|'alive':false,'fates':[]}|not valid JSON: Unexpected"
            })
    void everyFaultIsNamedWithItsPlace(String part, String replacement, String message) {
        String good = small().replace("LAW", "{'family':'weibull','shape':2,'scale':3}");
        assertThat(good).contains(part);
        String json = good.replace(part, replacement == null ? "" : replacement);
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("m.json")
                .hasMessageContaining("line 1")
                .hasMessageContaining(message);
    }

    @Test
    void restAndRepeats() throws IOException {
        String two = small().replace("LAW", "{'family':'exponential','rate':1}")
                .replace("'fates':[{'event':'e'", "'fates':[{'event':'s','probability':'rest'},{'event':'e'");
        assertThat(read(two.replace("'probability':1,", "'probability':0.3,"))
                        .mixture()
                        .fates()
                        .get(0)
                        .probability())
                .isEqualTo(0.7);
        assertThatThrownBy(() -> read(two.replace("'probability':1,", "'probability':'rest',")))
                .hasMessageContaining("'rest' is used twice in one state");
        assertThatThrownBy(() -> read(""))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("the file is empty");
        String repeated = PathwayModel.jmmlText()
                .replace("\"id\": \"E02\"", "\"id\": \"E01\"")
                .replace("'", "`");
        assertThatThrownBy(() -> read(repeated)).hasMessageContaining("this id is given twice");
        String again = PathwayModel.jmmlText()
                .replace("\"id\": \"F2\"", "\"id\": \"F1\"")
                .replace("'", "`");
        assertThatThrownBy(() -> read(again)).hasMessageContaining("value 'F1': this id is given twice");
        PathwayModel absorbing = read("{'format':'engraft-pathways','version':1,'name':'n','unit':'days','start':'a',"
                + "'states':[{'name':'a','alive':true,'fates':[]}]}");
        assertThat(absorbing.mixture().fates()).containsExactly(Fate.stays("stays", 1));
        assertThat(absorbing.assumptions()).isEmpty();
    }

    @Test
    void everyoneIsAliveAtTheStartAndNobodyMoreThanOnce() {
        // The convolutions are off by some 1e-11 each, which must not add up to more than everyone.
        SolvedOccupancy curves = OccupancySolver.withDefaults().solve(JMML.model(), 120);
        assertThat(curves.probabilityIn(JMML.model().aliveStates(), 0)).isEqualTo(1.0);
        assertThat(curves.probabilityIn(JMML.model().stateNames(), 12)).isLessThanOrEqualTo(1.0);
    }

    @Test
    void figuresThatDisagreeAreNamed() {
        // 41 % is of patients enrolled at diagnosis, 44 to 55 % are of transplanted ones.
        assertThat(JMML.assumption("F1").text())
                .contains("44 to 55 % after transplant")
                .contains("E37");
        assertThat(JMML.assumption("F2").text())
                .contains("E34")
                .contains("E35")
                .contains("fewer relapses mean more deaths");
        assertThat(JMML.assumption("F2").evidence()).contains("E34", "E35");
        assertThat(JMML.evidence())
                .filteredOn(e -> e.id().equals("E37"))
                .allMatch(e -> e.finding().contains("enrolled when newly diagnosed"));
    }
}
