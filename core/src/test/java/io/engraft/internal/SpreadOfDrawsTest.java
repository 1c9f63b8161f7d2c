package io.engraft.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SpreadOfDrawsTest {

    @Test
    void equalDrawsDoNotSpread() {
        double[] draws = new double[1000];
        Arrays.fill(draws, 5.3);
        assertThat(Percentiles.standardDeviation(draws)).isZero();
        assertThat(Percentiles.standardDeviation(new double[] {7})).isZero();
    }

    @Test
    void byHandAndFarFromZero() {
        // Mean 4, squares 9 + 1 + 1 + 9, divisor 3.
        assertThat(Percentiles.standardDeviation(new double[] {1, 3, 5, 7})).isEqualTo(Math.sqrt(20.0 / 3));
        double[] far = {1e12 + 1, 1e12 + 3, 1e12 + 5, 1e12 + 7};
        assertThat(Percentiles.standardDeviation(far)).isCloseTo(Math.sqrt(20.0 / 3), within(1e-12));
    }
}
