package io.engraft.pathway;

import io.engraft.CheckReturnValue;
import io.engraft.InvalidArgumentException;
import io.engraft.data.DurationUnit;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.internal.Brief;
import io.engraft.internal.Parallel;
import io.engraft.internal.Require;
import io.engraft.multistate.MultiStateModel;
import io.engraft.multistate.solve.OccupancySolver;
import io.engraft.multistate.solve.SolvedOccupancy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Pathways side by side on one clock that starts at diagnosis: the share alive, and the share alive and free of leukaemia,
 * at the same times since diagnosis. Pathways with another zero of time are refused: who reaches transplant, or a trial
 * for relapsed disease, has survived until then, and a curve from there on gives that time away for nothing (immortal
 * time).
 *
 * <p>It lays model beside model and is no estimate of what a treatment does: the numbers come from different series, and
 * nobody was randomised. {@link #notes()} say so, together with those of the pathways.
 */
@CheckReturnValue
public final class PathwayComparison implements Tabular {

    private static final double TOLERANCE = 1e-4;

    /**
     * What a pathway gives at one time since diagnosis.
     */
    public static final class Row {

        private final String pathway;
        private final double time;
        private final double alive;
        private final double aliveLow;
        private final double aliveHigh;
        private final double leukaemiaFree;
        private final double leukaemiaFreeLow;
        private final double leukaemiaFreeHigh;

        Row(
                String pathway,
                double time,
                double alive,
                double aliveLow,
                double aliveHigh,
                double leukaemiaFree,
                double leukaemiaFreeLow,
                double leukaemiaFreeHigh) {
            this.pathway = pathway;
            this.time = time;
            this.alive = alive;
            this.aliveLow = aliveLow;
            this.aliveHigh = aliveHigh;
            this.leukaemiaFree = leukaemiaFree;
            this.leukaemiaFreeLow = leukaemiaFreeLow;
            this.leukaemiaFreeHigh = leukaemiaFreeHigh;
        }

        /** {@return its name} */
        public String pathway() {
            return pathway;
        }

        /** {@return the time} */
        public double time() {
            return time;
        }

        /** {@return P(alive)} */
        public double alive() {
            return alive;
        }

        /** {@return the least P(alive) when one assumption at a time is moved to an end of its range; NaN without ranges} */
        public double aliveLow() {
            return aliveLow;
        }

        /** {@return the largest such P(alive); NaN without ranges} */
        public double aliveHigh() {
            return aliveHigh;
        }

        /** {@return P(alive and free of leukaemia); NaN where the pathway does not count it} */
        public double leukaemiaFree() {
            return leukaemiaFree;
        }

        /** {@return as for alive} */
        public double leukaemiaFreeLow() {
            return leukaemiaFreeLow;
        }

        /** {@return as for alive} */
        public double leukaemiaFreeHigh() {
            return leukaemiaFreeHigh;
        }

        private List<?> parts() {
            return List.of(
                    pathway, time, alive, aliveLow, aliveHigh, leukaemiaFree, leukaemiaFreeLow, leukaemiaFreeHigh);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Row that && parts().equals(that.parts());
        }

        @Override
        public int hashCode() {
            return parts().hashCode();
        }

        @Override
        public String toString() {
            return pathway + " at " + Brief.number(time) + ": alive " + Brief.number(alive)
                    + (Double.isNaN(aliveLow)
                            ? ""
                            : " (" + Brief.number(aliveLow) + " to " + Brief.number(aliveHigh) + ")")
                    + (Double.isNaN(leukaemiaFree) ? "" : ", free of leukaemia " + Brief.number(leukaemiaFree));
        }
    }

    private final Map<String, PathwayModel> pathways;
    private final double[] times;
    private final List<Row> rows;

    private PathwayComparison(Map<String, PathwayModel> pathways, double[] times, List<Row> rows) {
        this.pathways = pathways;
        this.times = times;
        this.rows = List.copyOf(rows);
    }

    /**
     * Compares pathways from diagnosis on.
     *
     * @param pathways two or more, by name, all with their time from diagnosis and in one unit; assumptions may be changed
     * @param times times since diagnosis, positive
     * @return the comparison
     * @throws InvalidArgumentException when a pathway counts time from something else, units differ, or a time is not
     *     positive
     */
    public static PathwayComparison fromDiagnosis(Map<String, PathwayModel> pathways, double... times) {
        if (pathways.size() < 2) {
            throw InvalidArgumentException.of("number of pathways", pathways.size(), "at least 2");
        }
        if (times.length == 0) {
            throw InvalidArgumentException.of("number of times", 0, "at least 1");
        }
        for (double t : times) {
            Require.positive("time", t);
        }
        DurationUnit unit = pathways.values().iterator().next().unit();
        pathways.forEach((name, pathway) -> check(name, pathway, unit));
        List<Row> rows = new ArrayList<>();
        pathways.forEach((name, pathway) -> {
            double[][] values = values(pathway, times);
            for (int j = 0; j < times.length; j++) {
                double none = Double.NaN;
                rows.add(new Row(name, times[j], values[0][j], none, none, values[1][j], none, none));
            }
        });
        return new PathwayComparison(Collections.unmodifiableMap(new LinkedHashMap<>(pathways)), times.clone(), rows);
    }

    private static void check(String name, PathwayModel pathway, DurationUnit unit) {
        Optional<TimeZero> zero = pathway.timeZero();
        if (!zero.equals(Optional.of(TimeZero.DIAGNOSIS))) {
            String counted =
                    zero.map(z -> "counts time from " + z.label()).orElse("does not say what time counts from");
            throw new InvalidArgumentException("pathway '" + name + "' " + counted
                    + "; allowed: pathways from diagnosis, because who reaches a later zero has survived the time before"
                    + " it (immortal time)");
        }
        if (pathway.unit() != unit) {
            throw InvalidArgumentException.of(
                    "unit of pathway '" + name + "'", pathway.unit().label(), unit.label());
        }
    }

    /** Alive, and alive and free of leukaemia, at the times. */
    private static double[][] values(PathwayModel pathway, double[] times) {
        MultiStateModel model = pathway.multiStateModel();
        SolvedOccupancy solved = OccupancySolver.withDefaults()
                .withTolerance(TOLERANCE)
                .solve(model, Arrays.stream(times).max().orElseThrow());
        double[][] values = new double[2][times.length];
        boolean counted = !pathway.leukaemiaFreeStates().isEmpty();
        for (int j = 0; j < times.length; j++) {
            values[0][j] = solved.probabilityIn(model.aliveStates(), times[j]);
            values[1][j] = counted ? solved.probabilityIn(pathway.leukaemiaFreeStates(), times[j]) : Double.NaN;
        }
        return values;
    }

    /**
     * The same comparison with what the assumptions leave open: each in turn at the ends of its range. This solves every
     * pathway twice for each of its assumptions, which can take half a minute.
     *
     * @return the comparison, whose rows have limits
     */
    public PathwayComparison withRanges() {
        List<Row> wider = new ArrayList<>();
        pathways.forEach((name, pathway) -> {
            List<Row> mine = rows.stream().filter(r -> r.pathway().equals(name)).toList();
            double[][] low = {numbers(mine, true), numbers(mine, false)};
            double[][] high = {numbers(mine, true), numbers(mine, false)};
            for (double[][] values : atEnds(pathway)) {
                for (int j = 0; j < times.length; j++) {
                    for (int c = 0; c < 2; c++) {
                        low[c][j] = Math.min(low[c][j], values[c][j]);
                        high[c][j] = Math.max(high[c][j], values[c][j]);
                    }
                }
            }
            for (int j = 0; j < times.length; j++) {
                Row r = mine.get(j);
                wider.add(new Row(
                        name, r.time(), r.alive(), low[0][j], high[0][j], r.leukaemiaFree(), low[1][j], high[1][j]));
            }
        });
        return new PathwayComparison(pathways, times, wider);
    }

    private static double[] numbers(List<Row> rows, boolean alive) {
        return rows.stream()
                .mapToDouble(r -> alive ? r.alive() : r.leukaemiaFree())
                .toArray();
    }

    private List<double[][]> atEnds(PathwayModel pathway) {
        List<PathwayModel> changed = new ArrayList<>();
        for (Assumption a : pathway.assumptions()) {
            for (double value : new double[] {a.low(), a.high()}) {
                pathway.ifPossible(a.id(), value).ifPresent(changed::add);
            }
        }
        double[][][] values = new double[changed.size()][][];
        AtomicInteger next = new AtomicInteger();
        Parallel.run(Parallel.pieces(changed.size(), 1), piece -> {
            for (int k = next.getAndIncrement(); k < values.length; k = next.getAndIncrement()) {
                values[k] = values(changed.get(k), times);
            }
        });
        return List.of(values);
    }

    /**
     * The numbers.
     *
     * @return by pathway, then time
     */
    public List<Row> rows() {
        return rows;
    }

    /**
     * What must be known before the numbers are compared.
     *
     * @return sentences: of every comparison, then those of the pathways
     */
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        notes.add(
                "All times are counted from diagnosis, so that those who die before a transplant count. The numbers come"
                        + " from different series without randomisation: a difference between two pathways is not the effect of"
                        + " a treatment.");
        notes.add("A missing share free of leukaemia means that the pathway does not count it, not that it is 0.");
        pathways.forEach((name, pathway) -> pathway.notes().forEach(note -> notes.add(name + ": " + note)));
        return List.copyOf(notes);
    }

    /**
     * The comparison as a table.
     *
     * @return columns pathway, time, alive, alive_low, alive_high, leukaemia_free, leukaemia_free_low, leukaemia_free_high
     */
    @Override
    public TidyTable tidy() {
        TidyTable.Builder table = TidyTable.builder()
                .text("pathway")
                .number("time")
                .number("alive")
                .number("alive_low")
                .number("alive_high")
                .number("leukaemia_free")
                .number("leukaemia_free_low")
                .number("leukaemia_free_high");
        for (Row r : rows) {
            table.row(
                    r.pathway(),
                    r.time(),
                    r.alive(),
                    r.aliveLow(),
                    r.aliveHigh(),
                    r.leukaemiaFree(),
                    r.leukaemiaFreeLow(),
                    r.leukaemiaFreeHigh());
        }
        return table.build();
    }

    @Override
    public String toString() {
        return String.join("\n", rows.stream().map(Row::toString).toList());
    }
}
