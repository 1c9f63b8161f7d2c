package io.engraft.cli.demo;

import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.data.TidyTable;
import io.engraft.multistate.FateState;
import io.engraft.report.internal.Cells;
import io.engraft.report.page.HtmlTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/** Tables of the demo's page whose cells hold a share with its interval, one column a year. */
final class DemoShownTables {

    private static final double[] YEARS = {0, 12, 24, 36, 48, 60};

    private final DemoStudy study;

    DemoShownTables(DemoStudy study) {
        this.study = study;
    }

    HtmlTable survival() {
        TidyTable.Builder table = years("patients");
        DemoTables.curves(study).forEach((name, curve) -> table.row(cells(List.of(name), curve::survivalAt)));
        return headed(table.build(), "Event-free survival at 1, 2 and 5 years (95 % interval)", "Patients");
    }

    HtmlTable atRisk() {
        TidyTable.Builder table = TidyTable.builder().text("Patients");
        for (double t : YEARS) {
            table.count(t == 0 ? "At the start" : t == 12 ? "1 year" : Cells.plain(t / 12) + " years");
        }
        DemoTables.curves(study).forEach((name, curve) -> {
            List<Object> cells = new ArrayList<>(List.of(name));
            for (double t : YEARS) {
                cells.add((long) curve.atRiskAt(t));
            }
            table.row(cells.toArray());
        });
        return HtmlTable.of(table.build(), "Numbers at risk: patients still followed, without an event so far");
    }

    HtmlTable incidence() {
        TidyTable.Builder table = years("patients", "event");
        DemoTables.incidences(study).forEach((name, fit) -> {
            for (String cause : fit.causes()) {
                table.row(cells(List.of(name, cause), fit.incidence(cause)::incidenceAt));
            }
        });
        return headed(table.build(), "Cumulative incidence at 1, 2 and 5 years (95 % interval)", "Patients")
                .heading("event", "Event");
    }

    HtmlTable course() {
        TidyTable.Builder table = years("outcome");
        for (DemoStudy.KeyFigure figure : study.modelFigures()) {
            List<Object> cells = new ArrayList<>(
                    List.of(DemoFigures.capital(figure.text()) + (figure.simulated() ? " (simulated)" : "")));
            figure.shares().forEach(s -> cells.add(share(s)));
            table.row(cells.toArray());
        }
        return headed(
                table.build(),
                "The JMML model at 1, 2 and 5 years (95 % interval): solved from the model, but for rows marked simulated",
                "Share of patients who are or had");
    }

    /** The two shares whose rest is death without relapse are marked: they cannot change alone. */
    HtmlTable sensitivity() {
        TidyTable data = study.sensitivity();
        TidyTable.Builder table = TidyTable.builder().text("Name");
        List<String> numbers = List.of("low", "value", "high", "at_low", "at_value", "at_high");
        numbers.forEach(table::number);
        for (int i = 0; i < data.rowCount(); i++) {
            String name = String.valueOf(data.value(i, "assumption"));
            List<@Nullable Object> cells = new ArrayList<>();
            cells.add(name.equals("F1") || name.equals("F2") ? name + " *" : name);
            for (String number : numbers) {
                cells.add(data.value(i, number));
            }
            table.row(cells.toArray());
        }
        return HtmlTable.of(table.build(), "Overall survival at 5 years over each range, solved from the model")
                .heading("low", "From")
                .heading("value", "Value")
                .heading("high", "To")
                .heading("at_low", "Alive with the least")
                .heading("at_value", "Alive as it stands")
                .heading("at_high", "Alive with the largest")
                .percent("at_low", 1)
                .percent("at_value", 1)
                .percent("at_high", 1);
    }

    HtmlTable agreement() {
        TidyTable.Builder table = TidyTable.builder()
                .text("State")
                .number("Model, 1 year")
                .number("Simulated, 1 year")
                .number("Model, 5 years")
                .number("Simulated, 5 years")
                .number("Standard error, 5 years");
        for (FateState state : study.jmml().model().states()) {
            String name = state.name();
            table.row(
                    DemoFigures.capital(state.label()),
                    study.solution().probability(name, YEARS[1]),
                    study.cohort().probabilityAt(name, YEARS[1]).estimate(),
                    study.solution().probability(name, YEARS[5]),
                    study.cohort().probabilityAt(name, YEARS[5]).estimate(),
                    study.cohort().monteCarloErrorAt(name, YEARS[5]));
        }
        TidyTable data = table.build();
        HtmlTable shown = HtmlTable.of(
                data, "Share of patients in each state: solved from the model, and of 100,000 simulated patients");
        for (TidyTable.Column column : data.columns().subList(1, data.columns().size())) {
            shown = shown.percent(column.name(), 2);
        }
        return shown;
    }

    private static TidyTable.Builder years(String... first) {
        TidyTable.Builder table = TidyTable.builder();
        for (String name : first) {
            table.text(name);
        }
        return table.text("1 year").text("2 years").text("5 years");
    }

    private static HtmlTable headed(TidyTable data, String caption, String first) {
        return HtmlTable.of(data, caption).heading(data.columns().get(0).name(), first);
    }

    private static Object[] cells(List<String> first, DoubleFunction<PointEstimate> curve) {
        List<Object> cells = new ArrayList<>(first);
        for (double t : DemoStudy.TIMES) {
            cells.add(share(curve.apply(t)));
        }
        return cells.toArray();
    }

    private static String share(PointEstimate share) {
        if (!share.isEstimable()) {
            return Cells.NONE;
        }
        Interval limits = share.interval();
        return limits.isEstimable()
                ? String.format(
                        Locale.ROOT,
                        "%.1f%% (%.1f to %.1f)",
                        100 * share.estimate(),
                        100 * limits.lower().orElseThrow(),
                        100 * limits.upper().orElseThrow())
                : String.format(Locale.ROOT, "%.1f%%", 100 * share.estimate());
    }
}
