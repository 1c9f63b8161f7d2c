package io.engraft.data.io;

import io.engraft.FileException;
import io.engraft.data.TidyTable;
import io.engraft.internal.NewFile;
import io.engraft.internal.csv.NumberText;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Writes tables as comma-separated text (RFC 4180): a header row, UTF-8, lines that end in a line feed. Text is quoted
 * where it holds a comma, semicolon, tab, quote or line break. Numbers are in the shortest form that reads back as the
 * same double, infinite ones as Inf and -Inf; what is missing is an empty cell, and empty text is {@code ""}.
 *
 * <p>Spreadsheets run text that starts with {@code = + - @}, a tab or a line break as a formula. Such text, in the
 * header too, gets an apostrophe in front, unless it is a number such as -1.
 */
public final class CsvOutput {

    private static final String FORMULA_STARTS = "=+-@\t\r\n";
    private static final String QUOTED = ",;\t\"\r\n";

    private CsvOutput() {}

    /**
     * Writes a table and flushes the writer, which stays open.
     *
     * @param table the table
     * @param out takes the text
     * @throws FileException when writing fails
     */
    public static void write(TidyTable table, Writer out) {
        try {
            writeTo(table, out);
            out.flush();
        } catch (IOException e) {
            throw new FileException("the table cannot be written: " + e.getMessage(), e);
        }
    }

    /**
     * Writes a table to a file. The text goes to a new file beside it first, which then takes its place, so that a
     * reader never sees half a table and a failure leaves the old file as it was. What is not a regular file, such as a
     * device or pipe, is written to directly.
     *
     * @param table the table
     * @param file the file to make or replace
     * @throws FileException when writing fails
     */
    public static void write(TidyTable table, Path file) {
        NewFile.write(file, target -> {
            Writer out = new OutputStreamWriter(target, StandardCharsets.UTF_8);
            writeTo(table, out);
            out.flush();
        });
    }

    /**
     * A table as text.
     *
     * @param table the table
     * @return what {@link #write(TidyTable, Writer)} writes
     */
    public static String text(TidyTable table) {
        StringBuilder text = new StringBuilder();
        try {
            writeTo(table, text);
        } catch (IOException e) {
            throw new FileException("the table cannot be written: " + e.getMessage(), e);
        }
        return text.toString();
    }

    private static void writeTo(TidyTable table, Appendable out) throws IOException {
        int columns = table.columns().size();
        for (int j = 0; j < columns; j++) {
            out.append(j == 0 ? "" : ",")
                    .append(quote(neutralise(table.columns().get(j).name())));
        }
        out.append('\n');
        for (int i = 0; i < table.rowCount(); i++) {
            for (int j = 0; j < columns; j++) {
                out.append(j == 0 ? "" : ",").append(cell(table.value(i, j)));
            }
            out.append('\n');
        }
    }

    private static String cell(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof Double number) {
            return NumberText.format(number);
        }
        return value instanceof String text ? quote(neutralise(text)) : value.toString();
    }

    private static String neutralise(String text) {
        boolean formula =
                !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0 && Double.isNaN(NumberText.parse(text));
        return formula ? "'" + text : text;
    }

    private static String quote(String text) {
        boolean needed = text.isEmpty() || text.chars().anyMatch(c -> QUOTED.indexOf(c) >= 0);
        return needed ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
