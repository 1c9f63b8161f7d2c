package io.engraft.charts.internal;

import io.engraft.FileException;
import io.engraft.internal.NewFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writing a file whole or not at all. */
public final class AtomicFile {

    private AtomicFile() {}

    /** Writes the bytes beside the target, then moves them into place. */
    public static void write(Path target, byte[] bytes) {
        requireFolder(target);
        try {
            NewFile.write(target, out -> out.write(bytes));
        } catch (IOException e) {
            throw new FileException("cannot write " + target + ": " + reason(e), e);
        }
    }

    /** Checks what can be checked before any work is done. */
    public static void requireFolder(Path target) {
        Path folder = folder(target);
        if (!Files.isDirectory(folder)) {
            throw new FileException(
                    "cannot write " + target + ": folder " + folder + " does not exist; allowed: an existing folder",
                    null);
        }
        if (Files.isDirectory(target)) {
            throw new FileException("cannot write " + target + ": it is a folder; allowed: a file name", null);
        }
    }

    private static Path folder(Path target) {
        Path folder = target.toAbsolutePath().getParent();
        return folder == null ? target.toAbsolutePath() : folder;
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName() + (e.getMessage() == null ? "" : " (" + e.getMessage() + ")");
    }
}
