package io.engraft.regression.internal;

/**
 * The standardised log-gamma law with shape parameter Q, the normal at Q = 0: log f(w) = c(Q) - w^2 phi(Qw),
 * phi(x) = (e^x - 1 - x) / x^2, c = -log(2 pi) / 2 - R(1 / Q^2), R the remainder of Stirling's formula. Tails and their
 * derivatives by Q are integrals of f and its derivatives relative to f(w), so that they keep their relative accuracy and
 * are smooth through Q = 0. Not for several threads.
 */
public final class LogGammaTail {

    private static final double NEGLIGIBLE = -40;

    private final double[] phi = new double[3];
    private final double[] constants = new double[3];
    private double constantsOf = Double.NaN;

    /** log f at w: value, d/dw, d/dQ, d2/dw2, d2/dwdQ, d2/dQ2. */
    public void logDensity(double w, double q, double[] out) {
        prepare(q);
        double x = q * w;
        Phi.two(x, phi);
        double p = phi[0];
        double p1 = phi[1];
        double p2 = phi[2];
        double w2 = w * w;
        out[0] = constants[0] - w2 * p;
        out[1] = -w * (2 * p + x * p1);
        out[2] = constants[1] - w2 * w * p1;
        out[3] = -(2 * p + 4 * x * p1 + x * x * p2);
        out[4] = -w2 * (3 * p1 + x * p2);
        out[5] = constants[2] - w2 * w2 * p2;
    }

    /** log S at w, with the same derivatives. */
    public void logSurvival(double w, double q, double[] out) {
        prepare(q);
        double[] f = new double[6];
        logDensity(w, q, f);
        // The mode is at 0 for every Q: the nearer tail is the one away from it.
        double[] m = new double[3];
        double r1;
        double r2;
        double hazard;
        if (w >= 0) {
            integrals(w, q, f, 1, m);
            out[0] = f[0] + Math.log(m[0]);
            r1 = m[1] / m[0];
            r2 = m[2] / m[0];
            hazard = 1 / m[0];
        } else {
            integrals(w, q, f, -1, m);
            double density = Math.exp(f[0]);
            double survival = 1 - density * m[0];
            out[0] = Math.log1p(-density * m[0]);
            r1 = -density * m[1] / survival;
            r2 = -density * m[2] / survival;
            hazard = density / survival;
        }
        out[1] = -hazard;
        out[2] = r1;
        out[3] = -hazard * (f[1] + hazard);
        out[4] = -hazard * (f[2] - r1);
        out[5] = r2 - r1 * r1;
    }

    /** Integrals over s &gt; 0 of e^D, e^D g_Q and e^D (g_Q^2 + g_QQ) at u = w + direction s, D = g(u) - g(w). */
    private void integrals(double w, double q, double[] f, int direction, double[] sums) {
        double at = f[0];
        // The integrand falls at first like exp(-|slope| s), and bends on the scale 1 / q.
        double width = 1 / Math.max(Math.max(1, Math.abs(q)), 0.25 * Math.abs(f[1]));
        double from = 0;
        sums[0] = 0;
        sums[1] = 0;
        sums[2] = 0;
        double[] nodes = Quadrature.nodes();
        double[] weights = Quadrature.weights();
        for (int panel = 0; panel < 64; panel++) {
            double half = width / 2;
            double last = 0;
            for (int j = 0; j < nodes.length; j++) {
                double u = w + direction * (from + half * (1 + nodes[j]));
                Phi.two(q * u, phi);
                double delta = constants[0] - u * u * phi[0] - at;
                last = delta;
                if (delta > 2 * NEGLIGIBLE) {
                    double e = Math.exp(delta) * weights[j] * half;
                    double g1 = constants[1] - u * u * u * phi[1];
                    sums[0] += e;
                    sums[1] += e * g1;
                    sums[2] += e * (g1 * g1 + constants[2] - u * u * u * u * phi[2]);
                }
            }
            from += width;
            if (last < NEGLIGIBLE) {
                return;
            }
            width *= 1.6;
        }
    }

    private void prepare(double q) {
        if (q != constantsOf) {
            constantsOf = q;
            double[] r = new double[3];
            remainder(Math.abs(q), r);
            constants[0] = -StandardLaw.HALF_LOG_2PI - r[0];
            constants[1] = -Math.signum(q) * r[1];
            constants[2] = -r[2];
        }
    }

    /** Stirling's remainder R(1 / q^2) and its derivatives by q &gt;= 0. */
    private static void remainder(double q, double[] out) {
        double a = 1 / (q * q);
        // R(a) - R(a + 1), summed until the series in 1 / a holds.
        double sum = 0;
        double sum1 = 0;
        double sum2 = 0;
        double b = a;
        while (b < 12) {
            double step = b * (b + 1);
            sum += (b + 0.5) * Math.log1p(1 / b) - 1;
            sum1 += Math.log1p(1 / b) - (b + 0.5) / step;
            sum2 += -1 / step - (step - (b + 0.5) * (2 * b + 1)) / (step * step);
            b += 1;
        }
        double[] series = series(b);
        if (b == a) {
            seriesInQ(q, out);
            return;
        }
        double a1 = -2 * a / q;
        double a2 = 6 * a / (q * q);
        out[0] = series[0] + sum;
        double d1 = series[1] + sum1;
        out[1] = d1 * a1;
        out[2] = (series[2] + sum2) * a1 * a1 + d1 * a2;
    }

    private static final double[] STIRLING = {
        1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360360, 1.0 / 156, -3617.0 / 122400
    };

    private static double[] series(double a) {
        double[] out = new double[3];
        for (int k = STIRLING.length - 1; k >= 0; k--) {
            int n = 2 * k + 1;
            double term = STIRLING[k] * Math.pow(a, -n);
            out[0] += term;
            out[1] -= n * term / a;
            out[2] += n * (n + 1) * term / (a * a);
        }
        return out;
    }

    /** The same series in q = a^-1/2, regular at 0. */
    private static void seriesInQ(double q, double[] out) {
        for (int k = STIRLING.length - 1; k >= 0; k--) {
            int n = 2 * (2 * k + 1);
            double low = STIRLING[k] * Math.pow(q, n - 2);
            out[0] += low * q * q;
            out[1] += n * low * q;
            out[2] += n * (n - 1) * low;
        }
    }
}
