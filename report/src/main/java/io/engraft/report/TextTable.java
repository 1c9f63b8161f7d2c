package io.engraft.report;

import io.engraft.internal.ControlCharacters;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A table for a person: the first columns are text and stand to the left, the others are numbers and stand to the right. */
public final class TextTable {

    private final List<String> header;
    private final List<List<String>> rows = new ArrayList<>();
    private final int leftColumns;

    /**
     * A table without rows yet.
     *
     * @param leftColumns how many of the first columns are text
     * @param header the headings of the columns, empty for none
     */
    public TextTable(int leftColumns, String... header) {
        this.leftColumns = leftColumns;
        this.header = shown(header);
    }

    /**
     * Adds a row.
     *
     * @param cells one text a column
     */
    public void row(String... cells) {
        rows.add(shown(cells));
    }

    /** A name from the data neither ends a row nor does anything to whoever shows it. */
    private static List<String> shown(String... cells) {
        return Arrays.stream(cells).map(ControlCharacters::escapedLine).toList();
    }

    List<String> header() {
        return header;
    }

    List<List<String>> rows() {
        return rows;
    }

    int leftColumns() {
        return leftColumns;
    }

    /**
     * Writes the table in aligned columns.
     *
     * @param target where to
     * @param indent what stands before each line
     * @throws IOException when the target cannot be written
     */
    public void writeAligned(Appendable target, String indent) throws IOException {
        int[] widths = new int[header.size()];
        measure(header, widths);
        for (List<String> row : rows) {
            measure(row, widths);
        }
        writeRow(header, widths, target, indent);
        for (List<String> row : rows) {
            writeRow(row, widths, target, indent);
        }
    }

    private static void measure(List<String> row, int[] widths) {
        for (int j = 0; j < widths.length; j++) {
            widths[j] = Math.max(widths[j], row.get(j).length());
        }
    }

    private void writeRow(List<String> row, int[] widths, Appendable target, String indent) throws IOException {
        StringBuilder line = new StringBuilder(indent);
        for (int j = 0; j < widths.length; j++) {
            String cell = row.get(j);
            String space = " ".repeat(widths[j] - cell.length());
            line.append(j == 0 ? "" : "  ");
            line.append(j < leftColumns ? cell + space : space + cell);
        }
        target.append(line.toString().stripTrailing()).append('\n');
    }
}
