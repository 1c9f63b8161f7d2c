package io.engraft.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.engraft.curve.PointEstimate;
import io.engraft.data.Categories;
import io.engraft.data.EventTable;
import io.engraft.data.Grouped;
import io.engraft.data.SurvivalData;
import io.engraft.data.WeightType;
import io.engraft.estimate.AalenJohansen;
import io.engraft.estimate.CauseIncidence;
import io.engraft.estimate.IncidenceEstimate;
import io.engraft.estimate.KaplanMeier;
import io.engraft.estimate.SurvivalEstimate;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Comparisons of groups whose clusters may have rows in several groups, on seeded data sets of all shapes. */
class JointLawsTest {

    private static final double AT = 5;
    private static final GroupedRows.View LATE = new GroupedRows.View(false, true, 1, false);
    private static final GroupedRows.View PLAIN = new GroupedRows.View(false, false, 1, false);

    private static double[] weights(GroupedRows rows) {
        SplittableRandom random = new SplittableRandom(rows.seed + 17);
        return Arrays.stream(rows.time).map(t -> 0.3 + 2 * random.nextDouble()).toArray();
    }

    private static GroupedRows.View view(long seed) {
        return seed % 3 == 0 ? LATE : PLAIN;
    }

    private static SurvivalData data(GroupedRows rows, double[] weight) {
        return rows.builder(rows.all(), view(rows.seed))
                .weights(weight, WeightType.SAMPLING)
                .cluster(rows.clusters(rows.all()))
                .build();
    }

    /** S, F of the first cause and the restricted mean of every group, all at one time; NaN where not estimable. */
    private static double[][] estimates(SurvivalData data) {
        Grouped<SurvivalEstimate> survival = KaplanMeier.withDefaults().fit(data);
        Grouped<IncidenceEstimate> incidence = AalenJohansen.withDefaults().fit(data);
        double[][] values = new double[3][survival.groups().size()];
        for (int g = 0; g < values[0].length; g++) {
            String name = survival.groups().get(g);
            values[0][g] = value(survival.get(name).survivalAt(AT));
            values[1][g] = value(incidence.get(name).incidence("x").incidenceAt(AT));
            values[2][g] = value(survival.get(name).restrictedMean(AT));
        }
        return values;
    }

    private static double value(PointEstimate p) {
        return p.isEstimable() ? p.estimate() : Double.NaN;
    }

    /** The derivatives of the estimates as the weights of all rows of one cluster change together, by group. */
    private static double[][] derivatives(GroupedRows rows, double[] weight, int cluster) {
        double h = 1e-4;
        double[][] up = moved(rows, weight, cluster, 1 + h);
        double[][] down = moved(rows, weight, cluster, 1 - h);
        for (int m = 0; m < up.length; m++) {
            for (int g = 0; g < up[m].length; g++) {
                up[m][g] = (up[m][g] - down[m][g]) / (2 * h);
            }
        }
        return up;
    }

    private static double[][] moved(GroupedRows rows, double[] weight, int cluster, double factor) {
        double[] other = weight.clone();
        for (int i = 0; i < other.length; i++) {
            other[i] *= rows.cluster[i] == cluster ? factor : 1;
        }
        return estimates(data(rows, other));
    }

    @Test
    void covariancesAreTheSumsOfProductsOfDerivativesByAClustersWeight() {
        int compared = 0;
        int apartFromZero = 0;
        for (long seed = 0; seed < 300; seed++) {
            GroupedRows rows = new GroupedRows(seed);
            double[] weight = weights(rows);
            SurvivalData data = data(rows, weight);
            double[][][] expected = new double[3][rows.groups][rows.groups];
            for (int c : Arrays.stream(rows.cluster).sorted().distinct().toArray()) {
                double[][] slope = derivatives(rows, weight, c);
                for (int m = 0; m < 3; m++) {
                    for (int g = 0; g < rows.groups; g++) {
                        for (int h = 0; h < rows.groups; h++) {
                            expected[m][g][h] += slope[m][g] * slope[m][h];
                        }
                    }
                }
            }
            double[][][] actual = covariances(data, rows.groups);
            for (int m = 0; m < 3; m++) {
                for (int g = 0; g < rows.groups; g++) {
                    for (int h = 0; h < rows.groups; h++) {
                        double size = Math.sqrt(expected[m][g][g] * expected[m][h][h]);
                        String what = "seed " + seed + " measure " + m + " groups " + g + " and " + h + ": "
                                + actual[m][g][h] + ", expected " + expected[m][g][h];
                        if (Double.isNaN(size)) {
                            assertThat(actual[m][g][h]).as(what).isNaN();
                        } else {
                            assertThat(Math.abs(actual[m][g][h] - expected[m][g][h]))
                                    .as(what)
                                    .isLessThanOrEqualTo(1e-6 * size + 1e-12);
                            compared++;
                            apartFromZero += g != h && Math.abs(expected[m][g][h]) > 1e-3 * size ? 1 : 0;
                        }
                    }
                }
            }
        }
        assertThat(compared).isGreaterThan(3000);
        assertThat(apartFromZero).isGreaterThan(1000);
    }

