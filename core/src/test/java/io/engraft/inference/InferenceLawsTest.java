package io.engraft.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engraft.curve.ConfidenceType;
import io.engraft.data.Categories;
import io.engraft.data.SurvivalData;
import io.engraft.data.WeightType;
import io.engraft.inference.GroupedRows.View;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What must hold for any data, on a thousand seeded sets each. */
class InferenceLawsTest {

    private static final int SEEDS = 1000;

    private static final List<RankWeight> WEIGHTS = List.of(
            RankWeight.LOG_RANK,
            RankWeight.GEHAN,
            RankWeight.TARONE_WARE,
            RankWeight.PETO_PETO,
            RankWeight.PETO_PETO_MODIFIED,
            RankWeight.flemingHarrington(1, 0.5));

    private static final List<ConfidenceType> SCALES = List.of(
            ConfidenceType.LOG_LOG,
            ConfidenceType.PLAIN,
            ConfidenceType.LOG,
            ConfidenceType.LOGIT,
            ConfidenceType.ARCSIN);

    /**
     * The shapes of {@link GroupedRows} go by the seed modulo 12; every weight meets all of them in turn, and each with
     * either view.
     */
    private static LogRankTest rank(long seed) {
        return LogRankTest.withDefaults().withWeight(WEIGHTS.get((int) (seed / 12 % WEIGHTS.size())));
    }

    private static View view(long seed) {
        return seed / 72 % 2 == 0 ? View.LATE : View.STRATA;
    }

    private static GrayTest gray(long seed) {
        return GrayTest.forCause(1).withRho(seed / 12 % 3 / 2.0);
    }

    private static void assertSame(TestResult actual, TestResult expected, long seed) {
        assertThat(actual.isEstimable()).as("seed %d", seed).isEqualTo(expected.isEstimable());
        if (expected.isEstimable()) {
            assertThat(actual.statistic())
                    .as("seed %d", seed)
                    .isCloseTo(expected.statistic(), within(1e-8 * Math.max(1, expected.statistic())));
            assertThat(actual.df()).as("seed %d", seed).isEqualTo(expected.df());
            assertThat(actual.pValue())
                    .as("seed %d", seed)
                    .isBetween(0.0, 1.0)
                    .isCloseTo(expected.pValue(), within(1e-7));
        }
    }

    /** Order of rows, names of groups, unit of time and one stratum for all change nothing. */
    private static void assertInvariant(
            GroupedRows rows, View view, Function<SurvivalData, TestResult> test, boolean oneStratum) {
        TestResult expected = test.apply(rows.data(view));
        assertSame(test.apply(rows.builder(rows.shuffled(), view).build()), expected, rows.seed);
        assertSame(test.apply(rows.data(view.reversedNames())), expected, rows.seed);
        assertSame(test.apply(rows.data(view.unit(12 / 365.25))), expected, rows.seed);
        if (oneStratum) {
            List<String> same = Collections.nCopies(rows.size(), "only");
            SurvivalData data = rows.builder(rows.all(), new View(false, view.late(), 1, false))
                    .strata(Categories.of(same, List.of("empty", "only")))
                    .build();
            assertSame(test.apply(data), test.apply(rows.data(new View(false, view.late(), 1, false))), rows.seed);
        }
    }

    @Test
    void rankTestsDoNotDependOnOrderNamesUnitOrOneStratum() {
        for (long seed = 0; seed < SEEDS; seed++) {
            LogRankTest test = rank(seed);
            assertInvariant(new GroupedRows(seed), view(seed), test::test, true);
        }
    }

    @Test
    void grayDoesNotDependOnOrderNamesUnitOrOneStratum() {
        for (long seed = 0; seed < SEEDS; seed++) {
            GrayTest test = gray(seed);
            assertInvariant(new GroupedRows(seed), View.STRATA, test::test, true);
        }
    }

