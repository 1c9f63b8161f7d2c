package io.engraft.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.InvalidArgumentException;
import io.engraft.curve.ConfidenceType;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Four pairs, one of each in group A and one in B, nobody censored: S, F and the restricted mean are means over the pairs,
 * their covariances those of the pairs, and the variance of a difference that of the pairs' differences.
 */
class JointEdgesTest {

    private static final List<String> PAIRS = List.of("1", "2", "3", "4", "1", "2", "3", "4");

    private static SurvivalData.Builder pairs(double unit) {
        double[] time = {1, 2, 3, 4, 3, 1, 4, 5};
        return SurvivalData.builder(
                        Arrays.stream(time).map(t -> t * unit).toArray(), new int[] {1, 2, 1, 1, 1, 1, 2, 1})
                .group(Categories.of(List.of("A", "A", "A", "A", "B", "B", "B", "B")));
    }

    private static SurvivalData paired() {
        return pairs(1).id(Categories.of(PAIRS)).recurrent().build();
    }

    /** Alive at 2.5: A 0 0 1 1, B 1 0 1 1; up to 4: A 1 2 3 4, B 3 1 4 4; cause 1 by 2.5: A 1 0 0 0, B 0 1 0 0. */
    @Test
    void covariancesOfPairsAreThoseOfMeans() {
        Grouped<SurvivalEstimate> curves = KaplanMeier.withDefaults().fit(paired());
        SurvivalEstimate a = curves.get("A");
        SurvivalEstimate b = curves.get("B");
        assertThat(a.survivalCovariance(b, 2.5).orElseThrow()).isCloseTo(1 / 32.0, within(1e-15));
        assertThat(b.survivalCovariance(a, 2.5).orElseThrow()).isCloseTo(1 / 32.0, within(1e-15));
        assertThat(b.survivalCovariance(b, 2.5).orElseThrow()).isCloseTo(3 / 64.0, within(1e-15));
        assertThat(a.survivalCovariance(b, 0.5).orElseThrow()).isZero();
        assertThat(a.survivalCovariance(b, 4.5).orElseThrow()).as("S of A is 0").isZero();
        assertThat(a.restrictedMeanCovariance(b, 4).orElseThrow()).isCloseTo(3 / 16.0, within(1e-14));
        assertThat(b.restrictedMeanCovariance(b, 4).orElseThrow()).isCloseTo(6 / 16.0, within(1e-14));
        Grouped<IncidenceEstimate> fits = AalenJohansen.withDefaults().fit(paired());
        CauseIncidence one = fits.get("A").incidence("1");
        assertThat(one.incidenceCovariance(fits.get("B").incidence("1"), 2.5).orElseThrow())
                .isCloseTo(-1 / 64.0, within(1e-15));
        assertThat(one.incidenceCovariance(fits.get("A").incidence("2"), 2.5).orElseThrow())
                .isCloseTo(-1 / 64.0, within(1e-15));
        assertThat(one.incidenceCovariance(one, 2.5).orElseThrow()).isCloseTo(3 / 64.0, within(1e-15));
    }

    @Test
    void differencesOfPairsHaveTheVarianceOfThePairsDifferences() {
        TestResult fixed =
                FixedTimeTest.forTime(2.5).withScale(ConfidenceType.PLAIN).test(paired());
        assertThat(fixed.statistic()).isCloseTo(4 / 3.0, within(1e-13));
        assertThat(fixed.df()).isEqualTo(1);
        double upper = Objects.requireNonNull(fixed.contrasts().get(0).interval())
                .upper()
                .orElseThrow();
        assertThat(upper).isCloseTo(0.25 + ConfidenceType.normalQuantile(0.95) * Math.sqrt(3 / 64.0), within(1e-13));
        assertThat(fixed.conventions())
                .containsEntry("variance", "robust (infinitesimal jackknife)")
                .containsEntry("clusters", "id");
        TestResult mean = RestrictedMeanTest.forHorizon(4).test(paired());
        assertThat(mean.statistic()).isCloseTo(0.8, within(1e-13));
        assertThat(mean.contrasts().get(0).z()).isCloseTo(0.5 / Math.sqrt(5 / 16.0), within(1e-13));
        double ratio = mean.contrasts().get(1).z();
        double error = Math.sqrt(5 / 16.0 / 6.25 + 6 / 16.0 / 9 - 2 * 3 / 16.0 / 7.5);
        assertThat(ratio).isCloseTo(Math.log(3 / 2.5) / error, within(1e-13));
        TestResult apart = RestrictedMeanTest.forHorizon(4).withRobustVariance().test(pairs(1).build());
        assertThat(apart.statistic()).isCloseTo(0.25 / (11 / 16.0), within(1e-13));
        assertThat(apart.conventions()).containsEntry("clusters", "rows");
    }