    private static double[][][] covariances(SurvivalData data, int groups) {
        Grouped<SurvivalEstimate> survival = KaplanMeier.withDefaults().fit(data);
        Grouped<IncidenceEstimate> incidence = AalenJohansen.withDefaults().fit(data);
        double[][][] all = new double[3][groups][groups];
        for (int g = 0; g < groups; g++) {
            SurvivalEstimate a = survival.get(survival.groups().get(g));
            CauseIncidence f = incidence.get(survival.groups().get(g)).incidence("x");
            for (int h = 0; h < groups; h++) {
                SurvivalEstimate b = survival.get(survival.groups().get(h));
                CauseIncidence e = incidence.get(survival.groups().get(h)).incidence("x");
                all[0][g][h] = a.survivalCovariance(b, AT).orElse(Double.NaN);
                all[1][g][h] = f.incidenceCovariance(e, AT).orElse(Double.NaN);
                all[2][g][h] = a.restrictedMeanCovariance(b, AT).orElse(Double.NaN);
            }
        }
        return all;
    }

    private static void assertSame(long seed, TestResult actual, TestResult expected, double tolerance) {
        assertThat(actual.reason()).as("seed " + seed).isEqualTo(expected.reason());
        if (expected.isEstimable()) {
            near(seed, actual.statistic(), expected.statistic(), tolerance);
            assertThat(actual.df()).isEqualTo(expected.df());
        }
        assertThat(actual.contrasts()).as("seed " + seed).hasSameSizeAs(expected.contrasts());
        for (int i = 0; i < actual.contrasts().size(); i++) {
            near(
                    seed,
                    actual.contrasts().get(i).z(),
                    expected.contrasts().get(i).z(),
                    tolerance);
        }
    }

    private static void near(long seed, double actual, double expected, double tolerance) {
        assertThat(Math.abs(actual - expected))
                .as("seed %d: %s, expected %s", seed, actual, expected)
                .isLessThanOrEqualTo(tolerance * (0.1 + Math.abs(expected)));
    }

    @Test
    void aClusterPerRowIsRobustOnRequestWhichWithoutLateEntryIsPlain() {
        for (long seed = 0; seed < 1000; seed++) {
            GroupedRows rows = new GroupedRows(seed);
            SurvivalData data = rows.data(view(seed));
            SurvivalData apart = rows.builder(rows.all(), view(seed))
                    .cluster(Categories.of(
                            IntStream.of(rows.all()).mapToObj(i -> "c" + i).toList()))
                    .build();
            RestrictedMeanTest mean = RestrictedMeanTest.forHorizon(AT);
            FixedTimeTest fixed = seed % 2 == 0
                    ? FixedTimeTest.forTime(AT)
                    : FixedTimeTest.forTime(AT).withCause(1);
            assertSame(seed, mean.test(apart), mean.withRobustVariance().test(data), 1e-9);
            assertSame(seed, fixed.test(apart), fixed.withRobustVariance().test(data), 1e-9);
            if (seed % 3 > 0) {
                assertSame(seed, mean.withRobustVariance().test(data), mean.test(data), 1e-8);
                assertSame(seed, fixed.withRobustVariance().test(data), fixed.test(data), 1e-8);
                assertSame(
                        seed,
                        mean.withRobustVariance().test(EventTable.byGroup(data)),
                        mean.withRobustVariance().test(data),
                        1e-8);
            }
        }
    }

