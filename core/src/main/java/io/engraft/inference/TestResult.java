package io.engraft.inference;

import io.engraft.NotEstimableException;
import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.data.SurvivalData;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.internal.Brief;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.jspecify.annotations.Nullable;

/**
 * What a test gives back: an overall chi-square where the test has one, the groups with what was observed and expected,
 * and contrasts (trend, pairs, differences). Where a statistic is not estimable it says why; there is no NaN.
 */
public final class TestResult implements Tabular {

    /**
     * One group in a test.
     *
     * @param group its name
     * @param n its rows, not weighted
     * @param observed its events (up to the time in question), weighted by the test's weights
     * @param expected the events expected were the groups alike, weighted by the test's weights; empty for tests that
     *     compare estimates, not events
     * @param estimate the group's own estimate, empty for tests that compare events: its restricted mean, or its survival
     *     or incidence at the time
     */
    public record GroupCount(
            String group, long n, double observed, OptionalDouble expected, Optional<PointEstimate> estimate) {}

    /**
     * One comparison within a test.
     */
    public static final class Contrast {

        private final String group;
        private final String against;
        private final String measure;
        private final OptionalDouble estimate;
        private final @Nullable Interval interval;
        private final double z;
        private final double pValue;
        private final OptionalDouble adjustedPValue;

        Contrast(
                String group,
                String against,
                String measure,
                OptionalDouble estimate,
                @Nullable Interval interval,
                double z,
                double pValue,
                OptionalDouble adjustedPValue) {
            this.group = group;
            this.against = against;
            this.measure = measure;
            this.estimate = estimate;
            this.interval = interval;
            this.z = z;
            this.pValue = pValue;
            this.adjustedPValue = adjustedPValue;
        }

        /** {@return what is compared} */
        public String group() {
            return group;
        }

        /** {@return with what} */
        public String against() {
            return against;
        }

        /** {@return what the estimate is, for example "trend" or "difference"} */
        public String measure() {
            return measure;
        }

        /** {@return the comparison, empty where the test has none beyond z} */
        public OptionalDouble estimate() {
            return estimate;
        }

        /** {@return its interval, null where it has none} */
        public @Nullable Interval interval() {
            return interval;
        }

        /** {@return the standardised statistic: of rank tests positive where {@code group} has more events than {@code against}, of others where the estimate (of ratios its logarithm) is} */
        public double z() {
            return z;
        }

        /** {@return two-sided} */
        public double pValue() {
            return pValue;
        }

        /** {@return adjusted for the number of comparisons, empty where none was asked for} */
        public OptionalDouble adjustedPValue() {
            return adjustedPValue;
        }

        private List<?> parts() {
            return Arrays.asList(group, against, measure, estimate, interval, z, pValue, adjustedPValue);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Contrast that && parts().equals(that.parts());
        }

        @Override
        public int hashCode() {
            return parts().hashCode();
        }

        @Override
        public String toString() {
            return group + " against " + against + ": " + measure
                    + (estimate.isPresent() ? " " + Brief.number(estimate.getAsDouble()) : "")
                    + (interval == null ? "" : " (" + interval + ")")
                    + ", z = " + Brief.number(z) + ", " + Brief.pValue(pValue)
                    + (adjustedPValue.isPresent() ? ", adjusted " + Brief.pValue(adjustedPValue.getAsDouble()) : "");
        }
    }

    private final String method;
    private final double statistic;
    private final int df;
    private final double pValue;
    private final String reason;
    private final List<GroupCount> groups;
    private final List<Contrast> contrasts;
    private final @Nullable String cause;
    private final Map<String, String> conventions;
    private final List<String> warnings;

    private TestResult(Draft draft) {
        this.method = draft.method;
        this.statistic = draft.statistic;
        this.df = draft.df;
        this.pValue = draft.pValue;
        this.reason = draft.reason;
        this.groups = List.copyOf(draft.groups);
        this.contrasts = List.copyOf(draft.contrasts);
        this.conventions = Collections.unmodifiableMap(new LinkedHashMap<>(draft.conventions));
        this.cause = draft.cause;
        this.warnings = List.copyOf(draft.warnings);
    }

    private TestResult(TestResult of, List<String> warnings) {
        this.method = of.method;
        this.statistic = of.statistic;
        this.df = of.df;
        this.pValue = of.pValue;
        this.reason = of.reason;
        this.groups = of.groups;
        this.contrasts = of.contrasts;
        this.conventions = of.conventions;
        this.cause = of.cause;
        this.warnings = List.copyOf(warnings);
    }

    /** The same result with what a reader should know of the data, before its own warnings. */
    TestResult withWarningsOf(SurvivalData data) {
        if (data.warnings().isEmpty()) {
            return this;
        }
        List<String> all = new ArrayList<>(data.warnings());
        all.addAll(warnings);
        return new TestResult(this, all);
    }

    /** Collects what a test has found. */
    static final class Draft {

        private final String method;
        private double statistic = Double.NaN;
        private int df;
        private double pValue = Double.NaN;
        private String reason = "nothing was compared";
        private final List<GroupCount> groups = new ArrayList<>();
        private final List<Contrast> contrasts = new ArrayList<>();
        private final Map<String, String> conventions = new LinkedHashMap<>();
        private final List<String> notEstimable = new ArrayList<>();
        private final List<String> warnings = new ArrayList<>();
        private @Nullable String cause;

        Draft(String method) {
            this.method = method;
        }

        Draft chiSquare(QuadraticForm form, String reasonWithoutDf) {
            if (form.df() == 0) {
                return absent(reasonWithoutDf);
            }
            double p = ChiSquaredDistribution.of(form.df()).survivalProbability(form.statistic());
            return statistic(form.statistic(), form.df(), p);
        }

