package io.engraft.estimate.resample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.NotEstimableException;
import io.engraft.data.Categories;
import io.engraft.data.SurvivalData;
import io.engraft.data.TieRule;
import io.engraft.data.WeightType;
import io.engraft.testing.RandomFollowUp;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PseudoValuesTest {

    private static final PseudoValues PSEUDO = PseudoValues.withDefaults();
    private static final SurvivalData FOUR = SurvivalData.of(new double[] {1, 2, 3, 4}, new int[] {1, 0, 1, 1});

    /**
     * S(3) = 3/4 x 1/2 = 3/8. Without row 1: 1/2; row 2: 2/3 x 1/2 = 1/3; row 3: 2/3; row 4: 0. So 4 x 3/8 - 3 x that: 0,
     * 1/2, -1/2, 3/2.
     */
    @Test
    void fourRowsByHand() {
        PseudoValueTable values = PSEUDO.survival(FOUR, 3);
        assertThat(values.values(0)).containsExactly(new double[] {0, 0.5, -0.5, 1.5}, within(1e-15));
        assertThat(values.estimate("all", 0)).isEqualTo(0.375);
        assertThat(values.quantity()).isEqualTo("survival");
        assertThat(values.times()).containsExactly(3);
        assertThat(values.samples()).containsExactly("all");
    }

    /** RMST(3) = 1 + 3/4 x 2 = 5/2. Without row 1: 3; row 2: 1 + 2/3 x 2 = 7/3; rows 3 and 4 the same. */
    @Test
    void restrictedMeanByHand() {
        double[] values = PSEUDO.restrictedMean(FOUR, 3).values(0);
        assertThat(values).containsExactly(new double[] {1, 3, 3, 3}, within(1e-14));
    }

    /** Beyond the end of the sample without its last row, the curve is taken to stay level. */
    @Test
    void withoutTheLastRowTheCurveStaysLevel() {
        SurvivalData data = SurvivalData.of(new double[] {1, 2, 5}, new int[] {1, 0, 0});
        // S(5) = 2/3; without row 1: 1, row 2: 1/2, row 3: 1/2.
        assertThat(PSEUDO.survival(data, 5).values(0)).containsExactly(new double[] {0, 1, 1}, within(1e-15));
    }

    @Test
    void equalsRefittingWithoutTheRow() {
        for (long seed = 0; seed < 1000; seed++) {
            RandomFollowUp all = RandomFollowUp.of(seed);
            int n = Math.min(all.size(), 40);
            if (n < 2) {
                continue;
            }
            double[] time = Arrays.copyOf(all.time, n);
            int[] status = Arrays.copyOf(all.status, n);
            double[] sorted = time.clone();
            Arrays.sort(sorted);
            if (sorted[n - 1] == 0) {
                continue;
            }
            double t = sorted[(int) (seed % n)];
            SurvivalData data = data(time, status, all);
            List<PseudoValueTable> values = List.of(
                    PSEUDO.survival(data, t),
                    PSEUDO.incidence(data, "a", t),
                    PSEUDO.restrictedMean(data, Math.max(t, 1e-3)),
                    PSEUDO.timeLost(data, "a", Math.max(t, 1e-3)));
            double[] full = plain(time, status, -1, t);
            double worst = 0;
            for (int i = 0; i < n; i++) {
                double[] without = plain(time, status, i, t);
                for (int q = 0; q < 4; q++) {
                    double expected = n * full[q] - (n - 1) * without[q];
                    double unit = q < 2 ? 1 : 40 * Math.max(1 / 40.0, t);
                    worst = Math.max(worst, Math.abs(values.get(q).value(i, 0) - expected) / unit);
                }
            }
            assertThat(worst).as("seed " + seed).isLessThan(1e-12);
        }
    }

    private static SurvivalData data(double[] time, int[] status, RandomFollowUp all) {
        return SurvivalData.builder(time, status).causes(all.labels()).build();
    }

    /** S, F of cause 1, restricted mean and time lost at t by the definitions, without a row, over distinct times. */
    private static double[] plain(double[] time, int[] status, int without, double t) {
        double tau = Math.max(t, 1e-3);
        double[] points = Arrays.stream(time).distinct().sorted().toArray();
        double s = 1;
        double f = 0;
        double area = 0;
        double lost = 0;
        double from = 0;
        for (double point : points) {
            if (point > tau) {
                break;
            }
            int n = 0;
            int d = 0;
            int d1 = 0;
            for (int i = 0; i < time.length; i++) {
                if (i != without && time[i] >= point) {
                    n++;
                    d += time[i] == point && status[i] > 0 ? 1 : 0;
                    d1 += time[i] == point && status[i] == 1 ? 1 : 0;
                }
            }
            area += s * (point - from);
            lost += f * (point - from);
            from = point;
            if (d > 0) {
                f += s * d1 / n;
                s *= (double) (n - d) / n;
            }
        }
        return new double[] {s, f, area + s * (tau - from), lost + f * (tau - from)};
    }

    @Test
    void withoutCensoringTheyAreTheIndicators() {
        for (long seed = 0; seed < 1000; seed++) {
            RandomFollowUp all = RandomFollowUp.of(seed);
            if (all.size() < 2) {
                continue;
            }
            int[] status = Arrays.stream(all.status).map(c -> Math.max(1, c)).toArray();
            SurvivalData data = data(all.time, status, all);
            double t = Math.max(1e-3, all.time[all.size() / 2]);
            PseudoValueTable survival = PSEUDO.survival(data, t);
            PseudoValueTable mean = PSEUDO.restrictedMean(data, t);
            PseudoValueTable incidence = PSEUDO.incidence(data, "a", t);
            PseudoValueTable lost = PSEUDO.timeLost(data, "a", t);
            double worst = 0;
            for (int i = 0; i < all.size(); i++) {
                boolean own = all.time[i] <= t && status[i] == 1;
                worst = Math.max(worst, Math.abs(survival.value(i, 0) - (all.time[i] > t ? 1 : 0)));
                worst = Math.max(worst, Math.abs(incidence.value(i, 0) - (own ? 1 : 0)));
                worst = Math.max(worst, Math.abs(mean.value(i, 0) - Math.min(all.time[i], t)) / t);
                worst = Math.max(worst, Math.abs(lost.value(i, 0) - (own ? t - all.time[i] : 0)) / t);
            }
            assertThat(worst).as("seed " + seed).isLessThan(1e-12 * all.size());
        }
    }

    @Test
    void causesAndSurvivalSumToOneAndWeightsAreCopies() {
        for (long seed = 0; seed < 1000; seed++) {
            RandomFollowUp all = RandomFollowUp.of(seed);
            int n = Math.min(all.size(), 60);
            double t = all.time[0];
            double[] time = Arrays.copyOf(all.time, n);
            int[] status = Arrays.copyOf(all.status, n);
            double[] weight = Arrays.copyOf(all.weight, n);
            int[] copies = IntStream.range(0, n)
                    .flatMap(i -> IntStream.generate(() -> i).limit((long) weight[i]))
                    .toArray();
            if (copies.length < 2) {
                continue;
            }
            SurvivalData weighted = SurvivalData.builder(time, status)
                    .causes(all.labels())
                    .weights(weight, WeightType.FREQUENCY)
                    .build();
            SurvivalData repeated = SurvivalData.builder(RandomFollowUp.pick(time, copies), all.codes(copies))
                    .causes(all.labels())
                    .build();
            double[] a = PSEUDO.survival(weighted, t).values(0);
            double[] b = PSEUDO.survival(repeated, t).values(0);
            double[] sum = a.clone();
            for (String cause : all.labels()) {
                double[] f = PSEUDO.incidence(weighted, cause, t).values(0);
                Arrays.setAll(sum, i -> sum[i] + f[i]);
            }
            double worst = 0;
            for (int j = 0; j < copies.length; j++) {
                worst = Math.max(worst, Math.abs(sum[copies[j]] - 1));
            }
            assertThat(worst).as("seed " + seed).isLessThan(1e-12 * copies.length);
            assertThat(RandomFollowUp.pick(a, copies)).as("seed " + seed).containsExactly(b);
        }
    }

    /** The mean of the pseudo-values is the bias-corrected jackknife estimate n T - (n - 1) mean of T(-i). */
    @Test
    void theirMeanIsTheJackknifeEstimate() {
        double[] values = PSEUDO.survival(FOUR, 3).values(0);
        double mean = (0.5 + 1.0 / 3 + 2.0 / 3 + 0) / 4;
        assertThat(Arrays.stream(values).average().orElseThrow()).isCloseTo(4 * 0.375 - 3 * mean, within(1e-15));
    }

    @Test
    void withinGroupsIsEachGroupAlone() {
        SurvivalData data = SurvivalData.builder(
                        new double[] {1, 9, 2, 8, 3, 7, 4, 9}, new int[] {1, 0, 0, 1, 1, 1, 1, 0})
                .group(Categories.of(List.of("a", "b", "a", "b", "a", "b", "a", "b")))
                .build();
        PseudoValueTable values = PSEUDO.withGroupsApart(true).survival(data, 3);
        assertThat(values.samples()).containsExactly("a", "b");
        double[] alone = PSEUDO.survival(FOUR, 3).values(0);
        for (int j = 0; j < 4; j++) {
            assertThat(values.value(2 * j, 0)).isEqualTo(alone[j]);
            assertThat(values.value(2 * j + 1, 0)).isEqualTo(1);
        }
        assertThat(values.estimate("b", 0)).isEqualTo(1);
        assertThat(PSEUDO.survival(data, 3).value(1, 0)).isNotEqualTo(1);
        assertThat(values.tidy().value(1, "sample")).isEqualTo("b");
        assertThat(values.tidy().rowCount()).isEqualTo(8);
    }

    @Test
    void tiesAreJoinedByTheRule() {
        double[] time = {1, 1 + 1e-12, 2, 3};
        int[] status = {1, 0, 1, 0};
        SurvivalData near = SurvivalData.of(time, status);
        SurvivalData tied = SurvivalData.of(new double[] {1, 1, 2, 3}, status);
        assertThat(PSEUDO.survival(near, 2).values(0))
                .containsExactly(PSEUDO.survival(tied, 2).values(0));
        SurvivalData other = SurvivalData.of(time, new int[] {0, 1, 1, 0});
        assertThat(PSEUDO.withTieRule(TieRule.EXACT).survival(other, 2).value(0, 0))
                .isNotEqualTo(PSEUDO.survival(other, 2).value(0, 0));
    }

    @Test
    void badInputIsNamed() {
        double[] time = {1, 2};
        int[] status = {1, 0};
        assertThatThrownBy(() -> PSEUDO.survival(FOUR))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("number of times is 0");
        assertThatThrownBy(() -> PSEUDO.survival(FOUR, Double.NaN)).hasMessageContaining("time is NaN");
        assertThatThrownBy(() -> PSEUDO.survival(FOUR, -1)).hasMessageContaining("time is -1.0");
        assertThatThrownBy(() -> PSEUDO.restrictedMean(FOUR, 0)).hasMessageContaining("tau is 0.0");
        assertThatThrownBy(() -> PSEUDO.timeLost(FOUR, "1", Double.NaN)).hasMessageContaining("tau is NaN");
        assertThatThrownBy(() -> PSEUDO.incidence(FOUR, "x", 1)).hasMessage("cause is x; allowed: 1");
        assertThatThrownBy(() -> PSEUDO.survival(SurvivalData.of(time, status), 3))
                .isInstanceOf(NotEstimableException.class)
                .hasMessage("not estimable: the time is 3 and follow-up of sample 'all' ends at 2");
        assertThatThrownBy(() -> PSEUDO.survival(SurvivalData.of(new double[] {1}, new int[] {1}), 1))
                .hasMessageContaining("sample 'all' has one row");
        assertThatThrownBy(() -> PSEUDO.survival(
                        SurvivalData.builder(time, status)
                                .entry(new double[] {0, 1})
                                .build(),
                        1))
                .hasMessageContaining("data have delayed entry");
        assertThatThrownBy(() -> PSEUDO.survival(
                        SurvivalData.builder(time, status)
                                .id(Categories.of(List.of("p", "p")))
                                .recurrent()
                                .build(),
                        1))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage("data, row 2, column 'id', value 'p': allowed for pseudo-values: one row a patient");
        assertThatThrownBy(() -> PSEUDO.survival(
                        SurvivalData.builder(time, status)
                                .weights(new double[] {1, 0}, WeightType.FREQUENCY)
                                .build(),
                        1))
                .hasMessage(
                        "data, row 2, column 'weight', value '0.0': allowed for pseudo-values: a whole number >= 1");
        assertThatThrownBy(() -> PSEUDO.survival(
                        SurvivalData.builder(time, status)
                                .weights(new double[] {1, 1}, WeightType.SAMPLING)
                                .build(),
                        1))
                .hasMessageContaining("weight type is sampling");
        PseudoValueTable values = PSEUDO.survival(FOUR, 3);
        assertThatThrownBy(() -> values.value(4, 0)).hasMessage("row is 4; allowed: 0 <= row < 4");
        assertThatThrownBy(() -> values.values(-1)).hasMessage("time is -1; allowed: time >= 0");
        assertThatThrownBy(() -> values.estimate("x", 0)).hasMessage("sample is x; allowed: one of [all]");
    }
}
