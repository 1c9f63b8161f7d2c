package io.engraft.data.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.engraft.DataProblem;
import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.data.CensoredData;
import io.engraft.data.MultiStateData;
import io.engraft.data.Transition;
import io.engraft.data.WeightType;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Files of intervals and of stays in states. */
class RowsOfOtherKindsTest {

    private static final ColumnRoles ENDS = ColumnRoles.of("l", "r");
    private static final ColumnRoles STAYS =
            ColumnRoles.of("time", "to").withId("id").withEntry("entry");

    private static CensoredData intervals(ColumnRoles roles, String text) {
        return IntervalCsv.read(CsvSource.ofText(text, "visits.csv"), roles);
    }

    private static MultiStateData stays(ColumnRoles roles, String text) {
        return MultiStateCsv.read(CsvSource.ofText(text, "stays.csv"), roles, "from");
    }

    private static List<DataProblem> problems(Supplier<?> reading) {
        try {
            throw new AssertionError(reading.get());
        } catch (InvalidDataException e) {
            return e.problems();
        }
    }

    @Test
    void readsIntervals() {
        CensoredData data = intervals(
                ENDS.withCovariate("age", CovariateType.AUTOMATIC)
                        .withWeight("w", WeightType.SAMPLING)
                        .withCluster("c")
                        .withEntry("e"),
                "l,r,age,w,c,e\n3,,4,1.5,x,0\n2,5,6,1,y,1\n0,4,7,2,x,0\n6,6,8,1,y,0\n1,NA,9,1,y,0\n");
        assertThat(data.size()).isEqualTo(5);
        assertThat(new double[] {data.left(0), data.left(1), data.left(2), data.left(3), data.left(4)})
                .containsExactly(3, 2, 0, 6, 1);
        double never = Double.POSITIVE_INFINITY;
        assertThat(new double[] {data.right(0), data.right(1), data.right(2), data.right(3), data.right(4)})
                .containsExactly(never, 5, 4, 6, never);
        assertThat(data.columns().numericCovariate("age")).containsExactly(4, 6, 7, 8, 9);
        assertThat(data.columns().weight(0)).isEqualTo(1.5);
        assertThat(data.columns().entry(1)).isEqualTo(1);
        assertThat(data.columns().cluster().orElseThrow().levels()).containsExactly("x", "y");
        assertThat(data.columns().source()).isEqualTo("visits.csv");
    }

    @Test
    void leavesOutIntervalsWithoutALeftEnd() {
        String text = "l,r,age\n,4,1\n2,5,2\n3,1,3\n";
        assertThat(problems(() -> intervals(ENDS, text))).singleElement().satisfies(p -> {
            assertThat(p.column()).isEqualTo("l");
            assertThat(p.row()).isEqualTo(1);
            assertThat(p.line()).isEqualTo(2);
            assertThat(p.reason()).startsWith("missing value");
        });
        // The row's own number and line, though the one before it was left out.
        assertThat(problems(() -> intervals(ENDS.withMissing(MissingValues.DROP), text)))
                .singleElement()
                .satisfies(p -> {
                    assertThat(p.column()).isEqualTo("r");
                    assertThat(p.row()).isEqualTo(3);
                    assertThat(p.line()).isEqualTo(4);
                    assertThat(p.reason()).contains("right >= left");
                });
        assertThat(intervals(ENDS.withMissing(MissingValues.DROP), "l,r\n,4\n2,5\n")
                        .columns()
                        .dropped())
                .isEqualTo(1);
    }

    @Test
    void namesTheEndThatIsNoNumber() {
        assertThat(problems(() -> intervals(ENDS, "l,r\n1,2\n2,soon\nx,4\n")))
                .extracting(DataProblem::column, DataProblem::row, DataProblem::value)
                .containsExactly(tuple("r", 2L, "soon"), tuple("l", 3L, "x"));
        assertThat(problems(() -> intervals(ENDS.withEntry("e"), "l,r,e\n1,2,3\n")))
                .extracting(DataProblem::column)
                .containsAnyOf("e", "r");
        assertThatThrownBy(() -> intervals(ENDS, "l,right\n1,2\n"))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("right");
    }

