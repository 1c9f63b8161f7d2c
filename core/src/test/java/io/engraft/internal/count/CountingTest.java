package io.engraft.internal.count;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engraft.InvalidArgumentException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CountingTest {

    /** Of all magnitudes, and half of the time near a tie of two roundings. */
    private static double awkward(SplittableRandom random) {
        return switch (random.nextInt(6)) {
            case 0 -> random.nextDouble();
            case 1 -> Math.scalb(1.0, random.nextInt(-60, 60));
            case 2 -> -Math.scalb(1.0, random.nextInt(-60, 60));
            case 3 -> Math.scalb(random.nextDouble() - 0.5, random.nextInt(-300, 300));
            case 4 -> 0.1 * random.nextInt(100);
            default -> Math.scalb(1.0, 53) + random.nextInt(4);
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 10, 50})
    void sumsAreExactAndRoundedOnce(int terms) {
        SplittableRandom random = new SplittableRandom(terms);
        for (int k = 0; k < 3000; k++) {
            ExactSums sums = new ExactSums(2);
            BigDecimal exact = BigDecimal.ZERO;
            for (int i = 0; i < terms; i++) {
                double x = awkward(random);
                sums.add(1, x);
                exact = exact.add(new BigDecimal(x));
            }
            assertThat(sums.value(1)).isEqualTo(exact.doubleValue());
            assertThat(sums.value(0)).isZero();
        }
    }

    @Test
    void aHalfWayCaseLooksAtTheRest() {
        double half = 0x1p-53;
        for (double rest : new double[] {0, 0x1p-150, -0x1p-150}) {
            ExactSums sums = new ExactSums(1);
            sums.add(0, 1);
            sums.add(0, half);
            sums.add(0, rest);
            assertThat(sums.value(0)).isEqualTo(rest > 0 ? Math.nextUp(1.0) : 1);
        }
        ExactSums down = new ExactSums(1);
        down.add(0, Math.nextUp(1.0));
        down.add(0, half);
        down.add(0, -0x1p-150);
        assertThat(down.value(0)).isEqualTo(Math.nextUp(1.0));
    }

    @Test
    void whatIsAddedCanBeTakenAwayWithoutTrace() {
        SplittableRandom random = new SplittableRandom(4);
        ExactSums all = new ExactSums(1);
        ExactSums part = new ExactSums(1);
        all.add(0, 1e-17);
        for (int i = 0; i < 200; i++) {
            part.add(0, awkward(random));
        }
        all.add(0, part, 0);
        all.subtract(0, part, 0);
        assertThat(all.value(0)).isEqualTo(1e-17);
        assertThat(all.size()).isEqualTo(1);
    }

    @Test
    void totalsAreExactToo() {
        double[] terms = {1e17, 1e-17, -1e17, 0.1, 0.2};
        ExactSums sums = new ExactSums(4);
        BigDecimal exact = BigDecimal.ZERO;
        for (int i = 0; i < terms.length; i++) {
            sums.add(Math.min(i, 3), terms[i]);
            exact = exact.add(new BigDecimal(terms[i]));
        }
        assertThat(sums.total()).isEqualTo(exact.doubleValue());
    }

    @Test
    void sumsBeyondTheRangeAreRefused() {
        ExactSums sums = new ExactSums(1);
        sums.add(0, Double.MAX_VALUE);
        assertThatThrownBy(() -> sums.add(0, Double.MAX_VALUE))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("the sum of weights is too large for a double");
    }

    private static void assertSorts(double[] a) {
        double[] expected = a.clone();
        Arrays.sort(expected);
        TimeSort.sort(a);
        assertThat(Arrays.equals(a, expected)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 4095, 4096, 4097, 50_000})
    void everyShapeOfTimesIsSorted(int n) {
        SplittableRandom random = new SplittableRandom(n);
        assertSorts(random.doubles(n).toArray());
        assertSorts(random.doubles(n).map(x -> -Math.log1p(-x)).toArray());
        assertSorts(random.doubles(n).map(x -> Math.pow(10, 600 * x - 300)).toArray());
        assertSorts(random.doubles(n).map(x -> Math.floor(10 * x)).toArray());
        assertSorts(random.doubles(n).map(x -> x < 0.001 ? 1e300 : x).toArray());
        assertSorts(random.doubles(n).map(x -> x < 0.999 ? 0 : x).toArray());
        assertSorts(random.doubles(n).map(x -> 1e9 + x * 1e-3).toArray());
        assertSorts(random.doubles(n).map(x -> x * 1e-310).toArray());
        assertSorts(random.doubles(n).map(x -> Double.MAX_VALUE * x).toArray());
        assertSorts(new double[n]);
        double[] falling = new double[n];
        Arrays.setAll(falling, i -> n - i);
        assertSorts(falling);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1 << 20, 1 << 27, 1 << 28, 1 << 29, 1 << 30, Integer.MAX_VALUE})
    void theGridFitsWhateverIsExpected(int expected) {
        Tally tally = new Tally(2, expected);
        assertThat(tally.add(1, 3)).isTrue();
        assertThat(tally.add(0, 3.5)).isFalse();
        assertThat(tally.add(1, 1e18)).isFalse();
        Tally.Counts counts = Tally.collect(List.of(tally));
        assertThat(counts.time()).containsExactly(3, 3.5, 1e18);
        assertThat(counts.counts()[1]).containsExactly(1, 0, 1);
        assertThat(counts.counts()[0]).containsExactly(0, 1, 0);
    }

    @Test
    void aBadRowStopsTheCountWhereverItIs() {
        for (int at : new int[] {0, 10, 70, 500}) {
            for (double step : new double[] {1, 0.3}) {
                double[] time = new double[501];
                Arrays.setAll(time, i -> i * step);
                int[] status = new int[501];
                status[at] = 2;
                assertThat(new Tally(2, 501).count(time, status, 0, 501)).isEqualTo(at);
                status[at] = 1;
                assertThat(new Tally(2, 501).count(time, status, 0, 501)).isEqualTo(-1);
                time[at] = Double.NaN;
                assertThat(new Tally(2, 501).count(time, status, 0, 501)).isEqualTo(at);
            }
        }
    }

    @Test
    void unionsAndPlaces() {
        double[] a = {0, 1, 3};
        double[] b = {1, 2, 3, 9};
        double[] all = Tally.union(a, b);
        assertThat(all).containsExactly(0, 1, 2, 3, 9);
        assertThat(Tally.places(a, all)).containsExactly(0, 1, 3);
        assertThat(Tally.places(b, all)).containsExactly(1, 2, 3, 4);
        assertThat(Tally.union(a, new double[0])).containsExactly(a);
    }
}
