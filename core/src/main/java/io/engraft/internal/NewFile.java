package io.engraft.internal;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes files that are there completely or not at all. */
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
     */
    public static void write(Path file, Content content) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
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
