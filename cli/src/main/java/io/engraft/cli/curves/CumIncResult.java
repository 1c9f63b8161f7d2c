package io.engraft.cli.curves;

import static io.engraft.cli.output.TextTable.plain;
import static io.engraft.cli.output.TextTable.short4;

import io.engraft.cli.options.OutputOptions;
import io.engraft.cli.output.Columns;
import io.engraft.cli.output.CurveText;
import io.engraft.cli.output.Json;
import io.engraft.cli.output.Provenance;
import io.engraft.cli.output.TextTable;
import io.engraft.curve.Interval;
import io.engraft.data.SurvivalData;
import io.engraft.data.TidyTable;
import io.engraft.estimate.CauseIncidence;
import io.engraft.estimate.CauseIncidence.IncidencePoint;
import io.engraft.estimate.IncidenceEstimate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Cumulative incidences, ready to be written. */
public record CumIncResult(
        Provenance provenance, List<Group> groups, SurvivalData rows, Columns columns, boolean weighted)
        implements OutputOptions.Result {

    /** The causes of one group. */
    public record Group(String name, long n, double events, List<Cause> causes) {

        public static Group of(String name, IncidenceEstimate fit, double[] times) {
            double last = fit.time(fit.size() - 1);
            List<Cause> causes = new ArrayList<>();
            for (int k = 0; k < fit.causes().size(); k++) {
                CauseIncidence curve = fit.incidence(fit.causes().get(k));
                causes.add(new Cause(k + 1, curve.cause(), curve.at(last).get(0), curve.at(times)));
            }
            return new Group(name, fit.rows(), fit.eventsUpTo(last), causes);
        }
    }

    /** One cause: its whole follow-up and the points that are reported. */
    public record Cause(int code, String label, IncidencePoint whole, List<IncidencePoint> points) {

        public String title() {
            return label.equals(String.valueOf(code)) ? "cause " + code : "cause " + code + ", " + label;
        }
    }

    @Override
    public void writeJson(Json json) throws IOException {
        json.object();
        provenance.writeHead(json, "cuminc");
        json.array("groups");
        for (Group group : groups) {
            json.object().text("group", group.name()).count("n", group.n());
            json.array("causes");
            for (Cause cause : group.causes()) {
                json.object().count("cause", cause.code()).text("label", cause.label());
                json.number("events", cause.whole().events());
                if (weighted) {
                    json.count("eventRows", cause.whole().eventRows());
                }
                json.array("points");
                for (IncidencePoint point : cause.points()) {
                    writePoint(json, point);
                }
                json.endArray().endObject();
            }
            json.endArray().endObject();
        }
        json.endArray();
        provenance.writeWarnings(json);
        json.endObject();
    }

    private void writePoint(Json json, IncidencePoint point) throws IOException {
        json.object().number("time", point.time());
        json.number("atRisk", point.atRisk()).number("events", point.events());
        if (weighted) {
            json.count("atRiskRows", point.atRiskRows()).count("eventRows", point.eventRows());
        }
        json.estimate("incidence", point.incidence()).endObject();
    }

    @Override
    public TidyTable table() {
        TidyTable.Builder table = TidyTable.builder()
                .text("group")
                .count("cause")
                .text("label")
                .number("time")
                .number("at_risk")
                .number("events")
                .number("incidence")
                .number("std_error")
                .number("lower")
                .number("upper");
        for (Group group : groups) {
            for (Cause cause : group.causes()) {
                for (IncidencePoint p : cause.points()) {
                    Interval limits = p.incidence().interval();
                    table.row(
                            group.name(),
                            cause.code(),
                            cause.label(),
                            p.time(),
                            p.atRisk(),
                            p.events(),
                            p.incidence().optional().orElse(Double.NaN),
                            p.incidence().standardError().orElse(Double.NaN),
                            limits.lower().orElse(Double.NaN),
                            limits.upper().orElse(Double.NaN));
                }
            }
        }
        return table.build();
    }

    @Override
    public void writeText(Appendable target) throws IOException {
        CurveText.head("Cumulative incidence (Aalen-Johansen)", "", provenance, rows, columns, target);
        for (Group group : groups) {
            target.append('\n');
            CurveText.groupLine(columns, group.name(), group.n(), group.events(), "events of any cause", target);
            for (Cause cause : group.causes()) {
                target.append("\n  ").append(cause.title()).append(": events ");
                target.append(plain(cause.whole().events())).append('\n');
                CurveText.Notes notes = new CurveText.Notes();
                TextTable table = new TextTable(
                        0,
                        "time",
                        "at risk",
                        "events",
                        "incidence",
                        "std error",
                        CurveText.percentLevel(provenance.conventions()) + " interval");
                for (IncidencePoint p : cause.points()) {
                    notes.add(p.time(), p.incidence());
                    table.row(
                            plain(p.time()),
                            plain(p.atRisk()),
                            plain(p.events()),
                            short4(p.incidence().optional()),
                            short4(p.incidence().standardError()),
                            TextTable.shortLimits(p.incidence().interval()));
                }
                table.write(target, "  ");
                notes.write(target);
            }
        }
        CurveText.foot(provenance, columns, target);
    }
}
