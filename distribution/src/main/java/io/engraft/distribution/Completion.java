package io.engraft.distribution;

import io.engraft.cli.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.AutoComplete;
import picocli.CommandLine;

/** Writes the script by which bash and zsh complete Engraft's commands and options; run by the build. */
public final class Completion {

    private Completion() {}

    /**
     * Writes the script.
     *
     * @param args the file to make or replace
     * @throws IOException when it cannot be written
     */
    public static void main(String[] args) throws IOException {
        Path file = Path.of(args[0]);
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.writeString(file, script(Main.commandLine()));
    }

    /** The script for a command with its subcommands. */
    static String script(CommandLine command) {
        return AutoComplete.bash(command.getCommandName(), command);
    }
}
