package io.engraft.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.curve.PointEstimate;
import io.engraft.curve.Profile;
import io.engraft.data.DurationUnit;
import io.engraft.data.EventTable;
import io.engraft.data.SurvivalData;
import io.engraft.data.TieRule;
import io.engraft.data.WeightType;
import io.engraft.estimate.interval.Turnbull;
import io.engraft.estimate.interval.TurnbullEstimate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Data that once broke some library of this field, each under the name it has in the list of regressions. */
class NamedCasesTest {

    private static SurvivalEstimate km(double[] time, int... status) {
        return KaplanMeier.withDefaults().fit(time, status);
    }

    private static SurvivalEstimate km(SurvivalData.Builder data) {
        return KaplanMeier.withDefaults().fit(data.build()).get("all");
    }

    private static double[] at(double... times) {
        return times;
    }

    @Test
    void floatTies_sqrt2squared() {
        double two = Math.sqrt(2) * Math.sqrt(2);
        SurvivalEstimate curve = km(at(2, two, 3), 1, 1, 0);
        assertThat(curve.size()).isEqualTo(2);
        assertThat(curve.survival(0)).isCloseTo(1.0 / 3, within(1e-15));
        assertThat(curve.conventions()).containsEntry("tieTolerance", "1.0E-8");
        double[] days = {30, 60, 61, 90, 30, 61, 365, 731};
        int[] status = {1, 1, 1, 0, 0, 1, 1, 0};
        double[] years = new double[days.length];
        for (int i = 0; i < days.length; i++) {
            // The two 61s reach years by different arithmetic, as when two files are joined.
            years[i] = i % 2 == 0 ? days[i] / 365.25 : (days[i] + 1e6) / 365.25 - 1e6 / 365.25;
        }
        SurvivalEstimate inDays = km(days, status);
        SurvivalEstimate inYears = km(years, status);
        assertThat(inYears.size()).isEqualTo(inDays.size());
        for (int i = 0; i < inDays.size(); i++) {
            assertThat(inYears.survival(i)).isEqualTo(inDays.survival(i));
            assertThat(inYears.standardError(i)).isEqualTo(Double.valueOf(inDays.standardError(i)));
            assertThat(DurationUnit.YEARS.to(DurationUnit.DAYS, inYears.time(i)))
                    .isCloseTo(inDays.time(i), within(1e-6));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-9, 1e-10})
    void floatTies_tinyIntervals(double length) {
        SurvivalData.Builder data =
                SurvivalData.builder(at(1, 1 + length, 2), new int[] {0, 1, 0}).entry(at(0, 1, 0));
        assertThatThrownBy(() -> km(data))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("of its time long, within the tie tolerance 1.0E-8");
        SurvivalEstimate exact = KaplanMeier.withDefaults()
                .withTieRule(TieRule.EXACT)
                .fit(data.build())
                .get("all");
        assertThat(exact.atRiskAt(1 + length)).isEqualTo(2);
        assertThat(exact.survivalAt(2).estimate()).isEqualTo(0.5);
    }

    @Test
    void floatTies_summaryTimes() {
        double recorded = 0.1 + 0.2;
        assertThat(recorded).isNotEqualTo(0.3);
        SurvivalEstimate curve = km(at(recorded, 0.5, 0.7), 1, 1, 0);
        assertThat(curve.survivalAt(0.3)).isEqualTo(curve.survivalAt(recorded));
        assertThat(curve.at(0.3).get(0).survival().estimate()).isCloseTo(2.0 / 3, within(1e-15));
        assertThat(curve.at(0.3).get(0).events()).isEqualTo(1);
        assertThat(curve.at(0.3).get(0).atRisk()).isEqualTo(3);
        assertThat(curve.survivalAt(0.7 * (1 + 1e-12)).isEstimable()).isTrue();
        assertThat(curve.survivalAt(0.7 * (1 + 1e-7)).isEstimable()).isFalse();
    }

    @Test
    void floatTies_survSplit() {
        // 0.3 cut at 0.1 and 0.2 by repeated addition: the pieces end at 0.1 + 0.2, not at 0.3.
        SurvivalEstimate whole =
                km(SurvivalData.builder(at(0.3, 0.3, 0.5), new int[] {1, 0, 1}).entry(at(0, 0, 0)));
        double[] cut = {0.1, 0.1 + 0.1, 0.1 + 0.1 + 0.1};
        SurvivalEstimate pieces =
                km(SurvivalData.builder(at(cut[0], cut[1], cut[2], 0.3, 0.1 + 0.2, 0.5), new int[] {0, 0, 1, 0, 0, 1})
                        .entry(at(0, cut[0], cut[1], 0, 0, cut[2])));
        assertThat(pieces.survivalAt(0.3)).isEqualTo(whole.survivalAt(0.3));
        assertThat(pieces.survivalAt(0.5)).isEqualTo(whole.survivalAt(0.5));
        assertThat(pieces.jumpTimes()).hasSize(2);
    }

