package io.engraft.report.data;

import io.engraft.CheckReturnValue;
import io.engraft.data.Dataset;
import io.engraft.data.TidyTable;
import io.engraft.report.AnalysisResults;
import io.engraft.report.Conventions;
import io.engraft.report.Document;
import io.engraft.report.JsonWriter;
import io.engraft.report.Provenance;
import io.engraft.report.StandardErrors;
import io.engraft.report.TextTable;
import io.engraft.report.TextWriter;
import java.io.IOException;
import java.util.List;

/** Embedded data sets with their columns, source and licence as a document, as {@code engraft datasets} prints it. */
@CheckReturnValue
public final class DatasetsDocument implements Document {

    private final List<Dataset> datasets;

    private DatasetsDocument(List<Dataset> datasets) {
        this.datasets = List.copyOf(datasets);
    }

    /**
     * The document of some data sets.
     *
     * @param datasets the data sets
     * @return the document
     */
    public static DatasetsDocument of(List<Dataset> datasets) {
        return new DatasetsDocument(datasets);
    }

    @Override
    public String command() {
        return "datasets";
    }

    @Override
    public Conventions conventions() {
        return Conventions.empty().with(StandardErrors.model());
    }

    @Override
    public Provenance provenance() {
        return Provenance.none();
    }

    @Override
    public List<String> warnings() {
        return List.of();
    }

    @Override
    public void writeBody(JsonWriter json) throws IOException {
        json.array("datasets");
        for (Dataset dataset : datasets) {
            json.object().text("name", dataset.name()).text("title", dataset.title());
            json.count("rows", dataset.rows()).array("columns");
            for (Dataset.Variable column : dataset.columns()) {
                json.object().text("name", column.name()).text("meaning", column.meaning());
                json.text("unit", column.unit()).endObject();
            }
            json.endArray();
            json.text("source", dataset.source())
                    .text("licence", dataset.licence())
                    .endObject();
        }
        json.endArray();
    }

    @Override
    public TidyTable table() {
        TidyTable.Builder table = TidyTable.builder()
                .text("name")
                .text("title")
                .count("rows")
                .text("source")
                .text("licence");
        datasets.forEach(d -> table.row(d.name(), d.title(), d.rows(), d.source(), d.licence()));
        return table.build();
    }

    @Override
    public TidyTable ard() {
        AnalysisResults results = new AnalysisResults();
        for (Dataset dataset : datasets) {
            results.group("dataset", dataset.name()).variable("rows", null).stat("n", dataset.rows());
            results.variable("columns", null).stat("n", dataset.columns().size());
        }
        return results.build();
    }

    @Override
    public void writeText(TextWriter target) throws IOException {
        for (Dataset dataset : datasets) {
            target.append('@' + dataset.name()).append(": ").append(dataset.title());
            target.append(" (").append(String.valueOf(dataset.rows())).append(" rows)\n");
            TextTable table = new TextTable(3, "column", "unit", "meaning");
            dataset.columns().forEach(c -> table.row(c.name(), c.unit(), c.meaning()));
            target.table(table, "  ");
            target.append("  Source: ").append(dataset.source()).append('\n');
            target.append("  Licence: ").append(dataset.licence()).append("\n\n");
        }
    }

    @Override
    public String toString() {
        return toText();
    }
}
