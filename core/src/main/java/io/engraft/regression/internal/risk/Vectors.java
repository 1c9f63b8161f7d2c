package io.engraft.regression.internal.risk;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Vectors of one width side by side, to add to. Where what is added spans more than a double holds they are wide: each
 * vector then has a level, and what it stands for is its numbers times 2^512 to the level. All changes of level are by
 * powers of two, which round nothing.
 */
final class Vectors {

    /** The level of a vector to which nothing was added. */
    static final int NONE = Integer.MIN_VALUE;

    private static final int BITS = 512;
    /** ln 2 in two parts, of which the first has bits to spare: a multiple of it is exact. */
    private static final double LN2_HIGH = 0x1.62e42feep-1;

    private static final double LN2_LOW = 0x1.a39ef35793c76p-33;
    /** What a level is of an exponent. */
    private static final double LEVEL = BITS * (LN2_HIGH + LN2_LOW);

    private static final double UP = 0x1p512;
    private static final double DOWN = 0x1p-512;
    /** Numbers below this are better held a level further down. */
    private static final double SMALL = 0x1p-384;

    final int width;
    final double[] value;
    /** By vector; null where all levels are 0. */
    final int @Nullable [] level;

    Vectors(int count, int width, boolean wide) {
        this.width = width;
        this.value = new double[count * width];
        this.level = wide ? new int[count] : null;
        if (level != null) {
            Arrays.fill(level, NONE);
        }
    }

    private Vectors(int width, double[] value, int @Nullable [] level) {
        this.width = width;
        this.value = value;
        this.level = level;
    }

    /** Vectors that are there already, whose levels are less than the given ones by their powers; none at all for null. */
    static Vectors of(int width, double[] value, int @Nullable [] level, int power) {
        if (level == null) {
            return new Vectors(width, value, null);
        }
        int[] own = new int[level.length];
        Arrays.setAll(own, k -> power * level[k]);
        return new Vectors(width, value, own);
    }

    /** The level at which exp(exponent) is held. */
    static int levelOf(double exponent) {
        return (int) Math.rint(exponent / LEVEL);
    }

    /** The exponent less a level. */
    static double less(double exponent, int level) {
        double bits = (double) BITS * level;
        return (exponent - bits * LN2_HIGH) - bits * LN2_LOW;
    }

    /** Two to the 512 to the power, by which numbers go that level to level 0; where it is no double, 0 or infinity. */
    static double power(int level) {
        return level == 0 ? 1 : level < -2 ? 0 : level > 2 ? Double.POSITIVE_INFINITY : Math.scalb(1.0, BITS * level);
    }

    boolean isWide() {
        return level != null;
    }

    int levelAt(int at) {
        return level == null ? 0 : level[at];
    }

    Vectors copy() {
        return new Vectors(width, value.clone(), level == null ? null : level.clone());
    }

    /** Adds factor times values[from..from+width-1], which are of a level. */
    void add(int at, double factor, double[] values, int from, int ofValues) {
        double f = level == null ? factor : meet(at, factor, ofValues);
        int base = at * width;
        for (int j = 0; j < width; j++) {
            value[base + j] += f * values[from + j];
        }
    }

    /** Adds factor times a vector of others. */
    void add(int at, double factor, Vectors other, int from) {
        add(at, factor, other.value, from * width, other.levelAt(from));
    }

    /** Sets a vector to one of others. */
    void set(int at, Vectors other, int from) {
        System.arraycopy(other.value, from * width, value, at * width, width);
        if (level != null) {
            level[at] = other.levelAt(from);
        }
    }

    /** Sets a vector to 0. */
    void clear(int at) {
        Arrays.fill(value, at * width, (at + 1) * width, 0);
        if (level != null) {
            level[at] = NONE;
        }
    }

    /** Raises a vector to the level of what comes, where that is higher, and gives the factor of what comes. */
    private double meet(int at, double factor, int ofValues) {
        int[] levels = levels();
        if (factor == 0 || ofValues == NONE) {
            return 0;
        }
        double f = factor;
        int coming = ofValues;
        while (Math.abs(f) < SMALL) {
            f *= UP;
            coming--;
        }
        if (coming > levels[at]) {
            settle(at, coming);
            return f;
        }
        return f * power(coming - levels[at]);
    }

    /** Brings a vector to a level; numbers that are too small there become 0. */
    void settle(int at, int to) {
        if (level == null || level[at] == to) {
            return;
        }
        int steps = level[at] == NONE ? 0 : Math.max(level[at] - to, -3);
        for (int j = at * width; j < (at + 1) * width; j++) {
            for (int s = 0; s < steps && value[j] != 0; s++) {
                value[j] *= UP;
            }
            for (int s = 0; s > steps; s--) {
                value[j] *= DOWN;
            }
        }
        level[at] = to;
    }

    /** Lowers the level of a vector whose numbers have become small. */
    void lower(int at) {
        while (level != null && largest(at) > 0 && largest(at) < SMALL) {
            settle(at, level[at] - 1);
        }
    }

    private double largest(int at) {
        double most = 0;
        for (int j = at * width; j < (at + 1) * width; j++) {
            most = Math.max(most, Math.abs(value[j]));
        }
        return most;
    }

    private int[] levels() {
        if (level == null) {
            throw new IllegalStateException("not wide");
        }
        return level;
    }
}
