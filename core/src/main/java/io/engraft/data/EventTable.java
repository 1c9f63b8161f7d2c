package io.engraft.data;

import io.engraft.CheckReturnValue;
import io.engraft.DataProblem;
import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.internal.CauseChoice;
import io.engraft.internal.Require;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Follow-up in counts: the distinct times, and at each how many entered, had an event of each cause, and were censored.
 * It is all that curves and rank tests need, small where times lie on a grid of days, and it merges: the table of all
 * centres is the merge of the centres' tables, exactly and in any order. Immutable.
 *
 * <p>Times are the doubles that were recorded; which of them count as one is decided when a table is read, by a
 * {@link TieRule}. A row is at risk on (entry, time]; rows that do not enter late are at risk from time 0, inclusive.
 * Weights are summed without rounding beside the counts of rows. At most 2,147,483,647 rows share a time
 * and a status.
 */
public final class EventTable {

    /** The largest status code. */
    public static final int MOST_CAUSES = 64;

    private final double[] time;
    private final int[] censored;
    private final int[][] events;
    /** Less those who go on in another row where one of theirs ends. */
    private final int @Nullable [] entered;

    /** Rows that end where their patient goes on in another; null where there are none. */
    private final int @Nullable [] goingOn;

    private final long rows;
    private final long rowsFromStart;
    private final double shortestInterval;
    private final List<String> causes;
    private final @Nullable TableWeights weights;
    private final @Nullable DurationUnit unit;

    EventTable(
            double[] time,
            int[][] marks,
            long rowsFromStart,
            double shortestInterval,
            List<String> causes,
            @Nullable TableWeights weights) {
        int k = causes.size();
        this.time = time;
        this.censored = marks[0];
        this.events = Arrays.copyOfRange(marks, 1, k + 1);
        this.entered = marks.length > k + 1 ? marks[k + 1] : null;
        this.rowsFromStart = rowsFromStart;
        this.shortestInterval = shortestInterval;
        this.causes = causes;
        this.weights = weights;
        this.unit = null;
        this.goingOn = null;
        this.rows = rowsFromStart + sum(entered);
    }

    private EventTable(EventTable other, int @Nullable [] goingOn, @Nullable DurationUnit unit) {
        this.time = other.time;
        this.censored = other.censored;
        this.events = other.events;
        this.entered = other.entered;
        this.goingOn = goingOn;
        this.rows = other.rowsFromStart + sum(entered) + sum(goingOn);
        this.rowsFromStart = other.rowsFromStart;
        this.shortestInterval = other.shortestInterval;
        this.causes = other.causes;
        this.weights = other.weights;
        this.unit = unit;
    }

    /** The same counts, of which so many rows at each time end where their patient goes on in another. */
    EventTable withGoingOn(int @Nullable [] counts) {
        return counts == null ? this : new EventTable(this, counts, unit);
    }

    /** Rows that end where their patient goes on in another, at each time; null where there are none. */
    int @Nullable [] goingOn() {
        return goingOn;
    }

    /** The same counts with the unit of another table. */
    EventTable inUnitOf(EventTable other) {
        return unit == other.unit ? this : new EventTable(this, goingOn, other.unit);
    }

    /**
     * The same counts with a unit of time, declared and not converted.
     *
     * @param value the unit in which the times are
     * @return a table with it
     * @throws InvalidArgumentException when the table has another unit
     */
    @CheckReturnValue
    public EventTable withUnit(DurationUnit value) {
        if (unit != null && unit != value) {
            throw InvalidArgumentException.ofText(
                    "unit", value.label(), unit.label() + ", the table's own; convert the data and count again");
        }
        return unit == value ? this : new EventTable(this, goingOn, value);
    }

    /**
     * The unit of the times.
     *
     * @return empty where none was declared, as for tables of bare arrays
     */
    public Optional<DurationUnit> unit() {
        return Optional.ofNullable(unit);
    }

    private static long sum(int @Nullable [] counts) {
        long total = 0;
        for (int c : counts == null ? new int[0] : counts) {
            total += c;
        }
        return total;
    }

    static List<String> defaultCauses(int causes) {
        return IntStream.rangeClosed(1, causes).mapToObj(Integer::toString).toList();
    }

