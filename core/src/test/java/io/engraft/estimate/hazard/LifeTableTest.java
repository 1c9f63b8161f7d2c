package io.engraft.estimate.hazard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.data.Categories;
import io.engraft.data.EventTable;
import io.engraft.data.Grouped;
import io.engraft.data.SurvivalData;
import io.engraft.data.TieRule;
import io.engraft.data.WeightType;
import io.engraft.estimate.KaplanMeier;
import io.engraft.estimate.SurvivalEstimate;
import io.engraft.testing.RandomFollowUp;
import java.util.List;
import org.junit.jupiter.api.Test;

class LifeTableTest {

    /** Ten rows: in [0, 2) two events and two withdrawn, exposed 9, q = 2/9; then [2, 4) one event, one withdrawn of 6. */
    @Test
    void tenRowsByHand() {
        double[] time = {0.5, 1, 1, 1.5, 2, 3, 4, 5, 5, 6};
        int[] status = {1, 0, 1, 0, 1, 0, 0, 1, 0, 0};
        LifeTableEstimate table =
                LifeTable.of(0, 2, 4, Double.POSITIVE_INFINITY).fit(EventTable.of(time, status));
        LifeTableEstimate.Row first = table.row(0);
        assertThat(first.entering()).isEqualTo(10);
        assertThat(first.withdrawn()).isEqualTo(2);
        assertThat(first.exposed()).isEqualTo(9);
        assertThat(first.conditionalProbability()).isCloseTo(2.0 / 9, within(1e-15));
        assertThat(first.survivalStart()).isEqualTo(1);
        assertThat(first.survivalEnd()).isCloseTo(7.0 / 9, within(1e-15));
        assertThat(first.density()).isCloseTo(1.0 / 9, within(1e-15));
        assertThat(first.hazard()).isCloseTo(1.0 / 8, within(1e-15));
        assertThat(first.densityError()).isCloseTo(1.0 / 9 * Math.sqrt(7.0 / 18), within(1e-15));
        assertThat(first.hazardError()).isCloseTo(1.0 / 8 * Math.sqrt((1 - 1.0 / 64) / 2), within(1e-15));
        LifeTableEstimate.Row second = table.row(1);
        assertThat(second.entering()).isEqualTo(6);
        assertThat(second.exposed()).isEqualTo(5.5);
        assertThat(second.survivalStartError()).isCloseTo(7.0 / 9 * Math.sqrt(2.0 / 63), within(1e-15));
        assertThat(second.survivalEnd()).isCloseTo(7.0 / 9 * 9 / 11, within(1e-15));
        assertThat(second.survivalEndError())
                .isCloseTo(7.0 / 11 * Math.sqrt(2.0 / 63 + 2.0 / 11 / (5.5 * 9 / 11)), within(1e-15));
        LifeTableEstimate.Row last = table.row(2);
        assertThat(last.density()).isNaN();
        assertThat(last.hazard()).isNaN();
        assertThat(table.tidy().rowCount()).isEqualTo(3);
        assertThat(table.tidy().value(2, "end")).isNull();
        assertThat(table.size()).isEqualTo(3);
    }

    /** Without withdrawals S at the borders is the share that is left, which is Kaplan-Meier's. */
    @Test
    void withoutWithdrawalsItIsKaplanMeierAtTheBorders() {
        for (long seed = 0; seed < 1000; seed++) {
            RandomFollowUp all = RandomFollowUp.of(seed);
            int[] status = java.util.Arrays.stream(all.status).map(c -> 1).toArray();
            SurvivalData data = SurvivalData.builder(all.time, status)
                    .weights(all.weight, WeightType.FREQUENCY)
                    .build();
            LifeTableEstimate table = LifeTable.of(0, 3.5, 11.5, 40.5, Double.POSITIVE_INFINITY)
                    .fit(data)
                    .get("all");
            SurvivalEstimate km = KaplanMeier.withDefaults().fit(data).get("all");
            for (int j = 1; j < 4; j++) {
                double s = km.survivalAt(table.row(j).start()).estimate();
                if (table.row(j - 1).entering() == 0) {
                    // Nobody was left to say more than that S is 0.
                    assertThat(s).as("seed " + seed).isZero();
                    assertThat(table.row(j).survivalStart()).as("seed " + seed).isZero();
                    continue;
                }
                assertThat(table.row(j).survivalStart()).as("seed " + seed).isCloseTo(s, within(1e-12));
                if (s > 0) {
                    assertThat(table.row(j).survivalStartError())
                            .as("seed " + seed)
                            .isCloseTo(
                                    km.survivalAt(table.row(j).start())
                                            .standardError()
                                            .orElseThrow(),
                                    within(1e-12));
                }
            }
            double gone = 0;
            for (int j = 0; j < 4; j++) {
                gone += table.row(j).events() + table.row(j).withdrawn();
            }
            assertThat(gone).as("seed " + seed).isEqualTo(table.row(0).entering());
        }
    }

