package io.engraft.multistate.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.InvalidArgumentException;
import io.engraft.curve.IncidenceFunction;
import io.engraft.data.Categories;
import io.engraft.data.DurationUnit;
import io.engraft.data.MultiStateData;
import io.engraft.data.Transition;
import io.engraft.data.WeightType;
import io.engraft.estimate.states.OccupancyEstimate;
import io.engraft.estimate.states.StateOccupancy;
import io.engraft.testing.RandomStates;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EmpiricalModelTest {

    private static final OccupancySolver SOLVER = OccupancySolver.withDefaults();

    private static EmpiricalMultiStateModel.Builder builder() {
        return EmpiricalMultiStateModel.builder(DurationUnit.MONTHS, List.of("h", "i", "d"));
    }

    /** h is left at 1 by halves to i and d; i is left at 1 to d by 1/4, at 3 to h by 1/2 and to d by 1/4. */
    private static EmpiricalMultiStateModel hand() {
        return builder()
                .start("h", 0.75)
                .start("i", 0.25)
                .transition("h", "i", new double[] {1, 4}, new double[] {0.5, 0.25})
                .transition("h", "d", new double[] {1}, new double[] {0.25})
                .transition("i", "h", new double[] {3}, new double[] {0.5})
                .transition("i", "d", new double[] {1, 3}, new double[] {0.25, 0.25})
                .horizon(6)
                .build();
    }

    @Test
    void finiteProductByHand() {
        EmpiricalMultiStateModel model = hand();
        EmpiricalOccupancy solved = SOLVER.solve(model, 6);
        // At 1: h 3/4 * 1/4; i 1/4 * 3/4 + 3/4 * 1/2 = 9/16; d 1/16 + 3/16.
        assertThat(solved.probability("h", 0.999)).isEqualTo(0.75);
        assertThat(solved.probability("h", 1)).isEqualTo(3.0 / 16);
        assertThat(solved.probability("i", 2)).isEqualTo(9.0 / 16);
        assertThat(solved.probability("d", 2)).isEqualTo(4.0 / 16);
        // At 3: i 9/64; h 3/16 + 9/32 = 15/32; d 1/4 + 9/64. At 4: h 45/128.
        assertThat(solved.probability("i", 3)).isEqualTo(9.0 / 64);
        assertThat(solved.probability("h", 3.5)).isEqualTo(15.0 / 32);
        assertThat(solved.probability("h", 6)).isEqualTo(45.0 / 128);
        assertThat(solved.probabilityIn(List.of("h", "i"), 6)).isEqualTo(1 - 25.0 / 64);
        assertThat(solved.meanTime("h", 2)).isEqualTo(0.75 + 3.0 / 16);
        assertThat(solved.meanTime("h", 0.5)).isEqualTo(0.375);
        assertThat(solved.expectedVisits("i", 6)).isEqualTo(0.25 + 3.0 / 8 + 15.0 / 128);
        // First entries into h: 3/4 at 0, and those of 1/4 who are in i till 3, which is 3/16, of whom half.
        IncidenceFunction first = solved.firstEntry("h");
        assertThat(first.incidenceAt(0).estimate()).isEqualTo(0.75);
        assertThat(first.incidenceAt(3).estimate()).isEqualTo(0.75 + 3.0 / 32);
        assertThat(first.cause()).isEqualTo("h");
        assertThat(first.jumpTimes()).containsExactly(1, 3, 4);
        assertThat(first.horizon()).isEqualTo(6);
        assertThat(first.incidenceValues(new double[] {3, 7})[1]).isNaN();
        assertThat(first.incidenceAt(7).reason()).isEqualTo("the time lies beyond the horizon 6 of the solution");
        // P(1, 3) leaves out what happens at 1.
        double[][] p = SOLVER.transitionProbabilities(model, 1, 3);
        assertThat(p[0]).containsExactly(1, 0, 0);
        assertThat(p[1]).containsExactly(0.5, 0.25, 0.25);
        assertThat(p[2]).containsExactly(0, 0, 1);
    }

    @Test
    void tellsWhatItIs() {
        EmpiricalMultiStateModel model = hand();
        assertThat(model.unit()).isEqualTo(DurationUnit.MONTHS);
        assertThat(model.starts()).isEqualTo(Map.of("h", 0.75, "i", 0.25));
        assertThat(model.transitions())
                .containsExactly(
                        new Transition("h", "i"),
                        new Transition("h", "d"),
                        new Transition("i", "h"),
                        new Transition("i", "d"));
        assertThat(model.times("i", "d")).containsExactly(1, 3);
        assertThat(model.jumps("d", "h")).isEmpty();
        assertThat(model.tidy().rowCount()).isEqualTo(6);
        EmpiricalOccupancy solved = SOLVER.solve(model, 3.5);
        assertThat(solved.model()).isSameAs(model);
        assertThat(solved.horizon()).isEqualTo(3.5);
        assertThat(solved.jumpTimes()).containsExactly(1, 3);
        assertThat(solved.tidy().rowCount()).isEqualTo(6);
        assertThat(solved.probabilityAt("h", 1).estimate()).isEqualTo(3.0 / 16);
        assertThat(solved.probabilityAt("h", 4).isEstimable()).isFalse();
        assertThat(solved.probabilityValues(new double[] {1, 4})[0]).containsExactly(3.0 / 16, Double.NaN);
        assertThat(solved.covariance(new double[] {1, 4})[0])
                .containsExactly(0, 0, 0, Double.NaN, Double.NaN, Double.NaN);
    }

    /** On 1,000 random data sets it is the Aalen-Johansen estimate. */
    @Test
    void solvesToTheAalenJohansenEstimate() {
        for (long seed = 0; seed < 1000; seed++) {
            RandomStates random = RandomStates.of(seed);
            MultiStateData data = seed % 3 == 0
                    ? random.weighted(WeightType.SAMPLING, 0.7)
                    : random.rows().build();
            OccupancyEstimate estimate = StateOccupancy.withDefaults().fit(data).get("all");
            EmpiricalMultiStateModel model = EmpiricalMultiStateModel.of(data);
            assertThat(model.horizon()).isEqualTo(estimate.horizon());
            double end = estimate.time(estimate.size() - 1);
            EmpiricalOccupancy solved = SOLVER.solve(model, end);
            for (String state : data.states()) {
                for (int i = 0; i < estimate.size(); i += 1 + estimate.size() / 5) {
                    double t = estimate.time(i);
                    String what = "seed " + seed + " " + state + " at " + t;
                    assertThat(solved.probability(state, t))
                            .as(what)
                            .isCloseTo(estimate.probability(state, i), within(1e-13));
                }
                assertThat(solved.meanTime(state, end))
                        .as("seed %s time in %s", seed, state)
                        .isCloseTo(estimate.timeIn(state, end).estimate(), within(1e-12 * Math.max(1, end)));
                double start = estimate.startDistribution().getOrDefault(state, 0.0);
                double visits = estimate.visits(state, end).estimate();
                assertThat(solved.expectedVisits(state, end))
                        .as("seed %s visits to %s", seed, state)
                        .isCloseTo(start + visits, within(1e-12 * Math.max(1, visits)));
            }
            double s = estimate.time(estimate.size() / 3);
            double[][] p = SOLVER.transitionProbabilities(model, s, end);
            double[][] q = estimate.transitions(s, end).matrix();
            for (int j = 0; j < p.length; j++) {
                for (int m = 0; m < p.length; m++) {
                    assertThat(p[j][m]).as("seed %s P %s %s", seed, j, m).isCloseTo(q[j][m], within(1e-13));
                }
            }
        }
    }

    @Test
    void endsWhereTheDataEnd() {
        MultiStateData open = PublicStates.rows("A 0 1 h d", "B 0 3 h -").build();
        EmpiricalMultiStateModel model = EmpiricalMultiStateModel.of(open);
        assertThat(model.horizon()).isEqualTo(3);
        assertThatThrownBy(() -> SOLVER.solve(model, 4))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("horizon is 4.0; allowed: at most that of the model, which is 3.0");
        assertThatThrownBy(() -> SOLVER.transitionProbabilities(model, 1, 4))
                .hasMessageContaining("t is 4.0; allowed: s = 1.0 <= t <= the model's horizon, which is 3.0");
        MultiStateData settled = PublicStates.rows("A 0 1 h d", "B 0 3 h d").build();
        EmpiricalMultiStateModel forever = EmpiricalMultiStateModel.of(settled);
        assertThat(forever.horizon()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(SOLVER.solve(forever, 100).probability("d", 100)).isEqualTo(1);
    }

    @Test
    void refusesWhatIsNoModel() {
        double[] one = {1};
        double[] half = {0.5};
        assertThatThrownBy(() -> EmpiricalMultiStateModel.builder(DurationUnit.DAYS, List.of("h", "h")))
                .hasMessageContaining("states is [h, h]; allowed: one or more, distinct");
        assertThatThrownBy(() -> builder().start("x", 1)).hasMessageContaining("start is x; allowed: one of [h, i, d]");
        assertThatThrownBy(() -> builder().start("h", Double.NaN))
                .hasMessageContaining("probability to start in 'h' is NaN; allowed: 0 < probability <= 1");
        assertThatThrownBy(() -> builder().start("h", 0.5).start("h", 0.5))
                .hasMessageContaining("start 'h' is given twice");
        assertThatThrownBy(() -> builder().start("h", 0.5).build())
                .hasMessageContaining("sum to 0.5; allowed: a sum of 1");
        assertThatThrownBy(() -> builder().transition("x", "h", one, half))
                .hasMessageContaining("origin of a transition is x");
        assertThatThrownBy(() -> builder().transition("h", "x", one, half))
                .hasMessageContaining("target of a transition is x");
        assertThatThrownBy(() -> builder().transition("h", "h", one, half))
                .hasMessageContaining("transition is h -> h; allowed: two states");
        assertThatThrownBy(() -> builder().transition("h", "i", one, half).transition("h", "i", one, half))
                .hasMessageContaining("transition h -> i is given twice");
        assertThatThrownBy(() -> builder().transition("h", "i", one, new double[2]))
                .hasMessageContaining("jumps of h -> i has 2 rows");
        assertThatThrownBy(() -> builder().transition("h", "i", new double[] {2, 2}, new double[] {0.1, 0.1}))
                .hasMessageContaining("time 2 of h -> i is 2.0; allowed: 2.0 < time < infinity");
        assertThatThrownBy(() -> builder().transition("h", "i", new double[] {Double.NaN}, half))
                .hasMessageContaining("time 1 of h -> i is NaN");
        assertThatThrownBy(() -> builder().transition("h", "i", one, new double[] {Double.NaN}))
                .hasMessageContaining("jump of h -> i at 1.0 is NaN; allowed: 0 < jump <= 1");
        assertThatThrownBy(() -> builder()
                        .start("h", 1)
                        .transition("h", "i", one, new double[] {0.6})
                        .transition("h", "d", one, half)
                        .build())
                .hasMessageContaining("the steps out of state 'h' at 1.0 sum to 1.1; allowed: a sum of 1 at most");
        assertThatThrownBy(() -> builder().horizon(Double.NaN)).hasMessageContaining("horizon is NaN");
        assertThatThrownBy(() -> builder()
                        .start("h", 1)
                        .horizon(0.5)
                        .transition("h", "i", one, half)
                        .build())
                .hasMessageContaining("step out of state 'h' is 1.0; allowed: time <= horizon, which is 0.5");
        MultiStateData grouped = PublicStates.rows("A 0 1 h d", "B 0 3 h -")
                .group(Categories.of(List.of("x", "y")))
                .build();
        assertThatThrownBy(() -> EmpiricalMultiStateModel.of(grouped)).hasMessageContaining("group column is [x, y]");
        OccupancyEstimate later = StateOccupancy.withDefaults()
                .withStart(1)
                .fit(PublicStates.rows("A 0 2 h d", "B 0 3 h -").build())
                .get("all");
        assertThatThrownBy(() -> EmpiricalMultiStateModel.of(later, DurationUnit.DAYS))
                .hasMessageContaining("start of the estimate is 1.0; allowed: 0");
        EmpiricalOccupancy solved = SOLVER.solve(hand(), 6);
        assertThatThrownBy(() -> solved.probability("x", 1))
                .hasMessageContaining("state is x; allowed: one of [h, i, d]");
        assertThatThrownBy(() -> solved.probability("h", 6.5)).hasMessageContaining("0 <= time <= 6.0");
        assertThatThrownBy(() -> solved.meanTime("h", Double.NaN)).hasMessageContaining("time is NaN");
        assertThatThrownBy(() -> solved.firstEntry("x")).hasMessageContaining("state is x");
        assertThatThrownBy(() -> SOLVER.solve(hand(), Double.NaN)).hasMessageContaining("horizon");
        assertThatThrownBy(() -> SOLVER.transitionProbabilities(hand(), 2, 1)).hasMessageContaining("t is 1.0");
        assertThatThrownBy(() -> hand().times("x", "h")).hasMessageContaining("state is x");
        assertThat(Set.copyOf(hand().states())).hasSize(3);
    }

    @Test
    void stepsThatSumToOneLeaveNobody() {
        double third = 1.0 / 3;
        EmpiricalMultiStateModel model = EmpiricalMultiStateModel.builder(
                        DurationUnit.DAYS, List.of("a", "b", "c", "d"))
                .start("a", 1)
                .transition("a", "b", new double[] {2}, new double[] {third})
                .transition("a", "c", new double[] {2}, new double[] {third})
                .transition("a", "d", new double[] {2}, new double[] {third})
                .build();
        EmpiricalOccupancy solved = OccupancySolver.withDefaults().solve(model, 5);
        assertThat(solved.probability("a", 2)).isZero();
        assertThat(solved.meanTime("a", 5)).isEqualTo(2);
        assertThat(solved.meanTime("c", 5)).isCloseTo(1, within(1e-15));
        assertThat(solved.probabilityIn(List.of("b", "c"), 5)).isCloseTo(2 * third, within(1e-15));
        assertThatThrownBy(() -> solved.probabilityIn(List.of("b", "b"), 5))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("states is [b, b]; allowed: each state once");
    }
}
