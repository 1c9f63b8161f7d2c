package io.engraft.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ConditionalLawTest extends LawContractTest {

    @Override
    List<LawOfTime> laws() {
        return List.of(
                LawText.parse("given 2.0 weibull 0.64 141.8"),
                LawText.parse("given 30.0 weibull 2.5 7.0"),
                LawText.parse("given 100.0 lognormal 4.38 1.5"),
                LawText.parse("given 0.01 loglogistic 1.5 3.0"),
                LawText.parse("given 5.0 gamma 3.7 2.0"),
                LawText.parse("given 4.0 gengamma 1.0 0.5 -0.5"),
                LawText.parse("given 3.0 spline hazard 4 -3.5 1.6 0.02 -0.015 -1.0 1.0 2.0 4.0"));
    }

    @Override
    LawOfTime random(SplittableRandom random) {
        LawOfTime law = switch (random.nextInt(4)) {
            case 0 -> Weibull.of(logBetween(random, 0.2, 10), 5);
            case 1 -> LogNormal.of(1, logBetween(random, 0.1, 3));
            case 2 -> LogLogistic.of(logBetween(random, 0.3, 10), 5);
            default -> GeneralizedGamma.of(1, logBetween(random, 0.1, 2), between(random, -3, 3));
        };
        return law.conditionalOn(law.timeAt(between(random, 0.01, 0.99)));
    }

    @Test
    void theExponentialHasNoMemory() {
        assertThat(Exponential.of(3).conditionalOn(8)).isEqualTo(Exponential.of(3));
        // A Weibull time of shape 1 goes the general way and must agree.
        LawOfTime rest = Weibull.of(1, 0.5).conditionalOn(8);
        assertThat(rest.survival(2)).isCloseTo(Math.exp(-4), relative(1e-13));
        assertThat(rest.timeAt(0.5)).isCloseTo(Math.log(2) / 2, relative(1e-14));
        assertThat(rest.mean()).isCloseTo(0.5, relative(1e-12));
        assertThat(rest.parameters()).containsEntry("survived", 8.0).containsEntry("shape", 1.0);
        assertThat(rest.name()).isEqualTo("conditional(weibull)");
    }

    @Test
    void conditioningTwiceAddsTheTimes() {
        LawOfTime law = LogNormal.of(1, 0.7);
        assertThat(law.conditionalOn(1).conditionalOn(2)).isEqualTo(law.conditionalOn(3));
    }

    @Test
    void nobodyLeft() {
        assertThatThrownBy(() -> Weibull.of(40, 1).conditionalOn(1e10))
                .hasMessage(
                        "s is 1.0E10, which nobody survives under weibull{shape=40.0, scale=1.0}; allowed: a time at"
                                + " which survival is above 0");
    }

    @Test
    void deepInTheTail() {
        // Far out a lognormal hazard falls like log(t) / (s^2 t): the rest is longer the longer one has waited.
        LogNormal law = LogNormal.of(0, 1);
        double s = law.timeAtSurvival(1e-250);
        LawOfTime rest = law.conditionalOn(s);
        assertThat(rest.timeAt(0.5)).isCloseTo(law.timeAtSurvival(0.5e-250) - s, relative(1e-9));
        assertThat(rest.survival(rest.timeAtSurvival(1e-40))).isCloseTo(1e-40, relative(1e-11));
    }
}
