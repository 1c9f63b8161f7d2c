package io.engraft.calibrate;

import io.engraft.InvalidArgumentException;
import io.engraft.NotEstimableException;
import io.engraft.internal.csv.NumberText;
import io.engraft.law.LawOfTime;
import io.engraft.multistate.Fate;
import io.engraft.multistate.FateState;
import io.engraft.multistate.HazardTransition;
import io.engraft.multistate.MultiStateModel;
import io.engraft.multistate.solve.OccupancySolver;
import io.engraft.multistate.solve.SolvedOccupancy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.jspecify.annotations.Nullable;

/**
 * Reads quantities off one model: closed forms for what leaves the only first state, which nobody enters again; else the
 * solver, whose horizon grows with the times asked for. Not for use by several threads.
 */
final class ModelReading {

    /** A quantile beyond the first horizon times two to this power counts as never reached. */
    private static final int DOUBLINGS = 20;
    /** Of the solver, whose errors turn out far smaller: below 1e-10. */
    private static final double TOLERANCE = 1e-6;

    private final MultiStateModel model;
    private final Map<String, Double> evers = new HashMap<>();
    private @Nullable LongRun longRun;
    private @Nullable SolvedOccupancy solved;
    private @Nullable String first;
    private double horizon;

    /** The first horizon that is solved covers the hint. */
    ModelReading(MultiStateModel model, double hint) {
        this.model = model;
        this.horizon = hint;
        if (model.starts().size() == 1) {
            String start = model.starts().keySet().iterator().next();
            boolean entered = model.transitions().stream().anyMatch(t -> t.to().equals(start))
                    || model.states().stream().flatMap(s -> s.fates().stream()).anyMatch(f -> start.equals(f.to()));
            first = entered ? null : start;
        }
    }

    MultiStateModel model() {
        return model;
    }

    double value(ModelQuantity quantity) {
        if (quantity instanceof ModelQuantity.Occupancy q) {
            return occupancy(q.states(), q.time());
        }
        if (quantity instanceof ModelQuantity.Incidence q) {
            return incidence(q.event(), q.time());
        }
        if (quantity instanceof ModelQuantity.FirstEntry q) {
            return solved(q.time()).firstEntry(q.state()).incidenceAt(q.time()).estimate();
        }
        if (quantity instanceof ModelQuantity.ShareBefore q) {
            return shareBefore(q.event(), q.time());
        }
        if (quantity instanceof ModelQuantity.EventQuantile q) {
            double ever = ever(q.event());
            return time(t -> incidence(q.event(), t) - q.share() * ever, q);
        }
        if (quantity instanceof ModelQuantity.IncidenceQuantile q) {
            return time(t -> incidence(q.event(), t) - q.probability(), q);
        }
        ModelQuantity.OccupancyQuantile q = (ModelQuantity.OccupancyQuantile) quantity;
        return time(t -> 1 - q.p() - occupancy(q.states(), t), q);
    }

    /** P(event by t) over P(event ever). */
    double shareBefore(String event, double t) {
        return incidence(event, t) / ever(event);
    }

    double ever(String event) {
        return evers.computeIfAbsent(event, e -> {
            double ever = longRun().ever(e);
            if (!(ever > 0)) {
                throw new InvalidArgumentException("a timing target is about the event '" + e
                        + "', which nobody has in the model; allowed: an event" + " with a positive probability");
            }
            return ever;
        });
    }

    private LongRun longRun() {
        LongRun known = longRun;
        if (known == null) {
            known = new LongRun(model);
            longRun = known;
        }
        return known;
    }

    double occupancy(Set<String> states, double t) {
        if (t == Double.POSITIVE_INFINITY) {
            double sum = 0;
            for (String state : states) {
                sum += longRun().staysIn(state);
            }
            return sum;
        }
        double inside = direct(states, t);
        if (!Double.isNaN(inside)) {
            return inside;
        }
        List<String> others =
                model.stateNames().stream().filter(s -> !states.contains(s)).toList();
        double outside = direct(others, t);
        if (!Double.isNaN(outside)) {
            return 1 - outside;
        }
        return solved(t).probabilityIn(states, t);
    }