    /** Rows and tables are read by the same steps, so that their results are equal to the last bit. */
    @Test
    void plainRowsGiveTheBitsOfTheirTables() {
        for (long seed = 0; seed < 1000; seed++) {
            GroupedRows rows = new GroupedRows(seed);
            SurvivalData data = seed % 2 == 0 ? rows.data(view(seed)) : rows.weighted(view(seed), WeightType.FREQUENCY);
            RestrictedMeanTest mean = RestrictedMeanTest.forHorizon(AT).withPairs(PairwiseAdjustment.HOLM);
            FixedTimeTest fixed = seed % 4 < 2
                    ? FixedTimeTest.forTime(AT)
                    : FixedTimeTest.forTime(AT).withCause(1);
            assertSame(seed, mean.test(data), mean.test(EventTable.byGroup(data)), 0);
            assertSame(seed, fixed.test(data), fixed.test(EventTable.byGroup(data)), 0);
            assertThat(mean.test(data).conventions()).containsEntry("variance", "greenwood");
        }
    }

    @Test
    void clusteredTestsKnowNeitherTheOrderOfRowsNorTheUnitOfTime() {
        int estimable = 0;
        for (long seed = 0; seed < 1000; seed++) {
            GroupedRows rows = new GroupedRows(seed);
            RestrictedMeanTest mean = RestrictedMeanTest.forHorizon(AT);
            FixedTimeTest fixed = FixedTimeTest.forTime(AT);
            SurvivalData data = clustered(rows, rows.all(), view(seed));
            SurvivalData shuffled = clustered(rows, rows.shuffled(), view(seed));
            SurvivalData days = clustered(rows, rows.all(), view(seed).unit(1024));
            assertSame(seed, mean.test(shuffled), mean.test(data), 1e-7);
            assertSame(seed, fixed.test(shuffled), fixed.test(data), 1e-7);
            if (mean.test(data).isEstimable()) {
                near(
                        seed,
                        RestrictedMeanTest.forHorizon(AT * 1024).test(days).statistic(),
                        mean.test(data).statistic(),
                        1e-7);
                estimable++;
            }
        }
        assertThat(estimable).isGreaterThan(250);
    }

    private static SurvivalData clustered(GroupedRows rows, int[] order, GroupedRows.View view) {
        return rows.builder(order, view).cluster(rows.clusters(order)).build();
    }

    @Test
    void theSameRowsInBothGroupsDoNotVaryApart() {
        for (long seed = 0; seed < 300; seed++) {
            GroupedRows rows = new GroupedRows(seed);
            int n = rows.size();
            int[] twice = rows.twice();
            SurvivalData data = rows.builder(twice, view(seed))
                    .group(Categories.of(IntStream.range(0, 2 * n)
                            .mapToObj(i -> i < n ? "A" : "B")
                            .toList()))
                    .id(Categories.of(Arrays.stream(twice)
                            .mapToObj(i -> "p" + rows.cluster[i])
                            .toList()))
                    .recurrent()
                    .build();
            for (TestResult result : List.of(
                    RestrictedMeanTest.forHorizon(AT).test(data),
                    FixedTimeTest.forTime(AT).test(data),
                    FixedTimeTest.forTime(AT).withCause(1).test(data))) {
                assertThat(result.isEstimable()).as("seed " + seed).isFalse();
                assertThat(result.reason()).isNotEmpty().doesNotContain("NaN");
                assertThat(result.contrasts()).isEmpty();
                assertThat(result.conventions()).containsEntry("notEstimable", "B against A");
            }
        }
    }

    @Test
    void theFormOfDifferencesEqualsTheWeightedSumForADiagonalMatrix() {
        for (long seed = 0; seed < 1000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int k = 2 + random.nextInt(5);
            double[] x = random.doubles(k).toArray();
            double[] variance = random.doubles(k, 0.1, 3).toArray();
            double[][] matrix = new double[k][k];
            for (int g = 0; g < k; g++) {
                matrix[g][g] = variance[g];
            }
            QuadraticForm expected = Wald.equality(x, variance);
            QuadraticForm actual = Wald.contrasts(x, matrix, random.nextInt(k));
            assertThat(actual.df()).isEqualTo(expected.df());
            assertThat(Math.abs(actual.statistic() - expected.statistic()))
                    .as("seed " + seed)
                    .isLessThanOrEqualTo(1e-12 * expected.statistic() + 1e-14);
            assertThat(Wald.equality(x, matrix)).isEqualTo(expected);
        }
    }
}
