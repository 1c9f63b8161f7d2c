package io.engraft.multistate.fit;

import io.engraft.InvalidArgumentException;
import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.curve.StateProbabilities;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.internal.Brief;
import io.engraft.internal.ChunkedRun;
import io.engraft.internal.Percentiles;
import io.engraft.internal.Require;
import io.engraft.internal.csv.NumberText;
import io.engraft.multistate.MultiStateModel;
import io.engraft.multistate.solve.OccupancySolver;
import io.engraft.multistate.solve.SolvedOccupancy;
import java.util.Collection;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;

/**
 * State occupancy of a fitted model, with the uncertainty of its coefficients: estimates are those of the model at the
 * estimated coefficients, standard errors are the standard deviations over models at drawn coefficients, intervals their
 * percentiles. Made by {@link MultiStateFit#occupancy}. Immutable.
 */
public final class FittedOccupancy implements StateProbabilities, Tabular {

    private static final double DRAW_TOLERANCE = 1e-6;
    private static final int DEFAULT_TIMES = 20;

    private final SolvedOccupancy estimate;
    private final SolvedOccupancy[] drawn;
    private final double level;

    private FittedOccupancy(SolvedOccupancy estimate, SolvedOccupancy[] drawn, double level) {
        this.estimate = estimate;
        this.drawn = drawn;
        this.level = level;
    }

    static FittedOccupancy of(
            MultiStateModel model,
            double horizon,
            double level,
            int draws,
            int threads,
            IntFunction<MultiStateModel> drawnModel) {
        SolvedOccupancy estimate = OccupancySolver.withDefaults().solve(model, horizon);
        SolvedOccupancy[] drawn = new SolvedOccupancy[draws];
        OccupancySolver solver = OccupancySolver.withDefaults().withTolerance(DRAW_TOLERANCE);
        ChunkedRun.run(draws, threads, k -> d -> drawn[d] = solver.solve(drawnModel.apply(d), horizon));
        return new FittedOccupancy(estimate, drawn, level);
    }

    /**
     * The curves at the estimated coefficients, taken as known.
     *
     * @return the solution
     */
    public SolvedOccupancy atEstimates() {
        return estimate;
    }

    /**
     * The number of draws.
     *
     * @return at least 100
     */
    public int draws() {
        return drawn.length;
    }

    /**
     * The level of the intervals.
     *
     * @return for example 0.95
     */
    public double level() {
        return level;
    }

    @Override
    public List<String> states() {
        return estimate.states();
    }

    private PointEstimate of(ToDoubleFunction<SolvedOccupancy> quantity) {
        double[] values = new double[drawn.length];
        for (int d = 0; d < values.length; d++) {
            values[d] = quantity.applyAsDouble(drawn[d]);
        }
        double value = quantity.applyAsDouble(estimate);
        double error = Percentiles.standardDeviation(values);
        double[] limits = Percentiles.central(values, level);
        if (values[0] == values[values.length - 1]) {
            return PointEstimate.of(value, 0, Interval.notEstimable(level, "all draws agree"));
        }
        return PointEstimate.of(value, error, Interval.of(limits[0], limits[1], level));
    }

    private PointEstimate at(double t, ToDoubleFunction<SolvedOccupancy> quantity) {
        if (Require.time(t) > horizon()) {
            return PointEstimate.notEstimable(
                    "the time lies beyond the horizon " + NumberText.format(horizon()) + " of the solution");
        }
        return of(quantity);
    }

    @Override
    public PointEstimate probabilityAt(String state, double t) {
        estimate.model().state(state);
        return at(t, solved -> solved.probability(state, t));
    }

    /**
     * P(in one of several states at t), for example alive.
     *
     * @param some states of the model, each once
     * @param t the time, t &gt;= 0
     * @return the estimate; not estimable beyond the horizon
     * @throws InvalidArgumentException when a state is unknown, or t is negative or NaN
     */
    public PointEstimate probabilityIn(Collection<String> some, double t) {
        some.forEach(estimate.model()::state);
        return at(t, solved -> solved.probabilityIn(some, t));
    }

    /**
     * The expected time in a state up to a time.
     *
     * @param state a state of the model
     * @param t the time, t &gt;= 0
     * @return the estimate; not estimable beyond the horizon
     * @throws InvalidArgumentException when the state is unknown, or t is negative or NaN
     */
    public PointEstimate meanTime(String state, double t) {
        estimate.model().state(state);
        return at(t, solved -> solved.meanTime(state, t));
    }

    @Override
    public double[][] probabilityValues(double[] times) {
        return estimate.probabilityValues(times);
    }

    /** {@inheritDoc} Over the draws. */
    @Override
    public double[][] covariance(double[] times) {
        int n = states().size();
        int size = times.length * n;
        double[][] values = new double[drawn.length][size];
        double[] mean = new double[size];
        for (int d = 0; d < drawn.length; d++) {
            double[][] p = drawn[d].probabilityValues(times);
            for (int a = 0; a < size; a++) {
                values[d][a] = p[a % n][a / n];
                mean[a] += values[d][a] / drawn.length;
            }
        }
        double[][] covariance = new double[size][size];
        for (double[] row : values) {
            for (int a = 0; a < size; a++) {
                for (int b = 0; b < size; b++) {
                    covariance[a][b] += (row[a] - mean[a]) * (row[b] - mean[b]) / (drawn.length - 1);
                }
            }
        }
        return covariance;
    }

    @Override
    public double horizon() {
        return estimate.horizon();
    }

    @Override
    public double[] jumpTimes() {
        return new double[0];
    }

    /**
     * The curves at twenty equally spaced times up to the horizon, as a table.
     *
     * @return columns state, time, probability, std_error, lower, upper
     */
    @Override
    public TidyTable tidy() {
        double[] times = new double[DEFAULT_TIMES];
        for (int j = 0; j < times.length; j++) {
            times[j] = horizon() * (j + 1) / DEFAULT_TIMES;
        }
        return tidy(times);
    }

    /**
     * The curves at some times, as a table.
     *
     * @param times the times
     * @return columns state, time, probability, std_error, lower, upper
     */
    public TidyTable tidy(double[] times) {
        TidyTable.Builder table = TidyTable.builder()
                .text("state")
                .number("time")
                .number("probability")
                .number("std_error")
                .number("lower")
                .number("upper");
        for (String state : states()) {
            for (double t : times) {
                PointEstimate p = probabilityAt(state, t);
                table.row(
                        state,
                        t,
                        p.optional().orElse(Double.NaN),
                        p.standardError().orElse(Double.NaN),
                        p.interval().lower().orElse(Double.NaN),
                        p.interval().upper().orElse(Double.NaN));
            }
        }
        return table.build();
    }

    @Override
    public String toString() {
        return estimate + ", " + Brief.count(drawn.length, "draw");
    }
}
