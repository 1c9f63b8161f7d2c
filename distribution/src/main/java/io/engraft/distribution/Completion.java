package io.engraft.distribution;

import io.engraft.cli.Main;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
        Files.writeString(file, script(commandLine()));
    }

    /** The script for a command with its subcommands. */
    static String script(CommandLine command) {
        return AutoComplete.bash(command.getCommandName(), command);
    }

    /** The whole command line. The command line's jar is a program and publishes no types, so it is asked for quietly. */
    static CommandLine commandLine() {
        try {
            Method maker = Arrays.stream(Main.class.getDeclaredMethods())
                    .filter(method -> method.getReturnType() == CommandLine.class)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("Main has no method that makes its command line"));
            maker.setAccessible(true);
            Object[] arguments = new Object[maker.getParameterCount()];
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = argument(maker.getParameterTypes()[i]);
            }
            return (CommandLine) maker.invoke(null, arguments);
        } catch (ReflectiveOperationException e) {
            Throwable cause = e instanceof InvocationTargetException ? e.getCause() : e;
            throw new IllegalStateException("Main does not give its command line", cause);
        }
    }

    /** No arguments, so that every command is there; and the process's console. */
    private static Object argument(Class<?> type) throws ReflectiveOperationException {
        if (type == String[].class) {
            return new String[0];
        }
        Method ofProcess = type.getDeclaredMethod("ofProcess");
        ofProcess.setAccessible(true);
        return ofProcess.invoke(null);
    }
}
