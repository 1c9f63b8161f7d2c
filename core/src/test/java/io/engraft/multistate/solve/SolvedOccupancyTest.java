package io.engraft.multistate.solve;

import static io.engraft.multistate.solve.OccupancyMethod.MATRIX_EXPONENTIAL;
import static io.engraft.multistate.solve.OccupancyMethod.PRODUCT_INTEGRAL;
import static io.engraft.multistate.solve.OccupancyMethod.RENEWAL_EQUATIONS;
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
import io.engraft.multistate.Clock;
import io.engraft.multistate.Fate;
import io.engraft.multistate.FateModel;
import io.engraft.multistate.FateState;
import io.engraft.multistate.HazardTransition;
import io.engraft.multistate.MultiStateModel;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Closed forms, worked by hand. */
class SolvedOccupancyTest {

    private static final Offset<Double> CLOSE = within(1e-12);
    private static final double[] TIMES = {0, 1e-6, 0.3, 2, 11.5, 60};

    private static MultiStateModel.Builder start(String state) {
        return MultiStateModel.builder(DurationUnit.MONTHS).start(state).state(state);
    }

    private static SolvedOccupancy solve(MultiStateModel model, double horizon) {
        return OccupancySolver.withDefaults().solve(model, horizon);
    }

    private static LawOfTime rate(double r) {
        return Exponential.of(r);
    }

    @Test
    void twoStates() {
        MultiStateModel model = start("a")
                .absorbing("b", false)
                .transition("a", "b", rate(0.2), Clock.RESET)
                .build();
        SolvedOccupancy curves = solve(model, 60);
        assertThat(curves.method()).isEqualTo(MATRIX_EXPONENTIAL);
        for (double t : TIMES) {
            assertThat(curves.probability("a", t)).isCloseTo(Math.exp(-0.2 * t), CLOSE);
            assertThat(curves.meanTime("a", t)).isCloseTo(-Math.expm1(-0.2 * t) / 0.2, CLOSE);
        }
        assertThat(curves.meanTime("b")).isCloseTo(60 + Math.expm1(-12) / 0.2, CLOSE);
    }

    /** On and off: p_on(t) = (m + l exp(-(l+m) t)) / (l + m). */
    @Test
    void onAndOff() {
        MultiStateModel model = start("on")
                .state("off")
                .transition("on", "off", rate(0.7), Clock.RESET)
                .transition("off", "on", rate(0.2), Clock.FORWARD)
                .build();
        SolvedOccupancy curves = solve(model, 60);
        for (double t : TIMES) {
            assertThat(curves.probability("on", t)).isCloseTo((0.2 + 0.7 * Math.exp(-0.9 * t)) / 0.9, CLOSE);
            assertThat(curves.firstEntry("off").incidenceAt(t).estimate()).isCloseTo(-Math.expm1(-0.7 * t), CLOSE);
            assertThat(curves.incidence("off").incidenceAt(t).estimate()).isCloseTo(-Math.expm1(-0.7 * t), CLOSE);
            // Those who start in a state have entered it.
            assertThat(curves.firstEntry("on").incidenceAt(t).estimate()).isEqualTo(1);
        }
        // Visits to off: 0.7 times the time on.
        double timeOn = (0.2 * 60 - 0.7 * Math.expm1(-54) / 0.9) / 0.9;
        assertThat(curves.meanTime("on")).isCloseTo(timeOn, CLOSE);
        assertThat(curves.expectedVisits("off", 60)).isCloseTo(0.7 * timeOn, CLOSE);
        assertThat(curves.expectedVisits("on", 60)).isCloseTo(1 + 0.2 * (60 - timeOn), CLOSE);
    }

