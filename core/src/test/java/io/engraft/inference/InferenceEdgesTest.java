package io.engraft.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.NotEstimableException;
import io.engraft.curve.ConfidenceType;
import io.engraft.data.Categories;
import io.engraft.data.EventTable;
import io.engraft.data.SurvivalData;
import io.engraft.data.TidyTable;
import io.engraft.data.TieRule;
import io.engraft.data.WeightType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Named cases, warnings, what is not estimable, and bad input. */
class InferenceEdgesTest {

    private static SurvivalData.Builder rows(double[] time, int[] status, String... group) {
        return SurvivalData.builder(time, status).group(Categories.of(Arrays.asList(group)));
    }

    private static SurvivalData.Builder four() {
        return rows(new double[] {1, 3, 2, 4}, new int[] {1, 2, 1, 2}, "A", "A", "B", "B");
    }

    /** lifelines#1682: the variance of min(T, tau) in place of that of its estimated mean, n times too large. */
    @Test
    void rmst_wrongVariance() {
        double[] time = {2, 4, 6, 8, 10, 12, 1, 3, 5, 7, 9, 11};
        SurvivalData uncensored = rows(
                        time,
                        IntStream.range(0, 12).map(i -> 1).toArray(),
                        "A",
                        "A",
                        "A",
                        "A",
                        "A",
                        "A",
                        "B",
                        "B",
                        "B",
                        "B",
                        "B",
                        "B")
                .build();
        TestResult result = RestrictedMeanTest.forHorizon(20).test(uncensored);
        // Without censoring the estimate is the mean of six numbers: 7 and 6, with variance 35/3 / 6 each.
        assertThat(result.statistic()).isCloseTo(1 / (2 * 35 / 3.0 / 6), within(1e-13));
        assertThat(result.groups().get(0).estimate().orElseThrow().standardError())
                .hasValueCloseTo(Math.sqrt(35 / 3.0 / 6), within(1e-13));
    }

    /** PSIAIMS/CAMIS#357: two defaults for tau; here it must be given, and is said. */
    @Test
    void rmst_tauDefault() {
        assertThat(Arrays.stream(RestrictedMeanTest.class.getMethods())
                        .filter(m -> Modifier.isStatic(m.getModifiers()))
                        .map(Method::getParameterCount))
                .isNotEmpty()
                .doesNotContain(0);
        assertThat(RestrictedMeanTest.forHorizon(2.5).test(four().build()).conventions())
                .containsEntry("tau", "2.5")
                .containsEntry("variance", "greenwood");
    }

    @Test
    void tauBeyondFollowUpNamesTheGroupAndItsLastTime() {
        SurvivalData data = rows(
                        new double[] {1, 3, 2, 9, 2, 9}, new int[] {1, 0, 1, 1, 1, 0}, "A", "A", "B", "B", "C", "C")
                .build();
        TestResult result = RestrictedMeanTest.forHorizon(5)
                .withPairs(PairwiseAdjustment.HOLM)
                .test(data);
        assertThat(result.isEstimable()).isFalse();
        assertThat(result.reason()).isEqualTo("group A: tau is 5 and follow-up ends at 3");
        assertThat(result.conventions()).containsEntry("notEstimable", "B against A; C against A");
        assertThat(result.contrasts()).hasSize(4).allMatch(c -> c.group().equals("C"));
        assertThatThrownBy(result::statistic).isInstanceOf(NotEstimableException.class);
        // A curve that has reached 0 stays there.
        SurvivalData reached = rows(new double[] {1, 3, 2, 9}, new int[] {1, 1, 1, 0}, "A", "A", "B", "B")
                .build();
        assertThat(RestrictedMeanTest.forHorizon(9).test(reached).isEstimable()).isTrue();
    }

