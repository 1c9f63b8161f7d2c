package io.engraft.cli;

import static io.engraft.cli.TextTable.plain;
import static io.engraft.cli.TextTable.short4;

import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.data.SurvivalData;
import io.engraft.data.TidyTable;
import io.engraft.estimate.IncidenceEstimate;
import io.engraft.evidence.DigitisationSpread;
import io.engraft.evidence.ReconstructedCurve;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Rebuilt patients and how well they give the print back, ready to be written. */
record ReconstructResult(
        Provenance provenance,
        String atRiskSource,
        ReconstructedCurve rebuilt,
        @Nullable DigitisationSpread spread,
        List<Double> times,
        IncidenceEstimate estimate,
        boolean writtenElsewhere)
        implements OutputOptions.Result {

    private boolean isSurvival() {
        return "survival".equals(provenance.conventions().get("type"));
    }

    private List<String> curveNames() {
        return isSurvival() ? List.of("survival") : rebuilt.causes();
    }

    private PointEstimate value(String curve, double time) {
        return isSurvival()
                ? estimate.eventFree().survivalAt(time)
                : estimate.incidence(curve).incidenceAt(time);
    }

    @Override
    public void writeJson(Json json) throws IOException {
        json.object();
        provenance.writeHead(json, "reconstruct");
        if (!atRiskSource.isEmpty()) {
            json.text("atRisk", atRiskSource);
        }
        json.count("n", rebuilt.data().size()).count("events", rebuilt.events());
        ReconstructedCurve.Agreement fit = rebuilt.agreement();
        json.object("fit").count("points", fit.points()).number("rootMeanSquare", fit.rootMeanSquare());
        json.number("largest", fit.largest()).count("largestAtRisk", fit.largestAtRisk());
        json.count("eventsOff", fit.eventsOff())
                .count("flattened", rebuilt.flattened())
                .endObject();
        json.object("median")
                .estimate("estimate", estimate.eventFree().median())
                .endObject();
        json.array("curves");
        for (String curve : curveNames()) {
            json.object().text("curve", curve).array("points");
            for (double t : times) {
                json.object().number("time", t);
                json.estimate("value", value(curve, t)).endObject();
            }
            json.endArray().endObject();
        }
        json.endArray();
        if (spread != null) {
            writeSpread(json, spread);
        }
        json.array("assumptions");
        for (String assumption : rebuilt.assumptions()) {
            json.text(assumption);
        }
        json.endArray();
        json.array("patients");
        JsonTables.writeRows(json, rebuilt.tidy());
        json.endArray();
        provenance.writeWarnings(json);
        json.endObject();
    }

    private static void writeSpread(Json json, DigitisationSpread spread) throws IOException {
        json.object("spread").count("draws", spread.draws()).number("largestMisfit", spread.largestMisfit());
        json.object("median").number("estimate", spread.median().optional());
        json.limits(spread.median().interval()).endObject();
        json.array("points");
        for (DigitisationSpread.Row row : spread.rows()) {
            json.object().text("curve", row.curve()).number("time", row.time());
            json.number("value", row.value().optional());
            json.limits(row.value().interval()).endObject();
        }
        json.endArray().endObject();
    }

    /** The patients alone: what other commands read. */
    @Override
    public TidyTable table() {
        return rebuilt.tidy();
    }

    @Override
    public void writeText(Appendable target) throws IOException {
        SurvivalData data = rebuilt.data();
        String unit = data.unit().label();
        target.append("Patients rebuilt from a printed curve (")
                .append(provenance.source())
                .append(atRiskSource.isEmpty() ? "" : ", " + atRiskSource)
                .append(")\n");
        target.append("n ").append(String.valueOf(data.size())).append(", events ");
        target.append(String.valueOf(rebuilt.events()))
                .append(isSurvival() ? "" : " (" + String.join(", ", rebuilt.causes()) + ")")
                .append("; times in ")
                .append(unit)
                .append('\n');
        writeFit(target);
        target.append('\n');
        writeValues(target);
        target.append('\n');
        for (String assumption : rebuilt.assumptions()) {
            target.append("Assumed: ").append(assumption).append('\n');
        }
        provenance.writeWarnings(target);
        if (writtenElsewhere) {
            return;
        }
        target.append('\n');
        TextTable table = new TextTable(0, "time", "status", "cause");
        for (int i = 0; i < data.size(); i++) {
            int code = data.status(i);
            String cause = code == 0 ? "censored" : data.causes().get(code - 1);
            table.row(decimals(data.time(i)), String.valueOf(code), cause);
        }
        table.write(target, "  ");
    }

    private void writeFit(Appendable target) throws IOException {
        ReconstructedCurve.Agreement fit = rebuilt.agreement();
        target.append("given back at ")
                .append(String.valueOf(fit.points()))
                .append(" points: largest difference ")
                .append(small(fit.largest()))
                .append(", root mean square ")
                .append(small(fit.rootMeanSquare()))
                .append("; numbers at risk off by at most ")
                .append(String.valueOf(fit.largestAtRisk()))
                .append('\n');
    }

    private static String small(double value) {
        return String.format(Locale.ROOT, "%.5f", value);
    }

    private static String decimals(double time) {
        return plain(Math.rint(time * 1e6) / 1e6);
    }

    private void writeValues(Appendable target) throws IOException {
        String percent = CurveText.percentLevel(provenance.conventions());
        TextTable table = spread == null
                ? new TextTable(1, "rebuilt", "time", "value")
                : new TextTable(1, "rebuilt", "time", "value", "left open by reading");
        add(table, "median", "", estimate.eventFree().median(), spread == null ? null : spread.median());
        for (String curve : curveNames()) {
            for (double t : times) {
                add(table, curve, plain(t), value(curve, t), spread == null ? null : spread.at(curve, t));
            }
        }
        table.write(target, "  ");
        if (spread != null) {
            target.append("  left open by reading: ")
                    .append(percent)
                    .append(" of ")
                    .append(String.valueOf(spread.draws()))
                    .append(" reconstructions from points moved within their precision;\n")
                    .append("  sampling of patients is not in it\n");
        }
    }

    private static void add(
            TextTable table, String what, String time, PointEstimate value, @Nullable PointEstimate open) {
        if (open == null) {
            table.row(what, time, short4(value.optional()));
        } else {
            Interval range = open.interval();
            table.row(what, time, short4(value.optional()), TextTable.shortLimits(range));
        }
    }
}
