package io.engraft.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.commons.statistics.distribution.NormalDistribution;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class StrictNormalTest {

    @Test
    void agreesWithAnotherImplementation() {
        NormalDistribution normal = NormalDistribution.of(0, 1);
        for (double p = 1e-305; p < 0.5; p *= 1.37) {
            assertThat(StrictNormal.quantile(p))
                    .as("p = %s", p)
                    .isCloseTo(normal.inverseCumulativeProbability(p), Percentage.withPercentage(1e-12));
            assertThat(StrictNormal.quantile(1 - p))
                    .isCloseTo(normal.inverseCumulativeProbability(1 - p), Percentage.withPercentage(1e-12));
        }
        assertThat(StrictNormal.quantile(0.5)).isZero();
        assertThat(StrictNormal.quantile(0)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(StrictNormal.quantile(1)).isEqualTo(Double.POSITIVE_INFINITY);
    }
}
