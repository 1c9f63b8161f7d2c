package io.engraft.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * What every document says about itself.
 *
 * @param conventions every convention in force
 * @param source where the data came from, empty without data
 * @param rows rows of the data, dropped ones included
 * @param dropped rows left out for missing values
 * @param warnings what a reader should know
 */
record Provenance(Map<String, String> conventions, String source, long rows, long dropped, List<String> warnings) {

    private static final List<String> NUMBERS = List.of("level", "tieTolerance");

    Provenance {
        warnings = List.copyOf(warnings);
    }

    /** Writes the keys that stand before the result; the warnings stand after it. */
    void writeHead(Json json, String command) throws IOException {
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

    void writeWarnings(Json json) throws IOException {
        json.array("warnings");
        for (String warning : warnings) {
            json.text(warning);
        }
        json.endArray();
    }

    void writeWarnings(Appendable target) throws IOException {
        for (String warning : warnings) {
            target.append("Warning: ").append(warning).append('\n');
        }
    }
}
