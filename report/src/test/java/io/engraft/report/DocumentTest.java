package io.engraft.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.engraft.FileException;
import io.engraft.data.TidyTable;
import io.engraft.data.io.CsvOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xml.sax.InputSource;

/** What holds for every document in every format. */
class DocumentTest {

    private static final Map<String, Document> ALL = Fixtures.all();

    @TempDir
    Path folder;

    static Stream<String> names() {
        return ALL.keySet().stream();
    }

    private static Document document(String name) {
        return Objects.requireNonNull(ALL.get(name));
    }

    /** The keys of the document itself, in order. */
    private static List<String> keys(String json) throws IOException {
        List<String> keys = new ArrayList<>();
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            assertThat(parser.nextToken()).isEqualTo(JsonToken.START_OBJECT);
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                keys.add(parser.currentName());
                parser.nextToken();
                parser.skipChildren();
            }
            assertThat(parser.nextToken()).isNull();
        }
        return keys;
    }

    @ParameterizedTest
    @MethodSource("names")
    void jsonHasAHeadABodyAndWarnings(String name) throws IOException {
        String json = document(name).toJson();
        List<String> keys = keys(json);

        assertThat(json)
                .endsWith("}\n")
                .startsWith("{\"command\":\"" + document(name).command() + "\"");
        assertThat(keys.subList(0, 4)).containsExactly("command", "engraft", "conventions", "data");
        assertThat(keys.get(keys.size() - 1)).isEqualTo("warnings");
        assertThat(keys).hasSizeGreaterThan(5).doesNotHaveDuplicates();
        assertThat(json).doesNotContain("NaN").contains("\"standardErrors\":\"");
        assertThat(json).contains("\"engraft\":\"" + EngraftVersion.text() + "\"");
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyWayOfWritingGivesTheSameBytes(String name) throws IOException {
        Document document = document(name);
        for (Format format : Format.values()) {
            StringBuilder text = new StringBuilder();
            document.write(format, text);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            document.write(format, bytes);
            Path file = folder.resolve("document." + format.label());
            document.write(format, file);

            assertThat(bytes.toString(StandardCharsets.UTF_8))
                    .as(format.label())
                    .isEqualTo(text.toString());
            assertThat(Files.readString(file)).as(format.label()).isEqualTo(text.toString());
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(Format.values().length);
        }
        assertThat(document.toString()).isEqualTo(document.toText());
    }

    @ParameterizedTest
    @MethodSource("names")
    void markedTextHoldsTheTextsTables(String name) throws Exception {
        Document document = document(name);
        String title = document.toText().lines().findFirst().orElseThrow();

        String markdown = document.toMarkdown();
        assertThat(markdown).startsWith("## ");
        assertThat(Markdown.escape(title))
                .isEqualTo(markdown.lines().findFirst().orElseThrow().substring(3));
        List<Integer> widths = new ArrayList<>();
        int width = 0;
        for (String line : markdown.lines().toList()) {
            int cells = line.startsWith("|") ? line.replaceAll("\\\\\\|", "").split("\\|", -1).length : 0;
            if (cells > 0 && width > 0) {
                assertThat(cells).as(line).isEqualTo(width);
            } else if (cells > 0) {
                widths.add(cells);
            }
            width = cells;
        }
        assertThat(widths).isNotEmpty();

        String latex = document.toLatex();
        assertThat(latex).startsWith("\\subsection*{");
        assertThat(latex.split("\\\\begin\\{tabular\\}", -1)).hasSize(widths.size() + 1);
        assertThat(latex.split("\\\\end\\{tabular\\}", -1)).hasSize(widths.size() + 1);

        org.w3c.dom.Document page = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(document.toHtml().replace("<br>", "<br/>"))));
        assertThat(page.getDocumentElement().getTagName()).isEqualTo("section");
        assertThat(page.getElementsByTagName("table").getLength()).isEqualTo(widths.size());
        assertThat(page.getElementsByTagName("h2").item(0).getTextContent()).isEqualTo(title);
    }

    @ParameterizedTest
    @MethodSource("names")
    void tablesAreNamedAlike(String name) {
        Document document = document(name);
        assertThat(document.table().columns())
                .allSatisfy(c -> assertThat(c.name())
                        .matches("[a-z][a-z0-9]*(_[a-z0-9]+)*")
                        .isNotIn("se", "p", "stderr", "pvalue"));

        TidyTable ard = document.ard();
        assertThat(ard.columns().stream().map(TidyTable.Column::name))
                .containsExactly(
                        "group1",
                        "group1_level",
                        "group2",
                        "group2_level",
                        "variable",
                        "variable_level",
                        "stat_name",
                        "stat");
        assertThat(ard.rowCount()).isPositive();
        for (int i = 0; i < ard.rowCount(); i++) {
            assertThat(ard.value(i, "variable")).isNotNull();
            assertThat(String.valueOf(ard.value(i, "stat_name"))).matches("[a-z][a-z0-9_]*");
            assertThat(ard.value(i, "group1") == null).isEqualTo(ard.value(i, "group1_level") == null);
        }
        assertThat(CsvOutput.text(ard)).startsWith("group1,group1_level,group2,");
    }

    @Test
    void saysWhyAFileCannotBeWritten() throws IOException {
        Document document = document("datasets");
        Path nowhere = folder.resolve("none").resolve("x.json");
        assertThatThrownBy(() -> document.write(Format.JSON, nowhere))
                .isInstanceOf(FileException.class)
                .hasMessage(nowhere + " cannot be written: the folder " + nowhere.getParent()
                        + " does not exist; allowed: an existing folder");
        assertThatThrownBy(() -> document.write(Format.JSON, folder))
                .isInstanceOf(FileException.class)
                .hasMessage(folder + " cannot be written: it is a folder; allowed: a file name")
                .satisfies(e -> assertThat(((FileException) e).file()).contains(folder.toString()));
        Path file = Files.createFile(folder.resolve("old"));
        document.write(Format.TEXT, file);
        assertThat(Files.readString(file)).startsWith("@bmtcrr");
    }
}
