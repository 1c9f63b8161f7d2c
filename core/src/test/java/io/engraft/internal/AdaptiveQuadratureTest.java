package io.engraft.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AdaptiveQuadratureTest {

    @Test
    void isExactForPolynomials() {
        // Degree 23 on [-1, 3]: (3^24 - 1) / 24
        double exact = (Math.pow(3, 24) - 1) / 24;
        AdaptiveQuadrature.Result result = AdaptiveQuadrature.integrate(x -> Math.pow(x, 23), -1, 3, 0, 1e-10);
        assertThat(result.value() / exact).isCloseTo(1, within(1e-13));
    }

    @Test
    void handlesSingularEndsAndStaysWithinItsError() {
        AdaptiveQuadrature.Result root = AdaptiveQuadrature.integrate(x -> 1 / Math.sqrt(x), 0, 4, 1e-9, 0);
        assertThat(root.value()).isCloseTo(4, within(Math.max(1e-9, root.error())));
        AdaptiveQuadrature.Result spike =
                AdaptiveQuadrature.integrate(x -> 1 / (1e-6 + (x - 0.3) * (x - 0.3)), 0, 1, 0, 1e-12);
        double exact = 1e3 * (Math.atan(700) + Math.atan(300));
        assertThat(spike.value() / exact).isCloseTo(1, within(1e-11));
    }

    @Test
    void emptyIntervalIsZero() {
        assertThat(AdaptiveQuadrature.integrate(x -> 1, 2, 2, 0, 1e-9).value()).isZero();
    }

    @Test
    void stopsWhereTheToleranceCannotBeMet() {
        AdaptiveQuadrature.Result result = AdaptiveQuadrature.integrate(x -> Math.floor(x * 1e7) % 2, 0, 1, 0, 1e-10);
        assertThat(result.error()).isGreaterThan(1e-10 * result.value());
    }
}
