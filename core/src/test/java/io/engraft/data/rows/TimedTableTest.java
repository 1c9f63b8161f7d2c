package io.engraft.data.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.data.Categories;
import io.engraft.data.DurationUnit;
import io.engraft.data.SurvivalData;
import io.engraft.data.io.CovariateType;
import io.engraft.data.io.CsvSource;
import io.engraft.data.io.CsvTable;
import io.engraft.data.io.MissingValues;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Files with any number of rows a patient. */
class TimedTableTest {

    private static final String LABS = """
            id,day,bili,stage,note
            A,0,1.5,I,
            A,30,2,II,x
            B,-7,0.5,I,
            B,40,,II,
            C,5,9,III,
            """;

    private static TimedTable table(String text) {
        return TimedTable.read(CsvSource.ofText(text, "labs.csv"), "id", "day");
    }

    private static RowsBuilder rows() {
        return RowsBuilder.of(SurvivalData.builder(new double[] {60, 50}, new int[] {1, 0})
                .id(Categories.of(List.of("A", "B")))
                .unit(DurationUnit.DAYS)
                .build());
    }

    private static List<String> lines(RowsBuilder builder, String... names) {
        return RowsCases.lines(builder.build().data(), names);
    }

    @Test
    void columnsAreNumbersOrLevelsByTheirValues() {
        TimedTable labs = table(LABS);
        assertThat(labs.columns()).containsExactly("bili", "stage", "note");
        assertThat(labs.covariate("bili").isCategorical()).isFalse();
        assertThat(labs.covariate("stage").isCategorical()).isTrue();
        assertThat(labs.covariate("bili", CovariateType.CATEGORICAL).isCategorical())
                .isTrue();
        RowsBuilder both = rows().withCovariate(labs.covariate("bili")).withCovariate(labs.covariate("stage"));
        assertThat(lines(both, "bili", "stage"))
                .containsExactly("A (0,30] 0 1.5 I", "A (30,60] 1 2 II", "B (0,40] 0 0.5 I", "B (40,50] 0 0.5 II");
        assertThat(both.build().data().warnings())
                .containsExactly("1 row of labs.csv left out, of ids that the follow-up does not have: 'C'");
        assertThat(labs).hasToString("labs.csv: 5 rows by id and day, columns bili, stage, note");
    }

    @Test
    void rowsAreOnsetsOrEvents() {
        TimedTable few = table("id,day,kind\nA,10,sepsis\nA,20,fever\nB,30,fever\n");
        assertThat(lines(rows().withCovariate(few.onset("ever")), "ever"))
                .containsExactly("A (0,10] 0 0", "A (10,20] 0 1", "A (20,60] 1 1", "B (0,30] 0 0", "B (30,50] 0 1");
        SurvivalData kinds = rows().withEvents(few.eventsBy("kind")).build().data();
        assertThat(kinds.causes()).containsExactly("1", "fever", "sepsis");
        assertThat(RowsCases.lines(kinds))
                .containsExactly("A (0,10] 3", "A (10,20] 2", "A (20,60] 1", "B (0,30] 2", "B (30,50] 0");
        assertThat(rows().withEvents(few.events("infection")).build().data().causes())
                .containsExactly("1", "infection");
    }

    @Test
    void numbersMayHaveACommaAndDatesAnyOrder() {
        TimedTable comma = table("id;day;bili\nA;0;1,5\nB;0;2,25\n");
        assertThat(lines(rows().withCovariate(comma.covariate("bili")), "bili"))
                .containsExactly("A (0,60] 1 1.5", "B (0,50] 0 2.25");
        TimedTable dated = table("id,day,bili\nA,15.03.2024,1\nA,25.03.2024,2\nB,01.03.2024,3\nZ,01.03.2024,3\n")
                .withDates(
                        Map.of("A", LocalDate.of(2024, 3, 15), "B", LocalDate.of(2024, 3, 8)),
                        "dd.MM.yyyy",
                        DurationUnit.DAYS);
        assertThat(lines(rows().withCovariate(dated.covariate("bili")), "bili"))
                .containsExactly("A (0,10] 0 1", "A (10,60] 1 2", "B (0,50] 0 3");
        TimedTable iso = table("id,day\nA,2024-03-25\nA,25.03.2024\n")
                .withDates(Map.of("A", LocalDate.of(2024, 3, 15)), "yyyy-MM-dd", DurationUnit.DAYS);
        assertThatThrownBy(() -> iso.onset("x"))
                .hasMessageStartingWith("labs.csv, row 2, line 3, column 'day', value '25.03.2024': not a date");
    }

