package io.engraft.cli.options;

import io.engraft.data.io.ColumnRoles;
import io.engraft.data.io.CovariateType;
import io.engraft.regression.Terms;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
            paramLabel = "TERM",
            order = 20,
            description = "Terms, comma-separated: columns (one of text becomes a contrast for each level after the"
                    + " first), products age:phase, age*phase for both and their product, natural splines ns(age,3) or"
                    + " ns(age,knots=20;40), log(age), I(age^2).")
    private List<String> covariates = List.of();

    @Option(
            names = "--reference",
            paramLabel = "COL=LEVEL",
            split = ",",
            order = 21,
            description = "The level against which the others are contrasted, instead of the first. A column of numbers"
                    + " becomes one of levels with this, each text one: 1, 01 and 1.0 are three.")
    private List<String> references = List.of();

    @Option(
            names = "--categorical",
            paramLabel = "COL",
            split = ",",
            order = 21,
            description = "Columns of numbers that are read as levels, such as codes of a stage.")
    private List<String> categorical = List.of();

    /** The terms in the order they were given, without references. */
    private List<String> texts() {
        return distinct(
                "--covariates",
                covariates.stream().flatMap(list -> Terms.split(list).stream()).toList());
    }

    private List<String> distinct(String option, List<String> texts) {
        for (int i = 0; i < texts.size(); i++) {
            if (texts.get(i).isEmpty()) {
                throw wrong(option + " has an empty name; allowed: names of columns, or terms");
            }
            if (texts.indexOf(texts.get(i)) < i) {
                throw wrong(option + " names '" + texts.get(i) + "' twice; allowed: distinct columns");
            }
        }
        return texts;
    }

    public boolean isEmpty() {
        return texts().isEmpty();
    }

    /** The terms with the references of their contrasts. */
    public Terms terms() {
        return referenced(texts());
    }

    /** The terms without references, where other terms stand beside them. */
    public Terms unreferenced() {
        return Terms.of(texts().toArray(String[]::new));
    }

    /** Terms of another option, without references. */
    public Terms terms(String option, String list) {
        return Terms.of(distinct(option, Terms.split(list)).toArray(String[]::new));
    }

    /** Terms with the references of the columns that they are made of. */
    public Terms withReferences(Terms terms, Collection<String> known) {
        Terms more = terms;
        for (Map.Entry<String, String> reference : references().entrySet()) {
            if (terms.columns(known).contains(reference.getKey())) {
                more = more.withReference(reference.getKey(), reference.getValue());
            }
        }
        return more;
    }

    private Terms referenced(List<String> texts) {
        Terms terms = Terms.of(texts.toArray(String[]::new));
        for (Map.Entry<String, String> reference : references().entrySet()) {
            terms = terms.withReference(reference.getKey(), reference.getValue());
        }
        return terms;
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
            if (levels.put(column, reference.substring(equals + 1).strip()) != null) {
                throw wrong("--reference names '" + column + "' twice; allowed: one level a column");
            }
        }
        return levels;
    }

    /** The roles of the columns that the terms are made of, in a file with these columns. */
    public ColumnRoles addTo(ColumnRoles roles, List<String> header) {
        return addTo(roles, header, List.of(terms()));
    }

    /** The roles of the columns that terms on several parameters are made of. */
    public ColumnRoles addTo(ColumnRoles roles, List<String> header, Collection<Terms> all) {
        Set<String> columns = new LinkedHashSet<>();
        all.forEach(terms -> columns.addAll(terms.columns(header)));
        Map<String, String> declaredLevels = references();
        for (String column : declaredLevels.keySet()) {
            if (!columns.contains(column)) {
                throw wrong("--reference names '" + column + "'; allowed: one of --covariates " + columns);
            }
        }
        for (String column : categorical) {
            if (!columns.contains(column)) {
                throw wrong("--categorical names '" + column + "'; allowed: one of --covariates " + columns);
            }
        }
        ColumnRoles more = roles;
        for (String column : columns) {
            boolean declared = declaredLevels.containsKey(column) || categorical.contains(column);
            more = more.withCovariate(column, declared ? CovariateType.CATEGORICAL : CovariateType.AUTOMATIC);
        }
        return more;
    }

    private ParameterException wrong(String message) {
        return Usage.wrong(spec, message);
    }
}
