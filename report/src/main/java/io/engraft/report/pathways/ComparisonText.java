package io.engraft.report.pathways;

import io.engraft.pathway.Assumption;
import io.engraft.pathway.DifferenceDrivers;
import io.engraft.pathway.DifferenceDrivers.Driver;
import io.engraft.report.Document;
import io.engraft.report.TextTable;
import io.engraft.report.TextWriter;
import io.engraft.report.internal.Cells;
import io.engraft.report.internal.CurveText;
import io.engraft.report.pathways.ComparisonDocument.Compared;
import io.engraft.simulate.ScenarioComparison;
import io.engraft.simulate.ScenarioComparison.Difference;
import io.engraft.simulate.ScenarioComparison.Scenario;
import io.engraft.simulate.SimulationResult;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A comparison of models for a person. */
final class ComparisonText {

    /** How many assumptions are shown; the other formats have all. */
    private static final int SHOWN_DRIVERS = 10;

    private final Document document;
    private final ScenarioComparison comparison;
    private final boolean isVaried;

    ComparisonText(Document document, ScenarioComparison comparison, boolean isVaried) {
        this.document = document;
        this.comparison = comparison;
        this.isVaried = isVaried;
    }

    private SimulationResult first() {
        return comparison.scenarios().get(0).cohort();
    }

    void write(TextWriter target, List<SimulatedShares> shares, List<Compared> compared) throws IOException {
        String unit = first().unit().label();
        target.append("Simulated cohorts side by side, the same patients in each\n");
        TextTable head = new TextTable(2, "patients", String.valueOf(first().patients()));
        head.row("seed", String.valueOf(first().seed()));
        head.row("horizon", Cells.plain(first().horizon()) + " " + unit);
        for (Scenario s : comparison.scenarios()) {
            head.row("scenario", s.name() + ": " + s.model().title());
        }
        head.row("assumptions", CurveText.said(document.conventions(), "fromAssumptions"));
        target.table(head, "");
        target.append("\n\"" + SimulatedShares.SIMULATION_ONLY
                + "\": how far another seed could give another number; more" + " patients make it narrower.\n");
        target.append(
                isVaried
                        ? "\"from the assumptions\": how far the number moves when all assumptions move together over their"
                                + " ranges, the\nsame in every scenario that shares them; no number of patients makes it"
                                + " narrower.\n"
                        : "What the assumptions leave open of a difference is not known here.\n");
        for (int k = 0; k < shares.size(); k++) {
            target.append("\nShare of patients in each state: ")
                    .append(comparison.scenarios().get(k).name())
                    .append('\n');
            shares.get(k).writeStates(target, unit);
        }
        for (Compared pair : compared) {
            writeDifference(target, pair);
        }
        target.append('\n');
        CurveText.warnings(document, target);
    }

    private void writeDifference(TextWriter target, Compared pair) throws IOException {
        Difference d = pair.difference();
        target.append("\nDifference of shares: ")
                .append(d.scenario().name())
                .append(" minus ")
                .append(d.against().name())
                .append('\n');
        TextTable table =
                SimulatedShares.textTable("state", d.scenario().cohort().times(), "");
        SimulatedShares.Limits limits =
                SimulatedShares.Limits.of(first().level(), SimulatedShares.SIMULATION_ONLY, isVaried);
        CurveText.Notes notes = new CurveText.Notes();
        Map<String, String> labels = labels();
        SimulatedShares.addRows(table, SimulatedShares.ALIVE, pair.alive(), "", limits);
        pair.alive().forEach(row -> notes.add(row.time(), row.share()));
        for (SimulatedShares.Series state : pair.states()) {
            SimulatedShares.addRows(table, labels.getOrDefault(state.name(), state.name()), state.rows(), "", limits);
            state.rows().forEach(row -> notes.add(row.time(), row.share()));
        }
        target.table(table, "  ");
        notes.write(target);
        writeDrivers(target, pair.drivers());
    }

    private Map<String, String> labels() {
        return comparison.scenarios().stream()
                .flatMap(s -> s.model().model().states().stream())
                .collect(Collectors.toMap(s -> s.name(), s -> s.label(), (one, other) -> one));
    }

    private void writeDrivers(TextWriter target, DifferenceDrivers drivers) throws IOException {
        if (drivers.drivers().isEmpty()) {
            return;
        }
        target.append("\nWhat drives the difference of overall survival at ")
                .append(Cells.plain(drivers.time()))
                .append(" " + first().unit().label() + ", computed without simulation: ")
                .append(Cells.short4(drivers.stated()))
                .append(" as stated, and with one\nassumption at either end of its range, in both models if both have"
                        + " it:\n");
        TextTable table = new TextTable(1, "assumption", "low", "high", "difference at low", "at high", "");
        List<Driver> all = drivers.drivers();
        for (Driver driver : all.subList(0, Math.min(SHOWN_DRIVERS, all.size()))) {
            Assumption a = driver.assumption();
            table.row(
                    a.id() + " (" + a.unit() + ")",
                    Cells.plain(a.low()),
                    Cells.plain(a.high()),
                    Cells.short4(driver.atLow()),
                    Cells.short4(driver.atHigh()),
                    "");
        }
        target.table(table, "  ");
        if (all.size() > SHOWN_DRIVERS) {
            target.append(
                    "  and " + (all.size() - SHOWN_DRIVERS) + " that move it less; all are in the other formats\n");
        }
        for (Driver driver : all.subList(0, Math.min(SHOWN_DRIVERS, all.size()))) {
            target.append("  ")
                    .append(driver.assumption().id())
                    .append(": ")
                    .append(driver.assumption().text())
                    .append('\n');
        }
    }
}
