package io.engraft.data.rows;

import io.engraft.InvalidArgumentException;
import io.engraft.data.Categories;
import io.engraft.data.SurvivalData;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a covariate is before its first record: its initial value, else what the baseline has under its name. */
final class ValueBefore {

    private final double initial;
    /** By row of the baseline, null where it has no such column or it does not count. */
    private final double @Nullable [] column;

    private final List<String> levels;

    private ValueBefore(double initial, double @Nullable [] column, List<String> levels) {
        this.initial = initial;
        this.column = column;
        this.levels = levels;
    }

    static ValueBefore of(TimedCovariate covariate, SurvivalData baseline) {
        String name = covariate.name();
        boolean there = baseline.covariates().contains(name);
        if (there && baseline.hasNumericCovariate(name) == covariate.isCategorical()) {
            throw new InvalidArgumentException("covariate " + name + " holds "
                    + (covariate.isCategorical()
                            ? "levels in the records and numbers"
                            : "numbers in the records and levels")
                    + " in the baseline; allowed: the same in both, or another name");
        }
        if (!covariate.isCategorical()) {
            boolean declared = !Double.isNaN(covariate.initial());
            double unless = covariate.kind() == TimedCovariate.Kind.VALUES ? Double.NaN : 0;
            return new ValueBefore(
                    declared ? covariate.initial() : unless,
                    there && !declared ? baseline.numericCovariate(name) : null,
                    List.of());
        }
        List<String> levels = new ArrayList<>(covariate.levels());
        Map<String, Integer> code = new HashMap<>();
        levels.forEach(l -> code.put(l, code.size()));
        String level = covariate.initialLevel();
        if (level != null) {
            double initial = codeOf(level, levels, code);
            return new ValueBefore(initial, null, levels);
        }
        double[] column = null;
        if (there) {
            Categories known = baseline.categoricalCovariate(name);
            column = new double[known.size()];
            for (int i = 0; i < column.length; i++) {
                column[i] = codeOf(known.value(i), levels, code);
            }
        }
        return new ValueBefore(Double.NaN, column, levels);
    }

    private static int codeOf(String level, List<String> levels, Map<String, Integer> code) {
        return code.computeIfAbsent(level, l -> {
            levels.add(l);
            return levels.size() - 1;
        });
    }

    /** In a row of the baseline; of levels the code, NaN for nothing. */
    double at(int row) {
        return column == null ? initial : column[row];
    }

    /** All levels, those of the baseline included. */
    List<String> levels() {
        return levels;
    }
}
