package io.engraft.report.evidence;

import static io.engraft.report.internal.Cells.plain;
import static io.engraft.report.internal.Cells.short4;

import io.engraft.CheckReturnValue;
import io.engraft.InvalidArgumentException;
import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.data.SurvivalData;
import io.engraft.data.TidyTable;
import io.engraft.estimate.AalenJohansen;
import io.engraft.estimate.IncidenceEstimate;
import io.engraft.evidence.DigitisationSpread;
import io.engraft.evidence.DigitisedCurve;
import io.engraft.evidence.ReconstructedCurve;
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
import io.engraft.report.internal.JsonTables;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Patients rebuilt from a printed curve as a document, as {@code engraft reconstruct} prints it: how well they give the
 * print back, what reading leaves open, and the patients themselves. Immutable: every method gives a new document.
 */
@CheckReturnValue
public final class ReconstructionDocument implements Document {

    /** A curve that is missed by more than this is said not to be given back. */
    private static final double CLOSE = 0.02;

    private static final double DEFAULT_LEVEL = 0.95;

    /** How the curve was read and rebuilt, in words, as the result does not say it. */
    private record Reading(
            String source,
            String atRiskSource,
            String precision,
            String timePrecision,
            String tolerance,
            String totalEvents) {}

    private final ReconstructedCurve rebuilt;
    private final List<DigitisedCurve> curves;
    private final Reading reading;
    private final @Nullable DigitisationSpread spread;
    private final long seed;
    private final List<Double> times;
    private final IncidenceEstimate estimate;
    private final double level;
    private final boolean writtenElsewhere;

    private ReconstructionDocument(
            ReconstructedCurve rebuilt,
            List<DigitisedCurve> curves,
            Reading reading,
            @Nullable DigitisationSpread spread,
            long seed,
            List<Double> times,
            IncidenceEstimate estimate,
            double level,
            boolean writtenElsewhere) {
        this.rebuilt = rebuilt;
        this.curves = curves;
        this.reading = reading;
        this.spread = spread;
        this.seed = seed;
        this.times = times;
        this.estimate = estimate;
        this.level = level;
        this.writtenElsewhere = writtenElsewhere;
    }

    /**
     * The document of rebuilt patients.
     *
     * @param rebuilt the patients
     * @param curves the curves that they are rebuilt from
     * @return the document, which reports the end of the curves
     * @throws InvalidArgumentException when there is no curve
     */
    public static ReconstructionDocument of(ReconstructedCurve rebuilt, List<DigitisedCurve> curves) {
        if (curves.isEmpty()) {
            throw InvalidArgumentException.of("number of curves", 0, "one or more");
        }
        double end =
                curves.stream().mapToDouble(c -> c.time(c.size() - 1)).max().orElse(0);
        return new ReconstructionDocument(
                rebuilt,
                List.copyOf(curves),
                new Reading("a printed curve", "", "not given", "not given", "not given", "not known"),
                null,
                0,
                List.of(end),
                estimate(rebuilt, DEFAULT_LEVEL),
                DEFAULT_LEVEL,
                false);
    }

    private static IncidenceEstimate estimate(ReconstructedCurve rebuilt, double level) {
        return AalenJohansen.withDefaults().withLevel(level).fit(rebuilt.data()).get("all");
    }

    private ReconstructionDocument with(Reading changed) {
        return new ReconstructionDocument(
                rebuilt, curves, changed, spread, seed, times, estimate, level, writtenElsewhere);
    }

    /**
     * With where the curve and the numbers at risk came from.
     *
     * @param curve the curve's file
     * @param atRisk the file of the numbers at risk, empty where the number of patients alone was known
     * @return a new document
     */
    public ReconstructionDocument withSources(String curve, String atRisk) {
        return with(new Reading(
                curve,
                atRisk,
                reading.precision(),
                reading.timePrecision(),
                reading.tolerance(),
                reading.totalEvents()));
    }

    /**
     * With how exactly the curve was read.
     *
     * @param probability how exactly probabilities were read
     * @param time how exactly times were read
     * @param tolerance by how much the curve was allowed to go the wrong way
     * @return a new document
     */
    public ReconstructionDocument withPrecision(double probability, double time, double tolerance) {
        return with(new Reading(
                reading.source(),
                reading.atRiskSource(),
                plain(probability),
                plain(time),
                plain(tolerance),
                reading.totalEvents()));
    }

    /**
     * With the printed total of events that was used.
     *
     * @param events the total
     * @return a new document
     */
    public ReconstructionDocument withTotalEvents(int events) {
        return with(new Reading(
                reading.source(),
                reading.atRiskSource(),
                reading.precision(),
                reading.timePrecision(),
                reading.tolerance(),
                String.valueOf(events)));
    }

    /**
     * With what reading leaves open.
     *
     * @param drawn the spread over reconstructions of moved points, at the times that are reported
     * @param ofSeed the seed of its draws
     * @return a new document
     */
    public ReconstructionDocument withSpread(DigitisationSpread drawn, long ofSeed) {
        return new ReconstructionDocument(
                rebuilt, curves, reading, drawn, ofSeed, times, estimate, level, writtenElsewhere);
    }

