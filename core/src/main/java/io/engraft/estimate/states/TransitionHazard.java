package io.engraft.estimate.states;

import io.engraft.InvalidArgumentException;
import io.engraft.curve.HazardFunction;
import io.engraft.curve.PointEstimate;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.data.Transition;
import io.engraft.estimate.NelsonAalen;
import io.engraft.internal.Brief;
import io.engraft.internal.csv.NumberText;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The Nelson-Aalen estimate of the cumulative hazard of one transition from the start on, A(t) = sum of dN(u) / n(u). Its
 * variance is the sum of dN(u) / n(u)^2, as {@link NelsonAalen}'s, or over subjects or clusters where that of the state
 * probabilities is. It is known as long as somebody is at risk in the state that is left. Immutable.
 */
public final class TransitionHazard implements HazardFunction, Tabular {

    private final OccupancyEstimate all;
    private final Transition transition;
    private final StateRiskSets sets;
    private final int from;
    /** The transition's place at every point, -1 where it does not happen. */
    private final int[] place;

    private final double[] hazard;
    /** The sum of dN / n^2 up to a point. */
    private final double[] squares;

    private final int lastPoint;

    TransitionHazard(OccupancyEstimate all, int from, int to) {
        this.all = all;
        this.sets = all.sets();
        this.from = from;
        this.transition = new Transition(sets.states.get(from), sets.states.get(to));
        if (from == to) {
            throw InvalidArgumentException.of("transition", transition, "two states");
        }
        int points = sets.size();
        this.place = new int[points];
        this.hazard = new double[points];
        this.squares = new double[points];
        Arrays.fill(place, -1);
        double sum = 0;
        double square = 0;
        int last = -1;
        for (int i = 0; i < points; i++) {
            for (int e = sets.first[i]; e < sets.first[i + 1]; e++) {
                if (sets.from[e] == from && sets.to[e] == to) {
                    place[i] = e;
                    sum += sets.hazard[e];
                    square += sets.hazard[e] / sets.atRisk[i * sets.k + from];
                }
            }
            hazard[i] = sum;
            squares[i] = square;
            last = sets.atRisk[i * sets.k + from] > 0 ? i : last;
        }
        this.lastPoint = last;
    }

    /**
     * The transition.
     *
     * @return its states
     */
    public Transition transition() {
        return transition;
    }

    @Override
    public PointEstimate cumulativeHazardAt(double t) {
        int point = sets.pointAt(t);
        if (sets.isBefore(t)) {
            return PointEstimate.notEstimable("the curve starts at " + NumberText.format(sets.start));
        }
        if (!isKnown(t)) {
            return PointEstimate.notEstimable(
                    lastPoint < 0
                            ? "nobody is at risk in state '" + transition.from() + "'"
                            : "nobody is at risk in state '" + transition.from() + "' after "
                                    + NumberText.format(horizon()));
        }
        double h = point < 0 ? 0 : hazard[point];
        return all.settings().positive(h, standardError(point), "nobody made the transition by then");
    }

    private boolean isKnown(double t) {
        boolean within = t <= horizon() || sets.rule.joins(horizon(), t);
        return lastPoint >= 0 && !sets.isBefore(t) && within;
    }

    private double standardError(int point) {
        if (point < 0) {
            return 0;
        }
        if (!all.isRobust()) {
            return Math.sqrt(squares[point]);
        }
        double[] influence = new double[sets.clusterFactor.length];
        for (int r = 0; r < sets.rows; r++) {
            if (sets.rowState[r] == from && sets.rowFirst[r] <= point) {
                int end = Math.min(sets.rowLast[r], point);
                double expected = squares[end] - (sets.rowFirst[r] == 0 ? 0 : squares[sets.rowFirst[r] - 1]);
                boolean own = sets.rowLast[r] <= point
                        && sets.rowTransition[r] >= 0
                        && sets.rowTransition[r] == place[sets.rowLast[r]];
                double event = own ? 1 / sets.atRisk[end * sets.k + from] : 0;
                influence[sets.rowCluster[r]] += sets.rowScale[r] * (event - expected);
            }
        }
        return Math.sqrt(BackwardPass.square(sets, influence, 1)[0][0]);
    }

    @Override
    public double[] cumulativeHazardValues(double[] times) {
        double[] values = new double[times.length];
        for (int x = 0; x < times.length; x++) {
            int point = sets.pointAt(times[x]);
            values[x] = !isKnown(times[x]) ? Double.NaN : point < 0 ? 0 : hazard[point];
        }
        return values;
    }

    /** The last time at which somebody is at risk in the state that is left. */
    @Override
    public double horizon() {
        return lastPoint < 0 ? sets.start : sets.time[lastPoint];
    }

    @Override
    public double[] jumpTimes() {
        return IntStream.range(0, place.length)
                .filter(i -> place[i] >= 0)
                .mapToDouble(i -> sets.time[i])
                .toArray();
    }

    /**
     * The steps of the cumulative hazard, dN(u) / n(u).
     *
     * @return one positive number, 1 at most, a time of {@link #jumpTimes()}
     */
    public double[] jumps() {
        return Arrays.stream(place)
                .filter(at -> at >= 0)
                .mapToDouble(at -> sets.hazard[at])
                .toArray();
    }

    /** One row a time at which the transition happens. */
    @Override
    public TidyTable tidy() {
        TidyTable.Builder table = TidyTable.builder()
                .text("from")
                .text("to")
                .number("time")
                .number("at_risk")
                .number("events")
                .number("cumulative_hazard")
                .number("std_error")
                .number("lower")
                .number("upper");
        for (int i = 0; i < place.length; i++) {
            if (place[i] >= 0) {
                PointEstimate h = cumulativeHazardAt(sets.time[i]);
                table.row(
                        transition.from(),
                        transition.to(),
                        sets.time[i],
                        sets.atRisk[i * sets.k + from],
                        sets.events[place[i]],
                        hazard[i],
                        h.standardError().orElse(Double.NaN),
                        h.interval().lower().orElse(Double.NaN),
                        h.interval().upper().orElse(Double.NaN));
            }
        }
        return table.build();
    }

    @Override
    public String toString() {
        double total = 0;
        for (double jump : jumps()) {
            total += jump;
        }
        return "hazard of " + transition + ": cumulative " + Brief.number(total) + " by " + Brief.number(horizon());
    }
}
