package io.engraft.evidence;

import org.apache.commons.numbers.gamma.LogBeta;

/**
 * What one study says of a median logit mu and a spread tau: x of n with the logit mu + tau u of the study's own rate,
 * u ~ N(0, 1), and u integrated out,
 *
 * <pre>
 *   l(mu, tau) = log C(n, x) + log int p^x (1 - p)^(n - x) phi(u) du,   p = 1 / (1 + exp(-(mu + tau u))).
 * </pre>
 *
 * <p>The integrand is analytic, so that the trapezoidal rule converges geometrically: equal steps from the mode outwards
 * until nothing is added. Derivatives are means and covariances over the same nodes.
 *
 * <p>L. N. Trefethen, J. A. C. Weideman (2014). The exponentially convergent trapezoidal rule. SIAM Review 56, 385-458.
 */
final class StudyLikelihood {

    /** Terms below exp(-this) of the largest are left out. */
    private static final double NEGLIGIBLE = 38;
    /** Of the integrand's own scale at its mode. */
    private static final double STEP = 0.5;
    /** Of 1 / tau: off the real line by more than pi / (2 tau) the integrand may grow where it falls on it. */
    private static final double POLE_STEP = 0.25;

    private static final int MODE_STEPS = 100;

    private final double x;
    private final double n;
    private final double logChoices;

    StudyLikelihood(int events, int patients) {
        this.x = events;
        this.n = patients;
        this.logChoices = -LogBeta.value(events + 1.0, patients - events + 1.0) - Math.log1p(patients);
    }

    double events() {
        return x;
    }

    double patients() {
        return n;
    }

    /** log(1 + exp(eta)). */
    private static double softplus(double eta) {
        return eta > 0 ? eta + Math.log1p(Math.exp(-eta)) : Math.log1p(Math.exp(eta));
    }

    static double logistic(double eta) {
        return eta < 0 ? Math.exp(eta) / (1 + Math.exp(eta)) : 1 / (1 + Math.exp(-eta));
    }

    /** The mean of the studies' probabilities, int p phi(u) du, by the same rule. */
    static double meanRate(double mu, double tau) {
        double step = Math.min(STEP, POLE_STEP / tau);
        double sum = logistic(mu);
        double total = 1;
        for (double u = step; 0.5 * u * u < NEGLIGIBLE; u += step) {
            double w = Math.exp(-0.5 * u * u);
            sum += w * (logistic(mu + tau * u) + logistic(mu - tau * u));
            total += 2 * w;
        }
        return sum / total;
    }

    private double kernel(double mu, double tau, double u) {
        double eta = mu + tau * u;
        return x * eta - n * softplus(eta) - 0.5 * u * u;
    }

    /** The integrand is log-concave: Newton, halved where it overshoots. */
    private double mode(double mu, double tau) {
        double u = 0;
        double value = kernel(mu, tau, u);
        for (int i = 0; i < MODE_STEPS; i++) {
            double p = logistic(mu + tau * u);
            double step = ((x - n * p) * tau - u) / (n * p * (1 - p) * tau * tau + 1);
            double next = kernel(mu, tau, u + step);
            while (next < value && Math.abs(step) > 1e-9) {
                step /= 2;
                next = kernel(mu, tau, u + step);
            }
            u += step;
            value = next;
            if (Math.abs(step) < 1e-3) {
                break;
            }
        }
        return u;
    }

    /** Adds l and its first and second derivatives by (mu, tau): l, mu, tau, mu mu, mu tau, tau tau. */
    void addTo(double[] sums, double mu, double tau) {
        double mode = mode(mu, tau);
        double p = logistic(mu + tau * mode);
        double step = Math.min(STEP / Math.sqrt(n * p * (1 - p) * tau * tau + 1), POLE_STEP / tau);
        double top = kernel(mu, tau, mode);
        double[] m = new double[9];
        add(m, mu, tau, mode, top);
        for (int side = -1; side <= 1; side += 2) {
            double u = mode + side * step;
            for (int j = 2; add(m, mu, tau, u, top); j++) {
                u = mode + side * j * step;
            }
        }
        double total = m[0];
        double r = m[1] / total;
        double ur = m[2] / total;
        sums[0] += logChoices + top + Math.log(total * step) - 0.5 * Math.log(2 * Math.PI);
        sums[1] += r;
        sums[2] += ur;
        sums[3] += m[3] / total - r * r - m[6] / total;
        sums[4] += m[4] / total - r * ur - m[7] / total;
        sums[5] += m[5] / total - ur * ur - m[8] / total;
    }

    /** Adds a node; false where it is negligible. */
    private boolean add(double[] m, double mu, double tau, double u, double top) {
        double eta = mu + tau * u;
        double e = Math.exp(-Math.abs(eta));
        double log = x * eta - n * (Math.max(eta, 0) + Math.log1p(e)) - 0.5 * u * u - top;
        if (log < -NEGLIGIBLE) {
            return false;
        }
        double w = Math.exp(log);
        double q = e / (1 + e);
        double r = x - n * (eta < 0 ? q : 1 - q);
        double v = n * q * (1 - q);
        m[0] += w;
        m[1] += w * r;
        m[2] += w * u * r;
        m[3] += w * r * r;
        m[4] += w * u * r * r;
        m[5] += w * u * u * r * r;
        m[6] += w * v;
        m[7] += w * u * v;
        m[8] += w * u * u * v;
        return true;
    }
}
