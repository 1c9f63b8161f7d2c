package io.engraft.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engraft.data.SurvivalData;
import io.engraft.data.WeightType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Small cases worked by hand in exact fractions: every column of every curve, to 1e-14. */
class HandWorkedCurvesTest {

    private static final double TOLERANCE = 1e-14;

    /** Data and, by column, one fraction a point; "-" where there is no number. */
    private record Worked(String name, SurvivalData data, Map<String, String> columns) {
        @Override
        public String toString() {
            return name;
        }

        double[] column(String name) {
            String text = Objects.requireNonNull(columns.get(name), name);
            return Arrays.stream(text.split(" "))
                    .mapToDouble(HandWorkedCurvesTest::fraction)
                    .toArray();
        }
    }

    private static double fraction(String text) {
        if (text.equals("-")) {
            return Double.NaN;
        }
        int slash = text.indexOf('/');
        return slash < 0
                ? Double.parseDouble(text)
                : Double.parseDouble(text.substring(0, slash)) / Double.parseDouble(text.substring(slash + 1));
    }

    private static double[] numbers(String text) {
        return Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
    }

    private static int[] codes(String text) {
        return Arrays.stream(text.split(" ")).mapToInt(Integer::parseInt).toArray();
    }

    private static SurvivalData.Builder rows(String time, String status) {
        return SurvivalData.builder(numbers(time), codes(status)).causes(List.of("1", "2"));
    }

    static Stream<Worked> cases() {
        return Stream.of(plain(), allEvents(), ties(), delayedEntry(), integerWeights(), oddFrequencies());
    }

    private static Worked plain() {
        return new Worked(
                "censoring between and at event times",
                rows("1 2 2 3 4 5 5", "1 1 0 2 0 2 0").build(),
                Map.ofEntries(
                        Map.entry("t", "1 2 3 4 5"),
                        Map.entry("n", "7 6 4 3 2"),
                        Map.entry("S", "6/7 5/7 15/28 15/28 15/56"),
                        Map.entry("VarS", "6/343 10/343 885/21952 885/21952 4035/87808"),
                        Map.entry("H", "1/7 13/42 47/84 47/84 89/84"),
                        Map.entry("VarH", "1/49 85/1764 781/7056 781/7056 2545/7056"),
                        Map.entry("F1", "1/7 2/7 2/7 2/7 2/7"),
                        Map.entry("VarF1", "6/343 10/343 10/343 10/343 10/343"),
                        Map.entry("F2", "0 0 5/28 5/28 25/56"),
                        Map.entry("VarF2", "0 0 565/21952 565/21952 4675/87808"),
                        Map.entry("C", "0 0 -5/686 -5/686 -25/1372")));
    }

    private static Worked allEvents() {
        return new Worked(
                "everybody has an event",
                rows("1 2 3 4", "1 2 1 2").build(),
                Map.ofEntries(
                        Map.entry("t", "1 2 3 4"),
                        Map.entry("n", "4 3 2 1"),
                        Map.entry("S", "3/4 1/2 1/4 0"),
                        Map.entry("VarS", "3/64 1/16 3/64 -"),
                        Map.entry("H", "1/4 7/12 13/12 25/12"),
                        Map.entry("VarH", "1/16 25/144 61/144 205/144"),
                        Map.entry("F1", "1/4 1/4 1/2 1/2"),
                        Map.entry("VarF1", "3/64 3/64 1/16 1/16"),
                        Map.entry("F2", "0 1/4 1/4 1/2"),
                        Map.entry("VarF2", "0 3/64 3/64 1/16"),
                        Map.entry("C", "0 -1/64 -1/32 -1/16")));
    }

    private static Worked ties() {
        return new Worked(
                "ties of causes with each other and with censorings",
                rows("1 1 1 2 2 3", "1 2 0 1 1 0").build(),
                Map.ofEntries(
                        Map.entry("t", "1 2 3"),
                        Map.entry("n", "6 3 1"),
                        Map.entry("S", "2/3 2/9 2/9"),
                        Map.entry("VarS", "1/27 1/27 1/27"),
                        Map.entry("H", "1/3 1 1"),
                        Map.entry("VarH", "1/18 5/18 5/18"),
                        Map.entry("F1", "1/6 11/18 11/18"),
                        Map.entry("VarF1", "5/216 31/648 31/648"),
                        Map.entry("F2", "1/6 1/6 1/6"),
                        Map.entry("VarF2", "5/216 5/216 5/216"),
                        Map.entry("C", "-1/216 -11/648 -11/648")));
    }

    private static Worked delayedEntry() {
        return new Worked(
                "delayed entry, one of them at an event time",
                rows("1 2 3 4 5 4 5", "1 1 1 0 2 2 0")
                        .entry(numbers("0 0 1 1.5 2 2 3"))
                        .build(),
                Map.ofEntries(
                        Map.entry("t", "1 2 3 4 5"),
                        Map.entry("n", "2 3 4 4 2"),
                        Map.entry("S", "1/2 1/3 1/4 3/16 3/32"),
                        Map.entry("VarS", "1/8 2/27 3/64 15/512 3/256"),
                        Map.entry("H", "1/2 5/6 13/12 4/3 11/6"),
                        Map.entry("VarH", "1/4 13/36 61/144 35/72 53/72"),
                        Map.entry("F1", "1/2 2/3 3/4 3/4 3/4"),
                        Map.entry("VarF1", "1/8 2/27 3/64 3/64 3/64"),
                        Map.entry("F2", "0 0 0 1/16 5/32"),
                        Map.entry("VarF2", "0 0 0 3/512 3/128"),
                        Map.entry("C", "0 0 0 -3/256 -15/512")));
    }

