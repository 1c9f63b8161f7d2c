package io.engraft.internal;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a path leads. */
final class LinkTarget {

    /** As many links in a row as Linux follows. */
    private static final int MOST_LINKS = 40;

    private LinkTarget() {}

    /**
     * The file behind all links, which need not be there: that of a link to nothing is where a new file belongs.
     *
     * @throws IOException where links lead in a circle
     */
    static Path of(Path path) throws IOException {
        Path here = path.toAbsolutePath();
        for (int i = 0; i <= MOST_LINKS; i++) {
            if (Files.exists(here)) {
                // Devices such as /dev/stdout are links that only the system can follow.
                return Files.isRegularFile(here) || Files.isDirectory(here) ? here.toRealPath() : here;
            }
            if (!Files.isSymbolicLink(here)) {
                Path folder = here.getParent();
                return folder != null && Files.exists(folder)
                        ? folder.toRealPath().resolve(here.getFileName())
                        : here;
            }
            here = here.resolveSibling(Files.readSymbolicLink(here));
        }
        throw new FileSystemException(path.toString(), null, "its links lead in a circle");
    }
}
