package io.engraft.report.curves;

import static io.engraft.report.internal.Cells.short4;

import io.engraft.CheckReturnValue;
import io.engraft.InvalidArgumentException;
import io.engraft.curve.Interval;
import io.engraft.data.SurvivalData;
import io.engraft.data.TidyTable;
import io.engraft.data.io.MissingValues;
import io.engraft.estimate.CauseIncidence;
import io.engraft.estimate.CauseIncidence.IncidencePoint;
import io.engraft.estimate.IncidenceEstimate;
import io.engraft.report.AnalysisResults;
import io.engraft.report.Conventions;
import io.engraft.report.DataColumns;
import io.engraft.report.Document;
import io.engraft.report.JsonWriter;
import io.engraft.report.Provenance;
import io.engraft.report.TextTable;
import io.engraft.report.TextWriter;
import io.engraft.report.internal.CauseWords;
import io.engraft.report.internal.Cells;
import io.engraft.report.internal.CurveText;
import io.engraft.report.internal.Frame;
import io.engraft.report.internal.Patients;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Cumulative incidences as a document, as {@code engraft cuminc} prints it: for each cause number at risk, incidence and
 * limits at every distinct exit time or at chosen times. Immutable: every method gives a new document.
 */
@CheckReturnValue
public final class IncidenceDocument implements Document {

    /** The causes of one group. */
    private record Group(String name, IncidenceEstimate fit, List<Cause> causes) {

        double events() {
            return fit.eventsUpTo(last(fit));
        }
    }

    /** One cause; its points are null where every exit time is reported. */
    private record Cause(
            int code,
            CauseIncidence curve,
            IncidenceEstimate fit,
            @Nullable List<IncidencePoint> chosen) {

        String label() {
            return curve.cause();
        }

        String title() {
            return label().equals(String.valueOf(code)) ? "cause " + code : "cause " + code + ", " + label();
        }

        IncidencePoint whole() {
            return curve.at(last(fit)).get(0);
        }

        List<IncidencePoint> points() {
            if (chosen != null) {
                return chosen;
            }
            double[] all = new double[fit.size()];
            for (int i = 0; i < all.length; i++) {
                all[i] = fit.time(i);
            }
            return curve.at(all);
        }
    }

    private final List<Group> groups;
    private final Frame frame;
    private final boolean chosenTimes;

    private IncidenceDocument(List<Group> groups, Frame frame, boolean chosenTimes) {
        this.groups = groups;
        this.frame = frame;
        this.chosenTimes = chosenTimes;
    }

    private static double last(IncidenceEstimate fit) {
        return fit.time(fit.size() - 1);
    }

    /**
     * The document of the incidences of groups.
     *
     * @param fits the incidences by group, as {@code fit(rows).asMap()} gives them
     * @param rows the rows that they are of
     * @return the document, with a point at every distinct exit time
     * @throws InvalidArgumentException when there are none
     */
    public static IncidenceDocument of(Map<String, IncidenceEstimate> fits, SurvivalData rows) {
        if (fits.isEmpty()) {
            throw InvalidArgumentException.of("number of groups", 0, "one or more");
        }
        List<Group> groups = new ArrayList<>();
        fits.forEach((name, fit) -> groups.add(group(name, fit, null)));
        return new IncidenceDocument(List.copyOf(groups), Frame.of(rows), false);
    }

    /**
     * The document of the incidences of all rows.
     *
     * @param fit the incidences
     * @param rows the rows that they are of
     * @return the document, with a point at every distinct exit time
     */
    public static IncidenceDocument of(IncidenceEstimate fit, SurvivalData rows) {
        IncidenceDocument document = of(Map.of("all", fit), rows);
        return document.with(document.frame.withoutGroups());
    }

    private static Group group(String name, IncidenceEstimate fit, double @Nullable [] times) {
        List<Cause> causes = new ArrayList<>();
        for (int k = 0; k < fit.causes().size(); k++) {
            CauseIncidence curve = fit.incidence(fit.causes().get(k));
            causes.add(new Cause(k + 1, curve, fit, times == null ? null : curve.at(times)));
        }
        return new Group(name, fit, causes);
    }

    private IncidenceDocument with(Frame changed) {
        return new IncidenceDocument(groups, changed, chosenTimes);
    }

