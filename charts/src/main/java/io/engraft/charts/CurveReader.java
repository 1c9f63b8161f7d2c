package io.engraft.charts;

import io.engraft.charts.Curve.Band;
import io.engraft.charts.Curve.Trace;
import io.engraft.curve.IncidenceFunction;
import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.curve.SurvivalBounds;
import io.engraft.curve.SurvivalFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;

/**
 * Turns a function of time into points to draw. Step functions are drawn through every jump, unless there are more jumps
 * than {@value #MOST_JUMPS}: then through the last jump of each of so many equal parts of the axis, which moves no edge
 * by more than a fraction of a pixel.
 */
final class CurveReader {

    static final int MOST_JUMPS = 4000;
    private static final int SMOOTH_POINTS = 601;
    /** Limits are dearer than the curve: they are read at every fifth of its points. */
    private static final int BAND_STRIDE = 5;

    private static final int MOST_MARKS = 1500;
    private static final double FLAT = 2e-5;
    private static final int HALVINGS = 60;

    /** Bounds have no level; an interval needs one. */
    private static final double BOUNDS = 0.5;

    private final UnaryOperator<double[]> values;
    private final DoubleFunction<PointEstimate> at;
    private final double horizon;
    private final double[] jumps;
    private final double start;

    private CurveReader(
            UnaryOperator<double[]> values,
            DoubleFunction<PointEstimate> at,
            double horizon,
            double[] jumps,
            double start) {
        this.values = values;
        this.at = at;
        this.horizon = horizon;
        this.jumps = jumps;
        this.start = start;
    }

    static CurveReader of(SurvivalFunction s) {
        return s instanceof SurvivalBounds bounds
                ? bounded(s, bounds)
                : new CurveReader(s::survivalValues, s::survivalAt, s.horizon(), s.jumpTimes(), 1);
    }

    /**
     * A curve that is known between two values at some times: it is interrupted there, and what lies between the two takes
     * the place of a band. Right after each end it may be known no more, so that it is read there too.
     */
    private static CurveReader bounded(SurvivalFunction s, SurvivalBounds bounds) {
        double[] ends = s.jumpTimes();
        double[] jumps = DoubleStream.of(ends)
                .flatMap(t -> s.survivalAt(Math.nextUp(t)).isEstimable()
                        ? DoubleStream.of(t)
                        : DoubleStream.of(t, Math.nextUp(t)))
                .toArray();
        return new CurveReader(
                s::survivalValues,
                t -> {
                    PointEstimate value = s.survivalAt(t);
                    double least = bounds.leastSurvival(t);
                    double most = bounds.largestSurvival(t);
                    return value.isEstimable() || !(least < most)
                            ? value
                            : PointEstimate.of((least + most) / 2, Double.NaN, Interval.of(least, most, BOUNDS));
                },
                s.horizon(),
                jumps,
                1);
    }

    static CurveReader of(IncidenceFunction f) {
        return new CurveReader(f::incidenceValues, f::incidenceAt, f.horizon(), f.jumpTimes(), 0);
    }

    /** One state's probability, or a sum of several; it starts where it stands at time 0. */
    static CurveReader of(UnaryOperator<double[]> values, double horizon, double[] jumps) {
        double start = values.apply(new double[] {0})[0];
        return new CurveReader(values, t -> PointEstimate.notEstimable("not asked"), horizon, jumps, start);
    }

    /** The last time of a step function; infinity for a smooth one without end. */
    double lastTime() {
        // A step function that has reached 0 is known for ever, but there is nothing to see after its last jump.
        return Double.isInfinite(horizon) && jumps.length > 0 ? jumps[jumps.length - 1] : horizon;
    }

    double valueAt(double t) {
        return values.apply(new double[] {t})[0];
    }

    PointEstimate at(double t) {
        return at.apply(t);
    }

    /** The course between two times, or to the curve's end where that is earlier. */
    Trace trace(double from, double to) {
        double end = Math.min(to, horizon);
        if (!(end >= from)) {
            return Trace.EMPTY;
        }
        return jumps.length == 0 ? smooth(from, end) : steps(from, end);
    }

    private Trace smooth(double from, double end) {
        double[] x = grid(from, end, 1);
        return straightened(x, values.apply(x));
    }

    /** Leaves out points that lie on the line between their neighbours, within a fraction of a pixel. */
    private static Trace straightened(double[] x, double[] y) {
        double[] keptX = new double[x.length];
        double[] keptY = new double[x.length];
        int n = 0;
        int anchor = 0;
        for (int i = 0; i < x.length; i++) {
            boolean end = i == 0 || i == x.length - 1 || Double.isNaN(y[i]) || Double.isNaN(y[i - 1]);
            if (end || Double.isNaN(y[i + 1]) || bends(x, y, anchor, i + 1)) {
                keptX[n] = x[i];
                keptY[n++] = y[i];
                anchor = i;
            }
        }
        return new Trace(Arrays.copyOf(keptX, n), Arrays.copyOf(keptY, n));
    }