    @Test
    void withoutRobustVariancesGroupsAreIndependent() {
        Grouped<SurvivalEstimate> plain = KaplanMeier.withDefaults().fit(pairs(1).build());
        assertThat(plain.get("A").survivalCovariance(plain.get("B"), 2.5)).hasValue(0);
        assertThat(plain.get("A").restrictedMeanCovariance(plain.get("B"), 4)).hasValue(0);
        assertThat(plain.get("A").survivalCovariance(plain.get("A"), 2.5).orElseThrow())
                .isCloseTo(1 / 16.0, within(1e-15));
        Grouped<SurvivalEstimate> rows =
                KaplanMeier.withDefaults().withRobustVariance().fit(pairs(1).build());
        assertThat(rows.get("A").survivalCovariance(rows.get("B"), 2.5)).hasValue(0);
        Grouped<SurvivalEstimate> clustered = KaplanMeier.withDefaults().fit(paired());
        assertThat(plain.get("A").survivalCovariance(clustered.get("B"), 2.5)).hasValue(0);
        SurvivalEstimate again =
                KaplanMeier.withDefaults().withLevel(0.9).fit(paired()).get("B");
        assertThatThrownBy(() -> clustered.get("A").survivalCovariance(again, 2.5))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("the two estimates have clusters of different data, which cannot be matched; allowed:"
                        + " estimates of one fit, or of fits to the same data");
        assertThatThrownBy(() -> clustered.get("A").restrictedMeanCovariance(again, 2.5))
                .hasMessageContaining("clusters of different data");
        // Two fits of the same data have the same clusters.
        SurvivalData data = paired();
        assertThat(KaplanMeier.withDefaults()
                        .fit(data)
                        .get("A")
                        .survivalCovariance(KaplanMeier.withDefaults().fit(data).get("B"), 2.5)
                        .orElseThrow())
                .isCloseTo(1 / 32.0, within(1e-15));
    }

    @Test
    void covariancesThatDoNotExistAreEmptyAndBadTimesAreNamed() {
        SurvivalData data = SurvivalData.builder(new double[] {1, 2, 3, 1, 2, 9}, new int[] {1, 1, 0, 1, 1, 0})
                .group(Categories.of(List.of("A", "A", "A", "B", "B", "B")))
                .cluster(Categories.of(List.of("1", "2", "3", "1", "2", "3")))
                .build();
        Grouped<SurvivalEstimate> curves = KaplanMeier.withDefaults().fit(data);
        SurvivalEstimate a = curves.get("A");
        SurvivalEstimate b = curves.get("B");
        assertThat(a.survivalCovariance(b, 4)).isEmpty();
        assertThat(b.survivalCovariance(a, 4)).isEmpty();
        assertThat(b.survivalCovariance(b, 4)).isPresent();
        assertThat(a.restrictedMeanCovariance(b, 4)).isEmpty();
        assertThat(b.restrictedMeanCovariance(a, 4)).isEmpty();
        assertThatThrownBy(() -> a.survivalCovariance(b, Double.NaN)).hasMessageContaining("time is NaN");
        assertThatThrownBy(() -> a.survivalCovariance(b, -1)).hasMessageContaining("time is -1.0");
        assertThatThrownBy(() -> a.restrictedMeanCovariance(b, 0)).hasMessageContaining("tau is 0.0");
        assertThatThrownBy(() -> a.restrictedMeanCovariance(b, Double.NaN)).hasMessageContaining("tau is NaN");
        CauseIncidence f = AalenJohansen.withDefaults().fit(data).get("A").incidence("1");
        CauseIncidence g = AalenJohansen.withDefaults().fit(data).get("B").incidence("1");
        assertThat(f.incidenceCovariance(g, 4)).isEmpty();
        assertThat(g.incidenceCovariance(f, 4)).isEmpty();
        assertThat(f.incidenceCovariance(g, 2.5)).isPresent();
        assertThatThrownBy(() -> f.incidenceCovariance(g, Double.NaN)).hasMessageContaining("time is NaN");
        CauseIncidence other =
                AalenJohansen.withDefaults().fit(paired()).get("A").incidence("1");
        assertThatThrownBy(() -> f.incidenceCovariance(other, 2)).hasMessageContaining("clusters of different data");
        assertThat(RestrictedMeanTest.forHorizon(4).test(data).reason()).contains("group A: tau is 4 ");
        assertThat(FixedTimeTest.forTime(4).test(data).reason()).contains("group A: follow-up ends at 3");
    }

