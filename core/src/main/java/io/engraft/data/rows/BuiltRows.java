package io.engraft.data.rows;

import io.engraft.data.Categories;
import io.engraft.data.SurvivalData;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.internal.Brief;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Rows (entry, time] that {@link RowsBuilder} made, and what became of each table that was merged. Immutable. */
public final class BuiltRows implements Tabular {

    private final SurvivalData data;
    private final List<String> columns;
    private final List<MergeCount> counts;
    private final List<String> withoutRows;
    private final long unknown;

    BuiltRows(
            SurvivalData data, List<String> columns, List<MergeCount> counts, List<String> withoutRows, long unknown) {
        this.data = data;
        this.columns = List.copyOf(columns);
        this.counts = List.copyOf(counts);
        this.withoutRows = withoutRows;
        this.unknown = unknown;
    }

    /**
     * The rows, patient by patient, those of each by time.
     *
     * @return follow-up with ids, entry times and every covariate, and with what a reader should know in its warnings; the
     *     row of the source of each is that of the follow-up it was cut from
     */
    public SurvivalData data() {
        return data;
    }

    /**
     * The covariates in the order of their columns: those of the follow-up, those that change, counts and numbers of
     * events, the episode.
     *
     * @return their names
     */
    public List<String> covariates() {
        return columns;
    }

    /**
     * Where the records of each table fell.
     *
     * @return covariates, then events, in the order in which they were given
     */
    public List<MergeCount> counts() {
        return counts;
    }

    /**
     * The patients of whom nothing is left: their follow-up has no length, or is cut away whole.
     *
     * @return their ids, in the order of the follow-up
     */
    public List<String> withoutRows() {
        return withoutRows;
    }

    /**
     * Rows that were left out, as a covariate had no value in them.
     *
     * @return the number of rows, 0 unless that was asked for
     */
    public long unknownRows() {
        return unknown;
    }

    /**
     * Looks at the rows of each patient: gaps, and what R's {@code survcheck} finds beside them.
     *
     * @return what was found
     */
    public RowsCheck check() {
        return RowsCheck.of(data);
    }

    /**
     * The rows for analysis: id, entry, time and status, then weight, group, stratum and cluster where there are such, then
     * {@link #covariates()}.
     *
     * @return one row a row
     */
    @Override
    public TidyTable tidy() {
        TidyTable.Builder table = TidyTable.builder();
        texts(table, "id", data.id().orElse(null));
        numbers(table, "entry", data::entry);
        numbers(table, "time", data::time);
        table.counts(
                "status",
                IntStream.range(0, data.size()).mapToLong(data::status).toArray());
        List<String> taken = new ArrayList<>(columns);
        if (data.weightType().isPresent() && !taken.contains("weight")) {
            numbers(table, "weight", data::weight);
        }
        part(table, "group", data.group().orElse(null));
        part(table, "stratum", data.strata().orElse(null));
        part(table, "cluster", data.cluster().orElse(null));
        for (String name : columns) {
            if (data.hasNumericCovariate(name)) {
                table.numbers(name, data.numericCovariate(name));
            } else {
                texts(table, name, data.categoricalCovariate(name));
            }
        }
        return table.build();
    }

    /** A column of the follow-up's own, unless a covariate has its name. */
    private void part(TidyTable.Builder table, String name, @Nullable Categories column) {
        if (column != null && !columns.contains(name)) {
            texts(table, name, column);
        }
    }

    private void numbers(TidyTable.Builder table, String name, IntToDoubleFunction value) {
        table.numbers(name, IntStream.range(0, data.size()).mapToDouble(value).toArray());
    }

    private void texts(TidyTable.Builder table, String name, @Nullable Categories column) {
        if (column != null) {
            IntFunction<String> text = column::value;
            table.texts(name, IntStream.range(0, data.size()).mapToObj(text).toArray(String[]::new));
        }
    }

    @Override
    public String toString() {
        return "rows of " + data.source() + ": " + Brief.count(data.size(), "row") + " of "
                + Brief.count(data.id().orElseThrow().levels().size(), "patient") + ", covariates "
                + Brief.list(columns);
    }
}
