package io.engraft.internal;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.exception.MathIllegalStateException;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.optim.InitialGuess;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.SimpleValueChecker;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunction;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.NelderMeadSimplex;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.SimplexOptimizer;

/**
 * A local minimum of a smooth function of a few numbers, each on a scale where steps of 1 are large: Nelder and Mead's
 * simplex to come near, then Newton steps with differences of fourth order. A function may give infinity or NaN outside
 * its domain.
 *
 * <p>This is not the Newton's method of likelihoods, which has derivatives for the price of a value. Here a value is a
 * solved model and second derivatives are many, so trial steps are judged by values alone; and where targets leave a
 * direction undetermined, steps go along the axes of the Hessian, so that the plateau's own end is reported and not the
 * way that a ridge would take over it.
 */
public final class SmoothMinimum {

    private static final double STEP = 2e-3;
    private static final int SIMPLEX_EVALUATIONS = 4000;
    private static final int NEWTON_STEPS = 60;
    private static final double SMALL_STEP = 1e-10;
    private static final double ACCEPTED_GRADIENT = 1e-6;

    private final double[] point;
    private final double value;
    private final double[][] hessian;
    private final boolean converged;

    private SmoothMinimum(double[] point, double value, double[][] hessian, boolean converged) {
        this.point = point;
        this.value = value;
        this.hessian = hessian;
        this.converged = converged;
    }

    /** From a start that may be far away. */
    public static SmoothMinimum search(ToDoubleFunction<double[]> f, double[] start) {
        ToDoubleFunction<double[]> guarded = guard(f);
        double[] near = start.clone();
        double[] steps = new double[start.length];
        Arrays.fill(steps, 0.5);
        try {
            // A second simplex at the first one's end frees one that has collapsed.
            for (int round = 0; round < 2; round++) {
                near = new SimplexOptimizer(new SimpleValueChecker(1e-12, 1e-12))
                        .optimize(
                                new MaxEval(SIMPLEX_EVALUATIONS),
                                new ObjectiveFunction(guarded::applyAsDouble),
                                GoalType.MINIMIZE,
                                new InitialGuess(near),
                                new NelderMeadSimplex(steps))
                        .getPoint();
            }
        } catch (MathIllegalStateException notReached) {
            return polish(f, near);
        }
        return polish(f, near);
    }

    /** From a start nearby, by Newton steps alone. */
    public static SmoothMinimum polish(ToDoubleFunction<double[]> f, double[] start) {
        ToDoubleFunction<double[]> guarded = guard(f);
        double[] x = start.clone();
        double fx = guarded.applyAsDouble(x);
        boolean converged = false;
        double[][] hessian = hessian(guarded, x);
        for (int k = 0; k < NEWTON_STEPS && finite(hessian); k++) {
            double[] gradient = gradient(guarded, x);
            double[] direction = direction(hessian, gradient);
            double size = norm(direction);
            if (!(size < Double.POSITIVE_INFINITY)) {
                break;
            }
            double shrink = size > 2 ? 2 / size : 1;
            double[] next = null;
            for (int half = 0; half < 30 && next == null; half++, shrink /= 2) {
                double[] trial = moved(x, direction, shrink);
                // Near the minimum the values differ by rounding only, and the gradient knows better.
                double allowed = size < 1e-4 ? 1e-12 * (1 + Math.abs(fx)) : 0;
                next = guarded.applyAsDouble(trial) <= fx + allowed ? trial : null;
            }
            if (next == null) {
                break;
            }
            x = next;
            fx = guarded.applyAsDouble(x);
            hessian = hessian(guarded, x);
            if (size < SMALL_STEP) {
                converged = true;
                break;
            }
        }
        if (!converged && finite(hessian)) {
            converged = norm(gradient(guarded, x)) < ACCEPTED_GRADIENT * (1 + Math.abs(fx));
        }
        return new SmoothMinimum(x, fx, hessian, converged && fx < Double.POSITIVE_INFINITY);
    }

