package io.engraft.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.InvalidArgumentException;
import io.engraft.data.DurationUnit;
import io.engraft.law.Exponential;
import io.engraft.law.Gompertz;
import io.engraft.law.LawFamily;
import io.engraft.law.LawOfTime;
import io.engraft.law.Weibull;
import io.engraft.multistate.Clock;
import io.engraft.multistate.Fate;
import io.engraft.multistate.FateState;
import io.engraft.multistate.HazardTransition;
import io.engraft.multistate.MultiStateModel;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Residuals, likelihoods and readings of models, by hand. */
class TargetArithmeticTest {

    private static final double Z = 1.959963984540054;
    private static final ModelQuantity MEDIAN = new ModelQuantity.IncidenceQuantile("death", 0.5);

    private static FateState state(String name, List<Fate> fates) {
        return new FateState(name, name, true, 0, fates);
    }

    /** F(t) = 1 - exp(-0.05 t). */
    private static TargetObjective objective(List<RateTarget> targets, List<RangeOfTimes> ranges) {
        MultiStateModel model = MultiStateModel.builder(DurationUnit.MONTHS)
                .start("alive")
                .state(state("alive", List.of(new Fate("death", "dead", 1, Exponential.of(0.05)))))
                .absorbing(FateState.absorbing("dead", false))
                .build();
        Combination combination = OpenModel.of(model)
                .withOpenLaw("alive", "death", OpenLaw.of(LawFamily.EXPONENTIAL))
                .combinations()
                .get(0);
        return new TargetObjective(combination, targets, ranges);
    }

    private static double residual(RateTarget target) {
        TargetObjective objective = objective(List.of(target), List.of());
        return objective.residuals(objective.reading(objective.combination().starting()))[0];
    }

    private static double logLikelihood(RateTarget target) {
        TargetObjective objective = objective(List.of(target), List.of());
        return objective.logLikelihood(objective.combination().starting());
    }

    private static double by(double t) {
        return -Math.expm1(-0.05 * t);
    }

    private static double divergence(double p, double q) {
        return p * Math.log(p / q) + (1 - p) * Math.log((1 - p) / (1 - q));
    }

    @Test
    void aRangeOfAMedianMissesByTheShareAtItsNearerEnd() {
        double error = 0.05;
        RateTarget late = RateTarget.between(MEDIAN, 20, 30).withSampleSize(100);
        RateTarget early = RateTarget.between(MEDIAN, 2, 4).withSampleSize(100);
        RateTarget inside = RateTarget.between(MEDIAN, 10, 20).withSampleSize(100);
        assertThat(residual(late)).isCloseTo((by(20) - 0.5) / error, within(1e-9));
        assertThat(residual(early)).isCloseTo((by(4) - 0.5) / error, within(1e-9));
        assertThat(residual(inside)).isZero();
        assertThat(logLikelihood(late)).isCloseTo(-100 * divergence(0.5, by(20)), within(1e-7));
        assertThat(logLikelihood(early)).isCloseTo(-100 * divergence(0.5, by(4)), within(1e-7));
        assertThat(logLikelihood(inside)).isCloseTo(0, within(1e-12));
    }

    @Test
    void aRangeOfAShareCountsByItsNearerEnd() {
        ModelQuantity share = new ModelQuantity.Incidence("death", 10);
        RateTarget below = RateTarget.between(share, 0.1, 0.3).withSampleSize(50);
        assertThat(logLikelihood(below)).isCloseTo(-50 * divergence(0.3, by(10)), within(1e-7));
        RateTarget above = RateTarget.between(share, 0.5, 0.6).withSampleSize(50);
        assertThat(logLikelihood(above)).isCloseTo(-50 * divergence(0.5, by(10)), within(1e-7));
        RateTarget normal = RateTarget.of(share, 0.3).withStandardError(0.04);
        assertThat(logLikelihood(normal)).isCloseTo(-Math.pow((by(10) - 0.3) / 0.04, 2) / 2, within(1e-7));
        assertThat(logLikelihood(normal.withWeight(3)))
                .isCloseTo(-3 * Math.pow((by(10) - 0.3) / 0.04, 2) / 2, within(1e-7));
    }

