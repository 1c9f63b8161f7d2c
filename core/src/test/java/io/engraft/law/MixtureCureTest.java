package io.engraft.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MixtureCureTest extends LawContractTest {

    @Override
    List<LawOfTime> laws() {
        return List.of(
                MixtureCure.of(0.3, Weibull.of(0.64, 141.8)),
                MixtureCure.of(0, Gamma.of(2, 3)),
                MixtureCure.of(0.95, LogNormal.of(1, 0.7)),
                MixtureCure.of(1e-5, LogLogistic.of(1.5, 3)),
                MixtureCure.of(0.5, Exponential.of(2)),
                MixtureCure.of(0.4, GeneralizedGamma.of(1, 0.5, 0.01)),
                MixtureCure.of(0.2, Gompertz.of(-0.3, 0.2)),
                MixtureCure.of(0.6, PiecewiseExponential.of(new double[] {1, 3}, new double[] {0.5, 0, 0.25})),
                MixtureCure.of(0.6, LawText.parse("spline odds 3 -3.0 1.4 0.03 0.0 1.5 3.5")),
                MixtureCure.of(0.3, MixtureCure.of(0.2, Weibull.of(2, 3))));
    }

    @Override
    LawOfTime random(SplittableRandom random) {
        double cured = random.nextInt(4) == 0 ? logBetween(random, 1e-12, 1) : between(random, 0, 0.99);
        return MixtureCure.of(
                cured,
                switch (random.nextInt(3)) {
                    case 0 -> Weibull.of(logBetween(random, 0.2, 10), 5);
                    case 1 -> LogNormal.of(1, logBetween(random, 0.1, 3));
                    default -> GeneralizedGamma.of(1, logBetween(random, 0.1, 2), between(random, -3, 3));
                });
    }

    @Test
    void byHand() {
        MixtureCure law = MixtureCure.of(0.25, Exponential.of(2));
        assertThat(law.survival(0.5)).isCloseTo(0.25 + 0.75 * Math.exp(-1), within(1e-16));
        assertThat(law.hazard(0.5)).isCloseTo(1.5 * Math.exp(-1) / (0.25 + 0.75 * Math.exp(-1)), within(1e-15));
        assertThat(law.timeAt(0.375)).isCloseTo(Math.log(2) / 2, within(1e-16));
        assertThat(law.timeAt(0.75)).isInfinite();
        assertThat(law.timeAtSurvival(0.25)).isInfinite();
        assertThat(law.meanUpTo(4)).isCloseTo(1 + 0.375 * (1 - Math.exp(-8)), within(1e-15));
        assertThat(law.mean()).isInfinite();
        assertThat(law.curedShare()).isEqualTo(0.25);
        assertThat(law.cured()).isEqualTo(0.25);
        assertThat(law.uncured()).isEqualTo(Exponential.of(2));
        assertThat(law.parameters()).containsExactlyInAnyOrderEntriesOf(java.util.Map.of("cured", 0.25, "rate", 2.0));
        assertThat(law.name()).isEqualTo("mixture-cure(exponential)");
        assertThat(law).isNotEqualTo(MixtureCure.of(0.25, Weibull.of(1, 0.5)));
        assertThat(MixtureCure.of(0.3, law).parameters())
                .containsEntry("uncured.cured", 0.25)
                .hasSize(3);
    }

    @Test
    void survivorsAreMoreOftenCured() {
        MixtureCure rest = (MixtureCure) MixtureCure.of(0.25, Exponential.of(2)).conditionalOn(0.5);
        assertThat(rest.cured()).isCloseTo(0.25 / (0.25 + 0.75 * Math.exp(-1)), within(1e-16));
        assertThat(rest.uncured()).isEqualTo(Exponential.of(2));
        LawOfTime only = MixtureCure.of(0.25, Exponential.of(2)).conditionalOn(1e4);
        assertThat(only.curedShare()).isEqualTo(1);
        assertThat(only.meanUpTo(7)).isEqualTo(7);
    }

    @Test
    void anImproperUncuredLawAddsItsOwnShare() {
        MixtureCure law = MixtureCure.of(0.2, Gompertz.ofCured(0.5, 1));
        assertThat(law.curedShare()).isCloseTo(0.6, within(1e-15));
        assertThat(law.cured()).isEqualTo(0.2);
    }

    @Test
    void badShares() {
        for (double cured : new double[] {1, -0.1, Double.NaN}) {
            assertThatThrownBy(() -> MixtureCure.of(cured, Exponential.of(1)))
                    .hasMessage("cured is " + cured + "; allowed: 0 <= cured < 1");
        }
    }
}