    @Test
    void readsStays() {
        MultiStateData data = stays(STAYS.withGroup("arm").withCovariate("age", CovariateType.AUTOMATIC), """
                id,from,to,entry,time,arm,age
                1,well,ill,0,3,a,5
                1,ill,,3,9,a,5
                2,well,censored,0,4,b,6
                3,well,dead,1,2,b,7
                """);
        assertThat(data.states()).containsExactly("dead", "ill", "well");
        assertThat(data.transitions()).containsOnlyKeys(new Transition("well", "ill"), new Transition("well", "dead"));
        assertThat(data.to(1)).isEqualTo(-1);
        assertThat(data.to(2)).isEqualTo(-1);
        assertThat(data.entry(3)).isEqualTo(1);
        assertThat(data.group().orElseThrow().levels()).containsExactly("a", "b");
        assertThat(data.covariates()).containsExactly("age");
        assertThat(data.numericCovariate("age")).containsExactly(5, 5, 6, 7);
    }

    @Test
    void namesTheStayThatCannotBe() {
        assertThat(problems(() -> stays(
                        STAYS.withMissing(MissingValues.DROP),
                        "id,from,to,entry,time\n,well,ill,0,3\n1,well,ill,0,3\n1,well,dead,3,5\n")))
                .singleElement()
                .satisfies(p -> {
                    assertThat(p.source()).isEqualTo("stays.csv");
                    assertThat(p.column()).isEqualTo("from");
                    assertThat(p.row()).isEqualTo(3);
                    assertThat(p.line()).isEqualTo(4);
                });
        assertThat(problems(() -> stays(STAYS, "id,from,to,entry,time\n1,,ill,0,3\n1,well,ill,x,3\n")))
                .extracting(DataProblem::column, DataProblem::line)
                .containsExactly(tuple("from", 2L), tuple("entry", 3L));
        assertThat(stays(STAYS.withMissing(MissingValues.DROP), "id,from,to,entry,time\n,a,b,0,3\n1,a,b,0,3\n")
                        .dropped())
                .isEqualTo(1);
    }

    @Test
    void knowsMarksOfMissingAndDecimalCommas() {
        CensoredData data = IntervalCsv.read(
                CsvSource.ofText("l;r;age\n1,5;;4,5\n2;2,5;5\n3;-9;6\n", "visits.csv"),
                ENDS.withMissingMarks(List.of("-9")).withCovariate("age", CovariateType.AUTOMATIC));
        assertThat(new double[] {data.left(0), data.left(1), data.right(1)}).containsExactly(1.5, 2, 2.5);
        assertThat(data.right(2)).isInfinite();
        assertThat(data.columns().numericCovariate("age")).containsExactly(4.5, 5, 6);
        MultiStateData stays = MultiStateCsv.read(
                CsvSource.ofText("id;from;to;entry;time\n1;a;b;0;1,5\n2;a;none;0;2,5\n", "stays.csv"),
                STAYS.withMissingMarks("to", List.of("none")),
                "from");
        assertThat(stays.time(0)).isEqualTo(1.5);
        assertThat(stays.to(1)).isEqualTo(-1);
    }

    @Test
    void refusesRolesThatStaysDoNotHave() {
        String text = "id,from,to,entry,time\n1,a,b,0,3\n";
        assertThatThrownBy(() -> stays(ColumnRoles.of("time", "to"), text))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("id column");
        assertThatThrownBy(() -> stays(STAYS.withStrata("from"), text))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("strata");
        assertThatThrownBy(() -> stays(STAYS.withEvents(List.of("b"), "c"), text))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("levels of a status");
    }
}