    @Test
    void meansWithoutVarianceAreNotCompared() {
        SurvivalData data = rows(new double[] {5, 6, 5, 7}, new int[] {1, 1, 1, 0}, "A", "A", "B", "B")
                .build();
        TestResult result = RestrictedMeanTest.forHorizon(4).test(data);
        assertThat(result.reason()).startsWith("the restricted means of groups A, B have no variance up to 4");
        assertThat(result.contrasts()).isEmpty();
        assertThat(result.conventions()).containsEntry("notEstimable", "B against A");
        SurvivalData one = rows(new double[] {5, 6, 1, 7}, new int[] {1, 1, 1, 0}, "A", "A", "B", "B")
                .build();
        TestResult known = RestrictedMeanTest.forHorizon(4).test(one);
        // Nobody of A has an event before 4: its mean of 4 is the largest there is, not one that is known.
        assertThat(known.isEstimable()).isFalse();
        assertThat(known.reason()).startsWith("the restricted mean of group A has no variance up to 4");
        assertThat(known.contrasts()).isEmpty();
        assertThat(known.conventions()).containsEntry("notEstimable", "B against A");
    }

    @Test
    void estimatesOfZeroOrOneAreNotComparedAtAFixedTime() {
        SurvivalData data = rows(
                        new double[] {1, 3, 1, 3, 3, 4}, new int[] {1, 1, 1, 1, 1, 1}, "A", "A", "B", "B", "C", "C")
                .build();
        TestResult result = FixedTimeTest.forTime(2)
                .withPairs(PairwiseAdjustment.BONFERRONI)
                .test(data);
        assertThat(result.reason()).isEqualTo("group C: the estimate at 2 is 1");
        assertThat(result.contrasts()).hasSize(1);
        assertThat(result.contrasts().get(0).adjustedPValue()).hasValue(1.0);
        assertThat(result.conventions()).containsEntry("notEstimable", "C against A; C against B");
        assertThat(FixedTimeTest.forTime(3.5).test(data).reason()).contains("group A: the estimate at 3.5 is 0");
        SurvivalData short0 = rows(new double[] {1, 2, 1, 9}, new int[] {1, 0, 1, 1}, "A", "A", "B", "B")
                .build();
        assertThat(FixedTimeTest.forTime(5).test(short0).reason()).isEqualTo("group A: follow-up ends at 2");
    }

    @Test
    void aGroupWithoutTheCauseHasNoIncidence() {
        Map<String, EventTable> tables = Map.of(
                "A", EventTable.of(new double[] {1, 2, 3}, new int[] {1, 2, 0}),
                "B", EventTable.of(new double[] {1, 2, 3}, new int[] {1, 1, 0}));
        TestResult result = FixedTimeTest.forTime(2.5).withCause(2).test(tables);
        assertThat(result.reason()).isEqualTo("group B: the estimate at 2.5 is 0");
        assertThat(GrayTest.forCause(2).test(tables).df()).isEqualTo(1);
        assertThat(GrayTest.forCause("2").test(tables).conventions()).containsEntry("cause", "2");
    }

    @Test
    void grayOfStrataWithOneGroupAddsNothing() {
        SurvivalData one = four().build();
        SurvivalData two = rows(
                        new double[] {1, 3, 2, 4, 1, 2, 3},
                        new int[] {1, 2, 1, 2, 1, 2, 0},
                        "A",
                        "A",
                        "B",
                        "B",
                        "A",
                        "A",
                        "A")
                .strata(Categories.of(List.of("x", "x", "x", "x", "y", "y", "y")))
                .build();
        TestResult result = GrayTest.forCause(1).test(two);
        assertThat(result.statistic()).isCloseTo(GrayTest.forCause(1).test(one).statistic(), within(1e-14));
        assertThat(result.conventions()).containsEntry("strata", "2");
    }

