package io.engraft.data;

import io.engraft.DataProblem;
import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.internal.Brief;
import io.engraft.internal.Require;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Multi-state follow-up: a row is a subject's stay in the state {@code from} on (entry, time], which ends with a
 * transition into the state {@code to} or censored. A subject can have several rows, come under observation late, and
 * return to states. States and transitions are known by name. Immutable; every row is checked when it is built, and rows
 * of one subject against each other ({@link MultiStateCheck}).
 *
 * <p>Without an id column each row is a subject of its own. Without an entry column a row is at risk from 0 on, and at 0.
 */
public final class MultiStateData {

    /** The name for "no transition" unless another is declared. */
    public static final String CENSORED = "censored";

    /** The state before any event, in data that come from a single endpoint. */
    public static final String EVENT_FREE = "event-free";

    private final double[] time;
    private final double @Nullable [] entry;
    private final int[] from;
    private final int[] to;
    private final List<String> states;
    private final Set<String> absorbing;
    private final double @Nullable [] weight;
    private final @Nullable WeightType weightType;
    private final @Nullable Categories group;
    private final @Nullable Categories id;
    private final @Nullable Categories cluster;
    private final CovariateColumns covariates;
    private final DurationUnit unit;
    private final String source;
    private final List<String> withoutRows;
    private final long dropped;
    private final List<String> warnings;

    private MultiStateData(Builder b, List<String> states) {
        this.time = b.time.clone();
        this.entry = b.entry;
        this.states = List.copyOf(states);
        this.from = MultiStateChecker.placesIn(states, b.from);
        this.to = MultiStateChecker.placesIn(states, b.to);
        this.absorbing = new LinkedHashSet<>(b.absorbing);
        this.weight = b.weight;
        this.weightType = b.weightType;
        this.group = b.group;
        this.id = b.id;
        this.cluster = b.cluster;
        this.covariates = b.covariates.copy();
        this.unit = b.unit;
        this.source = b.source;
        this.withoutRows = b.withoutRows;
        this.dropped = b.dropped;
        this.warnings = b.findings();
    }

    /**
     * Starts data from the columns that every row has. They are those that R's survfit takes: the status is the state
     * that is entered, and {@code istate} the one in which the row starts.
     *
     * @param time when each row ends, finite and &gt;= 0
     * @param from the state in which it is until then
     * @param to the state that is entered then, or {@value #CENSORED}
     * @return a builder; arrays are copied when it builds
     */
    public static Builder builder(double[] time, Categories from, Categories to) {
        return new Builder(time, from, to);
    }

    /**
     * Starts data of which only the state that is entered is known: each subject's first row starts in the given state,
     * every later one, in order of time, in the state entered last.
     *
     * @param id whose row it is
     * @param entry when each row begins
     * @param time when it ends
     * @param to the state that is entered then, or {@code censored}
     * @param initial the state in which everybody starts
     * @param censored the name for no transition
     * @return a builder
     */
    public static Builder ofStatus(
            Categories id, double[] entry, double[] time, Categories to, String initial, String censored) {
        return MultiStateSources.ofStatus(id, entry, time, to, initial, censored);
    }

