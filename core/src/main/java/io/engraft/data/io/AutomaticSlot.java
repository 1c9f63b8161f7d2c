package io.engraft.data.io;

import io.engraft.DataProblem;
import io.engraft.data.DataCheck;
import io.engraft.data.SurvivalData;
import io.engraft.internal.csv.NumberText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A covariate that is numeric if every value is a number, else categorical. While all are numbers the text is kept
 * beside them, as "1.0" and "1" are one number and two levels.
 */
final class AutomaticSlot extends Slot {

    private double[] values = new double[0];
    private int[] ends = new int[0];
    private StringBuilder text = new StringBuilder();
    private double value;
    private @Nullable Levels levels;
    /** Whether each level is a number. */
    private final List<Boolean> numberLevels = new ArrayList<>();

    private long numberRows;
    private long textRows;
    /** The cells that hold no number, as many as can be listed. */
    private final List<DataProblem> noNumbers = new ArrayList<>();

    AutomaticSlot(Cell cell) {
        super(cell);
    }

    @Override
    @Nullable
    String examine() {
        return null;
    }

    @Override
    void take(long row, long line) {
        Levels categorical = levels;
        value = categorical == null ? cell.numberApart(row, line) : 0;
        if (categorical == null && !Double.isFinite(value)) {
            categorical = fromText();
            levels = categorical;
        }
        if (categorical != null) {
            categorical.take(row, line);
        }
        boolean number = categorical == null || isNumber(categorical.lastCode());
        if (number) {
            numberRows++;
        } else {
            textRows++;
            if (noNumbers.size() < DataCheck.MOST_PROBLEMS) {
                noNumbers.add(new DataProblem(null, row, line, cell.column(), cell.text(), reason()));
            }
        }
        if (categorical != null) {
            return;
        }
        if (rows == values.length) {
            values = Arrays.copyOf(values, grown(rows));
            ends = Arrays.copyOf(ends, values.length);
        }
        cell.appendTo(text);
        values[rows] = value;
        ends[rows++] = text.length();
    }

    /** Whether a level, which is the current cell's where it is new, is a number. */
    private boolean isNumber(int code) {
        if (code == numberLevels.size()) {
            numberLevels.add(cell.isNumber(cell.text()));
        }
        return numberLevels.get(code);
    }

    private String reason() {
        return "not a number, in a column of numbers; correct it, declare it as a mark of missing (--missing), or the"
                + " column as categorical (--categorical " + cell.column() + ")";
    }

    private Levels fromText() {
        Levels categorical = new Levels(cell);
        int from = 0;
        for (int i = 0; i < rows; i++) {
            categorical.take(text.substring(from, ends[i]), 0, 0);
            from = ends[i];
        }
        categorical.levels().forEach(level -> numberLevels.add(true));
        values = new double[0];
        ends = new int[0];
        text = new StringBuilder();
        return categorical;
    }

    /** Refuses text among what was most likely meant as numbers: where more rows hold numbers than text. */
    void check(String source, List<DataProblem> problems) {
        boolean miswritten = levels != null
                && numberRows > 0
                && levels.levels().stream()
                        .map(Levels.Level::text)
                        .filter(t -> !cell.isNumber(t))
                        .allMatch(NumberText::looksMiswritten);
        if (levels == null) {
            // Only now: numbers that stand above the first text of a column of text would say what those below it do
            // not.
            cell.join();
        }
        if (miswritten || numberRows > textRows) {
            noNumbers.forEach(p -> problems.add(p.inSource(source)));
        }
    }

    /** The numbers, empty where the column is categorical. */
    Optional<double[]> numbers() {
        return levels == null ? Optional.of(Arrays.copyOf(values, rows)) : Optional.empty();
    }

    void addTo(SurvivalData.Builder builder) {
        if (levels == null) {
            builder.covariate(cell.column(), Arrays.copyOf(values, rows));
        } else {
            builder.covariate(cell.column(), levels.categories());
        }
    }
}
