package io.engraft.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engraft.curve.PointEstimate;
import io.engraft.data.Categories;
import io.engraft.data.EventTable;
import io.engraft.data.SurvivalData;
import io.engraft.data.TidyTable;
import io.engraft.data.WeightType;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Small cases worked on paper, in fractions. */
class HandWorkedRobustTest {

    /** A dies of cause 1 at 1, B (weight 2) of cause 2 at 2, C is censored at 3. */
    private static SurvivalData.Builder three() {
        return SurvivalData.builder(new double[] {1, 2, 3}, new int[] {1, 2, 0})
                .weights(new double[] {1, 2, 1}, WeightType.SAMPLING);
    }

    private static void is(double actual, double expected) {
        assertThat(actual).isCloseTo(expected, within(1e-15));
    }

    private static void hasVariance(PointEstimate estimate, double variance) {
        assertThat(estimate.standardError().orElseThrow()).isCloseTo(Math.sqrt(variance), within(1e-15));
    }

    @Test
    void flemingHarringtonTakesTiesOneAfterTheOther() {
        SurvivalEstimate curve = KaplanMeier.withDefaults()
                .withEstimator(SurvivalEstimator.FLEMING_HARRINGTON)
                .fit(new double[] {1, 1, 2, 3}, new int[] {1, 1, 1, 0});
        is(curve.cumulativeHazard(0), 1 / 4. + 1 / 3.);
        is(curve.survival(0), Math.exp(-7 / 12.));
        hasVariance(curve.cumulativeHazardAt(1), 25 / 144.);
        is(curve.standardError(0), Math.exp(-7 / 12.) * 5 / 12);
        is(curve.cumulativeHazard(1), 13 / 12.);
        hasVariance(curve.cumulativeHazardAt(2), 61 / 144.);
        assertThat(curve.conventions())
                .containsEntry("estimator", "Fleming-Harrington")
                .containsEntry("variance", "sum of 1/(n-j)^2");
    }

    @Test
    void aFrequencyWeightOfTwoIsATieOfTwo() {
        SurvivalEstimate curve = KaplanMeier.withDefaults()
                .withEstimator(SurvivalEstimator.FLEMING_HARRINGTON)
                .fit(SurvivalData.builder(new double[] {1, 2, 3}, new int[] {1, 1, 0})
                        .weights(new double[] {2, 1, 1}, WeightType.FREQUENCY)
                        .build())
                .get("all");
        is(curve.survival(0), Math.exp(-7 / 12.));
        is(curve.standardError(1), Math.exp(-13 / 12.) * Math.sqrt(61) / 12);
    }

    /** 100,000 tied events: the sum by formula against the sum term by term. */
    @Test
    void manyTiedEvents() {
        SurvivalEstimate curve = KaplanMeier.withDefaults()
                .withEstimator(SurvivalEstimator.FLEMING_HARRINGTON)
                .fit(SurvivalData.builder(new double[] {1, 2}, new int[] {1, 0})
                        .weights(new double[] {100_000, 17}, WeightType.FREQUENCY)
                        .build())
                .get("all");
        double sum = 0;
        double squares = 0;
        for (int left = 18; left <= 100_017; left++) {
            sum += 1. / left;
            squares += 1. / left / left;
        }
        assertThat(curve.cumulativeHazard(0)).isCloseTo(sum, within(1e-12));
        assertThat(curve.cumulativeHazardAt(1).standardError().orElseThrow())
                .isCloseTo(Math.sqrt(squares), within(1e-13));
    }

    @Test
    void breslowIsTheExponentialOfNelsonAalen() {
        SurvivalEstimate curve = KaplanMeier.withDefaults()
                .withEstimator(SurvivalEstimator.BRESLOW)
                .fit(new double[] {1, 1, 2, 3}, new int[] {1, 1, 1, 1});
        is(curve.survival(0), Math.exp(-1 / 2.));
        is(curve.standardError(0), Math.exp(-1 / 2.) * Math.sqrt(1 / 8.));
        is(curve.survival(1), Math.exp(-1));
        is(curve.standardError(1), Math.exp(-1) * Math.sqrt(3 / 8.));
        // The last of them dies and survival is not 0, so nothing is known after it.
        is(curve.survival(2), Math.exp(-2));
        is(curve.standardError(2), Math.exp(-2) * Math.sqrt(11 / 8.));
        assertThat(curve.survivalAt(4).reason()).isEqualTo("follow-up ends at 3");
        // Area to 2: 1 + exp(-1/2), of which exp(-1/2) lies after the events at 1.
        PointEstimate mean = curve.restrictedMean(2);
        is(mean.estimate(), 1 + Math.exp(-1 / 2.));
        hasVariance(mean, Math.exp(-1) / 8);
    }