    @Test
    void squaresBeyondTheRangeOfDoublesAreNamed() {
        for (double unit : new double[] {1e200, 1e-200}) {
            SurvivalData data = pairs(unit).cluster(Categories.of(PAIRS)).build();
            Grouped<SurvivalEstimate> curves = KaplanMeier.withDefaults().fit(data);
            assertThat(curves.get("A").restrictedMeanCovariance(curves.get("B"), 4 * unit))
                    .isEmpty();
            TestResult result = RestrictedMeanTest.forHorizon(4 * unit).test(data);
            assertThat(result.reason()).contains("leaves the range of doubles; another unit of time helps");
            assertThat(result.conventions()).containsEntry("notEstimable", "B against A");
            TestResult apart =
                    RestrictedMeanTest.forHorizon(4 * unit).test(pairs(unit).build());
            assertThat(apart.statistic()).isCloseTo(0.25 / (11 / 16.0), within(1e-13));
        }
    }

    @Test
    void twoClustersCannotTellThreeGroupsApart() {
        SurvivalData data = SurvivalData.builder(
                        new double[] {1, 2, 3, 5, 1, 3, 4, 5, 2, 3, 4, 5},
                        new int[] {1, 1, 1, 0, 1, 1, 0, 0, 1, 0, 1, 0})
                .group(Categories.of(List.of("A", "A", "A", "A", "B", "B", "B", "B", "C", "C", "C", "C")))
                .cluster(Categories.of(List.of("1", "2", "1", "2", "2", "1", "1", "2", "1", "2", "1", "2")))
                .build();
        TestResult mean = RestrictedMeanTest.forHorizon(4).test(data);
        assertThat(mean.reason())
                .isEqualTo("clusters that the groups share make their estimates dependent: of 2 differences 1 can vary"
                        + " apart from the others");
        assertThat(mean.contrasts()).isNotEmpty().allMatch(c -> Double.isFinite(c.z()));
        assertThat(mean.conventions()).containsEntry("clusters", "cluster");
        assertThat(FixedTimeTest.forTime(4).test(data).reason()).contains("of 2 differences 1 can vary");
    }

    @Test
    void tablesAreRobustForSamplingWeightsAndOnRequestButNotWithLateEntry() {
        SurvivalData.Builder weighted = SurvivalData.builder(new double[] {1, 2, 3, 4}, new int[] {1, 1, 0, 1})
                .weights(new double[] {1, 2.5, 0.5, 1.5}, WeightType.SAMPLING);
        Map<String, EventTable> sampling = new LinkedHashMap<>();
        sampling.put("A", EventTable.of(weighted.build()));
        sampling.put("B", EventTable.of(pairs(1).build()));
        SurvivalEstimate alone = KaplanMeier.withDefaults().fit(sampling.get("A"));
        TestResult mixed = RestrictedMeanTest.forHorizon(3).test(sampling);
        assertThat(mixed.conventions()).containsEntry("variance", "robust (infinitesimal jackknife), greenwood");
        assertThat(mixed.groups().get(0).estimate().orElseThrow().standardError())
                .isEqualTo(alone.restrictedMean(3).standardError());
        TestResult asked =
                FixedTimeTest.forTime(2.5).withCause(1).withRobustVariance().test(sampling);
        assertThat(asked.conventions()).containsEntry("variance", "robust (infinitesimal jackknife)");
        EventTable late = EventTable.of(SurvivalData.builder(new double[] {2, 3}, new int[] {1, 0})
                .entry(new double[] {0, 1})
                .build());
        Map<String, EventTable> entering = Map.of("A", late, "B", late);
        String expected = "an event table with delayed entry does not say which row leaves when";
        assertThatThrownBy(() ->
                        RestrictedMeanTest.forHorizon(2).withRobustVariance().test(entering))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining(expected);
        assertThatThrownBy(() -> FixedTimeTest.forTime(2).withRobustVariance().test(entering))
                .hasMessageContaining(expected);
        assertThatThrownBy(() -> FixedTimeTest.forTime(2)
                        .withCause(1)
                        .withRobustVariance()
                        .test(entering))
                .hasMessageContaining(expected);
        assertThat(FixedTimeTest.forTime(2).withCause(1).test(entering).conventions())
                .containsEntry("variance", "delta");
    }
}
