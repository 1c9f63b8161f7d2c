package io.engraft.data.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engraft.InvalidDataException;
import io.engraft.data.SurvivalData;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands for a missing value, and what a few bad cells make of a column of numbers. */
class MissingMarksTest {

    private static final ColumnRoles PLAIN = ColumnRoles.of("t", "s").withMissing(MissingValues.DROP);

    private static SurvivalData read(String text, ColumnRoles roles) {
        return CsvData.read(CsvSource.ofText(text, "x.csv"), roles);
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "N/A", "#N/A", "NaN", "NULL", "[Not Available]", "NA", "null", "n/a"})
    void aKnownMarkIsNoLevelNumberOrStatus(String mark) {
        String text = "t,s,g,age\n1,1,A,40\n2,0,#,41\n3,1,A,#\n4,#,B,43\n#,1,B,44\n"
                .replace("#,41", mark + ",41")
                .replace("A,#", "A," + mark)
                .replace("4,#", "4," + mark)
                .replace("\n#,1", "\n" + mark + ",1");
        SurvivalData data = read(text, PLAIN.withGroup("g").withCovariates(List.of("age")));

        assertThat(data.size()).isEqualTo(1);
        assertThat(data.group().orElseThrow().levels()).containsExactly("A");
        assertThat(data.numericCovariate("age")).containsExactly(40);
        if (!mark.equals("NA")) {
            assertThat(data.notes())
                    .containsExactly("missing: '" + mark + "' in 1 cell of t, '" + mark + "' in 1 cell of s, '" + mark
                            + "' in 1 cell of g, '" + mark + "' in 1 cell of age");
        }
    }

    @Test
    void declaredMarksAreNumbersHoweverWritten() {
        String text = "t,s,age\n1,1,40\n999,0,41\n3,1,-9.0\n4,0,999\n";
        SurvivalData data = read(
                text,
                PLAIN.withCovariates(List.of("age"))
                        .withMissingMarks(List.of("-9"))
                        .withMissingMarks("age", List.of("999")));
        assertThat(data.numericCovariate("age")).containsExactly(40, 41);
        assertThat(data.time(1)).isEqualTo(999);
        assertThat(data.sourceRow(1)).isEqualTo(2);
        assertThat(read(text, PLAIN.withMissingMarks(List.of("999"))).size()).isEqualTo(3);
    }

    @Test
    void aDeclaredStatusLevelIsNoMark() {
        SurvivalData data = read("t,s\n1,.\n2,dead\n", PLAIN.withEvents(List.of("dead"), "."));
        assertThat(data.status(0)).isZero();
    }

    @Test
    void whatLooksLikeAMarkIsSaid() {
        StringBuilder text = new StringBuilder("t,s,age,score\n");
        for (int i = 0; i < 20; i++) {
            text.append("1,")
                    .append(i % 2)
                    .append(',')
                    .append(i == 7 ? -9 : 30 + i)
                    .append(',')
                    .append(i % 4)
                    .append('\n');
        }
        SurvivalData data = read(text.toString(), PLAIN.withCovariates(List.of("age", "score")));
        assertThat(data.warnings())
                .containsExactly("covariate age has the value -9 in 1 row and no other negative one: where it marks a"
                        + " missing value, declare it (--missing age=-9, or withMissingMarks in code)");
        assertThat(data.notes())
                .containsExactly("covariate score has the values 0, 1, 2, 3, read as numbers with one slope;"
                        + " --categorical score (CovariateType.CATEGORICAL in code) reads them as levels");
        assertThatThrownBy(() -> read("t,s\n-9,1\n2,0\n", PLAIN))
                .hasMessageContaining(
                        "allowed: 0 <= time < infinity; where it marks a missing value, declare it (--missing"
                                + " -9)");
    }

    @Test
    void aTypoAmongNumbersIsNamedAndMakesNoCategory() {
        StringBuilder text = new StringBuilder("t,s,score\n");
        for (int i = 0; i < 300; i++) {
            text.append("1,")
                    .append(i % 2)
                    .append(',')
                    .append(i == 200 || i == 250 ? "?" : i % 6)
                    .append('\n');
        }
        assertThatThrownBy(() -> read(text.toString(), PLAIN.withCovariates(List.of("score"))))
                .isInstanceOfSatisfying(
                        InvalidDataException.class,
                        e -> assertThat(e.problems()).hasSize(2))
                .hasMessageContaining("x.csv, row 201, line 202, column 'score', value '?': not a number")
                .hasMessageContaining("row 251, line 252");
        assertThat(read(text.toString(), PLAIN.withCovariate("score", CovariateType.CATEGORICAL))
                        .categoricalCovariate("score")
                        .levels())
                .hasSize(7);
        assertThat(read(text.toString(), PLAIN.withCovariates(List.of("score")).withMissingMarks(List.of("?")))
                        .numericCovariate("score"))
                .hasSize(298);
    }
}
