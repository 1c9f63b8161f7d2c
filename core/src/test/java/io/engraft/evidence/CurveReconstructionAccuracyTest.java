package io.engraft.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engraft.curve.PointEstimate;
import io.engraft.evidence.PrintedCurve.Arm;
import io.engraft.evidence.PrintedCurve.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Curves of known patients, printed in pixels with a table of numbers at risk, and read back: hazard ratio within 2 %, median
 * within 1 %, survival within 0.01 everywhere. Where a printed curve is read between two columns of pixels, its value at the
 * left and at the right edge of the column both count as right.
 */
class CurveReconstructionAccuracyTest {

    private static final Size SMALL = new Size(500, 400);
    private static final Size FINE = new Size(1500, 1200);

    /**
     * Arms whose curve stands, after the event before or at the median, within half a row of pixels of 1/2 (0.50003, 0.4996,
     * 0.4991 of 400 rows, 0.49992 of 1200): the print does not show after which of two events it is below.
     */
    private static final Set<String> TOO_COARSE =
            Set.of("km13 500x400 control", "km13 500x400 treated", "km14 500x400 control", "cif2 1500x1200 treated");

    record Case(String name, Arm control, Arm treated, List<String> causes, double step, Size size, long seed) {

        PrintedCurve print(Arm arm, long more) {
            return PrintedCurve.of(arm, causes, size, seed + more);
        }

        @Override
        public String toString() {
            return name + " " + size.columns() + "x" + size.rows();
        }
    }

    private static final List<String> EVENT = List.of("event");
    private static final List<String> FATES = List.of("relapse", "nrm");

    static List<Case> survivalCases() {
        List<Case> all = new ArrayList<>();
        int[] sizes = {40, 60, 80, 100, 120, 150, 180, 200, 250, 300, 350, 400, 450, 500, 500};
        for (Size size : List.of(SMALL, FINE)) {
            for (int i = 0; i < sizes.length; i++) {
                double axis = i % 2 == 0 ? 60 : 36;
                double shortest = new double[] {0.2, 0.5, 0.8}[i % 3] * axis;
                double dropOut = new double[] {0, 0.003, 0.01}[(i / 3) % 3];
                double shape = new double[] {0.7, 1, 1.4}[(i / 2) % 3];
                double cured = i % 4 == 3 ? 0.3 : 0;
                double scale = axis * 0.45;
                Arm control = new Arm(sizes[i], List.of(scale), shape, axis, shortest, dropOut, cured);
                Arm treated = new Arm(sizes[i], List.of(1.6 * scale), shape, axis, shortest, dropOut, cured);
                all.add(new Case("km" + i, control, treated, EVENT, axis / 10, size, 1000 + i));
            }
        }
        return all;
    }

    static List<Case> incidenceCases() {
        List<Case> all = new ArrayList<>();
        int[] sizes = {40, 90, 150, 300, 500};
        for (Size size : List.of(SMALL, FINE)) {
            for (int i = 0; i < sizes.length; i++) {
                double axis = i % 2 == 0 ? 60 : 36;
                double shortest = new double[] {0.2, 0.5, 0.8}[i % 3] * axis;
                double dropOut = i == 3 ? 0.01 : 0.002;
                List<Double> before = List.of(0.5 * axis, 1.2 * axis);
                List<Double> after = List.of(0.9 * axis, 1.2 * axis);
                Arm control = new Arm(sizes[i], before, 0.9, axis, shortest, dropOut, 0.2);
                Arm treated = new Arm(sizes[i], after, 0.9, axis, shortest, dropOut, 0.2);
                all.add(new Case("cif" + i, control, treated, FATES, axis / 10, size, 2000 + i));
            }
        }
        return all;
    }

    private static double[] times(ReconstructedCurve rebuilt) {
        return IntStream.range(0, rebuilt.data().size())
                .mapToDouble(rebuilt.data()::time)
                .toArray();
    }

    private static int[] codes(ReconstructedCurve rebuilt) {
        return IntStream.range(0, rebuilt.data().size())
                .map(rebuilt.data()::status)
                .toArray();
    }

    /** The largest distance from what the print can mean, the column of pixels being left open. */
    private static double farthest(
            PrintedCurve print, double end, DoubleUnaryOperator rebuilt, DoubleUnaryOperator truth) {
        double last = Math.min(end, print.truth.horizon());
        double half = 0.5 * print.pixel();
        double worst = 0;
        for (double t = 0; t < last; t += print.width / 4000) {
            double now = rebuilt.applyAsDouble(t);
            double a = truth.applyAsDouble(Math.max(0, t - half));
            double b = truth.applyAsDouble(Math.min(last, t + half));
            worst = Math.max(worst, Math.max(Math.min(a, b) - now, now - Math.max(a, b)));
        }
        return worst;
    }

