package io.engraft.regression.internal;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A basis of the natural cubic splines of given knots without the constant: cubic between knots, straight beyond the
 * outer ones. The cubic B-splines but the first [1] are turned by Householder reflections that carry the two conditions
 * of no curvature at the outer knots to the first two axes; what the other axes measure is the basis. These are the
 * columns of R's {@code splines::ns}.
 *
 * <ol>
 *   <li>C. de Boor (2001). A Practical Guide to Splines, revised edition. Springer.
 * </ol>
 */
final class NaturalBasis {

    private static final int ORDER = 4;

    /** Outer knots first and last. */
    private final double[] knots;
    /** The knots on a scale from 0 to 1, so that no size of numbers overflows, the outer ones four times. */
    private final double[] padded;
    /** Row k: the weights of the B-splines, the first of them left out, in column k of the basis. */
    private final double[][] weights;
    /** The basis at the outer knots, and its slopes there. */
    private final double[][] atEnds = new double[2][];

    private final double[][] slopes = new double[2][];

    private NaturalBasis(double[] knots) {
        this.knots = knots;
        int inner = knots.length - 2;
        this.padded = new double[inner + 2 * ORDER];
        for (int j = 1; j <= inner; j++) {
            padded[ORDER - 1 + j] = scaled(knots[j]);
        }
        Arrays.fill(padded, ORDER + inner, padded.length, 1);
        this.weights = weights();
        for (int end = 0; end < 2; end++) {
            atEnds[end] = turned(derivatives(end, 0));
            slopes[end] = turned(derivatives(end, 1));
        }
    }

    /** The basis of at least two knots, null where they do not ascend or two of them cannot be told apart. */
    static @Nullable NaturalBasis of(double[] knots) {
        NaturalBasis basis = new NaturalBasis(knots.clone());
        for (int j = ORDER - 1; j + 1 < basis.padded.length - ORDER + 1; j++) {
            if (!(basis.padded[j + 1] > basis.padded[j])) {
                return null;
            }
        }
        return basis;
    }

    private double scaled(double x) {
        double low = 0.5 * knots[0];
        return (0.5 * x - low) / (0.5 * knots[knots.length - 1] - low);
    }

    int width() {
        return weights.length;
    }

    double[] knots() {
        return knots.clone();
    }

    /** Puts the basis at x into some places of an array. */
    void fill(double x, double[] out, int from) {
        double u = scaled(x);
        if (u < 0 || u > 1) {
            int end = u < 0 ? 0 : 1;
            double beyond = u - end;
            for (int k = 0; k < weights.length; k++) {
                out[from + k] = atEnds[end][k] + beyond * slopes[end][k];
            }
            return;
        }
        int piece = piece(u);
        double[] splines = new double[ORDER];
        splines(u, piece, ORDER, splines);
        // The first B-spline that is not 0 here is number piece - 3, and number 0 is left out.
        int first = piece - ORDER;
        for (int k = 0; k < weights.length; k++) {
            double sum = 0;
            for (int j = first < 0 ? 1 : 0; j < ORDER; j++) {
                sum += weights[k][first + j] * splines[j];
            }
            out[from + k] = sum;
        }
    }

    /** The place in the padded knots of the last knot at or before u, of the last but one at the right end. */
    private int piece(double u) {
        int j = ORDER - 1;
        while (j + 1 < padded.length - ORDER && u >= padded[j + 1]) {
            j++;
        }
        return j;
    }

    /** The B-splines of an order that are not 0 on a piece, by the recursion of de Boor and Cox. */
    private void splines(double u, int piece, int order, double[] out) {
        out[0] = 1;
        for (int k = 1; k < order; k++) {
            double saved = 0;
            for (int j = 0; j < k; j++) {
                double right = padded[piece + 1 + j] - u;
                double left = u - padded[piece + 1 + j - k];
                double share = out[j] / (right + left);
                out[j] = saved + right * share;
                saved = left * share;
            }
            out[k] = saved;
        }
    }

    /** A derivative of every B-spline: those of an order are differences of those of the order below. */
    private double[] derivatives(double u, int times) {
        int piece = piece(u);
        int order = ORDER - times;
        double[] near = new double[order];
        splines(u, piece, order, near);
        double[] all = new double[padded.length - order];
        System.arraycopy(near, 0, all, piece - order + 1, order);
        for (int k = order; k < ORDER; k++) {
            double[] next = new double[all.length - 1];
            for (int j = 0; j < next.length; j++) {
                next[j] = k
                        * (ratio(all[j], padded[j + k] - padded[j])
                                - ratio(all[j + 1], padded[j + k + 1] - padded[j + 1]));
            }
            all = next;
        }
        return all;
    }

    /** A B-spline over no length is none. */
    private static double ratio(double value, double length) {
        return length == 0 ? 0 : value / length;
    }

    private double[] turned(double[] splines) {
        double[] basis = new double[weights.length];
        for (int k = 0; k < basis.length; k++) {
            for (int j = 0; j < weights[k].length; j++) {
                basis[k] += weights[k][j] * splines[j + 1];
            }
        }
        return basis;
    }

    /** The rows of the orthogonal matrix below those of the two conditions. */
    private double[][] weights() {
        int n = knots.length + 1;
        double[][] condition = {
            Arrays.copyOfRange(derivatives(0, 2), 1, n + 1), Arrays.copyOfRange(derivatives(1, 2), 1, n + 1)
        };
        double[][] rows = new double[n][n];
        for (int i = 0; i < n; i++) {
            rows[i][i] = 1;
        }
        for (int step = 0; step < 2; step++) {
            double[] mirror = mirror(condition[step], step);
            reflect(condition[1], mirror, step);
            for (double[] row : rows) {
                reflect(row, mirror, step);
            }
        }
        // Each unit vector was turned: what stands in place k of vector j is entry (k, j) of the matrix.
        double[][] weights = new double[n - 2][n];
        for (int k = 0; k < n - 2; k++) {
            for (int j = 0; j < n; j++) {
                weights[k][j] = rows[j][k + 2];
            }
        }
        return weights;
    }

    /** The vector whose reflection carries v, from a place on, to minus its length times the sign of its first entry. */
    private static double[] mirror(double[] v, int from) {
        double squares = 0;
        for (int i = from; i < v.length; i++) {
            squares += v[i] * v[i];
        }
        double length = v[from] < 0 ? -Math.sqrt(squares) : Math.sqrt(squares);
        double[] mirror = new double[v.length];
        for (int i = from; i < v.length; i++) {
            mirror[i] = v[i] / length;
        }
        mirror[from] += 1;
        return mirror;
    }

    private static void reflect(double[] v, double[] mirror, int from) {
        double product = 0;
        for (int i = from; i < v.length; i++) {
            product += mirror[i] * v[i];
        }
        for (int i = from; i < v.length; i++) {
            v[i] -= product / mirror[from] * mirror[i];
        }
    }
}
