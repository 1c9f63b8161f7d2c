package io.engraft.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.data.DurationUnit;
import io.engraft.data.SurvivalData;
import io.engraft.data.io.CsvSource;
import io.engraft.estimate.AalenJohansen;
import io.engraft.estimate.IncidenceEstimate;
import io.engraft.estimate.KaplanMeier;
import io.engraft.estimate.SurvivalEstimate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CurveReconstructionTest {

    private static final CurveReconstruction EXACT =
            CurveReconstruction.withDefaults().withPrecision(1e-6, 0);

    private static double[] of(double... values) {
        return values;
    }

    private static AtRiskTable table(double[] times, int... numbers) {
        return AtRiskTable.of(times, numbers);
    }

    /** Freireich 1963, 6-MP arm, from its exact curve: 21 children, 9 relapses at 6, 6, 6, 7, 10, 13, 16, 22, 23. */
    @Test
    void theSixMercaptopurineArm() {
        double[] time = {6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35};
        int[] status = {1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0};
        SurvivalEstimate truth =
                KaplanMeier.withDefaults().fit(SurvivalData.of(time, status)).get("all");
        double[] steps = {6, 7, 10, 13, 16, 22, 23, 35};
        DigitisedCurve curve = DigitisedCurve.survival(steps, truth.survivalValues(steps));
        ReconstructedCurve rebuilt = EXACT.withUnit(DurationUnit.DAYS)
                .fit(curve, table(of(0, 5, 10, 15, 20, 25, 30, 35), 21, 21, 15, 11, 8, 5, 4, 1));
        assertThat(rebuilt.events()).isEqualTo(9);
        assertThat(rebuilt.data().size()).isEqualTo(21);
        assertThat(rebuilt.data().unit()).isEqualTo(DurationUnit.DAYS);
        assertThat(rebuilt.survival().survivalValues(steps))
                .containsExactly(truth.survivalValues(steps), within(1e-12));
        assertThat(rebuilt.survival().median().estimate()).isEqualTo(23);
        assertThat(rebuilt.agreement().largest()).isLessThan(1e-12);
        assertThat(rebuilt.agreement().largestAtRisk()).isZero();
        assertThat(rebuilt.agreement().points()).isEqualTo(8);
        assertThat(rebuilt.agreement().rootMeanSquare()).isLessThan(1e-12);
        assertThat(rebuilt.flattened()).isZero();
        assertThat(rebuilt.assumptions())
                .containsExactly(
                        "between two times of the at-risk table people leave evenly, unless the heights of steps say"
                                + " otherwise",
                        "beyond the last printed number at risk people leave at the rate before it");
        assertThat(rebuilt.tidy().rowCount()).isEqualTo(21);
        assertThat(rebuilt.causes()).containsExactly("event");
    }

    /** Four patients, one of them lost between the first and the second event: 3/4, then 3/4 x 1/2. */
    @Test
    void theHeightOfAStepSaysHowManyWereThere() {
        ReconstructedCurve rebuilt =
                EXACT.fit(DigitisedCurve.survival(of(1, 5, 9), of(0.75, 0.375, 0.375)), table(of(0, 9), 4, 1));
        assertThat(rebuilt.events()).isEqualTo(2);
        assertThat(rebuilt.survival().survivalAt(6).estimate()).isEqualTo(0.375);
        assertThat(rebuilt.survival().atRiskAt(5)).isEqualTo(2);
        // the loss stands in the middle between the two events
        assertThat(rebuilt.data().time(1)).isEqualTo(3);
        assertThat(rebuilt.data().status(1)).isZero();
    }

    @Test
    void withoutNumbersNobodyLeavesBeforeTheEnd() {
        ReconstructedCurve rebuilt =
                EXACT.fit(DigitisedCurve.survival(of(1, 2, 6), of(0.9, 0.6, 0.6)), AtRiskTable.ofPatients(10));
        assertThat(rebuilt.events()).isEqualTo(4);
        assertThat(rebuilt.data().size()).isEqualTo(10);
        assertThat(rebuilt.data().time(9)).isEqualTo(6);
        assertThat(rebuilt.assumptions())
                .contains("nobody is censored before the end: neither later numbers at risk nor the total of events is"
                        + " known");
    }

    /** 20 patients of whom 10 leave evenly: the curve alone would give more events than the printed total. */
    @Test
    void theTotalOfEventsIsMet() {
        double[] time = new double[20];
        int[] status = new int[20];
        for (int i = 0; i < 20; i++) {
            time[i] = i + 1;
            status[i] = i % 2;
        }
        double[] steps = {2, 4, 6, 8, 10, 12, 14, 16, 18};
        SurvivalEstimate truth =
                KaplanMeier.withDefaults().fit(SurvivalData.of(time, status)).get("all");
        DigitisedCurve curve = DigitisedCurve.survival(steps, truth.survivalValues(steps));
        CurveReconstruction known = CurveReconstruction.withDefaults().withTotalEvents(9);
        ReconstructedCurve rebuilt = known.fit(curve, AtRiskTable.ofPatients(20));
        assertThat(rebuilt.events()).isEqualTo(9);
        assertThat(rebuilt.agreement().eventsOff()).isZero();
        assertThat(rebuilt.agreement().largest()).isLessThan(0.02);
        assertThat(rebuilt.assumptions())
                .contains("beyond the last printed number at risk as many leave as make the total of events 9");
        ReconstructedCurve unknown = CurveReconstruction.withDefaults().fit(curve, AtRiskTable.ofPatients(20));
        assertThat(unknown.events()).isGreaterThan(9);
        assertThat(known.fit(curve, table(of(0, 10), 20, 11)).events()).isEqualTo(9);
    }

    /** 10 patients: F rises by 0.1 a relapse. Censored leavers make it 1 - KM, competing ones Aalen-Johansen. */
    @Test
    void oneIncidenceAloneNeedsAnAssumption() {
        DigitisedCurve relapse = DigitisedCurve.incidence("relapse", of(1, 6, 12), of(0.1, 0.2, 0.2));
        AtRiskTable risk = table(of(0, 5, 12), 10, 5, 4);
        CurveReconstruction competing = EXACT.withLeavers(Leavers.COMPETING);
        ReconstructedCurve rebuilt = competing.fit(relapse, risk);
        assertThat(rebuilt.data().causes()).containsExactly("relapse", "without relapse");
        assertThat(rebuilt.events()).isEqualTo(2);
        assertThat(rebuilt.incidence("relapse").incidenceAt(12).estimate()).isCloseTo(0.2, within(1e-12));
        assertThat(rebuilt.incidence("without relapse").incidenceAt(12).estimate())
                .isCloseTo(0.4, within(1e-12));
        assertThat(rebuilt.survival().survivalAt(12).estimate()).isCloseTo(0.4, within(1e-12));
        assertThat(rebuilt.assumptions())
                .contains("whoever left the numbers at risk without relapse had a competing event");
        ReconstructedCurve censored = CurveReconstruction.withDefaults().fit(relapse, risk);
        assertThat(censored.data().causes()).containsExactly("relapse");
        assertThat(censored.survival().survivalAt(12).estimate())
                .isCloseTo(1 - censored.incidence("relapse").incidenceAt(12).estimate(), within(1e-12));
        assertThat(censored.assumptions())
                .anyMatch(s ->
                        s.endsWith("competing events are not known of, and the curve is read as 1 - Kaplan-Meier"));
    }

    @Test
    void smallRisesAreFlattenedWhereThatIsDeclared() {
        DigitisedCurve curve = DigitisedCurve.survival(of(0, 1, 2, 3, 4), of(0.999, 0.8, 0.802, 0.6, 0.6));
        ReconstructedCurve rebuilt =
                CurveReconstruction.withDefaults().withTolerance(0.005).fit(curve, AtRiskTable.ofPatients(5));
        assertThat(rebuilt.flattened()).isEqualTo(1);
        assertThat(rebuilt.events()).isEqualTo(2);
        assertThat(rebuilt.assumptions()).contains("1 points broke the order by at most 0.005 and were flattened");
        assertThatThrownBy(() -> CurveReconstruction.withDefaults().fit(curve, AtRiskTable.ofPatients(5)))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage("row 1, column 'survival', value '0.999': allowed at time 0: survival 1\n"
                        + "row 3, column 'survival', value '0.802': survival rises by 0.002 from the points before it;"
                        + " allowed: up to the declared tolerance of 0.0");
    }

    @Test
    void theCurveGoesOnFlatToTheEndOfTheTable() {
        ReconstructedCurve rebuilt = EXACT.fit(DigitisedCurve.survival(of(1), of(0.5)), table(of(0, 2, 8), 4, 2, 1));
        assertThat(rebuilt.data().size()).isEqualTo(4);
        assertThat(rebuilt.survival().horizon()).isEqualTo(8);
        assertThat(rebuilt.survival().atRiskAt(8)).isEqualTo(1);
        ReconstructedCurve toZero =
                EXACT.fit(DigitisedCurve.survival(of(1, 2, 9), of(0.5, 0, 0)), table(of(0, 5), 4, 0));
        assertThat(toZero.events()).isEqualTo(4);
        assertThat(toZero.agreement().largest()).isZero();
    }

    /** Data on a grid of days, read exactly with all numbers at risk, come back; causes too. */
    @Test
    void exactCurvesGiveTheDataBack() {
        for (long seed = 0; seed < 1000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int n = 3 + random.nextInt(20);
            int causes = 1 + random.nextInt(2);
            double[] time = new double[n];
            int[] status = new int[n];
            for (int i = 0; i < n; i++) {
                time[i] = 1 + random.nextInt(12);
                status[i] = random.nextInt(causes + 1);
            }
            List<String> labels = causes == 1 ? List.of("event") : List.of("relapse", "nrm");
            IncidenceEstimate truth = AalenJohansen.withDefaults()
                    .fit(SurvivalData.builder(time, status).causes(labels).build())
                    .get("all");
            TreeSet<Double> found = new TreeSet<>();
            Arrays.stream(time).forEach(found::add);
            double[] steps = found.stream().mapToDouble(t -> t).toArray();
            List<DigitisedCurve> curves = new ArrayList<>();
            for (String label : labels) {
                double[] f = truth.incidence(label).incidenceValues(steps);
                curves.add(
                        causes == 1
                                ? DigitisedCurve.survival(
                                        steps,
                                        Arrays.stream(f)
                                                .map(x -> Math.max(0, 1 - x))
                                                .toArray())
                                : DigitisedCurve.incidence(label, steps, f));
            }
            double[] at = new double[13];
            int[] numbers = new int[13];
            for (int t = 0; t <= 12; t++) {
                at[t] = t;
                int day = t;
                numbers[t] = (int) Arrays.stream(time).filter(x -> x >= day).count();
            }
            ReconstructedCurve rebuilt = EXACT.withTolerance(1e-9).fit(curves, AtRiskTable.of(at, numbers));
            String where = "seed " + seed;
            assertThat(rebuilt.data().size()).as(where).isEqualTo(n);
            assertThat(rebuilt.agreement().largestAtRisk()).as(where).isZero();
            assertThat(rebuilt.agreement().largest()).as(where).isLessThan(1e-9);
            assertThat(rebuilt.events()).as(where).isEqualTo((int)
                    Arrays.stream(status).filter(s -> s > 0).count());
        }
    }

    @Test
    void theSpreadOfReadingIsSmallAndReproducible() {
        PrintedCurve.Arm arm = new PrintedCurve.Arm(80, List.of(20.0), 1, 36, 12, 0.005, 0);
        PrintedCurve print = PrintedCurve.of(arm, List.of("event"), new PrintedCurve.Size(500, 400), 7);
        CurveReconstruction procedure = CurveReconstruction.withDefaults().withPrecision(0.00125, 0.036);
        List<DigitisedCurve> curve = List.of(print.survivalPoints());
        DigitisationSpread spread = procedure.spread(curve, print.atRisk(6), of(6, 12, 24), 40, 11, 0.9);
        DigitisationSpread again = procedure.spread(curve, print.atRisk(6), of(6, 12, 24), 40, 11, 0.9);
        assertThat(again.rows()).isEqualTo(spread.rows());
        assertThat(again.median()).isEqualTo(spread.median());
        assertThat(spread.draws()).isEqualTo(40);
        for (double t : of(6, 12, 24)) {
            double truth = print.truth.eventFree().survivalAt(t).estimate();
            assertThat(spread.at("survival", t).estimate()).isCloseTo(truth, within(0.005));
            double lower = spread.at("survival", t).interval().lower().orElseThrow();
            double upper = spread.at("survival", t).interval().upper().orElseThrow();
            assertThat(upper - lower).isBetween(0.0, 0.02);
            assertThat(spread.at("survival", t).standardError().orElseThrow()).isLessThan(0.01);
        }
        assertThat(spread.median().interval().lower().orElseThrow())
                .isLessThanOrEqualTo(spread.median().interval().upper().orElseThrow());
        assertThat(spread.largestMisfit()).isBetween(1e-6, 0.02);
        assertThat(spread.tidy().rowCount()).isEqualTo(4);
        assertThatThrownBy(() -> spread.at("relapse", 6))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("curve and time is relapse at 6.0; allowed: one of [survival at 6.0, survival at 12.0,"
                        + " survival at 24.0]");
        // more careless reading leaves more open
        DigitisationSpread careless = CurveReconstruction.withDefaults()
                .withPrecision(0.02, 1)
                .spread(curve, print.atRisk(6), of(12), 40, 11, 0.9);
        assertThat(careless.at("survival", 12).standardError().orElseThrow())
                .isGreaterThan(spread.at("survival", 12).standardError().orElseThrow());
    }

    @Test
    void aSpreadCanLackAMedianAndHaveCauses() {
        List<DigitisedCurve> causes = List.of(
                DigitisedCurve.incidence("relapse", of(0, 3, 9), of(0, 0.2, 0.2)),
                DigitisedCurve.incidence("nrm", of(0, 2, 5, 9), of(0, 0.05, 0.1, 0.1)));
        AtRiskTable risk = table(of(0, 6, 9), 20, 14, 0);
        DigitisationSpread spread = CurveReconstruction.withDefaults()
                .withPrecision(0.005, 0.2)
                .spread(causes, risk, of(4, 50), 10, 3, 0.8);
        assertThat(spread.median().isEstimable()).isFalse();
        assertThat(spread.at("relapse", 4).estimate()).isCloseTo(0.2, within(1e-9));
        assertThat(spread.at("nrm", 4).estimate()).isCloseTo(0.05, within(1e-9));
        assertThat(spread.at("nrm", 50).isEstimable()).isFalse();
        assertThat(spread.at("nrm", 50).reason()).isEqualTo("the curve ends before 50.0");
    }

    @Test
    void curvesAndTablesAreReadFromText() {
        List<DigitisedCurve> one = DigitisedCurve.read(CsvSource.ofText("time,survival\n1,0.9\n2,0.8\n", "c.csv"));
        assertThat(one).hasSize(1);
        assertThat(one.get(0).isSurvival()).isTrue();
        assertThat(one.get(0).size()).isEqualTo(2);
        assertThat(one.get(0).time(1)).isEqualTo(2);
        assertThat(one.get(0).value(1)).isEqualTo(0.8);
        List<DigitisedCurve> two =
                DigitisedCurve.read(CsvSource.ofText("cause,time,incidence\nr,1,0.1\nn,1,0.05\nr,2,0.3\n", "c.csv"));
        assertThat(two).extracting(DigitisedCurve::cause).containsExactly("r", "n");
        assertThat(two.get(0).value(1)).isEqualTo(0.3);
        AtRiskTable risk = AtRiskTable.read(CsvSource.ofText("time,at_risk\n0,10\n6,4\n", "r.csv"));
        assertThat(risk.patients()).isEqualTo(10);
        assertThat(risk.size()).isEqualTo(2);
        assertThat(risk.atRisk(1)).isEqualTo(4);
        assertThat(risk.time(1)).isEqualTo(6);
        assertThatThrownBy(() -> DigitisedCurve.read(CsvSource.ofText("time,survival\n1,90\n", "c.csv")))
                .hasMessage("c.csv, row 1, line 2, column 'survival', value '90.0': not a probability; allowed: 0 to 1"
                        + " (divide percentages by 100, or declare them: --percent)");
        assertThatThrownBy(() -> DigitisedCurve.read(CsvSource.ofText("cause,time,incidence\n,1,0.1\n", "c.csv")))
                .hasMessage(
                        "c.csv, row 1, line 2, column 'cause', value '': missing value; allowed: a name in every row");
        assertThatThrownBy(() -> DigitisedCurve.read(CsvSource.ofText("time,p\n1,0.1\n", "c.csv")))
                .hasMessageContaining("incidence");
        assertThatThrownBy(() -> AtRiskTable.read(CsvSource.ofText("time,at_risk\n0,10.5\n", "r.csv")))
                .hasMessage("r.csv, row 1, line 2, column 'at_risk', value '10.5': allowed: a whole number");
        assertThatThrownBy(() -> AtRiskTable.read(CsvSource.ofText("time,at_risk\n0,10\n3,11\n", "r.csv")))
                .hasMessage(
                        "r.csv, row 2, column 'at_risk', value '11': rises from 10; allowed: numbers at risk that never"
                                + " rise");
        List<DigitisedCurve> rising = DigitisedCurve.read(CsvSource.ofText("time,survival\n1,0.8\n2,0.9\n", "c.csv"));
        assertThatThrownBy(() -> EXACT.fit(rising, AtRiskTable.ofPatients(5)))
                .hasMessageStartingWith("c.csv, row 2, line 3, column 'survival', value '0.9': survival rises by 0.1");
    }

    @Test
    void badPoints() {
        assertThatThrownBy(() -> DigitisedCurve.survival(of(-1, Double.NaN, 2), of(0.9, 0.8, Double.NaN)))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage("row 1, column 'time', value '-1.0': allowed: a finite time >= 0\n"
                        + "row 2, column 'time', value 'NaN': allowed: a finite time >= 0\n"
                        + "row 3, column 'survival', value 'NaN': not a probability; allowed: 0 to 1 (divide percentages"
                        + " by 100, or declare them: --percent)");
        assertThatThrownBy(() -> DigitisedCurve.incidence("r", of(2, 1), of(0.1, 1.2)))
                .hasMessage(
                        "row 2, column 'time', value '1.0': before the point above it, at 2.0; allowed: left to right\n"
                                + "row 2, column 'incidence', value '1.2': not a probability; allowed: 0 to 1 (divide percentages"
                                + " by 100, or declare them: --percent)");
        assertThatThrownBy(() -> DigitisedCurve.survival(of(), of()))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("digitised points is empty; allowed: one or more");
        assertThatThrownBy(() -> DigitisedCurve.survival(of(1, 2), of(0.5)))
                .hasMessage("times has 2 rows and survival has 1; allowed: equal lengths");
        assertThatThrownBy(() -> DigitisedCurve.incidence(" ", of(1), of(0.5)))
                .hasMessage("cause is ' '; allowed: a name");
        DigitisedCurve falling = DigitisedCurve.incidence("r", of(1, 2), of(0.3, 0.2));
        assertThatThrownBy(() -> EXACT.fit(falling, AtRiskTable.ofPatients(5)))
                .hasMessageStartingWith(
                        "row 2, column 'incidence', value '0.2': incidence falls by 0.1 from the points before");
        DigitisedCurve late = DigitisedCurve.survival(of(1, 7), of(0.5, 0.25));
        assertThatThrownBy(() -> EXACT.fit(late, table(of(0, 6), 4, 0)))
                .hasMessage(
                        "row 2, column 'time', value '7.0': an event after 6.0, when the at-risk table has nobody left;"
                                + " allowed: none");
        List<DigitisedCurve> tooMuch = List.of(
                DigitisedCurve.incidence("r", of(1, 2), of(0.3, 0.6)),
                DigitisedCurve.incidence("n", of(1, 2), of(0.3, 0.5)));
        assertThatThrownBy(() -> EXACT.fit(tooMuch, AtRiskTable.ofPatients(5)))
                .hasMessage(
                        "row 2, column 'incidence', value '0.6': the causes add up to 1.1; allowed: at most 1 together");
    }

    @Test
    void badTables() {
        assertThatThrownBy(() -> table(of(0, 6, 6), 10, 11, -1))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageStartingWith(
                        "row 2, column 'at_risk', value '11': rises from 10; allowed: numbers at risk that never rise")
                .hasMessageContaining(
                        "row 3, column 'time', value '6.0': not after the row above it; allowed: rising times")
                .hasMessageEndingWith("row 3, column 'at_risk', value '-1': allowed: >= 0");
        assertThatThrownBy(() -> table(of(3), 0))
                .hasMessage("row 1, column 'time', value '3.0': allowed in the first row: 0, for all patients\n"
                        + "row 1, column 'at_risk', value '0': allowed at time 0: >= 1");
        assertThatThrownBy(() -> table(of(0, Double.NaN), 5, 4))
                .hasMessage("row 2, column 'time', value 'NaN': allowed: a finite time >= 0");
        assertThatThrownBy(() -> table(of()))
                .hasMessage("at-risk table is empty; allowed: a row for time 0, and further rows");
        assertThatThrownBy(() -> table(of(0, 1), 5))
                .hasMessage("at-risk times has 2 rows and at-risk numbers has 1; allowed:" + " equal lengths");
        assertThatThrownBy(() -> AtRiskTable.ofPatients(0)).hasMessage("patients is 0; allowed: patients >= 1");
    }

    @Test
    void badProcedures() {
        DigitisedCurve s = DigitisedCurve.survival(of(1), of(0.5));
        DigitisedCurve r = DigitisedCurve.incidence("r", of(1), of(0.5));
        AtRiskTable four = AtRiskTable.ofPatients(4);
        CurveReconstruction p = CurveReconstruction.withDefaults();
        assertThatThrownBy(() -> p.fit(List.of(), four)).hasMessage("digitised curves is empty; allowed: one or more");
        assertThatThrownBy(() -> p.fit(List.of(r, r), four)).hasMessage("cause is 'r' twice; allowed: distinct causes");
        assertThatThrownBy(() -> p.fit(List.of(r, s), four))
                .hasMessage("a survival curve stands beside other curves; allowed: one survival curve, or cumulative"
                        + " incidences");
        assertThatThrownBy(() -> p.withLeavers(Leavers.COMPETING).fit(s, four))
                .hasMessage("leavers are declared as competing, but a survival curve is given; allowed: with the"
                        + " cumulative incidence of one cause alone");
        DigitisedCurve n = DigitisedCurve.incidence("n", of(1), of(0.1));
        assertThatThrownBy(() -> p.withLeavers(Leavers.COMPETING).fit(List.of(r, n), four))
                .hasMessageContaining("but several causes are given");
        assertThatThrownBy(() -> p.withTotalEvents(5).fit(s, four))
                .hasMessage("total of events is 5; allowed: at most the 4 patients");
        assertThatThrownBy(() -> p.withTotalEvents(-1))
                .hasMessage("total of events is -1; allowed: total of events >= 0");
        assertThatThrownBy(() -> p.withTolerance(-0.1))
                .hasMessage("tolerance is -0.1; allowed: 0 <= tolerance < infinity");
        assertThatThrownBy(() -> p.withTolerance(Double.NaN)).hasMessageStartingWith("tolerance is NaN");
        assertThatThrownBy(() -> p.withPrecision(0, 0))
                .hasMessage("precision of probability is 0.0; allowed: 0 < precision of probability < infinity");
        assertThatThrownBy(() -> p.withPrecision(0.6, 0))
                .hasMessage("precision of probability is 0.6; allowed: at most 0.5");
        assertThatThrownBy(() -> p.withPrecision(0.1, Double.NaN))
                .hasMessage("precision of time is NaN; allowed: 0 <= precision of time < infinity");
        assertThatThrownBy(() -> p.spread(List.of(s), four, of(1), 1, 1, 0.9))
                .hasMessage("draws is 1; allowed: draws >= 2");
        assertThatThrownBy(() -> p.spread(List.of(s), four, of(), 5, 1, 0.9))
                .hasMessage("times is empty; allowed: one or more");
        assertThatThrownBy(() -> p.spread(List.of(s), four, of(-1), 5, 1, 0.9))
                .hasMessage("time is -1.0; allowed: 0 <= time");
        assertThatThrownBy(() -> p.spread(List.of(s), four, of(1), 5, 1, Double.NaN))
                .hasMessage("level is NaN; allowed: 0 < level < 1");
    }
}
