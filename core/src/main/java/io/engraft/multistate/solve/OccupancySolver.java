package io.engraft.multistate.solve;

import io.engraft.CheckReturnValue;
import io.engraft.InvalidArgumentException;
import io.engraft.internal.Brief;
import io.engraft.internal.Require;
import io.engraft.multistate.FateModel;
import io.engraft.multistate.MultiStateModel;

/**
 * The curves of a model without simulation noise. Of a {@link MultiStateModel} or a {@link FateModel}: by matrix
 * exponentials, the product integral or renewal equations, whichever fits. Of an {@link EmpiricalMultiStateModel}: by the
 * finite product. What depends on the fates of a first state alone is a closed form. The result states its own error.
 */
@CheckReturnValue
public final class OccupancySolver {

    private static final double PANEL_SHARE = 1e-4;
    private static final double PANEL_LEAST = 3e-14;
    private static final double SHORTEST = 1e-30;
    private static final double LONGEST = 1e30;

    private final double tolerance;

    private OccupancySolver(double tolerance) {
        this.tolerance = tolerance;
    }

    /**
     * A solver with tolerance 1e-9.
     *
     * @return the solver
     */
    public static OccupancySolver withDefaults() {
        return new OccupancySolver(1e-9);
    }

    /**
     * The same solver with another tolerance.
     *
     * @param absolute the aim for the absolute error of a probability, in [1e-12, 0.01]
     * @return the solver
     * @throws InvalidArgumentException when the tolerance is out of that range
     */
    public OccupancySolver withTolerance(double absolute) {
        if (!(absolute >= 1e-12 && absolute <= 0.01)) {
            throw InvalidArgumentException.of("tolerance", absolute, "1e-12 <= tolerance <= 0.01");
        }
        return new OccupancySolver(absolute);
    }

    /**
     * Solves a model of fates, as {@link #solve(MultiStateModel, double)} solves {@link
     * MultiStateModel#of(FateModel)}. States may be entered again and again.
     *
     * @param model the model
     * @param horizon the last time of interest, 1e-30 to 1e30
     * @return its curves on [0, horizon]
     * @throws InvalidArgumentException when the horizon is out of that range, a state cannot be reached from the start, or a cycle takes no time
     */
    public SolvedOccupancy solve(FateModel model, double horizon) {
        return solve(MultiStateModel.of(model), horizon);
    }

    /**
     * Solves a multi-state model, by the method that fits it ({@link SolvedOccupancy#method()}): cycles, several states
     * to start in and both clocks, also together, are allowed. Panels are halved until each is within a ten-thousandth
     * of the tolerance, so that the default aims at errors near 1e-12; {@link SolvedOccupancy#errorEstimate()} tells what
     * was reached.
     *
     * @param model the model; where it depends on covariates, with their values
     * @param horizon the last time of interest, 1e-30 to 1e30
     * @return its curves on [0, horizon]
     * @throws InvalidArgumentException when the horizon is out of that range, or covariates have no values
     */
    public SolvedOccupancy solve(MultiStateModel model, double horizon) {
        requireLength("horizon", horizon);
        KernelModel kernel = KernelModel.of(model);
        return new SolvedOccupancy(model, kernel, horizon, method(kernel), k -> curves(k, method(kernel), 0, horizon));
    }

    /**
     * Solves a model of step hazards, as a finite product: exact, whatever the tolerance.
     *
     * @param model the model
     * @param horizon the last time of interest, positive, not beyond that of the model
     * @return its curves on [0, horizon]
     * @throws InvalidArgumentException when the model is not known up to the horizon
     */
    public EmpiricalOccupancy solve(EmpiricalMultiStateModel model, double horizon) {
        Require.positive("horizon", horizon);
        if (horizon > model.horizon()) {
            throw InvalidArgumentException.of(
                    "horizon", horizon, "at most that of the model, which is " + model.horizon());
        }
        return new EmpiricalOccupancy(model, horizon);
    }

