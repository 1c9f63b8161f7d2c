package io.engraft.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Mode, owner and group of a file that a new one takes the place of; nothing where there is none. */
final class FileOwner {

    private final @Nullable PosixFileAttributes old;

    private FileOwner(@Nullable PosixFileAttributes old) {
        this.old = old;
    }

    static FileOwner of(Path place) throws IOException {
        boolean posix = place.getFileSystem().supportedFileAttributeViews().contains("posix");
        return new FileOwner(
                posix && Files.exists(place) ? Files.readAttributes(place, PosixFileAttributes.class) : null);
    }

    /** Refuses a file whose owner or group a new one could not have. */
    static void requireKept(Path place) throws IOException {
        FileOwner owner = of(place);
        if (owner.old == null || owner.old.owner().getName().equals(System.getProperty("user.name"))) {
            return;
        }
        // Only the system knows who may give files away: it is asked with an empty one.
        Path probe = NewFile.beside(place);
        try {
            owner.create(probe).close();
            owner.give(probe);
        } finally {
            Files.deleteIfExists(probe);
        }
    }

    /** A new file that nobody can read who could not read the old one. */
    OutputStream create(Path file) throws IOException {
        if (old == null) {
            return Files.newOutputStream(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        }
        FileAttribute<?> mode = PosixFilePermissions.asFileAttribute(old.permissions());
        return Channels.newOutputStream(
                Files.newByteChannel(file, Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW), mode));
    }

    /** Makes a file like the old one. */
    void give(Path file) throws IOException {
        if (old == null) {
            return;
        }
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        PosixFileAttributes own = view.readAttributes();
        try {
            if (!own.owner().equals(old.owner())) {
                view.setOwner(old.owner());
            }
            // A group without any rights need not be the same.
            boolean shared = old.permissions().stream().anyMatch(p -> p.name().startsWith("GROUP_"));
            if (shared && !own.group().equals(old.group())) {
                view.setGroup(old.group());
            }
        } catch (FileSystemException e) {
            throw new FileSystemException(
                    null,
                    null,
                    "it belongs to " + old.owner() + ", group " + old.group()
                            + ", and a new file would not; allowed: a file of your own");
        }
        // After the owner, whose change may clear parts of the mode.
        view.setPermissions(old.permissions());
    }
}
