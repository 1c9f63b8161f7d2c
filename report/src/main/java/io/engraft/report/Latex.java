package io.engraft.report;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** LaTeX without any package. */
final class Latex implements Blocks.Markup {

    private final Appendable target;

    Latex(Appendable target) {
        this.target = target;
    }

    static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> escaped.append("\\textbackslash{}");
                case '~' -> escaped.append("\\textasciitilde{}");
                case '^' -> escaped.append("\\textasciicircum{}");
                case '<' -> escaped.append("\\textless{}");
                case '>' -> escaped.append("\\textgreater{}");
                case '|' -> escaped.append("\\textbar{}");
                // \textquotedbl is not in OT1, the encoding that holds where nothing is said.
                case '"' -> escaped.append("''");
                case '&', '%', '$', '#', '_', '{', '}' -> escaped.append('\\').append(c);
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }

    @Override
    public void open(String title) throws IOException {
        if (!title.isEmpty()) {
            target.append("\\subsection*{").append(escape(title)).append("}\n");
        }
    }

    @Override
    public void paragraph(List<String> lines) throws IOException {
        target.append('\n');
        target.append("\\noindent ");
        target.append(lines.stream().map(Latex::escape).collect(Collectors.joining("\\\\\n")))
                .append('\n');
    }

    @Override
    public void table(List<String> header, List<List<String>> rows, int leftColumns) throws IOException {
        target.append("\n\\noindent\\begin{tabular}{");
        target.append("l".repeat(leftColumns)).append("r".repeat(header.size() - leftColumns));
        target.append("}\n\\hline\n");
        row(header);
        target.append("\\hline\n");
        for (List<String> row : rows) {
            row(row);
        }
        target.append("\\hline\n\\end{tabular}\n");
    }

    private void row(List<String> cells) throws IOException {
        // An opening bracket after \\ would be read as its argument, so each row starts with an empty group.
        target.append("{}")
                .append(cells.stream().map(Latex::escape).collect(Collectors.joining(" & ")))
                .append(" \\\\\n");
    }

    @Override
    public void close() {}
}
