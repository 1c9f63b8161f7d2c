package io.engraft.internal;

import java.util.function.IntToDoubleFunction;

/** Where a time stands among ascending ones. */
public final class TimeSearch {

    private TimeSearch() {}

    /** Whether two times are one, the earlier first. */
    public interface Joins {
        boolean joins(double earlier, double later);
    }

    /** The last of the places from..to-1 whose time is at or before t, or joined with it; from - 1 where none is. */
    public static int lastAtOrBefore(double t, int from, int to, IntToDoubleFunction time, Joins rule) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (time.applyAsDouble(middle) <= t) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if (low == to || !(t > 0) || (low > from && rule.joins(time.applyAsDouble(low - 1), t))) {
            return low - 1;
        }
        return rule.joins(t, time.applyAsDouble(low)) ? low : low - 1;
    }
}
