package io.engraft.data.io;

import io.engraft.data.Categories;
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
    static final class Numbers extends Slot {

        private double[] values = new double[0];
        private double value;

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

        private final List<String> levels;
        private final int most;
        private int[] codes = new int[0];
        private int code;

        /** Levels hold the censored one first; they are empty where codes are numbers. */
        Status(Cell cell, List<String> levels, int most) {
            super(cell);
            this.levels = levels;
            this.most = most;
        }

        @Override
        @Nullable
        String examine() {
            if (!levels.isEmpty()) {
                for (code = 0; code < levels.size(); code++) {
                    if (cell.holds(levels.get(code))) {
                        return null;
                    }
                }
                return "unknown status; allowed: " + levels.get(0) + " for censored, "
                        + String.join(", ", levels.subList(1, levels.size())) + " for events";
            }
            double value = cell.number();
            code = (int) value;
            if (Double.isNaN(value)) {
                return "not a status code; allowed: 0 for censored, 1 to " + most
                        + " for events, or text levels that are declared as events and censored";
            }
            return code == value ? null : "allowed: a whole number, 0 for censored, 1 to " + most + " for events";
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

        List<Level> levels() {
            return levels;
        }

        Categories categories() {
            return Categories.ofCodes(
                    Arrays.copyOf(codes, rows), levels.stream().map(Level::text).toList());
        }
    }
}
