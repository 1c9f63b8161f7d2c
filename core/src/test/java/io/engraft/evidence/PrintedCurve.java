package io.engraft.evidence;

import io.engraft.data.SurvivalData;
import io.engraft.estimate.AalenJohansen;
import io.engraft.estimate.IncidenceEstimate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Known patients of one arm, and their curve as a reader of a printed figure sees it: in pixels, with an at-risk table. */
final class PrintedCurve {

    /** The size of the print, in pixels. */
    record Size(int columns, int rows) {}

    final double[] time;
    final int[] status;
    final IncidenceEstimate truth;
    final double width;
    private final Size size;

    private PrintedCurve(double[] time, int[] status, List<String> causes, double width, Size size) {
        this.size = size;
        this.time = time;
        this.status = status;
        this.truth = AalenJohansen.withDefaults()
                .fit(SurvivalData.builder(time, status).causes(causes).build())
                .get("all");
        this.width = width;
    }

    /** What an arm is drawn from: Weibull times to each cause, uniform accrual, exponential drop-out. */
    record Arm(int n, List<Double> scale, double shape, double axis, double shortest, double dropOut, double cured) {}

    static PrintedCurve of(Arm arm, List<String> causes, Size size, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] time = new double[arm.n()];
        int[] status = new int[arm.n()];
        for (int i = 0; i < arm.n(); i++) {
            boolean cured = random.nextDouble() < arm.cured();
            double censored = arm.shortest() + (arm.axis() - arm.shortest()) * random.nextDouble();
            double out = -Math.log1p(-random.nextDouble()) / Math.max(arm.dropOut(), 1e-12);
            time[i] = Math.min(censored, out);
            for (int j = 0; j < arm.scale().size(); j++) {
                double t = arm.scale().get(j) * Math.pow(-Math.log1p(-random.nextDouble()), 1 / arm.shape());
                if (!cured && t < time[i]) {
                    time[i] = t;
                    status[i] = j + 1;
                }
            }
        }
        return new PrintedCurve(time, status, causes, arm.axis(), size);
    }

    double pixel() {
        return width / size.columns();
    }

    /** Half a row of pixels. */
    double precision() {
        return 0.5 / size.rows();
    }

    private double[] columns() {
        double[] x = new double[size.columns() + 1];
        for (int j = 0; j <= size.columns(); j++) {
            x[j] = j * width / size.columns();
        }
        return x;
    }

    /** The foot of the line in a pixel column is its value at the column's right edge, half a column further. */
    private double[] edges() {
        double last = truth.horizon();
        double[] x = columns();
        for (int j = 0; j < x.length; j++) {
            x[j] = Math.min(last, x[j] + 0.5 * pixel());
        }
        return x;
    }

    private DigitisedCurve read(boolean survival, String cause) {
        double[] exact = survival
                ? truth.eventFree().survivalValues(edges())
                : truth.incidence(cause).incidenceValues(edges());
        double[] columns = columns();
        List<Double> x = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        for (int j = 0; j < exact.length; j++) {
            // the line ends with the last patient
            if (j == 0 || columns[j] - 0.5 * pixel() <= truth.horizon()) {
                // the first column's line starts at time 0, so that a fall in it lies in its right half
                x.add(j == 0 ? 0.25 * pixel() : columns[j]);
                y.add(Math.rint(exact[j] * size.rows()) / size.rows());
            }
        }
        double[] times = x.stream().mapToDouble(v -> v).toArray();
        double[] values = y.stream().mapToDouble(v -> v).toArray();
        return survival ? DigitisedCurve.survival(times, values) : DigitisedCurve.incidence(cause, times, values);
    }

    DigitisedCurve survivalPoints() {
        return read(true, "event");
    }

    DigitisedCurve incidencePoints(String cause) {
        return read(false, cause);
    }

    AtRiskTable atRisk(double step) {
        List<Double> at = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i * step <= width; i++) {
            int count = 0;
            for (double t : time) {
                count += t >= i * step ? 1 : 0;
            }
            at.add(i * step);
            numbers.add(count);
        }
        return AtRiskTable.of(
                at.stream().mapToDouble(v -> v).toArray(),
                numbers.stream().mapToInt(v -> v).toArray());
    }

    /** The log hazard ratio of the second sample against the first, by Newton's method on Efron's partial likelihood. */
    static double logHazardRatio(double[] t0, int[] s0, double[] t1, int[] s1, int cause) {
        int n = t0.length + t1.length;
        double[] t = new double[n];
        boolean[] event = new boolean[n];
        boolean[] second = new boolean[n];
        for (int i = 0; i < n; i++) {
            second[i] = i >= t0.length;
            t[i] = second[i] ? t1[i - t0.length] : t0[i];
            int s = second[i] ? s1[i - t0.length] : s0[i];
            event[i] = cause == 0 ? s > 0 : s == cause;
        }
        double[] distinct = IntStream.range(0, n)
                .filter(i -> event[i])
                .mapToDouble(i -> t[i])
                .distinct()
                .sorted()
                .toArray();
        double beta = 0;
        for (int iteration = 0; iteration < 50; iteration++) {
            double score = 0;
            double information = 0;
            for (double at : distinct) {
                double r0 = 0;
                double r1 = 0;
                int d0 = 0;
                int d1 = 0;
                for (int i = 0; i < n; i++) {
                    if (t[i] >= at) {
                        r0 += second[i] ? 0 : 1;
                        r1 += second[i] ? 1 : 0;
                        d0 += t[i] == at && event[i] && !second[i] ? 1 : 0;
                        d1 += t[i] == at && event[i] && second[i] ? 1 : 0;
                    }
                }
                score += d1;
                double e = Math.exp(beta);
                for (int l = 0; l < d0 + d1; l++) {
                    double f = (double) l / (d0 + d1);
                    double top = e * (r1 - f * d1);
                    double p = top / (top + r0 - f * d0);
                    score -= p;
                    information += p * (1 - p);
                }
            }
            beta += score / information;
            if (Math.abs(score / information) < 1e-12) {
                break;
            }
        }
        return beta;
    }
}
