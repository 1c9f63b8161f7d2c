package io.engraft.cli;

import org.jspecify.annotations.Nullable;

/** Standard output or a file that cannot be written. */
final class OutputFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    OutputFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