    static List<String> requireCauses(List<String> labels) {
        if (labels.isEmpty() || labels.size() > MOST_CAUSES) {
            throw InvalidArgumentException.of("number of causes", labels.size(), "1 to " + MOST_CAUSES);
        }
        if (labels.stream().distinct().count() != labels.size()) {
            throw InvalidArgumentException.of("cause labels", labels, "distinct labels");
        }
        return List.copyOf(labels);
    }

    /**
     * The table of plain follow-up, in one pass; large input is counted on all cores.
     *
     * @param time follow-up times, each finite and &gt;= 0
     * @param status 0 for censored, 1 to K for events; causes are labelled "1" to "K"
     * @return the table
     * @throws io.engraft.InvalidDataException when a row is bad; it lists them
     */
    public static EventTable of(double[] time, int[] status) {
        return TableCounting.plain(time, status, null);
    }

    /**
     * The table of all rows of some data, groups together.
     *
     * @param data the data
     * @return the table, with the data's causes, weights and unit
     */
    public static EventTable of(SurvivalData data) {
        return TableCounting.all(data).withUnit(data.unit());
    }

    /**
     * One table a group.
     *
     * @param data the data, with or without a group column
     * @return the tables by level, in level order; the one table of "all" without a group column
     * @throws io.engraft.InvalidDataException when a declared level has no rows
     */
    public static Map<String, EventTable> byGroup(SurvivalData data) {
        Map<String, EventTable> tables = new LinkedHashMap<>();
        Categories group = data.group().orElse(null);
        if (group == null) {
            tables.put("all", of(data));
            return tables;
        }
        boolean together = GroupTables.canCount(data, group);
        List<EventTable> counted = together ? GroupTables.of(data, group) : List.of();
        int[][] rows = together ? new int[0][] : TableCounting.rowsByLevel(group, null);
        InnerEnds ends = InnerEnds.of(data);
        for (int g = 0; g < group.levels().size(); g++) {
            String level = group.levels().get(g);
            requireRows(level, together ? counted.get(g).rows() : rows[g].length, data.source());
            EventTable table = together ? counted.get(g) : TableCounting.rows(data, rows[g], ends);
            tables.put(level, table.withUnit(data.unit()));
        }
        return tables;
    }

    /**
     * One table a group of plain follow-up, in one pass; large input is counted on all cores.
     *
     * @param time follow-up times, each finite and &gt;= 0
     * @param status 0 for censored, 1 to K for events; causes are labelled "1" to "K"
     * @param group 1 to G for the group of each row, G at most 64, each with at least one row
     * @return the tables by group, named "1" to "G"
     * @throws io.engraft.InvalidDataException when a row is bad, or a group has no rows; it lists them
     * @throws InvalidArgumentException when lengths differ
     */
    public static Map<String, EventTable> byGroup(double[] time, int[] status, int[] group) {
        Map<String, EventTable> tables = new LinkedHashMap<>();
        for (EventTable table : GroupTables.of(time, status, group)) {
            String name = Integer.toString(tables.size() + 1);
            requireRows(name, table.rows(), "data");
            tables.put(name, table);
        }
        return tables;
    }

    private static void requireRows(String level, long rows, String source) {
        if (rows == 0) {
            throw new InvalidDataException(
                    DataProblem.ofWhole("group '" + level + "' has no rows; allowed: at least one")
                            .inSource(source));
        }
    }

    /**
     * One table a group, in each stratum. Cost: linear in the rows, however many strata there are.
     *
     * @param data the data; without a group column the one table of a stratum has the stratum's name
     * @param strata a column of the same rows
     * @return for each level of the strata, in level order, the tables by group in level order, without the groups that
     *     the stratum does not have
     */
    public static List<Map<String, EventTable>> byStratum(SurvivalData data, Categories strata) {
        strata.requireSize("strata", data.size());
        Categories group = data.group().orElse(strata);
        List<Map<String, EventTable>> all = new ArrayList<>();
        InnerEnds ends = InnerEnds.of(data);
        int[] byGroup = Arrays.stream(TableCounting.rowsByLevel(group, null))
                .flatMapToInt(Arrays::stream)
                .toArray();
        for (int[] rows : TableCounting.rowsByLevel(strata, byGroup)) {
            Map<String, EventTable> tables = new LinkedHashMap<>();
            for (int from = 0, to; from < rows.length; from = to) {
                int level = group.code(rows[from]);
                to = from + 1;
                while (to < rows.length && group.code(rows[to]) == level) {
                    to++;
                }
                EventTable table = TableCounting.rows(data, Arrays.copyOfRange(rows, from, to), ends);
                tables.put(group.levels().get(level), table.withUnit(data.unit()));
            }
            all.add(tables);
        }
        return all;
    }

