package io.engraft.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.InvalidArgumentException;
import io.engraft.NotEstimableException;
import io.engraft.curve.ConfidenceType;
import io.engraft.curve.Profile;
import io.engraft.data.Categories;
import io.engraft.data.EventTable;
import io.engraft.data.Grouped;
import io.engraft.data.MultiStateData;
import io.engraft.data.SurvivalData;
import io.engraft.data.TieRule;
import io.engraft.data.WeightType;
import io.engraft.estimate.hazard.LifeTable;
import io.engraft.estimate.hazard.SmoothedHazard;
import io.engraft.estimate.internal.RiskSets;
import io.engraft.estimate.states.StateOccupancy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the robust variances and the other estimators refuse, by name, and what they say they do not know. */
class RobustRefusalsTest {

    private static final double[] TIME = {1, 2, 2, 3, 4};
    private static final int[] STATUS = {1, 2, 0, 1, 0};
    private static final double[] WEIGHT = {1, 2, 1, 2, 1};

    private static SurvivalData.Builder data() {
        return SurvivalData.builder(TIME, STATUS);
    }

    private static SurvivalData entered(WeightType type) {
        return data().entry(new double[] {0, 0, 1, 0, 1}).weights(WEIGHT, type).build();
    }

    @Test
    void tablesThatDoNotSayWhoLeavesWhen() {
        String message = "an event table with delayed entry does not say which row leaves when, which a robust variance"
                + " must know; allowed: the rows, as SurvivalData";
        EventTable sampling = EventTable.of(entered(WeightType.SAMPLING));
        assertThatThrownBy(() -> KaplanMeier.withDefaults().fit(sampling))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> NelsonAalen.withDefaults().fit(sampling)).hasMessage(message);
        assertThatThrownBy(() -> AalenJohansen.withDefaults().fit(sampling)).hasMessage(message);
        assertThatThrownBy(() -> ReverseKaplanMeier.withDefaults().fit(sampling))
                .hasMessage(message);
        EventTable frequency = EventTable.of(entered(WeightType.FREQUENCY));
        assertThatThrownBy(() -> KaplanMeier.withDefaults().withRobustVariance().fit(frequency))
                .hasMessage(message);
        assertThat(KaplanMeier.withDefaults().fit(frequency).conventions()).containsEntry("variance", "greenwood");
        // The rows carry it.
        assertThat(KaplanMeier.withDefaults()
                        .fit(entered(WeightType.SAMPLING))
                        .get("all")
                        .standardError(0))
                .isPositive();
        assertThat(NelsonAalen.withDefaults()
                        .withRobustVariance()
                        .fit(entered(WeightType.FREQUENCY))
                        .get("all")
                        .conventions())
                .containsEntry("variance", "robust (infinitesimal jackknife)");
    }

    @Test
    void rankTestsStillRefuseSamplingWeights() {
        EventTable table =
                EventTable.of(data().weights(WEIGHT, WeightType.SAMPLING).build());
        assertThatThrownBy(() -> RiskSets.of(List.of(table), TieRule.DEFAULT))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("weight type is sampling, whose variance must be robust; allowed here: frequency weights");
    }

    @ParameterizedTest
    @ValueSource(strings = {"AALEN", "CMPRSK"})
    void otherVariancesWhereItMustBeRobust(String name) {
        IncidenceVariance variance = IncidenceVariance.valueOf(name);
        AalenJohansen procedure = AalenJohansen.withDefaults().withVariance(variance);
        String message = "variance of the incidence is " + variance.label()
                + "; allowed: delta, as the variance must be robust here (over ";
        assertThatThrownBy(() -> procedure.fit(
                        data().weights(WEIGHT, WeightType.SAMPLING).build()))
                .hasMessage(message + "rows)");
        assertThatThrownBy(() -> procedure.fit(data().cluster(Categories.of(List.of("a", "b", "a", "b", "c")))
                        .build()))
                .hasMessage(message + "cluster)");
        assertThatThrownBy(() -> procedure.fit(data().id(Categories.of(List.of("a", "b", "a", "b", "c")))
                        .recurrent()
                        .build()))
                .hasMessage(message + "id)");
        assertThatThrownBy(() -> procedure.withRobustVariance().fit(TIME, STATUS))
                .hasMessage(message + "rows)");
    }

    @Test
    void cmprskHasNeitherWeightsNorEntry() {
        AalenJohansen procedure = AalenJohansen.withDefaults().withVariance(IncidenceVariance.CMPRSK);
        String message = "variance of the incidence is cmprsk; allowed: delta or aalen with weights or delayed entry,"
                + " which cmprsk does not have";
        SurvivalData weighted = data().weights(WEIGHT, WeightType.FREQUENCY).build();
        SurvivalData late = data().entry(new double[] {0, 0, 1, 0, 1}).build();
        assertThatThrownBy(() -> procedure.fit(weighted)).hasMessage(message);
        assertThatThrownBy(() -> procedure.fit(EventTable.of(late))).hasMessage(message);
        AalenJohansen aalen = AalenJohansen.withDefaults().withVariance(IncidenceVariance.AALEN);
        assertThat(aalen.fit(late).get("all").incidence("1").standardError(0)).isPositive();
        // A frequency of 2 is the row twice, here too.
        IncidenceEstimate once = aalen.fit(weighted).get("all");
        IncidenceEstimate twice = aalen.fit(new double[] {1, 2, 2, 2, 3, 3, 4}, new int[] {1, 2, 2, 0, 1, 1, 0});
        for (int p = 0; p < once.size(); p++) {
            assertThat(once.incidence("1").standardError(p))
                    .isEqualTo(twice.incidence("1").standardError(p));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -2, Double.NaN, Double.POSITIVE_INFINITY})
    void horizonsOfTimeLost(double bad) {
        String message = "tau is " + bad + "; allowed: 0 < tau < infinity";
        assertThatThrownBy(() -> KaplanMeier.withDefaults().fit(TIME, STATUS).restrictedMeanTimeLost(bad))
                .hasMessage(message);
        assertThatThrownBy(() -> AalenJohansen.withDefaults()
                        .fit(TIME, STATUS)
                        .incidence("1")
                        .restrictedMeanTimeLost(bad))
                .hasMessage(message);
    }

    @Test
    void timeLostThatIsNotKnown() {
        assertThat(KaplanMeier.withDefaults()
                        .fit(TIME, STATUS)
                        .restrictedMeanTimeLost(5)
                        .reason())
                .isEqualTo("tau is 5 and follow-up ends at 4");
        AalenJohansen late = AalenJohansen.withDefaults().withStart(2);
        CauseIncidence curve = late.fit(TIME, STATUS).incidence("1");
        assertThat(curve.restrictedMeanTimeLost(5).reason()).isEqualTo("tau is 5 and follow-up ends at 4");
        for (double early : new double[] {1, 2}) {
            assertThat(curve.restrictedMeanTimeLost(early).reason())
                    .isEqualTo("the curves are conditional on no event up to 2.0");
        }
        assertThat(curve.restrictedMeanTimeLost(4).estimate()).isEqualTo(0.5);
    }

    @Test
    void unknownCauseOfOneMinusKaplanMeier() {
        assertThatThrownBy(() -> AalenJohansen.withDefaults().fit(TIME, STATUS).oneMinusKaplanMeier("3"))
                .hasMessage("cause is 3; allowed: 1 or 2");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, Double.NaN})
    void levelsOfFollowUp(double bad) {
        assertThatThrownBy(() -> ReverseKaplanMeier.withDefaults().withLevel(bad))
                .hasMessage("level is " + bad + "; allowed: 0 < level < 1");
    }

    @Test
    void followUpTakesEveryOption() {
        SurvivalEstimate curve = ReverseKaplanMeier.withDefaults()
                .withLevel(0.9)
                .withProfile(Profile.R)
                .withConfidenceType(ConfidenceType.PLAIN)
                .withTieRule(TieRule.EXACT)
                .fit(TIME, STATUS);
        assertThat(curve.conventions())
                .containsEntry("level", "0.9")
                .containsEntry("profile", "r")
                .containsEntry("interval", "plain")
                .containsEntry("tieTolerance", "0.0");
        assertThatThrownBy(() -> ReverseKaplanMeier.withDefaults().fit(new double[] {-1}, new int[] {0}))
                .hasMessageContaining("-1");
    }

    @Test
    void groupsHaveTheirOwnClusters() {
        SurvivalData grouped = data().group(Categories.of(List.of("g", "g", "g", "h", "h")))
                .cluster(Categories.of(List.of("a", "b", "a", "a", "c")))
                .build();
        Grouped<SurvivalEstimate> both = KaplanMeier.withDefaults().fit(grouped);
        // Of three in g one dies at 1: influences on log S -1/3, 1/6, 1/6, the first and last together.
        assertThat(both.get("g").standardError(0))
                .isEqualTo(Math.sqrt(2 / 36. * 4 / 9), org.assertj.core.api.Assertions.within(1e-15));
        assertThat(both.get("h").standardError(0))
                .isEqualTo(Math.sqrt(1 / 8.), org.assertj.core.api.Assertions.within(1e-15));
        assertThat(both.tidy().rowCount()).isEqualTo(4);
    }

    @Test
    void limitsAreMadeOnce() {
        SurvivalEstimate curve = KaplanMeier.withDefaults().fit(TIME, STATUS);
        assertThat(curve.limits()).isSameAs(curve.limits());
    }

    /** A patient of whom the first row ends at 1 and the next begins there did not leave at 1. */
    @Test
    void rowsWithinAPatientDoNotEndFollowUp() {
        SurvivalData split = SurvivalData.builder(new double[] {1, 4, 2, 3}, new int[] {0, 0, 1, 0})
                .entry(new double[] {0, 1, 0, 0})
                .id(Categories.of(List.of("p1", "p1", "p2", "p3")))
                .build();
        SurvivalData whole = SurvivalData.builder(new double[] {4, 2, 3}, new int[] {0, 1, 0})
                .id(Categories.of(List.of("p1", "p2", "p3")))
                .build();
        for (SurvivalData data : List.of(whole, split)) {
            assertThat(ReverseKaplanMeier.withDefaults()
                            .fit(data)
                            .get("all")
                            .median()
                            .estimate())
                    .isEqualTo(3.5);
        }
    }

    @Test
    void clustersWhereNoVarianceIsRobust() {
        SurvivalData clusters =
                data().cluster(Categories.of(List.of("a", "a", "b", "b", "c"))).build();
        String message = "the data have clusters or several rows a patient, for which %s has no variance;"
                + " allowed: one row a patient";
        assertThatThrownBy(() -> SmoothedHazard.forBandwidth(1).fit(clusters))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage(message, "a smoothed hazard");
        assertThatThrownBy(() -> LifeTable.of(0, 2, 5).fit(clusters))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage(message, "a life table");
    }

    /** The influences of all rows sum to 0, so one cluster would give an error of 0 and an interval of no width. */
    @Test
    void oneClusterGivesNoVariance() {
        SurvivalData one =
                data().cluster(Categories.of(List.of("a", "a", "a", "a", "a"))).build();
        String message = "not estimable: all rows of group 'all' are in one cluster, which shows no variance between"
                + " clusters; allowed: two clusters or more a group, or data without the cluster column";
        assertThatThrownBy(() -> KaplanMeier.withDefaults().fit(one))
                .isInstanceOf(NotEstimableException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> NelsonAalen.withDefaults().fit(one)).hasMessage(message);
        assertThatThrownBy(() -> AalenJohansen.withDefaults().fit(one)).hasMessage(message);
        assertThatThrownBy(() -> ReverseKaplanMeier.withDefaults().fit(one)).hasMessage(message);
        assertThatThrownBy(() -> StateOccupancy.withDefaults().fit(MultiStateData.of(one)))
                .hasMessage(message);
    }

    /** Three patients alike, each in two rows, are what they are in one row: the square counts three times, not nine. */
    @Test
    void aWeightedPatientInTwoRowsIsReplicatedAsInOne() {
        double[] weight = {3, 1, 2, 1, 4};
        SurvivalData whole = data().weights(weight, WeightType.FREQUENCY).build();
        SurvivalData split = SurvivalData.builder(new double[] {1, 1, 2, 2, 3, 3, 4}, new int[] {1, 0, 2, 0, 1, 0, 0})
                .entry(new double[] {0, 0, 1, 0, 0, 0, 3})
                .id(Categories.of(List.of("p1", "p2", "p2", "p3", "p4", "p5", "p5")))
                .weights(new double[] {3, 1, 1, 2, 1, 4, 4}, WeightType.FREQUENCY)
                .build();
        SurvivalEstimate expected = KaplanMeier.withDefaults().fit(whole).get("all");
        SurvivalEstimate found = KaplanMeier.withDefaults().fit(split).get("all");
        for (double t : new double[] {1, 2, 3}) {
            assertThat(found.survivalAt(t).standardError().orElseThrow())
                    .isCloseTo(expected.survivalAt(t).standardError().orElseThrow(), within(1e-14));
        }
    }

    @ParameterizedTest
    @EnumSource(WeightType.class)
    void weightsThatAreAllZeroGiveNoCurve(WeightType type) {
        SurvivalData data = SurvivalData.builder(new double[] {1, 2, 3}, new int[] {1, 0, 1})
                .weights(new double[3], type)
                .build();
        String message = "the weights of all 3 rows are 0; allowed: some weight above 0";
        assertThatThrownBy(() -> KaplanMeier.withDefaults().fit(data))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> AalenJohansen.withDefaults().fit(data)).hasMessage(message);
        assertThatThrownBy(() -> NelsonAalen.withDefaults().fit(data)).hasMessage(message);
    }
}
