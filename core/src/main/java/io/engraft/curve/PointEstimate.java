package io.engraft.curve;

import io.engraft.NotEstimableException;
import io.engraft.data.TidyTable;
import io.engraft.internal.Brief;
import io.engraft.internal.Require;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * One estimated number with its standard error and interval, or the reason why it cannot be estimated. A number that
 * is known without sampling error (a law, a model at fixed parameters) has neither standard error nor interval.
 */
public final class PointEstimate {

    private final double estimate;
    private final double standardError;
    private final @Nullable Interval interval;
    private final String reason;

    private PointEstimate(double estimate, double standardError, @Nullable Interval interval, String reason) {
        this.estimate = estimate;
        this.standardError = standardError;
        this.interval = interval;
        this.reason = reason;
    }

    /**
     * A number known without sampling error.
     *
     * @param value the number, not NaN
     * @return the estimate
     */
    public static PointEstimate exact(double value) {
        return new PointEstimate(requireNumber(value), Double.NaN, null, "");
    }

    /**
     * An estimate with uncertainty.
     *
     * @param estimate the number, not NaN
     * @param standardError its standard error on the same scale, NaN where that is not estimable
     * @param interval its interval
     * @return the estimate
     */
    public static PointEstimate of(double estimate, double standardError, Interval interval) {
        return new PointEstimate(requireNumber(estimate), standardError, Objects.requireNonNull(interval), "");
    }

    /**
     * A quantity that cannot be estimated from the data.
     *
     * @param reason why, in words
     * @return the absent estimate
     */
    public static PointEstimate notEstimable(String reason) {
        return new PointEstimate(Double.NaN, Double.NaN, null, reason);
    }

    /**
     * An absent estimate of which one limit is known all the same: a median that is not reached can have a lower limit.
     *
     * @param reason why there is no estimate
     * @param interval its interval, with at least one limit missing
     * @return the absent estimate
     */
    public static PointEstimate notEstimable(String reason, Interval interval) {
        return new PointEstimate(Double.NaN, Double.NaN, interval, reason);
    }

    private static double requireNumber(double value) {
        if (Double.isNaN(value)) {
            Require.finite("estimate", value);
        }
        return value;
    }

    /**
     * Whether there is a number.
     *
     * @return false where {@link #estimate()} would throw
     */
    public boolean isEstimable() {
        return !Double.isNaN(estimate);
    }

    /**
     * The number.
     *
     * @return the estimate, never NaN
     * @throws NotEstimableException where there is none
     */
    public double estimate() {
        if (!isEstimable()) {
            throw new NotEstimableException(reason);
        }
        return estimate;
    }

    /**
     * The number where there is one.
     *
     * @return the estimate, or empty
     */
    public OptionalDouble optional() {
        return isEstimable() ? OptionalDouble.of(estimate) : OptionalDouble.empty();
    }

    /**
     * The standard error, on the scale of the estimate.
     *
     * @return the standard error; empty where the number has no sampling error or it is not estimable
     */
    public OptionalDouble standardError() {
        return Double.isNaN(standardError) ? OptionalDouble.empty() : OptionalDouble.of(standardError);
    }

    /**
     * Whether the number carries an interval at all; false for laws and models at fixed parameters.
     *
     * @return true where {@link #interval()} says something
     */
    public boolean hasInterval() {
        return interval != null;
    }

    /**
     * The interval.
     *
     * @return the interval; one without limits and with the reason where there is none
     */
    public Interval interval() {
        if (interval != null) {
            return interval;
        }
        return Interval.notEstimable(0.95, isEstimable() ? "known without sampling error" : reason);
    }

    /**
     * Why there is no number.
     *
     * @return the reason, empty where there is a number
     */
    public String reason() {
        return reason;
    }

    /**
     * One minus the number, with the interval turned round.
     *
     * @return the complement of a probability
     */
    public PointEstimate complement() {
        return new PointEstimate(1 - estimate, standardError, interval == null ? null : interval.complement(), reason);
    }

    /**
     * Estimates over time as a table.
     *
     * @param column what the estimates are called
     * @param times the times
     * @param at the estimate at a time
     * @return one row a time: time, the column, std_error, lower, upper; NaN where there is none
     */
    public static TidyTable table(String column, double[] times, DoubleFunction<PointEstimate> at) {
        TidyTable.Builder table = TidyTable.builder()
                .number("time")
                .number(column)
                .number("std_error")
                .number("lower")
                .number("upper");
        for (double t : times) {
            PointEstimate estimate = at.apply(t);
            table.row(
                    t,
                    estimate.optional().orElse(Double.NaN),
                    estimate.standardError().orElse(Double.NaN),
                    estimate.interval().lower().orElse(Double.NaN),
                    estimate.interval().upper().orElse(Double.NaN));
        }
        return table.build();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PointEstimate that
                && Double.compare(estimate, that.estimate) == 0
                && Double.compare(standardError, that.standardError) == 0
                && Objects.equals(interval, that.interval)
                && reason.equals(that.reason);
    }

    @Override
    public int hashCode() {
        return Objects.hash(estimate, standardError, interval, reason);
    }

    @Override
    public String toString() {
        if (!isEstimable()) {
            return "not estimable: " + reason;
        }
        String text = Brief.decimal(estimate);
        return interval == null ? text : text + " (" + interval + ")";
    }
}
