package io.engraft.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engraft.InvalidArgumentException;
import io.engraft.estimate.KaplanMeier;
import io.engraft.estimate.NelsonAalen;
import io.engraft.estimate.SurvivalEstimate;
import io.engraft.testing.RandomFollowUp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Merging: any split, in any order, is the table of the union, bit for bit. */
class EventTableMergeTest {

    private static final double[] AWKWARD = {0.1, 1e-17, 1e17, 0.3, 1e-300, 7, 1.0 / 3, 0};

    static RandomFollowUp[] samples() {
        return RandomFollowUp.many(2001, 3001);
    }

    private static long bits(double x) {
        return Double.doubleToRawLongBits(x);
    }

    private static void assertSame(EventTable actual, EventTable expected) {
        assertThat(actual).isEqualTo(expected).hasSameHashCodeAs(expected);
        assertThat(actual.rows()).isEqualTo(expected.rows());
        int k = expected.causes().size();
        double[] atRisk = expected.atRiskWeights();
        double[] found = actual.atRiskWeights();
        for (int i = 0; i < expected.size(); i++) {
            assertThat(bits(found[i])).isEqualTo(bits(atRisk[i]));
            assertThat(bits(actual.censoredWeight(i))).isEqualTo(bits(expected.censoredWeight(i)));
            assertThat(bits(actual.enteredWeight(i))).isEqualTo(bits(expected.enteredWeight(i)));
            for (int c = 1; c <= k; c++) {
                assertThat(bits(actual.eventWeight(i, c))).isEqualTo(bits(expected.eventWeight(i, c)));
            }
            boolean squares = expected.weightType().orElse(WeightType.SAMPLING) == WeightType.SAMPLING;
            for (int s = 0; squares && s <= k; s++) {
                assertThat(bits(actual.squaredWeight(i, s))).isEqualTo(bits(expected.squaredWeight(i, s)));
            }
        }
    }

    private static SurvivalData.Builder rows(RandomFollowUp sample, int[] rows, int weights) {
        SurvivalData.Builder data = SurvivalData.builder(RandomFollowUp.pick(sample.time, rows), sample.codes(rows))
                .causes(sample.labels());
        if (sample.hasEntry) {
            data.entry(RandomFollowUp.pick(sample.entry, rows));
        }
        if (weights > 0) {
            double[] weight = new double[rows.length];
            for (int j = 0; j < rows.length; j++) {
                weight[j] = AWKWARD[(int) ((rows[j] * 31L + sample.seed) % AWKWARD.length)];
            }
            if (weights == 1) {
                data.weights(Arrays.stream(weight).map(Math::ceil).toArray(), WeightType.FREQUENCY);
            } else {
                data.weights(weight, WeightType.SAMPLING);
            }
        }
        return data;
    }

    @ParameterizedTest
    @MethodSource("samples")
    void anySplitInAnyOrderIsTheUnion(RandomFollowUp sample) {
        SplittableRandom random = new SplittableRandom(sample.seed);
        for (int weights = 0; weights < 3; weights++) {
            int[] all = java.util.stream.IntStream.range(0, sample.size()).toArray();
            EventTable union = EventTable.of(rows(sample, all, weights).build());
            int[] order = sample.shuffled();
            List<EventTable> parts = new ArrayList<>();
            for (int from = 0; from < order.length; ) {
                int to = Math.min(order.length, from + 1 + random.nextInt(order.length));
                int[] piece = java.util.Arrays.copyOfRange(order, from, to);
                parts.add(EventTable.of(rows(sample, piece, weights).build()));
                from = to;
            }
            assertSame(EventTable.merge(parts), union);
            EventTable left = parts.get(0);
            EventTable right = parts.get(0);
            for (int i = 1; i < parts.size(); i++) {
                left = left.merge(parts.get(i));
                right = parts.get(i).merge(right);
            }
            assertSame(left, union);
            assertSame(right, union);
        }
    }

    @Test
    void tablesOfDifferentGridsMerge() {
        EventTable days = EventTable.of(new double[] {1, 2, 3000, 200_000}, new int[] {1, 0, 1, 1});
        EventTable months = EventTable.of(new double[] {0.5, 2, 2.25}, new int[] {2, 1, 0});
        EventTable expected =
                EventTable.of(new double[] {1, 2, 3000, 200_000, 0.5, 2, 2.25}, new int[] {1, 0, 1, 1, 2, 1, 0});
        assertSame(days.merge(months), expected);
        assertSame(months.merge(days), expected);
    }

    @Test
    void aTableWithEntriesMergesWithOneWithout() {
        SurvivalData late = SurvivalData.builder(new double[] {4, 6}, new int[] {1, 0})
                .entry(new double[] {1, 5})
                .build();
        EventTable merged = EventTable.of(new double[] {0, 4}, new int[] {0, 1})
                .withUnit(DurationUnit.MONTHS)
                .merge(EventTable.of(late));
        assertThat(merged.rows()).isEqualTo(4);
        assertThat(merged.rowsFromStart()).isEqualTo(2);
        assertThat(merged.atRiskWeights()).containsExactly(2, 1, 2, 0, 1);
        assertThat(merged.shortestInterval()).isEqualTo(1 / 6.0);
    }

