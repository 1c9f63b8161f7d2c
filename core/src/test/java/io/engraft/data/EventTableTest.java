package io.engraft.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engraft.InvalidArgumentException;
import io.engraft.estimate.KaplanMeier;
import io.engraft.estimate.SurvivalEstimate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Counting: every shape of times against a plain map, exactly. */
class EventTableTest {

    private static final int LARGE = 300_000;

    /** Counts as a map from time to rows by status, as slowly and plainly as possible. */
    private static void assertCounts(double[] time, int[] status) {
        Map<Double, int[]> expected = new TreeMap<>();
        int causes = Math.max(1, Arrays.stream(status).max().orElse(1));
        for (int i = 0; i < time.length; i++) {
            expected.computeIfAbsent(time[i] + 0.0, t -> new int[causes + 1])[status[i]]++;
        }
        EventTable table = EventTable.of(time, status);
        assertThat(table.rows()).isEqualTo(time.length);
        assertThat(table.rowsFromStart()).isEqualTo(time.length);
        assertThat(table.causes()).hasSize(causes);
        double[] times = new double[table.size()];
        Arrays.setAll(times, table::time);
        assertThat(times)
                .isEqualTo(expected.keySet().stream().mapToDouble(t -> t).toArray());
        int i = 0;
        for (int[] counts : expected.values()) {
            int[] found = new int[causes + 1];
            found[0] = table.censored(i);
            for (int c = 1; c <= causes; c++) {
                found[c] = table.events(i, c);
            }
            if (!Arrays.equals(found, counts)) {
                assertThat(found).as("counts at " + times[i]).isEqualTo(counts);
            }
            i++;
        }
    }

