package io.engraft.multistate.solve;

/** Polynomials through sixteen Chebyshev nodes on [-1, 1], and Gauss-Legendre quadrature. */
final class Chebyshev {

    /** The number of nodes, and of coefficients. */
    static final int N = 16;

    private static final double[] NODES = new double[N];
    private static final double[] BARYCENTRIC = new double[N];
    /** [coefficient][node]. */
    private static final double[][] TRANSFORM = new double[N][N];

    /** A rule with N nodes. */
    static final Gauss FULL = new Gauss(N);
    /**
     * A rule for a piece on which both factors of an integrand are polynomials on wider panels: their coefficients beyond
     * the tenth are small, so that the product's beyond the twentieth, which the rule leaves out, are rounding.
     */
    static final Gauss SHORT = new Gauss(10);

    static {
        for (int k = 0; k < N; k++) {
            double angle = Math.PI * (k + 0.5) / N;
            NODES[k] = -Math.cos(angle);
            BARYCENTRIC[k] = (k % 2 == 0 ? 1 : -1) * Math.sin(angle);
            for (int j = 0; j < N; j++) {
                TRANSFORM[j][k] = (j == 0 ? 1.0 : 2.0) / N * Math.cos(j * (Math.PI - angle));
            }
        }
    }

    private Chebyshev() {}

    /** Gauss-Legendre quadrature on [-1, 1]. */
    static final class Gauss {
        private final double[] nodes;
        private final double[] weights;

        private Gauss(int size) {
            nodes = new double[size];
            weights = new double[size];
            for (int k = 0; k < size; k++) {
                legendre(k);
            }
        }

        /** Newton's method on the Legendre polynomial. */
        private void legendre(int k) {
            int n = nodes.length;
            double x = -Math.cos(Math.PI * (k + 0.75) / (n + 0.5));
            double slope = 0;
            for (int step = 0; step < 8; step++) {
                double before = 1;
                double value = x;
                for (int j = 2; j <= n; j++) {
                    double next = ((2 * j - 1) * x * value - (j - 1) * before) / j;
                    before = value;
                    value = next;
                }
                slope = n * (x * value - before) / (x * x - 1);
                x -= value / slope;
            }
            nodes[k] = x;
            weights[k] = 2 / ((1 - x * x) * slope * slope);
        }

        int size() {
            return nodes.length;
        }

        double node(int k) {
            return nodes[k];
        }

        double weight(int k) {
            return weights[k];
        }
    }

    /** The k-th node, ascending. */
    static double node(int k) {
        return NODES[k];
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

    /** The polynomials T_0 to T_(N-1) at x, of which {@link #sum} makes several series' values. */
    static void polynomials(double x, double[] into) {
        into[0] = 1;
        into[1] = x;
        double twice = 2 * x;
        for (int j = 2; j < N; j++) {
            into[j] = twice * into[j - 1] - into[j - 2];
        }
    }

    /** The value of a series with N coefficients where {@link #polynomials} were taken. */
    static double sum(double[] c, double[] polynomials) {
        double a = 0;
        double b = 0;
        // Small terms first, in two sums that do not wait for each other.
        for (int j = N - 2; j >= 0; j -= 2) {
            a += c[j] * polynomials[j];
            b += c[j + 1] * polynomials[j + 1];
        }
        return a + b;
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