    /**
     * Starts a table that is fed row by row.
     *
     * @param causes labels of causes 1 to K
     * @return an empty builder
     */
    public static EventTableBuilder builder(List<String> causes) {
        return new EventTableBuilder(causes, null);
    }

    /**
     * Starts a weighted table that is fed row by row.
     *
     * @param causes labels of causes 1 to K
     * @param type what the weights mean
     * @return an empty builder
     */
    public static EventTableBuilder builder(List<String> causes, WeightType type) {
        return new EventTableBuilder(causes, type);
    }

    /**
     * The number of distinct times, entry times included.
     *
     * @return the length of every column
     */
    public int size() {
        return time.length;
    }

    /**
     * A distinct time.
     *
     * @param i from 0, ascending
     * @return the time
     */
    public double time(int i) {
        return time[i];
    }

    /**
     * Rows that were censored at a time. A row that ends where its patient goes on in another ({@link InnerEnds}) is not.
     *
     * @param i from 0
     * @return the number of rows
     */
    public int censored(int i) {
        return censored[i];
    }

    /**
     * Rows that had an event of one cause at a time.
     *
     * @param i from 0
     * @param cause from 1
     * @return the number of rows
     */
    public int events(int i, int cause) {
        return events[place(cause)][i];
    }

    /**
     * Rows that had an event of any cause at a time.
     *
     * @param i from 0
     * @return the number of rows
     */
    public long events(int i) {
        long total = 0;
        for (int[] column : events) {
            total += column[i];
        }
        return total;
    }

    /**
     * Rows that entered late, at a time: at risk after it. Less the rows that end at that time where their patient goes on
     * in another row ({@link InnerEnds}), so that only those count who were not there; below 0 where the patient goes on in
     * another group.
     *
     * @param i from 0
     * @return the number of rows
     */
    public int entered(int i) {
        return entered == null ? 0 : entered[i];
    }

    /**
     * Rows that end at a time where their patient goes on in another row, which is no censoring.
     *
     * @param i from 0
     * @return the number of rows
     */
    public int goingOn(int i) {
        return goingOn == null ? 0 : goingOn[i];
    }

    /**
     * All rows, those that end where their patient goes on in another included.
     *
     * @return the number of rows
     */
    public long rows() {
        return rows;
    }

    /**
     * Rows that are at risk from time 0.
     *
     * @return the number of rows without late entry
     */
    public long rowsFromStart() {
        return rowsFromStart;
    }

    /**
     * Whether some rows enter late.
     *
     * @return true where the table holds entry times
     */
    public boolean hasEntry() {
        return entered != null;
    }

    /**
     * The shortest (time - entry) / time of a row, which a tie rule must not swallow.
     *
     * @return infinity without late entry
     */
    public double shortestInterval() {
        return shortestInterval;
    }

    /**
     * Labels of causes 1 to K.
     *
     * @return in the order of the codes
     */
    public List<String> causes() {
        return causes;
    }

    /**
     * What the weights mean.
     *
     * @return empty for an unweighted table
     */
    public Optional<WeightType> weightType() {
        return weights == null ? Optional.empty() : Optional.of(weights.type());
    }

    /**
     * The weight censored at a time: the exact sum, rounded once.
     *
     * @param i from 0
     * @return the weight, the number of rows in an unweighted table
     */
    public double censoredWeight(int i) {
        return weights == null ? censored[i] : weights.value(0, i);
    }

    /**
     * The weight of events of one cause at a time: the exact sum, rounded once.
     *
     * @param i from 0
     * @param cause from 1
     * @return the weight, the number of rows in an unweighted table
     */
    public double eventWeight(int i, int cause) {
        return weights == null ? events[place(cause)][i] : weights.value(place(cause) + 1, i);
    }

