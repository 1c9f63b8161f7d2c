package io.engraft.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.DataProblem;
import io.engraft.FileException;
import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The small types of data: levels, tables, units, problems, and follow-up itself. */
class DataTypesTest {

    @Test
    void levelsSortAsNumbersOnlyIfAllAre() {
        assertThat(Categories.sortLevels(List.of("10", "9", "-1", "1e1", "+2", ".5")))
                .containsExactly("-1", ".5", "+2", "9", "10", "1e1");
        assertThat(Categories.sortLevels(List.of("10", "9", "a"))).containsExactly("10", "9", "a");
        assertThat(Categories.sortLevels(List.of("9", "10", "NaN"))).containsExactly("10", "9", "NaN");
        assertThat(Categories.sortLevels(List.of("9", "10", ""))).containsExactly("", "10", "9");
        assertThat(Categories.sortLevels(List.of("1d", "0x1"))).containsExactly("0x1", "1d");
        // By code point: the surrogate pair of U+1F600 sorts after U+FFFD, unlike by char.
        assertThat(Categories.sortLevels(List.of("\uD83D\uDE00", "\uFFFD", "Z", "a", "\u00E4")))
                .containsExactly("Z", "a", "\u00E4", "\uFFFD", "\uD83D\uDE00");
    }

    @Test
    void categoriesKnowTheirLevels() {
        Categories column = Categories.of(List.of("b", "a", "b"));
        assertThat(column.levels()).containsExactly("a", "b");
        assertThat(column.size()).isEqualTo(3);
        assertThat(column.code(0)).isEqualTo(1);
        assertThat(column.value(1)).isEqualTo("a");
        Categories declared = Categories.of(List.of("x"), List.of("z", "x"));
        assertThat(declared.levels()).containsExactly("z", "x");
        assertThatThrownBy(() -> Categories.of(List.of("x", "q"), List.of("z", "x")))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage("row 2, column 'category', value 'q': not one of the levels [z, x]");
        assertThatThrownBy(() -> Categories.of(List.of("x"), List.of("x", "x")))
                .hasMessage("levels [x, x] repeat; allowed: distinct levels");
    }

    @Test
    void tidyTablesHoldTypedCells() {
        TidyTable.Builder builder = TidyTable.builder()
                .text("name")
                .count("n")
                .number("x")
                .row("a", 3, 2)
                .row(null, 4L, Double.NaN);
        TidyTable table = builder.build();
        builder.row("later", 1, 1.0);
        assertThat(table.rowCount()).isEqualTo(2);
        assertThat(table.columns())
                .containsExactly(
                        new TidyTable.Column("name", TidyTable.ColumnType.TEXT),
                        new TidyTable.Column("n", TidyTable.ColumnType.COUNT),
                        new TidyTable.Column("x", TidyTable.ColumnType.NUMBER));
        assertThat(table.value(0, "n")).isEqualTo(3L);
        assertThat(table.value(0, 2)).isEqualTo(2.0);
        assertThat(table.value(1, "x")).isNull();
        assertThat(table.value(1, 0)).isNull();
        assertThatThrownBy(() -> table.value(0, "y"))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("column is y; allowed: one of [name, n, x]");
        assertThatThrownBy(() -> builder.row("a", 1)).hasMessage("number of cells is 2; allowed: 3");
        assertThatThrownBy(() -> builder.row(1, 1, 1.0)).hasMessage("cell of column name is 1; allowed: type TEXT");
        assertThatThrownBy(() -> builder.row("a", 1.5, 1.0)).hasMessage("cell of column n is 1.5; allowed: type COUNT");
        assertThatThrownBy(() -> builder.row("a", 1, "b")).hasMessage("cell of column x is b; allowed: type NUMBER");
        assertThatThrownBy(() -> builder.text("late"))
                .hasMessage("column 'late' comes after rows; allowed: columns first");
        assertThatThrownBy(() -> TidyTable.builder().text("a").number("a"))
                .hasMessage("column is a; allowed: a name that the table does not have yet");
    }

