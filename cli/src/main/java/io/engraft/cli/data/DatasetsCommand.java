package io.engraft.cli.data;

import io.engraft.cli.options.HelpOption;
import io.engraft.cli.options.OutputOptions;
import io.engraft.cli.output.Console;
import io.engraft.cli.output.Exit;
import io.engraft.cli.output.Format;
import io.engraft.cli.output.Json;
import io.engraft.cli.output.Provenance;
import io.engraft.cli.output.TextTable;
import io.engraft.data.Dataset;
import io.engraft.data.Datasets;
import io.engraft.data.TidyTable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The embedded data sets. */
@Command(
        name = "datasets",
        sortOptions = false,
        description = {"The embedded data sets, with columns, source and licence.", ""})
public final class DatasetsCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private final HelpOption help = new HelpOption();

    @Mixin
    private final OutputOptions output = new OutputOptions(Format.TEXT);

    public DatasetsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        output.emit(new Listing(Datasets.all()), console);
        return Exit.DONE;
    }

    private record Listing(List<Dataset> datasets) implements OutputOptions.Result {

        @Override
        public void writeText(Appendable target) throws IOException {
            for (Dataset dataset : datasets) {
                target.append('@').append(dataset.name()).append(": ").append(dataset.title());
                target.append(" (").append(String.valueOf(dataset.rows())).append(" rows)\n");
                TextTable table = new TextTable(3, "column", "unit", "meaning");
                dataset.columns().forEach(c -> table.row(c.name(), c.unit(), c.meaning()));
                table.write(target, "  ");
                target.append("  Source: ").append(dataset.source()).append('\n');
                target.append("  Licence: ").append(dataset.licence()).append("\n\n");
            }
        }

        @Override
        public void writeJson(Json json) throws IOException {
            Provenance provenance = new Provenance(Map.of(), "", 0, 0, List.of());
            json.object();
            provenance.writeHead(json, "datasets");
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
            provenance.writeWarnings(json);
            json.endObject();
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
    }
}
