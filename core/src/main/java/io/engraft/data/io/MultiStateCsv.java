package io.engraft.data.io;

import io.engraft.DataProblem;
import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.data.Categories;
import io.engraft.data.MultiStateData;
import io.engraft.data.SurvivalData;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads CSV text of stays in states into {@link MultiStateData}: one row a stay of a patient in a state, from entry to time,
 * with the state entered then; an empty cell there is no transition, as {@link MultiStateData#CENSORED} is. All other
 * columns are read by the rules of {@link CsvData}.
 */
public final class MultiStateCsv {

    private final CsvTable table;
    private final ColumnRoles roles;
    private final String from;

    private MultiStateCsv(CsvTable table, ColumnRoles roles, String from) {
        this.table = table;
        this.roles = roles;
        this.from = from;
    }

    /**
     * Reads stays.
     *
     * @param source where the text comes from
     * @param roles which column plays which part, with that of the state entered as status; they name an id, and may name
     *     entry, group, weight, cluster and covariates
     * @param from the column of the state in which the row is
     * @return the stays; rows with missing values were left out and counted if the roles say so
     * @throws InvalidDataException when the text or a row cannot be used; it lists what is wrong
     * @throws InvalidArgumentException when the roles name no id, or strata or levels of a status, which stays do not have
     * @throws io.engraft.FileException when the file cannot be read
     */
    public static MultiStateData read(CsvSource source, ColumnRoles roles, String from) {
        if (roles.id().isEmpty()) {
            throw new InvalidArgumentException("stays in states have no id column; allowed: roles with one");
        }
        if (roles.strata().isPresent()
                || !roles.events().isEmpty()
                || !roles.causeLabels().isEmpty()) {
            throw new InvalidArgumentException(
                    "strata and levels of a status mean nothing to stays in states; allowed: roles without them");
        }
        return new MultiStateCsv(CsvTable.read(source).withMarksOf(roles), roles, from).read();
    }

    private MultiStateData read() {
        String id = roles.id().orElseThrow();
        table.requireColumns(List.of(id, from, roles.status(), roles.time()));
        // Rows of a patient are held against each other below, where their states are known.
        ColumnRoles plain = ColumnRoles.of(roles.time(), roles.status())
                .withMissing(roles.missing())
                .withUnit(roles.unit())
                .withMissingMarks(roles.missingMarks());
        for (Map.Entry<String, List<String>> marks : roles.columnMissingMarks().entrySet()) {
            plain = plain.withMissingMarks(marks.getKey(), marks.getValue());
        }
        plain = with(plain, roles.entry(), ColumnRoles::withEntry);
        plain = with(plain, roles.group(), ColumnRoles::withGroup);
        plain = with(plain, roles.cluster(), ColumnRoles::withCluster);
        if (roles.weight().isPresent()) {
            plain = plain.withWeight(roles.weight().get(), roles.weightType().orElseThrow());
        }
        for (Map.Entry<String, CovariateType> covariate : roles.covariates().entrySet()) {
            plain = plain.withCovariate(covariate.getKey(), covariate.getValue());
        }
        for (String name : List.of(id, from)) {
            if (!roles.covariates().containsKey(name)) {
                plain = plain.withCovariate(name, CovariateType.CATEGORICAL);
            }
        }
        SurvivalData rows;
        try {
            rows = TableData.read(new Stays(), plain);
        } catch (InvalidDataException e) {
            throw new InvalidDataException(
                    e.problems().stream().map(p -> at(p, p.row(), p.column())).toList());
        }
        try {
            return build(rows, id);
        } catch (InvalidDataException e) {
            throw new InvalidDataException(e.problems().stream()
                    .map(p -> {
                        long row = p.row() == 0 ? 0 : rows.sourceRow((int) (p.row() - 1));
                        return at(p, row, named(p.column()));
                    })
                    .toList());
        }
    }

    private interface Role {
        ColumnRoles add(ColumnRoles roles, String column);
    }

    private static ColumnRoles with(ColumnRoles roles, Optional<String> column, Role role) {
        return column.isPresent() ? role.add(roles, column.get()) : roles;
    }

    private MultiStateData build(SurvivalData rows, String id) {
        int n = rows.size();
        double[] time = new double[n];
        double[] entry = new double[n];
        double[] weight = new double[n];
        List<String> to = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            time[i] = rows.time(i);
            entry[i] = rows.entry(i);
            weight[i] = rows.weight(i);
            int row = (int) rows.sourceRow(i) - 1;
            to.add(
                    table.isMissing(row, roles.status(), roles.marks(roles.status()))
                            ? MultiStateData.CENSORED
                            : table.text(row, roles.status()));
        }
        Categories states = rows.categoricalCovariate(from);
        MultiStateData.Builder builder = MultiStateData.builder(time, states, Categories.of(to))
                .id(rows.categoricalCovariate(id))
                .states(inOrder(states, to))
                .dropped(rows.dropped())
                .unit(rows.unit())
                .source(rows.source())
                .warnings(rows.warnings());
        if (rows.hasEntry()) {
            builder.entry(entry);
        }
        rows.group().ifPresent(builder::group);
        rows.cluster().ifPresent(builder::cluster);
        rows.weightType().ifPresent(type -> builder.weights(weight, type));
        for (String name : rows.covariates()) {
            if (roles.covariates().containsKey(name)) {
                add(builder, rows, name);
            }
        }
        return builder.build();
    }

    private static void add(MultiStateData.Builder builder, SurvivalData rows, String name) {
        if (rows.hasNumericCovariate(name)) {
            builder.covariate(name, rows.numericCovariate(name));
        } else {
            builder.covariate(name, rows.categoricalCovariate(name));
        }
    }

    private static List<String> inOrder(Categories from, List<String> to) {
        Set<String> names = new LinkedHashSet<>(from.levels());
        names.addAll(to);
        names.remove(MultiStateData.CENSORED);
        return Categories.sortLevels(names);
    }

    private @Nullable String named(@Nullable String part) {
        return switch (String.valueOf(part)) {
            case "time" -> roles.time();
            case "entry" -> roles.entry().orElse(part);
            case "from" -> from;
            case "to" -> roles.status();
            case "id" -> roles.id().orElse(part);
            case "weight" -> roles.weight().orElse(part);
            case "group" -> roles.group().orElse(part);
            case "cluster" -> roles.cluster().orElse(part);
            default -> part;
        };
    }

    private DataProblem at(DataProblem p, long row, @Nullable String column) {
        long line = row == 0 ? p.line() : table.line((int) (row - 1));
        return new DataProblem(table.source(), row, line, column, p.value(), p.reason());
    }

    /** The rows with a status that says nothing in place of the state entered, which may be empty. */
    private final class Stays extends TableView {

        private final int to = columns.indexOf(roles.status());

        Stays() {
            super(MultiStateCsv.this.table);
        }

        @Override
        public String text(int row, int column) {
            return column == to ? "0" : table.pointed(row, columns.get(column));
        }
    }
}
