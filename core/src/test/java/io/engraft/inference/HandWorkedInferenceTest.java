package io.engraft.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engraft.curve.ConfidenceType;
import io.engraft.data.Categories;
import io.engraft.data.SurvivalData;
import io.engraft.data.WeightType;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Small cases worked on paper, in fractions. */
class HandWorkedInferenceTest {

    private static SurvivalData.Builder rows(double[] time, int[] status, String... group) {
        return SurvivalData.builder(time, status).group(Categories.of(Arrays.asList(group)));
    }

    private static SurvivalData four() {
        return rows(new double[] {1, 3, 2, 4}, new int[] {1, 1, 1, 1}, "A", "A", "B", "B")
                .build();
    }

    private static void assertFraction(double actual, double top, double bottom) {
        assertThat(actual).isCloseTo(top / bottom, within(1e-14 * Math.max(1, top / bottom)));
    }

    /**
     * Events of the one cause in A, B, A, B at 1, 2, 3, 4. z of A is 2/3. h is 2 in each group up to time 3, F0 is 1/4,
     * 1/2, 3/4, so c = 1/3 + 1/2 after time 1 and 1/2 after time 2. G0/S is 3/2 and 3/4 at time 1, 1 at time 2: a is 7/12
     * and -29/24 at time 1, then 1 and -1. V = (49/144 + 841/576 + 4) / 8 = 3341/4608.
     */
    @Test
    void grayWithOneCause() {
        TestResult result = GrayTest.forCause(1).test(four());
        assertFraction(result.groups().get(0).observed(), 2, 1);
        assertFraction(result.groups().get(0).expected().orElseThrow(), 4, 3);
        assertFraction(result.statistic(), 2048, 3341);
        assertThat(result.df()).isEqualTo(1);
    }

    /**
     * A: another cause at 1, the cause at 2, censored at 3 and 5; B: censored at 4 and 6. At 2, R is 3 / (3/4) = 4 and 2, so
     * z = 1/3, D is 4/3 and -4/3: 16/9 (1/6) (1/4 + 1/2) = 162/729. At 1 c is 2/9 and G0/S is 4/3, which leaves
     * (8/27)^2 / 16 = 4/729. V = 166/729.
     */
    @Test
    void grayWithAnotherCauseBefore() {
        TestResult result = GrayTest.forCause(1)
                .test(rows(new double[] {1, 2, 3, 5, 4, 6}, new int[] {2, 1, 0, 0, 0, 0}, "A", "A", "A", "A", "B", "B")
                        .build());
        assertFraction(result.statistic(), 81, 166);
    }

    /** A: the cause at 1 and 1; all others censored at 2. T1 = 1 - 1/5, V = 2 (9/4) (1/3) (1/3) (4/5) = 2/5, z = 1. */
    @Test
    void grayWithTies() {
        SurvivalData data = rows(
                        new double[] {1, 1, 2, 2, 2, 2}, new int[] {1, 1, 0, 0, 0, 0}, "A", "A", "A", "B", "B", "B")
                .build();
        assertFraction(GrayTest.forCause(1).test(data).statistic(), 5, 2);
    }

    /**
     * To tau = 3: A has 1 + 2/2 = 2 with variance 1^2 1/(2 1) = 1/2, B has 2 + 1/2 = 5/2 with variance (1/2)^2 1/2 = 1/8.
     */
    @Test
    void restrictedMeans() {
        TestResult result = RestrictedMeanTest.forHorizon(3).test(four());
        assertFraction(result.statistic(), 2, 5);
        List<TestResult.Contrast> contrasts = result.contrasts();
        assertThat(contrasts)
                .extracting(TestResult.Contrast::measure)
                .containsExactly("difference", "ratio", "time-lost difference", "time-lost ratio");
        assertThat(contrasts)
                .allSatisfy(c -> assertThat(c.group() + " - " + c.against()).isEqualTo("B - A"));
        assertFraction(contrasts.get(0).estimate().orElseThrow(), 1, 2);
        assertFraction(contrasts.get(1).estimate().orElseThrow(), 5, 4);
        assertThat(contrasts.get(2).estimate()).hasValue(-0.5);
        assertFraction(contrasts.get(3).estimate().orElseThrow(), 1, 2);
        double half = 1.959963984540054 * Math.sqrt(5 / 8.0);
        assertThat(Objects.requireNonNull(contrasts.get(0).interval()).lower().orElseThrow())
                .isCloseTo(0.5 - half, within(1e-13));
        assertThat(contrasts.get(1).z()).isCloseTo(Math.log(1.25) / Math.sqrt(0.5 / 4 + 0.125 / 6.25), within(1e-13));
        assertThat(contrasts.get(3).z()).isCloseTo(Math.log(0.5) / Math.sqrt(0.5 / 1 + 0.125 / 0.25), within(1e-13));
    }