    @Test
    void floatTies_ipcwWeights() {
        // Weights 1 / G(t-) from the curve of censoring. 0.1 + 0.2 and 0.3, 0.1 * 7 and 0.7 are one time each.
        double[] time = {0.5, 0.1 + 0.2, 0.7, 0.3, 0.9, 0.1 * 7, 0.3, 0.2};
        int[] status = {0, 1, 1, 0, 1, 0, 2, 1};
        double[] exact = {0.5, 0.3, 0.7, 0.3, 0.9, 0.7, 0.3, 0.2};
        assertThat(time[1]).isNotEqualTo(0.3);
        assertThat(time[5]).isNotEqualTo(0.7);
        double[] times = {0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8};
        // At risk 7 at 0.3 (those with an event there included), 4 at 0.5, 3 at 0.7.
        double[] censoring = {1, 6.0 / 7, 6.0 / 7, 9.0 / 14, 9.0 / 14, 3.0 / 7, 3.0 / 7};
        ReverseKaplanMeier procedure = ReverseKaplanMeier.withDefaults();
        SurvivalEstimate sorted = procedure.fit(exact, status);
        for (int turn = 0; turn < time.length; turn++) {
            int[] order = new int[time.length];
            for (int i = 0; i < order.length; i++) {
                order[i] = (3 * i + turn) % time.length;
            }
            SurvivalEstimate curve = procedure.fit(
                    Arrays.stream(order).mapToDouble(i -> time[i]).toArray(),
                    Arrays.stream(order).map(i -> status[i]).toArray());
            assertThat(curve.survivalValues(times)).containsExactly(sorted.survivalValues(times));
            assertThat(curve.survivalValues(times)).containsExactly(censoring, within(1e-15));
            assertThat(curve.survivalAt(0.1 + 0.2)).isEqualTo(curve.survivalAt(0.3));
            // With the event first, 0.3 has 5 at risk of censoring and 0.7 has 2.
            SurvivalEstimate eventFirst = procedure
                    .withTies(ReverseKaplanMeier.Ties.EVENT_FIRST)
                    .fit(
                            Arrays.stream(order).mapToDouble(i -> time[i]).toArray(),
                            Arrays.stream(order).map(i -> status[i]).toArray());
            assertThat(eventFirst.survivalValues(at(0.3, 0.5, 0.7))).containsExactly(at(0.8, 0.6, 0.3), within(1e-15));
        }
    }

    @Test
    void turnbull_negativeVariance() {
        // Counts that are equal but for the last digits: nearly all die at 1. No variance may be below 0.
        double nearly = 1e6 - 1e-9;
        for (double dead : at(1e15 - 1, 1e15, 3e9 + 1, 3e9)) {
            SurvivalEstimate curve = km(SurvivalData.builder(at(1, 1, 1, 2, 3), new int[] {1, 1, 1, 0, 1})
                    .weights(at(dead, Math.floor(dead / 3), 1, 10, 1), WeightType.FREQUENCY));
            for (int p = 0; p < curve.size() - 1; p++) {
                assertThat(curve.survival(p)).isPositive();
                assertThat(curve.standardError(p)).isNotNegative().isFinite();
            }
            IncidenceEstimate all = AalenJohansen.withDefaults()
                    .fit(SurvivalData.builder(at(1, 1, 1, 2, 3), new int[] {1, 2, 1, 0, 1})
                            .weights(at(dead, Math.floor(dead / 3), 1, 10, 1), WeightType.FREQUENCY)
                            .build())
                    .get("all");
            for (int p = 0; p < all.size(); p++) {
                assertThat(all.incidence("1").standardError(p)).isNotNegative();
                assertThat(all.incidence("2").standardError(p)).isNotNegative();
            }
        }
        // Turnbull's estimate gives none, so none can be wrong; its masses are at least 0.
        TurnbullEstimate found =
                Turnbull.withDefaults().fit(at(0, 0, 1, 1), at(2, 2, 3, 3), at(nearly, 1e6, 1e-9, 1e6 + 1e-9));
        for (int j = 0; j < found.size(); j++) {
            assertThat(found.mass(j)).isBetween(0.0, 1.0);
        }
        assertThat(found.survivalAt(3).standardError()).isEmpty();
    }

