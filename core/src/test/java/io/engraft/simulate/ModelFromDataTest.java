package io.engraft.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.data.Categories;
import io.engraft.data.DurationUnit;
import io.engraft.data.MultiStateData;
import io.engraft.data.Transition;
import io.engraft.law.Exponential;
import io.engraft.law.Gompertz;
import io.engraft.law.LogNormal;
import io.engraft.law.Weibull;
import io.engraft.multistate.Clock;
import io.engraft.multistate.HazardTransition;
import io.engraft.multistate.MultiStateModel;
import io.engraft.multistate.fit.FittedOccupancy;
import io.engraft.multistate.fit.MultiStateFit;
import io.engraft.multistate.fit.ParametricMultiState;
import io.engraft.multistate.solve.EmpiricalMultiStateModel;
import io.engraft.multistate.solve.EmpiricalOccupancy;
import io.engraft.multistate.solve.OccupancySolver;
import io.engraft.multistate.solve.PublicStates;
import io.engraft.regression.CovariateProfile;
import io.engraft.regression.ParametricFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Simulate, then fit, and back. */
class ModelFromDataTest {

    /** Paths as rows, each censored at a random time of its own. */
    private static MultiStateData rows(MultiStateModel model, List<String> events, int patients, double[] x) {
        List<String> id = new ArrayList<>();
        List<String> from = new ArrayList<>();
        List<String> to = new ArrayList<>();
        List<double[]> times = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(20);
        PathSimulator simulator = PathSimulator.withDefaults().withHorizon(100).withSeed(41);
        for (int i = 0; i < patients; i++) {
            double end = 20 + 60 * random.nextDouble();
            MultiStateModel own = x.length == 0 ? model : model.withCovariates(Map.of("x", x[i]));
            for (SimulatedPath.Sojourn s : simulator.path(own, i).sojourns()) {
                boolean last = !(s.to() < end) || events.contains(s.state());
                if (s.from() < end && !events.contains(s.state())) {
                    id.add("p" + i);
                    from.add(s.state());
                    to.add(last ? MultiStateData.CENSORED : String.valueOf(s.event()));
                    times.add(new double[] {s.from(), Math.min(end, s.to()), x.length == 0 ? 0 : x[i]});
                }
            }
        }
        return MultiStateData.builder(
                        times.stream().mapToDouble(t -> t[1]).toArray(), Categories.of(from), Categories.of(to))
                .entry(times.stream().mapToDouble(t -> t[0]).toArray())
                .id(Categories.of(id))
                .states(List.of("remission", "relapse", "dead"))
                .covariate("x", times.stream().mapToDouble(t -> t[2]).toArray())
                .build();
    }

    private static void near(MultiStateFit fit, String from, String to, String coefficient, double truth) {
        var value = fit.transition(from, to)
                .parametricFit()
                .coefficient(coefficient)
                .value();
        assertThat((value.estimate() - truth) / value.standardError().orElseThrow())
                .as("%s to %s, %s: %s for %s, in standard errors", from, to, coefficient, value.estimate(), truth)
                .isBetween(-4.0, 4.0);
    }

    /** Eight numbers within four standard errors: a false alarm in 2,000 seeds; the seed is fixed. */
    @Test
    void recoversTheModelThatWasSimulated() {
        MultiStateModel truth = MultiStateModel.builder(DurationUnit.MONTHS)
                .start("remission")
                .state("remission")
                .state("relapse")
                .absorbing("dead", false)
                .transition("remission", "relapse", Weibull.of(0.8, 40), Clock.RESET)
                .transition("remission", "dead", Gompertz.of(0.02, 0.008), Clock.FORWARD)
                .transition("relapse", "remission", LogNormal.of(2, 0.7), Clock.RESET)
                .transition("relapse", "dead", Weibull.of(1.3, 25), Clock.FORWARD)
                .build();
        MultiStateData data = rows(truth, List.of("dead"), 4000, new double[0]);
        MultiStateFit fit = ParametricMultiState.withDefaults()
                .withClock(Clock.FORWARD)
                .withClock(new Transition("remission", "relapse"), Clock.RESET)
                .withClock(new Transition("relapse", "remission"), Clock.RESET)
                .withFamily(new Transition("remission", "dead"), ParametricFamily.GOMPERTZ)
                .withFamily(new Transition("relapse", "remission"), ParametricFamily.LOG_NORMAL)
                .withDead("dead")
                .fit(data);
        near(fit, "remission", "relapse", "shape", Math.log(0.8));
        near(fit, "remission", "relapse", "scale", Math.log(40));
        near(fit, "remission", "dead", "shape", 0.02);
        near(fit, "remission", "dead", "rate", Math.log(0.008));
        near(fit, "relapse", "remission", "meanlog", 2);
        near(fit, "relapse", "remission", "sdlog", Math.log(0.7));
        near(fit, "relapse", "dead", "shape", Math.log(1.3));
        near(fit, "relapse", "dead", "scale", Math.log(25));
        assertThat(fit.warnings()).isEmpty();
    }

