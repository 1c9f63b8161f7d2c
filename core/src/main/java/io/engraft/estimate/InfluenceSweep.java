package io.engraft.estimate;

import io.engraft.estimate.internal.InfluenceRows;
import io.engraft.estimate.internal.RiskSets;
import io.engraft.estimate.internal.RunningSum;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The infinitesimal jackknife: the influence of every cluster on a curve, carried from point to point. A cluster's
 * influence changes as slope dX + present dY between its own entries and exits, so that the sum of squares over clusters
 * is carried forward by a few running sums, in constant work a point and a row. One use only.
 */
final class InfluenceSweep {

    private static final double LOST = 1e-3;

    private final InfluenceRows rows;
    private final InfluenceTarget target;
    private final double[] value;
    private final double[] slope;
    private final double[] present;
    private final int[] read;
    private RunningSum square = new RunningSum();
    private RunningSum valueSlope = new RunningSum();
    private RunningSum valuePresent = new RunningSum();
    private RunningSum slopeSlope = new RunningSum();
    private RunningSum slopePresent = new RunningSum();
    private RunningSum presentPresent = new RunningSum();
    /** The largest sum of squares since the sums were last taken afresh. */
    private double peak;

    private double @Nullable [] area;
    private double[][] integral = {};

    InfluenceSweep(InfluenceRows rows, InfluenceTarget target) {
        this.rows = rows;
        this.target = target;
        int clusters = rows.clusters();
        this.value = new double[clusters];
        this.slope = new double[clusters];
        this.present = new double[clusters];
        this.read = new int[clusters];
    }

    /** The clusters' influences after one point; -1 for before the first. */
    static double[] at(InfluenceRows rows, InfluenceTarget target, int point) {
        return new InfluenceSweep(rows, target).influences(new int[] {point})[0];
    }

    /** The variance at every point. */
    double[] variances() {
        double[] variance = new double[target.x.length - 1];
        run(variance.length, p -> {
            if (square.value() < LOST * peak) {
                sumAfresh(p + 1);
            }
            variance[p] = Math.max(0, square.value());
        });
        return variance;
    }

    /** Where the squares have all but vanished, rounding of what they were is not to pass for a variance. */
    private void sumAfresh(int now) {
        square = new RunningSum();
        valueSlope = new RunningSum();
        valuePresent = new RunningSum();
        slopeSlope = new RunningSum();
        slopePresent = new RunningSum();
        presentPresent = new RunningSum();
        for (int c = 0; c < value.length; c++) {
            bring(c, now);
            double share = rows.share(c);
            square.addProduct(share * value[c], value[c]);
            valueSlope.addProduct(share * value[c], slope[c]);
            valuePresent.addProduct(share * value[c], present[c]);
            slopeSlope.addProduct(share * slope[c], slope[c]);
            slopePresent.addProduct(share * slope[c], present[c]);
            presentPresent.addProduct(share * present[c], present[c]);
        }
        peak = square.value();
    }

    /** The clusters' influences after each of some ascending points; -1 for before the first. */
    double[][] influences(int[] points) {
        double[][] found = new double[points.length][];
        int[] next = {0};
        IntConsumer keep = p -> {
            while (next[0] < points.length && points[next[0]] == p) {
                for (int c = 0; c < value.length; c++) {
                    bring(c, p + 1);
                }
                found[next[0]++] = value.clone();
            }
        };
        keep.accept(-1);
        run(points.length == 0 ? 0 : points[points.length - 1] + 1, keep);
        return found;
    }

    /**
     * The variance of the area under weight(t) times the curve, up to tau: in units of tau^2, as squares of huge or tiny
     * areas leave the range of doubles.
     *
     * @param weight the weight from every point on, with a leading one for the time before the first
     */
    double areaVariance(RiskSets sets, double tau, double[] weight) {
        double[] all = areaInfluences(sets, tau, weight);
        double sum = 0;
        for (int c = 0; c < all.length; c++) {
            sum += rows.share(c) * all[c] * all[c];
        }
        return sum;
    }

