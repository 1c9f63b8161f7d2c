package io.engraft.cli.output;

import io.engraft.internal.NewFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes what {@code --out} names, and says in the command line's words why that fails. */
public final class OutputFile {

    private OutputFile() {}

    public static void write(Path file, NewFile.Content content) {
        try {
            NewFile.write(file, content);
        } catch (IOException | UncheckedIOException e) {
            throw new OutputFailure(file + " cannot be written: " + reason(e, file), e);
        }
    }

    /** Why, without the temporary file's name, which nobody asked for. */
    public static String reason(Exception e, Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            return "the folder " + folder + " does not exist";
        }
        if (Files.isDirectory(file)) {
            return "it is a folder";
        }
        if (e instanceof java.nio.file.AccessDeniedException) {
            return "access denied";
        }
        return String.valueOf(e.getMessage());
    }
}
