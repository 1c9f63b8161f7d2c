package io.engraft.simulate;

import io.engraft.InvalidArgumentException;
import io.engraft.curve.ConfidenceType;
import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.internal.CauseChoice;
import io.engraft.internal.Require;
import io.engraft.internal.csv.NumberText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Two simulated cohorts that share their patients' luck: the same seed, the same number of patients, one unit of time.
 * Patient i of the one has the random numbers of patient i of the other, so what both paths have in common cancels. With
 * d_i the difference of what is read from patient i's two paths (1 in the states and 0 elsewhere, or a time),
 *
 * <pre>
 *   difference = mean of d_i,     Monte Carlo standard error = sqrt(variance of d_i / n)
 * </pre>
 *
 * <p>which is exact whatever the two models have in common, since patients are independent of each other; where the
 * models are alike it is much smaller than that of two independent simulations. Intervals are normal, at the level of
 * the first simulation, within what a difference can be. Where no patient differs there is none: what happens to none
 * of n patients can still happen.
 *
 * <p>A difference is that of the first simulation minus the second. A state that only one model has is never entered in
 * the other. Each question replays all patients of both: ask in bulk with {@link #tidy()}. Not held in the errors: any
 * uncertainty about the models, also where the simulations have draws of it. Immutable.
 */
public final class SimulationComparison implements Tabular {

    private final SimulationResult first;
    private final SimulationResult second;
    private final PathEngine one;
    private final PathEngine other;

    private SimulationComparison(SimulationResult first, SimulationResult second) {
        this.first = first;
        this.second = second;
        this.one = first.engine();
        this.other = second.engine();
    }

    static SimulationComparison of(SimulationResult first, SimulationResult second) {
        if (first.seed() != second.seed()) {
            throw InvalidArgumentException.of(
                    "seed of the other simulation",
                    second.seed(),
                    first.seed() + ", that of this one, so that patients share their random numbers");
        }
        if (first.patients() != second.patients()) {
            throw InvalidArgumentException.of(
                    "number of patients of the other simulation",
                    second.patients(),
                    first.patients() + ", that of this one, so that patients can be paired");
        }
        if (first.unit() != second.unit()) {
            throw InvalidArgumentException.of(
                    "time unit of the other simulation",
                    second.unit().label(),
                    first.unit().label() + ", that of this one");
        }
        return new SimulationComparison(first, second);
    }

    /**
     * The last time at which both are known.
     *
     * @return the earlier of the two horizons
     */
    public double horizon() {
        return Math.min(first.horizon(), second.horizon());
    }

    /**
     * The level of the intervals.
     *
     * @return that of the first simulation
     */
    public double level() {
        return first.level();
    }

    /**
     * The difference of the probability of a state at a time.
     *
     * @param state a state of at least one of the models
     * @param t the time, t &gt;= 0
     * @return the difference with its Monte Carlo standard error; not estimable beyond the earlier horizon
     * @throws InvalidArgumentException when neither model has the state, or t is negative or NaN
     */
    public PointEstimate difference(String state, double t) {
        return difference(List.of(state), t);
    }

    /**
     * The difference of P(in one of several states at a time), for example of the states alive.
     *
     * @param states states of at least one of the models each
     * @param t the time, t &gt;= 0
     * @return the difference with its Monte Carlo standard error; not estimable beyond the earlier horizon
     * @throws InvalidArgumentException when neither model has a state, or t is negative or NaN
     */
    public PointEstimate difference(Collection<String> states, double t) {
        PairedPaths.Reading reading = occupancy(known(states), t);
        return Require.time(t) > horizon() ? beyond() : estimates(List.of(reading), 1)[0];
    }

    /**
     * The difference of overall survival, the probability to be in any state that its own model counts as alive.
     *
     * @param t the time, t &gt;= 0
     * @return the difference with its Monte Carlo standard error; not estimable beyond the earlier horizon
     * @throws InvalidArgumentException when t is negative or NaN
     */
    public PointEstimate aliveDifference(double t) {
        return Require.time(t) > horizon() ? beyond() : estimates(List.of(alive(t)), 1)[0];
    }

    private PairedPaths.Reading alive(double t) {
        Set<String> mine = Set.copyOf(first.aliveStates());
        Set<String> theirs = Set.copyOf(second.aliveStates());
        return new PairedPaths.Reading(
                path -> mine.contains(path.stateAt(t)) ? 1 : 0, path -> theirs.contains(path.stateAt(t)) ? 1 : 0);
    }

    /** All differences at times within the horizon from one replay: by state, then time; those of the alive come last. */
    PointEstimate[][] differences(double[] times) {
        List<PairedPaths.Reading> readings = new ArrayList<>();
        for (String state : states()) {
            for (double t : times) {
                readings.add(occupancy(Set.of(state), t));
            }
        }
        for (double t : times) {
            readings.add(alive(t));
        }
        PointEstimate[] found = estimates(readings, 1);
        PointEstimate[][] rows = new PointEstimate[states().size() + 1][];
        for (int s = 0; s < rows.length; s++) {
            rows[s] = Arrays.copyOfRange(found, s * times.length, (s + 1) * times.length);
        }
        return rows;
    }

    /**
     * The difference of the cumulative incidence of an event's first occurrence.
     *
     * @param event an event of at least one of the models
     * @param t the time, t &gt;= 0
     * @return the difference with its Monte Carlo standard error; not estimable beyond the earlier horizon
     * @throws InvalidArgumentException when neither model has the event, or t is negative or NaN
     */
    public PointEstimate incidenceDifference(String event, double t) {
        CauseChoice.code("event", event, events());
        ToDoubleFunction<SimulatedPath> happened = path -> hasHappened(path, event, t) ? 1 : 0;
        return Require.time(t) > horizon()
                ? beyond()
                : estimates(List.of(new PairedPaths.Reading(happened, happened)), 1)[0];
    }

    /**
     * The difference of the cumulative incidence of an event's first occurrence.
     *
     * @param code the event's place in {@link #events()}, from 1
     * @param t the time, t &gt;= 0
     * @return the difference with its Monte Carlo standard error; not estimable beyond the earlier horizon
     * @throws InvalidArgumentException when there is no such event, or t is negative or NaN
     */
    public PointEstimate incidenceDifference(int code, double t) {
        return incidenceDifference(CauseChoice.label("event", code, events()), t);
    }

    /**
     * The difference of the expected time in a state up to a time.
     *
     * @param state a state of at least one of the models
     * @param t the time, 0 &lt; t &lt; infinity
     * @return the difference with its Monte Carlo standard error; not estimable beyond the earlier horizon
     * @throws InvalidArgumentException when neither model has the state, or t is not positive and finite
     */
    public PointEstimate meanTimeDifference(String state, double t) {
        Set<String> states = known(List.of(state));
        ToDoubleFunction<SimulatedPath> time = path -> timeIn(path, states, t);
        return Require.positive("time", t) > horizon()
                ? beyond()
                : estimates(List.of(new PairedPaths.Reading(time, time)), t)[0];
    }

    /**
     * The states of either model.
     *
     * @return those of the first, then what the second adds
     */
    public List<String> states() {
        return union(first.states(), second.states());
    }

    /**
     * The events of either model.
     *
     * @return those of the first, then what the second adds
     */
    public List<String> events() {
        return union(first.events(), second.events());
    }

    private static List<String> union(List<String> some, List<String> more) {
        Set<String> all = new LinkedHashSet<>(some);
        all.addAll(more);
        return List.copyOf(all);
    }

    private Set<String> known(Collection<String> wanted) {
        List<String> all = states();
        for (String state : wanted) {
            if (!all.contains(state)) {
                throw InvalidArgumentException.of("state", state, "one of " + all);
            }
        }
        return Set.copyOf(wanted);
    }

    private PointEstimate beyond() {
        return PointEstimate.notEstimable("the time lies beyond " + NumberText.format(horizon())
                + ", the earlier horizon of the two simulations");
    }

    private static PairedPaths.Reading occupancy(Set<String> states, double t) {
        ToDoubleFunction<SimulatedPath> in = path -> states.contains(path.stateAt(t)) ? 1 : 0;
        return new PairedPaths.Reading(in, in);
    }

    private static boolean hasHappened(SimulatedPath path, String event, double t) {
        return path.sojourns().stream().anyMatch(s -> event.equals(s.event()) && s.to() <= t);
    }

    private static double timeIn(SimulatedPath path, Set<String> states, double t) {
        double sum = 0;
        for (SimulatedPath.Sojourn s : path.sojourns()) {
            if (s.from() < t && states.contains(s.state())) {
                sum += Math.min(t, s.to()) - s.from();
            }
        }
        return sum;
    }

    private PointEstimate[] estimates(List<PairedPaths.Reading> readings, double most) {
        return Arrays.stream(PairedPaths.of(one, other, readings))
                .map(found -> estimate(found, most))
                .toArray(PointEstimate[]::new);
    }

    private PointEstimate estimate(PairedPaths.Moments found, double most) {
        double half = ConfidenceType.normalQuantile(level()) * found.error();
        Interval interval = found.error() > 0
                ? Interval.of(Math.max(-most, found.mean() - half), Math.min(most, found.mean() + half), level())
                : Interval.notEstimable(level(), noSpread(found));
        return PointEstimate.of(found.mean(), found.error(), interval);
    }

    private static String noSpread(PairedPaths.Moments found) {
        return found.differing() == 0
                ? "no patient differs between the two simulations"
                : "all patients differ in the same way between the two simulations";
    }

    /**
     * The differences of all states at the first simulation's reported times up to {@link #horizon()}, from one replay.
     *
     * @return columns state, time, difference, std_error, lower, upper
     */
    @Override
    public TidyTable tidy() {
        double[] times =
                Arrays.stream(first.times()).filter(t -> t <= horizon()).toArray();
        PointEstimate[][] found = differences(times);
        TidyTable.Builder table = TidyTable.builder()
                .text("state")
                .number("time")
                .number("difference")
                .number("std_error")
                .number("lower")
                .number("upper");
        for (int k = 0; k < found.length - 1; k++) {
            for (int j = 0; j < times.length; j++) {
                PointEstimate p = found[k][j];
                @Nullable
                Double lower =
                        p.interval().lower().isPresent() ? p.interval().lower().getAsDouble() : null;
                @Nullable
                Double upper =
                        p.interval().upper().isPresent() ? p.interval().upper().getAsDouble() : null;
                table.row(
                        states().get(k),
                        times[j],
                        p.estimate(),
                        p.standardError().orElse(0),
                        lower,
                        upper);
            }
        }
        return table.build();
    }

    @Override
    public String toString() {
        return "the same " + one.patients + " patients in two simulations, seed " + one.seed + ":\n  " + first + "\n  "
                + second;
    }
}
