package io.engraft.charts.internal;

import io.engraft.FileException;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writing a file whole or not at all. */
public final class AtomicFile {

    private AtomicFile() {}

    /** Writes the bytes beside the target, then moves them into place. */
    public static void write(Path target, byte[] bytes) {
        requireFolder(target);
        Path folder = folder(target);
        Path temporary = null;
        try {
            // Not createTempFile: its owner-only permissions would stay with the moved file.
            temporary = folder.resolve("." + target.getFileName() + "." + Long.toHexString(System.nanoTime()) + ".tmp");
            Files.write(temporary, bytes);
            move(temporary, target);
        } catch (IOException e) {
            discard(temporary);
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

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void discard(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            // The first error is the one to report; a leftover cannot be helped when deleting fails as well.
            return;
        }
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName() + (e.getMessage() == null ? "" : " (" + e.getMessage() + ")");
    }
}
