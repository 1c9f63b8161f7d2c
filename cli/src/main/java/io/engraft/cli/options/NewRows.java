package io.engraft.cli.options;

import io.engraft.DataProblem;
import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.data.Categories;
import io.engraft.data.DataCheck;
import io.engraft.data.SurvivalData;
import io.engraft.data.io.CsvSource;
import io.engraft.data.io.CsvTable;
import io.engraft.regression.CovariateProfile;
import io.engraft.report.internal.Cells;
import io.engraft.report.internal.Frame;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The rows of {@code --newdata}: patients for whom a model predicts. */
public final class NewRows {

    /** One patient; the stratum is empty without strata, the place null without a file. */
    public record Row(
            CovariateProfile profile,
            String stratum,
            Map<String, String> shown,
            @Nullable DataProblem place) {

        /** What a model says of the patient; what it cannot use is a fault of this row. */
        public <T> T predicted(Supplier<T> prediction) {
            try {
                return prediction.get();
            } catch (InvalidArgumentException e) {
                if (place == null) {
                    throw e;
                }
                throw new InvalidDataException(new DataProblem(
                        place.source(), place.row(), place.line(), null, null, String.valueOf(e.getMessage())));
            }
        }
    }

    private final CsvTable table;
    private final List<DataProblem> problems = new ArrayList<>();

    private NewRows(CsvTable table) {
        this.table = table;
    }

    /** Reads the covariates of the fitted rows, and the stratum where there are strata. */
    public static List<Row> read(
            CsvSource source, SurvivalData fitted, List<String> covariates, @Nullable String strata) {
        NewRows rows = new NewRows(CsvTable.read(source));
        List<String> columns = new ArrayList<>(covariates);
        if (strata != null) {
            columns.add(strata);
        }
        rows.table.requireColumns(columns);
        List<Row> read = new ArrayList<>();
        for (int i = 0; i < rows.table.rowCount() && rows.problems.size() < DataCheck.MOST_PROBLEMS; i++) {
            read.add(rows.row(i, fitted, covariates, strata));
        }
        if (!rows.problems.isEmpty()) {
            throw new InvalidDataException(rows.problems);
        }
        return read;
    }

    private Row row(int i, SurvivalData fitted, List<String> covariates, @Nullable String strata) {
        CovariateProfile profile = CovariateProfile.empty();
        Map<String, String> shown = new LinkedHashMap<>();
        for (String name : covariates) {
            Optional<Categories> column = Frame.levels(fitted, name);
            if (column.isPresent()) {
                String level = level(i, name, column.get());
                profile = profile.with(name, level);
                shown.put(name, level);
            } else {
                double value = number(i, name);
                profile = profile.with(name, value);
                shown.put(name, Cells.plain(value));
            }
        }
        String stratum = "";
        if (strata != null) {
            stratum = level(i, strata, fitted.strata().orElseThrow());
            shown.put(strata, stratum);
        }
        return new Row(profile, stratum, shown, table.problem(i, "", ""));
    }

    private double number(int row, String column) {
        try {
            OptionalDouble value = table.number(row, column);
            if (value.isPresent()) {
                return value.getAsDouble();
            }
            problems.add(table.problem(row, column, "no value, which a prediction needs; allowed: a number"));
        } catch (InvalidDataException e) {
            problems.addAll(e.problems());
        }
        return 0;
    }

    private String level(int row, String column, Categories fitted) {
        String level = table.text(row, column);
        if (table.isMissing(row, column)) {
            problems.add(table.problem(
                    row, column, "no value, which a prediction needs; allowed: one of " + fitted.levels()));
        } else if (!fitted.levels().contains(level)) {
            problems.add(table.problem(
                    row, column, "not a level of the data that were fitted; allowed: one of " + fitted.levels()));
        }
        return level;
    }
}
