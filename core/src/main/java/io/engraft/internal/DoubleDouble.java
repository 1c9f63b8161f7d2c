package io.engraft.internal;

/** A running sum with about 106 bits, for sums whose terms cancel. Not for use by several threads. */
public final class DoubleDouble {

    private double high;
    private double low;

    public void add(double x) {
        double sum = high + x;
        double back = sum - high;
        double error = (high - (sum - back)) + (x - back);
        low += error;
        double renormalised = sum + low;
        low = low - (renormalised - sum);
        high = renormalised;
    }

    public double value() {
        return high;
    }
}
