package io.engraft.report.internal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engraft.FileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFolderTest {

    @TempDir
    Path place;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void makesANewFolderAndReplacesItsOwnFilesLater() throws IOException {
        Path folder = place.resolve("report");
        ReportFolder first = new ReportFolder(folder);
        first.requireWritable();
        first.add("index.html", () -> bytes("one"));
        first.add("tables/a.csv", () -> bytes("a"));
        assertThat(first.names()).containsExactly("index.html", "tables/a.csv");
        first.write();
        Files.writeString(folder.resolve("mine.txt"), "kept");

        ReportFolder second = new ReportFolder(folder);
        second.requireWritable();
        second.add("index.html", () -> bytes("two"));
        second.write();

        assertThat(Files.readString(folder.resolve("index.html"))).isEqualTo("two");
        assertThat(Files.readString(folder.resolve("tables/a.csv"))).isEqualTo("a");
        assertThat(Files.readString(folder.resolve("mine.txt"))).isEqualTo("kept");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(3);
        }
    }

    @Test
    void leavesNothingBehindWhereAFileFails() throws IOException {
        Path folder = place.resolve("report");
        ReportFolder files = new ReportFolder(folder);
        files.add("index.html", () -> {
            throw new IOException("disk full");
        });

        assertThatThrownBy(files::write)
                .isInstanceOf(FileException.class)
                .hasMessageContaining(folder + " cannot be written: ")
                .hasMessageContaining("disk full");
        try (Stream<Path> left = Files.list(place)) {
            assertThat(left).isEmpty();
        }
        ReportFolder faulty = new ReportFolder(folder);
        faulty.add("x", () -> {
            throw new IllegalArgumentException("own fault");
        });
        assertThatThrownBy(faulty::write).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void takesBackWhatWasReplacedWhereALaterFileCannotBeMoved() throws IOException {
        Path folder = Files.createDirectory(place.resolve("report"));
        Files.writeString(folder.resolve("a.csv"), "old");
        ReportFolder files = new ReportFolder(folder);
        files.add("a.csv", () -> "new".getBytes(StandardCharsets.UTF_8));
        files.add("b.csv", () -> {
            // Between the look at the places and the move a folder comes to stand in one.
            Files.createDirectories(folder.resolve("b.csv").resolve("full"));
            return new byte[0];
        });
        assertThatThrownBy(files::write).isInstanceOf(FileException.class).hasMessageContaining("b.csv");
        assertThat(folder.resolve("a.csv")).hasContent("old");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactlyInAnyOrder(folder.resolve("a.csv"), folder.resolve("b.csv"));
        }
    }

    @Test
    void refusesPlacesBeforeAnyWork() throws IOException {
        Path file = Files.createFile(place.resolve("file"));
        assertThatThrownBy(new ReportFolder(file)::requireWritable)
                .isInstanceOf(FileException.class)
                .hasMessage(file + " cannot be written: it is a file, not a folder");
        Path deep = place.resolve("none").resolve("report");
        assertThatThrownBy(new ReportFolder(deep)::requireWritable)
                .isInstanceOf(FileException.class)
                .hasMessage(deep + " cannot be written: the folder " + deep.getParent() + " does not exist");
    }
}
