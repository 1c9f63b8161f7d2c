package io.engraft.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engraft.curve.ConfidenceType;
import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.data.Categories;
import io.engraft.data.SurvivalData;
import io.engraft.data.WeightType;
import io.engraft.testing.GoldenFile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every number of golden_inference.R. */
class InferenceGoldenTest {

    private static final Map<String, GoldenFile> FILES = new HashMap<>();

    private static GoldenFile file(String name) {
        return FILES.computeIfAbsent(name, n -> GoldenFile.read("/golden/" + n + ".csv"));
    }

    private static Stream<Arguments> cases(String name) {
        return file(name).rowsBy("case").entrySet().stream().map(e -> Arguments.of(e.getKey(), e.getValue()));
    }

    static Stream<Arguments> gray() {
        return cases("gray");
    }

    static Stream<Arguments> restrictedMeans() {
        return cases("rmst_test");
    }

    static Stream<Arguments> fixedTimes() {
        return cases("fixed_time");
    }

    static Stream<Arguments> permutations() {
        return cases("permutation");
    }

    static Stream<Arguments> robust() {
        return cases("robust_rank");
    }

    static Stream<Arguments> rankContrasts() {
        return cases("rank_contrasts");
    }

    private static final double TOLERANCE = 1e-10;

    private static void assertNear(double actual, double expected) {
        assertNear(actual, expected, TOLERANCE);
    }

    private static void assertNear(double actual, double expected, double relative) {
        assertThat(actual).isCloseTo(expected, within(Math.max(relative * Math.abs(expected), 1e-12)));
    }

    private record Columns(boolean strata, boolean weights, boolean cluster) {}

    private static SurvivalData data(String name, Columns columns) {
        GoldenFile all = file("data/" + name);
        boolean earlyLeaver = name.equals("inf_early_leaver");
        int[] rows = IntStream.range(0, all.size())
                .filter(i -> !earlyLeaver || !all.text(i, "group").equals("C"))
                .toArray();
        return rows(all, rows, columns);
    }

    private static SurvivalData rows(GoldenFile all, int[] rows, Columns columns) {
        double[] time =
                IntStream.of(rows).mapToDouble(i -> all.number(i, "time")).toArray();
        int[] status =
                IntStream.of(rows).map(i -> (int) all.number(i, "status")).toArray();
        SurvivalData.Builder data = SurvivalData.builder(time, status).group(column(all, rows, "group"));
        if (columns.strata()) {
            data.strata(column(all, rows, "strata"));
        }
        if (columns.cluster()) {
            data.cluster(column(all, rows, "cluster"));
        }
        if (columns.weights()) {
            data.weights(
                    IntStream.of(rows).mapToDouble(i -> all.number(i, "weight")).toArray(), WeightType.SAMPLING);
        }
        if (all.has("entry")) {
            data.entry(
                    IntStream.of(rows).mapToDouble(i -> all.number(i, "entry")).toArray());
        }
        return data.build();
    }

    private static Categories column(GoldenFile all, int[] rows, String name) {
        return Categories.of(IntStream.of(rows).mapToObj(i -> all.text(i, name)).toList());
    }