    @Test
    void aRobustVarianceLeavesObservedAndExpectedAsTheyAre() {
        for (long seed = 0; seed < SEEDS; seed++) {
            SurvivalData data = new GroupedRows(seed).data(view(seed));
            TestResult model = rank(seed).test(data);
            TestResult robust = rank(seed).withRobustVariance().test(data);
            for (int g = 0; g < model.groups().size(); g++) {
                TestResult.GroupCount expected = model.groups().get(g);
                TestResult.GroupCount actual = robust.groups().get(g);
                assertThat(actual.observed())
                        .as("seed %d", seed)
                        .isCloseTo(expected.observed(), within(1e-10 * Math.max(1, expected.observed())));
                double most = Math.max(1, expected.expected().orElseThrow());
                assertThat(actual.expected().orElseThrow())
                        .as("seed %d", seed)
                        .isCloseTo(expected.expected().orElseThrow(), within(1e-10 * most));
            }
        }
    }

    @Test
    void robustTestsDoNotDependOnOrderNamesUnitScaleOfWeightsOrNamedRows() {
        for (long seed = 0; seed < SEEDS; seed++) {
            GroupedRows rows = new GroupedRows(seed);
            LogRankTest test = rank(seed);
            View view = view(seed);
            TestResult expected = test.test(rows.builder(rows.all(), view)
                    .cluster(rows.clusters(rows.all()))
                    .build());
            int[] order = rows.shuffled();
            assertSame(
                    test.test(rows.builder(order, view.reversedNames().unit(7))
                            .cluster(rows.clusters(order))
                            .build()),
                    expected,
                    seed);
            LogRankTest plain = LogRankTest.withDefaults();
            TestResult sampled = plain.test(rows.weighted(view, WeightType.SAMPLING));
            double[] scaled = Arrays.stream(rows.weight).map(w -> 0.37 * w).toArray();
            assertSame(
                    plain.test(rows.builder(rows.all(), view)
                            .weights(scaled, WeightType.SAMPLING)
                            .cluster(Categories.of(IntStream.range(0, rows.size())
                                    .mapToObj(i -> "row" + i)
                                    .toList()))
                            .build()),
                    sampled,
                    seed);
            assertSame(
                    plain.test(rows.builder(rows.twice(), view)
                            .cluster(Categories.of(IntStream.range(0, 2 * rows.size())
                                    .mapToObj(i -> "row" + i % rows.size())
                                    .toList()))
                            .build()),
                    plain.test(rows.builder(rows.all(), view)
                            .cluster(Categories.of(IntStream.range(0, rows.size())
                                    .mapToObj(i -> "row" + i)
                                    .toList()))
                            .build()),
                    seed);
        }
    }

    /** A pair is the test of the two groups' rows, and a trend over two of them is that test again. */
    @Test
    void pairsAreTestsOfTwoGroupsAlone() {
        for (long seed = 0; seed < SEEDS; seed++) {
            GroupedRows rows = new GroupedRows(seed);
            LogRankTest test = rank(seed);
            SurvivalData all = clustered(rows, rows.all());
            int[] some =
                    Arrays.stream(rows.all()).filter(i -> rows.group[i] < 2).toArray();
            SurvivalData two = SurvivalData.builder(
                            Arrays.stream(some).mapToDouble(i -> rows.time[i]).toArray(),
                            Arrays.stream(some).map(i -> rows.status[i]).toArray())
                    .group(Categories.of(Arrays.stream(some)
                            .mapToObj(i -> rows.names().get(rows.group[i]))
                            .toList()))
                    .build();
            TestResult pairs = test.withPairs(PairwiseAdjustment.HOLM).test(all);
            TestResult alone = test.withTrendScores(2, 1).test(clustered(two, rows.clusters(some)));
            assertThat(alone.contrasts().isEmpty()).isEqualTo(!alone.isEstimable());
            for (TestResult.Contrast pair : pairs.contrasts()) {
                if (pair.group().equals("a") && pair.against().equals("b")) {
                    assertThat(pair.z() * pair.z())
                            .as("seed %d", seed)
                            .isCloseTo(alone.statistic(), within(1e-8 * Math.max(1, alone.statistic())));
                    assertThat(alone.contrasts().get(0).z()).isCloseTo(pair.z(), within(1e-8));
                }
            }
        }
    }

