package io.engraft.report.curves;

import io.engraft.CheckReturnValue;
import io.engraft.FitStatus;
import io.engraft.InvalidArgumentException;
import io.engraft.curve.PointEstimate;
import io.engraft.data.CensoredData;
import io.engraft.data.SurvivalData;
import io.engraft.data.TidyTable;
import io.engraft.data.WeightType;
import io.engraft.data.io.MissingValues;
import io.engraft.estimate.interval.TurnbullEstimate;
import io.engraft.report.AnalysisResults;
import io.engraft.report.Conventions;
import io.engraft.report.DataColumns;
import io.engraft.report.Document;
import io.engraft.report.JsonWriter;
import io.engraft.report.Provenance;
import io.engraft.report.TextTable;
import io.engraft.report.TextWriter;
import io.engraft.report.internal.Cells;
import io.engraft.report.internal.CurveText;
import io.engraft.report.internal.Frame;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Turnbull's curves of interval-censored times as a document, as {@code engraft km --left --right} prints it: survival at
 * every time at which it is known to have come down, or at chosen times, with what it is at least and at most where it is
 * not known; the median, or between which times it lies; and the masses behind it. There are no standard errors and no
 * limits. Immutable: every method gives a new
 * document.
 */
@CheckReturnValue
public final class IntervalCurveDocument implements Document {

    private final Map<String, TurnbullEstimate> curves;
    private final CensoredData data;
    private final Frame frame;
    private final double @Nullable [] chosen;
    private final List<Double> shares;

    private IntervalCurveDocument(
            Map<String, TurnbullEstimate> curves,
            CensoredData data,
            Frame frame,
            double @Nullable [] chosen,
            List<Double> shares) {
        this.curves = curves;
        this.data = data;
        this.frame = frame;
        this.chosen = chosen;
        this.shares = shares;
    }

    /**
     * The document of the curves of groups.
     *
     * @param curves the curves by group, as {@code fit(data).asMap()} gives them
     * @param data the intervals that they are of
     * @return the document
     * @throws InvalidArgumentException when there is no curve
     */
    public static IntervalCurveDocument of(Map<String, TurnbullEstimate> curves, CensoredData data) {
        if (curves.isEmpty()) {
            throw InvalidArgumentException.of("number of curves", 0, "one or more");
        }
        return new IntervalCurveDocument(curves, data, Frame.of(data.columns()), null, List.of());
    }

    /**
     * With the names of the data's columns.
     *
     * @param columns the names, that of the left end as time, that of the right end as status
     * @return a new document
     */
    public IntervalCurveDocument withColumns(DataColumns columns) {
        return new IntervalCurveDocument(curves, data, frame.withColumns(columns), chosen, shares);
    }

    /**
     * With what was done with missing values.
     *
     * @param treatment the treatment; by default dropped where rows were dropped, else refused
     * @return a new document
     */
    public IntervalCurveDocument withMissingValues(MissingValues treatment) {
        return new IntervalCurveDocument(curves, data, frame.withMissing(treatment), chosen, shares);
    }

    /**
     * Reports at some times only.
     *
     * @param times the times, in the order in which they are reported
     * @return a new document
     * @throws InvalidArgumentException when a time is negative or not finite
     */
    public IntervalCurveDocument withTimes(double... times) {
        for (double t : times) {
            if (!(t >= 0 && t < Double.POSITIVE_INFINITY)) {
                throw InvalidArgumentException.of("time", t, "0 <= time < infinity");
            }
        }
        return new IntervalCurveDocument(curves, data, frame, times.clone(), shares);
    }

    /**
     * Reports the times by which some shares have had the event, beside the median.
     *
     * @param probabilities the shares, each strictly between 0 and 1
     * @return a new document
     * @throws InvalidArgumentException when a share is not strictly between 0 and 1
     */
    public IntervalCurveDocument withQuantiles(double... probabilities) {
        for (double p : probabilities) {
            if (!(p > 0 && p < 1)) {
                throw InvalidArgumentException.of("quantile", p, "0 < quantile < 1");
            }
        }
        List<Double> chosenShares = Arrays.stream(probabilities).boxed().toList();
        return new IntervalCurveDocument(curves, data, frame, chosen, chosenShares);
    }