    @Test
    void km_intTimesTruncate() {
        assertThat(km(at(1, 2, 3), 1, 1, 0).survivalValues(at(1, 2))).containsExactly(2.0 / 3, 2.0 / 3 * 0.5);
    }

    @Test
    void km_floatWeightsTruncate() {
        SurvivalEstimate curve = km(
                SurvivalData.builder(at(1, 2, 3), new int[] {1, 1, 0}).weights(at(0.9, 0.9, 1.8), WeightType.SAMPLING));
        assertThat(curve.atRisk(0)).isEqualTo(3.6);
        assertThat(curve.survival(0)).isCloseTo(0.75, within(1e-15));
        assertThat(curve.survival(1)).isCloseTo(0.5, within(1e-15));
    }

    @ParameterizedTest
    @ValueSource(ints = {100_000, 1_000_000, 5_000_000})
    void km_underflow(int n) {
        // Without censoring the product telescopes: S = (n - k) / n, its variance S (1 - S) / n.
        double[] time = new double[n];
        int[] status = new int[n];
        for (int i = 0; i < n; i++) {
            time[i] = i + 1;
            status[i] = 1;
        }
        SurvivalEstimate curve = km(time, status);
        for (int k = 1; k < n; k += k < n - 1000 ? 997 : 1) {
            double s = (double) (n - k) / n;
            assertThat(curve.survival(k - 1)).isCloseTo(s, within(1e-10 * s));
            double v = s * (1 - s) / n;
            assertThat(curve.standardError(k - 1)).isCloseTo(Math.sqrt(v), within(1e-10 * Math.sqrt(v)));
        }
        assertThat(curve.survival(n - 1)).isZero();
    }

    @Test
    void km_leftRightLimit() {
        SurvivalEstimate curve = km(at(1, 2, 3), 1, 1, 0);
        assertThat(curve.survivalValues(at(0.999, 1, 1.5, 1.999, 2, 3)))
                .containsExactly(1, 2.0 / 3, 2.0 / 3, 2.0 / 3, 1.0 / 3, 1.0 / 3);
    }

    @Test
    void km_beforeFirstEvent() {
        SurvivalEstimate curve = km(at(5, 6), 1, 0);
        assertThat(curve.survivalAt(0).estimate()).isEqualTo(1);
        assertThat(curve.survivalAt(4.9).estimate()).isEqualTo(1);
        assertThat(curve.survivalAt(4.9).standardError().orElseThrow()).isZero();
        assertThat(curve.survivalAt(4.9).interval().reason()).contains("the estimate is 1");
        assertThat(curve.cumulativeHazardAt(4.9).estimate()).isZero();
        assertThat(AalenJohansen.withDefaults()
                        .fit(at(5, 6), new int[] {1, 0})
                        .incidence("1")
                        .incidenceAt(4)
                        .estimate())
                .isZero();
    }

    @Test
    void km_medianExactlyHalf() {
        // Ten steps of 1 - 1/n reach 0.5 only up to rounding; the flat runs from 10 to 11.
        double[] time = new double[20];
        int[] status = new int[20];
        for (int i = 0; i < 20; i++) {
            time[i] = i + 1;
            status[i] = 1;
        }
        assertThat(km(time, status).median().estimate()).isEqualTo(10.5);
        assertThat(km(at(1, 2, 3, 4), 1, 1, 0, 0).median().estimate()).isEqualTo(3);
        assertThat(KaplanMeier.withDefaults()
                        .withProfile(Profile.R)
                        .fit(at(1, 2, 3, 4), new int[] {1, 1, 0, 0})
                        .median()
                        .estimate())
                .isEqualTo(3);
    }

    @Test
    void km_afterLastCensored() {
        SurvivalEstimate censored = km(at(1, 2, 3), 1, 1, 0);
        assertThat(censored.survivalAt(3).estimate()).isCloseTo(1.0 / 3, within(1e-15));
        for (double t : at(3.1, 1e9, Double.POSITIVE_INFINITY)) {
            assertThat(censored.survivalAt(t).isEstimable()).isFalse();
            assertThat(censored.survivalAt(t).reason()).isEqualTo("follow-up ends at 3");
            assertThat(censored.survivalValues(at(t))[0]).isNaN();
            assertThat(censored.atRiskAt(t)).isZero();
        }
        SurvivalEstimate died = km(at(1, 2, 3), 1, 0, 1);
        assertThat(died.survivalAt(1e9).estimate()).isZero();
        assertThat(died.survivalAt(Double.POSITIVE_INFINITY).estimate()).isZero();
        assertThat(died.horizon()).isInfinite();
        assertThat(died.cumulativeHazardAt(4).isEstimable()).isFalse();
    }

