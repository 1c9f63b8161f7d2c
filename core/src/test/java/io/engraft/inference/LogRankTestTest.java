package io.engraft.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.InvalidArgumentException;
import io.engraft.NotEstimableException;
import io.engraft.data.Categories;
import io.engraft.data.EventTable;
import io.engraft.data.SurvivalData;
import io.engraft.data.WeightType;
import io.engraft.testing.GoldenFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LogRankTestTest {

    private static final GoldenFile GOLDEN = GoldenFile.read("/golden/rank_tests.csv");

    static Stream<Arguments> golden() {
        return GOLDEN.rowsBy("case").entrySet().stream().map(e -> Arguments.of(e.getKey(), e.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("golden")
    void equalsSurvdiff(String name, List<Integer> rows) {
        int first = rows.get(0);
        GoldenFile file = GoldenFile.read("/golden/data/" + GOLDEN.text(first, "dataset") + ".csv");
        SurvivalData.Builder data = SurvivalData.builder(file.numbers("time"), file.integers("status"))
                .group(Categories.of(file.texts("group")));
        if (GOLDEN.text(first, "strata").equals("yes")) {
            data.strata(Categories.of(file.texts("strata")));
        }
        TestResult result = LogRankTest.withDefaults()
                .withWeight(RankWeight.flemingHarrington(GOLDEN.number(first, "rho"), 0))
                .test(data.build());
        assertThat(result.groups()).hasSize(rows.size());
        assertThat(result.df()).isEqualTo((int) GOLDEN.number(first, "df"));
        assertNear(result.statistic(), GOLDEN.number(first, "statistic"));
        for (int g = 0; g < rows.size(); g++) {
            TestResult.GroupCount count = result.groups().get(g);
            assertThat(count.group()).isEqualTo(GOLDEN.text(rows.get(g), "group"));
            assertThat(count.n()).isEqualTo((long) GOLDEN.number(rows.get(g), "n"));
            assertNear(count.observed(), GOLDEN.number(rows.get(g), "observed"));
            assertNear(count.expected().orElseThrow(), GOLDEN.number(rows.get(g), "expected"));
        }
    }

    private static void assertNear(double actual, double expected) {
        assertThat(actual).isCloseTo(expected, within(1e-10 * Math.abs(expected)));
    }

    private static SurvivalData four() {
        return SurvivalData.builder(new double[] {1, 3, 2, 4}, new int[] {1, 1, 1, 1})
                .group(Categories.of(List.of("A", "A", "B", "B")))
                .build();
    }

    static Stream<Arguments> handWorked() {
        double taroneWare = 1 - Math.sqrt(3) / 3 + Math.sqrt(2) / 2;
        double modified = 64 / 625.0 + 9 / 200.0 + 4 / 225.0;
        return Stream.of(
                Arguments.of(RankWeight.LOG_RANK, 8 / 13.0),
                Arguments.of(RankWeight.GEHAN, 4 / 7.0),
                Arguments.of(RankWeight.TARONE_WARE, taroneWare * taroneWare / (13 / 6.0)),
                Arguments.of(RankWeight.PETO_PETO, 4 / 7.0),
                Arguments.of(RankWeight.PETO_PETO_MODIFIED, 91 / 300.0 * 91 / 300.0 / modified),
                Arguments.of(RankWeight.flemingHarrington(0, 1), 4 / 11.0));
    }

    @ParameterizedTest
    @MethodSource("handWorked")
    void equalsTheFractionsWorkedByHand(RankWeight weight, double expected) {
        TestResult result = LogRankTest.withDefaults().withWeight(weight).test(four());
        assertThat(result.statistic()).isCloseTo(expected, within(1e-14));
        assertThat(result.df()).isEqualTo(1);
        assertThat(result.method()).isEqualTo(weight.label());
    }

    @Test
    void entryCountsFromJustAfterIt() {
        // At time 2 the patient who enters at 2 is not yet at risk: A 1 of 1 + 1, at 3: B 1 of 1 + 1.
        SurvivalData data = SurvivalData.builder(new double[] {2, 4, 3, 5}, new int[] {1, 0, 1, 0})
                .entry(new double[] {0, 2, 0, 3})
                .group(Categories.of(List.of("A", "A", "B", "B")))
                .build();
        TestResult result = LogRankTest.withDefaults().test(data);
        assertThat(result.groups().get(0).expected()).hasValue(1.0);
        assertThat(result.statistic()).isEqualTo(0.0);
        assertThat(result.pValue()).isEqualTo(1.0);
    }

    @Test
    void logrank_groupOrder() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            int n = 10 + random.nextInt(60);
            double[] time = random.doubles(n).map(u -> Math.ceil(u * 12)).toArray();
            int[] status = random.ints(n, 0, 2).toArray();
            List<String> names = new ArrayList<>(List.of("a", "b", "c", "d"));
            int[] group = random.ints(n, 0, 4).toArray();
            double[] found = new double[2];
            for (int order = 0; order < 2; order++) {
                SurvivalData data = SurvivalData.builder(time, status)
                        .group(Categories.of(
                                Arrays.stream(group).mapToObj(names::get).toList()))
                        .build();
                TestResult result = LogRankTest.withDefaults().test(data);
                found[order] = result.isEstimable() ? result.statistic() : -1;
                Collections.reverse(names);
            }
            assertThat(found[1]).isCloseTo(found[0], within(1e-9 * Math.max(1, found[0])));
        }
    }

    @Test
    void logrank_dummyGroup() {
        SurvivalData with = SurvivalData.builder(new double[] {1, 3, 2, 4, 0.5}, new int[] {1, 1, 1, 1, 0})
                .group(Categories.of(List.of("A", "A", "B", "B", "C")))
                .build();
        TestResult result = LogRankTest.withDefaults().test(with);
        assertThat(result.statistic()).isCloseTo(8 / 13.0, within(1e-14));
        assertThat(result.df()).isEqualTo(1);
    }

    @Test
    void logrank_emptyExpected() {
        SurvivalData censored = SurvivalData.builder(new double[] {1, 2, 3}, new int[] {0, 0, 0})
                .group(Categories.of(List.of("A", "B", "A")))
                .build();
        TestResult result = LogRankTest.withDefaults().test(censored);
        assertThat(result.isEstimable()).isFalse();
        assertThat(result.reason()).contains("nothing to compare");
        assertThatThrownBy(result::pValue).isInstanceOf(NotEstimableException.class);
    }

    @Test
    void logrank_fh_zeroTime() {
        SurvivalData data = SurvivalData.builder(new double[] {0, 1, 2, 3}, new int[] {1, 1, 1, 1})
                .group(Categories.of(List.of("A", "B", "A", "B")))
                .build();
        SurvivalData later = SurvivalData.builder(new double[] {5, 6, 7, 8}, new int[] {1, 1, 1, 1})
                .group(Categories.of(List.of("A", "B", "A", "B")))
                .build();
        for (double rho : new double[] {0, 0.5, 1}) {
            for (double gamma : new double[] {0, 0.5, 1}) {
                LogRankTest test = LogRankTest.withDefaults().withWeight(RankWeight.flemingHarrington(rho, gamma));
                assertThat(test.test(data).statistic())
                        .isEqualTo(test.test(later).statistic());
            }
        }
        // S(t-) is 1, 3/4, 1/2, 1/4, so (0, 1) weighs the events 0, 1/4, 1/2, 3/4. A's O - E is
        // 1/4 (0 - 1/3) + 1/2 (1 - 1/2) + 0 = 1/6 and V is 1/16 2/9 + 1/4 1/4 = 11/144.
        TestResult late = LogRankTest.withDefaults()
                .withWeight(RankWeight.flemingHarrington(0, 1))
                .test(data);
        assertThat(late.statistic()).isCloseTo(4 / 11.0, within(1e-14));
    }

    @Test
    void farTailKeepsItsDigits() {
        int n = 20_000;
        double[] time =
                IntStream.range(0, n).mapToDouble(i -> i < n / 2 ? 1 : 2).toArray();
        int[] status = new int[n];
        Arrays.fill(status, 1);
        List<String> group =
                IntStream.range(0, n).mapToObj(i -> i < 740 ? "A" : "B").toList();
        TestResult result = LogRankTest.withDefaults()
                .test(SurvivalData.builder(time, status)
                        .group(Categories.of(group))
                        .build());
        assertThat(result.pValue()).isGreaterThan(0).isLessThan(1e-100);
    }

    @Test
    void frequencyWeightsAreRepeatedRows() {
        SurvivalData weighted = SurvivalData.builder(new double[] {1, 3, 2, 4}, new int[] {1, 1, 1, 0})
                .weights(new double[] {2, 1, 3, 1}, WeightType.FREQUENCY)
                .group(Categories.of(List.of("A", "A", "B", "B")))
                .build();
        SurvivalData repeated = SurvivalData.builder(
                        new double[] {1, 1, 3, 2, 2, 2, 4}, new int[] {1, 1, 1, 1, 1, 1, 0})
                .group(Categories.of(List.of("A", "A", "A", "B", "B", "B", "B")))
                .build();
        assertThat(LogRankTest.withDefaults().test(weighted).statistic())
                .isCloseTo(LogRankTest.withDefaults().test(repeated).statistic(), within(1e-13));
    }

    @Test
    void tablesOfCentresMergeToTheSameTest() {
        Map<String, EventTable> merged = new LinkedHashMap<>();
        merged.put(
                "A",
                EventTable.of(new double[] {1}, new int[] {1}).merge(EventTable.of(new double[] {3}, new int[] {1})));
        merged.put("B", EventTable.of(new double[] {2, 4}, new int[] {1, 1}));
        assertThat(LogRankTest.withDefaults().test(merged).statistic())
                .isEqualTo(LogRankTest.withDefaults().test(four()).statistic());
    }

    @Test
    void trendOfTwoGroupsIsTheRootOfTheStatistic() {
        TestResult result = LogRankTest.withDefaults().withTrendScores(0, 1).test(four());
        TestResult.Contrast trend = result.contrasts().get(0);
        assertThat(trend.measure()).isEqualTo("trend");
        assertThat(trend.z()).isCloseTo(-Math.sqrt(8 / 13.0), within(1e-14));
        assertThat(trend.pValue()).isCloseTo(result.pValue(), within(1e-14));
    }

    @Test
    void trendDoesNotChangeWhenTheScoresAreShifted() {
        SurvivalData data = SurvivalData.builder(
                        new double[] {1, 3, 2, 4, 5, 6, 7, 8, 9}, new int[] {1, 1, 1, 1, 1, 1, 1, 1, 1})
                .group(Categories.of(List.of("A", "A", "B", "B", "C", "C", "C", "C", "C")))
                .build();
        double z = trend(data, 1, 2, 3);
        assertThat(trend(data, 1e9 + 1, 1e9 + 2, 1e9 + 3)).isCloseTo(z, within(1e-13));
        assertThat(trend(data, -3, -2, -1)).isCloseTo(z, within(1e-13));
    }

    @Test
    void comparisonsThatCannotBeMadeAreNamed() {
        SurvivalData data = SurvivalData.builder(new double[] {1, 3, 2, 4, 0.5}, new int[] {1, 1, 1, 1, 0})
                .group(Categories.of(List.of("A", "A", "B", "B", "C")))
                .build();
        LogRankTest test = LogRankTest.withDefaults().withPairs(PairwiseAdjustment.BONFERRONI);
        TestResult result = test.withTrendScores(1, 1, 2).test(data);
        assertThat(result.contrasts()).hasSize(1);
        assertThat(result.conventions()).containsEntry("notEstimable", "trend; A against C; B against C");
        assertThat(test.test(four()).conventions()).doesNotContainKey("notEstimable");
    }

    @Test
    void aPositiveStatisticMeansMoreEventsInTheGroupNamedFirst() {
        // A dies first, so it has more events than expected.
        LogRankTest test = LogRankTest.withDefaults().withPairs(PairwiseAdjustment.HOLM);
        for (double[] scores : new double[][] {{2, 1}, {1, 2}}) {
            for (TestResult.Contrast c :
                    test.withTrendScores(scores).test(four()).contrasts()) {
                assertThat(c.z() > 0).as(c.toString()).isEqualTo(c.group().equals("A"));
            }
        }
    }

    private static double trend(SurvivalData data, double... scores) {
        return LogRankTest.withDefaults()
                .withTrendScores(scores)
                .test(data)
                .contrasts()
                .get(0)
                .z();
    }

    @Test
    void eventsThatSayNothingAreNotSaidToBeMissing() {
        // Two die while both groups are at risk, but all at once, or with weight 0.
        SurvivalData together = SurvivalData.builder(new double[] {5, 5}, new int[] {1, 1})
                .group(Categories.of(List.of("A", "B")))
                .build();
        SurvivalData first = SurvivalData.builder(new double[] {1, 2, 3}, new int[] {1, 0, 0})
                .group(Categories.of(List.of("A", "B", "A")))
                .build();
        assertThat(LogRankTest.withDefaults().test(together).reason())
                .isEqualTo("no event time with a weight above 0 had two or more groups at risk and survivors, so there"
                        + " is nothing to compare");
        assertThat(LogRankTest.withDefaults()
                        .withWeight(RankWeight.flemingHarrington(0, 1))
                        .test(first)
                        .reason())
                .contains("weight above 0");
    }

    @Test
    void pairsAreAdjusted() {
        SurvivalData data = SurvivalData.builder(
                        new double[] {1, 3, 2, 4, 5, 6, 7, 8, 9}, new int[] {1, 1, 1, 1, 1, 1, 1, 1, 1})
                .group(Categories.of(List.of("A", "A", "B", "B", "C", "C", "C", "C", "C")))
                .build();
        List<TestResult.Contrast> holm = LogRankTest.withDefaults()
                .withPairs(PairwiseAdjustment.HOLM)
                .test(data)
                .contrasts();
        List<TestResult.Contrast> bonferroni = LogRankTest.withDefaults()
                .withPairs(PairwiseAdjustment.BONFERRONI)
                .test(data)
                .contrasts();
        assertThat(holm).hasSize(3);
        double[] p =
                holm.stream().mapToDouble(TestResult.Contrast::pValue).sorted().toArray();
        double[] adjusted = holm.stream()
                .mapToDouble(c -> c.adjustedPValue().orElseThrow())
                .sorted()
                .toArray();
        assertThat(adjusted[0]).isCloseTo(3 * p[0], within(1e-15));
        assertThat(adjusted[1]).isCloseTo(Math.max(adjusted[0], 2 * p[1]), within(1e-15));
        assertThat(adjusted[2]).isCloseTo(Math.max(adjusted[1], p[2]), within(1e-15));
        for (TestResult.Contrast c : bonferroni) {
            assertThat(c.adjustedPValue().orElseThrow()).isCloseTo(Math.min(1, 3 * c.pValue()), within(1e-15));
        }
        assertThat(LogRankTest.withDefaults()
                        .withPairs(PairwiseAdjustment.HOLM)
                        .test(data)
                        .tidy()
                        .rowCount())
                .isEqualTo(7);
    }

    @Test
    void badInputIsNamed() {
        SurvivalData ungrouped = SurvivalData.of(new double[] {1}, new int[] {1});
        SurvivalData oneGroup = SurvivalData.builder(new double[] {1}, new int[] {1})
                .group(Categories.of(List.of("A")))
                .build();
        assertThatThrownBy(() -> LogRankTest.withDefaults().test(ungrouped))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("no group column");
        assertThatThrownBy(() -> LogRankTest.withDefaults().test(oneGroup)).hasMessageContaining("two or more");
        assertThatThrownBy(() -> LogRankTest.withDefaults().withTrendScores(1, 1))
                .hasMessageContaining("not all equal");
        assertThatThrownBy(() -> LogRankTest.withDefaults().withTrendScores(1, Double.NaN))
                .hasMessageContaining("score is NaN");
        assertThatThrownBy(() ->
                        LogRankTest.withDefaults().withTrendScores(1, 2, 3).test(four()))
                .hasMessageContaining("number of scores is 3");
        assertThatThrownBy(() -> RankWeight.flemingHarrington(-1, 0)).hasMessageContaining("rho is -1.0");
        assertThatThrownBy(() -> RankWeight.flemingHarrington(0, Double.NaN)).hasMessageContaining("gamma is NaN");
        assertThatThrownBy(() -> new RankWeight.FlemingHarrington(Double.NaN, 0))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("rho is NaN");
    }

    @Test
    void badTablesAreNamed() {
        LogRankTest test = LogRankTest.withDefaults();
        EventTable table = EventTable.of(new double[] {1, 2}, new int[] {1, 0});
        List<String> groups = List.of("A", "B");
        assertThatThrownBy(() -> test.testStrata(groups, List.of()))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("number of tables is 0; allowed: at least one");
        assertThatThrownBy(() -> test.testStrata(groups, List.of(Map.of())))
                .hasMessage("number of tables is 0; allowed: at least one");
        assertThatThrownBy(() -> test.testStrata(groups, List.of(Map.of("A", table, "C", table))))
                .hasMessage("group of a stratum is C; allowed: one of [A, B]");
        assertThatThrownBy(() -> test.testStrata(List.of("A", "A"), List.of(Map.of("A", table))))
                .hasMessageContaining("two or more, distinct");
    }

    @Test
    void trendDoesNotDependOnOriginOrScaleOfTheScores() {
        double z = trend(1, 2, 3);
        assertThat(z).isNotZero();
        assertThat(trend(2019, 2020, 2021)).isCloseTo(z, within(1e-12));
        assertThat(trend(-1.5e308, 0, 1.5e308)).isCloseTo(z, within(1e-12));
        assertThat(trend(3e-300, 2e-300, 1e-300)).isCloseTo(-z, within(1e-12));
    }

    private static double trend(double... scores) {
        return LogRankTest.withDefaults()
                .withTrendScores(scores)
                .test(SurvivalData.builder(new double[] {1, 2, 3, 4, 5, 6}, new int[] {1, 1, 0, 1, 1, 1})
                        .group(Categories.of(List.of("A", "A", "B", "C", "B", "C")))
                        .build())
                .contrasts()
                .get(0)
                .z();
    }

    @Test
    void conventionsKeepTheirOrder() {
        assertThat(LogRankTest.withDefaults()
                        .withPairs(PairwiseAdjustment.HOLM)
                        .test(four())
                        .conventions()
                        .keySet())
                .containsExactly("weight", "tieTolerance", "atRisk", "pairs");
    }

    /** With pairs as strata the test is McNemar's: (b - c)^2 / (b + c), b and c the pairs in which each arm fails first. */
    @Test
    void manyStrataOfPairsAreMcNemarsTest() {
        int pairs = 3000;
        double[] time = new double[2 * pairs];
        int[] status = new int[2 * pairs];
        int[] arm = new int[2 * pairs];
        int[] pair = new int[2 * pairs];
        Random random = new Random(5);
        double b = 0;
        double c = 0;
        for (int p = 0; p < pairs; p++) {
            time[2 * p] = random.nextDouble();
            time[2 * p + 1] = random.nextDouble();
            status[2 * p] = 1;
            status[2 * p + 1] = 1;
            arm[2 * p + 1] = 1;
            pair[2 * p] = p;
            pair[2 * p + 1] = p;
            b += time[2 * p] < time[2 * p + 1] ? 1 : 0;
            c += time[2 * p] < time[2 * p + 1] ? 0 : 1;
        }
        List<String> levels =
                IntStream.range(0, pairs).mapToObj(String::valueOf).toList();
        SurvivalData data = SurvivalData.builder(time, status)
                .group(Categories.ofCodes(arm, List.of("A", "B")))
                .strata(Categories.ofCodes(pair, levels))
                .build();
        assertThat(LogRankTest.withDefaults().test(data).statistic())
                .isCloseTo((b - c) * (b - c) / (b + c), within(1e-9));
    }

    @Test
    void strataWithOneGroupAddNothing() {
        SurvivalData data = SurvivalData.builder(new double[] {1, 3, 2, 4, 1, 2}, new int[] {1, 1, 1, 1, 1, 1})
                .group(Categories.of(List.of("A", "A", "B", "B", "A", "A")))
                .strata(Categories.of(List.of("x", "x", "x", "x", "y", "y")))
                .build();
        TestResult result = LogRankTest.withDefaults().test(data);
        assertThat(result.statistic()).isCloseTo(8 / 13.0, within(1e-14));
        assertThat(result.conventions()).containsEntry("strata", "2");
    }
}
