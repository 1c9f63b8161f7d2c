package io.engraft.data;

import io.engraft.internal.Brief;
import io.engraft.internal.count.DoubleOrder;
import java.util.Arrays;

/**
 * Distinct times, ascending, of which those that count as one stand once, and the place that a row's time has among them.
 * Every procedure that needs rows on times places them here. Immutable.
 *
 * <p>A chain of ties is known by its first time c_j: a time t of a row that was joined lies in [c_j, c_(j+1)), so its place
 * is the last j with c_j &lt;= t.
 */
public final class JoinedTimes {

    private final double[] time;

    private JoinedTimes(double[] time) {
        this.time = time;
    }

    /**
     * The times of a table, as they are.
     *
     * @param table a table whose ties are joined
     * @return its times, those at which rows only enter included
     */
    public static JoinedTimes of(EventTable table) {
        return new JoinedTimes(table.rawTime());
    }

    /**
     * Times whose ties are joined already.
     *
     * @param ascending distinct times, ascending
     * @return the times
     */
    public static JoinedTimes of(double[] ascending) {
        return new JoinedTimes(ascending.clone());
    }

    /**
     * Joins the union of some times by a rule.
     *
     * @param rule the rule
     * @param times times in any order, repeated ones too
     * @return the first time of each chain
     */
    public static JoinedTimes of(TieRule rule, double[]... times) {
        double[] all = new double[Arrays.stream(times).mapToInt(t -> t.length).sum()];
        int n = 0;
        for (double[] some : times) {
            for (double t : some) {
                all[n++] = t + 0.0;
            }
        }
        Arrays.parallelSort(all);
        return new JoinedTimes(distinct(chains(distinct(all), rule)));
    }

    private static double[] distinct(double[] ascending) {
        double[] found = new double[ascending.length];
        int n = 0;
        for (double t : ascending) {
            if (n == 0 || t != found[n - 1]) {
                found[n++] = t;
            }
        }
        return Arrays.copyOf(found, n);
    }

    /** The first time of the chain that each of some ascending times belongs to. */
    static double[] chains(double[] ascending, TieRule rule) {
        double[] chain = ascending.clone();
        for (int i = 1; i < chain.length; i++) {
            if (rule.joins(chain[i - 1], ascending[i])) {
                chain[i] = chain[i - 1];
            }
        }
        return chain;
    }

    /**
     * How many there are.
     *
     * @return the number of distinct times
     */
    public int size() {
        return time.length;
    }

    /**
     * One of the times.
     *
     * @param place from 0
     * @return the first time of the chain at that place
     */
    public double time(int place) {
        return time[place];
    }

    /**
     * Where a row's time stands.
     *
     * @param t a time
     * @return the last place whose time is at or before t; -1 before the first
     */
    public int placeOf(double t) {
        // -0.0 is no time of its own.
        int found = Arrays.binarySearch(time, t + 0.0);
        return found >= 0 ? found : -found - 2;
    }

    /**
     * Where the times of many rows stand.
     *
     * @param times one a row
     * @return for each what {@link #placeOf} says
     */
    public int[] placesOf(double[] times) {
        int[] places = new int[times.length];
        int place = -1;
        for (int i : DoubleOrder.of(times)) {
            while (place + 1 < time.length && time[place + 1] <= times[i]) {
                place++;
            }
            places[i] = place;
        }
        return places;
    }

    @Override
    public String toString() {
        return Brief.count(time.length, "distinct time");
    }
}
