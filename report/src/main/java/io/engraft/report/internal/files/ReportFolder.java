package io.engraft.report.internal.files;

import io.engraft.FileException;
import io.engraft.internal.NewFile;
import io.engraft.internal.NewFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder of files that appear together: they are made beside it, all of them, and then moved in. Files of the same
 * names are replaced, others in the folder left alone.
 */
public final class ReportFolder {

    /** One file and how its bytes are made. */
    private record Part(String name, Content content) {}

    /** The bytes of a file, when they are needed. */
    public interface Content {
        byte[] bytes() throws IOException;
    }

    private final Path folder;
    private final List<Part> parts = new ArrayList<>();

    public ReportFolder(Path folder) {
        this.folder = folder;
    }

    /** Refuses a place that cannot be written, before any work is done. */
    public void requireWritable() {
        Path place = folder.toAbsolutePath().normalize();
        if (Files.exists(place) && !Files.isDirectory(place)) {
            throw failure(" cannot be written: it is a file, not a folder", null);
        }
        if (!Files.exists(place) && Files.isSymbolicLink(place)) {
            throw failure(
                    " cannot be written: it is a link to nothing; allowed: a folder, or a name not yet taken", null);
        }
        Path parent = parent();
        if (!Files.isDirectory(parent)) {
            throw failure(" cannot be written: the folder " + parent + " does not exist", null);
        }
        if (!Files.isWritable(Files.exists(place) ? place : parent)) {
            throw failure(" cannot be written: access denied", null);
        }
    }

    private FileException failure(String problem, @Nullable Throwable cause) {
        return new FileException(folder.toString(), folder + problem, cause);
    }

    private Path parent() {
        Path place = folder.toAbsolutePath().normalize();
        Path parent = place.getParent();
        return parent == null ? place : parent;
    }

    /** Adds a file; its content is made in {@link #write()}, several at once. */
    public void add(String name, Content content) {
        parts.add(new Part(name, content));
    }

    public List<String> names() {
        return parts.stream().map(Part::name).toList();
    }

    /** Writes all files or none. */
    public void write() {
        requireWritable();
        parts.forEach(part -> requireRoom(folder.resolve(part.name())));
        // Where the folder is there already, its own disk holds the new files until they are moved.
        Path beside = (Files.isDirectory(folder) ? folder.toAbsolutePath() : parent())
                .resolve(".engraft-" + UUID.randomUUID());
        try {
            Files.createDirectory(beside);
            try {
                parts.parallelStream().forEach(part -> write(beside, part));
                moveIn(beside);
            } finally {
                delete(beside);
            }
        } catch (IOException | UncheckedIOException e) {
            throw failure(" cannot be written: " + e.getMessage(), e);
        }
    }

    /** Refuses where something else stands in the place of a file, or of a folder above it. */
    private void requireRoom(Path file) {
        Path above = file.getParent();
        while (above != null && !above.equals(folder) && !Files.exists(above)) {
            above = above.getParent();
        }
        if (above != null && Files.isDirectory(above)) {
            if (Files.isDirectory(file)) {
                throw failure(" cannot be written: " + file + " is a folder", null);
            }
            if (Files.exists(file.toAbsolutePath().getParent())) {
                NewFile.requireWritable(file);
            }
            return;
        }
        if (above != null && Files.exists(above)) {
            throw failure(" cannot be written: " + above + " is a file, not a folder", null);
        }
    }

    private static void write(Path beside, Part part) {
        try {
            Path file = beside.resolve(part.name());
            Files.createDirectories(file.getParent());
            Files.write(file, part.content().bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void moveIn(Path beside) throws IOException {
        if (!Files.exists(folder)) {
            move(beside, folder);
            return;
        }
        try (NewFiles files = new NewFiles()) {
            for (Part part : parts) {
                Path file = folder.resolve(part.name());
                Files.createDirectories(file.toAbsolutePath().getParent());
                files.add(file, beside.resolve(part.name()));
            }
            files.commit();
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void delete(Path beside) throws IOException {
        if (!Files.exists(beside)) {
            return;
        }
        try (Stream<Path> files = Files.walk(beside)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
