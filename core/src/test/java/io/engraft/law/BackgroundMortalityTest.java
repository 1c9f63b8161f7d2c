package io.engraft.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engraft.data.DurationUnit;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BackgroundMortalityTest extends LawContractTest {

    @Override
    List<LawOfTime> laws() {
        return List.of(
                LawText.parse("background weibull 0.64 141.8 piecewise 2 12.0 24.0 0.001 0.002 0.004"),
                LawText.parse("background cure 0.5 lognormal 2.0 1.0 piecewise 3 1.0 2.0 3.0 0.0 0.01 0.03 0.08"),
                LawText.parse("background gompertz -0.3 0.2 piecewise 1 5.0 0.02 0.0"),
                LawText.parse("background gompertz -0.3 0.02 piecewise 0 0.5"),
                BackgroundMortality.of(
                        MixtureCure.of(0.5, Gamma.of(2, 3)),
                        LifeTableHazardTest.table().lawFor(30.4, "female", 2000.7, DurationUnit.MONTHS)));
    }

    @Override
    LawOfTime random(SplittableRandom random) {
        LawOfTime excess = switch (random.nextInt(3)) {
            case 0 -> Weibull.of(logBetween(random, 0.2, 10), 5);
            case 1 -> MixtureCure.of(between(random, 0.01, 0.9), LogNormal.of(1, logBetween(random, 0.1, 3)));
            default -> Gompertz.of(between(random, -1, 1), logBetween(random, 0.01, 1));
        };
        double[] cuts = {between(random, 0.1, 2), between(random, 2, 9)};
        double[] rates = {between(random, 0, 0.1), random.nextInt(3) == 0 ? 0 : 0.1, random.nextInt(3) == 0 ? 0 : 0.3};
        return BackgroundMortality.of(excess, PiecewiseExponential.of(cuts, rates));
    }

    @Test
    void hazardsAdd() {
        BackgroundMortality law = BackgroundMortality.of(
                Exponential.of(0.2), PiecewiseExponential.of(new double[] {2}, new double[] {0.1, 0.3}));
        assertThat(law.hazard(1)).isCloseTo(0.3, within(1e-16));
        assertThat(law.hazard(2)).isEqualTo(0.5);
        assertThat(law.survival(4)).isCloseTo(Math.exp(-0.6 - 1), within(1e-15));
        assertThat(law.timeAtSurvival(Math.exp(-1.6))).isCloseTo(4, within(1e-14));
        // (1 - e^-0.6) / 0.3 + e^-0.6 / 0.5
        assertThat(law.mean()).isCloseTo((1 - Math.exp(-0.6)) / 0.3 + Math.exp(-0.6) / 0.5, within(1e-14));
        assertThat(law.excess()).isEqualTo(Exponential.of(0.2));
        assertThat(law.population().rates()).containsExactly(0.1, 0.3);
        assertThat(law.parameters())
                .containsEntry("rate", 0.2)
                .containsEntry("population.rate2", 0.3)
                .hasSize(4);
        assertThat(law.conditionalOn(3).mean()).isCloseTo(2, within(1e-14));
    }

    /** The cured die like everyone: relative survival levels off, survival does not. */
    @Test
    void theCuredHaveThePopulationsHazard() {
        BackgroundMortality law = BackgroundMortality.of(
                MixtureCure.of(0.4, Weibull.of(1.5, 1)), PiecewiseExponential.of(new double[0], new double[] {0.05}));
        assertThat(law.excess().survival(50)).isCloseTo(0.4, within(1e-15));
        assertThat(law.hazard(50)).isCloseTo(0.05, within(1e-15));
        assertThat(law.curedShare()).isZero();
        assertThat(law.survival(50)).isCloseTo(0.4 * Math.exp(-2.5), relative(1e-14));
        assertThat(law.timeAt(0.9)).isCloseTo(Math.log(4) / 0.05, relative(1e-13));
        assertThat(law.mean()).isBetween(0.4 / 0.05, 0.4 / 0.05 + 0.6);
    }

    @Test
    void whereTheLastRateIsZeroTheExcessDecidesTheMean() {
        PiecewiseExponential population = PiecewiseExponential.of(new double[] {2}, new double[] {0.3, 0});
        // (1 - e^-1) / 0.5 + e^-1 / 0.2
        assertThat(BackgroundMortality.of(Exponential.of(0.2), population).mean())
                .isCloseTo((1 - Math.exp(-1)) / 0.5 + Math.exp(-1) / 0.2, relative(1e-13));
        assertThat(BackgroundMortality.of(LogLogistic.of(0.5, 1), population).mean())
                .isInfinite();
        // Both level off: H(infinity) = 0.6 + 0.5, beyond which there is no time although neither alone reaches 1.05.
        BackgroundMortality law = BackgroundMortality.of(Gompertz.of(-0.4, 0.2), population);
        assertThat(law.curedShare()).isCloseTo(Math.exp(-1.1), within(1e-15));
        double t = law.timeAtSurvival(Math.exp(-1.05));
        assertThat(law.cumulativeHazard(t)).isCloseTo(1.05, within(1e-14));
        assertThat(law.timeAtSurvival(Math.exp(-1.11))).isInfinite();
    }
}
