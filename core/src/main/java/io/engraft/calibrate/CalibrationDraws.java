package io.engraft.calibrate;

import io.engraft.EngraftException;
import io.engraft.InvalidArgumentException;
import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.internal.Brief;
import io.engraft.internal.ChunkedRun;
import io.engraft.multistate.MultiStateModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;

/**
 * Draws of the open numbers of a calibrated model, with weights, and what they say of any parameter or quantity:
 * standard deviation and the interval that leaves half of 1 - level of the draws on each side. Made by
 * {@link TargetSampling} or {@link PosteriorSampling}.
 */
public final class CalibrationDraws implements Tabular {

    private final Combination combination;
    private final double[] centre;
    private final double[][] draws;
    private final double[] weights;
    private final int asked;
    private final double level;
    private final int threads;
    private final double horizon;
    private final String reason;

    CalibrationDraws(
            CalibratedModel model,
            double[] centre,
            double[][] draws,
            double[] weights,
            int asked,
            double level,
            int threads,
            String reason) {
        this.combination = model.objective().combination();
        this.horizon = model.objective().horizon();
        this.centre = centre.clone();
        this.draws = draws;
        this.weights = weights;
        this.asked = asked;
        this.level = level;
        this.threads = threads;
        this.reason = reason;
    }

    /**
     * How many draws led to a model.
     *
     * @return at most as many as were asked for
     */
    public int size() {
        return draws.length;
    }

    /**
     * How many draws led to none: drawn targets that no values meet, or a search without end.
     *
     * @return the number, 0 for a posterior
     */
    public int failed() {
        return asked - draws.length;
    }

    /**
     * How many independent draws of equal weight these are worth: (sum w)^2 / sum w^2.
     *
     * @return at most {@link #size()}
     */
    public double effectiveSampleSize() {
        double sum = 0;
        double squares = 0;
        for (double w : weights) {
            sum += w;
            squares += w * w;
        }
        return squares > 0 ? sum * sum / squares : 0;
    }

    /**
     * Whether the draws may be used.
     *
     * @return false where too many failed or weights are too uneven; then estimates are not estimable
     */
    public boolean isReliable() {
        return reason.isEmpty();
    }

    /**
     * Why the draws may not be used.
     *
     * @return the reason, empty where they may
     */
    public String reason() {
        return reason;
    }

    /**
     * An open number.
     *
     * @param name its name
     * @return the value at the solution (of a posterior, the mean), with the draws' standard deviation and interval
     * @throws InvalidArgumentException when there is no such open number
     */
    public PointEstimate parameter(String name) {
        int j = combination.names().indexOf(name);
        if (j < 0) {
            throw InvalidArgumentException.of("parameter", name, "one of " + combination.names());
        }
        return estimate(x -> combination.natural(x)[j]);
    }

    /**
     * Any quantity, such as a curve at a chosen time.
     *
     * @param quantity a probability, or a time
     * @return the value at the solution (of a posterior, the mean), with the draws' standard deviation and interval
     */
    public PointEstimate quantity(ModelQuantity quantity) {
        return estimate(x -> new ModelReading(combination.model(x), horizon).value(quantity));
    }

    /**
     * Several quantities; each draw's model is solved once for all of them.
     *
     * @param quantities probabilities and times
     * @return what {@link #quantity} gives of each, in their order
     */
    public List<PointEstimate> quantities(List<ModelQuantity> quantities) {
        return estimates(quantities.size(), x -> {
            ModelReading reading = new ModelReading(combination.model(x), horizon);
            return j -> reading.value(quantities.get(j));
        });
    }

    private PointEstimate estimate(ToDoubleFunction<double[]> f) {
        return estimates(1, x -> j -> f.applyAsDouble(x)).get(0);
    }

    private List<PointEstimate> estimates(int count, Function<double[], IntToDoubleFunction> readings) {
        if (!isReliable()) {
            return Collections.nCopies(count, PointEstimate.notEstimable(reason));
        }
        double[][] values = new double[count][draws.length];
        ChunkedRun.run(draws.length, threads, thread -> i -> {
            IntToDoubleFunction reading = readings.apply(draws[i]);
            for (int j = 0; j < count; j++) {
                values[j][i] = known(reading, j);
            }
        });
        List<PointEstimate> estimates = new ArrayList<>();
        IntToDoubleFunction middle = centre.length == 0 ? j -> Double.NaN : readings.apply(centre);
        for (int j = 0; j < count; j++) {
            estimates.add(estimate(values[j], middle, j));
        }
        return estimates;
    }

