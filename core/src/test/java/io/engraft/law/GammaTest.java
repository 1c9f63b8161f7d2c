package io.engraft.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.InvalidArgumentException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GammaTest extends LawContractTest {

    @Override
    List<LawOfTime> laws() {
        return List.of(Gamma.of(0.05, 3), Gamma.of(0.5, 200), Gamma.of(1, 2), Gamma.of(4.5, 0.1), Gamma.of(300, 2));
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
}
