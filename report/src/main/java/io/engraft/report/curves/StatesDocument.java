package io.engraft.report.curves;

import static io.engraft.report.internal.Cells.plain;
import static io.engraft.report.internal.Cells.short4;

import io.engraft.CheckReturnValue;
import io.engraft.InvalidArgumentException;
import io.engraft.curve.PointEstimate;
import io.engraft.data.Categories;
import io.engraft.data.Clusters;
import io.engraft.data.MultiStateData;
import io.engraft.data.TidyTable;
import io.engraft.data.Transition;
import io.engraft.data.WeightType;
import io.engraft.data.io.MissingValues;
import io.engraft.estimate.states.OccupancyEstimate;
import io.engraft.internal.Require;
import io.engraft.report.AnalysisResults;
import io.engraft.report.Conventions;
import io.engraft.report.DataColumns;
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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * State occupation probabilities as a document, as {@code engraft states} prints it: by group and state the probability of
 * being in it and the mean time in it, and how often each transition was seen. Immutable: every method gives a new document.
 */
@CheckReturnValue
public final class StatesDocument implements Document {

    private final Map<String, OccupancyEstimate> fits;
    private final MultiStateData data;
    private final Setting setting;

    /** What the estimates do not say: {@code from} is the column of the state in which a row is. */
    @SuppressWarnings("ArrayRecordComponent") // a carrier within this class, never compared
    private record Setting(
            DataColumns columns, String from, MissingValues missing, double @Nullable [] times, OptionalDouble tau) {}

    /** One row of the table of a state. */
    private record Point(double time, double atRisk, PointEstimate probability) {}

    private StatesDocument(Map<String, OccupancyEstimate> fits, MultiStateData data, Setting setting) {
        this.fits = fits;
        this.data = data;
        this.setting = setting;
    }

    /**
     * The document of estimates.
     *
     * @param fits one a group, in level order; the one group "all" without groups
     * @param data the rows that they are of
     * @return the document
     */
    public static StatesDocument of(Map<String, OccupancyEstimate> fits, MultiStateData data) {
        if (fits.isEmpty()) {
            throw InvalidArgumentException.of("estimates", "none", "one a group");
        }
        MissingValues missing = data.dropped() > 0 ? MissingValues.DROP : MissingValues.FAIL;
        Setting setting = new Setting(DataColumns.unnamed(), "from", missing, null, OptionalDouble.empty());
        return new StatesDocument(new LinkedHashMap<>(fits), data, setting);
    }

    /**
     * With the names of the data's columns.
     *
     * @param columns the names, with that of the state entered as status
     * @param from that of the state in which a row is
     * @return a new document
     */
    public StatesDocument withColumns(DataColumns columns, String from) {
        return new StatesDocument(
                fits, data, new Setting(columns, from, setting.missing(), setting.times(), setting.tau()));
    }

    /**
     * With what was done with missing values.
     *
     * @param treatment the treatment; by default dropped where rows were dropped, else refused
     * @return a new document
     */
    public StatesDocument withMissingValues(MissingValues treatment) {
        return new StatesDocument(
                fits, data, new Setting(setting.columns(), setting.from(), treatment, setting.times(), setting.tau()));
    }

    /**
     * At these times only, in this order.
     *
     * @param times the times, each &gt;= 0; those before the start are refused by the estimates
     * @return a new document
     */
    public StatesDocument withTimes(double... times) {
        return new StatesDocument(
                fits,
                data,
                new Setting(setting.columns(), setting.from(), setting.missing(), times.clone(), setting.tau()));
    }

    /**
     * With mean times up to another horizon than the last time up to which every group is followed.
     *
     * @param tau the horizon, above the start
     * @return a new document
     * @throws InvalidArgumentException when tau is not positive
     */
    public StatesDocument withHorizon(double tau) {
        Require.positive("tau", tau);
        return new StatesDocument(
                fits,
                data,
                new Setting(
                        setting.columns(), setting.from(), setting.missing(), setting.times(), OptionalDouble.of(tau)));
    }

    @Override
    public String command() {
        return "states";
    }

    @Override
    public Conventions conventions() {
        OccupancyEstimate any = fits.values().iterator().next();
        Map<String, String> own = new LinkedHashMap<>(any.conventions());
        if (data.weightType().isEmpty()) {
            own.remove("weights");
        }
        Conventions all = Conventions.of(own)
                .with("unit", data.unit().label())
                .with("missingValues", setting.missing().label());
        if (isGrouped()) {
            all = all.with("levelOrder", "ascending as numbers if every level is one, else by code point");
        }
        return all.with(errors(String.valueOf(own.get("variance")).startsWith("robust")));
    }

    private StandardErrors errors(boolean robust) {
        if (!robust) {
            return StandardErrors.model();
        }
        return switch (Clusters.of(data).unit()) {
            case CLUSTER -> StandardErrors.by(setting.columns().cluster());
            case ID -> StandardErrors.by(setting.columns().id());
            case ROW -> StandardErrors.byRow();
        };
    }

