package io.engraft.multistate.solve;

import io.engraft.InvalidArgumentException;
import io.engraft.curve.IncidenceFunction;
import io.engraft.curve.PointEstimate;
import io.engraft.curve.StateProbabilities;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.internal.Brief;
import io.engraft.internal.CauseChoice;
import io.engraft.internal.Require;
import io.engraft.internal.csv.NumberText;
import io.engraft.multistate.MultiStateModel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;

/**
 * The curves of a {@link MultiStateModel} up to a horizon, without simulation noise: P(in state j at t), the expected
 * time in a state, the incidence of events and of first entry into a state. Made by {@link OccupancySolver}.
 */
public final class SolvedOccupancy implements StateProbabilities, Tabular {

    private static final int DEFAULT_TIMES = 20;

    private final MultiStateModel model;
    private final KernelModel kernel;
    private final double horizon;
    private final OccupancyMethod method;
    private final ModelCurves curves;
    private final Function<KernelModel, ModelCurves> solver;
    /** Solutions of models that end where something happens for the first time, made when asked for. */
    private final Map<Integer, ModelCurves> firstEvents = new ConcurrentHashMap<>();

    private final Map<Integer, ModelCurves> firstEntries = new ConcurrentHashMap<>();

    SolvedOccupancy(
            MultiStateModel model,
            KernelModel kernel,
            double horizon,
            OccupancyMethod method,
            Function<KernelModel, ModelCurves> solver) {
        this.model = model;
        this.kernel = kernel;
        this.horizon = horizon;
        this.method = method;
        this.solver = solver;
        this.curves = solver.apply(kernel);
    }

    /**
     * The model.
     *
     * @return what was solved
     */
    public MultiStateModel model() {
        return model;
    }

    /**
     * How the curves were computed.
     *
     * @return the method
     */
    public OccupancyMethod method() {
        return method;
    }

    /**
     * The method's own estimate of the absolute error of every probability: the sum over panels of the last
     * coefficients of their polynomials, or rounding for matrix exponentials.
     *
     * @return the estimate
     */
    public double errorEstimate() {
        return curves.error();
    }

    @Override
    public List<String> states() {
        return model.stateNames();
    }

    private int index(String state) {
        model.state(state);
        return model.stateNames().indexOf(state);
    }

    private double inside(double t) {
        if (!(t >= 0 && t <= horizon)) {
            throw InvalidArgumentException.of("time", t, "0 <= time <= " + horizon);
        }
        return t;
    }

    private static double share(double p) {
        return Math.min(1, Math.max(0, p));
    }

    /**
     * P(in state at t) as a number.
     *
     * @param state a state of the model
     * @param t the time, 0 &lt;= t &lt;= horizon
     * @return the probability
     * @throws InvalidArgumentException when the state is unknown or t is outside [0, horizon]
     */
    public double probability(String state, double t) {
        return share(curves.probability(index(state), inside(t)));
    }

    /**
     * P(in one of several states at t), for example alive.
     *
     * @param some states of the model, each once
     * @param t the time, 0 &lt;= t &lt;= horizon
     * @return the probability
     */
    public double probabilityIn(Collection<String> some, double t) {
        double sum = 0;
        for (String state : Require.distinct("states", some, "each state once")) {
            sum += probability(state, t);
        }
        return Math.min(1, sum);
    }

    @Override
    public PointEstimate probabilityAt(String state, double t) {
        index(state);
        return Require.time(t) > horizon ? beyond() : PointEstimate.exact(probability(state, t));
    }

    private PointEstimate beyond() {
        return PointEstimate.notEstimable(
                "the time lies beyond the horizon " + NumberText.format(horizon) + " of the solution");
    }

    @Override
    public double[][] probabilityValues(double[] times) {
        double[][] values = new double[kernel.states][times.length];
        for (int j = 0; j < times.length; j++) {
            boolean known = Require.time(times[j]) <= horizon;
            for (int s = 0; s < values.length; s++) {
                values[s][j] = known ? share(curves.probability(s, times[j])) : Double.NaN;
            }
        }
        return values;
    }

    @Override
    public double[][] covariance(double[] times) {
        int n = kernel.states;
        double[][] matrix = new double[times.length * n][times.length * n];
        for (int a = 0; a < matrix.length; a++) {
            for (int b = 0; b < matrix.length; b++) {
                boolean known = Require.time(times[a / n]) <= horizon && Require.time(times[b / n]) <= horizon;
                matrix[a][b] = known ? 0 : Double.NaN;
            }
        }
        return matrix;
    }

    @Override
    public double horizon() {
        return horizon;
    }

    @Override
    public double[] jumpTimes() {
        return new double[0];
    }

    /**
     * The expected time in a state within the horizon.
     *
     * @param state a state of the model
     * @return the integral of its probability over [0, horizon]
     */
    public double meanTime(String state) {
        return meanTime(state, horizon);
    }

