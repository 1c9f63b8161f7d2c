package io.engraft.multistate;

/** Polynomials through sixteen Chebyshev nodes on [-1, 1], and Gauss-Legendre quadrature with as many nodes. */
final class Chebyshev {

    /** The number of nodes, and of coefficients. */
    static final int N = 16;

    private static final double[] NODES = new double[N];
    private static final double[] BARYCENTRIC = new double[N];
    /** [coefficient][node]. */
    private static final double[][] TRANSFORM = new double[N][N];

    private static final double[] GAUSS_NODES = new double[N];
    private static final double[] GAUSS_WEIGHTS = new double[N];

    static {
        for (int k = 0; k < N; k++) {
            double angle = Math.PI * (k + 0.5) / N;
            NODES[k] = -Math.cos(angle);
            BARYCENTRIC[k] = (k % 2 == 0 ? 1 : -1) * Math.sin(angle);
            for (int j = 0; j < N; j++) {
                TRANSFORM[j][k] = (j == 0 ? 1.0 : 2.0) / N * Math.cos(j * (Math.PI - angle));
            }
            legendre(k);
        }
    }

    private Chebyshev() {}

    /** Newton's method on the Legendre polynomial. */
    private static void legendre(int k) {
        double x = -Math.cos(Math.PI * (k + 0.75) / (N + 0.5));
        double slope = 0;
        for (int step = 0; step < 8; step++) {
            double before = 1;
            double value = x;
            for (int j = 2; j <= N; j++) {
                double next = ((2 * j - 1) * x * value - (j - 1) * before) / j;
                before = value;
                value = next;
            }
            slope = N * (x * value - before) / (x * x - 1);
            x -= value / slope;
        }
        GAUSS_NODES[k] = x;
        GAUSS_WEIGHTS[k] = 2 / ((1 - x * x) * slope * slope);
    }

    /** The k-th node, ascending. */
    static double node(int k) {
        return NODES[k];
    }

    static double gaussNode(int k) {
        return GAUSS_NODES[k];
    }

    static double gaussWeight(int k) {
        return GAUSS_WEIGHTS[k];
    }

    static double[] coefficients(double[] values) {
        double[] c = new double[N];
        for (int j = 0; j < N; j++) {
            double sum = 0;
            for (int k = 0; k < N; k++) {
                sum += TRANSFORM[j][k] * values[k];
            }
            c[j] = sum;
        }
        return c;
    }

    static double value(double[] c, double x) {
        double b1 = 0;
        double b2 = 0;
        for (int j = c.length - 1; j > 0; j--) {
            double b = 2 * x * b1 - b2 + c[j];
            b2 = b1;
            b1 = b;
        }
        return x * b1 - b2 + c[0];
    }

    /** The last coefficients: what the polynomial leaves out, about. */
    static double tail(double[] c) {
        return Math.abs(c[N - 1]) + Math.abs(c[N - 2]);
    }

    /** The integral from -1 as a series with one more coefficient. */
    static double[] integral(double[] c) {
        double[] b = new double[N + 1];
        for (int k = 1; k <= N; k++) {
            double low = k == 1 ? 2 * c[0] : c[k - 1];
            double high = k + 1 < N ? c[k + 1] : 0;
            b[k] = (low - high) / (2 * k);
        }
        double atStart = 0;
        for (int k = 1; k <= N; k++) {
            atStart += k % 2 == 0 ? b[k] : -b[k];
        }
        b[0] = -atStart;
        return b;
    }

    /** The values at x of the polynomials that are 1 at one node and 0 at the others. */
    static void basis(double x, double[] into) {
        double sum = 0;
        for (int k = 0; k < N; k++) {
            double distance = x - NODES[k];
            if (distance == 0) {
                java.util.Arrays.fill(into, 0);
                into[k] = 1;
                return;
            }
            into[k] = BARYCENTRIC[k] / distance;
            sum += into[k];
        }
        for (int k = 0; k < N; k++) {
            into[k] /= sum;
        }
    }
}
