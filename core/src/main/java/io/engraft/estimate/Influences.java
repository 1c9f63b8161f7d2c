package io.engraft.estimate;

import io.engraft.estimate.internal.InfluenceRows;
import io.engraft.estimate.internal.RiskSets;
import java.util.Arrays;

/** The influence of every cluster on a curve at chosen times, for joint covariances. */
final class Influences {

    private final InfluenceRows rows;
    private final double[][] atPoint;
    private final int[] place;

    private Influences(InfluenceRows rows, double[][] atPoint, int[] place) {
        this.rows = rows;
        this.atPoint = atPoint;
        this.place = place;
    }

    static Influences of(InfluenceRows rows, InfluenceTarget target, RiskSets sets, double[] times) {
        int[] points = Arrays.stream(times).mapToInt(sets::pointAt).toArray();
        int[] distinct = Arrays.stream(points).sorted().distinct().toArray();
        int[] place =
                Arrays.stream(points).map(p -> Arrays.binarySearch(distinct, p)).toArray();
        return new Influences(rows, new InfluenceSweep(rows, target).influences(distinct), place);
    }

    /** The covariance of the curve at two of the times. */
    double covariance(int time, int otherTime) {
        return covariance(time, this, otherTime);
    }

    /** The covariance of this curve at one of the times and another curve of the same rows at one. */
    double covariance(int time, Influences other, int otherTime) {
        double[] a = atPoint[place[time]];
        double[] b = other.atPoint[other.place[otherTime]];
        double sum = 0;
        for (int c = 0; c < a.length; c++) {
            sum += rows.share(c) * a[c] * b[c];
        }
        return sum;
    }
}