    private static boolean bends(double[] x, double[] y, int from, int to) {
        for (int k = from + 1; k < to; k++) {
            double line = y[from] + (y[to] - y[from]) * (x[k] - x[from]) / (x[to] - x[from]);
            if (!(Math.abs(line - y[k]) <= FLAT)) {
                return true;
            }
        }
        return false;
    }

    private Trace steps(double from, double end) {
        double[] times = jumpsWithin(from, end);
        double[] levels = values.apply(times);
        double[] x = new double[2 * times.length + 2];
        double[] y = new double[x.length];
        int n = 0;
        double begin = begin(from, times.length > 0 ? times[0] : end);
        double level = begin == 0 ? start : valueAt(begin);
        x[n] = begin;
        y[n++] = level;
        for (int i = 0; i < times.length; i++) {
            if (Double.compare(levels[i], level) != 0) {
                x[n] = times[i];
                y[n++] = level;
                level = levels[i];
                x[n] = times[i];
                y[n++] = level;
            }
        }
        if (x[n - 1] < end) {
            x[n] = end;
            y[n++] = level;
        }
        return new Trace(Arrays.copyOf(x, n), Arrays.copyOf(y, n));
    }

    /** Where a curve begins: a curve conditional on survival to some time is not known before it. */
    private double begin(double from, double firstKnown) {
        if (!Double.isNaN(valueAt(from)) || Double.isNaN(valueAt(firstKnown))) {
            return from;
        }
        double unknown = from;
        double known = firstKnown;
        for (int i = 0; i < HALVINGS && unknown < known; i++) {
            double middle = (unknown + known) / 2;
            if (Double.isNaN(valueAt(middle))) {
                unknown = middle;
            } else {
                known = middle;
            }
        }
        return known;
    }

    /** The confidence band between two times, in as many pieces as it has interruptions. */
    List<Band> bands(double from, double to) {
        double end = Math.min(to, horizon);
        if (!(end >= from)) {
            return List.of();
        }
        boolean steps = jumps.length > 0;
        double[] times = steps ? withFirst(from, jumpsWithin(from, end)) : grid(from, end, BAND_STRIDE);
        List<Band> bands = new ArrayList<>();
        BandPiece piece = new BandPiece();
        for (int i = 0; i < times.length; i++) {
            Interval interval = at.apply(times[i]).interval();
            if (interval.isEstimable()) {
                double next = steps ? (i + 1 < times.length ? times[i + 1] : end) : times[i];
                piece.add(
                        times[i],
                        next,
                        interval.lower().orElseThrow(),
                        interval.upper().orElseThrow());
            } else {
                piece.finish(bands);
            }
        }
        piece.finish(bands);
        return bands;
    }

    /** Marks on the curve at times, thinned where they would touch. */
    Trace marks(double[] times, double from, double to) {
        double end = Math.min(to, horizon);
        double[] inside =
                thin(Arrays.stream(times).filter(t -> t >= from && t <= end).toArray(), from, to, MOST_MARKS);
        return inside.length == 0 ? Trace.EMPTY : new Trace(inside, values.apply(inside));
    }

    private double[] jumpsWithin(double from, double end) {
        double[] inside = Arrays.stream(jumps)
                .filter(t -> (t > from || (from == 0 && t == 0)) && t <= end)
                .toArray();
        return thin(inside, from, end, MOST_JUMPS);
    }

    private static double[] thin(double[] times, double from, double to, int most) {
        if (times.length <= most) {
            return times;
        }
        double[] kept = new double[times.length];
        int n = 0;
        long last = -1;
        for (double t : times) {
            long part = Math.min(most - 1, (long) Math.floor((t - from) / (to - from) * most));
            if (part == last) {
                n--;
            }
            kept[n++] = t;
            last = part;
        }
        return Arrays.copyOf(kept, n);
    }

    private static double[] withFirst(double first, double[] rest) {
        if (rest.length > 0 && rest[0] == first) {
            return rest;
        }
        double[] all = new double[rest.length + 1];
        all[0] = first;
        System.arraycopy(rest, 0, all, 1, rest.length);
        return all;
    }

    /** Every stride-th of the points of a smooth curve, the ends included. */
    private static double[] grid(double from, double to, int stride) {
        double[] x = new double[(SMOOTH_POINTS - 1) / stride + 1];
        for (int i = 0; i < x.length; i++) {
            x[i] = from + (to - from) * (i * stride) / (SMOOTH_POINTS - 1);
        }
        return x;
    }

    /** Collects one uninterrupted piece. */
    private static final class BandPiece {

        private final List<double[]> points = new ArrayList<>();

        void add(double from, double to, double lower, double upper) {
            points.add(new double[] {from, lower, upper});
            if (to > from) {
                points.add(new double[] {to, lower, upper});
            }
        }

        void finish(List<Band> bands) {
            if (points.size() > 1) {
                bands.add(new Band(column(0), column(1), column(2)));
            }
            points.clear();
        }

        private double[] column(int j) {
            return points.stream().mapToDouble(p -> p[j]).toArray();
        }
    }
}
