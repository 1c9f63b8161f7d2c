package io.engraft.report.internal.html;

import io.engraft.charts.internal.Markup;
import java.util.List;

/** Tables in HTML, of documents and of report pages. */
public final class TableMarkup {

    private TableMarkup() {}

    /**
     * A cell.
     *
     * @param tag the element's name, with its scope where it heads a column or a row
     * @param text its text, not yet escaped
     * @param attributes as they stand in the element, each after a blank
     */
    public record Cell(String tag, String text, String attributes) {

        public static Cell of(String text, String attributes) {
            return new Cell("td", text, attributes);
        }

        public static Cell ofColumn(String text, String attributes) {
            return new Cell("th scope=\"col\"", text, attributes);
        }

        public static Cell ofRow(String text, String attributes) {
            return new Cell("th scope=\"row\"", text, attributes);
        }
    }

    /** A table; its caption may be empty. */
    public static String of(String caption, List<Cell> header, List<List<Cell>> rows) {
        StringBuilder out = new StringBuilder("<table>\n");
        if (!caption.isEmpty()) {
            out.append("<caption>").append(Markup.text(caption)).append("</caption>\n");
        }
        out.append("<thead>\n");
        row(out, header);
        out.append("</thead>\n<tbody>\n");
        rows.forEach(row -> row(out, row));
        return out.append("</tbody>\n</table>\n").toString();
    }

    private static void row(StringBuilder out, List<Cell> cells) {
        out.append("<tr>");
        for (Cell cell : cells) {
            out.append('<').append(cell.tag()).append(cell.attributes()).append('>');
            out.append(Markup.text(cell.text()));
            out.append("</").append(cell.tag(), 0, 2).append('>');
        }
        out.append("</tr>\n");
    }
}
