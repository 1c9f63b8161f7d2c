package io.engraft.pathway;

import io.engraft.InvalidArgumentException;
import io.engraft.internal.Require;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A number that a model rests on, by name, with the range in which it could lie.
 *
 * @param id a short name, for example "A1"
 * @param text what it is, and what fixes it, in words
 * @param value the number used
 * @param low the least value to consider
 * @param high the largest value to consider
 * @param unit "probability", "number", "days", "months" or "years"
 * @param basis "read" where publications give it, "assumed" where nothing read fixes it
 * @param evidence the ids of the publications' figures behind it
 */
public record Assumption(
        String id,
        String text,
        double value,
        double low,
        double high,
        String unit,
        String basis,
        List<String> evidence) {

    private static final List<String> UNITS = List.of("probability", "number", "days", "months", "years");
    private static final List<String> BASES = List.of("read", "assumed");

    /**
     * Checks the parts.
     *
     * @param id a short name, for example "A1"
     * @param text what it is, and what fixes it, in words
     * @param value the number used
     * @param low the least value to consider
     * @param high the largest value to consider
     * @param unit "probability", "number", "days", "months" or "years"
     * @param basis "read" where publications give it, "assumed" where nothing read fixes it
     * @param evidence the ids of the publications' figures behind it
     */
    public Assumption {
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
        evidence = List.copyOf(evidence);
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

    /** Whether a published figure is cited, or named in the text. */
    boolean names(String evidenceId) {
        return evidence.contains(evidenceId)
                || Pattern.compile("\\b" + Pattern.quote(evidenceId) + "\\b")
                        .matcher(text)
                        .find();
    }
}
