package io.engraft.estimate.hazard;

import io.engraft.curve.ConfidenceType;
import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.internal.Brief;
import io.engraft.internal.Require;
import io.engraft.internal.csv.NumberText;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;

/** A smoothed hazard rate from 0 to the last event time. Immutable. */
public final class SmoothedHazardEstimate implements Tabular {

    private static final int SHOWN = 100;

    private final SmoothingKernel kernel;
    private final double bandwidth;
    private final double level;
    private final double[] time;
    private final double[] step;
    private final double[] variance;

    SmoothedHazardEstimate(
            SmoothingKernel kernel, double bandwidth, double level, double[] time, double[] step, double[] variance) {
        this.kernel = kernel;
        this.bandwidth = bandwidth;
        this.level = level;
        this.time = time;
        this.step = step;
        this.variance = variance;
    }

    /**
     * The kernel.
     *
     * @return the kernel in use
     */
    public SmoothingKernel kernel() {
        return kernel;
    }

    /**
     * The bandwidth, given or chosen.
     *
     * @return half of the kernel's width, in the unit of the times
     */
    public double bandwidth() {
        return bandwidth;
    }

    /**
     * The level of the intervals.
     *
     * @return strictly between 0 and 1
     */
    public double level() {
        return level;
    }

    /**
     * The last event time, beyond which the hazard is not estimable.
     *
     * @return the time
     */
    public double horizon() {
        return time[time.length - 1];
    }

    /**
     * The hazard at a time.
     *
     * @param t the time, &gt;= 0
     * @return events per unit of time with standard error and log-scale interval; no interval where it is 0; not
     *     estimable beyond {@link #horizon()}
     */
    public PointEstimate hazardAt(double t) {
        Require.time(t);
        if (t > horizon()) {
            return PointEstimate.notEstimable("the last event is at " + NumberText.format(horizon()));
        }
        double[] c = correction(t);
        double sum = 0;
        double squares = 0;
        for (int j = from(t); j < time.length && time[j] <= t + bandwidth; j++) {
            double k = weight(t, j, c);
            sum += k * step[j];
            squares += k * k * variance[j];
        }
        double error = Math.sqrt(squares);
        if (!(sum > 0)) {
            return PointEstimate.of(0, error, Interval.notEstimable(level, "no hazard above 0 within the bandwidth"));
        }
        double factor = Math.exp(ConfidenceType.normalQuantile(level) * error / sum);
        return PointEstimate.of(sum, error, Interval.of(sum / factor, sum * factor, level));
    }

    /** The smoothed hazard, perhaps below 0. */
    double raw(double t) {
        double[] c = correction(t);
        double sum = 0;
        for (int j = from(t); j < time.length && time[j] <= t + bandwidth; j++) {
            sum += weight(t, j, c) * step[j];
        }
        return sum;
    }

    /** What an event time's own step gives to the hazard there. */
    double ownShare(int j) {
        return weight(time[j], j, correction(time[j])) * step[j];
    }

    private int from(double t) {
        int place = Arrays.binarySearch(time, t - bandwidth);
        return place >= 0 ? place : -place - 1;
    }

    private double weight(double t, int j, double[] c) {
        double x = (t - time[j]) / bandwidth;
        return kernel.at(x) * (c[0] + c[1] * x) / bandwidth;
    }

    private double[] correction(double t) {
        return kernel.corrected((t - horizon()) / bandwidth, t / bandwidth);
    }

    /** The hazard at 101 times of equal distance from 0 to the horizon. */
    @Override
    public TidyTable tidy() {
        double[] times = IntStream.rangeClosed(0, SHOWN)
                .mapToDouble(i -> i == SHOWN ? horizon() : horizon() * i / SHOWN)
                .toArray();
        return PointEstimate.table("hazard", times, this::hazardAt);
    }

    @Override
    public String toString() {
        return "smoothed hazard: " + Brief.count(time.length, "event time") + " up to "
                + Brief.number(time[time.length - 1]) + ", " + kernel.name().toLowerCase(Locale.ROOT)
                + " kernel of bandwidth " + Brief.number(bandwidth);
    }
}
