package io.engraft.distribution;

import io.engraft.cli.Main;
import java.io.IOException;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
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

    /**
     * The whole command line. The command line's jar is a program and publishes no way to it, so its maker is called with
     * what a call without arguments would give it.
     */
    static CommandLine commandLine() {
        try {
            return (CommandLine) make(Main.class, CommandLine.class);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Main does not give its command line", e);
        }
    }

    /** Calls the static method of a class that makes something, and makes its arguments the same way. */
    private static Object make(Class<?> maker, Class<?> made) throws ReflectiveOperationException {
        Method method = Arrays.stream(maker.getDeclaredMethods())
                .filter(m -> Modifier.isStatic(m.getModifiers()) && m.getReturnType() == made)
                .min(Comparator.comparingInt(Method::getParameterCount))
                .orElseThrow(() -> new NoSuchMethodException(maker + " has no method that makes a " + made));
        method.setAccessible(true);
        Class<?>[] types = method.getParameterTypes();
        Object[] arguments = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            arguments[i] =
                    types[i].isArray() ? Array.newInstance(types[i].componentType(), 0) : make(types[i], types[i]);
        }
        return method.invoke(null, arguments);
    }
}
