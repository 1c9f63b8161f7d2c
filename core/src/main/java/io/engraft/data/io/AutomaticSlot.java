package io.engraft.data.io;

import io.engraft.DataProblem;
import io.engraft.data.SurvivalData;
import io.engraft.internal.csv.NumberText;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A covariate that is numeric if every value is a number, else categorical. While all are numbers the text is kept
 * beside them, as "1.0" and "1" are one number and two levels.
 */
final class AutomaticSlot extends Slot {

    private static final int MANY_NUMBERS = 10;

    private double[] values = new double[0];
    private int[] ends = new int[0];
    private StringBuilder text = new StringBuilder();
    private double value;
    private @Nullable Levels levels;

    AutomaticSlot(Cell cell) {
        super(cell);
    }

    @Override
    @Nullable
    String examine() {
        value = levels == null ? cell.number() : 0;
        return null;
    }

    @Override
    void take(long row, long line) {
        Levels categorical = levels;
        if (categorical == null && !Double.isFinite(value)) {
            categorical = fromText();
            levels = categorical;
        }
        if (categorical != null) {
            categorical.take(row, line);
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

    private Levels fromText() {
        Levels categorical = new Levels(cell);
        int from = 0;
        for (int i = 0; i < rows; i++) {
            categorical.take(text.substring(from, ends[i]), 0, 0);
            from = ends[i];
        }
        values = new double[0];
        ends = new int[0];
        text = new StringBuilder();
        return categorical;
    }

    /** Refuses text among what was most likely meant as numbers. */
    void check(String source, List<DataProblem> problems) {
        if (levels == null) {
            return;
        }
        List<Levels.Level> texts =
                levels.levels().stream().filter(l -> !cell.isNumber(l.text())).toList();
        int numbers = levels.levels().size() - texts.size();
        boolean miswritten = numbers > 0 && texts.stream().allMatch(l -> NumberText.looksMiswritten(l.text()));
        if (miswritten || (numbers >= MANY_NUMBERS && numbers > texts.size())) {
            texts.forEach(l -> problems.add(new DataProblem(
                    source,
                    l.row(),
                    l.line(),
                    cell.column(),
                    l.text(),
                    "not a number, in a column of numbers; correct it, or declare the column as categorical")));
        }
    }

    void addTo(SurvivalData.Builder builder) {
        if (levels == null) {
            builder.covariate(cell.column(), Arrays.copyOf(values, rows));
        } else {
            builder.covariate(cell.column(), levels.categories());
        }
    }
}
