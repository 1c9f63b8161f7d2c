package io.engraft.data;

import io.engraft.CheckReturnValue;
import io.engraft.DataProblem;
import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.internal.Brief;
import io.engraft.internal.CauseChoice;
import io.engraft.internal.Require;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Follow-up of patients: one row a patient, or a row an interval of one. A row is at risk on (entry, time] and ends with
 * a status: 0 for censored, 1 to K for an event of that cause. Rows can carry a weight of declared type, a group, a
 * stratum, an id, and named covariates. Immutable; every number is checked when it is built.
 *
 * <p>Without an entry column a time of 0 is allowed (at risk at 0); with one, 0 &lt;= entry &lt; time.
 */
public final class SurvivalData {

    private final double[] time;
    private final int[] status;
    private final double @Nullable [] entry;
    private final double @Nullable [] weight;
    private final @Nullable WeightType weightType;
    private final List<String> causes;
    private final @Nullable Categories group;
    private final @Nullable Categories strata;
    private final @Nullable Categories id;
    private final @Nullable Categories cluster;
    private final Map<String, double[]> numeric;
    private final Map<String, Categories> categorical;
    private final DurationUnit unit;
    private final String source;
    private final long dropped;

    /** Their numbers in the source, counted from 1; null where it has these rows and no others. */
    private final long @Nullable [] sourceRow;

    private final List<String> warnings;
    private final List<String> notes;
    private final boolean recurrent;

    private SurvivalData(Builder b, double[] time, int[] status) {
        this.time = time;
        this.status = status;
        this.entry = b.entry;
        this.weight = b.weight;
        this.weightType = b.weightType;
        this.causes = b.resolveCauses();
        this.group = b.group;
        this.strata = b.strata;
        this.id = b.id;
        this.cluster = b.cluster;
        this.numeric = Collections.unmodifiableMap(new LinkedHashMap<>(b.numeric));
        this.categorical = Collections.unmodifiableMap(new LinkedHashMap<>(b.categorical));
        this.unit = b.unit;
        this.source = b.source;
        this.dropped = b.dropped;
        this.sourceRow = b.sourceRow;
        this.warnings = List.copyOf(b.warnings);
        this.notes = List.copyOf(b.notes);
        this.recurrent = b.recurrent;
    }

    /**
     * Plain follow-up: times and status codes.
     *
     * @param time follow-up times, each finite and &gt;= 0
     * @param status 0 for censored, 1 to K for events
     * @return the data
     * @throws InvalidDataException when a row is bad; it lists them
     */
    public static SurvivalData of(double[] time, int[] status) {
        return builder(time, status).build();
    }

    /**
     * Starts data with more columns.
     *
     * @param time follow-up times, each finite and &gt;= 0
     * @param status 0 for censored, 1 to K for events
     * @return a builder; arrays are copied when it builds
     */
    public static Builder builder(double[] time, int[] status) {
        return new Builder(time, status);
    }

    /**
     * The number of rows.
     *
     * @return rows, not weighted
     */
    public int size() {
        return time.length;
    }

    /**
     * Follow-up or stop time of a row.
     *
     * @param row from 0
     * @return the time, in {@link #unit()}
     */
    public double time(int row) {
        return time[row];
    }

    /**
     * Status of a row.
     *
     * @param row from 0
     * @return 0 for censored, 1 to K for an event
     */
    public int status(int row) {
        return status[row];
    }

    /**
     * Whether rows enter late.
     *
     * @return true where there is an entry column
     */
    public boolean hasEntry() {
        return entry != null;
    }

    /**
     * Entry time of a row: it is at risk on (entry, time].
     *
     * @param row from 0
     * @return the entry time, 0 without an entry column
     */
    public double entry(int row) {
        return entry == null ? 0 : entry[row];
    }

    /**
     * What the weights mean.
     *
     * @return the declared type, empty without weights
     */
    public Optional<WeightType> weightType() {
        return Optional.ofNullable(weightType);
    }

