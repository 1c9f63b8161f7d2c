package io.engraft.internal;

import io.engraft.InvalidArgumentException;
import java.util.Collection;
import java.util.HashSet;

/** Guards for arguments. Each is written so that NaN fails it. */
public final class Require {

    /** Draws, replicates and permutations: more would only fill the memory. */
    private static final int MOST_DRAWS = 10_000_000;

    private Require() {}

    public static double finite(String what, double value) {
        if (!Double.isFinite(value)) {
            throw InvalidArgumentException.of(what, value, "a finite number");
        }
        return value;
    }

    public static double positive(String what, double value) {
        if (!(value > 0) || value == Double.POSITIVE_INFINITY) {
            throw InvalidArgumentException.of(what, value, "0 < " + what + " < infinity");
        }
        return value;
    }

    public static double nonNegative(String what, double value) {
        if (!(value >= 0) || value == Double.POSITIVE_INFINITY) {
            throw InvalidArgumentException.of(what, value, "0 <= " + what + " < infinity");
        }
        return value + 0.0;
    }

    /** A time at which a curve is read: not NaN, not negative; infinity is allowed. */
    public static double time(double value) {
        if (!(value >= 0)) {
            throw InvalidArgumentException.of("time", value, "0 <= time");
        }
        // -0.0 is no time of its own.
        return value + 0.0;
    }

    /** A probability in the closed unit interval. */
    public static double probability(String what, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw InvalidArgumentException.of(what, value, "0 <= " + what + " <= 1");
        }
        return value;
    }

    /** A probability strictly between 0 and 1. */
    public static double properFraction(String what, double value) {
        if (!(value > 0 && value < 1)) {
            throw InvalidArgumentException.of(what, value, "0 < " + what + " < 1");
        }
        return value;
    }

    /** Values to be added up, none of them twice. */
    public static <T> Collection<T> distinct(String what, Collection<T> values, String allowed) {
        if (new HashSet<>(values).size() < values.size()) {
            throw InvalidArgumentException.of(what, values, allowed);
        }
        return values;
    }

    public static int atLeast(String what, int value, int least) {
        if (value < least) {
            throw InvalidArgumentException.of(what, value, what + " >= " + least);
        }
        return value;
    }

    public static long atLeast(String what, long value, long least) {
        if (value < least) {
            throw InvalidArgumentException.of(what, value, what + " >= " + least);
        }
        return value;
    }

    /** A size that costs more than it is worth beyond a limit; the reason says what it costs. */
    public static long atMost(String what, long value, long most, String reason) {
        if (value > most) {
            throw InvalidArgumentException.of(what, value, "at most " + most + ", " + reason);
        }
        return value;
    }

    /** A number of draws, each of which is kept. */
    public static int draws(String what, int value, int least) {
        atLeast(what, value, least);
        return (int) atMost(what, value, MOST_DRAWS, "as each of them is kept");
    }

    public static void sameLength(String what, int length, String other, int otherLength) {
        if (length != otherLength) {
            throw new InvalidArgumentException(what + " has " + length + " rows and " + other + " has " + otherLength
                    + "; allowed: equal lengths");
        }
    }
}
