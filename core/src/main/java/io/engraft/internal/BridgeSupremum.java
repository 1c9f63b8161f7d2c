package io.engraft.internal;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.statistics.distribution.NormalDistribution;

/** Probabilities that a Brownian bridge, or one divided by its standard deviation, stays within limits. */
public final class BridgeSupremum {

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
    /** Below it the first terms of the expansion in the root of the duration are exact enough. */
    private static final double SHORT = 2e-3;

    private static final int MOST_PIECES = 100_000;
    private static final int LEAST_MODES = 24;
    private static final int MOST_MODES = 100;
    /** Standard deviations beyond which a normal density is left out. */
    private static final double TAIL = 8.5;

    private static final double NEGLIGIBLE = -40;

    /** A time so many times the square of the limits is not stayed within them: exp(-(pi^2 / 8) 600) is no double. */
    private static final double NEVER = 600;

    /** Nodes and weights of Gauss-Legendre on [-1, 1], ten points. */
    private static final double[] NODE = {
        0.1488743389816312, 0.4333953941292472, 0.6794095682990244, 0.8650633666889845, 0.9739065285171717
    };

    private static final double[] WEIGHT = {
        0.2955242247147529, 0.2692667193099963, 0.2190863625159820, 0.1494513491505806, 0.0666713443086881
    };

    private BridgeSupremum() {}

    /**
     * P(|B(u)| &lt;= k for all u in [a, b]), 0 &lt;= a &lt; b &lt; 1: the integral over B(a) and B(b) of the probability that
     * a bridge between them stays within the limits, which is a series of exponentials.
     */
    public static double plain(double k, double a, double b) {
        if (!(k > 0)) {
            return 0;
        }
        double sdFirst = Math.sqrt(a * (1 - a));
        double span = b - a;
        double shrink = (1 - b) / (1 - a);
        double sdNext = Math.sqrt(span * shrink);
        if (sdFirst == 0) {
            return next(k, 0, span, shrink, sdNext);
        }
        double end = Math.min(k, TAIL * sdFirst);
        double panel = Math.min(sdFirst, 2 * Math.sqrt(span));
        return integrate(-end, end, panel, x -> density(x / sdFirst) / sdFirst * next(k, x, span, shrink, sdNext));
    }

    /** Over B(b), given B(a) = x. */
    private static double next(double k, double x, double span, double shrink, double sd) {
        double mean = x * shrink;
        double from = Math.max(-k, mean - TAIL * sd);
        double to = Math.min(k, mean + TAIL * sd);
        if (!(from < to)) {
            // Beyond the limits, or so near to where the bridge ends that it can be nowhere else.
            return Math.abs(mean) < k ? stays(k, x, mean, span) : 0;
        }
        return integrate(from, to, sd, y -> density((y - mean) / sd) / sd * stays(k, x, y, span));
    }

    private interface Integrand {
        double at(double x);
    }

    private static double integrate(double from, double to, double widest, Integrand f) {
        int panels = (int) Math.min(MOST_PIECES, Math.ceil((to - from) / widest));
        double half = (to - from) / (2 * panels);
        double sum = 0;
        for (int p = 0; p < panels; p++) {
            double middle = from + (2 * p + 1) * half;
            for (int i = 0; i < NODE.length; i++) {
                sum += WEIGHT[i] * (f.at(middle - half * NODE[i]) + f.at(middle + half * NODE[i]));
            }
        }
        return sum * half;
    }

    private static double density(double z) {
        return Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
    }

    /** The exponential, 0 where it does not count: most terms lie there. */
    private static double power(double x) {
        return x < NEGLIGIBLE ? 0 : Math.exp(x);
    }

    /** P(a Brownian bridge from x to y over some time stays within (-k, k)), by reflection. */
    static double stays(double k, double x, double y, double time) {
        if (!(k * k * NEVER > time)) {
            return 0;
        }
        double width = 2 * k;
        double u = x + k;
        double v = y + k;
        int terms = 2 + (int) Math.ceil(Math.sqrt(20 * time) / width);
        double sum = 0;
        for (int j = -terms; j <= terms; j++) {
            double shift = j * width;
            sum += power(-2 * shift * (shift + v - u) / time) - power(-2 * (v + shift) * (u + shift) / time);
        }
        return Math.min(1, Math.max(0, sum));
    }

    /**
     * P(|B(u)| &lt;= c sqrt(u (1 - u)) on a stretch): that a stationary Ornstein-Uhlenbeck process with correlation
     * exp(-s) stays within (-c, c) for the duration, half the log odds ratio of the stretch's ends. With f = exp(x^2/4) g
     * its generator f'' - x f' becomes g'' + (1/2 - x^2/4) g, whose even eigenfunctions on (-c, c) come from a basis of
     * cosines.
     */
    public static double standardised(double c, double duration) {
        if (!(2 * c * c * NEVER > duration)) {
            return 0;
        }
        if (duration < SHORT) {
            // What flows out through both limits, to the first two orders.
            double out = density(c) * (2 * Math.sqrt(duration / Math.PI) + c * duration / 2);
            return 1 - 2 * NORMAL.survivalProbability(c) - 2 * out;
        }
        int modes = (int) Math.ceil(c / Math.PI * Math.sqrt(22 / duration));
        return spectrum(c, duration, Math.max(LEAST_MODES, Math.min(MOST_MODES, modes)));
    }

    private static double spectrum(double c, double duration, int modes) {
        double[][] h = new double[modes][modes];
        double[] root = new double[modes];
        for (int i = 0; i < modes; i++) {
            double wave = (2 * i + 1) * Math.PI / (2 * c);
            for (int j = 0; j <= i; j++) {
                h[i][j] = (square(i - j, c) + square(i + j + 1, c)) / 4;
                h[j][i] = h[i][j];
            }
            h[i][i] += wave * wave - 0.5;
            double frequency = wave;
            root[i] = 2
                    * integrate(
                            0,
                            c,
                            Math.min(1, 5 / frequency),
                            x -> Math.sqrt(density(x)) * Math.cos(frequency * x) / Math.sqrt(c));
        }
        RealMatrix matrix = new Array2DRowRealMatrix(h, false);
        EigenDecomposition eigen = new EigenDecomposition(matrix);
        double sum = 0;
        for (int m = 0; m < modes; m++) {
            double weight = 0;
            for (int i = 0; i < modes; i++) {
                weight += root[i] * eigen.getV().getEntry(i, m);
            }
            sum += Math.exp(-eigen.getRealEigenvalue(m) * duration) * weight * weight;
        }
        return Math.min(1, sum);
    }

    /** The mean of x^2 cos(q pi x / c) over (-c, c). */
    private static double square(int q, double c) {
        if (q == 0) {
            return c * c / 3;
        }
        double sign = q % 2 == 0 ? 1 : -1;
        return 2 * c * c * sign / (Math.PI * Math.PI * q * (double) q);
    }
}
