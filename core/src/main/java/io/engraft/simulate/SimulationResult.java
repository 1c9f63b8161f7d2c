package io.engraft.simulate;

import io.engraft.InvalidArgumentException;
import io.engraft.curve.IncidenceFunction;
import io.engraft.curve.PointEstimate;
import io.engraft.curve.StateProbabilities;
import io.engraft.data.DurationUnit;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.internal.Brief;
import io.engraft.internal.CauseChoice;
import io.engraft.internal.Require;
import io.engraft.internal.csv.NumberText;
import io.engraft.multistate.FateModel;
import io.engraft.multistate.FateState;
import io.engraft.multistate.MultiStateModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What became of a simulated cohort: the share of patients in each state at the reported times, the share to whom each
 * event has happened (first occurrence), the mean time in each state within the horizon, and the number of transitions.
 *
 * <p>Errors: the Monte Carlo standard error of a share p of n patients is sqrt(p (1 - p) / n), its interval Wilson's
 * score interval; that of a mean time is normal. With parameter draws the standard error is the root of the sum of both
 * variances, and on each side the interval's arm is the root of the sum of squares of the Monte Carlo arm and of the
 * distance from the estimate to the draws' percentile.
 *
 * <p>Reported times are read from counts. Asked for any other time up to the horizon, and for covariances, the result
 * replays all its patients, which costs about as much as the simulation did: ask in bulk. The last times that were asked
 * for in bulk are remembered.
 */
public final class SimulationResult implements StateProbabilities, Tabular {

    private final PathEngine engine;
    private final double[] times;
    private final Snapshot reported;
    /** The last replay in bulk: who asks for a curve asks for the next curve, or its intervals, at the same times. */
    private volatile @Nullable Snapshot replayed;

    private final PathEngine.Totals totals;
    private final ErrorModel errors;

    /** Counts on one grid. */
    record Snapshot(TimeGrid grid, PathTally tally) {}

    /**
     * How many times a transition was made within the horizon.
     *
     * @param from the state left
     * @param event why
     * @param to the state entered
     * @param count how many times
     */
    public record TransitionCount(String from, String event, String to, long count) {}

    private SimulationResult(
            PathEngine engine, double[] times, TimeGrid grid, PathEngine.Totals totals, ErrorModel errors) {
        this.engine = engine;
        this.times = times;
        this.reported = new Snapshot(grid, totals.tally());
        this.totals = totals;
        this.errors = errors;
    }

    static SimulationResult run(
            PathEngine engine, double[] times, ParameterDraws draws, double level, LongConsumer progress) {
        // Time 0 is known anyway, and curves are often asked for it.
        double[] withStart = Arrays.copyOf(times, times.length + 1);
        TimeGrid grid = new TimeGrid(withStart);
        PathEngine.Totals totals = engine.run(grid, progress);
        return new SimulationResult(engine, times.clone(), grid, totals, new ErrorModel(engine.patients, level, draws));
    }

    /**
     * The model of fates.
     *
     * @return what was simulated
     * @throws InvalidArgumentException when it was not a model of fates alone: see {@link #multiStateModel()}
     */
    public FateModel model() {
        FateModel fates = engine.model.fates;
        if (fates == null) {
            throw new InvalidArgumentException("the simulated model has hazards or several starts, so that it is no"
                    + " FateModel; allowed: multiStateModel()");
        }
        return fates;
    }

    /**
     * The model.
     *
     * @return what was simulated, a model of fates too
     * @throws InvalidArgumentException when a state of a simulated {@link FateModel} cannot be reached from its start, or
     *     the model was one of step hazards
     */
    public MultiStateModel multiStateModel() {
        MultiStateModel general = engine.model.general;
        if (engine.model.isEmpirical()) {
            throw new InvalidArgumentException("the simulated model has step hazards, so that it is no MultiStateModel;"
                    + " allowed: models of laws or fates");
        }
        return general == null ? MultiStateModel.of(model()) : general;
    }

    List<FateState> stateList() {
        return engine.model.stateList();
    }

    /** In the order of the model. */
    List<String> aliveStates() {
        return stateList().stream()
                .filter(FateState::alive)
                .map(FateState::name)
                .toList();
    }

    /**
     * The unit of all times.
     *
     * @return that of the model
     */
    public DurationUnit unit() {
        return engine.model.unit();
    }

    /**
     * The number of patients.
     *
     * @return at least 1
     */
    public long patients() {
        return engine.patients;
    }

    /**
     * The seed.
     *
     * @return the seed of paths and of parameter draws
     */
    public long seed() {
        return engine.seed;
    }

    /**
     * The number of parameter draws behind the intervals.
     *
     * @return 0 where intervals hold Monte Carlo error only
     */
    public int draws() {
        return errors.draws().count();
    }

    /**
     * The level of the intervals.
     *
     * @return for example 0.95
     */
    public double level() {
        return errors.level();
    }

