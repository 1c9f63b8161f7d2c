package io.engraft.internal;

import io.engraft.FileException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes files that are there completely or not at all, and says why that fails. */
public final class NewFile {

    private NewFile() {}

    /** Bytes to be written. */
    public interface Content {
        void writeTo(OutputStream target) throws IOException;
    }

    /**
     * Writes one file, under the rules of {@link NewFiles}; a link to a file that is not there yet gets its file.
     *
     * @throws FileException that names the file, when it cannot be written
     */
    public static void write(Path file, Content content) {
        try (NewFiles files = new NewFiles()) {
            files.add(file, content);
            files.commit();
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

    static boolean isDevice(Path file) {
        return Files.exists(file) && !Files.isRegularFile(file);
    }

    static FileException failure(Path file, String reason, @Nullable Throwable cause) {
        return new FileException(file.toString(), file + " cannot be written: " + reason, cause);
    }

    /** Why, without the temporary file's name, which nobody asked for. */
    static String reason(Exception e) {
        if (e instanceof AccessDeniedException) {
            return "access denied";
        }
        String reason = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
        return reason == null ? e.getClass().getSimpleName() : reason;
    }

    /** A name that nobody has. Not createTempFile: its owner-only mode would stay with the moved file. */
    static Path beside(Path place) {
        return place.resolveSibling("." + place.getFileName() + "." + UUID.randomUUID() + ".tmp");
    }
}
