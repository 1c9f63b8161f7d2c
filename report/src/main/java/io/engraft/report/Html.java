package io.engraft.report;

import io.engraft.charts.internal.Markup;
import io.engraft.report.internal.html.TableMarkup;
import java.io.IOException;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** One element of a page. */
final class Html implements Blocks.Markup {

    private static final String RIGHT = " style=\"text-align: right\"";

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
        List<TableMarkup.Cell> head = cells(header, leftColumns, TableMarkup.Cell::ofColumn);
        List<List<TableMarkup.Cell>> body = rows.stream()
                .map(row -> cells(row, leftColumns, TableMarkup.Cell::of))
                .toList();
        target.append(TableMarkup.of("", head, body));
    }

    private static List<TableMarkup.Cell> cells(
            List<String> texts, int leftColumns, BiFunction<String, String, TableMarkup.Cell> maker) {
        return IntStream.range(0, texts.size())
                .mapToObj(j -> maker.apply(texts.get(j), j < leftColumns ? "" : RIGHT))
                .toList();
    }

    @Override
    public void close() throws IOException {
        target.append("</section>\n");
    }
}