    /** Two of three leave by day 30 or month 30: a merge of the two would be a curve of nothing. */
    @Test
    void daysAndMonthsAreNotMerged() {
        SurvivalData days = SurvivalData.builder(new double[] {30, 60}, new int[] {1, 0})
                .unit(DurationUnit.DAYS)
                .build();
        EventTable months = EventTable.builder(List.of("1"))
                .unit(DurationUnit.MONTHS)
                .add(30, 1)
                .build();
        EventTable ours = EventTable.of(days);
        assertThat(ours.unit()).contains(DurationUnit.DAYS);
        assertThat(ours).hasToString("EventTable[2 rows, 2 times in days, causes [1]]");
        assertThat(ours.merge(ours).unit()).contains(DurationUnit.DAYS);
        for (EventTable derived : List.of(
                ours.causeSpecific(1),
                ours.censoringAsEvent(),
                ours.after(40),
                ours.joinTies(TieRule.EXACT),
                EventCounts.of(ours).toTable(),
                EventTable.byGroup(days).values().iterator().next())) {
            assertThat(derived.unit()).contains(DurationUnit.DAYS);
            assertThatThrownBy(() -> derived.merge(months))
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessage("tables in days and in months cannot be merged; allowed: one unit, which withUnit"
                            + " declares where it is missing");
        }
        assertThatThrownBy(() -> EventTable.joinTies(List.of(ours, months), TieRule.EXACT))
                .hasMessage("tables in days and in months cannot stand in one analysis; allowed: one unit");
        assertThatThrownBy(() -> ours.withUnit(DurationUnit.YEARS))
                .hasMessage("unit is 'years'; allowed: days, the table's own; convert the data and count again");
    }

    @Test
    void exactSumsOfFractionsDoNotDependOnOrder() {
        double[] weight = {1e17, 0.1, 1e-17, -0.0, 0.1, 3, 1e-17};
        EventTableBuilder forward = EventTable.builder(List.of("1"), WeightType.SAMPLING);
        EventTableBuilder backward = EventTable.builder(List.of("1"), WeightType.SAMPLING);
        for (int i = 0; i < weight.length; i++) {
            forward.addWeighted(1, 1, Math.abs(weight[i]));
            backward.addWeighted(1, 1, Math.abs(weight[weight.length - 1 - i]));
        }
        assertSame(forward.build(), backward.build());
        java.math.BigDecimal exact = java.math.BigDecimal.ZERO;
        for (double w : weight) {
            exact = exact.add(new java.math.BigDecimal(Math.abs(w)));
        }
        assertThat(forward.build().eventWeight(0, 1)).isEqualTo(exact.doubleValue());
    }

    @Test
    void aStreamedTableIsTheTableOfTheArrays() {
        int n = 400_000;
        SplittableRandom random = new SplittableRandom(11);
        double[] time = new double[n];
        int[] status = new int[n];
        EventTableBuilder builder = EventTable.builder(List.of("1", "2"));
        EventTable early = EventTable.of(new double[] {0}, new int[] {0});
        for (int i = 0; i < n; i++) {
            time[i] = i % 3 == 0 ? random.nextDouble() * 100 : random.nextInt(2000);
            status[i] = random.nextInt(3);
            builder.add(time[i], status[i]);
            if (i == 99_999) {
                early = builder.build();
            }
        }
        assertThat(early)
                .isEqualTo(EventTable.of(
                        java.util.Arrays.copyOf(time, 100_000), java.util.Arrays.copyOf(status, 100_000)));
        assertThat(builder.build()).isEqualTo(EventTable.of(time, status));
    }

    @Test
    void aStreamedTableWithEntriesIsTheTableOfTheData() {
        int n = 70_000;
        SplittableRandom random = new SplittableRandom(12);
        double[] entry = new double[n];
        double[] time = new double[n];
        int[] status = new int[n];
        EventTableBuilder builder = EventTable.builder(List.of("1", "2"));
        for (int i = 0; i < n; i++) {
            entry[i] = random.nextInt(100);
            time[i] = entry[i] + 1 + random.nextInt(50) * 0.5;
            status[i] = random.nextInt(3);
            builder.add(entry[i], time[i], status[i]);
        }
        EventTable expected =
                EventTable.of(SurvivalData.builder(time, status).entry(entry).build());
        assertSame(builder.unit(DurationUnit.MONTHS).build(), expected);
    }

