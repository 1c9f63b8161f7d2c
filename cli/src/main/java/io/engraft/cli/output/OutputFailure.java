package io.engraft.cli.output;

import org.jspecify.annotations.Nullable;

/** Standard output or a file that cannot be written. */
public final class OutputFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public OutputFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
