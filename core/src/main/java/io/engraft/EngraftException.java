package io.engraft;

import org.jspecify.annotations.Nullable;

/**
 * The one family of errors that Engraft raises on purpose. The message says what was wrong, where, the value that was
 * seen and what would have been allowed. An index that is out of range, as in {@code data.time(-1)}, is Java's own {@link
 * IndexOutOfBoundsException}, as it is for lists; null is its {@link NullPointerException}.
 */
public abstract sealed class EngraftException extends RuntimeException
        permits InvalidArgumentException, InvalidDataException, NotEstimableException, FileException {

    private static final long serialVersionUID = 1L;

    /**
     * For the members of the family.
     *
     * @param message what, where, value, allowed range
     * @param cause what led to it, or null
     */
    EngraftException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