    /** Five numbers within four standard errors: a false alarm in 3,000 seeds. */
    @Test
    void recoversEffectsOfCovariates() {
        MultiStateModel truth = MultiStateModel.builder(DurationUnit.MONTHS)
                .start("remission")
                .state("remission")
                .absorbing("relapse", true)
                .absorbing("dead", false)
                .transition(HazardTransition.of("remission", "relapse", Weibull.of(0.8, 40), Clock.RESET)
                        .withCovariate("x", 0.5))
                .transition(HazardTransition.of("remission", "dead", Exponential.of(0.01), Clock.RESET)
                        .withCovariate("x", -0.7))
                .build();
        SplittableRandom random = new SplittableRandom(8);
        double[] x = random.doubles(3000).map(u -> 2 * u - 1).toArray();
        MultiStateFit fit = ParametricMultiState.withDefaults()
                .withClock(Clock.RESET)
                .withCovariates("x")
                .withFamily(new Transition("remission", "dead"), ParametricFamily.EXPONENTIAL)
                .fit(rows(truth, List.of("relapse", "dead"), 3000, x));
        near(fit, "remission", "relapse", "shape", Math.log(0.8));
        near(fit, "remission", "relapse", "x", -0.5 / 0.8);
        near(fit, "remission", "dead", "x", -0.7);
        near(fit, "remission", "dead", "rate", Math.log(0.01));
        double shape = Math.exp(fit.transition("remission", "relapse")
                .parametricFit()
                .coefficient("shape")
                .value()
                .estimate());
        double slope = fit.transition("remission", "relapse")
                .parametricFit()
                .coefficient("x")
                .value()
                .estimate();
        assertThat(fit.model().transitionsFrom("remission").get(0).logHazardRatios())
                .isEqualTo(Map.of("x", -shape * slope));
        CovariateProfile who = CovariateProfile.empty().with("x", 0.5);
        var p = fit.occupancy(who, 40, 100, 3).probabilityAt("relapse", 40);
        double expected = OccupancySolver.withDefaults()
                .solve(truth.withCovariates(Map.of("x", 0.5)), 40)
                .probability("relapse", 40);
        assertThat((p.estimate() - expected) / p.standardError().orElseThrow()).isBetween(-4.0, 4.0);
    }

    /** 3 x 4 shares within four Monte Carlo errors, twice: a false alarm in 600 seeds; the seed is fixed. */
    @Test
    void pathsOfStepHazardsAgreeWithTheFiniteProduct() {
        for (String name : List.of("sir", "bmtcrr")) {
            EmpiricalMultiStateModel model = EmpiricalMultiStateModel.of(PublicStates.data(name));
            double[] times = {1, 5, 12.5, 30};
            PathSimulator simulator = PathSimulator.withDefaults()
                    .withPatients(40_000)
                    .withHorizon(30)
                    .withTimes(times)
                    .withSeed(6);
            SimulationResult cohort = simulator.simulate(model);
            EmpiricalOccupancy exact = OccupancySolver.withDefaults().solve(model, 30);
            for (String state : model.states()) {
                for (double t : times) {
                    double p = exact.probability(state, t);
                    assertThat(cohort.probabilityAt(state, t).estimate() - p)
                            .as("%s %s at %s, exact %s", name, state, t, p)
                            .isBetween(-4 * Math.sqrt(p * (1 - p) / 40_000), 4 * Math.sqrt(p * (1 - p) / 40_000));
                }
                var mean = cohort.meanTime(state);
                assertThat(mean.estimate() - exact.meanTime(state, 30))
                        .as("%s time in %s", name, state)
                        .isBetween(
                                -4 * mean.standardError().orElseThrow(),
                                4 * mean.standardError().orElseThrow());
            }
            double[][] bits = cohort.probabilityValues(times);
            assertThat(simulator.withThreads(3).simulate(model).probabilityValues(times))
                    .isDeepEqualTo(bits);
            assertThat(cohort.tidyTransitions().rowCount())
                    .isEqualTo(model.transitions().size());
            double[] steps = model.times(model.states().get(0), model.states().get(2));
            SimulatedPath path = simulator.path(model, 7);
            assertThat(cohort.path(7)).isEqualTo(path);
            assertThat(path.sojourns().get(0).from()).isZero();
            assertThat(steps).isNotEmpty();
        }
    }

