package io.engraft.report.pathways;

import io.engraft.CheckReturnValue;
import io.engraft.calibrate.CalibratedModel;
import io.engraft.calibrate.CalibrationDraws;
import io.engraft.calibrate.CalibrationResult;
import io.engraft.calibrate.ModelQuantity;
import io.engraft.calibrate.TargetFit;
import io.engraft.calibrate.TargetSampling;
import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.data.TidyTable;
import io.engraft.multistate.MultiStateModel;
import io.engraft.pathway.ModelFile;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What targets make of the open numbers of a model as a document, as {@code engraft calibrate --target} prints it: for
 * every choice of families whether the targets are met and determine the numbers, the numbers with limits, and where the
 * model's patients are at some times. Immutable.
 */
@CheckReturnValue
public final class TargetsDocument implements Document {

    /** One quantity of one model. */
    private record Point(String measure, String name, double time, PointEstimate value) {}

    /** One choice of families. */
    private record Fitted(
            CalibratedModel model, Map<String, PointEstimate> parameters, List<Point> points, String withoutLimits) {}

    private final ModelFile start;
    private final List<String> open;
    private final List<String> held;
    private final double level;
    private final List<String> warnings;
    private final List<Fitted> models;

    private TargetsDocument(
            ModelFile start,
            List<String> open,
            List<String> held,
            double level,
            List<String> warnings,
            List<Fitted> models) {
        this.start = start;
        this.open = open;
        this.held = held;
        this.level = level;
        this.warnings = warnings;
        this.models = models;
    }

    /**
     * The document of a calibration, its limits by drawing the targets.
     *
     * @param start the model that was opened
     * @param open what of it was opened, by name
     * @param held what could have been opened and was not
     * @param result what the targets make of it
     * @param sampling how the targets are drawn, null for no limits
     * @param level the level of the limits, that of the sampling
     * @param times when to tell where patients are, in the model's unit
     * @return the document
     */
    public static TargetsDocument of(
            ModelFile start,
            List<String> open,
            List<String> held,
            CalibrationResult result,
            @Nullable TargetSampling sampling,
            double level,
            double... times) {
        List<Fitted> models = new ArrayList<>();
        for (CalibratedModel model : result.models()) {
            String refusal = sampling == null ? "the targets were not drawn" : sampling.refusal(model);
            CalibrationDraws draws = sampling != null && refusal.isEmpty() ? sampling.sample(model) : null;
            models.add(fitted(model, draws, draws == null ? refusal : draws.reason(), level, times));
        }
        return new TargetsDocument(start, List.copyOf(open), List.copyOf(held), level, result.warnings(), models);
    }

    private static Fitted fitted(
            CalibratedModel model,
            @Nullable CalibrationDraws sampled,
            String withoutLimits,
            double level,
            double[] times) {
        CalibrationDraws draws = sampled != null && sampled.isReliable() ? sampled : null;
        Map<String, PointEstimate> parameters = new LinkedHashMap<>();
        model.parameters().forEach((name, value) -> {
            PointEstimate drawn = draws == null ? PointEstimate.notEstimable(withoutLimits) : draws.parameter(name);
            parameters.put(
                    name,
                    drawn.isEstimable()
                            ? drawn
                            : PointEstimate.of(value, Double.NaN, Interval.notEstimable(level, drawn.reason())));
        });
        MultiStateModel solved = model.model();
        List<ModelQuantity> quantities = new ArrayList<>();
        for (double t : times) {
            solved.stateNames().forEach(state -> quantities.add(ModelQuantity.occupancy(state, t)));
            solved.events().forEach(event -> quantities.add(ModelQuantity.incidence(event, t)));
        }
        List<PointEstimate> values = draws == null ? model.quantities(quantities, level) : draws.quantities(quantities);
        List<Point> points = new ArrayList<>();
        for (double t : times) {
            for (String state : solved.stateNames()) {
                points.add(new Point("in state", state, t, values.get(points.size())));
            }
            for (String event : solved.events()) {
                points.add(new Point("has happened", event, t, values.get(points.size())));
            }
        }
        return new Fitted(model, parameters, points, withoutLimits);
    }

    @Override
    public String command() {
        return "calibrate";
    }

    @Override
    public Conventions conventions() {
        boolean drawn = models.stream().anyMatch(m -> m.withoutLimits().isEmpty());
        return Conventions.empty()
                .with("unit", start.model().unit().label())
                .with(
                        "rates",
                        "as the targets say, which count as independent; what is not open stays as it is in the model")
                .with(Conventions.LEVEL, level)
                .with(
                        "uncertainty",
                        drawn
                                ? "targets with n, se, interval or range are drawn and the model is calibrated again; other"
                                        + " targets, and what is not open, are held at their values"
                                : "none: " + models.get(0).withoutLimits())
                .with(StandardErrors.model());
    }

    @Override
    public Provenance provenance() {
        return Provenance.none();
    }

    @Override
    public List<String> warnings() {
        List<String> all = new ArrayList<>(warnings);
        for (Fitted m : models) {
            if (!m.withoutLimits().isEmpty()) {
                all.add("No limits are given"
                        + (models.size() > 1 ? " for " + m.model().label() : "") + ": " + withoutStop(m.withoutLimits())
                        + ".");
            }
        }
        if (!held.isEmpty()) {
            all.add("Held at their values in the model, so that limits leave out what is not known of them: "
                    + String.join(", ", held) + ".");
        }
        start.pathway().ifPresent(pathway -> all.addAll(pathway.notes()));
        return all;
    }