    @Test
    void robustVarianceOfSurvival() {
        SurvivalEstimate curve = KaplanMeier.withDefaults().fit(three().build()).get("all");
        is(curve.survival(0), 3 / 4.);
        is(curve.survival(1), 1 / 4.);
        // Influences on log S(1): -1/4, 1/12, 1/12; on log S(2): -1/4, -1/4, 3/4; weights 1, 2, 1.
        hasVariance(curve.survivalAt(1), 7 / 128.);
        hasVariance(curve.survivalAt(2), 7 / 128.);
        double[][] joint = curve.survivalCovariance(new double[] {2, 1, 0.5});
        is(joint[0][1], 1 / 128.);
        is(joint[1][1], 7 / 128.);
        assertThat(joint[2]).containsOnly(0);
        hasVariance(curve.restrictedMean(3), 1 / 8.);
        is(curve.restrictedMean(3).estimate(), 2);
        is(curve.restrictedMeanTimeLost(3).estimate(), 1);
        assertThat(curve.conventions())
                .containsEntry("variance", "robust (infinitesimal jackknife)")
                .containsEntry("clusters", "rows")
                .containsEntry("weights", "sampling");
    }

    @Test
    void robustVarianceOfTables() {
        EventTable table = EventTable.of(three().build());
        hasVariance(KaplanMeier.withDefaults().fit(table).survivalAt(2), 7 / 128.);
        hasVariance(AalenJohansen.withDefaults().fit(table).incidence("2").incidenceAt(2), 3 / 32.);
        hasVariance(NelsonAalen.withDefaults().fit(table).cumulativeHazardAt(2), 2606 / 20736.);
    }

    @Test
    void robustVarianceOverClusters() {
        SurvivalData together =
                three().cluster(Categories.of(List.of("x", "y", "x"))).build();
        SurvivalEstimate curve = KaplanMeier.withDefaults().fit(together).get("all");
        hasVariance(curve.survivalAt(1), 1 / 32.);
        assertThat(curve.conventions()).containsEntry("clusters", "cluster");
        SurvivalEstimate byId = KaplanMeier.withDefaults()
                .fit(three().id(Categories.of(List.of("x", "y", "x")))
                        .recurrent()
                        .build())
                .get("all");
        hasVariance(byId.survivalAt(1), 1 / 32.);
        assertThat(byId.conventions()).containsEntry("clusters", "id");
        SurvivalEstimate each = KaplanMeier.withDefaults()
                .fit(SurvivalData.builder(new double[] {1, 2}, new int[] {1, 0})
                        .id(Categories.of(List.of("x", "y")))
                        .build())
                .get("all");
        assertThat(each.conventions()).containsEntry("variance", "greenwood").doesNotContainKey("clusters");
    }

    @Test
    void robustVarianceOfTheHazard() {
        HazardEstimate curve = NelsonAalen.withDefaults().fit(three().build()).get("all");
        is(curve.cumulativeHazard(1), 11 / 12.);
        // Influences 3/16, -1/16 + 1/9, -1/16 - 2/9.
        hasVariance(curve.cumulativeHazardAt(2), (27 * 27 + 14 * 14 + 41 * 41) / 20736.);
        SurvivalEstimate breslow = KaplanMeier.withDefaults()
                .withEstimator(SurvivalEstimator.BRESLOW)
                .fit(three().build())
                .get("all");
        hasVariance(breslow.survivalAt(2), Math.exp(-11 / 6.) * 2606 / 20736.);
    }

    @Test
    void robustVarianceOfIncidenceAndTimeLost() {
        IncidenceEstimate all =
                AalenJohansen.withDefaults().fit(three().build()).get("all");
        CauseIncidence first = all.incidence("1");
        CauseIncidence second = all.incidence("2");
        is(first.incidence(1), 1 / 4.);
        is(second.incidence(1), 1 / 2.);
        hasVariance(first.incidenceAt(2), 7 / 128.);
        // Influences -1/8, 1/8, -1/8.
        hasVariance(second.incidenceAt(2), 3 / 32.);
        is(first.restrictedMeanTimeLost(3).estimate(), 1 / 2.);
        hasVariance(first.restrictedMeanTimeLost(3), 7 / 32.);
        is(second.restrictedMeanTimeLost(3).estimate(), 1 / 2.);
        hasVariance(second.restrictedMeanTimeLost(3), 3 / 32.);
        double[][] joint = all.covariance(new double[] {2});
        // F_1: 3/16, -1/16, -1/16 and F_2 as above: -3/128 - 4/128 + 1/128.
        is(joint[1][2], -6 / 128.);
        is(joint[0][0], 7 / 128.);
    }

