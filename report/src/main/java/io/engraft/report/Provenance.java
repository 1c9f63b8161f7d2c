package io.engraft.report;

import io.engraft.data.SurvivalData;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Which data a result is of.
 *
 * @param source where they came from, empty without data
 * @param rows rows of the data, those left out included
 * @param dropped rows left out, for missing values or on request
 * @param notes how columns were read where somebody may have meant it otherwise, in sentences
 */
public record Provenance(String source, long rows, long dropped, List<String> notes) {

    /**
     * Checks and copies.
     *
     * @param source where they came from, empty without data
     * @param rows rows of the data, those left out included
     * @param dropped rows left out
     * @param notes how columns were read
     */
    public Provenance {
        notes = List.copyOf(notes);
    }

    /**
     * Data of whose columns nothing is to be said.
     *
     * @param source where they came from, empty without data
     * @param rows rows of the data, those left out included
     * @param dropped rows left out
     */
    public Provenance(String source, long rows, long dropped) {
        this(source, rows, dropped, List.of());
    }

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
        return new Provenance(rows.source(), rows.size() + rows.dropped(), rows.dropped(), rows.notes());
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
        if (!notes.isEmpty()) {
            json.array("notes");
            for (String note : notes) {
                json.text(note);
            }
            json.endArray();
        }
    }
}