    @Test
    void groupsWidthsAndTimesNextToABorder() {
        SurvivalData data = SurvivalData.builder(new double[] {1, 3 - 1e-12, 2, 5}, new int[] {1, 1, 0, 1})
                .group(Categories.of(List.of("a", "a", "b", "b")))
                .build();
        Grouped<LifeTableEstimate> tables = LifeTable.ofWidth(3, 2).fit(data);
        assertThat(tables.groups()).containsExactly("a", "b");
        assertThat(tables.get("a").row(0).events()).isEqualTo(1);
        assertThat(LifeTable.ofWidth(3, 2)
                        .withTieRule(TieRule.EXACT)
                        .fit(data)
                        .get("a")
                        .row(0)
                        .events())
                .isEqualTo(2);
        assertThat(tables.get("b").row(1).survivalEnd()).isZero();
        assertThat(tables.get("b").row(1).survivalEndError()).isNaN();
    }

    @Test
    void badInputIsNamed() {
        assertThatThrownBy(() -> LifeTable.of(0)).hasMessageContaining("number of borders is 1");
        assertThatThrownBy(() -> LifeTable.of(1, 2)).hasMessage("first border is 1.0; allowed: 0");
        assertThatThrownBy(() -> LifeTable.of(0, 2, 2)).hasMessage("border 3 is 2.0; allowed: more than 2.0");
        assertThatThrownBy(() -> LifeTable.of(0, Double.NaN)).hasMessageContaining("border 2 is NaN");
        assertThatThrownBy(() -> LifeTable.ofWidth(0, 2)).hasMessageContaining("width is 0.0");
        assertThatThrownBy(() -> LifeTable.ofWidth(1, 0)).hasMessageContaining("intervals is 0");
        double[] time = {1, 4};
        int[] status = {1, 0};
        assertThatThrownBy(() -> LifeTable.of(0, 4).fit(EventTable.of(time, status)))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage("time 4.0 is at or beyond the last border, which is 4.0;"
                        + " allowed: a larger last border, or infinity");
        Categories twins = Categories.of(List.of("p", "p"));
        for (SurvivalData.Builder dependent : List.of(
                SurvivalData.builder(time, status).cluster(twins),
                SurvivalData.builder(time, status).id(twins).recurrent())) {
            assertThatThrownBy(() -> LifeTable.of(0, 9).fit(dependent.build()))
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessage(
                            "the data have clusters or several rows a patient, for which a life table has no variance;"
                                    + " allowed: one row a patient");
        }
        SurvivalData late =
                SurvivalData.builder(time, status).entry(new double[] {0, 1}).build();
        assertThatThrownBy(() -> LifeTable.of(0, 5).fit(late)).hasMessageContaining("delayed entry");
        SurvivalData sampled = SurvivalData.builder(time, status)
                .weights(new double[] {1, 2}, WeightType.SAMPLING)
                .build();
        assertThatThrownBy(() -> LifeTable.of(0, 5).fit(sampled)).hasMessageContaining("weight type is sampling");
        LifeTableEstimate table = LifeTable.of(0, 5, 6).fit(EventTable.of(time, status));
        assertThat(table.row(1).conditionalProbability()).isNaN();
        assertThatThrownBy(() -> table.row(2)).hasMessage("interval is 2; allowed: 0 to 1");
    }
}
