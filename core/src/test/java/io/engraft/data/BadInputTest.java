package io.engraft.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.engraft.DataProblem;
import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kind of bad row at every way in: row, column, value and what would have been allowed. */
class BadInputTest {

    private static final String TIME = "allowed: 0 <= time < infinity";
    private static final String ENTRY = "allowed: 0 <= entry < infinity";
    private static final String WEIGHT = "allowed: 0 <= weight < infinity";

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, -1, -1e-300, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void times(double bad) {
        String message = "row 2, column 'time', value '" + bad + "': " + TIME;
        double[] time = {1, bad, 3};
        int[] status = {1, 0, 1};
        assertThatThrownBy(() -> SurvivalData.of(time, status))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> EventTable.of(time, status))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(message);
        EventTableBuilder builder = EventTable.builder(List.of("1")).add(1, 1);
        assertThatThrownBy(() -> builder.add(bad, 0)).hasMessage(message);
        assertThatThrownBy(() -> builder.add(0, bad, 0)).hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, -1, Double.POSITIVE_INFINITY})
    void aBadTimeAmongManyRowsIsFoundOnEveryPath(double bad) {
        int n = 200_000;
        double[] days = new double[n];
        double[] continuous = new double[n];
        int[] status = new int[n];
        for (int i = 0; i < n; i++) {
            days[i] = i % 3000;
            continuous[i] = Math.sqrt(i);
        }
        for (int at : new int[] {0, 1, 99_999, n - 1}) {
            for (double[] time : List.of(days.clone(), continuous.clone())) {
                time[at] = bad;
                assertThatThrownBy(() -> EventTable.of(time, status))
                        .isInstanceOf(InvalidDataException.class)
                        .hasMessage("row " + (at + 1) + ", column 'time', value '" + bad + "': " + TIME);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"-1, 64", "65, 64", "2147483647, 64", "-2147483648, 64"})
    void unknownStatusCodes(int bad, int most) {
        String message = "row 3, column 'status', value '" + bad + "': allowed: 0 for censored, 1 to ";
        double[] time = {1, 2, 3};
        int[] status = {0, 1, bad};
        assertThatThrownBy(() -> SurvivalData.of(time, status)).hasMessage(message + most + " for events");
        assertThatThrownBy(() -> EventTable.of(time, status))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageStartingWith(message);
        double[] continuous = {0.1, 0.2, 0.3};
        assertThatThrownBy(() -> EventTable.of(continuous, status)).hasMessageStartingWith(message);
    }

    @Test
    void statusAboveTheDeclaredCauses() {
        String message = "row 2, column 'status', value '3': allowed: 0 for censored, 1 to 2 for events";
        assertThatThrownBy(() -> SurvivalData.builder(new double[] {1, 2}, new int[] {1, 3})
                        .causes(List.of("relapse", "death"))
                        .build())
                .hasMessage(message);
        EventTableBuilder builder =
                EventTable.builder(List.of("relapse", "death")).add(1, 2);
        assertThatThrownBy(() -> builder.add(1, 3)).hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, -0.5, Double.POSITIVE_INFINITY})
    void entries(double bad) {
        String message = "row 2, column 'entry', value '" + bad + "': " + ENTRY;
        assertThatThrownBy(() -> SurvivalData.builder(new double[] {1, 2}, new int[] {1, 0})
                        .entry(new double[] {0, bad})
                        .build())
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(message);
        EventTableBuilder builder = EventTable.builder(List.of("1")).add(1, 1);
        assertThatThrownBy(() -> builder.add(bad, 2, 0)).hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({"2, 2", "3, 2", "0, 0", "0, -0.0"})
    void entryNotBeforeTheTime(double entry, double time) {
        String message = "row 1, column 'entry', value '" + entry + "': allowed: entry < time, which is " + time;
        assertThatThrownBy(() -> SurvivalData.builder(new double[] {time}, new int[] {1})
                        .entry(new double[] {entry})
                        .build())
                .hasMessage(message);
        assertThatThrownBy(() -> EventTable.builder(List.of("1")).add(entry, time, 1))
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, -1, Double.POSITIVE_INFINITY})
    void weights(double bad) {
        String message = "row 2, column 'weight', value '" + bad + "': " + WEIGHT;
        assertThatThrownBy(() -> SurvivalData.builder(new double[] {1, 2}, new int[] {1, 0})
                        .weights(new double[] {0, bad}, WeightType.FREQUENCY)
                        .build())
                .hasMessage(message);
        EventTableBuilder builder =
                EventTable.builder(List.of("1"), WeightType.SAMPLING).addWeighted(1, 1, 0.5);
        assertThatThrownBy(() -> builder.addWeighted(2, 0, bad)).hasMessage(message);
        assertThatThrownBy(() -> EventTable.builder(List.of("1")).addWeighted(1, 1, 1))
                .hasMessage("the table has no weights; allowed: a builder with a weight type");
    }

    @ParameterizedTest
    @ValueSource(doubles = {1.5, 0.5, 1e-300})
    void frequenciesAreWholeNumbers(double bad) {
        String message =
                "row 2, column 'weight', value '" + bad + "': allowed for frequency weights, which stand for so"
                        + " many rows alike: whole numbers; a weight that is a share is a sampling weight";
        double[] weight = {0, bad};
        assertThatThrownBy(() -> SurvivalData.builder(new double[] {1, 2}, new int[] {1, 0})
                        .weights(weight, WeightType.FREQUENCY)
                        .build())
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> CensoredData.of(
                        new double[] {1, 2}, new double[] {2, 3}, b -> b.weights(weight, WeightType.FREQUENCY)))
                .hasMessage(message);
        EventTableBuilder builder =
                EventTable.builder(List.of("1"), WeightType.FREQUENCY).addWeighted(1, 1, 3);
        assertThatThrownBy(() -> builder.addWeighted(2, 0, bad)).hasMessage(message);
        assertThatThrownBy(() -> EventCounts.builder(List.of("1"), WeightType.FREQUENCY)
                        .add(1, new int[] {1, 0}, List.of(new BigDecimal(bad), BigDecimal.ZERO), List.of()))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageEndingWith("; allowed: a whole number");
        Categories stay = Categories.of(List.of("alive", "alive"));
        Categories end = Categories.of(List.of("dead", "dead"));
        assertThatThrownBy(() -> MultiStateData.builder(new double[] {1, 2}, stay, end)
                        .weights(weight, WeightType.FREQUENCY)
                        .build())
                .hasMessage(message);
        assertThat(SurvivalData.builder(new double[] {1, 2}, new int[] {1, 0})
                        .weights(weight, WeightType.SAMPLING)
                        .build()
                        .weight(1))
                .isEqualTo(bad);
        assertThat(EventTable.of(SurvivalData.builder(new double[] {1, 2}, new int[] {1, 0})
                                .weights(new double[] {0, 3}, WeightType.FREQUENCY)
                                .build())
                        .atRiskWeights())
                .as("a row of weight 0 is not there")
                .containsExactly(3.0, 3.0);
    }

    @Test
    void weightsWhoseSumLeavesTheRange() {
        EventTableBuilder builder = EventTable.builder(List.of("1"), WeightType.FREQUENCY)
                .addWeighted(1, 1, 1e308)
                .addWeighted(1, 1, 1e308);
        assertThatThrownBy(builder::build)
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("the sum of weights is too large for a double");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void covariates(double bad) {
        assertThatThrownBy(() -> SurvivalData.builder(new double[] {1, 2}, new int[] {1, 0})
                        .covariate("age", new double[] {bad, 3})
                        .build())
                .hasMessage("row 1, column 'age', value '" + bad + "': allowed: a finite number");
    }

    @Test
    void unequalLengths() {
        double[] two = {1, 2};
        int[] status = {1, 0};
        assertThatThrownBy(() -> SurvivalData.of(two, new int[] {1}))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("time has 2 rows and status has 1; allowed: equal lengths");
        assertThatThrownBy(() -> EventTable.of(two, new int[] {1}))
                .hasMessage("time has 2 rows and status has 1; allowed: equal lengths");
        SurvivalData.Builder rows = SurvivalData.builder(two, status);
        double[] three = {0, 0, 0};
        Categories one = Categories.of(List.of("a"));
        assertThatThrownBy(() -> rows.entry(three))
                .hasMessage("entry has 3 rows and time has 2; allowed: equal lengths");
        assertThatThrownBy(() -> rows.weights(three, WeightType.SAMPLING))
                .hasMessage("weight has 3 rows and time has 2; allowed: equal lengths");
        assertThatThrownBy(() -> rows.covariate("age", three))
                .hasMessage("covariate age has 3 rows and time has 2; allowed: equal lengths");
        assertThatThrownBy(() -> rows.covariate("site", one))
                .hasMessage("covariate site has 1 rows and time has 2; allowed: equal lengths");
        assertThatThrownBy(() -> rows.group(one)).hasMessage("group has 1 rows and time has 2; allowed: equal lengths");
        assertThatThrownBy(() -> rows.strata(one))
                .hasMessage("strata has 1 rows and time has 2; allowed: equal lengths");
        assertThatThrownBy(() -> rows.id(one)).hasMessage("id has 1 rows and time has 2; allowed: equal lengths");
    }

    @Test
    void noRows() {
        String message = "there are no rows; allowed: at least one";
        assertThatThrownBy(() -> SurvivalData.of(new double[0], new int[0])).hasMessage(message);
        assertThatThrownBy(() -> EventTable.of(new double[0], new int[0])).hasMessage(message);
        assertThatThrownBy(() -> EventTable.builder(List.of("1")).build())
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("the table has no rows; allowed: at least one");
    }

    @Test
    void aDeclaredGroupWithoutRows() {
        SurvivalData data = SurvivalData.builder(new double[] {1, 2}, new int[] {1, 0})
                .group(Categories.of(List.of("a", "b"), List.of("a", "b", "c")))
                .source("trial.csv")
                .build();
        assertThatThrownBy(() -> EventTable.byGroup(data))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage("trial.csv: group 'c' has no rows; allowed: at least one");
    }

    @Test
    void labelsOfCauses() {
        SurvivalData.Builder rows = SurvivalData.builder(new double[] {1}, new int[] {1});
        List<String> many = Collections.nCopies(65, "x");
        assertThatThrownBy(() -> rows.causes(List.of())).hasMessage("number of causes is 0; allowed: 1 to 64");
        assertThatThrownBy(() -> rows.causes(many)).hasMessage("number of causes is 65; allowed: 1 to 64");
        assertThatThrownBy(() -> rows.causes(List.of("a", "a")))
                .hasMessage("cause labels is [a, a]; allowed: distinct labels");
        assertThatThrownBy(() -> EventTable.builder(List.of())).hasMessage("number of causes is 0; allowed: 1 to 64");
        assertThatThrownBy(() -> EventTable.builder(many)).hasMessage("number of causes is 65; allowed: 1 to 64");
        assertThatThrownBy(() -> EventTable.builder(List.of("a", "a")))
                .hasMessage("cause labels is [a, a]; allowed: distinct labels");
    }

    @Test
    void columnsAndNames() {
        SurvivalData.Builder rows = SurvivalData.builder(new double[] {1}, new int[] {1})
                .covariate("age", new double[] {3})
                .covariate("sex", Categories.of(List.of("f")));
        assertThatThrownBy(() -> rows.covariate("age", new double[] {4}))
                .hasMessage("covariate is age; allowed: a name that is not taken");
        assertThatThrownBy(() -> rows.covariate("sex", new double[] {4}))
                .hasMessage("covariate is sex; allowed: a name that is not taken");
        SurvivalData data = rows.build();
        assertThatThrownBy(() -> data.numericCovariate("sex"))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("numeric covariate is sex; allowed: one of [age]");
        assertThatThrownBy(() -> data.categoricalCovariate("age"))
                .hasMessage("categorical covariate is age; allowed: one of [sex]");
        assertThatThrownBy(() -> rows.dropped(-1)).hasMessage("dropped is -1; allowed: dropped >= 0");
    }

    @Test
    void everyProblemOfEveryRowIsListed() {
        InvalidDataException error = catchThrowableOfType(
                InvalidDataException.class,
                () -> SurvivalData.builder(new double[] {Double.NaN, 2, 3}, new int[] {-1, 9, 0})
                        .entry(new double[] {-1, 5, 1})
                        .weights(new double[] {1, -2, 1}, WeightType.SAMPLING)
                        .causes(List.of("1"))
                        .source("f.csv")
                        .build());
        assertThat(error.problems().stream().map(DataProblem::describe))
                .containsExactly(
                        "f.csv, row 1, column 'time', value 'NaN': " + TIME,
                        "f.csv, row 1, column 'entry', value '-1.0': " + ENTRY,
                        "f.csv, row 1, column 'status', value '-1': allowed: 0 for censored, 1 to 1 for events",
                        "f.csv, row 2, column 'entry', value '5.0': allowed: entry < time, which is 2.0",
                        "f.csv, row 2, column 'status', value '9': allowed: 0 for censored, 1 to 1 for events",
                        "f.csv, row 2, column 'weight', value '-2.0': " + WEIGHT);
        assertThat(error).hasMessageContaining("\nf.csv, row 2, column 'weight'");
    }

    @Test
    void manyProblemsAreCountedNotPrinted() {
        double[] time = new double[5000];
        Arrays.fill(time, -1);
        InvalidDataException error =
                catchThrowableOfType(InvalidDataException.class, () -> EventTable.of(time, new int[time.length]));
        assertThat(error.problems()).hasSize(DataCheck.MOST_PROBLEMS);
        assertThat(String.valueOf(error.getMessage()).lines()).hasSize(11);
        assertThat(error).hasMessageEndingWith("\nand 990 more");
    }
}