    @Test
    void grayWithoutAnythingToCompareSaysSo() {
        SurvivalData other =
                four().causes(List.of("relapse", "death", "graft failure")).build();
        TestResult result = GrayTest.forCause("graft failure").test(other);
        assertThat(result.isEstimable()).isFalse();
        assertThat(result.reason())
                .isEqualTo("no event of cause graft failure had two or more groups at risk, so there is nothing to"
                        + " compare");
        assertThat(result.tidy().rowCount()).isEqualTo(2);
        SurvivalData apart =
                four().strata(Categories.of(List.of("x", "x", "y", "y"))).build();
        TestResult pairs =
                GrayTest.forCause(1).withPairs(PairwiseAdjustment.HOLM).test(apart);
        assertThat(pairs.isEstimable()).isFalse();
        assertThat(pairs.conventions()).containsEntry("notEstimable", "A against B");
    }

    /** Twenty events of A pass, which makes F0 20/22 where two groups of two are left. */
    @Test
    void grayWarnsWhereThePooledIncidencePassesOne() {
        int n = 28;
        double[] time = IntStream.rangeClosed(1, n).asDoubleStream().toArray();
        int[] status = IntStream.range(0, n).map(i -> i == 23 ? 2 : 1).toArray();
        String[] group = IntStream.range(0, n)
                .mapToObj(i -> i < 20
                        ? "A"
                        : List.of("B", "C", "C", "B", "B", "C", "B", "C").get(i - 20))
                .toArray(String[]::new);
        SurvivalData data = rows(time, status, group).build();
        TestResult result = GrayTest.forCause(1).test(data);
        // cmprsk's value.
        assertThat(result.statistic()).isCloseTo(19.28327, within(1e-5));
        assertThat(result.warnings()).last().asString().contains("the pooled incidence passes 1");
        assertThat(GrayTest.forCause(1).withRho(0.5).test(data).reason())
                .isEqualTo("the pooled incidence passes 1, and no power 0.5 of what is left of it exists");
    }

    @Test
    void grayWarnsWhereManyTiesMeetAThinGroup() {
        double[] time = {1, 1, 1, 1, 1, 1, 1, 1, 1, 5, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3};
        int[] status = {2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 0, 0, 1, 1, 1, 1, 1, 0, 1, 0};
        String[] group =
                IntStream.range(0, 20).mapToObj(i -> i < 10 ? "A" : "B").toArray(String[]::new);
        TestResult result = GrayTest.forCause(1).test(rows(time, status, group).build());
        // cmprsk's value.
        assertThat(result.statistic()).isCloseTo(4.861494, within(1e-6));
        assertThat(result.warnings()).hasSize(1).first().asString().contains("correction of the variance for ties");
    }

    /** The first patient dies alone at 1, so that S is 0 while the others have yet to enter. */
    @Test
    void aCurveThatFallsToZeroEarlySilencesWeightsWithAWarning() {
        SurvivalData data = rows(new double[] {1, 5, 6, 7, 8}, new int[] {1, 1, 1, 1, 1}, "A", "A", "B", "A", "B")
                .entry(new double[] {0, 2, 2, 2, 2})
                .build();
        LogRankTest silenced = LogRankTest.withDefaults().withWeight(RankWeight.flemingHarrington(1, 0));
        TestResult result = silenced.test(data);
        assertThat(result.isEstimable()).isFalse();
        assertThat(result.warnings().get(0))
                .startsWith("4 events have no weight, since the pooled curve falls to 0 at time 1");
        // The first event has no weight either where late differences count, and that is as it should be.
        SurvivalData ordinary = rows(new double[] {1, 2, 3, 4}, new int[] {1, 1, 1, 1}, "A", "B", "A", "B")
                .build();
        assertThat(LogRankTest.withDefaults()
                        .withWeight(RankWeight.flemingHarrington(0, 1))
                        .test(ordinary)
                        .warnings())
                .noneMatch(warning -> warning.contains("have no weight"));
        assertThat(LogRankTest.withDefaults().test(data).warnings())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("only 2.33 events")
                .contains("expected in group A")
                .endsWith("an exact permutation test would not be");
        assertThat(LogRankTest.withDefaults()
                        .withWeight(RankWeight.PETO_PETO)
                        .test(data)
                        .statistic())
                .isPositive();
    }

