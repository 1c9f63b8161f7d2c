package io.engraft.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engraft.InvalidArgumentException;
import io.engraft.estimate.AalenJohansen;
import io.engraft.estimate.KaplanMeier;
import io.engraft.estimate.SurvivalEstimate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which times count as one: chains by hand, over the union of groups, and what a rule must not swallow. */
class TieRuleTest {

    private static final double A = 1;
    private static final double B = 1 + 0.9e-8;
    private static final double C = 1 + 1.8e-8;

    private static double[] times(EventTable table) {
        double[] times = new double[table.size()];
        Arrays.setAll(times, table::time);
        return times;
    }

    @Test
    void theThirdOfAChainComparesWithTheFirst() {
        // B joins A. C is within the tolerance of B but not of A, so it starts a chain of its own.
        assertThat(TieRule.DEFAULT.joins(A, B)).isTrue();
        assertThat(TieRule.DEFAULT.joins(B, C)).isTrue();
        assertThat(TieRule.DEFAULT.joins(A, C)).isFalse();
        EventTable joined = EventTable.of(new double[] {C, B, A, C, 5}, new int[] {1, 2, 1, 0, 0})
                .joinTies(TieRule.DEFAULT);
        assertThat(times(joined)).containsExactly(A, C, 5);
        assertThat(joined.events(0, 1)).isEqualTo(1);
        assertThat(joined.events(0, 2)).isEqualTo(1);
        assertThat(joined.events(1, 1)).isEqualTo(1);
        assertThat(joined.censored(1)).isEqualTo(1);
        assertThat(joined.rows()).isEqualTo(5);
    }

    @Test
    void thereMustBeATable() {
        assertThatThrownBy(() -> EventTable.joinTies(List.of(), TieRule.DEFAULT))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("number of tables is 0");
    }

    @Test
    void aSmallTableBesideManyTimesIsJoinedToo() {
        double[] many = new double[500];
        Arrays.setAll(many, i -> i + 1.5);
        EventTable large = EventTable.of(many, new int[500]);
        EventTable small = EventTable.of(new double[] {3.5 * (1 + 5e-9), 600}, new int[] {1, 1});
        List<EventTable> joined = EventTable.joinTies(List.of(small, large, small), TieRule.DEFAULT);
        assertThat(times(joined.get(0))).containsExactly(3.5, 600);
        assertThat(joined.get(1)).isEqualTo(large);
        assertThat(joined.get(2)).isEqualTo(joined.get(0));
    }

    @Test
    void withoutTheFirstTheChainStartsLater() {
        EventTable joined =
                EventTable.of(new double[] {B, C, 5}, new int[] {1, 1, 0}).joinTies(TieRule.DEFAULT);
        assertThat(times(joined)).containsExactly(B, 5);
        assertThat(joined.events(0)).isEqualTo(2);
    }

    @Test
    void chainsAreOverTheUnionOfGroups() {
        // Alone, the second group's B and C are one time; beside the first group's A they are two.
        EventTable first = EventTable.of(new double[] {A, 5}, new int[] {1, 0});
        EventTable second = EventTable.of(new double[] {B, C, 5}, new int[] {1, 1, 0});
        List<EventTable> joined = EventTable.joinTies(List.of(first, second), TieRule.DEFAULT);
        assertThat(times(joined.get(0))).containsExactly(A, 5);
        assertThat(times(joined.get(1))).containsExactly(A, C, 5);
        assertThat(EventTable.joinTies(List.of(second, first), TieRule.DEFAULT))
                .containsExactly(joined.get(1), joined.get(0));
    }

    @Test
    void weightsAreJoinedExactly() {
        EventTable joined = EventTable.builder(List.of("1"), WeightType.SAMPLING)
                .addWeighted(A, 1, 0.1)
                .addWeighted(B, 1, 0.2)
                .addWeighted(B, 0, 0.4)
                .addWeighted(C, 1, 0.7)
                .build()
                .joinTies(TieRule.DEFAULT);
        assertThat(joined.size()).isEqualTo(2);
        assertThat(joined.eventWeight(0)).isEqualTo(0.1 + 0.2);
        assertThat(joined.censoredWeight(0)).isEqualTo(0.4);
        assertThat(joined.eventWeight(1)).isEqualTo(0.7);
        assertThat(joined.squaredWeight(0, 1)).isEqualTo(0.1 * 0.1 + 0.2 * 0.2);
        assertThat(joined.rows()).isEqualTo(4);
    }

    @Test
    void nothingToJoinGivesTheTableItself() {
        EventTable table = EventTable.of(new double[] {A, B, C}, new int[] {1, 1, 1});
        assertThat(table.joinTies(TieRule.EXACT)).isSameAs(table);
        EventTable days = EventTable.of(new double[] {0, 1, 2}, new int[] {1, 1, 1});
        assertThat(days.joinTies(TieRule.DEFAULT)).isSameAs(days);
    }

    @Test
    void anEntryJoinsTheEventItPrecedesByRounding() {
        double two = Math.sqrt(2) * Math.sqrt(2);
        for (double[] pair : new double[][] {{2, two}, {two, 2}}) {
            SurvivalData data = SurvivalData.builder(new double[] {pair[0], 4, 4}, new int[] {1, 0, 1})
                    .entry(new double[] {0, 0, pair[1]})
                    .build();
            SurvivalEstimate curve = KaplanMeier.withDefaults().fit(data).get("all");
            assertThat(curve.atRisk(0)).as("entrant at the event time").isEqualTo(2);
            assertThat(curve.survival(0)).isEqualTo(0.5);
        }
    }

