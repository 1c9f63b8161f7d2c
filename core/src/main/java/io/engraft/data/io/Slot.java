package io.engraft.data.io;

import io.engraft.data.Categories;
import io.engraft.internal.csv.NumberText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A column of the data that grows row by row. A row is first examined and then, if all of it is fine, taken. */
abstract class Slot {

    private static final int FIRST_ROWS = 256;

    final Cell cell;
    int rows;

    Slot(Cell cell) {
        this.cell = cell;
    }

    /** Looks at the current cell, which is not missing; gives what is wrong with it, or null. */
    abstract @Nullable String examine();

    abstract void take(long row, long line);

    static int grown(int capacity) {
        return Math.max(FIRST_ROWS, capacity + (capacity >> 1));
    }

    /** Finite numbers. */
    static class Numbers extends Slot {

        double value;
        private double[] values = new double[0];

        Numbers(Cell cell) {
            super(cell);
        }

        @Override
        @Nullable
        String examine() {
            value = cell.number();
            return Double.isFinite(value) ? null : cell.explain();
        }

        double value() {
            return value;
        }

        @Override
        void take(long row, long line) {
            if (rows == values.length) {
                values = Arrays.copyOf(values, grown(rows));
            }
            values[rows++] = value;
        }

        double[] values() {
            return Arrays.copyOf(values, rows);
        }
    }

    /** Status codes, from whole numbers or from declared levels. */
    static final class Status extends Slot {

        private final @Nullable StatusLevels declared;
        private final List<String> levels;
        private final int[] codeOf;
        private final double[] numberOf;
        private final int most;
        private int[] codes = new int[0];
        private int code;
        private int last;

        /** Levels are null where codes are numbers. */
        Status(Cell cell, @Nullable StatusLevels declared, int most) {
            super(cell);
            this.declared = declared;
            this.levels = declared == null ? List.of() : declared.all();
            this.codeOf = declared == null ? new int[0] : declared.codes();
            this.numberOf = levels.stream().mapToDouble(NumberText::parse).toArray();
            this.most = most;
        }

        @Override
        @Nullable
        String examine() {
            if (declared != null) {
                return place() ? null : unknown(declared);
            }
            double value = cell.number();
            code = (int) value;
            if (Double.isNaN(value)) {
                return "not a status code; allowed: 0 for censored, 1 to " + most
                        + " for events, or text levels that are declared as events and censored";
            }
            return code == value ? null : "allowed: a whole number, 0 for censored, 1 to " + most + " for events";
        }

        /** Finds the level of the cell: by its text, or by its number as 2.0 is 2. */
        private boolean place() {
            for (int k = 0; k < levels.size(); k++) {
                int at = (last + k) % levels.size();
                if (cell.holds(levels.get(at))) {
                    return found(at);
                }
            }
            double number = cell.value();
            for (int at = 0; at < numberOf.length; at++) {
                if (numberOf[at] == number) {
                    return found(at);
                }
            }
            return false;
        }

        private boolean found(int at) {
            last = at;
            code = codeOf[at];
            return true;
        }

        private String unknown(StatusLevels known) {
            String folded = StatusLevels.folded(cell.text());
            for (int at = 0; at < levels.size(); at++) {
                String level = levels.get(at);
                if (StatusLevels.folded(level).equals(folded)) {
                    String both = codeOf[at] == 0 ? level + "," + cell.text() : level + "|" + cell.text();
                    return "unknown status; it differs from '" + level
                            + "' only in capitals, blanks or hyphens: if both"
                            + " mean the same, declare both as " + (codeOf[at] == 0 ? "censored" : "one event") + " ("
                            + both + ")";
                }
            }
            return "unknown status; allowed: " + String.join(" or ", known.censored()) + " for censored, "
                    + String.join(
                            ", ",
                            known.events().stream()
                                    .map(l -> String.join("|", l))
                                    .toList())
                    + " for events";
        }

        int code() {
            return code;
        }

        @Override
        void take(long row, long line) {
            if (rows == codes.length) {
                codes = Arrays.copyOf(codes, grown(rows));
            }
            codes[rows++] = code;
        }

        int[] codes() {
            return Arrays.copyOf(codes, rows);
        }
    }

    /** Levels. */
    static final class Levels extends Slot {

        private final Map<String, Integer> known = new HashMap<>();
        private final List<Level> levels = new ArrayList<>();
        private int[] codes = new int[0];
        private int last;

        /** A level, and the first row that has it. */
        record Level(String text, long row, long line) {}

        Levels(Cell cell) {
            super(cell);
        }

        @Override
        @Nullable
        String examine() {
            return null;
        }

        @Override
        void take(long row, long line) {
            if (rows > 0 && cell.holds(levels.get(last).text())) {
                push(last);
            } else {
                take(cell.text(), row, line);
            }
        }

        void take(String text, long row, long line) {
            Integer code = known.get(text);
            if (code == null) {
                code = levels.size();
                known.put(text, code);
                levels.add(new Level(text, row, line));
            }
            push(code);
        }

        private void push(int code) {
            if (rows == codes.length) {
                codes = Arrays.copyOf(codes, grown(rows));
            }
            last = code;
            codes[rows++] = code;
        }

        /** The level of the row that was taken last. */
        int lastCode() {
            return last;
        }

        List<Level> levels() {
            return levels;
        }

        Categories categories() {
            return Categories.ofCodes(
                    Arrays.copyOf(codes, rows), levels.stream().map(Level::text).toList());
        }
    }
}
