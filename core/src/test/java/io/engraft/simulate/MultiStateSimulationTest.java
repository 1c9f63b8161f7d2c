package io.engraft.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.InvalidArgumentException;
import io.engraft.curve.PointEstimate;
import io.engraft.data.DurationUnit;
import io.engraft.law.Exponential;
import io.engraft.law.Gamma;
import io.engraft.law.LogLogistic;
import io.engraft.law.LogNormal;
import io.engraft.law.PiecewiseExponential;
import io.engraft.law.Weibull;
import io.engraft.multistate.Clock;
import io.engraft.multistate.Fate;
import io.engraft.multistate.FateModel;
import io.engraft.multistate.FateState;
import io.engraft.multistate.HazardTransition;
import io.engraft.multistate.MultiStateModel;
import io.engraft.multistate.solve.OccupancySolver;
import io.engraft.multistate.solve.SolvedOccupancy;
import io.engraft.pathway.PathwayModel;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/**
 * Simulator against solver, four Monte Carlo errors each: about 250 numbers, so that one seed in 60 would raise a false
 * alarm.
 */
class MultiStateSimulationTest {

    private static final double[] TIMES = {0.5, 4, 20};

    private static MultiStateModel.Builder builder() {
        return MultiStateModel.builder(DurationUnit.MONTHS);
    }

    private static PathSimulator simulator() {
        return PathSimulator.withDefaults()
                .withPatients(60_000)
                .withSeed(7)
                .withHorizon(20)
                .withTimes(TIMES);
    }

    private static void agrees(MultiStateModel model) {
        SimulationResult result = simulator().simulate(model);
        SolvedOccupancy curves =
                OccupancySolver.withDefaults().withTolerance(1e-5).solve(model, 20);
        assertThat(curves.errorEstimate()).isLessThan(1e-7);
        for (double t : TIMES) {
            for (String state : result.states()) {
                near(result.probabilityAt(state, t), curves.probability(state, t), result, state + " at " + t);
            }
            for (String event : result.events()) {
                double p = curves.incidence(event).incidenceAt(t).estimate();
                near(result.incidence(event).incidenceAt(t), p, result, event + " by " + t);
            }
        }
        for (String state : result.states()) {
            PointEstimate mean = result.meanTime(state);
            assertThat(mean.estimate())
                    .as("time in " + state)
                    .isCloseTo(
                            curves.meanTime(state),
                            within(1e-6 + 4 * mean.standardError().orElseThrow()));
        }
    }

    private static void near(PointEstimate estimate, double p, SimulationResult result, String what) {
        double error = Math.sqrt(Math.max(p * (1 - p), 1e-4) / result.patients());
        assertThat(estimate.estimate()).as(what).isCloseTo(p, within(4 * error));
    }

    /** A cycle on clocks that start with the state. */
    private static MultiStateModel cycle() {
        return builder()
                .start("a")
                .state("a")
                .state("b")
                .absorbing("d", false)
                .transition("a", "b", Weibull.of(1.5, 3), Clock.RESET)
                .transition("b", "a", LogNormal.of(0.5, 0.8), Clock.RESET)
                .transition("a", "d", Gamma.of(0.7, 40), Clock.RESET)
                .transition("b", "d", LogLogistic.of(1.2, 15), Clock.RESET)
                .build();
    }

    /** A cycle on forward clocks, from two starts. */
    private static MultiStateModel forward() {
        return builder()
                .start("a", 0.7)
                .start("b", 0.3)
                .state("a")
                .state("b")
                .absorbing("d", false)
                .transition("a", "b", Weibull.of(0.6, 5), Clock.FORWARD)
                .transition("b", "a", LogLogistic.of(2, 6), Clock.FORWARD)
                .transition("a", "d", LogNormal.of(3, 1), Clock.FORWARD)
                .transition("b", "d", Gamma.of(2, 8), Clock.FORWARD)
                .build();
    }

    /** Both clocks in one state, and fates in another. */
    private static MultiStateModel mixed() {
        return builder()
                .start("a")
                .state("a")
                .state(FateState.of(
                        "b",
                        true,
                        Fate.leaves("back", "a", 0.5, Weibull.of(0.8, 2)),
                        Fate.leaves("d", "d", 0.3, Gamma.of(3, 1)),
                        Fate.stays("ever", 0.2)))
                .absorbing("d", false)
                .transition("a", "b", Weibull.of(1.4, 4), Clock.RESET)
                .transition("a", "d", Weibull.of(2, 15), Clock.FORWARD)
                .build();
    }

