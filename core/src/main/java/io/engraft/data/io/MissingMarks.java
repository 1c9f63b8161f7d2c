package io.engraft.data.io;

import io.engraft.InvalidArgumentException;
import io.engraft.internal.csv.DecimalMark;
import io.engraft.internal.csv.NumberText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * The texts that stand for a missing value, beside an empty cell. A mark that is a number stands for that number however
 * it is written: -9 for -9.0 too. Immutable.
 */
final class MissingMarks {

    /** The texts that are recognised without being declared, in this case of letters only. */
    static final List<String> KNOWN_TEXTS =
            List.of("NA", ".", "N/A", "n/a", "#N/A", "NaN", "nan", "NULL", "null", "[Not Available]");

    static final MissingMarks KNOWN = new MissingMarks(KNOWN_TEXTS);

    /** The place of an empty cell. */
    static final int EMPTY = -2;

    static final int NONE = -1;
    private static final int ASCII = 128;

    private final List<String> texts;
    private final char[][] marks;
    private final double[] numbers;
    private final boolean numeric;
    /** Whether some mark may begin with a character. */
    private final boolean[] first = new boolean[ASCII];

    private MissingMarks(List<String> texts) {
        this.texts = texts;
        this.marks = texts.stream().map(String::toCharArray).toArray(char[][]::new);
        this.numbers = texts.stream().mapToDouble(NumberText::parse).toArray();
        boolean some = false;
        for (int m = 0; m < marks.length; m++) {
            first[marks[m][0] < ASCII ? marks[m][0] : 0] = true;
            some |= Double.isFinite(numbers[m]);
        }
        this.numeric = some;
        for (char c : "+-.0123456789".toCharArray()) {
            first[c] |= some;
        }
    }

    MissingMarks with(Collection<String> more) {
        if (more.isEmpty()) {
            return this;
        }
        List<String> all = new ArrayList<>(texts);
        more.stream().map(MissingMarks::require).filter(m -> !all.contains(m)).forEach(all::add);
        return new MissingMarks(List.copyOf(all));
    }

    /** Without texts that mean something in a column. */
    MissingMarks without(Collection<String> meant) {
        return meant.stream().noneMatch(texts::contains)
                ? this
                : new MissingMarks(
                        texts.stream().filter(t -> !meant.contains(t)).toList());
    }

    static String require(String mark) {
        String text = mark.strip();
        if (text.isEmpty()) {
            throw InvalidArgumentException.ofText("mark of missing", mark, "text; an empty cell is missing anyhow");
        }
        return text;
    }

    /** The place of the mark that a cell holds, {@link #EMPTY} or {@link #NONE}; numbers may have another decimal mark. */
    int placeOf(char[] text, int length, DecimalMark written) {
        int place = placeOf(text, length);
        if (place == NONE && numeric && mayBeNumber(text, length)) {
            return placeOf(written.value(new String(text, 0, length)));
        }
        return place;
    }

    /** Whether a text has a decimal comma, with which a mark of -9 may be written -9,0. */
    private static boolean mayBeNumber(char[] text, int length) {
        boolean comma = false;
        for (int i = 0; i < length; i++) {
            comma |= text[i] == ',';
            if (text[i] > '9') {
                return false;
            }
        }
        return comma;
    }

    /** The place of the mark that a cell holds, {@link #EMPTY} or {@link #NONE}. */
    int placeOf(char[] text, int length) {
        if (length == 0) {
            return EMPTY;
        }
        char c = text[0];
        if (!first[c < ASCII ? c : 0]) {
            return NONE;
        }
        for (int m = 0; m < marks.length; m++) {
            if (marks[m].length == length && Arrays.equals(text, 0, length, marks[m], 0, length)) {
                return m;
            }
        }
        return numeric ? placeOf(NumberText.parse(text, 0, length)) : NONE;
    }

    private int placeOf(double value) {
        for (int m = 0; m < numbers.length; m++) {
            if (numbers[m] == value) {
                return m;
            }
        }
        return NONE;
    }

    boolean isMissing(String cell, DecimalMark written) {
        return placeOf(cell.toCharArray(), cell.length(), written) != NONE;
    }

    String text(int place) {
        return texts.get(place);
    }

    int size() {
        return marks.length;
    }

    @Override
    public String toString() {
        return String.join(", ", texts);
    }
}
