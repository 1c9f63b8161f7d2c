package io.engraft.estimate.internal;

import io.engraft.InvalidArgumentException;
import io.engraft.curve.FollowUp;
import io.engraft.data.EventTable;
import io.engraft.data.TieRule;
import io.engraft.data.WeightType;
import io.engraft.internal.Require;
import io.engraft.internal.TimeSearch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event table read for estimation: ties joined, and the number at risk just before every time. The points of every
 * curve are its exit times (events or censorings). Counts are weighted where the table is. Immutable.
 */
public final class RiskSets implements FollowUp {

    private final EventTable table;
    private final TieRule rule;
    private final double start;
    private final double[] atRisk;
    /** The events where they are weighted, as their sums take time; null where the table's counts do. */
    private final double @Nullable [] eventWeights;

    private final int[] exits;
    /** The rows for a robust variance; null where the variance is not robust. */
    private final @Nullable InfluenceRows rows;
    /** What a reader should know of the data. */
    private final List<String> warnings;

    private RiskSets(EventTable table, TieRule rule, double start, boolean othersLeaveFirst) {
        this.table = table;
        this.rule = rule;
        this.start = start;
        int m = table.size();
        this.atRisk = table.atRiskWeights();
        this.eventWeights = table.weightType().isPresent() ? new double[m] : null;
        for (int i = 0; i < m && (eventWeights != null || othersLeaveFirst); i++) {
            double events = table.eventWeight(i);
            if (eventWeights != null) {
                eventWeights[i] = events;
            }
            if (othersLeaveFirst) {
                atRisk[i] = Math.max(events, atRisk[i] - table.censoredWeight(i));
            }
        }
        if (eventWeights != null && Arrays.stream(atRisk).noneMatch(n -> n > 0)) {
            throw new InvalidArgumentException(
                    "the weights of all " + table.rows() + " rows are 0; allowed: some weight above 0");
        }
        this.exits = table.hasEntry() ? exitTimes() : new int[0];
        this.rows = null;
        this.warnings = List.of();
    }

    private RiskSets(RiskSets sets, @Nullable InfluenceRows rows, List<String> warnings) {
        this.table = sets.table;
        this.rule = sets.rule;
        this.start = sets.start;
        this.atRisk = sets.atRisk;
        this.eventWeights = sets.eventWeights;
        this.exits = sets.exits;
        this.rows = rows;
        this.warnings = warnings;
    }

    /**
     * The risk sets of several groups, ties joined over the union of their times.
     *
     * @param tables the groups of one analysis, unweighted or with frequency weights
     * @param rule which times count as one
     * @return one a table, in their order
     * @throws InvalidArgumentException when weights are sampling weights, or the rule would swallow a row's interval
     */
    public static List<RiskSets> of(List<EventTable> tables, TieRule rule) {
        for (EventTable table : tables) {
            if (table.weightType().orElse(WeightType.FREQUENCY) == WeightType.SAMPLING) {
                throw new InvalidArgumentException(
                        "weight type is sampling, whose variance must be robust; allowed here: frequency weights");
            }
        }
        return EventTable.joinTies(tables, rule).stream()
                .map(table -> of(table, rule, 0))
                .toList();
    }

    /**
     * Reads a table whose ties are joined.
     *
     * @param start the time that everybody has survived, 0 unless the curve is conditional
     */
    public static RiskSets of(EventTable joined, TieRule rule, double start) {
        return of(joined, rule, start, Reading.EVENTS);
    }

    /** As above, of a table that was turned round where the reading asks for it. */
    public static RiskSets of(EventTable joined, TieRule rule, double start, Reading reading) {
        return new RiskSets(joined, rule, start, reading.othersLeaveFirst());
    }

    /** The same risk sets with the rows behind them, which makes every variance robust. */
    public RiskSets with(InfluenceRows behind) {
        return new RiskSets(this, behind, warnings);
    }

    /** The same risk sets with what a reader of any result should know of the data. */
    public RiskSets withWarnings(List<String> ofData) {
        return ofData.isEmpty() ? this : new RiskSets(this, rows, ofData);
    }

    /** What a reader of any result should know of the data. */
    public List<String> warnings() {
        return warnings;
    }

    /** The rows behind the risk sets; null where variances are not robust. */
    @Nullable
    public InfluenceRows rows() {
        return rows;
    }

    /** The same with one cause as the only event; events of the others become censored. */
    public RiskSets causeSpecific(int cause) {
        RiskSets sets = new RiskSets(table.causeSpecific(cause), rule, start, false);
        return rows == null ? sets : sets.with(rows.causeSpecific(cause));
    }