    /** A sentence that may end in a stop of its own. */
    private static String withoutStop(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }

    @Override
    public void writeBody(JsonWriter json) throws IOException {
        json.text("model", start.name()).array("open");
        for (String name : open) {
            json.text(name);
        }
        json.endArray().array("models");
        for (Fitted m : models) {
            json.object().text("families", m.model().label());
            json.text("status", m.model().status().name())
                    .text("message", m.model().message());
            json.flag("identified", m.model().identifiability().isIdentified());
            json.array("undetermined");
            for (String name : m.model().identifiability().undetermined()) {
                json.text(name);
            }
            json.endArray().array("directions");
            for (String words : m.model().identifiability().directions()) {
                json.text(words);
            }
            json.endArray().array("parameters");
            for (Map.Entry<String, PointEstimate> p : m.parameters().entrySet()) {
                json.object().text("name", p.getKey());
                json.estimate("estimate", p.getValue()).endObject();
            }
            json.endArray().array("targets");
            for (TargetFit t : m.model().targets()) {
                json.object().text("target", t.target()).number("low", t.low()).number("high", t.high());
                json.number("attained", t.attained()).number("residual", t.residual());
                json.flag("met", t.met()).endObject();
            }
            json.endArray().array("points");
            for (Point p : m.points()) {
                json.object().number("time", p.time()).text("measure", p.measure());
                json.text("name", p.name()).estimate("probability", p.value()).endObject();
            }
            json.endArray().endObject();
        }
        json.endArray();
    }

    @Override
    public TidyTable table() {
        TidyTable.Builder table = TidyTable.builder()
                .text("families")
                .text("measure")
                .text("name")
                .number("time")
                .number("estimate")
                .number("std_error")
                .number("lower")
                .number("upper");
        for (Fitted m : models) {
            m.parameters().forEach((name, value) -> row(table, m, "parameter", name, Double.NaN, value));
            for (TargetFit t : m.model().targets()) {
                table.row(
                        m.model().label(),
                        "target",
                        t.target(),
                        Double.NaN,
                        t.attained(),
                        Double.NaN,
                        Double.NaN,
                        Double.NaN);
            }
            m.points().forEach(p -> row(table, m, p.measure(), p.name(), p.time(), p.value()));
        }
        return table.build();
    }

    private static void row(
            TidyTable.Builder table, Fitted m, String measure, String name, double time, PointEstimate value) {
        table.row(
                m.model().label(),
                measure,
                name,
                time,
                number(value.optional()),
                number(value.standardError()),
                number(value.interval().lower()),
                number(value.interval().upper()));
    }

    private static double number(OptionalDouble value) {
        return value.orElse(Double.NaN);
    }

    @Override
    public TidyTable ard() {
        return new AnalysisResults()
                .rows(table(), Map.of("families", "families", "measure", "measure", "name", "name"), "time")
                .build();
    }

    @Override
    public void writeText(TextWriter target) throws IOException {
        target.append("Model calibrated to targets: ").append(start.title()).append('\n');
        target.append("open: ").append(String.join(", ", open)).append("; times in ");
        target.append(start.model().unit().label()).append('\n');
        for (Fitted m : models) {
            target.append('\n').append(m.model().label()).append(": ");
            target.append(m.model().status().label()).append("\n\n  What was open\n");
            boolean limits = m.withoutLimits().isEmpty();
            TextTable parameters = table(limits, "number", "value");
            m.parameters().forEach((name, value) -> parameters.row(cells(limits, List.of(name), value)));
            target.table(parameters, "  ");
            target.append("\n  The targets\n");
            TextTable targets = new TextTable(1, "target", "attained", "misses by (se)", "met");
            for (TargetFit t : m.model().targets()) {
                targets.row(t.target(), Cells.short4(t.attained()), Cells.short4(t.residual()), t.met() ? "yes" : "no");
            }
            target.table(targets, "  ");
            target.append("\n  Over time\n");
            TextTable points = new TextTable(
                    2,
                    limits
                            ? new String[] {"time", "share of patients", "share", "lower", "upper"}
                            : new String[] {"time", "share of patients", "share"});
            for (Point p : m.points()) {
                String words =
                        p.measure().equals("in state") ? "in " + p.name() : "to whom " + p.name() + " has happened";
                points.row(cells(limits, List.of(Cells.plain(p.time()), words), p.value()));
            }
            target.table(points, "  ");
        }
        target.append('\n');
        CurveText.warnings(this, target);
    }

    private static TextTable table(boolean limits, String first, String second) {
        return limits ? new TextTable(1, first, second, "lower", "upper") : new TextTable(1, first, second);
    }

    private static String[] cells(boolean limits, List<String> before, PointEstimate value) {
        List<String> cells = new ArrayList<>(before);
        cells.add(Cells.short4(value.optional()));
        if (limits) {
            cells.add(Cells.short4(value.interval().lower()));
            cells.add(Cells.short4(value.interval().upper()));
        }
        return cells.toArray(String[]::new);
    }

    @Override
    public String toString() {
        return toText();
    }
}