    /** The clusters' influences on that area, in units of tau. */
    double[] areaInfluences(RiskSets sets, double tau, double[] weight) {
        int last = sets.pointAt(tau) + 1;
        integral = new double[3][last + 1];
        double from = sets.start();
        for (int i = 1; i <= last; i++) {
            double to = Math.min(tau, sets.time(i - 1));
            double piece = weight[i - 1] * (to - from) / tau;
            integral[0][i] = integral[0][i - 1] + piece;
            integral[1][i] = integral[1][i - 1] + piece * target.x[i - 1];
            integral[2][i] = integral[2][i - 1] + piece * target.y[i - 1];
            from = to;
        }
        double rest = weight[last] * (tau - from) / tau;
        double[] areas = new double[value.length];
        area = areas;
        run(last, p -> {});
        double[] all = new double[areas.length];
        for (int c = 0; c < areas.length; c++) {
            bring(c, last);
            all[c] = areas[c] + value[c] * rest;
        }
        return all;
    }

    private void run(int points, IntConsumer after) {
        for (int p = 0; p < points; p++) {
            for (int j = rows.enteringFrom(p); j < rows.enteringFrom(p + 1); j++) {
                int row = rows.entering(j);
                change(rows.cluster(row), p, -rows.weight(row) * target.spread[p], rows.weight(row));
            }
            advance(target.x[p + 1] - target.x[p], target.y[p + 1] - target.y[p]);
            for (int j = rows.leavingFrom(p); j < rows.leavingFrom(p + 1); j++) {
                leave(rows.leaving(j), p + 1);
            }
            after.accept(p);
        }
    }

    /** All clusters at once. */
    private void advance(double dx, double dy) {
        if (dx == 0 && dy == 0) {
            return;
        }
        double ss = slopeSlope.value();
        double sp = slopePresent.value();
        double pp = presentPresent.value();
        square.addProduct(2 * dx, valueSlope.value());
        square.addProduct(2 * dy, valuePresent.value());
        square.add(dx * dx * ss + 2 * dx * dy * sp + dy * dy * pp);
        valueSlope.addProduct(dx, ss);
        valueSlope.addProduct(dy, sp);
        valuePresent.addProduct(dx, sp);
        valuePresent.addProduct(dy, pp);
        peak = Math.max(peak, square.value());
    }

    private void leave(int row, int now) {
        int c = rows.cluster(row);
        double weight = rows.weight(row);
        int status = rows.status(row);
        bring(c, now);
        if (status > 0 && (target.cause == 0 || status == target.cause)) {
            double valueNow = value[c] + weight * target.jump[now];
            double step = rows.share(c) * (valueNow - value[c]);
            square.addProduct(step, valueNow + value[c]);
            valueSlope.addProduct(slope[c], step);
            valuePresent.addProduct(present[c], step);
            value[c] = valueNow;
        }
        double out = target.spread[now] - (status > 0 ? target.hazardJump[now] : 0);
        change(c, now, weight * out, -weight);
    }

    private void change(int c, int now, double bySlope, double byPresent) {
        bring(c, now);
        double slopeNow = slope[c] + bySlope;
        double presentNow = present[c] + byPresent;
        // Differences of what is kept, not what was added: it is the kept numbers' squares that the sums must hold.
        double slopeStep = rows.share(c) * (slopeNow - slope[c]);
        double presentStep = rows.share(c) * (presentNow - present[c]);
        valueSlope.addProduct(value[c], slopeStep);
        valuePresent.addProduct(value[c], presentStep);
        slopeSlope.addProduct(slopeStep, slopeNow + slope[c]);
        presentPresent.addProduct(presentStep, presentNow + present[c]);
        slopePresent.addProduct(slopeStep, presentNow);
        slopePresent.addProduct(slope[c], presentStep);
        slope[c] = slopeNow;
        present[c] = presentNow;
    }

    /** Brings one cluster to a point. */
    private void bring(int c, int now) {
        int then = read[c];
        if (then == now) {
            return;
        }
        double[] areas = area;
        if (areas != null) {
            double width = integral[0][now] - integral[0][then];
            areas[c] += value[c] * width
                    + slope[c] * (integral[1][now] - integral[1][then] - target.x[then] * width)
                    + present[c] * (integral[2][now] - integral[2][then] - target.y[then] * width);
        }
        value[c] += slope[c] * (target.x[now] - target.x[then]) + present[c] * (target.y[now] - target.y[then]);
        read[c] = now;
    }
}