    private static SurvivalData clustered(GroupedRows rows, int[] order) {
        return rows.builder(order, View.PLAIN).cluster(rows.clusters(order)).build();
    }

    private static SurvivalData clustered(SurvivalData data, Categories cluster) {
        double[] time = IntStream.range(0, data.size()).mapToDouble(data::time).toArray();
        int[] status = IntStream.range(0, data.size()).map(data::status).toArray();
        return SurvivalData.builder(time, status)
                .group(data.group().orElseThrow())
                .cluster(cluster)
                .build();
    }

    @Test
    void frequencyWeightsAreRepeatedRows() {
        for (long seed = 0; seed < SEEDS; seed++) {
            GroupedRows rows = new GroupedRows(seed);
            View view = view(seed);
            assertSame(
                    rank(seed).test(rows.weighted(view, WeightType.FREQUENCY)),
                    rank(seed).test(rows.replicated(view)),
                    seed);
            assertSame(
                    gray(seed).test(rows.weighted(View.STRATA, WeightType.FREQUENCY)),
                    gray(seed).test(rows.replicated(View.STRATA)),
                    seed);
            RestrictedMeanTest mean = RestrictedMeanTest.forHorizon(3);
            assertSame(
                    mean.test(rows.weighted(View.PLAIN, WeightType.FREQUENCY)),
                    mean.test(rows.replicated(View.PLAIN)),
                    seed);
            FixedTimeTest fixed = FixedTimeTest.forTime(4).withCause(1);
            assertSame(
                    fixed.test(rows.weighted(View.PLAIN, WeightType.FREQUENCY)),
                    fixed.test(rows.replicated(View.PLAIN)),
                    seed);
        }
    }

    @Test
    void mergedTablesAndArraysGiveTheTestOfTheRows() {
        for (long seed = 0; seed < SEEDS; seed++) {
            GroupedRows rows = new GroupedRows(seed);
            SurvivalData data = rows.data(View.PLAIN);
            TestResult expected = rank(seed).test(data);
            assertSame(rank(seed).test(rows.merged()), expected, seed);
            int[] codes = Arrays.stream(rows.group).map(g -> g + 1).toArray();
            assertSame(rank(seed).test(rows.time, rows.status, codes), expected, seed);
            assertSame(gray(seed).test(rows.merged()), gray(seed).test(data), seed);
            RestrictedMeanTest mean = RestrictedMeanTest.forHorizon(5);
            assertSame(mean.test(rows.merged()), mean.test(data), seed);
            FixedTimeTest fixed = FixedTimeTest.forTime(5);
            assertSame(fixed.test(rows.merged()), fixed.test(data), seed);
        }
    }