    @Test
    void cyclesOnResetClocks() {
        agrees(cycle());
    }

    @Test
    void cyclesOnForwardClocksFromTwoStarts() {
        agrees(forward());
    }

    @Test
    void bothClocksAndFates() {
        agrees(mixed());
    }

    @Test
    void constantRates() {
        agrees(builder()
                .start("a")
                .state("a")
                .state("b")
                .state("c")
                .transition("a", "b", Exponential.of(0.4), Clock.RESET)
                .transition("b", "c", Exponential.of(0.3), Clock.FORWARD)
                .transition("c", "a", Exponential.of(0.2), Clock.RESET)
                .transition("b", "a", Exponential.of(0.1), Clock.FORWARD)
                .build());
    }

    @Test
    void covariatesOnBothClocks() {
        MultiStateModel model = builder()
                .start("a")
                .state("a")
                .state("b")
                .absorbing("d", false)
                .transition(HazardTransition.of("a", "b", LogNormal.of(1, 1), Clock.RESET)
                        .withCovariate("age", 0.3))
                .transition(HazardTransition.of("a", "d", LogLogistic.of(1.5, 9), Clock.FORWARD)
                        .withCovariate("age", -0.2))
                .transition(HazardTransition.of("b", "d", Gamma.of(2, 4), Clock.FORWARD)
                        .withCovariate("age", 0.1)
                        .withCovariate("donor", -1.0))
                .build();
        agrees(model.withCovariates(Map.of("age", 2.0, "donor", 1.0)));
        agrees(model.withCovariates(Map.of("age", -3.0, "donor", -1.0)));
        bad(() -> simulator().simulate(model), "depends on covariates [age, donor] that have no values");
    }

    /** A thousandfold weaker hazard: most draws lie where the law's survival has long underflowed. */
    @Test
    void weakEffectsReachFarTails() {
        agrees(builder()
                .start("a")
                .state("a")
                .absorbing("b", false)
                .absorbing("c", false)
                .transition(HazardTransition.of("a", "b", Gamma.of(5, 0.004), Clock.RESET)
                        .withCovariate("x", -9))
                .transition(HazardTransition.of("a", "c", Gamma.of(2, 0.01), Clock.FORWARD)
                        .withCovariate("x", -9))
                .build()
                .withCovariates(Map.of("x", 1.0)));
    }

    @Test
    void illnessDeathOfEachClock() {
        for (Clock clock : Clock.values()) {
            agrees(builder()
                    .start("well")
                    .state("well")
                    .state("ill")
                    .absorbing("dead", false)
                    .transition("well", "ill", Weibull.of(0.7, 6), clock)
                    .transition("well", "dead", Weibull.of(1.3, 12), clock)
                    .transition("ill", "dead", Weibull.of(2.5, 9), clock)
                    .build());
        }
    }

    @Test
    void modelsOfFatesKeepTheirPaths() {
        FateModel jmml = PathwayModel.jmml().model();
        SimulationResult general = simulator().simulate(MultiStateModel.of(jmml));
        SimulationResult fates = simulator().simulate(jmml);
        assertThat(general.path(17)).isEqualTo(fates.path(17));
        assertThat(general.probabilityAt("remission", 4)).isEqualTo(fates.probabilityAt("remission", 4));
        assertThat(general.model().start()).isEqualTo("remission");
        assertThat(fates.multiStateModel()).isEqualTo(MultiStateModel.of(jmml));
        agrees(MultiStateModel.of(jmml));
    }

    @Test
    void threadsDoNotMatterAndPathsKeepTheirBits() {
        for (MultiStateModel model : List.of(cycle(), forward(), mixed())) {
            SimulationResult one = simulator().withThreads(1).simulate(model);
            SimulationResult three = simulator().withThreads(3).simulate(model);
            for (String state : one.states()) {
                assertThat(three.probabilityAt(state, 4)).isEqualTo(one.probabilityAt(state, 4));
                assertThat(three.meanTime(state)).isEqualTo(one.meanTime(state));
            }
            assertThat(three.transitions()).isEqualTo(one.transitions());
            assertThat(simulator().withPatients(3).path(model, 4711)).isEqualTo(one.path(4711));
            // Any other time replays the same patients.
            assertThat(one.probabilityAt("a", 4).estimate())
                    .isCloseTo(one.probabilityAt("a", Math.nextUp(4.0)).estimate(), within(1e-3));
        }
    }

