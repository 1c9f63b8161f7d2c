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
     * Writes a file beside its place and moves it there. What stood there keeps its mode, owner and group; a link stays a
     * link, and what it leads to is written, even where that is not there yet. What is not a regular file, such as a device
     * or a pipe, is written to directly.
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
     * Moves a finished file to its place, under the same rules as {@link #write}.
     *
     * @throws FileException that names the place, when it cannot be written
     */
    public static void move(Path finished, Path file) {
        requireWritable(file);
        try {
            Path place = LinkTarget.of(file);
            FileOwner.of(place).give(finished);
            replace(finished, place);
        } catch (IOException e) {
            throw failure(file, reason(e), e);
        }
    }

    /**
     * Refuses a place where no file can be written, as far as that can be known before any work is done.
     *
     * @throws FileException that names the file
     */
    public static void requireWritable(Path file) {
        Path place;
        try {
            place = LinkTarget.of(file);
        } catch (IOException e) {
            throw failure(file, reason(e), e);
        }
        if (Files.isDirectory(place)) {
            throw failure(file, "it is a folder; allowed: a file name", null);
        }
        Path folder = place.getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            throw failure(file, "the folder " + folder + " does not exist; allowed: an existing folder", null);
        }
        boolean there = Files.exists(place);
        boolean open =
                (!there || Files.isWritable(place)) && (isDevice(place) || folder == null || Files.isWritable(folder));
        if (!open) {
            throw failure(file, "access denied", null);
        }
        if (there && !isDevice(place)) {
            try {
                FileOwner.requireKept(place);
            } catch (IOException e) {
                throw failure(file, reason(e), e);
            }
        }
    }

    /** Whether two paths lead to one file, by links of either kind too; also where there is no file yet. */
    public static boolean isSame(Path one, Path other) {
        try {
            Path a = LinkTarget.of(one);
            Path b = LinkTarget.of(other);
            return a.equals(b) || (Files.exists(a) && Files.exists(b) && Files.isSameFile(a, b));
        } catch (IOException e) {
            // Whoever reads or writes them will say why.
            return false;
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
        Path place = LinkTarget.of(file);
        if (isDevice(place)) {
            writeBytes(Files.newOutputStream(place, StandardOpenOption.WRITE), content);
            return;
        }
        Path beside = beside(place);
        FileOwner owner = FileOwner.of(place);
        // An interrupt ends Java without the finally below.
        Thread ending = new Thread(() -> beside.toFile().delete());
        boolean hooked = hook(ending, true);
        try {
            writeBytes(owner.create(beside), content);
            owner.give(beside);
            replace(beside, place);
        } finally {
            Files.deleteIfExists(beside);
            if (hooked) {
                hook(ending, false);
            }
        }
    }

    /** Adds or takes away what runs when Java ends; false where it is ending already. */
    private static boolean hook(Thread ending, boolean add) {
        try {
            if (add) {
                Runtime.getRuntime().addShutdownHook(ending);
            } else {
                Runtime.getRuntime().removeShutdownHook(ending);
            }
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    /** A name that nobody has. Not createTempFile: its owner-only mode would stay with the moved file. */
    static Path beside(Path place) {
        return place.resolveSibling("." + place.getFileName() + "." + UUID.randomUUID() + ".tmp");
    }

    private static void writeBytes(OutputStream raw, Content content) throws IOException {
        try (OutputStream target = new BufferedOutputStream(raw, BUFFER)) {
            content.writeTo(target);
        }
    }

    private static void replace(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
