package io.engraft.report.page;

import io.engraft.CheckReturnValue;
import io.engraft.InvalidArgumentException;
import io.engraft.charts.internal.Markup;
import io.engraft.data.TidyTable;
import io.engraft.data.TidyTable.Column;
import io.engraft.data.TidyTable.ColumnType;
import io.engraft.internal.csv.NumberText;
import io.engraft.report.internal.html.TableMarkup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link TidyTable} is shown in a report: caption, column headings, formats of numbers. Without formats numbers
 * have up to four significant digits, and counts are whole. A first column of text heads the rows. Immutable.
 */
@CheckReturnValue
public final class HtmlTable {

    private static final int MANY_LETTERS = 20;
    private static final int MOST_DECIMALS = 15;

    private final TidyTable data;
    private final String caption;
    private final Map<String, String> headings;
    private final Map<String, DoubleFunction<String>> formats;
    private final List<String> hidden;
    private final String missing;

    private HtmlTable(
            TidyTable data,
            String caption,
            Map<String, String> headings,
            Map<String, DoubleFunction<String>> formats,
            List<String> hidden,
            String missing) {
        this.data = data;
        this.caption = caption;
        this.headings = headings;
        this.formats = formats;
        this.hidden = hidden;
        this.missing = missing;
    }

    /**
     * A table to show.
     *
     * @param data the data
     * @param caption what the table holds, for everybody and above all for screen readers; not blank
     * @return the table
     * @throws InvalidArgumentException when the caption is blank
     */
    public static HtmlTable of(TidyTable data, String caption) {
        if (caption.isBlank()) {
            throw InvalidArgumentException.of("caption of a table", "blank", "some words");
        }
        return new HtmlTable(Objects.requireNonNull(data), caption, Map.of(), Map.of(), List.of(), "\u2013");
    }

    /**
     * The heading of a column, in place of its name.
     *
     * @param column the column
     * @param heading the words to show
     * @return a new table
     * @throws InvalidArgumentException when there is no such column
     */
    public HtmlTable heading(String column, String heading) {
        Map<String, String> longer = new LinkedHashMap<>(headings);
        longer.put(requireColumn(column).name(), heading);
        return new HtmlTable(data, caption, Map.copyOf(longer), formats, hidden, missing);
    }

    /**
     * Shows a column with so many decimals.
     *
     * @param column the column, of numbers
     * @param decimals 0 to 15
     * @return a new table
     * @throws InvalidArgumentException when there is no such column of numbers, or decimals is outside
     */
    public HtmlTable decimals(String column, int decimals) {
        requireDecimals(decimals);
        return format(column, x -> fixed(x, decimals));
    }

    /**
     * Shows a column of shares as per cent.
     *
     * @param column the column, of numbers
     * @param decimals 0 to 15
     * @return a new table
     * @throws InvalidArgumentException when there is no such column of numbers, or decimals is outside
     */
    public HtmlTable percent(String column, int decimals) {
        requireDecimals(decimals);
        return format(column, x -> fixed(100 * x, decimals) + "%");
    }

    /**
     * Shows a column of p-values: four decimals, or powers of ten where those say nothing, as all documents do.
     *
     * @param column the column, of numbers
     * @return a new table
     * @throws InvalidArgumentException when there is no such column of numbers
     */
    public HtmlTable pValue(String column) {
        return format(column, p -> NumberText.pValue(p).replace('-', '\u2212'));
    }

    /**
     * Shows a column by an own format.
     *
     * @param column the column, of numbers or counts
     * @param format a number's text; it may be called from any thread
     * @return a new table
     * @throws InvalidArgumentException when there is no such column of numbers
     */
    public HtmlTable format(String column, DoubleFunction<String> format) {
        if (requireColumn(column).type() == ColumnType.TEXT) {
            throw InvalidArgumentException.of("column", column, "a column of numbers or counts");
        }
        Map<String, DoubleFunction<String>> longer = new LinkedHashMap<>(formats);
        longer.put(column, Objects.requireNonNull(format));
        return new HtmlTable(data, caption, headings, Map.copyOf(longer), hidden, missing);
    }

