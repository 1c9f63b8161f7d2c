package io.engraft.data.io;

import io.engraft.internal.csv.Blanks;
import io.engraft.internal.csv.DecimalMark;
import java.util.Arrays;

/** The current row's text in one column that is used, without blanks around it. Reused from row to row. */
final class Cell {

    private static final int FIRST_LENGTH = 32;

    private final String column;
    private final DecimalMark numbers;
    private char[] text = new char[FIRST_LENGTH];
    private int length;

    Cell(String column, DecimalMark numbers) {
        this.column = column;
        this.numbers = numbers;
    }

    String column() {
        return column;
    }

    void set(char[] buffer, int from, int count) {
        int start = from;
        int end = from + count;
        while (start < end && Blanks.isBlank(buffer[start])) {
            start++;
        }
        while (end > start && Blanks.isBlank(buffer[end - 1])) {
            end--;
        }
        length = end - start;
        if (length > text.length) {
            text = new char[Math.max(length, 2 * text.length)];
        }
        System.arraycopy(buffer, start, text, 0, length);
    }

    boolean missing() {
        return length == 0 || (length == 2 && text[0] == 'N' && text[1] == 'A');
    }

    double number() {
        return numbers.parse(text, 0, length, column);
    }

    /** Whether a text that was in this column is a finite number. */
    boolean isNumber(String other) {
        return Double.isFinite(numbers.value(other));
    }

    /** Why the current text is no finite number. */
    String explain() {
        return numbers.explain(text());
    }

    boolean holds(String other) {
        return length == other.length() && Arrays.equals(text, 0, length, other.toCharArray(), 0, length);
    }

    void appendTo(StringBuilder target) {
        target.append(text, 0, length);
    }

    String text() {
        return new String(text, 0, length);
    }
}
