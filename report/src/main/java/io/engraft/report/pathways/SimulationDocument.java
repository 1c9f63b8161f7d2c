package io.engraft.report.pathways;

import io.engraft.CheckReturnValue;
import io.engraft.curve.IncidenceFunction;
import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.data.TidyTable;
import io.engraft.pathway.ModelFile;
import io.engraft.pathway.PathwayModel;
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
import io.engraft.simulate.AssumptionDraws;
import io.engraft.simulate.SimulationResult;
import io.engraft.simulate.SimulationResult.TransitionCount;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * A simulated cohort as a document, as {@code engraft simulate} prints it: where patients are over time, what has
 * happened to them, how long they stay, and what the model rests on.
 */
@CheckReturnValue
public final class SimulationDocument implements Document {

    private static final String SIMULATION_ONLY = "simulation error only";

    private final ModelFile model;
    private final SimulationResult cohort;
    private final @Nullable AssumptionDraws assumptions;
    private final List<Row> overallSurvival;
    private final List<Series> states;
    private final List<Series> incidence;

    /** A share at a time, and what the assumptions leave open of it. */
    private record Row(double time, PointEstimate share, Interval fromAssumptions) {}

    /** The shares of one state or event; the mean time only where it is a state. */
    private record Series(String name, List<Row> rows, PointEstimate meanTime) {}

    private SimulationDocument(ModelFile model, SimulationResult cohort, @Nullable AssumptionDraws assumptions) {
        this.model = model;
        this.cohort = cohort;
        this.assumptions = assumptions;
        List<String> alive = model.model().aliveStates();
        this.overallSurvival = rows(t -> cohort.probabilityIn(alive, t), (draws, t) -> draws.probabilityIn(alive, t));
        this.states = new ArrayList<>();
        for (String state : cohort.states()) {
            List<Row> rows = rows(t -> cohort.probabilityAt(state, t), (draws, t) -> draws.probability(state, t));
            states.add(new Series(state, rows, cohort.meanTime(state)));
        }
        this.incidence = new ArrayList<>();
        for (String event : cohort.events()) {
            IncidenceFunction curve = cohort.incidence(event);
            List<Row> rows = rows(curve::incidenceAt, (draws, t) -> draws.incidence(event, t));
            incidence.add(new Series(event, rows, PointEstimate.notEstimable("not of an event")));
        }
    }

    private List<Row> rows(
            DoubleFunction<PointEstimate> share, BiFunction<AssumptionDraws, Double, Interval> fromAssumptions) {
        List<Row> rows = new ArrayList<>();
        for (double t : cohort.times()) {
            Interval limits = assumptions == null
                    ? Interval.notEstimable(cohort.level(), "assumptions were not varied")
                    : fromAssumptions.apply(assumptions, t);
            rows.add(new Row(t, share.apply(t), limits));
        }
        return rows;
    }

    /**
     * The document of a cohort, without what the assumptions leave open.
     *
     * @param pathways the model that was simulated
     * @param model what it is called, such as "jmml"
     * @param cohort the cohort
     * @return the document
     */
    public static SimulationDocument of(PathwayModel pathways, String model, SimulationResult cohort) {
        return of(ModelFile.of(model, pathways), cohort);
    }

    /**
     * The document of a cohort, without what the assumptions leave open.
     *
     * @param model the model that was simulated
     * @param cohort the cohort
     * @return the document
     */
    public static SimulationDocument of(ModelFile model, SimulationResult cohort) {
        return new SimulationDocument(model, cohort, null);
    }

    /**
     * With what the assumptions leave open of each share.
     *
     * @param draws draws of the assumptions around the cohort
     * @return a new document
     */
    public SimulationDocument withAssumptions(AssumptionDraws draws) {
        return new SimulationDocument(model, cohort, draws);
    }

    @Override
    public String command() {
        return "simulate";
    }

    @Override
    public Conventions conventions() {
        return Conventions.empty()
                .with("model", model.title())
                .with("unit", model.model().unit().label())
                .with(Conventions.LEVEL, cohort.level())
                .with("interval", "Wilson score for shares, normal for mean times")
                .with(
                        "uncertainty",
                        cohort.draws() == 0
                                ? SIMULATION_ONLY
                                : "simulation error and " + cohort.draws() + " draws of fate probabilities")
                .with("fromAssumptions", fromAssumptions())
                .with("randomStreams", "Philox 4x64, patient i draws from the stream (seed, i)")
                .with("incidence", "first occurrence of the event in any state")
                .with(StandardErrors.model());
    }

