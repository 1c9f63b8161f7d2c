package io.engraft.data;

import io.engraft.InvalidArgumentException;
import io.engraft.internal.Require;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Named covariates of rows, numeric or categorical. */
final class CovariateColumns {

    private final Map<String, double[]> numeric = new LinkedHashMap<>();
    private final Map<String, Categories> categorical = new LinkedHashMap<>();

    CovariateColumns copy() {
        CovariateColumns copy = new CovariateColumns();
        copy.numeric.putAll(numeric);
        copy.categorical.putAll(categorical);
        return copy;
    }

    void add(String name, double[] values, int rows) {
        requireNew(name);
        Require.sameLength("covariate " + name, values.length, "time", rows);
        numeric.put(name, values.clone());
    }

    void add(String name, Categories column, int rows) {
        requireNew(name);
        column.requireSize("covariate " + name, rows);
        categorical.put(name, column);
    }

    private void requireNew(String name) {
        if (names().contains(name)) {
            throw InvalidArgumentException.of("covariate", name, "a name that is not taken");
        }
    }

    /** Numeric ones first. */
    List<String> names() {
        List<String> names = new ArrayList<>(numeric.keySet());
        names.addAll(categorical.keySet());
        return names;
    }

    Map<String, double[]> numeric() {
        return numeric;
    }

    Map<String, Categories> categorical() {
        return categorical;
    }

    double[] numeric(String name) {
        double[] column = numeric.get(name);
        if (column == null) {
            throw InvalidArgumentException.of("numeric covariate", name, "one of " + numeric.keySet());
        }
        return column.clone();
    }

    Categories categorical(String name) {
        Categories column = categorical.get(name);
        if (column == null) {
            throw InvalidArgumentException.of("categorical covariate", name, "one of " + categorical.keySet());
        }
        return column;
    }
}