    /** NaN where a draw does not reach what is asked for. */
    private static double known(IntToDoubleFunction reading, int quantity) {
        try {
            return reading.applyAsDouble(quantity);
        } catch (EngraftException notReached) {
            return Double.NaN;
        }
    }

    private PointEstimate estimate(double[] values, IntToDoubleFunction middle, int quantity) {
        long missing = Arrays.stream(values).filter(Double::isNaN).count();
        if (missing > 0) {
            return PointEstimate.notEstimable(missing + " of " + draws.length + " draws have no such value");
        }
        double total = Arrays.stream(weights).sum();
        double mean = 0;
        for (int i = 0; i < values.length; i++) {
            mean += weights[i] / total * values[i];
        }
        double variance = 0;
        for (int i = 0; i < values.length; i++) {
            variance += weights[i] / total * (values[i] - mean) * (values[i] - mean);
        }
        double[] limits = limits(values, total);
        double value = centre.length == 0 ? mean : middle.applyAsDouble(quantity);
        return PointEstimate.of(value, Math.sqrt(variance), Interval.of(limits[0], limits[1], level));
    }

    private double[] limits(double[] values, double total) {
        Integer[] order = new Integer[values.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Double.compare(values[a], values[b]));
        return new double[] {
            quantile(values, order, total, (1 - level) / 2), quantile(values, order, total, (1 + level) / 2)
        };
    }

    /** Linear between draws, each standing at the middle of its weight. */
    private double quantile(double[] values, Integer[] order, double total, double p) {
        double before = 0;
        double lastAt = 0;
        double last = values[order[0]];
        for (Integer i : order) {
            double at = (before + weights[i] / 2) / total;
            if (at >= p) {
                double share = at > lastAt ? (p - lastAt) / (at - lastAt) : 1;
                return last + share * (values[i] - last);
            }
            before += weights[i];
            lastAt = at;
            last = values[i];
        }
        return last;
    }

    /**
     * The open numbers of one draw.
     *
     * @param draw its number, from 0
     * @return values in the order of the names of {@link CalibratedModel#parameters()}
     * @throws InvalidArgumentException when there is no such draw
     */
    public double[] parameters(int draw) {
        return combination.natural(checked(draw));
    }

    /**
     * The model of one draw, to be solved or simulated.
     *
     * @param draw its number, from 0
     * @return the model
     * @throws InvalidArgumentException when there is no such draw
     */
    public MultiStateModel model(int draw) {
        return combination.model(checked(draw));
    }

    /**
     * The weight of one draw.
     *
     * @param draw its number, from 0
     * @return its share of all weight
     * @throws InvalidArgumentException when there is no such draw
     */
    public double weight(int draw) {
        checked(draw);
        return weights[draw] / Arrays.stream(weights).sum();
    }

    private double[] checked(int draw) {
        if (draw < 0 || draw >= draws.length) {
            throw InvalidArgumentException.of("draw", draw, "0 to " + (draws.length - 1));
        }
        return draws[draw];
    }

    /**
     * All open numbers.
     *
     * @return columns parameter, estimate, std_error, lower, upper; missing where the draws may not be used
     */
    @Override
    public TidyTable tidy() {
        TidyTable.Builder table = columns("parameter");
        for (String name : combination.names()) {
            row(table, name, parameter(name));
        }
        return table.build();
    }

    /**
     * Quantities, such as a curve at several times.
     *
     * @param quantities what to tabulate
     * @return columns quantity, estimate, std_error, lower, upper; missing where the draws may not be used
     */
    public TidyTable tidy(List<ModelQuantity> quantities) {
        TidyTable.Builder table = columns("quantity");
        List<PointEstimate> estimates = quantities(quantities);
        for (int j = 0; j < estimates.size(); j++) {
            row(table, quantities.get(j).toString(), estimates.get(j));
        }
        return table.build();
    }

    private static TidyTable.Builder columns(String first) {
        return TidyTable.builder()
                .text(first)
                .number("estimate")
                .number("std_error")
                .number("lower")
                .number("upper");
    }

    private static void row(TidyTable.Builder table, String name, PointEstimate p) {
        table.row(
                name,
                p.optional().orElse(Double.NaN),
                p.standardError().orElse(Double.NaN),
                p.interval().lower().orElse(Double.NaN),
                p.interval().upper().orElse(Double.NaN));
    }

    @Override
    public String toString() {
        return Brief.count(draws.length, "draw") + " worth " + Brief.number(effectiveSampleSize())
                + (reason.isEmpty() ? "" : ", not to be used: " + reason);
    }
}
