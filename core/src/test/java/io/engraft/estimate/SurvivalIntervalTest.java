package io.engraft.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.InvalidArgumentException;
import io.engraft.curve.ConfidenceType;
import io.engraft.curve.Interval;
import io.engraft.curve.Limits;
import io.engraft.curve.Profile;
import io.engraft.data.Categories;
import io.engraft.data.SurvivalData;
import io.engraft.data.WeightType;
import io.engraft.evidence.ExactProportion;
import io.engraft.testing.GoldenFile;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.commons.math3.distribution.BetaDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Intervals of survival for few patients: by hand, by R ({@code golden_intervals.R}), and by how often they cover. */
class SurvivalIntervalTest {

    private static final GoldenFile GOLDEN = GoldenFile.read("/golden/survival_intervals.csv");

    private static KaplanMeier with(SurvivalInterval interval) {
        return KaplanMeier.withDefaults().withInterval(interval);
    }

    private static void same(double actual, double expected, double tolerance) {
        assertThat(actual).isCloseTo(expected, within(tolerance));
    }

    private static void same(Interval actual, double lower, double upper) {
        same(actual.lower().orElseThrow(), lower, 1e-12);
        same(actual.upper().orElseThrow(), upper, 1e-12);
    }

    static Stream<Map.Entry<String, List<Integer>>> golden() {
        return GOLDEN.rowsBy("case").entrySet().stream();
    }

    @ParameterizedTest
    @MethodSource
    void golden(Map.Entry<String, List<Integer>> entry) {
        int first = entry.getValue().get(0);
        GoldenFile data = GoldenFile.read("/golden/data/" + GOLDEN.text(first, "data") + ".csv");
        SurvivalInterval interval = Arrays.stream(SurvivalInterval.values())
                .filter(i -> i.label().equals(GOLDEN.text(first, "interval")))
                .findFirst()
                .orElseThrow();
        SurvivalEstimate s = with(interval)
                .withLevel(GOLDEN.number(first, "level"))
                .fit(data.numbers("time"), data.integers("status"));
        for (int row : entry.getValue()) {
            Interval known = s.survivalAt(GOLDEN.number(row, "time")).interval();
            same(known.lower().orElseThrow(), GOLDEN.number(row, "lower"), 1e-10);
            same(known.upper().orElseThrow(), GOLDEN.number(row, "upper"), 1e-10);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 10, 200})
    void isClopperPearsonWithoutCensoring(int n) {
        double[] time = new double[n];
        Arrays.setAll(time, i -> 1 + i / 3);
        int[] status = new int[n];
        Arrays.fill(status, 1);
        SurvivalEstimate s = with(SurvivalInterval.BETA_PRODUCT).fit(time, status);
        same(s.survivalAt(0.5).interval(), Math.pow(0.025, 1.0 / n), 1);
        for (int p = 0; p < s.size(); p++) {
            int alive = n - Math.min(n, 3 * (p + 1));
            Interval exact = ExactProportion.of(alive, n).clopperPearson(0.95);
            same(
                    s.survivalAt(s.time(p)).interval(),
                    exact.lower().orElseThrow(),
                    exact.upper().orElseThrow());
        }
    }

    @Test
    void followsTheProductsByHand() {
        // an event of 3, a censoring of 2, an event of 1
        SurvivalEstimate s = with(SurvivalInterval.BETA_PRODUCT).fit(new double[] {1, 2, 3}, new int[] {1, 0, 1});
        double high = Math.cbrt(0.975);
        // Beta(3, 1) Beta(2, 1) is Beta(2, 2)
        same(s.survivalAt(1.5).interval(), new BetaDistribution(2, 2).inverseCumulativeProbability(0.025), high);
        // Beta(3, 1) Beta(1, 1): mean 3/8, variance 3/5 x 1/3 - 9/64 = 19/320, so Beta(21/19, 35/19)
        double low = new BetaDistribution(21.0 / 19, 35.0 / 19).inverseCumulativeProbability(0.025);
        same(s.survivalAt(2).interval().lower().orElseThrow(), low, 1e-8);
        same(s.survivalAt(2).interval().upper().orElseThrow(), high, 1e-12);
        // at the last event the same product is the upper one
        double last = new BetaDistribution(21.0 / 19, 35.0 / 19).inverseCumulativeProbability(0.975);
        same(s.survivalAt(3).interval().lower().orElseThrow(), 0, 0);
        same(s.survivalAt(3).interval().upper().orElseThrow(), last, 1e-8);
        assertThat(s.survivalAt(99).interval()).isEqualTo(s.survivalAt(3).interval());
    }

