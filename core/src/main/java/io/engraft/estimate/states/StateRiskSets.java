package io.engraft.estimate.states;

import io.engraft.InvalidArgumentException;
import io.engraft.data.Clusters;
import io.engraft.data.MultiStateData;
import io.engraft.data.TieRule;
import io.engraft.internal.Require;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The rows of one group read for estimation: points (distinct exit times after the start), the number at risk in every
 * state just before each, and the transitions at each with their hazards. A row is at risk at the points a to b.
 */
final class StateRiskSets {

    final List<String> states;
    final int k;
    final boolean[] absorbing;
    final TieRule rule;
    final double start;
    final double[] time;
    /** At risk by point and state. */
    final double[] atRisk;
    /** The share that stays, by point and state. */
    final double[] stay;
    /** The transitions of point i are those from {@code first[i]} to {@code first[i + 1] - 1}. */
    final int[] first;

    final int[] from;
    final int[] to;
    final double[] events;
    final double[] hazard;

    final int rows;
    final int[] rowFirst;
    final int[] rowLast;
    final int[] rowState;
    /** The transition that a row ends with, -1 where censored. */
    final int[] rowTransition;

    final double[] rowWeight;
    /** By what a row counts in its cluster's influence. */
    final double[] rowScale;

    final int[] rowCluster;
    /** By what the square of a cluster's influence counts: replicates of a subject. */
    final double[] clusterFactor;

    /** Rows from which the start distribution is estimated; empty where it is given. */
    final int[] startRows;

    final double startWeight;
    final double[] startDistribution;

    private final double[] entry;

    StateRiskSets(MultiStateData data, int[] kept, StayTimes times, OccupancySettings settings, boolean[] absorbing) {
        this.states = data.states();
        this.k = states.size();
        this.absorbing = absorbing;
        this.rule = settings.tieRule();
        this.start = settings.start();
        this.rows = kept.length;
        this.entry = new double[rows];
        double[] exit = new double[rows];
        this.rowState = new int[rows];
        this.rowWeight = new double[rows];
        int[] target = new int[rows];
        for (int r = 0; r < rows; r++) {
            entry[r] = data.hasEntry() ? times.entry(kept[r]) : Double.NEGATIVE_INFINITY;
            exit[r] = times.exit(kept[r]);
            rowState[r] = data.from(kept[r]);
            target[r] = data.to(kept[r]);
            rowWeight[r] = data.weight(kept[r]);
        }
        this.time = Arrays.stream(exit).sorted().distinct().toArray();
        this.rowFirst = new int[rows];
        this.rowLast = new int[rows];
        for (int r = 0; r < rows; r++) {
            rowLast[r] = Arrays.binarySearch(time, exit[r]);
            rowFirst[r] = isAfterStart(entry[r]) ? placeAfter(entry[r]) : 0;
        }
        Transitions found = new Transitions(rowLast, rowState, target, rowWeight, time.length, k);
        this.first = found.first;
        this.from = found.from;
        this.to = found.to;
        this.events = found.weight;
        this.rowTransition = found.ofRow;
        this.atRisk = new double[time.length * k];
        this.stay = new double[time.length * k];
        this.hazard = new double[from.length];
        count(found.count);
        Clusters clusters = Clusters.of(data);
        Clusters.Part part = clusters.numbering().of(kept);
        this.rowCluster = new int[rows];
        Arrays.setAll(rowCluster, part::cluster);
        this.clusterFactor = new double[part.count()];
        Arrays.setAll(clusterFactor, c -> clusters.replication(part.firstRow(c)));
        this.rowScale = new double[rows];
        Arrays.setAll(rowScale, r -> clusters.weight(kept[r]));
        boolean given = !settings.given().isEmpty();
        this.startRows = given ? new int[0] : startingRows();
        double weight = 0;
        this.startDistribution = new double[k];
        for (int r : startRows) {
            startDistribution[rowState[r]] += rowWeight[r];
            weight += rowWeight[r];
        }
        this.startWeight = weight;
        for (int j = 0; j < k; j++) {
            startDistribution[j] =
                    given ? settings.given().getOrDefault(states.get(j), 0.0) : startDistribution[j] / weight;
        }
    }

    boolean isAfterStart(double t) {
        return t > start && !rule.joins(start, t);
    }

    private int placeAfter(double t) {
        int place = Arrays.binarySearch(time, t + 0.0);
        return place >= 0 ? place + 1 : -place - 1;
    }

    /** Numbers at risk by adding rows as they come and taking them away as they go; exactly 0 where no row is left. */
    private void count(int[] transitionRows) {
        int[] present = new int[k];
        double[] weight = new double[k];
        int[][] coming = byPoint(rowFirst, time.length);
        int[][] going = byPoint(rowLast, time.length);
        for (int i = 0; i < time.length; i++) {
            for (int r : coming[i]) {
                present[rowState[r]]++;
                weight[rowState[r]] += rowWeight[r];
            }
            double[] leaving = new double[k];
            int[] leavingRows = new int[k];
            for (int e = first[i]; e < first[i + 1]; e++) {
                leaving[from[e]] += events[e];
                leavingRows[from[e]] += transitionRows[e];
            }
            for (int j = 0; j < k; j++) {
                // Where all leave, their weight is the number at risk: the share that stays is 0 without rounding.
                boolean all = leavingRows[j] > 0 && leavingRows[j] == present[j];
                double n = all ? leaving[j] : present[j] == 0 ? 0 : weight[j];
                atRisk[i * k + j] = n;
                stay[i * k + j] = leavingRows[j] == 0 ? 1 : (n - leaving[j]) / n;
            }
            for (int e = first[i]; e < first[i + 1]; e++) {
                hazard[e] = events[e] / atRisk[i * k + from[e]];
            }
            for (int r : going[i]) {
                present[rowState[r]]--;
                weight[rowState[r]] = present[rowState[r]] == 0 ? 0 : weight[rowState[r]] - rowWeight[r];
            }
        }
    }