    @Test
    void medianAndLargestTimeAreSharesOfSoMany() {
        TargetObjective objective = objective(List.of(), List.of(new RangeOfTimes("death", 20, 12, 1, 50)));
        double[] r =
                objective.residuals(objective.reading(objective.combination().starting()));
        double rank = 19.7 / 20.4;
        assertThat(r[0]).isCloseTo((by(12) - 0.5) / Math.sqrt(0.25 / 20), within(1e-9));
        assertThat(r[1]).isCloseTo((by(50) - rank) / Math.sqrt(rank * (1 - rank) / 20), within(1e-9));
    }

    @Test
    void precisionIsOnTheScaleOfComparison() {
        ModelQuantity share = new ModelQuantity.Incidence("death", 10);
        assertThat(RateTarget.of(share, 0.3).withInterval(0.2, 0.4, 0.95).error())
                .isCloseTo(0.1 / Z, within(1e-12));
        assertThat(RateTarget.of(MEDIAN, 10).withInterval(5, 20, 0.95).error())
                .isCloseTo(Math.log(2) / Z, within(1e-12));
        assertThat(RateTarget.of(MEDIAN, 10).withStandardError(2).error()).isCloseTo(0.2, within(1e-15));
        assertThat(RateTarget.between(MEDIAN, 4, 9).middle()).isCloseTo(6, within(1e-12));
        assertThat(RateTarget.between(share, 0.2, 0.4).middle()).isCloseTo(0.3, within(1e-15));
    }

    @Test
    void timesInAStateCountAsSharesStillThere() {
        ModelQuantity quarterGone = new ModelQuantity.OccupancyQuantile(Set.of("alive"), 0.25);
        RateTarget left = RateTarget.of(quarterGone, 10).withSampleSize(40);
        assertThat(left.quantileShare()).isEqualTo(0.75);
        assertThat(residual(left)).isCloseTo((1 - by(10) - 0.75) / left.error(), within(1e-9));
        assertThat(logLikelihood(left)).isCloseTo(-40 * divergence(0.75, 1 - by(10)), within(1e-7));
        // A quarter is gone at ln(4 / 3) / 0.05 = 5.75.
        RateTarget inside = RateTarget.between(quarterGone, 4, 8).withSampleSize(40);
        assertThat(residual(inside)).isZero();
        assertThat(logLikelihood(inside)).isCloseTo(0, within(1e-12));
        RateTarget before = RateTarget.between(quarterGone, 2, 4).withSampleSize(40);
        assertThat(residual(before)).isCloseTo((1 - by(4) - 0.75) / before.error(), within(1e-9));
        assertThat(logLikelihood(before)).isCloseTo(-40 * divergence(0.75, 1 - by(4)), within(1e-7));
        RateTarget after = RateTarget.between(quarterGone, 8, 20).withSampleSize(40);
        assertThat(residual(after)).isCloseTo((1 - by(8) - 0.75) / after.error(), within(1e-9));
        assertThat(logLikelihood(after)).isCloseTo(-40 * divergence(0.75, 1 - by(8)), within(1e-7));
    }

    /** Two ways out of h, the first with twice its law's hazard. */
    private static ModelReading twice(LawOfTime first, LawOfTime second) {
        MultiStateModel.Builder builder =
                MultiStateModel.builder(DurationUnit.MONTHS).start("h").state(state("h", List.of()));
        builder.absorbing(FateState.absorbing("a", false)).absorbing(FateState.absorbing("b", false));
        builder.transition(new HazardTransition("a", "h", "a", first, Clock.RESET, Map.of("x", Math.log(2))));
        builder.transition(HazardTransition.of("h", "b", second, Clock.RESET));
        return new ModelReading(builder.build().withCovariates(Map.of("x", 1.0)), 10);
    }