    /**
     * Transition probabilities P(s, t) of a model of step hazards: the product of I + dA(u) over s &lt; u &lt;= t.
     *
     * @param model the model
     * @param s the time from which on, at least 0
     * @param t the time, at least s, not beyond the horizon of the model
     * @return {@code p[from][to]} in the order of the states; rows sum to 1
     * @throws InvalidArgumentException when the times are not 0 &lt;= s &lt;= t &lt;= horizon
     */
    public double[][] transitionProbabilities(EmpiricalMultiStateModel model, double s, double t) {
        Require.nonNegative("s", s);
        if (!(t >= s && t <= model.horizon() && t < Double.POSITIVE_INFINITY)) {
            throw InvalidArgumentException.of(
                    "t", t, "s = " + s + " <= t <= the model's horizon, which is " + model.horizon());
        }
        StepProduct product = new StepProduct(model);
        double[][] p = new double[product.states][];
        for (int i = 0; i < p.length; i++) {
            double[] start = new double[p.length];
            start[i] = 1;
            int first = product.pointsUpTo(s);
            int end = product.pointsUpTo(t);
            p[i] = product.forward(start, first, end, -1).probability[end - first];
        }
        return p;
    }

    /** The march over log time needs doubles on both sides of every time. */
    private static void requireLength(String what, double length) {
        if (!(length >= SHORTEST && length <= LONGEST)) {
            throw InvalidArgumentException.of(what, length, SHORTEST + " <= " + what + " <= " + LONGEST);
        }
    }

    private static OccupancyMethod method(KernelModel model) {
        if (!model.isMarkov()) {
            return OccupancyMethod.RENEWAL_EQUATIONS;
        }
        return model.isStepwise() ? OccupancyMethod.MATRIX_EXPONENTIAL : OccupancyMethod.PRODUCT_INTEGRAL;
    }

    ModelCurves curves(KernelModel model, OccupancyMethod method, double origin, double length) {
        double panel = Math.max(PANEL_LEAST, tolerance * PANEL_SHARE);
        return switch (method) {
            case MATRIX_EXPONENTIAL -> new StepwiseCurves(model, origin, length);
            case PRODUCT_INTEGRAL -> new ProductIntegral(model, origin, length, panel).run();
            case RENEWAL_EQUATIONS ->
                new FirstStateCurves(model, new RenewalSolver(model, origin, length, panel).run());
        };
    }

    /**
     * Transition probabilities P(s, t): for someone who enters a state at time s, where he is at time t. Forward clocks
     * show s at entry, clocks that start with the state show 0. (In a Markov model it does not matter when the state was
     * entered; in others a patient who has been in a state for a while has other prospects.)
     *
     * @param model the model; where it depends on covariates, with their values
     * @param s the time of entry, at least 0
     * @param t the time, s itself or later by 1e-30 to 1e30
     * @return {@code p[from][to]} in the order of the states; rows sum to 1
     * @throws InvalidArgumentException when the times are not 0 &lt;= s &lt;= t, or their difference is out of that range,
     *     or covariates have no values
     */
    public double[][] transitionProbabilities(MultiStateModel model, double s, double t) {
        Require.nonNegative("s", s);
        if (!(t >= s && t < Double.POSITIVE_INFINITY)) {
            throw InvalidArgumentException.of("t", t, "s = " + s + " <= t < infinity");
        }
        if (t > s) {
            requireLength("t - s", t - s);
        }
        KernelModel kernel = KernelModel.of(model);
        int n = kernel.states;
        double[][] p = new double[n][n];
        for (int i = 0; i < n; i++) {
            if (t == s || kernel.isAbsorbing(i)) {
                p[i][i] = 1;
                continue;
            }
            ModelCurves curves = curves(kernel.startingIn(i), method(kernel), s, t - s);
            double sum = 0;
            for (int j = 0; j < n; j++) {
                p[i][j] = Math.max(0, curves.probability(j, t - s));
                sum += p[i][j];
            }
            for (int j = 0; j < n; j++) {
                p[i][j] /= sum;
            }
        }
        return p;
    }

    @Override
    public String toString() {
        return "solver of occupancy, tolerance " + Brief.number(tolerance);
    }
}