    @Test
    void unitsConvert() {
        assertThat(DurationUnit.YEARS.to(DurationUnit.MONTHS, 2)).isEqualTo(24);
        assertThat(DurationUnit.YEARS.to(DurationUnit.DAYS, 1)).isEqualTo(365.25);
        assertThat(DurationUnit.DAYS.to(DurationUnit.MONTHS, 30.4375)).isEqualTo(1);
        assertThat(DurationUnit.DAYS.to(DurationUnit.DAYS, 0.1)).isEqualTo(0.1);
        assertThat(DurationUnit.MONTHS.to(DurationUnit.YEARS, 7)).isCloseTo(7.0 / 12, within(1e-16));
        assertThat(DurationUnit.parse("Months")).isEqualTo(DurationUnit.MONTHS);
        assertThat(DurationUnit.YEARS.label()).isEqualTo("years");
        assertThatThrownBy(() -> DurationUnit.parse("weeks"))
                .hasMessage("unit is weeks; allowed: days, months or years");
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr"));
            assertThat(DurationUnit.parse("MONTHS")).isEqualTo(DurationUnit.MONTHS);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void problemsAreOneLineForAPerson() {
        assertThat(new DataProblem("f.csv", 3, 5, "time", "x", "no number").describe())
                .isEqualTo("f.csv, row 3, line 5, column 'time', value 'x': no number");
        assertThat(DataProblem.ofWhole("empty").describe()).isEqualTo("empty");
        assertThat(DataProblem.ofWhole("empty").inSource("f").describe()).isEqualTo("f: empty");
        assertThat(DataProblem.ofRow(1, "c", "a\nb\u0007", "bad").describe())
                .isEqualTo("row 1, column 'c', value 'a b ': bad");
        String tail =
                DataProblem.ofRow(1, "c", "\uD83D\uDE00".repeat(61), "bad").describe();
        assertThat(tail).endsWith("... (122 characters)': bad").contains("\uD83D\uDE00".repeat(60));
        InvalidDataException error = new InvalidDataException(
                List.of(DataProblem.ofWhole("one"), DataProblem.ofWhole("two").inSource("g")));
        assertThat(error.inSource("f")).hasMessage("f: one\ng: two");
        assertThat(error).hasMessage("one\ng: two");
    }

    @Test
    void errorsKeepTheirCause() {
        IOException beneath = new IOException("gone");
        assertThat(new FileException("f.csv cannot be read", beneath))
                .hasMessage("f.csv cannot be read")
                .hasCause(beneath);
        assertThat(new FileException("f.csv cannot be read", null)).hasNoCause();
    }

    @Test
    void followUpIsCopiedAndKept() {
        double[] time = {1, 2};
        int[] status = {1, 0};
        double[] entry = {0, 1};
        double[] weight = {1, 0.5};
        double[] age = {3, 4};
        Categories sex = Categories.of(List.of("f", "m"));
        SurvivalData data = SurvivalData.builder(time, status)
                .entry(entry)
                .weights(weight, WeightType.SAMPLING)
                .causes(List.of("relapse", "death"))
                .covariate("sex", sex)
                .covariate("age", age)
                .strata(sex)
                .id(sex)
                .unit(DurationUnit.DAYS)
                .source("s")
                .dropped(7)
                .build();
        for (double[] array : List.of(time, entry, weight, age)) {
            array[0] = 99;
        }
        status[0] = 0;
        assertThat(data.size()).isEqualTo(2);
        assertThat(data.time(0)).isEqualTo(1);
        assertThat(data.status(0)).isEqualTo(1);
        assertThat(data.entry(0)).isZero();
        assertThat(data.weight(0)).isEqualTo(1);
        assertThat(data.numericCovariate("age")).containsExactly(3, 4);
        data.numericCovariate("age")[0] = 99;
        assertThat(data.numericCovariate("age")).containsExactly(3, 4);
        assertThat(data.categoricalCovariate("sex")).isSameAs(sex);
        assertThat(data.covariates()).containsExactly("age", "sex");
        assertThat(data.causes()).containsExactly("relapse", "death");
        assertThat(data.hasEntry()).isTrue();
        assertThat(data.weightType()).contains(WeightType.SAMPLING);
        assertThat(data.strata()).contains(sex);
        assertThat(data.id()).contains(sex);
        assertThat(data.group()).isEmpty();
        assertThat(data.unit()).isEqualTo(DurationUnit.DAYS);
        assertThat(data.source()).isEqualTo("s");
        assertThat(data.dropped()).isEqualTo(7);
    }

    @Test
    void plainFollowUpHasNothingElse() {
        SurvivalData data = SurvivalData.of(new double[] {0, 2}, new int[] {0, 0});
        assertThat(data.hasEntry()).isFalse();
        assertThat(data.entry(1)).isZero();
        assertThat(data.weight(1)).isEqualTo(1);
        assertThat(data.weightType()).isEmpty();
        assertThat(data.causes()).containsExactly("1");
        assertThat(data.covariates()).isEmpty();
        assertThat(data.unit()).isEqualTo(DurationUnit.MONTHS);
        assertThat(data.dropped()).isZero();
        assertThat(WeightType.FREQUENCY.label()).isEqualTo("frequency");
    }

    @Test
    void oneCauseAloneCensorsTheOthersAndKeepsTheRest() {
        Categories site = Categories.of(List.of("Jena", "Ulm", "Ulm"));
        SurvivalData data = SurvivalData.builder(new double[] {3, 2, 5}, new int[] {2, 1, 0})
                .entry(new double[] {1, 0, 0})
                .weights(new double[] {1, 2, 3}, WeightType.FREQUENCY)
                .causes(List.of("relapse", "death"))
                .group(site)
                .strata(site)
                .id(site)
                .recurrent()
                .cluster(site)
                .covariate("age", new double[] {1, 2, 3})
                .covariate("site", site)
                .unit(DurationUnit.DAYS)
                .source("x.csv")
                .dropped(4)
                .build();
        SurvivalData death = data.causeSpecific(2);
        assertThat(new int[] {death.status(0), death.status(1), death.status(2)})
                .containsExactly(1, 0, 0);
        assertThat(death.causes()).containsExactly("death");
        assertThat(EventTable.of(death)).isEqualTo(EventTable.of(data).causeSpecific(2));
        assertThat(death.cluster()).contains(site);
        assertThat(death.group()).contains(site);
        assertThat(death.strata()).contains(site);
        assertThat(death.id()).contains(site);
        assertThat(death.covariates()).containsExactly("age", "site");
        assertThat(death.unit()).isEqualTo(DurationUnit.DAYS);
        assertThat(death.source()).isEqualTo("x.csv");
        assertThat(death.dropped()).isEqualTo(4);
        assertThatThrownBy(() -> data.causeSpecific(3))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("cause is 3; allowed: 1 (relapse) or 2 (death)");
    }
}
