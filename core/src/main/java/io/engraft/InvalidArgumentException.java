package io.engraft;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An argument outside its domain: a level of 1.5, a probability of NaN, rates that sum to more than 1. */
public final class InvalidArgumentException extends EngraftException {

    private static final long serialVersionUID = 1L;

    /** In words; null where the message alone says it. */
    private final @Nullable String value;

    /** In words; null where the message alone says it. */
    private final @Nullable String allowed;

    /**
     * An error in free words, for conditions that concern several arguments at once.
     *
     * @param message what, where, value, allowed range
     */
    public InvalidArgumentException(String message) {
        this(message, null, null);
    }

    private InvalidArgumentException(String message, @Nullable String value, @Nullable String allowed) {
        super(message, null);
        this.value = value;
        this.allowed = allowed;
    }

    /**
     * The usual form, {@code "level is 1.5; allowed: 0 < level < 1"}.
     *
     * @param what the argument in the field's terms
     * @param value the value that was given
     * @param allowed what would have been allowed
     * @return the exception, to be thrown
     */
    public static InvalidArgumentException of(String what, Object value, String allowed) {
        return new InvalidArgumentException(
                what + " is " + value + "; allowed: " + allowed, String.valueOf(value), allowed);
    }

    /**
     * The usual form for words that somebody chose, quoted in the message and bare in {@link #value()}: {@code
     * "reference of phase is 'CR9'; allowed: one of [CR1, CR2]"}.
     *
     * @param what the argument in the field's terms
     * @param text the words that were given
     * @param allowed what would have been allowed
     * @return the exception, to be thrown
     */
    public static InvalidArgumentException ofText(String what, String text, String allowed) {
        return new InvalidArgumentException(what + " is '" + text + "'; allowed: " + allowed, text, allowed);
    }

    /**
     * The value that was given.
     *
     * @return it in words, empty where the message alone says it
     */
    public Optional<String> value() {
        return Optional.ofNullable(value);
    }

    /**
     * What would have been allowed.
     *
     * @return it in words, empty where the message alone says it
     */
    public Optional<String> allowed() {
        return Optional.ofNullable(allowed);
    }
}