    /**
     * With the times that are reported.
     *
     * @param reported the times
     * @return a new document
     */
    public ReconstructionDocument withTimes(double... reported) {
        List<Double> changed = Arrays.stream(reported).boxed().toList();
        return new ReconstructionDocument(
                rebuilt, curves, reading, spread, seed, changed, estimate, level, writtenElsewhere);
    }

    /**
     * With the level of the curve's interval and of the spread.
     *
     * @param value the level, by default 0.95
     * @return a new document
     * @throws InvalidArgumentException when the level is not between 0 and 1
     */
    public ReconstructionDocument withLevel(double value) {
        return new ReconstructionDocument(
                rebuilt, curves, reading, spread, seed, times, estimate(rebuilt, value), value, writtenElsewhere);
    }

    /**
     * Leaves the patients out of the text, as they are written elsewhere; JSON and tables hold them still.
     *
     * @return a new document
     */
    public ReconstructionDocument withPatientsElsewhere() {
        return new ReconstructionDocument(rebuilt, curves, reading, spread, seed, times, estimate, level, true);
    }

    @Override
    public String command() {
        return "reconstruct";
    }

    @Override
    public Conventions conventions() {
        Conventions all = Conventions.empty()
                .with("method", "equations of Guyot and others 2012, the whole curve at once by least deviance")
                .with("type", isSurvival() ? "survival" : "incidence")
                .with("precision", reading.precision())
                .with("timePrecision", reading.timePrecision())
                .with("tolerance", reading.tolerance())
                .with("totalEvents", reading.totalEvents())
                .with(Conventions.LEVEL, level);
        if (spread != null) {
            all = all.with("draws", String.valueOf(spread.draws())).with("seed", String.valueOf(seed));
        }
        return all.with("unit", rebuilt.data().unit().label()).with(StandardErrors.model());
    }

    @Override
    public Provenance provenance() {
        return new Provenance(
                reading.source(),
                curves.stream().mapToLong(DigitisedCurve::size).sum(),
                0);
    }

    @Override
    public List<String> warnings() {
        List<String> all = new ArrayList<>();
        all.add(
                "these are not the patients: any data that give back the curve and the numbers at risk would do as well");
        int off = rebuilt.agreement().eventsOff();
        if (off != 0) {
            all.add("the rebuilt events are " + Math.abs(off) + (off > 0 ? " more" : " fewer")
                    + " than the printed total");
        }
        if (rebuilt.agreement().largest() > CLOSE) {
            all.add(String.format(
                    Locale.ROOT,
                    "the curve is missed by up to %.3f: its points and the printed counts do not agree",
                    rebuilt.agreement().largest()));
        }
        if (rebuilt.agreement().largestAtRisk() > 0) {
            all.add("a printed number at risk is missed by up to "
                    + rebuilt.agreement().largestAtRisk() + ": curve and table do not agree exactly");
        }
        return all;
    }

    private boolean isSurvival() {
        return curves.get(0).isSurvival();
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
    public void writeBody(JsonWriter json) throws IOException {
        if (!reading.atRiskSource().isEmpty()) {
            json.text("atRisk", reading.atRiskSource());
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
    }

    private static void writeSpread(JsonWriter json, DigitisationSpread spread) throws IOException {
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
    public TidyTable ard() {
        AnalysisResults results = new AnalysisResults().variable("fit", null);
        ReconstructedCurve.Agreement fit = rebuilt.agreement();
        results.stat("n", rebuilt.data().size()).stat("events", rebuilt.events());
        results.stat("points", fit.points()).stat("root_mean_square", fit.rootMeanSquare());
        results.stat("largest", fit.largest()).stat("largest_at_risk", fit.largestAtRisk());
        results.variable("prob", 0.5).estimate("estimate", estimate.eventFree().median());
        for (String curve : curveNames()) {
            for (double t : times) {
                results.group("curve", curve).variable("time", t).estimate("estimate", value(curve, t));
                if (spread != null) {
                    Interval open = spread.at(curve, t).interval();
                    results.stat("reading_lower", open.lower()).stat("reading_upper", open.upper());
                }
            }
        }
        return results.build();
    }

    @Override
    public void writeText(TextWriter target) throws IOException {
        SurvivalData data = rebuilt.data();
        String unit = data.unit().label();
        target.append("Patients rebuilt from a printed curve (")
                .append(reading.source())
                .append(reading.atRiskSource().isEmpty() ? "" : ", " + reading.atRiskSource())
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
        CurveText.warnings(this, target);
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
        target.table(table, "  ");
    }

    private void writeFit(TextWriter target) throws IOException {
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

    private void writeValues(TextWriter target) throws IOException {
        String percent = conventions().percentLevel();
        TextTable table = spread == null
                ? new TextTable(1, "rebuilt", "time", "value")
                : new TextTable(1, "rebuilt", "time", "value", "left open by reading");
        add(table, "median", "", estimate.eventFree().median(), spread == null ? null : spread.median());
        for (String curve : curveNames()) {
            for (double t : times) {
                add(table, curve, plain(t), value(curve, t), spread == null ? null : spread.at(curve, t));
            }
        }
        target.table(table, "  ");
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
            table.row(what, time, short4(value.optional()), Cells.shortLimits(range));
        }
    }

    @Override
    public String toString() {
        return toText();
    }
}
