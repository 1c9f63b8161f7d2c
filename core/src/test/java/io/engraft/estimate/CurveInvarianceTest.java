package io.engraft.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engraft.data.Categories;
import io.engraft.data.DurationUnit;
import io.engraft.data.EventTable;
import io.engraft.data.Grouped;
import io.engraft.data.SurvivalData;
import io.engraft.data.TidyTable;
import io.engraft.data.WeightType;
import io.engraft.testing.RandomFollowUp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What must not change an estimate: the order of rows, the unit, weights for repeats, a split of an interval. */
class CurveInvarianceTest {

    static RandomFollowUp[] samples() {
        return RandomFollowUp.many(1, 1001);
    }

    private static SurvivalEstimate km(SurvivalData data) {
        return KaplanMeier.withDefaults().fit(data).get("all");
    }

    private static IncidenceEstimate aj(SurvivalData data) {
        return AalenJohansen.withDefaults().fit(data).get("all");
    }

    private static HazardEstimate na(SurvivalData data) {
        return NelsonAalen.withDefaults().fit(data).get("all");
    }

    /** All cells, NaN and missing ones included, bit by bit. */
    private static List<List<Object>> cells(TidyTable table) {
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < table.rowCount(); i++) {
            List<Object> row = new ArrayList<>();
            for (int j = 0; j < table.columns().size(); j++) {
                Object cell = table.value(i, j);
                row.add(cell == null ? "missing" : cell);
            }
            rows.add(row);
        }
        return rows;
    }

    private static void assertSameBits(SurvivalData one, SurvivalData other, String what) {
        assertThat(cells(km(other).tidy())).as(what).isEqualTo(cells(km(one).tidy()));
        assertThat(cells(na(other).tidy())).as(what).isEqualTo(cells(na(one).tidy()));
        assertThat(cells(aj(other).tidy())).as(what).isEqualTo(cells(aj(one).tidy()));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void orderOfRowsChangesNoBit(RandomFollowUp sample) {
        int[] order = sample.shuffled();
        assertSameBits(sample.data(), sample.select(order).build(), "permuted");
        List<String> groups = Arrays.stream(order).mapToObj(sample.group::get).toList();
        SurvivalData permuted =
                sample.select(order).group(Categories.of(groups)).build();
        assertThat(cells(AalenJohansen.withDefaults().fit(permuted).tidy()))
                .isEqualTo(
                        cells(AalenJohansen.withDefaults().fit(sample.grouped()).tidy()));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void powersOfTwoAsUnitChangeOnlyTimes(RandomFollowUp sample) {
        for (double factor : new double[] {0x1p-30, 0.25, 2, 0x1p40}) {
            SurvivalData scaled = scale(sample, t -> t * factor);
            SurvivalEstimate a = km(sample.data());
            SurvivalEstimate b = km(scaled);
            assertThat(b.size()).isEqualTo(a.size());
            for (int i = 0; i < a.size(); i++) {
                assertThat(b.time(i)).isEqualTo(a.time(i) * factor);
                assertThat(b.survival(i)).isEqualTo(a.survival(i));
                assertThat(b.standardError(i)).isEqualTo(Double.valueOf(a.standardError(i)));
            }
            double tau = a.time(a.size() - 1);
            if (tau > 0) {
                assertThat(b.restrictedMean(tau * factor).estimate())
                        .isEqualTo(a.restrictedMean(tau).estimate() * factor);
                assertThat(b.restrictedMean(tau * factor).standardError().orElseThrow())
                        .isEqualTo(a.restrictedMean(tau).standardError().orElseThrow() * factor);
            }
            assertThat(b.median().optional().orElse(-1))
                    .isEqualTo(a.median().optional().orElse(-1 / factor) * factor);
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void daysAsMonthsOrYearsKeepTies(RandomFollowUp sample) {
        for (DurationUnit unit : List.of(DurationUnit.MONTHS, DurationUnit.YEARS)) {
            SurvivalData converted = scale(sample, t -> DurationUnit.DAYS.to(unit, t));
            IncidenceEstimate a = aj(sample.data());
            IncidenceEstimate b = aj(converted);
            assertThat(b.size()).isEqualTo(a.size());
            for (int i = 0; i < a.size(); i++) {
                assertThat(unit.to(DurationUnit.DAYS, b.time(i))).isCloseTo(a.time(i), within(1e-12 * a.time(i)));
                assertThat(b.atRisk(i)).isEqualTo(a.atRisk(i));
                for (int k = 0; k < sample.causes; k++) {
                    assertThat(b.incidence(k, i)).isEqualTo(a.incidence(k, i));
                    assertThat(b.standardError(k, i)).isEqualTo(a.standardError(k, i));
                }
            }
        }
    }

    private interface Unit {
        double convert(double time);
    }

    private static SurvivalData scale(RandomFollowUp sample, Unit unit) {
        SurvivalData.Builder data = SurvivalData.builder(
                        Arrays.stream(sample.time).map(unit::convert).toArray(), sample.status)
                .causes(sample.labels());
        if (sample.hasEntry) {
            data.entry(Arrays.stream(sample.entry).map(unit::convert).toArray());
        }
        if (sample.hasWeights) {
            data.weights(sample.weight, WeightType.FREQUENCY);
        }
        return data.build();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void frequencyWeightsAreRepeatedRows(RandomFollowUp sample) {
        List<Integer> repeated = new ArrayList<>();
        for (int i = 0; i < sample.size(); i++) {
            repeated.addAll(Collections.nCopies((int) sample.weight[i], i));
        }
        int[] rows = repeated.stream().mapToInt(Integer::intValue).toArray();
        int[] all = IntStream.range(0, sample.size()).toArray();
        SurvivalData weighted =
                plain(sample, all).weights(sample.weight, WeightType.FREQUENCY).build();
        assertSameBits(plain(sample, rows).build(), weighted, "weight k for k rows");
        double[] twos = new double[sample.size()];
        Arrays.fill(twos, 2);
        int[] twice = IntStream.range(0, 2 * sample.size()).map(i -> i / 2).toArray();
        SurvivalData doubled =
                plain(sample, all).weights(twos, WeightType.FREQUENCY).build();
        assertSameBits(plain(sample, twice).build(), doubled, "weight 2 for a row twice");
    }

    private static SurvivalData.Builder plain(RandomFollowUp sample, int[] rows) {
        SurvivalData.Builder data = SurvivalData.builder(RandomFollowUp.pick(sample.time, rows), sample.codes(rows))
                .causes(sample.labels());
        return sample.hasEntry ? data.entry(RandomFollowUp.pick(sample.entry, rows)) : data;
    }

    @ParameterizedTest
    @MethodSource("samples")
    void splittingIntervalsChangesNoEstimateAtAnEvent(RandomFollowUp sample) {
        List<double[]> rows = new ArrayList<>();
        for (int i = 0; i < sample.size(); i++) {
            double entry = sample.hasEntry ? sample.entry[i] : 0;
            // Without an entry column a row at time 0 cannot be split; leave it out of both.
            if (sample.time[i] > 0) {
                rows.add(new double[] {entry, sample.time[i], sample.status[i], sample.weight[i]});
            }
        }
        if (rows.isEmpty()) {
            return;
        }
        List<double[]> split = new ArrayList<>();
        for (double[] row : rows) {
            double mid = row[0] + (row[1] - row[0]) * (rows.indexOf(row) % 3 == 0 ? 0.5 : 0.3);
            if (rows.indexOf(row) % 4 == 0 && Math.floor(mid) > row[0]) {
                mid = Math.floor(mid);
            }
            split.add(new double[] {row[0], mid, 0, row[3]});
            split.add(new double[] {mid, row[1], row[2], row[3]});
        }
        IncidenceEstimate whole = aj(intervals(sample, rows));
        IncidenceEstimate parts = aj(intervals(sample, split));
        SurvivalEstimate wholeS = whole.eventFree();
        SurvivalEstimate partsS = parts.eventFree();
        assertThat(partsS.jumpTimes()).isEqualTo(wholeS.jumpTimes());
        double[] times = wholeS.jumpTimes();
        assertThat(partsS.survivalValues(times)).isEqualTo(wholeS.survivalValues(times));
        assertThat(parts.covariance(times)).isEqualTo(whole.covariance(times));
        assertThat(parts.probabilityValues(times)).isEqualTo(whole.probabilityValues(times));
        for (double t : times) {
            assertThat(parts.atRiskAt(t)).isEqualTo(whole.atRiskAt(t));
            assertThat(partsS.survivalAt(t)).isEqualTo(wholeS.survivalAt(t));
            assertThat(partsS.cumulativeHazardAt(t)).isEqualTo(wholeS.cumulativeHazardAt(t));
        }
    }

    private static SurvivalData intervals(RandomFollowUp sample, List<double[]> rows) {
        double[][] column = new double[4][rows.size()];
        for (int i = 0; i < rows.size(); i++) {
            for (int j = 0; j < 4; j++) {
                column[j][i] = rows.get(i)[j];
            }
        }
        int[] status = Arrays.stream(column[2]).mapToInt(x -> (int) x).toArray();
        SurvivalData.Builder data =
                SurvivalData.builder(column[1], status).entry(column[0]).causes(sample.labels());
        return sample.hasWeights ? data.weights(column[3], WeightType.FREQUENCY).build() : data.build();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aGroupIsTheSameAlone(RandomFollowUp sample) {
        Grouped<SurvivalEstimate> together = KaplanMeier.withDefaults().fit(sample.grouped());
        for (String name : together.groups()) {
            int[] rows = IntStream.range(0, sample.size())
                    .filter(i -> sample.group.get(i).equals(name))
                    .toArray();
            assertThat(cells(together.get(name).tidy()))
                    .isEqualTo(cells(km(sample.select(rows).build()).tidy()));
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void causeSpecificIsRecoding(RandomFollowUp sample) {
        EventTable table = EventTable.of(sample.data());
        for (int cause = 1; cause <= sample.causes; cause++) {
            int chosen = cause;
            RandomFollowUp same = sample;
            int[] recoded =
                    Arrays.stream(same.status).map(s -> s == chosen ? 1 : 0).toArray();
            SurvivalData.Builder data = SurvivalData.builder(same.time, recoded)
                    .causes(List.of(same.labels().get(chosen - 1)));
            if (same.hasEntry) {
                data.entry(same.entry);
            }
            if (same.hasWeights) {
                data.weights(same.weight, WeightType.FREQUENCY);
            }
            EventTable other = EventTable.of(data.build());
            assertThat(table.causeSpecific(cause)).isEqualTo(other).hasSameHashCodeAs(other);
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void arraysTablesAndDataGiveTheSameCurve(RandomFollowUp sample) {
        if (sample.hasEntry || sample.hasWeights) {
            return;
        }
        List<List<Object>> expected = cells(km(sample.data()).tidy());
        assertThat(cells(KaplanMeier.withDefaults()
                        .fit(sample.time, sample.status)
                        .tidy()))
                .isEqualTo(expected);
        assertThat(cells(KaplanMeier.withDefaults()
                        .fit(EventTable.of(sample.time, sample.status))
                        .tidy()))
                .isEqualTo(expected);
        assertThat(cells(NelsonAalen.withDefaults()
                        .fit(sample.time, sample.status)
                        .tidy()))
                .isEqualTo(cells(na(sample.data()).tidy()));
    }
}
