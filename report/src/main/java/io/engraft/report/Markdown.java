package io.engraft.report;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Markdown with GitHub's tables. */
final class Markdown implements Blocks.Markup {

    private static final Pattern MARKS = Pattern.compile("[\\\\`*_{}\\[\\]<>|~]");
    private static final Pattern LINE_START = Pattern.compile("^(\\d+(?=[.)])|(?=[-+#=]))");

    private final Appendable target;

    Markdown(Appendable target) {
        this.target = target;
    }

    static String escape(String text) {
        return MARKS.matcher(text).replaceAll("\\\\$0");
    }

    private static String line(String text) {
        return LINE_START.matcher(escape(text)).replaceFirst("$1\\\\");
    }

    @Override
    public void open(String title) throws IOException {
        if (!title.isEmpty()) {
            target.append("## ").append(escape(title)).append('\n');
        }
    }

    @Override
    public void paragraph(List<String> lines) throws IOException {
        target.append('\n');
        target.append(lines.stream().map(Markdown::line).collect(Collectors.joining("\\\n")))
                .append('\n');
    }

    @Override
    public void table(List<String> header, List<List<String>> rows, int leftColumns) throws IOException {
        target.append('\n');
        row(header);
        for (int j = 0; j < header.size(); j++) {
            target.append(j < leftColumns ? "| --- " : "| ---: ");
        }
        target.append("|\n");
        for (List<String> row : rows) {
            row(row);
        }
    }

    private void row(List<String> cells) throws IOException {
        for (String cell : cells) {
            target.append("| ").append(escape(cell)).append(cell.isEmpty() ? "" : " ");
        }
        target.append("|\n");
    }

    @Override
    public void close() {}
}
