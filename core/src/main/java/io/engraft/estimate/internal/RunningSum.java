package io.engraft.estimate.internal;

/** A sum that keeps what each addition loses. */
public final class RunningSum {

    private double high;
    private double low;

    public void add(double x) {
        double sum = high + x;
        double shadow = sum - high;
        low += (high - (sum - shadow)) + (x - shadow);
        high = sum;
    }

    /** Adds a product with all its digits. */
    public void addProduct(double a, double b) {
        double product = a * b;
        low += Math.fma(a, b, -product);
        add(product);
    }

    public double value() {
        return high + low;
    }
}