    /**
     * Leaves a column out.
     *
     * @param column the column
     * @return a new table
     * @throws InvalidArgumentException when there is no such column
     */
    public HtmlTable hide(String column) {
        List<String> longer = new ArrayList<>(hidden);
        longer.add(requireColumn(column).name());
        return new HtmlTable(data, caption, headings, formats, List.copyOf(longer), missing);
    }

    /**
     * What stands for missing values, a dash without this call.
     *
     * @param text for example "not estimable"
     * @return a new table
     */
    public HtmlTable missing(String text) {
        return new HtmlTable(data, caption, headings, formats, hidden, text);
    }

    private Column requireColumn(String name) {
        return data.columns().stream()
                .filter(c -> c.name().equals(name))
                .findFirst()
                .orElseThrow(() -> InvalidArgumentException.of(
                        "column",
                        name,
                        "one of " + data.columns().stream().map(Column::name).toList()));
    }

    private static void requireDecimals(int decimals) {
        if (decimals < 0 || decimals > MOST_DECIMALS) {
            throw InvalidArgumentException.of("decimals", decimals, "0 <= decimals <= " + MOST_DECIMALS);
        }
    }

    private static String fixed(double x, int decimals) {
        if (Double.isInfinite(x)) {
            return x > 0 ? "\u221e" : "\u2212\u221e";
        }
        String text = String.format(Locale.ROOT, "%." + decimals + "f", x);
        // A typographic minus, and none before what rounds to zero.
        return text.matches("-0(\\.0*)?") ? text.substring(1) : text.replace('-', '\u2212');
    }

    private static String short4(double x) {
        if (x == 0 || Double.isInfinite(x)) {
            return fixed(x, 0);
        }
        double size = Math.abs(x);
        if (size >= 1e7 || size < 1e-4) {
            return String.format(Locale.ROOT, "%.3e", x).replace('-', '\u2212');
        }
        int decimals = Math.max(0, 3 - (int) Math.floor(Math.log10(size)));
        String text = fixed(x, decimals);
        return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
    }

    void write(StringBuilder out) {
        List<Column> columns = data.columns();
        List<TableMarkup.Cell> head = new ArrayList<>();
        for (Column column : columns) {
            if (!hidden.contains(column.name())) {
                String heading = headings.getOrDefault(column.name(), column.name());
                head.add(TableMarkup.Cell.ofColumn(heading, numeric(column)));
            }
        }
        List<List<TableMarkup.Cell>> body = new ArrayList<>();
        for (int row = 0; row < data.rowCount(); row++) {
            body.add(row(columns, row));
        }
        out.append("<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"");
        out.append(Markup.attribute(caption)).append("\">\n");
        out.append(TableMarkup.of(caption, head, body)).append("</div>\n");
    }

    private List<TableMarkup.Cell> row(List<Column> columns, int row) {
        List<TableMarkup.Cell> cells = new ArrayList<>();
        for (int j = 0; j < columns.size(); j++) {
            Column column = columns.get(j);
            if (hidden.contains(column.name())) {
                continue;
            }
            String text = cell(column, data.value(row, j));
            boolean words = column.type() == ColumnType.TEXT && text.length() > MANY_LETTERS;
            String attributes = words ? " class=\"words\"" : numeric(column);
            boolean heads = j == 0 && column.type() == ColumnType.TEXT;
            cells.add(heads ? TableMarkup.Cell.ofRow(text, attributes) : TableMarkup.Cell.of(text, attributes));
        }
        return cells;
    }

    private static String numeric(Column column) {
        return column.type() == ColumnType.TEXT ? "" : " class=\"number\"";
    }

    private String cell(Column column, @Nullable Object value) {
        if (value == null) {
            return missing;
        }
        if (!(value instanceof Number number)) {
            return value.toString();
        }
        DoubleFunction<String> format = formats.get(column.name());
        if (format != null) {
            return format.apply(number.doubleValue());
        }
        return value instanceof Long ? value.toString().replace('-', '\u2212') : short4(number.doubleValue());
    }
}
