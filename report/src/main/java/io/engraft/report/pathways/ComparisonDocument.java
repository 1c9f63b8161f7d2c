package io.engraft.report.pathways;

import io.engraft.CheckReturnValue;
import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.data.TidyTable;
import io.engraft.pathway.DifferenceDrivers;
import io.engraft.pathway.DifferenceDrivers.Driver;
import io.engraft.report.AnalysisResults;
import io.engraft.report.Conventions;
import io.engraft.report.Document;
import io.engraft.report.JsonWriter;
import io.engraft.report.Provenance;
import io.engraft.report.StandardErrors;
import io.engraft.report.TextWriter;
import io.engraft.simulate.ScenarioComparison;
import io.engraft.simulate.ScenarioComparison.Difference;
import io.engraft.simulate.ScenarioComparison.Scenario;
import io.engraft.simulate.SimulationResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleFunction;

/**
 * Models side by side as a document, as {@code engraft compare} prints it: each cohort, the differences with what the
 * simulation and what the assumptions leave open of them, and the assumptions that move them most.
 */
@CheckReturnValue
public final class ComparisonDocument implements Document {

    private final ScenarioComparison comparison;
    private final List<SimulatedShares> shares;
    private final List<Compared> compared;

    /** One difference: of overall survival, of each state, and what drives the first. */
    record Compared(
            Difference difference,
            List<SimulatedShares.Row> alive,
            List<SimulatedShares.Series> states,
            DifferenceDrivers drivers) {}

    private ComparisonDocument(ScenarioComparison comparison) {
        this.comparison = comparison;
        this.shares = comparison.scenarios().stream()
                .map(s -> new SimulatedShares(
                        s.model().model(), s.cohort(), s.assumptions().orElse(null)))
                .toList();
        this.compared = comparison.differences().stream()
                .map(ComparisonDocument::compared)
                .toList();
    }

    private static Compared compared(Difference d) {
        List<SimulatedShares.Series> states = new ArrayList<>();
        for (String state : d.states()) {
            List<SimulatedShares.Row> rows = rows(d, d.differences(state), t -> d.fromAssumptions(state, t));
            states.add(new SimulatedShares.Series(state, rows, PointEstimate.notEstimable("not of a difference")));
        }
        return new Compared(d, rows(d, d.aliveDifferences(), d::aliveFromAssumptions), states, d.drivers());
    }

    private static List<SimulatedShares.Row> rows(
            Difference d, List<PointEstimate> found, DoubleFunction<Interval> fromAssumptions) {
        double[] times = d.scenario().cohort().times();
        List<SimulatedShares.Row> rows = new ArrayList<>();
        for (int j = 0; j < times.length; j++) {
            rows.add(new SimulatedShares.Row(times[j], found.get(j), fromAssumptions.apply(times[j])));
        }
        return rows;
    }

    /**
     * The document of a comparison. What drives each difference is looked for here, which solves the models many times.
     *
     * @param comparison the comparison
     * @return the document
     */
    public static ComparisonDocument of(ScenarioComparison comparison) {
        return new ComparisonDocument(comparison);
    }

    private SimulationResult first() {
        return comparison.scenarios().get(0).cohort();
    }

    @Override
    public String command() {
        return "compare";
    }

    @Override
    public Conventions conventions() {
        return Conventions.empty()
                .with("unit", first().unit().label())
                .with(Conventions.LEVEL, first().level())
                .with("interval", "Wilson score for shares, normal for mean times and differences")
                .with("uncertainty", SimulatedShares.SIMULATION_ONLY)
                .with("fromAssumptions", fromAssumptions())
                .with("differences", "scenario minus against, of the same patients with the same random numbers")
                .with(
                        "drivers",
                        "difference of overall survival at the last time with one assumption at an end of its range,"
                                + " in both models if both have it")
                .with("randomStreams", "Philox 4x64, patient i draws from the stream (seed, i)")
                .with(StandardErrors.model());
    }

    /** Once where it is the same of all scenarios. */
    private String fromAssumptions() {
        Set<String> words = new LinkedHashSet<>();
        shares.forEach(s -> words.add(s.fromAssumptions()));
        if (words.size() == 1) {
            return words.iterator().next();
        }
        List<String> parts = new ArrayList<>();
        for (int k = 0; k < shares.size(); k++) {
            parts.add(
                    comparison.scenarios().get(k).name() + ": " + shares.get(k).fromAssumptions());
        }
        return String.join("; ", parts);
    }

    private boolean isVaried() {
        return shares.stream().allMatch(SimulatedShares::isVaried);
    }

    @Override
    public Provenance provenance() {
        return Provenance.none();
    }

