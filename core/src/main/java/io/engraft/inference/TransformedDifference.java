package io.engraft.inference;

import io.engraft.curve.ConfidenceType;
import io.engraft.curve.Interval;

/**
 * The difference of two probabilities that are compared on a transformed scale f: z is that of f(a) - f(b), and the interval
 * holds the differences a - b that this comparison does not reject,
 *
 * <pre>
 *   { a - b : (x - x')' V^-1 (x - x') &lt;= c^2 },      x = (f(a), f(b)), x' the estimates, V their covariance, c the quantile
 * </pre>
 *
 * <p>so that it leaves out 0 exactly where |z| &gt; c. On the scale of the probabilities themselves it is the plain interval.
 */
final class TransformedDifference {

    /** The ends lie on the ellipse's edge: from the best of so many places of it, by golden section. */
    private static final int PLACES = 720;

    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;
    private static final int MOST_STEPS = 60;

    private final ConfidenceType scale;
    private final double a;
    private final double b;
    private final double errorA;
    private final double errorB;
    private final double covariance;

    TransformedDifference(ConfidenceType scale, double a, double b, double errorA, double errorB, double covariance) {
        this.scale = scale;
        this.a = a;
        this.b = b;
        this.errorA = errorA * Math.abs(slope(scale, a));
        this.errorB = errorB * Math.abs(slope(scale, b));
        this.covariance = covariance * Math.abs(slope(scale, a)) * Math.abs(slope(scale, b));
    }

    /** Whether the difference varies, on its own scale and on the transformed one. */
    boolean varies(double plainErrorA, double plainErrorB, double plainCovariance) {
        return error() > 0 && Wald.differenceError(plainErrorA, plainErrorB, plainCovariance) > 0;
    }

    private double error() {
        return Wald.differenceError(errorA, errorB, covariance);
    }

    /** The standardised difference on the scale, signed as the difference itself. */
    double z() {
        return Math.copySign((scaled(scale, a) - scaled(scale, b)) / error(), a - b);
    }

    Interval interval(double level) {
        double c = ConfidenceType.normalQuantile(level);
        if (scale == ConfidenceType.PLAIN) {
            double half = c * error();
            return Interval.of(Math.max(-1, a - b - half), Math.min(1, a - b + half), level);
        }
        double correlation = Math.max(-1, Math.min(1, covariance / (errorA * errorB)));
        double rest = Math.sqrt(1 - correlation * correlation);
        Edge edge = angle -> {
            double u = Math.cos(angle);
            double v = correlation * u + rest * Math.sin(angle);
            return back(scale, scaled(scale, a) + c * errorA * u) - back(scale, scaled(scale, b) + c * errorB * v);
        };
        double upper = largest(edge);
        double lower = -largest(angle -> -edge.at(angle));
        return Interval.of(Math.max(-1, lower), Math.min(1, upper), level);
    }

    private interface Edge {
        double at(double angle);
    }

    private static double largest(Edge edge) {
        double width = 2 * Math.PI / PLACES;
        int best = 0;
        double most = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < PLACES; k++) {
            double value = edge.at(k * width);
            if (value > most) {
                most = value;
                best = k;
            }
        }
        double from = (best - 1) * width;
        double to = (best + 1) * width;
        for (int step = 0; step < MOST_STEPS; step++) {
            double left = to - GOLDEN * (to - from);
            double right = from + GOLDEN * (to - from);
            double atLeft = edge.at(left);
            double atRight = edge.at(right);
            most = Math.max(most, Math.max(atLeft, atRight));
            if (atLeft >= atRight) {
                to = right;
            } else {
                from = left;
            }
        }
        return most;
    }

    static double scaled(ConfidenceType scale, double p) {
        return switch (scale) {
            case PLAIN -> p;
            case LOG -> Math.log(p);
            case LOG_LOG -> Math.log(-Math.log(p));
            case LOGIT -> Math.log(p) - Math.log1p(-p);
            case ARCSIN -> Math.asin(Math.sqrt(p));
        };
    }

    /** The derivative of the transformation. */
    static double slope(ConfidenceType scale, double p) {
        return switch (scale) {
            case PLAIN -> 1;
            case LOG -> 1 / p;
            case LOG_LOG -> 1 / (p * Math.log(p));
            case LOGIT -> 1 / (p * (1 - p));
            case ARCSIN -> 1 / (2 * Math.sqrt(p * (1 - p)));
        };
    }

    /** The transformation turned back; where it leaves [0, 1] it goes on rising, so that equal means equal. */
    private static double back(ConfidenceType scale, double x) {
        return switch (scale) {
            case PLAIN -> x;
            case LOG -> Math.exp(x);
            case LOG_LOG -> Math.exp(-Math.exp(x));
            case LOGIT -> x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
            case ARCSIN -> {
                double sine = Math.sin(x);
                double beyond = x - Math.PI / 2;
                yield x < 0 ? x : beyond > 0 ? 1 + beyond : sine * sine;
            }
        };
    }
}
