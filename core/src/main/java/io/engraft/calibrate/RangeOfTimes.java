package io.engraft.calibrate;

import io.engraft.InvalidArgumentException;
import io.engraft.internal.Require;

/**
 * What was published of the times of an event: their number, median, smallest and largest. In a likelihood it counts by
 * the density of three order statistics ({@code RangeTiming}), F being the share of all events of that kind by t. In
 * least squares it counts as two shares: half of all events by the median, and (n - 0.3) / (n + 0.4) of them by the
 * largest time.
 *
 * @param event the event
 * @param n how many times, at least 3
 * @param median their median
 * @param smallest the smallest, positive and below the median
 * @param largest the largest, above the median
 */
public record RangeOfTimes(String event, int n, double median, double smallest, double largest) {

    /**
     * Checks the parts.
     *
     * @param event the event
     * @param n how many times, at least 3
     * @param median their median
     * @param smallest the smallest, positive and below the median
     * @param largest the largest, above the median
     * @throws InvalidArgumentException when n is below 3 or the median does not lie strictly within the range
     */
    public RangeOfTimes {
        Require.atLeast("n", n, 3);
        Require.positive("median", median);
        Require.positive("smallest time", smallest);
        Require.positive("largest time", largest);
        if (!(smallest < median && median < largest)) {
            throw new InvalidArgumentException("the median of " + event + " is " + median + " and the range " + smallest
                    + " to " + largest + "; allowed: smallest < median < largest");
        }
    }

    double largestRank() {
        return (n - 0.3) / (n + 0.4);
    }
}
