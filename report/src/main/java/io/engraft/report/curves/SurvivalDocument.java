package io.engraft.report.curves;

import static io.engraft.report.internal.Cells.plain;
import static io.engraft.report.internal.Cells.short4;

import io.engraft.CheckReturnValue;
import io.engraft.InvalidArgumentException;
import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.data.SurvivalData;
import io.engraft.data.TidyTable;
import io.engraft.data.io.MissingValues;
import io.engraft.estimate.SurvivalEstimate;
import io.engraft.estimate.SurvivalPoint;
import io.engraft.internal.CauseChoice;
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
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Kaplan-Meier curves as a document, as {@code engraft km} prints it: number at risk, survival, limits and cumulative
 * hazard at every distinct exit time or at chosen times, the median, and the restricted mean where it is asked for.
 * Immutable: every method gives a new document.
 */
@CheckReturnValue
public final class SurvivalDocument implements Document {

    private static final String MEDIAN_RULE =
            "median: first time with survival of 0.5 or less, the middle where it is exactly 0.5 for a while";

    /** One curve; its points are null where every exit time is reported, its mean where none was asked for. */
    private record Group(
            String name,
            SurvivalEstimate curve,
            @Nullable List<SurvivalPoint> chosen,
            double tau,
            @Nullable PointEstimate mean) {

        double events() {
            return curve.eventsUpTo(curve.time(curve.size() - 1));
        }

        SurvivalPoint whole() {
            return curve.at(curve.time(curve.size() - 1)).get(0);
        }

        List<SurvivalPoint> points() {
            if (chosen != null) {
                return chosen;
            }
            double[] all = new double[curve.size()];
            for (int i = 0; i < all.length; i++) {
                all[i] = curve.time(i);
            }
            return curve.at(all);
        }
    }

    private final List<Group> groups;
    private final Frame frame;
    private final @Nullable Integer cause;

    private SurvivalDocument(List<Group> groups, Frame frame, @Nullable Integer cause) {
        this.groups = groups;
        this.frame = frame;
        this.cause = cause;
    }

    /**
     * The document of the curves of groups.
     *
     * @param curves the curves by group, as {@code fit(rows).asMap()} gives them
     * @param rows the rows that they are of
     * @return the document, with a point at every distinct exit time
     * @throws InvalidArgumentException when there is no curve
     */
    public static SurvivalDocument of(Map<String, SurvivalEstimate> curves, SurvivalData rows) {
        if (curves.isEmpty()) {
            throw InvalidArgumentException.of("number of curves", 0, "one or more");
        }
        List<Group> groups = new ArrayList<>();
        curves.forEach((name, curve) -> groups.add(new Group(name, curve, null, Double.NaN, null)));
        return new SurvivalDocument(List.copyOf(groups), Frame.of(rows), null);
    }

    /**
     * The document of the curve of all rows.
     *
     * @param curve the curve
     * @param rows the rows that it is of
     * @return the document, with a point at every distinct exit time
     */
    public static SurvivalDocument of(SurvivalEstimate curve, SurvivalData rows) {
        SurvivalDocument document = of(Map.of("all", curve), rows);
        return document.with(document.frame.withoutGroups());
    }

    private SurvivalDocument with(Frame changed) {
        return new SurvivalDocument(groups, changed, cause);
    }

    /**
     * With the names of the data's columns.
     *
     * @param columns the names
     * @return a new document
     */
    public SurvivalDocument withColumns(DataColumns columns) {
        return with(frame.withColumns(columns));
    }

    /**
     * With what was done with missing values.
     *
     * @param treatment the treatment; by default dropped where rows were dropped, else refused
     * @return a new document
     */
    public SurvivalDocument withMissingValues(MissingValues treatment) {
        return with(frame.withMissing(treatment));
    }

    /**
     * For curves of one cause alone, where others censor: the document says so and warns of it.
     *
     * @param code the cause's code
     * @return a new document
     */
    public SurvivalDocument withCause(int code) {
        return new SurvivalDocument(groups, frame, CauseWords.require(frame.rows(), code));
    }

    /**
     * As {@link #withCause(int)}, by the cause's label.
     *
     * @param label the label
     * @return a new document
     * @throws InvalidArgumentException when there is no such cause
     */
    public SurvivalDocument withCause(String label) {
        return withCause(CauseChoice.code("cause", label, frame.rows().causes()));
    }

