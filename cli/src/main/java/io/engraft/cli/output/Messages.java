package io.engraft.cli.output;

import io.engraft.internal.ControlCharacters;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Standard error. Messages name columns, groups and cells: what these hold is shown, and does nothing to the terminal. */
final class Messages extends PrintStream {

    Messages(PrintStream target) {
        super(target, true, StandardCharsets.UTF_8);
    }

    @Override
    public void println(@Nullable String message) {
        super.println(ControlCharacters.escaped(String.valueOf(message)));
    }
}