    @Test
    void rowsOfWeightZeroAreNotThere() {
        // The last is an event at which nobody with a weight is at risk.
        SurvivalData with = rows(new double[] {1, 2, 3, 4, 9}, new int[] {1, 1, 0, 1, 1}, "A", "B", "A", "B", "A")
                .weights(new double[] {1, 2, 1, 3, 0}, WeightType.SAMPLING)
                .build();
        SurvivalData without = rows(new double[] {1, 2, 3, 4}, new int[] {1, 1, 0, 1}, "A", "B", "A", "B")
                .weights(new double[] {1, 2, 1, 3}, WeightType.SAMPLING)
                .build();
        assertThat(LogRankTest.withDefaults().test(with).statistic())
                .isPositive()
                .isEqualTo(LogRankTest.withDefaults().test(without).statistic());
    }

    @Test
    void warningsAreFewWhereThereIsEnough() {
        double[] time = IntStream.range(0, 60).mapToDouble(i -> 1 + i / 2).toArray();
        int[] group = IntStream.range(0, 60).map(i -> 1 + i % 2).toArray();
        int[] status = IntStream.range(0, 60).map(i -> 1).toArray();
        assertThat(LogRankTest.withDefaults().test(time, status, group).warnings())
                .isEmpty();
    }

    @Test
    void tidyCarriesEstimateAndLimits() {
        TidyTable table = RestrictedMeanTest.forHorizon(3)
                .withPairs(PairwiseAdjustment.HOLM)
                .test(four().build())
                .tidy();
        assertThat(table.rowCount()).isEqualTo(7);
        assertThat(table.value(6, "measure")).isEqualTo("group");
        assertThat(table.value(6, "n")).isEqualTo(2L);
        assertThat((Double) table.value(6, "std_error")).isPositive();
        assertThat(table.value(0, "measure")).isEqualTo("chi-square");
        assertThat(table.value(0, "estimate")).isNull();
        assertThat(table.value(1, "estimate")).isEqualTo(0.5);
        assertThat((Double) table.value(1, "lower")).isLessThan(0.5);
        assertThat((Double) table.value(1, "upper")).isGreaterThan(0.5);
        assertThat(table.value(1, "adjusted_p_value")).isEqualTo(table.value(1, "p_value"));
        TidyTable trend = LogRankTest.withDefaults()
                .withTrendScores(0, 1)
                .test(four().build())
                .tidy();
        assertThat(trend.value(1, "lower")).isNull();
        assertThat(trend.value(1, "adjusted_p_value")).isNull();
    }

    @Test
    void monteCarloPermutationsAreReproducibleAndNearTheExactOnes() {
        GroupedRows rows = new GroupedRows(6);
        SurvivalData data = rows.data(GroupedRows.View.LATE);
        LogRankTest test = LogRankTest.withDefaults();
        TestResult one = test.withPermutations(2000, 11).test(data);
        assertThat(one.pValue())
                .isEqualTo(test.withPermutations(2000, 11).test(data).pValue());
        PermutedSums sums = new PermutedSums(data, RankWeight.LOG_RANK, TieRule.DEFAULT);
        Permutation random = Permutation.random(2000, 11);
        assertThat(random.monteCarlo(sums, 1)).isEqualTo(random.monteCarlo(sums, 3));
        assertThat(one.conventions().get("reference")).startsWith("Monte Carlo permutation within strata, 2000 draws");
        double exact = test.withExactPermutation().test(data).pValue();
        assertThat(one.pValue()).isCloseTo(exact, within(4 * Math.sqrt(exact * (1 - exact) / 2000) + 1e-3));
        assertThat(test.withPermutations(1, 3).test(data).pValue()).isIn(0.5, 1.0);
    }