        Draft statistic(double value, int degrees, double p) {
            statistic = value;
            df = degrees;
            pValue = p;
            reason = "";
            return this;
        }

        boolean isEstimable() {
            return reason.isEmpty();
        }

        /** Another p-value for the statistic. */
        Draft pValue(double p) {
            pValue = p;
            return this;
        }

        Draft absent(String why) {
            reason = why;
            return this;
        }

        Draft cause(String label) {
            cause = label;
            return this;
        }

        Draft group(GroupCount count) {
            groups.add(count);
            return this;
        }

        Draft contrasts(Comparisons found) {
            contrasts.addAll(found.made());
            notEstimable.addAll(found.notEstimable());
            return this;
        }

        Draft conventions(Map<String, String> all) {
            conventions.putAll(all);
            return this;
        }

        Draft warnings(List<String> all) {
            warnings.addAll(all);
            return this;
        }

        TestResult result() {
            if (!notEstimable.isEmpty()) {
                conventions.put("notEstimable", String.join("; ", notEstimable));
            }
            return new TestResult(this);
        }
    }

    /**
     * The cause whose cumulative incidence was compared.
     *
     * @return its label in the data; empty where the test compares survival
     */
    public Optional<String> cause() {
        return Optional.ofNullable(cause);
    }

    /**
     * The test's name.
     *
     * @return for example "logrank"
     */
    public String method() {
        return method;
    }

    /**
     * Whether there is an overall statistic.
     *
     * @return false where {@link #statistic()} would throw
     */
    public boolean isEstimable() {
        return reason.isEmpty();
    }

    /**
     * Why there is no overall statistic.
     *
     * @return the reason, empty where there is one
     */
    public String reason() {
        return reason;
    }

    /**
     * The chi-square statistic, for two groups too.
     *
     * @return the statistic
     * @throws NotEstimableException where there is none
     */
    public double statistic() {
        requireEstimable();
        return statistic;
    }

    /**
     * The degrees of freedom: the number of groups that could have had events, less one.
     *
     * @return the degrees of freedom, at least 1
     * @throws NotEstimableException where there is no statistic
     */
    public int df() {
        requireEstimable();
        return df;
    }

    /**
     * P(chi-square with {@link #df()} degrees of freedom exceeds the statistic), accurate far into the tail; of a
     * permutation test, the share of the assignments of patients to groups whose statistic is at least as large.
     *
     * @return the p-value
     * @throws NotEstimableException where there is no statistic
     */
    public double pValue() {
        requireEstimable();
        return pValue;
    }

    private void requireEstimable() {
        if (!isEstimable()) {
            throw new NotEstimableException(reason);
        }
    }

    /**
     * The groups.
     *
     * @return in level order
     */
    public List<GroupCount> groups() {
        return groups;
    }

    /**
     * The comparisons that were asked for.
     *
     * @return empty where none was
     */
    public List<Contrast> contrasts() {
        return contrasts;
    }

    /**
     * What was in force when the test was made.
     *
     * @return conventions by name; "notEstimable" names the comparisons that were asked for and are not among the
     *     contrasts, as they have no variance; p-values are adjusted for the number of the others
     */
    public Map<String, String> conventions() {
        return conventions;
    }

    /**
     * What a reader of the result should know.
     *
     * @return sentences, empty where there is nothing to warn of
     */
    public List<String> warnings() {
        return warnings;
    }

    /**
     * One row for the overall test, then one a contrast, then one a group, whose measure is "group": its rows, what was
     * observed and expected, and its own estimate where the test has one.
     */
    @Override
    public TidyTable tidy() {
        TidyTable.Builder table = TidyTable.builder()
                .text("method")
                .text("group")
                .text("against")
                .text("measure")
                .number("estimate")
                .number("lower")
                .number("upper")
                .number("statistic")
                .count("df")
                .number("p_value")
                .number("adjusted_p_value")
                .number("std_error")
                .count("n")
                .number("observed")
                .number("expected");
        if (isEstimable()) {
            table.row(
                    method,
                    null,
                    null,
                    "chi-square",
                    null,
                    null,
                    null,
                    statistic,
                    df,
                    pValue,
                    null,
                    null,
                    null,
                    null,
                    null);
        }
        for (Contrast c : contrasts) {
            Interval interval = c.interval();
            table.row(
                    method,
                    c.group(),
                    c.against(),
                    c.measure(),
                    number(c.estimate()),
                    interval == null ? null : number(interval.lower()),
                    interval == null ? null : number(interval.upper()),
                    c.z(),
                    null,
                    c.pValue(),
                    number(c.adjustedPValue()),
                    null,
                    null,
                    null,
                    null);
        }
        for (GroupCount g : groups) {
            PointEstimate own = g.estimate().orElse(PointEstimate.notEstimable("none"));
            table.row(
                    method,
                    g.group(),
                    null,
                    "group",
                    number(own.optional()),
                    number(own.interval().lower()),
                    number(own.interval().upper()),
                    null,
                    null,
                    null,
                    null,
                    number(own.standardError()),
                    g.n(),
                    g.observed(),
                    number(g.expected()));
        }
        return table.build();
    }

    private static @Nullable Double number(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(method).append(": ");
        if (isEstimable()) {
            text.append("chi-square ")
                    .append(Brief.number(statistic))
                    .append(" on ")
                    .append(Brief.count(df, "degree"))
                    .append(" of freedom, ")
                    .append(Brief.pValue(pValue));
        } else {
            text.append("not estimable, ").append(reason);
        }
        contrasts.forEach(contrast -> text.append("\n").append(contrast));
        return text.toString();
    }
}
