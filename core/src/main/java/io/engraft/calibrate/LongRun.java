package io.engraft.calibrate;

import io.engraft.InvalidArgumentException;
import io.engraft.internal.AdaptiveQuadrature;
import io.engraft.law.Exponential;
import io.engraft.law.LawOfTime;
import io.engraft.multistate.Clock;
import io.engraft.multistate.Fate;
import io.engraft.multistate.FateState;
import io.engraft.multistate.HazardTransition;
import io.engraft.multistate.MultiStateModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.SingularMatrixException;

/**
 * Limits of a model's curves, by the chain of its jumps: from each state the probability that each way out is the one
 * taken. Under hazards it is the integral of h_k S, which must not depend on when the state was entered.
 */
final class LongRun {

    private static final double TINY = 1e-15;

    private record Jump(String event, int to, double probability) {}

    private final MultiStateModel model;
    private final List<String> names;
    private final List<List<Jump>> jumps = new ArrayList<>();

    LongRun(MultiStateModel model) {
        this.model = model;
        this.names = model.stateNames();
        for (FateState state : model.states()) {
            jumps.add(jumps(state));
        }
    }

    private List<Jump> jumps(FateState state) {
        List<Jump> out = new ArrayList<>();
        for (Fate fate : state.fates()) {
            if (fate.leaves()) {
                out.add(new Jump(fate.event(), names.indexOf(fate.to()), happens(fate)));
            }
        }
        List<HazardTransition> ways = model.transitionsFrom(state.name());
        for (HazardTransition way : ways) {
            checkClock(way);
            out.add(new Jump(way.event(), names.indexOf(way.to()), share(ways, way)));
        }
        return out;
    }

    private static double happens(Fate fate) {
        LawOfTime law = fate.law();
        return law == null ? 0 : fate.probability() * (1 - law.curedShare());
    }

    private void checkClock(HazardTransition way) {
        boolean onlyStart = model.starts().keySet().equals(Set.of(way.from())) && !isEntered(way.from());
        if (way.clock() == Clock.FORWARD && !(way.law() instanceof Exponential) && !onlyStart) {
            throw new InvalidArgumentException("the limit of a model is asked for whose hazard from '" + way.from()
                    + "' to '" + way.to() + "' runs on the forward clock; allowed: a target at a finite time");
        }
    }

    private boolean isEntered(String state) {
        return model.transitions().stream().anyMatch(t -> t.to().equals(state))
                || model.states().stream().flatMap(s -> s.fates().stream()).anyMatch(f -> state.equals(f.to()));
    }

    /** P(this way out is the first), by quadrature over the share that this hazard alone would have taken. */
    private double share(List<HazardTransition> ways, HazardTransition way) {
        double own = model.multiplier(way);
        if (ways.size() == 1) {
            return -Math.expm1(-own * way.law().cumulativeHazard(Double.POSITIVE_INFINITY));
        }
        boolean constant = ways.stream().allMatch(w -> w.law() instanceof Exponential);
        if (constant) {
            double sum = 0;
            for (HazardTransition w : ways) {
                sum += model.multiplier(w) * w.law().hazard(1);
            }
            return own * way.law().hazard(1) / sum;
        }
        // With u = exp(-own H(t)), the integral of own h S dt is that of exp(-H of the others) du.
        double least = Math.exp(-own * way.law().cumulativeHazard(Double.POSITIVE_INFINITY));
        return AdaptiveQuadrature.integrate(
                        u -> {
                            double t = way.law().timeAtSurvival(Math.pow(u, 1 / own));
                            double others = 0;
                            for (HazardTransition w : ways) {
                                others += w.equals(way)
                                        ? 0
                                        : model.multiplier(w) * w.law().cumulativeHazard(t);
                            }
                            return Math.exp(-others);
                        },
                        least,
                        1,
                        1e-13,
                        1e-12)
                .value();
    }

    /** P(an event ever happens). */
    double ever(String event) {
        int n = names.size();
        double[][] a = new double[n][n];
        double[] b = new double[n];
        for (int i = 0; i < n; i++) {
            a[i][i] = 1;
            for (Jump jump : jumps.get(i)) {
                if (jump.event().equals(event)) {
                    b[i] += jump.probability();
                } else {
                    a[i][jump.to()] -= jump.probability();
                }
            }
        }
        double[] from = solve(a, b);
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += model.starts().getOrDefault(names.get(i), 0.0) * from[i];
        }
        return Math.min(1, Math.max(0, sum));
    }

    /** P(in a state as time grows): expected entries times the probability to stay. */
    double staysIn(String state) {
        int n = names.size();
        double[][] a = new double[n][n];
        double[] b = new double[n];
        for (int i = 0; i < n; i++) {
            a[i][i] += 1;
            b[i] = model.starts().getOrDefault(names.get(i), 0.0);
            for (Jump jump : jumps.get(i)) {
                a[jump.to()][i] -= jump.probability();
            }
        }
        int s = names.indexOf(state);
        double leaves = jumps.get(s).stream().mapToDouble(Jump::probability).sum();
        double stays = leaves > 1 - TINY * 10 ? 0 : 1 - leaves;
        return Math.min(1, Math.max(0, solve(a, b)[s] * stays));
    }

    private static double[] solve(double[][] a, double[] b) {
        try {
            return new LUDecomposition(new Array2DRowRealMatrix(a, false))
                    .getSolver()
                    .solve(new ArrayRealVector(b, false))
                    .toArray();
        } catch (SingularMatrixException recurrent) {
            throw new InvalidArgumentException("the limit of a model is asked for that is never left for good: some"
                    + " states are entered again and again; allowed: a target at a finite time");
        }
    }
}