    @Test
    void permutationsHaveTheStatisticOfTheWeight() {
        SurvivalData data = new GroupedRows(6).data(GroupedRows.View.LATE);
        for (RankWeight weight : List.of(RankWeight.PETO_PETO, RankWeight.PETO_PETO_MODIFIED, RankWeight.GEHAN)) {
            LogRankTest test = LogRankTest.withDefaults().withWeight(weight);
            assertThat(test.withExactPermutation().test(data).statistic())
                    .as(weight.label())
                    .isCloseTo(test.test(data).statistic(), within(1e-11));
        }
    }

    @Test
    void permutationsWithoutAStatisticSaySo() {
        SurvivalData censored =
                rows(new double[] {1, 2}, new int[] {0, 0}, "A", "B").build();
        assertThat(LogRankTest.withDefaults()
                        .withExactPermutation()
                        .test(censored)
                        .reason())
                .contains("nothing to compare");
    }

    @Test
    void permutationsThatCannotBeMadeAreNamed() {
        LogRankTest exact = LogRankTest.withDefaults().withExactPermutation();
        int n = 30;
        double[] time = IntStream.range(0, n).asDoubleStream().toArray();
        int[] status = IntStream.range(0, n).map(i -> 1).toArray();
        String[] two =
                IntStream.range(0, n).mapToObj(i -> i % 2 == 0 ? "A" : "B").toArray(String[]::new);
        assertThatThrownBy(() -> exact.test(rows(time, status, two).build()))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("the exact permutation test has 155117520 distinct assignments of 30 kinds of"
                        + " patients to look at;"
                        + " allowed: 20000000 of 500 at most, or withPermutations(draws, seed), which draws some");
        String[] many = IntStream.range(0, n).mapToObj(i -> "g" + i % 10).toArray(String[]::new);
        assertThatThrownBy(() -> exact.test(rows(time, status, many).build()))
                .hasMessageContaining("distinct assignments");
        double[] later = IntStream.range(0, 600).asDoubleStream().toArray();
        String[] lone = IntStream.range(0, 600).mapToObj(i -> i < 1 ? "A" : "B").toArray(String[]::new);
        assertThatThrownBy(() -> exact.test(
                        rows(later, IntStream.range(0, 600).map(i -> 1).toArray(), lone)
                                .build()))
                .hasMessageContaining("600 distinct assignments of 600 kinds of patients");
        // With one time for all, there is one pattern.
        assertThat(exact.test(rows(new double[n], status, two).build()).isEstimable())
                .isFalse();
        assertThatThrownBy(() -> exact.test(four().weights(new double[] {1, 1, 1, 1}, WeightType.SAMPLING)
                        .build()))
                .hasMessageContaining("sampling weights, clusters or several rows a patient");
        assertThatThrownBy(() -> exact.test(four().weights(new double[] {1, 1, 1, 1e9}, WeightType.FREQUENCY)
                        .build()))
                .hasMessageContaining("number of patients is 1.000000003E9");
        assertThatThrownBy(() -> exact.withTrendScores(0, 1).test(four().build()))
                .hasMessageContaining("pairs or a trend");
        assertThatThrownBy(() -> exact.test(Map.of()))
                .hasMessageContaining("a permutation test was asked for of counts");
        assertThatThrownBy(() -> LogRankTest.withDefaults().withRobustVariance().testStrata(List.of(), List.of()))
                .hasMessageContaining("counts");
        assertThatThrownBy(() -> LogRankTest.withDefaults()
                        .test(new double[] {1, 2, 3}, new int[] {1, 1, 0}, new int[] {1, 0, 2}))
                .hasMessageContaining("row 2, column 'group', value '0': allowed: 1 to 64");
        assertThatThrownBy(() -> exact.testStrata(List.of(), List.of()))
                .hasMessageContaining("a permutation test was asked for of counts");
        assertThatThrownBy(() -> exact.test(new double[] {1}, new int[] {1}, new int[] {1}))
                .hasMessageContaining("a permutation test was asked for of counts");
        assertThatThrownBy(() -> LogRankTest.withDefaults().withPermutations(0, 1))
                .hasMessage("draws is 0; allowed: draws >= 1");
    }

