package io.engraft.data.io;

import io.engraft.internal.Brief;
import io.engraft.internal.csv.Blanks;
import io.engraft.internal.csv.DecimalMark;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The current row's text in one column that is used, without blanks around it. Reused from row to row. */
final class Cell {

    private static final int FIRST_LENGTH = 32;

    private final String column;
    private final DecimalMark numbers;
    /** The witnesses of a column that may turn out to have none. */
    private final DecimalMark apart;

    private final MissingMarks marks;
    /** How often each mark was met. */
    private final long[] met;

    private char[] text = new char[FIRST_LENGTH];
    private int length;

    Cell(String column, DecimalMark numbers, MissingMarks marks) {
        this.column = column;
        this.numbers = numbers;
        this.apart = numbers.apart();
        this.marks = marks;
        this.met = new long[marks.size()];
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

    /** Whether the row has no value here; each mark is counted, so this is asked once a row. */
    boolean missing() {
        int place = marks.placeOf(text, length, numbers);
        if (place >= 0) {
            met[place]++;
        }
        return place != MissingMarks.NONE;
    }

    /** The marks that were met, NA aside, and how often: "'.' in 3 cells of wt". */
    List<String> marksMet() {
        List<String> words = new ArrayList<>();
        for (int m = 0; m < met.length; m++) {
            if (met[m] > 0 && !marks.text(m).equals("NA")) {
                words.add("'" + marks.text(m) + "' in " + Brief.count(met[m], "cell") + " of " + column);
            }
        }
        return words;
    }

    double number() {
        return numbers.parse(text, 0, length, column);
    }

    /** The same where the column may turn out to hold text, which says nothing of how numbers are written. */
    double numberApart(long row, long line) {
        apart.at(row, line);
        return apart.parse(text, 0, length, column);
    }

    /** The column holds numbers: they say how numbers are written. */
    void join() {
        if (apart != numbers) {
            numbers.join(apart);
        }
    }

    /** The current text as a number that says nothing of how the others are written; NaN where it is none. */
    double value() {
        return numbers.value(text());
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