    /**
     * Competing risks as two or more states: {@link #EVENT_FREE} and one absorbing state a cause.
     *
     * @param data follow-up; its strata are left behind, and gaps between rows are allowed
     * @return the rows, with group, ids, cluster, covariates and weights
     */
    public static MultiStateData of(SurvivalData data) {
        return MultiStateSources.competing(data).build();
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
     * When a row ends.
     *
     * @param row from 0
     * @return the time, in {@link #unit()}
     */
    public double time(int row) {
        return time[row];
    }

    /**
     * Whether rows have an entry time.
     *
     * @return true where there is an entry column
     */
    public boolean hasEntry() {
        return entry != null;
    }

    /**
     * When a row begins: it is at risk on (entry, time].
     *
     * @param row from 0
     * @return the entry time, 0 without an entry column
     */
    public double entry(int row) {
        return entry == null ? 0 : entry[row];
    }

    /**
     * The states.
     *
     * @return names, in the order of every result
     */
    public List<String> states() {
        return states;
    }

    /**
     * The states that are declared absorbing, or from which no row starts.
     *
     * @return in the order of {@link #states()}
     */
    public Set<String> absorbing() {
        Set<String> found = new LinkedHashSet<>(states);
        for (int j : from) {
            found.remove(states.get(j));
        }
        found.addAll(absorbing);
        return found;
    }

    /**
     * The state in which a row is.
     *
     * @param row from 0
     * @return its place in {@link #states()}
     */
    public int from(int row) {
        return from[row];
    }

    /**
     * The state that a row enters at its end.
     *
     * @param row from 0
     * @return its place in {@link #states()}, -1 where censored
     */
    public int to(int row) {
        return to[row];
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
     * What the weights mean.
     *
     * @return the declared type, empty without weights
     */
    public Optional<WeightType> weightType() {
        return Optional.ofNullable(weightType);
    }

    /**
     * The group column.
     *
     * @return the column, empty without groups
     */
    public Optional<Categories> group() {
        return Optional.ofNullable(group);
    }

    /**
     * Whose a row is.
     *
     * @return the column, empty where each row is a subject of its own
     */
    public Optional<Categories> id() {
        return Optional.ofNullable(id);
    }

    /**
     * Subjects that may depend on each other, for robust variances.
     *
     * @return the column, empty where each subject is one of its own
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
        return covariates.names();
    }

    /**
     * Whether there is a numeric covariate of a name.
     *
     * @param name the name
     * @return false where it is categorical, or there is none
     */
    public boolean hasNumericCovariate(String name) {
        return covariates.numeric().containsKey(name);
    }

    /**
     * A numeric covariate.
     *
     * @param name its name
     * @return one value a row (a copy)
     * @throws InvalidArgumentException when there is no numeric covariate of that name
     */
    public double[] numericCovariate(String name) {
        return covariates.numeric(name);
    }

    /**
     * A categorical covariate.
     *
     * @param name its name
     * @return the column
     * @throws InvalidArgumentException when there is no categorical covariate of that name
     */
    public Categories categoricalCovariate(String name) {
        return covariates.categorical(name);
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
     * Patients of histories who have no row, as their follow-up ends on day 0.
     *
     * @return their ids
     */
    public List<String> withoutRows() {
        return withoutRows;
    }

    /**
     * Rows of the source that were left out for missing values.
     *
     * @return the number
     */
    public long dropped() {
        return dropped;
    }

    /**
     * What a reader of any result of these data should know: follow-up that no patient lives, levels and states that differ
     * in capitals, blanks or leading zeros alone, what was found while they were read. Results carry them too.
     *
     * @return sentences, maybe none
     */
    public List<String> warnings() {
        return warnings;
    }

    /**
     * How often each transition was seen, by name.
     *
     * @return counts of rows, in the order of the states; transitions that were never seen are not in it
     */
    public Map<Transition, Long> transitions() {
        return Transition.counts(states, from, to);
    }

    double @Nullable [] rawWeight() {
        return weight;
    }

    /**
     * The rows in an order that depends on their values alone, as {@link SurvivalData#canonicalOrder()}.
     *
     * @return the rows, numbered from 0
     */
    public int[] canonicalOrder() {
        RowOrder order = new RowOrder(size())
                .with(time)
                .with(entry)
                .with(from)
                .with(to)
                .withWeights(weight, weightType)
                .with(group)
                .with(Clusters.of(this).column().orElse(null));
        covariates.numeric().values().forEach(order::with);
        covariates.categorical().values().forEach(order::with);
        return order.sorted();
    }

    @Override
    public String toString() {
        return "multi-state data of " + source + ": " + Brief.count(time.length, "row") + " in " + unit.label()
                + ", states " + Brief.list(states);
    }

    /** Collects the columns of {@link MultiStateData}. Not for use by several threads. */
    public static final class Builder {

        final double[] time;
        final Categories from;
        final Categories to;
        double @Nullable [] entry;
        double @Nullable [] weight;

        @Nullable
        WeightType weightType;

        @Nullable
        Categories group;

        @Nullable
        Categories id;

        @Nullable
        Categories cluster;

        String censored = CENSORED;
        List<String> absorbing = List.of();
        boolean gapsAllowed;
        TieRule tieRule = TieRule.DEFAULT;
        List<String> withoutRows = List.of();
        private long dropped;
        final CovariateColumns covariates = new CovariateColumns();
        private @Nullable List<String> states;
        private DurationUnit unit = DurationUnit.MONTHS;
        private String source = "data";
        private List<String> warnings = List.of();

        Builder(double[] time, Categories from, Categories to) {
            from.requireSize("from", time.length);
            to.requireSize("to", time.length);
            this.time = time;
            this.from = from;
            this.to = to;
        }

        /**
         * Subjects whose follow-up ended before any row: they are named in the data, and counted nowhere.
         *
         * @param ids their ids
         * @return this
         */
        public Builder withoutRows(List<String> ids) {
            this.withoutRows = List.copyOf(ids);
            return this;
        }

        /**
         * How many rows of the source were left out for missing values.
         *
         * @param rows the number
         * @return this
         */
        public Builder dropped(long rows) {
            if (rows < 0) {
                throw InvalidArgumentException.of("dropped", rows, "0 or more");
            }
            this.dropped = rows;
            return this;
        }

        /**
         * Begin of the rows: row i is at risk on (entry, time].
         *
         * @param value entry times, 0 &lt;= entry &lt; time
         * @return this
         */
        public Builder entry(double[] value) {
            Require.sameLength("entry", value.length, "time", time.length);
            this.entry = value.clone();
            return this;
        }

        /**
         * Whose each row is.
         *
         * @param column one id a row
         * @return this
         */
        public Builder id(Categories column) {
            column.requireSize("id", time.length);
            this.id = column;
            return this;
        }

        /**
         * The states and their order; without it those that occur, in the order of {@link Categories#sortLevels}.
         *
         * @param names distinct names
         * @return this
         */
        public Builder states(List<String> names) {
            if (names.isEmpty() || new HashSet<>(names).size() != names.size()) {
                throw InvalidArgumentException.of("states", names, "one or more, distinct");
            }
            this.states = List.copyOf(names);
            return this;
        }

        /**
         * The name for no transition.
         *
         * @param label such as "censored", the default
         * @return this
         */
        public Builder censored(String label) {
            this.censored = label;
            return this;
        }

        /**
         * States that nobody leaves; a row that begins in one, or follows one, is then a problem.
         *
         * @param names some of the states
         * @return this
         */
        public Builder absorbing(List<String> names) {
            this.absorbing = List.copyOf(names);
            return this;
        }

        /**
         * Weights and what they mean.
         *
         * @param value finite, &gt;= 0; frequency weights are the same in all rows of a subject
         * @param type the meaning
         * @return this
         */
        public Builder weights(double[] value, WeightType type) {
            Require.sameLength("weight", value.length, "time", time.length);
            this.weight = value.clone();
            this.weightType = type;
            return this;
        }

        /**
         * A group a subject.
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
         * Subjects that may depend on each other, such as those of a centre.
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
         * A numeric covariate, which may change from row to row of a subject.
         *
         * @param name its name
         * @param values one finite value a row
         * @return this
         */
        public Builder covariate(String name, double[] values) {
            covariates.add(name, values, time.length);
            return this;
        }

        /**
         * A categorical covariate, which may change from row to row of a subject.
         *
         * @param name its name
         * @param column one level a row
         * @return this
         */
        public Builder covariate(String name, Categories column) {
            covariates.add(name, column, time.length);
            return this;
        }

        /**
         * Allows subjects to be out of sight between rows, in the same state before and after.
         *
         * @return this
         */
        public Builder allowGaps() {
            this.gapsAllowed = true;
            return this;
        }

        /**
         * Which times count as one when rows of a subject are looked at.
         *
         * @param rule the rule, {@link TieRule#DEFAULT} unless said
         * @return this
         */
        public Builder tieRule(TieRule rule) {
            this.tieRule = rule;
            return this;
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
         * What a reader of any result should know of how these rows came about; {@link MultiStateData#warnings()} has it
         * beside what is found here.
         *
         * @param sentences the warnings
         * @return this
         */
        public Builder warnings(List<String> sentences) {
            this.warnings = List.copyOf(sentences);
            return this;
        }

        private List<String> findings() {
            List<String> found = new ArrayList<>(warnings);
            found.removeIf(w -> w.startsWith(LevelFindings.BEGIN));
            // The reader of a file has looked at times, and knows the file's own rows.
            if (warnings.stream().noneMatch(w -> w.startsWith(DataFindings.LONG_TIMES))) {
                DataFindings.longTimes(time, unit, null).ifPresent(found::add);
            }
            Map<String, @Nullable Categories> columns = new LinkedHashMap<>();
            columns.put("column from", from);
            columns.put("column to", to);
            columns.put("group", group);
            columns.put("id", id);
            columns.put("cluster", cluster);
            columns.forEach((name, column) -> Optional.ofNullable(column)
                    .flatMap(c -> LevelFindings.near(name, c))
                    .ifPresent(found::add));
            covariates
                    .categorical()
                    .forEach((name, column) ->
                            LevelFindings.near("column " + name, column).ifPresent(found::add));
            return found.stream().distinct().toList();
        }

        /**
         * Looks at every row without building.
         *
         * @return everything that was found
         */
        public MultiStateCheck check() {
            return new MultiStateChecker(this, resolveStates()).check();
        }

        private List<String> resolveStates() {
            if (states != null) {
                return states;
            }
            Set<String> names = new LinkedHashSet<>();
            for (int i = 0; i < time.length; i++) {
                names.add(from.value(i));
                names.add(to.value(i));
            }
            names.remove(censored);
            return Categories.sortLevels(names);
        }

        /**
         * The data, checked.
         *
         * @return immutable data with copies of the arrays
         * @throws InvalidDataException when there are no rows, or a row is bad; it lists them
         */
        public MultiStateData build() {
            List<String> known = resolveStates();
            for (String name : absorbing) {
                if (!known.contains(name)) {
                    throw InvalidArgumentException.of("absorbing state", name, "one of " + known);
                }
            }
            if (known.contains(censored)) {
                throw InvalidArgumentException.of(
                        "name for censored", censored, "a name that is not a state, which are " + known);
            }
            List<DataProblem> problems = time.length == 0
                    ? List.of(DataProblem.ofWhole("there are no rows; allowed: at least one"))
                    : check().problems();
            if (!problems.isEmpty()) {
                InvalidDataException error = new InvalidDataException(problems);
                throw "data".equals(source) ? error : error.inSource(source);
            }
            return new MultiStateData(this, known);
        }
    }
}
