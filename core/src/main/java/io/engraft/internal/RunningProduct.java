package io.engraft.internal;

/**
 * A product of fractions with about twice the digits of a double, so that a million factors cost no digit of the result.
 * Not for use by several threads.
 */
public final class RunningProduct {

    private double high = 1;
    private double low;

    /** Multiplies by numerator / denominator, 0 &lt;= numerator &lt;= denominator. */
    public void multiply(double numerator, double denominator) {
        double product = high * numerator;
        double lost = Math.fma(high, numerator, -product);
        double quotient = product / denominator;
        double remainder = Math.fma(-quotient, denominator, product);
        low = (remainder + lost + low * numerator) / denominator;
        // Left apart, so that the next quotient need not wait for what this one lost.
        high = quotient;
    }

    public double value() {
        return high + low;
    }
}