    private static Worked integerWeights() {
        return new Worked(
                "whole weights",
                rows("1 2 2 3 4 5 5", "1 0 1 2 0 2 0")
                        .weights(numbers("1 2 3 1 2 1 2"), WeightType.FREQUENCY)
                        .build(),
                Map.ofEntries(
                        Map.entry("t", "1 2 3 4 5"),
                        Map.entry("n", "12 11 6 5 3"),
                        Map.entry("S", "11/12 2/3 5/9 5/9 10/27"),
                        Map.entry("VarS", "11/1728 1/54 5/216 5/216 145/4374"),
                        Map.entry("H", "1/12 47/132 23/44 23/44 113/132"),
                        Map.entry("VarH", "1/144 553/17424 1037/17424 1037/17424 991/5808"),
                        Map.entry("F1", "1/12 1/3 1/3 1/3 1/3"),
                        Map.entry("VarF1", "11/1728 1/54 1/54 1/54 1/54"),
                        Map.entry("F2", "0 0 1/9 1/9 8/27"),
                        Map.entry("VarF2", "0 0 7/648 7/648 68/2187"),
                        Map.entry("C", "0 0 -1/324 -1/324 -2/243")));
    }

    private static Worked oddFrequencies() {
        return new Worked(
                "frequency weights, odd",
                rows("1 2 2 3 4", "1 2 0 1 0")
                        .weights(numbers("1 3 2 1 1"), WeightType.FREQUENCY)
                        .build(),
                Map.ofEntries(
                        Map.entry("t", "1 2 3 4"),
                        Map.entry("n", "8 7 2 1"),
                        Map.entry("S", "7/8 1/2 1/4 1/4"),
                        Map.entry("VarS", "7/512 1/32 5/128 5/128"),
                        Map.entry("H", "1/8 31/56 59/56 59/56"),
                        Map.entry("VarH", "1/64 241/3136 1025/3136 1025/3136"),
                        Map.entry("F1", "1/8 1/8 3/8 3/8"),
                        Map.entry("VarF1", "7/512 7/512 23/512 23/512"),
                        Map.entry("F2", "0 3/8 3/8 3/8"),
                        Map.entry("VarF2", "0 15/512 15/512 15/512"),
                        Map.entry("C", "0 -3/512 -9/512 -9/512")));
    }

