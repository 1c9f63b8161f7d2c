package io.engraft;

import org.jspecify.annotations.Nullable;

/** A file that cannot be read or written. */
public final class FileException extends EngraftException {

    private static final long serialVersionUID = 1L;

    /**
     * An error about one file.
     *
     * @param message which file, and what went wrong
     * @param cause the error beneath, or null
     */
    public FileException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
