package io.engraft.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What data can be and seldom are. */
class DataFindingsTest {

    private static List<String> codes(int... status) {
        double[] time = new double[status.length];
        java.util.Arrays.setAll(time, i -> i + 1);
        return SurvivalData.of(time, status).warnings();
    }

    @Test
    void codesWithAGapAreNamed() {
        assertThat(codes(0, 1, 2, 9, 1))
                .containsExactly(
                        "the status has the codes 1 (2 rows), 2 (1 row), 9 (1 row) and none of 3 to 8: each counts"
                                + " as an event. Where one means that the status is not known, declare it: --missing COL=9 with the"
                                + " name of the column, or ColumnRoles.withMissingMarks in code; else name the codes: --events and"
                                + " --censored, or SurvivalData.Builder.causes");
        assertThat(codes(0, 1, 3).get(0)).contains("1 (1 row), 3 (1 row) and no 2: each");
        assertThat(codes(0, 9).get(0)).contains("9 (1 row) and none of 1 to 8");
        // The first cause may be one that nobody had.
        assertThat(codes(0, 2)).isEmpty();
        assertThat(codes(0, 1, 2, 3)).isEmpty();
        assertThat(SurvivalData.builder(new double[] {1, 2, 3}, new int[] {0, 1, 3})
                        .causes(List.of("a", "b", "c"))
                        .build()
                        .warnings())
                .isEmpty();
    }

    @Test
    void levelsThatAReaderTakesForOneAreNamed() {
        List<String> groups = List.of("A", "a", "B", "B ", "01", "1");
        SurvivalData data = SurvivalData.builder(new double[] {1, 2, 3, 4, 5, 6}, new int[] {0, 1, 0, 1, 0, 1})
                .group(Categories.of(groups))
                .strata(Categories.of(List.of("x", "x", "x", "y", "y", "y")))
                .covariate("donor", Categories.of(List.of("M UD", "MUD", "sib", "sib", "sib", "sib")))
                .build();
        assertThat(data.warnings())
                .containsExactly(
                        "levels of the group differ in capitals, blanks or leading zeros alone: '01' (1 row) and '1' (1"
                                + " row); 'A' (1 row) and 'a' (1 row); 'B' (1 row) and 'B ' (1 row); each counts as a level"
                                + " of its own: where they mean one, write it one way in the data",
                        "levels of the column donor differ in capitals, blanks or leading zeros alone: 'M UD' (1 row) and"
                                + " 'MUD' (1 row); each counts as a level of its own: where they mean one, write it one way"
                                + " in the data");
        assertThat(LevelFindings.near("group", Categories.of(List.of("-1", "1", "10", "0.1", "100"))))
                .isEmpty();
        assertThat(LevelFindings.near("group", Categories.of(List.of("P01", "P1", "P10")))
                        .orElseThrow())
                .contains("'P01' (1 row) and 'P1' (1 row);");
        assertThat(LevelFindings.near("group", Categories.of(List.of("1", "1.0")))
                        .orElseThrow())
                .contains("'1' (1 row) and '1.0' (1 row);");
    }

    @Test
    void staysHaveTheSameFindings() {
        MultiStateData stays = MultiStateData.builder(
                        new double[] {5, 2000},
                        Categories.of(List.of("cr", "CR")),
                        Categories.of(List.of("dead", "censored")))
                .group(Categories.of(List.of("1", "01")))
                .warnings(List.of("read so"))
                .build();
        assertThat(stays.warnings()).hasSize(4);
        assertThat(stays.warnings().get(0)).isEqualTo("read so");
        assertThat(stays.warnings().get(1))
                .startsWith("follow-up of more than 120 years, in row 2 (at most 2000 months, which is 167 years)");
        assertThat(stays.warnings().get(2)).startsWith("levels of the column from differ in capitals");
        assertThat(stays.warnings().get(3)).startsWith("levels of the group differ in capitals");
    }
}
