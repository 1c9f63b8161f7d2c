package io.engraft.cli.demo;

import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.data.TidyTable;
import io.engraft.report.AnalysisResults;
import io.engraft.report.Conventions;
import io.engraft.report.Document;
import io.engraft.report.JsonWriter;
import io.engraft.report.Provenance;
import io.engraft.report.StandardErrors;
import io.engraft.report.TextTable;
import io.engraft.report.TextWriter;
import io.engraft.report.internal.Cells;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is printed: key figures, and where the report is. */
record DemoSummary(DemoStudy study, Path folder, List<String> files, List<String> warnings) implements Document {

    /** How the warning on the model's assumptions starts; in text the summary says it in its own words. */
    static final String JMML_WARNING = "In the JMML model ";

    private static final String DISCLAIMER =
            "These figures are about groups of patients. They are no individual prognosis.";

    private Path page() {
        return folder.resolve("index.html");
    }

    @Override
    public void writeText(TextWriter target) throws IOException {
        target.append("177 patients transplanted for acute leukemia (@bmtcrr), share after\n");
        write(study.patientFigures(), target);
        target.append("\nJMML by the model from published rates, share after a first transplant, after\n");
        write(study.modelFigures(), target);
        target.append("\nIn brackets: 95 % intervals. Those of JMML are what ");
        target.append(String.valueOf(DemoStudy.PATIENTS_BEHIND_RATES));
        target.append(" patients behind the published rates and the\n");
        target.append("ranges of what the model assumes (A1 and on) leave open together: see \"")
                .append(DemoReport.ASSUMPTIONS)
                .append("\" in the report.\n");
        target.append(DISCLAIMER).append('\n');
        for (String warning : warnings) {
            if (!warning.startsWith(JMML_WARNING)) {
                target.append("Warning: ").append(warning).append('\n');
            }
        }
        target.append("Report: ").append(page().toAbsolutePath().normalize().toString());
        target.append(" (").append(String.valueOf(files.size())).append(" files)\n");
    }

    private static void write(List<DemoStudy.KeyFigure> figures, TextWriter target) throws IOException {
        TextTable table = new TextTable(1, "", "1 year", "2 years", "5 years");
        for (DemoStudy.KeyFigure figure : figures) {
            List<String> cells = new ArrayList<>(List.of(figure.text() + (figure.simulated() ? " (simulated)" : "")));
            figure.shares().forEach(s -> cells.add(cell(s)));
            table.row(cells.toArray(new String[0]));
        }
        target.table(table, "  ");
    }

    private static String cell(PointEstimate share) {
        Interval limits = share.interval();
        String text = Cells.percent(share.estimate());
        return limits.isEstimable()
                ? String.format(
                        Locale.ROOT,
                        "%s (%.0f to %.0f)",
                        text,
                        100 * limits.lower().orElseThrow(),
                        100 * limits.upper().orElseThrow())
                : text;
    }

    private List<DemoStudy.KeyFigure> all() {
        List<DemoStudy.KeyFigure> all = new ArrayList<>(study.patientFigures());
        all.addAll(study.modelFigures());
        return all;
    }

    @Override
    public String command() {
        return "demo";
    }

    @Override
    public Conventions conventions() {
        return Conventions.empty()
                .with("unit", "months")
                .with(Conventions.LEVEL, 0.95)
                .with(StandardErrors.model());
    }

    @Override
    public Provenance provenance() {
        return Provenance.of(study.rows());
    }

    @Override
    public void writeBody(JsonWriter json) throws IOException {
        json.text("report", page().toString()).array("files");
        for (String file : files) {
            json.text(file);
        }
        json.endArray().array("figures");
        for (DemoStudy.KeyFigure figure : all()) {
            json.object().text("id", figure.id()).text("text", figure.text()).array("points");
            for (int i = 0; i < DemoStudy.TIMES.length; i++) {
                json.object().number("time", DemoStudy.TIMES[i]);
                json.estimate("probability", figure.shares().get(i)).endObject();
            }
            json.endArray().endObject();
        }
        json.endArray();
    }

    @Override
    public TidyTable table() {
        TidyTable.Builder table = TidyTable.builder()
                .text("id")
                .text("text")
                .number("time")
                .number("probability")
                .number("std_error")
                .number("lower")
                .number("upper");
        for (DemoStudy.KeyFigure figure : all()) {
            for (int i = 0; i < DemoStudy.TIMES.length; i++) {
                PointEstimate share = figure.shares().get(i);
                table.row(
                        figure.id(),
                        figure.text(),
                        DemoStudy.TIMES[i],
                        share.estimate(),
                        share.standardError().orElse(Double.NaN),
                        share.interval().lower().orElse(Double.NaN),
                        share.interval().upper().orElse(Double.NaN));
            }
        }
        return table.build();
    }

    @Override
    public TidyTable ard() {
        return new AnalysisResults()
                .rows(table(), Map.of("id", "figure"), "time")
                .build();
    }
}
