package io.engraft.regression.internal;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Newton's method with the Hessian made definite where it is not, and steps halved until the objective rises; NaN
 * counts as worse. Convergence is judged on the gradient in the metric of the Hessian (the Newton decrement), which no
 * change of units alters.
 */
public final class Newton {

    /** g' H^-1 g below this is the end: the last step is then below 1e-7 standard errors. */
    private static final double TOLERANCE = 1e-14;

    /**
     * So is a decrement that one more step would bring below this, 1e-13 standard errors, as the step before foretells:
     * near the end each decrement is a constant times the square of the one before. Ten times that constant is reckoned
     * with.
     */
    private static final double FORETOLD = 1e-26;

    private static final double NEAR = 1e-6;

    /**
     * Below this a coefficient that still moves by much runs away: there is next to nothing to be gained. Further on its
     * information would drown in rounding.
     */
    private static final double FLAT = 1e-10;

    private static final int[] NONE = {};
    private static final double LONGEST_STEP = 4;
    private static final int MOST_HALVINGS = 40;
    private static final double LARGEST_RIDGE = 1e12;

    private final Objective objective;
    private final int[] free;
    private final double[] units;
    private final int mostIterations;
    private final double weight;

    /** Where a search ended. */
    public static final class End {
        private final double[] theta;
        private final Objective.Point point;
        private final int iterations;
        private final boolean converged;
        private final double decrement;
        private final int[] moving;

        private End(
                double[] theta,
                Objective.Point point,
                int iterations,
                boolean converged,
                double decrement,
                int[] moving) {
            this.theta = theta;
            this.point = point;
            this.iterations = iterations;
            this.converged = converged;
            this.decrement = decrement;
            this.moving = moving;
        }

        /** The end of another search than Newton's. */
        public static End of(double[] theta, Objective.Point point, int iterations, boolean converged) {
            return new End(theta, point, iterations, converged, Double.NaN, NONE);
        }

        public double[] theta() {
            return theta;
        }

        public Objective.Point point() {
            return point;
        }

        public int iterations() {
            return iterations;
        }

        public boolean converged() {
            return converged;
        }

        /** The Newton decrement, NaN where the Hessian is not definite. */
        public double decrement() {
            return decrement;
        }

        /** The coefficient that was still moving by much in the last step, -1 for none. */
        public int runaway() {
            return moving.length == 0 ? -1 : moving[0];
        }

        /** All coefficients that were, the one that moved most first. */
        public int[] moving() {
            return moving.clone();
        }
    }

    public Newton(Objective objective, boolean[] fixed, int mostIterations) {
        this.objective = objective;
        this.mostIterations = mostIterations;
        this.weight = objective.weight();
        int count = 0;
        int[] all = new int[objective.size()];
        for (int j = 0; j < all.length; j++) {
            if (!fixed[j]) {
                all[count++] = j;
            }
        }
        this.free = Arrays.copyOf(all, count);
        this.units = new double[count];
        for (int j = 0; j < count; j++) {
            units[j] = objective.unit(free[j]);
        }
    }

    public End from(double[] start) {
        return from(start, objective.at(start));
    }

