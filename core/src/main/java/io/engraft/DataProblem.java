package io.engraft;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with data, and where.
 *
 * @param source the file or data set, or null where the data came as arrays
 * @param row the data row, counted from 1 without the header; 0 where the problem is not of one row
 * @param line the line of the file on which that row starts, counted from 1; 0 where there is no file
 * @param column the column, or null
 * @param value the offending value as it was written, or null
 * @param reason what is wrong with it and what would be allowed
 */
public record DataProblem(
        @Nullable String source,
        long row,
        long line,
        @Nullable String column,
        @Nullable String value,
        String reason) {

    private static final int SHOWN_VALUE = 60;

    /**
     * A problem in data that came as arrays.
     *
     * @param row the data row, counted from 1
     * @param column the column
     * @param value the offending value
     * @param reason what is wrong with it and what would be allowed
     * @return the problem
     */
    public static DataProblem ofRow(long row, String column, Object value, String reason) {
        return new DataProblem(null, row, 0, column, String.valueOf(value), reason);
    }

    /**
     * A problem of the data as a whole.
     *
     * @param reason what is wrong
     * @return the problem
     */
    public static DataProblem ofWhole(String reason) {
        return new DataProblem(null, 0, 0, null, null, reason);
    }

    /**
     * The same problem, with its source named.
     *
     * @param name the file or data set
     * @return the problem
     */
    public DataProblem inSource(String name) {
        return new DataProblem(name, row, line, column, value, reason);
    }

    /**
     * One line for a person: source, row, column, value, reason.
     *
     * @return the line, without a line break
     */
    public String describe() {
        StringBuilder text = new StringBuilder();
        if (source != null) {
            text.append(source);
        }
        if (row > 0) {
            separate(text).append("row ").append(row);
        }
        if (line > 0) {
            separate(text).append("line ").append(line);
        }
        if (column != null) {
            separate(text).append("column '").append(column).append('\'');
        }
        if (value != null) {
            separate(text).append("value '").append(shorten(value)).append('\'');
        }
        if (!text.isEmpty()) {
            text.append(": ");
        }
        return text.append(reason).toString();
    }

    private static StringBuilder separate(StringBuilder text) {
        return text.isEmpty() ? text : text.append(", ");
    }

    private static String shorten(String raw) {
        StringBuilder text = new StringBuilder();
        raw.codePoints().limit(SHOWN_VALUE).forEach(c -> text.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
        if (raw.codePointCount(0, raw.length()) > SHOWN_VALUE) {
            text.append("... (").append(raw.length()).append(" characters)");
        }
        return text.toString();
    }
}
