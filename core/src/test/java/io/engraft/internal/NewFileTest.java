package io.engraft.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.engraft.FileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stood in the place of a new file: its mode, its owner, links. */
class NewFileTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private static void write(Path file, String text) {
        NewFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    private boolean isPosix() {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-------", "rw-r-----", "rw-rw-rw-", "rwxr-x---"})
    void anExistingFileKeepsItsMode(String mode) throws IOException {
        assumeTrue(isPosix());
        Path file = Files.writeString(folder.resolve("own.csv"), "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        write(file, "new");
        assertThat(file).hasContent("new");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo(mode);

        Path finished = Files.writeString(folder.resolve("finished"), "moved");
        try (NewFiles files = new NewFiles()) {
            files.add(file, finished);
            files.commit();
        }
        assertThat(file).hasContent("moved");
        assertThat(finished).doesNotExist();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo(mode);
    }

    @Test
    void anExistingFileKeepsItsOwnerOrStaysAsItIs() throws IOException {
        assumeTrue(isPosix());
        Path file = Files.writeString(folder.resolve("theirs.csv"), "old");
        var service = folder.getFileSystem().getUserPrincipalLookupService();
        try {
            Files.setOwner(file, service.lookupPrincipalByName("nobody"));
        } catch (IOException e) {
            assumeTrue(false, "only the system's administrator can give files away");
        }
        write(file, "new");
        assertThat(file).hasContent("new");
        assertThat(Files.getOwner(file).getName()).isEqualTo("nobody");
    }

    @Test
    void aReadOnlyFileIsLeftAlone() throws IOException {
        assumeTrue(isPosix());
        Path file = Files.writeString(folder.resolve("kept.csv"), "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
        assumeTrue(!Files.isWritable(file), "the system's administrator may write everything");
        assertThatThrownBy(() -> write(file, "new"))
                .isInstanceOf(FileException.class)
                .hasMessageEndingWith("cannot be written: access denied");
        assertThat(file).hasContent("old");
    }

    @Test
    void aLinkStaysALink() throws IOException {
        Path real =
                Files.writeString(Files.createDirectory(folder.resolve("far")).resolve("real.csv"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link.csv"), Path.of("far", "real.csv"));
        Path second = Files.createSymbolicLink(folder.resolve("second.csv"), link);
        write(second, "new");
        assertThat(link).isSymbolicLink();
        assertThat(second).isSymbolicLink();
        assertThat(real).isRegularFile().hasContent("new");
    }

    @Test
    void aLinkToNothingGetsItsFile() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link.csv"), Path.of("later.csv"));
        write(link, "new");
        assertThat(link).isSymbolicLink();
        assertThat(folder.resolve("later.csv")).isRegularFile().hasContent("new");

        Path nowhere = Files.createSymbolicLink(folder.resolve("nowhere.csv"), Path.of("none", "later.csv"));
        assertThatThrownBy(() -> write(nowhere, "new"))
                .isInstanceOf(FileException.class)
                .hasMessageStartingWith(nowhere + " cannot be written: the folder ")
                .hasMessageContaining("does not exist");
        assertThat(nowhere).isSymbolicLink();

        Path circle = Files.createSymbolicLink(folder.resolve("circle.csv"), Path.of("circle.csv"));
        assertThatThrownBy(() -> write(circle, "new"))
                .hasMessage(circle + " cannot be written: its links lead in a circle");
    }

    @Test
    void oneFileHasManyPaths() throws IOException {
        Path file = Files.writeString(folder.resolve("a.csv"), "");
        Path hard = Files.createLink(folder.resolve("hard.csv"), file);
        Path soft = Files.createSymbolicLink(folder.resolve("soft.csv"), file);
        Path copy = Files.writeString(folder.resolve("b.csv"), "");
        Path round = folder.resolve("..").resolve(folder.getFileName()).resolve("a.csv");
        for (Path same : new Path[] {file, hard, soft, round}) {
            assertThat(NewFile.isSame(file, same)).as("%s", same).isTrue();
        }
        assertThat(NewFile.isSame(file, copy)).isFalse();

        Path later = Files.createSymbolicLink(folder.resolve("later.csv"), Path.of("new.csv"));
        assertThat(NewFile.isSame(later, folder.resolve("new.csv"))).isTrue();
        assertThat(NewFile.isSame(later, folder.resolve("other.csv"))).isFalse();
    }

    @Test
    void whatFailsHalfwayLeavesTheOldFileAlone() throws IOException {
        Path file = Files.writeString(folder.resolve("a.csv"), "old");
        assertThatThrownBy(() -> NewFile.write(file, out -> {
                    out.write(1);
                    throw new IOException("the disk is full");
                }))
                .hasMessage(file + " cannot be written: the disk is full");
        assertThat(file).hasContent("old");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(file);
        }
    }
}
