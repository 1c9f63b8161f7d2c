package io.engraft.internal.count;

import io.engraft.InvalidArgumentException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/**
 * Sums of doubles without rounding, one a cell, so that any order of additions and merges gives the same bits.
 *
 * <p>A cell is a list of doubles that do not overlap and whose exact sum is the cell's (Shewchuk, Adaptive precision
 * floating-point arithmetic, 1997). The largest stands in an array; the rest, rarely needed, in a map.
 */
public final class ExactSums {

    private static final double[] NONE = {};

    private final double[] largest;
    private final Map<Integer, double[]> rest = new HashMap<>();

    public ExactSums(int cells) {
        this.largest = new double[cells];
    }

    public int size() {
        return largest.length;
    }

    /** Adds a finite number to a cell. */
    public void add(int cell, double x) {
        double[] tail = rest.isEmpty() ? NONE : rest.getOrDefault(cell, NONE);
        double sum = x;
        double[] kept = NONE;
        int n = 0;
        for (int j = 0; j <= tail.length; j++) {
            double part = j < tail.length ? tail[j] : largest[cell];
            double next = sum + part;
            double back = next - sum;
            double error = (sum - (next - back)) + (part - back);
            if (error != 0) {
                if (kept.length == 0) {
                    kept = new double[tail.length + 1];
                }
                kept[n++] = error;
            }
            sum = next;
        }
        if (!Double.isFinite(sum)) {
            throw new InvalidArgumentException("the sum of weights is too large for a double");
        }
        largest[cell] = sum;
        if (n > 0) {
            rest.put(cell, n == kept.length ? kept : java.util.Arrays.copyOf(kept, n));
        } else if (tail.length > 0) {
            rest.remove(cell);
        }
    }

    /** Adds a number that is a sum of doubles: a decimal that is none is refused. */
    public void add(int cell, BigDecimal x) {
        BigDecimal left = x;
        while (left.signum() != 0) {
            double part = left.doubleValue();
            BigDecimal exact = Double.isFinite(part) ? new BigDecimal(part) : BigDecimal.ZERO;
            if (exact.signum() == 0) {
                throw InvalidArgumentException.of("sum of weights", x, "a decimal that is a sum of doubles");
            }
            add(cell, part);
            left = left.subtract(exact);
        }
    }

    /** The cell's exact sum. */
    public BigDecimal exact(int cell) {
        BigDecimal sum = new BigDecimal(largest[cell]);
        for (double part : rest.getOrDefault(cell, NONE)) {
            sum = sum.add(new BigDecimal(part));
        }
        return sum;
    }

    /** Adds a cell of another set of sums to a cell of this one. */
    public void add(int cell, ExactSums other, int otherCell) {
        addScaled(cell, other, otherCell, 1);
    }

    /** Takes a cell of another set of sums from a cell of this one. */
    public void subtract(int cell, ExactSums other, int otherCell) {
        addScaled(cell, other, otherCell, -1);
    }

    private void addScaled(int cell, ExactSums other, int otherCell, int sign) {
        if (!other.rest.isEmpty()) {
            for (double part : other.rest.getOrDefault(otherCell, NONE)) {
                add(cell, sign * part);
            }
        }
        if (other.largest[otherCell] != 0) {
            add(cell, sign * other.largest[otherCell]);
        }
    }

    /** The cell's exact sum, rounded once. */
    public double value(int cell) {
        double[] tail = rest.isEmpty() ? NONE : rest.getOrDefault(cell, NONE);
        if (tail.length == 0) {
            return largest[cell];
        }
        return round(tail, largest[cell]);
    }

    /** Sums parts that do not overlap from the largest down, until one leaves a remainder that rounds away. */
    private static double round(double[] tail, double top) {
        double sum = top;
        double left = 0;
        int j = tail.length;
        while (j > 0 && left == 0) {
            double part = tail[--j];
            double next = sum + part;
            left = part - (next - sum);
            sum = next;
        }
        // Half way between two doubles, which goes to the even one unless what is smaller still says otherwise.
        if (j > 0 && left * tail[j - 1] > 0) {
            double twice = left * 2;
            double next = sum + twice;
            if (next - sum == twice) {
                sum = next;
            }
        }
        return sum;
    }

    /** The exact sum of all cells, rounded once. */
    public double total() {
        ExactSums sum = new ExactSums(1);
        for (int i = 0; i < largest.length; i++) {
            sum.add(0, this, i);
        }
        return sum.value(0);
    }
}
