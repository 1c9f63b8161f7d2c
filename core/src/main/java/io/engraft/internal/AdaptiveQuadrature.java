package io.engraft.internal;

import java.util.PriorityQueue;
import java.util.function.DoubleUnaryOperator;

/**
 * Globally adaptive Gauss-Kronrod quadrature (7 and 15 nodes) on a finite interval: the panel with the largest error is
 * halved until the sum of errors meets the tolerance. No node lies on an end, so integrable singularities there are
 * allowed.
 */
public final class AdaptiveQuadrature {

    private static final double[] NODES = {
        0.9914553711208126,
        0.9491079123427585,
        0.8648644233597691,
        0.7415311855993945,
        0.5860872354676911,
        0.4058451513773972,
        0.20778495500789848
    };
    private static final double[] KRONROD = {
        0.022935322010529224,
        0.06309209262997856,
        0.10479001032225019,
        0.14065325971552592,
        0.1690047266392679,
        0.19035057806478542,
        0.20443294007529889
    };
    private static final double KRONROD_CENTRE = 0.20948214108472782;
    private static final double[] GAUSS = {0.1294849661688697, 0.27970539148927664, 0.3818300505051189};
    private static final double GAUSS_CENTRE = 0.4179591836734694;
    private static final int MOST_PANELS = 4000;

    private AdaptiveQuadrature() {}

    /** An integral and an estimate of its absolute error. */
    public record Result(double value, double error) {}

    private record Panel(double from, double to, double value, double error) {}

    /** The integral of f from a to b, to within {@code max(absolute, relative * |integral|)} by its own estimate. */
    public static Result integrate(DoubleUnaryOperator f, double a, double b, double absolute, double relative) {
        if (!(b > a)) {
            return new Result(0, 0);
        }
        PriorityQueue<Panel> panels = new PriorityQueue<>((x, y) -> Double.compare(y.error, x.error));
        Panel first = panel(f, a, b);
        panels.add(first);
        double value = first.value;
        double error = first.error;
        while (error > Math.max(absolute, relative * Math.abs(value)) && panels.size() < MOST_PANELS) {
            Panel worst = panels.remove();
            double middle = 0.5 * (worst.from + worst.to);
            if (!(middle > worst.from && middle < worst.to)) {
                panels.add(worst);
                break;
            }
            Panel left = panel(f, worst.from, middle);
            Panel right = panel(f, middle, worst.to);
            panels.add(left);
            panels.add(right);
            value += left.value + right.value - worst.value;
            error += left.error + right.error - worst.error;
        }
        // The running totals carry cancellation; the panels themselves do not.
        double sum = 0;
        double errors = 0;
        for (Panel panel : panels) {
            sum += panel.value;
            errors += panel.error;
        }
        return new Result(sum, errors);
    }

    private static Panel panel(DoubleUnaryOperator f, double a, double b) {
        double centre = 0.5 * (a + b);
        double half = 0.5 * (b - a);
        double[] values = new double[2 * NODES.length];
        double middle = f.applyAsDouble(centre);
        double kronrod = KRONROD_CENTRE * middle;
        double gauss = GAUSS_CENTRE * middle;
        for (int j = 0; j < NODES.length; j++) {
            double left = f.applyAsDouble(centre - half * NODES[j]);
            double right = f.applyAsDouble(centre + half * NODES[j]);
            values[2 * j] = left;
            values[2 * j + 1] = right;
            kronrod += KRONROD[j] * (left + right);
            if (j % 2 == 1) {
                gauss += GAUSS[j / 2] * (left + right);
            }
        }
        double mean = 0.5 * kronrod;
        double spread = KRONROD_CENTRE * Math.abs(middle - mean);
        for (int j = 0; j < values.length; j++) {
            spread += KRONROD[j / 2] * Math.abs(values[j] - mean);
        }
        double difference = Math.abs(kronrod - gauss);
        // The usual rescaling: the difference of the two rules overstates the error of the better one.
        double error = spread > 0 && difference > 0
                ? spread * Math.min(1, Math.pow(200 * difference / spread, 1.5))
                : difference;
        double rounding = 2e-16 * Math.abs(kronrod);
        return new Panel(a, b, kronrod * half, Math.max(error, rounding) * half);
    }
}
