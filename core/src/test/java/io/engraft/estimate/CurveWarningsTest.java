package io.engraft.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engraft.InvalidArgumentException;
import io.engraft.data.Categories;
import io.engraft.data.SurvivalData;
import io.engraft.data.WeightType;
import java.util.List;
import org.junit.jupiter.api.Test;

class CurveWarningsTest {

    private static List<String> warnings(double[] entry, double[] time, int[] status) {
        SurvivalData data = SurvivalData.builder(time, status).entry(entry).build();
        return KaplanMeier.withDefaults().fit(data).get("all").warnings();
    }

    @Test
    void aStretchWithNobodyAtRiskIsNamed() {
        assertThat(warnings(new double[] {0, 0, 5}, new double[] {2, 3, 7}, new int[] {1, 0, 0}))
                .singleElement()
                .asString()
                .startsWith("nobody is at risk from time 3 to 5");
        assertThat(warnings(new double[] {2, 2}, new double[] {4, 5}, new int[] {1, 0}))
                .singleElement()
                .asString()
                .startsWith("nobody is at risk from time 0 to 2");
    }

    @Test
    void whoEntersWhenTheLastLeavesLeavesNoGap() {
        assertThat(warnings(new double[] {0, 0, 3}, new double[] {2, 3, 7}, new int[] {1, 0, 0}))
                .isEmpty();
    }

    @Test
    void nobodyWithAnEventIsNamed() {
        assertThat(KaplanMeier.withDefaults()
                        .fit(new double[] {1, 2}, new int[] {0, 0})
                        .warnings())
                .singleElement()
                .asString()
                .startsWith("nobody had an event");
    }

    @Test
    void aGroupWithNobodyLeftAtTheStartIsNamed() {
        SurvivalData data = SurvivalData.builder(new double[] {1, 2, 8, 9}, new int[] {1, 0, 1, 0})
                .group(Categories.of(List.of("A", "A", "B", "B")))
                .build();
        assertThatThrownBy(() -> KaplanMeier.withDefaults().withStart(5).fit(data))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("group 'A', which is 2.0");
    }

    @Test
    void aFallToHalfOnTwoAtRiskIsWarnedOf() {
        double[] time = {2, 3, 9, 10, 11, 12, 13, 14};
        int[] status = {1, 0, 1, 0, 1, 0, 1, 0};
        double[] entry = {0, 0, 4, 4, 4, 4, 4, 4};
        SurvivalEstimate curve = KaplanMeier.withDefaults()
                .fit(SurvivalData.builder(time, status).entry(entry).build())
                .get("all");
        assertThat(curve.survivalAt(2).estimate()).isEqualTo(0.5);
        assertThat(curve.warnings())
                .anyMatch(
                        w -> w.startsWith("survival falls from 1 to 0.5 at time 2 with only 2 at risk, while up to 6"));
        SurvivalEstimate plain = KaplanMeier.withDefaults()
                .fit(SurvivalData.of(new double[] {1, 2}, new int[] {1, 0}))
                .get("all");
        assertThat(plain.warnings()).isEmpty();
    }

    @Test
    void completenessUpToAHorizonCountsWeightsAsRows() {
        // To 10: 4 of 4 (event), 6 of 10, 10 of 10, 10 of 10 (event at 12): 30 of 34.
        double[] time = {4, 6, 11, 12};
        int[] status = {1, 0, 0, 1};
        SurvivalData data = SurvivalData.of(time, status);
        assertThat(FollowUpCompleteness.indexByGroup(data, 10)).containsEntry("all", 30.0 / 34);
        SurvivalData weighted = SurvivalData.builder(new double[] {4, 6, 11}, new int[] {1, 0, 0})
                .weights(new double[] {1, 1, 2}, WeightType.FREQUENCY)
                .build();
        assertThat(FollowUpCompleteness.indexByGroup(weighted, 10)).containsEntry("all", 30.0 / 34);
    }

    @Test
    void areasThatDoNotVaryHaveNoInterval() {
        SurvivalEstimate curve = KaplanMeier.withDefaults()
                .fit(SurvivalData.of(new double[] {5, 6, 7}, new int[] {0, 0, 0}))
                .get("all");
        assertThat(curve.restrictedMean(4).estimate()).isEqualTo(4);
        assertThat(curve.restrictedMean(4).interval().isEstimable()).isFalse();
        assertThat(curve.restrictedMeanTimeLost(4).estimate()).isZero();
        assertThat(curve.restrictedMeanTimeLost(4).interval().isEstimable()).isFalse();
    }
}
