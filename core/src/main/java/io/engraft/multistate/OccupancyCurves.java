package io.engraft.multistate;

import io.engraft.InvalidArgumentException;
import io.engraft.curve.IncidenceFunction;
import io.engraft.curve.PointEstimate;
import io.engraft.curve.StateProbabilities;
import io.engraft.data.TidyTable;
import io.engraft.internal.AdaptiveQuadrature;
import io.engraft.internal.Require;
import java.util.Collection;
import java.util.List;

/**
 * P(in state j at t) of a model at fixed parameters, up to a horizon, with a bound on the numerical error. Made by
 * {@link OccupancySolver}.
 */
public final class OccupancyCurves implements StateProbabilities {

    private final FateTree tree;
    private final List<SumOfTimes> ends;
    private final double horizon;
    private final double error;

    OccupancyCurves(FateTree tree, List<SumOfTimes> ends, double horizon) {
        this.tree = tree;
        this.ends = List.copyOf(ends);
        this.horizon = horizon;
        double worst = 0;
        for (FateTree.Branch branch : tree.branches()) {
            if (branch.fate().leaves()) {
                // Each end counts twice, in the state that is left and in the one that is entered; one state sees it
                // once.
                worst += branch.probability() * ends.get(branch.index()).error();
            }
        }
        this.error = worst;
    }

    /**
     * The model.
     *
     * @return what was solved
     */
    public FateModel model() {
        return tree.model();
    }

    /**
     * A bound, by the method's own estimates, on the absolute error of every probability.
     *
     * @return the bound
     */
    public double errorEstimate() {
        return error;
    }

    @Override
    public List<String> states() {
        return tree.model().stateNames();
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
        tree.model().state(state);
        if (!(t >= 0 && t <= horizon)) {
            throw InvalidArgumentException.of("time", t, "0 <= time <= " + horizon);
        }
        double sum = 0;
        for (FateTree.Branch branch : tree.branches()) {
            if (branch.state().equals(state) && branch.probability() > 0) {
                double entered =
                        branch.parent() < 0 ? 1 : ends.get(branch.parent()).at(t);
                double left = branch.fate().leaves() ? ends.get(branch.index()).at(t) : 0;
                sum += branch.probability() * (entered - left);
            }
        }
        return Math.min(1, Math.max(0, sum));
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
        for (String state : some) {
            sum += probability(state, t);
        }
        return Math.min(1, sum);
    }

    @Override
    public PointEstimate probabilityAt(String state, double t) {
        tree.model().state(state);
        return Require.time(t) > horizon ? beyond() : PointEstimate.exact(probability(state, t));
    }

    private PointEstimate beyond() {
        return PointEstimate.notEstimable("the time lies beyond the horizon " + horizon + " of the solution");
    }

    @Override
    public double[][] probabilityValues(double[] times) {
        List<String> names = states();
        double[][] values = new double[names.size()][times.length];
        for (int s = 0; s < names.size(); s++) {
            for (int j = 0; j < times.length; j++) {
                values[s][j] = Require.time(times[j]) > horizon ? Double.NaN : probability(names.get(s), times[j]);
            }
        }
        return values;
    }

    @Override
    public double[][] covariance(double[] times) {
        int states = states().size();
        double[][] matrix = new double[times.length * states][times.length * states];
        for (int j = 0; j < times.length; j++) {
            if (Require.time(times[j]) > horizon) {
                for (int k = 0; k < matrix.length; k++) {
                    for (int s = 0; s < states; s++) {
                        matrix[j * states + s][k] = Double.NaN;
                        matrix[k][j * states + s] = Double.NaN;
                    }
                }
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
     * The cumulative incidence of an event's first occurrence.
     *
     * @param event an event of the model
     * @return P(the event has happened by t)
     * @throws InvalidArgumentException when the model has no such event
     */
    public IncidenceFunction incidence(String event) {
        if (!tree.model().events().contains(event)) {
            throw InvalidArgumentException.of(
                    "event", event, "one of " + tree.model().events());
        }
        return new EventIncidence(event);
    }

    /**
     * The expected time in a state within the horizon.
     *
     * @param state a state of the model
     * @return the integral of its probability over [0, horizon]
     */
    public double meanTime(String state) {
        tree.model().state(state);
        return AdaptiveQuadrature.integrate(t -> probability(state, t), 0, horizon, Math.max(error, 1e-10) * horizon, 0)
                .value();
    }

    /**
     * The curves at some times, as a table.
     *
     * @param times the times
     * @return columns state, time, probability
     */
    public TidyTable tidy(double[] times) {
        double[][] values = probabilityValues(times);
        TidyTable.Builder table =
                TidyTable.builder().text("state").number("time").number("probability");
        for (int s = 0; s < values.length; s++) {
            for (int j = 0; j < times.length; j++) {
                table.row(states().get(s), times[j], values[s][j]);
            }
        }
        return table.build();
    }

    private final class EventIncidence implements IncidenceFunction {

        private final String event;

        EventIncidence(String event) {
            this.event = event;
        }

        @Override
        public String cause() {
            return event;
        }

        private double value(double t) {
            if (Require.time(t) > horizon) {
                return Double.NaN;
            }
            double sum = 0;
            for (FateTree.Branch branch : tree.branches()) {
                if (branch.first() && branch.fate().event().equals(event)) {
                    sum += branch.probability() * ends.get(branch.index()).at(t);
                }
            }
            return sum;
        }

        @Override
        public PointEstimate incidenceAt(double t) {
            double value = value(t);
            return Double.isNaN(value) ? beyond() : PointEstimate.exact(value);
        }

        @Override
        public double[] incidenceValues(double[] times) {
            double[] values = new double[times.length];
            for (int j = 0; j < times.length; j++) {
                values[j] = value(times[j]);
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
}
