package io.engraft.law;

import io.engraft.InvalidArgumentException;
import io.engraft.internal.Require;
import java.util.Arrays;

/** A rising natural cubic spline: cubic between knots, straight beyond them. */
final class NaturalSpline {

    private static final double FLAT = 1e-12;
    private static final int MOST_STEPS = 200;

    private final double[] knots;
    /** Value, slope, half the second and a sixth of the third derivative at each knot, to its right. */
    private final double[][] pieces;

    private final double intercept;

    private NaturalSpline(double intercept, double[] knots, double[][] pieces) {
        this.intercept = intercept;
        this.knots = knots;
        this.pieces = pieces;
    }

    /** From coefficients of 1, x and the basis functions of the inner knots. */
    static NaturalSpline of(double[] gamma, double[] knots) {
        if (knots.length < 2 || gamma.length != knots.length) {
            throw new InvalidArgumentException(
                    gamma.length + " coefficients and " + knots.length
                            + " knots were given; allowed: at least 2 knots, the outer ones included, and as many coefficients");
        }
        for (int j = 0; j < knots.length; j++) {
            Require.finite("gamma" + j, gamma[j]);
            Require.finite("knot " + j, knots[j]);
            if (j > 0 && !(knots[j] > knots[j - 1])) {
                throw InvalidArgumentException.of("knot " + j, knots[j], "more than the knot before, " + knots[j - 1]);
            }
        }
        double[][] pieces = new double[knots.length][];
        for (int j = 0; j < knots.length; j++) {
            pieces[j] = piece(gamma, knots, j);
        }
        NaturalSpline spline = new NaturalSpline(gamma[0], knots.clone(), pieces);
        spline.checkRises();
        return spline;
    }

    /** The truncated powers that are on to the right of knot i, expanded there. */
    private static double[] piece(double[] gamma, double[] knots, int i) {
        int last = knots.length - 1;
        double x = knots[i];
        double fromFirst = x - knots[0];
        double[] c = {gamma[0] + gamma[1] * x, gamma[1], 0, 0};
        for (int j = 1; j < last; j++) {
            double coefficient = gamma[j + 1];
            double weight = (knots[last] - knots[j]) / (knots[last] - knots[0]);
            if (i >= j) {
                addCube(c, coefficient, x - knots[j]);
            }
            addCube(c, -coefficient * weight, fromFirst);
            if (i == last) {
                // Straight from here on: what is left of square and cube is rounding.
                addCube(c, -coefficient * (1 - weight), 0);
                c[2] = 0;
                c[3] = 0;
            }
        }
        return c;
    }

    private static void addCube(double[] c, double coefficient, double d) {
        c[0] += coefficient * d * d * d;
        c[1] += 3 * coefficient * d * d;
        c[2] += 3 * coefficient * d;
        c[3] += coefficient;
    }

    private void checkRises() {
        if (!(pieces[0][1] > 0)) {
            throw new InvalidArgumentException("gamma1 is " + pieces[0][1]
                    + ", the slope before the first knot; allowed: gamma1 > 0, as survival starts at 1 and falls");
        }
        double steepest = Arrays.stream(pieces).mapToDouble(c -> c[1]).max().orElse(0);
        for (int i = 0; i < knots.length; i++) {
            double[] c = pieces[i];
            double width = i + 1 < knots.length ? knots[i + 1] - knots[i] : 0;
            double lowest = -c[2] / (3 * c[3]);
            double at = c[3] > 0 && lowest > 0 && lowest < width ? lowest : 0;
            double slope = c[1] + at * (2 * c[2] + at * 3 * c[3]);
            if (!(slope >= -FLAT * steepest)) {
                double x = knots[i] + at;
                throw new InvalidArgumentException("spline is not monotone: its slope at log time " + x + " (time "
                        + Math.exp(x) + ") is " + slope + ", so survival would rise; allowed: slopes of 0 or more");
            }
        }
        double[] end = pieces[knots.length - 1];
        if (Math.abs(end[1]) <= FLAT * steepest) {
            end[1] = 0;
        }
    }

    private int index(double x) {
        int j = Arrays.binarySearch(knots, x);
        return j >= 0 ? j : -j - 2;
    }

    double value(double x) {
        int i = index(x);
        double[] c = pieces[Math.max(i, 0)];
        if (i < 0) {
            return intercept + firstSlope() * x;
        }
        if (x == Double.POSITIVE_INFINITY) {
            return c[1] == 0 ? c[0] : x;
        }
        double d = x - knots[i];
        return c[0] + d * (c[1] + d * (c[2] + d * c[3]));
    }

    /** Never below 0, as rounding might make it where the spline is flat. */
    double slope(double x) {
        int i = index(x);
        if (i < 0) {
            return firstSlope();
        }
        double[] c = pieces[i];
        double d = i == knots.length - 1 ? 0 : x - knots[i];
        return Math.max(0, c[1] + d * (2 * c[2] + d * 3 * c[3]));
    }

    /** The value at x = 0 of the line before the first knot. */
    double intercept() {
        return intercept;
    }

    double firstSlope() {
        return pieces[0][1];
    }

    double lastSlope() {
        return pieces[knots.length - 1][1];
    }

    double lastValue() {
        return pieces[knots.length - 1][0];
    }

    double lastKnot() {
        return knots[knots.length - 1];
    }

    /** The x with a value; infinite where the spline ends below it. */
    double inverse(double value) {
        int last = knots.length - 1;
        if (value <= pieces[0][0]) {
            return (value - intercept) / firstSlope();
        }
        if (value > pieces[last][0]) {
            return lastSlope() == 0 ? Double.POSITIVE_INFINITY : knots[last] + (value - pieces[last][0]) / lastSlope();
        }
        int i = 0;
        while (value > pieces[i + 1][0]) {
            i++;
        }
        return knots[i] + root(pieces[i], value, knots[i + 1] - knots[i]);
    }

    /** Newton's method within a bracket, halved where a step leaves it. */
    private static double root(double[] c, double value, double width) {
        double low = 0;
        double high = width;
        double d = width / 2;
        for (int step = 0; step < MOST_STEPS; step++) {
            double excess = (c[0] - value) + d * (c[1] + d * (c[2] + d * c[3]));
            if (excess == 0) {
                return d;
            }
            if (excess < 0) {
                low = d;
            } else {
                high = d;
            }
            double next = d - excess / (c[1] + d * (2 * c[2] + d * 3 * c[3]));
            if (!(next > low && next < high)) {
                next = low + (high - low) / 2;
            }
            if (!(next > low && next < high) || Math.abs(next - d) <= 1e-16 * width) {
                return next;
            }
            d = next;
        }
        return d;
    }
}
