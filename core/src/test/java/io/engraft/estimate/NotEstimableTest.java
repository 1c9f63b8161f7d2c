package io.engraft.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engraft.EngraftException;
import io.engraft.InvalidArgumentException;
import io.engraft.NotEstimableException;
import io.engraft.curve.ConfidenceType;
import io.engraft.curve.Limits;
import io.engraft.curve.PointEstimate;
import io.engraft.curve.Profile;
import io.engraft.data.SurvivalData;
import io.engraft.data.TidyTable;
import io.engraft.data.TieRule;
import io.engraft.data.WeightType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What curves refuse, and what they say they do not know: never a silent number. */
class NotEstimableTest {

    private static final double[] TIME = {1, 2, 2, 3, 4};
    private static final int[] STATUS = {1, 2, 0, 1, 0};

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -0.1, 1.5, Double.NaN, Double.POSITIVE_INFINITY})
    void levels(double bad) {
        String message = "level is " + bad + "; allowed: 0 < level < 1";
        assertThatThrownBy(() -> KaplanMeier.withDefaults().withLevel(bad))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> NelsonAalen.withDefaults().withLevel(bad)).hasMessage(message);
        assertThatThrownBy(() -> AalenJohansen.withDefaults().withLevel(bad)).hasMessage(message);
        assertThatThrownBy(() -> ConfidenceType.normalQuantile(bad)).hasMessage(message);
        assertThatThrownBy(() ->
                        Limits.of(ConfidenceType.LOG, new double[] {0.5}, new double[] {0.1}, bad, Profile.ENGRAFT))
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, -1e-300, Double.NaN, Double.NEGATIVE_INFINITY})
    void timesOfReading(double bad) {
        String message = "time is " + bad + "; allowed: 0 <= time";
        SurvivalEstimate s = KaplanMeier.withDefaults().fit(TIME, STATUS);
        HazardEstimate h = NelsonAalen.withDefaults().fit(TIME, STATUS);
        IncidenceEstimate all = AalenJohansen.withDefaults().fit(TIME, STATUS);
        CauseIncidence f = all.incidence("1");
        double[] times = {1, bad};
        List<org.assertj.core.api.ThrowableAssert.ThrowingCallable> readings = List.of(
                () -> s.survivalAt(bad),
                () -> s.survivalValues(times),
                () -> s.survivalCovariance(times),
                () -> s.cumulativeHazardAt(bad),
                () -> s.cumulativeHazardValues(times),
                () -> s.atRiskAt(bad),
                () -> s.at(times),
                () -> h.cumulativeHazardAt(bad),
                () -> h.cumulativeHazardValues(times),
                () -> h.atRiskAt(bad),
                () -> all.probabilityAt("1", bad),
                () -> all.probabilityAt(IncidenceEstimate.EVENT_FREE, bad),
                () -> all.probabilityValues(times),
                () -> all.covariance(times),
                () -> all.atRiskAt(bad),
                () -> f.incidenceAt(bad),
                () -> f.incidenceValues(times),
                () -> f.at(times));
        for (int i = 0; i < readings.size(); i++) {
            assertThatThrownBy(readings.get(i))
                    .as("reading " + i)
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessage(message);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN})
    void countsUpToBadTimes(double bad) {
        SurvivalEstimate s = KaplanMeier.withDefaults().fit(TIME, STATUS);
        HazardEstimate h = NelsonAalen.withDefaults().fit(TIME, STATUS);
        IncidenceEstimate all = AalenJohansen.withDefaults().fit(TIME, STATUS);
        for (io.engraft.curve.FollowUp counts : List.of(s, h, all)) {
            assertThatThrownBy(() -> counts.eventsUpTo(bad)).hasMessage("time is " + bad + "; allowed: 0 <= time");
            assertThatThrownBy(() -> counts.censoredUpTo(bad)).hasMessage("time is " + bad + "; allowed: 0 <= time");
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -2, Double.NaN, Double.POSITIVE_INFINITY})
    void horizonsOfRestrictedMeans(double bad) {
        assertThatThrownBy(() -> KaplanMeier.withDefaults().fit(TIME, STATUS).restrictedMean(bad))
                .hasMessage("tau is " + bad + "; allowed: 0 < tau < infinity");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -1, Double.NaN})
    void shares(double bad) {
        assertThatThrownBy(() -> KaplanMeier.withDefaults().fit(TIME, STATUS).quantile(bad))
                .hasMessage("share is " + bad + "; allowed: 0 < share < 1");
    }

    @Test
    void starts() {
        assertThatThrownBy(() -> KaplanMeier.withDefaults().withStart(-1))
                .hasMessage("start is -1.0; allowed: 0 <= start < infinity");
        assertThatThrownBy(() -> AalenJohansen.withDefaults().withStart(Double.NaN))
                .hasMessage("start is NaN; allowed: 0 <= start < infinity");
        assertThatThrownBy(() -> KaplanMeier.withDefaults().withStart(4).fit(TIME, STATUS))
                .hasMessage("start is 4.0; allowed: before the last time, which is 4.0");
        SurvivalEstimate late = KaplanMeier.withDefaults().withStart(2).fit(TIME, STATUS);
        assertThat(late.survivalAt(1).reason()).isEqualTo("the curve is conditional on survival to 2");
        assertThat(late.restrictedMean(2).reason()).isEqualTo("the curve is conditional on survival to 2");
        assertThat(late.cumulativeHazardAt(1).reason()).isEqualTo("the curve starts at 2");
        assertThat(late.conventions()).containsEntry("conditionalOn", "survival to 2");
        IncidenceEstimate all = AalenJohansen.withDefaults().withStart(2).fit(TIME, STATUS);
        assertThat(all.probabilityAt("1", 1).reason()).isEqualTo("the curves are conditional on no event up to 2.0");
        assertThat(all.covariance(new double[] {1, 3})[0]).containsOnly(Double.NaN);
    }

    @Test
    void unknownNames() {
        IncidenceEstimate all = AalenJohansen.withDefaults().fit(TIME, STATUS);
        assertThatThrownBy(() -> all.incidence("3")).hasMessage("cause is 3; allowed: 1 or 2");
        assertThatThrownBy(() -> all.probabilityAt("3", 1))
                .hasMessage("state is 3; allowed: one of [event-free, 1, 2]");
        assertThatThrownBy(() -> KaplanMeier.withDefaults()
                        .fit(SurvivalData.of(TIME, STATUS))
                        .get("b"))
                .hasMessage("group is b; allowed: one of [all]");
    }

    private static void assertUnknown(PointEstimate estimate, String reason) {
        assertThat(estimate.isEstimable()).isFalse();
        assertThat(estimate.reason()).isEqualTo(reason);
        assertThat(estimate.optional()).isEmpty();
        assertThat(estimate.standardError()).isEmpty();
        assertThat(estimate.interval().isEstimable()).isFalse();
        assertThatThrownBy(estimate::estimate)
                .isInstanceOf(NotEstimableException.class)
                .isInstanceOf(EngraftException.class)
                .hasMessage("not estimable: " + reason);
    }

    @ParameterizedTest
    @ValueSource(doubles = {4.001, 1e300, Double.POSITIVE_INFINITY})
    void beyondFollowUp(double t) {
        String reason = "follow-up ends at 4";
        for (TieRule rule : List.of(TieRule.DEFAULT, TieRule.EXACT)) {
            SurvivalEstimate s = KaplanMeier.withDefaults().withTieRule(rule).fit(TIME, STATUS);
            IncidenceEstimate all =
                    AalenJohansen.withDefaults().withTieRule(rule).fit(TIME, STATUS);
            assertUnknown(s.survivalAt(t), reason);
            assertUnknown(s.cumulativeHazardAt(t), reason);
            assertUnknown(all.incidence("2").incidenceAt(t), reason);
            assertUnknown(all.probabilityAt(IncidenceEstimate.EVENT_FREE, t), reason);
            assertThat(s.survivalValues(new double[] {t})).containsExactly(Double.NaN);
            assertThat(s.cumulativeHazardValues(new double[] {t})).containsExactly(Double.NaN);
            assertThat(all.probabilityValues(new double[] {t})[1]).containsExactly(Double.NaN);
            assertThat(s.survivalCovariance(new double[] {1, t})[0][1]).isNaN();
            assertThat(s.survivalCovariance(new double[] {1, t})[0][0]).isPositive();
            assertThat(all.covariance(new double[] {1, t})[0][3]).isNaN();
            assertThat(all.covariance(new double[] {t, 1})[3][3]).isPositive();
            assertThat(s.at(t).get(0).survival().isEstimable()).isFalse();
            assertThat(s.at(t).get(0).atRiskRows()).isZero();
            assertThat(s.atRiskAt(t)).isZero();
            assertThat(s.eventsUpTo(t)).isEqualTo(3);
        }
    }

    @Test
    void timesOfEventsAndOfEntryAreNoCensoringTimes() {
        SurvivalData late = SurvivalData.builder(new double[] {1, 2, 3, 4}, new int[] {1, 0, 1, 0})
                .entry(new double[] {0, 0, 1.5, 0})
                .build();
        assertThat(KaplanMeier.withDefaults().fit(late).get("all").censoringTimes())
                .containsExactly(2, 4);
    }

    @Test
    void allCensored() {
        SurvivalEstimate s = KaplanMeier.withDefaults().fit(new double[] {1, 2}, new int[] {0, 0});
        assertThat(s.survivalAt(2).estimate()).isEqualTo(1);
        assertThat(s.survivalAt(2).interval().reason())
                .isEqualTo("the estimate is 1, so its standard error says nothing");
        assertUnknown(s.median(), "S stays above 0.5 up to 2");
        assertThat(s.warnings()).containsExactly("nobody had an event: survival stays 1 and has no interval");
        assertThat(s.restrictedMean(2).estimate()).isEqualTo(2);
        assertThat(s.restrictedMean(2).standardError().orElseThrow()).isZero();
        assertThat(s.cumulativeHazardAt(2).interval().reason()).isEqualTo("nobody had an event by then");
        assertThat(s.jumpTimes()).isEmpty();
        assertThat(s.censoringTimes()).containsExactly(1, 2);
        IncidenceEstimate all = AalenJohansen.withDefaults().fit(new double[] {1, 2}, new int[] {0, 0});
        assertThat(all.incidence("1").incidenceAt(2).estimate()).isZero();
        assertThat(all.incidence("1").incidenceAt(2).interval().isEstimable()).isFalse();
        assertThat(all.incidence("1").jumpTimes()).isEmpty();
        assertThat(all.warnings()).hasSize(1);
    }

    @Test
    void onePatientWithAnEvent() {
        SurvivalEstimate s = KaplanMeier.withDefaults().fit(new double[] {5}, new int[] {1});
        assertThat(s.survivalValues(new double[] {0, 4.9, 5, 100})).containsExactly(1, 1, 0, 0);
        assertThat(s.survivalAt(5).standardError()).isEmpty();
        assertThat(s.survivalAt(5).interval().reason())
                .isEqualTo("the estimate is 0, so its standard error says nothing");
        assertThat(s.median().estimate()).isEqualTo(5);
        assertThat(s.median().interval().reason()).isEqualTo("a limit of S does not come down to 0.5");
        assertThat(s.restrictedMean(10).estimate()).isEqualTo(5);
        assertThat(s.cumulativeHazardAt(5).estimate()).isEqualTo(1);
        CauseIncidence f = AalenJohansen.withDefaults()
                .fit(new double[] {5}, new int[] {1})
                .incidence("1");
        assertThat(f.incidenceAt(5).estimate()).isEqualTo(1);
        assertThat(f.incidenceAt(100).estimate()).isEqualTo(1);
        assertThat(f.horizon()).isInfinite();
    }

    @Test
    void onePatientCensored() {
        SurvivalEstimate s = KaplanMeier.withDefaults().fit(new double[] {5}, new int[] {0});
        assertThat(s.survivalAt(5).estimate()).isEqualTo(1);
        assertUnknown(s.survivalAt(6), "follow-up ends at 5");
        assertThat(s.horizon()).isEqualTo(5);
        assertThat(s.rows()).isEqualTo(1);
    }

    @Test
    void tablesHaveNothingWhereThereIsNoNumber() {
        TidyTable table = KaplanMeier.withDefaults()
                .fit(new double[] {1, 2, 3}, new int[] {0, 1, 1})
                .tidy();
        assertThat(table.value(0, "lower")).isNull();
        assertThat(table.value(0, "survival")).isEqualTo(1.0);
        assertThat(table.value(2, "std_error")).isNull();
        assertThat(table.value(2, "survival")).isEqualTo(0.0);
        assertThat(table.value(1, "std_error")).isNotNull();
    }

    /** The upper log limit is 1, 1, 0.811 at 4, then rises to 0.831 at 7; R's quantile gives 7, ours the first. */
    @Test
    void anUpperLimitThatRisesAgainCountsFromItsFirstCrossing() {
        SurvivalData data = SurvivalData.builder(
                        new double[] {4, 3, 5, 3, 2, 5, 8, 0, 5, 4, 7, 4, 4},
                        new int[] {1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1, 1, 1})
                .weights(new double[] {3, 1, 3, 1, 1, 2, 2, 4, 4, 3, 2, 4, 2}, WeightType.FREQUENCY)
                .build();
        SurvivalEstimate s =
                KaplanMeier.withDefaults().withProfile(Profile.R).fit(data).get("all");
        assertThat(s.limits().upper(s.size() - 1)).isGreaterThan(s.limits().upper(3));
        PointEstimate q = s.quantile(0.1);
        assertThat(q.estimate()).isEqualTo(4);
        assertThat(q.interval().lower()).hasValue(2);
        assertThat(q.interval().upper()).hasValue(4);
    }

    @Test
    void conventionsAreCarried() {
        assertThat(KaplanMeier.withDefaults()
                        .withProfile(Profile.R)
                        .withLevel(0.9)
                        .fit(TIME, STATUS)
                        .conventions())
                .containsEntry("profile", "r")
                .containsEntry("interval", "log")
                .containsEntry("level", "0.9")
                .containsEntry("variance", "greenwood")
                .containsEntry("atRisk", "entry < t <= time")
                .doesNotContainKeys("weights", "conditionalOn");
        assertThat(NelsonAalen.withDefaults().fit(TIME, STATUS).conventions())
                .containsEntry("variance", "d/n^2")
                .containsEntry("interval", "log");
        assertThat(AalenJohansen.withDefaults().fit(TIME, STATUS).conventions())
                .containsEntry("variance", "delta")
                .containsEntry("interval", "log-log");
    }
}