    private static TestResult.Contrast contrast(TestResult result, String group, String against, String measure) {
        return result.contrasts().stream()
                .filter(c -> c.group().equals(group)
                        && c.against().equals(against)
                        && c.measure().equals(measure))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("gray")
    void grayEqualsCmprsk(String name, List<Integer> rows) {
        GoldenFile golden = file("gray");
        for (int row : rows) {
            SurvivalData data = data(
                    golden.text(row, "dataset"),
                    new Columns(golden.text(row, "strata").equals("yes"), false, false));
            GrayTest test = GrayTest.forCause((int) golden.number(row, "cause")).withRho(golden.number(row, "rho"));
            double statistic = golden.number(row, "statistic");
            double p = golden.number(row, "p");
            if (golden.text(row, "group").isEmpty()) {
                TestResult result = test.test(data);
                assertNear(result.statistic(), statistic);
                assertThat(result.df()).isEqualTo((int) golden.number(row, "df"));
                assertNear(result.pValue(), p);
            } else {
                TestResult.Contrast pair = contrast(
                        test.withPairs(PairwiseAdjustment.HOLM).test(data),
                        golden.text(row, "group"),
                        golden.text(row, "against"),
                        "pair");
                assertNear(pair.z() * pair.z(), statistic);
                assertNear(pair.pValue(), p);
            }
        }
    }

    /** cmprsk cannot invert the covariance of a group without risk; leaving the group out is the same test. */
    @Test
    void grayDoesNotCountAGroupThatLeavesBeforeTheFirstEvent() {
        GoldenFile all = file("data/inf_early_leaver");
        SurvivalData with = rows(all, IntStream.range(0, all.size()).toArray(), new Columns(true, false, false));
        SurvivalData without = data("inf_early_leaver", new Columns(true, false, false));
        TestResult three = GrayTest.forCause(1).test(with);
        assertThat(three.groups()).hasSize(3);
        assertThat(three.df()).isEqualTo(1);
        assertNear(three.statistic(), GrayTest.forCause(1).test(without).statistic());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("restrictedMeans")
    void restrictedMeansEqualSurvfitAndTheDefinitions(String name, List<Integer> rows) {
        GoldenFile golden = file("rmst_test");
        int first = rows.get(0);
        SurvivalData data = data(golden.text(first, "dataset"), new Columns(false, false, false));
        TestResult result = RestrictedMeanTest.forHorizon(golden.number(first, "tau"))
                .withLevel(golden.number(first, "level"))
                .withPairs(adjustment(golden.text(first, "pairs")))
                .test(data);
        int contrasts = 0;
        for (int row : rows) {
            String measure = golden.text(row, "measure");
            if (measure.equals("chi-square")) {
                assertNear(result.statistic(), golden.number(row, "estimate"));
                assertThat(result.df()).isEqualTo((int) golden.number(row, "z"));
                assertNear(result.pValue(), golden.number(row, "p"));
            } else if (measure.equals("rmst")) {
                PointEstimate mean = result.groups().stream()
                        .filter(g -> g.group().equals(golden.text(row, "group")))
                        .findFirst()
                        .flatMap(TestResult.GroupCount::estimate)
                        .orElseThrow();
                assertNear(mean.estimate(), golden.number(row, "estimate"));
                assertNear(mean.interval().lower().orElseThrow(), golden.number(row, "lower"));
                assertNear(mean.interval().upper().orElseThrow(), golden.number(row, "upper"));
            } else {
                contrasts++;
                TestResult.Contrast c =
                        contrast(result, golden.text(row, "group"), golden.text(row, "against"), measure);
                assertContrast(c, golden, row);
                assertNear(c.z(), golden.number(row, "z"));
            }
        }
        assertThat(result.contrasts()).hasSize(contrasts);
    }

    private static void assertContrast(TestResult.Contrast c, GoldenFile golden, int row) {
        assertNear(c.estimate().orElseThrow(), golden.number(row, "estimate"));
        Interval interval = Objects.requireNonNull(c.interval());
        assertNear(interval.lower().orElseThrow(), golden.number(row, "lower"));
        assertNear(interval.upper().orElseThrow(), golden.number(row, "upper"));
        assertNear(c.pValue(), golden.number(row, "p"));
        if (golden.has("adjusted")) {
            assertAdjusted(c.adjustedPValue(), golden.number(row, "adjusted"));
        }
    }

    private static void assertAdjusted(OptionalDouble actual, double expected) {
        assertThat(actual.isPresent()).isEqualTo(!Double.isNaN(expected));
        actual.ifPresent(a -> assertNear(a, expected));
    }

    private static PairwiseAdjustment adjustment(String label) {
        return Stream.of(PairwiseAdjustment.values())
                .filter(a -> a.label().equals(label))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fixedTimes")
    void fixedTimesEqualSurvfitAndTheDefinitions(String name, List<Integer> rows) {
        GoldenFile golden = file("fixed_time");
        int first = rows.get(0);
        ConfidenceType scale = Stream.of(ConfidenceType.values())
                .filter(s -> s.label().equals(golden.text(first, "scale")))
                .findFirst()
                .orElseThrow();
        FixedTimeTest test = FixedTimeTest.forTime(golden.number(first, "time")).withScale(scale);
        int cause = (int) golden.number(first, "cause");
        TestResult result = (cause == 0 ? test : test.withCause(cause))
                .test(data(golden.text(first, "dataset"), new Columns(false, false, false)));
        assertNear(result.statistic(), golden.number(first, "statistic"));
        assertThat(result.df()).isEqualTo((int) golden.number(first, "df"));
        assertNear(result.pValue(), golden.number(first, "p"));
        assertThat(result.contrasts()).hasSize(rows.size() - 1);
        for (int row : rows.subList(1, rows.size())) {
            TestResult.Contrast c =
                    contrast(result, golden.text(row, "group"), golden.text(row, "against"), "difference");
            assertContrast(c, golden, row);
            assertNear(c.z(), golden.number(row, "statistic"));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("permutations")
    void exactPermutationsEqualAllAssignments(String name, List<Integer> rows) {
        GoldenFile golden = file("permutation");
        int row = rows.get(0);
        TestResult result = LogRankTest.withDefaults()
                .withWeight(RankWeight.flemingHarrington(golden.number(row, "rho"), 0))
                .withExactPermutation()
                .test(data(golden.text(row, "dataset"), new Columns(true, false, false)));
        assertNear(result.statistic(), golden.number(row, "statistic"));
        assertNear(result.pValue(), golden.number(row, "p"), 1e-15);
        assertThat(result.conventions().get("reference"))
                .contains(" of " + golden.text(row, "assignments") + " assignments");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("robust")
    void robustTestsEqualCoxph(String name, List<Integer> rows) {
        GoldenFile golden = file("robust_rank");
        int row = rows.get(0);
        Columns columns = new Columns(
                golden.text(row, "strata").equals("yes"),
                golden.text(row, "weights").equals("yes"),
                golden.text(row, "cluster").equals("yes"));
        TestResult result = LogRankTest.withDefaults()
                .withWeight(RankWeight.flemingHarrington(golden.number(row, "rho"), 0))
                .test(data(golden.text(row, "dataset"), columns));
        assertNear(result.statistic(), golden.number(row, "statistic"));
        assertThat(result.df()).isEqualTo((int) golden.number(row, "df"));
        assertNear(result.pValue(), golden.number(row, "p"));
        assertThat(result.conventions().get("variance"))
                .isEqualTo(columns.cluster() ? "robust, by cluster" : "robust, by row");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rankContrasts")
    void trendAndPairsEqualSurvdiff(String name, List<Integer> rows) {
        GoldenFile golden = file("rank_contrasts");
        int first = rows.get(0);
        SurvivalData data = data(
                golden.text(first, "dataset"),
                new Columns(golden.text(first, "strata").equals("yes"), false, false));
        int k = data.group().orElseThrow().levels().size();
        TestResult result = LogRankTest.withDefaults()
                .withWeight(RankWeight.flemingHarrington(golden.number(first, "rho"), 0))
                .withTrendScores(
                        IntStream.rangeClosed(1, k).mapToDouble(g -> g * g).toArray())
                .withPairs(adjustment(golden.text(first, "adjustment")))
                .test(data);
        assertThat(result.contrasts()).hasSize(rows.size());
        for (int row : rows) {
            TestResult.Contrast c = contrast(
                    result, golden.text(row, "group"), golden.text(row, "against"), golden.text(row, "measure"));
            assertNear(c.z(), golden.number(row, "z"));
            assertNear(c.pValue(), golden.number(row, "p"));
            assertAdjusted(c.adjustedPValue(), golden.number(row, "adjusted"));
        }
    }
}
