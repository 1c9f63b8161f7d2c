package io.engraft.simulate;

import io.engraft.InvalidArgumentException;
import io.engraft.curve.Interval;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.internal.CauseChoice;
import io.engraft.internal.Percentiles;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the assumptions leave open of a simulation's results at its reported times: the central draws of
 * {@link AssumptionSampling}, widened where needed to hold what the cohort gives. The limits hold no simulation error worth
 * naming; that stands beside them. Immutable.
 */
public final class AssumptionDraws implements Tabular {

    private static final double MOST_FAILED = 0.5;

    private final SimulationResult cohort;
    private final @Nullable Values base;
    private final @Nullable Values[] draws;
    private final String varied;
    private final String reason;

    private AssumptionDraws(
            SimulationResult cohort, @Nullable Values base, @Nullable Values[] draws, String varied, String reason) {
        this.cohort = cohort;
        this.base = base;
        this.draws = draws;
        this.varied = varied;
        this.reason = reason;
    }

    /** What one simulation gives, by state or event and time. */
    @SuppressWarnings("ArrayRecordComponent") // a carrier within this package, never compared
    record Values(double[][] states, double[][] events, double[] meanTimes) {

        /** By the names of the cohort's states and events: a drawn probability of 0 may leave one out. */
        static Values of(SimulationResult result, SimulationResult cohort) {
            double[] times = cohort.times();
            List<String> states = result.states();
            double[][] shares = result.probabilityValues(times);
            double[][] in = new double[cohort.states().size()][times.length];
            double[] means = new double[in.length];
            for (int s = 0; s < in.length; s++) {
                String state = cohort.states().get(s);
                int found = states.indexOf(state);
                if (found >= 0) {
                    in[s] = shares[found];
                    means[s] = result.meanTime(state).estimate();
                }
            }
            double[][] happened = new double[cohort.events().size()][times.length];
            for (int k = 0; k < happened.length; k++) {
                String event = cohort.events().get(k);
                if (result.events().contains(event)) {
                    happened[k] = result.incidenceValues(event, times);
                }
            }
            return new Values(in, happened, means);
        }
    }

    static AssumptionDraws none(SimulationResult cohort, String reason) {
        return new AssumptionDraws(cohort, null, new Values[0], "", reason);
    }

    static AssumptionDraws of(SimulationResult cohort, Values base, @Nullable Values[] draws, String varied) {
        int failed = 0;
        for (Values draw : draws) {
            failed += draw == null ? 1 : 0;
        }
        String reason = failed > MOST_FAILED * draws.length
                ? failed + " of " + draws.length + " draws of the assumptions make no model together"
                : "";
        return new AssumptionDraws(cohort, base, draws.clone(), varied, reason);
    }

    /**
     * Whether there are limits.
     *
     * @return false where nothing of the model varies, or most draws make no model
     */
    public boolean isEstimable() {
        return reason.isEmpty();
    }

    /**
     * Why there are no limits.
     *
     * @return the reason, empty where there are
     */
    public String reason() {
        return reason;
    }

    /**
     * What was varied, in words.
     *
     * @return for example "the assumptions over their ranges"; empty where nothing was
     */
    public String varied() {
        return varied;
    }

    /**
     * How many draws there are.
     *
     * @return those that were asked for, also such as made no model
     */
    public int count() {
        return draws.length;
    }

    /**
     * Limits of the probability of a state.
     *
     * @param state a state
     * @param t one of the reported times
     * @return the limits
     * @throws InvalidArgumentException when there is no such state or reported time
     */
    public Interval probability(String state, double t) {
        return probabilityIn(List.of(state), t);
    }

    /**
     * Limits of P(in one of several states at t), for example the states alive.
     *
     * @param states names of states
     * @param t one of the reported times
     * @return the limits
     * @throws InvalidArgumentException when there is no such state or reported time
     */
    public Interval probabilityIn(Collection<String> states, double t) {
        return limits(cohort.probabilityIn(states, t).estimate(), in(states, t), 1);
    }

    /**
     * Limits of the cumulative incidence of an event.
     *
     * @param event an event
     * @param t one of the reported times
     * @return the limits
     * @throws InvalidArgumentException when there is no such event or reported time
     */
    public Interval incidence(String event, double t) {
        int e = cohort.events().indexOf(event);
        int j = place(t);
        return limits(cohort.incidence(event).incidenceAt(t).estimate(), v -> v.events()[e][j], 1);
    }

    /**
     * Limits of the cumulative incidence of an event.
     *
     * @param code the event's place in {@link SimulationResult#events()}, from 1
     * @param t one of the reported times
     * @return the limits
     * @throws InvalidArgumentException when there is no such event or reported time
     */
    public Interval incidence(int code, double t) {
        return incidence(CauseChoice.label("event", code, cohort.events()), t);
    }

    /**
     * Limits of the mean time in a state within the horizon.
     *
     * @param state a state
     * @return the limits
     * @throws InvalidArgumentException when there is no such state
     */
    public Interval meanTime(String state) {
        double mean = cohort.meanTime(state).estimate();
        int s = cohort.states().indexOf(state);
        return limits(mean, v -> v.meanTimes()[s], Math.max(mean, cohort.horizon()));
    }

