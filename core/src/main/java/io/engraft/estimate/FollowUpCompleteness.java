package io.engraft.estimate;

import io.engraft.DataProblem;
import io.engraft.InvalidDataException;
import io.engraft.data.Categories;
import io.engraft.data.DataCheck;
import io.engraft.data.Grouped;
import io.engraft.data.InnerEnds;
import io.engraft.data.SurvivalData;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.internal.Brief;
import io.engraft.internal.Require;
import io.engraft.internal.count.ExactSums;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How complete follow-up is, by Clark's index: observed person-time divided by the person-time there would have been had
 * nobody been lost. A row's potential follow-up ends at its event, or without one at the closing of the study, so
 *
 * <pre>
 *   C = sum of observed times / sum of (observed time where there was an event, else potential time)
 * </pre>
 *
 * <p>Times are in any one unit, from the same zero. 1 means that everybody was followed to the event or the closing
 * date. Beside it stands the median observed time of the rows without event (the mean of the two middle ones of an even
 * number).
 *
 * <p>T. G. Clark, D. G. Altman, B. L. De Stavola (2002). Quantification of the completeness of follow-up. Lancet 359,
 * 1309-1310.
 */
public final class FollowUpCompleteness implements Tabular {

    private final int rows;
    private final int events;
    private final double observed;
    private final double potential;
    private final double median;

    private FollowUpCompleteness(int rows, int events, double observed, double potential, double median) {
        this.rows = rows;
        this.events = events;
        this.observed = observed;
        this.potential = potential;
        this.median = median;
    }

    /**
     * The completeness of some rows.
     *
     * @param observed observed times, each finite and &gt;= 0
     * @param event whether each ended with an event, which is where follow-up was to end
     * @param potential the time from each row's zero to the closing of the study, at least the observed time
     * @return the completeness
     * @throws InvalidDataException when a row is bad; it lists them
     */
    public static FollowUpCompleteness of(double[] observed, boolean[] event, double[] potential) {
        check(observed, event, potential);
        return of(
                observed, event, potential, IntStream.range(0, observed.length).toArray());
    }

    /**
     * The completeness where all rows have one potential time, as in a study closed a set time after each entry.
     *
     * @param observed observed times, each finite and &gt;= 0
     * @param event whether each ended with an event
     * @param potential the common time, at least every observed one
     * @return the completeness
     * @throws InvalidDataException when a row is bad; it lists them
     */
    public static FollowUpCompleteness of(double[] observed, boolean[] event, double potential) {
        double[] all = new double[observed.length];
        Arrays.fill(all, potential);
        return of(observed, event, all);
    }

    /**
     * The completeness of each group.
     *
     * @param observed observed times, each finite and &gt;= 0
     * @param event whether each ended with an event
     * @param potential the time to the closing of the study, at least the observed time
     * @param group the group of each row
     * @return one a group, in level order; levels without rows are left out
     * @throws InvalidDataException when a row is bad; it lists them
     */
    public static Grouped<FollowUpCompleteness> byGroup(
            double[] observed, boolean[] event, double[] potential, Categories group) {
        check(observed, event, potential);
        Require.sameLength("group", group.size(), "observed", observed.length);
        Map<String, FollowUpCompleteness> all = new LinkedHashMap<>();
        for (int g = 0; g < group.levels().size(); g++) {
            int level = g;
            int[] rows = IntStream.range(0, observed.length)
                    .filter(i -> group.code(i) == level)
                    .toArray();
            if (rows.length > 0) {
                all.put(group.levels().get(g), of(observed, event, potential, rows));
            }
        }
        return Grouped.of(all, c -> c);
    }

