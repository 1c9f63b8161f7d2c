package io.engraft.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.InvalidArgumentException;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GammaTest extends FamilyLawContractTest {

    @Override
    List<LawOfTime> laws() {
        return List.of(Gamma.of(0.05, 3), Gamma.of(0.5, 200), Gamma.of(1, 2), Gamma.of(4.5, 0.1), Gamma.of(300, 2));
    }

    @Override
    LawOfTime random(SplittableRandom random) {
        return Gamma.of(logBetween(random, 0.05, 500), logBetween(random, 1e-2, 1e3));
    }

    /** Most quantiles of so small a shape underflow to 0; those that do not must still invert the law. */
    @ParameterizedTest
    @ValueSource(doubles = {5e-3, 1e-3, 1e-5, 1e-10})
    void quantilesOfTinyShapes(double shape) {
        Gamma law = Gamma.of(shape, 1);
        double last = 0;
        for (double p : new double[] {0, 1e-300, 1e-9, 0.3, 0.5, 0.51, 0.9, 0.99, 0.9999, 1 - 1e-9, 1 - 1e-14}) {
            double t = law.timeAt(p);
            assertThat(t).isGreaterThanOrEqualTo(last);
            if (t > 1e-300) {
                assertThat(law.cumulativeProbability(t)).isCloseTo(p, within(1e-11));
                assertThat(law.survival(t)).isCloseTo(1 - p, within(1e-9 * (1 - p)));
            } else {
                assertThat(law.cumulativeProbability(1e-299)).isGreaterThanOrEqualTo(p * (1 - 1e-9));
            }
            last = t;
        }
        assertThat(law.timeAt(1)).isInfinite();
    }

    @Test
    void theShapeHasLimits() {
        assertThat(Gamma.of(1e10, 1).timeAt(0.5)).isCloseTo(1e10, within(1.0));
        assertThatThrownBy(() -> Gamma.of(2e10, 1))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("shape is 2.0E10; allowed: 1.0E-10 <= shape <= 1.0E10");
        assertThatThrownBy(() -> Gamma.of(9e-11, 1)).hasMessageContaining("shape is 9.0E-11");
        assertThatThrownBy(() -> Gamma.of(Double.NaN, 1)).hasMessageContaining("shape is NaN");
    }

    /** R 4.2.2: print(qgamma(s, shape, lower.tail = FALSE), digits = 17). */
    @ParameterizedTest
    @CsvSource({
        "0.005, 0.002, 0.66647461091271842",
        "0.005, 5e-4, 1.5046113411035749",
        "0.005, 1e-4, 2.674758303262899",
        "0.005, 1e-9, 12.819483657778049",
        "0.005, 1e-40, 82.406483918933318",
        "0.01, 0.002, 1.0620932251158695",
        "0.01, 5e-4, 1.9951502681990734",
        "0.01, 1e-4, 3.2260386659161653",
        "0.01, 1e-9, 13.481814845137484",
        "0.01, 1e-40, 83.116182935406016",
        "0.02, 0.002, 1.518009349490397",
        "0.02, 5e-4, 2.5237877747253767",
        "0.02, 1e-4, 3.8041274250622874",
        "0.02, 1e-9, 14.161840699404815",
        "0.02, 1e-40, 83.850656084786408",
        "0.2, 0.002, 3.5126394500682965",
        "0.2, 5e-4, 4.7020472038434722",
        "0.2, 1e-4, 6.1269562902307619",
        "0.2, 1e-9, 16.893699912638329",
        "0.2, 1e-40, 86.997583508973051"
    })
    void upperTailOfSmallShapes(double shape, double s, double time) {
        assertThat(Gamma.of(shape, 1).timeAtSurvival(s)).isCloseTo(time, Percentage.withPercentage(1e-11));
    }

    @Test
    void aShareNearOneIsMet() {
        LawOfTime law = LawFamily.GAMMA.through(TimingTarget.median(2.63), new TimingTarget(12, 0.9999));
        assertThat(law.survival(2.63)).isCloseTo(0.5, within(1e-13));
        assertThat(law.survival(12)).isCloseTo(1e-4, Percentage.withPercentage(1e-8));
    }
}
