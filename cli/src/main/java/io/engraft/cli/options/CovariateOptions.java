package io.engraft.cli.options;

import io.engraft.InvalidArgumentException;
import io.engraft.data.Categories;
import io.engraft.data.SurvivalData;
import io.engraft.data.WeightType;
import io.engraft.data.io.ColumnRoles;
import io.engraft.data.io.CovariateType;
import io.engraft.report.internal.Frame;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The covariates of a model, and against which levels the others are contrasted. */
public final class CovariateOptions {

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--covariates",
            paramLabel = "COL",
            split = ",",
            order = 20,
            description = "Columns of covariates, comma-separated. A column of text becomes one contrast for each level"
                    + " after the first.")
    private List<String> covariates = List.of();

    @Option(
            names = "--reference",
            paramLabel = "COL=LEVEL",
            split = ",",
            order = 21,
            description = "The level against which the others are contrasted, instead of the first. A column of numbers"
                    + " becomes one of levels with this.")
    private List<String> references = List.of();

    /** The names, in the order they were given. */
    public List<String> names() {
        List<String> names = covariates.stream().map(String::strip).toList();
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).isEmpty()) {
                throw wrong("--covariates has an empty name; allowed: names of columns");
            }
            if (names.indexOf(names.get(i)) < i) {
                throw wrong("--covariates names '" + names.get(i) + "' twice; allowed: distinct columns");
            }
        }
        return names;
    }

    private Map<String, String> references() {
        Map<String, String> levels = new LinkedHashMap<>();
        for (String reference : references) {
            int equals = reference.indexOf('=');
            if (equals < 1 || equals == reference.length() - 1) {
                throw wrong("--reference '" + reference + "' is no column and level; allowed: COL=LEVEL such as"
                        + " phase=CR1");
            }
            String column = reference.substring(0, equals).strip();
            if (!names().contains(column)) {
                throw wrong("--reference names '" + column + "'; allowed: one of --covariates " + names());
            }
            if (levels.put(column, reference.substring(equals + 1).strip()) != null) {
                throw wrong("--reference names '" + column + "' twice; allowed: one level a column");
            }
        }
        return levels;
    }

    public ColumnRoles addTo(ColumnRoles roles) {
        Map<String, String> levels = references();
        ColumnRoles more = roles;
        for (String name : names()) {
            boolean declared = levels.containsKey(name);
            more = more.withCovariate(name, declared ? CovariateType.CATEGORICAL : CovariateType.AUTOMATIC);
        }
        return more;
    }

    /** The same rows with the levels that were chosen as references in front of the others. */
    public SurvivalData referenced(SurvivalData rows) {
        Map<String, String> chosen = references();
        if (chosen.isEmpty()) {
            return rows;
        }
        SurvivalData.Builder copy = copyOf(rows);
        for (String name : rows.covariates()) {
            Optional<Categories> column = Frame.levels(rows, name);
            if (column.isEmpty()) {
                copy.covariate(name, rows.numericCovariate(name));
            } else if (chosen.containsKey(name)) {
                copy.covariate(name, first(name, column.get(), String.valueOf(chosen.get(name))));
            } else {
                copy.covariate(name, column.get());
            }
        }
        return copy.build();
    }

    private static Categories first(String name, Categories column, String level) {
        if (!column.levels().contains(level)) {
            throw InvalidArgumentException.of("--reference of " + name, "'" + level + "'", "one of " + column.levels());
        }
        List<String> levels = new ArrayList<>(List.of(level));
        column.levels().stream().filter(l -> !l.equals(level)).forEach(levels::add);
        return Categories.of(
                IntStream.range(0, column.size()).mapToObj(column::value).toList(), levels);
    }

    /** Everything but the covariates. */
    private static SurvivalData.Builder copyOf(SurvivalData rows) {
        IntStream all = IntStream.range(0, rows.size());
        SurvivalData.Builder copy = SurvivalData.builder(
                        all.mapToDouble(rows::time).toArray(),
                        IntStream.range(0, rows.size()).map(rows::status).toArray())
                .causes(rows.causes())
                .unit(rows.unit())
                .source(rows.source())
                .dropped(rows.dropped());
        if (rows.hasEntry()) {
            copy.entry(IntStream.range(0, rows.size()).mapToDouble(rows::entry).toArray());
        }
        if (rows.weightType().isPresent()) {
            WeightType type = rows.weightType().get();
            copy.weights(
                    IntStream.range(0, rows.size()).mapToDouble(rows::weight).toArray(), type);
        }
        rows.group().ifPresent(copy::group);
        rows.strata().ifPresent(copy::strata);
        rows.id().ifPresent(copy::id);
        rows.cluster().ifPresent(copy::cluster);
        return copy;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
