package io.engraft.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes files that are there completely or not at all. */
final class NewFile {

    private NewFile() {}

    /** Bytes to be written. */
    interface Content {
        void writeTo(OutputStream target) throws IOException;
    }

    /**
     * Writes a file beside its place and moves it there. What is not a regular file, such as a device or a pipe, is
     * written to directly.
     */
    static void write(Path file, Content content) {
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                writeBytes(file, content, StandardOpenOption.WRITE);
                return;
            }
            Path place = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
            Path beside = place.resolveSibling("." + place.getFileName() + "." + UUID.randomUUID() + ".tmp");
            try {
                writeBytes(beside, content, StandardOpenOption.CREATE_NEW);
                move(beside, place);
            } finally {
                Files.deleteIfExists(beside);
            }
        } catch (IOException | UncheckedIOException e) {
            throw new OutputFailure(file + " cannot be written: " + reason(e, file), e);
        }
    }

    private static void writeBytes(Path file, Content content, StandardOpenOption option) throws IOException {
        try (OutputStream target = new BufferedOutputStream(Files.newOutputStream(file, option), 1 << 16)) {
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

    /** Why, without the temporary file's name, which nobody asked for. */
    static String reason(Exception e, Path file) {
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