    private static ToDoubleFunction<double[]> guard(ToDoubleFunction<double[]> f) {
        return x -> {
            double value = f.applyAsDouble(x);
            return Double.isNaN(value) ? Double.POSITIVE_INFINITY : value;
        };
    }

    /** Differences of fourth order: an error of about step^4. */
    public static double[] gradient(ToDoubleFunction<double[]> f, double[] x) {
        double[] gradient = new double[x.length];
        for (int j = 0; j < x.length; j++) {
            gradient[j] = (8 * (shifted(f, x, j, STEP) - shifted(f, x, j, -STEP))
                            - (shifted(f, x, j, 2 * STEP) - shifted(f, x, j, -2 * STEP)))
                    / (12 * STEP);
        }
        return gradient;
    }

    private static double shifted(ToDoubleFunction<double[]> f, double[] x, int j, double by) {
        double[] y = x.clone();
        y[j] += by;
        return f.applyAsDouble(y);
    }

    private static double[][] hessian(ToDoubleFunction<double[]> f, double[] x) {
        int p = x.length;
        double[][] h = new double[p][p];
        double centre = f.applyAsDouble(x);
        for (int i = 0; i < p; i++) {
            h[i][i] = (16 * (shifted(f, x, i, STEP) + shifted(f, x, i, -STEP))
                            - (shifted(f, x, i, 2 * STEP) + shifted(f, x, i, -2 * STEP))
                            - 30 * centre)
                    / (12 * STEP * STEP);
            for (int j = 0; j < i; j++) {
                int other = j;
                ToDoubleFunction<double[]> along = y -> shifted(f, y, other, STEP) - shifted(f, y, other, -STEP);
                h[i][j] = (shifted(along, x, i, STEP) - shifted(along, x, i, -STEP)) / (4 * STEP * STEP);
                h[j][i] = h[i][j];
            }
        }
        return h;
    }

    /** The Newton step, downhill along every axis of the Hessian. */
    private static double[] direction(double[][] hessian, double[] gradient) {
        double[] none = new double[gradient.length];
        Arrays.fill(none, Double.NaN);
        if (!finite(hessian)) {
            return none;
        }
        EigenDecomposition eigen;
        try {
            eigen = new EigenDecomposition(new Array2DRowRealMatrix(hessian));
        } catch (MathIllegalStateException notDecomposed) {
            return none;
        }
        double largest = 0;
        for (double value : eigen.getRealEigenvalues()) {
            largest = Math.max(largest, Math.abs(value));
        }
        double[] direction = new double[gradient.length];
        for (int k = 0; k < gradient.length; k++) {
            double[] axis = eigen.getEigenvector(k).toArray();
            double slope = 0;
            for (int j = 0; j < axis.length; j++) {
                slope += axis[j] * gradient[j];
            }
            double curvature = Math.max(Math.abs(eigen.getRealEigenvalue(k)), Math.max(1e-9 * largest, 1e-12));
            for (int j = 0; j < axis.length; j++) {
                direction[j] -= axis[j] * slope / curvature;
            }
        }
        return direction;
    }

    private static double[] moved(double[] x, double[] direction, double by) {
        double[] y = x.clone();
        for (int j = 0; j < y.length; j++) {
            y[j] += by * direction[j];
        }
        return y;
    }

    private static boolean finite(double[][] matrix) {
        return Arrays.stream(matrix).flatMapToDouble(Arrays::stream).allMatch(Double::isFinite);
    }

    private static double norm(double[] x) {
        return Math.sqrt(Arrays.stream(x).map(v -> v * v).sum());
    }

    /** Where the minimum lies. */
    public double[] point() {
        return point.clone();
    }

    /** The least value. */
    public double value() {
        return value;
    }

    /** Second derivatives there, by differences. */
    public double[][] hessian() {
        return Arrays.stream(hessian).map(double[]::clone).toArray(double[][]::new);
    }

    /** Whether the last Newton step was negligible, or the gradient there is. */
    public boolean converged() {
        return converged;
    }
}
