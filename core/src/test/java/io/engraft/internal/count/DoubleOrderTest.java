package io.engraft.internal.count;

import static org.assertj.core.api.Assertions.assertThat;

import io.engraft.data.JoinedTimes;
import io.engraft.data.TieRule;
import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DoubleOrderTest {

    @Test
    void everyKindOfNumberHasItsPlace() {
        double[] values = {
            0.0,
            Double.POSITIVE_INFINITY,
            -1,
            Double.MIN_VALUE,
            -0.0,
            Double.MAX_VALUE,
            -Double.MAX_VALUE,
            1,
            1,
            -Double.MIN_VALUE,
            Double.NEGATIVE_INFINITY
        };
        // 0.0 at 0 and -0.0 at 4 are equal, and so are the ones: they stay as they come.
        assertThat(DoubleOrder.of(values)).containsExactly(10, 6, 2, 9, 0, 4, 3, 7, 8, 5, 1);
        assertThat(DoubleOrder.of(new double[0])).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 50, 4095, 4096, 20_000})
    void isThatOfAStableSort(int n) {
        SplittableRandom random = new SplittableRandom(n);
        double[] values = new double[n];
        Arrays.setAll(values, i -> i % 3 == 0 ? random.nextInt(20) - 10 : random.nextGaussian() * 1e3);
        int[] expected = IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> values[i]))
                .mapToInt(i -> i)
                .toArray();
        assertThat(DoubleOrder.of(values)).containsExactly(expected);
        double[] times = Arrays.stream(values).map(Math::abs).toArray();
        JoinedTimes joined = JoinedTimes.of(TieRule.DEFAULT, times);
        assertThat(joined.placesOf(values))
                .containsExactly(Arrays.stream(values).mapToInt(joined::placeOf).toArray());
    }
}
