package io.engraft.report.pathways;

import io.engraft.pathway.Assumption;
import io.engraft.pathway.EvidenceSource;
import io.engraft.pathway.PathwayModel;
import io.engraft.report.JsonWriter;
import io.engraft.report.TextWriter;
import io.engraft.report.internal.Cells;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What a model rests on, written the same way everywhere. */
public final class Assumptions {

    private static final String ASSUMED = "assumed";

    private Assumptions() {}

    /**
     * The sentence on what nothing read fixes.
     *
     * @param pathways the model
     * @return the sentence, empty where all was read
     */
    public static Optional<String> warning(PathwayModel pathways) {
        List<String> ids = pathways.assumptions().stream()
                .filter(a -> a.basis().equals(ASSUMED))
                .map(Assumption::id)
                .toList();
        return ids.isEmpty()
                ? Optional.empty()
                : Optional.of("nothing that was read fixes " + String.join(", ", ids)
                        + ": they are assumptions, with a range each");
    }

    /** Empty lists where a model has no named assumptions. */
    static void writeJson(JsonWriter json, Optional<PathwayModel> pathways) throws IOException {
        json.array("assumptions");
        for (Assumption assumption : pathways.map(PathwayModel::assumptions).orElse(List.of())) {
            writeJson(json, assumption);
        }
        json.endArray().array("evidence");
        for (EvidenceSource source : pathways.map(PathwayModel::evidence).orElse(List.of())) {
            json.text(source.id());
        }
        json.endArray();
    }

    static void writeJson(JsonWriter json, Assumption a) throws IOException {
        json.object().text("id", a.id()).text("text", a.text()).number("value", a.value());
        json.number("low", a.low()).number("high", a.high()).text("unit", a.unit());
        json.text("basis", a.basis()).array("evidence");
        for (String id : a.evidence()) {
            json.text(id);
        }
        json.endArray().endObject();
    }

    static void writeText(TextWriter target, PathwayModel pathways) throws IOException {
        target.append("What the model rests on\n");
        for (Assumption a : pathways.assumptions()) {
            String unit = a.unit().equals("probability") || a.unit().equals("number") ? "" : " " + a.unit();
            target.append("  ")
                    .append(a.id())
                    .append(" = ")
                    .append(Cells.plain(a.value()))
                    .append(unit);
            target.append(" (").append(a.basis()).append(", range ").append(Cells.plain(a.low()));
            target.append(" to ").append(Cells.plain(a.high())).append(") ").append(a.text());
            target.append(a.evidence().isEmpty() ? "" : " [" + String.join(", ", a.evidence()) + "]")
                    .append('\n');
        }
        target.append("Sources\n");
        for (EvidenceSource source : pathways.evidence()) {
            target.append("  ")
                    .append(source.id())
                    .append(": ")
                    .append(source.citation())
                    .append(": ");
            target.append(source.finding()).append(" (").append(source.url()).append(")\n");
        }
    }
}
