package io.engraft.report.evidence;

import static io.engraft.report.internal.Cells.percent;
import static io.engraft.report.internal.Cells.short4;

import io.engraft.CheckReturnValue;
import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.data.TidyTable;
import io.engraft.evidence.CohortOverlap;
import io.engraft.evidence.PooledProportion;
import io.engraft.evidence.PoolingInterval;
import io.engraft.evidence.StudyProportion;
import io.engraft.evidence.UnitComparison;
import io.engraft.internal.csv.NumberText;
import io.engraft.report.AnalysisResults;
import io.engraft.report.Conventions;
import io.engraft.report.Document;
import io.engraft.report.JsonWriter;
import io.engraft.report.Provenance;
import io.engraft.report.StandardErrors;
import io.engraft.report.TextTable;
import io.engraft.report.TextWriter;
import io.engraft.report.internal.Cells;
import io.engraft.report.internal.CurveText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Proportions of studies together, or one unit's count beside a published range, or both, as a document, as {@code
 * engraft pool} prints it. Immutable: every method gives a new document.
 */
@CheckReturnValue
public final class PoolDocument implements Document {

    private final @Nullable PooledProportion pooled;
    private final @Nullable UnitAnswer unit;
    private final Provenance provenance;
    private final List<String> more;

    private PoolDocument(
            @Nullable PooledProportion pooled, @Nullable UnitAnswer unit, Provenance provenance, List<String> more) {
        this.pooled = pooled;
        this.unit = unit;
        this.provenance = provenance;
        this.more = List.copyOf(more);
    }

    /**
     * The document of pooled studies.
     *
     * @param pooled the studies together
     * @return the document
     */
    public static PoolDocument of(PooledProportion pooled) {
        return new PoolDocument(
                pooled, null, new Provenance("", pooled.studies().size(), 0), List.of());
    }

    /**
     * The document of one unit beside a published range.
     *
     * @param result the comparison
     * @param against the published probabilities, the least and the largest of which were compared with
     * @return the document
     */
    public static PoolDocument of(UnitComparison.Result result, List<Double> against) {
        return new PoolDocument(null, new UnitAnswer(result, List.copyOf(against)), Provenance.none(), List.of());
    }

    /**
     * With one unit beside a published range.
     *
     * @param result the comparison
     * @param against the published probabilities, the least and the largest of which were compared with
     * @return a new document
     */
    public PoolDocument withUnit(UnitComparison.Result result, List<Double> against) {
        return new PoolDocument(pooled, new UnitAnswer(result, List.copyOf(against)), provenance, more);
    }

    /**
     * With where the studies came from.
     *
     * @param studies their source and number, those left out counted as dropped
     * @return a new document
     */
    public PoolDocument withProvenance(Provenance studies) {
        return new PoolDocument(pooled, unit, studies, more);
    }

    /**
     * With warnings on how the studies were chosen, which stand before the result's own.
     *
     * @param warnings the sentences
     * @return a new document
     */
    public PoolDocument withWarnings(List<String> warnings) {
        return new PoolDocument(pooled, unit, provenance, warnings);
    }

    @Override
    public String command() {
        return "pool";
    }

    @Override
    public Conventions conventions() {
        Conventions all = pooled == null ? Conventions.empty() : Conventions.of(pooled.conventions());
        if (unit != null) {
            all = all.with(Conventions.LEVEL, unit.result().interval().level())
                    .with(UnitAnswer.CONVENTION, UnitAnswer.WORDS);
        }
        return all.with(StandardErrors.model());
    }

    @Override
    public Provenance provenance() {
        return provenance;
    }

