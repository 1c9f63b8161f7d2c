package io.engraft.data.io;

import io.engraft.CheckReturnValue;
import io.engraft.InvalidArgumentException;
import io.engraft.data.DurationUnit;
import io.engraft.data.WeightType;
import io.engraft.internal.Brief;
import io.engraft.internal.csv.DateText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which column of a table plays which part in follow-up data, and how its values are to be read. Column names are
 * matched exactly, after blanks around them are removed. Immutable.
 *
 * <p>Status is read as whole numbers, 0 for censored and 1 to K for events, unless {@link #withEvents} declares text
 * levels. A value is missing where its cell is empty or holds a mark of missing ({@link #withMissingMarks}).
 */
public final class ColumnRoles {

    private final String time;
    private final String status;
    /** The column of the date from which time runs, null where times are numbers. */
    private @Nullable String from;

    private DateText dates = DateText.ISO;
    private @Nullable String entry;
    private @Nullable String group;
    private @Nullable String strata;
    private @Nullable String id;
    private @Nullable String cluster;
    private @Nullable String weight;
    private @Nullable WeightType weightType;
    private @Nullable StatusLevels levels;
    private List<String> causeLabels = List.of();
    private Map<String, CovariateType> covariates = Map.of();
    private MissingValues missing = MissingValues.FAIL;
    private List<String> missingMarks = List.of();
    private Map<String, List<String>> columnMarks = Map.of();
    private DurationUnit unit = DurationUnit.MONTHS;

    private ColumnRoles(String time, String status) {
        this.time = time;
        this.status = status;
    }

    private ColumnRoles(ColumnRoles from) {
        this(from.time, from.status);
        this.from = from.from;
        this.dates = from.dates;
        this.entry = from.entry;
        this.group = from.group;
        this.strata = from.strata;
        this.id = from.id;
        this.cluster = from.cluster;
        this.weight = from.weight;
        this.weightType = from.weightType;
        this.levels = from.levels;
        this.missingMarks = from.missingMarks;
        this.columnMarks = from.columnMarks;
        this.causeLabels = from.causeLabels;
        this.covariates = from.covariates;
        this.missing = from.missing;
        this.unit = from.unit;
    }

    private ColumnRoles with(Consumer<ColumnRoles> change) {
        ColumnRoles copy = new ColumnRoles(this);
        change.accept(copy);
        return copy;
    }

    /**
     * The two columns that are always needed.
     *
     * @param time the follow-up or stop time
     * @param status the status
     * @return roles with nothing else, missing values an error, and times in months
     */
    public static ColumnRoles of(String time, String status) {
        ColumnRoles roles = new ColumnRoles(requireName("time column", time), requireName("status column", status));
        if (time.equals(status)) {
            throw InvalidArgumentException.of("status column", status, "another column than the time's");
        }
        return roles;
    }

    /**
     * Two dates in place of a time: follow-up is the whole days from the one to the other, in {@link #withUnit the unit}
     * of the times (a month of 30.4375 days, a year of 365.25). An {@link #withEntry entry} column then holds dates too.
     * Dates are year-month-day unless {@link #withDateFormat} says otherwise; a time of day is allowed at midnight.
     *
     * @param from the column of the date from which time runs, such as that of the transplant
     * @param to the column of the date at which follow-up ends
     * @param status the status
     * @return roles with nothing else, missing values an error, and times in months
     */
    public static ColumnRoles ofDates(String from, String to, String status) {
        return of(to, status).withDatesFrom(from);
    }

    /**
     * The same roles where time is the date at which follow-up ends, as in {@link #ofDates}.
     *
     * @param column the column of the date from which time runs
     * @return roles with dates in place of times
     */
    @CheckReturnValue
    public ColumnRoles withDatesFrom(String column) {
        requireName("date column", column);
        if (column.equals(time) || column.equals(status)) {
            throw InvalidArgumentException.of("date column", column, "another column than the end's and the status's");
        }
        return with(roles -> roles.from = column);
    }

    /**
     * How dates are written.
     *
     * @param format d, M and yyyy with what stands between them, such as dd.MM.yyyy or MM/dd/yyyy
     * @return roles with it
     * @throws InvalidArgumentException when the roles have no dates, or the format leaves a date open
     */
    @CheckReturnValue
    public ColumnRoles withDateFormat(String format) {
        if (from == null) {
            throw new InvalidArgumentException("a date format means nothing to times; allowed: with ofDates");
        }
        DateText read = DateText.of(format);
        return with(roles -> roles.dates = read);
    }

    /**
     * The column of the date from which time runs.
     *
     * @return its name, empty where times are numbers
     */
    public Optional<String> from() {
        return Optional.ofNullable(from);
    }

    /**
     * How dates are written.
     *
     * @return the format, such as yyyy-MM-dd
     */
    public String dateFormat() {
        return dates.toString();
    }

    DateText dates() {
        return dates;
    }

    /**
     * Text levels of the status: event k of the list gets code k and is its cause's label.
     *
     * @param levels the levels that are events, in the order of their codes
     * @param censoredLevel the level that means censored
     * @return roles with these levels; any other level is an error
     */
    @CheckReturnValue
    public ColumnRoles withEvents(List<String> levels, String censoredLevel) {
        return withEvents(levels.stream().map(List::of).toList(), List.of(censoredLevel));
    }

    /**
     * Text levels of the status, several of which may mean the same: the levels of list k get code k. Their cause's label
     * is the level; where there are several, the first if they differ only in capitals, blanks and hyphens, else all of
     * them joined by a bar, as in "relapse|progression". A level that is a number stands for it however it is written.
     *
     * @param levels the levels of each cause, in the order of the codes
     * @param censoredLevels the levels that mean censored
     * @return roles with these levels; any other level is an error
     * @throws InvalidArgumentException when there is none of either, or a level is there twice
     */
    @CheckReturnValue
    public ColumnRoles withEvents(List<List<String>> levels, Collection<String> censoredLevels) {
        StatusLevels declared = StatusLevels.of(levels, censoredLevels);
        return with(roles -> {
            roles.levels = declared;
            roles.causeLabels = List.of();
        });
    }

    /**
     * Labels for numeric status codes; a code beyond them is an error.
     *
     * @param labels the labels of codes 1 to K
     * @return roles with numeric codes and these labels
     */
    @CheckReturnValue
    public ColumnRoles withCauseLabels(List<String> labels) {
        if (labels.isEmpty() || new LinkedHashSet<>(labels).size() != labels.size()) {
            throw InvalidArgumentException.of("cause labels", labels, "one or more distinct labels");
        }
        return with(roles -> {
            roles.causeLabels = List.copyOf(labels);
            roles.levels = null;
        });
    }

    /**
     * Delayed entry.
     *
     * @param column holds entry times: a row is at risk on (entry, time]
     * @return roles with it
     */
    @CheckReturnValue
    public ColumnRoles withEntry(String column) {
        requireName("entry column", column);
        return with(roles -> roles.entry = column);
    }

    /**
     * Groups: one curve or sample a level.
     *
     * @param column holds the levels
     * @return roles with it
     */
    @CheckReturnValue
    public ColumnRoles withGroup(String column) {
        requireName("group column", column);
        return with(roles -> roles.group = column);
    }

    /**
     * Strata of stratified tests and fits.
     *
     * @param column holds the levels
     * @return roles with it
     */
    @CheckReturnValue
    public ColumnRoles withStrata(String column) {
        requireName("strata column", column);
        return with(roles -> roles.strata = column);
    }

    /**
     * Who a row is of, where a patient has several.
     *
     * @param column holds the patients' ids
     * @return roles with it
     */
    @CheckReturnValue
    public ColumnRoles withId(String column) {
        requireName("id column", column);
        return with(roles -> roles.id = column);
    }

    /**
     * Rows that may depend on each other, for robust variances.
     *
     * @param column holds the clusters
     * @return roles with it
     */
    @CheckReturnValue
    public ColumnRoles withCluster(String column) {
        requireName("cluster column", column);
        return with(roles -> roles.cluster = column);
    }

    /**
     * Weights, and what they mean.
     *
     * @param column holds the weights
     * @param type their declared type
     * @return roles with it
     */
    @CheckReturnValue
    public ColumnRoles withWeight(String column, WeightType type) {
        return with(roles -> {
            roles.weight = requireName("weight column", column);
            roles.weightType = type;
        });
    }

    /**
     * Covariates, each numeric or categorical by its values; see {@link CovariateType#AUTOMATIC}.
     *
     * @param columns their columns
     * @return roles with these added
     */
    @CheckReturnValue
    public ColumnRoles withCovariates(List<String> columns) {
        ColumnRoles roles = this;
        for (String column : columns) {
            roles = roles.withCovariate(column, CovariateType.AUTOMATIC);
        }
        return roles;
    }

    /**
     * A covariate of declared type.
     *
     * @param column its column
     * @param type how it is read; it replaces a type declared before
     * @return roles with it added
     */
    @CheckReturnValue
    public ColumnRoles withCovariate(String column, CovariateType type) {
        Map<String, CovariateType> more = new LinkedHashMap<>(covariates);
        more.put(requireName("covariate", column), type);
        return with(roles -> roles.covariates = Collections.unmodifiableMap(more));
    }

    /**
     * What to do with missing values.
     *
     * @param policy fail or drop
     * @return roles with it
     */
    @CheckReturnValue
    public ColumnRoles withMissing(MissingValues policy) {
        return with(roles -> roles.missing = policy);
    }

    /**
     * Further texts that stand for a missing value in every column that is used, beside an empty cell and those that are
     * known: NA, N/A, n/a, #N/A, NaN, nan, NULL, null, [Not Available] and a single point. One that is a number stands
     * for that number: -9 for -9.0 too.
     *
     * @param marks such as "-9" or "unknown"
     * @return roles with these added
     */
    @CheckReturnValue
    public ColumnRoles withMissingMarks(Collection<String> marks) {
        List<String> more = new ArrayList<>(missingMarks);
        marks.stream().map(MissingMarks::require).forEach(more::add);
        return with(roles -> roles.missingMarks = List.copyOf(more));
    }

    /**
     * Further texts that stand for a missing value in one column, such as 999 where others may hold a real 999.
     *
     * @param column the column
     * @param marks such as "999"
     * @return roles with these added
     */
    @CheckReturnValue
    public ColumnRoles withMissingMarks(String column, Collection<String> marks) {
        requireName("column of marks of missing", column);
        Map<String, List<String>> more = new LinkedHashMap<>(columnMarks);
        List<String> own = new ArrayList<>(more.getOrDefault(column, List.of()));
        marks.stream().map(MissingMarks::require).forEach(own::add);
        more.put(column, List.copyOf(own));
        return with(roles -> roles.columnMarks = Collections.unmodifiableMap(more));
    }

    /** What stands for a missing value in a column; what the status declares as a level does not. */
    MissingMarks marks(String column) {
        MissingMarks marks = MissingMarks.KNOWN.with(missingMarks).with(columnMarks.getOrDefault(column, List.of()));
        return levels != null && column.equals(status) ? marks.without(levels.all()) : marks;
    }

    /**
     * The columns that have marks of missing of their own.
     *
     * @return the declared marks by column
     */
    public Map<String, List<String>> columnMissingMarks() {
        return columnMarks;
    }

    /**
     * The declared marks of missing of every column.
     *
     * @return the marks, without those that are known
     */
    public List<String> missingMarks() {
        return missingMarks;
    }

    /** What the texts of the status mean, null where it is read as numbers. */
    @Nullable
    StatusLevels levels() {
        return levels;
    }

    /**
     * The unit of the times.
     *
     * @param value the unit; it labels and changes no number
     * @return roles with it
     */
    @CheckReturnValue
    public ColumnRoles withUnit(DurationUnit value) {
        return with(roles -> roles.unit = value);
    }

    private static String requireName(String what, String name) {
        if (name.isBlank()) {
            throw InvalidArgumentException.ofText(what, name, "the name of a column");
        }
        return name;
    }

    /**
     * The time column, or that of the date at which follow-up ends.
     *
     * @return its name
     */
    public String time() {
        return time;
    }

    /**
     * The status column.
     *
     * @return its name
     */
    public String status() {
        return status;
    }

    /**
     * The entry column.
     *
     * @return its name, empty without delayed entry
     */
    public Optional<String> entry() {
        return Optional.ofNullable(entry);
    }

    /**
     * The group column.
     *
     * @return its name, empty without groups
     */
    public Optional<String> group() {
        return Optional.ofNullable(group);
    }

    /**
     * The strata column.
     *
     * @return its name, empty without strata
     */
    public Optional<String> strata() {
        return Optional.ofNullable(strata);
    }

    /**
     * The id column.
     *
     * @return its name, empty where each row is a patient
     */
    public Optional<String> id() {
        return Optional.ofNullable(id);
    }

    /**
     * The cluster column.
     *
     * @return its name, empty without clusters
     */
    public Optional<String> cluster() {
        return Optional.ofNullable(cluster);
    }

    /**
     * The weight column.
     *
     * @return its name, empty without weights
     */
    public Optional<String> weight() {
        return Optional.ofNullable(weight);
    }

    /**
     * The declared meaning of the weights.
     *
     * @return the type, empty without weights
     */
    public Optional<WeightType> weightType() {
        return Optional.ofNullable(weightType);
    }

    /**
     * The labels of causes whose levels are declared.
     *
     * @return in the order of their codes; empty where status is read as numbers
     */
    public List<String> events() {
        return levels == null ? List.of() : levels.labels();
    }

    /**
     * The text levels that are events.
     *
     * @return those of each cause, in the order of their codes; empty where status is read as numbers
     */
    public List<List<String>> eventLevels() {
        return levels == null ? List.of() : levels.events();
    }

    /**
     * The first text level that means censored.
     *
     * @return the level, empty where status is read as numbers
     */
    public Optional<String> censored() {
        return censoredLevels().stream().findFirst();
    }

    /**
     * The text levels that mean censored.
     *
     * @return the levels, empty where status is read as numbers
     */
    public List<String> censoredLevels() {
        return levels == null ? List.of() : levels.censored();
    }

    /**
     * Labels of numeric status codes.
     *
     * @return the labels of codes 1 to K; empty where none were given
     */
    public List<String> causeLabels() {
        return causeLabels;
    }

    /**
     * The covariates and how they are read.
     *
     * @return by column, in the order they were added
     */
    public Map<String, CovariateType> covariates() {
        return covariates;
    }

    /**
     * What is done with missing values.
     *
     * @return the policy
     */
    public MissingValues missing() {
        return missing;
    }

    /**
     * The unit of the times.
     *
     * @return the unit
     */
    public DurationUnit unit() {
        return unit;
    }

    @Override
    public String toString() {
        return (from == null ? "time " : "time from " + from + " to ") + time + ", status " + status
                + (entry == null ? "" : ", entry " + entry)
                + (group == null ? "" : ", group " + group)
                + (covariates.isEmpty() ? "" : ", covariates " + Brief.list(covariates.keySet()));
    }
}