    /** The same where the point at the start is known. */
    public End from(double[] start, Objective.Point known) {
        double[] theta = start.clone();
        Objective.Point point = known;
        if (!Double.isFinite(point.value())) {
            return new End(theta, point, 0, false, Double.NaN, NONE);
        }
        int[] moving = NONE;
        boolean last = false;
        double before = Double.NaN;
        double longest = LONGEST_STEP;
        for (int iteration = 0; iteration < mostIterations; iteration++) {
            double[] g = gradient(point);
            Symmetric plain = Symmetric.factor(information(point, 0));
            double[] step = plain == null ? null : plain.solve(g);
            double decrement = step == null ? Double.NaN : dot(g, step) / weight;
            if (last || decrement == 0) {
                return new End(theta, point, iteration, true, decrement * weight, last ? moving : NONE);
            }
            last = step != null && (isEnd(decrement, before) || (decrement < FLAT && moving(step).length > 0));
            if (step == null) {
                step = ridged(point, g);
                if (step == null) {
                    return new End(theta, point, iteration, false, decrement * weight, moving);
                }
            }
            moving = moving(step);
            boolean cut = limit(step, longest);
            double[] next = theta.clone();
            Found found = search(theta, step, point, next);
            if (found == null) {
                // No rise to be had: rounding decides, or the search is stuck.
                boolean close = decrement < NEAR;
                return new End(theta, point, iteration, close, decrement * weight, close ? NONE : moving);
            }
            // A step cut short foretells nothing.
            before = cut || !found.atFullStep() ? Double.NaN : decrement;
            longest = cut && found.atFullStep() && objective.isConcave() ? 2 * longest : LONGEST_STEP;
            theta = next;
            point = found.point();
        }
        return new End(theta, point, mostIterations, false, Double.NaN, moving);
    }

    private static boolean isEnd(double decrement, double before) {
        double ratio = decrement / before;
        return decrement < TOLERANCE || (decrement < NEAR && 10 * ratio * ratio * decrement < FORETOLD);
    }

    /** A point that is no worse, and whether the whole step led there. */
    private record Found(Objective.Point point, boolean atFullStep) {}

    private @Nullable Found search(double[] theta, double[] step, Objective.Point point, double[] next) {
        double slack = 1e-12 * (weight + Math.abs(point.value()));
        double factor = 1;
        for (int halving = 0; halving < MOST_HALVINGS; halving++) {
            for (int j = 0; j < free.length; j++) {
                next[free[j]] = theta[free[j]] + factor * step[j];
            }
            Objective.Point candidate = objective.at(next);
            if (Double.isFinite(candidate.value()) && candidate.value() >= point.value() - slack * factor) {
                return new Found(candidate, halving == 0);
            }
            factor /= halving < 2 ? 2 : 4;
        }
        return null;
    }

    private double[] gradient(Objective.Point point) {
        double[] g = new double[free.length];
        for (int j = 0; j < g.length; j++) {
            g[j] = point.gradient()[free[j]];
        }
        return g;
    }

    /** Minus the Hessian of the free coefficients, its diagonal raised by a share of its size. */
    private double[][] information(Objective.Point point, double ridge) {
        double[][] a = new double[free.length][free.length];
        for (int i = 0; i < free.length; i++) {
            for (int j = 0; j < free.length; j++) {
                a[i][j] = -point.hessian()[free[i]][free[j]];
            }
            a[i][i] += ridge * Math.max(Math.abs(a[i][i]), 1e-8 * weight / (units[i] * units[i]));
        }
        return a;
    }

    private double @Nullable [] ridged(Objective.Point point, double[] g) {
        for (double ridge = 1e-3; ridge < LARGEST_RIDGE; ridge *= 10) {
            Symmetric factor = Symmetric.factor(information(point, ridge));
            if (factor != null) {
                return factor.solve(g);
            }
        }
        return null;
    }

    /** Shortens a step that is too long. */
    private boolean limit(double[] step, double longest) {
        double most = 0;
        for (int j = 0; j < step.length; j++) {
            most = Math.max(most, Math.abs(step[j]) / units[j]);
        }
        if (most > longest) {
            for (int j = 0; j < step.length; j++) {
                step[j] *= longest / most;
            }
        }
        return most > longest;
    }

    /** The coefficients that move by more than a thousandth of their units, the one that moves most first. */
    private int[] moving(double[] step) {
        return IntStream.range(0, step.length)
                .filter(j -> Math.abs(step[j]) / units[j] > 1e-3)
                .boxed()
                .sorted(Comparator.comparingDouble(j -> -Math.abs(step[j]) / units[j]))
                .mapToInt(j -> free[j])
                .toArray();
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum += a[j] * b[j];
        }
        return sum;
    }
}