    @Test
    void competingExponentials() {
        MultiStateModel model = start("a")
                .absorbing("b", true)
                .absorbing("c", false)
                .transition("a", "b", rate(0.03), Clock.FORWARD)
                .transition("a", "c", rate(0.01), Clock.RESET)
                .build();
        SolvedOccupancy curves = solve(model, 60);
        for (double t : TIMES) {
            assertThat(curves.probability("b", t)).isCloseTo(-0.75 * Math.expm1(-0.04 * t), CLOSE);
            assertThat(curves.incidence("c").incidenceValues(new double[] {t})[0])
                    .isCloseTo(-0.25 * Math.expm1(-0.04 * t), CLOSE);
        }
    }

    /** named-cases.md: os_closedFormNaN, and the closed form of the illness-death model at all other times. */
    @Test
    void os_closedFormNaN() {
        MultiStateModel model = start("well")
                .state("ill")
                .absorbing("dead", false)
                .transition("well", "ill", rate(0.3), Clock.FORWARD)
                .transition("well", "dead", rate(0.1), Clock.FORWARD)
                .transition("ill", "dead", rate(0.7), Clock.FORWARD)
                .build();
        SolvedOccupancy curves = solve(model, 1e5);
        for (double t : TIMES) {
            double ill = (Math.exp(-0.4 * t) - Math.exp(-0.7 * t)); // 0.3 / (0.7 - 0.4) = 1
            assertThat(curves.probability("ill", t)).isCloseTo(ill, CLOSE);
            assertThat(curves.probabilityIn(List.of("well", "ill"), t)).isCloseTo(Math.exp(-0.4 * t) + ill, CLOSE);
        }
        assertThat(curves.probabilityIn(List.of("well", "ill"), 1000)).isBetween(0.0, 1e-170);
        assertThat(curves.probability("dead", 1e5)).isEqualTo(1);
    }

    /** Four equal rates: Erlang; four different ones: hypoexponential. */
    @Test
    void progressiveChains() {
        double[] rates = {0.5, 1.25, 0.2, 2};
        MultiStateModel.Builder same = start("s0");
        MultiStateModel.Builder different = start("s0");
        for (int j = 0; j < 4; j++) {
            same.state("s" + (j + 1)).transition("s" + j, "s" + (j + 1), rate(0.5), Clock.RESET);
            different.state("s" + (j + 1)).transition("s" + j, "s" + (j + 1), rate(rates[j]), Clock.FORWARD);
        }
        SolvedOccupancy erlang = solve(same.build(), 60);
        SolvedOccupancy hypo = solve(different.build(), 60);
        for (double t : TIMES) {
            assertThat(erlang.probability("s4", t)).isCloseTo(Gamma.of(4, 2).cumulativeProbability(t), CLOSE);
            double survival = 0;
            for (int i = 0; i < 4; i++) {
                double weight = 1;
                for (int j = 0; j < 4; j++) {
                    weight *= i == j ? 1 : rates[j] / (rates[j] - rates[i]);
                }
                survival += weight * Math.exp(-rates[i] * t);
            }
            assertThat(hypo.probability("s4", t)).isCloseTo(1 - survival, CLOSE);
        }
    }

    /** Equal shapes: the cause and the time are independent. On both clocks, and with a density that is infinite at 0. */
    @Test
    void competingWeibullsOfOneShape() {
        for (double shape : new double[] {0.2, 0.7, 1.5, 6}) {
            for (Clock clock : Clock.values()) {
                MultiStateModel model = start("a")
                        .absorbing("b", true)
                        .absorbing("c", false)
                        .transition("a", "b", Weibull.of(shape, 3), clock)
                        .transition("a", "c", Weibull.of(shape, 9), clock)
                        .build();
                SolvedOccupancy curves = solve(model, 60);
                assertThat(curves.method()).isEqualTo(clock == Clock.RESET ? RENEWAL_EQUATIONS : PRODUCT_INTEGRAL);
                double b = Math.pow(3, -shape);
                double both = b + Math.pow(9, -shape);
                for (double t : TIMES) {
                    assertThat(curves.probability("b", t))
                            .as("shape %s at %s, %s", shape, t, clock)
                            .isCloseTo(-b / both * Math.expm1(-both * Math.pow(t, shape)), CLOSE);
                    assertThat(curves.incidence("b").incidenceAt(t).estimate())
                            .isCloseTo(curves.probability("b", t), CLOSE);
                }
                // The time in a is that of a Weibull law with the hazards' sum.
                Weibull stay = Weibull.of(shape, Math.pow(both, -1 / shape));
                assertThat(curves.meanTime("a")).isCloseTo(stay.meanUpTo(60), within(60e-12));
            }
        }
    }