    private int[] exitTimes() {
        int[] found = new int[table.size()];
        int n = 0;
        for (int i = 0; i < found.length; i++) {
            if (table.events(i) + table.censored(i) > 0) {
                found[n++] = i;
            }
        }
        return Arrays.copyOf(found, n);
    }

    /**
     * The counts behind the risk sets, ties joined.
     *
     * @return the table
     */
    public EventTable table() {
        return table;
    }

    public TieRule rule() {
        return rule;
    }

    @Override
    public double start() {
        return start;
    }

    /**
     * The number of points.
     *
     * @return distinct exit times
     */
    public int size() {
        return table.hasEntry() ? exits.length : table.size();
    }

    /** The place of a point in the table. */
    public int row(int point) {
        return table.hasEntry() ? exits[point] : point;
    }

    /**
     * A point's time.
     *
     * @param point from 0, ascending in time
     * @return the exit time
     */
    public double time(int point) {
        return table.time(row(point));
    }

    /**
     * The number at risk just before a point.
     *
     * @param point from 0, ascending in time
     * @return the number, weighted where the table is
     */
    public double atRisk(int point) {
        return atRisk[row(point)];
    }

    /**
     * The events of any cause at a point.
     *
     * @param point from 0, ascending in time
     * @return the number, weighted where the table is
     */
    public double events(int point) {
        int row = row(point);
        return eventWeights == null ? table.events(row) : eventWeights[row];
    }

    public double censored(int point) {
        return table.censoredWeight(row(point));
    }

    public double[] times() {
        double[] points = new double[size()];
        Arrays.setAll(points, this::time);
        return points;
    }

    /** The end of follow-up. */
    public double lastTime() {
        return time(size() - 1);
    }

    /** The last point at or before t by the tie rule; -1 before the first. */
    public int pointAt(double t) {
        Require.time(t);
        return TimeSearch.lastAtOrBefore(t, 0, size(), this::time, rule::joins);
    }

    /** Whether t lies before the start of a conditional curve, by the tie rule. */
    public boolean isBefore(double t) {
        return t < start && !rule.joins(t, start);
    }

    /** Whether t lies beyond the end of follow-up, by the tie rule. */
    public boolean isBeyond(double t) {
        double last = lastTime();
        return t > last && !rule.joins(last, t);
    }

    /** The first place in the table at or after t by the tie rule; its length beyond the end. */
    public int rowAtOrAfter(double t) {
        Require.time(t);
        int low = 0;
        int high = table.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (table.time(middle) < t) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        boolean found = low < table.size() && table.time(low) == t;
        return !found && low > 0 && rule.joins(table.time(low - 1), t) ? low - 1 : low;
    }

    @Override
    public double atRiskAt(double t) {
        int row = rowAtOrAfter(t);
        return row == atRisk.length ? 0 : atRisk[row];
    }

    @Override
    public double presentAt(double t) {
        int row = rowAtOrAfter(t);
        boolean there = row < table.size() && table.time(row) <= t;
        return atRiskAt(t) + (there ? table.enteredWeight(row) : 0);
    }

    @Override
    public double eventsUpTo(double t) {
        double sum = 0;
        int last = pointAt(t);
        for (int p = 0; p <= last; p++) {
            sum += events(p);
        }
        return sum;
    }

    @Override
    public double censoredUpTo(double t) {
        double sum = 0;
        int last = pointAt(t);
        for (int p = 0; p <= last; p++) {
            sum += censored(p);
        }
        return sum;
    }

    @Override
    public double[] censoringTimes() {
        double[] found = new double[size()];
        int n = 0;
        for (int p = 0; p < found.length; p++) {
            if (table.censored(row(p)) > 0) {
                found[n++] = time(p);
            }
        }
        return Arrays.copyOf(found, n);
    }

    /** Stretches of time, from the start to the last exit, in which nobody was at risk: pairs of from and to. */
    public List<double[]> gaps() {
        List<double[]> found = new ArrayList<>();
        if (table.hasEntry()) {
            double[] present = table.atRiskWeights();
            double from = start;
            boolean empty = false;
            for (int i = 0; i < present.length; i++) {
                if (present[i] == 0) {
                    empty = true;
                } else {
                    if (empty && table.time(i - 1) > from) {
                        found.add(new double[] {from, table.time(i - 1)});
                    }
                    empty = false;
                    from = table.time(i);
                }
            }
        }
        return found;
    }

    public double[] eventTimes() {
        double[] found = new double[size()];
        int n = 0;
        for (int p = 0; p < found.length; p++) {
            if (events(p) > 0) {
                found[n++] = time(p);
            }
        }
        return Arrays.copyOf(found, n);
    }
}
