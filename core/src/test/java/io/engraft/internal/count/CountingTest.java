package io.engraft.internal.count;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engraft.InvalidArgumentException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
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

    /** Against a map of every time, with two marks a third of the rows, one of them absent from another third. */
    private static void assertCounts(double[] a) {
        int n = a.length;
        int[] mark = new int[n];
        TreeMap<Double, int[]> expected = new TreeMap<>();
        for (int i = 0; i < n; i++) {
            mark[i] = i % 3 == 0 ? 2 : i * 7 % 5 == 1 ? 1 : 0;
            expected.computeIfAbsent(a[i] + 0.0, t -> new int[3])[mark[i]]++;
        }
        for (int cut : new int[] {0, n / 3, n}) {
            List<MarkedTimes.Run> runs =
                    List.of(new MarkedTimes.Run(a, mark, 0, cut), new MarkedTimes.Run(a, mark, cut, n));
            Tally.Counts counts = MarkedTimes.count(3, runs);
            assertThat(counts.size()).isEqualTo(expected.size());
            int j = 0;
            for (Map.Entry<Double, int[]> entry : expected.entrySet()) {
                assertThat(Double.compare(counts.time()[j], entry.getKey())).isZero();
                for (int m = 0; m < 3; m++) {
                    if (counts.counts()[m][j] != entry.getValue()[m]) {
                        assertThat(counts.counts()[m][j])
                                .as("mark %d at %s", m, entry.getKey())
                                .isEqualTo(entry.getValue()[m]);
                    }
                }
                j++;
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 33, 1023, 1024, 1025, 50_000, 100_000})
    void everyShapeOfTimesIsSortedAndCounted(int n) {
        SplittableRandom random = new SplittableRandom(n);
        assertCounts(random.doubles(n).toArray());
        assertCounts(random.doubles(n).map(x -> -Math.log1p(-x)).toArray());
        assertCounts(random.doubles(n).map(x -> Math.pow(10, 600 * x - 300)).toArray());
        assertCounts(random.doubles(n).map(x -> Math.floor(10 * x)).toArray());
        assertCounts(random.doubles(n).map(x -> x < 0.001 ? 1e300 : x).toArray());
        assertCounts(random.doubles(n).map(x -> x < 0.999 ? 0 : x).toArray());
        assertCounts(random.doubles(n).map(x -> 1e9 + x * 1e-3).toArray());
        assertCounts(random.doubles(n).map(x -> x * 1e-310).toArray());
        assertCounts(random.doubles(n).map(x -> Double.MAX_VALUE * x).toArray());
        assertCounts(new double[n]);
        assertCounts(random.doubles(n).map(x -> x < 0.5 ? -0.0 : 0.0).toArray());
        assertCounts(random.doubles(n).map(x -> x < 0.5 ? 3 : 3 + x * 1e-12).toArray());
        double[] falling = new double[n];
        Arrays.setAll(falling, i -> n - i);
        assertCounts(falling);
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
    void moreKindsOfRowsThanAMarkHoldsAreRefused() {
        assertThatThrownBy(() -> new Tally(65_536, 10))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("65536")
                .hasMessageContaining("at most 65535");
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
