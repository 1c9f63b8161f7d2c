package io.engraft;

/** An argument outside its domain: a level of 1.5, a probability of NaN, rates that sum to more than 1. */
public final class InvalidArgumentException extends EngraftException {

    private static final long serialVersionUID = 1L;

    /**
     * An error in free words, for conditions that concern several arguments at once.
     *
     * @param message what, where, value, allowed range
     */
    public InvalidArgumentException(String message) {
        super(message, null);
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
        return new InvalidArgumentException(what + " is " + value + "; allowed: " + allowed);
    }
}