    @Test
    void whatIsMissingIsAnErrorOrLeftOut() {
        String text = "id,day,bili\nA,0,1\n,3,2\nB,,3\nB,0,7\n";
        assertThatThrownBy(() -> table(text).covariate("bili"))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(
                        "labs.csv, row 2, line 3, column 'id', value '': missing value; allowed: a value in every row,"
                                + " or dropping rows without one\n"
                                + "labs.csv, row 3, line 4, column 'day', value '': missing value; allowed: a value in every row,"
                                + " or dropping rows without one");
        TimedTable dropping = table(text).withMissing(MissingValues.DROP);
        assertThat(dropping.dropped()).isEqualTo(2);
        assertThat(lines(rows().withCovariate(dropping.covariate("bili")), "bili"))
                .containsExactly("A (0,60] 1 1", "B (0,50] 0 7");
        TimedTable marked = TimedTable.of(
                CsvTable.read(CsvSource.ofText("id,day,bili\nA,0,1\nA,9,-9\nB,0,2\n", "labs.csv"))
                        .withMissingMarks(List.of("-9")),
                "id",
                "day");
        assertThat(lines(rows().withCovariate(marked.covariate("bili")), "bili"))
                .containsExactly("A (0,60] 1 1", "B (0,50] 0 2");
        assertThatThrownBy(() -> table("id,day,kind\nA,3,\n").eventsBy("kind"))
                .hasMessageContaining("column 'kind', value '': missing value; allowed: the kind of the event");
        assertThatThrownBy(() -> table("id,day,x\n,3,1\n")
                        .withMissing(MissingValues.DROP)
                        .dropped())
                .hasMessage("labs.csv: every row lacks an id or a time, so none is left");
    }

    @Test
    void faultsNameTheirRow() {
        assertThatThrownBy(() -> table("id,week\nA,1\n"))
                .hasMessage("labs.csv, column 'day': there is no such column; allowed: id, week");
        assertThatThrownBy(() -> table(LABS).covariate("albumin")).hasMessageContaining("there is no such column");
        assertThatThrownBy(() -> table("id,day,x\nA,1,\nB,2,NA\n").covariate("x"))
                .hasMessage("labs.csv, column 'x': it has no value; allowed: at least one");
        assertThatThrownBy(() -> table("id,day\nA,soon\n").onset("x"))
                .hasMessageStartingWith("labs.csv, row 1, line 2, column 'day', value 'soon': not a number");
        assertThatThrownBy(
                        () -> table("id,day,x\nA,1,\nA,2,3\nA,3,4\nA,4,high\n").covariate("x"))
                .hasMessageStartingWith("labs.csv, row 4, line 5, column 'x', value 'high': not a number, in a column");
        assertThatThrownBy(() -> rows().withCovariate(
                                table("id,day,x\nA,1,2\nB,0,3\nA,1,4\n").covariate("x"))
                        .build())
                .hasMessageStartingWith(
                        "labs.csv, row 3, line 4, column 'x', value '4.0': patient 'A' has 2.0 at the same"
                                + " time 1.0 in row 1");
        assertThatThrownBy(() -> table(LABS).withDates(Map.of(), "dd.MM.yy", DurationUnit.DAYS))
                .isInstanceOf(InvalidArgumentException.class);
        SurvivalData marked = rows().withCovariate(
                        table("id,day,x\nA,0,3\nA,1,2\nA,2,999\nB,0,1\n").covariate("x"))
                .build()
                .data();
        assertThat(marked.warnings()).anyMatch(w -> w.contains("covariate x has the value 999 in 1 row"));
    }
}