    @Test
    void theLikelihoodRatioOfOneTimeIsThatOfAProportion() {
        // 2 events of 8 at one time: 2 (6 log(6/8 / p) + 2 log(2/8 / (1 - p))) = chi-square at both limits
        SurvivalEstimate s = with(SurvivalInterval.THOMAS_GRUNKEMEIER)
                .fit(new double[] {1, 1, 2, 2, 2, 2, 2, 2}, new int[] {1, 1, 0, 0, 0, 0, 0, 0});
        Interval limits = s.survivalAt(1).interval();
        for (double p :
                new double[] {limits.lower().orElseThrow(), limits.upper().orElseThrow()}) {
            same(2 * (6 * Math.log(0.75 / p) + 2 * Math.log(0.25 / (1 - p))), 3.841458820694124, 1e-11);
        }
        assertThat(limits.lower().orElseThrow()).isLessThan(0.75);
        assertThat(limits.upper().orElseThrow()).isGreaterThan(0.75);
    }

    @Test
    void boundsSurvivalOfOneAndOfZero() {
        double[] time = {3, 3, 4, 5};
        SurvivalEstimate none = with(SurvivalInterval.BETA_PRODUCT).fit(time, new int[4]);
        same(none.survivalAt(1).interval(), Math.pow(0.025, 0.25), 1);
        same(none.survivalAt(3).interval(), Math.pow(0.025, 0.5), 1);
        same(none.survivalAt(5).interval(), 0, 1);
        assertThat(none.warnings()).containsExactly("nobody had an event: survival stays 1");
        SurvivalEstimate ratio = with(SurvivalInterval.THOMAS_GRUNKEMEIER).fit(time, new int[] {0, 0, 0, 1});
        for (double t : new double[] {1, 4, 5}) {
            assertThat(ratio.survivalAt(t).interval().reason()).contains("beta-product");
        }
    }

    @Test
    void quantilesTakeTheWholeStretch() {
        int[] status = new int[10];
        Arrays.fill(status, 1);
        double[] time = new double[10];
        Arrays.setAll(time, i -> i + 1);
        // the second and the ninth of ten order statistics: 1 - 2 x 11 / 1024 = 0.9785
        same(with(SurvivalInterval.BETA_PRODUCT).fit(time, status).median().interval(), 2, 9);
        // 0.025^(1/5) = 0.478: the median of five may lie anywhere
        Interval five = with(SurvivalInterval.BETA_PRODUCT)
                .fit(Arrays.copyOf(time, 5), Arrays.copyOf(status, 5))
                .median()
                .interval();
        same(five.lower().orElseThrow(), 0, 0);
        assertThat(five.upper()).isEmpty();
        // eight censored at 2 leave few: the lower limit comes down there, where S stays
        int[] few = status.clone();
        double[] early = time.clone();
        for (int i = 1; i < 9; i++) {
            early[i] = 2;
            few[i] = 0;
        }
        SurvivalEstimate thin = with(SurvivalInterval.BETA_PRODUCT).fit(early, few);
        same(thin.median().interval().lower().orElseThrow(), 2, 0);
    }

