package io.engraft.estimate.resample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.curve.PointEstimate;
import io.engraft.data.Categories;
import io.engraft.data.EventTable;
import io.engraft.data.Grouped;
import io.engraft.data.SurvivalData;
import io.engraft.data.TieRule;
import io.engraft.data.WeightType;
import io.engraft.estimate.AalenJohansen;
import io.engraft.estimate.CauseIncidence;
import io.engraft.estimate.KaplanMeier;
import io.engraft.estimate.SurvivalEstimate;
import io.engraft.estimate.internal.RiskSets;
import io.engraft.internal.BoundedDraws;
import io.engraft.testing.RandomFollowUp;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BootstrapTest {

    private static final Bootstrap BOOTSTRAP = Bootstrap.withDefaults();

    private static SurvivalData uncensored(int n) {
        return SurvivalData.of(
                IntStream.rangeClosed(1, n).mapToDouble(i -> i).toArray(),
                IntStream.range(0, n).map(i -> 1).toArray());
    }

    /** Without censoring S(t) of a replicate is a binomial share: its mean 0.4 and variance 0.4 x 0.6 / 100. */
    @Test
    void aShareHasItsBinomialMoments() {
        BootstrapResult result = BOOTSTRAP.withReplicates(20_000).fit(uncensored(100), BootstrapStatistic.survival(60));
        PointEstimate s = result.estimate();
        assertThat(s.estimate()).isCloseTo(0.4, within(1e-14));
        double[] draws = result.replicates();
        // Four standard errors of 20,000 draws: false alarm 1 in 16,000.
        assertThat(Arrays.stream(draws).average().orElseThrow()).isCloseTo(0.4, within(4 * 0.049 / Math.sqrt(20_000)));
        assertThat(s.standardError().orElseThrow()).isCloseTo(Math.sqrt(0.0024), within(4 * 0.049 / Math.sqrt(40_000)));
        assertThat(s.interval().lower().orElseThrow()).isCloseTo(0.30, within(0.011));
        assertThat(s.interval().upper().orElseThrow()).isCloseTo(0.50, within(0.011));
        assertThat(result.normal().lower().orElseThrow()).isCloseTo(0.4 - 1.96 * 0.049, within(0.002));
        assertThat(result.failures()).isZero();
        assertThat(result.failureReason()).isEmpty();
        assertThat(result.statistic()).isEqualTo("survival at 60.0");
    }

    /** A symmetric statistic without bias: BCa limits near the percentile ones; the mean of skewed times: shifted up. */
    @Test
    void acceleratedLimits() {
        double[] time = IntStream.rangeClosed(1, 60)
                .mapToDouble(i -> Math.exp(i / 12.0))
                .toArray();
        SurvivalData data =
                SurvivalData.of(time, IntStream.range(0, 60).map(i -> 1).toArray());
        BootstrapStatistic mean = BootstrapStatistic.restrictedMean(1000);
        BootstrapResult result = BOOTSTRAP.withReplicates(4000).fit(data, mean);
        double average = Arrays.stream(time).average().orElseThrow();
        assertThat(result.estimate().estimate()).isCloseTo(average, within(1e-10));
        double[] c = Arrays.stream(time).map(t -> t - average).toArray();
        double squares = Arrays.stream(c).map(x -> x * x).sum();
        double a = Arrays.stream(c).map(x -> x * x * x).sum() / (6 * Math.pow(squares, 1.5));
        assertThat(a).isBetween(0.01, 0.05);
        assertThat(result.bca().upper().orElseThrow())
                .isGreaterThan(result.percentile().upper().orElseThrow());
        assertThat(result.bca().lower().orElseThrow())
                .isGreaterThan(result.percentile().lower().orElseThrow());
        // The limits written out from the replicates.
        double[] sorted = result.replicates();
        Arrays.sort(sorted);
        long below = Arrays.stream(sorted)
                .filter(x -> x < result.estimate().estimate())
                .count();
        var normal = org.apache.commons.statistics.distribution.NormalDistribution.of(0, 1);
        double z0 = normal.inverseCumulativeProbability(below / 4000.0);
        double w = z0 + 1.959963984540054;
        double p = normal.cumulativeProbability(z0 + w / (1 - a * w));
        assertThat(result.bca().upper().orElseThrow()).isCloseTo(sorted[(int) (3999 * p)], within(0.3));
    }

    @Test
    void anyNumberOfThreadsGivesTheSameBits() {
        SurvivalData data = RandomFollowUp.of(3).grouped();
        for (BootstrapStatistic statistic : List.of(BootstrapStatistic.survival(5), BootstrapStatistic.quantile(0.5))) {
            double[] one =
                    BOOTSTRAP.withThreads(1).withSeed(9).fit(data, statistic).replicates();
            for (int threads : new int[] {2, 8}) {
                assertThat(BOOTSTRAP
                                .withThreads(threads)
                                .withSeed(9)
                                .fit(data, statistic)
                                .replicates())
                        .containsExactly(one);
            }
            assertThat(BOOTSTRAP.withSeed(10).fit(data, statistic).replicates()).isNotEqualTo(one);
            assertThat(Arrays.copyOf(one, 100))
                    .containsExactly(BOOTSTRAP
                            .withSeed(9)
                            .withReplicates(100)
                            .fit(data, statistic)
                            .replicates());
        }
    }

    /** The estimate from the original sample is the library's own, entry, weights and ties included. */
    @Test
    void builtInStatisticsAreTheCurves() {
        for (long seed = 0; seed < 1000; seed++) {
            RandomFollowUp all = RandomFollowUp.of(seed);
            SurvivalData data = all.data();
            double t = Math.max(0.5, all.time[all.size() / 2]);
            SurvivalEstimate km = KaplanMeier.withDefaults().fit(data).get("all");
            CauseIncidence aj =
                    AalenJohansen.withDefaults().fit(data).get("all").incidence("a");
            Bootstrap few = BOOTSTRAP.withReplicates(2).withThreads(1);
            String where = "seed " + seed;
            same(few.fit(data, BootstrapStatistic.survival(t)), km.survivalAt(t), where + " S");
            same(few.fit(data, BootstrapStatistic.restrictedMean(t)), km.restrictedMean(t), where + " RMST");
            same(few.fit(data, BootstrapStatistic.incidence("a", t)), aj.incidenceAt(t), where + " F");
            same(few.fit(data, BootstrapStatistic.quantile(0.3)), km.quantile(0.3), where + " quantile");
        }
    }

    private static void same(BootstrapResult ours, PointEstimate expected, String where) {
        assertThat(ours.estimate().isEstimable()).as(where).isEqualTo(expected.isEstimable());
        if (expected.isEstimable()) {
            assertThat(ours.estimate().estimate())
                    .as(where)
                    .isCloseTo(expected.estimate(), within(1e-12 * Math.max(1, expected.estimate())));
        }
    }

    /** A replicate is the curve of the rows that its weights say: by replay of the draws, and as an event table. */
    @Test
    void aReplicateIsTheCurveOfItsRows() {
        for (long seed = 0; seed < 1000; seed++) {
            RandomFollowUp all = RandomFollowUp.of(seed);
            SurvivalData data = all.data();
            double t = Math.max(0.5, all.time[all.size() / 2]);
            BootstrapStatistic difference = sample -> {
                double own = BootstrapStatistic.survival(t).of(sample);
                int[] counts = sample.rowCounts();
                assertThat(Arrays.stream(counts).sum()).isEqualTo(sample.rows());
                if (sample.rows() == 0 || Double.isNaN(own)) {
                    return 0;
                }
                double table = KaplanMeier.withDefaults()
                        .fit(sample.table())
                        .survivalAt(t)
                        .optional()
                        .orElse(own);
                int[] rows = IntStream.range(0, counts.length)
                        .flatMap(i -> IntStream.generate(() -> i).limit(counts[i]))
                        .toArray();
                RandomFollowUp same = all;
                double again = KaplanMeier.withDefaults()
                        .fit(unweighted(same, rows))
                        .get("all")
                        .survivalAt(t)
                        .optional()
                        .orElse(own);
                return Math.abs(own - table) + Math.abs(own - again);
            };
            BootstrapResult result = BOOTSTRAP.withReplicates(2).withThreads(1).fit(data, difference);
            for (double x : result.replicates()) {
                assertThat(x).as("seed " + seed).isLessThan(1e-12);
            }
        }
    }

    private static SurvivalData unweighted(RandomFollowUp all, int[] rows) {
        SurvivalData.Builder data = SurvivalData.builder(RandomFollowUp.pick(all.time, rows), all.codes(rows))
                .causes(all.labels());
        return (all.hasEntry ? data.entry(RandomFollowUp.pick(all.entry, rows)) : data).build();
    }

    @Test
    void clustersAreDrawnWhole() {
        // Three patients with three rows each, one cluster a patient.
        double[] time = {1, 2, 3, 4, 5, 6, 7, 8, 9};
        int[] status = {1, 0, 0, 1, 1, 0, 1, 1, 0};
        Categories who = Categories.of(List.of("p", "p", "p", "q", "q", "q", "r", "r", "r"));
        BootstrapStatistic split = sample -> {
            int[] counts = sample.rowCounts();
            for (int i = 0; i < 9; i += 3) {
                if (counts[i] != counts[i + 1] || counts[i] != counts[i + 2]) {
                    return 1;
                }
            }
            return sample.rows() == 9 && sample.atRisk()[0] == 9 ? 0 : 2;
        };
        for (SurvivalData data : List.of(
                SurvivalData.builder(time, status).cluster(who).build(),
                SurvivalData.builder(time, status).id(who).recurrent().build())) {
            assertThat(BOOTSTRAP.withReplicates(200).fit(data, split).replicates())
                    .containsOnly(0);
            // 27 ordered draws of 3 patients, so at most 10 distinct replicates.
            double[] s =
                    BOOTSTRAP.fit(data, BootstrapStatistic.restrictedMean(1.5)).replicates();
            assertThat(Arrays.stream(s).distinct().count()).isBetween(2L, 10L);
        }
        SurvivalData rows = SurvivalData.of(time, status);
        assertThat(BOOTSTRAP.withReplicates(200).fit(rows, split).replicates()).contains(1);
    }

    @Test
    void aTableIsItsRowsAndWeightsAreCopies() {
        double[] time = {1, 1, 2, 3, 3, 4};
        int[] status = {1, 0, 1, 1, 1, 0};
        SurvivalData weighted = SurvivalData.builder(new double[] {1, 1, 2, 3, 4, 9}, new int[] {1, 0, 1, 1, 0, 1})
                .weights(new double[] {1, 1, 1, 2, 1, 0}, WeightType.FREQUENCY)
                .build();
        BootstrapStatistic s = BootstrapStatistic.survival(2);
        double[] plain = BOOTSTRAP.fit(SurvivalData.of(time, status), s).replicates();
        assertThat(BOOTSTRAP.fit(weighted, s).replicates()).containsExactly(plain);
        BootstrapResult table = BOOTSTRAP.fit(EventTable.of(time, status), s);
        assertThat(table.estimate().estimate()).isEqualTo(5.0 / 6 * 3 / 4);
        assertThat(table.estimate().standardError().orElseThrow())
                .isCloseTo(BOOTSTRAP.fit(weighted, s).estimate().standardError().orElseThrow(), within(0.02));
        assertThat(BOOTSTRAP.fit(EventTable.of(weighted), s).estimate().estimate())
                .isEqualTo(table.estimate().estimate());
        assertThatThrownBy(() -> BOOTSTRAP.withThreads(1).fit(EventTable.of(time, status), x -> x.rowCounts().length))
                .hasMessageContaining("resampled from a table");
    }

    @Test
    void groupsAndTheirDifference() {
        double[] time = IntStream.range(0, 40).mapToDouble(i -> 1 + i / 2).toArray();
        SurvivalData data = SurvivalData.builder(
                        time,
                        IntStream.range(0, 40)
                                .map(i -> i % 2 == 0 ? 1 : i % 3 == 0 ? 1 : 0)
                                .toArray())
                .group(Categories.of(IntStream.range(0, 40)
                        .mapToObj(i -> i % 2 == 0 ? "a" : "b")
                        .toList()))
                .build();
        BootstrapStatistic s = BootstrapStatistic.survival(10);
        Grouped<BootstrapResult> groups = BOOTSTRAP.byGroup(data, s);
        BootstrapResult difference = BOOTSTRAP.difference(data, s);
        double[] a = groups.get("a").replicates();
        double[] b = groups.get("b").replicates();
        double[] d = difference.replicates();
        for (int i = 0; i < d.length; i++) {
            assertThat(d[i]).isEqualTo(a[i] - b[i]);
        }
        assertThat(difference.statistic()).isEqualTo("survival at 10.0, a less b");
        assertThat(difference.bca().isEstimable()).isTrue();
        assertThat(groups.tidy().rowCount()).isEqualTo(4);
        assertThat(groups.tidy().value(0, "interval")).isEqualTo("percentile");
        assertThat(difference.conventions()).containsEntry("seed", "1");
    }

    @Test
    void replicatesThatFailAreCountedAndIntervalsRefused() {
        SurvivalData data = SurvivalData.of(new double[] {1, 2, 3, 4, 5}, new int[] {1, 0, 1, 0, 0});
        // Without the last row, (4/5)^5, unless S is 0: the last is row 3, (3/5)^5 - (2/5)^5, or row 1, (1/5)^5. 26.0
        // %.
        BootstrapResult result = BOOTSTRAP.fit(data, BootstrapStatistic.survival(5));
        assertThat(result.failures()).isBetween(204, 316);
        assertThat(result.failureReason()).isEqualTo("follow-up of the sample ends before 5");
        assertThat(result.estimate().isEstimable()).isTrue();
        assertThat(result.estimate().standardError()).isEmpty();
        for (var interval : List.of(result.percentile(), result.normal(), result.bca())) {
            assertThat(interval.isEstimable()).isFalse();
            assertThat(interval.reason())
                    .isEqualTo(result.failures() + " of 1000 replicates failed, more than the allowed share of 0.05: "
                            + "follow-up of the sample ends before 5");
        }
        assertThat(result.tidy().value(0, "failures")).isEqualTo((long) result.failures());
        BootstrapResult lenient = BOOTSTRAP.withMostFailures(0.5).fit(data, BootstrapStatistic.survival(5));
        assertThat(lenient.percentile().isEstimable()).isTrue();
        assertThat(lenient.bca().reason()).isEqualTo("without some subject, follow-up of the sample ends before 5");

        BootstrapResult never = BOOTSTRAP.fit(data, BootstrapStatistic.quantile(0.9));
        assertThat(never.estimate().reason()).contains("S of the sample stays above 0.1");
        assertThat(never.percentile().isEstimable()).isFalse();
        BootstrapResult allCensored =
                BOOTSTRAP.fit(SurvivalData.of(new double[] {3, 3}, new int[] {0, 0}), BootstrapStatistic.survival(3));
        assertThat(allCensored.bca().isEstimable()).isTrue();
        assertThat(allCensored.percentile().lower().orElseThrow()).isEqualTo(1);
        assertThat(BOOTSTRAP
                        .fit(data, x -> x.rows() > 0 ? 1 / 0.0 : 0)
                        .estimate()
                        .reason())
                .isEqualTo("the statistic is not estimable from the sample");
    }

    @Test
    void oneSidedReplicatesHaveNoAcceleratedInterval() {
        SurvivalData data = uncensored(60);
        int[] first = new int[60];
        Arrays.fill(first, 1);
        BootstrapResult result =
                BOOTSTRAP.fit(data, x -> Arrays.equals(x.rowCounts(), first) ? 2 : 1 + 1e-3 * x.exits(0, 1));
        assertThat(result.bca().reason()).isEqualTo("all replicates lie on one side of the estimate");
    }

    @Test
    void drawsAreUniform() {
        int bound = 7;
        int[] counts = new int[bound];
        BoundedDraws draws = BoundedDraws.of(1, 2, 3);
        for (int i = 0; i < 70_000; i++) {
            counts[draws.next(bound)]++;
        }
        double chi = Arrays.stream(counts)
                .mapToDouble(c -> (c - 10_000.0) * (c - 10_000.0) / 10_000)
                .sum();
        // The upper 1e-4 point of chi-square with 6 degrees of freedom.
        assertThat(chi).isLessThan(27.9);
        // A bound for which nearly half of the products are thrown away.
        int huge = (1 << 30) + 1;
        double mean = IntStream.range(0, 20_000)
                .mapToDouble(i -> draws.next(huge) / (double) huge)
                .average()
                .orElseThrow();
        assertThat(mean).isCloseTo(0.5, within(4 * 0.2887 / Math.sqrt(20_000)));
        int[] place = IntStream.range(0, 1001).toArray();
        for (int replicate = 0; replicate < 300; replicate++) {
            int[] bulk = new int[1001];
            int[] single = new int[1001];
            BoundedDraws.of(5, replicate, 0).tally(place, bulk);
            BoundedDraws same = BoundedDraws.of(5, replicate, 0);
            for (int i = 0; i < 1001; i++) {
                single[same.next(1001)]++;
            }
            assertThat(bulk).as("replicate " + replicate).containsExactly(single);
        }
    }

    private static double original(SurvivalData data, BootstrapStatistic statistic) {
        RiskSets sets =
                RiskSets.of(List.of(EventTable.of(data)), TieRule.DEFAULT).get(0);
        int[] rows = IntStream.range(0, data.size()).toArray();
        Resample sample = new Resample(ResamplePlan.of(data, rows, sets), 1, 0);
        sample.fill();
        return statistic.of(sample);
    }

    @Test
    void aFlatAtTheQuantileRunsToTheEndOfFollowUp() {
        SurvivalData data = SurvivalData.of(new double[] {1, 2, 3, 4}, new int[] {1, 1, 0, 0});
        assertThat(original(data, BootstrapStatistic.quantile(0.5))).isEqualTo(3);
        assertThat(KaplanMeier.withDefaults().fit(data).get("all").median().estimate())
                .isEqualTo(3);
    }

    @Test
    void whereNobodyIsAtRiskButOthersFollowTheCurveIsKnown() {
        SurvivalData data = SurvivalData.builder(new double[] {1, 2, 5}, new int[] {1, 0, 1})
                .entry(new double[] {0, 0, 3})
                .build();
        assertThat(original(data, BootstrapStatistic.survival(2.5))).isEqualTo(0.5);
        assertThat(original(data, BootstrapStatistic.restrictedMean(4))).isEqualTo(2.5);
        assertThat(original(data, BootstrapStatistic.incidence("1", 2.5))).isEqualTo(0.5);
    }

    @Test
    void badInputIsNamed() {
        SurvivalData data = uncensored(4);
        BootstrapStatistic s = BootstrapStatistic.survival(1);
        assertThatThrownBy(() -> BOOTSTRAP.withReplicates(1)).hasMessage("replicates is 1; allowed: replicates >= 2");
        assertThatThrownBy(() -> BOOTSTRAP.withLevel(Double.NaN)).hasMessageContaining("level is NaN");
        assertThatThrownBy(() -> BOOTSTRAP.withMostFailures(1.1)).hasMessageContaining("most failures is 1.1");
        assertThatThrownBy(() -> BOOTSTRAP.withThreads(0)).hasMessageContaining("threads is 0");
        assertThatThrownBy(() -> BootstrapStatistic.survival(Double.NaN)).hasMessageContaining("time is NaN");
        assertThatThrownBy(() -> BootstrapStatistic.quantile(1)).hasMessageContaining("share is 1.0");
        assertThatThrownBy(() -> BootstrapStatistic.restrictedMean(0)).hasMessageContaining("tau is 0.0");
        assertThatThrownBy(() -> BootstrapStatistic.incidence("1", -1)).hasMessageContaining("time is -1.0");
        assertThatThrownBy(() -> BOOTSTRAP.fit(data, BootstrapStatistic.incidence("x", 1)))
                .hasMessage("cause is x; allowed: 1");
        assertThatThrownBy(() -> BOOTSTRAP.difference(data, s))
                .hasMessage("number of groups is 1; allowed: 2 for a difference");
        SurvivalData.Builder two = SurvivalData.builder(new double[] {1, 2}, new int[] {1, 1});
        assertThatThrownBy(() -> BOOTSTRAP.fit(
                        two.weights(new double[] {0, 0}, WeightType.FREQUENCY).build(), s))
                .hasMessage("the weights of all 2 rows are 0; allowed: some weight above 0");
        assertThatThrownBy(() -> BOOTSTRAP.fit(
                        two.weights(new double[] {1, 1}, WeightType.SAMPLING).build(), s))
                .hasMessageContaining("weight type is sampling");
        Categories one = Categories.of(List.of("p", "p"));
        assertThatThrownBy(() -> BOOTSTRAP.fit(
                        two.weights(new double[] {1, 1}, WeightType.SAMPLING)
                                .cluster(one)
                                .build(),
                        s))
                .hasMessageContaining("weight type is sampling");
        SurvivalData late = SurvivalData.builder(new double[] {1, 2}, new int[] {1, 1})
                .entry(new double[] {0, 1})
                .build();
        assertThatThrownBy(() -> BOOTSTRAP.fit(EventTable.of(late), s)).hasMessageContaining("does not say whose");
        assertThatThrownBy(() -> BOOTSTRAP.withThreads(1).fit(data, x -> x.exits(0, 2)))
                .hasMessage("status is 2; allowed: 0 to 1");
        assertThat(BOOTSTRAP
                        .withTieRule(TieRule.EXACT)
                        .withLevel(0.9)
                        .fit(data, s)
                        .conventions())
                .containsEntry("tie tolerance", "0.0")
                .containsEntry("level", "0.9");
    }
}
