package io.engraft.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every snippet of Java in the documentation compiles, runs, and prints what stands below it. */
class DocumentationTest {

    private static final Path ROOT = Path.of("..");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path room;

    @ParameterizedTest
    @CsvSource({
        "README.md, 1",
        "docs/library.md, 30",
        "docs/models.md, 5",
        "docs/event-tables.md, 1",
        "docs/endpoints.md, 1"
    })
    void snippetsDoWhatThePageSays(Path file, int atLeast) throws IOException, InterruptedException {
        Page page = Page.read(ROOT.resolve(file));
        assertThat(page.sections().stream().flatMap(List::stream)).hasSizeGreaterThanOrEqualTo(atLeast);
        SnippetRunner runner = new SnippetRunner(room);
        for (Map.Entry<String, String> needed : page.files().entrySet()) {
            Files.writeString(runner.folder().resolve(needed.getKey()), needed.getValue());
        }
        Map<Snippet, String> printed = runner.run(page.sections());
        SoftAssertions.assertSoftly(softly ->
                printed.forEach((snippet, text) -> softly.assertThat(Printed.agrees(text, snippet.expected()))
                        .as("%s prints:%n%s%nand not:%n%s", snippet.place(), text, snippet.expected())
                        .isTrue()));
    }

    static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve("docs"))) {
            return Stream.concat(Stream.of(ROOT.resolve("README.md")), files)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    /** A page whose Java nobody runs would be a page of which nobody knows whether it is true. */
    @ParameterizedTest
    @MethodSource("pages")
    void javaStandsInFencesAndLinksLeadSomewhere(Path file) throws IOException {
        String text = Files.readString(file);
        assertThat(text.replaceAll("(?s)\n```.*?\n```", "").lines().filter(line -> line.matches("    \\S.*;( *//.*)?")))
                .as("Java without a fence")
                .isEmpty();
        Pattern.compile("\\]\\(([^):#]+)(#[^)]*)?\\)")
                .matcher(text)
                .results()
                .map(match -> file.resolveSibling(match.group(1)))
                .forEach(target -> assertThat(target).exists());
    }

    @Test
    void everyPublishedTypeIsNamed() throws IOException {
        StringBuilder text = new StringBuilder();
        for (Path page : pages()) {
            text.append(Files.readString(page));
        }
        List<String> words = List.of(text.toString().split("\\W+"));
        List<String> types =
                PublishedTypes.all().stream().map(Class::getSimpleName).toList();
        assertThat(types).hasSizeGreaterThan(200);
        assertThat(types.stream().filter(type -> !words.contains(type)))
                .as("named nowhere")
                .isEmpty();
    }

    @Test
    void everyPageIsListed() throws IOException {
        String list = Files.readString(ROOT.resolve("docs/README.md"));
        assertThat(pages().stream().map(page -> page.getFileName().toString()))
                .allSatisfy(page -> assertThat(list).contains(page));
        assertThat(Files.readString(ROOT.resolve("README.md"))).contains("docs/README.md");
    }
}
