package io.engraft.cli.options;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** How a command refuses options that do not go together. */
public final class Usage {

    private Usage() {}

    /** Wrong usage of a command, to be thrown. */
    public static ParameterException wrong(CommandSpec command, String message) {
        return new ParameterException(command.commandLine(), message);
    }

    /** Refuses an option that was given where it would change nothing, such as "without --n". */
    public static void requireUse(CommandSpec command, boolean given, String option, boolean used, String where) {
        if (given && !used) {
            throw wrong(command, option + " means nothing " + where);
        }
    }
}