    /**
     * Weight of a row.
     *
     * @param row from 0
     * @return the weight, 1 without weights
     */
    public double weight(int row) {
        return weight == null ? 1 : weight[row];
    }

    /**
     * Labels of the causes: the label of code k stands at k - 1.
     *
     * @return K labels; at least one, even where nothing happened
     */
    public List<String> causes() {
        return causes;
    }

    /**
     * The group column: one curve or sample a level.
     *
     * @return the column, empty without groups
     */
    public Optional<Categories> group() {
        return Optional.ofNullable(group);
    }

    /**
     * The stratum column of stratified tests and fits.
     *
     * @return the column, empty without strata
     */
    public Optional<Categories> strata() {
        return Optional.ofNullable(strata);
    }

    /**
     * Who a row is of, where a patient has several.
     *
     * @return the column, empty where each row is a patient
     */
    public Optional<Categories> id() {
        return Optional.ofNullable(id);
    }

    /**
     * Rows that may depend on each other, such as those of a centre, for robust variances.
     *
     * @return the column, empty where each patient (or row, without ids) is one of its own
     */
    public Optional<Categories> cluster() {
        return Optional.ofNullable(cluster);
    }

    /**
     * Names of the covariates, numeric ones first.
     *
     * @return in the order they were added
     */
    public List<String> covariates() {
        List<String> names = new ArrayList<>(numeric.keySet());
        names.addAll(categorical.keySet());
        return names;
    }

    /**
     * Whether there is a numeric covariate of a name.
     *
     * @param name the name
     * @return false where it is categorical, or there is none
     */
    public boolean hasNumericCovariate(String name) {
        return numericCovariates().contains(name);
    }

    /**
     * A numeric covariate.
     *
     * @param name its name
     * @return one value a row (a copy)
     * @throws InvalidArgumentException when there is no numeric covariate of that name
     */
    public double[] numericCovariate(String name) {
        double[] column = numeric.get(name);
        if (column == null) {
            throw InvalidArgumentException.of("numeric covariate", name, "one of " + numeric.keySet());
        }
        return column.clone();
    }

    /**
     * A categorical covariate.
     *
     * @param name its name
     * @return the column
     * @throws InvalidArgumentException when there is no categorical covariate of that name
     */
    public Categories categoricalCovariate(String name) {
        Categories column = categorical.get(name);
        if (column == null) {
            throw InvalidArgumentException.of("categorical covariate", name, "one of " + categorical.keySet());
        }
        return column;
    }

    /**
     * The unit of the times.
     *
     * @return a label; it changes no estimate
     */
    public DurationUnit unit() {
        return unit;
    }

    /**
     * Where the data came from.
     *
     * @return a file or data set name; "data" where it came as arrays
     */
    public String source() {
        return source;
    }

    /**
     * Rows that were left out on the way here because a value was missing.
     *
     * @return the count, 0 unless dropping was asked for
     */
    public long dropped() {
        return dropped;
    }

    /**
     * What a reader of any result of these data should know: that no row is censored though the status looks like a
     * coding nobody declared, codes with a gap, levels that differ in capitals alone, follow-up that no patient lives, values that look like marks of missing, patients who
     * change their group. Results of these data carry them too.
     *
     * @return sentences, maybe none
     */
    public List<String> warnings() {
        return warnings;
    }

    /**
     * How the columns were read, where somebody may have meant it otherwise: marks of missing values and how many there
     * were, few whole numbers taken as numbers.
     *
     * @return sentences, maybe none
     */
    public List<String> notes() {
        return notes;
    }

    /**
     * Which row of its source a row is: that of the file, where rows were dropped or chosen on the way here.
     *
     * @param i the row here, from 0
     * @return the row there, counted from 1 without the header
     */
    public long sourceRow(int i) {
        return sourceRow == null ? Objects.checkIndex(i, time.length) + 1L : sourceRow[i];
    }

