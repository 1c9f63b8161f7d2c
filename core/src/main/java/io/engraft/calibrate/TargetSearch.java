package io.engraft.calibrate;

import io.engraft.internal.PatientStream;
import io.engraft.internal.SmoothMinimum;
import io.engraft.internal.StrictNormal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.commons.math3.exception.MathIllegalStateException;
import org.apache.commons.math3.fitting.leastsquares.LeastSquaresBuilder;
import org.apache.commons.math3.fitting.leastsquares.LeastSquaresOptimizer;
import org.apache.commons.math3.fitting.leastsquares.LevenbergMarquardtOptimizer;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.DecompositionSolver;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.apache.commons.math3.util.Pair;

/**
 * Finds the working values that meet targets best: Levenberg and Marquardt's method from several starts, with ranges first
 * taken at their middle, then as ranges; likelihoods are climbed from there by Newton steps.
 */
final class TargetSearch {

    private static final double STEP = 2e-3;
    private static final double QUICK_STEP = 2e-4;
    private static final int QUICK_STEPS = 25;
    private static final int REFIT_ITERATIONS = 30;
    private static final int ITERATIONS = 400;
    private static final double PERFECT = 1e-16;
    private static final int OTHER_STARTS = 5;
    private static final double RANK_TOLERANCE = 1e-5;
    private static final double NAMED = 0.05;

    private TargetSearch() {}

    /** Where a search ended. */
    static final class Found {
        private final double[] working;
        private final double squares;
        private final boolean converged;

        Found(double[] working, double squares, boolean converged) {
            this.working = working;
            this.squares = squares;
            this.converged = converged;
        }

        double[] working() {
            return working.clone();
        }

        double squares() {
            return squares;
        }

        boolean converged() {
            return converged;
        }
    }

    static Found search(TargetObjective objective, boolean likelihood) {
        double[] start = objective.combination().starting();
        Found best = leastSquares(objective, start);
        for (int k = 0; k < OTHER_STARTS && !(best.squares() < PERFECT); k++) {
            PatientStream stream = PatientStream.of(1, PatientStream.PARAMETERS, k);
            double[] other = start.clone();
            for (int j = 0; j < other.length; j++) {
                other[j] += StrictNormal.quantile(stream.next());
            }
            Found next = leastSquares(objective, other);
            best = next.squares() < best.squares() * (1 - 1e-9) ? next : best;
        }
        return likelihood ? climb(objective, best.working()) : best;
    }

    /**
     * From a solution nearby, without other starts. Where there are as many targets as open numbers, Broyden's method from
     * the Jacobian there needs few models.
     */
    static Found refit(TargetObjective objective, boolean likelihood, double[] near, double[][] jacobian) {
        if (!likelihood && jacobian.length == near.length) {
            Found quick = broyden(objective, near, jacobian);
            // Drawn targets that cannot be met would take a longer search for nothing.
            return quick.converged() ? quick : marquardt(objective, near, true, REFIT_ITERATIONS);
        }
        Found found = leastSquares(objective, near);
        return likelihood ? climb(objective, found.working()) : found;
    }

    private static Found broyden(TargetObjective objective, double[] near, double[][] jacobian) {
        RealVector x = new ArrayRealVector(near);
        RealMatrix j = new Array2DRowRealMatrix(jacobian);
        RealVector r = new ArrayRealVector(objective.weighted(near), false);
        for (int k = 0; k < QUICK_STEPS; k++) {
            DecompositionSolver solver = new LUDecomposition(j).getSolver();
            if (!solver.isNonSingular()) {
                break;
            }
            RealVector step = solver.solve(r).mapMultiply(-1);
            if (!(step.getNorm() < 2)) {
                break;
            }
            x = x.add(step);
            RealVector next = new ArrayRealVector(objective.weighted(x.toArray()), false);
            double squares = next.dotProduct(next);
            if (squares < PERFECT) {
                return new Found(x.toArray(), squares, true);
            }
            // With a step by the old Jacobian, the update is the new residual along the step.
            j = j.add(next.outerProduct(step).scalarMultiply(1 / step.dotProduct(step)));
            r = next;
        }
        return new Found(near, Double.POSITIVE_INFINITY, false);
    }

    private static Found climb(TargetObjective objective, double[] near) {
        SmoothMinimum found = SmoothMinimum.polish(x -> -objective.logLikelihood(x), near);
        if (!found.converged()) {
            found = SmoothMinimum.search(x -> -objective.logLikelihood(x), near);
        }
        return new Found(found.point(), squares(objective, found.point()), found.converged());
    }

    private static double squares(TargetObjective objective, double[] x) {
        double sum = 0;
        for (double r : objective.weighted(x)) {
            sum += r * r;
        }
        return sum;
    }

    private static Found leastSquares(TargetObjective objective, double[] start) {
        boolean ranged = objective.targets().stream().anyMatch(RateTarget::isRange);
        if (!ranged) {
            return marquardt(objective, start);
        }
        List<RateTarget> middles = new ArrayList<>();
        for (RateTarget t : objective.targets()) {
            middles.add(t.isRange() ? t.at(t.quantity(), t.middle()) : t);
        }
        Found middle = marquardt(objective.with(middles), start);
        return squares(objective, middle.working()) < PERFECT
                ? new Found(middle.working(), 0, middle.converged())
                : marquardt(objective, middle.working());
    }