    /** On a forward clock all hazards k t^(k-1) r run as constant rates r do in time t^k. */
    @Test
    void forwardWeibullsOfOneShapeAreConstantRatesInAnotherTime() {
        double shape = 1.7;
        MultiStateModel model = start("a")
                .state("b")
                .absorbing("c", false)
                .transition("a", "b", Weibull.of(shape, Math.pow(0.3, -1 / shape)), Clock.FORWARD)
                .transition("b", "a", Weibull.of(shape, Math.pow(0.2, -1 / shape)), Clock.FORWARD)
                .transition("b", "c", Weibull.of(shape, Math.pow(0.1, -1 / shape)), Clock.FORWARD)
                .build();
        MultiStateModel constant = start("a")
                .state("b")
                .absorbing("c", false)
                .transition("a", "b", rate(0.3), Clock.FORWARD)
                .transition("b", "a", rate(0.2), Clock.FORWARD)
                .transition("b", "c", rate(0.1), Clock.FORWARD)
                .build();
        SolvedOccupancy curves = solve(model, 60);
        SolvedOccupancy plain = solve(constant, Math.pow(60, shape));
        for (double t : TIMES) {
            for (String state : curves.states()) {
                assertThat(curves.probability(state, t)).isCloseTo(plain.probability(state, Math.pow(t, shape)), CLOSE);
            }
            assertThat(curves.incidence("b").incidenceAt(t).estimate())
                    .isCloseTo(-Math.expm1(-0.3 * Math.pow(t, shape)), CLOSE);
        }
        double[][] p = OccupancySolver.withDefaults().transitionProbabilities(model, 2, 5);
        double[][] q = OccupancySolver.withDefaults()
                .transitionProbabilities(constant, Math.pow(2, shape), Math.pow(5, shape));
        for (int i = 0; i < 3; i++) {
            assertThat(p[i]).containsExactly(q[i], CLOSE);
        }
    }

    /** A hazard that doubles the rate of everyone with the covariate. */
    @Test
    void covariatesAreProportionalHazards() {
        for (Clock clock : Clock.values()) {
            MultiStateModel model = start("a")
                    .absorbing("b", false)
                    .transition(HazardTransition.of("a", "b", Weibull.of(0.8, 7), clock)
                            .withCovariate("x", Math.log(2)))
                    .build();
            SolvedOccupancy curves = solve(model.withCovariates(Map.of("x", 3.0)), 60);
            for (double t : TIMES) {
                assertThat(curves.probability("a", t)).isCloseTo(Math.exp(-8 * Math.pow(t / 7, 0.8)), CLOSE);
            }
        }
    }

    @Test
    void cyclesOfFatesAreRenewalProcesses() {
        // Times of gamma(shape 1.3): after k of them gamma(1.3 k), so that P(on) alternates over k.
        MultiStateModel model = MultiStateModel.builder(DurationUnit.DAYS)
                .start("on")
                .state(FateState.of("on", true, Fate.of("off", 1, Gamma.of(1.3, 2))))
                .state(FateState.of("off", true, Fate.of("on", 1, Gamma.of(1.3, 2))))
                .build();
        SolvedOccupancy curves = solve(model, 60);
        for (double t : TIMES) {
            double on = 1;
            double offs = 0;
            for (int k = 1; k < 400; k++) {
                double f = Gamma.of(1.3 * k, 2).cumulativeProbability(t);
                on += k % 2 == 0 ? f : -f;
                offs += k % 2 == 0 ? 0 : f;
            }
            assertThat(curves.probability("on", t)).isCloseTo(on, CLOSE);
            assertThat(curves.expectedVisits("off", t)).isCloseTo(offs, within(1e-11));
        }
        assertThat(curves.errorEstimate()).isBetween(1e-17, 1e-11);
    }

