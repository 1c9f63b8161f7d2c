package io.engraft.report;

import io.engraft.data.SurvivalData;
import java.io.IOException;
import java.util.Optional;

/**
 * Which data a result is of.
 *
 * @param source where they came from, empty without data
 * @param rows rows of the data, those left out included
 * @param dropped rows left out, for missing values or on request
 */
public record Provenance(String source, long rows, long dropped) {

    /**
     * That of a result without data.
     *
     * @return no source and no rows
     */
    public static Provenance none() {
        return new Provenance("", 0, 0);
    }

    /**
     * That of rows which were read.
     *
     * @param rows the rows that are used
     * @return their source and numbers
     */
    public static Provenance of(SurvivalData rows) {
        return new Provenance(rows.source(), rows.size() + rows.dropped(), rows.dropped());
    }

    /**
     * How many rows are used.
     *
     * @return rows - dropped
     */
    public long used() {
        return rows - dropped;
    }

    /**
     * The sentence on rows with missing values that were left out.
     *
     * @return the sentence, empty where none was
     */
    public Optional<String> droppedWarning() {
        if (dropped == 0) {
            return Optional.empty();
        }
        return Optional.of(
                dropped == 1
                        ? "1 row with missing values was left out"
                        : dropped + " rows with missing values were left out");
    }

    void writeTo(JsonWriter json) throws IOException {
        if (!source.isEmpty()) {
            json.text("source", source);
        }
        json.count("rows", rows).count("used", used()).count("dropped", dropped);
    }
}
