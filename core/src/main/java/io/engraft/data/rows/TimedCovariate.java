package io.engraft.data.rows;

import io.engraft.CheckReturnValue;
import io.engraft.DataProblem;
import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.data.Categories;
import io.engraft.data.DataCheck;
import io.engraft.internal.Brief;
import io.engraft.internal.Require;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A covariate that changes during follow-up, as it was recorded: whose, when, and what. {@link RowsBuilder} makes rows of
 * it in which it is constant. Times are on the clock of the follow-up and may be before it. Immutable.
 *
 * <p>What is recorded at t holds on (t, ..], until the next: it is known only after t, so an event at t is counted under
 * the value before. Before the first record the covariate has its {@link #withInitial initial value}, else what the
 * baseline has under its name, else no value.
 */
@CheckReturnValue
public final class TimedCovariate {

    /** How a covariate follows from its records. */
    enum Kind {
        VALUES("values"),
        LEVELS("levels"),
        ONSET("onset"),
        SUM("sum");

        private final String label;

        Kind(String label) {
            this.label = label;
        }
    }

    private final String name;
    private final Kind kind;
    private final TimedRows rows;
    /** One a row, NaN where missing; of levels their codes. */
    private final double[] value;

    private final List<String> levels;
    /** NaN where none is declared. */
    private double initial = Double.NaN;

    private @Nullable String initialLevel;
    private double lag;
    private boolean missingClears;
    private TiedValues tied = TiedValues.FAIL;
    private List<String> warnings = List.of();
    private List<String> notes = List.of();

    private TimedCovariate(String name, Kind kind, TimedRows rows, double[] value, List<String> levels) {
        if (name.isBlank()) {
            throw InvalidArgumentException.ofText("name of a time-dependent covariate", name, "a name");
        }
        this.name = name;
        this.kind = kind;
        this.rows = rows;
        this.value = value;
        this.levels = levels;
    }

    private TimedCovariate with(TimedRows changed, Consumer<TimedCovariate> change) {
        TimedCovariate copy = new TimedCovariate(name, kind, changed, value, levels);
        copy.initial = initial;
        copy.initialLevel = initialLevel;
        copy.lag = lag;
        copy.missingClears = missingClears;
        copy.tied = tied;
        copy.warnings = warnings;
        copy.notes = notes;
        change.accept(copy);
        return copy;
    }

    /**
     * Measured numbers; the last one is carried forward.
     *
     * @param name the covariate's name
     * @param id whose each is
     * @param time when it was measured, finite
     * @param value what was measured, finite; NaN where missing
     * @return the covariate
     * @throws InvalidDataException when a time is not finite or a value infinite; it lists them
     */
    public static TimedCovariate values(String name, Categories id, double[] time, double[] value) {
        TimedRows rows = TimedRows.of(name, id, time, false);
        return new TimedCovariate(name, Kind.VALUES, rows, amounts(rows, name, value), List.of());
    }

    /**
     * Recorded levels; the last one is carried forward.
     *
     * @param name the covariate's name
     * @param id whose each is
     * @param time when it was recorded, finite
     * @param level what was recorded, null where missing
     * @return the covariate
     * @throws InvalidDataException when a time is not finite; it lists them
     */
    public static TimedCovariate levels(
            String name, Categories id, double[] time, List<? extends @Nullable String> level) {
        TimedRows rows = TimedRows.of(name, id, time, false);
        Require.sameLength(name, level.size(), "time", time.length);
        Set<String> seen = new LinkedHashSet<>();
        for (String one : level) {
            if (one != null) {
                seen.add(one);
            }
        }
        List<String> known = Categories.sortLevels(seen);
        Map<String, Integer> code = new HashMap<>();
        known.forEach(l -> code.put(l, code.size()));
        double[] codes = new double[time.length];
        for (int i = 0; i < codes.length; i++) {
            Integer c = code.get(level.get(i));
            codes[i] = c == null ? Double.NaN : c;
        }
        return new TimedCovariate(name, Kind.LEVELS, rows, codes, known);
    }

    /**
     * Something that begins and stays, such as GVHD: 0 until its onset, 1 after it.
     *
     * @param name the covariate's name
     * @param id whose onset each is; of several of one patient the first counts
     * @param time when it begins; NaN for never, which is as if the row were not there
     * @return the covariate
     * @throws InvalidDataException when a time is infinite; it lists them
     */
    public static TimedCovariate onset(String name, Categories id, double[] time) {
        double[] ones = new double[time.length];
        Arrays.fill(ones, 1);
        return new TimedCovariate(name, Kind.ONSET, TimedRows.of(name, id, time, true), ones, List.of());
    }

    /**
     * How much there was so far, such as units transfused: the sum of the amounts recorded at or before a row's entry,
     * those before the patient's first entry included.
     *
     * @param name the covariate's name
     * @param id whose each amount is
     * @param time when, finite
     * @param amount how much, finite; NaN where missing, which adds nothing
     * @return the covariate, 0 until the first amount
     * @throws InvalidDataException when a time is not finite or an amount infinite; it lists them
     */
    public static TimedCovariate sum(String name, Categories id, double[] time, double[] amount) {
        TimedRows rows = TimedRows.of(name, id, time, false);
        return new TimedCovariate(name, Kind.SUM, rows, amounts(rows, name, amount), List.of());
    }

    /**
     * How often something was recorded so far.
     *
     * @param name the covariate's name
     * @param id whose each record is
     * @param time when, finite
     * @return the covariate, 0 until the first record
     * @throws InvalidDataException when a time is not finite; it lists them
     */
    public static TimedCovariate count(String name, Categories id, double[] time) {
        double[] ones = new double[time.length];
        Arrays.fill(ones, 1);
        return sum(name, id, time, ones);
    }

    private static double[] amounts(TimedRows rows, String name, double[] value) {
        Require.sameLength(name, value.length, "time", rows.size());
        List<DataProblem> problems = new ArrayList<>();
        for (int i = 0; i < value.length && problems.size() < DataCheck.MOST_PROBLEMS; i++) {
            if (Double.isInfinite(value[i])) {
                problems.add(
                        rows.problem(i, name, String.valueOf(value[i]), "allowed: a finite number, NaN where missing"));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidDataException(problems);
        }
        return value.clone();
    }

    /**
     * The value before the first record, in place of the baseline's.
     *
     * @param number finite
     * @return the covariate with it
     * @throws InvalidArgumentException when it holds levels, or the number is not finite
     */
    public TimedCovariate withInitial(double number) {
        if (kind == Kind.LEVELS) {
            throw InvalidArgumentException.of("initial value of " + name, number, "a level, as it holds levels");
        }
        double checked = Require.finite("initial value of " + name, number);
        return with(rows, c -> c.initial = checked);
    }

    /**
     * The level before the first record, in place of the baseline's.
     *
     * @param level any text
     * @return the covariate with it
     * @throws InvalidArgumentException when it holds numbers
     */
    public TimedCovariate withInitial(String level) {
        if (kind != Kind.LEVELS) {
            throw InvalidArgumentException.ofText("initial value of " + name, level, "a number, as it holds numbers");
        }
        return with(rows, c -> c.initialLevel = level);
    }

    /**
     * A delay after which a record counts: what is recorded at t holds on (t + lag, ..]. Records at or before a patient's
     * first entry are not delayed, as that would leave the patient without a value. A value measured shortly before an
     * event may be a sign of it rather than a cause; a lag tells.
     *
     * @param value the delay, finite, 0 or more, in the unit of the times
     * @return the covariate with it
     */
    public TimedCovariate withLag(double value) {
        double checked = Require.nonNegative("lag of " + name, value);
        return with(rows, c -> c.lag = checked);
    }

    /**
     * What a missing value does.
     *
     * @param clears true: from then on there is no value, until the next; false, the default: the last one stays
     * @return the covariate with it
     */
    public TimedCovariate withMissingClears(boolean clears) {
        return with(rows, c -> c.missingClears = clears);
    }

    /**
     * What counts where a patient has several values at one time.
     *
     * @param choice an error where they differ, unless said
     * @return the covariate with it
     * @throws InvalidArgumentException when it holds levels, which have no order
     */
    public TimedCovariate withTied(TiedValues choice) {
        if (kind == Kind.LEVELS && choice != TiedValues.FAIL) {
            throw InvalidArgumentException.of(
                    "choice among tied values of " + name, choice.label(), "fail, as it holds levels");
        }
        return with(rows, c -> c.tied = choice);
    }

    /**
     * The name of the table in messages and counts, that of the covariate unless said.
     *
     * @param table a file or data set
     * @return the covariate with it
     */
    public TimedCovariate withSource(String table) {
        return with(rows.withSource(table), c -> {});
    }

    TimedCovariate withPlace(TimedRows.Place place) {
        return with(rows.withPlace(place), c -> {});
    }

    /** What was found when it was read. */
    TimedCovariate withFindings(List<String> warned, List<String> noted) {
        return with(rows, c -> {
            c.warnings = List.copyOf(warned);
            c.notes = List.copyOf(noted);
        });
    }

    /**
     * The covariate's name.
     *
     * @return its name
     */
    public String name() {
        return name;
    }

    /**
     * Whether it holds levels.
     *
     * @return false where it holds numbers
     */
    public boolean isCategorical() {
        return kind == Kind.LEVELS;
    }

    Kind kind() {
        return kind;
    }

    TimedRows rows() {
        return rows;
    }

    double value(int row) {
        return value[row];
    }

    List<String> levels() {
        return levels;
    }

    double initial() {
        return initial;
    }

    @Nullable
    String initialLevel() {
        return initialLevel;
    }

    double lag() {
        return lag;
    }

    boolean missingClears() {
        return missingClears;
    }

    List<String> warnings() {
        return warnings;
    }

    List<String> notes() {
        return notes;
    }

    TiedValues tied() {
        return tied;
    }

    @Override
    public String toString() {
        return name + ": " + Brief.count(rows.size(), "row") + " of " + kind.label + (lag > 0 ? ", lag " + lag : "");
    }
}
