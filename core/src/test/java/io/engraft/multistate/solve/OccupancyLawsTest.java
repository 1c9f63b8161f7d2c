package io.engraft.multistate.solve;

import static org.assertj.core.api.Assertions.assertThat;

import io.engraft.data.DurationUnit;
import io.engraft.law.Exponential;
import io.engraft.law.Weibull;
import io.engraft.multistate.Clock;
import io.engraft.multistate.Models;
import io.engraft.multistate.MultiStateModel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What must hold for any model, on random ones. */
class OccupancyLawsTest {

    private static final double[] TIMES = {0.01, 1.3, 10, 30};

    private static void near(double actual, double expected, double off, String what) {
        assertThat(Math.abs(actual - expected))
                .as("%s: %s for %s", what, actual, expected)
                .isLessThanOrEqualTo(off);
    }

    /** Probabilities are in [0, 1] and sum to 1, times in states to t; the end's incidence is its occupancy. */
    private static void consistent(MultiStateModel model, SolvedOccupancy curves, double off, String what) {
        for (double t : TIMES) {
            double sum = 0;
            double time = 0;
            for (String state : curves.states()) {
                double p = curves.probability(state, t);
                assertThat(p).as(what).isBetween(0.0, 1.0);
                sum += p;
                time += curves.meanTime(state, t);
            }
            near(sum, 1, off, what + ", sum at " + t);
            near(time, t, off * (1 + t), what + ", times at " + t);
            double end = curves.probability(Models.LAST, t);
            near(curves.firstEntry(Models.LAST).incidenceAt(t).estimate(), end, off, what + ", entry at " + t);
            near(curves.expectedVisits(Models.LAST, t), end, off, what + ", visits at " + t);
        }
        assertThat(curves.errorEstimate()).as(what).isLessThan(off);
        assertThat(model.isAbsorbing(Models.LAST)).isTrue();
    }

    @Test
    void stepwiseModels() {
        OccupancySolver solver = OccupancySolver.withDefaults();
        for (int seed = 0; seed < 1000; seed++) {
            MultiStateModel model = Models.random(seed, Models.Kind.STEPS);
            SolvedOccupancy curves = solver.solve(model, 30);
            assertThat(curves.method()).isEqualTo(OccupancyMethod.MATRIX_EXPONENTIAL);
            String what = "seed " + seed;
            consistent(model, curves, 1e-12, what);
            double[][] whole = solver.transitionProbabilities(model, 0.4, 12);
            double[][] one = solver.transitionProbabilities(model, 0.4, 2.5);
            double[][] two = solver.transitionProbabilities(model, 2.5, 12);
            for (int i = 0; i < whole.length; i++) {
                double sum = 0;
                for (int j = 0; j < whole.length; j++) {
                    double way = 0;
                    for (int k = 0; k < whole.length; k++) {
                        way += one[i][k] * two[k][j];
                    }
                    near(way, whole[i][j], 1e-13, what + ", P(s,u) P(u,t)");
                    assertThat(whole[i][j]).as(what).isBetween(0.0, 1 + 1e-15);
                    sum += whole[i][j];
                }
                near(sum, 1, 1e-14, what + ", row");
            }
        }
    }

    @Test
    void forwardModels() {
        OccupancySolver solver = OccupancySolver.withDefaults().withTolerance(1e-6);
        for (int seed = 0; seed < 120; seed++) {
            MultiStateModel model = Models.random(seed, Models.Kind.FORWARD);
            SolvedOccupancy curves = solver.solve(model, 30);
            consistent(model, curves, 1e-8, "seed " + seed);
            if (seed % 20 == 0) {
                double[][] whole = solver.transitionProbabilities(model, 0.4, 12);
                double[][] one = solver.transitionProbabilities(model, 0.4, 2.5);
                double[][] two = solver.transitionProbabilities(model, 2.5, 12);
                for (int i = 0; i < whole.length; i++) {
                    for (int j = 0; j < whole.length; j++) {
                        double way = 0;
                        for (int k = 0; k < whole.length; k++) {
                            way += one[i][k] * two[k][j];
                        }
                        near(way, whole[i][j], 1e-8, "seed " + seed + ", P(s,u) P(u,t)");
                    }
                }
            }
        }
    }

    @Test
    void modelsOfBothClocksAndFates() {
        OccupancySolver solver = OccupancySolver.withDefaults().withTolerance(1e-5);
        for (int seed = 0; seed < 8; seed++) {
            MultiStateModel model = Models.random(seed, Models.Kind.ANY);
            consistent(model, solver.solve(model, 30), 1e-7, "seed " + seed);
        }
    }

    /** Three methods, one model. */
    @Test
    void methodsAgree() {
        OccupancySolver solver = OccupancySolver.withDefaults();
        for (int seed = 0; seed < 4; seed++) {
            KernelModel model = KernelModel.of(Models.random(seed, Models.Kind.STEPS));
            ModelCurves exact = solver.curves(model, OccupancyMethod.MATRIX_EXPONENTIAL, 0, 30);
            for (OccupancyMethod method : OccupancyMethod.values()) {
                ModelCurves other = solver.curves(model, method, 0, 30);
                for (double t : TIMES) {
                    for (int i = 0; i < model.states; i++) {
                        String what = "seed " + seed + ", " + method + " at " + t;
                        near(other.probability(i, t), exact.probability(i, t), 1e-11, what);
                        near(other.entries(i, t), exact.entries(i, t), 1e-10, what);
                        near(other.timeIn(i, t), exact.timeIn(i, t), 1e-10, what);
                    }
                }
                assertThat(other.error()).isLessThan(1e-10);
            }
        }
    }

    /** Order and names of states do not matter, nor does the unit of time. */
    @Test
    void relabellingAndUnits() {
        for (int seed = 0; seed < 1000; seed++) {
            Random random = new Random(seed);
            double[] rates = random.doubles(6, 0.01, 2).toArray();
            double shape = seed % 50 == 0 ? 0.5 + random.nextDouble() : 1;
            MultiStateModel plain = build(rates, shape, 1, List.of("a", "b", "c", "d"));
            List<String> order = new ArrayList<>(List.of("a", "b", "c", "d"));
            Collections.shuffle(order, random);
            MultiStateModel days = build(rates, shape, 30, order);
            OccupancySolver solver = OccupancySolver.withDefaults().withTolerance(1e-6);
            SolvedOccupancy one = solver.solve(plain, 10);
            SolvedOccupancy other = solver.solve(days, 300);
            for (String state : order) {
                near(other.probability(state, 90), one.probability(state, 3), 1e-8, "seed " + seed);
                near(other.meanTime(state, 300), 30 * one.meanTime(state, 10), 3e-6, "seed " + seed);
            }
        }
    }

    private static MultiStateModel build(double[] rates, double shape, double unit, List<String> order) {
        MultiStateModel.Builder builder =
                MultiStateModel.builder(DurationUnit.DAYS).start("a");
        order.forEach(builder::state);
        String[] ways = {"ab", "ba", "bc", "ca", "ad", "cd"};
        for (int k = 0; k < ways.length; k++) {
            String from = ways[k].substring(0, 1);
            String to = ways[k].substring(1);
            builder.transition(
                    from,
                    to,
                    shape == 1 ? Exponential.of(rates[k] / unit) : Weibull.of(shape, unit / rates[k]),
                    Clock.FORWARD);
        }
        return builder.build();
    }
}