    @Test
    void km_entryTiesEvent() {
        SurvivalEstimate curve =
                km(SurvivalData.builder(at(2, 4, 5), new int[] {1, 1, 0}).entry(at(0, 0, 2)));
        assertThat(curve.atRisk(0)).isEqualTo(2);
        assertThat(curve.atRisk(1)).isEqualTo(2);
        assertThat(curve.survivalValues(at(2, 4))).containsExactly(0.5, 0.25);
    }

    @Test
    void km_entryEqualsExit() {
        assertThatThrownBy(() -> SurvivalData.builder(at(2, 4), new int[] {1, 0})
                        .entry(at(0, 4))
                        .build())
                .isInstanceOf(InvalidDataException.class)
                .hasMessage("row 2, column 'entry', value '4.0': allowed: entry < time, which is 4.0");
    }

    @Test
    void km_riskSetEmptiesEarly() {
        SurvivalEstimate curve =
                km(SurvivalData.builder(at(1, 5, 6, 7), new int[] {1, 1, 0, 0}).entry(at(0, 2, 3, 3)));
        assertThat(curve.survivalValues(at(1, 5, 7))).containsExactly(0, 0, 0);
        assertThat(curve.warnings()).first().asString().contains("survival falls to 0 at time 1");
        SurvivalEstimate later = KaplanMeier.withDefaults()
                .withStart(1)
                .fit(SurvivalData.builder(at(1, 5, 6, 7), new int[] {1, 1, 0, 0})
                        .entry(at(0, 2, 3, 3))
                        .build())
                .get("all");
        assertThat(later.survivalAt(5).estimate()).isCloseTo(2.0 / 3, within(1e-15));
        assertThat(later.warnings()).singleElement().asString().startsWith("nobody is at risk from time 1 to 2");
    }

    @Test
    void atRiskTable_lateEntry() {
        SurvivalEstimate curve =
                km(SurvivalData.builder(at(2, 8, 9, 9), new int[] {1, 1, 0, 0}).entry(at(0, 1, 4, 4)));
        assertThat(Arrays.stream(at(0, 1, 1.5, 2, 3, 4, 4.5, 8, 9, 10))
                        .map(curve::atRiskAt)
                        .toArray())
                .containsExactly(0, 1, 2, 2, 1, 1, 3, 3, 2, 0);
    }

    @Test
    void extremeDates() {
        SurvivalEstimate curve = km(at(1e-300, 1, 1e15, 1e300), 1, 1, 1, 0);
        assertThat(curve.survivalValues(at(1e-300, 1, 1e15, 1e300))).containsExactly(0.75, 0.5, 0.25, 0.25);
        for (double unit : at(1e300, 1e-300)) {
            PointEstimate mean = km(at(unit, 2 * unit, 3 * unit), 1, 1, 0).restrictedMean(3 * unit);
            PointEstimate plain = km(at(1, 2, 3), 1, 1, 0).restrictedMean(3);
            assertThat(mean.estimate() / unit).isCloseTo(plain.estimate(), within(1e-14));
            assertThat(mean.standardError().orElseThrow() / unit)
                    .isCloseTo(plain.standardError().orElseThrow(), within(1e-14));
        }
    }

    @Test
    void na_overflow() {
        EventTable table = EventTable.of(at(1, 2, 3), new int[] {1, 1, 0});
        for (int i = 0; i < 29; i++) {
            table = table.merge(table);
        }
        HazardEstimate merged = NelsonAalen.withDefaults().fit(table);
        assertThat(merged.cumulativeHazardAt(2).estimate()).isCloseTo(1.0 / 3 + 0.5, within(1e-15));
        SurvivalData weighted = SurvivalData.builder(at(1, 2, 3), new int[] {1, 1, 0})
                .weights(at(4e9, 4e9, 4e9), WeightType.FREQUENCY)
                .build();
        HazardEstimate heavy = NelsonAalen.withDefaults().fit(weighted).get("all");
        assertThat(heavy.cumulativeHazardAt(2).estimate()).isCloseTo(1.0 / 3 + 0.5, within(1e-15));
        double variance = (1.0 / 9 + 1.0 / 4) / 4e9;
        assertThat(heavy.cumulativeHazardAt(2).standardError().orElseThrow())
                .isCloseTo(Math.sqrt(variance), within(1e-20));
    }

