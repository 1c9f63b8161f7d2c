package io.engraft.regression.internal;

/** The functions phi_1(x) = (e^x - 1) / x and phi_2(x) = (e^x - 1 - x) / x^2 with two derivatives, smooth through 0. */
public final class Phi {

    private static final int TERMS = 21;
    private static final double[] INVERSE_FACTORIAL = new double[TERMS + 2];

    static {
        INVERSE_FACTORIAL[0] = 1;
        for (int n = 1; n < INVERSE_FACTORIAL.length; n++) {
            INVERSE_FACTORIAL[n] = INVERSE_FACTORIAL[n - 1] / n;
        }
    }

    private Phi() {}

    /** phi_1 and its derivatives. */
    public static void one(double x, double[] out) {
        if (Math.abs(x) < 1) {
            series(x, 1, out);
            return;
        }
        double p = Math.expm1(x) / x;
        double e = Math.exp(x);
        out[0] = p;
        out[1] = (e - p) / x;
        out[2] = (e - 2 * out[1]) / x;
    }

    /** phi_2 and its derivatives. */
    public static void two(double x, double[] out) {
        if (Math.abs(x) < 1) {
            series(x, 2, out);
            return;
        }
        one(x, out);
        double q1 = out[1];
        double q2 = out[2];
        out[0] = (out[0] - 1) / x;
        out[1] = (q1 - out[0]) / x;
        out[2] = (q2 - 2 * out[1]) / x;
    }

    /** Horner's scheme for the sum of x^n / (n + k)! and two derivatives. */
    private static void series(double x, int k, double[] out) {
        double value = 0;
        double first = 0;
        double second = 0;
        for (int n = TERMS - 1; n >= 0; n--) {
            second = second * x + first;
            first = first * x + value;
            value = value * x + INVERSE_FACTORIAL[n + k];
        }
        out[0] = value;
        out[1] = first;
        out[2] = 2 * second;
    }
}