    @Test
    void timeLostByTheDeltaMethod() {
        CauseIncidence curve = AalenJohansen.withDefaults()
                .fit(new double[] {1, 2, 3, 4}, new int[] {1, 2, 0, 0})
                .incidence("1");
        PointEstimate lost = curve.restrictedMeanTimeLost(3);
        is(lost.estimate(), 1 / 2.);
        hasVariance(lost, 4 * 3 / 64.);
        double half = 1.959963984540054 * Math.sqrt(3) / 4;
        is(lost.interval().lower().orElseThrow(), 1 / 2. - half);
        assertThat(curve.restrictedMeanTimeLost(0.5).estimate()).isZero();
    }

    /** Six at risk, one event of each cause at 1, one of the first at 2; 13/288 is what cuminc gives. */
    @Test
    void hypergeometricVariances() {
        double[] time = {1, 1, 2, 3, 3, 3};
        int[] status = {1, 2, 1, 0, 0, 0};
        AalenJohansen procedure = AalenJohansen.withDefaults();
        hasVariance(
                procedure
                        .withVariance(IncidenceVariance.AALEN)
                        .fit(time, status)
                        .incidence("1")
                        .incidenceAt(2),
                2 / 45.);
        IncidenceEstimate cmprsk =
                procedure.withVariance(IncidenceVariance.CMPRSK).fit(time, status);
        hasVariance(cmprsk.incidence("1").incidenceAt(2), 13 / 288.);
        hasVariance(cmprsk.incidence("1").incidenceAt(1), 1 / 36.);
        assertThat(cmprsk.conventions()).containsEntry("variance", "cmprsk");
    }

    /** The last of three alone at risk: Aalen's form adds nothing for n = 1, cmprsk S^2 = 1/9. */
    @Test
    void oneAloneAtRisk() {
        double[] time = {1, 2, 3};
        int[] status = {1, 1, 1};
        AalenJohansen procedure = AalenJohansen.withDefaults();
        assertThat(procedure
                        .withVariance(IncidenceVariance.AALEN)
                        .fit(time, status)
                        .incidence("1")
                        .standardError(2))
                .isZero();
        hasVariance(
                procedure
                        .withVariance(IncidenceVariance.CMPRSK)
                        .fit(time, status)
                        .incidence("1")
                        .incidenceAt(3),
                1 / 9.);
    }

    /** Of twelve five die of the one cause and four of the other at once: Aalen's sum is negative later on. */
    @Test
    void aNegativeSumIsNoVariance() {
        double[] time = {1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2};
        int[] status = {1, 1, 1, 1, 1, 2, 2, 2, 2, 1, 1, 1};
        CauseIncidence curve = AalenJohansen.withDefaults()
                .withVariance(IncidenceVariance.AALEN)
                .fit(time, status)
                .incidence("1");
        // n = 12: a = 9/33, b = 35/1584, c = 35/396, D = 1/4: 1/16 a + b - 1/2 c < 0; and nothing from the three at 2.
        assertThat(curve.standardError(1)).isNaN();
        assertThat(curve.incidenceAt(2).standardError()).isEmpty();
        assertThat(curve.incidenceAt(2).interval().reason()).isEqualTo("the standard error is not estimable");
        hasVariance(curve.incidenceAt(1), 35 / 1584.);
    }

