package io.engraft.report.pathways;

import io.engraft.curve.IncidenceFunction;
import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.multistate.MultiStateModel;
import io.engraft.report.AnalysisResults;
import io.engraft.report.Conventions;
import io.engraft.report.JsonWriter;
import io.engraft.report.TextTable;
import io.engraft.report.TextWriter;
import io.engraft.report.internal.Cells;
import io.engraft.simulate.AssumptionDraws;
import io.engraft.simulate.SimulationResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/** The shares of a simulated cohort, written the same way wherever one is shown. */
final class SimulatedShares {

    static final String SIMULATION_ONLY = "simulation error only";
    static final String ALIVE = "overall survival: alive in any state";

    private final MultiStateModel model;
    private final SimulationResult cohort;
    private final @Nullable AssumptionDraws assumptions;
    private final List<Row> overallSurvival;
    private final List<Series> states;
    private final List<Series> incidence;

    /** A share, or a difference of shares, at a time, and what the assumptions leave open of it. */
    record Row(double time, PointEstimate share, Interval fromAssumptions) {}

    /** The shares of one state or event; the mean time only where it is a state. */
    record Series(String name, List<Row> rows, PointEstimate meanTime) {}

    /** What the lines of limits under a row of a text are called. */
    record Limits(String level, String simulated, boolean isVaried) {

        static Limits of(double level, String simulated, boolean isVaried) {
            String percent = Conventions.empty().with(Conventions.LEVEL, level).percentLevel();
            return new Limits(percent, simulated, isVaried);
        }
    }

    SimulatedShares(MultiStateModel model, SimulationResult cohort, @Nullable AssumptionDraws assumptions) {
        this.model = model;
        this.cohort = cohort;
        this.assumptions = assumptions;
        List<String> alive = model.aliveStates();
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

    List<Row> overallSurvival() {
        return overallSurvival;
    }

    List<Series> states() {
        return states;
    }

    List<Series> incidence() {
        return incidence;
    }

    boolean isVaried() {
        return assumptions != null && assumptions.isEstimable();
    }

    /** What the limits from the assumptions hold, in words. */
    String fromAssumptions() {
        if (assumptions == null) {
            return "none: assumptions were not varied";
        }
        return assumptions.isEstimable()
                ? assumptions.count() + " draws of " + assumptions.varied()
                : "none: " + assumptions.reason();
    }

    /** Overall survival and states. */
    void writeStates(JsonWriter json) throws IOException {
        json.array("overallSurvival");
        writeRows(json, overallSurvival);
        json.endArray().array("states");
        for (Series state : states) {
            json.object().text("state", state.name());
            json.text("label", model.state(state.name()).label()).array("points");
            writeRows(json, state.rows());
            json.endArray().number("meanTime", state.meanTime().optional()).endObject();
        }
        json.endArray();
    }

    static void writeRows(JsonWriter json, List<Row> rows) throws IOException {
        writeRows(json, "probability", rows);
    }

    /** The points of shares, or of what {@code key} says. */
    static void writeRows(JsonWriter json, String key, List<Row> rows) throws IOException {
        for (Row row : rows) {
            json.object().number("time", row.time());
            json.estimate(key, row.share());
            json.object("fromAssumptions").limits(row.fromAssumptions()).endObject();
            json.endObject();
        }
    }

    static void addStatistics(AnalysisResults results, String variable, List<Row> rows) {
        for (Row row : rows) {
            results.variable(variable, row.time()).estimate("estimate", row.share());
            Interval open = row.fromAssumptions();
            results.stat("assumptions_lower", open.lower()).stat("assumptions_upper", open.upper());
        }
    }

    /** Overall survival and states. */
    void writeStates(TextWriter target, String unit) throws IOException {
        TextTable table = textTable("state", "mean " + unit + " to the horizon");
        addRows(table, ALIVE, overallSurvival, "");
        for (Series state : states) {
            addRows(
                    table,
                    model.state(state.name()).label(),
                    state.rows(),
                    Cells.plain2(state.meanTime().optional()));
        }
        target.table(table, "  ");
    }

    TextTable textTable(String what, String last) {
        return textTable(what, cohort.times(), last);
    }

    static TextTable textTable(String what, double[] times, String last) {
        List<String> header = new ArrayList<>(List.of(what));
        for (double t : times) {
            header.add("at " + Cells.plain(t));
        }
        header.add(last);
        return new TextTable(1, header.toArray(new String[0]));
    }

    void addRows(TextTable table, String name, List<Row> rows, String last) {
        String only = cohort.draws() == 0 ? SIMULATION_ONLY : "simulation and fate probabilities";
        addRows(table, name, rows, last, Limits.of(cohort.level(), only, isVaried()));
    }

    /** The shares, and lines with their limits, which beside them would be too wide for a terminal. */
    static void addRows(TextTable table, String name, List<Row> rows, String last, Limits limits) {
        List<String> cells = new ArrayList<>(List.of(name));
        List<String> simulation = new ArrayList<>(List.of("  " + limits.level() + ", " + limits.simulated()));
        List<String> open = new ArrayList<>(List.of("  " + limits.level() + ", from the assumptions"));
        for (Row row : rows) {
            cells.add(Cells.short4(row.share().optional().orElse(Double.NaN)));
            simulation.add(limits(row.share().interval()));
            open.add(limits(row.fromAssumptions()));
        }
        cells.add(last);
        simulation.add("");
        open.add("");
        table.row(cells.toArray(new String[0]));
        if (limits.isVaried()) {
            table.row(open.toArray(new String[0]));
        }
        table.row(simulation.toArray(new String[0]));
    }

    private static String limits(Interval interval) {
        if (!interval.isEstimable()) {
            return Cells.NONE;
        }
        String lower = Cells.short4(interval.lower().orElseThrow());
        return lower
                + (lower.startsWith("-") ? " to " : "-")
                + Cells.short4(interval.upper().orElseThrow());
    }
}
