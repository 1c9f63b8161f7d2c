package io.engraft.internal.count;

import io.engraft.InvalidArgumentException;
import io.engraft.internal.Parallel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Counts of marked times: how often each (mark, time) was seen. A mark is a small number (censored, cause 1, cause 2,
 * ..., entry). Times on a grid of whole numbers are counted where they stand; the others are kept and sorted at the
 * end.
 */
public final class Tally {

    private static final int WIDEST_GRID = 1 << 17;
    private static final int FIRST_GRID = 1 << 12;
    /** From this ratio on, searching for each of the few is cheaper than walking past the many. */
    private static final int FAR_FEWER = 32;

    private static final int LEAST_PIECE = 1 << 16;
    private static final int MOST_MARKS = Character.MAX_VALUE;

    private final int marks;
    private final int gridLimit;
    private int width;
    private int[] grid;
    /** Rows of a caller's arrays, to be read when the counts are collected. */
    private final List<MarkedTimes.Run> views = new ArrayList<>();

    private double[] loose = {};
    private int[] looseMark = {};
    private int looseCount;

    /**
     * An empty tally.
     *
     * @param marks the number of marks
     * @param expected how many times are to come, for sizing only
     */
    public Tally(int marks, int expected) {
        if (marks > MOST_MARKS) {
            throw InvalidArgumentException.of("kinds of rows to count apart", marks, "at most " + MOST_MARKS);
        }
        this.marks = marks;
        // A grid much wider than the data would cost more to read than sorting the data.
        this.gridLimit = (int) Math.min(WIDEST_GRID, Integer.highestOneBit(Math.max(1, expected)) * 8L);
        this.width = Math.min(FIRST_GRID, gridLimit);
        this.grid = new int[marks * width];
    }

    /** The counts of all rows of two arrays, on all cores; empty where a row is not valid. */
    public static Optional<Counts> of(double[] time, int[] mark, int marks) {
        int n = time.length;
        int pieces = Parallel.pieces(n, LEAST_PIECE);
        Tally[] tallies = new Tally[pieces];
        boolean[] bad = new boolean[pieces];
        Parallel.run(pieces, p -> {
            int from = Parallel.start(n, pieces, p);
            int to = Parallel.start(n, pieces, p + 1);
            tallies[p] = new Tally(marks, to - from);
            bad[p] = tallies[p].count(time, mark, from, to) >= 0;
        });
        for (boolean b : bad) {
            if (b) {
                return Optional.empty();
            }
        }
        return Optional.of(collect(Arrays.asList(tallies)));
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
     * Counts rows from..to-1 of plain data, the mark being the status. The arrays must not change before the counts are
     * collected.
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
        for (int i = from; i < to; i++) {
            double t = time[i];
            int s = status[i];
            if (!(t >= 0 && t < Double.POSITIVE_INFINITY) || s < 0 || s >= marks) {
                return i;
            }
        }
        views.add(new MarkedTimes.Run(time, status, from, to));
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
        if (looseCount == loose.length) {
            int room = Math.max(16, looseCount * 2);
            loose = Arrays.copyOf(loose, room);
            looseMark = Arrays.copyOf(looseMark, room);
        }
        loose[looseCount] = t;
        looseMark[looseCount++] = mark;
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
        List<MarkedTimes.Run> runs = new ArrayList<>();
        for (Tally tally : tallies) {
            runs.addAll(tally.views);
            if (tally.looseCount > 0) {
                runs.add(new MarkedTimes.Run(tally.loose, tally.looseMark, 0, tally.looseCount));
            }
        }
        Counts fromGrid = readGrid(tallies, marks);
        if (runs.isEmpty()) {
            return fromGrid;
        }
        Counts fromRuns = MarkedTimes.count(marks, runs);
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