    @Test
    void followUp() {
        double[] time = {1, 1, 2, 3};
        int[] status = {1, 0, 1, 0};
        SurvivalEstimate still = ReverseKaplanMeier.withDefaults().fit(time, status);
        is(still.survival(0), 3 / 4.);
        is(still.survival(2), 0);
        is(still.median().estimate(), 3);
        SurvivalEstimate first = ReverseKaplanMeier.withDefaults()
                .withTies(ReverseKaplanMeier.Ties.EVENT_FIRST)
                .fit(time, status);
        is(first.survival(0), 2 / 3.);
        is(first.atRisk(0), 3);
        is(first.survival(2), 0);
        SurvivalEstimate robust = ReverseKaplanMeier.withDefaults()
                .withTies(ReverseKaplanMeier.Ties.EVENT_FIRST)
                .withRobustVariance()
                .fit(time, status);
        hasVariance(robust.survivalAt(1), 2 / 27.);
        SurvivalEstimate rows = ReverseKaplanMeier.withDefaults()
                .withTies(ReverseKaplanMeier.Ties.EVENT_FIRST)
                .fit(SurvivalData.builder(time, status)
                        .cluster(Categories.of(List.of("a", "b", "c", "d")))
                        .build())
                .get("all");
        hasVariance(rows.survivalAt(1), 2 / 27.);
    }

    @Test
    void oneMinusKaplanMeierOverstates() {
        IncidenceEstimate all = AalenJohansen.withDefaults().fit(new double[] {1, 2, 3, 4}, new int[] {1, 2, 1, 0});
        OneMinusKaplanMeier both = all.oneMinusKaplanMeier("1");
        assertThat(both.cause()).isEqualTo("1");
        OneMinusKaplanMeier.Comparison at = both.at(3);
        is(at.oneMinusKaplanMeier().estimate(), 5 / 8.);
        is(at.incidence().estimate(), 1 / 2.);
        is(at.bias().estimate(), 1 / 8.);
        is(both.causeSpecificSurvival().survival(2), 3 / 8.);
        assertThat(both.incidence().cause()).isEqualTo("1");
        assertThat(both.incidence().causeCode()).hasValue(1);
        assertThat(all.incidence("2").causeCode()).hasValue(2);
        TidyTable table = both.tidy();
        assertThat(table.numbers("time")).containsExactly(1, 2, 3, 4);
        assertThat(table.numbers("bias")[2]).isCloseTo(1 / 8., within(1e-15));
        assertThat(table.numbers("one_minus_kaplan_meier")[0]).isCloseTo(1 / 4., within(1e-15));
        assertThat(both.at(5).bias().reason()).isEqualTo("follow-up ends at 4");
    }

    @Test
    void oneMinusKaplanMeierIsRobustWhereTheIncidenceIs() {
        OneMinusKaplanMeier both =
                AalenJohansen.withDefaults().fit(three().build()).get("all").oneMinusKaplanMeier("2");
        // Alone at 2: S = 1/3, influences of B and C on log S -1/3 and 2/3.
        is(both.at(2).oneMinusKaplanMeier().estimate(), 2 / 3.);
        hasVariance(both.at(2).oneMinusKaplanMeier(), (4 / 9. + 4 / 9.) / 9);
    }

    @Test
    void timeLostTurnsTheIntervalRound() {
        SurvivalEstimate curve = KaplanMeier.withDefaults().fit(new double[] {1, 2, 3, 4}, new int[] {1, 1, 0, 0});
        PointEstimate mean = curve.restrictedMean(3);
        PointEstimate lost = curve.restrictedMeanTimeLost(3);
        is(lost.estimate(), 3 - mean.estimate());
        is(lost.interval().lower().orElseThrow(), 3 - mean.interval().upper().orElseThrow());
        is(lost.interval().upper().orElseThrow(), 3 - mean.interval().lower().orElseThrow());
        SurvivalEstimate late =
                KaplanMeier.withDefaults().withStart(1).fit(new double[] {1, 2, 3, 4}, new int[] {1, 1, 0, 0});
        is(late.restrictedMeanTimeLost(3).estimate(), 1 / 3.);
    }

    /** Influences of rows at risk from a start on, with ids of two pieces a patient. */
    @Test
    void conditionalRobustCurveOfPieces() {
        SurvivalData pieces = SurvivalData.builder(new double[] {1, 2, 2, 3, 4}, new int[] {0, 1, 0, 0, 0})
                .entry(new double[] {0, 1, 0, 2, 0})
                .id(Categories.of(List.of("p", "p", "q", "q", "r")))
                .build();
        SurvivalEstimate curve =
                KaplanMeier.withDefaults().withStart(0.5).fit(pieces).get("all");
        is(curve.survivalAt(3).estimate(), 2 / 3.);
        hasVariance(curve.survivalAt(3), 2 / 27.);
        assertThat(Arrays.stream(curve.censoringTimes()).max().orElseThrow()).isEqualTo(4);
    }
}
