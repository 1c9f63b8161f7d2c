package io.engraft.internal;

import io.engraft.FileException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes files that are there completely or not at all, and says why that fails. */
public final class NewFile {

    private static final int BUFFER = 1 << 16;

    private NewFile() {}

    /** Bytes to be written. */
    public interface Content {
        void writeTo(OutputStream target) throws IOException;
    }

    /**
     * Writes a file beside its place and moves it there; a link stays a link. What is not a regular file, such as a
     * device or a pipe, is written to directly.
     *
     * @throws FileException that names the file, when it cannot be written
     */
    public static void write(Path file, Content content) {
        requireWritable(file);
        try {
            writeWhole(file, content);
        } catch (IOException | UncheckedIOException e) {
            throw failure(file, reason(e), e);
        }
    }

    /**
     * Refuses a place where no file can be written, as far as that can be known before any work is done.
     *
     * @throws FileException that names the file
     */
    public static void requireWritable(Path file) {
        if (Files.isDirectory(file)) {
            throw failure(file, "it is a folder; allowed: a file name", null);
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            throw failure(file, "the folder " + folder + " does not exist; allowed: an existing folder", null);
        }
        // A link's own folder may be closed while that of its target is not.
        boolean open = Files.isSymbolicLink(file) || Files.isWritable(isDevice(file) || folder == null ? file : folder);
        if (!open) {
            throw failure(file, "access denied", null);
        }
    }

    private static boolean isDevice(Path file) {
        return Files.exists(file) && !Files.isRegularFile(file);
    }

    private static FileException failure(Path file, String reason, @Nullable Throwable cause) {
        return new FileException(file.toString(), file + " cannot be written: " + reason, cause);
    }

    /** Why, without the temporary file's name, which nobody asked for. */
    private static String reason(Exception e) {
        if (e instanceof AccessDeniedException) {
            return "access denied";
        }
        String reason = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
        return reason == null ? e.getClass().getSimpleName() : reason;
    }

    private static void writeWhole(Path file, Content content) throws IOException {
        if (isDevice(file)) {
            writeBytes(file, content, StandardOpenOption.WRITE);
            return;
        }
        Path place = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        // Not createTempFile: its owner-only permissions would stay with the moved file.
        Path beside = place.resolveSibling("." + place.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            writeBytes(beside, content, StandardOpenOption.CREATE_NEW);
            move(beside, place);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private static void writeBytes(Path file, Content content, OpenOption option) throws IOException {
        try (OutputStream target =
                new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.WRITE, option), BUFFER)) {
            content.writeTo(target);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
