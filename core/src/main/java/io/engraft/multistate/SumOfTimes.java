package io.engraft.multistate;

import io.engraft.internal.AdaptiveQuadrature;
import io.engraft.law.LawOfTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * The distribution function of a sum of independent times on [0, horizon]: that of one law as it is; of more by
 * convolution, F(t) = integral of G(t - Q(v)) dv over v from 0 to P(T &lt;= t), Q the quantile of the last law, held as
 * Chebyshev polynomials on panels that are halved until each is within the tolerance.
 */
final class SumOfTimes {

    private static final int NODES = 16;
    private static final int MOST_PANELS = 3000;
    private static final double[] CHECKS = {0.02, 0.43, 0.97};

    private final DoubleUnaryOperator function;
    private final double error;

    private SumOfTimes(DoubleUnaryOperator function, double error) {
        this.function = function;
        this.error = error;
    }

    static SumOfTimes zero() {
        return new SumOfTimes(t -> 1, 0);
    }

    static SumOfTimes of(LawOfTime law) {
        return new SumOfTimes(law::cumulativeProbability, 0);
    }

    /** The time of this sum plus one more time. */
    SumOfTimes plus(LawOfTime law, double horizon, double tolerance) {
        Builder builder = new Builder(function, law, tolerance);
        builder.add(0, horizon, 0, builder.value(horizon));
        return new SumOfTimes(new Panels(builder.panels), error + builder.worst + builder.quadrature);
    }

    double at(double t) {
        return function.applyAsDouble(t);
    }

    /** A bound, by the method's own estimates, on the absolute error of {@link #at}. */
    double error() {
        return error;
    }

    private static final class Panel {
        private final double from;
        private final double to;
        private final double[] coefficients;

        Panel(double from, double to, double[] coefficients) {
            this.from = from;
            this.to = to;
            this.coefficients = coefficients;
        }

        double at(double t) {
            double x = (2 * t - from - to) / (to - from);
            double b1 = 0;
            double b2 = 0;
            for (int j = coefficients.length - 1; j > 0; j--) {
                double b = 2 * x * b1 - b2 + coefficients[j];
                b2 = b1;
                b1 = b;
            }
            return x * b1 - b2 + coefficients[0];
        }
    }

    private static final class Panels implements DoubleUnaryOperator {
        private final List<Panel> panels;

        Panels(List<Panel> panels) {
            this.panels = List.copyOf(panels);
        }

        @Override
        public double applyAsDouble(double t) {
            int low = 0;
            int high = panels.size() - 1;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (t <= panels.get(middle).to) {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            return Math.min(1, Math.max(0, panels.get(low).at(t)));
        }
    }

    private static final class Builder {
        private final DoubleUnaryOperator before;
        private final LawOfTime law;
        private final double tolerance;
        private final List<Panel> panels = new ArrayList<>();
        private double worst;
        private double quadrature;

        Builder(DoubleUnaryOperator before, LawOfTime law, double tolerance) {
            this.before = before;
            this.law = law;
            this.tolerance = tolerance;
        }

        double value(double t) {
            if (t == 0) {
                return 0;
            }
            AdaptiveQuadrature.Result result = AdaptiveQuadrature.integrate(
                    v -> before.applyAsDouble(Math.max(0, t - law.timeAt(v))),
                    0,
                    law.cumulativeProbability(t),
                    tolerance,
                    0);
            quadrature = Math.max(quadrature, result.error());
            return result.value();
        }

        /** Panels from left to right over [a, b], at whose ends the function has the values given. */
        void add(double a, double b, double atA, double atB) {
            double middle = 0.5 * (a + b);
            double rise = atB - atA;
            if (rise <= tolerance || !(middle > a && middle < b) || panels.size() >= MOST_PANELS) {
                panels.add(new Panel(a, b, new double[] {0.5 * (atA + atB), 0.5 * rise}));
                worst = Math.max(worst, rise); // the function rises, so the line is off by less than that
                return;
            }
            Panel panel = new Panel(a, b, coefficients(a, b));
            double[] c = panel.coefficients;
            double off = Math.abs(c[NODES - 1]) + Math.abs(c[NODES - 2]);
            for (int j = 0; j < CHECKS.length && off <= tolerance; j++) {
                double t = a + CHECKS[j] * (b - a);
                off = Math.max(off, Math.abs(panel.at(t) - value(t)));
            }
            if (off <= tolerance) {
                panels.add(panel);
                worst = Math.max(worst, off);
                return;
            }
            double atMiddle = value(middle);
            add(a, middle, atA, atMiddle);
            add(middle, b, atMiddle, atB);
        }

        private double[] coefficients(double a, double b) {
            double[] values = new double[NODES];
            for (int k = 0; k < NODES; k++) {
                double x = Math.cos(Math.PI * (k + 0.5) / NODES);
                values[k] = value(0.5 * (a + b) + 0.5 * (b - a) * x);
            }
            double[] c = new double[NODES];
            for (int j = 0; j < NODES; j++) {
                double sum = 0;
                for (int k = 0; k < NODES; k++) {
                    sum += values[k] * Math.cos(Math.PI * j * (k + 0.5) / NODES);
                }
                c[j] = sum * (j == 0 ? 1.0 : 2.0) / NODES;
            }
            return c;
        }
    }
}
