package io.engraft.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.InvalidArgumentException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InternalsTest {

    @Test
    void aRunningProductKeepsItsDigits() {
        RunningProduct product = new RunningProduct();
        BigDecimal exact = BigDecimal.ONE;
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 20_000; i++) {
            double denominator = 1 + random.nextInt(1_000_000);
            double numerator = denominator - random.nextInt(1 + (int) Math.sqrt(denominator) / 100);
            product.multiply(numerator, denominator);
            exact = exact.multiply(new BigDecimal(numerator)).divide(new BigDecimal(denominator), new MathContext(60));
        }
        assertThat(product.value()).isCloseTo(exact.doubleValue(), within(2e-16 * exact.doubleValue()));
        product.multiply(0, 3);
        assertThat(product.value()).isEqualTo(0.0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 100})
    void piecesCoverEveryItemOnce(int pieces) {
        int n = 12_345;
        AtomicIntegerArray seen = new AtomicIntegerArray(n);
        Parallel.run(pieces, p -> {
            for (int i = Parallel.start(n, pieces, p); i < Parallel.start(n, pieces, p + 1); i++) {
                seen.incrementAndGet(i);
            }
        });
        for (int i = 0; i < n; i++) {
            assertThat(seen.get(i)).isEqualTo(1);
        }
        assertThat(Parallel.start(Integer.MAX_VALUE, 64, 64)).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void piecesAreNeverSmallAndNeverNone() {
        assertThat(Parallel.pieces(0, 100)).isEqualTo(1);
        assertThat(Parallel.pieces(99, 100)).isEqualTo(1);
        assertThat(Parallel.pieces(Integer.MAX_VALUE, 1)).isGreaterThanOrEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void anErrorInAnyPieceIsThrown(int failing) {
        assertThatThrownBy(() -> Parallel.run(4, p -> {
                    if (p == failing) {
                        throw new InvalidArgumentException("piece " + p);
                    }
                }))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("piece " + failing);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.NEGATIVE_INFINITY, -1})
    void guardsAreProofAgainstNaN(double bad) {
        assertThatThrownBy(() -> Require.positive("x", bad)).hasMessage("x is " + bad + "; allowed: 0 < x < infinity");
        assertThatThrownBy(() -> Require.nonNegative("x", bad))
                .hasMessage("x is " + bad + "; allowed: 0 <= x < infinity");
        assertThatThrownBy(() -> Require.time(bad)).hasMessage("time is " + bad + "; allowed: 0 <= time");
        assertThatThrownBy(() -> Require.probability("p", bad)).hasMessage("p is " + bad + "; allowed: 0 <= p <= 1");
        assertThatThrownBy(() -> Require.properFraction("p", bad)).hasMessage("p is " + bad + "; allowed: 0 < p < 1");
    }

    @Test
    void guardsPassWhatIsAllowed() {
        assertThat(Require.finite("x", -3)).isEqualTo(-3);
        assertThat(Require.positive("x", 1e-300)).isEqualTo(1e-300);
        assertThat(Require.nonNegative("x", 0)).isZero();
        assertThat(Require.time(Double.POSITIVE_INFINITY)).isInfinite();
        assertThat(Require.probability("p", 1)).isEqualTo(1);
        assertThat(Require.properFraction("p", 0.5)).isEqualTo(0.5);
        assertThat(Require.atLeast("n", 3, 3)).isEqualTo(3);
        assertThat(Require.atLeast("n", 3L, 3L)).isEqualTo(3);
        assertThatCode(() -> Require.sameLength("a", 2, "b", 2)).doesNotThrowAnyException();
    }

    @Test
    void guardsSayWhatIsAllowed() {
        assertThatThrownBy(() -> Require.finite("x", Double.POSITIVE_INFINITY))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("x is Infinity; allowed: a finite number");
        assertThatThrownBy(() -> Require.finite("x", Double.NaN)).hasMessage("x is NaN; allowed: a finite number");
        assertThatThrownBy(() -> Require.positive("x", 0)).hasMessage("x is 0.0; allowed: 0 < x < infinity");
        assertThatThrownBy(() -> Require.positive("x", Double.POSITIVE_INFINITY))
                .hasMessageContaining("x is Infinity");
        assertThatThrownBy(() -> Require.nonNegative("x", Double.POSITIVE_INFINITY))
                .hasMessageContaining("x is Infinity");
        assertThatThrownBy(() -> Require.probability("p", 1.01)).hasMessage("p is 1.01; allowed: 0 <= p <= 1");
        assertThatThrownBy(() -> Require.properFraction("p", 1)).hasMessage("p is 1.0; allowed: 0 < p < 1");
        assertThatThrownBy(() -> Require.atLeast("n", 2, 3)).hasMessage("n is 2; allowed: n >= 3");
        assertThatThrownBy(() -> Require.atLeast("n", 2L, 3L)).hasMessage("n is 2; allowed: n >= 3");
        assertThatThrownBy(() -> Require.sameLength("a", 2, "b", 3))
                .hasMessage("a has 2 rows and b has 3; allowed: equal lengths");
    }
}
