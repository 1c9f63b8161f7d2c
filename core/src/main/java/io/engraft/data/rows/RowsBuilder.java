package io.engraft.data.rows;

import io.engraft.CheckReturnValue;
import io.engraft.InvalidArgumentException;
import io.engraft.data.SurvivalData;
import io.engraft.data.TieRule;
import io.engraft.data.io.MissingValues;
import io.engraft.internal.Brief;
import io.engraft.internal.Require;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Rows (entry, time] for time-dependent questions, from any data: follow-up with baseline covariates, and tables of what
 * was measured and what happened later, merged by patient and cut wherever something changes, as R's {@code tmerge} and
 * {@code survSplit} do [1]. What is recorded at t holds on (t, ..]; an event at t ends the row (.., t]. Immutable.
 *
 * <p>The follow-up has an id column. It may have several rows a patient, with gaps, so that what was built can be built
 * upon: merging two tables one after the other gives what merging both at once gives. Rows come patient by patient, in the
 * order in which the follow-up has the patients, those of each by time; no table's order of rows changes anything.
 *
 * <p>Times that count as one by the {@link #withTieRule tie rule} make one cut: a record that joins an end of follow-up, or
 * any time of it, takes that time. Entries and ends of follow-up keep their values, so that a fit to the cut rows is that to
 * the whole.
 *
 * <p>[1] Therneau T, Crowson C, Atkinson E. Using time dependent covariates and time dependent coefficients in the Cox
 * model. Vignette "timedep" of the R package survival.
 */
@CheckReturnValue
public final class RowsBuilder {

    /** The names of the columns that every table of rows has. */
    private static final List<String> OWN = List.of("id", "entry", "time", "status");

    private final SurvivalData baseline;
    private List<TimedCovariate> covariates = List.of();
    private List<TimedEvents> events = List.of();
    private double[] splits = new double[0];
    private boolean splitsAtEvents;
    private String episode = "episode";
    private double start;
    private double end = Double.POSITIVE_INFINITY;
    private List<String> priority = List.of();
    private MissingValues unknown = MissingValues.FAIL;
    private TieRule tieRule = TieRule.DEFAULT;

    private RowsBuilder(SurvivalData baseline) {
        this.baseline = baseline;
    }

    private RowsBuilder with(Consumer<RowsBuilder> change) {
        RowsBuilder copy = new RowsBuilder(baseline);
        copy.covariates = covariates;
        copy.events = events;
        copy.splits = splits;
        copy.splitsAtEvents = splitsAtEvents;
        copy.episode = episode;
        copy.start = start;
        copy.end = end;
        copy.priority = priority;
        copy.unknown = unknown;
        copy.tieRule = tieRule;
        change.accept(copy);
        return copy;
    }

    /**
     * Rows of some follow-up, not cut yet.
     *
     * @param baseline follow-up with ids and what is known at its begin; all its columns are carried into the rows
     * @return a builder
     * @throws InvalidArgumentException when it has no id column, or a covariate named id, entry, time or status
     */
    public static RowsBuilder of(SurvivalData baseline) {
        if (baseline.id().isEmpty()) {
            throw new InvalidArgumentException(
                    "follow-up without an id column cannot be merged with other tables; allowed: follow-up with one");
        }
        RowsBuilder builder = new RowsBuilder(baseline);
        builder.requireNames();
        return builder;
    }

    /**
     * With a covariate that changes.
     *
     * @param covariate what was recorded
     * @return a builder with it, after those it has
     * @throws InvalidArgumentException when its name is taken by another covariate that changes, or is that of a column
     *     that rows have
     */
    public RowsBuilder withCovariate(TimedCovariate covariate) {
        return with(b -> b.covariates = plus(covariates, covariate)).checked();
    }

    /**
     * With events, after which the patient stays at risk. Their kinds become causes after those of the follow-up, in level
     * order; a kind that has the label of a cause is that cause.
     *
     * @param more what happened
     * @return a builder with them, after those it has
     * @throws InvalidArgumentException when the name of a count or number of them is taken
     */
    public RowsBuilder withEvents(TimedEvents more) {
        return with(b -> b.events = plus(events, more)).checked();
    }

    private static <T> List<T> plus(List<T> list, T one) {
        List<T> more = new ArrayList<>(list);
        more.add(one);
        return List.copyOf(more);
    }

    /**
     * With every row cut at some times, in place of those before.
     *
     * @param times finite, above 0; rows tell by their {@link #withEpisode episode} between which they lie
     * @return a builder with them
     * @throws InvalidArgumentException when a time is not finite or not above 0, or stands twice
     */
    public RowsBuilder withSplits(double... times) {
        double[] sorted = times.clone();
        for (double t : sorted) {
            Require.positive("time of a split", t);
        }
        Arrays.sort(sorted);
        for (int k = 1; k < sorted.length; k++) {
            if (sorted[k] == sorted[k - 1]) {
                throw InvalidArgumentException.of("times of splits", Arrays.toString(times), "distinct times");
            }
        }
        return with(b -> b.splits = sorted).checked();
    }

    /**
     * With every row cut at each time at which somebody has an event, so that a covariate may change with time itself.
     * There may be many rows: about patients times events, half of that at the most.
     *
     * @return a builder that does so
     */
    public RowsBuilder withSplitsAtEvents() {
        return with(b -> b.splitsAtEvents = true).checked();
    }

    /**
     * The name of the covariate that says between which splits a row lies: 1 before the first, 2 between the first and the
     * second, and so on. It is there where there are splits.
     *
     * @param name its name, "episode" unless said
     * @return a builder with it
     * @throws InvalidArgumentException when the name is taken
     */
    public RowsBuilder withEpisode(String name) {
        if (name.isBlank()) {
            throw InvalidArgumentException.ofText("name of the episode", name, "a name");
        }
        return with(b -> b.episode = name).checked();
    }

    /**
     * Cuts away what is before a time: rows begin then at the earliest. Patients whose follow-up ends at it or before have
     * no row.
     *
     * @param time finite, 0 or more
     * @return a builder that does so
     * @throws InvalidArgumentException when it is not before the end
     */
    public RowsBuilder withStart(double time) {
        double checked = Require.nonNegative("start", time);
        return with(b -> b.start = checked).checked();
    }

    /**
     * Cuts away what is after a time: rows end then at the latest, without an event unless it is at that time.
     *
     * @param time finite, above 0
     * @return a builder that does so
     * @throws InvalidArgumentException when it is not after the start
     */
    public RowsBuilder withEnd(double time) {
        double checked = Require.positive("end", time);
        return with(b -> b.end = checked).checked();
    }

    /**
     * Which kind of event stands in a row where a patient has several at one time.
     *
     * @param kinds labels, the first before all others; those that are not named come after, in the order of their codes.
     *     Without a list several kinds at one time are an error
     * @return a builder with the list
     */
    public RowsBuilder withPriority(List<String> kinds) {
        Require.distinct("kinds of events that come first", kinds, "distinct kinds");
        return with(b -> b.priority = List.copyOf(kinds));
    }

    /**
     * What to do with rows in which a covariate has no value: before its first record, or after a missing one that clears.
     *
     * @param policy an error that lists the patients, or leave out such rows and count them
     * @return a builder with it
     */
    public RowsBuilder withUnknown(MissingValues policy) {
        return with(b -> b.unknown = policy);
    }

    /**
     * Which times count as one.
     *
     * @param rule the rule, {@link TieRule#DEFAULT} unless said
     * @return a builder with it
     */
    public RowsBuilder withTieRule(TieRule rule) {
        return with(b -> b.tieRule = rule);
    }

    /**
     * Cuts the rows.
     *
     * @return the rows, and what became of each table
     * @throws io.engraft.InvalidDataException when rows of a patient overlap or are within the tie tolerance, a patient has
     *     values or events at one time that cannot all hold, a covariate has no value and may not lack one, a table has no
     *     patient of the follow-up, or nobody is at risk; it lists them
     * @throws InvalidArgumentException when a covariate is numeric here and categorical there, or a kind that is to come
     *     first does not occur
     */
    public BuiltRows build() {
        return new RowsAssembly(this).rows();
    }

    private RowsBuilder checked() {
        if (!(start < end)) {
            throw InvalidArgumentException.of("start", start, "start < end, which is " + end);
        }
        requireNames();
        return this;
    }

    private void requireNames() {
        Set<String> taken = new LinkedHashSet<>(OWN);
        Set<String> fixed = new LinkedHashSet<>(baseline.covariates());
        for (String name : fixed) {
            if (taken.contains(name)) {
                throw InvalidArgumentException.ofText("covariate", name, "another name than " + String.join(", ", OWN));
            }
        }
        for (TimedCovariate covariate : covariates) {
            requireNew(covariate.name(), taken);
        }
        taken.addAll(fixed);
        for (TimedEvents table : events) {
            requireNew(table.count(), taken);
            requireNew(table.number(), taken);
        }
        requireNew(hasSplits() ? episode : null, taken);
    }

    private static void requireNew(@Nullable String name, Set<String> taken) {
        if (name != null && !taken.add(name)) {
            throw InvalidArgumentException.ofText(
                    "covariate", name, "a name that is not taken; these are: " + String.join(", ", taken));
        }
    }

    SurvivalData baseline() {
        return baseline;
    }

    List<TimedCovariate> covariates() {
        return covariates;
    }

    List<TimedEvents> events() {
        return events;
    }

    double[] splits() {
        return splits;
    }

    boolean isSplitAtEvents() {
        return splitsAtEvents;
    }

    boolean hasSplits() {
        return splitsAtEvents || splits.length > 0;
    }

    String episode() {
        return episode;
    }

    double start() {
        return start;
    }

    double end() {
        return end;
    }

    List<String> priority() {
        return priority;
    }

    MissingValues unknown() {
        return unknown;
    }

    TieRule tieRule() {
        return tieRule;
    }

    @Override
    public String toString() {
        return "rows of " + baseline.source() + ": " + Brief.count(baseline.size(), "row") + " of follow-up, "
                + Brief.count(covariates.size(), "covariate") + " that change, "
                + Brief.count(events.size(), "table") + " of events"
                + (splits.length > 0 ? ", splits " + Brief.numbers(splits) : "")
                + (splitsAtEvents ? ", splits at events" : "");
    }
}