    @Test
    void weightedCopiesArePermutedOneByOne() {
        TestResult weighted = LogRankTest.withDefaults()
                .withExactPermutation()
                .test(four().weights(new double[] {2, 1, 1, 2}, WeightType.FREQUENCY)
                        .build());
        TestResult repeated = LogRankTest.withDefaults()
                .withExactPermutation()
                .test(rows(new double[] {1, 1, 3, 2, 4, 4}, new int[] {1, 1, 2, 1, 2, 2}, "A", "A", "A", "B", "B", "B")
                        .build());
        assertThat(weighted.pValue()).isEqualTo(repeated.pValue());
    }

    @Test
    void badArraysAreNamed() {
        LogRankTest test = LogRankTest.withDefaults();
        double[] time = {1, 2, 3};
        int[] status = {1, 0, 1};
        assertThatThrownBy(() -> test.test(time, new int[2], new int[] {1, 2, 1}))
                .hasMessage("time has 3 rows and status has 2; allowed: equal lengths");
        assertThatThrownBy(() -> test.test(time, status, new int[2]))
                .hasMessage("group has 2 rows and time has 3; allowed: equal lengths");
        assertThatThrownBy(() -> test.test(new double[] {1, Double.NaN, 3}, status, new int[] {1, 0, 65}))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("row 2")
                .hasMessageContaining("time")
                .hasMessageContaining("group");
        assertThatThrownBy(() -> test.test(time, new int[] {1, -1, 0}, new int[] {1, 2, 1}))
                .hasMessageContaining("status");
        assertThatThrownBy(() -> test.test(new double[0], new int[0], new int[0]))
                .hasMessageContaining("there are no rows");
        assertThatThrownBy(() -> test.test(time, status, new int[] {1, 1, 1}))
                .hasMessage("number of groups is 1; allowed: two or more");
        assertThatThrownBy(() -> test.test(time, status, new int[] {1, 3, 1}))
                .hasMessageContaining("group '2' has no rows");
        SurvivalData missing = SurvivalData.builder(time, status)
                .group(Categories.of(List.of("A", "B", "A"), List.of("A", "B", "C")))
                .build();
        assertThatThrownBy(() -> test.test(missing)).hasMessageContaining("group 'C' has no rows");
        assertThatThrownBy(() -> test.withTrendScores(1, 2, 3).test(time, status, new int[] {1, 2, 1}))
                .hasMessageContaining("number of scores is 3");
    }

