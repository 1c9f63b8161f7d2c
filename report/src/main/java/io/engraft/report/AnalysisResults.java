package io.engraft.report;

import io.engraft.curve.PointEstimate;
import io.engraft.data.TidyTable;
import io.engraft.internal.csv.NumberText;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Builds a table in the shape of CDISC's analysis results data (ARD): one row a statistic.
 *
 * <table>
 * <caption>Columns</caption>
 * <tr><td>group1, group1_level</td><td>a variable that splits the patients, and its level; empty for all</td></tr>
 * <tr><td>group2, group2_level</td><td>a second such variable, or the event</td></tr>
 * <tr><td>variable, variable_level</td><td>what the statistic is about, such as time and 12</td></tr>
 * <tr><td>stat_name</td><td>such as estimate, std_error, lower, p_value</td></tr>
 * <tr><td>stat</td><td>its value; empty where it cannot be estimated</td></tr>
 * </table>
 */
public final class AnalysisResults {

    private final TidyTable.Builder table = TidyTable.builder()
            .text("group1")
            .text("group1_level")
            .text("group2")
            .text("group2_level")
            .text("variable")
            .text("variable_level")
            .text("stat_name")
            .number("stat");

    private @Nullable String group1;
    private @Nullable String level1;
    private @Nullable String group2;
    private @Nullable String level2;
    private @Nullable String variable;
    private @Nullable String variableLevel;

    /** No statistics yet, of all patients. */
    public AnalysisResults() {}

    /**
     * The group of the statistics that follow; there is no second group then.
     *
     * @param name the variable, null for all patients
     * @param level its level, null for all patients
     * @return this builder
     */
    public AnalysisResults group(@Nullable String name, @Nullable String level) {
        group1 = level == null ? null : name;
        level1 = name == null ? null : level;
        group2 = null;
        level2 = null;
        return this;
    }

    /**
     * The second group of the statistics that follow.
     *
     * @param name the variable, null for none
     * @param level its level, null for none
     * @return this builder
     */
    public AnalysisResults within(@Nullable String name, @Nullable String level) {
        group2 = level == null ? null : name;
        level2 = name == null ? null : level;
        return this;
    }

    /**
     * What the statistics that follow are about.
     *
     * @param name the variable
     * @param level its level, null for none
     * @return this builder
     */
    public AnalysisResults variable(String name, @Nullable String level) {
        variable = name;
        variableLevel = level;
        return this;
    }

    /**
     * What the statistics that follow are about.
     *
     * @param name the variable
     * @param level its level
     * @return this builder
     */
    public AnalysisResults variable(String name, double level) {
        return variable(name, NumberText.format(level));
    }

    /**
     * Adds a statistic.
     *
     * @param name its name
     * @param value its value, NaN where it cannot be estimated
     * @return this builder
     */
    public AnalysisResults stat(String name, double value) {
        table.row(group1, level1, group2, level2, variable, variableLevel, name, value);
        return this;
    }

    /**
     * Adds a statistic.
     *
     * @param name its name
     * @param value its value, empty where it cannot be estimated
     * @return this builder
     */
    public AnalysisResults stat(String name, OptionalDouble value) {
        return stat(name, value.orElse(Double.NaN));
    }

    /**
     * Adds a count.
     *
     * @param name its name
     * @param value its value
     * @return this builder
     */
    public AnalysisResults stat(String name, long value) {
        return stat(name, (double) value);
    }

    /**
     * Adds an estimate under a name, its {@code std_error}, {@code lower} and {@code upper}.
     *
     * @param name the estimate's name
     * @param value the estimate
     * @return this builder
     */
    public AnalysisResults estimate(String name, PointEstimate value) {
        return stat(name, value.optional())
                .stat("std_error", value.standardError())
                .stat("lower", value.interval().lower())
                .stat("upper", value.interval().upper());
    }

    /**
     * Adds the rows of a tidy table: columns of numbers become statistics, each under its own name.
     *
     * @param rows the table
     * @param groups at most two of its columns that are groups, with the names that they have as such
     * @param about the column that is the variable
     * @return this builder
     */
    public AnalysisResults rows(TidyTable rows, Map<String, String> groups, String about) {
        List<Map.Entry<String, String>> split = List.copyOf(groups.entrySet());
        for (int i = 0; i < rows.rowCount(); i++) {
            group(null, null);
            for (int k = 0; k < split.size(); k++) {
                String level = cell(rows.value(i, split.get(k).getKey()));
                if (k == 0) {
                    group(split.get(k).getValue(), level);
                } else {
                    within(split.get(k).getValue(), level);
                }
            }
            variable(about, cell(rows.value(i, about)));
            for (int j = 0; j < rows.columns().size(); j++) {
                TidyTable.Column column = rows.columns().get(j);
                if (column.type() != TidyTable.ColumnType.TEXT
                        && !column.name().equals(about)
                        && !groups.containsKey(column.name())) {
                    stat(column.name(), rows.value(i, j) instanceof Number n ? n.doubleValue() : Double.NaN);
                }
            }
        }
        return this;
    }

    private static @Nullable String cell(@Nullable Object value) {
        return value instanceof Double number
                ? NumberText.format(number)
                : value == null ? null : String.valueOf(value);
    }

    /**
     * The statistics so far.
     *
     * @return the table
     */
    public TidyTable build() {
        return table.build();
    }
}
