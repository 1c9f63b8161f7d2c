package io.engraft.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engraft.FileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several files: all there or none, and what stood in their places comes back. */
class NewFilesTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private static NewFile.Content text(String text) {
        return out -> out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void allAreThereAfterTheCommitAndNoneBefore() throws IOException {
        Path a = folder.resolve("a");
        Path b = Files.writeString(folder.resolve("b"), "old");
        try (NewFiles files = new NewFiles()) {
            files.add(a, text("1"));
            files.add(b, text("2"));
            assertThat(a).doesNotExist();
            assertThat(b).hasContent("old");
            files.commit();
        }
        assertThat(a).hasContent("1");
        assertThat(b).hasContent("2");
        assertThat(names()).containsExactly("a", "b");
    }

    @Test
    void withoutACommitNothingIsLeft() throws IOException {
        try (NewFiles files = new NewFiles()) {
            files.add(folder.resolve("a"), text("1"));
        }
        assertThat(names()).isEmpty();
    }

    @Test
    void whatWasMovedIsTakenBackWhereALaterFileCannotBe() throws IOException {
        Path old = Files.writeString(folder.resolve("a"), "old");
        Path fresh = folder.resolve("b");
        Path last = folder.resolve("c");
        try (NewFiles files = new NewFiles()) {
            files.add(old, text("1"));
            files.add(fresh, text("2"));
            files.add(last, text("3"));
            // A folder comes to stand in the place of the third.
            Files.createDirectories(last.resolve("full"));
            assertThatThrownBy(files::commit)
                    .isInstanceOf(FileException.class)
                    .hasMessageStartingWith(last + " cannot be written: ");
        }
        assertThat(old).hasContent("old");
        assertThat(names()).containsExactly("a", "c");
    }
}
