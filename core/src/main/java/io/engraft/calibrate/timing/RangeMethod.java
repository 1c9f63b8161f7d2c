package io.engraft.calibrate.timing;

/** How a law is fixed by the median and range of a sample. */
public enum RangeMethod {
    /**
     * The law passes through two points: the median, and the largest time at its median rank (n - 0.3) / (n + 0.4)
     * (Bernard's approximation). The smallest time is not used.
     */
    MEDIAN_RANK("median-rank"),
    /**
     * The law's median is the printed one, and the density of smallest and largest of n times,
     * n (n - 1) f(x) f(y) [F(y) - F(x)]^(n-2), is largest.
     */
    RANGE_LIKELIHOOD("range-likelihood"),
    /**
     * The density of smallest time, median and largest time as order statistics of n times is largest; the law's own
     * median then differs from the printed one, as a sample's does.
     */
    ORDER_STATISTICS("order-statistics");

    private final String label;

    RangeMethod(String label) {
        this.label = label;
    }

    /**
     * The name in tables.
     *
     * @return "median-rank", "range-likelihood" or "order-statistics"
     */
    public String label() {
        return label;
    }
}