    @Test
    void badInputOfGrayIsNamed() {
        GrayTest gray = GrayTest.forCause(1);
        assertThatThrownBy(() -> GrayTest.forCause(0)).hasMessage("cause is 0; allowed: cause >= 1");
        assertThatThrownBy(() -> gray.withRho(Double.NaN)).hasMessageContaining("rho is NaN");
        assertThatThrownBy(() -> GrayTest.forCause(3).test(four().build())).hasMessage("cause is 3; allowed: 1 or 2");
        assertThatThrownBy(() -> GrayTest.forCause("relapse").test(four().build()))
                .hasMessage("cause is relapse; allowed: 1 or 2");
        assertThatThrownBy(() -> gray.test(four().entry(new double[4]).build()))
                .hasMessageContaining("rows enter late");
        assertThatThrownBy(() -> gray.test(four().weights(new double[] {1, 1, 1, 1}, WeightType.SAMPLING)
                        .build()))
                .hasMessageContaining("Gray's test has no variance");
        assertThatThrownBy(() -> gray.test(SurvivalData.of(new double[] {1}, new int[] {1})))
                .hasMessageContaining("no group column");
        Categories pairs = Categories.of(List.of("p", "q", "p", "q"));
        for (SurvivalData.Builder dependent :
                List.of(four().cluster(pairs), four().id(pairs).recurrent())) {
            assertThatThrownBy(() -> gray.test(dependent.build()))
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessage(
                            "the data have clusters or several rows a patient, for which Gray's test has no variance;"
                                    + " allowed: one row a patient");
        }
        SurvivalData named =
                four().id(Categories.of(List.of("p", "q", "r", "s"))).build();
        assertThat(gray.test(named).statistic())
                .isEqualTo(gray.test(four().build()).statistic());
        EventTable table = EventTable.of(new double[] {1, 2}, new int[] {1, 0});
        assertThatThrownBy(() -> gray.test(Map.of("A", table))).hasMessageContaining("two or more, distinct");
        assertThatThrownBy(() -> gray.testStrata(List.of("A", "B"), List.of(Map.of("C", table))))
                .hasMessageContaining("group of a stratum is C");
        EventTable relapse = EventTable.of(SurvivalData.builder(new double[] {1}, new int[] {1})
                .causes(List.of("relapse"))
                .build());
        assertThatThrownBy(() -> gray.test(Map.of("A", table, "B", relapse)))
                .hasMessageContaining("cannot be compared; allowed: the same causes");
        assertThat(gray.withTieRule(TieRule.EXACT).test(four().build()).conventions())
                .containsEntry("tieTolerance", "0.0");
    }

    @Test
    void badInputOfMeansAndFixedTimesIsNamed() {
        SurvivalData stratified =
                four().strata(Categories.of(List.of("x", "y", "x", "y"))).build();
        assertThatThrownBy(() -> RestrictedMeanTest.forHorizon(0)).hasMessageContaining("tau is 0.0");
        assertThatThrownBy(() -> RestrictedMeanTest.forHorizon(Double.NaN)).hasMessageContaining("tau is NaN");
        assertThatThrownBy(() -> RestrictedMeanTest.forHorizon(1).withLevel(1)).hasMessageContaining("level is 1.0");
        assertThatThrownBy(() -> RestrictedMeanTest.forHorizon(1).test(stratified))
                .hasMessageContaining("the data have strata, which the test of restricted means does not know");
        assertThatThrownBy(() -> FixedTimeTest.forTime(-1)).hasMessageContaining("time is -1.0");
        assertThatThrownBy(() -> FixedTimeTest.forTime(1).withLevel(Double.NaN)).hasMessageContaining("level is NaN");
        assertThatThrownBy(() -> FixedTimeTest.forTime(1).withCause(0)).hasMessageContaining("cause is 0");
        assertThatThrownBy(() -> FixedTimeTest.forTime(1).withCause(3).test(four().build()))
                .hasMessageContaining("1 or 2");
        assertThatThrownBy(() -> FixedTimeTest.forTime(1).test(stratified)).hasMessageContaining("have strata");
        EventTable table = EventTable.of(new double[] {1, 2}, new int[] {1, 0});
        assertThatThrownBy(() -> FixedTimeTest.forTime(1).test(Map.of("A", table)))
                .hasMessageContaining("two or more");
        assertThatThrownBy(() -> RestrictedMeanTest.forHorizon(1).test(Map.of("A", table)))
                .hasMessageContaining("two or more");
        assertThat(FixedTimeTest.forTime(1.5)
                        .withLevel(0.9)
                        .withTieRule(TieRule.EXACT)
                        .withScale(ConfidenceType.ARCSIN)
                        .test(four().build())
                        .conventions())
                .containsEntry("scale", "arcsin")
                .containsEntry("level", "0.9");
        assertThat(RestrictedMeanTest.forHorizon(1.5)
                        .withTieRule(TieRule.EXACT)
                        .test(four().build())
                        .conventions())
                .containsEntry("tieTolerance", "0.0");
    }

