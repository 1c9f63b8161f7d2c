package io.engraft.report;

import io.engraft.CheckReturnValue;
import io.engraft.internal.csv.NumberText;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The conventions in force in a result, in the order in which they are written: each has a key, the same in all
 * documents, and a value in words or a number. Immutable.
 */
@CheckReturnValue
public final class Conventions {

    /** The key of the confidence level. */
    public static final String LEVEL = "level";

    /** The key of the relative tolerance within which times are one. */
    public static final String TIE_TOLERANCE = "tieTolerance";

    /** The key of {@link #standardErrors()}. */
    public static final String STANDARD_ERRORS = "standardErrors";

    private static final Conventions EMPTY = new Conventions(Map.of());

    private static final double DEFAULT_LEVEL = 0.95;

    /** Texts and doubles. */
    private final Map<String, Object> values;

    private Conventions(Map<String, Object> values) {
        this.values = values;
    }

    /**
     * No conventions.
     *
     * @return an empty list
     */
    public static Conventions empty() {
        return EMPTY;
    }

    /**
     * The conventions that a result carries; {@link #LEVEL} and {@link #TIE_TOLERANCE} become numbers.
     *
     * @param words values by key
     * @return the conventions
     */
    public static Conventions of(Map<String, String> words) {
        return EMPTY.and(words);
    }

    /**
     * With a convention in words. One that has a place already keeps it.
     *
     * @param key its key
     * @param words its value
     * @return new conventions
     */
    public Conventions with(String key, String words) {
        return withValue(key, words);
    }

    /**
     * With a convention that is a number. One that has a place already keeps it.
     *
     * @param key its key
     * @param number its value
     * @return new conventions
     */
    public Conventions with(String key, double number) {
        return withValue(key, number);
    }

    /**
     * With the choice of standard errors.
     *
     * @param errors the choice
     * @return new conventions
     */
    public Conventions with(StandardErrors errors) {
        return withValue(STANDARD_ERRORS, errors.words());
    }

    private Conventions withValue(String key, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(values);
        more.put(key, value);
        return new Conventions(more);
    }

    /**
     * With the conventions that a result carries, after these.
     *
     * @param words values by key
     * @return new conventions
     */
    public Conventions and(Map<String, String> words) {
        Map<String, Object> more = new LinkedHashMap<>(values);
        words.forEach((key, value) -> {
            boolean number = key.equals(LEVEL) || key.equals(TIE_TOLERANCE);
            more.put(key, number ? (Object) Double.valueOf(value) : value);
        });
        return new Conventions(more);
    }

    /**
     * Without a convention.
     *
     * @param key its key
     * @return new conventions
     */
    public Conventions without(String key) {
        Map<String, Object> fewer = new LinkedHashMap<>(values);
        fewer.remove(key);
        return new Conventions(fewer);
    }

    /**
     * The keys, in the order in which they are written.
     *
     * @return the keys
     */
    public List<String> keys() {
        return List.copyOf(values.keySet());
    }

    /**
     * Whether a convention is there.
     *
     * @param key its key
     * @return whether it has a value
     */
    public boolean has(String key) {
        return values.containsKey(key);
    }

    /**
     * A convention in words; a number in its shortest form.
     *
     * @param key its key
     * @return its value, empty where it is not there
     */
    public Optional<String> words(String key) {
        return Optional.ofNullable(values.get(key)).map(String::valueOf);
    }

    /**
     * A convention that is a number.
     *
     * @param key its key
     * @return its value, empty where it is not there or in words
     */
    public OptionalDouble number(String key) {
        return values.get(key) instanceof Double value ? OptionalDouble.of(value) : OptionalDouble.empty();
    }

    /**
     * Whose conventions are followed.
     *
     * @return "engraft" or "r", empty where the result does not depend on it
     */
    public Optional<String> profile() {
        return words("profile");
    }

    /**
     * The scale or kind of intervals.
     *
     * @return the words
     */
    public Optional<String> interval() {
        return words("interval");
    }

    /**
     * The confidence level.
     *
     * @return the level, empty where there are no intervals
     */
    public OptionalDouble level() {
        return number(LEVEL);
    }

    /**
     * The confidence level as a percentage.
     *
     * @return such as "95 %", which is also said where no level is known
     */
    public String percentLevel() {
        double percent = Math.round(level().orElse(DEFAULT_LEVEL) * 1e10) / 1e8;
        return NumberText.plain(percent) + " %";
    }

    /**
     * The variance behind the standard errors.
     *
     * @return the words
     */
    public Optional<String> variance() {
        return words("variance");
    }

    /**
     * Relative distance within which times are one.
     *
     * @return the tolerance
     */
    public OptionalDouble tieTolerance() {
        return number(TIE_TOLERANCE);
    }

    /**
     * The unit of times.
     *
     * @return "days", "months" or "years", empty where there are no times
     */
    public Optional<String> unit() {
        return words("unit");
    }

    /**
     * What counts as an event.
     *
     * @return the words
     */
    public Optional<String> events() {
        return words("events");
    }

    /**
     * Which standard errors the limits and p-values use.
     *
     * @return the words of {@link StandardErrors}
     */
    public Optional<String> standardErrors() {
        return words(STANDARD_ERRORS);
    }

    /**
     * Whether limits and p-values use a robust standard error.
     *
     * @return whether {@link #standardErrors()} says so
     */
    public boolean isRobust() {
        return standardErrors()
                .filter(words -> !words.equals(StandardErrors.model().words()))
                .isPresent();
    }

    void writeTo(JsonWriter json) throws IOException {
        for (Map.Entry<String, Object> convention : values.entrySet()) {
            if (convention.getValue() instanceof Double number) {
                json.number(convention.getKey(), number);
            } else {
                json.text(convention.getKey(), String.valueOf(convention.getValue()));
            }
        }
    }

    /**
     * Whether the same conventions have the same values, in whatever order.
     *
     * @param other another object
     * @return whether it is equal
     */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Conventions c && c.values.equals(values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        values.forEach(
                (key, value) -> text.append(key).append(": ").append(value).append('\n'));
        return text.toString();
    }
}