    @Test
    void limitsUnderHazardsCountCovariates() {
        ModelReading constant = twice(Exponential.of(0.1), Exponential.of(0.1));
        assertThat(constant.ever("a")).isCloseTo(2.0 / 3, within(1e-12));
        assertThat(constant.ever("b")).isCloseTo(1.0 / 3, within(1e-12));
        assertThat(constant.occupancy(Set.of("h"), 5)).isCloseTo(Math.exp(-1.5), within(1e-12));
        // Of one shape hazards keep their ratio: 2 / 20^1.5 and 1 / 30^1.5.
        ModelReading weibull = twice(Weibull.of(1.5, 20), Weibull.of(1.5, 30));
        double a = 2 / Math.pow(20, 1.5);
        double b = 1 / Math.pow(30, 1.5);
        assertThat(weibull.ever("a")).isCloseTo(a / (a + b), within(1e-9));
        assertThat(weibull.ever("b")).isCloseTo(b / (a + b), within(1e-9));
        assertThat(weibull.occupancy(Set.of("h"), 8)).isCloseTo(Math.exp(-(a + b) * Math.pow(8, 1.5)), within(1e-12));
        MultiStateModel falling = MultiStateModel.builder(DurationUnit.MONTHS)
                .start("h")
                .state(state("h", List.of()))
                .absorbing(FateState.absorbing("a", false))
                .transition(new HazardTransition(
                        "a", "h", "a", Gompertz.of(-0.1, 0.05), Clock.RESET, Map.of("x", Math.log(2))))
                .build()
                .withCovariates(Map.of("x", 1.0));
        // The whole hazard is 0.05 / 0.1, twice.
        assertThat(new ModelReading(falling, 10).ever("a")).isCloseTo(-Math.expm1(-1), within(1e-12));
    }

    @Test
    void aStartThatIsEnteredAgainIsNotReadAsLeftForGood() {
        MultiStateModel model = MultiStateModel.builder(DurationUnit.MONTHS)
                .start("h")
                .state(state("h", List.of()))
                .state(state("i", List.of()))
                .transition(HazardTransition.of("h", "i", Exponential.of(1), Clock.RESET))
                .transition(HazardTransition.of("i", "h", Exponential.of(1), Clock.RESET))
                .build();
        assertThat(new ModelReading(model, 3).occupancy(Set.of("h"), 1))
                .isCloseTo(0.5 + 0.5 * Math.exp(-2), within(1e-6));
    }

    @Test
    void anEventOfSeveralStatesIsCountedTheFirstTime() {
        LawOfTime law = Exponential.of(1);
        MultiStateModel model = MultiStateModel.builder(DurationUnit.MONTHS)
                .start("h")
                .state(state("h", List.of(new Fate("ev", "i", 0.5, law), new Fate("other", "j", 0.5, law))))
                .state(state("i", List.of(new Fate("ev", "d", 1, law))))
                .state(state("j", List.of(new Fate("ev", "d", 1, law))))
                .absorbing(FateState.absorbing("d", false))
                .build();
        double t = 1.5;
        double expected = 0.5 * -Math.expm1(-t) + 0.5 * (1 - Math.exp(-t) * (1 + t));
        assertThat(new ModelReading(model, 3).incidence("ev", t)).isCloseTo(expected, within(1e-6));
    }

    @Test
    void onlyWhatNoModelCanMeetIsRefused() {
        MultiStateModel model = objective(List.of(), List.of()).combination().model(new double[] {0});
        ModelQuantity byTen = new ModelQuantity.Incidence("death", 10);
        assertThatThrownBy(() -> TargetChecks.check(
                        model, List.of(RateTarget.of(byTen, 0.5), RateTarget.of(byTen, 0.3)), List.of()))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageStartingWith("targets contradict each other: P(death by 10) = 0.5 and P(death by 10)");
        List<RateTarget> overlapping = List.of(
                RateTarget.of(new ModelQuantity.Occupancy(Set.of("alive"), 10), 0.7),
                RateTarget.of(new ModelQuantity.Occupancy(Set.of("alive", "dead"), 10), 1));
        assertThatCode(() -> TargetChecks.check(model, overlapping, List.of())).doesNotThrowAnyException();
        List<RateTarget> disjoint = List.of(
                RateTarget.of(new ModelQuantity.Occupancy(Set.of("alive"), 10), 0.7),
                RateTarget.of(new ModelQuantity.Occupancy(Set.of("dead"), 10), 0.4));
        assertThatThrownBy(() -> TargetChecks.check(model, disjoint, List.of()))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("sum to more than 1");
    }
}