    /** At a jump time the target is drawn jointly: 1/2 to i, 1/2 to d, and nobody stays. */
    @Test
    void aStepThatLeavesNobodyBehind() {
        double[] one = {1};
        EmpiricalMultiStateModel model = EmpiricalMultiStateModel.builder(DurationUnit.DAYS, List.of("h", "i", "d"))
                .start("h", 1)
                .transition("h", "i", one, new double[] {0.5})
                .transition("h", "d", one, new double[] {0.5})
                .transition("i", "h", new double[] {1, 2}, new double[] {1, 1})
                .build();
        PathSimulator simulator =
                PathSimulator.withDefaults().withPatients(10_000).withHorizon(5).withTimes(0.9, 1, 3);
        SimulationResult cohort = simulator.simulate(model);
        assertThat(cohort.probabilityAt("h", 0.9).estimate()).isEqualTo(1);
        assertThat(cohort.probabilityAt("h", 1).estimate()).isZero();
        // Who enters i at 1 is not at risk of its own step at 1, and leaves it at 2 for ever: h has no later step.
        double i = cohort.probabilityAt("i", 1).estimate();
        assertThat(i).isBetween(0.48, 0.52);
        assertThat(cohort.probabilityAt("h", 3).estimate()).isEqualTo(i);
        assertThat(cohort.events()).containsExactly("h", "i", "d");
        assertThat(cohort.notes()).hasSize(1);
        assertThat(cohort.incidence("d").incidenceAt(3).estimate()).isCloseTo(1 - i, within(1e-12));
        assertThatThrownBy(cohort::multiStateModel).hasMessageContaining("the simulated model has step hazards");
        assertThatThrownBy(cohort::model).hasMessageContaining("it is no FateModel");
        assertThatThrownBy(() -> simulator.withDraws(100).simulate(model)).hasMessageContaining("draws is 100");
        assertThatThrownBy(() -> simulator.path(model, -1)).hasMessageContaining("patient");
        EmpiricalMultiStateModel shorter = EmpiricalMultiStateModel.of(PublicStates.data("bmtcrr"));
        assertThatThrownBy(() -> simulator.withHorizon(1e4).simulate(shorter))
                .hasMessageContaining(
                        "horizon is 10000.0; allowed: at most that of the model, which is " + shorter.horizon());
        assertThatThrownBy(() -> simulator.withHorizon(1e4).path(shorter, 1))
                .hasMessageContaining("horizon is 10000.0");
        double little = Math.nextUp(shorter.horizon());
        assertThatThrownBy(() -> simulator.withHorizon(little).path(shorter, 1))
                .hasMessageContaining("horizon is " + little);
    }

    /** The example of "From data" in docs/models.md. */
    @Test
    void thePagesExample() {
        MultiStateData data = PublicStates.data("bmtcrr");
        MultiStateFit fit = ParametricMultiState.withDefaults()
                .withClock(Clock.RESET)
                .withFamily(ParametricFamily.WEIBULL)
                .withFamily(new Transition("remission", "dead"), ParametricFamily.LOG_NORMAL)
                .withCovariates("age")
                .withDead("dead")
                .fit(data);
        fit.transition("remission", "relapse").parametricFit().aic();
        CovariateProfile child = CovariateProfile.empty().with("age", 8);
        MultiStateModel model = fit.model(child);
        FittedOccupancy curves = fit.occupancy(child, 24, 1000, 1);
        curves.probabilityAt("relapse", 12).interval();
        EmpiricalMultiStateModel steps = EmpiricalMultiStateModel.of(data);
        EmpiricalOccupancy estimate = OccupancySolver.withDefaults().solve(steps, 24);
        SimulationResult cohort = PathSimulator.withDefaults().withHorizon(24).simulate(steps);
        assertThat(model.state("dead").alive()).isFalse();
        assertThat(curves.probabilityAt("relapse", 12).estimate())
                .isBetween(
                        curves.probabilityAt("relapse", 12).interval().lower().orElseThrow(),
                        curves.probabilityAt("relapse", 12).interval().upper().orElseThrow());
        double p = estimate.probability("relapse", 12);
        assertThat(cohort.probabilityAt("relapse", 12).estimate()).isCloseTo(p, within(0.01));
    }
}