    /** Without other events Gray's score is the log-rank score; his variance is another estimate of the same. */
    @Test
    void grayOfAnOnlyCauseHasTheLogRankScore() {
        int differ = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            GroupedRows rows = new GroupedRows(seed);
            int[] status = Arrays.stream(rows.status).map(s -> Math.min(s, 1)).toArray();
            SurvivalData data = SurvivalData.builder(rows.time, status)
                    .group(rows.data(View.PLAIN).group().orElseThrow())
                    .build();
            TestResult gray = GrayTest.forCause(1).test(data);
            TestResult rank = LogRankTest.withDefaults().test(data);
            for (int g = 0; g < rows.groups; g++) {
                assertThat(gray.groups().get(g).observed())
                        .isEqualTo(rank.groups().get(g).observed());
                assertThat(gray.groups().get(g).expected().orElseThrow())
                        .as("seed %d", seed)
                        .isCloseTo(rank.groups().get(g).expected().orElseThrow(), within(1e-9));
            }
            differ += gray.isEstimable() && Math.abs(gray.statistic() - rank.statistic()) > 1e-6 ? 1 : 0;
        }
        assertThat(differ).isGreaterThan(SEEDS / 2);
    }

    @Test
    void differencesAreAntisymmetricAndTheSquareOfZIsTheStatisticOfTwo() {
        for (long seed = 0; seed < SEEDS; seed++) {
            GroupedRows rows = new GroupedRows(seed);
            RestrictedMeanTest mean = RestrictedMeanTest.forHorizon(4).withPairs(PairwiseAdjustment.HOLM);
            FixedTimeTest fixed = FixedTimeTest.forTime(4)
                    .withScale(SCALES.get((int) (seed % SCALES.size())))
                    .withPairs(PairwiseAdjustment.BONFERRONI);
            assertAntisymmetric(mean.test(rows.data(View.PLAIN)), mean.test(reversed(rows)), seed);
            assertAntisymmetric(fixed.test(rows.data(View.PLAIN)), fixed.test(reversed(rows)), seed);
        }
    }

    private static SurvivalData reversed(GroupedRows rows) {
        return rows.data(View.PLAIN.reversedNames());
    }

    private static void assertAntisymmetric(TestResult one, TestResult other, long seed) {
        assertThat(other.contrasts()).as("seed %d", seed).hasSameSizeAs(one.contrasts());
        assertSame(other, one, seed);
        List<String> names =
                one.groups().stream().map(TestResult.GroupCount::group).toList();
        for (TestResult.Contrast c : one.contrasts()) {
            // Reversing the names turns "b against a" into "a against b" of the mirrored groups.
            String group = names.get(names.size() - 1 - names.indexOf(c.against()));
            String against = names.get(names.size() - 1 - names.indexOf(c.group()));
            TestResult.Contrast mirror = other.contrasts().stream()
                    .filter(m -> m.group().equals(group)
                            && m.against().equals(against)
                            && m.measure().equals(c.measure()))
                    .findFirst()
                    .orElseThrow();
            assertThat(mirror.z()).as("seed %d", seed).isCloseTo(-c.z(), within(1e-9 * Math.max(1, Math.abs(c.z()))));
            assertThat(c.pValue()).isBetween(0.0, 1.0);
            if (c.measure().endsWith("difference")) {
                assertThat(mirror.estimate().orElseThrow())
                        .as("seed %d", seed)
                        .isCloseTo(-c.estimate().orElseThrow(), within(1e-10));
                if (names.size() == 2 && one.isEstimable()) {
                    assertThat(c.z() * c.z())
                            .as("seed %d", seed)
                            .isCloseTo(one.statistic(), within(1e-8 * Math.max(1, one.statistic())));
                }
            } else {
                assertThat(mirror.estimate().orElseThrow() * c.estimate().orElseThrow())
                        .as("seed %d", seed)
                        .isCloseTo(1, within(1e-10));
            }
        }
    }

    @Test
    void exactPermutationsDoNotDependOnOrderNamesOrUnit() {
        int looked = 0;
        for (long seed = 0; looked < SEEDS; seed++) {
            GroupedRows rows = new GroupedRows(seed);
            if (rows.size() > 9) {
                continue;
            }
            looked++;
            LogRankTest test = rank(seed).withExactPermutation();
            TestResult expected = test.test(rows.data(View.LATE));
            assertSame(test.test(rows.builder(rows.shuffled(), View.LATE).build()), expected, seed);
            assertSame(test.test(rows.data(View.LATE.reversedNames().unit(3))), expected, seed);
            if (expected.isEstimable()) {
                assertThat(expected.pValue()).isGreaterThan(0);
            }
        }
    }
}