    /**
     * Reports at some times only.
     *
     * @param times the times, in the order in which they are reported
     * @return a new document
     * @throws InvalidArgumentException when a time is negative or not finite
     */
    public SurvivalDocument withTimes(double... times) {
        List<Group> changed = groups.stream()
                .map(g -> new Group(g.name(), g.curve(), g.curve().at(times), g.tau(), g.mean()))
                .toList();
        return new SurvivalDocument(changed, frame, cause);
    }

    /**
     * Reports the restricted mean as well.
     *
     * @param tau its horizon
     * @return a new document
     * @throws InvalidArgumentException when the horizon is not positive and finite
     */
    public SurvivalDocument withRestrictedMean(double tau) {
        List<Group> changed = groups.stream()
                .map(g -> new Group(
                        g.name(), g.curve(), g.chosen(), tau, g.curve().restrictedMean(tau)))
                .toList();
        return new SurvivalDocument(changed, frame, cause);
    }

    @Override
    public String command() {
        return "km";
    }

    @Override
    public Conventions conventions() {
        return frame.conventions(
                Conventions.of(groups.get(0).curve().conventions()),
                CauseWords.events(frame.rows(), cause),
                frame.isGrouped());
    }

    @Override
    public Provenance provenance() {
        return frame.provenance();
    }