    @Test
    void samplingWeightsOfTablesStayRefused() {
        EventTable table = EventTable.of(SurvivalData.builder(new double[] {1, 2}, new int[] {1, 1})
                .weights(new double[] {1, 2}, WeightType.SAMPLING)
                .build());
        assertThatThrownBy(() -> LogRankTest.withDefaults().test(Map.of("A", table, "B", table)))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("weight type is sampling, whose variance must be robust, from rows");
    }

    /** |z| near 37: p is about 1e-300, neither 0 nor 1. */
    @Test
    void farTailsOfEveryTestKeepTheirDigits() {
        int n = 1200;
        double[] time = IntStream.range(0, n)
                .mapToDouble(i -> i < n / 2 ? 1 + i % 40 : 60 + i % 40)
                .toArray();
        int[] status = IntStream.range(0, n).map(i -> i % 10 == 0 ? 0 : 1).toArray();
        String[] group =
                IntStream.range(0, n).mapToObj(i -> i < n / 2 ? "A" : "B").toArray(String[]::new);
        SurvivalData data = rows(time, status, group).build();
        assertThat(LogRankTest.withDefaults().test(data).pValue()).isBetween(1e-300, 1e-100);
        assertThat(GrayTest.forCause(1).test(data).pValue()).isBetween(1e-320, 1e-100);
        // Both groups need events before the horizon, and 80 rows are enough to be far apart.
        int[] few = IntStream.range(0, n).filter(i -> i % 15 == 0).toArray();
        SurvivalData thin = rows(
                        Arrays.stream(few).mapToDouble(i -> time[i]).toArray(),
                        Arrays.stream(few).map(i -> 1).toArray(),
                        Arrays.stream(few).mapToObj(i -> group[i]).toArray(String[]::new))
                .build();
        assertThat(RestrictedMeanTest.forHorizon(80)
                        .test(thin)
                        .contrasts()
                        .get(0)
                        .pValue())
                .isBetween(1e-320, 1e-50);
    }

    /** Gray's variance takes rows as independent, and must not be given for those that are not. */
    @Test
    void graysTestRefusesClusters() {
        SurvivalData clusters = SurvivalData.builder(new double[] {1, 2, 3, 4}, new int[] {1, 2, 1, 0})
                .group(Categories.of(List.of("x", "y", "x", "y")))
                .cluster(Categories.of(List.of("a", "a", "b", "b")))
                .build();
        assertThatThrownBy(() -> GrayTest.forCause(1).test(clusters))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("the data have clusters or several rows a patient, for which Gray's test has no variance;"
                        + " allowed: one row a patient");
    }

    /** A row of frequency 2 is two rows, and its square counts twice, not four times, in a robust covariance. */
    @Test
    void robustRankTestTakesFrequenciesAsRows() {
        double[] time = {1, 2, 2, 3, 5, 6};
        int[] status = {1, 1, 0, 1, 1, 0};
        List<String> group = List.of("x", "y", "x", "x", "y", "y");
        SurvivalData counted = SurvivalData.builder(time, status)
                .group(Categories.of(group))
                .weights(new double[] {2, 1, 3, 1, 2, 1}, WeightType.FREQUENCY)
                .build();
        int[] rows = {0, 0, 1, 2, 2, 2, 3, 4, 4, 5};
        SurvivalData replicated = SurvivalData.builder(
                        Arrays.stream(rows).mapToDouble(i -> time[i]).toArray(),
                        Arrays.stream(rows).map(i -> status[i]).toArray())
                .group(Categories.of(Arrays.stream(rows).mapToObj(group::get).toList()))
                .build();
        LogRankTest test = LogRankTest.withDefaults().withRobustVariance();
        assertThat(test.test(counted).statistic())
                .isCloseTo(test.test(replicated).statistic(), within(1e-13));
    }
}