    /** A state that leads to itself, with those who leave at last: the time is geometric in number of laps. */
    @Test
    void lapsInOneState() {
        MultiStateModel model = MultiStateModel.builder(DurationUnit.DAYS)
                .start("a")
                .state(FateState.of(
                        "a", true, Fate.leaves("lap", "a", 0.6, rate(1)), Fate.leaves("out", "b", 0.4, rate(1))))
                .absorbing("b", false)
                .build();
        SolvedOccupancy curves = solve(model, 20);
        for (double t : new double[] {0.1, 3, 20}) {
            assertThat(curves.probability("a", t)).isCloseTo(Math.exp(-0.4 * t), CLOSE);
            assertThat(curves.incidence("lap").incidenceAt(t).estimate()).isCloseTo(-0.6 * Math.expm1(-t), CLOSE);
        }
    }

    @Test
    void severalStarts() {
        MultiStateModel model = start("a").build();
        assertThat(solve(model, 5).probability("a", 5)).isEqualTo(1);
        MultiStateModel two = MultiStateModel.builder(DurationUnit.DAYS)
                .start("a", 0.25)
                .start("b", 0.75)
                .state("a")
                .state("b")
                .transition("a", "b", Weibull.of(0.5, 3), Clock.RESET)
                .build();
        SolvedOccupancy curves = solve(two, 9);
        for (double t : new double[] {0, 1, 9}) {
            double left = 1 - Math.exp(-Math.sqrt(t / 3));
            assertThat(curves.probability("b", t)).isCloseTo(0.75 + 0.25 * left, CLOSE);
            assertThat(curves.firstEntry("b").incidenceAt(t).estimate()).isCloseTo(0.75 + 0.25 * left, CLOSE);
            assertThat(curves.incidence("b").incidenceAt(t).estimate()).isCloseTo(0.25 * left, CLOSE);
        }
    }

    /** The tree's convolutions give the same curves. */
    @Test
    void fatesAgreeWithSumsOfTimes() {
        LawOfTime relapse = Weibull.of(0.65, 5);
        LawOfTime rescue = Weibull.of(1.5, 4);
        LawOfTime last = Gamma.of(0.5, 9);
        FateModel fates = FateModel.of(
                "a",
                DurationUnit.MONTHS,
                List.of(
                        FateState.of(
                                "a",
                                true,
                                Fate.stays("ever", 0.5),
                                Fate.leaves("relapse", "b", 0.3, relapse),
                                Fate.leaves("death", "d", 0.2, Gamma.of(2, 3))),
                        FateState.of(
                                "b",
                                true,
                                Fate.leaves("rescue", "c", 0.6, rescue),
                                Fate.leaves("death", "d", 0.4, rate(0.1))),
                        FateState.of("c", true, Fate.stays("ever", 0.4), Fate.leaves("death", "d", 0.6, last)),
                        FateState.absorbing("d", false)));
        SolvedOccupancy curves = OccupancySolver.withDefaults().solve(fates, 120);
        for (double t : new double[] {0.01, 7, 120}) {
            double relapsed = 0.3 * relapse.cumulativeProbability(t);
            double rescued = 0.18 * Convolution.by(relapse, rescue, t);
            double inRelapse = 0.12 * Convolution.by(relapse, rate(0.1), t);
            double third = 0.108 * Convolution.after(relapse, rescue, u -> Convolution.by(rescue, last, u), t);
            double dead = 0.2 * Gamma.of(2, 3).cumulativeProbability(t) + inRelapse + third;
            Offset<Double> near = within(1e-10);
            assertThat(curves.probability("b", t)).isCloseTo(relapsed - rescued - inRelapse, near);
            assertThat(curves.probability("c", t)).isCloseTo(rescued - third, near);
            assertThat(curves.probability("d", t)).isCloseTo(dead, near);
            assertThat(curves.incidence("relapse").incidenceAt(t).estimate()).isCloseTo(relapsed, near);
            assertThat(curves.incidence("rescue").incidenceAt(t).estimate()).isCloseTo(rescued, near);
            assertThat(curves.incidence("death").incidenceAt(t).estimate()).isCloseTo(dead, near);
        }
        assertThat(curves.probability("a", 0)).isEqualTo(1);
        double sum = 0;
        for (String state : curves.states()) {
            sum += curves.meanTime(state);
        }
        assertThat(sum).isCloseTo(120, within(1e-10));
    }