    private static void checkMedian(Case c, String arm, PrintedCurve print, ReconstructedCurve rebuilt) {
        PointEstimate truth = print.truth.eventFree().median();
        PointEstimate found = rebuilt.survival().median();
        assertThat(found.isEstimable()).as("median of %s is reached", c).isEqualTo(truth.isEstimable());
        if (truth.isEstimable()) {
            double ratio = found.estimate() / truth.estimate();
            if (TOO_COARSE.contains(c + arm)) {
                // both medians lie where the true curve is within half a row of pixels of 1/2
                assertThat(Math.abs(ratio - 1)).as("median of %s%s", c, arm).isBetween(0.01, 0.02);
                assertThat(nearHalf(print, truth.estimate()) || nearHalf(print, found.estimate()))
                        .as("%s%s passes 1/2 by less than the print shows", c, arm)
                        .isTrue();
            } else {
                assertThat(ratio).as("median of %s%s", c, arm).isCloseTo(1, within(0.01));
            }
        }
    }

    private static boolean nearHalf(PrintedCurve print, double time) {
        double t = Math.min(print.truth.horizon(), time);
        double there = print.truth.eventFree().survivalAt(t).estimate();
        return Math.abs(there - 0.5) <= print.precision();
    }

    @ParameterizedTest
    @MethodSource("survivalCases")
    void aSurvivalCurveIsGivenBack(Case c) {
        PrintedCurve[] prints = {c.print(c.control(), 0), c.print(c.treated(), 500)};
        ReconstructedCurve[] rebuilt = new ReconstructedCurve[2];
        for (int i = 0; i < 2; i++) {
            PrintedCurve print = prints[i];
            rebuilt[i] = CurveReconstruction.withDefaults()
                    .withPrecision(print.precision(), 0.5 * print.pixel())
                    .fit(print.survivalPoints(), print.atRisk(c.step()));
            ReconstructedCurve r = rebuilt[i];
            double worst = farthest(
                    print,
                    r.survival().horizon(),
                    t -> r.survival().survivalValues(new double[] {t})[0],
                    t -> print.truth.eventFree().survivalValues(new double[] {t})[0]);
            assertThat(worst).as("survival of %s", c).isLessThan(0.01);
            checkMedian(c, i == 0 ? " control" : " treated", print, r);
        }
        checkHazardRatio(c, prints, rebuilt, 1);
    }

    private static void checkHazardRatio(Case c, PrintedCurve[] prints, ReconstructedCurve[] rebuilt, int cause) {
        double truth =
                PrintedCurve.logHazardRatio(prints[0].time, prints[0].status, prints[1].time, prints[1].status, cause);
        double found = PrintedCurve.logHazardRatio(
                times(rebuilt[0]), codes(rebuilt[0]), times(rebuilt[1]), codes(rebuilt[1]), cause);
        assertThat(Math.exp(found - truth)).as("hazard ratio of %s", c).isCloseTo(1, within(0.02));
    }

    @ParameterizedTest
    @MethodSource("incidenceCases")
    void cumulativeIncidencesAreGivenBack(Case c) {
        PrintedCurve[] prints = {c.print(c.control(), 0), c.print(c.treated(), 500)};
        ReconstructedCurve[] rebuilt = new ReconstructedCurve[2];
        for (int i = 0; i < 2; i++) {
            PrintedCurve print = prints[i];
            rebuilt[i] = CurveReconstruction.withDefaults()
                    .withPrecision(print.precision(), 0.5 * print.pixel())
                    .fit(FATES.stream().map(print::incidencePoints).toList(), print.atRisk(c.step()));
            ReconstructedCurve r = rebuilt[i];
            for (String cause : FATES) {
                double worst = farthest(
                        print,
                        r.survival().horizon(),
                        t -> r.incidence(cause).incidenceValues(new double[] {t})[0],
                        t -> print.truth.incidence(cause).incidenceValues(new double[] {t})[0]);
                assertThat(worst).as("%s of %s", cause, c).isLessThan(0.01);
            }
            checkMedian(c, i == 0 ? " control" : " treated", print, r);
        }
        checkHazardRatio(c, prints, rebuilt, 1);
        checkHazardRatio(c, prints, rebuilt, 2);
    }
}