    private double direct(Iterable<String> states, double t) {
        double sum = 0;
        for (String state : states) {
            sum += direct(state, t);
        }
        return sum;
    }

    /** The probability of the first state or of an absorbing state that only its fates lead to; NaN for others. */
    private double direct(String state, double t) {
        String start = first;
        if (start == null) {
            return Double.NaN;
        }
        FateState beginning = model.state(start);
        List<HazardTransition> ways = model.transitionsFrom(start);
        if (state.equals(start)) {
            double hazard = 0;
            for (HazardTransition way : ways) {
                hazard += model.multiplier(way) * way.law().cumulativeHazard(t);
            }
            double sum = beginning.fates().isEmpty() ? Math.exp(-hazard) : 0;
            for (Fate fate : beginning.fates()) {
                LawOfTime law = fate.law();
                sum += fate.probability() * (law == null ? 1 : law.survival(t));
            }
            return sum;
        }
        boolean elsewhere = model.transitions().stream().anyMatch(w -> w.to().equals(state))
                || model.states().stream()
                        .filter(s -> !s.name().equals(start))
                        .flatMap(s -> s.fates().stream())
                        .anyMatch(f -> state.equals(f.to()));
        if (!model.isAbsorbing(state) || elsewhere) {
            return Double.NaN;
        }
        return beginning.fates().stream()
                .filter(f -> state.equals(f.to()))
                .mapToDouble(f -> by(f, t))
                .sum();
    }

    private static double by(Fate fate, double t) {
        LawOfTime law = fate.law();
        return law == null ? 0 : fate.probability() * law.cumulativeProbability(t);
    }

    double incidence(String event, double t) {
        if (t == Double.POSITIVE_INFINITY) {
            return longRun().ever(event);
        }
        String start = first;
        boolean elsewhere = model.transitions().stream().anyMatch(w -> w.event().equals(event))
                || model.states().stream()
                        .filter(s -> !s.name().equals(start))
                        .flatMap(s -> s.fates().stream())
                        .anyMatch(f -> f.event().equals(event));
        if (start != null && !elsewhere) {
            return model.state(start).fates().stream()
                    .filter(f -> f.event().equals(event))
                    .mapToDouble(f -> by(f, t))
                    .sum();
        }
        return solved(t).incidence(event).incidenceAt(t).estimate();
    }

    private SolvedOccupancy solved(double t) {
        SolvedOccupancy known = solved;
        if (known != null && t <= known.horizon()) {
            return known;
        }
        horizon = Math.max(horizon, t);
        known = OccupancySolver.withDefaults().withTolerance(TOLERANCE).solve(model, horizon);
        solved = known;
        return known;
    }

    /** Where a rising function passes 0. */
    private double time(DoubleUnaryOperator excess, ModelQuantity quantity) {
        double low = 0;
        double high = horizon;
        if (excess.applyAsDouble(0) >= 0) {
            return 0;
        }
        for (int k = 0; k < DOUBLINGS && excess.applyAsDouble(high) < 0; k++) {
            low = high;
            high *= 2;
        }
        if (!(excess.applyAsDouble(high) >= 0)) {
            throw new NotEstimableException(
                    "the " + quantity + " is not reached by the model before time " + NumberText.format(high));
        }
        double least = Math.max(low, high * 1e-9);
        if (excess.applyAsDouble(least) >= 0) {
            return least;
        }
        // On the logarithm of time, so that the relative error is small.
        double found = new BrentSolver(1e-14, 1e-14, 1e-16)
                .solve(300, x -> excess.applyAsDouble(Math.exp(x)), Math.log(least), Math.log(high));
        return Math.exp(found);
    }
}