    @Override
    public Provenance provenance() {
        return Provenance.none();
    }

    @Override
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (cohort.draws() == 0) {
            warnings.add(
                    "lower and upper hold " + SIMULATION_ONLY + ", which more patients reduce: they do not say how sure"
                            + " a share is. "
                            + (hasAssumptions()
                                    ? "That is what the assumptions leave open, fromAssumptions."
                                    : "Nothing here does: " + fromAssumptions() + "."));
        }
        model.pathway().flatMap(Assumptions::warning).ifPresent(warnings::add);
        // What the jmml file notes is about laying it beside other pathways, which nobody does here.
        if (!model.notes().equals(PathwayModel.jmml().notes())) {
            warnings.addAll(model.notes());
        }
        return warnings;
    }

    private boolean hasAssumptions() {
        return assumptions != null && assumptions.isEstimable();
    }

    private String fromAssumptions() {
        if (assumptions == null) {
            return "none: assumptions were not varied";
        }
        return assumptions.isEstimable()
                ? assumptions.count() + " draws of " + assumptions.varied()
                : "none: " + assumptions.reason();
    }

    @Override
    public void writeBody(JsonWriter json) throws IOException {
        json.text("model", model.name()).count("patients", cohort.patients()).count("seed", cohort.seed());
        json.number("horizon", cohort.horizon()).count("draws", cohort.draws());
        json.count("assumptionDraws", assumptions == null ? 0 : assumptions.count());
        json.array("overallSurvival");
        writeRows(json, overallSurvival);
        json.endArray().array("states");
        for (Series state : states) {
            json.object().text("state", state.name());
            json.text("label", model.model().state(state.name()).label()).array("points");
            writeRows(json, state.rows());
            json.endArray().number("meanTime", state.meanTime().optional()).endObject();
        }
        json.endArray().array("incidence");
        for (Series event : incidence) {
            json.object().text("event", event.name()).array("points");
            writeRows(json, event.rows());
            json.endArray().endObject();
        }
        json.endArray().array("transitions");
        for (TransitionCount transition : cohort.transitions()) {
            json.object().text("from", transition.from()).text("to", transition.to());
            json.text("event", transition.event())
                    .count("count", transition.count())
                    .endObject();
        }
        json.endArray();
        Assumptions.writeJson(json, model.pathway());
    }

    private static void writeRows(JsonWriter json, List<Row> rows) throws IOException {
        for (Row row : rows) {
            json.object().number("time", row.time());
            json.estimate("probability", row.share());
            json.object("fromAssumptions").limits(row.fromAssumptions()).endObject();
            json.endObject();
        }
    }

    @Override
    public TidyTable table() {
        TidyTable.Builder table = TidyTable.builder()
                .text("kind")
                .text("name")
                .number("time")
                .number("probability")
                .number("std_error")
                .number("lower")
                .number("upper")
                .number("assumptions_lower")
                .number("assumptions_upper");
        addRows(table, "overall-survival", "alive", overallSurvival);
        states.forEach(s -> addRows(table, "state", s.name(), s.rows()));
        incidence.forEach(s -> addRows(table, "incidence", s.name(), s.rows()));
        return table.build();
    }

    private static void addRows(TidyTable.Builder table, String kind, String name, List<Row> rows) {
        for (Row row : rows) {
            Interval limits = row.share().interval();
            table.row(
                    kind,
                    name,
                    row.time(),
                    row.share().optional().orElse(Double.NaN),
                    row.share().standardError().orElse(Double.NaN),
                    limits.lower().orElse(Double.NaN),
                    limits.upper().orElse(Double.NaN),
                    row.fromAssumptions().lower().orElse(Double.NaN),
                    row.fromAssumptions().upper().orElse(Double.NaN));
        }
    }

    @Override
    public TidyTable ard() {
        AnalysisResults results = new AnalysisResults().variable("cohort", null);
        results.stat("patients", cohort.patients());
        add(results, "overall survival", null, overallSurvival);
        for (Series state : states) {
            add(results, "state", state.name(), state.rows());
            results.variable("mean time", cohort.horizon())
                    .stat("estimate", state.meanTime().optional());
        }
        incidence.forEach(s -> add(results, "event", s.name(), s.rows()));
        for (TransitionCount t : cohort.transitions()) {
            results.group("from", t.from())
                    .within("to", t.to())
                    .variable(t.event(), null)
                    .stat("count", t.count());
        }
        return results.build();
    }

    private static void add(AnalysisResults results, String group, @Nullable String level, List<Row> rows) {
        results.group(group, level);
        for (Row row : rows) {
            results.variable(level == null ? group : "time", row.time()).estimate("estimate", row.share());
            Interval open = row.fromAssumptions();
            results.stat("assumptions.low", open.lower()).stat("assumptions.high", open.upper());
        }
    }

    @Override
    public void writeText(TextWriter target) throws IOException {
        Conventions c = conventions();
        String unit = model.model().unit().label();
        target.append("Simulated cohort: ").append(model.title());
        target.append(" (model: ").append(model.name()).append(")\n");
        TextTable head = new TextTable(2, "patients", String.valueOf(cohort.patients()));
        head.row("seed", String.valueOf(cohort.seed()));
        head.row("horizon", Cells.plain(cohort.horizon()) + " " + unit);
        head.row("simulation", c.percentLevel() + " limits of " + CurveText.said(c, "uncertainty"));
        head.row("assumptions", fromAssumptions());
        target.table(head, "");
        target.append("\nShare of patients in each state\n");
        TextTable table = table("state", "mean " + unit + " to the horizon");
        addRows(table, "overall survival: alive in any state", overallSurvival, "");
        for (Series state : states) {
            addRows(
                    table,
                    model.model().state(state.name()).label(),
                    state.rows(),
                    Cells.plain2(state.meanTime().optional()));
        }
        target.table(table, "  ");
        target.append("\nShare of patients to whom it has happened\n");
        TextTable events = table("event", "");
        for (Series event : incidence) {
            addRows(events, words(event.name()), event.rows(), "");
        }
        target.table(events, "  ");
        target.append("\nTransitions within the horizon\n");
        TextTable moves = new TextTable(3, "from", "event", "to", "count");
        for (TransitionCount t : cohort.transitions()) {
            moves.row(t.from(), words(t.event()), t.to(), String.valueOf(t.count()));
        }
        target.table(moves, "  ");
        target.append('\n');
        if (model.pathway().isPresent()) {
            Assumptions.writeText(target, model.pathway().get());
            target.append('\n');
        }
        CurveText.warnings(this, target);
    }

    private TextTable table(String what, String last) {
        List<String> header = new ArrayList<>(List.of(what));
        for (double t : cohort.times()) {
            header.add("at " + Cells.plain(t));
        }
        header.add(last);
        return new TextTable(1, header.toArray(new String[0]));
    }

    /** The shares, and lines with their limits, which beside them would be too wide for a terminal. */
    private void addRows(TextTable table, String name, List<Row> rows, String last) {
        List<String> cells = new ArrayList<>(List.of(name));
        List<String> simulation = new ArrayList<>(List.of("  " + conventions().percentLevel() + ", "
                + (cohort.draws() == 0 ? SIMULATION_ONLY : "simulation and fate probabilities")));
        List<String> open = new ArrayList<>(List.of("  " + conventions().percentLevel() + ", from the assumptions"));
        for (Row row : rows) {
            cells.add(Cells.short4(row.share().optional().orElse(Double.NaN)));
            simulation.add(limits(row.share().interval()));
            open.add(limits(row.fromAssumptions()));
        }
        cells.add(last);
        simulation.add("");
        open.add("");
        table.row(cells.toArray(new String[0]));
        if (hasAssumptions()) {
            table.row(open.toArray(new String[0]));
        }
        table.row(simulation.toArray(new String[0]));
    }

    private static String limits(Interval interval) {
        return interval.isEstimable()
                ? String.format(
                        Locale.ROOT,
                        "%.4f-%.4f",
                        interval.lower().orElseThrow(),
                        interval.upper().orElseThrow())
                : Cells.NONE;
    }

    private static String words(String event) {
        return event.equals("nrm") ? CalibrationDocument.NRM_WORDS + " (nrm)" : event;
    }

    @Override
    public String toString() {
        return toText();
    }
}