    /**
     * The expected time in a state up to a time.
     *
     * @param state a state of the model
     * @param t the time, 0 &lt;= t &lt;= horizon
     * @return the integral of its probability over [0, t]
     * @throws InvalidArgumentException when the state is unknown or t is outside [0, horizon]
     */
    public double meanTime(String state, double t) {
        return Math.max(0, curves.timeIn(index(state), inside(t)));
    }

    /**
     * The expected number of visits to a state up to a time.
     *
     * @param state a state of the model
     * @param t the time, 0 &lt;= t &lt;= horizon
     * @return entries by t, the share that starts there included
     * @throws InvalidArgumentException when the state is unknown or t is outside [0, horizon]
     */
    public double expectedVisits(String state, double t) {
        return Math.max(0, curves.entries(index(state), inside(t)));
    }

    /**
     * The cumulative incidence of an event's first occurrence.
     *
     * @param event an event of the model
     * @return P(the event has happened by t)
     * @throws InvalidArgumentException when the model has no such event
     */
    public IncidenceFunction incidence(String event) {
        int e = CauseChoice.code("event", event, model.events()) - 1;
        if (!kernel.canRepeat(e)) {
            return new Incidence(event, t -> curves.events(e, t));
        }
        ModelCurves first = firstEvents.computeIfAbsent(e, key -> solver.apply(kernel.ending(key)));
        return new Incidence(event, t -> first.probability(kernel.states, t));
    }

    /**
     * The cumulative incidence of an event's first occurrence.
     *
     * @param code the event's place in the model's list of events, from 1
     * @return P(the event has happened by t)
     * @throws InvalidArgumentException when the model has no such event
     */
    public IncidenceFunction incidence(int code) {
        return incidence(CauseChoice.label("event", code, model.events()));
    }

    /**
     * The cumulative incidence of the first entry into a state.
     *
     * @param state a state of the model
     * @return P(the state was entered by t); those who start there have entered it at time 0
     * @throws InvalidArgumentException when the model has no such state
     */
    public IncidenceFunction firstEntry(String state) {
        int s = index(state);
        boolean again = kernel.isOnCycle(s) || (kernel.start[s] > 0 && kernel.isEntered(s));
        if (!again) {
            return new Incidence(state, t -> curves.entries(s, t));
        }
        ModelCurves first = firstEntries.computeIfAbsent(s, key -> solver.apply(kernel.absorbing(key)));
        return new Incidence(state, t -> first.probability(s, t));
    }

    /**
     * The curves at twenty equally spaced times up to the horizon, as a table.
     *
     * @return columns state, time, probability, mean_time
     */
    @Override
    public TidyTable tidy() {
        double[] times = new double[DEFAULT_TIMES];
        for (int j = 0; j < times.length; j++) {
            times[j] = horizon * (j + 1) / DEFAULT_TIMES;
        }
        return tidy(times);
    }

    /**
     * The curves at some times, as a table.
     *
     * @param times the times
     * @return columns state, time, probability, mean_time (the expected time in the state so far)
     */
    public TidyTable tidy(double[] times) {
        double[][] values = probabilityValues(times);
        TidyTable.Builder table = TidyTable.builder()
                .text("state")
                .number("time")
                .number("probability")
                .number("mean_time");
        for (int s = 0; s < values.length; s++) {
            for (int j = 0; j < times.length; j++) {
                double mean = times[j] <= horizon ? meanTime(states().get(s), times[j]) : Double.NaN;
                table.row(states().get(s), times[j], values[s][j], mean);
            }
        }
        return table.build();
    }

    private final class Incidence implements IncidenceFunction {

        private final String cause;
        private final DoubleUnaryOperator value;

        Incidence(String cause, DoubleUnaryOperator value) {
            this.cause = cause;
            this.value = value;
        }

        @Override
        public String cause() {
            return cause;
        }

        @Override
        public PointEstimate incidenceAt(double t) {
            return Require.time(t) > horizon ? beyond() : PointEstimate.exact(share(value.applyAsDouble(t)));
        }

        @Override
        public double[] incidenceValues(double[] times) {
            double[] values = new double[times.length];
            for (int j = 0; j < times.length; j++) {
                values[j] = Require.time(times[j]) > horizon ? Double.NaN : share(value.applyAsDouble(times[j]));
            }
            return values;
        }

        @Override
        public double horizon() {
            return horizon;
        }

        @Override
        public double[] jumpTimes() {
            return new double[0];
        }
    }

    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        for (String state : states()) {
            parts.add(state + " " + Brief.number(probability(state, horizon)));
        }
        return "occupancy at " + Brief.number(horizon) + " " + model.unit().label() + ": " + String.join(", ", parts);
    }
}