    @Test
    void aStreamedWeightedTableIsTheTableOfTheData() {
        int n = 70_000;
        SplittableRandom random = new SplittableRandom(13);
        double[] time = new double[n];
        double[] weight = new double[n];
        int[] status = new int[n];
        EventTableBuilder builder = EventTable.builder(List.of("1"), WeightType.SAMPLING);
        for (int i = 0; i < n; i++) {
            time[i] = random.nextInt(300);
            status[i] = random.nextInt(2);
            weight[i] = random.nextDouble();
            builder.addWeighted(time[i], status[i], weight[i]);
        }
        EventTable expected = EventTable.of(SurvivalData.builder(time, status)
                .weights(weight, WeightType.SAMPLING)
                .build());
        assertSame(builder.unit(DurationUnit.MONTHS).build(), expected);
    }

    /** na_overflow: a table doubled thirty times counts 2^30 rows a time, and curves stay exact. */
    @Test
    void countsNearTheLimitStayExact() {
        EventTable table = EventTable.of(new double[] {1, 2, 3}, new int[] {1, 1, 0});
        for (int i = 0; i < 30; i++) {
            table = table.merge(table);
        }
        assertThat(table.rows()).isEqualTo(3L << 30);
        assertThat(table.events(0, 1)).isEqualTo(1 << 30);
        SurvivalEstimate curve = KaplanMeier.withDefaults().fit(table);
        assertThat(curve.atRisk(0)).isEqualTo(3.0 * (1 << 30));
        assertThat(curve.survival(1)).isCloseTo(1.0 / 3, Percentage.withPercentage(1e-12));
        assertThat(NelsonAalen.withDefaults().fit(table).cumulativeHazard(1))
                .isCloseTo(1.0 / 3 + 0.5, Percentage.withPercentage(1e-12));
        assertThat(curve.at(2).get(0).eventRows()).isEqualTo(1L << 31);
        EventTable full = table;
        assertThatThrownBy(() -> full.merge(full))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("number of rows that share a time and a status is 2147483648; allowed: at most 2147483647");
    }

    @Test
    void unfitTablesAreRefused() {
        EventTable plain = EventTable.of(new double[] {1}, new int[] {1});
        EventTable frequency = EventTable.builder(List.of("1"), WeightType.FREQUENCY)
                .addWeighted(1, 1, 2)
                .build();
        EventTable sampling = EventTable.builder(List.of("1"), WeightType.SAMPLING)
                .addWeighted(1, 1, 2)
                .build();
        EventTable named = EventTable.builder(List.of("relapse")).add(1, 1).build();
        assertThatThrownBy(() -> plain.merge(frequency))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("tables of weight type none and frequency cannot be merged; allowed: equal types");
        assertThatThrownBy(() -> sampling.merge(frequency))
                .hasMessage("tables of weight type sampling and frequency cannot be merged; allowed: equal types");
        assertThatThrownBy(() -> plain.merge(named))
                .hasMessage("tables of causes [1] and [relapse] cannot be merged; allowed: the same causes in the same"
                        + " order");
        assertThatThrownBy(() -> EventTable.merge(List.of()))
                .hasMessage("number of tables is 0; allowed: number of tables >= 1");
        assertThatThrownBy(() -> frequency.squaredWeight(0, 1))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("weight type is frequency; allowed: sampling, or no weights");
        assertThat(sampling.squaredWeight(0, 1)).isEqualTo(4);
        assertThat(sampling).isNotEqualTo(frequency);
    }

    @Test
    void entriesStayEntriesWhereTheOtherTableHasMoreCauses() {
        EventTable one = EventTable.of(SurvivalData.builder(new double[] {4, 6}, new int[] {1, 0})
                .entry(new double[] {1, 2})
                .causes(List.of("relapse"))
                .build());
        EventTable two = EventTable.of(SurvivalData.builder(new double[] {4, 5}, new int[] {2, 1})
                .causes(List.of("relapse", "death"))
                .build());
        for (EventTable both : List.of(one.merge(two), two.merge(one))) {
            assertThat(both.causes()).containsExactly("relapse", "death");
            assertThat(both.rows()).isEqualTo(4);
            int[][] expected = {
                // entered, censored, relapse, death
                {1, 0, 0, 0}, {1, 0, 0, 0}, {0, 0, 1, 1}, {0, 0, 1, 0}, {0, 1, 0, 0}
            };
            double[] times = {1, 2, 4, 5, 6};
            assertThat(both.size()).isEqualTo(times.length);
            for (int i = 0; i < times.length; i++) {
                assertThat(both.time(i)).isEqualTo(times[i]);
                assertThat(both.enteredWeight(i)).as("entered at " + times[i]).isEqualTo(expected[i][0]);
                assertThat(both.censored(i)).as("censored at " + times[i]).isEqualTo(expected[i][1]);
                assertThat(both.events(i, 1)).as("relapse at " + times[i]).isEqualTo(expected[i][2]);
                assertThat(both.events(i, 2)).as("death at " + times[i]).isEqualTo(expected[i][3]);
            }
            assertThat(both.atRiskWeights()).containsExactly(2, 3, 4, 2, 1);
        }
    }
}