    @ParameterizedTest
    @EnumSource
    void weightsAreRowsAndAStartLeavesTheOthersOut(SurvivalInterval interval) {
        double[] time = {1, 2, 3, 4, 5};
        int[] status = {1, 0, 1, 1, 0};
        SurvivalEstimate weighted = with(interval)
                .fit(SurvivalData.builder(time, status)
                        .weights(new double[] {2, 1, 1, 3, 1}, WeightType.FREQUENCY)
                        .build())
                .get("all");
        SurvivalEstimate repeated =
                with(interval).fit(new double[] {1, 1, 2, 3, 4, 4, 4, 5}, new int[] {1, 1, 0, 1, 1, 1, 1, 0});
        SurvivalEstimate later = with(interval).withStart(1.5).fit(time, status);
        SurvivalEstimate left = with(interval).fit(new double[] {2, 3, 4, 5}, new int[] {0, 1, 1, 0});
        for (double t : new double[] {2, 3, 4, 5}) {
            assertThat(weighted.survivalAt(t).interval())
                    .isEqualTo(repeated.survivalAt(t).interval());
            assertThat(later.survivalAt(t).interval())
                    .isEqualTo(left.survivalAt(t).interval());
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesWhatItIsNotFor(SurvivalInterval interval) {
        double[] time = {1, 2, 3};
        int[] status = {1, 0, 1};
        KaplanMeier km = with(interval);
        SurvivalData.Builder data = SurvivalData.builder(time, status);
        assertThatThrownBy(() -> km.fit(data.entry(new double[] {0, 0.5, 0}).build()))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining(interval.label())
                .hasMessageContaining("enter late");
        SurvivalData sampling = SurvivalData.builder(time, status)
                .weights(new double[] {1, 2, 1}, WeightType.SAMPLING)
                .build();
        SurvivalData centres = SurvivalData.builder(time, status)
                .cluster(Categories.of(List.of("a", "b", "b")))
                .build();
        for (SurvivalData robust : List.of(sampling, centres)) {
            assertThatThrownBy(() -> km.fit(robust)).hasMessageContaining("robust variance");
        }
        assertThatThrownBy(() -> km.withRobustVariance().fit(time, status)).hasMessageContaining("robust variance");
        assertThatThrownBy(() -> km.withEstimator(SurvivalEstimator.BRESLOW).fit(time, status))
                .hasMessageContaining("the Breslow estimator");
    }

    @Test
    void saysWhatHolds() {
        KaplanMeier km = with(SurvivalInterval.BETA_PRODUCT);
        double[] time = {1, 2};
        int[] status = {1, 0};
        assertThat(km.fit(time, status).conventions()).containsEntry("interval", "beta-product");
        assertThat(km).hasToString("KaplanMeier, level 0.95, intervals beta-product");
        assertThat(km.withLevel(0.9).withStart(0.5).fit(time, status).conventions())
                .containsEntry("interval", "beta-product");
        assertThat(km.withConfidenceType(ConfidenceType.PLAIN).fit(time, status).conventions())
                .containsEntry("interval", "plain");
        assertThat(km.withProfile(Profile.R).fit(time, status).conventions()).containsEntry("interval", "log");
    }

    @Test
    void theLikelihoodRatioHasAStatedLimit() {
        double[] time = new double[2_001];
        Arrays.setAll(time, i -> i + 1);
        int[] status = new int[time.length];
        Arrays.fill(status, 1);
        assertThatThrownBy(() -> with(SurvivalInterval.THOMAS_GRUNKEMEIER).fit(time, status))
                .hasMessageContaining("2001 distinct event times")
                .hasMessageContaining("up to 2000");
        Limits many = with(SurvivalInterval.BETA_PRODUCT).fit(time, status).limits();
        same(
                many.upper(1_999),
                ExactProportion.of(1, 2_001).clopperPearson(0.95).upper().orElseThrow(),
                1e-12);
    }

    /** With a third censored, of 2,000 curves each: at every time at least the level, where limits of the error do not. */
    @ParameterizedTest
    @ValueSource(ints = {10, 20})
    void covers(int n) {
        int runs = 2_000;
        double[] at = {0.1, 0.5, 1, 1.5, 2};
        int[] held = new int[at.length];
        SplittableRandom random = new SplittableRandom(n);
        for (int run = 0; run < runs; run++) {
            double[] time = new double[n];
            int[] status = new int[n];
            for (int i = 0; i < n; i++) {
                double event = -Math.log(1 - random.nextDouble());
                double censored = 3 * random.nextDouble();
                time[i] = Math.min(event, censored);
                status[i] = event <= censored ? 1 : 0;
            }
            SurvivalEstimate s = with(SurvivalInterval.BETA_PRODUCT).fit(time, status);
            for (int j = 0; j < at.length; j++) {
                boolean beyond = at[j] > s.horizon();
                Interval limits = s.survivalAt(at[j]).interval();
                double truth = Math.exp(-at[j]);
                // beyond follow-up the limits at its end, with 0 below, still hold
                double upper =
                        beyond ? s.limits().upper(s.size() - 1) : limits.upper().orElseThrow();
                double lower = beyond ? 0 : limits.lower().orElseThrow();
                held[j] += lower <= truth && truth <= upper ? 1 : 0;
            }
        }
        for (int h : held) {
            assertThat(h / (double) runs).isGreaterThanOrEqualTo(0.95);
        }
    }
}
