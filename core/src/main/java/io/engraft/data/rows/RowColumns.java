package io.engraft.data.rows;

import io.engraft.data.Categories;
import io.engraft.data.SurvivalData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The covariates of rows by name: those of the baseline, some of which are replaced, then the others. */
final class RowColumns {

    private final Map<String, double[]> numeric = new LinkedHashMap<>();
    private final Map<String, Categories> categorical = new LinkedHashMap<>();
    private final List<String> names = new ArrayList<>();

    RowColumns(SurvivalData baseline, int[] row) {
        for (String name : baseline.covariates()) {
            names.add(name);
            if (baseline.hasNumericCovariate(name)) {
                numeric.put(name, RowsOutput.taken(baseline.numericCovariate(name), row));
            } else {
                categorical.put(
                        name, baseline.categoricalCovariate(name).rows(row).withoutUnusedLevels());
            }
        }
    }

    void put(CovariateSteps steps, double[] value) {
        String name = steps.covariate().name();
        if (!steps.covariate().isCategorical()) {
            put(name, value);
            return;
        }
        add(name);
        int[] codes = Arrays.stream(value).mapToInt(v -> (int) v).toArray();
        categorical.put(name, Categories.ofCodes(codes, steps.before().levels()).withoutUnusedLevels());
    }

    void put(String name, double[] value) {
        add(name);
        numeric.put(name, value);
    }

    private void add(String name) {
        if (!names.contains(name)) {
            names.add(name);
        }
    }

    void addTo(SurvivalData.Builder data) {
        numeric.forEach(data::covariate);
        categorical.forEach(data::covariate);
    }

    List<String> names() {
        return names;
    }
}
