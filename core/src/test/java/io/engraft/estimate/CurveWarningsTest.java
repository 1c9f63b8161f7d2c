package io.engraft.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engraft.InvalidArgumentException;
import io.engraft.data.Categories;
import io.engraft.data.SurvivalData;
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
                .startsWith("nobody is at risk from time 3.0 to 5.0");
        assertThat(warnings(new double[] {2, 2}, new double[] {4, 5}, new int[] {1, 0}))
                .singleElement()
                .asString()
                .startsWith("nobody is at risk from time 0.0 to 2.0");
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
}