    /** The rows of each point. */
    static int[][] byPoint(int[] pointOfRow, int points) {
        int[] size = new int[points];
        for (int p : pointOfRow) {
            size[p]++;
        }
        int[][] found = new int[points][];
        for (int p = 0; p < points; p++) {
            found[p] = new int[size[p]];
        }
        for (int r = pointOfRow.length - 1; r >= 0; r--) {
            found[pointOfRow[r]][--size[pointOfRow[r]]] = r;
        }
        return found;
    }

    /** Those under observation at the start, or, where nobody is, at risk at the first transition after it. */
    private int[] startingRows() {
        int[] there = rowsWhere(r -> !isAfterStart(entry[r]));
        if (there.length > 0) {
            return there;
        }
        int point = 0;
        while (point < time.length - 1 && first[point + 1] == first[point]) {
            point++;
        }
        int chosen = first[point + 1] > first[point] ? point : 0;
        return rowsWhere(r -> rowFirst[r] <= chosen && chosen <= rowLast[r]);
    }

    private int[] rowsWhere(IntPredicate condition) {
        return IntStream.range(0, rows).filter(condition).toArray();
    }

    int size() {
        return time.length;
    }

    double lastTime() {
        return time[time.length - 1];
    }

    boolean hasTransitions(int point) {
        return first[point + 1] > first[point];
    }

    int state(String name) {
        int j = states.indexOf(name);
        if (j < 0) {
            throw InvalidArgumentException.of("state", name, "one of " + states);
        }
        return j;
    }

    /** The last point at or before t by the tie rule; -1 before the first. */
    int pointAt(double t) {
        Require.time(t);
        int next = placeAfter(t + 0.0);
        if (next == time.length || !(t > 0) || (next > 0 && rule.joins(time[next - 1], t))) {
            return next - 1;
        }
        return rule.joins(t, time[next]) ? next : next - 1;
    }

    boolean isBefore(double t) {
        return t < start && !rule.joins(t, start);
    }

    boolean isBeyond(double t) {
        return t > lastTime() && !rule.joins(lastTime(), t);
    }

    /** State probabilities before every point from one on, and after the last, by place (point, state). */
    double[] forward(int firstPoint, double[] distribution) {
        int points = time.length;
        double[] p = new double[(points + 1) * k];
        System.arraycopy(distribution, 0, p, firstPoint * k, k);
        for (int i = firstPoint; i < points; i++) {
            int now = i * k;
            int next = now + k;
            for (int j = 0; j < k; j++) {
                p[next + j] = p[now + j] * stay[now + j];
            }
            for (int e = first[i]; e < first[i + 1]; e++) {
                p[next + to[e]] += p[now + from[e]] * hazard[e];
            }
            settle(p, next);
        }
        return p;
    }

    /** A state that is the only one occupied has probability 1, which a sum may miss by rounding. */
    private void settle(double[] p, int at) {
        int only = -1;
        for (int j = 0; j < k; j++) {
            p[at + j] = Math.min(1, p[at + j]);
            if (p[at + j] > 0) {
                only = only == -1 ? j : -2;
            }
        }
        if (only >= 0 && p[at + only] > 1 - 1e-9) {
            p[at + only] = 1;
        }
    }

    /** Distinct transitions by point, found by sorting the rows that end with one. */
    private static final class Transitions {

        final int[] first;
        final int[] from;
        final int[] to;
        final int[] count;
        final double[] weight;
        final int[] ofRow;

        Transitions(int[] point, int[] state, int[] target, double[] rowWeight, int points, int k) {
            ofRow = new int[point.length];
            long[] keys = new long[point.length];
            int found = 0;
            for (int r = 0; r < point.length; r++) {
                if (target[r] >= 0) {
                    keys[found++] = key(point[r], state[r], target[r], k);
                }
            }
            keys = Arrays.stream(keys, 0, found).sorted().distinct().toArray();
            int size = keys.length;
            first = new int[points + 1];
            from = new int[size];
            to = new int[size];
            count = new int[size];
            weight = new double[size];
            for (int e = 0; e < size; e++) {
                int pair = (int) (keys[e] % ((long) k * k));
                from[e] = pair / k;
                to[e] = pair % k;
                first[(int) (keys[e] / ((long) k * k)) + 1]++;
            }
            for (int i = 0; i < points; i++) {
                first[i + 1] += first[i];
            }
            for (int r = 0; r < point.length; r++) {
                ofRow[r] = target[r] < 0 ? -1 : Arrays.binarySearch(keys, key(point[r], state[r], target[r], k));
                if (ofRow[r] >= 0) {
                    count[ofRow[r]]++;
                    weight[ofRow[r]] += rowWeight[r];
                }
            }
        }

        private static long key(int point, int from, int to, int k) {
            return ((long) point * k + from) * k + to;
        }
    }
}
