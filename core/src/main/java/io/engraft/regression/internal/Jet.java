package io.engraft.regression.internal;

import java.util.Arrays;

/** A number with its first and second derivatives by a few variables; second derivatives packed by rows, l &lt;= k. */
public final class Jet {

    public final int size;
    public double value;
    public final double[] g;
    public final double[] h;

    public Jet(int size) {
        this.size = size;
        this.g = new double[size];
        this.h = new double[size * (size + 1) / 2];
    }

    public static int at(int k, int l) {
        return k * (k + 1) / 2 + l;
    }

    public void constant(double v) {
        value = v;
        Arrays.fill(g, 0);
        Arrays.fill(h, 0);
    }

    public void copy(Jet other) {
        value = other.value;
        System.arraycopy(other.g, 0, g, 0, size);
        System.arraycopy(other.h, 0, h, 0, h.length);
    }

    /** Adds c times another jet. */
    public void add(Jet other, double c) {
        value += c * other.value;
        for (int k = 0; k < size; k++) {
            g[k] += c * other.g[k];
        }
        for (int m = 0; m < h.length; m++) {
            h[m] += c * other.h[m];
        }
    }

    /** Replaces x by f(x), of which value and derivatives at x are given. */
    public void compose(double f, double f1, double f2) {
        int m = 0;
        for (int k = 0; k < size; k++) {
            for (int l = 0; l <= k; l++, m++) {
                h[m] = f1 * h[m] + f2 * g[k] * g[l];
            }
        }
        for (int k = 0; k < size; k++) {
            g[k] *= f1;
        }
        value = f;
    }

    /** Replaces x &lt;= 0 by log(1 - exp(x)): a log-survival by the log-probability of the event. */
    public void logComplement() {
        double x = value;
        double p = -Math.expm1(x);
        double ratio = Math.exp(x) / p;
        double f = x > -0.6931471805599453 ? Math.log(p) : Math.log1p(-Math.exp(x));
        compose(f, -ratio, -ratio / p);
    }

    /** Replaces x by exp(x). */
    public void exp() {
        double e = Math.exp(value);
        compose(e, e, e);
    }
}
