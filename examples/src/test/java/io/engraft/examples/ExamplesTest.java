package io.engraft.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs and the notebook run, print what is recorded, and write what they say. */
class ExamplesTest {

    private static final Path PROGRAMS = Path.of("src/main/java/io/engraft/examples");
    private static final Path NOTEBOOK = Path.of("outcomes.ipynb");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path room;

    private static List<Path> programs() throws IOException {
        try (Stream<Path> files = Files.list(PROGRAMS)) {
            return files.filter(file -> !file.endsWith("package-info.java"))
                    .sorted()
                    .toList();
        }
    }

    private static Snippet call(Path program) throws IOException {
        String name = program.getFileName().toString().replace(".java", "");
        Path expected = Path.of("src/test/resources/printed", name + ".txt");
        return new Snippet(name, "io.engraft.examples." + name + ".main(new String[0]);", Files.readString(expected));
    }

    private static void check(Map<Snippet, String> printed) {
        SoftAssertions.assertSoftly(softly ->
                printed.forEach((snippet, text) -> softly.assertThat(Printed.agrees(text, snippet.expected()))
                        .as("%s prints:%n%s%nand not:%n%s", snippet.place(), text, snippet.expected())
                        .isTrue()));
    }

    @Test
    void programsPrintAndWriteWhatTheySay() throws IOException, InterruptedException {
        List<Snippet> calls = new ArrayList<>();
        for (Path program : programs()) {
            calls.add(call(program));
        }
        assertThat(calls).hasSize(6);
        SnippetRunner runner = new SnippetRunner(room);
        check(runner.run(List.of(calls)));
        Path written = runner.folder();
        assertThat(written.resolve("competing-risks.svg"))
                .content()
                .contains("<svg", "death without relapse", "Number at risk");
        assertThat(Files.readAllBytes(written.resolve("competing-risks.png"))).startsWith(0x89, 'P', 'N', 'G');
        // A header and 60 patients; every endpoint has a time and a status.
        assertThat(Files.readAllLines(written.resolve("endpoints.csv")))
                .hasSize(61)
                .first()
                .asString()
                .contains("os_time,os_status", "crfs_time,crfs_status");
        assertThat(written.resolve("model.json")).content().startsWith("{").contains("\"command\"", "phase=Relapse");
        assertThat(written.resolve("model.html"))
                .content()
                .contains("<svg", "phase=Relapse", "no individual prognosis")
                .doesNotContain("<script");
    }

    @Test
    void theNotebookShowsWhatItsCellsGive() throws IOException, InterruptedException {
        List<Snippet> cells = Notebook.read(NOTEBOOK);
        assertThat(cells).hasSizeGreaterThan(4);
        SnippetRunner runner = new SnippetRunner(room);
        check(runner.run(List.of(cells)));
    }

    @Test
    void programsAreShort() throws IOException {
        for (Path program : programs()) {
            assertThat(Files.readAllLines(program)).as(program.toString()).hasSizeLessThan(60);
        }
    }

    /** What JBang and the notebook fetch is this version. */
    @Test
    void dependenciesNameThisVersion() throws IOException {
        String version = System.getProperty("project.version");
        assertThat(Files.readAllLines(PROGRAMS.resolve("ReadAndEstimate.java")))
                .contains("//DEPS io.engraft:engraft-core:" + version);
        assertThat(NOTEBOOK).content().contains("%maven io.engraft:engraft-charts:" + version);
    }
}
