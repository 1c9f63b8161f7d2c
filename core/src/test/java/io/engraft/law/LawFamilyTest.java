package io.engraft.law;

import static io.engraft.law.LawContractTest.relative;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.InvalidArgumentException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class LawFamilyTest {

    @Test
    void weibullOfTheJmmlTargetsByHand() {
        // shape = ln(ln(1/0.16) / ln 2) / ln(365.25 / 80) = 0.9722/1.5186, scale = 80 / (ln 2)^(1/shape)
        Weibull law = (Weibull) LawFamily.WEIBULL.through(TimingTarget.median(80), new TimingTarget(365.25, 0.84));
        assertThat(law.shape()).isCloseTo(0.6402, within(5e-5));
        assertThat(law.scale()).isCloseTo(141.8, within(0.05));
        assertThat(law.timeAt(0.5)).isCloseTo(80, relative(1e-14));
        assertThat(law.cumulativeProbability(365.25)).isCloseTo(0.84, within(1e-15));
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"EXPONENTIAL", "GENERALIZED_GAMMA"})
    void passesThroughBothTargetsInEitherOrder(LawFamily family) {
        double[][] targets = {{80, 0.5, 365.25, 0.84}, {1, 0.05, 2, 0.06}, {3, 0.1, 4, 0.9}, {10, 1e-8, 20, 0.5}};
        for (double[] x : targets) {
            TimingTarget one = new TimingTarget(x[0], x[1]);
            TimingTarget other = new TimingTarget(x[2], x[3]);
            LawOfTime law = family.through(one, other);
            assertThat(law.cumulativeProbability(x[0])).isCloseTo(x[1], relative(1e-11));
            assertThat(law.cumulativeProbability(x[2])).isCloseTo(x[3], relative(1e-11));
            assertThat(family.through(other, one)).isEqualTo(law);
        }
    }

    @Test
    void exponentialThroughOneTarget() {
        assertThat(LawFamily.exponentialThrough(TimingTarget.median(2)).rate())
                .isCloseTo(Math.log(2) / 2, within(1e-16));
        assertThatThrownBy(() -> LawFamily.EXPONENTIAL.through(TimingTarget.median(2), new TimingTarget(3, 0.9)))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("one parameter and two timing targets");
    }

    @ParameterizedTest
    @CsvSource({"5,0.5,4,0.8", "5,0.5,5,0.6", "5,0.5,6,0.5"})
    void contradictingTargetsAreNamed(double t1, double p1, double t2, double p2) {
        assertThatThrownBy(() -> LawFamily.WEIBULL.through(new TimingTarget(t1, p1), new TimingTarget(t2, p2)))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("contradict each other; allowed: the later time with the larger share");
    }

    @Test
    void gammaOutOfReachIsNamed() {
        assertThatThrownBy(() -> LawFamily.GAMMA.through(new TimingTarget(1, 0.01), new TimingTarget(1.0001, 0.99)))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("not met by a gamma law");
    }

    @Test
    void badTargetsAndParametersAreNamed() {
        assertThatThrownBy(() -> new TimingTarget(0, 0.5)).hasMessage("time is 0.0; allowed: 0 < time < infinity");
        assertThatThrownBy(() -> new TimingTarget(1, 1)).hasMessage("share is 1.0; allowed: 0 < share < 1");
        assertThatThrownBy(() -> LawFamily.parse("normal"))
                .hasMessage("family is normal; allowed: exponential, weibull, lognormal, loglogistic, gamma,"
                        + " gompertz or gengamma");
        assertThatThrownBy(() -> LawFamily.WEIBULL.of(Map.of("shape", 1.0)))
                .hasMessage("parameters of weibull is [shape]; allowed: exactly [shape, scale]");
        assertThatThrownBy(() -> LawFamily.GAMMA.of(Map.of("shape", 1.0, "rate", 2.0)))
                .hasMessageContaining("allowed: exactly [shape, scale]");
        assertThatThrownBy(() -> Weibull.of(-1, 1)).hasMessage("shape is -1.0; allowed: 0 < shape < infinity");
        assertThat(LawFamily.parse("LogNormal")).isEqualTo(LawFamily.LOG_NORMAL);
        assertThat(TimingTarget.median(2)).hasToString("P(T <= 2.0) = 0.5");
    }

    @Test
    void gompertzThroughTwoPoints() {
        // H(1) = 0.1 (e^2 - 1) / 2 and H(3) = 0.1 (e^6 - 1) / 2 for shape 2 and rate 0.1.
        TimingTarget one = new TimingTarget(1, -Math.expm1(-0.05 * Math.expm1(2)));
        TimingTarget other = new TimingTarget(3, -Math.expm1(-0.05 * Math.expm1(6)));
        Gompertz law = (Gompertz) LawFamily.GOMPERTZ.through(one, other);
        assertThat(law.shape()).isCloseTo(2, relative(1e-7));
        assertThat(law.rate()).isCloseTo(0.1, relative(1e-6));
        // equal hazards before and after: shape 0
        TimingTarget half = new TimingTarget(4, -Math.expm1(-1));
        Gompertz flat = (Gompertz) LawFamily.GOMPERTZ.through(half, new TimingTarget(8, -Math.expm1(-2)));
        assertThat(flat.shape()).isCloseTo(0, within(1e-14));
        assertThat(flat.rate()).isCloseTo(0.25, relative(1e-13));
        assertThatThrownBy(() -> LawFamily.GOMPERTZ.through(new TimingTarget(1, 1e-9), new TimingTarget(1.01, 0.999)))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("are not met by a Gompertz law");
        assertThatThrownBy(() -> LawFamily.GENERALIZED_GAMMA.through(one, other))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("three parameters, which two timing targets do not determine");
    }

    @Test
    void labelsAndParameters() {
        assertThat(LawFamily.parse("gompertz").of(Map.of("shape", -1.0, "rate", 2.0)))
                .isEqualTo(Gompertz.of(-1, 2));
        assertThat(LawFamily.parse("GenGamma").of(Map.of("mu", 1.0, "sigma", 2.0, "q", 3.0)))
                .isEqualTo(GeneralizedGamma.of(1, 2, 3));
        assertThat(LawFamily.GENERALIZED_GAMMA.parameterNames()).containsExactly("mu", "sigma", "q");
        assertThatThrownBy(() -> LawFamily.GENERALIZED_GAMMA.of(Map.of("mu", 1.0, "sigma", 2.0)))
                .hasMessageEndingWith("allowed: exactly [mu, sigma, q]");
    }

    @Test
    void accessors() {
        assertThat(Exponential.of(2).rate()).isEqualTo(2);
        assertThat(Weibull.of(2, 3).scale()).isEqualTo(3);
        assertThat(LogNormal.of(2, 3).meanLog()).isEqualTo(2);
        assertThat(LogNormal.of(2, 3).sdLog()).isEqualTo(3);
        assertThat(LogLogistic.of(2, 3).shape()).isEqualTo(2);
        assertThat(LogLogistic.of(2, 3).scale()).isEqualTo(3);
        assertThat(Gamma.of(2, 3).shape()).isEqualTo(2);
        assertThat(Gamma.of(2, 3).scale()).isEqualTo(3);
    }

    @Test
    void weibullRestrictedMeanSurvivesExtremeShapes() {
        // 1/k = 200: the gamma function overflows, the integral does not; against the definition in log time.
        Weibull flat = Weibull.of(0.005, 1);
        double tau = flat.timeAt(0.9);
        assertThat(Double.isInfinite(tau)).isFalse();
        assertThat(flat.meanUpTo(tau) / tau).isBetween(0.1, 0.11);
        assertThat(flat.meanUpTo(1)).isCloseTo(Math.exp(-1), within(0.002));
    }
}