    /** Quick differences lead to a perfect fit as well as exact ones; elsewhere exact ones have the last word. */
    private static Found marquardt(TargetObjective objective, double[] start) {
        Found quick = marquardt(objective, start, true, ITERATIONS);
        return quick.squares() < PERFECT || !quick.converged()
                ? quick
                : marquardt(objective, quick.working(), false, ITERATIONS);
    }

    private static Found marquardt(TargetObjective objective, double[] start, boolean quick, int iterations) {
        if (!objective.isPossible(start)) {
            return new Found(start, squares(objective, start), false);
        }
        int rows = Math.max(objective.size(), start.length);
        LevenbergMarquardtOptimizer optimizer = new LevenbergMarquardtOptimizer()
                .withCostRelativeTolerance(1e-15)
                .withParameterRelativeTolerance(1e-14)
                .withOrthoTolerance(1e-14);
        try {
            LeastSquaresOptimizer.Optimum optimum = optimizer.optimize(new LeastSquaresBuilder()
                    .start(start)
                    .target(new double[rows])
                    .lazyEvaluation(false)
                    .maxEvaluations(iterations)
                    .maxIterations(iterations)
                    .model(point -> {
                        double[] x = point.toArray();
                        return new Pair<>(
                                new ArrayRealVector(padded(objective.weighted(x), rows), false),
                                new Array2DRowRealMatrix(
                                        quick ? quickJacobian(objective, x, rows) : jacobian(objective, x, rows),
                                        false));
                    })
                    .build());
            double[] x = optimum.getPoint().toArray();
            return new Found(x, squares(objective, x), true);
        } catch (MathIllegalStateException notReached) {
            return new Found(start, squares(objective, start), false);
        }
    }

    private static double[] padded(double[] r, int rows) {
        return Arrays.copyOf(r, rows);
    }

    private static double[][] quickJacobian(TargetObjective objective, double[] x, int rows) {
        double[][] jacobian = new double[rows][x.length];
        for (int j = 0; j < x.length; j++) {
            double[] a = shifted(objective, x, j, QUICK_STEP);
            double[] b = shifted(objective, x, j, -QUICK_STEP);
            for (int i = 0; i < a.length; i++) {
                jacobian[i][j] = (a[i] - b[i]) / (2 * QUICK_STEP);
            }
        }
        return jacobian;
    }

    /** By differences of fourth order; rows beyond the residuals are 0. */
    static double[][] jacobian(TargetObjective objective, double[] x, int rows) {
        double[][] jacobian = new double[rows][x.length];
        for (int j = 0; j < x.length; j++) {
            double[] a = shifted(objective, x, j, STEP);
            double[] b = shifted(objective, x, j, -STEP);
            double[] c = shifted(objective, x, j, 2 * STEP);
            double[] d = shifted(objective, x, j, -2 * STEP);
            for (int i = 0; i < a.length; i++) {
                jacobian[i][j] = (8 * (a[i] - b[i]) - (c[i] - d[i])) / (12 * STEP);
            }
        }
        return jacobian;
    }

    private static double[] shifted(TargetObjective objective, double[] x, int j, double by) {
        double[] y = x.clone();
        y[j] += by;
        return objective.weighted(y);
    }

    /** What the targets determine near a solution. */
    static Identifiability identifiability(TargetObjective objective, double[] x) {
        int p = x.length;
        double[][] jacobian = jacobian(objective, x, Math.max(objective.size(), p));
        SingularValueDecomposition svd = new SingularValueDecomposition(new Array2DRowRealMatrix(jacobian, false));
        double[] values = svd.getSingularValues();
        List<Double> singular = new ArrayList<>();
        List<String> directions = new ArrayList<>();
        double[] involved = new double[p];
        List<String> names = objective.combination().workingNames();
        int rank = 0;
        for (int k = 0; k < p; k++) {
            singular.add(values[k]);
            if (values[k] > RANK_TOLERANCE * values[0]) {
                rank++;
                continue;
            }
            double[] v = svd.getV().getColumn(k);
            List<String> parts = new ArrayList<>();
            double sign = 0;
            for (int j = 0; j < p; j++) {
                involved[j] = Math.max(involved[j], Math.abs(v[j]));
                if (Math.abs(v[j]) > NAMED) {
                    sign = sign == 0 ? Math.signum(v[j]) : sign;
                    parts.add(String.format(Locale.ROOT, "%s %+.2f", names.get(j), sign * v[j]));
                }
            }
            directions.add(String.join(", ", parts));
        }
        List<String> undetermined = new ArrayList<>();
        for (int j = 0; j < p; j++) {
            if (involved[j] > NAMED) {
                undetermined.add(names.get(j));
            }
        }
        return new Identifiability(singular, rank, undetermined, directions);
    }
}