    @Override
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        warnings.add("the limits of " + SimulatedShares.SIMULATION_ONLY
                + " (lower and upper in JSON) shrink with more patients: they do not say how sure a share or a difference"
                + " is. "
                + (isVaried()
                        ? "That say those from the assumptions (fromAssumptions in JSON)."
                        : "Of a difference nothing here does: " + fromAssumptions() + "."));
        Set<String> assumed = new LinkedHashSet<>();
        comparison
                .scenarios()
                .forEach(s -> s.model().pathway().flatMap(Assumptions::warning).ifPresent(assumed::add));
        warnings.addAll(assumed);
        warnings.addAll(comparison.notes());
        return warnings;
    }

    @Override
    public void writeBody(JsonWriter json) throws IOException {
        json.count("patients", first().patients()).count("seed", first().seed());
        json.number("horizon", first().horizon()).count("assumptionDraws", draws());
        json.array("scenarios");
        for (int k = 0; k < shares.size(); k++) {
            Scenario scenario = comparison.scenarios().get(k);
            json.object()
                    .text("name", scenario.name())
                    .text("model", scenario.model().title());
            shares.get(k).writeStates(json);
            Assumptions.writeJson(json, scenario.model().pathway());
            json.endObject();
        }
        json.endArray().array("survivalDifferences");
        for (Compared c : compared) {
            writePoints(writeNames(json, c.difference()), c.alive());
        }
        json.endArray().array("differences");
        for (Compared c : compared) {
            for (SimulatedShares.Series state : c.states()) {
                writePoints(writeNames(json, c.difference()).text("state", state.name()), state.rows());
            }
        }
        json.endArray().array("drivers");
        for (Compared c : compared) {
            for (Driver driver : c.drivers().drivers()) {
                writeNames(json, c.difference()).number("time", c.drivers().time());
                json.text("assumption", driver.assumption().id());
                json.number("low", driver.atLow()).number("high", driver.atHigh());
                json.number("stated", c.drivers().stated()).endObject();
            }
        }
        json.endArray();
    }

    private static void writePoints(JsonWriter json, List<SimulatedShares.Row> rows) throws IOException {
        json.array("points");
        SimulatedShares.writeRows(json, "difference", rows);
        json.endArray().endObject();
    }

    private static JsonWriter writeNames(JsonWriter json, Difference d) throws IOException {
        return json.object()
                .text("scenario", d.scenario().name())
                .text("against", d.against().name());
    }

    private int draws() {
        return comparison.scenarios().get(0).assumptions().isPresent()
                ? comparison.scenarios().stream()
                        .mapToInt(s -> s.assumptions().orElseThrow().count())
                        .max()
                        .orElse(0)
                : 0;
    }

    @Override
    public TidyTable table() {
        TidyTable.Builder table = TidyTable.builder()
                .text("kind")
                .text("scenario")
                .text("against")
                .text("name")
                .number("time")
                .number("estimate")
                .number("std_error")
                .number("lower")
                .number("upper")
                .number("assumptions_lower")
                .number("assumptions_upper");
        for (int k = 0; k < shares.size(); k++) {
            String name = comparison.scenarios().get(k).name();
            addRows(
                    table,
                    List.of("overall-survival", name),
                    "alive",
                    shares.get(k).overallSurvival());
            for (SimulatedShares.Series state : shares.get(k).states()) {
                addRows(table, List.of("state", name), state.name(), state.rows());
            }
        }
        for (Compared c : compared) {
            String name = c.difference().scenario().name();
            String against = c.difference().against().name();
            addRows(table, List.of("overall-survival-difference", name, against), "alive", c.alive());
            for (SimulatedShares.Series state : c.states()) {
                addRows(table, List.of("state-difference", name, against), state.name(), state.rows());
            }
            double none = Double.NaN;
            for (Driver d : c.drivers().drivers()) {
                String id = d.assumption().id();
                double time = c.drivers().time();
                table.row("driver-at-low", name, against, id, time, d.atLow(), none, none, none, none, none);
                table.row("driver-at-high", name, against, id, time, d.atHigh(), none, none, none, none, none);
            }
        }
        return table.build();
    }

    /** The rows of one kind, of one scenario or of one against another. */
    private static void addRows(
            TidyTable.Builder table, List<String> kind, String name, List<SimulatedShares.Row> rows) {
        for (SimulatedShares.Row row : rows) {
            Interval limits = row.share().interval();
            table.row(
                    kind.get(0),
                    kind.get(1),
                    kind.size() == 3 ? kind.get(2) : null,
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
        results.stat("patients", first().patients());
        for (int k = 0; k < shares.size(); k++) {
            results.group("scenario", comparison.scenarios().get(k).name());
            SimulatedShares.addStatistics(
                    results, "overall survival", shares.get(k).overallSurvival());
            for (SimulatedShares.Series state : shares.get(k).states()) {
                SimulatedShares.addStatistics(results.within("state", state.name()), "time", state.rows());
            }
        }
        for (Compared c : compared) {
            String pair = c.difference().scenario().name() + " minus "
                    + c.difference().against().name();
            results.group("difference", pair);
            SimulatedShares.addStatistics(results, "overall survival", c.alive());
            for (SimulatedShares.Series state : c.states()) {
                SimulatedShares.addStatistics(results.within("state", state.name()), "time", state.rows());
            }
            results.within(null, null);
            for (Driver d : c.drivers().drivers()) {
                results.variable("driver", d.assumption().id())
                        .stat("difference_low", d.atLow())
                        .stat("difference_high", d.atHigh());
            }
        }
        return results.build();
    }

    @Override
    public void writeText(TextWriter target) throws IOException {
        new ComparisonText(this, comparison, isVaried()).write(target, shares, compared);
    }

    @Override
    public String toString() {
        return toText();
    }
}