    /**
     * With the names of the data's columns.
     *
     * @param columns the names
     * @return a new document
     */
    public IncidenceDocument withColumns(DataColumns columns) {
        return with(frame.withColumns(columns));
    }

    /**
     * With what was done with missing values.
     *
     * @param treatment the treatment; by default dropped where rows were dropped, else refused
     * @return a new document
     */
    public IncidenceDocument withMissingValues(MissingValues treatment) {
        return with(frame.withMissing(treatment));
    }

    /**
     * Reports at some times only.
     *
     * @param times the times, in the order in which they are reported
     * @return a new document
     * @throws InvalidArgumentException when a time is negative or not finite
     */
    public IncidenceDocument withTimes(double... times) {
        List<Group> changed =
                groups.stream().map(g -> group(g.name(), g.fit(), times)).toList();
        return new IncidenceDocument(changed, frame, true);
    }

    @Override
    public String command() {
        return "cuminc";
    }

    @Override
    public Conventions conventions() {
        return frame.conventions(
                Conventions.of(groups.get(0).fit().conventions()), CauseWords.competing(frame), frame.isGrouped());
    }

    @Override
    public Provenance provenance() {
        return frame.provenance();
    }

    @Override
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        for (Group group : groups) {
            group.fit()
                    .warnings()
                    .forEach(w -> warnings.add(frame.isGrouped() ? "group " + group.name() + ": " + w : w));
        }
        return frame.warnings(warnings);
    }

    @Override
    public void writeBody(JsonWriter json) throws IOException {
        json.array("groups");
        for (Group group : groups) {
            json.object().text("group", group.name()).count("n", group.fit().rows());
            Patients.write(frame, group.name(), json);
            json.array("causes");
            for (Cause cause : group.causes()) {
                json.object().count("cause", cause.code()).text("label", cause.label());
                json.number("events", cause.whole().events());
                if (frame.isWeighted()) {
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
    }

    private void writePoint(JsonWriter json, IncidencePoint point) throws IOException {
        json.object().number("time", point.time());
        json.number("atRisk", point.atRisk()).number("events", point.events());
        if (frame.isWeighted()) {
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
    public TidyTable ard() {
        AnalysisResults results = new AnalysisResults();
        for (Group group : groups) {
            results.group(frame.groupName(), group.name()).variable("incidence", null);
            results.stat("n", group.fit().rows()).stat("events", group.events());
            for (Cause cause : group.causes()) {
                results.within("cause", cause.label()).variable("incidence", null);
                results.stat("events", cause.whole().events());
                for (IncidencePoint p : cause.points()) {
                    results.variable("time", p.time()).stat("at_risk", p.atRisk());
                    results.stat("events", p.events()).estimate("estimate", p.incidence());
                }
            }
        }
        return results.build();
    }

    @Override
    public void writeText(TextWriter target) throws IOException {
        CurveText.head("Cumulative incidence (Aalen-Johansen)", "", this, frame, chosenTimes, target);
        String level = conventions().percentLevel();
        for (Group group : groups) {
            target.append('\n');
            String n = Patients.with(frame, group.name(), group.fit().rows());
            CurveText.groupLine(frame, group.name(), n, group.events(), "events of any cause", target);
            for (Cause cause : group.causes()) {
                target.append("\n  ")
                        .append(cause.title())
                        .append(frame.isWeighted() ? ": events (weighted) " : ": events ");
                target.append(Cells.counted(cause.whole().events())).append('\n');
                CurveText.Notes notes = new CurveText.Notes();
                TextTable table =
                        new TextTable(0, "time", "at risk", "events", "incidence", "std error", level + " interval");
                for (IncidencePoint p : cause.points()) {
                    notes.add(p.time(), p.incidence());
                    table.row(
                            Cells.time(p.time()),
                            Cells.counted(p.atRisk()),
                            Cells.counted(p.events()),
                            short4(p.incidence().optional()),
                            Cells.error(p.incidence()),
                            Cells.shortLimits(p.incidence().interval()));
                }
                target.table(table, "  ");
                notes.write(target);
            }
        }
        CurveText.foot(this, frame.columns(), target);
    }

    @Override
    public String toString() {
        return toText();
    }
}
