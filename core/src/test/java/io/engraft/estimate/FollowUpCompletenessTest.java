package io.engraft.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.InvalidDataException;
import io.engraft.data.Categories;
import io.engraft.data.Grouped;
import java.util.List;
import org.junit.jupiter.api.Test;

class FollowUpCompletenessTest {

    private static final double[] OBSERVED = {2, 5, 3, 4};
    private static final boolean[] EVENT = {true, false, false, false};
    private static final double[] POTENTIAL = {10, 5, 6, 8};

    /** Observed 14; potential 2 (an event) + 5 + 6 + 8 = 21: two thirds. Those alive: 3, 4, 5. */
    @Test
    void fourRowsByHand() {
        FollowUpCompleteness all = FollowUpCompleteness.of(OBSERVED, EVENT, POTENTIAL);
        assertThat(all.index()).isCloseTo(2.0 / 3, within(1e-15));
        assertThat(all.observedTime()).isEqualTo(14);
        assertThat(all.potentialTime()).isEqualTo(21);
        assertThat(all.medianWithoutEvent()).isEqualTo(4);
        assertThat(all.rows()).isEqualTo(4);
        assertThat(all.events()).isEqualTo(1);
        assertThat(all.tidy().value(0, "index")).isEqualTo(all.index());
        // A common closing time of 8: potential 2 + 8 + 8 + 8.
        assertThat(FollowUpCompleteness.of(OBSERVED, EVENT, 8).index()).isCloseTo(14.0 / 26, within(1e-15));
    }

    @Test
    void byGroup() {
        Grouped<FollowUpCompleteness> groups = FollowUpCompleteness.byGroup(
                OBSERVED, EVENT, POTENTIAL, Categories.of(List.of("a", "a", "b", "b"), List.of("a", "b", "none")));
        assertThat(groups.groups()).containsExactly("a", "b");
        assertThat(groups.get("a").index()).isEqualTo(1);
        assertThat(groups.get("b").index()).isEqualTo(0.5);
        assertThat(groups.get("b").medianWithoutEvent()).isEqualTo(3.5);
        assertThat(FollowUpCompleteness.of(new double[] {0}, new boolean[] {true}, 0)
                        .index())
                .isEqualTo(1);
        assertThat(FollowUpCompleteness.of(new double[] {0}, new boolean[] {true}, 0)
                        .medianWithoutEvent())
                .isNaN();
    }

    @Test
    void badInputIsNamed() {
        assertThatThrownBy(() -> FollowUpCompleteness.of(new double[] {Double.NaN, -1}, new boolean[2], new double[2]))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("row 1, column 'observed', value 'NaN': allowed: 0 <= observed < infinity")
                .hasMessageContaining("row 2, column 'observed', value '-1.0'");
        assertThatThrownBy(() -> FollowUpCompleteness.of(OBSERVED, EVENT, new double[] {10, 4, Double.NaN, 8}))
                .hasMessageContaining("row 2, column 'potential', value '4.0': allowed: a finite time of at least the"
                        + " observed one, which is 5.0")
                .hasMessageContaining("row 3, column 'potential', value 'NaN'");
        assertThatThrownBy(() -> FollowUpCompleteness.of(new double[0], new boolean[0], 1))
                .hasMessage("there are no rows; allowed: at least one");
        assertThatThrownBy(() -> FollowUpCompleteness.of(OBSERVED, new boolean[1], POTENTIAL))
                .hasMessageContaining("event has 1 rows");
        assertThatThrownBy(() -> FollowUpCompleteness.of(OBSERVED, EVENT, new double[1]))
                .hasMessageContaining("potential has 1 rows");
        assertThatThrownBy(() -> FollowUpCompleteness.byGroup(OBSERVED, EVENT, POTENTIAL, Categories.of(List.of("a"))))
                .hasMessageContaining("group has 1 rows");
    }
}
