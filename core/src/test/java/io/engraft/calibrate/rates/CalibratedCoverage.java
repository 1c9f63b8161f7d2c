package io.engraft.calibrate.rates;

import io.engraft.EngraftException;
import io.engraft.InvalidArgumentException;
import io.engraft.curve.PointEstimate;
import io.engraft.internal.PatientStream;
import io.engraft.law.Gamma;
import io.engraft.law.GeneralizedGamma;
import io.engraft.law.LawOfTime;
import io.engraft.law.LogLogistic;
import io.engraft.law.LogNormal;
import io.engraft.law.Weibull;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How often the 95 % intervals of calibrated curves hold the truth: cohorts are drawn from a law, what a paper would print
 * of each is rounded as papers do, and the calibration sees that alone. Seeds are fixed. Run {@link #main} for the table
 * of docs/models.md.
 */
final class CalibratedCoverage {

    static final double[] TIMES = {3, 6, 12, 24, 60};
    static final List<String> CURVES = List.of("event-free", "relapse", "nrm");

    private static final double REMISSION = 0.5;
    private static final double RELAPSE = 0.35;

    /** The true laws of the times of relapse and of death without it, and the patients of each cohort. */
    record Truth(String name, LawOfTime relapse, LawOfTime nrm, int patients) {}

    /** By curve and time the share of intervals that hold the truth, and how many cohorts could not be calibrated. */
    @SuppressWarnings("ArrayRecordComponent")
    record Coverage(double[][] share, int refused) {

        double least() {
            return Arrays.stream(share).flatMapToDouble(Arrays::stream).min().orElse(Double.NaN);
        }
    }

    private CalibratedCoverage() {}

    static List<Truth> truths(int patients) {
        return List.of(
                new Truth("weibull", Weibull.of(0.65, 4.6), Weibull.of(0.92, 6), patients),
                new Truth("lognormal", LogNormal.of(Math.log(4), 1.1), LogNormal.of(Math.log(3.5), 1), patients),
                new Truth("loglogistic", LogLogistic.of(1.6, 4), LogLogistic.of(1.8, 4), patients),
                new Truth("gamma", Gamma.of(1.6, 3.5), Gamma.of(0.8, 6), patients),
                new Truth(
                        "gengamma", GeneralizedGamma.of(1.8, 0.9, 0.4), GeneralizedGamma.of(1.5, 0.9, 0.5), patients));
    }

    static Coverage of(Truth truth, int cohorts, int draws, boolean timesKnown) {
        int[][] held = new int[CURVES.size()][TIMES.length];
        int refused = 0;
        for (int i = 0; i < cohorts; i++) {
            CompetingRatesCalibration calibration;
            try {
                calibration = published(truth, i).withDraws(draws, i + 1L).withTimes(TIMES);
                List<CompetingRatesModel.Point> points = (timesKnown ? calibration.withTimesKnown() : calibration)
                        .calibrate()
                        .models()
                        .get(0)
                        .points();
                count(truth, points, held);
            } catch (EngraftException contradictory) {
                refused++;
            }
        }
        double[][] share = new double[held.length][TIMES.length];
        for (int c = 0; c < held.length; c++) {
            for (int j = 0; j < TIMES.length; j++) {
                share[c][j] = (double) held[c][j] / (cohorts - refused);
            }
        }
        return new Coverage(share, refused);
    }

    private static void count(Truth truth, List<CompetingRatesModel.Point> points, int[][] held) {
        for (int j = 0; j < TIMES.length; j++) {
            double relapse = RELAPSE * truth.relapse().cumulativeProbability(TIMES[j]);
            double nrm = (1 - REMISSION - RELAPSE) * truth.nrm().cumulativeProbability(TIMES[j]);
            CompetingRatesModel.Point p = points.get(j);
            held[0][j] += holds(p.survival(), 1 - relapse - nrm) ? 1 : 0;
            held[1][j] += holds(p.relapse(), relapse) ? 1 : 0;
            held[2][j] += holds(p.nrm(), nrm) ? 1 : 0;
        }
    }

    private static boolean holds(PointEstimate p, double truth) {
        return p.interval().lower().orElse(Double.NaN) <= truth
                && truth <= p.interval().upper().orElse(Double.NaN);
    }

    /** Rates to two decimals, medians to one, shares by month 12 to two; a share of 1 of k as (k - 1/2) / k. */
    private static CompetingRatesCalibration published(Truth truth, long cohort) {
        PatientStream stream = PatientStream.of(20_26, 0, cohort);
        List<Double> relapses = new ArrayList<>();
        List<Double> deaths = new ArrayList<>();
        for (int i = 0; i < truth.patients(); i++) {
            double fate = stream.next();
            double when = stream.next();
            if (fate < RELAPSE) {
                relapses.add(truth.relapse().timeAt(when));
            } else if (fate < 1 - REMISSION) {
                deaths.add(truth.nrm().timeAt(when));
            }
        }
        if (Math.min(relapses.size(), deaths.size()) < 3) {
            throw new InvalidArgumentException("nobody prints a median of so few");
        }
        int n = truth.patients();
        return CompetingRatesCalibration.withDefaults()
                .withRemission(rounded((double) (n - relapses.size() - deaths.size()) / n, 100))
                .withRelapse(rounded((double) relapses.size() / n, 100))
                .withSampleSize(n)
                .withRelapseMedian(median(relapses))
                .withRelapseBy(12, byYear(relapses))
                .withNrmMedian(median(deaths))
                .withNrmBy(12, byYear(deaths));
    }

    private static double rounded(double x, double unit) {
        return Math.rint(x * unit) / unit;
    }

    private static double median(List<Double> times) {
        double[] sorted =
                times.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int k = sorted.length;
        return rounded((sorted[(k - 1) / 2] + sorted[k / 2]) / 2, 10);
    }

    private static double byYear(List<Double> times) {
        double k = times.size();
        double early = times.stream().filter(t -> t <= 12).count();
        double inside = Math.min(k - 0.5, Math.max(0.5, early));
        return inside == early ? Math.min(0.99, Math.max(0.01, rounded(early / k, 100))) : inside / k;
    }

    /**
     * The table, one line a truth, number of patients and curve.
     *
     * @param arguments cohorts and draws a family; then "times-known" for intervals of the shares alone, and names of truths
     *     and numbers of patients where not all are wanted
     */
    public static void main(String[] arguments) {
        int cohorts = Integer.parseInt(arguments[0]);
        int draws = Integer.parseInt(arguments[1]);
        List<String> wanted = Arrays.asList(arguments).subList(2, arguments.length);
        boolean known = wanted.contains("times-known");
        for (int n : new int[] {50, 100, 400}) {
            for (Truth truth : truths(n)) {
                boolean chooseSize = wanted.stream().anyMatch(w -> w.matches("\\d+"));
                boolean chooseTruth = truths(n).stream().anyMatch(t -> wanted.contains(t.name()));
                if ((chooseSize && !wanted.contains(Integer.toString(n)))
                        || (chooseTruth && !wanted.contains(truth.name()))) {
                    continue;
                }
                Coverage found = of(truth, cohorts, draws, known);
                for (int c = 0; c < CURVES.size(); c++) {
                    StringBuilder line = new StringBuilder(
                            String.format(Locale.ROOT, "%4d %-12s %-11s", n, truth.name(), CURVES.get(c)));
                    for (double share : found.share()[c]) {
                        line.append(String.format(Locale.ROOT, " %.3f", share));
                    }
                    System.out.println(line + "  refused " + found.refused());
                }
            }
        }
    }
}