    @Test
    void transitionsAreCountedByTheModelsWays() {
        SimulationResult result = simulator().simulate(mixed());
        assertThat(result.transitions().stream().map(t -> t.from() + ":" + t.event() + ":" + t.to()))
                .containsExactly("a:b:b", "a:d:d", "b:back:a", "b:d:d");
        long into = result.transitions().get(1).count()
                + result.transitions().get(3).count();
        assertThat(result.probabilityAt("d", 20).estimate()).isEqualTo(into / 60_000.0);
        assertThat(result.multiStateModel()).isEqualTo(mixed());
        assertThat(result.tidy().rowCount()).isEqualTo(9);
        assertThat(result.tidyTransitions().rowCount()).isEqualTo(4);
        assertThat(result.notes().get(0)).contains("simulation error only");
        double[][] v = result.covariance(new double[] {4});
        double p = result.probabilityAt("a", 4).estimate();
        assertThat(v[0][0]).isCloseTo(p * (1 - p) / 60_000, within(1e-15));
        bad(result::model, "the simulated model has hazards or several starts");
        bad(() -> result.probabilityAt("x", 1), "state is x; allowed: one of [a, b, d]");
        bad(() -> simulator().withDraws(100).simulate(mixed()), "draws is 100; allowed: 0 where a model has hazards");
        bad(() -> simulator().path(mixed(), -1), "patient is -1; allowed: patient >= 0");
        bad(() -> simulator().withTimes(21).simulate(mixed()), "time is 21.0; allowed: 0 <= time <= horizon = 20.0");
    }

    /** Common random numbers: a stronger hazard never makes the first transition of the same patient later. */
    @Test
    void scenariosShareTheirPatientsLuck() {
        MultiStateModel.Builder builder =
                builder().start("a").state("a").absorbing("b", false).absorbing("c", false);
        for (Clock clock : List.of(Clock.RESET, Clock.FORWARD)) {
            builder.transition(HazardTransition.of("a", clock == Clock.RESET ? "b" : "c", LogNormal.of(1, 1), clock)
                    .withCovariate("x", 0.5));
        }
        MultiStateModel model = builder.build();
        for (long i = 0; i < 1000; i++) {
            double weak = end(model.withCovariates(Map.of("x", 0.0)), i);
            double strong = end(model.withCovariates(Map.of("x", 1.0)), i);
            assertThat(strong).isLessThanOrEqualTo(weak);
        }
    }

    private static double end(MultiStateModel model, long patient) {
        return simulator().path(model, patient).sojourns().get(0).to();
    }

    /** Seven tenths of a hazard within a thousandth of a month: exact by the piecewise law, never stepped over. */
    @Test
    @SuppressWarnings("checkstyle:MethodName") // the name by which the case is known
    void sim_hazardSpike() {
        PiecewiseExponential spike = PiecewiseExponential.of(new double[] {10, 10.001}, new double[] {0.01, 700, 0.01});
        for (Clock clock : Clock.values()) {
            MultiStateModel model = builder()
                    .start("a")
                    .state("a")
                    .absorbing("b", false)
                    .transition("a", "b", spike, clock)
                    .build();
            SolvedOccupancy curves = OccupancySolver.withDefaults().solve(model, 20);
            SimulationResult result = simulator().withTimes(9.9, 10.001, 20).simulate(model);
            for (double t : new double[] {9.9, 10.001, 20}) {
                double exact = t < 10 ? Math.exp(-0.01 * t) : Math.exp(-0.1 - 0.7 - 0.01 * (t - 10.001));
                assertThat(curves.probability("a", t)).as("%s %s", clock, t).isCloseTo(exact, within(1e-10));
                near(result.probabilityAt("a", t), exact, result, clock + " at " + t);
            }
        }
    }

    private static void bad(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(InvalidArgumentException.class).hasMessageContaining(message);
    }
}
