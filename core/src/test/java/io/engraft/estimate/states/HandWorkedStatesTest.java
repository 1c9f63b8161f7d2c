package io.engraft.estimate.states;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engraft.curve.ConfidenceType;
import io.engraft.curve.PointEstimate;
import io.engraft.data.Categories;
import io.engraft.data.DurationUnit;
import io.engraft.data.MultiStateData;
import io.engraft.data.Transition;
import io.engraft.data.WeightType;
import io.engraft.history.TransplantEvent;
import io.engraft.history.TransplantHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Small data worked by hand, in fractions; h, i and d are healthy, ill and dead. */
class HandWorkedStatesTest {

    private static final double EXACT = 1e-15;

    /** Rows such as "A 0 1 h i"; the state entered is - where censored. */
    static MultiStateData.Builder rows(String... rows) {
        List<String[]> cells = new ArrayList<>();
        for (String row : rows) {
            cells.add(row.split(" "));
        }
        return MultiStateData.builder(
                        cells.stream()
                                .mapToDouble(c -> Double.parseDouble(c[2]))
                                .toArray(),
                        Categories.of(cells.stream().map(c -> c[3]).toList()),
                        Categories.of(cells.stream().map(c -> c[4]).toList()))
                .states(List.of("h", "i", "d"))
                .censored("-")
                .entry(cells.stream().mapToDouble(c -> Double.parseDouble(c[1])).toArray())
                .id(Categories.of(cells.stream().map(c -> c[0]).toList()));
    }

    private static OccupancyEstimate fit(MultiStateData.Builder data, OccupancyVariance variance) {
        return StateOccupancy.withDefaults()
                .withVariance(variance)
                .fit(data.build())
                .get("all");
    }

    private static void check(OccupancyEstimate all, double t, double[] p, double[] variance) {
        for (int j = 0; j < p.length; j++) {
            PointEstimate at = all.probabilityAt(all.states().get(j), t);
            assertThat(at.estimate()).isCloseTo(p[j], within(EXACT));
            double error = at.standardError().orElseThrow();
            assertThat(error * error).isCloseTo(variance[j], within(EXACT));
        }
    }

