package io.engraft.internal.count;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Counts of marked times: how often each (mark, time) was seen. A mark is a small number (censored, cause 1, cause 2,
 * ..., entry). Times on a grid of whole numbers are counted where they stand; the others are kept and sorted at the
 * end, each mark by itself, so that a sort carries nothing but times.
 */
public final class Tally {

    private static final int WIDEST_GRID = 1 << 17;
    private static final int FIRST_GRID = 1 << 12;
    /** From this ratio on, searching for each of the few is cheaper than walking past the many. */
    private static final int FAR_FEWER = 32;

    private final int marks;
    private final int gridLimit;
    private int width;
    private int[] grid;
    private final double[][] loose;
    private final int[] looseCount;

    /**
     * An empty tally.
     *
     * @param marks the number of marks
     * @param expected how many times are to come, for sizing only
     */
    public Tally(int marks, int expected) {
        this.marks = marks;
        // A grid much wider than the data would cost more to read than sorting the data.
        this.gridLimit = (int) Math.min(WIDEST_GRID, Integer.highestOneBit(Math.max(1, expected)) * 8L);
        this.width = Math.min(FIRST_GRID, gridLimit);
        this.grid = new int[marks * width];
        this.loose = new double[marks][];
        this.looseCount = new int[marks];
        Arrays.fill(loose, new double[0]);
    }

    /**
     * Counts rows from..to-1 whose mark is their status, as long as they are plain; stops at the first row that needs a
     * closer look.
     *
     * @return the first row not counted
     */
    private int countOnGrid(double[] time, int[] status, int from, int to) {
        int[] cells = grid;
        int w = width;
        int m = marks;
        for (int i = from; i < to; i++) {
            double t = time[i];
            int k = (int) t;
            int s = status[i];
            if (k != t || k < 0 || k >= w || s < 0 || s >= m) {
                return i;
            }
            cells[s * w + k]++;
        }
        return to;
    }

    /**
     * Counts rows from..to-1 of plain data, the mark being the status.
     *
     * @return -1, or the first row that is not valid: a time that is NaN, negative or infinite, or an unknown status
     */
    public int count(double[] time, int[] status, int from, int to) {
        int i = from;
        int strays = 0;
        while (i < to) {
            // After many strays the data are plainly not on a grid, and trying it first only costs.
            i = strays < 64 ? countOnGrid(time, status, i, to) : i;
            if (i == to) {
                break;
            }
            double t = time[i];
            int s = status[i];
            if (!(t >= 0 && t < Double.POSITIVE_INFINITY) || s < 0 || s >= marks) {
                return i;
            }
            if (!add(s, t)) {
                strays++;
                if (strays == 64) {
                    return countLoose(time, status, i + 1, to);
                }
            }
            i++;
        }
        return -1;
    }

    private int countLoose(double[] time, int[] status, int from, int to) {
        int[] upcoming = new int[marks];
        for (int i = from; i < to; i++) {
            double t = time[i];
            int s = status[i];
            if (!(t >= 0 && t < Double.POSITIVE_INFINITY) || s < 0 || s >= marks) {
                return i;
            }
            upcoming[s]++;
        }
        for (int s = 0; s < marks; s++) {
            loose[s] = Arrays.copyOf(loose[s], looseCount[s] + upcoming[s]);
        }
        for (int i = from; i < to; i++) {
            int s = status[i];
            loose[s][looseCount[s]++] = time[i] + 0.0;
        }
        return -1;
    }

    /**
     * Counts one valid time.
     *
     * @return whether it lies on the grid
     */
    public boolean add(int mark, double t) {
        int k = (int) t;
        if (k == t && k < gridLimit) {
            while (k >= width) {
                widen();
            }
            grid[mark * width + k]++;
            return true;
        }
        double[] kept = loose[mark];
        if (looseCount[mark] == kept.length) {
            kept = Arrays.copyOf(kept, Math.max(16, kept.length * 2));
            loose[mark] = kept;
        }
        // Adding 0 turns -0 into 0.
        kept[looseCount[mark]++] = t + 0.0;
        return false;
    }

    private void widen() {
        int wider = width * 2;
        int[] moved = new int[marks * wider];
        for (int s = 0; s < marks; s++) {
            System.arraycopy(grid, s * width, moved, s * wider, width);
        }
        grid = moved;
        width = wider;
    }