    @Test
    void aRowsWholeIntervalIsNeverSwallowed() {
        SurvivalData data = SurvivalData.builder(new double[] {10, 20}, new int[] {1, 0})
                .entry(new double[] {10 - 1e-9, 0})
                .build();
        EventTable table = EventTable.of(data);
        assertThatThrownBy(() -> table.joinTies(TieRule.DEFAULT))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageStartingWith("a row's (entry, time] is 1.0000")
                .hasMessageEndingWith("E-10 of its time long, within the tie tolerance 1.0E-8; allowed: a smaller"
                        + " tolerance, TieRule.EXACT for none");
        assertThatThrownBy(() -> KaplanMeier.withDefaults().fit(data))
                .hasMessageContaining("within the tie tolerance 1.0E-8");
        assertThat(KaplanMeier.withDefaults()
                        .withTieRule(TieRule.EXACT)
                        .fit(data)
                        .get("all")
                        .survival(0))
                .isEqualTo(0.5);
    }

    @Test
    void anIntervalAtTheEdgeOfTheToleranceIsRefusedToo() {
        // (t - e) / t rounds to more than 0.009, but t - e <= 0.009 t holds in doubles.
        double t = 1.814653325492404;
        double e = 1.7983214455629724;
        TieRule rule = new TieRule(0.009);
        assertThat((t - e) / t).isGreaterThan(0.009);
        assertThat(rule.joins(e, t)).isTrue();
        EventTable table = EventTable.of(SurvivalData.builder(new double[] {t, 1000}, new int[] {1, 0})
                .entry(new double[] {e, 0})
                .build());
        assertThatThrownBy(() -> table.joinTies(rule)).hasMessageContaining("within the tie tolerance 0.009");
    }

    @Test
    void curvesAreReadByTheChainsOfTheFit() {
        double[] time = {A, B, C, 4};
        int[] status = {1, 2, 1, 0};
        SurvivalEstimate curve = KaplanMeier.withDefaults().fit(time, status);
        assertThat(curve.survivalValues(new double[] {A, B, C})).containsExactly(0.5, 0.5, 0.25);
        assertThat(curve.survivalAt(B).estimate()).isEqualTo(0.5);
        assertThat(curve.atRiskAt(B)).isEqualTo(4);
        assertThat(curve.eventsUpTo(B)).isEqualTo(2);
        assertThat(AalenJohansen.withDefaults()
                        .fit(time, status)
                        .incidence("1")
                        .incidenceAt(B)
                        .estimate())
                .isEqualTo(0.25);
        // A time that was not recorded, just below a chain, is read as that chain.
        assertThat(curve.survivalAt(1 - 0.5e-8).estimate()).isEqualTo(0.5);
        assertThat(curve.survivalAt(1 - 2e-8).estimate()).isEqualTo(1);
        assertThat(KaplanMeier.withDefaults()
                        .withTieRule(TieRule.EXACT)
                        .fit(time, status)
                        .survivalValues(new double[] {Math.nextDown(A), A, B}))
                .containsExactly(1, 0.75, 0.5);
    }

    @Test
    void conditionalCurvesStartByTheRule() {
        double two = Math.sqrt(2) * Math.sqrt(2);
        assertThat(two).isGreaterThan(2);
        int[] status = {1, 1, 1, 0};
        KaplanMeier plain = KaplanMeier.withDefaults();
        for (double[] pair : new double[][] {{2, two}, {two, 2}, {2, 2}}) {
            double[] time = {1, pair[1], 3, 4};
            SurvivalEstimate later = plain.withStart(pair[0]).fit(time, status);
            assertThat(later.survivalAt(3).estimate()).isEqualTo(0.5);
            assertThat(later.atRisk(0)).isEqualTo(2);
            assertThat(later.survivalAt(pair[1]).estimate()).isEqualTo(1);
            assertThat(later.cumulativeHazardAt(pair[1]).estimate()).isZero();
            assertThat(later.survivalValues(new double[] {1, 2, two})).containsExactly(Double.NaN, 1, 1);
        }
        SurvivalEstimate exact = plain.withTieRule(TieRule.EXACT).withStart(2).fit(new double[] {1, two, 3, 4}, status);
        assertThat(exact.atRisk(0)).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1e-9, Double.NaN, Double.POSITIVE_INFINITY})
    void tolerancesAreNumbers(double tolerance) {
        assertThatThrownBy(() -> new TieRule(tolerance))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("tie tolerance is " + tolerance + "; allowed: 0 <= tie tolerance < infinity");
    }

    @Test
    void tolerancesAreSmall() {
        assertThatThrownBy(() -> new TieRule(0.01))
                .hasMessage("tie tolerance is 0.01; allowed: 0 <= tie tolerance < 0.01");
        assertThat(new TieRule(0.0099).joins(100, 100.9)).isTrue();
        assertThat(TieRule.EXACT.joins(1, 1)).isTrue();
        assertThat(TieRule.EXACT.joins(1, Math.nextUp(1.0))).isFalse();
        assertThat(TieRule.DEFAULT.joins(0, Double.MIN_VALUE)).isFalse();
        assertThat(TieRule.DEFAULT.joins(1e300, Double.POSITIVE_INFINITY)).isFalse();
    }

    @Test
    void aChainOverSeveralTablesKeepsItsFirstTime() {
        double second = 1 + 0.4e-8;
        double third = 1 + 0.8e-8;
        List<EventTable> joined = EventTable.joinTies(
                List.of(
                        EventTable.of(new double[] {A, 5}, new int[] {1, 1}),
                        EventTable.of(new double[] {second, 5}, new int[] {1, 1}),
                        EventTable.of(new double[] {third, 5}, new int[] {1, 0})),
                TieRule.DEFAULT);
        for (EventTable table : joined) {
            assertThat(times(table)).containsExactly(A, 5);
            assertThat(table.events(0, 1)).isEqualTo(1);
        }
    }
}
