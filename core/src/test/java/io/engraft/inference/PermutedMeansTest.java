package io.engraft.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.InvalidArgumentException;
import io.engraft.curve.ConfidenceType;
import io.engraft.curve.Interval;
import io.engraft.data.Categories;
import io.engraft.data.SurvivalData;
import io.engraft.data.WeightType;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PermutedMeansTest {

    private static SurvivalData rows(double[] time, int[] status, String... group) {
        return SurvivalData.builder(time, status)
                .group(Categories.of(Arrays.asList(group)))
                .build();
    }

    private static Interval interval(TestResult.Contrast contrast) {
        return Objects.requireNonNull(contrast.interval());
    }

    @Test
    void allSixAssignmentsByHand() {
        // Times 1 to 4, all events, horizon 5. Means and variances of the pairs without censoring: (x + y) / 2 and the
        // sum of
        // squares about the mean over 2 * 2. {1, 2} against {3, 4}: 2 / sqrt(1/8 + 1/8) = 4; {1, 3} against {2, 4}:
        // 1 / sqrt(1/2 + 1/2) = 1; {1, 4} against {2, 3}: 0. The observed one and its mirror image are 2 of 6.
        SurvivalData data = rows(new double[] {1, 2, 3, 4}, new int[] {1, 1, 1, 1}, "A", "A", "B", "B");
        TestResult result =
                RestrictedMeanTest.forHorizon(5).withExactPermutation().test(data);
        assertThat(result.pValue()).isCloseTo(2.0 / 6, within(1e-15));
        assertThat(result.contrasts().get(0).z()).isCloseTo(4, within(1e-12));
        assertThat(result.contrasts().get(0).pValue()).isCloseTo(2.0 / 6, within(1e-15));
        assertThat(result.conventions())
                .containsEntry("reference", "exact studentized permutation of 6 assignments to groups");
        TestResult less = RestrictedMeanTest.forHorizon(5)
                .withExactPermutation()
                .test(rows(new double[] {1, 2, 3, 4}, new int[] {1, 1, 1, 1}, "A", "B", "A", "B"));
        assertThat(less.pValue()).isCloseTo(4.0 / 6, within(1e-15));
        // At the level 0.5 the second of the six sizes is the critical one: 1, which 4 exceeds.
        TestResult half = RestrictedMeanTest.forHorizon(5)
                .withLevel(0.5)
                .withExactPermutation()
                .test(data);
        assertThat(half.pValue()).isLessThan(0.5);
        assertThat(interval(half.contrasts().get(0)).lower().orElseThrow()).isGreaterThan(0);
    }

    @Test
    void anIntervalLeavesOutNoDifferenceWhereThePValueIsSmall() {
        int apart = 0;
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            int n = 14;
            double[] time = random.doubles(n, 1, 12).map(Math::ceil).toArray();
            int[] status = random.ints(n, 0, 4).map(i -> Math.min(1, i)).toArray();
            String[] group =
                    IntStream.range(0, n).mapToObj(i -> i < 7 ? "A" : "B").toArray(String[]::new);
            for (int i = 7; i < n; i++) {
                time[i] = Math.min(12, time[i] + 2.5);
            }
            TestResult exact =
                    RestrictedMeanTest.forHorizon(9).withExactPermutation().test(rows(time, status, group));
            TestResult random9 =
                    RestrictedMeanTest.forHorizon(9).withPermutations(199, 3).test(rows(time, status, group));
            for (TestResult result : List.of(exact, random9)) {
                for (TestResult.Contrast c : result.contrasts()) {
                    double none = c.measure().endsWith("ratio") ? 1 : 0;
                    boolean out = interval(c).lower().orElse(Double.NEGATIVE_INFINITY) > none
                            || interval(c).upper().orElse(Double.POSITIVE_INFINITY) < none;
                    assertThat(out).as("%d %s", seed, c).isEqualTo(c.pValue() < 0.05 - 1e-9);
                    apart += out ? 1 : 0;
                }
            }
        }
        assertThat(apart).isGreaterThan(20);
    }

    @Test
    void theOrderOfRowsAndFrequenciesChangeNothing() {
        double[] time = {3, 5, 5, 8, 9, 2, 6, 6, 7, 11};
        int[] status = {1, 0, 1, 1, 0, 1, 1, 0, 1, 0};
        String[] group = {"A", "A", "A", "A", "A", "B", "B", "B", "B", "B"};
        double p = RestrictedMeanTest.forHorizon(8)
                .withPermutations(500, 11)
                .test(rows(time, status, group))
                .pValue();
        int[] order = {9, 3, 1, 7, 5, 0, 2, 8, 6, 4};
        double shuffled = RestrictedMeanTest.forHorizon(8)
                .withPermutations(500, 11)
                .test(rows(
                        Arrays.stream(order).mapToDouble(i -> time[i]).toArray(),
                        Arrays.stream(order).map(i -> status[i]).toArray(),
                        Arrays.stream(order).mapToObj(i -> group[i]).toArray(String[]::new)))
                .pValue();
        assertThat(shuffled).isEqualTo(p);
        SurvivalData weighted = SurvivalData.builder(new double[] {2, 4, 3, 5}, new int[] {1, 0, 1, 1})
                .group(Categories.of(List.of("A", "A", "B", "B")))
                .weights(new double[] {2, 2, 1, 2}, WeightType.FREQUENCY)
                .build();
        SurvivalData repeated = rows(
                new double[] {2, 2, 4, 4, 3, 5, 5}, new int[] {1, 1, 0, 0, 1, 1, 1}, "A", "A", "A", "A", "B", "B", "B");
        RestrictedMeanTest test = RestrictedMeanTest.forHorizon(4).withExactPermutation();
        assertThat(test.test(weighted).pValue()).isEqualTo(test.test(repeated).pValue());
    }

    @Test
    void whatCannotBeExchangedIsRefused() {
        RestrictedMeanTest test = RestrictedMeanTest.forHorizon(3).withPermutations(99, 1);
        double[] time = {3, 4, 5, 6};
        int[] status = {1, 1, 1, 1};
        assertThatThrownBy(() -> test.test(rows(time, status, "A", "B", "C", "C")))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("two groups");
        SurvivalData late = SurvivalData.builder(time, status)
                .entry(new double[] {1, 0, 0, 0})
                .group(Categories.of(List.of("A", "B", "A", "B")))
                .build();
        assertThatThrownBy(() -> test.test(late)).hasMessageContaining("enter late");
        SurvivalData clusters = SurvivalData.builder(time, status)
                .group(Categories.of(List.of("A", "B", "A", "B")))
                .cluster(Categories.of(List.of("x", "x", "y", "y")))
                .build();
        assertThatThrownBy(() -> test.test(clusters)).hasMessageContaining("cannot be exchanged");
        assertThatThrownBy(() -> test.withRobustVariance().test(rows(time, status, "A", "B", "A", "B")))
                .hasMessageContaining("robust");
        assertThatThrownBy(() -> test.test(time, status, new int[] {1, 2, 1, 2}))
                .hasMessageContaining("counts");
        int n = 40;
        SurvivalData many = rows(
                IntStream.range(0, n).mapToDouble(i -> 1 + i).toArray(),
                IntStream.range(0, n).map(i -> 1).toArray(),
                IntStream.range(0, n).mapToObj(i -> i % 2 == 0 ? "A" : "B").toArray(String[]::new));
        assertThatThrownBy(() ->
                        RestrictedMeanTest.forHorizon(3).withExactPermutation().test(many))
                .hasMessageContaining("withPermutations");
    }

    @Test
    void theSizeAtTwelveAGroupIsThatWhichIsSaid() {
        int normal = 0;
        int permuted = 0;
        int made = 0;
        for (int seed = 0; seed < 400; seed++) {
            Random random = new Random(1000 + seed);
            int n = 24;
            double[] time = new double[n];
            int[] status = new int[n];
            String[] group = new String[n];
            for (int i = 0; i < n; i++) {
                double event = -Math.log(1 - random.nextDouble());
                double end = Math.min(3, -Math.log(1 - random.nextDouble()) / (i < 12 ? 0.1 : 0.6));
                time[i] = Math.min(event, end);
                status[i] = event <= end ? 1 : 0;
                group[i] = i < 12 ? "A" : "B";
            }
            SurvivalData data = rows(time, status, group);
            TestResult plain = RestrictedMeanTest.forHorizon(1.5).test(data);
            if (plain.isEstimable()) {
                made++;
                assertThat(plain.warnings()).anyMatch(w -> w.startsWith("fewer than 30 rows in A (12), B (12)"));
                normal += plain.pValue() < 0.05 ? 1 : 0;
                permuted += RestrictedMeanTest.forHorizon(1.5)
                                        .withPermutations(199, seed)
                                        .test(data)
                                        .pValue()
                                < 0.05
                        ? 1
                        : 0;
            }
        }
        // 2,000 replications give 0.081 and 0.049.
        assertThat(permuted / (double) made).isBetween(0.02, 0.075);
        assertThat(normal).isGreaterThan(permuted);
    }

    @Test
    void fixedTimesLeaveOutNoDifferenceExactlyWhereThePValueIsSmall() {
        int[] apart = new int[2];
        for (int seed = 0; seed < 150; seed++) {
            Random random = new Random(seed);
            int n = 40;
            double[] time = random.doubles(n, 0, 10).toArray();
            int[] status = random.ints(n, 0, 3).toArray();
            for (int i = 0; i < n / 2; i++) {
                time[i] *= 0.5 + 0.5 * random.nextDouble();
            }
            String[] group =
                    IntStream.range(0, n).mapToObj(i -> i < n / 2 ? "A" : "B").toArray(String[]::new);
            SurvivalData data = rows(time, status, group);
            for (ConfidenceType scale : ConfidenceType.values()) {
                for (int cause = 0; cause <= 2; cause++) {
                    FixedTimeTest test = FixedTimeTest.forTime(4).withScale(scale);
                    TestResult result = (cause == 0 ? test : test.withCause(cause)).test(data);
                    for (TestResult.Contrast c : result.contrasts()) {
                        boolean out = interval(c).lower().orElseThrow() > 0
                                || interval(c).upper().orElseThrow() < 0;
                        assertThat(out).as("%d %s %s", seed, scale, c).isEqualTo(c.pValue() < 0.05);
                        assertThat(c.pValue()).isCloseTo(result.pValue(), within(1e-12));
                        apart[out ? 1 : 0]++;
                    }
                }
            }
        }
        assertThat(apart[0]).isGreaterThan(100);
        assertThat(apart[1]).isGreaterThan(100);
    }
}
