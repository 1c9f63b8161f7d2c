package io.engraft.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engraft.data.Datasets;
import io.engraft.data.DurationUnit;
import io.engraft.data.SurvivalData;
import io.engraft.data.TidyTable;
import io.engraft.data.io.ColumnRoles;
import io.engraft.data.io.CsvData;
import io.engraft.data.io.CsvOutput;
import io.engraft.data.io.CsvSource;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HistoryCsvTest {

    private static final EndpointRules RULES = EndpointRules.withDefaults();

    private static HistoryTable read(String text) {
        return HistoryCsv.read(CsvSource.ofText(text, "h.csv"));
    }

    @Test
    void readsDays() {
        HistoryTable table = read("id,relapse,death,last_contact\nA,100.5,200,\nB,NA,,300\n");
        TransplantHistory a = table.histories().get(0);
        assertThat(a.id()).isEqualTo("A");
        assertThat(a.day(TransplantEvent.RELAPSE)).hasValue(100.5);
        assertThat(table.histories().get(1).end()).isEqualTo(300);
        assertThat(table.recorded())
                .containsExactly(TransplantEvent.RELAPSE, TransplantEvent.DEATH, TransplantEvent.LAST_CONTACT);
        assertThat(table.columns()).isEmpty();
    }

    @Test
    void readsDates() {
        HistoryTable table = read("id,transplant_date,relapse,death\nA,2020-01-31,2020-03-01,2021-01-31\n");
        assertThat(table.histories().get(0).day(TransplantEvent.RELAPSE)).hasValue(30);
        assertThat(table.histories().get(0).end()).isEqualTo(366);
    }

    @Test
    void impossibleHistoriesAreNamedByFileRowLineColumnAndValue() {
        assertThatThrownBy(() -> read("id,relapse,death,last_contact\nA,,50,\nB,200,100,\nC,,-5,\n"))
                .hasMessageContaining(
                        "h.csv, row 2, line 3, column 'relapse', value '200': patient B: relapse is after death, day 100")
                .hasMessageContaining("h.csv, row 3, line 4, column 'death', value '-5': patient C: death is before the"
                        + " first transplant");
        assertThatThrownBy(() -> read("id,transplant_date,death\nA,2020-05-01,2020-04-30\n"))
                .hasMessageContaining(
                        "row 1, line 2, column 'death', value '2020-04-30': patient A: death is before the"
                                + " first transplant");
    }

    @Test
    void badCellsAreNamed() {
        assertThatThrownBy(() -> read("id,death\nA,x\nB,Infinity\nC,1e999\nD,2020-01-01\n,5\nA,7\n"))
                .hasMessageContaining("row 1, line 2, column 'death', value 'x': not a number")
                .hasMessageContaining("row 2, line 3, column 'death', value 'Infinity': not a number")
                .hasMessageContaining("row 3, line 4, column 'death', value '1e999': too large")
                .hasMessageContaining(
                        "row 4, line 5, column 'death', value '2020-01-01': a date, and there is no column"
                                + " transplant_date")
                .hasMessageContaining("row 5, line 6, column 'id', value '': missing value; allowed: the patient's id")
                .hasMessageContaining("row 6, line 7, column 'id', value 'A': the patient is in row 1 too");
        assertThatThrownBy(() -> read("""
                id,transplant_date,death
                A,2020-02-30,2021-01-01
                B,,2021-01-01
                C,2020-01-01,31.12.2020
                D,2020-01-01,365
                """))
                .hasMessageContaining(
                        "row 1, line 2, column 'transplant_date', value '2020-02-30': there is no such day")
                .hasMessageContaining("row 2, line 3, column 'transplant_date', value '': missing value")
                .hasMessageContaining(
                        "row 3, line 4, column 'death', value '31.12.2020': not a date; allowed: year-month")
                .hasMessageContaining("row 4, line 5, column 'death', value '365': not a date");
        assertThatThrownBy(() -> read("patient,death\nA,5\n"))
                .hasMessageContaining("column 'id': there is no such column; allowed: patient, death");
    }

    @Test
    void otherColumnsFailOrAreCarriedAlong() {
        String text = "id,age,death,arm\nA,12,5,x\nB,,9,\n";
        assertThatThrownBy(() -> read(text))
                .hasMessageContaining("h.csv, column 'age': not a column of histories; allowed: id, transplant_date,")
                .hasMessageContaining("column 'arm'");
        HistoryTable table = HistoryCsv.read(CsvSource.ofText(text, "h.csv"), OtherColumns.KEEP);
        assertThat(table.columns()).containsExactly("age", "arm");
        assertThat(CsvOutput.text(table.endpoints(List.of(Endpoint.OS), RULES, DurationUnit.DAYS)))
                .isEqualTo("id,age,arm,os_time,os_status\nA,12,x,5,1\nB,,,9,1\n");
    }

    @Test
    void endpointsNeedTheirColumns() {
        HistoryTable table = read("id,relapse,death,last_contact\nA,100,200,\n");
        assertThat(table.availableEndpoints(RULES))
                .containsExactly(Endpoint.OS, Endpoint.DFS, Endpoint.RELAPSE, Endpoint.NRM);
        assertThatThrownBy(() -> table.endpoint(Endpoint.GRFS, RULES, DurationUnit.DAYS))
                .hasMessage(
                        "h.csv: GRFS cannot be known without the column agvhd_3 and cgvhd_systemic_therapy; allowed: add it,"
                                + " with empty cells where it did not happen");
        assertThatThrownBy(() -> table.endpoint(Endpoint.CGVHD, RULES, DurationUnit.DAYS))
                .hasMessageContaining("without the column cgvhd or cgvhd_mild; allowed");
        // Who looked for severe chronic GVHD alone cannot know of any.
        HistoryTable severe = read("id,cgvhd_severe,death,last_contact\nA,100,200,\nB,,,300\n");
        assertThat(severe.availableEndpoints(RULES)).containsExactly(Endpoint.OS);
        assertThat(severe.missingColumns(Endpoint.OS, RULES)).isEmpty();
        assertThat(severe.missingColumns(Endpoint.RELAPSE, RULES)).containsExactly("relapse");
        HistoryTable unknown = read("id,cgvhd,cgvhd_moderate,relapse,death\nA,,,,9\nB,20,,,90\n");
        assertThatThrownBy(() -> unknown.endpoint(Endpoint.CRFS, RULES, DurationUnit.DAYS))
                .hasMessageStartingWith("h.csv, row 2, column 'cgvhd': patient B: the severity");
        assertThatThrownBy(() -> unknown.timeDependentRows(
                        Endpoint.CRFS, RULES, List.of(TimeDependentCovariate.CGVHD), DurationUnit.DAYS))
                .hasMessageStartingWith("h.csv, row 2, column 'cgvhd'");
        EndpointRules rules = RULES.withCensoringAtDonorLymphocytes(Set.of(Endpoint.OS))
                .withCensoringAtSecondTransplant(Set.of(Endpoint.OS));
        assertThatThrownBy(() -> table.endpoint(Endpoint.OS, rules, DurationUnit.DAYS))
                .hasMessageContaining("donor_lymphocytes and second_transplant");
        assertThatThrownBy(() -> table.timeDependentTable(
                        Endpoint.OS, RULES, List.of(TimeDependentCovariate.CGVHD), DurationUnit.DAYS))
                .hasMessageContaining("chronic GVHD cannot be known without the column");
    }

    @Test
    void theAnalysisTableHasTimeAndStatusOfEveryEndpoint() {
        HistoryTable table = read("id,relapse,death,last_contact\nA,100,200,\nB,,,300\n");
        TidyTable endpoints = table.endpoints(List.of(Endpoint.RELAPSE, Endpoint.NRM), RULES, DurationUnit.DAYS);
        assertThat(CsvOutput.text(endpoints))
                .isEqualTo("id,relapse_time,relapse_status,nrm_time,nrm_status\nA,100,1,100,2\nB,300,0,300,0\n");
    }

    @Test
    void theTableOfRowsCarriesColumnsAlong() {
        HistoryTable table = HistoryCsv.read(
                CsvSource.ofText("id,agvhd_2,death,last_contact,age\nZ,,0,,1\nA,10,50,,2\nB,,,30,3\n", "h.csv"),
                OtherColumns.KEEP);
        assertThat(CsvOutput.text(table.timeDependentTable(
                        Endpoint.OS, RULES, List.of(TimeDependentCovariate.AGVHD_2_4), DurationUnit.DAYS)))
                .isEqualTo("id,age,entry,time,status,agvhd_2_4\nA,2,0,10,0,0\nA,2,10,50,1,1\nB,3,0,30,0,0\n");
        assertThat(table.timeDependentRows(
                                Endpoint.OS, RULES, List.of(TimeDependentCovariate.AGVHD_2_4), DurationUnit.DAYS)
                        .withoutRows())
                .containsExactly("Z");
    }

    @Test
    void cohortsRefuseMisuse() {
        HistoryTable table = read("id,death\nA,5\n");
        assertThatThrownBy(() -> table.withColumn("age", List.of(1.0, 2.0)))
                .hasMessageContaining("column age has 2 rows");
        assertThatThrownBy(() -> table.withColumn("age", List.of(1))).hasMessageContaining("all Double, or all String");
        assertThatThrownBy(() -> table.withColumn("id", List.of("x"))).hasMessageContaining("a name that is not taken");
        assertThatThrownBy(() -> HistoryTable.of(
                        List.of(table.histories().get(0), table.histories().get(0)), Set.of(TransplantEvent.DEATH)))
                .hasMessageContaining("the patient is there twice");
    }

    @Test
    void theEmbeddedHistoriesGiveEveryEndpoint() {
        HistoryTable table = HistoryCsv.read(CsvSource.of(Datasets.histories()));
        assertThat(table.histories()).hasSize(60);
        assertThat(table.availableEndpoints(RULES)).containsExactly(Endpoint.values());
        assertThat(table.recorded()).isEqualTo(EnumSet.allOf(TransplantEvent.class));
        SurvivalData relapse = table.endpoint(Endpoint.RELAPSE, RULES, DurationUnit.MONTHS);
        SurvivalData nrm = table.endpoint(Endpoint.NRM, RULES, DurationUnit.MONTHS);
        for (int i = 0; i < 60; i++) {
            assertThat(relapse.time(i)).isEqualTo(nrm.time(i));
            assertThat(nrm.status(i)).isEqualTo(relapse.status(i) == 0 ? 0 : 3 - relapse.status(i));
        }
        TidyTable all = table.endpoints(Arrays.asList(Endpoint.values()), RULES, DurationUnit.MONTHS);
        assertThat(all.columns()).hasSize(1 + 2 * Endpoint.values().length);
        SurvivalData back = CsvData.read(
                CsvSource.ofText(CsvOutput.text(all), "analysis.csv"), ColumnRoles.of("grfs_time", "grfs_status"));
        SurvivalData grfs = table.endpoint(Endpoint.GRFS, RULES, DurationUnit.MONTHS);
        for (int i = 0; i < 60; i++) {
            assertThat(back.time(i)).isEqualTo(grfs.time(i));
            assertThat(back.status(i)).isEqualTo(grfs.status(i));
        }
    }
}
