package io.engraft.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PiecewiseExponentialTest extends LawContractTest {

    @Override
    List<LawOfTime> laws() {
        return List.of(
                piecewise(new double[0], 0.7),
                piecewise(new double[] {2}, 0.3, 0.05),
                piecewise(new double[] {1, 6, 12}, 0.5, 0, 0.02, 0.3),
                piecewise(new double[] {6, 24}, 0.05, 0.01, 0));
    }

    @Override
    LawOfTime random(SplittableRandom random) {
        int n = random.nextInt(6);
        double[] cuts = new double[n];
        double[] rates = new double[n + 1];
        double t = 0;
        for (int j = 0; j <= n; j++) {
            t += logBetween(random, 0.01, 10);
            if (j < n) {
                cuts[j] = t;
            }
            rates[j] = j > 0 && random.nextInt(4) == 0 ? 0 : logBetween(random, 0.01, 3);
        }
        return PiecewiseExponential.of(cuts, rates);
    }

    private static PiecewiseExponential piecewise(double[] cuts, double... rates) {
        return PiecewiseExponential.of(cuts, rates);
    }

    @Test
    void byHand() {
        PiecewiseExponential law = piecewise(new double[] {1, 3}, 0.5, 0, 0.25);
        assertThat(law.survival(1)).isCloseTo(Math.exp(-0.5), within(1e-16));
        assertThat(law.survival(2.5)).isEqualTo(law.survival(1));
        assertThat(law.survival(5)).isCloseTo(Math.exp(-1), within(1e-16));
        assertThat(law.hazard(1)).isZero();
        assertThat(law.hazard(3)).isEqualTo(0.25);
        assertThat(law.density(2)).isZero();
        assertThat(law.logDensity(2)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(law.timeAtSurvival(Math.exp(-1))).isCloseTo(5, within(1e-14));
        // 2 (1 - e^-1/2) + 2 e^-1/2 + 4 e^-1/2
        assertThat(law.mean()).isCloseTo(2 + 4 * Math.exp(-0.5), within(1e-14));
        assertThat(law.meanUpTo(2)).isCloseTo(2 - Math.exp(-0.5), within(1e-15));
        assertThat(law.cuts()).containsExactly(1, 3);
        assertThat(law.rates()).containsExactly(0.5, 0, 0.25);
        assertThat(law.parameters())
                .containsEntry("cut2", 3.0)
                .containsEntry("rate3", 0.25)
                .hasSize(5);
        assertThat(law)
                .isEqualTo(piecewise(new double[] {1, 3}, 0.5, 0, 0.25))
                .isNotEqualTo(piecewise(new double[0], 1));
    }

    @Test
    void theQuantileOfAFlatIsItsStart() {
        PiecewiseExponential law = piecewise(new double[] {1, 3}, 0.5, 0, 0.25);
        double s = law.survival(1);
        assertThat(law.timeAtSurvival(s)).isCloseTo(1, within(1e-15));
        assertThat(law.timeAtSurvival(s * (1 - 1e-12))).isCloseTo(3, within(1e-10));
    }

    @Test
    void aFirstRateOfZeroIsAnEarliestTime() {
        PiecewiseExponential law = piecewise(new double[] {3}, 0, 2);
        assertThat(law.survival(3)).isEqualTo(1);
        assertThat(law.timeAt(0.5)).isCloseTo(3 + Math.log(2) / 2, within(1e-15));
        assertThat(law.timeAt(1e-300)).isEqualTo(3);
        assertThat(law.timeAt(0)).isZero();
        assertThat(law.mean()).isCloseTo(3.5, within(1e-15));
    }

    @Test
    void remainingTimesShiftTheCuts() {
        PiecewiseExponential law = piecewise(new double[] {1, 3}, 0.5, 0, 0.25);
        assertThat(law.conditionalOn(2)).isEqualTo(piecewise(new double[] {1}, 0, 0.25));
        assertThat(law.conditionalOn(1)).isEqualTo(piecewise(new double[] {2}, 0, 0.25));
        assertThat(law.conditionalOn(7)).isEqualTo(piecewise(new double[0], 0.25));
        LawOfTime never = piecewise(new double[] {2}, 1, 0).conditionalOn(4);
        assertThat(never.curedShare()).isEqualTo(1);
        assertThat(never.timeAt(0.1)).isInfinite();
        assertThat(never.meanUpTo(3)).isEqualTo(3);
    }

    @Test
    void givenArraysAreCopied() {
        double[] cuts = {1, 2};
        double[] rates = {1, 2, 3};
        PiecewiseExponential law = PiecewiseExponential.of(cuts, rates);
        Arrays.fill(cuts, 9);
        Arrays.fill(rates, 9);
        law.rates()[0] = 7;
        assertThat(law).isEqualTo(piecewise(new double[] {1, 2}, 1, 2, 3));
        assertThat(law.hazard(0.5)).isEqualTo(1);
    }

    @Test
    void badInput() {
        assertThatThrownBy(() -> piecewise(new double[] {1}, 0.1))
                .hasMessage("1 cuts and 1 rates were given; allowed: one rate more than cuts");
        assertThatThrownBy(() -> piecewise(new double[] {0}, 0.1, 1))
                .hasMessage("cut 1 is 0.0; allowed: 0 < cut 1 < infinity");
        assertThatThrownBy(() -> piecewise(new double[] {2, 2}, 1, 1, 1))
                .hasMessage("cut 2 is 2.0; allowed: more than the cut before, 2.0");
        assertThatThrownBy(() -> piecewise(new double[] {2, Double.NaN}, 1, 1, 1))
                .hasMessage("cut 2 is NaN; allowed: 0 < cut 2 < infinity");
        assertThatThrownBy(() -> piecewise(new double[] {2}, 1, -0.1))
                .hasMessage("rate 2 is -0.1; allowed: 0 <= rate 2 < infinity");
        assertThatThrownBy(() -> piecewise(new double[0], Double.POSITIVE_INFINITY))
                .hasMessage("rate 1 is Infinity; allowed: 0 <= rate 1 < infinity");
    }
}
