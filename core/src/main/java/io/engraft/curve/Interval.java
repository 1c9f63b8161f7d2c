package io.engraft.curve;

import io.engraft.InvalidArgumentException;
import io.engraft.internal.Brief;
import io.engraft.internal.Require;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * An interval for one number at a stated level. Either limit may be missing (the upper limit of a median that was not
 * reached), and then {@link #reason()} says why.
 */
public final class Interval {

    private final double lower;
    private final double upper;
    private final double level;
    private final String reason;

    private Interval(double lower, double upper, double level, String reason) {
        this.lower = lower;
        this.upper = upper;
        this.level = level;
        this.reason = reason;
    }

    /**
     * An interval with both limits.
     *
     * @param lower the lower limit, not NaN
     * @param upper the upper limit, not NaN, at least {@code lower}
     * @param level the level, strictly between 0 and 1
     * @return the interval
     * @throws InvalidArgumentException when a limit is NaN, the limits are crossed, or the level is not in (0, 1)
     */
    public static Interval of(double lower, double upper, double level) {
        Require.properFraction("level", level);
        if (!(lower <= upper)) {
            throw new InvalidArgumentException(
                    "interval limits are " + lower + " and " + upper + "; allowed: lower <= upper");
        }
        return new Interval(lower, upper, level, "");
    }

    /**
     * An interval in which NaN stands for a limit that is not estimable.
     *
     * @param lower the lower limit, or NaN
     * @param upper the upper limit, or NaN
     * @param level the level, strictly between 0 and 1
     * @param reason why a limit is missing, used only where one is
     * @return the interval
     */
    public static Interval partial(double lower, double upper, double level, String reason) {
        if (Double.isNaN(lower) || Double.isNaN(upper)) {
            Require.properFraction("level", level);
            return new Interval(lower, upper, level, reason);
        }
        return of(lower, upper, level);
    }

    /**
     * No interval at all.
     *
     * @param level the level that was asked for
     * @param reason why there is none
     * @return the empty interval
     */
    public static Interval notEstimable(double level, String reason) {
        return partial(Double.NaN, Double.NaN, level, reason);
    }

    /**
     * The lower limit.
     *
     * @return the limit, empty where it is not estimable
     */
    public OptionalDouble lower() {
        return Double.isNaN(lower) ? OptionalDouble.empty() : OptionalDouble.of(lower);
    }

    /**
     * The upper limit.
     *
     * @return the limit, empty where it is not estimable
     */
    public OptionalDouble upper() {
        return Double.isNaN(upper) ? OptionalDouble.empty() : OptionalDouble.of(upper);
    }

    /**
     * The level of the interval.
     *
     * @return strictly between 0 and 1, for example 0.95
     */
    public double level() {
        return level;
    }

    /**
     * Whether both limits are there.
     *
     * @return true where neither limit is missing
     */
    public boolean isEstimable() {
        return !(Double.isNaN(lower) || Double.isNaN(upper));
    }

    /**
     * Why a limit is missing.
     *
     * @return the reason, empty where none is missing
     */
    public String reason() {
        return reason;
    }

    /**
     * The interval of one minus the number.
     *
     * @return limits 1 - upper and 1 - lower
     */
    public Interval complement() {
        return new Interval(1 - upper, 1 - lower, level, reason);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Interval that
                && Double.compare(lower, that.lower) == 0
                && Double.compare(upper, that.upper) == 0
                && Double.compare(level, that.level) == 0
                && reason.equals(that.reason);
    }

    @Override
    public int hashCode() {
        return Objects.hash(lower, upper, level, reason);
    }

    @Override
    public String toString() {
        return isEstimable() ? Brief.decimal(lower) + " to " + Brief.decimal(upper) : "not estimable: " + reason;
    }
}
