package io.engraft.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GompertzTest extends FamilyLawContractTest {

    @Override
    List<LawOfTime> laws() {
        return List.of(
                Gompertz.of(0.03, 0.2),
                Gompertz.of(2, 1e-5),
                Gompertz.of(1e-9, 0.4),
                Gompertz.of(0, 3),
                Gompertz.of(-1e-9, 0.4),
                Gompertz.of(-0.3, 0.2),
                Gompertz.of(-2, 9));
    }

    @Override
    LawOfTime random(SplittableRandom random) {
        double sign = random.nextBoolean() ? 1 : -1;
        return Gompertz.of(sign * logBetween(random, 1e-12, 10), logBetween(random, 1e-3, 10));
    }

    /** flexsurv issues 35 and 54: the asymptote, the sampler and the quantiles beyond it. */
    @Test
    void par_gompertzNegativeShape() {
        // H(infinity) = 0.2 / 0.4 = 1/2.
        Gompertz law = Gompertz.of(-0.4, 0.2);
        assertThat(law.curedShare()).isCloseTo(Math.exp(-0.5), within(1e-16));
        assertThat(law.survival(1e6)).isEqualTo(law.curedShare());
        assertThat(law.timeAt(0.393)).isFinite();
        assertThat(law.timeAt(0.394)).isInfinite();
        assertThat(law.timeAtSurvival(0.607)).isFinite();
        assertThat(law.timeAtSurvival(0.606)).isInfinite();
        assertThat(law.sample(0.2)).isBetween(0.0, 10.0);
        assertThat(law.sample(0.9)).isInfinite();
        assertThat(law.mean()).isInfinite();
        // Half of H(infinity) is reached when exp(-0.4 t) = 1/2.
        assertThat(law.timeAtSurvival(Math.exp(-0.25))).isCloseTo(Math.log(2) / 0.4, within(1e-14));
        for (double p = 0.01; p < 0.393; p += 0.01) {
            assertThat(law.cumulativeProbability(law.timeAt(p))).isCloseTo(p, relative(1e-14));
        }
        Gompertz again = (Gompertz) LawFamily.GOMPERTZ.through(
                new TimingTarget(1, law.cumulativeProbability(1)), new TimingTarget(9, law.cumulativeProbability(9)));
        assertThat(again.shape()).isCloseTo(-0.4, within(1e-12));
        assertThat(again.rate()).isCloseTo(0.2, within(1e-12));
    }

    @Test
    void shapeZeroIsTheExponentialAndTheLimitFromBothSides() {
        Exponential limit = Exponential.of(0.3);
        for (double shape : new double[] {0, -0.0, 1e-18, -1e-18, 1e-300, -1e-300, Double.MIN_VALUE}) {
            Gompertz law = Gompertz.of(shape, 0.3);
            for (double t : new double[] {0.001, 1, 30, 300}) {
                assertThat(law.survival(t)).isCloseTo(limit.survival(t), relative(1e-12));
                assertThat(law.density(t)).isCloseTo(limit.density(t), relative(1e-12));
            }
            assertThat(law.timeAt(0.7)).isCloseTo(limit.timeAt(0.7), relative(1e-14));
            assertThat(law.timeAtSurvival(1e-200)).isCloseTo(limit.timeAtSurvival(1e-200), relative(1e-12));
        }
        assertThat(Gompertz.of(1e-12, 0.3).mean()).isCloseTo(1 / 0.3, relative(1e-11));
        assertThat(Gompertz.of(1e-300, 0.3).mean()).isEqualTo(1 / 0.3);
        assertThat(Gompertz.of(-0.0, 0.3)).isEqualTo(Gompertz.of(0, 0.3));
    }

    @Test
    void ofCuredShareAndDecay() {
        Gompertz law = Gompertz.ofCured(0.6, 0.8);
        assertThat(law.curedShare()).isCloseTo(0.6, within(1e-15));
        assertThat(law.shape()).isEqualTo(-0.8);
        assertThat(law.rate()).isCloseTo(-0.8 * Math.log(0.6), within(1e-16));
        assertThat(law.conditionalOn(1.5)).isInstanceOf(Gompertz.class);
        assertThat(law.conditionalOn(5000).curedShare()).isEqualTo(1);
        assertThatThrownBy(() -> Gompertz.ofCured(1, 2)).hasMessage("cured is 1.0; allowed: 0 < cured < 1");
        assertThatThrownBy(() -> Gompertz.ofCured(0.5, -2)).hasMessage("decay is -2.0; allowed: 0 < decay < infinity");
        assertThatThrownBy(() -> Gompertz.of(1, 0)).hasMessage("rate is 0.0; allowed: 0 < rate < infinity");
        assertThatThrownBy(() -> Gompertz.of(2, 1).conditionalOn(1e3)).hasMessageContaining("which nobody survives");
    }
}
