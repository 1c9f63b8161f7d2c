package io.engraft.multistate;

import io.engraft.InvalidArgumentException;
import io.engraft.internal.Require;
import io.engraft.law.LawOfTime;
import java.util.ArrayList;
import java.util.List;

/**
 * The curves of a progressive {@link FateModel} without simulation noise. The time at which a branch of its
 * {@link FateTree} ends is a sum of independent times: the first state's curves are closed forms, later ones
 * convolutions by adaptive Gauss-Kronrod quadrature, kept as Chebyshev panels. The result states its own error.
 */
public final class OccupancySolver {

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
     * Solves a model.
     *
     * @param model a model in which no state can be entered twice
     * @param horizon the last time of interest, positive
     * @return its curves on [0, horizon]
     * @throws InvalidArgumentException when a state can be entered twice
     */
    public OccupancyCurves solve(FateModel model, double horizon) {
        Require.positive("horizon", horizon);
        FateTree tree = FateTree.of(model);
        List<SumOfTimes> ends = new ArrayList<>();
        for (FateTree.Branch branch : tree.branches()) {
            LawOfTime law = branch.fate().law();
            if (law == null) {
                ends.add(SumOfTimes.zero()); // never read: the branch does not end
            } else if (branch.parent() < 0) {
                ends.add(SumOfTimes.of(law));
            } else {
                ends.add(ends.get(branch.parent()).plus(law, horizon, tolerance / 20));
            }
        }
        return new OccupancyCurves(tree, ends, horizon);
    }
}
