package io.engraft.report.data;

import io.engraft.CheckReturnValue;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.report.AnalysisResults;
import io.engraft.report.Conventions;
import io.engraft.report.Document;
import io.engraft.report.Format;
import io.engraft.report.JsonWriter;
import io.engraft.report.Provenance;
import io.engraft.report.TextTable;
import io.engraft.report.TextWriter;
import io.engraft.report.internal.Cells;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Any result that has a table, as a document: for those that no command prints, such as a life table, a bootstrap or a
 * fitted multi-state model. Its JSON has the keys {@code title}, {@code columns} and {@code rows}, a row an object with a
 * key for every column. Immutable.
 *
 * <p>In {@link Format#ARD} columns of text are what splits the patients (the first is {@code group1}, the others
 * together {@code group2}), a column {@code time} or else {@code from} is the variable, and every other column of numbers
 * is a statistic.
 */
@CheckReturnValue
public final class TableDocument implements Document {

    private static final List<String> VARIABLES = List.of("time", "from");

    private final String title;
    private final TidyTable table;
    private final Conventions conventions;
    private final Provenance provenance;
    private final List<String> warnings;

    private TableDocument(
            String title, TidyTable table, Conventions conventions, Provenance provenance, List<String> warnings) {
        this.title = title;
        this.table = table;
        this.conventions = conventions;
        this.provenance = provenance;
        this.warnings = List.copyOf(warnings);
    }

    /**
     * The document of a result.
     *
     * @param title what it is, such as "Life table"
     * @param result the result
     * @return the document, without conventions and data
     */
    public static TableDocument of(String title, Tabular result) {
        return new TableDocument(title, result.tidy(), Conventions.empty(), Provenance.none(), List.of());
    }

    /**
     * With the conventions that were in force.
     *
     * @param words such as a result's own
     * @return a new document
     */
    public TableDocument withConventions(Map<String, String> words) {
        return new TableDocument(title, table, Conventions.of(words), provenance, warnings);
    }

    /**
     * With the data that the result is of.
     *
     * @param data the data
     * @return a new document
     */
    public TableDocument withProvenance(Provenance data) {
        return new TableDocument(title, table, conventions, data, warnings);
    }

    /**
     * With what a reader should know.
     *
     * @param sentences the warnings
     * @return a new document
     */
    public TableDocument withWarnings(List<String> sentences) {
        return new TableDocument(title, table, conventions, provenance, sentences);
    }

    @Override
    public String command() {
        return "table";
    }

    @Override
    public Conventions conventions() {
        return conventions;
    }

    @Override
    public Provenance provenance() {
        return provenance;
    }

    @Override
    public List<String> warnings() {
        List<String> all = new ArrayList<>(warnings);
        provenance.droppedWarning().ifPresent(all::add);
        return all;
    }

    @Override
    public void writeBody(JsonWriter json) throws IOException {
        json.text("title", title).array("columns");
        for (TidyTable.Column column : table.columns()) {
            json.text(column.name());
        }
        json.endArray().array("rows");
        for (int i = 0; i < table.rowCount(); i++) {
            json.object();
            for (int j = 0; j < table.columns().size(); j++) {
                write(json, table.columns().get(j), table.value(i, j));
            }
            json.endObject();
        }
        json.endArray();
    }

    private static void write(JsonWriter json, TidyTable.Column column, @Nullable Object cell) throws IOException {
        switch (column.type()) {
            case TEXT -> json.text(column.name(), (String) cell);
            case COUNT -> {
                if (cell instanceof Long count) {
                    json.count(column.name(), count);
                } else {
                    json.number(column.name(), Double.NaN);
                }
            }
            case NUMBER -> json.number(column.name(), cell instanceof Double number ? number : Double.NaN);
        }
    }

    @Override
    public TidyTable table() {
        return table;
    }

    @Override
    public TidyTable ard() {
        List<TidyTable.Column> texts = table.columns().stream()
                .filter(column -> column.type() == TidyTable.ColumnType.TEXT)
                .toList();
        String about = VARIABLES.stream().filter(this::isNumber).findFirst().orElse(null);
        AnalysisResults results = new AnalysisResults();
        for (int i = 0; i < table.rowCount(); i++) {
            Map<String, String> levels = new LinkedHashMap<>();
            for (TidyTable.Column column : texts) {
                if (table.value(i, column.name()) instanceof String level) {
                    levels.put(column.name(), level);
                }
            }
            List<String> names = List.copyOf(levels.keySet());
            results.group(names.isEmpty() ? null : names.get(0), names.isEmpty() ? null : levels.get(names.get(0)));
            if (names.size() > 1) {
                List<String> others = names.subList(1, names.size());
                results.within(
                        String.join(", ", others),
                        String.join(", ", others.stream().map(levels::get).toList()));
            }
            if (about != null && table.value(i, about) instanceof Number at) {
                results.variable(about, at.doubleValue());
            } else {
                results.variable(title, null);
            }
            for (TidyTable.Column column : table.columns()) {
                if (column.type() != TidyTable.ColumnType.TEXT && !column.name().equals(about)) {
                    results.stat(
                            column.name(),
                            table.value(i, column.name()) instanceof Number n ? n.doubleValue() : Double.NaN);
                }
            }
        }
        return results.build();
    }

    private boolean isNumber(String name) {
        return table.columns().stream()
                .anyMatch(column -> column.name().equals(name) && column.type() != TidyTable.ColumnType.TEXT);
    }

    @Override
    public void writeText(TextWriter target) throws IOException {
        target.append(title).append('\n');
        if (!provenance.source().isEmpty()) {
            target.append("Data: ").append(provenance.source()).append('\n');
        }
        target.append('\n');
        List<TidyTable.Column> columns = table.columns();
        int left = 0;
        while (left < columns.size() && columns.get(left).type() == TidyTable.ColumnType.TEXT) {
            left++;
        }
        TextTable text = new TextTable(
                left,
                columns.stream().map(column -> column.name().replace('_', ' ')).toArray(String[]::new));
        for (int i = 0; i < table.rowCount(); i++) {
            String[] cells = new String[columns.size()];
            for (int j = 0; j < cells.length; j++) {
                cells[j] = words(table.value(i, j));
            }
            text.row(cells);
        }
        target.table(text, "  ");
        for (String warning : warnings()) {
            target.append('\n').append("Note: ").append(warning);
        }
        target.append('\n');
    }

    private static String words(@Nullable Object cell) {
        if (cell instanceof Double number) {
            return number == Math.rint(number) ? Cells.plain(number) : Cells.decimal(number);
        }
        return cell == null ? Cells.NONE : String.valueOf(cell);
    }

    @Override
    public String toString() {
        return toText();
    }
}