    /**
     * The reported times.
     *
     * @return in the order asked for
     */
    public double[] times() {
        return times.clone();
    }

    @Override
    public double horizon() {
        return engine.horizon;
    }

    @Override
    public double[] jumpTimes() {
        return new double[0];
    }

    @Override
    public List<String> states() {
        return engine.model.states;
    }

    /**
     * The events of the model.
     *
     * @return their names, in the order of the model
     */
    public List<String> events() {
        return engine.model.events;
    }

    Snapshot snapshot(double... wanted) {
        if (reported.grid.holds(wanted)) {
            return reported;
        }
        Snapshot last = replayed;
        if (last != null && last.grid.holds(wanted)) {
            return last;
        }
        TimeGrid grid = new TimeGrid(wanted);
        Snapshot fresh = new Snapshot(grid, engine.run(grid, done -> {}).tally());
        if (wanted.length > 1) {
            replayed = fresh;
        }
        return fresh;
    }

    private int stateIndex(String state) {
        int index = states().indexOf(state);
        if (index < 0) {
            throw InvalidArgumentException.of("state", state, "one of " + states());
        }
        return index;
    }

    private PointEstimate beyond() {
        return PointEstimate.notEstimable(
                "the time lies beyond the horizon " + NumberText.format(engine.horizon) + " of the simulation");
    }

    @Override
    public PointEstimate probabilityAt(String state, double t) {
        return probabilityIn(List.of(state), t);
    }

    /**
     * P(in one of several states at t), for example {@code model().aliveStates()} for overall survival.
     *
     * @param some names of states
     * @param t the time, t &gt;= 0
     * @return the estimate; not estimable beyond the horizon
     * @throws InvalidArgumentException when a state is unknown, or t is negative or NaN
     */
    public PointEstimate probabilityIn(Collection<String> some, double t) {
        Set<Integer> wanted = new LinkedHashSet<>();
        some.forEach(state -> wanted.add(stateIndex(state)));
        if (Require.time(t) > engine.horizon) {
            return beyond();
        }
        Snapshot at = snapshot(t);
        int j = at.grid.indexOf(t);
        long count = 0;
        double[] parts = new double[engine.model.slots()];
        for (int slot = 0; slot < parts.length; slot++) {
            if (wanted.contains(engine.model.state[slot])) {
                long on = at.tally.on(slot, j);
                count += on;
                parts[slot] = (double) on / engine.patients;
            }
        }
        return errors.share(count, parts);
    }

    /**
     * The Monte Carlo part of the standard error of a state's probability.
     *
     * @param state a state
     * @param t the time, from 0 to the horizon
     * @return sqrt(p (1 - p) / n)
     */
    public double monteCarloErrorAt(String state, double t) {
        return errors.monteCarloError(probabilityAt(state, t).estimate());
    }

    @Override
    public double[][] probabilityValues(double[] wanted) {
        double[][] values = new double[states().size()][wanted.length];
        Snapshot at = snapshot(within(wanted));
        for (int j = 0; j < wanted.length; j++) {
            int place = wanted[j] > engine.horizon ? -1 : at.grid.indexOf(wanted[j]);
            for (int slot = 0; place >= 0 && slot < engine.model.slots(); slot++) {
                values[engine.model.state[slot]][j] += at.tally.on(slot, place);
            }
            for (double[] row : values) {
                row[j] = place < 0 ? Double.NaN : row[j] / engine.patients;
            }
        }
        return values;
    }

