package io.engraft.report.curves;

import io.engraft.CheckReturnValue;
import io.engraft.InvalidArgumentException;
import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.data.Categories;
import io.engraft.data.SurvivalData;
import io.engraft.data.TidyTable;
import io.engraft.data.io.MissingValues;
import io.engraft.estimate.ConfidenceBand;
import io.engraft.estimate.FollowUpCompleteness;
import io.engraft.estimate.ReverseKaplanMeier;
import io.engraft.estimate.SurvivalEstimate;
import io.engraft.estimate.SurvivalPoint;
import io.engraft.internal.CauseChoice;
import io.engraft.report.AnalysisResults;
import io.engraft.report.Conventions;
import io.engraft.report.DataColumns;
import io.engraft.report.Document;
import io.engraft.report.JsonWriter;
import io.engraft.report.Provenance;
import io.engraft.report.TextWriter;
import io.engraft.report.internal.CauseWords;
import io.engraft.report.internal.CurveText;
import io.engraft.report.internal.Frame;
import io.engraft.report.internal.Patients;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
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

    private final List<SurvivalGroup> groups;
    private final Frame frame;
    private final @Nullable Integer cause;

    private SurvivalDocument(List<SurvivalGroup> groups, Frame frame, @Nullable Integer cause) {
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
        List<SurvivalGroup> groups = new ArrayList<>();
        curves.forEach((name, curve) -> groups.add(SurvivalGroup.of(name, curve)));
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
        return change(g -> g.withPoints(g.curve().at(times)));
    }

    /**
     * Reports the restricted mean as well.
     *
     * @param tau its horizon
     * @return a new document
     * @throws InvalidArgumentException when the horizon is not positive and finite
     */
    public SurvivalDocument withRestrictedMean(double tau) {
        return change(g -> g.withMean(tau));
    }

    /**
     * Reports a simultaneous band beside the pointwise limits. A curve that has none, such as one without events, is warned
     * of and shows no band.
     *
     * @param band the kind of band, its level and scale
     * @return a new document
     */
    public SurvivalDocument withBand(ConfidenceBand band) {
        return change(g -> g.withBand(band));
    }

    /**
     * Reports the times by which some shares have had the event, beside the median.
     *
     * @param probabilities the shares with the event, each strictly between 0 and 1
     * @return a new document
     * @throws InvalidArgumentException when a share is not
     */
    public SurvivalDocument withQuantiles(double... probabilities) {
        return change(g -> g.withQuantiles(probabilities));
    }

    /**
     * Reports how long and how completely patients were followed: the median follow-up by the reverse Kaplan-Meier
     * estimate, and Clark's completeness up to the horizon of the restricted mean where one is reported, else up to the
     * longest time of all rows.
     *
     * @param procedure how the distribution of follow-up is estimated
     * @return a new document
     * @throws InvalidArgumentException when an id has several rows, or the rows have no group of a curve's name
     */
    public SurvivalDocument withFollowUp(ReverseKaplanMeier procedure) {
        SurvivalData rows = frame.rows();
        if (!frame.isGrouped() && rows.group().isPresent()) {
            rows = rows.withGroup(Categories.of(Collections.nCopies(rows.size(), "all")));
        }
        double tau = groups.get(0).tau();
        double horizon = Double.isNaN(tau) ? longest(rows) : tau;
        Map<String, SurvivalEstimate> followed = procedure.fit(rows).asMap();
        Map<String, Double> complete = FollowUpCompleteness.indexByGroup(rows, horizon);
        for (SurvivalGroup group : groups) {
            if (!followed.containsKey(group.name()) || !complete.containsKey(group.name())) {
                throw InvalidArgumentException.of(
                        "group of a curve", group.name(), "one of the rows', which are " + followed.keySet());
            }
        }
        return change(g -> g.withFollowUp(new SurvivalGroup.Followed(
                Objects.requireNonNull(followed.get(g.name())).median(),
                Objects.requireNonNull(complete.get(g.name())),
                horizon)));
    }

    private static double longest(SurvivalData rows) {
        double longest = 0;
        for (int i = 0; i < rows.size(); i++) {
            longest = Math.max(longest, rows.time(i));
        }
        return longest;
    }

    private SurvivalDocument change(UnaryOperator<SurvivalGroup> how) {
        return new SurvivalDocument(groups.stream().map(how).toList(), frame, cause);
    }

    @Override
    public String command() {
        return "km";
    }

    @Override
    public Conventions conventions() {
        return frame.conventions(
                Conventions.of(groups.get(0).curve().conventions()),
                CauseWords.events(frame, cause),
                frame.isGrouped());
    }

    @Override
    public Provenance provenance() {
        return frame.provenance();
    }

    @Override
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        for (SurvivalGroup group : groups) {
            group.curve()
                    .warnings()
                    .forEach(w -> warnings.add(frame.isGrouped() ? "group " + group.name() + ": " + w : w));
        }
        for (SurvivalGroup group : groups) {
            group.warnings().forEach(w -> warnings.add(frame.isGrouped() ? "group " + group.name() + ": " + w : w));
        }
        if (cause != null) {
            warnings.add(CauseWords.notTheProbability(frame.rows(), cause) + "; cuminc gives that");
        }
        return frame.warnings(warnings);
    }

    @Override
    public void writeBody(JsonWriter json) throws IOException {
        json.array("groups");
        for (SurvivalGroup group : groups) {
            json.object().text("group", group.name()).count("n", group.curve().rows());
            Patients.write(frame, group.name(), json);
            json.number("events", group.events());
            if (frame.isWeighted()) {
                json.count("eventRows", group.whole().eventRows());
            }
            PointEstimate median = group.curve().median();
            json.object("median").number("estimate", median.optional());
            json.limits(median.interval()).endObject();
            group.writeSummaries(json);
            json.array("points");
            for (SurvivalPoint point : group.points()) {
                writePoint(json, group, point);
            }
            json.endArray().endObject();
        }
        json.endArray();
    }

    private void writePoint(JsonWriter json, SurvivalGroup group, SurvivalPoint point) throws IOException {
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
        json.number("cumulativeHazard", point.cumulativeHazard().optional());
        json.number("cumulativeHazardStdError", point.cumulativeHazard().standardError());
        if (group.band() != null) {
            Interval band = group.bandAt(point.time());
            json.number("bandLower", band.lower()).number("bandUpper", band.upper());
        }
        json.endObject();
    }

    @Override
    public TidyTable table() {
        return SurvivalTable.of(groups);
    }

    @Override
    public TidyTable ard() {
        AnalysisResults results = new AnalysisResults();
        for (SurvivalGroup group : groups) {
            results.group(frame.groupName(), group.name()).variable("survival", null);
            results.stat("n", group.curve().rows()).stat("events", group.events());
            PointEstimate median = group.curve().median();
            results.variable("prob", 0.5).stat("estimate", median.optional());
            results.stat("lower", median.interval().lower())
                    .stat("upper", median.interval().upper());
            group.quantiles().forEach((share, time) -> {
                results.variable("prob", share).stat("estimate", time.optional());
                results.stat("lower", time.interval().lower())
                        .stat("upper", time.interval().upper());
            });
            SurvivalGroup.Followed followed = group.followed();
            if (followed != null) {
                Interval limits = followed.median().interval();
                results.variable("follow_up", null)
                        .stat("median", followed.median().optional());
                results.stat("lower", limits.lower()).stat("upper", limits.upper());
                results.stat("completeness", followed.completeness()).stat("completeness_to", followed.horizon());
            }
            PointEstimate mean = group.mean();
            if (mean != null) {
                results.variable("tau", group.tau()).estimate("estimate", mean);
            }
            for (SurvivalPoint p : group.points()) {
                results.variable("time", p.time()).stat("at_risk", p.atRisk()).stat("events", p.events());
                results.stat("censored", p.censored()).estimate("estimate", p.survival());
                results.stat("cumulative_hazard", p.cumulativeHazard().optional());
                results.stat("cumulative_hazard_std_error", p.cumulativeHazard().standardError());
                if (group.band() != null) {
                    Interval band = group.bandAt(p.time());
                    results.stat("band_lower", band.lower()).stat("band_upper", band.upper());
                }
            }
        }
        return results.build();
    }

    @Override
    public void writeText(TextWriter target) throws IOException {
        boolean chosen = groups.get(0).chosen() != null;
        CurveText.head("Kaplan-Meier survival", MEDIAN_RULE, this, frame, chosen, target);
        String unit = frame.rows().unit().label();
        String level = conventions().percentLevel();
        for (SurvivalGroup group : groups) {
            target.append('\n');
            CurveText.groupLine(
                    frame,
                    group.name(),
                    Patients.with(frame, group.name(), group.curve().rows()),
                    group.events(),
                    "events",
                    target);
            new SurvivalText(group, unit, level).write(target);
        }
        CurveText.foot(this, frame.columns(), target);
    }

    @Override
    public String toString() {
        return toText();
    }
}