    /**
     * Nobody is censored by 3, so the shares are those of four patients, C healthy, D ill, A and B dead, and both
     * variances are p (1 - p) / 4.
     */
    @Test
    void illnessAndDeathOfFourPatients() {
        MultiStateData.Builder data =
                rows("A 0 1 h i", "A 1 3 i d", "B 0 2 h d", "C 0 4 h -", "D 0 3 h i", "D 3 5 i -");
        for (OccupancyVariance variance : List.of(OccupancyVariance.DELTA, OccupancyVariance.ROBUST)) {
            OccupancyEstimate all = fit(data, variance);
            check(all, 1, new double[] {0.75, 0.25, 0}, new double[] {3 / 64.0, 3 / 64.0, 0});
            check(all, 2.9, new double[] {0.5, 0.25, 0.25}, new double[] {1 / 16.0, 3 / 64.0, 3 / 64.0});
            check(all, 3, new double[] {0.25, 0.25, 0.5}, new double[] {3 / 64.0, 3 / 64.0, 1 / 16.0});
            double[][] joint = all.covariance(new double[] {3});
            assertThat(joint[0][1]).isCloseTo(-1 / 64.0, within(EXACT));
            assertThat(joint[0][2]).isCloseTo(-2 / 64.0, within(EXACT));
            // 3 - 1/4 - 1/2 in h; ill: 1/4 from 1 to 3; dead: 1/4 from 2 to 3.
            assertThat(all.timeIn("h", 3).estimate()).isCloseTo(9 / 4.0, within(EXACT));
            assertThat(all.timeIn("i", 3).estimate()).isCloseTo(1 / 2.0, within(EXACT));
            assertThat(all.timeIn("d", 3).estimate()).isCloseTo(1 / 4.0, within(EXACT));
            // Times in h are 1, 2, 3, 3: the variance of their mean is 11/64.
            double error = all.timeIn("h", 3).standardError().orElseThrow();
            assertThat(error * error).isCloseTo(11 / 64.0, within(EXACT));
            assertThat(all.visits("i", 3).estimate()).isCloseTo(0.5, within(EXACT));
            assertThat(all.visits("d", 3).estimate()).isCloseTo(0.5, within(EXACT));
        }
        OccupancyEstimate robust = fit(data, OccupancyVariance.AUTOMATIC);
        assertThat(robust.conventions().get("variance")).startsWith("robust");
        double[][] matrix = robust.transitions(1, 3).matrix();
        // From h at 1: 1/3 dies at 2, half of the 2/3 becomes ill at 3; A alone is ill at 1 and dies at 3.
        assertThat(matrix[0]).containsExactly(new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0}, within(EXACT));
        assertThat(matrix[1]).containsExactly(0, 0, 1);
        assertThat(matrix[2]).containsExactly(0, 0, 1);
    }

    /** Recovery: p(1) = (1/2, 1/2, 0), p(2) = (3/4, 1/4, 0) as one of A and B recovers, and A of A and D dies at 4. */
    @Test
    void recoveryAndDeath() {
        MultiStateData.Builder data =
                rows("A 0 1 h i", "A 1 2 i h", "A 2 4 h d", "B 0 1 h i", "B 1 3 i -", "C 0 2 h -", "D 0 4 h -");
        for (OccupancyVariance variance : List.of(OccupancyVariance.DELTA, OccupancyVariance.ROBUST)) {
            OccupancyEstimate all = fit(data, variance);
            check(all, 1, new double[] {0.5, 0.5, 0}, new double[] {1 / 16.0, 1 / 16.0, 0});
            // Delta for the dead at 4: 9/128 of the death, 1/128 of the recovery, 1/256 of falling ill.
            check(all, 4, new double[] {3 / 8.0, 1 / 4.0, 3 / 8.0}, new double[] {21 / 256.0, 3 / 64.0, 21 / 256.0});
            assertThat(all.visits("h", 4).estimate()).isCloseTo(1 / 4.0, within(EXACT));
            assertThat(all.visits("i", 4).estimate()).isCloseTo(1 / 2.0, within(EXACT));
            assertThat(all.timeIn("i", 4).estimate()).isCloseTo(1, within(EXACT));
            double error = all.timeIn("i", 4).standardError().orElseThrow();
            assertThat(error * error).isCloseTo(3 / 8.0, within(EXACT));
        }
    }

    /** Delayed entry: at 2 A, B and C are at risk, at 3 B, C and D. The variances differ: 30/729 is not 34/729. */
    @Test
    void delayedEntry() {
        MultiStateData.Builder data =
                rows("A 0 2 h i", "A 2 4 i -", "B 0 3 h d", "C 1 3 h i", "C 3 4 i d", "D 2 4 h -");
        OccupancyEstimate robust = fit(data, OccupancyVariance.ROBUST);
        double[] p = {2 / 9.0, 5 / 9.0, 2 / 9.0};
        check(robust, 3, p, new double[] {22 / 729.0, 40 / 729.0, 34 / 729.0});
        assertThat(robust.covariance(new double[] {3})[0][1]).isCloseTo(-14 / 729.0, within(EXACT));
        double[] later = {2 / 9.0, 5 / 18.0, 1 / 2.0};
        check(robust, 4, later, new double[] {22 / 729.0, 365 / 5832.0, 41 / 648.0});
        double error = robust.timeIn("d", 4).standardError().orElseThrow();
        assertThat(error * error).isCloseTo(34 / 729.0, within(EXACT));
        PointEstimate dead = fit(data, OccupancyVariance.DELTA).probabilityAt("d", 3);
        assertThat(Math.pow(dead.standardError().orElseThrow(), 2)).isCloseTo(30 / 729.0, within(EXACT));
        assertThat(robust.atRisk("h", 0)).isEqualTo(3);
        assertThat(robust.atRisk("h", 1)).isEqualTo(3);
        assertThat(robust.atRisk("i", 1)).isEqualTo(1);
    }

    /** Two start states: p(0) = (1/2, 1/2); by 3 B alone left ill and came back, D died. */
    @Test
    void estimatedStart() {
        MultiStateData.Builder data =
                rows("A 0 2 h i", "A 2 3 i d", "B 0 1 i h", "B 1 3 h i", "B 3 4 i -", "C 0 2 h -", "D 0 3 i d");
        OccupancyEstimate all = fit(data, OccupancyVariance.ROBUST);
        assertThat(all.startDistribution()).isEqualTo(Map.of("h", 0.5, "i", 0.5, "d", 0.0));
        check(all, 0, new double[] {0.5, 0.5, 0}, new double[] {1 / 16.0, 1 / 16.0, 0});
        check(all, 3, new double[] {0, 0.5, 0.5}, new double[] {0, 1 / 16.0, 1 / 16.0});
        OccupancyEstimate given = StateOccupancy.withDefaults()
                .withStartDistribution(Map.of("i", 1.0))
                .fit(data.build())
                .get("all");
        check(given, 0, new double[] {0, 1, 0}, new double[] {0, 0, 0});
    }

    /** A counts twice as a sampling weight: the influence is the derivative with respect to a factor on a patient. */
    @Test
    void samplingWeights() {
        MultiStateData.Builder data =
                rows("A 0 1 h i", "A 1 3 i d", "B 0 2 h i", "B 2 3 i -", "C 0 4 h d", "D 0 2 h -");
        check(fit(data, OccupancyVariance.ROBUST), 3, new double[] {0.5, 0.25, 0.25}, new double[] {
            1 / 16.0, 3 / 64.0, 3 / 64.0
        });
        OccupancyEstimate weighted =
                fit(data.weights(new double[] {2, 2, 1, 1, 1, 1}, WeightType.SAMPLING), OccupancyVariance.AUTOMATIC);
        check(weighted, 3, new double[] {0.4, 0.2, 0.4}, new double[] {38 / 625.0, 22 / 625.0, 48 / 625.0});
        assertThat(weighted.conventions()).containsEntry("weights", "sampling");
    }

    /** Sums of weights in one order and in another differ in the last digit, and must not leave anybody behind. */
    @Test
    void whereAllLeaveNobodyStays() {
        for (int turn = 0; turn < 120; turn++) {
            double[] ordered = new double[5];
            int left = turn;
            List<Double> rest = new ArrayList<>(List.of(0.1, 0.2, 0.3, 0.7, 1.1));
            for (int i = 0; i < ordered.length; i++) {
                ordered[i] = rest.remove(left % rest.size());
                left /= rest.size() + 1;
            }
            OccupancyEstimate all = fit(
                    rows("A 0 3 h i", "B 0 3 h d", "C 0 3 h i", "D 0 3 h d", "E 0 3 h i")
                            .weights(ordered, WeightType.SAMPLING),
                    OccupancyVariance.ROBUST);
            assertThat(all.probabilityAt("h", 3).estimate()).as("turn " + turn).isZero();
        }
    }

    @Test
    void hazardsOfTransitions() {
        OccupancyEstimate all = fit(
                rows("A 0 1 h i", "A 1 3 i d", "B 0 2 h d", "C 0 4 h -", "D 0 3 h i", "D 3 5 i -"),
                OccupancyVariance.DELTA);
        TransitionHazard ill = all.hazard("h", "i");
        assertThat(ill.transition()).isEqualTo(new Transition("h", "i"));
        PointEstimate h = ill.cumulativeHazardAt(3);
        assertThat(h.estimate()).isCloseTo(1 / 4.0 + 1 / 2.0, within(EXACT));
        assertThat(Math.pow(h.standardError().orElseThrow(), 2)).isCloseTo(1 / 16.0 + 1 / 4.0, within(EXACT));
        assertThat(ill.jumpTimes()).containsExactly(1, 3);
        assertThat(ill.horizon()).isEqualTo(4);
        assertThat(ill.cumulativeHazardValues(new double[] {0.5, 1, 4.5})).containsExactly(0, 0.25, Double.NaN);
        assertThat(ill.cumulativeHazardAt(4.5).reason()).isEqualTo("nobody is at risk in state 'h' after 4");
        assertThat(ill.tidy().rowCount()).isEqualTo(2);
        assertThat(ill.tidy().value(1, "at_risk")).isEqualTo(2.0);
        // On the scale of the logarithm: 3/4 times or over exp(1.96 sqrt(5/16) / (3/4)).
        double factor = Math.exp(1.959963984540054 * Math.sqrt(5 / 16.0) / 0.75);
        assertThat(h.interval().lower().orElseThrow()).isCloseTo(0.75 / factor, within(1e-14));
        assertThat(h.interval().upper().orElseThrow()).isCloseTo(0.75 * factor, within(1e-14));
        assertThat(all.hazard("i", "d").tidy().value(0, "at_risk")).isEqualTo(1.0);
        assertThat(all.hazard("d", "h").cumulativeHazardAt(1).reason()).isEqualTo("nobody is at risk in state 'd'");
    }

    /** A transition is known by its states: where one is never seen, the others are what they were. */
    @Test
    @SuppressWarnings("checkstyle:MethodName") // the name by which the case is known
    void ms_missingTransition() {
        MultiStateData with =
                rows("A 0 1 h i", "A 1 3 i d", "B 0 2 h d", "C 0 4 h -").build();
        MultiStateData without =
                rows("A 0 1 h i", "A 1 3 i -", "B 0 2 h d", "C 0 4 h -").build();
        assertThat(with.transitions().keySet())
                .containsExactly(new Transition("h", "i"), new Transition("h", "d"), new Transition("i", "d"));
        assertThat(without.transitions()).isEqualTo(Map.of(new Transition("h", "i"), 1L, new Transition("h", "d"), 1L));
        OccupancyEstimate a = StateOccupancy.withDefaults().fit(with).get("all");
        OccupancyEstimate b = StateOccupancy.withDefaults().fit(without).get("all");
        for (String to : List.of("i", "d")) {
            assertThat(b.hazard("h", to).cumulativeHazardAt(2).estimate())
                    .isEqualTo(a.hazard("h", to).cumulativeHazardAt(2).estimate());
        }
        PointEstimate never = b.hazard("i", "d").cumulativeHazardAt(3);
        assertThat(never.estimate()).isZero();
        assertThat(never.interval().reason()).isEqualTo("nobody made the transition by then");
        assertThat(a.hazard("i", "d").cumulativeHazardAt(3).estimate()).isEqualTo(1);
        // A state that the data never name has a place all the same.
        assertThat(b.states()).containsExactly("h", "i", "d");
        assertThat(rows("A 0 1 h -").build().absorbing()).containsExactly("i", "d");
    }

    @Test
    void saysFromWhenNobodyIsAtRisk() {
        OccupancyEstimate all =
                fit(rows("A 0 1 h i", "A 1 2 i -", "B 0 3 h i", "B 3 4 i d", "C 0 6 h -"), OccupancyVariance.DELTA);
        assertThat(all.warnings())
                .containsExactly("state 'i' is occupied with probability 0.3333, but nobody is at risk in it"
                        + " from time 2 to 3: the estimate carries on as if nobody left it then");
        assertThat(fit(rows("A 0 1 h -"), OccupancyVariance.DELTA).warnings())
                .containsExactly("nobody made a transition: the probabilities stay as at the start");
        // Dead is where everybody stays: no warning of it.
        assertThat(fit(rows("A 0 1 h d", "B 0 2 h -"), OccupancyVariance.DELTA).warnings())
                .isEmpty();
    }

    @Test
    void knowsWhereItEnds() {
        OccupancyEstimate all = fit(rows("A 0 1 h i", "A 1 2 i -", "B 0 3 h d"), OccupancyVariance.ROBUST);
        assertThat(all.horizon()).isEqualTo(3);
        assertThat(all.probabilityAt("h", 4).reason()).isEqualTo("follow-up ends at 3");
        assertThat(all.timeIn("h", 4).reason()).isEqualTo("tau is 4 and follow-up ends at 3");
        assertThat(all.visits("d", 4).reason()).isEqualTo("follow-up ends at 3");
        assertThat(all.probabilityValues(new double[] {1, 4})[0]).containsExactly(0.5, Double.NaN);
        double[][] joint = all.covariance(new double[] {1, 4});
        assertThat(joint[0][0]).isCloseTo(1 / 8.0, within(EXACT));
        assertThat(joint[0][3]).isNaN();
        assertThat(joint[5][5]).isNaN();
        OccupancyEstimate later = StateOccupancy.withDefaults()
                .withStart(1.5)
                .fit(rows("A 0 1 h i", "A 1 2 i d", "B 0 3 h d").build())
                .get("all");
        assertThat(later.startDistribution()).isEqualTo(Map.of("h", 0.5, "i", 0.5, "d", 0.0));
        assertThat(later.probabilityAt("h", 1).reason()).isEqualTo("the probabilities start at 1.5");
        assertThat(later.timeIn("h", 1).reason()).isEqualTo("tau is 1 and the probabilities start at 1.5");
        assertThat(later.hazard("h", "d").cumulativeHazardAt(1).reason()).isEqualTo("the curve starts at 1.5");
        assertThat(later.horizon()).isInfinite();
        assertThat(later.probabilityAt("d", 100).estimate()).isEqualTo(1);
        assertThat(later.probabilityAt("d", 100).standardError()).hasValue(0);
        assertThat(later.timeIn("d", 10).estimate()).isCloseTo(7.5, within(1e-14));
    }

    @Test
    void tablesAndIntervals() {
        OccupancyEstimate all = StateOccupancy.withDefaults()
                .withLevel(0.9)
                .withConfidenceType(ConfidenceType.PLAIN)
                .fit(rows("A 0 1 h i", "A 1 3 i d", "B 0 2 h d", "C 0 4 h -", "D 0 3 h i", "D 3 5 i -")
                        .build())
                .get("all");
        assertThat(all.tidy().rowCount()).isEqualTo(15);
        assertThat(all.tidy().value(2, "probability")).isEqualTo(0.25);
        assertThat(all.tidy().value(2, "state")).isEqualTo("h");
        PointEstimate h = all.probabilityAt("h", 3);
        assertThat(h.interval().upper().orElseThrow())
                .isCloseTo(0.25 + 1.6448536269514722 * Math.sqrt(3 / 64.0), within(1e-14));
        assertThat(all.tidy().value(2, "upper")).isEqualTo(h.interval().upper().orElseThrow());
        assertThat(all.rows()).isEqualTo(6);
        OccupancySum alive = all.sum(List.of("h", "i"));
        assertThat(alive.probabilityAt(3).estimate()).isEqualTo(0.5);
        assertThat(Math.pow(alive.standardError(2), 2)).isCloseTo(1 / 16.0, within(EXACT));
        assertThat(alive.tidy().value(2, "states")).isEqualTo("h + i");
        assertThat(alive.tidy().value(2, "probability")).isEqualTo(0.5);
        assertThat(alive.probabilityValues(new double[] {0, 3})).containsExactly(1, 0.5);
        assertThat(alive.timeIn(3).estimate()).isCloseTo(2.75, within(EXACT));
        assertThat(alive.states()).containsExactly("h", "i");
        assertThat(alive.jumpTimes()).containsExactly(1, 2, 3);
        assertThat(alive.horizon()).isEqualTo(5);
        assertThat(alive.warnings()).isEqualTo(all.warnings());
        assertThat(alive.conventions()).isEqualTo(all.conventions()).containsEntry("level", "0.9");
        assertThat(alive.occupancy()).isSameAs(all);
        TransitionProbabilities matrix = all.transitions(1, 3);
        assertThat(matrix.tidy().rowCount()).isEqualTo(9);
        assertThat(matrix.tidy().value(1, "probability"))
                .isEqualTo(matrix.probability("h", "i").estimate());
        assertThat(matrix.states()).isEqualTo(all.states());
        assertThat(matrix.covariance()).hasDimensions(9, 9);
    }

    /** Four children: one stays well, one relapses and is rescued, one relapses and dies, one dies without relapse. */
    @Test
    void currentLeukaemiaFreeSurvival() {
        List<TransplantHistory> histories = List.of(
                TransplantHistory.builder("well")
                        .on(TransplantEvent.LAST_CONTACT, 500)
                        .build(),
                TransplantHistory.builder("rescued")
                        .on(TransplantEvent.RELAPSE, 100)
                        .on(TransplantEvent.SECOND_TRANSPLANT, 160)
                        .on(TransplantEvent.LAST_CONTACT, 500)
                        .build(),
                TransplantHistory.builder("lost")
                        .on(TransplantEvent.RELAPSE, 120)
                        .on(TransplantEvent.DEATH, 200)
                        .build(),
                TransplantHistory.builder("toxic").on(TransplantEvent.DEATH, 50).build());
        OccupancySum current = StateOccupancy.withDefaults().currentLeukaemiaFreeSurvival(histories, DurationUnit.DAYS);
        assertThat(current.states()).containsExactly("in remission", "in remission after second transplant");
        assertThat(current.probabilityValues(new double[] {0, 50, 100, 120, 160, 500}))
                .containsExactly(new double[] {1, 0.75, 0.5, 0.25, 0.5, 0.5}, within(EXACT));
        // Nobody is censored before 500: a share of four.
        PointEstimate year = current.probabilityAt(365);
        assertThat(Math.pow(year.standardError().orElseThrow(), 2)).isCloseTo(1 / 16.0, within(EXACT));
        assertThat(current.timeIn(200).estimate()).isCloseTo((200 + 140 + 120 + 50) / 4.0, within(1e-12));
        assertThat(current.occupancy().probabilityAt("dead after relapse", 300).estimate())
                .isEqualTo(0.25);
    }
}