    /** At 2: S is 1/2 with variance 1/8 in A, 3/4 with variance 3/64 in B. (1/4)^2 / (11/64) = 4/11. */
    @Test
    void survivalAtAFixedTime() {
        SurvivalData data = rows(
                        new double[] {1, 3, 1, 3, 4, 5}, new int[] {1, 1, 1, 1, 1, 1}, "A", "A", "B", "B", "B", "B")
                .build();
        TestResult plain =
                FixedTimeTest.forTime(2).withScale(ConfidenceType.PLAIN).test(data);
        assertFraction(plain.statistic(), 4, 11);
        assertFraction(plain.contrasts().get(0).estimate().orElseThrow(), 1, 4);
        TestResult logLog = FixedTimeTest.forTime(2).test(data);
        double apart = Math.log(Math.log(0.5) / Math.log(0.75));
        double variance = 0.5 / Math.pow(Math.log(0.5), 2) + 1 / 12.0 / Math.pow(Math.log(0.75), 2);
        assertThat(logLog.statistic()).isCloseTo(apart * apart / variance, within(1e-13));
        assertThat(logLog.contrasts().get(0).z()).isCloseTo(apart / Math.sqrt(variance), within(1e-13));
    }

    /** At 2: F is 1/2 with variance 1/8 in A, 1/4 with variance 3/64 in B, where another cause came first: 4/11. */
    @Test
    void incidenceAtAFixedTime() {
        SurvivalData data = rows(
                        new double[] {1, 5, 1, 2, 5, 5}, new int[] {1, 0, 2, 1, 0, 0}, "A", "A", "B", "B", "B", "B")
                .build();
        TestResult plain = FixedTimeTest.forTime(2)
                .withCause(1)
                .withScale(ConfidenceType.PLAIN)
                .test(data);
        assertFraction(plain.statistic(), 4, 11);
        assertFraction(plain.contrasts().get(0).estimate().orElseThrow(), -1, 4);
        assertThat(plain.groups()).extracting(TestResult.GroupCount::observed).containsExactly(1.0, 1.0);
        assertThat(plain.groups().get(0).expected()).isEmpty();
    }

    /** A has two of the four places: 49/17 for the first or last two, 8/13 for the observed 1 and 3, 2/13 for 1 and 4. */
    @Test
    void exactPermutation() {
        TestResult result = LogRankTest.withDefaults().withExactPermutation().test(four());
        assertFraction(result.statistic(), 8, 13);
        assertFraction(result.pValue(), 4, 6);
        SurvivalData early = rows(new double[] {1, 2, 3, 4}, new int[] {1, 1, 1, 1}, "A", "A", "B", "B")
                .build();
        TestResult extreme = LogRankTest.withDefaults().withExactPermutation().test(early);
        assertFraction(extreme.statistic(), 49, 17);
        assertFraction(extreme.pValue(), 2, 6);
    }

    /** Two such strata, one as observed in each extreme: 2 of the 6 x 6 assignments put A first, or last, in both. */
    @Test
    void exactPermutationWithinStrata() {
        SurvivalData data = rows(
                        new double[] {1, 2, 3, 4, 1, 2, 3, 4},
                        new int[] {1, 1, 1, 1, 1, 1, 1, 1},
                        "A",
                        "A",
                        "B",
                        "B",
                        "A",
                        "A",
                        "B",
                        "B")
                .strata(Categories.of(List.of("x", "x", "x", "x", "y", "y", "y", "y")))
                .build();
        TestResult result = LogRankTest.withDefaults().withExactPermutation().test(data);
        assertFraction(result.pValue(), 2, 36);
        assertThat(result.conventions())
                .containsEntry("reference", "exact permutation within strata of 36 assignments to groups");
    }

    /**
     * A at 1 with an event and at 3 without, of weight 1; B with an event at 2, of weight 2. The share of A at risk is 1/2,
     * then 1/3, so U = 1/2 - 2/3 = -1/6; the rows' contributions are 27/72, 2/72 and -41/72.
     */
    @Test
    void robustVariance() {
        SurvivalData data = rows(new double[] {1, 2, 3}, new int[] {1, 1, 0}, "A", "B", "A")
                .weights(new double[] {1, 2, 1}, WeightType.SAMPLING)
                .build();
        TestResult result = LogRankTest.withDefaults().test(data);
        assertFraction(result.statistic(), 144, 27 * 27 + 2 * 2 + 41 * 41);
        assertFraction(result.groups().get(0).expected().orElseThrow(), 7, 6);
        assertThat(result.conventions())
                .containsEntry("variance", "robust, by row")
                .containsEntry("weights", "sampling");
    }

    /** The rows of A in one cluster contribute 27/72 - 41/72 = -14/72 together. */
    @Test
    void robustVarianceByCluster() {
        SurvivalData.Builder data = rows(new double[] {1, 2, 3}, new int[] {1, 1, 0}, "A", "B", "A")
                .weights(new double[] {1, 2, 1}, WeightType.SAMPLING);
        TestResult byCluster = LogRankTest.withDefaults()
                .test(data.cluster(Categories.of(List.of("p", "q", "p"))).build());
        assertFraction(byCluster.statistic(), 144, 14 * 14 + 2 * 2);
        assertThat(byCluster.conventions()).containsEntry("variance", "robust, by cluster");
        SurvivalData byPatient = rows(new double[] {1, 2, 3}, new int[] {1, 1, 0}, "A", "B", "A")
                .weights(new double[] {1, 2, 1}, WeightType.SAMPLING)
                .id(Categories.of(List.of("p", "q", "p")))
                .recurrent()
                .build();
        TestResult patients = LogRankTest.withDefaults().test(byPatient);
        assertFraction(patients.statistic(), 144, 14 * 14 + 2 * 2);
        assertThat(patients.conventions()).containsEntry("variance", "robust, by patient");
    }
}
