package io.engraft.multistate.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class MatrixExponentialTest {

    private static void stochastic(double[][] p) {
        for (double[] row : p) {
            double sum = 0;
            for (double x : row) {
                assertThat(x).isBetween(0.0, 1.0);
                sum += x;
            }
            assertThat(sum).isCloseTo(1, within(1e-15 * row.length));
        }
    }

    /** named-cases.md: expm_extreme. */
    @Test
    void expm_extreme() {
        double[][] rates = {{0, 1e-9, 3}, {1e6, 0, 1e-12}, {0, 0, 0}};
        for (double t : new double[] {0, 1e-300, 1e-9, 1, 1e3, 1e9, 1e100, 1e300}) {
            MatrixExponential e = MatrixExponential.of(rates, t);
            stochastic(e.probabilities());
            assertThat(e.times()[2][2]).isCloseTo(t, Percentage.withPercentage(1e-11));
        }
        assertThat(MatrixExponential.of(rates, 1e300).probabilities()[0]).containsExactly(0, 0, 1);
        // A closed class of two: its stationary law, however far apart the rates.
        double[][] ring = {{0, 1e-7}, {1e8, 0}};
        double[][] p = MatrixExponential.of(ring, 1e250).probabilities();
        assertThat(p[1][1]).isCloseTo(1e-15, Percentage.withPercentage(1e-8));
        stochastic(p);
    }

    @Test
    void smallEntriesKeepTheirDigits() {
        // 0 -> 1 -> 2 at rates a = 1e-5 and b = 1e-6, leaving 2 almost at once.
        double[][] rates = {{0, 1e-5, 0, 0}, {0, 0, 1e-6, 0}, {0, 0, 0, 1e5}, {0, 0, 0, 0}};
        double[][] p = MatrixExponential.of(rates, 1e3).probabilities();
        double ill = 1e-5 / 9e-6 * (Math.expm1(-1e-3) - Math.expm1(-1e-2));
        assertThat(p[0][1]).isCloseTo(ill, Percentage.withPercentage(1e-11));
        // Quasi-stationary: the rate of entry into 2 over that of leaving it, up to 1e-8 relative.
        assertThat(p[0][2]).isCloseTo(1e-6 * ill / 1e5, Percentage.withPercentage(2e-6));
        // exp(-700) in the presence of fast neighbours.
        double[][] fast = {{0, 0.7, 0}, {0, 0, 1e4}, {0, 0, 0}};
        assertThat(MatrixExponential.of(fast, 1e3).probabilities()[0][0])
                .isCloseTo(Math.exp(-700), Percentage.withPercentage(1e-8));
    }

    @Test
    void ratesThatOverflowAreRefused() {
        assertThatThrownBy(() -> MatrixExponential.of(new double[][] {{0, 1e308, 1e308}, {0, 0, 0}, {0, 0, 0}}, 1))
                .hasMessage("sum of the rates out of one state is Infinity; allowed: a finite number");
    }
}
