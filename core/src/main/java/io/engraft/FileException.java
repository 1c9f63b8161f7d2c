package io.engraft;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A file that cannot be read or written. */
public final class FileException extends EngraftException {

    private static final long serialVersionUID = 1L;

    /** Its name; null where the message alone names it. */
    private final @Nullable String file;

    /**
     * An error about a file that has no name of its own.
     *
     * @param message which file, and what went wrong
     * @param cause the error beneath, or null
     */
    public FileException(String message, @Nullable Throwable cause) {
        super(message, cause);
        this.file = null;
    }

    /**
     * An error about one file.
     *
     * @param file its name
     * @param message which file, and what went wrong
     * @param cause the error beneath, or null
     */
    public FileException(String file, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.file = file;
    }

    /**
     * The file's name.
     *
     * @return the name, empty where the message alone names it
     */
    public Optional<String> file() {
        return Optional.ofNullable(file);
    }
}