    @Override
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>(more);
        if (pooled != null) {
            warnings.addAll(pooled.warnings());
        }
        return warnings;
    }

    @Override
    public void writeBody(JsonWriter json) throws IOException {
        if (pooled != null) {
            writePooled(pooled, json);
        }
        if (unit != null) {
            unit.writeJson(json);
        }
    }

    private static void writePooled(PooledProportion pooled, JsonWriter json) throws IOException {
        json.object("pooled").estimate("estimate", pooled.proportion());
        json.number("logit", pooled.logit());
        json.number("logitStdError", pooled.logitStandardError())
                .number("mean", pooled.mean().optional())
                .endObject();
        json.object("prediction").limits(pooled.prediction()).endObject();
        json.object("heterogeneity").number("tau2", pooled.tau2().optional());
        json.number("iSquared", pooled.iSquared()).number("q", pooled.q());
        json.count("df", pooled.studies().size() - 1L).number("pValue", pooled.qPValue());
        if (!pooled.heterogeneityReason().isEmpty()) {
            json.text("reason", pooled.heterogeneityReason());
        }
        json.endObject();
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
            double estimate = pooled.proportion().optional().orElse(Double.NaN);
            add(table, "pooled", estimate, lower(limits), upper(limits), Double.NaN);
            add(table, "mean", pooled.mean().optional().orElse(Double.NaN), Double.NaN, Double.NaN, Double.NaN);
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
    public TidyTable ard() {
        AnalysisResults results = new AnalysisResults();
        if (pooled != null) {
            for (int i = 0; i < pooled.studies().size(); i++) {
                StudyProportion s = pooled.studies().get(i);
                Interval limits = pooled.study(i).interval();
                results.group("study", s.label()).variable("proportion", null);
                results.stat("events", s.events()).stat("patients", s.patients());
                results.stat("estimate", pooled.study(i).optional());
                results.stat("lower", limits.lower()).stat("upper", limits.upper());
                results.stat("weight", pooled.weight(i));
            }
            results.group(null, null).variable("pooled", null).estimate("estimate", pooled.proportion());
            results.variable("mean", null).stat("estimate", pooled.mean().optional());
            results.variable("prediction", null)
                    .stat("lower", pooled.prediction().lower())
                    .stat("upper", pooled.prediction().upper());
            results.variable("heterogeneity", null).stat("tau2", pooled.tau2().optional());
            results.stat("i2", pooled.iSquared()).stat("q", pooled.q());
            results.stat("df", pooled.studies().size() - 1.0).stat("p_value", pooled.qPValue());
        }
        if (unit != null) {
            unit.addTo(results);
        }
        return results.build();
    }

    @Override
    public void writeText(TextWriter target) throws IOException {
        if (pooled != null) {
            writePooled(pooled, target);
        }
        if (unit != null) {
            target.append(pooled == null ? "" : "\n");
            unit.writeText(target);
        }
        if (!warnings().isEmpty()) {
            target.append('\n');
        }
        CurveText.warnings(this, target);
    }

    private void writePooled(PooledProportion p, TextWriter target) throws IOException {
        Conventions c = conventions();
        int studies = p.studies().size();
        target.append("Pooled proportion of ")
                .append(String.valueOf(studies))
                .append(studies == 1 ? " study (" : " studies (")
                .append(provenance().source())
                .append(")\n");
        target.append("method     random effects on the logit scale, ")
                .append(CurveText.said(c, "model"))
                .append("; variance between studies by ")
                .append(CurveText.said(c, "tau2"))
                .append("\nintervals  ")
                .append(c.percentLevel())
                .append("; pooled ")
                .append(CurveText.said(c, "interval"))
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
                    Cells.shortLimits(own.interval()),
                    percent(p.weight(i)));
        }
        table.row(
                "pooled: median study",
                "",
                "",
                short4(p.proportion().optional()),
                limits(p.proportion().interval()),
                "");
        table.row("mean of studies", "", "", short4(p.mean().optional()), "", "");
        table.row("a further study", "", "", "", limits(p.prediction()), "");
        target.table(table, "  ");
        note(p.proportion().interval(), target);
        note(p.prediction(), target);
        if (studies > 1) {
            target.append(
                    "  median study: half of all such studies have a lower proportion, and half a higher one; mean of"
                            + " studies: their average\n");
        }
        writeSpread(p, target);
    }

    private static void writeSpread(PooledProportion p, TextWriter target) throws IOException {
        int studies = p.studies().size();
        if (!p.heterogeneityReason().isEmpty()) {
            target.append("\nbetween studies: not estimable, as ")
                    .append(p.heterogeneityReason())
                    .append('\n');
            return;
        }
        target.append("\nbetween studies: tau^2 ")
                .append(short4(p.tau2().optional()))
                .append(" (of logits), I^2 ")
                .append(percent(p.iSquared()))
                .append("; Q ")
                .append(short4(p.q()))
                .append(" on ")
                .append(String.valueOf(studies - 1))
                .append(studies == 2 ? " degree of freedom, p " : " degrees of freedom, p ")
                .append(NumberText.pValue(p.qPValue()))
                .append('\n');
        String tau2 = short4(p.tau2().optional());
        boolean likelihood =
                PoolingInterval.LIKELIHOOD.label().equals(p.conventions().get("interval"));
        if (likelihood && tau2.equals(short4(0.0))) {
            target.append("  a tau^2 of 0 is the best guess, not knowledge: ")
                    .append(String.valueOf(studies))
                    .append(" studies cannot exclude that they differ,\n  which the intervals above allow for; with one"
                            + " proportion in all studies they would be narrower\n");
        }
    }

    private static String limits(Interval interval) {
        return Cells.shortLimits(interval);
    }

    private static void note(Interval interval, TextWriter target) throws IOException {
        if (!interval.isEstimable()) {
            target.append("  \"-\" is not estimable: ")
                    .append(interval.reason())
                    .append('\n');
        }
    }

    @Override
    public String toString() {
        return toText();
    }
}