    /**
     * The weight of events of any cause at a time: the exact sum, rounded once.
     *
     * @param i from 0
     * @return the weight, the number of rows in an unweighted table
     */
    public double eventWeight(int i) {
        return weights == null ? events(i) : weights.ofAllCauses(causes.size(), i);
    }

    /**
     * The weight at risk just before every time: of rows with entry &lt; time &lt;= exit, at time 0 of those that do not
     * enter late. Exact sums, each rounded once, so that it is never less than the weight of the events.
     *
     * @return one weight a time, the number of rows in an unweighted table
     */
    public double[] atRiskWeights() {
        if (weights != null) {
            return weights.atRisk(causes.size());
        }
        double[] atRisk = new double[time.length];
        long left = rowsFromStart;
        for (int i = 0; i < time.length; i++) {
            atRisk[i] = left;
            left += entered(i) - events(i) - censored[i];
        }
        return atRisk;
    }

    /**
     * The weight of late entries at a time: the exact sum, rounded once, less that of the rows that end where their patient
     * goes on in another.
     *
     * @param i from 0
     * @return the weight, the number of rows in an unweighted table
     */
    public double enteredWeight(int i) {
        if (entered == null) {
            return 0;
        }
        return weights == null ? entered[i] : weights.value(causes.size() + 1, i);
    }

    /**
     * The sum of squared weights of the rows that leave at a time with one status, for robust variances.
     *
     * @param i from 0
     * @param status 0 for censored, 1 to K for events
     * @return the sum, the number of rows in an unweighted table
     * @throws InvalidArgumentException when the weights are frequencies, which need no robust variance
     */
    public double squaredWeight(int i, int status) {
        if (weights == null) {
            return status == 0 ? censored[i] : events[place(status)][i];
        }
        if (weights.type() != WeightType.SAMPLING) {
            throw InvalidArgumentException.of("weight type", weights.type().label(), "sampling, or no weights");
        }
        return weights.square(status == 0 ? 0 : place(status) + 1, i);
    }

    private int place(int cause) {
        return CauseChoice.code("cause", cause, causes) - 1;
    }

    /**
     * The table with one cause as the only event; events of the others become censored.
     *
     * @param label the cause's label
     * @return a table with that one cause
     * @throws InvalidArgumentException when there is no such cause
     */
    public EventTable causeSpecific(String label) {
        return causeSpecific(CauseChoice.code("cause", label, causes));
    }

    /**
     * The table with one cause as the only event; events of the others become censored.
     *
     * @param cause from 1
     * @return a table with that one cause
     * @throws InvalidArgumentException when there is no such cause
     */
    public EventTable causeSpecific(int cause) {
        int k = causes.size();
        int kept = place(cause);
        int[] others = censored.clone();
        for (int c = 0; c < k; c++) {
            for (int i = 0; c != kept && i < others.length; i++) {
                others[i] = addRows(others[i], events[c][i]);
            }
        }
        int[][] marks =
                entered == null ? new int[][] {others, events[kept]} : new int[][] {others, events[kept], entered};
        return new EventTable(
                        time,
                        marks,
                        rowsFromStart,
                        shortestInterval,
                        List.of(causes.get(kept)),
                        weights == null ? null : weights.keepOne(cause, k))
                .withGoingOn(goingOn)
                .inUnitOf(this);
    }

    /**
     * The table turned round: the end of follow-up as the only event, and events of all causes as censored, which gives the
     * distribution of follow-up.
     *
     * @return a table with the one cause "censored"
     */
    public EventTable censoringAsEvent() {
        int[] others = new int[time.length];
        for (int[] column : events) {
            for (int i = 0; i < others.length; i++) {
                others[i] = addRows(others[i], column[i]);
            }
        }
        int[][] marks = entered == null ? new int[][] {others, censored} : new int[][] {others, censored, entered};
        return new EventTable(
                        time,
                        marks,
                        rowsFromStart,
                        shortestInterval,
                        List.of("censored"),
                        weights == null ? null : weights.keepOne(0, causes.size()))
                .withGoingOn(goingOn)
                .inUnitOf(this);
    }

