package io.engraft.report;

import io.engraft.internal.ControlCharacters;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A document's text taken apart into its title, paragraphs and tables, to be marked up. */
final class Blocks implements TextWriter {

    /** A language of headings, paragraphs and tables. */
    interface Markup {

        void open(String title) throws IOException;

        void paragraph(List<String> lines) throws IOException;

        /** Writes a table without its empty columns; cells to the left are text, the others numbers. */
        void table(List<String> header, List<List<String>> rows, int leftColumns) throws IOException;

        void close() throws IOException;
    }

    /** Lines that belong together, or a table. */
    private sealed interface Block permits Paragraph, Grid {}

    private record Paragraph(List<String> lines) implements Block {}

    private record Grid(TextTable table) implements Block {}

    private final StringBuilder open = new StringBuilder();
    private final List<Block> blocks = new ArrayList<>();

    private Blocks() {}

    static Blocks of(Document document) throws IOException {
        Blocks blocks = new Blocks();
        document.writeText(blocks);
        blocks.closeText();
        return blocks;
    }

    @Override
    public TextWriter append(CharSequence text) {
        open.append(ControlCharacters.escaped(text.toString()));
        return this;
    }

    @Override
    public TextWriter append(CharSequence text, int from, int to) {
        return append(text.subSequence(from, to));
    }

    @Override
    public TextWriter append(char character) {
        open.append(character);
        return this;
    }

    @Override
    public TextWriter table(TextTable table, String indent) {
        closeText();
        blocks.add(new Grid(table));
        return this;
    }

    private void closeText() {
        List<String> lines = new ArrayList<>();
        for (String line : open.toString().split("\n", -1)) {
            if (line.isBlank()) {
                add(lines);
                lines = new ArrayList<>();
            } else {
                lines.add(line.strip());
            }
        }
        add(lines);
        open.setLength(0);
    }

    private void add(List<String> lines) {
        if (!lines.isEmpty()) {
            blocks.add(new Paragraph(lines));
        }
    }

    void write(Markup markup) throws IOException {
        List<Block> rest = new ArrayList<>(blocks);
        String title = "";
        if (!rest.isEmpty() && rest.get(0) instanceof Paragraph first) {
            title = first.lines().get(0);
            rest.remove(0);
            if (first.lines().size() > 1) {
                rest.add(0, new Paragraph(first.lines().subList(1, first.lines().size())));
            }
        }
        markup.open(title);
        for (Block block : rest) {
            if (block instanceof Paragraph paragraph) {
                markup.paragraph(paragraph.lines());
            } else if (block instanceof Grid grid) {
                write(grid.table(), markup);
            }
        }
        markup.close();
    }

    private static void write(TextTable table, Markup markup) throws IOException {
        List<Integer> kept = new ArrayList<>();
        int left = 0;
        for (int j = 0; j < table.header().size(); j++) {
            int column = j;
            if (!table.header().get(j).isEmpty()
                    || table.rows().stream().anyMatch(row -> !row.get(column).isEmpty())) {
                kept.add(j);
                left += j < table.leftColumns() ? 1 : 0;
            }
        }
        markup.table(
                pick(table.header(), kept),
                table.rows().stream().map(row -> pick(row, kept)).toList(),
                left);
    }

    private static List<String> pick(List<String> cells, List<Integer> kept) {
        return kept.stream().map(cells::get).toList();
    }
}