    /**
     * Limits of the difference between this cohort and another of the probability to be in some states, from draws in
     * which assumptions that both share have the same values.
     *
     * @param other draws of another cohort with the same seed and reported times
     * @param states states of at least one of the two
     * @param t a time that both report
     * @return the limits; not estimable where either has none, or they have different numbers of draws
     * @throws InvalidArgumentException when there is no such reported time
     */
    public Interval difference(AssumptionDraws other, Collection<String> states, double t) {
        Set<String> wanted = Set.copyOf(states);
        List<String> mine = cohort.states().stream().filter(wanted::contains).toList();
        return difference(
                mine,
                other,
                other.cohort.states().stream().filter(wanted::contains).toList(),
                t);
    }

    /**
     * Limits of the difference between this cohort and another of overall survival, the probability to be in any state
     * that its own model counts as alive.
     *
     * @param other draws of another cohort with the same seed and reported times
     * @param t a time that both report
     * @return the limits; not estimable where either has none, or they have different numbers of draws
     * @throws InvalidArgumentException when there is no such reported time
     */
    public Interval aliveDifference(AssumptionDraws other, double t) {
        return difference(cohort.aliveStates(), other, other.cohort.aliveStates(), t);
    }

    private Interval difference(List<String> mine, AssumptionDraws other, List<String> theirs, double t) {
        if (!isEstimable() || !other.isEstimable()) {
            return Interval.notEstimable(cohort.level(), isEstimable() ? other.reason : reason);
        }
        if (count() != other.count()) {
            return Interval.notEstimable(cohort.level(), "the two have different numbers of draws");
        }
        ToDoubleFunction<Values> one = in(mine, t);
        ToDoubleFunction<Values> two = other.in(theirs, t);
        double own = share(cohort, mine, t);
        double others = share(other.cohort, theirs, t);
        List<Double> moved = new ArrayList<>();
        for (int i = 0; i < draws.length; i++) {
            Values a = draws[i];
            Values b = other.draws[i];
            if (a != null && b != null) {
                moved.add(moved(own, base, a, one) - moved(others, other.base, b, two));
            }
        }
        return central(own - others, moved, -1, 1);
    }

    private static double share(SimulationResult of, List<String> states, double t) {
        return states.isEmpty() ? 0 : of.probabilityIn(states, t).estimate();
    }

    private ToDoubleFunction<Values> in(Collection<String> states, double t) {
        int[] places = states.stream()
                .distinct()
                .mapToInt(s -> cohort.states().indexOf(s))
                .toArray();
        int j = place(t);
        return v -> {
            double sum = 0;
            for (int s : places) {
                sum += v.states()[s][j];
            }
            return sum;
        };
    }

    private int place(double t) {
        double[] times = cohort.times();
        for (int j = 0; j < times.length; j++) {
            if (times[j] == t) {
                return j;
            }
        }
        throw InvalidArgumentException.of("time", t, "one of the reported times of the simulation");
    }

    /** A share as a draw moves it, by the odds: so that it stays one, and small ones move in proportion. */
    private static double moved(double stated, @Nullable Values base, Values draw, ToDoubleFunction<Values> quantity) {
        double to = quantity.applyAsDouble(draw);
        double from = base == null ? to : quantity.applyAsDouble(base);
        if (!(from > 0 && from < 1 && stated > 0 && stated < 1)) {
            return Math.min(1, Math.max(0, stated + to - from));
        }
        double up = stated * to * (1 - from);
        double down = (1 - stated) * (1 - to) * from;
        return up / (up + down);
    }

    private Interval limits(double stated, ToDoubleFunction<Values> quantity, double most) {
        if (!isEstimable()) {
            return Interval.notEstimable(cohort.level(), reason);
        }
        List<Double> moved = new ArrayList<>();
        for (Values draw : draws) {
            if (draw != null) {
                // A mean time as a share of the longest.
                moved.add(most * moved(stated / most, base, draw, v -> quantity.applyAsDouble(v) / most));
            }
        }
        return central(stated, moved, 0, most);
    }

    private Interval central(double stated, List<Double> moved, double least, double most) {
        double[] limits = Percentiles.central(
                moved.stream().mapToDouble(Double::doubleValue).toArray(), cohort.level());
        double lower = Math.max(least, Math.min(stated, limits[0]));
        double upper = Math.min(most, Math.max(stated, limits[1]));
        return Interval.of(lower, upper, cohort.level());
    }

    /**
     * The limits of all states at the reported times.
     *
     * @return columns state, time, probability, lower, upper; limits are missing where there are none
     */
    @Override
    public TidyTable tidy() {
        TidyTable.Builder table = TidyTable.builder()
                .text("state")
                .number("time")
                .number("probability")
                .number("lower")
                .number("upper");
        for (String state : cohort.states()) {
            for (double t : cohort.times()) {
                Interval limits = probability(state, t);
                table.row(
                        state,
                        t,
                        cohort.probabilityAt(state, t).estimate(),
                        limits.lower().orElse(Double.NaN),
                        limits.upper().orElse(Double.NaN));
            }
        }
        return table.build();
    }

    @Override
    public String toString() {
        return isEstimable() ? count() + " draws of " + varied : "no draws: " + reason;
    }
}