    private static void close(double[] actual, double[] expected, String what) {
        assertThat(actual).as(what).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            if (Double.isNaN(expected[i])) {
                assertThat(actual[i]).as(what + " at point " + i).isNaN();
            } else {
                assertThat(actual[i]).as(what + " at point " + i).isCloseTo(expected[i], within(TOLERANCE));
            }
        }
    }

    private interface Column {
        double at(int point);
    }

    private static double[] read(int size, Column column) {
        double[] values = new double[size];
        Arrays.setAll(values, column::at);
        return values;
    }

    private static double square(double x) {
        return x * x;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void kaplanMeier(Worked worked) {
        SurvivalEstimate curve = KaplanMeier.withDefaults().fit(worked.data()).get("all");
        int m = curve.size();
        close(read(m, curve::time), worked.column("t"), "t");
        close(read(m, curve::atRisk), worked.column("n"), "n");
        close(read(m, curve::survival), worked.column("S"), "S");
        close(read(m, i -> square(curve.standardError(i))), worked.column("VarS"), "VarS");
        close(read(m, curve::cumulativeHazard), worked.column("H"), "H");
        close(curve.survivalValues(worked.column("t")), worked.column("S"), "S in bulk");
        close(curve.cumulativeHazardValues(worked.column("t")), worked.column("H"), "H in bulk");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void nelsonAalen(Worked worked) {
        HazardEstimate curve = NelsonAalen.withDefaults().fit(worked.data()).get("all");
        int m = curve.size();
        close(read(m, curve::cumulativeHazard), worked.column("H"), "H");
        close(read(m, i -> square(curve.standardError(i))), worked.column("VarH"), "VarH");
        double[] t = worked.column("t");
        close(read(m, i -> curve.cumulativeHazardAt(t[i]).estimate()), worked.column("H"), "H at t");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aalenJohansen(Worked worked) {
        IncidenceEstimate all = AalenJohansen.withDefaults().fit(worked.data()).get("all");
        for (String cause : List.of("1", "2")) {
            CauseIncidence curve = all.incidence(cause);
            int m = curve.size();
            close(read(m, curve::incidence), worked.column("F" + cause), "F" + cause);
            close(read(m, i -> square(curve.standardError(i))), worked.column("VarF" + cause), "VarF" + cause);
            close(curve.incidenceValues(worked.column("t")), worked.column("F" + cause), "F" + cause + " in bulk");
        }
        double[] t = worked.column("t");
        double[][] joint = all.covariance(t);
        // Rows and columns: event-free, 1, 2 at the first time, then at the second.
        close(read(t.length, i -> joint[3 * i + 1][3 * i + 2]), worked.column("C"), "Cov(F1, F2)");
        close(read(t.length, i -> joint[3 * i + 1][3 * i + 1]), worked.column("VarF1"), "VarF1 of the joint matrix");
        close(read(t.length, i -> joint[3 * i + 2][3 * i + 2]), worked.column("VarF2"), "VarF2 of the joint matrix");
        double[] varS = worked.column("VarS");
        double[] known = read(t.length, i -> Double.isNaN(varS[i]) ? 0 : varS[i]);
        close(read(t.length, i -> joint[3 * i][3 * i]), known, "VarS of the joint matrix");
    }

    @Test
    void medianOfAFlatAtOneHalfIsItsMiddle() {
        SurvivalEstimate curve =
                KaplanMeier.withDefaults().fit(allEvents().data()).get("all");
        assertThat(curve.median().estimate()).isEqualTo(2.5);
        assertThat(curve.quantile(0.25).estimate()).isEqualTo(1.5);
        assertThat(curve.quantile(0.75).estimate()).isEqualTo(3.5);
        assertThat(curve.quantile(0.6).estimate()).isEqualTo(3);
    }

    @Test
    void restrictedMeanByHand() {
        // S is 1, 3/4, 1/2, 1/4 on the four unit intervals: areas beyond each event 1.5, 0.75, 0.25, 0.
        SurvivalEstimate curve =
                KaplanMeier.withDefaults().fit(allEvents().data()).get("all");
        assertThat(curve.restrictedMean(4).estimate()).isCloseTo(2.5, within(TOLERANCE));
        double variance = 1.5 * 1.5 / (4 * 3) + 0.75 * 0.75 / (3 * 2) + 0.25 * 0.25 / (2 * 1);
        assertThat(curve.restrictedMean(4).standardError().orElseThrow())
                .isCloseTo(Math.sqrt(variance), within(TOLERANCE));
        assertThat(curve.restrictedMean(2.5).estimate()).isCloseTo(1 + 0.75 + 0.25, within(TOLERANCE));
        assertThat(curve.restrictedMean(0.5).estimate()).isEqualTo(0.5);
        assertThat(curve.restrictedMean(0.5).standardError().orElseThrow()).isZero();
    }

    @Test
    void countsAtChosenTimes() {
        SurvivalEstimate curve = KaplanMeier.withDefaults().fit(plain().data()).get("all");
        List<double[]> rows = new ArrayList<>();
        for (SurvivalPoint p : curve.at(0, 2, 3.5, 5)) {
            rows.add(new double[] {p.time(), p.atRisk(), p.events(), p.censored()});
            assertThat(p.atRiskRows()).isEqualTo((long) p.atRisk());
            assertThat(p.eventRows()).isEqualTo((long) p.events());
            assertThat(p.censoredRows()).isEqualTo((long) p.censored());
        }
        assertThat(rows.get(0)).containsExactly(0, 7, 0, 0);
        assertThat(rows.get(1)).containsExactly(2, 6, 2, 1);
        assertThat(rows.get(2)).containsExactly(3.5, 3, 1, 0);
        assertThat(rows.get(3)).containsExactly(5, 2, 1, 2);
    }

    @Test
    void timesMayRepeatAndComeInAnyOrder() {
        SurvivalEstimate curve = KaplanMeier.withDefaults().fit(plain().data()).get("all");
        List<SurvivalPoint> mixed = curve.at(5, 0.0, 3.5, 5, -0.0, 2);
        List<SurvivalPoint> sorted = curve.at(0, 2, 3.5, 5);
        int[] place = {3, 0, 2, 3, 0, 1};
        for (int j = 0; j < place.length; j++) {
            SurvivalPoint expected = sorted.get(place[j]);
            SurvivalPoint point = mixed.get(j);
            assertThat(point.events()).isEqualTo(expected.events());
            assertThat(point.censoredRows()).isEqualTo(expected.censoredRows());
            assertThat(point.atRiskRows()).isEqualTo(expected.atRiskRows());
            assertThat(point.survival().estimate())
                    .isEqualTo(expected.survival().estimate());
        }
    }

    @Test
    void aStartThatCountsAsATimeHasThatTimeBehindIt() {
        // Who died at 3 has not survived 3: of the two left one dies at 4.
        double[] time = {1, 3, 4, 5};
        int[] status = {1, 1, 1, 0};
        double below = 3 - 1e-11;
        double above = 3 + 1e-11;
        for (double start : new double[] {below, 3, above}) {
            SurvivalEstimate curve = KaplanMeier.withDefaults().withStart(start).fit(time, status);
            assertThat(curve.survivalAt(3.5).estimate()).as("from " + start).isEqualTo(1);
            assertThat(curve.survivalAt(4).estimate()).as("from " + start).isEqualTo(0.5);
        }
    }
}
