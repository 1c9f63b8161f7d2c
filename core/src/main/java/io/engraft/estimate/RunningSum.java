package io.engraft.estimate;

/** A sum that keeps what each addition loses. */
final class RunningSum {

    private double high;
    private double low;

    void add(double x) {
        double sum = high + x;
        double shadow = sum - high;
        low += (high - (sum - shadow)) + (x - shadow);
        high = sum;
    }

    /** Adds a product with all its digits. */
    void addProduct(double a, double b) {
        double product = a * b;
        low += Math.fma(a, b, -product);
        add(product);
    }

    double value() {
        return high + low;
    }
}
