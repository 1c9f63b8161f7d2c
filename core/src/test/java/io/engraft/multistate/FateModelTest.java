package io.engraft.multistate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.InvalidArgumentException;
import io.engraft.data.DurationUnit;
import io.engraft.data.TidyTable;
import io.engraft.law.Exponential;
import io.engraft.law.Gamma;
import io.engraft.law.LawOfTime;
import io.engraft.law.Weibull;
import io.engraft.multistate.solve.OccupancySolver;
import io.engraft.multistate.solve.SolvedOccupancy;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class FateModelTest {

    private static final LawOfTime LAW = Exponential.of(1);

    private static FateModel illnessDeath(int patients) {
        return FateModel.of(
                "well",
                DurationUnit.MONTHS,
                List.of(
                        FateState.of(
                                        "well",
                                        true,
                                        Fate.stays("never ill", 0.2),
                                        Fate.leaves("illness", "ill", 0.5, Exponential.of(0.3)),
                                        Fate.leaves("death", "dead", 0.3, Exponential.of(0.1)))
                                .withSampleSize(patients),
                        FateState.of("ill", true, Fate.leaves("death", "dead", 1, Exponential.of(0.7))),
                        FateState.absorbing("dead", false)));
    }

    @Test
    void accessors() {
        FateModel model = illnessDeath(40);
        assertThat(model.start()).isEqualTo("well");
        assertThat(model.unit()).isEqualTo(DurationUnit.MONTHS);
        assertThat(model.stateNames()).containsExactly("well", "ill", "dead");
        assertThat(model.states()).hasSize(3);
        assertThat(model.aliveStates()).containsExactly("well", "ill");
        assertThat(model.events()).containsExactly("illness", "death");
        assertThat(model.isProgressive()).isTrue();
        TidyTable table = model.tidy();
        assertThat(table.rowCount()).isEqualTo(5);
        assertThat(table.value(1, "to")).isEqualTo("ill");
        assertThat(table.value(1, "parameters")).isEqualTo("{rate=0.3}");
        assertThat(table.value(1, "sample_size")).isEqualTo(40L);
        assertThat(table.value(4, "event")).isNull();
    }

    @Test
    void treeUnrollsEveryWay() {
        FateTree tree = FateTree.of(illnessDeath(0));
        assertThat(tree.model().start()).isEqualTo("well");
        assertThat(tree.branches().stream().map(b -> b.state() + ":" + b.fate().event() + ":" + b.parent()))
                .containsExactly(
                        "well:never ill:-1",
                        "well:illness:-1",
                        "well:death:-1",
                        "ill:death:1",
                        "dead:stays:2",
                        "dead:stays:3");
        assertThat(tree.branches().get(3).probability()).isEqualTo(0.5);
        assertThat(tree.branches().get(3).first()).isTrue();
        assertThat(tree.branches().get(4).first()).isFalse();
    }

    @Test
    void drawsMoveOnlyWhatHasASampleSize() {
        double[][] fixed = FateTree.of(illnessDeath(0)).drawProbabilities(3, 1);
        assertThat(fixed[2]).containsExactly(0.2, 0.5, 0.3, 0.5, 0.3, 0.5);
        double[][] drawn = FateTree.of(illnessDeath(40)).drawProbabilities(2000, 1);
        double mean = 0;
        for (double[] p : drawn) {
            assertThat(p[0] + p[1] + p[2]).isCloseTo(1, within(1e-14));
            assertThat(p[3]).isEqualTo(p[1]);
            mean += p[1] / drawn.length;
        }
        // Dirichlet(8.5, 20.5, 12.5): mean 20.5 / 41.5, sd 0.0767, so four errors of the mean are 0.007.
        assertThat(mean).isCloseTo(20.5 / 41.5, within(0.007));
        assertThat(FateTree.of(illnessDeath(40)).drawProbabilities(5, 1)[4]).isEqualTo(drawn[4]);
        assertThatThrownBy(() -> FateTree.of(illnessDeath(40)).drawProbabilities(0, 1))
                .hasMessage("draws is 0; allowed: draws >= 1");
    }

    @Test
    void solverAgainstClosedFormsOfTheIllnessDeathModel() {
        SolvedOccupancy curves = OccupancySolver.withDefaults().solve(illnessDeath(0), 60);
        assertThat(curves.errorEstimate()).isLessThan(1e-9);
        assertThat(curves.model()).isEqualTo(MultiStateModel.of(illnessDeath(0)));
        for (double t : new double[] {0, 1e-6, 0.5, 3, 12.7, 59, 60}) {
            double well = 0.2 + 0.5 * Math.exp(-0.3 * t) + 0.3 * Math.exp(-0.1 * t);
            double ill = 0.5 * 0.3 / (0.7 - 0.3) * (Math.exp(-0.3 * t) - Math.exp(-0.7 * t));
            assertThat(curves.probability("well", t)).isCloseTo(well, within(1e-14));
            assertThat(curves.probability("ill", t)).isCloseTo(ill, within(1e-9));
            assertThat(curves.probability("dead", t)).isCloseTo(1 - well - ill, within(1e-9));
            assertThat(curves.probabilityIn(List.of("well", "ill"), t)).isCloseTo(well + ill, within(1e-9));
            assertThat(curves.incidence("illness").incidenceAt(t).estimate())
                    .isCloseTo(0.5 * (1 - Math.exp(-0.3 * t)), within(1e-14));
            assertThat(curves.incidence("death").incidenceValues(new double[] {t})[0])
                    .isCloseTo(1 - well - ill, within(1e-9));
        }
        double meanIll = 0.5 * 0.75 * ((1 - Math.exp(-18)) / 0.3 - (1 - Math.exp(-42)) / 0.7);
        assertThat(curves.meanTime("ill")).isCloseTo(meanIll, within(1e-7));
        assertThat(curves.meanTime("well") + curves.meanTime("ill") + curves.meanTime("dead"))
                .isCloseTo(60, within(1e-6));
    }

    @Test
    void solverHandlesChainsOfFourAndSingularLaws() {
        // Four times of gamma(shape 0.4, scale 2) add up to gamma(shape 1.6, scale 2).
        List<FateState> states = new ArrayList<>();
        for (int j = 0; j < 4; j++) {
            states.add(FateState.of("s" + j, true, Fate.of("s" + (j + 1), 1, Gamma.of(0.4, 2))));
        }
        states.add(FateState.absorbing("s4", false));
        SolvedOccupancy curves = OccupancySolver.withDefaults()
                .withTolerance(1e-8)
                .solve(FateModel.of("s0", DurationUnit.YEARS, states), 30);
        Gamma sum = Gamma.of(1.6, 2);
        for (double t : new double[] {1e-4, 0.1, 1, 5, 29}) {
            assertThat(curves.probability("s4", t)).isCloseTo(sum.cumulativeProbability(t), within(1e-8));
        }
        assertThat(curves.errorEstimate()).isLessThan(1e-8);
    }

    @Test
    void solverHandlesNarrowLaws() {
        // A nearly fixed delay: the sum of two is near 20 with standard deviation 20 / sqrt(5000).
        FateModel model = FateModel.of(
                "a",
                DurationUnit.DAYS,
                List.of(
                        FateState.of("a", true, Fate.of("b", 1, Gamma.of(2500, 0.004))),
                        FateState.of("b", true, Fate.of("c", 1, Gamma.of(2500, 0.004))),
                        FateState.absorbing("c", false)));
        SolvedOccupancy curves = OccupancySolver.withDefaults().solve(model, 1000);
        Gamma sum = Gamma.of(5000, 0.004);
        for (double t : new double[] {19, 19.9, 20, 20.3, 500}) {
            assertThat(curves.probability("c", t)).isCloseTo(sum.cumulativeProbability(t), within(1e-8));
        }
    }

    @Test
    void survivalFarOutIsZeroNotNaN() {
        FateModel model = FateModel.of(
                "well",
                DurationUnit.MONTHS,
                List.of(
                        FateState.of(
                                "well",
                                true,
                                Fate.leaves("illness", "ill", 0.6, Weibull.of(1.5, 3)),
                                Fate.leaves("death", "dead", 0.4, Exponential.of(0.5))),
                        FateState.of("ill", true, Fate.leaves("death", "dead", 1, Exponential.of(0.7))),
                        FateState.absorbing("dead", false)));
        SolvedOccupancy curves = OccupancySolver.withDefaults().solve(model, 1000);
        assertThat(curves.probabilityIn(model.aliveStates(), 1000)).isBetween(0.0, 1e-9);
        assertThat(curves.probability("dead", 1000)).isCloseTo(1, within(1e-9));
    }

    @Test
    void curvesEndAtTheHorizon() {
        SolvedOccupancy curves = OccupancySolver.withDefaults().solve(illnessDeath(0), 60);
        assertThat(curves.horizon()).isEqualTo(60);
        assertThat(curves.jumpTimes()).isEmpty();
        assertThat(curves.probabilityAt("ill", 61).isEstimable()).isFalse();
        assertThat(curves.probabilityAt("ill", 61).reason()).contains("beyond the horizon 60");
        assertThat(curves.probabilityAt("ill", 0).estimate()).isZero();
        assertThat(curves.probabilityValues(new double[] {61})[1][0]).isNaN();
        assertThat(curves.incidence("death").incidenceAt(61).isEstimable()).isFalse();
        assertThat(curves.incidence("death").cause()).isEqualTo("death");
        assertThat(curves.incidence("death").horizon()).isEqualTo(60);
        assertThat(curves.incidence("death").jumpTimes()).isEmpty();
        double[][] v = curves.covariance(new double[] {1, 61});
        assertThat(v[0]).containsExactly(0, 0, 0, Double.NaN, Double.NaN, Double.NaN);
        assertThat(v[4][0]).isNaN();
        TidyTable table = curves.tidy(new double[] {0, 61});
        assertThat(table.rowCount()).isEqualTo(6);
        assertThat(table.value(0, "probability")).isEqualTo(1.0);
        assertThat(table.value(1, "probability")).isNull();
        bad(() -> curves.probability("ill", 61), "time is 61.0; allowed: 0 <= time <= 60.0");
        bad(() -> curves.probability("sick", 1), "state is sick; allowed: one of [well, ill, dead]");
        bad(() -> curves.incidence("never ill"), "event is never ill; allowed: 1 (illness) or 2 (death)");
        bad(() -> curves.probabilityAt("ill", -1), "time is -1.0");
    }

    @Test
    void loopsAreFoundAndNamed() {
        FateModel loop = FateModel.of(
                "a",
                DurationUnit.DAYS,
                List.of(
                        FateState.of("a", true, Fate.of("b", 1, LAW)),
                        FateState.of("b", true, Fate.of("a", 0.5, LAW), Fate.of("c", 0.5, LAW)),
                        FateState.absorbing("c", false)));
        assertThat(loop.isProgressive()).isFalse();
        bad(() -> FateTree.of(loop), "the model leads from a state back to it (a -> b -> a)");
        // a' = b/2 - a and b' = a - b.
        SolvedOccupancy curves = OccupancySolver.withDefaults().solve(loop, 20);
        double w = Math.sqrt(0.5);
        for (double t : new double[] {0, 0.1, 1, 5, 20}) {
            double a = Math.exp(-t) * Math.cosh(w * t);
            double b = Math.exp(-t) * Math.sinh(w * t) / w;
            assertThat(curves.probability("a", t)).isCloseTo(a, within(1e-12));
            assertThat(curves.probability("b", t)).isCloseTo(b, within(1e-12));
            assertThat(curves.incidence("b").incidenceAt(t).estimate()).isCloseTo(-Math.expm1(-t), within(1e-12));
        }
    }

    @Test
    void statesThatCannotBeReachedAreRefusedBySolver() {
        FateModel model = FateModel.of(
                "a",
                DurationUnit.DAYS,
                List.of(
                        FateState.of("a", true, Fate.of("c", 1, LAW)),
                        FateState.of("b", true, Fate.of("c", 1, LAW)),
                        FateState.absorbing("c", false)));
        bad(() -> OccupancySolver.withDefaults().solve(model, 1), "state 'b' cannot be reached from the start [a]");
    }

    @Test
    void tooManyWaysAreRefused() {
        List<FateState> states = new ArrayList<>();
        for (int j = 0; j < 20; j++) {
            states.add(FateState.of(
                    "s" + j,
                    true,
                    Fate.leaves("x", "s" + (j + 1), 0.5, LAW),
                    Fate.leaves("y", "s" + (j + 1), 0.5, LAW)));
        }
        states.add(FateState.absorbing("s20", true));
        FateModel model = FateModel.of("s0", DurationUnit.DAYS, states);
        bad(() -> FateTree.of(model), "number of ways through the model is above 10000");
        // The solver does not go through the ways: twenty steps at rate 1.
        assertThat(OccupancySolver.withDefaults().solve(model, 30).probability("s20", 18))
                .isCloseTo(Gamma.of(20, 1).cumulativeProbability(18), within(1e-12));
    }

    @Test
    void badInputIsNamed() {
        FateState end = FateState.absorbing("end", false);
        bad(() -> FateModel.of("x", DurationUnit.DAYS, List.of(end)), "start is x; allowed: one of the states [end]");
        bad(() -> FateModel.of("end", DurationUnit.DAYS, List.of(end, end)), "state 'end' is given twice");
        bad(
                () -> FateModel.of(
                        "a", DurationUnit.DAYS, List.of(FateState.of("a", true, Fate.leaves("e", "b", 1, LAW)), end)),
                "destination of fate 'e' of state 'a' is b; allowed: one of the states [a, end]");
        bad(() -> FateState.absorbing("", true), "the name of a state is blank");
        bad(() -> end.withSampleSize(-1), "sample size of state 'end' is -1");
        bad(
                () -> FateState.of("a", true, Fate.stays("e", 0.3), Fate.stays("f", 0.3)),
                "the probabilities of the fates of state 'a' sum to 0.6 (e 0.3, f 0.3); allowed: a sum of 1");
        bad(() -> illnessDeath(0).state("sick"), "state is sick; allowed: one of [well, ill, dead]");
        bad(() -> OccupancySolver.withDefaults().withTolerance(0), "tolerance is 0.0; allowed: 1e-12");
        bad(
                () -> OccupancySolver.withDefaults().solve(illnessDeath(0), Double.NaN),
                "horizon is NaN; allowed: 1.0E-30 <= horizon");
        assertThat(Fate.of("x", 1, Weibull.of(1, 1)).leaves()).isTrue();
    }

    private static void bad(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(InvalidArgumentException.class).hasMessageContaining(message);
    }
}
