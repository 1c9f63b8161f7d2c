package io.engraft.multistate.solve;

import io.engraft.InvalidArgumentException;
import io.engraft.curve.IncidenceFunction;
import io.engraft.curve.PointEstimate;
import io.engraft.curve.StateProbabilities;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.internal.Brief;
import io.engraft.internal.Require;
import io.engraft.internal.csv.NumberText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * The curves of an {@link EmpiricalMultiStateModel} up to a horizon: right-continuous step functions, exact but for
 * rounding. The model is taken as known: the uncertainty of an estimate from data is that of
 * {@link io.engraft.estimate.states.OccupancyEstimate}. Made by {@link OccupancySolver}. Immutable.
 */
public final class EmpiricalOccupancy implements StateProbabilities, Tabular {

    private final EmpiricalMultiStateModel model;
    private final double horizon;
    private final StepProduct product;
    private final int points;
    private final double[] start;
    private final StepProduct.Course course;
    /** The time in each state up to each point, from time 0. */
    private final double[][] spent;

    EmpiricalOccupancy(EmpiricalMultiStateModel model, double horizon) {
        this.model = model;
        this.horizon = horizon;
        this.product = new StepProduct(model);
        this.points = product.pointsUpTo(horizon);
        this.start = new double[product.states];
        model.starts().forEach((state, share) -> start[model.index(state)] = share);
        this.course = product.forward(start, 0, points, -1);
        this.spent = new double[points + 1][product.states];
        for (int i = 1; i <= points; i++) {
            double length = product.time[i - 1] - (i == 1 ? 0 : product.time[i - 2]);
            for (int j = 0; j < product.states; j++) {
                spent[i][j] = spent[i - 1][j] + length * course.probability[i - 1][j];
            }
        }
    }

    /**
     * The model.
     *
     * @return what was solved
     */
    public EmpiricalMultiStateModel model() {
        return model;
    }

    @Override
    public List<String> states() {
        return model.states();
    }

    private double inside(double t) {
        if (!(t >= 0 && t <= horizon)) {
            throw InvalidArgumentException.of("time", t, "0 <= time <= " + horizon);
        }
        return t;
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
        return course.probability[product.pointsUpTo(inside(t))][model.index(state)];
    }

    /**
     * P(in one of several states at t), for example alive.
     *
     * @param some states of the model, each once
     * @param t the time, 0 &lt;= t &lt;= horizon
     * @return the probability
     * @throws InvalidArgumentException when a state is unknown or t is outside [0, horizon]
     */
    public double probabilityIn(Collection<String> some, double t) {
        double sum = 0;
        for (String state : Require.distinct("states", some, "each state once")) {
            sum += probability(state, t);
        }
        return Math.min(1, sum);
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
        int at = product.pointsUpTo(inside(t));
        int j = model.index(state);
        double since = t - (at == 0 ? 0 : product.time[at - 1]);
        return spent[at][j] + since * course.probability[at][j];
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
        int j = model.index(state);
        return start[j] + course.entries[product.pointsUpTo(inside(t))][j];
    }

    /**
     * The cumulative incidence of the first entry into a state.
     *
     * @param state a state of the model
     * @return P(the state was entered by t); those who start there have entered it at time 0
     * @throws InvalidArgumentException when the model has no such state
     */
    public IncidenceFunction firstEntry(String state) {
        int j = model.index(state);
        double[][] first = product.forward(start, 0, points, j).probability;
        return new FirstEntry(state, t -> Math.min(1, first[product.pointsUpTo(t)][j]));
    }

    private PointEstimate beyond() {
        return PointEstimate.notEstimable(
                "the time lies beyond the horizon " + NumberText.format(horizon) + " of the solution");
    }

    @Override
    public PointEstimate probabilityAt(String state, double t) {
        model.index(state);
        return Require.time(t) > horizon ? beyond() : PointEstimate.exact(probability(state, t));
    }

    @Override
    public double[][] probabilityValues(double[] times) {
        double[][] values = new double[product.states][times.length];
        for (int x = 0; x < times.length; x++) {
            boolean known = Require.time(times[x]) <= horizon;
            double[] p = known ? course.probability[product.pointsUpTo(times[x])] : new double[0];
            for (int j = 0; j < values.length; j++) {
                values[j][x] = known ? p[j] : Double.NaN;
            }
        }
        return values;
    }

    @Override
    public double[][] covariance(double[] times) {
        int n = product.states;
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
        return Arrays.copyOf(product.time, points);
    }

    /**
     * The curves at their jumps, as a table.
     *
     * @return columns state, time, probability, mean_time (the expected time in the state so far)
     */
    @Override
    public TidyTable tidy() {
        TidyTable.Builder table = TidyTable.builder()
                .text("state")
                .number("time")
                .number("probability")
                .number("mean_time");
        for (String state : states()) {
            for (double t : jumpTimes()) {
                table.row(state, t, probability(state, t), meanTime(state, t));
            }
        }
        return table.build();
    }

    private final class FirstEntry implements IncidenceFunction {

        private final String cause;
        private final DoubleUnaryOperator value;

        FirstEntry(String cause, DoubleUnaryOperator value) {
            this.cause = cause;
            this.value = value;
        }

        @Override
        public String cause() {
            return cause;
        }

        @Override
        public PointEstimate incidenceAt(double t) {
            return Require.time(t) > horizon ? beyond() : PointEstimate.exact(value.applyAsDouble(t));
        }

        @Override
        public double[] incidenceValues(double[] times) {
            double[] values = new double[times.length];
            for (int x = 0; x < times.length; x++) {
                values[x] = Require.time(times[x]) > horizon ? Double.NaN : value.applyAsDouble(times[x]);
            }
            return values;
        }

        @Override
        public double horizon() {
            return horizon;
        }

        @Override
        public double[] jumpTimes() {
            return EmpiricalOccupancy.this.jumpTimes();
        }
    }

    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        for (String state : states()) {
            parts.add(state + " " + Brief.number(probability(state, horizon)));
        }
        return "occupancy at " + Brief.number(horizon) + ": " + String.join(", ", parts);
    }
}