    /**
     * What is left of the table after a time: the rows at risk after it, all at risk from the start of the new table.
     *
     * @param start the time, &gt;= 0; times up to and at it are left out
     * @return the table of later times
     * @throws InvalidArgumentException when nobody is left
     */
    public EventTable after(double start) {
        Require.nonNegative("start", start);
        int cut = 0;
        long left = rowsFromStart;
        while (cut < time.length && time[cut] <= start) {
            left += entered(cut) - events(cut) - censored[cut];
            cut++;
        }
        if (cut == time.length) {
            throw InvalidArgumentException.of("start", start, "before the last time, which is " + time[cut - 1]);
        }
        int from = cut;
        int[][] later = Arrays.stream(columns())
                .map(column -> Arrays.copyOfRange(column, from, time.length))
                .toArray(int[][]::new);
        return new EventTable(
                        Arrays.copyOfRange(time, cut, time.length),
                        later,
                        left,
                        shortestInterval,
                        causes,
                        weights == null ? null : weights.after(cut))
                .withGoingOn(goingOn == null ? null : Arrays.copyOfRange(goingOn, cut, time.length))
                .inUnitOf(this);
    }

    /**
     * This table and another together. Exact, associative and commutative: any order of merges gives the same table.
     *
     * @param other a table with the same unit and weight type, and causes of which one list begins the other
     * @return the merge
     * @throws InvalidArgumentException when units, weight types or causes do not fit, or more rows share a time than can be
     *     counted
     */
    public EventTable merge(EventTable other) {
        return TableMerge.merge(this, other);
    }

    /**
     * Several tables together.
     *
     * @param tables at least one
     * @return their merge
     */
    public static EventTable merge(List<EventTable> tables) {
        Require.atLeast("number of tables", tables.size(), 1);
        List<EventTable> left = new ArrayList<>(tables);
        while (left.size() > 1) {
            List<EventTable> pairs = new ArrayList<>();
            for (int i = 0; i < left.size(); i += 2) {
                pairs.add(i + 1 < left.size() ? left.get(i).merge(left.get(i + 1)) : left.get(i));
            }
            left = pairs;
        }
        return left.get(0);
    }

    /** Counts together. */
    static int addRows(int some, int more) {
        long sum = (long) some + more;
        if (sum > Integer.MAX_VALUE) {
            throw InvalidArgumentException.of(
                    "number of rows that share a time and a status", sum, "at most " + Integer.MAX_VALUE);
        }
        return (int) sum;
    }

    /**
     * The table with times that count as one joined.
     *
     * @param rule the rule
     * @return this table where nothing is joined
     * @throws InvalidArgumentException when the rule would swallow a row's whole interval (entry, time]
     */
    public EventTable joinTies(TieRule rule) {
        return joinTies(List.of(this), rule).get(0);
    }

    /**
     * Tables with times that count as one joined, over the union of all tables' times.
     *
     * @param tables the groups of one analysis, at least one
     * @param rule the rule
     * @return the tables in their order, each unchanged where nothing is joined
     * @throws InvalidArgumentException when the rule would swallow a row's whole interval (entry, time], or two tables have
     *     different units
     */
    public static List<EventTable> joinTies(List<EventTable> tables, TieRule rule) {
        return TieJoin.join(tables, rule);
    }

    double[] rawTime() {
        return time;
    }

    @Nullable
    TableWeights weights() {
        return weights;
    }

    /** The counts, as the constructor takes them. */
    int[][] columns() {
        List<int[]> columns = new ArrayList<>();
        columns.add(censored);
        columns.addAll(Arrays.asList(events));
        if (entered != null) {
            columns.add(entered);
        }
        return columns.toArray(new int[0][]);
    }

    /**
     * Equal where times, counts, causes, unit and exact sums of weights are.
     */
    @Override
    public boolean equals(Object other) {
        return other instanceof EventTable that
                && Arrays.equals(time, that.time)
                && Arrays.equals(censored, that.censored)
                && Arrays.deepEquals(events, that.events)
                && Arrays.equals(entered, that.entered)
                && rowsFromStart == that.rowsFromStart
                && shortestInterval == that.shortestInterval
                && causes.equals(that.causes)
                && unit == that.unit
                && Objects.equals(weights, that.weights);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(time) * 31 + Arrays.hashCode(censored);
    }

    @Override
    public String toString() {
        return "EventTable[" + rows + " rows, " + time.length + " times" + (unit == null ? "" : " in " + unit.label())
                + ", causes " + causes + "]";
    }
}
