package io.engraft.cli.output;

import io.engraft.data.SurvivalData;
import io.engraft.data.io.MissingValues;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What every document says about itself.
 *
 * @param conventions every convention in force
 * @param source where the data came from, empty without data
 * @param rows rows of the data, dropped ones included
 * @param dropped rows left out for missing values
 * @param warnings what a reader should know
 */
public record Provenance(
        Map<String, String> conventions, String source, long rows, long dropped, List<String> warnings) {

    private static final List<String> NUMBERS = List.of("level", "tieTolerance");

    public Provenance {
        warnings = List.copyOf(warnings);
    }

    /** Writes the keys that stand before the result; the warnings stand after it. */
    public void writeHead(Json json, String command) throws IOException {
        json.text("command", command).text("engraft", Version.text());
        json.object("conventions");
        for (Map.Entry<String, String> convention : conventions.entrySet()) {
            if (NUMBERS.contains(convention.getKey())) {
                json.number(convention.getKey(), Double.parseDouble(convention.getValue()));
            } else {
                json.text(convention.getKey(), convention.getValue());
            }
        }
        json.endObject().object("data");
        if (!source.isEmpty()) {
            json.text("source", source);
        }
        json.count("rows", rows).count("used", rows - dropped).count("dropped", dropped);
        json.endObject();
    }

    public void writeWarnings(Json json) throws IOException {
        json.array("warnings");
        for (String warning : warnings) {
            json.text(warning);
        }
        json.endArray();
    }

    public void writeWarnings(Appendable target) throws IOException {
        for (String warning : warnings) {
            target.append("Warning: ").append(warning).append('\n');
        }
    }

    /** The sentence on rows that were left out; empty where none was. */
    public static Optional<String> dropped(SurvivalData rows) {
        if (rows.dropped() == 0) {
            return Optional.empty();
        }
        return Optional.of(
                rows.dropped() == 1
                        ? "1 row with missing values was left out"
                        : rows.dropped() + " rows with missing values were left out");
    }

    public static void addConventions(
            Map<String, String> conventions, SurvivalData rows, MissingValues missing, boolean grouped) {
        conventions.put("unit", rows.unit().label());
        conventions.put("missingValues", missing.label());
        if (grouped) {
            conventions.put("levelOrder", "ascending as numbers if every level is one, else by code point");
        }
    }
}
