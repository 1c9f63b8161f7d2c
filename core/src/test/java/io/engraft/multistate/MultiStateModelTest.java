package io.engraft.multistate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.InvalidArgumentException;
import io.engraft.data.DurationUnit;
import io.engraft.data.TidyTable;
import io.engraft.law.Exponential;
import io.engraft.law.LawOfTime;
import io.engraft.law.Weibull;
import io.engraft.multistate.solve.OccupancySolver;
import io.engraft.multistate.solve.StepHazard;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class MultiStateModelTest {

    private static final LawOfTime LAW = Exponential.of(1);

    private static MultiStateModel.Builder illnessDeath() {
        return MultiStateModel.builder(DurationUnit.MONTHS)
                .start("well")
                .state("well")
                .state(FateState.of(
                        "ill",
                        true,
                        Fate.of("well", 0.25, Weibull.of(2, 3)),
                        Fate.of("dead", 0.5, LAW),
                        Fate.stays("ever", 0.25)))
                .absorbing("dead", false)
                .transition("well", "ill", Weibull.of(1.5, 10), Clock.RESET)
                .transition(HazardTransition.of("well", "dead", LAW, Clock.FORWARD)
                        .withEvent("nrm")
                        .withCovariate("age", 0.1)
                        .withCovariate("donor", -0.5));
    }

    @Test
    void accessors() {
        MultiStateModel model = illnessDeath().build();
        assertThat(model.unit()).isEqualTo(DurationUnit.MONTHS);
        assertThat(model.stateNames()).containsExactly("well", "ill", "dead");
        assertThat(model.states()).hasSize(3);
        assertThat(model.aliveStates()).containsExactly("well", "ill");
        assertThat(model.starts()).containsExactly(Map.entry("well", 1.0));
        assertThat(model.events()).containsExactly("ill", "nrm", "well", "dead");
        assertThat(model.transitions()).hasSize(2);
        assertThat(model.transitionsFrom("ill")).isEmpty();
        assertThat(model.isAbsorbing("dead")).isTrue();
        assertThat(model.isAbsorbing("ill")).isFalse();
        assertThat(model.isProgressive()).isFalse();
        assertThat(model.covariates()).containsExactly("age", "donor");
        assertThat(model.covariateValues()).isEmpty();
        assertThat(model.fateModel()).isEmpty();
        assertThat(model.notes()).isEmpty();
        assertThat(Clock.parse("Forward")).isEqualTo(Clock.FORWARD);
    }

    @Test
    void theTableHasOneRowAWayOut() {
        TidyTable table = illnessDeath().build().tidy();
        assertThat(table.rowCount()).isEqualTo(6);
        assertThat(table.value(0, "kind")).isEqualTo("hazard");
        assertThat(table.value(0, "clock")).isEqualTo("reset");
        assertThat(table.value(0, "parameters")).isEqualTo("{shape=1.5, scale=10.0}");
        assertThat(table.value(1, "event")).isEqualTo("nrm");
        assertThat(table.value(1, "log_hazard_ratios")).isEqualTo("{age=0.1, donor=-0.5}");
        assertThat(table.value(2, "kind")).isEqualTo("fate");
        assertThat(table.value(4, "law")).isNull();
        assertThat(table.value(5, "kind")).isEqualTo("absorbing");
        assertThat(table.value(0, "start")).isEqualTo(1.0);
        assertThat(table.value(5, "start")).isEqualTo(0.0);
    }

    @Test
    void covariatesMultiplyHazards() {
        MultiStateModel model = illnessDeath().build();
        MultiStateModel of8 = model.withCovariates(Map.of("donor", 1.0, "age", 8.0));
        // exp(0.8 - 0.5)
        assertThat(of8.multiplier(of8.transitions().get(1))).isCloseTo(1.3498588075760032, within(1e-15));
        assertThat(of8.multiplier(of8.transitions().get(0))).isEqualTo(1);
        assertThat(of8.covariateValues()).containsExactly(Map.entry("age", 8.0), Map.entry("donor", 1.0));
        bad(
                () -> model.multiplier(model.transitions().get(1)),
                "depends on covariates [age, donor] that have no values");
        bad(() -> OccupancySolver.withDefaults().solve(model, 1), "allowed: values by withCovariates");
        bad(
                () -> model.withCovariates(Map.of("age", 8.0)),
                "names of covariates is [age]; allowed: exactly [age, donor]");
        bad(
                () -> model.withCovariates(Map.of("age", Double.NaN, "donor", 0.0)),
                "covariate 'age' is NaN; allowed: a finite number");
        bad(
                () -> model.withCovariates(Map.of("age", -1e5, "donor", 0.0)),
                "multiply the hazard from 'well' to 'dead' by 0.0; allowed: a positive, finite factor");
        bad(() -> model.withCovariates(Map.of("age", 1e5, "donor", 0.0)), "by Infinity");
    }

    @Test
    void modelsOfFatesGoThereAndBack() {
        FateModel fates = FateModel.of(
                "a",
                DurationUnit.DAYS,
                List.of(
                        FateState.of("a", true, Fate.of("b", 0.5, LAW), Fate.stays("ever", 0.5)),
                        FateState.absorbing("b", false)));
        MultiStateModel model = MultiStateModel.of(fates);
        assertThat(model.fateModel().orElseThrow().states()).isEqualTo(fates.states());
        assertThat(model.fateModel().orElseThrow().start()).isEqualTo("a");
        assertThat(model.isProgressive()).isTrue();
        assertThat(model.notes()).containsExactly("State 'b' has no way out: it is absorbing, though not declared so.");
        MultiStateModel twoStarts = MultiStateModel.builder(DurationUnit.DAYS)
                .start("a", 0.5)
                .start("b", 0.5)
                .state("a")
                .state("b")
                .build();
        assertThat(twoStarts.fateModel()).isEmpty();
        assertThat(twoStarts.notes()).hasSize(2);
    }

    @Test
    void equalityIsOfContent() {
        assertThat(illnessDeath().build())
                .isEqualTo(illnessDeath().build())
                .hasSameHashCodeAs(illnessDeath().build())
                .isNotEqualTo(illnessDeath().build().withCovariates(Map.of("age", 1.0, "donor", 0.0)))
                .isNotEqualTo("model");
    }

    @Test
    void badStatesAndStarts() {
        bad(() -> builder().build(), "number of states is 0; allowed: at least one");
        bad(() -> builder().state("a").state("a"), "state 'a' is given twice");
        bad(() -> builder().state("a").build(), "the model has no start; allowed: at least one of the states [a]");
        bad(() -> builder().state("a").start("b").build(), "start is b; allowed: one of the states [a]");
        bad(() -> builder().start("a").start("a"), "start 'a' is given twice");
        bad(() -> builder().start("a", -0.5), "probability to start in 'a' is -0.5; allowed: 0 < probability <= 1");
        bad(() -> builder().start("a", Double.NaN), "probability to start in 'a' is NaN");
        bad(
                () -> builder()
                        .state("a")
                        .state("b")
                        .start("a", 0.5)
                        .start("b", 0.4)
                        .build(),
                "the probabilities to start {a=0.5, b=0.4} sum to 0.9; allowed: a sum of 1");
        bad(
                () -> builder().absorbing(FateState.of("a", true, Fate.stays("x", 1))),
                "number of fates of absorbing state 'a' is 1; allowed: none");
        bad(() -> illnessDeath().build().state("x"), "state is x; allowed: one of [well, ill, dead]");
        bad(() -> illnessDeath().build().transitionsFrom("x"), "state is x");
        bad(
                () -> illnessDeath().state("island").build(),
                "state 'island' cannot be reached from the start [well]; allowed: states on a way from there");
        bad(
                () -> builder()
                        .start("a")
                        .state(FateState.of("a", true, Fate.of("nowhere", 1, LAW)))
                        .build(),
                "destination of fate 'nowhere' of state 'a' is nowhere; allowed: one of the states [a]");
    }

    @Test
    void badTransitions() {
        bad(
                () -> illnessDeath()
                        .transition("dead", "well", LAW, Clock.RESET)
                        .build(),
                "the transition from 'dead' to 'well' leaves an absorbing state");
        bad(
                () -> illnessDeath().transition("ill", "dead", LAW, Clock.RESET).build(),
                "the transition from 'ill' to 'dead' leaves a state that has fates");
        bad(
                () -> illnessDeath()
                        .transition("well", "dead", LAW, Clock.RESET)
                        .build(),
                "the transition from 'well' to 'dead' is given twice; allowed: one between two states");
        bad(
                () -> illnessDeath().transition("well", "x", LAW, Clock.RESET).build(),
                "target of transition 'x' from 'well' is x; allowed: one of the states [well, ill, dead]");
        bad(
                () -> illnessDeath().transition("x", "well", LAW, Clock.RESET).build(),
                "origin of transition 'well' is x; allowed");
        bad(
                () -> HazardTransition.of("a", "a", LAW, Clock.RESET),
                "target of a transition from 'a' is a; allowed: another state");
        bad(() -> HazardTransition.of("a", " ", LAW, Clock.RESET), "has a blank name");
        HazardTransition t = HazardTransition.of("a", "b", LAW, Clock.RESET);
        bad(() -> t.withCovariate("", 1), "a covariate of the transition from 'a' to 'b' has a blank name");
        bad(() -> t.withCovariate("x", Double.NaN), "log hazard ratio of 'x' is NaN; allowed: a finite number");
        bad(
                () -> t.withCovariate("x", 1).withCovariate("x", 2),
                "covariate 'x' of the transition from 'a' to 'b' is given");
        bad(() -> Clock.parse("backward"), "clock is backward; allowed: reset or forward");
    }

    /** named-cases.md: sim_zeroHazardSilentCensor. */
    @Test
    void sim_zeroHazardSilentCensor() {
        LawOfTime never = new StepHazard(new double[0], new double[] {0});
        bad(
                () -> HazardTransition.of("a", "b", never, Clock.RESET),
                "the hazard of the transition from 'a' to 'b' is zero at all times");
        bad(() -> Exponential.of(0), "rate is 0.0; allowed: 0 < rate < infinity");
        bad(() -> Exponential.of(-1), "rate is -1.0");
    }

    @Test
    void cyclesThatTakeNoTimeAreNamed() {
        LawOfTime atOnce = Exponential.of(1e10);
        MultiStateModel.Builder loop = builder()
                .start("a")
                .state("a")
                .state("b")
                .transition("a", "b", atOnce, Clock.RESET)
                .transition("b", "a", atOnce, Clock.RESET);
        bad(
                loop::build,
                "the cycle a -> b -> a takes no time: the median time of each of its steps is below 1.0E-9 days; allowed:");
        MultiStateModel one = builder()
                .start("a")
                .state("a")
                .state("b")
                .transition("a", "b", atOnce, Clock.RESET)
                .transition("b", "a", LAW, Clock.RESET)
                .build();
        assertThat(one.isProgressive()).isFalse();
    }

    private static MultiStateModel.Builder builder() {
        return MultiStateModel.builder(DurationUnit.DAYS);
    }

    private static void bad(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(InvalidArgumentException.class).hasMessageContaining(message);
    }
}
