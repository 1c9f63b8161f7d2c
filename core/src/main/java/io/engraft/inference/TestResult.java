package io.engraft.inference;

import io.engraft.NotEstimableException;
import io.engraft.curve.Interval;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
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
     * @param observed its events, weighted by the test's weights
     * @param expected the events expected were the groups alike, weighted by the test's weights
     */
    public record GroupCount(String group, long n, double observed, double expected) {}

    /**
     * One comparison within a test.
     *
     * @param group what is compared
     * @param against with what
     * @param measure what the estimate is, for example "trend" or "difference"
     * @param estimate the comparison, empty where the test has none beyond z
     * @param interval its interval, null where it has none
     * @param z the standardised statistic; positive where {@code group} has more events than {@code against}
     * @param pValue two-sided
     * @param adjustedPValue adjusted for the number of comparisons, empty where none was asked for
     */
    public record Contrast(
            String group,
            String against,
            String measure,
            OptionalDouble estimate,
            @Nullable Interval interval,
            double z,
            double pValue,
            OptionalDouble adjustedPValue) {}

    private final String method;
    private final double statistic;
    private final int df;
    private final double pValue;
    private final String reason;
    private final List<GroupCount> groups;
    private final List<Contrast> contrasts;
    private final Map<String, String> conventions;

    TestResult(
            String method,
            double statistic,
            int df,
            double pValue,
            String reason,
            List<GroupCount> groups,
            List<Contrast> contrasts,
            Map<String, String> conventions) {
        this.method = method;
        this.statistic = statistic;
        this.df = df;
        this.pValue = pValue;
        this.reason = reason;
        this.groups = List.copyOf(groups);
        this.contrasts = List.copyOf(contrasts);
        this.conventions = Collections.unmodifiableMap(new LinkedHashMap<>(conventions));
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
     * P(chi-square with {@link #df()} degrees of freedom exceeds the statistic), accurate far into the tail.
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
     * @return conventions by name
     */
    public Map<String, String> conventions() {
        return conventions;
    }

    /** One row for the overall test, then one a contrast. */
    @Override
    public TidyTable tidy() {
        TidyTable.Builder table = TidyTable.builder()
                .text("method")
                .text("group")
                .text("against")
                .text("measure")
                .number("statistic")
                .count("df")
                .number("p_value")
                .number("adjusted_p_value");
        if (isEstimable()) {
            table.row(method, null, null, "chi-square", statistic, df, pValue, null);
        }
        for (Contrast c : contrasts) {
            OptionalDouble adjusted = c.adjustedPValue();
            table.row(
                    method,
                    c.group(),
                    c.against(),
                    c.measure(),
                    c.z(),
                    null,
                    c.pValue(),
                    adjusted.isPresent() ? adjusted.getAsDouble() : null);
        }
        return table.build();
    }
}