    /** The chosen times, or the ends of the intervals that have mass. An interval from 0 may hold an event at 0 itself. */
    private double[] times(TurnbullEstimate curve) {
        return chosen != null
                ? chosen
                : Arrays.stream(curve.jumpTimes())
                        .filter(t -> t > 0 || curve.survivalAt(t).isEstimable())
                        .toArray();
    }

    @Override
    public String command() {
        return "km";
    }

    @Override
    public Conventions conventions() {
        Conventions own = Conventions.of(Map.of("profile", "engraft"))
                .with("estimator", "Turnbull")
                .with("interval", "none");
        Optional<WeightType> weights = data.columns().weightType();
        own = weights.isPresent() ? own.with("weights", weights.get().label()) : own;
        return frame.conventions(own, "in (left, right]; an empty right end is censored at left", frame.isGrouped());
    }

    @Override
    public Provenance provenance() {
        return frame.provenance();
    }

    @Override
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        curves.forEach((name, curve) -> {
            if (curve.status() != FitStatus.CONVERGED) {
                warnings.add((frame.isGrouped() ? "group " + name + ": " : "") + "the likelihood was not maximised in "
                        + curve.iterations() + " steps: no survival is given");
            }
        });
        return frame.warnings(warnings);
    }

    private long rows(String group) {
        long n = 0;
        for (int i = 0; i < data.size(); i++) {
            n += isIn(group, i) ? 1 : 0;
        }
        return n;
    }

    /** Those known to have had the event, weighted. */
    private double events(String group) {
        SurvivalData columns = data.columns();
        double events = 0;
        for (int i = 0; i < data.size(); i++) {
            events += isIn(group, i) && data.right(i) < Double.POSITIVE_INFINITY ? columns.weight(i) : 0;
        }
        return events;
    }

    private boolean isIn(String group, int row) {
        return data.columns().group().map(g -> g.value(row).equals(group)).orElse(true);
    }

    @Override
    public void writeBody(JsonWriter json) throws IOException {
        json.array("groups");
        for (Map.Entry<String, TurnbullEstimate> entry : curves.entrySet()) {
            TurnbullEstimate curve = entry.getValue();
            json.object().text("group", entry.getKey()).count("n", rows(entry.getKey()));
            json.number("events", events(entry.getKey()));
            json.text("status", curve.status().name()).number("logLikelihood", curve.logLikelihood());
            json.object("median");
            quantile(json, curve, 0.5);
            if (!shares.isEmpty()) {
                json.array("quantiles");
                for (double p : shares) {
                    json.object().number("probability", p);
                    quantile(json, curve, p);
                }
                json.endArray();
            }
            json.array("masses");
            for (int j = 0; j < curve.size(); j++) {
                if (curve.mass(j) > 0) {
                    json.object().number("left", curve.left(j));
                    // Infinity, which JSON has no number for, is null.
                    json.number("right", curve.right(j)).number("mass", curve.mass(j));
                    json.endObject();
                }
            }
            json.endArray().array("points");
            for (double t : times(curve)) {
                json.object().number("time", t).estimate("survival", curve.survivalAt(t));
                json.number("atLeast", least(curve, t)).number("atMost", most(curve, t));
                json.endObject();
            }
            json.endArray().endObject();
        }
        json.endArray();
    }

    private static void quantile(JsonWriter json, TurnbullEstimate curve, double p) throws IOException {
        PointEstimate time = curve.quantile(p);
        json.number("estimate", time.optional()).limits(time.interval());
        json.number("atLeast", earliest(curve, p)).number("atMost", latest(curve, p));
        json.endObject();
    }

    private static double earliest(TurnbullEstimate curve, double p) {
        return curve.status() == FitStatus.CONVERGED ? curve.earliestQuantile(p) : Double.NaN;
    }

    /** Infinity, which JSON has no number for, where no row says by when. */
    private static double latest(TurnbullEstimate curve, double p) {
        return curve.status() == FitStatus.CONVERGED ? curve.latestQuantile(p) : Double.NaN;
    }

    /** The median and the others that were asked for. */
    private List<Double> reported() {
        return Stream.concat(Stream.of(0.5), shares.stream().filter(p -> p != 0.5))
                .toList();
    }

    private static double least(TurnbullEstimate curve, double t) {
        return curve.status() == FitStatus.CONVERGED ? curve.leastSurvival(t) : Double.NaN;
    }

    private static double most(TurnbullEstimate curve, double t) {
        return curve.status() == FitStatus.CONVERGED ? curve.largestSurvival(t) : Double.NaN;
    }

    @Override
    public TidyTable table() {
        TidyTable.Builder table = TidyTable.builder()
                .text("group")
                .number("time")
                .number("survival")
                .number("at_least")
                .number("at_most")
                .text("measure")
                .number("probability")
                .number("estimate");
        curves.forEach((name, curve) -> {
            for (double t : times(curve)) {
                double s = curve.survivalAt(t).optional().orElse(Double.NaN);
                table.row(name, t, s, least(curve, t), most(curve, t), "survival", Double.NaN, s);
            }
            for (double p : reported()) {
                double time = curve.quantile(p).optional().orElse(Double.NaN);
                double end = latest(curve, p);
                double last = end < Double.POSITIVE_INFINITY ? end : Double.NaN;
                table.row(name, Double.NaN, Double.NaN, earliest(curve, p), last, "quantile", p, time);
            }
        });
        return table.build();
    }

    @Override
    public TidyTable ard() {
        AnalysisResults results = new AnalysisResults();
        curves.forEach((name, curve) -> {
            results.group(frame.groupName(), name).variable("survival", null);
            results.stat("n", rows(name)).stat("events", events(name));
            for (double p : reported()) {
                results.variable("prob", p).stat("estimate", curve.quantile(p).optional());
                results.stat("at_least", earliest(curve, p)).stat("at_most", latest(curve, p));
            }
            for (double t : times(curve)) {
                results.variable("time", t).stat("estimate", curve.survivalAt(t).optional());
                results.stat("at_least", least(curve, t)).stat("at_most", most(curve, t));
            }
        });
        return results.build();
    }

    @Override
    public void writeText(TextWriter target) throws IOException {
        Conventions c = conventions();
        target.append("Survival from interval-censored times (Turnbull)\n");
        TextTable head = new TextTable(2, "data", CurveText.source(this));
        head.row("columns", columnWords());
        CurveText.notes(this, head);
        head.row("events", c.events().orElse(""));
        head.row("limits", "none: the estimate nears the truth with the cube root of n, for which neither Greenwood's");
        head.row("", "formula nor a bootstrap of the rows is valid");
        target.table(head, "");
        for (Map.Entry<String, TurnbullEstimate> entry : curves.entrySet()) {
            TurnbullEstimate curve = entry.getValue();
            target.append('\n');
            CurveText.groupLine(
                    frame,
                    entry.getKey(),
                    String.valueOf(rows(entry.getKey())),
                    events(entry.getKey()),
                    "known to have had the event",
                    target);
            target.append('\n');
            for (double p : reported()) {
                target.append("  ").append(words(curve, p)).append('\n');
            }
            TextTable table = new TextTable(0, "time", "survival", "at least", "at most");
            CurveText.Notes notes = new CurveText.Notes();
            for (double t : times(curve)) {
                PointEstimate survival = curve.survivalAt(t);
                if (!survival.isEstimable()) {
                    notes.add(t, survival);
                }
                table.row(
                        Cells.plain(t),
                        Cells.short4(survival.optional()),
                        Cells.short4(least(curve, t)),
                        Cells.short4(most(curve, t)));
            }
            target.table(table, "  ");
            notes.write(target);
        }
        CurveText.foot(this, frame.columns(), target);
    }

    private String words(TurnbullEstimate curve, double p) {
        PointEstimate time = curve.quantile(p);
        String name = p == 0.5 ? "median" : Cells.plain(p) + " quantile";
        return time.isEstimable()
                ? name + " " + Cells.plain(time.estimate()) + " "
                        + frame.rows().unit().label()
                : name + ": " + time.reason();
    }

    private String columnWords() {
        DataColumns columns = frame.columns();
        String unit = frame.rows().unit().label()
                + (columns.isUnitAssumed() ? ", assumed; --unit days or years for others" : "");
        String weighted = frame.isWeighted() ? ", frequency weights" : "";
        return columns.isNamed()
                ? "left " + columns.time() + ", right " + columns.status() + " (" + unit + ")"
                        + (frame.isGrouped() ? ", groups " + columns.group() : "") + weighted
                : "times in " + unit + (frame.isGrouped() ? ", in groups" : "") + weighted;
    }

    @Override
    public String toString() {
        return toText();
    }
}
