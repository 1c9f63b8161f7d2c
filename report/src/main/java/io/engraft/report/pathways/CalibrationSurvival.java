package io.engraft.report.pathways;

import io.engraft.curve.PointEstimate;
import io.engraft.data.DurationUnit;
import io.engraft.data.TidyTable;
import io.engraft.evidence.PublishedRate;
import io.engraft.pathway.JmmlPathways;
import io.engraft.pathway.PathwayModel;
import io.engraft.pathway.SurvivalParts;
import io.engraft.report.JsonWriter;
import io.engraft.report.TextTable;
import io.engraft.report.TextWriter;
import io.engraft.report.internal.Cells;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Why one page says 50 % and another 64 %: survival at one time taken apart, beside the published figures. */
record CalibrationSurvival(double months, SurvivalParts parts, String warning) {

    private static final String REMISSION = "F1";
    private static final String RELAPSE = "F2";
    private static final double PERCENT = 100;

    /** The shipped pathway with the shares that were given; all else in it is its own. */
    static CalibrationSurvival of(double time, DurationUnit unit, OptionalDouble remission, OptionalDouble relapse) {
        PathwayModel shipped = JmmlPathways.get(JmmlPathways.TRANSPLANT);
        double stays = remission.orElse(shipped.assumption(REMISSION).value());
        double relapses = relapse.orElse(shipped.assumption(RELAPSE).value());
        // By way of no relapses, as the shares must not pass 1 in between.
        PathwayModel pathway = shipped.withAssumption(RELAPSE, 0)
                .withAssumption(REMISSION, stays)
                .withAssumption(RELAPSE, relapses);
        double months = unit.to(DurationUnit.MONTHS, time);
        String warning = String.format(
                Locale.ROOT,
                "Survival is taken apart in the shipped pathway '%s' with remission %s and relapse %s: the times of events"
                        + " and what follows a relapse are its own assumptions, its intervals those of the"
                        + " fates of %d patients at level %s, with all times and what follows a relapse taken as known.",
                JmmlPathways.TRANSPLANT,
                Cells.plain(stays),
                Cells.plain(relapses),
                pathway.mixture().sampleSize().orElseThrow(),
                Cells.plain(pathway.mixture().level()));
        return new CalibrationSurvival(months, SurvivalParts.of(pathway, months), warning);
    }

    void writeJson(JsonWriter json) throws IOException {
        json.object("survivalParts").number("months", months);
        CalibrationAnswers.write(json, "eventFree", parts.eventFree());
        CalibrationAnswers.write(json, "overall", parts.overall());
        CalibrationAnswers.write(json, "difference", parts.difference());
        json.array("afterRelapse");
        for (SurvivalParts.Part part : parts.parts()) {
            json.object().text("state", part.state()).text("label", part.label());
            json.number("estimate", part.share().optional()).limits(part.share().interval());
            json.endObject();
        }
        json.endArray().array("published");
        for (PublishedRate rate : parts.published()) {
            json.object().text("evidence", rate.id()).text("endpoint", rate.endpoint());
            json.number("months", rate.months()).number("probability", rate.probability());
            json.number("lower", rate.lower().orElse(Double.NaN) / PERCENT);
            json.number("upper", rate.upper().orElse(Double.NaN) / PERCENT);
            json.text("patients", rate.patients());
            json.text("citation", rate.source().citation()).endObject();
        }
        json.endArray().text("explanation", parts.explanation()).endObject();
    }

    void addTo(TidyTable.Builder table, DurationUnit unit) {
        double time = DurationUnit.MONTHS.to(unit, months);
        String family = "pathway " + JmmlPathways.TRANSPLANT;
        CalibrationAnswers.row(table, family, "event-free", time, parts.eventFree());
        CalibrationAnswers.row(table, family, "overall", time, parts.overall());
        for (SurvivalParts.Part part : parts.parts()) {
            CalibrationAnswers.row(table, family, part.state(), time, part.share());
        }
    }

    void writeText(TextWriter target) throws IOException {
        target.append("\nEvent-free and overall survival at month ").append(Cells.plain(months));
        target.append("\n");
        TextTable table = new TextTable(1, "in the model", "share", "interval");
        row(table, "alive without any event (event-free survival)", parts.eventFree());
        for (SurvivalParts.Part part : parts.parts()) {
            row(table, "+ " + part.label(), part.share());
        }
        row(table, "= alive (overall survival)", parts.overall());
        target.table(table, "  ");
        target.append('\n');
        writePublished(target, parts.published());
        target.append("\n  ").append(parts.explanation()).append('\n');
    }

    private static void row(TextTable table, String words, PointEstimate p) {
        table.row(words, CalibrationAnswers.percent(p), CalibrationAnswers.limits(p.interval()));
    }

    private static void writePublished(TextWriter target, List<PublishedRate> rates) throws IOException {
        TextTable table = new TextTable(3, "published", "endpoint", "source", "month", "share", "patients");
        for (PublishedRate rate : rates) {
            table.row(
                    rate.id(),
                    rate.endpoint(),
                    rate.source().citation(),
                    Cells.plain(rate.months().orElse(Double.NaN)),
                    Cells.percent(rate.probability()),
                    rate.patients());
        }
        target.table(table, "  ");
    }
}
