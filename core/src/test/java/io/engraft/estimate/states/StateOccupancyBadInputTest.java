package io.engraft.estimate.states;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engraft.InvalidArgumentException;
import io.engraft.data.Categories;
import io.engraft.data.MultiStateData;
import io.engraft.data.TieRule;
import io.engraft.data.WeightType;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What state occupation refuses, and what it says. */
class StateOccupancyBadInputTest {

    private static final StateOccupancy PROCEDURE = StateOccupancy.withDefaults();

    private static MultiStateData.Builder data() {
        return HandWorkedStatesTest.rows("A 0 1 h i", "A 1 3 i d", "B 0 2 h d", "C 0 4 h -");
    }

    private static void refused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(InvalidArgumentException.class).hasMessage(message);
    }

    @Test
    void settings() {
        refused(() -> PROCEDURE.withLevel(1), "level is 1.0; allowed: 0 < level < 1");
        refused(() -> PROCEDURE.withLevel(Double.NaN), "level is NaN; allowed: 0 < level < 1");
        refused(() -> PROCEDURE.withStart(-1), "start is -1.0; allowed: 0 <= start < infinity");
        refused(() -> PROCEDURE.withStart(Double.NaN), "start is NaN; allowed: 0 <= start < infinity");
        refused(
                () -> PROCEDURE.withStartDistribution(Map.of("h", 0.4)),
                "sum of the start distribution is 0.4; allowed: 1");
        refused(() -> PROCEDURE.withStartDistribution(Map.of()), "sum of the start distribution is 0.0; allowed: 1");
        refused(
                () -> PROCEDURE.withStartDistribution(Map.of("h", Double.NaN)),
                "start probability of state 'h' is NaN; allowed: 0 <= start probability of state 'h' <= 1");
        refused(
                () -> PROCEDURE.withStartDistribution(Map.of("x", 1.0)).fit(data().build()),
                "state of the start distribution is x; allowed: one of [h, i, d]");
    }

    @Test
    void fitting() {
        refused(
                () -> PROCEDURE.withStart(4).fit(data().build()),
                "start is 4.0; allowed: before the last time of group 'all', which is 4.0");
        Categories group = Categories.of(List.of("a", "a", "b", "b"));
        refused(
                () -> PROCEDURE.withStart(3).fit(data().group(group).build()),
                "start is 3.0; allowed: before the last time of group 'a', which is 3.0");
        MultiStateData sampling =
                data().weights(new double[] {1, 1, 2, 1}, WeightType.SAMPLING).build();
        refused(
                () -> PROCEDURE.withVariance(OccupancyVariance.DELTA).fit(sampling),
                "variance is delta; allowed: robust, as the weights are sampling weights");
        refused(
                () -> PROCEDURE.fit(
                        data().weights(new double[4], WeightType.SAMPLING).build()),
                "all weights of group 'all' are 0; allowed: one above 0");
        MultiStateData narrow =
                HandWorkedStatesTest.rows("A 0 1 h -", "B 1000 1000.5 h -").build();
        refused(
                () -> PROCEDURE.withTieRule(new TieRule(0.001)).fit(narrow),
                "(entry, time] of row 2 is 4.997501249375312E-4 of its time long, within the tie tolerance 0.001;"
                        + " allowed: a smaller tolerance, TieRule.EXACT for none");
    }

    @Test
    void results() {
        OccupancyEstimate all = PROCEDURE.fit(data().build()).get("all");
        String states = "; allowed: one of [h, i, d]";
        refused(() -> all.probabilityAt("x", 1), "state is x" + states);
        refused(() -> all.probability("x", 0), "state is x" + states);
        refused(() -> all.standardError("x", 0), "state is x" + states);
        refused(() -> all.atRisk("x", 0), "state is x" + states);
        refused(() -> all.timeIn("x", 1), "state is x" + states);
        refused(() -> all.visits("x", 1), "state is x" + states);
        refused(() -> all.hazard("h", "x"), "state is x" + states);
        refused(() -> all.hazard("h", "h"), "transition is h -> h; allowed: two states");
        refused(() -> all.sum(List.of("h", "x")), "state is x" + states);
        refused(() -> all.sum(List.of()), "states to sum is []; allowed: one or more, distinct");
        refused(() -> all.sum(List.of("h", "h")), "states to sum is [h, h]; allowed: one or more, distinct");
        refused(() -> all.probabilityAt("h", -1), "time is -1.0; allowed: 0 <= time");
        refused(() -> all.probabilityAt("h", Double.NaN), "time is NaN; allowed: 0 <= time");
        refused(() -> all.probabilityValues(new double[] {1, -1}), "time is -1.0; allowed: 0 <= time");
        refused(() -> all.covariance(new double[] {Double.NaN}), "time is NaN; allowed: 0 <= time");
        refused(() -> all.timeIn("h", 0), "tau is 0.0; allowed: 0 < tau < infinity");
        refused(() -> all.timeIn("h", Double.NaN), "tau is NaN; allowed: 0 < tau < infinity");
        refused(() -> all.visits("h", -1), "time is -1.0; allowed: 0 <= time");
        refused(() -> all.hazard("h", "i").cumulativeHazardAt(-1), "time is -1.0; allowed: 0 <= time");
        refused(() -> all.transitions(-1, 2), "s is -1.0; allowed: at or after the start, which is 0.0");
        refused(() -> all.transitions(Double.NaN, 2), "s is NaN; allowed: at or after the start, which is 0.0");
        refused(() -> all.transitions(2, 1), "t is 1.0; allowed: s to the end of follow-up, which is 4.0");
        refused(() -> all.transitions(2, 9), "t is 9.0; allowed: s to the end of follow-up, which is 4.0");
        refused(() -> all.transitions(1, 2).probability("x", "h"), "state is x" + states);
        OccupancySum alive = all.sum(List.of("h", "i"));
        refused(() -> alive.probabilityAt(-1), "time is -1.0; allowed: 0 <= time");
        refused(() -> alive.probabilityValues(new double[] {-1}), "time is -1.0; allowed: 0 <= time");
        refused(() -> alive.timeIn(-1), "tau is -1.0; allowed: 0 < tau < infinity");
        refused(() -> PROCEDURE.fit(data().build()).get("b"), "group is b; allowed: one of [all]");
    }
}
