package io.engraft.cli.batch;

import io.engraft.cli.output.Console;
import io.engraft.report.ErrorDocument;
import java.util.function.Consumer;

/** Runs one command as a process of its own would. */
@FunctionalInterface
public interface Calls {

    /** Gives the exit status; where that is not 0, the error has been handed on. */
    int run(String[] args, Console console, Consumer<ErrorDocument> errors);
}
