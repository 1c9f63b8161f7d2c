package io.engraft.inference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Adjusts p-values for their number.
 *
 * <p>S. Holm (1979). A simple sequentially rejective multiple test procedure. Scandinavian Journal of Statistics 6,
 * 65-70.
 */
final class MultipleTests {

    private MultipleTests() {}

    static List<TestResult.Contrast> adjust(List<TestResult.Contrast> contrasts, PairwiseAdjustment adjustment) {
        int m = contrasts.size();
        List<Integer> order = IntStream.range(0, m)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> contrasts.get(i).pValue()))
                .toList();
        double[] adjusted = new double[m];
        double most = 0;
        for (int rank = 0; rank < m; rank++) {
            int i = order.get(rank);
            int factor = adjustment == PairwiseAdjustment.HOLM ? m - rank : m;
            most = Math.max(most, Math.min(1, factor * contrasts.get(i).pValue()));
            adjusted[i] = most;
        }
        List<TestResult.Contrast> result = new ArrayList<>();
        for (int i = 0; i < m; i++) {
            TestResult.Contrast c = contrasts.get(i);
            result.add(new TestResult.Contrast(
                    c.group(),
                    c.against(),
                    c.measure(),
                    c.estimate(),
                    c.interval(),
                    c.z(),
                    c.pValue(),
                    OptionalDouble.of(adjusted[i])));
        }
        return result;
    }
}
