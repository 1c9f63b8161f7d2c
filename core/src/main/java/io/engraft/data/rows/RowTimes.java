package io.engraft.data.rows;

import io.engraft.data.JoinedTimes;
import io.engraft.data.TieRule;
import java.util.ArrayList;
import java.util.List;

/**
 * All times of follow-up and of what is merged into it, those that count as one joined, and the place of each.
 *
 * <p>The follow-up's own times are joined among themselves first, and any other time takes the one of theirs that it joins.
 * So no time is added beside one of the follow-up, and a fit to the cut rows joins the same times as one to the whole.
 */
final class RowTimes {

    private final JoinedTimes all;
    private final int[] entry;
    private final int[] end;
    private final List<int[]> others = new ArrayList<>();

    RowTimes(TieRule rule, double[] entry, double[] end, List<double[]> others) {
        JoinedTimes own = JoinedTimes.of(rule, entry, end);
        double[] first = new double[own.size()];
        for (int j = 0; j < first.length; j++) {
            first[j] = own.time(j);
        }
        List<double[]> united = new ArrayList<>(List.of(first));
        for (double[] times : others) {
            united.add(taken(times, own, rule));
        }
        this.all = JoinedTimes.of(rule, united.toArray(double[][]::new));
        int[] ownPlace = all.placesOf(first);
        this.entry = through(own.placesOf(entry), ownPlace);
        this.end = through(own.placesOf(end), ownPlace);
        for (int k = 1; k < united.size(); k++) {
            this.others.add(all.placesOf(united.get(k)));
        }
    }

    /** Each time, or the time of the follow-up that it joins. */
    private static double[] taken(double[] times, JoinedTimes own, TieRule rule) {
        int[] before = own.placesOf(times);
        double[] taken = new double[times.length];
        for (int i = 0; i < taken.length; i++) {
            int j = before[i];
            double t = times[i] + 0.0;
            if (j >= 0 && rule.joins(own.time(j), t)) {
                t = own.time(j);
            } else if (j + 1 < own.size() && rule.joins(t, own.time(j + 1))) {
                t = own.time(j + 1);
            }
            taken[i] = t;
        }
        return taken;
    }

    private static int[] through(int[] places, int[] map) {
        int[] mapped = new int[places.length];
        for (int i = 0; i < mapped.length; i++) {
            mapped[i] = map[places[i]];
        }
        return mapped;
    }

    int size() {
        return all.size();
    }

    /** The first of the times that count as one at a place. */
    double time(int place) {
        return all.time(place);
    }

    /** Where the entry of each row of follow-up stands. */
    int[] entryPlaces() {
        return entry;
    }

    /** Where the end of each row of follow-up stands. */
    int[] endPlaces() {
        return end;
    }

    /** Where the times of one of the other lists stand. */
    int[] places(int list) {
        return others.get(list);
    }

    /** Numbers below some bound in ascending order, those of equal keys as they came. */
    static int[] sorted(int[] order, int[] key, int keys) {
        int[] next = new int[keys + 1];
        for (int i : order) {
            next[key[i] + 1]++;
        }
        for (int k = 0; k < keys; k++) {
            next[k + 1] += next[k];
        }
        int[] sorted = new int[order.length];
        for (int i : order) {
            sorted[next[key[i]]++] = i;
        }
        return sorted;
    }
}
