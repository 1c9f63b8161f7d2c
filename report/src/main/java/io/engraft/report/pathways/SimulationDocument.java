package io.engraft.report.pathways;

import io.engraft.CheckReturnValue;
import io.engraft.curve.Interval;
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
import org.jspecify.annotations.Nullable;

/**
 * A simulated cohort as a document, as {@code engraft simulate} prints it: where patients are over time, what has
 * happened to them, how long they stay, and what the model rests on.
 */
@CheckReturnValue
public final class SimulationDocument implements Document {

    private final ModelFile model;
    private final SimulationResult cohort;
    private final @Nullable AssumptionDraws assumptions;
    private final SimulatedShares shares;

    private SimulationDocument(ModelFile model, SimulationResult cohort, @Nullable AssumptionDraws assumptions) {
        this.model = model;
        this.cohort = cohort;
        this.assumptions = assumptions;
        this.shares = new SimulatedShares(model.model(), cohort, assumptions);
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
                                ? SimulatedShares.SIMULATION_ONLY
                                : "simulation error and " + cohort.draws() + " draws of fate probabilities")
                .with("fromAssumptions", shares.fromAssumptions())
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
            warnings.add("the limits of " + SimulatedShares.SIMULATION_ONLY
                    + " (lower and upper in JSON) shrink with more patients: they do not say how sure a share is. "
                    + (shares.isVaried()
                            ? "That say those from the assumptions (fromAssumptions in JSON)."
                            : "Nothing here does: " + shares.fromAssumptions() + "."));
        }
        model.pathway().flatMap(Assumptions::warning).ifPresent(warnings::add);
        // What the jmml file notes is about laying it beside other pathways, which nobody does here.
        if (!model.notes().equals(PathwayModel.jmml().notes())) {
            warnings.addAll(model.notes());
        }
        return warnings;
    }

    @Override
    public void writeBody(JsonWriter json) throws IOException {
        json.text("model", model.name()).count("patients", cohort.patients()).count("seed", cohort.seed());
        json.number("horizon", cohort.horizon()).count("draws", cohort.draws());
        json.count("assumptionDraws", assumptions == null ? 0 : assumptions.count());
        shares.writeStates(json);
        json.array("incidence");
        for (SimulatedShares.Series event : shares.incidence()) {
            json.object().text("event", event.name()).array("points");
            SimulatedShares.writeRows(json, event.rows());
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
        addRows(table, "overall-survival", "alive", shares.overallSurvival());
        shares.states().forEach(s -> addRows(table, "state", s.name(), s.rows()));
        shares.incidence().forEach(s -> addRows(table, "incidence", s.name(), s.rows()));
        return table.build();
    }

    private static void addRows(TidyTable.Builder table, String kind, String name, List<SimulatedShares.Row> rows) {
        for (SimulatedShares.Row row : rows) {
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
        add(results, "overall survival", null, shares.overallSurvival());
        for (SimulatedShares.Series state : shares.states()) {
            add(results, "state", state.name(), state.rows());
            results.variable("mean time", cohort.horizon())
                    .stat("estimate", state.meanTime().optional());
        }
        shares.incidence().forEach(s -> add(results, "event", s.name(), s.rows()));
        for (TransitionCount t : cohort.transitions()) {
            results.group("from", t.from())
                    .within("to", t.to())
                    .variable(t.event(), null)
                    .stat("count", t.count());
        }
        return results.build();
    }

    private static void add(
            AnalysisResults results, String group, @Nullable String level, List<SimulatedShares.Row> rows) {
        results.group(group, level);
        SimulatedShares.addStatistics(results, level == null ? group : "time", rows);
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
        head.row("assumptions", shares.fromAssumptions());
        target.table(head, "");
        target.append("\nShare of patients in each state\n");
        shares.writeStates(target, unit);
        target.append("\nShare of patients to whom it has happened\n");
        TextTable events = shares.textTable("event", "");
        for (SimulatedShares.Series event : shares.incidence()) {
            shares.addRows(events, words(event.name()), event.rows(), "");
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

    private static String words(String event) {
        return event.equals("nrm") ? CalibrationDocument.NRM_WORDS + " (nrm)" : event;
    }

    @Override
    public String toString() {
        return toText();
    }
}
