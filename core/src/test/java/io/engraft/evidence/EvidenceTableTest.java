package io.engraft.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.data.io.CsvSource;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EvidenceTableTest {

    private static final String HEADER =
            "id,source,population,n,endpoint,time_months,estimate,ci_low,ci_high,ci_source,"
                    + "unit,status,confidence,url,note\n";
    private static final String GOOD = "A,Author 2020 J 1:1,all,50,EFS,60,52,40,64,PRINTED,%,READ,high,http://x,\n";

    private static EvidenceTable read(String rows) {
        return EvidenceTable.read(CsvSource.ofText(HEADER + rows, "mine.csv"));
    }

    @Test
    void theCatalogueIsEmbeddedWithoutWhatNobodySaw() {
        EvidenceTable jmml = EvidenceTable.jmml();
        assertThat(jmml.rates()).hasSize(76);
        assertThat(jmml.withStatus(EvidenceStatus.READ).rates()).hasSize(68);
        assertThat(jmml.withStatus(EvidenceStatus.READ_SECOND_HAND).rates()).hasSize(5);
        assertThat(jmml.withStatus(EvidenceStatus.DERIVED).rates()).hasSize(3);
        assertThat(jmml.withStatus(EvidenceStatus.RECALLED_NOT_FOUND).rates()).isEmpty();
        assertThat(jmml.usableForCalibration().rates()).hasSize(68).allMatch(PublishedRate::mayCalibrate);
        assertThat(jmml.rates().stream().map(PublishedRate::id))
                .doesNotContain("E06", "E07", "E08", "E52", "E60", "E66", "E68", "E69", "E70", "E71");
        assertThat(EvidenceTable.notice()).contains("E06, E07, E08, E52, E60, E66, E68, E69, E70, E71", "Apache");
        assertThat(jmml.rates())
                .noneMatch(r -> r.toString().contains("RECALL") || r.toString().contains("memory"));
        assertThat(jmml.name()).isEqualTo("jmml");
    }

    @Test
    void aRowSaysWhatItsSourceSays() {
        PublishedRate relapse = EvidenceTable.jmml().get("E26");
        assertThat(relapse.endpoint()).isEqualTo("CIR");
        assertThat(relapse.n()).hasValue(91);
        assertThat(relapse.months()).hasValue(72);
        assertThat(relapse.probability()).isEqualTo(0.34);
        assertThat(relapse.lower()).hasValue(23);
        assertThat(relapse.upper()).hasValue(44);
        assertThat(relapse.intervalSource()).isEqualTo("PRINTED");
        assertThat(relapse.source().journal()).isEqualTo("BMT Tandem paper 2690");
        assertThat(relapse.source().year()).hasValue(2013);
        assertThat(relapse.source().author()).isEmpty();
        assertThat(relapse.source().url()).startsWith("https://bmt.confex.com");
        assertThat(relapse.limitsAreRange()).isFalse();
        PublishedRate timing = EvidenceTable.jmml().get("E30");
        assertThat(timing.limitsAreRange()).isTrue();
        assertThat(timing.isProbability()).isFalse();
        assertThat(timing.value()).hasValue(80);
        assertThat(EvidenceTable.jmml().get("E81").value()).isEmpty();
        assertThat(EvidenceTable.jmml().get("E46").n()).isEmpty();
        assertThat(EvidenceTable.jmml().get("E46").patients()).isEqualTo("25/18");
    }

    @Test
    void sameIsThePopulationOfTheRowBefore() {
        EvidenceTable jmml = EvidenceTable.jmml();
        assertThat(jmml.get("E02").population()).isEqualTo(jmml.get("E01").population());
        assertThat(jmml.get("E29").population()).isEqualTo("first HSCT 1986-2011");
        assertThat(jmml.rates()).noneMatch(r -> r.population().equals("same"));
    }

    @Test
    void aThirdOfACohortIsNotCountedAsAllOfIt() {
        EvidenceTable jmml = EvidenceTable.jmml();
        assertThat(jmml.rates())
                .filteredOn(r -> r.population().contains("tertile"))
                .hasSize(4)
                .allMatch(r -> r.n().isEmpty());
    }

    @Test
    void endpointsCanBeChosen() {
        assertThat(EvidenceTable.jmml().withEndpoint("CIR").rates())
                .extracting(PublishedRate::id)
                .containsExactly("E01", "E11", "E18", "E20", "E26", "E74", "E75");
        assertThatThrownBy(() -> EvidenceTable.jmml().withEndpoint("CRI"))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageStartingWith("endpoint is 'CRI'; allowed: one of [CIR, TRM,");
    }

    @Test
    void onlyWhatWasReadMayCalibrate() {
        EvidenceTable jmml = EvidenceTable.jmml();
        assertThat(jmml.forCalibration("E01", "E02"))
                .extracting(PublishedRate::id)
                .containsExactly("E01", "E02");
        assertThatThrownBy(() -> jmml.forCalibration("E01", "E05", "E84"))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("not usable for calibration: E05 has status READ-2ND, E84 has status DERIVED; allowed:"
                        + " figures with status READ");
        assertThatThrownBy(jmml::forCalibration)
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("evidence ids is empty; allowed: one or more");
        assertThatThrownBy(() -> jmml.get("E99"))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageStartingWith("evidence id is 'E99'; allowed: one of [E01, ");
        EvidenceTable mine = read(GOOD.replace("READ,", "RECALLED,"));
        assertThatThrownBy(() -> mine.forCalibration("A"))
                .hasMessageContaining("A has status RECALLED, NOT FOUND; allowed: figures with status READ");
    }

    @Test
    void aFigureThatIsNoPercentageIsNoProbability() {
        assertThatThrownBy(() -> EvidenceTable.jmml().get("E30").probability())
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("E30 (median time HSCT->relapse) is '80' in unit 'days (range)'; allowed: one percentage");
        assertThatThrownBy(() -> EvidenceTable.jmml().get("E81").probability())
                .hasMessage("E81 (cure) is '>50' in unit '%'; allowed: one percentage");
    }

    @Test
    void tidyHoldsEveryRow() {
        assertThat(EvidenceTable.jmml().tidy().rowCount()).isEqualTo(76);
        assertThat(EvidenceTable.jmml().tidy().value(0, "value")).isEqualTo(35.0);
        assertThat(EvidenceTable.jmml().tidy().value(0, "status")).isEqualTo("READ");
        assertThat(EvidenceTable.jmml().tidy().value(0, "ci_low")).isNull();
    }

    static Stream<Arguments> badRows() {
        return Stream.of(
                Arguments.of(GOOD.replace("52,40,64", "152,,"), "column 'estimate', value '152': not a percentage"),
                Arguments.of(GOOD.replace("52,40,64", "52,-4,64"), "column 'ci_low', value '-4': not a percentage"),
                Arguments.of(
                        GOOD.replace("52,40,64", "52,64,40"),
                        "column 'ci_low', value '64': above ci_high, which is 40; allowed: ci_low <= ci_high"),
                Arguments.of(GOOD.replace("52,40,64", "52,40,"), "column 'ci_high', value '': one limit is missing"),
                Arguments.of(
                        GOOD.replace("52,40,64", "72,40,64"),
                        "column 'estimate', value '72': outside its limits 40 to 64; allowed: between them"),
                Arguments.of(GOOD.replace("READ,", "SEEN,"), "column 'status', value 'SEEN': unknown status"),
                Arguments.of(GOOD.replace("EFS,60", "EFS,-6"), "column 'time_months', value '-6': allowed: a time > 0"),
                Arguments.of(GOOD.replace("EFS,60", "EFS,five"), "column 'time_months', value 'five': not a number"),
                Arguments.of(GOOD.replace("EFS", ""), "column 'endpoint', value '': missing value"),
                Arguments.of(
                        GOOD.replace("J 1:1,all,", "J 2:2,same,"),
                        "column 'population', value 'same': there is no row before"),
                Arguments.of(GOOD.replace("40,64", "40;1,64"), "column 'ci_low', value '40;1': not a number"));
    }

    @ParameterizedTest
    @MethodSource("badRows")
    void aBadRowIsNamed(String row, String message) {
        assertThatThrownBy(() -> read(GOOD.replace("A,", "B,") + row))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageStartingWith("mine.csv, row 2, line 3, " + message);
    }

    @Test
    void everyBadRowIsListed() {
        String rows = GOOD + GOOD + GOOD.replace("A,", "C,").replace("READ,", "SEEN,");
        assertThatThrownBy(() -> read(rows))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("row 2, line 3, column 'id', value 'A': this id is on line 2 too")
                .hasMessageContaining("row 3, line 4, column 'status'")
                .extracting(e -> ((InvalidDataException) e).problems().size())
                .isEqualTo(2);
        assertThatThrownBy(() -> EvidenceTable.read(CsvSource.ofText("id,source\nA,B\n", "few.csv")))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("population");
        String withYear = HEADER.replace("id,source,", "id,source,author,year,journal,")
                + GOOD.replace("J 1:1,", "J 1:1,Author,20,J 1:1,");
        assertThatThrownBy(() -> EvidenceTable.read(CsvSource.ofText(withYear, "y.csv")))
                .hasMessage(
                        "y.csv, row 1, line 2, column 'year', value '20': allowed: a year of four digits, or empty");
    }
}