    /**
     * The data with one cause as the only event: rows that end with another are censored there.
     *
     * @param cause the code of the cause, 1 to K
     * @return the same rows, with code 1 for that cause
     * @throws InvalidArgumentException when there is no such cause
     */
    @CheckReturnValue
    public SurvivalData causeSpecific(int cause) {
        CauseChoice.code("cause", cause, causes);
        int[] codes = new int[status.length];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = status[i] == cause ? 1 : 0;
        }
        Builder copy = copy(time, codes);
        copy.causes = List.of(causes.get(cause - 1));
        return new SurvivalData(copy, time, codes);
    }

    /**
     * The data with one cause as the only event.
     *
     * @param label the label of the cause
     * @return the same rows, with code 1 for that cause
     * @throws InvalidArgumentException when there is no such cause
     */
    @CheckReturnValue
    public SurvivalData causeSpecific(String label) {
        return causeSpecific(CauseChoice.code("cause", label, causes));
    }

    /**
     * Some of the rows. Levels that no row has any more are gone; causes keep their codes.
     *
     * @param keep true for the rows to keep, numbered from 0
     * @return the rows kept, in their order
     * @throws InvalidDataException when none is left
     */
    @CheckReturnValue
    public SurvivalData where(IntPredicate keep) {
        int[] rows = IntStream.range(0, size()).filter(keep).toArray();
        if (rows.length == 0) {
            throw new InvalidDataException(DataProblem.ofWhole(
                    "none of " + size() + " rows is left; allowed: a condition that at least one row meets"));
        }
        return taken(rows, Categories::withoutUnusedLevels, causes);
    }

    /** Some rows, in their order, every column with them. */
    private SurvivalData taken(int[] rows, UnaryOperator<Categories> levels, List<String> declared) {
        UnaryOperator<@Nullable Categories> column = c -> c == null ? null : levels.apply(c.rows(rows));
        double[] times = RowOrder.taken(time, rows);
        int[] codes = RowOrder.taken(status, rows);
        Builder copy = copy(times, codes);
        copy.causes = declared;
        copy.entry = entry == null ? null : RowOrder.taken(entry, rows);
        copy.weight = weight == null ? null : RowOrder.taken(weight, rows);
        copy.sourceRow = RowOrder.taken(this, rows);
        copy.group = column.apply(group);
        copy.strata = column.apply(strata);
        copy.id = column.apply(id);
        copy.cluster = column.apply(cluster);
        copy.numeric.replaceAll((name, values) -> RowOrder.taken(values, rows));
        copy.categorical.replaceAll((name, c) -> levels.apply(c.rows(rows)));
        return new SurvivalData(copy, times, codes);
    }

    /**
     * The rows in an order that depends on their values alone, not on the order in which they came. Procedures that sum
     * over rows or number them take them so, which is why the same rows in any order give the same bits.
     *
     * @return the rows, numbered from 0; those that are equal in all that counts stand either way
     */
    public int[] canonicalOrder() {
        return order().sorted();
    }

    RowOrder order() {
        RowOrder order = new RowOrder(size())
                .with(time)
                .with(status)
                .with(entry)
                .withWeights(weight, weightType)
                .with(group)
                .with(strata)
                .with(Clusters.of(this).column().orElse(null));
        numeric.values().forEach(order::with);
        categorical.values().forEach(order::with);
        return order;
    }

    /**
     * The same rows in another order.
     *
     * @param rows every row once, numbered from 0
     * @return the data, each row with its number in the source
     * @throws InvalidArgumentException when a row is missing or stands twice
     */
    @CheckReturnValue
    public SurvivalData inOrder(int[] rows) {
        RowOrder.requireAll(rows, size());
        return taken(rows, UnaryOperator.identity(), causes);
    }

    /**
     * The same rows with some of the covariates, without copying any.
     *
     * @param names covariates of these data
     * @return the data with these covariates alone
     * @throws InvalidArgumentException when there is no such covariate
     */
    @CheckReturnValue
    public SurvivalData withOnlyCovariates(Collection<String> names) {
        for (String name : names) {
            if (!numeric.containsKey(name) && !categorical.containsKey(name)) {
                throw InvalidArgumentException.of("covariate", name, "one of " + covariates());
            }
        }
        Builder copy = copy(time, status);
        copy.numeric.keySet().retainAll(names);
        copy.categorical.keySet().retainAll(names);
        return new SurvivalData(copy, time, status);
    }

    /**
     * The same rows in other groups.
     *
     * @param column one level a row
     * @return the data with that group column
     * @throws InvalidArgumentException when its length is not the number of rows
     */
    @CheckReturnValue
    public SurvivalData withGroup(Categories column) {
        return new SurvivalData(copy(time, status).group(column), time, status);
    }

    /**
     * The same rows with one numeric covariate more, or another in its place.
     *
     * @param name its name
     * @param values one finite value a row
     * @return the data with that covariate
     * @throws InvalidDataException when a value is not finite; it lists them
     * @throws InvalidArgumentException when their number is not that of the rows
     */
    @CheckReturnValue
    public SurvivalData withCovariate(String name, double[] values) {
        Require.sameLength("covariate " + name, values.length, "time", time.length);
        List<DataProblem> problems = new ArrayList<>();
        DataCheck.finite(name, values, problems);
        if (!problems.isEmpty()) {
            throw new InvalidDataException(problems);
        }
        Builder copy = copy(time, status);
        copy.categorical.remove(name);
        copy.numeric.put(name, values.clone());
        return new SurvivalData(copy, time, status);
    }

    /**
     * The same rows with one categorical covariate more, or another in its place.
     *
     * @param name its name
     * @param column one level a row
     * @return the data with that covariate
     * @throws InvalidArgumentException when its length is not the number of rows
     */
    @CheckReturnValue
    public SurvivalData withCovariate(String name, Categories column) {
        column.requireSize("covariate " + name, time.length);
        Builder copy = copy(time, status);
        copy.numeric.remove(name);
        copy.categorical.put(name, column);
        return new SurvivalData(copy, time, status);
    }

    /**
     * The same follow-up in another unit: times and entry times are converted, as {@link DurationUnit#to} does. Covariates
     * stay as they are, also one that holds a hazard: a background hazard per month is, in years, to be given times 12.
     *
     * @param target the unit wanted
     * @return the data in that unit
     */
    @CheckReturnValue
    public SurvivalData inUnit(DurationUnit target) {
        double[] times = Arrays.stream(time).map(t -> unit.to(target, t)).toArray();
        Builder copy = copy(times, status);
        copy.entry = entry == null
                ? null
                : Arrays.stream(entry).map(t -> unit.to(target, t)).toArray();
        return new SurvivalData(copy.unit(target), times, status);
    }

    /**
     * A builder that holds all of this, to be changed.
     *
     * @return a builder with the same times and statuses
     */
    public Builder toBuilder() {
        return copy(time, status);
    }

    /** Every column but the times and statuses, which are given. */
    private Builder copy(double[] times, int[] codes) {
        Builder copy = new Builder(times, codes);
        copy.entry = entry;
        copy.weight = weight;
        copy.weightType = weightType;
        copy.causes = causes;
        copy.group = group;
        copy.strata = strata;
        copy.id = id;
        copy.cluster = cluster;
        copy.numeric.putAll(numeric);
        copy.categorical.putAll(categorical);
        copy.unit = unit;
        copy.source = source;
        copy.dropped = dropped;
        copy.sourceRow = sourceRow;
        copy.warnings = warnings;
        copy.notes = notes;
        copy.declared = !causes.equals(EventTable.defaultCauses(causes.size()));
        copy.recurrent = recurrent;
        return copy;
    }

    Set<String> numericCovariates() {
        return numeric.keySet();
    }

    Set<String> categoricalCovariates() {
        return categorical.keySet();
    }

    double[] rawTime() {
        return time;
    }

    int[] rawStatus() {
        return status;
    }

    double @Nullable [] rawEntry() {
        return entry;
    }

    double @Nullable [] rawWeight() {
        return weight;
    }

    @Override
    public String toString() {
        int events = 0;
        for (int code : status) {
            events += code > 0 ? 1 : 0;
        }
        return source + ": " + Brief.count(time.length, "row") + ", " + Brief.count(events, "event") + ", in "
                + unit.label()
                + ", causes " + Brief.list(causes)
                + (group == null ? "" : ", groups " + Brief.list(group.levels()));
    }

    /** Collects the columns of {@link SurvivalData}. Not for use by several threads. */
    public static final class Builder {

        private final double[] time;
        private final int[] status;
        private double @Nullable [] entry;
        private double @Nullable [] weight;
        private @Nullable WeightType weightType;
        private @Nullable List<String> causes;
        private @Nullable Categories group;
        private @Nullable Categories strata;
        private @Nullable Categories id;
        private @Nullable Categories cluster;
        private final Map<String, double[]> numeric = new LinkedHashMap<>();
        private final Map<String, Categories> categorical = new LinkedHashMap<>();
        private DurationUnit unit = DurationUnit.MONTHS;
        private String source = "data";
        private long dropped;
        private long @Nullable [] sourceRow;
        private List<String> warnings = List.of();
        private List<String> notes = List.of();
        /** Whether the codes of the causes were said to be such. */
        private boolean declared;

        private boolean recurrent;

        private Builder(double[] time, int[] status) {
            Require.sameLength("time", time.length, "status", status.length);
            this.time = time;
            this.status = status;
        }

        /**
         * Delayed entry: row i is at risk on (entry, time].
         *
         * @param entry entry times, 0 &lt;= entry &lt; time
         * @return this
         */
        public Builder entry(double[] entry) {
            Require.sameLength("entry", entry.length, "time", time.length);
            this.entry = entry.clone();
            return this;
        }

        /**
         * Weights and what they mean.
         *
         * @param weight finite, &gt;= 0; whole numbers where they are frequencies
         * @param type the meaning
         * @return this
         */
        public Builder weights(double[] weight, WeightType type) {
            Require.sameLength("weight", weight.length, "time", time.length);
            this.weight = weight.clone();
            this.weightType = type;
            return this;
        }

        /**
         * Labels of causes 1 to K, in order.
         *
         * @param labels distinct labels, {@value EventTable#MOST_CAUSES} at most
         * @return this
         */
        public Builder causes(List<String> labels) {
            this.causes = EventTable.requireCauses(labels);
            this.declared = true;
            return this;
        }

        /**
         * The group of each row.
         *
         * @param column one level a row
         * @return this
         */
        public Builder group(Categories column) {
            column.requireSize("group", time.length);
            this.group = column;
            return this;
        }

        /**
         * The stratum of each row.
         *
         * @param column one level a row
         * @return this
         */
        public Builder strata(Categories column) {
            column.requireSize("strata", time.length);
            this.strata = column;
            return this;
        }

        /**
         * The patient of each row. Several rows of one patient need entry times, must not overlap, and end with the first
         * event; {@link #recurrent()} lifts that. Rows that belong together in another way have a cluster column.
         *
         * @param column one level a row
         * @return this
         */
        public Builder id(Categories column) {
            column.requireSize("id", time.length);
            this.id = column;
            return this;
        }

        /**
         * For events that happen to a patient more than once, or times that begin anew after each: the rows of one
         * patient are then not held against each other. Without it they must follow each other without overlap, and end
         * with the first event.
         *
         * @return this
         */
        public Builder recurrent() {
            this.recurrent = true;
            return this;
        }

        /**
         * The cluster of each row: rows of one may depend on each other.
         *
         * @param column one level a row
         * @return this
         */
        public Builder cluster(Categories column) {
            column.requireSize("cluster", time.length);
            this.cluster = column;
            return this;
        }

        /**
         * A numeric covariate.
         *
         * @param name its name
         * @param values one finite value a row
         * @return this
         */
        public Builder covariate(String name, double[] values) {
            requireNew(name);
            Require.sameLength("covariate " + name, values.length, "time", time.length);
            numeric.put(name, values.clone());
            return this;
        }

        /**
         * A categorical covariate.
         *
         * @param name its name
         * @param column one level a row
         * @return this
         */
        public Builder covariate(String name, Categories column) {
            requireNew(name);
            column.requireSize("covariate " + name, time.length);
            categorical.put(name, column);
            return this;
        }

        private void requireNew(String name) {
            if (numeric.containsKey(name) || categorical.containsKey(name)) {
                throw InvalidArgumentException.of("covariate", name, "a name that is not taken");
            }
        }

        /**
         * The unit of the times, months unless said.
         *
         * @param value the unit
         * @return this
         */
        public Builder unit(DurationUnit value) {
            this.unit = value;
            return this;
        }

        /**
         * Where the data came from, for messages.
         *
         * @param name a file or data set
         * @return this
         */
        public Builder source(String name) {
            this.source = name;
            return this;
        }

        /**
         * How many rows were left out for missing values before these were taken.
         *
         * @param rows the count
         * @return this
         */
        public Builder dropped(long rows) {
            this.dropped = Require.atLeast("dropped", rows, 0);
            return this;
        }

        /**
         * Which rows of the source these are, where it has others as well: errors then name its rows.
         *
         * @param rows the number of each row there, counted from 1 without the header
         * @return this
         */
        public Builder sourceRows(long[] rows) {
            Require.sameLength("source rows", rows.length, "time", time.length);
            this.sourceRow = rows.clone();
            return this;
        }

        /**
         * What a reader of any result should know of how these rows came about; {@link SurvivalData#warnings()} has it
         * beside what is found here.
         *
         * @param sentences the warnings
         * @return this
         */
        public Builder warnings(List<String> sentences) {
            this.warnings = List.copyOf(sentences);
            return this;
        }

        /**
         * How the columns were read.
         *
         * @param sentences the notes
         * @return this
         */
        public Builder notes(List<String> sentences) {
            this.notes = List.copyOf(sentences);
            return this;
        }

        private List<String> resolveCauses() {
            if (causes != null) {
                return causes;
            }
            int most = 1;
            for (int code : status) {
                most = Math.max(most, code);
            }
            return EventTable.defaultCauses(most);
        }

        private List<String> nearLevels() {
            Map<String, @Nullable Categories> columns = new LinkedHashMap<>();
            columns.put("group", group);
            columns.put("strata", strata);
            columns.put("id", id);
            columns.put("cluster", cluster);
            categorical.forEach((name, column) -> columns.put("column " + name, column));
            List<String> found = new ArrayList<>();
            columns.forEach((name, column) -> Optional.ofNullable(column)
                    .flatMap(c -> LevelFindings.near(name, c))
                    .ifPresent(found::add));
            return found;
        }

        /**
         * The data, checked.
         *
         * @return immutable data with copies of the arrays
         * @throws InvalidDataException when a row is bad; it lists them
         */
        public SurvivalData build() {
            int known = causes == null ? EventTable.MOST_CAUSES : causes.size();
            List<DataProblem> problems = DataCheck.rows(entry, time, status, weight, known);
            if (weight != null && weightType == WeightType.FREQUENCY && problems.isEmpty()) {
                DataCheck.frequencies(weight, problems);
            }
            numeric.forEach((name, values) -> DataCheck.finite(name, values, problems));
            List<String> found = new ArrayList<>(warnings);
            if (problems.isEmpty()) {
                found.addAll(DataFindings.warnings(time, status, declared, unit, sourceRow));
                found.addAll(nearLevels());
                if (id != null && !recurrent) {
                    new PatientRows(id, entry, time, status, sourceRow).check(group, problems, found);
                }
            }
            if (!problems.isEmpty()) {
                InvalidDataException error = new InvalidDataException(problems);
                throw "data".equals(source) ? error : error.inSource(source);
            }
            warnings = found.stream().distinct().toList();
            return new SurvivalData(this, time.clone(), status.clone());
        }
    }
}
