package io.engraft.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.engraft.data.Categories;
import io.engraft.data.SurvivalData;
import io.engraft.data.WeightType;
import io.engraft.estimate.KaplanMeier;
import io.engraft.report.curves.SurvivalDocument;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConventionsTest {

    private static final DataColumns COLUMNS =
            DataColumns.of("t", "s").withId("patient").withCluster("centre");

    private static SurvivalData.Builder rows() {
        return SurvivalData.builder(new double[] {1, 2, 3, 4}, new int[] {1, 0, 1, 1});
    }

    private static String errors(SurvivalData rows, boolean robust) {
        KaplanMeier procedure = KaplanMeier.withDefaults();
        procedure = robust ? procedure.withRobustVariance() : procedure;
        return SurvivalDocument.of(procedure.fit(rows).get("all"), rows)
                .withColumns(COLUMNS)
                .conventions()
                .standardErrors()
                .orElseThrow();
    }

    @Test
    void standardErrorsAreNamedInTheSameWords() {
        Categories unique = Categories.of(List.of("a", "b", "c", "d"));
        Categories shared = Categories.of(List.of("a", "a", "b", "b"));

        assertThat(errors(rows().build(), false)).isEqualTo("model");
        assertThat(errors(rows().build(), true)).isEqualTo("robust by row");
        assertThat(errors(rows().id(unique).build(), true)).isEqualTo("robust by row");
        assertThat(errors(rows().id(shared).recurrent().build(), true)).isEqualTo("robust by patient");
        assertThat(errors(rows().cluster(shared).build(), true)).isEqualTo("robust by centre");
        assertThat(errors(rows().id(shared).recurrent().cluster(shared).build(), true))
                .isEqualTo("robust by centre");
        SurvivalData sampled =
                rows().weights(new double[] {1, 2.5, 1, 1}, WeightType.SAMPLING).build();
        assertThat(errors(sampled, false)).isEqualTo("robust by row");
        assertThat(StandardErrors.byRow().isRobust()).isTrue();
        assertThat(StandardErrors.model().isRobust()).isFalse();
        assertThat(StandardErrors.by("x")).hasToString("robust by x");
    }

    @Test
    void numbersAreNumbersAndWordsAreWords() {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("profile", "r");
        words.put("level", "0.95");
        words.put("tieTolerance", "1.0E-8");
        words.put("interval", "log");
        words.put("variance", "greenwood");
        Conventions conventions = Conventions.of(words)
                .with("unit", "days")
                .with("events", "code 1")
                .with("profile", "engraft");

        assertThat(conventions.keys())
                .containsExactly("profile", "level", "tieTolerance", "interval", "variance", "unit", "events");
        assertThat(conventions.profile()).contains("engraft");
        assertThat(conventions.level()).hasValue(0.95);
        assertThat(conventions.tieTolerance()).hasValue(1e-8);
        assertThat(conventions.words("tieTolerance")).contains("1.0E-8");
        assertThat(conventions.number("interval")).isEmpty();
        assertThat(conventions.interval()).contains("log");
        assertThat(conventions.variance()).contains("greenwood");
        assertThat(conventions.unit()).contains("days");
        assertThat(conventions.events()).contains("code 1");
        assertThat(conventions.standardErrors()).isEmpty();
        assertThat(conventions.isRobust()).isFalse();
        assertThat(conventions.with(StandardErrors.byRow()).isRobust()).isTrue();
        assertThat(conventions.without("unit").has("unit")).isFalse();
        assertThat(conventions)
                .isEqualTo(conventions.with("unit", "days"))
                .hasSameHashCodeAs(conventions.with("unit", "days"))
                .isNotEqualTo(conventions.with("unit", "years"));
        assertThat(conventions.toString()).startsWith("profile: engraft\nlevel: 0.95\n");
    }

    @Test
    void levelsArePercentages() {
        assertThat(Conventions.empty().percentLevel()).isEqualTo("95 %");
        assertThat(Conventions.empty().with("level", 0.975).percentLevel()).isEqualTo("97.5 %");
        assertThat(Conventions.empty().with("level", 0.9).percentLevel()).isEqualTo("90 %");
    }

    @Test
    void leftOutRowsAreSaid() {
        assertThat(new Provenance("x", 5, 1).droppedWarning()).contains("1 row with missing values was left out");
        assertThat(new Provenance("x", 5, 2).droppedWarning()).contains("2 rows with missing values were left out");
        assertThat(Provenance.none().droppedWarning()).isEmpty();
        assertThat(DataColumns.unnamed().sourceNote()).isEmpty();
        assertThat(DataColumns.unnamed().isUnitAssumed()).isFalse();
        assertThat(COLUMNS.status()).isEqualTo("s");
    }
}
