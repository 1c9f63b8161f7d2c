package io.engraft.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.data.io.ColumnRoles;
import io.engraft.data.io.CsvData;
import io.engraft.data.io.CsvSource;
import io.engraft.data.io.MissingValues;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What can be changed of data that are there. */
class SurvivalDataChangesTest {

    private static SurvivalData full() {
        return SurvivalData.builder(new double[] {12, 24, 6}, new int[] {1, 2, 0})
                .causes(List.of("relapse", "death"))
                .entry(new double[] {0, 6, 3})
                .weights(new double[] {1, 2, 3}, WeightType.FREQUENCY)
                .group(Categories.of(List.of("a", "b", "a")))
                .strata(Categories.of(List.of("s", "t", "t")))
                .id(Categories.of(List.of("p", "q", "r")))
                .cluster(Categories.of(List.of("x", "y", "y")))
                .covariate("age", new double[] {4, 5, 6})
                .covariate("phase", Categories.of(List.of("CR1", "CR2", "CR2")))
                .unit(DurationUnit.MONTHS)
                .source("file.csv")
                .dropped(2)
                .build();
    }

    private static void assertRow(SurvivalData data, int row, SurvivalData as, int original) {
        assertThat(data.time(row)).isEqualTo(as.time(original));
        assertThat(data.status(row)).isEqualTo(as.status(original));
        assertThat(data.entry(row)).isEqualTo(as.entry(original));
        assertThat(data.weight(row)).isEqualTo(as.weight(original));
        assertThat(data.group().orElseThrow().value(row))
                .isEqualTo(as.group().orElseThrow().value(original));
        assertThat(data.strata().orElseThrow().value(row))
                .isEqualTo(as.strata().orElseThrow().value(original));
        assertThat(data.id().orElseThrow().value(row))
                .isEqualTo(as.id().orElseThrow().value(original));
        assertThat(data.cluster().orElseThrow().value(row))
                .isEqualTo(as.cluster().orElseThrow().value(original));
        assertThat(data.numericCovariate("age")[row]).isEqualTo(as.numericCovariate("age")[original]);
        assertThat(data.categoricalCovariate("phase").value(row))
                .isEqualTo(as.categoricalCovariate("phase").value(original));
    }

    @Test
    void someRowsKeepEveryColumn() {
        SurvivalData data = full();
        SurvivalData some = data.where(row -> row > 0);
        assertThat(some.size()).isEqualTo(2);
        assertRow(some, 0, data, 1);
        assertRow(some, 1, data, 2);
        assertThat(some.causes()).isEqualTo(data.causes());
        assertThat(some.categoricalCovariate("phase").levels()).containsExactly("CR2");
        assertThat(some.strata().orElseThrow().levels()).containsExactly("t");
        assertThat(some.dropped()).isEqualTo(2);
        assertThat(some.source()).isEqualTo("file.csv");
        assertThatThrownBy(() -> data.where(row -> false))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("none of 3 rows is left");
    }

    @Test
    void aBuilderOfDataGivesThemAgain() {
        SurvivalData data = full();
        SurvivalData again = data.toBuilder().build();
        for (int row = 0; row < 3; row++) {
            assertRow(again, row, data, row);
        }
        assertThat(again.causes()).isEqualTo(data.causes());
        assertThat(data.toBuilder().unit(DurationUnit.YEARS).build().time(0)).isEqualTo(12);
    }

    @Test
    void timesAreConvertedToAnotherUnit() {
        SurvivalData years = full().inUnit(DurationUnit.YEARS);
        assertThat(years.unit()).isEqualTo(DurationUnit.YEARS);
        assertThat(years.time(0)).isEqualTo(DurationUnit.MONTHS.to(DurationUnit.YEARS, 12));
        assertThat(years.entry(1)).isEqualTo(DurationUnit.MONTHS.to(DurationUnit.YEARS, 6));
        assertThat(years.weight(2)).isEqualTo(3);
    }

    @Test
    void groupsAndCovariatesAreReplacedInTheirPlace() {
        SurvivalData data = full();
        SurvivalData other = data.withGroup(Categories.of(List.of("m", "f", "m")))
                .withCovariate("age", new double[] {1, 2, 3})
                .withCovariate("phase", data.categoricalCovariate("phase").withFirst("CR2"))
                .withCovariate("sex", Categories.of(List.of("m", "f", "m")));
        assertThat(other.group().orElseThrow().levels()).containsExactly("f", "m");
        assertThat(other.covariates()).containsExactly("age", "phase", "sex");
        assertThat(other.numericCovariate("age")).containsExactly(1, 2, 3);
        assertThat(other.categoricalCovariate("phase").levels()).containsExactly("CR2", "CR1");
        assertThat(other.categoricalCovariate("phase").value(0)).isEqualTo("CR1");
        assertThat(other.withCovariate("phase", new double[] {1, 2, 3}).covariates())
                .containsExactly("age", "phase", "sex");
        assertThatThrownBy(() -> data.withCovariate("age", new double[] {1, Double.NaN, 3}))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("row 2");
        assertThatThrownBy(() -> data.withCovariate("age", new double[] {1}))
                .isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> data.categoricalCovariate("phase").withFirst("CR3"))
                .hasMessage("level is 'CR3'; allowed: one of [CR1, CR2]");
    }

    @Test
    void aCauseIsKnownByCodeAndByLabel() {
        SurvivalData death = full().causeSpecific("death");
        assertThat(death.causes()).containsExactly("death");
        assertThat(death.status(0)).isZero();
        assertThat(death.status(1)).isEqualTo(1);
        assertThatThrownBy(() -> full().causeSpecific("cure"))
                .hasMessage("cause is cure; allowed: 1 (relapse) or 2 (death)");
    }

    @Test
    void textSaysWhatTheDataAre() {
        assertThat(full()).hasToString("file.csv: 3 rows, 2 events, in months, causes relapse, death, groups a, b");
    }

    @Test
    void rowsKeepTheirNumbersInTheSource() {
        SurvivalData all = SurvivalData.of(new double[] {1, 2, 3, 4}, new int[] {1, 0, 1, 0});
        assertThat(all.sourceRow(3)).isEqualTo(4);
        assertThatThrownBy(() -> all.sourceRow(4)).isInstanceOf(IndexOutOfBoundsException.class);
        SurvivalData some = all.where(i -> i != 1);
        assertThat(some.sourceRow(1)).isEqualTo(3);
        assertThat(some.where(i -> i > 0).causeSpecific(1).sourceRow(1)).isEqualTo(4);

        SurvivalData read = CsvData.read(
                CsvSource.ofText("t,s\n1,1\n,1\n3,0\n", "rows"),
                ColumnRoles.of("t", "s").withMissing(MissingValues.DROP));
        assertThat(read.sourceRow(0)).isEqualTo(1);
        assertThat(read.sourceRow(1)).isEqualTo(3);
    }
}