    private boolean isGrouped() {
        return data.group().isPresent();
    }

    @Override
    public Provenance provenance() {
        return new Provenance(data.source(), data.size() + data.dropped(), data.dropped());
    }

    @Override
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>(data.warnings());
        fits.forEach((group, fit) ->
                fit.warnings().forEach(w -> warnings.add(isGrouped() ? "group '" + group + "': " + w : w)));
        if (conventions().isRobust()) {
            Clusters clusters = Clusters.of(data);
            if (clusters.unit() == Clusters.Unit.CLUSTER) {
                clusters.warning().ifPresent(warnings::add);
            }
        }
        provenance().droppedWarning().ifPresent(warnings::add);
        return warnings;
    }

    /** The rows that the curves of a group are of: with a start those that are under observation after it. */
    private int[] rows(String group) {
        double start = Objects.requireNonNull(fits.get(group)).start();
        Categories groups = data.group().orElse(null);
        int code = groups == null ? 0 : groups.levels().indexOf(group);
        return IntStream.range(0, data.size())
                .filter(i -> data.weight(i) > 0
                        && (start == 0 || data.time(i) > start)
                        && (groups == null || groups.code(i) == code))
                .toArray();
    }

    private long patients(int[] rows) {
        Categories id = data.id().orElse(null);
        return id == null
                ? rows.length
                : Arrays.stream(rows).map(id::code).distinct().count();
    }

    /** How often each was seen, by frequency weights where there are any. */
    private Map<Transition, Double> transitions(int[] rows) {
        boolean replicates =
                data.weightType().filter(WeightType.FREQUENCY::equals).isPresent();
        Map<Transition, Double> seen = new LinkedHashMap<>();
        List<String> states = data.states();
        for (Transition known : data.transitions().keySet()) {
            seen.put(known, 0.0);
        }
        for (int i : rows) {
            if (data.to(i) >= 0) {
                Transition way = new Transition(states.get(data.from(i)), states.get(data.to(i)));
                seen.merge(way, replicates ? data.weight(i) : 1, Double::sum);
            }
        }
        return seen;
    }

    /** The end of the shortest follow-up of a group, beyond which not every group has a mean time. */
    private double tau() {
        if (setting.tau().isPresent()) {
            return setting.tau().getAsDouble();
        }
        return fits.values().stream()
                .mapToDouble(fit -> fit.time(fit.size() - 1))
                .min()
                .orElseThrow();
    }

    private List<Point> points(String state, OccupancyEstimate fit, int[] rows) {
        double[] times = setting.times();
        if (times == null) {
            double[] all = IntStream.range(0, fit.size()).mapToDouble(fit::time).toArray();
            return IntStream.range(0, all.length)
                    .mapToObj(i -> new Point(all[i], fit.atRisk(state, i), fit.probabilityAt(state, all[i])))
                    .toList();
        }
        int place = data.states().indexOf(state);
        List<Point> points = new ArrayList<>();
        for (double t : times) {
            double atRisk = 0;
            for (int i : rows) {
                atRisk += data.from(i) == place && data.entry(i) < t && t <= data.time(i) ? data.weight(i) : 0;
            }
            points.add(new Point(t, atRisk, fit.probabilityAt(state, t)));
        }
        return points;
    }

    @Override
    public void writeBody(JsonWriter json) throws IOException {
        double tau = tau();
        json.array("groups");
        for (Map.Entry<String, OccupancyEstimate> entry : fits.entrySet()) {
            int[] rows = rows(entry.getKey());
            OccupancyEstimate fit = entry.getValue();
            json.object().text("group", entry.getKey());
            json.count("patients", patients(rows)).count("n", rows.length);
            json.array("states");
            for (String state : fit.states()) {
                json.object().text("state", state).array("points");
                for (Point p : points(state, fit, rows)) {
                    json.object().number("time", p.time()).number("atRisk", p.atRisk());
                    json.estimate("probability", p.probability()).endObject();
                }
                json.endArray().object("meanTime").number("tau", tau);
                json.estimate("estimate", fit.timeIn(state, tau)).endObject().endObject();
            }
            json.endArray().array("transitions");
            for (Map.Entry<Transition, Double> seen : transitions(rows).entrySet()) {
                json.object()
                        .text("from", seen.getKey().from())
                        .text("to", seen.getKey().to());
                json.number("count", seen.getValue()).endObject();
            }
            json.endArray().endObject();
        }
        json.endArray();
    }

    @Override
    public TidyTable table() {
        TidyTable.Builder table = TidyTable.builder()
                .text("group")
                .text("quantity")
                .text("state")
                .text("to")
                .number("time")
                .number("at_risk")
                .number("estimate")
                .number("std_error")
                .number("lower")
                .number("upper");
        double tau = tau();
        fits.forEach((group, fit) -> {
            int[] rows = rows(group);
            for (String state : fit.states()) {
                points(state, fit, rows)
                        .forEach(p -> row(table, group, "probability", state, p.time(), p.atRisk(), p.probability()));
                row(table, group, "mean time", state, tau, Double.NaN, fit.timeIn(state, tau));
            }
            transitions(rows)
                    .forEach((way, count) -> table.row(
                            group,
                            "transitions",
                            way.from(),
                            way.to(),
                            Double.NaN,
                            Double.NaN,
                            count,
                            Double.NaN,
                            Double.NaN,
                            Double.NaN));
        });
        return table.build();
    }

    private static void row(
            TidyTable.Builder table,
            String group,
            String quantity,
            String state,
            double time,
            double atRisk,
            PointEstimate value) {
        table.row(
                group,
                quantity,
                state,
                null,
                time,
                atRisk,
                value.optional().orElse(Double.NaN),
                value.standardError().orElse(Double.NaN),
                value.interval().lower().orElse(Double.NaN),
                value.interval().upper().orElse(Double.NaN));
    }

    @Override
    public TidyTable ard() {
        AnalysisResults results = new AnalysisResults();
        double tau = tau();
        fits.forEach((group, fit) -> {
            int[] rows = rows(group);
            String variable = isGrouped() ? setting.columns().group() : null;
            for (String state : fit.states()) {
                results.group(variable, variable == null ? null : group).within("state", state);
                for (Point p : points(state, fit, rows)) {
                    results.variable("time", p.time()).stat("at_risk", p.atRisk());
                    results.estimate("probability", p.probability());
                }
                results.variable("tau", tau).estimate("mean_time", fit.timeIn(state, tau));
            }
        });
        return results.build();
    }

    @Override
    public void writeText(TextWriter target) throws IOException {
        writeHead(target);
        double tau = tau();
        for (Map.Entry<String, OccupancyEstimate> entry : fits.entrySet()) {
            writeGroup(entry.getKey(), entry.getValue(), tau, target);
        }
        CurveText.foot(this, setting.columns(), target);
    }

    private void writeHead(TextWriter target) throws IOException {
        Conventions c = conventions();
        target.append("State occupation (Aalen-Johansen): the probability of being in a state\n");
        TextTable table = new TextTable(2, "data", CurveText.source(this));
        DataColumns columns = setting.columns();
        String unit = data.unit().label();
        table.row(
                "columns",
                columns.isNamed()
                        ? "time " + columns.time() + " (" + unit
                                + (columns.isUnitAssumed() ? ", assumed; --unit days or years for others" : "")
                                + "), from " + setting.from() + ", to " + columns.status() + ", patient " + columns.id()
                                + (isGrouped() ? ", groups " + columns.group() : "")
                        : "times in " + unit + (isGrouped() ? ", in groups" : ""));
        data.weightType().ifPresent(type -> table.row("weights", type.label()));
        table.row(
                "intervals",
                c.percentLevel() + ", " + CurveText.said(c, "interval") + "; variance: " + CurveText.said(c, "variance")
                        + "; standard errors: " + c.standardErrors().orElse(""));
        table.row(
                "rules",
                "at risk where " + CurveText.said(c, "atRisk") + "; conventions: " + CurveText.said(c, "profile"));
        table.row(
                "start",
                "from time " + CurveText.said(c, "start").replaceFirst("\\.0$", "") + ", distribution "
                        + CurveText.said(c, "startDistribution"));
        target.table(table, "");
    }

    private void writeGroup(String group, OccupancyEstimate fit, double tau, TextWriter target) throws IOException {
        int[] rows = rows(group);
        target.append('\n').append(isGrouped() ? setting.columns().group() + " = " + group : "All patients");
        target.append(": " + patients(rows) + " patients, " + rows.length + " rows\n");
        TextTable ways = new TextTable(1, "transition", "seen");
        transitions(rows).forEach((way, count) -> ways.row(way.from() + " to " + way.to(), plain(count)));
        target.table(ways, "  ");
        CurveText.Notes notes = new CurveText.Notes();
        TextTable table = new TextTable(1, "state", "time", "at risk", "probability", "std error", "limits");
        for (String state : fit.states()) {
            for (Point p : points(state, fit, rows)) {
                PointEstimate value = p.probability();
                table.row(
                        state,
                        Cells.time(p.time()),
                        plain(p.atRisk()),
                        short4(value.optional()),
                        Cells.error(value),
                        Cells.shortLimits(value.interval()));
                notes.add(p.time(), value);
            }
        }
        target.table(table, "  ");
        notes.write(target);
        TextTable means = new TextTable(1, "mean time up to " + plain(tau) + " in", "estimate", "std error", "limits");
        for (String state : fit.states()) {
            PointEstimate value = fit.timeIn(state, tau);
            means.row(state, short4(value.optional()), Cells.error(value), Cells.shortLimits(value.interval()));
        }
        target.table(means, "  ");
    }

    @Override
    public String toString() {
        return toText();
    }
}
