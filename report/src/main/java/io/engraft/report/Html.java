package io.engraft.report;

import io.engraft.charts.internal.Markup;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** One element of a page. */
final class Html implements Blocks.Markup {

    private final Appendable target;

    Html(Appendable target) {
        this.target = target;
    }

    @Override
    public void open(String title) throws IOException {
        target.append("<section class=\"engraft\">\n");
        if (!title.isEmpty()) {
            target.append("<h2>").append(Markup.text(title)).append("</h2>\n");
        }
    }

    @Override
    public void paragraph(List<String> lines) throws IOException {
        target.append("<p>");
        target.append(lines.stream().map(Markup::text).collect(Collectors.joining("<br>\n")));
        target.append("</p>\n");
    }

    @Override
    public void table(List<String> header, List<List<String>> rows, int leftColumns) throws IOException {
        target.append("<table>\n<thead>\n");
        row("th scope=\"col\"", "th", header, leftColumns);
        target.append("</thead>\n<tbody>\n");
        for (List<String> row : rows) {
            row("td", "td", row, leftColumns);
        }
        target.append("</tbody>\n</table>\n");
    }

    private void row(String start, String end, List<String> cells, int leftColumns) throws IOException {
        target.append("<tr>");
        for (int j = 0; j < cells.size(); j++) {
            target.append('<').append(start).append(j < leftColumns ? "" : " style=\"text-align: right\"");
            target.append('>')
                    .append(Markup.text(cells.get(j)))
                    .append("</")
                    .append(end)
                    .append('>');
        }
        target.append("</tr>\n");
    }

    @Override
    public void close() throws IOException {
        target.append("</section>\n");
    }
}
