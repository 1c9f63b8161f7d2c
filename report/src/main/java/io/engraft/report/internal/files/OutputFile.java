package io.engraft.report.internal.files;

import io.engraft.FileException;
import io.engraft.internal.NewFile;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a file, and says why that fails. */
public final class OutputFile {

    private OutputFile() {}

    /** The bytes of a file. */
    public interface Content {
        void writeTo(OutputStream target) throws IOException;
    }

    /** Writes a file beside its place, then moves it there. */
    public static void write(Path file, Content content) {
        try {
            NewFile.write(file, content::writeTo);
        } catch (IOException | UncheckedIOException e) {
            throw new FileException(file.toString(), file + " cannot be written: " + reason(e, file), e);
        }
    }

    /** Why, without the temporary file's name, which nobody asked for. */
    private static String reason(Exception e, Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            return "the folder " + folder + " does not exist";
        }
        if (Files.isDirectory(file)) {
            return "it is a folder";
        }
        return e instanceof AccessDeniedException ? "access denied" : String.valueOf(e.getMessage());
    }
}
