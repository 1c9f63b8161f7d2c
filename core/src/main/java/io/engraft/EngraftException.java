package io.engraft;

import org.jspecify.annotations.Nullable;

/**
 * The one family of errors that Engraft raises on purpose. The message says what was wrong, where, the value that was
 * seen and what would have been allowed.
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