    @Override
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        for (Group group : groups) {
            group.curve()
                    .warnings()
                    .forEach(w -> warnings.add(frame.isGrouped() ? "group " + group.name() + ": " + w : w));
        }
        if (cause != null) {
            warnings.add(CauseWords.notTheProbability(frame.rows(), cause) + "; cuminc gives that");
        }
        return frame.warnings(warnings);
    }

    @Override
    public void writeBody(JsonWriter json) throws IOException {
        json.array("groups");
        for (Group group : groups) {
            json.object().text("group", group.name()).count("n", group.curve().rows());
            json.number("events", group.events());
            if (frame.isWeighted()) {
                json.count("eventRows", group.whole().eventRows());
            }
            PointEstimate median = group.curve().median();
            json.object("median").number("estimate", median.optional());
            json.limits(median.interval()).endObject();
            PointEstimate mean = group.mean();
            if (mean != null) {
                json.object("rmst").number("tau", group.tau());
                json.estimate("estimate", mean).endObject();
            }
            json.array("points");
            for (SurvivalPoint point : group.points()) {
                writePoint(json, point);
            }
            json.endArray().endObject();
        }
        json.endArray();
    }

    private void writePoint(JsonWriter json, SurvivalPoint point) throws IOException {
        json.object().number("time", point.time());
        json.number("atRisk", point.atRisk());
        json.number("events", point.events());
        json.number("censored", point.censored());
        if (frame.isWeighted()) {
            json.count("atRiskRows", point.atRiskRows());
            json.count("eventRows", point.eventRows());
            json.count("censoredRows", point.censoredRows());
        }
        json.estimate("survival", point.survival());
        json.number("cumulativeHazard", point.cumulativeHazard().optional()).endObject();
    }

    @Override
    public TidyTable table() {
        TidyTable.Builder table = TidyTable.builder()
                .text("group")
                .number("time")
                .number("at_risk")
                .number("events")
                .number("censored")
                .number("survival")
                .number("std_error")
                .number("lower")
                .number("upper")
                .number("cumulative_hazard");
        for (Group group : groups) {
            for (SurvivalPoint p : group.points()) {
                Interval limits = p.survival().interval();
                table.row(
                        group.name(),
                        p.time(),
                        p.atRisk(),
                        p.events(),
                        p.censored(),
                        p.survival().optional().orElse(Double.NaN),
                        p.survival().standardError().orElse(Double.NaN),
                        limits.lower().orElse(Double.NaN),
                        limits.upper().orElse(Double.NaN),
                        p.cumulativeHazard().optional().orElse(Double.NaN));
            }
        }
        return table.build();
    }

    @Override
    public TidyTable ard() {
        AnalysisResults results = new AnalysisResults();
        for (Group group : groups) {
            results.group(frame.groupName(), group.name()).variable("survival", null);
            results.stat("n", group.curve().rows()).stat("events", group.events());
            PointEstimate median = group.curve().median();
            results.variable("prob", 0.5).stat("estimate", median.optional());
            results.stat("lower", median.interval().lower())
                    .stat("upper", median.interval().upper());
            PointEstimate mean = group.mean();
            if (mean != null) {
                results.variable("tau", group.tau()).estimate("estimate", mean);
            }
            for (SurvivalPoint p : group.points()) {
                results.variable("time", p.time()).stat("at_risk", p.atRisk()).stat("events", p.events());
                results.stat("censored", p.censored()).estimate("estimate", p.survival());
                results.stat("cumulative_hazard", p.cumulativeHazard().optional());
            }
        }
        return results.build();
    }

    @Override
    public void writeText(TextWriter target) throws IOException {
        String unit = frame.rows().unit().label();
        String level = conventions().percentLevel();
        boolean chosen = groups.get(0).chosen() != null;
        CurveText.head("Kaplan-Meier survival", MEDIAN_RULE, this, frame, chosen, target);
        for (Group group : groups) {
            target.append('\n');
            CurveText.groupLine(frame, group.name(), group.curve().rows(), group.events(), "events", target);
            target.append("  ").append(median(group, unit, level)).append('\n');
            PointEstimate mean = group.mean();
            if (mean != null) {
                target.append("  restricted mean to ")
                        .append(plain(group.tau()))
                        .append(' ')
                        .append(unit)
                        .append(": ")
                        .append(mean(mean, unit, level))
                        .append('\n');
            }
            target.append('\n');
            CurveText.Notes notes = new CurveText.Notes();
            TextTable table = new TextTable(
                    0,
                    "time",
                    "at risk",
                    "events",
                    "censored",
                    "survival",
                    "std error",
                    level + " interval",
                    "cum. hazard");
            for (SurvivalPoint p : group.points()) {
                notes.add(p.time(), p.survival());
                table.row(
                        plain(p.time()),
                        plain(p.atRisk()),
                        plain(p.events()),
                        plain(p.censored()),
                        short4(p.survival().optional()),
                        short4(p.survival().standardError()),
                        Cells.shortLimits(p.survival().interval()),
                        short4(p.cumulativeHazard().optional()));
            }
            target.table(table, "  ");
            notes.write(target);
        }
        CurveText.foot(this, frame.columns(), target);
    }

    private static String median(Group group, String unit, String level) {
        PointEstimate median = group.curve().median();
        String interval = medianLimits(median.interval(), level);
        if (!median.isEstimable()) {
            return "median not reached (" + median.reason().replaceFirst("^S ", "survival ") + "; " + interval + ")";
        }
        return "median " + plain(median.estimate()) + " " + unit + " (" + interval + flat(group.curve(), median) + ")";
    }

    private static String medianLimits(Interval limits, String level) {
        if (limits.lower().isEmpty() && limits.upper().isEmpty()) {
            return "no " + level + " interval: the limits of survival stay above 0.5 or cannot be estimated";
        }
        String lower = limits.lower().isPresent() ? plain(limits.lower().getAsDouble()) : "not estimable";
        String upper = limits.upper().isPresent()
                ? plain(limits.upper().getAsDouble())
                : "not reached, as the upper limit of survival stays above 0.5";
        return level + " interval " + lower + " to " + upper;
    }

    /** Where the median is the middle of a flat rather than the time of an event, that flat. */
    private static String flat(SurvivalEstimate curve, PointEstimate median) {
        double from = Double.NaN;
        double to = curve.time(curve.size() - 1);
        for (int i = curve.size() - 1; i >= 0 && Double.isNaN(from); i--) {
            if (curve.events(i) > 0) {
                if (curve.time(i) <= median.estimate()) {
                    from = curve.time(i);
                } else {
                    to = curve.time(i);
                }
            }
        }
        return from < median.estimate()
                ? "; the curve is exactly 0.5 from " + plain(from) + " to " + plain(to) + ", the middle is given"
                : "";
    }

    private static String mean(PointEstimate mean, String unit, String level) {
        if (!mean.isEstimable()) {
            return "not estimable: " + mean.reason();
        }
        return short4(mean.estimate()) + " " + unit + " (std error " + short4(mean.standardError()) + ", " + level
                + " interval " + Cells.shortLimits(mean.interval()) + ")";
    }

    @Override
    public String toString() {
        return toText();
    }
}
