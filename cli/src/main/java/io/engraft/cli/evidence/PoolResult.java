package io.engraft.cli.evidence;

import static io.engraft.cli.output.TextTable.percent;
import static io.engraft.cli.output.TextTable.short4;

import io.engraft.cli.options.OutputOptions;
import io.engraft.cli.output.CurveText;
import io.engraft.cli.output.Json;
import io.engraft.cli.output.Provenance;
import io.engraft.cli.output.TextTable;
import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.data.TidyTable;
import io.engraft.evidence.CohortOverlap;
import io.engraft.evidence.PooledProportion;
import io.engraft.evidence.StudyProportion;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Studies together, and one unit beside a range, ready to be written; either may be missing. */
record PoolResult(
        Provenance provenance,
        @Nullable PooledProportion pooled,
        @Nullable UnitAnswer unit) implements OutputOptions.Result {

    @Override
    public void writeJson(Json json) throws IOException {
        json.object();
        provenance.writeHead(json, "pool");
        if (pooled != null) {
            writePooled(pooled, json);
        }
        if (unit != null) {
            unit.writeJson(json);
        }
        provenance.writeWarnings(json);
        json.endObject();
    }

    private static void writePooled(PooledProportion pooled, Json json) throws IOException {
        json.object("pooled").estimate("estimate", pooled.proportion());
        json.number("logit", pooled.logit());
        json.number("logitStdError", pooled.logitStandardError()).endObject();
        json.object("prediction").limits(pooled.prediction()).endObject();
        json.object("heterogeneity").number("tau2", pooled.tau2().optional());
        json.number("iSquared", pooled.iSquared()).number("q", pooled.q());
        json.count("df", pooled.studies().size() - 1L)
                .number("pValue", pooled.qPValue())
                .endObject();
        json.array("studies");
        for (int i = 0; i < pooled.studies().size(); i++) {
            StudyProportion s = pooled.studies().get(i);
            PointEstimate own = pooled.study(i);
            json.object().text("study", s.label()).count("events", s.events()).count("n", s.patients());
            json.number("proportion", own.optional()).limits(own.interval());
            json.number("weight", pooled.weight(i)).endObject();
        }
        json.endArray();
        json.array("overlaps");
        for (CohortOverlap o : pooled.overlaps()) {
            json.object().text("first", o.first()).text("second", o.second());
            json.text("registry", o.registry()).flag("yearsKnown", o.yearsKnown());
            json.text("text", o.sentence()).endObject();
        }
        json.endArray();
    }

    @Override
    public TidyTable table() {
        TidyTable.Builder table = TidyTable.builder()
                .text("quantity")
                .text("study")
                .count("events")
                .count("patients")
                .number("estimate")
                .number("lower")
                .number("upper")
                .number("weight")
                .number("p_value");
        if (pooled != null) {
            for (int i = 0; i < pooled.studies().size(); i++) {
                StudyProportion s = pooled.studies().get(i);
                PointEstimate own = pooled.study(i);
                Interval limits = own.interval();
                table.row(
                        "study",
                        s.label(),
                        s.events(),
                        s.patients(),
                        own.estimate(),
                        lower(limits),
                        upper(limits),
                        pooled.weight(i),
                        Double.NaN);
            }
            Interval limits = pooled.proportion().interval();
            Interval prediction = pooled.prediction();
            double estimate = pooled.proportion().estimate();
            add(table, "pooled", estimate, lower(limits), upper(limits), Double.NaN);
            add(table, "prediction", Double.NaN, lower(prediction), upper(prediction), Double.NaN);
            add(table, "tau2", pooled.tau2().optional().orElse(Double.NaN), Double.NaN, Double.NaN, Double.NaN);
            add(table, "i2", pooled.iSquared(), Double.NaN, Double.NaN, Double.NaN);
            add(table, "q", pooled.q(), Double.NaN, Double.NaN, pooled.qPValue());
        }
        if (unit != null) {
            unit.addTo(table);
        }
        return table.build();
    }

    private static void add(
            TidyTable.Builder table, String what, double estimate, double lower, double upper, double p) {
        table.row(what, null, null, null, estimate, lower, upper, Double.NaN, p);
    }

    private static double lower(Interval interval) {
        return interval.lower().orElse(Double.NaN);
    }

    private static double upper(Interval interval) {
        return interval.upper().orElse(Double.NaN);
    }

    @Override
    public void writeText(Appendable target) throws IOException {
        if (pooled != null) {
            writePooled(pooled, target);
        }
        if (unit != null) {
            target.append(pooled == null ? "" : "\n");
            unit.writeText(target);
        }
        if (!provenance.warnings().isEmpty()) {
            target.append('\n');
        }
        provenance.writeWarnings(target);
    }

    private void writePooled(PooledProportion p, Appendable target) throws IOException {
        Map<String, String> c = provenance.conventions();
        int studies = p.studies().size();
        target.append("Pooled proportion of ")
                .append(String.valueOf(studies))
                .append(studies == 1 ? " study (" : " studies (")
                .append(provenance.source())
                .append(")\n");
        target.append("method     random effects on the logit scale; variance between studies by ")
                .append(c.getOrDefault("tau2", ""))
                .append("\nintervals  ")
                .append(CurveText.percentLevel(c))
                .append("; pooled ")
                .append(c.getOrDefault("interval", ""))
                .append(", studies exact (Clopper-Pearson)\n\n");
        TextTable table = new TextTable(1, "study", "events", "n", "proportion", "interval", "weight");
        for (int i = 0; i < studies; i++) {
            StudyProportion s = p.studies().get(i);
            PointEstimate own = p.study(i);
            table.row(
                    s.label(),
                    String.valueOf(s.events()),
                    String.valueOf(s.patients()),
                    short4(own.optional()),
                    TextTable.shortLimits(own.interval()),
                    percent(p.weight(i)));
        }
        table.row(
                "pooled",
                "",
                "",
                short4(p.proportion().optional()),
                limits(p.proportion().interval()),
                "");
        table.row("a further study", "", "", "", limits(p.prediction()), "");
        table.write(target, "  ");
        note(p.proportion().interval(), target);
        note(p.prediction(), target);
        target.append("\nbetween studies: tau^2 ")
                .append(short4(p.tau2().optional()))
                .append(" (of logits), I^2 ")
                .append(percent(p.iSquared()))
                .append("; Q ")
                .append(short4(p.q()))
                .append(" on ")
                .append(String.valueOf(studies - 1))
                .append(studies == 2 ? " degree of freedom, p " : " degrees of freedom, p ")
                .append(TextTable.pValue(p.qPValue()))
                .append('\n');
    }

    private static String limits(Interval interval) {
        return TextTable.shortLimits(interval);
    }

    private static void note(Interval interval, Appendable target) throws IOException {
        if (!interval.isEstimable()) {
            target.append("  \"-\" is not estimable: ")
                    .append(interval.reason())
                    .append('\n');
        }
    }
}