    @Test
    void aj_tiedCauses() {
        double[] time = {1, 1, 1, 1, 2};
        IncidenceEstimate one = AalenJohansen.withDefaults().fit(time, new int[] {1, 2, 1, 0, 2});
        IncidenceEstimate two = AalenJohansen.withDefaults().fit(time, new int[] {0, 1, 1, 2, 2});
        assertThat(one.incidence("1").incidence(0)).isEqualTo(0.4);
        assertThat(one.incidence("2").incidence(0)).isEqualTo(0.2);
        assertThat(two.incidence("1").incidenceAt(2))
                .isEqualTo(one.incidence("1").incidenceAt(2));
        assertThat(two.incidence("2").incidenceAt(2))
                .isEqualTo(one.incidence("2").incidenceAt(2));
    }

    @Test
    void aj_postJumpSurvival() {
        // With S(t) in place of S(t-) the sum of the incidences would fall short of 1 - S.
        IncidenceEstimate all = AalenJohansen.withDefaults().fit(at(1, 2, 3, 4), new int[] {1, 2, 1, 0});
        double[][] p = all.probabilityValues(at(1, 2, 3, 4));
        for (int j = 0; j < 4; j++) {
            assertThat(p[1][j] + p[2][j]).isCloseTo(1 - p[0][j], within(1e-14));
        }
        assertThat(p[1][2]).isCloseTo(0.5, within(1e-14));
    }

    @Test
    void aj_reportingGrid() {
        double[] time = {0.3, 0.7, 1.1, 1.9, 2.5};
        CauseIncidence curve = AalenJohansen.withDefaults()
                .fit(time, new int[] {1, 1, 2, 1, 0})
                .incidence("1");
        assertThat(curve.incidenceAt(2)).isEqualTo(curve.incidenceAt(1.9));
        assertThat(curve.at(1, 2).get(1).incidence())
                .isEqualTo(curve.at(2).get(0).incidence());
        assertThat(curve.at(2, 1).get(0).incidence()).isEqualTo(curve.incidenceAt(2));
        assertThat(curve.at(1, 2).stream().mapToDouble(CauseIncidence.IncidencePoint::events))
                .containsExactly(2.0, 1.0);
    }

    @Test
    void aj_noCensoredLevel() {
        // Everybody has an event: code 1 is still a cause, not censoring.
        IncidenceEstimate all = AalenJohansen.withDefaults().fit(at(1, 2, 3), new int[] {1, 2, 1});
        assertThat(all.causes()).containsExactly("1", "2");
        assertThat(all.incidence("1").incidenceAt(3).estimate()).isCloseTo(2.0 / 3, within(1e-15));
        assertThat(all.incidence("2").incidenceAt(3).estimate()).isCloseTo(1.0 / 3, within(1e-15));
    }

    @Test
    void aj_varianceLargeN() {
        int n = 300_000;
        double[] time = new double[n];
        int[] status = new int[n];
        for (int i = 0; i < n; i++) {
            time[i] = i + 1;
            status[i] = 1 + i % 2;
        }
        IncidenceEstimate all = AalenJohansen.withDefaults().fit(time, status);
        CauseIncidence curve = all.incidence("1");
        for (int i = 0; i < n; i += 1009) {
            double f = (i / 2 + 1) / (double) n;
            double v = f * (1 - f) / n;
            assertThat(curve.incidence(i)).isCloseTo(f, within(1e-10 * f));
            assertThat(curve.standardError(i)).isCloseTo(Math.sqrt(v), within(1e-10 * Math.sqrt(v)));
        }
        double[][] joint = all.covariance(at(n / 2.0));
        assertThat(joint[1][2]).isCloseTo(-0.25 * 0.25 / n, within(1e-10 * 0.0625 / n));
    }

    @Test
    void rmst_tauDefault() {
        SurvivalEstimate curve = km(at(1, 2, 3), 1, 1, 0);
        // There is no method without a horizon, and one beyond follow-up is no silent default.
        assertThat(Arrays.stream(SurvivalEstimate.class.getMethods())
                        .filter(m -> m.getName().equals("restrictedMean"))
                        .map(m -> List.of(m.getParameterTypes())))
                .containsExactly(List.of(double.class));
        assertThat(curve.restrictedMean(3.5).isEstimable()).isFalse();
        assertThat(curve.restrictedMean(3.5).reason()).isEqualTo("tau is 3.5 and follow-up ends at 3");
        assertThat(curve.restrictedMean(3).estimate()).isCloseTo(2, within(1e-15));
        assertThat(km(at(1, 2), 1, 1).restrictedMean(10).estimate()).isEqualTo(1.5);
    }
}
