package io.engraft.cli.evidence;

import io.engraft.cli.options.Converters;
import io.engraft.cli.output.Json;
import io.engraft.cli.output.TextTable;
import io.engraft.data.TidyTable;
import io.engraft.evidence.PredictiveRange;
import io.engraft.evidence.UnitComparison;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One unit's count beside published probabilities. */
record UnitAnswer(UnitComparison.Result result, List<Double> against, Converters.@Nullable Count reference) {

    static final Map<String, String> CONVENTIONS = Map.of(
            "unitTest",
            "exact two-sided binomial, by minimum likelihood; compatible means not contradicted at the level;"
                    + " every patient is taken to have been followed to the time that the range speaks of");

    static UnitAnswer of(
            int events, int patients, List<Double> against, Converters.@Nullable Count reference, double level) {
        UnitComparison comparison = UnitComparison.withDefaults().withLevel(level);
        if (reference != null) {
            comparison = comparison.withPublished(reference.events(), reference.patients());
        }
        return new UnitAnswer(
                comparison.compare(events, patients, Collections.min(against), Collections.max(against)),
                against,
                reference);
    }

    void writeJson(Json json) throws IOException {
        json.object("unit");
        json.count("events", result.unit().events())
                .count("patients", result.unit().patients());
        json.number("proportion", result.unit().proportion()).limits(result.interval());
        json.array("against");
        for (double p : against) {
            json.object().number("probability", p);
            json.number("pValue", result.unit().pValue(p)).endObject();
        }
        json.endArray();
        json.object("expected").count("lower", result.expectedLow());
        json.count("upper", result.expectedHigh()).endObject();
        Optional<PredictiveRange> range = result.predictive();
        if (range.isPresent()) {
            PredictiveRange r = range.get();
            json.object("predictive").text("given", r.basis()).count("patients", r.patients());
            json.number("mean", r.mean()).count("lower", r.lower()).count("upper", r.upper());
            json.number("coverage", r.coverage())
                    .flag("holds", r.holds(result.unit().events()))
                    .endObject();
        }
        json.text("verdict", result.verdict().name())
                .text("answer", result.sentence())
                .endObject();
    }

    void addTo(TidyTable.Builder table) {
        double lower = result.interval().lower().orElse(Double.NaN);
        double upper = result.interval().upper().orElse(Double.NaN);
        int x = result.unit().events();
        int n = result.unit().patients();
        table.row("unit", null, x, n, result.unit().proportion(), lower, upper, Double.NaN, Double.NaN);
        for (double p : against) {
            table.row(
                    "against",
                    null,
                    null,
                    null,
                    p,
                    Double.NaN,
                    Double.NaN,
                    Double.NaN,
                    result.unit().pValue(p));
        }
        table.row(
                "expected events",
                null,
                null,
                n,
                Double.NaN,
                (double) result.expectedLow(),
                (double) result.expectedHigh(),
                Double.NaN,
                Double.NaN);
        result.predictive()
                .ifPresent(r -> table.row(
                        "predicted events",
                        null,
                        null,
                        n,
                        r.mean(),
                        (double) r.lower(),
                        (double) r.upper(),
                        Double.NaN,
                        Double.NaN));
    }

    void writeText(Appendable target) throws IOException {
        target.append(result.sentence()).append('\n');
        TextTable table = new TextTable(0, "against", "exact p");
        for (double p : against) {
            table.row(TextTable.percent(p), TextTable.pValue(result.unit().pValue(p)));
        }
        table.write(target, "  ");
        target.append(
                        "Compatible means not contradicted at the level: a small unit contradicts little. Every patient is\n")
                .append(
                        "taken to have been followed to the time that the range speaks of; with censoring, use a curve.\n");
    }
}