    /** The times up to the horizon; throws for those that are not times. */
    double[] within(double[] wanted) {
        List<Double> inside = new ArrayList<>();
        for (double t : wanted) {
            if (Require.time(t) <= engine.horizon) {
                inside.add(t);
            }
        }
        return inside.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /**
     * {@inheritDoc}
     *
     * <p>Holds Monte Carlo error and, where there are draws, that of the parameters; at most 2000 times x states.
     */
    @Override
    public double[][] covariance(double[] wanted) {
        return OccupancyCovariance.of(this, engine, errors.draws(), wanted);
    }

    /**
     * The expected time in a state within the horizon.
     *
     * @param state a state
     * @return the mean over patients
     * @throws InvalidArgumentException when there is no such state
     */
    public PointEstimate meanTime(String state) {
        int s = stateIndex(state);
        if (engine.model.tree == null) {
            return errors.mean(totals.time(s), totals.timeSquared(s), new double[0], engine.horizon);
        }
        double sum = 0;
        double squares = 0;
        double[] parts = new double[engine.model.slots()];
        for (int slot = 0; slot < parts.length; slot++) {
            if (engine.model.state[slot] == s) {
                sum += totals.time(slot);
                squares += totals.timeSquared(slot);
                parts[slot] = totals.time(slot) / engine.patients;
            }
        }
        return errors.mean(sum, squares, parts, engine.horizon);
    }

    /**
     * The share of patients to whom an event has happened.
     *
     * @param event an event of the model
     * @return its cumulative incidence, first occurrences only
     * @throws InvalidArgumentException when there is no such event
     */
    public IncidenceFunction incidence(String event) {
        return incidence(CauseChoice.code("event", event, events()));
    }

    /**
     * The share of patients to whom an event has happened.
     *
     * @param code the event's place in {@link #events()}, from 1
     * @return its cumulative incidence, first occurrences only
     * @throws InvalidArgumentException when there is no such event
     */
    public IncidenceFunction incidence(int code) {
        return new SimulatedIncidence(this, CauseChoice.label("event", code, events()));
    }

    double[] incidenceValues(String event, double[] wanted) {
        Snapshot at = snapshot(within(wanted));
        double[] values = new double[wanted.length];
        for (int j = 0; j < values.length; j++) {
            values[j] = wanted[j] > engine.horizon
                    ? Double.NaN
                    : (double) happened(event, at.tally, at.grid.indexOf(wanted[j])) / engine.patients;
        }
        return values;
    }

    PointEstimate incidenceAt(String event, double t) {
        if (Require.time(t) > engine.horizon) {
            return beyond();
        }
        Snapshot at = snapshot(t);
        return incidence(event, at, at.grid.indexOf(t));
    }

    private PointEstimate incidence(String event, Snapshot at, int place) {
        long count = happened(event, at.tally, place);
        if (engine.model.tree == null) {
            return errors.share(count, new double[0]);
        }
        int index = events().indexOf(event);
        double[] parts = new double[engine.model.slots()];
        for (int slot = 0; slot < parts.length; slot++) {
            if (firstHappensAfter(slot, index)) {
                parts[slot] = (double) at.tally.ended[slot * at.tally.stride + place] / engine.patients;
            }
        }
        return errors.share(count, parts);
    }

    /** The number of patients to whom the event has happened. */
    private long happened(String event, PathTally tally, int place) {
        int index = events().indexOf(event);
        if (engine.model.tree == null) {
            return tally.firstEvents[index * tally.stride + place];
        }
        long count = 0;
        for (int slot = 0; slot < engine.model.slots(); slot++) {
            count += firstHappensAfter(slot, index) ? tally.ended[slot * tally.stride + place] : 0;
        }
        return count;
    }

    private boolean firstHappensAfter(int slot, int event) {
        return engine.model.event[slot] == event && engine.model.first[slot];
    }

    /**
     * The transitions within the horizon.
     *
     * @return one row for each state and fate that leaves it, in the order of the model
     */
    public List<TransitionCount> transitions() {
        return SimulationTables.transitions(engine.model, totals.tally());
    }

    PathEngine engine() {
        return engine;
    }

    /**
     * Compares this cohort with another that shares its patients' luck, patient by patient.
     *
     * @param other a simulation of the same seed, number of patients and unit of time, of this or another model
     * @return the comparison, whose differences are this one minus the other
     * @throws InvalidArgumentException when seed, number of patients or unit differ
     */
    public SimulationComparison compare(SimulationResult other) {
        return SimulationComparison.of(this, other);
    }

    /**
     * Replays one patient.
     *
     * @param patient the number, from 0 to {@link #patients()} - 1
     * @return the path that was simulated
     * @throws InvalidArgumentException when there is no such patient
     */
    public SimulatedPath path(long patient) {
        if (!(patient >= 0 && patient < engine.patients)) {
            throw InvalidArgumentException.of("patient", patient, "0 <= patient < " + engine.patients);
        }
        return engine.path(patient);
    }

    /**
     * What the intervals hold and what they leave out.
     *
     * @return sentences
     */
    public List<String> notes() {
        return SimulationTables.notes(this);
    }

    /**
     * The state probabilities at the reported times.
     *
     * @return columns state, time, probability, std_error, monte_carlo_error, lower, upper
     */
    @Override
    public TidyTable tidy() {
        return SimulationTables.states(this);
    }

    /**
     * The incidences at the reported times.
     *
     * @return columns event, time, probability, std_error, monte_carlo_error, lower, upper
     */
    public TidyTable tidyIncidence() {
        return SimulationTables.incidence(this);
    }

    /**
     * The mean times within the horizon.
     *
     * @return columns state, horizon, mean_time, std_error, lower, upper
     */
    public TidyTable tidyMeanTimes() {
        return SimulationTables.meanTimes(this);
    }

    /**
     * The transitions within the horizon.
     *
     * @return columns from, event, to, count
     */
    public TidyTable tidyTransitions() {
        return SimulationTables.transitionTable(this);
    }

    double monteCarloError(double p) {
        return errors.monteCarloError(p);
    }

    @Override
    public String toString() {
        double last = times.length == 0 ? 0 : times[times.length - 1];
        List<String> parts = new ArrayList<>();
        for (String state : states()) {
            parts.add(state + " " + probabilityAt(state, last));
        }
        return patients() + " patients, seed " + seed() + ", at " + Brief.number(last) + " " + unit().label() + ": "
                + String.join(", ", parts);
    }
}
