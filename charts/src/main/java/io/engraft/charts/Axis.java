package io.engraft.charts;

import java.util.List;

/**
 * An axis: the data's range, a margin on either side as a share of it, and the ticks.
 *
 * @param min where the data begin
 * @param max where they end
 * @param pad the margin
 * @param ticks the ticks, ascending
 */
record Axis(double min, double max, double pad, List<Tick> ticks) {

    /**
     * A tick.
     *
     * @param value where
     * @param label what stands beside it
     */
    record Tick(double value, String label) {}

    double lower() {
        return min - pad * (max - min);
    }

    double upper() {
        return max + pad * (max - min);
    }

    /** The share of the axis that lies below a value. */
    double fraction(double value) {
        return (value - lower()) / (upper() - lower());
    }
}