    /**
     * Clark's index of each group up to a horizon: as if follow-up were to end there for everybody, with what happens later
     * not counted. Delayed entry takes away the time before it, weights count as so many rows, and a row that ends where its
     * patient goes on in another has no potential time beyond that.
     *
     * @param data follow-up; every status of 1 or more is an event
     * @param horizon the time, &gt; 0
     * @return the index by group, "all" without a group column; 1 where there was no time to observe
     */
    public static Map<String, Double> indexByGroup(SurvivalData data, double horizon) {
        Require.positive("horizon", horizon);
        Categories group = data.group().orElse(null);
        int groups = group == null ? 1 : group.levels().size();
        double[] seen = new double[groups];
        double[] possible = new double[groups];
        InnerEnds ends = InnerEnds.of(data);
        for (int i = 0; i < data.size(); i++) {
            int g = group == null ? 0 : group.code(i);
            double from = data.hasEntry() ? Math.min(data.entry(i), horizon) : 0;
            double to = Math.min(data.time(i), horizon);
            boolean ended = (data.status(i) > 0 || ends.at(i)) && data.time(i) <= horizon;
            seen[g] += data.weight(i) * (to - from);
            possible[g] += data.weight(i) * ((ended ? to : horizon) - from);
        }
        Map<String, Double> all = new LinkedHashMap<>();
        for (int g = 0; g < groups; g++) {
            double index = possible[g] == 0 ? 1 : seen[g] / possible[g];
            all.put(group == null ? "all" : group.levels().get(g), index);
        }
        return all;
    }

    private static FollowUpCompleteness of(double[] observed, boolean[] event, double[] potential, int[] rows) {
        ExactSums sums = new ExactSums(2);
        double[] alive = new double[rows.length];
        int n = 0;
        for (int i : rows) {
            sums.add(0, observed[i]);
            sums.add(1, event[i] ? observed[i] : potential[i]);
            if (!event[i]) {
                alive[n++] = observed[i];
            }
        }
        double[] sorted = Arrays.copyOf(alive, n);
        Arrays.sort(sorted);
        double median = n == 0 ? Double.NaN : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
        return new FollowUpCompleteness(rows.length, rows.length - n, sums.value(0), sums.value(1), median);
    }

    private static void check(double[] observed, boolean[] event, double[] potential) {
        Require.sameLength("event", event.length, "observed", observed.length);
        Require.sameLength("potential", potential.length, "observed", observed.length);
        List<DataProblem> problems = new ArrayList<>();
        if (observed.length == 0) {
            problems.add(DataProblem.ofWhole("there are no rows; allowed: at least one"));
        }
        for (int i = 0; i < observed.length && problems.size() < DataCheck.MOST_PROBLEMS; i++) {
            if (!(observed[i] >= 0 && observed[i] < Double.POSITIVE_INFINITY)) {
                problems.add(DataProblem.ofRow(i + 1L, "observed", observed[i], "allowed: 0 <= observed < infinity"));
            } else if (!(potential[i] >= observed[i] && potential[i] < Double.POSITIVE_INFINITY)) {
                problems.add(DataProblem.ofRow(
                        i + 1L,
                        "potential",
                        potential[i],
                        "allowed: a finite time of at least the observed one, which is " + observed[i]));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidDataException(problems);
        }
    }

    /**
     * The number of rows.
     *
     * @return at least 1
     */
    public int rows() {
        return rows;
    }

    /**
     * The rows with an event.
     *
     * @return the number
     */
    public int events() {
        return events;
    }

    /**
     * Observed person-time.
     *
     * @return in the unit of the times
     */
    public double observedTime() {
        return observed;
    }

    /**
     * Potential person-time.
     *
     * @return in the unit of the times
     */
    public double potentialTime() {
        return potential;
    }

    /**
     * Clark's index.
     *
     * @return observed over potential person-time, 0 to 1; 1 where there was none to observe
     */
    public double index() {
        return potential == 0 ? 1 : observed / potential;
    }

    /**
     * The median observed time of those without event.
     *
     * @return the time; NaN where everybody had an event
     */
    public double medianWithoutEvent() {
        return median;
    }

    @Override
    public TidyTable tidy() {
        return TidyTable.builder()
                .count("rows")
                .count("events")
                .number("observed_time")
                .number("potential_time")
                .number("index")
                .number("median_without_event")
                .row((long) rows, (long) events, observed, potential, index(), median)
                .build();
    }

    @Override
    public String toString() {
        return "follow-up completeness " + Brief.number(index()) + ": " + Brief.count(rows, "row") + ", "
                + Brief.count(events, "event") + ", median without event " + Brief.number(median);
    }
}