    private static void assertCounts(int n, long seed, IntToDoubleFunction times) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] time = new double[n];
        int[] status = new int[n];
        for (int i = 0; i < n; i++) {
            time[i] = times.applyAsDouble(i);
            status[i] = random.nextInt(4);
        }
        assertCounts(time, status);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 100, 5_000, LARGE})
    void wholeDays(int n) {
        SplittableRandom random = new SplittableRandom(n);
        assertCounts(n, 1, i -> random.nextInt(4000));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 100, 5_000, LARGE})
    void continuousTimes(int n) {
        SplittableRandom random = new SplittableRandom(n);
        assertCounts(n, 2, i -> -Math.log1p(-random.nextDouble()) * 30);
    }

    @Test
    void daysBeyondTheGrid() {
        SplittableRandom random = new SplittableRandom(3);
        assertCounts(LARGE, 3, i -> random.nextInt(1 << 20));
        assertCounts(1000, 3, i -> random.nextInt(1 << 20));
    }

    @Test
    void mostlyDaysWithSomeFractions() {
        SplittableRandom random = new SplittableRandom(4);
        assertCounts(LARGE, 4, i -> random.nextInt(3000) + (i % 97 == 0 ? random.nextInt(8) / 8.0 : 0));
        assertCounts(LARGE, 4, i -> random.nextInt(3000) + (i < 10 ? 0.5 : 0));
    }

    @Test
    void daysInMonths() {
        SplittableRandom random = new SplittableRandom(5);
        assertCounts(LARGE, 5, i -> random.nextInt(3000) / 30.4375);
    }

    @Test
    void allTimesEqual() {
        assertCounts(LARGE, 6, i -> 7);
        assertCounts(LARGE, 6, i -> 7.5);
        assertCounts(LARGE, 6, i -> 0);
        assertCounts(LARGE, 6, i -> 1e300);
    }

    @Test
    void timesFromTheSmallestToTheLargest() {
        SplittableRandom random = new SplittableRandom(7);
        assertCounts(20_000, 7, i -> Math.pow(10, random.nextInt(-300, 301)));
        assertCounts(20_000, 7, i -> random.nextInt(50) * 1e-300);
        assertCounts(20_000, 7, i -> random.nextInt(50) * Double.MIN_VALUE);
        assertCounts(20_000, 7, i -> random.nextDouble() * Double.MAX_VALUE);
    }

    @Test
    void outliersAmongCrowdedTimes() {
        SplittableRandom random = new SplittableRandom(8);
        assertCounts(LARGE, 8, i -> i == 17 ? 1e300 : random.nextDouble());
        assertCounts(LARGE, 8, i -> i % 1000 == 0 ? 1e12 * random.nextDouble() : random.nextDouble());
        assertCounts(LARGE, 8, i -> 1e6 + random.nextInt(1000) * 1e-6);
    }

    @Test
    void sortedAndReversedTimes() {
        assertCounts(LARGE, 9, i -> i / 3.0);
        assertCounts(LARGE, 9, i -> (LARGE - i) / 3.0);
        assertCounts(LARGE, 9, i -> (i % 2 == 0 ? i : LARGE - i) / 3.0);
    }

    @Test
    void minusZeroIsZero() {
        EventTable table = EventTable.of(new double[] {-0.0, 0.0, 0.5}, new int[] {1, 0, 1});
        assertThat(table.size()).isEqualTo(2);
        assertThat(Double.doubleToRawLongBits(table.time(0))).isZero();
        assertThat(table).isEqualTo(EventTable.of(new double[] {0.0, 0.0, 0.5}, new int[] {1, 0, 1}));
        SurvivalData data = SurvivalData.builder(new double[] {1, 2}, new int[] {1, 0})
                .entry(new double[] {-0.0, 0.0})
                .weights(new double[] {2, 3}, WeightType.FREQUENCY)
                .build();
        EventTable entered = EventTable.of(data);
        assertThat(entered.entered(0)).isEqualTo(2);
        assertThat(entered.enteredWeight(0)).isEqualTo(5);
        assertThat(Double.doubleToRawLongBits(entered.time(0))).isZero();
    }

    @Test
    void entriesCountBesideExits() {
        SurvivalData data = SurvivalData.builder(new double[] {3, 4, 4, 7}, new int[] {1, 2, 0, 1})
                .entry(new double[] {0, 3, 1, 3})
                .build();
        EventTable table = EventTable.of(data);
        assertThat(table.hasEntry()).isTrue();
        assertThat(table.rows()).isEqualTo(4);
        assertThat(table.rowsFromStart()).isZero();
        assertThat(table.shortestInterval()).isEqualTo(0.25);
        assertThat(table.size()).isEqualTo(5);
        int[] entered = new int[5];
        Arrays.setAll(entered, table::entered);
        assertThat(entered).containsExactly(1, 1, 2, 0, 0);
        assertThat(table.atRiskWeights()).containsExactly(0, 1, 2, 3, 1);
        assertThat(table.events(3)).isEqualTo(1);
        assertThat(table.events(3, 2)).isEqualTo(1);
        assertThat(table.eventWeight(3)).isEqualTo(1);
        assertThat(table.eventWeight(3, 2)).isEqualTo(1);
        assertThat(table.censoredWeight(3)).isEqualTo(1);
        assertThat(table.enteredWeight(2)).isEqualTo(2);
        assertThat(table.squaredWeight(3, 0)).isEqualTo(1);
        assertThat(table.squaredWeight(3, 2)).isEqualTo(1);
        assertThat(table).hasToString("EventTable[4 rows, 5 times in months, causes [1, 2]]");
    }

    @Test
    void timesAfterAStart() {
        EventTable table = EventTable.of(new double[] {1, 2, 2, 3, 5}, new int[] {1, 1, 0, 2, 0});
        EventTable later = table.after(2);
        assertThat(later.size()).isEqualTo(2);
        assertThat(later.time(0)).isEqualTo(3);
        assertThat(later.rows()).isEqualTo(2);
        assertThat(later.rowsFromStart()).isEqualTo(2);
        assertThat(later.events(0, 2)).isEqualTo(1);
        assertThat(table.after(1.5).rows()).isEqualTo(4);
        assertThat(table.after(0)).isEqualTo(table);
        assertThatThrownBy(() -> table.after(5))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("start is 5.0; allowed: before the last time, which is 5.0");
        assertThatThrownBy(() -> table.after(-1)).hasMessage("start is -1.0; allowed: 0 <= start < infinity");
        assertThatThrownBy(() -> table.after(Double.NaN)).hasMessage("start is NaN; allowed: 0 <= start < infinity");
    }

    @Test
    void timesAfterAStartWithEntriesAndWeights() {
        SurvivalData data = SurvivalData.builder(new double[] {2, 4, 6, 6}, new int[] {1, 0, 2, 0})
                .entry(new double[] {0, 1, 3, 5})
                .weights(new double[] {0.1, 0.2, 0.3, 0.4}, WeightType.SAMPLING)
                .build();
        EventTable later = EventTable.of(data).after(3);
        assertThat(later.rowsFromStart()).isEqualTo(2);
        assertThat(later.rows()).isEqualTo(3);
        assertThat(later.atRiskWeights()).containsExactly(0.5, 0.3, 0.7);
        assertThat(later.enteredWeight(1)).isEqualTo(0.4);
    }

    @Test
    void causeSpecificCensorsTheOthers() {
        EventTable table = EventTable.of(new double[] {1, 1, 1, 2}, new int[] {1, 2, 0, 2});
        EventTable second = table.causeSpecific(2);
        assertThat(second.causes()).containsExactly("2");
        assertThat(second.censored(0)).isEqualTo(2);
        assertThat(second.events(0, 1)).isEqualTo(1);
        assertThat(second.events(1, 1)).isEqualTo(1);
        assertThatThrownBy(() -> table.causeSpecific(3)).hasMessage("cause is 3; allowed: 1 or 2");
        assertThatThrownBy(() -> table.causeSpecific(0)).hasMessageContaining("cause is 0");
    }

    private static EventTable months(double[] time, int[] status) {
        return EventTable.of(time, status).withUnit(DurationUnit.MONTHS);
    }

    @Test
    void tablesByGroup() {
        SurvivalData.Builder rows = SurvivalData.builder(new double[] {1, 2, 3}, new int[] {1, 0, 1});
        assertThat(EventTable.byGroup(rows.build())).containsOnlyKeys("all");
        Map<String, EventTable> tables = EventTable.byGroup(
                rows.group(Categories.of(List.of("10", "9", "10"))).build());
        assertThat(tables.keySet()).containsExactly("9", "10");
        assertThat(tables.get("10")).isEqualTo(months(new double[] {1, 3}, new int[] {1, 1}));
    }

    @Test
    void tablesByStratumAndGroup() {
        SurvivalData.Builder rows = SurvivalData.builder(new double[] {1, 2, 3, 4, 5}, new int[] {1, 0, 1, 1, 0});
        Categories strata = Categories.of(List.of("y", "x", "y", "y", "x"));
        List<Map<String, EventTable>> ungrouped = EventTable.byStratum(rows.build(), strata);
        assertThat(ungrouped).hasSize(2);
        assertThat(ungrouped.get(0)).containsOnlyKeys("x");
        assertThat(ungrouped.get(1).get("y")).isEqualTo(months(new double[] {1, 3, 4}, new int[] {1, 1, 1}));
        List<Map<String, EventTable>> grouped = EventTable.byStratum(
                rows.group(Categories.of(List.of("10", "9", "9", "10", "9"))).build(), strata);
        assertThat(grouped.get(0)).containsOnlyKeys("9");
        assertThat(grouped.get(0).get("9")).isEqualTo(months(new double[] {2, 5}, new int[] {0, 0}));
        assertThat(grouped.get(1).keySet()).containsExactly("9", "10");
        assertThat(grouped.get(1).get("9")).isEqualTo(months(new double[] {3}, new int[] {1}));
        assertThat(grouped.get(1).get("10")).isEqualTo(months(new double[] {1, 4}, new int[] {1, 1}));
        assertThatThrownBy(() -> EventTable.byStratum(rows.build(), Categories.of(List.of("x"))))
                .hasMessageContaining("strata has 1 rows and time has 5");
    }

    @Test
    void censoringAsTheEventKeepsEveryWeight() {
        EventTable turned = EventTable.of(SurvivalData.builder(new double[] {1, 1, 2, 3}, new int[] {1, 0, 2, 0})
                        .weights(new double[] {0.5, 2, 3, 5}, WeightType.SAMPLING)
                        .build())
                .censoringAsEvent();
        assertThat(turned.causes()).containsExactly("censored");
        assertThat(turned.atRiskWeights()).containsExactly(10.5, 8, 5);
        assertThat(IntStream.range(0, 3).mapToDouble(turned::eventWeight)).containsExactly(2.0, 0.0, 5.0);
        assertThat(IntStream.range(0, 3).mapToDouble(turned::censoredWeight)).containsExactly(0.5, 3.0, 0.0);
        assertThat(IntStream.range(0, 3).mapToLong(turned::events)).containsExactly(1L, 0L, 1L);
    }

    @Test
    void unknownCausesAreRefused() {
        EventTable table = EventTable.of(new double[] {1, 2}, new int[] {1, 2});
        assertThatThrownBy(() -> table.events(0, 0)).hasMessage("cause is 0; allowed: 1 or 2");
        assertThatThrownBy(() -> table.eventWeight(0, 3)).hasMessageContaining("cause is 3");
        assertThatThrownBy(() -> table.squaredWeight(0, -1)).hasMessageContaining("cause is -1");
        EventTable weighted = EventTable.builder(List.of("a"), WeightType.SAMPLING)
                .addWeighted(1, 1, 2)
                .build();
        assertThat(weighted.squaredWeight(0, 1)).isEqualTo(4);
        assertThatThrownBy(() -> weighted.squaredWeight(0, 2)).hasMessageContaining("cause is 2");
        assertThatThrownBy(() -> weighted.eventWeight(0, 2)).hasMessageContaining("cause is 2");
    }

    @Test
    void atRiskWeightsAreExactWhateverTheirSpread() {
        // Summed in doubles, the huge late entrants would leave a rounding error of 4 at the start.
        SurvivalData data = SurvivalData.builder(new double[] {1, 2, 5, 6, 7}, new int[] {1, 0, 1, 1, 0})
                .entry(new double[] {0, 0, 3, 3, 3})
                .weights(new double[] {0.001, 0.002, 1e17 / 3, 1e17 / 7, 1e17 / 11}, WeightType.SAMPLING)
                .build();
        SurvivalEstimate curve = KaplanMeier.withDefaults().fit(data).get("all");
        assertThat(curve.atRisk(0)).isEqualTo(0.003);
        assertThat(curve.survival(0)).isEqualTo(2.0 / 3);
        assertThat(curve.atRisk(1)).isEqualTo(0.002);
    }

    @Test
    void rowsOfWeightZeroNeverMakeMoreEventsThanAtRisk() {
        SplittableRandom random = new SplittableRandom(10);
        for (int k = 0; k < 2000; k++) {
            int n = 3 + random.nextInt(6);
            double[] entry = new double[n];
            double[] time = new double[n];
            double[] weight = new double[n];
            int[] status = new int[n];
            for (int i = 0; i < n; i++) {
                entry[i] = random.nextInt(3);
                time[i] = entry[i] + 1 + random.nextInt(3);
                status[i] = random.nextInt(2);
                weight[i] = random.nextInt(3) == 0 ? 0 : random.nextInt(30) / 10.0;
            }
            EventTable table = EventTable.of(SurvivalData.builder(time, status)
                    .entry(entry)
                    .weights(weight, WeightType.SAMPLING)
                    .build());
            double[] atRisk = table.atRiskWeights();
            for (int i = 0; i < atRisk.length; i++) {
                assertThat(atRisk[i]).isGreaterThanOrEqualTo(table.eventWeight(i));
            }
        }
    }
}
