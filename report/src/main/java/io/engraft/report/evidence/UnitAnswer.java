package io.engraft.report.evidence;

import io.engraft.data.TidyTable;
import io.engraft.evidence.PredictiveRange;
import io.engraft.evidence.UnitComparison;
import io.engraft.internal.csv.NumberText;
import io.engraft.report.AnalysisResults;
import io.engraft.report.JsonWriter;
import io.engraft.report.TextTable;
import io.engraft.report.TextWriter;
import io.engraft.report.internal.Cells;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** One unit's count beside published probabilities. */
record UnitAnswer(UnitComparison.Result result, List<Double> against) {

    static final String CONVENTION = "unitTest";

    static final String WORDS =
            "exact two-sided binomial, by minimum likelihood; compatible means not contradicted at the level;"
                    + " every patient is taken to have been followed to the time that the range speaks of";

    void writeJson(JsonWriter json) throws IOException {
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

    void writeText(TextWriter target) throws IOException {
        target.append(result.sentence()).append('\n');
        TextTable table = new TextTable(0, "against", "exact p");
        for (double p : against) {
            table.row(Cells.percent(p), NumberText.pValue(result.unit().pValue(p)));
        }
        target.table(table, "  ");
        target.append(
                        "Compatible means not contradicted at the level: a small unit contradicts little. Every patient is\n")
                .append(
                        "taken to have been followed to the time that the range speaks of; with censoring, use a curve.\n");
    }

    void addTo(AnalysisResults results) {
        results.group(null, null).variable("unit", null);
        results.stat("events", result.unit().events())
                .stat("patients", result.unit().patients())
                .stat("estimate", result.unit().proportion())
                .stat("lower", result.interval().lower())
                .stat("upper", result.interval().upper());
        for (double p : against) {
            results.variable("against", p).stat("p_value", result.unit().pValue(p));
        }
        results.variable("expected events", null)
                .stat("lower", result.expectedLow())
                .stat("upper", result.expectedHigh());
        result.predictive()
                .ifPresent(r -> results.variable("predicted events", null)
                        .stat("estimate", r.mean())
                        .stat("lower", r.lower())
                        .stat("upper", r.upper()));
    }
}