    /** The counts of all tallies together, at ascending distinct times. */
    public static Counts collect(List<Tally> tallies) {
        int marks = tallies.get(0).marks;
        List<double[]> runs = new ArrayList<>();
        List<Integer> runMarks = new ArrayList<>();
        for (Tally tally : tallies) {
            for (int s = 0; s < marks; s++) {
                if (tally.looseCount[s] > 0) {
                    runs.add(Arrays.copyOf(tally.loose[s], tally.looseCount[s]));
                    runMarks.add(s);
                }
            }
        }
        Counts fromGrid = readGrid(tallies, marks);
        if (runs.isEmpty()) {
            return fromGrid;
        }
        Counts fromRuns = RunMerge.merge(
                marks,
                runs.toArray(new double[0][]),
                runMarks.stream().mapToInt(Integer::intValue).toArray());
        return fromGrid.size() == 0 ? fromRuns : Counts.merge(fromGrid, fromRuns);
    }

    private static Counts readGrid(List<Tally> tallies, int marks) {
        int widest = tallies.stream().mapToInt(t -> t.width).max().orElse(0);
        int[][] sums = new int[marks][widest];
        for (Tally tally : tallies) {
            for (int s = 0; s < marks; s++) {
                int base = s * tally.width;
                for (int k = 0; k < tally.width; k++) {
                    sums[s][k] += tally.grid[base + k];
                }
            }
        }
        int distinct = 0;
        int[] days = new int[widest];
        for (int k = 0; k < widest; k++) {
            boolean seen = false;
            for (int s = 0; s < marks && !seen; s++) {
                seen = sums[s][k] > 0;
            }
            if (seen) {
                days[distinct++] = k;
            }
        }
        double[] time = new double[distinct];
        int[][] counts = new int[marks][distinct];
        for (int j = 0; j < distinct; j++) {
            time[j] = days[j];
            for (int s = 0; s < marks; s++) {
                counts[s][j] = sums[s][days[j]];
            }
        }
        return new Counts(time, counts);
    }

    /**
     * Counts at ascending distinct times.
     *
     * @param time the times
     * @param counts {@code counts[mark][time]}
     */
    @SuppressWarnings("ArrayRecordComponent") // a carrier between two classes, never compared
    public record Counts(double[] time, int[][] counts) {

        public int size() {
            return time.length;
        }

        /** Both together; a time that is in both appears once. */
        public static Counts merge(Counts a, Counts b) {
            int marks = a.counts.length;
            double[] time = union(a.time, b.time);
            int[][] counts = new int[marks][time.length];
            a.addTo(time, counts);
            b.addTo(time, counts);
            return new Counts(time, counts);
        }

        private void addTo(double[] all, int[][] sums) {
            int[] place = places(time, all);
            for (int s = 0; s < counts.length; s++) {
                for (int i = 0; i < place.length; i++) {
                    sums[s][place[i]] = Math.addExact(sums[s][place[i]], counts[s][i]);
                }
            }
        }
    }

    /** The ascending union of two ascending arrays of distinct times. */
    public static double[] union(double[] a, double[] b) {
        double[] all = new double[a.length + b.length];
        int i = 0;
        int j = 0;
        int n = 0;
        while (i < a.length && j < b.length) {
            double x = a[i];
            double y = b[j];
            all[n++] = Math.min(x, y);
            i += x <= y ? 1 : 0;
            j += y <= x ? 1 : 0;
        }
        while (i < a.length) {
            all[n++] = a[i++];
        }
        while (j < b.length) {
            all[n++] = b[j++];
        }
        return n == all.length ? all : Arrays.copyOf(all, n);
    }

    /** The ascending union of several ascending arrays of distinct times, pair by pair so that a time is copied few times. */
    public static double[] union(List<double[]> arrays) {
        List<double[]> left = arrays;
        while (left.size() > 1) {
            List<double[]> pairs = new ArrayList<>();
            for (int i = 0; i < left.size(); i += 2) {
                pairs.add(i + 1 < left.size() ? union(left.get(i), left.get(i + 1)) : left.get(i));
            }
            left = pairs;
        }
        return left.isEmpty() ? new double[0] : left.get(0);
    }

    /** Where each of some ascending times stands in an ascending array that holds them all. */
    public static int[] places(double[] some, double[] all) {
        int[] place = new int[some.length];
        if (some.length < all.length / FAR_FEWER) {
            Arrays.setAll(place, i -> Arrays.binarySearch(all, some[i]));
            return place;
        }
        int j = 0;
        for (int i = 0; i < some.length; i++) {
            while (all[j] != some[i]) {
                j++;
            }
            place[i] = j;
        }
        return place;
    }
}
