package io.engraft.data;

import io.engraft.CheckReturnValue;
import io.engraft.DataProblem;
import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.internal.Brief;
import io.engraft.internal.Require;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A categorical column: one level a row. Levels are in ascending order as numbers if every level parses as one, else by
 * code point. Immutable.
 */
public final class Categories {

    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,4})?");

    private final int[] codes;
    private final List<String> levels;

    private Categories(int[] codes, List<String> levels) {
        this.codes = codes;
        this.levels = levels;
    }

    /**
     * A column from one value a row; its levels are the values that occur.
     *
     * @param values one a row, none null
     * @return the column
     */
    public static Categories of(List<String> values) {
        Set<String> seen = new LinkedHashSet<>(values);
        return of(values, sortLevels(seen));
    }

    /**
     * A column with declared levels, some of which may not occur.
     *
     * @param values one a row, each one of the levels
     * @param levels the levels, distinct, in the order to keep
     * @return the column
     * @throws InvalidDataException when a value is not among the levels
     */
    public static Categories of(List<String> values, List<String> levels) {
        Map<String, Integer> code = new HashMap<>();
        for (String level : levels) {
            code.put(level, code.size());
        }
        if (code.size() != levels.size()) {
            throw new InvalidDataException(
                    DataProblem.ofWhole("levels " + levels + " repeat; allowed: distinct levels"));
        }
        int[] codes = new int[values.size()];
        for (int i = 0; i < codes.length; i++) {
            Integer c = code.get(values.get(i));
            if (c == null) {
                throw new InvalidDataException(
                        DataProblem.ofRow(i + 1L, "category", values.get(i), "not one of the levels " + levels));
            }
            codes[i] = c;
        }
        return new Categories(codes, List.copyOf(levels));
    }

    /**
     * A column from codes, for columns too long to hold as text.
     *
     * @param codes one a row: the index of its level
     * @param levels the levels, distinct, in any order; the column has them in the order of {@link #sortLevels}
     * @return the column
     * @throws InvalidArgumentException when levels repeat or a code is not the index of a level
     */
    public static Categories ofCodes(int[] codes, List<String> levels) {
        List<String> sorted = sortLevels(levels);
        Map<String, Integer> place = new HashMap<>();
        for (String level : sorted) {
            place.put(level, place.size());
        }
        if (place.size() != levels.size()) {
            throw InvalidArgumentException.of("levels", levels, "distinct levels");
        }
        int[] moved = new int[levels.size()];
        for (int j = 0; j < moved.length; j++) {
            moved[j] = place.getOrDefault(levels.get(j), -1);
        }
        int[] sortedCodes = new int[codes.length];
        for (int i = 0; i < codes.length; i++) {
            if (codes[i] < 0 || codes[i] >= moved.length) {
                throw InvalidArgumentException.of("code", codes[i], "0 <= code < " + moved.length);
            }
            sortedCodes[i] = moved[codes[i]];
        }
        return new Categories(sortedCodes, sorted);
    }

    /**
     * The column of some rows.
     *
     * @param rows the rows to take, in the order wanted
     * @return their values, with all levels of this column, those that no row has left included
     */
    public Categories rows(int[] rows) {
        int[] taken = new int[rows.length];
        for (int k = 0; k < taken.length; k++) {
            taken[k] = codes[rows[k]];
        }
        return new Categories(taken, levels);
    }

    /**
     * The same column without the levels that no row has.
     *
     * @return the column, the order of the other levels unchanged
     */
    @CheckReturnValue
    public Categories withoutUnusedLevels() {
        boolean[] used = new boolean[levels.size()];
        for (int code : codes) {
            used[code] = true;
        }
        int[] place = new int[used.length];
        List<String> left = new ArrayList<>();
        for (int c = 0; c < used.length; c++) {
            place[c] = left.size();
            if (used[c]) {
                left.add(levels.get(c));
            }
        }
        int[] moved = new int[codes.length];
        for (int i = 0; i < moved.length; i++) {
            moved[i] = place[codes[i]];
        }
        return new Categories(moved, List.copyOf(left));
    }

    /**
     * The same column with one level before the others, such as the reference of contrasts.
     *
     * @param level one of the levels
     * @return the column, the order of the other levels unchanged
     * @throws InvalidArgumentException when there is no such level
     */
    @CheckReturnValue
    public Categories withFirst(String level) {
        int at = levels.indexOf(level);
        if (at < 0) {
            throw InvalidArgumentException.ofText("level", level, "one of " + levels);
        }
        List<String> moved = new ArrayList<>(levels);
        moved.add(0, moved.remove(at));
        int[] changed = new int[codes.length];
        for (int i = 0; i < changed.length; i++) {
            changed[i] = codes[i] == at ? 0 : codes[i] < at ? codes[i] + 1 : codes[i];
        }
        return new Categories(changed, List.copyOf(moved));
    }

    /**
     * Levels in the order that Engraft uses everywhere.
     *
     * @param levels the levels
     * @return ascending as numbers if every level parses as one, else by code point
     */
    public static List<String> sortLevels(Iterable<String> levels) {
        List<String> sorted = new ArrayList<>();
        levels.forEach(sorted::add);
        if (!sorted.stream().allMatch(s -> NUMBER.matcher(s).matches())) {
            sorted.sort(Categories::byCodePoint);
            return List.copyOf(sorted);
        }
        return sorted.stream()
                .map(s -> new Numeric(Double.parseDouble(s) + 0.0, s))
                .sorted()
                .map(Numeric::text)
                .toList();
    }

    /** A level that parses as a number; the exact decimal decides only where two give the same double. */
    private record Numeric(double value, String text) implements Comparable<Numeric> {

        @Override
        public int compareTo(Numeric other) {
            int order = Double.compare(value, other.value);
            if (order == 0 && !text.equals(other.text)) {
                order = new BigDecimal(text).compareTo(new BigDecimal(other.text));
                return order == 0 ? byCodePoint(text, other.text) : order;
            }
            return order;
        }
    }

    private static int byCodePoint(String a, String b) {
        int shorter = Math.min(a.length(), b.length());
        for (int i = 0; i < shorter; i++) {
            if (a.charAt(i) != b.charAt(i)) {
                return Integer.compare(rank(a.charAt(i)), rank(b.charAt(i)));
            }
        }
        return Integer.compare(a.length(), b.length());
    }

    /** Surrogates stand for code points above all others, though the characters from U+E000 on follow them. */
    private static int rank(char c) {
        return Character.isSurrogate(c) ? c + Character.MAX_VALUE : c;
    }

    /**
     * The number of rows.
     *
     * @return rows
     */
    public int size() {
        return codes.length;
    }

    /**
     * The levels.
     *
     * @return in order, including those that do not occur
     */
    public List<String> levels() {
        return levels;
    }

    /**
     * The level of a row, as its index in {@link #levels()}.
     *
     * @param row from 0
     * @return from 0
     */
    public int code(int row) {
        return codes[row];
    }

    /**
     * The level of a row.
     *
     * @param row from 0
     * @return the level
     */
    public String value(int row) {
        return levels.get(codes[row]);
    }

    int[] rawCodes() {
        return codes;
    }

    void requireSize(String what, int expected) {
        Require.sameLength(what, codes.length, "time", expected);
    }

    @Override
    public String toString() {
        return Brief.count(codes.length, "row") + ", levels " + Brief.list(levels);
    }
}
