package io.engraft.report.pathways;

import io.engraft.CheckReturnValue;
import io.engraft.data.TidyTable;
import io.engraft.pathway.PathwayModel;
import io.engraft.pathway.TimeZero;
import io.engraft.report.AnalysisResults;
import io.engraft.report.Conventions;
import io.engraft.report.Document;
import io.engraft.report.JsonWriter;
import io.engraft.report.Provenance;
import io.engraft.report.StandardErrors;
import io.engraft.report.TextTable;
import io.engraft.report.TextWriter;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Models by name as a document, as {@code engraft simulate --list-models} prints it. */
@CheckReturnValue
public final class ModelsDocument implements Document {

    private final Map<String, PathwayModel> models;
    private final Map<String, String> aliases;

    private ModelsDocument(Map<String, PathwayModel> models, Map<String, String> aliases) {
        this.models = Collections.unmodifiableMap(new LinkedHashMap<>(models));
        this.aliases = Map.copyOf(aliases);
    }

    /**
     * The document of some models.
     *
     * @param models the models by name, in the order of the document
     * @param aliases a second name of a model, by its name
     * @return the document
     */
    public static ModelsDocument of(Map<String, PathwayModel> models, Map<String, String> aliases) {
        return new ModelsDocument(models, aliases);
    }

    @Override
    public String command() {
        return "models";
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

    private static @Nullable String timeZero(PathwayModel model) {
        return model.timeZero().map(TimeZero::label).orElse(null);
    }

    @Override
    public void writeBody(JsonWriter json) throws IOException {
        json.array("models");
        for (Map.Entry<String, PathwayModel> entry : models.entrySet()) {
            PathwayModel model = entry.getValue();
            json.object().text("model", entry.getKey()).text("alias", aliases.get(entry.getKey()));
            json.text("timeZero", timeZero(model)).text("unit", model.unit().label());
            json.text("name", model.name()).endObject();
        }
        json.endArray();
    }

    @Override
    public TidyTable table() {
        TidyTable.Builder table = TidyTable.builder()
                .text("model")
                .text("alias")
                .text("time_zero")
                .text("unit")
                .text("name");
        models.forEach((name, model) ->
                table.row(name, aliases.get(name), timeZero(model), model.unit().label(), model.name()));
        return table.build();
    }

    @Override
    public TidyTable ard() {
        AnalysisResults results = new AnalysisResults();
        return results.variable("models", null).stat("n", models.size()).build();
    }

    @Override
    public void writeText(TextWriter target) throws IOException {
        TextTable table = new TextTable(3, "model", "time from", "what it is");
        models.forEach((name, model) -> {
            String alias = aliases.get(name);
            String zero = timeZero(model);
            table.row(alias == null ? name : name + " (or " + alias + ")", zero == null ? "" : zero, model.name());
        });
        target.table(table, "");
    }

    @Override
    public String toString() {
        return toText();
    }
}
