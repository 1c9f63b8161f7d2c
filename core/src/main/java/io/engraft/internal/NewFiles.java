package io.engraft.internal;

import io.engraft.FileException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Files that appear together or not at all. Each is written beside its place; {@link #commit()} moves them there, and
 * where one cannot be moved those before it are taken back. What stood in a place keeps its mode, owner and group; a link
 * stays a link. What is not a regular file, such as a device or a pipe, is written to directly, before anything is moved.
 */
public final class NewFiles implements AutoCloseable {

    private static final int BUFFER = 1 << 16;

    /** A finished file, where it goes, and what stood there, if that must be able to come back. */
    private static final class Staged {
        private final Path file;
        private final Path place;
        private final Path finished;
        private @Nullable Path old;
        private boolean moved;

        Staged(Path file, Path place, Path finished) {
            this.file = file;
            this.place = place;
            this.finished = finished;
        }
    }

    private record Device(Path file, Path place, NewFile.Content content) {}

    private final List<Staged> staged = new ArrayList<>();
    private final List<Device> devices = new ArrayList<>();
    private final Thread ending = new Thread(this::undo);
    private final boolean hooked;
    private boolean done;

    public NewFiles() {
        // An interrupt ends Java without close().
        this.hooked = hook(ending, true);
    }

    /**
     * Writes a file beside its place.
     *
     * @throws FileException that names the file, when it cannot be written
     */
    public void add(Path file, NewFile.Content content) {
        NewFile.requireWritable(file);
        try {
            Path place = LinkTarget.of(file);
            if (NewFile.isDevice(place)) {
                devices.add(new Device(file, place, content));
                return;
            }
            FileOwner owner = FileOwner.of(place);
            Path beside = stage(file, place, NewFile.beside(place));
            writeBytes(owner.create(beside), content);
            owner.give(beside);
        } catch (IOException | UncheckedIOException e) {
            throw NewFile.failure(file, NewFile.reason(e), e);
        }
    }

    /**
     * Takes a file that is finished and lies elsewhere on the same disk.
     *
     * @throws FileException that names the place, when it cannot be written
     */
    public void add(Path file, Path finished) {
        NewFile.requireWritable(file);
        try {
            Path place = LinkTarget.of(file);
            FileOwner.of(place).give(finished);
            stage(file, place, finished);
        } catch (IOException e) {
            throw NewFile.failure(file, NewFile.reason(e), e);
        }
    }

    /**
     * Moves all files to their places.
     *
     * @throws FileException that names the file which cannot be moved; then none has been
     */
    public void commit() {
        for (Device device : devices) {
            try {
                writeBytes(Files.newOutputStream(device.place(), StandardOpenOption.WRITE), device.content());
            } catch (IOException | UncheckedIOException e) {
                throw NewFile.failure(device.file(), NewFile.reason(e), e);
            }
        }
        moveAll();
    }

    /** Deletes what was not moved. */
    @Override
    public void close() {
        undo();
        if (hooked) {
            hook(ending, false);
        }
    }

    private synchronized Path stage(Path file, Path place, Path finished) {
        staged.add(new Staged(file, place, finished));
        return finished;
    }

    /** One step for whoever ends Java meanwhile: before it nothing is there, after it everything. */
    private synchronized void moveAll() {
        for (Staged one : staged) {
            try {
                if (one != staged.get(staged.size() - 1)) {
                    one.old = kept(one.place);
                }
                replace(one.finished, one.place);
                one.moved = true;
            } catch (IOException e) {
                undo();
                throw NewFile.failure(one.file, NewFile.reason(e), e);
            }
        }
        done = true;
        staged.forEach(one -> delete(one.old));
    }

    private synchronized void undo() {
        if (done) {
            return;
        }
        done = true;
        for (Staged one : staged) {
            if (!one.moved) {
                delete(one.finished);
                delete(one.old);
            } else if (one.old == null) {
                delete(one.place);
            } else {
                restore(one.old, one.place);
            }
        }
    }

    /** What stands in a place under a second name; null where nothing does. */
    private static @Nullable Path kept(Path place) throws IOException {
        if (!Files.exists(place)) {
            return null;
        }
        Path old = NewFile.beside(place);
        try {
            return Files.createLink(old, place);
        } catch (IOException | UnsupportedOperationException noLinksHere) {
            return Files.copy(place, old, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    private static void restore(Path old, Path place) {
        try {
            replace(old, place);
        } catch (IOException e) {
            // The old file stays under its second name, which is better than none.
            return;
        }
    }

    private static void delete(@Nullable Path file) {
        if (file != null) {
            // Of what went wrong the first failure is told, not that its remains cannot be deleted.
            boolean ignored = file.toFile().delete();
        }
    }

    private static void replace(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void writeBytes(OutputStream raw, NewFile.Content content) throws IOException {
        try (OutputStream target = new BufferedOutputStream(raw, BUFFER)) {
            content.writeTo(target);
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
}