    @Test
    void curvesEndAtTheHorizon() {
        MultiStateModel model = start("a")
                .absorbing("b", false)
                .transition("a", "b", rate(0.2), Clock.RESET)
                .build();
        SolvedOccupancy curves = solve(model, 10);
        assertThat(curves.model()).isEqualTo(model);
        assertThat(curves.horizon()).isEqualTo(10);
        assertThat(curves.jumpTimes()).isEmpty();
        assertThat(curves.probabilityAt("a", 11).isEstimable()).isFalse();
        assertThat(curves.probabilityAt("a", 11).reason()).contains("beyond the horizon 10 of the solution");
        assertThat(curves.probabilityValues(new double[] {11})[0][0]).isNaN();
        assertThat(curves.incidence("b").incidenceAt(11).isEstimable()).isFalse();
        assertThat(curves.incidence("b").incidenceValues(new double[] {11})[0]).isNaN();
        assertThat(curves.incidence("b").cause()).isEqualTo("b");
        assertThat(curves.incidence("b").horizon()).isEqualTo(10);
        assertThat(curves.incidence("b").jumpTimes()).isEmpty();
        double[][] v = curves.covariance(new double[] {1, 11});
        assertThat(v[0]).containsExactly(0, 0, Double.NaN, Double.NaN);
        TidyTable table = curves.tidy();
        assertThat(table.rowCount()).isEqualTo(40);
        assertThat(table.value(19, "probability")).isEqualTo(curves.probability("a", 10));
        assertThat(table.value(19, "mean_time")).isEqualTo(curves.meanTime("a"));
        assertThat(curves.tidy(new double[] {11}).value(0, "mean_time")).isNull();
        bad(() -> curves.probability("a", 11), "time is 11.0; allowed: 0 <= time <= 10.0");
        bad(() -> curves.probability("x", 1), "state is x; allowed: one of [a, b]");
        bad(() -> curves.meanTime("a", Double.NaN), "time is NaN");
        bad(() -> curves.incidence("a"), "event is a; allowed: 1 (b)");
        bad(() -> curves.firstEntry("x"), "state is x");
        bad(() -> curves.probabilityAt("a", -1), "time is -1.0");
        bad(() -> solve(model, 0), "horizon is 0.0; allowed: 1.0E-30 <= horizon <= 1.0E30");
        OccupancySolver solver = OccupancySolver.withDefaults();
        bad(() -> solver.transitionProbabilities(model, -1, 2), "s is -1.0; allowed: 0 <= s");
        bad(() -> solver.transitionProbabilities(model, 3, 2), "t is 2.0; allowed: s = 3.0 <= t < infinity");
        assertThat(solver.transitionProbabilities(model, 3, 3)[0]).containsExactly(1, 0);
    }

    private static void bad(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(InvalidArgumentException.class).hasMessageContaining(message);
    }
}
