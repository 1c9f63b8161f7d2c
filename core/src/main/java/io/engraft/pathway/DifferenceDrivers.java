package io.engraft.pathway;

import io.engraft.CheckReturnValue;
import io.engraft.InvalidArgumentException;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.internal.Brief;
import io.engraft.internal.Parallel;
import io.engraft.internal.Require;
import io.engraft.multistate.MultiStateModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;

/**
 * What moves the difference of overall survival between two models: P(alive) of the first minus that of the second at one
 * time, with one assumption at the low and at the high end of its range and all others as they are. An assumption that
 * both models have under one id moves in both, in each to the end of its own range. One to which the two give different
 * values is a part of what is compared: it stays, and is no driver. By the solver, to 1e-6. Immutable.
 */
@CheckReturnValue
public final class DifferenceDrivers implements Tabular {

    /** Differences closer than what the solver promises do not decide an order. */
    private static final double RESOLUTION = 1e-6;

    /**
     * An assumption and what its range does to the difference.
     *
     * @param assumption that of the first model, or of the second where only it has one
     * @param atLow the difference with the assumption at its low end; NaN where that makes a model impossible
     * @param atHigh the difference with the assumption at its high end; NaN where that makes a model impossible
     */
    public record Driver(Assumption assumption, double atLow, double atHigh) {

        /** By how much the range moves the difference; nothing where an end is impossible. */
        private double width() {
            double width = Math.abs(atHigh - atLow);
            return Double.isNaN(width) ? -1 : Math.rint(width / RESOLUTION);
        }
    }

    private final double time;
    private final double stated;
    private final List<Driver> drivers;

    private DifferenceDrivers(double time, double stated, List<Driver> drivers) {
        this.time = time;
        this.stated = stated;
        this.drivers = List.copyOf(drivers);
    }

    /**
     * The drivers of a difference.
     *
     * @param first a model
     * @param second the model it is compared with
     * @param time the time, positive, in the unit of the models
     * @return the drivers
     * @throws InvalidArgumentException when the time is not positive, or the models have different units
     */
    public static DifferenceDrivers of(ModelFile first, ModelFile second, double time) {
        Require.positive("time", time);
        if (first.model().unit() != second.model().unit()) {
            throw InvalidArgumentException.of(
                    "time unit of model '" + second.name() + "'",
                    second.model().unit().label(),
                    first.model().unit().label() + ", that of model '" + first.name() + "'");
        }
        List<Assumption> moved = moved(first, second);
        double[] mine = alive(first, moved, time);
        double[] theirs = alive(second, moved, time);
        List<Driver> drivers = new ArrayList<>();
        for (int k = 0; k < moved.size(); k++) {
            drivers.add(
                    new Driver(moved.get(k), mine[2 * k + 1] - theirs[2 * k + 1], mine[2 * k + 2] - theirs[2 * k + 2]));
        }
        drivers.sort(Comparator.comparingDouble(Driver::width).reversed());
        return new DifferenceDrivers(time, mine[0] - theirs[0], drivers);
    }

    private static List<Assumption> moved(ModelFile first, ModelFile second) {
        Map<String, Assumption> mine = byId(first);
        Map<String, Assumption> theirs = byId(second);
        Map<String, Assumption> all = new LinkedHashMap<>(mine);
        theirs.forEach(all::putIfAbsent);
        all.values().removeIf(a -> {
            Assumption other = theirs.get(a.id());
            return other != null && other.value() != a.value();
        });
        return List.copyOf(all.values());
    }

    private static Map<String, Assumption> byId(ModelFile model) {
        Map<String, Assumption> found = new LinkedHashMap<>();
        model.pathway()
                .ifPresent(
                        pathway -> pathway.assumptions().forEach(assumption -> found.put(assumption.id(), assumption)));
        return found;
    }

    /** P(alive) as stated, then with each assumption at its low and its high end; as stated where the model has none. */
    private static double[] alive(ModelFile file, List<Assumption> moved, double time) {
        Map<String, Assumption> own = byId(file);
        ToDoubleFunction<MultiStateModel> alive = PathwayModel.aliveIn(time);
        double[] values = new double[2 * moved.size() + 1];
        values[0] = alive.applyAsDouble(file.model());
        AtomicInteger next = new AtomicInteger(1);
        Parallel.run(Parallel.pieces(values.length, 1), piece -> {
            for (int k = next.getAndIncrement(); k < values.length; k = next.getAndIncrement()) {
                Assumption assumption = own.get(moved.get((k - 1) / 2).id());
                values[k] = assumption == null ? values[0] : atEnd(file, assumption, k % 2 == 1, alive);
            }
        });
        return values;
    }

    private static double atEnd(
            ModelFile file, Assumption assumption, boolean low, ToDoubleFunction<MultiStateModel> alive) {
        Optional<PathwayModel> changed = file.pathway()
                .flatMap(pathway -> pathway.ifPossible(assumption.id(), low ? assumption.low() : assumption.high()));
        return changed.map(pathway -> alive.applyAsDouble(pathway.multiStateModel()))
                .orElse(Double.NaN);
    }

    /**
     * The time at which survival is compared.
     *
     * @return the time
     */
    public double time() {
        return time;
    }

    /**
     * The difference with every assumption as it is.
     *
     * @return P(alive) of the first model minus that of the second
     */
    public double stated() {
        return stated;
    }

    /**
     * The assumptions.
     *
     * @return those that move the difference most first, then those that are impossible at an end
     */
    public List<Driver> drivers() {
        return drivers;
    }

    /**
     * The drivers as a table.
     *
     * @return columns assumption, text, low, value, high, at_low, at_value, at_high
     */
    @Override
    public TidyTable tidy() {
        TidyTable.Builder table = TidyTable.builder()
                .text("assumption")
                .text("text")
                .number("low")
                .number("value")
                .number("high")
                .number("at_low")
                .number("at_value")
                .number("at_high");
        for (Driver d : drivers) {
            Assumption a = d.assumption();
            table.row(a.id(), a.text(), a.low(), a.value(), a.high(), d.atLow(), stated, d.atHigh());
        }
        return table.build();
    }

    @Override
    public String toString() {
        return "difference of P(alive) at " + Brief.number(time) + ": " + Brief.number(stated) + ", moved by "
                + Brief.count(drivers.size(), "assumption");
    }
}
