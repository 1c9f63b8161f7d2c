package io.engraft.pathway;

import io.engraft.CheckReturnValue;
import io.engraft.InvalidArgumentException;
import io.engraft.internal.Brief;
import io.engraft.internal.Require;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A number that a model rests on, by name, with the range in which it could lie.
 */
@CheckReturnValue
public final class Assumption {

    private static final List<String> UNITS = List.of("probability", "number", "days", "months", "years");
    private static final List<String> BASES = List.of("read", "assumed");

    /** The share of draws at either end of the range. */
    private static final double BEYOND = 0.025;

    private final String id;
    private final String text;
    private final double value;
    private final double low;
    private final double high;
    private final String unit;
    private final String basis;
    private final List<String> evidence;

    Assumption(
            String id,
            String text,
            double value,
            double low,
            double high,
            String unit,
            String basis,
            List<String> evidence) {
        String name = "assumption " + id;
        if (id.isBlank()) {
            throw new InvalidArgumentException("the id of an assumption is blank; allowed: a name");
        }
        if (!UNITS.contains(unit)) {
            throw InvalidArgumentException.of("unit of " + name, unit, "one of " + UNITS);
        }
        if (!BASES.contains(basis)) {
            throw InvalidArgumentException.of("basis of " + name, basis, "one of " + BASES);
        }
        for (double x : new double[] {low, value, high}) {
            if (unit.equals("probability")) {
                Require.probability(name, x);
            } else {
                Require.positive(name, x);
            }
        }
        if (!(low <= value && value <= high)) {
            throw InvalidArgumentException.of(name, value, "its own range " + low + " to " + high);
        }
        this.id = id;
        this.text = text;
        this.value = value;
        this.low = low;
        this.high = high;
        this.unit = unit;
        this.basis = basis;
        this.evidence = List.copyOf(evidence);
    }

    /** {@return a short name, for example "A1"} */
    public String id() {
        return id;
    }

    /** {@return what it is, and what fixes it, in words} */
    public String text() {
        return text;
    }

    /** {@return the number used} */
    public double value() {
        return value;
    }

    /** {@return the least value to consider} */
    public double low() {
        return low;
    }

    /** {@return the largest value to consider} */
    public double high() {
        return high;
    }

    /** {@return "probability", "number", "days", "months" or "years"} */
    public String unit() {
        return unit;
    }

    /** {@return "read" where publications give it, "assumed" where nothing read fixes it} */
    public String basis() {
        return basis;
    }

    /** {@return the ids of the publications' figures behind it} */
    public List<String> evidence() {
        return evidence;
    }

    /**
     * The same assumption with another value; the range is widened where needed to hold it.
     *
     * @param other the value
     * @return the assumption
     * @throws InvalidArgumentException when the value is outside the domain of the unit
     */
    public Assumption withValue(double other) {
        double least = Double.isNaN(other) ? other : Math.min(low, other);
        return new Assumption(id, text, other, least, Math.max(high, other), unit, basis, evidence);
    }

    /**
     * A quantile of the law by which the assumption is drawn where assumptions vary together: the stated value is its
     * median, and on either side it is even up to the end of the range, where the last 2.5 % stand; probabilities as they
     * are, times and numbers on the logarithm. So the middle 95 % are the whole range, as where a published 95 % interval
     * is the range, and no less is said of what rests on it.
     *
     * @param p strictly between 0 and 1
     * @return the value, within the range
     * @throws InvalidArgumentException when p is not strictly between 0 and 1
     */
    public double quantile(double p) {
        Require.properFraction("p", p);
        double from = p < 0.5 ? low : value;
        double to = p < 0.5 ? value : high;
        double share = p < 0.5 ? (p - BEYOND) / (0.5 - BEYOND) : (p - 0.5) / (0.5 - BEYOND);
        double x = unit.equals("probability")
                ? from + share * (to - from)
                : from * StrictMath.exp(share * StrictMath.log(to / from));
        return Math.min(high, Math.max(low, x));
    }

    /** Whether a published figure is cited, or named in the text. */
    boolean names(String evidenceId) {
        return evidence.contains(evidenceId)
                || Pattern.compile("\\b" + Pattern.quote(evidenceId) + "\\b")
                        .matcher(text)
                        .find();
    }

    private List<?> parts() {
        return List.of(id, text, value, low, high, unit, basis, evidence);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Assumption that && parts().equals(that.parts());
    }

    @Override
    public int hashCode() {
        return parts().hashCode();
    }

    @Override
    public String toString() {
        return id + ": " + Brief.number(value) + " (" + Brief.number(low) + " to " + Brief.number(high) + ") " + unit
                + ", " + basis + ": " + text;
    }
}
