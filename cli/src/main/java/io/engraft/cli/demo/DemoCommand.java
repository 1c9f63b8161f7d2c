package io.engraft.cli.demo;

import io.engraft.charts.Figure;
import io.engraft.charts.ImageFormat;
import io.engraft.cli.options.Converters;
import io.engraft.cli.options.HelpOption;
import io.engraft.cli.options.OutputOptions;
import io.engraft.cli.output.Console;
import io.engraft.cli.output.Exit;
import io.engraft.cli.output.Format;
import io.engraft.cli.output.Json;
import io.engraft.cli.output.Provenance;
import io.engraft.cli.output.ReportFolder;
import io.engraft.cli.output.TextTable;
import io.engraft.cli.pathways.Assumptions;
import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.data.TidyTable;
import io.engraft.data.io.CsvOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The main job on the embedded data and the published JMML rates, as a folder with a report. */
@Command(
        name = "demo",
        customSynopsis = "engraft demo [--out FOLDER] [options]",
        sortOptions = false,
        description = {
            "The main job from end to end as a report, without any data of your own.",
            "Survival and relapse of 177 patients with acute leukemia, and a model of JMML from published rates:",
            "a page with charts, tables and results beside it.",
            ""
        })
public final class DemoCommand implements Callable<Integer> {

    /** How the warning on the model's assumptions starts; in text the summary says it in its own words. */
    private static final String JMML_WARNING = "In the JMML model ";

    private final Console console;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private final HelpOption help = new HelpOption();

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            order = 1,
            description = "Folder of the report; default ${DEFAULT-VALUE}. Its files are replaced, others left alone.")
    private Path folder = Path.of("engraft-report");

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            order = 2,
            converter = Converters.FormatConverter.class,
            description = "How the summary is printed: text, json or csv; default ${DEFAULT-VALUE}.")
    private Format format = Format.TEXT;

    public DemoCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        ReportFolder files = new ReportFolder(folder);
        files.requireWritable();
        DemoStudy study = DemoStudy.run();
        Map<String, Figure<?>> figures = DemoFigures.of(study);
        Map<String, TidyTable> tables = DemoTables.of(study);
        List<String> warnings = warnings(study);
        figures.forEach((name, figure) -> {
            for (ImageFormat image : ImageFormat.values()) {
                files.add(
                        "charts/" + name + image.extension(),
                        () -> figure.toChart().bytes(image));
            }
        });
        tables.forEach((name, table) ->
                files.add("tables/" + name + ".csv", () -> CsvOutput.text(table).getBytes(StandardCharsets.UTF_8)));
        results(study).forEach((name, result) -> files.add("results/" + name + ".json", () -> bytes(result)));
        files.add(
                "index.html",
                () -> new DemoReport(study, figures, tables)
                        .page(warnings)
                        .html()
                        .getBytes(StandardCharsets.UTF_8));
        Summary summary = new Summary(study, folder, files.names(), warnings);
        files.write();
        OutputOptions.emit(summary, format, null, console);
        return Exit.DONE;
    }

    private static Map<String, OutputOptions.Result> results(DemoStudy study) {
        Map<String, OutputOptions.Result> results = new LinkedHashMap<>();
        results.put("km", study.survivalResult(false));
        results.put("km-by-disease", study.survivalResult(true));
        results.put("cuminc", study.incidenceResult(false));
        results.put("cuminc-by-disease", study.incidenceResult(true));
        results.put("calibrate", study.calibrationResult());
        results.put("simulate", study.simulationResult());
        return results;
    }

    private static byte[] bytes(OutputOptions.Result result) throws IOException {
        var target = new java.io.ByteArrayOutputStream();
        try (Json json = new Json(target)) {
            result.writeJson(json);
        }
        return target.toByteArray();
    }

    private static List<String> warnings(DemoStudy study) {
        List<String> warnings = new ArrayList<>(study.survival().warnings());
        study.survivalByDisease()
                .forEach((name, curve) -> curve.warnings().forEach(w -> warnings.add(name + ": " + w)));
        Assumptions.warning(study.jmml()).ifPresent(w -> warnings.add(JMML_WARNING + w + "."));
        return warnings;
    }

    /** What is printed: key figures, and where the report is. */
    private record Summary(DemoStudy study, Path folder, List<String> files, List<String> warnings)
            implements OutputOptions.Result {

        private static final String DISCLAIMER =
                "These figures are about groups of patients. They are no individual prognosis.";

        private Path page() {
            return folder.resolve("index.html");
        }

        @Override
        public void writeText(Appendable target) throws IOException {
            target.append("177 patients transplanted for acute leukemia (@bmtcrr), share after\n");
            write(study.patientFigures(), target);
            target.append("\nJMML by the model from published rates, share after a first transplant, after\n");
            write(study.modelFigures(), target);
            target.append("\nIn brackets: 95 % intervals. Those of JMML are what ");
            target.append(String.valueOf(DemoStudy.PATIENTS_BEHIND_RATES));
            target.append(" patients behind the published rates would leave open.\n");
            target.append("What the model assumes (A1 and on) comes on top of them: see \"")
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

        private static void write(List<DemoStudy.KeyFigure> figures, Appendable target) throws IOException {
            TextTable table = new TextTable(1, "", "1 year", "2 years", "5 years");
            for (DemoStudy.KeyFigure figure : figures) {
                List<String> cells =
                        new ArrayList<>(List.of(figure.text() + (figure.simulated() ? " (simulated)" : "")));
                figure.shares().forEach(s -> cells.add(cell(s)));
                table.row(cells.toArray(new String[0]));
            }
            table.write(target, "  ");
        }

        private static String cell(PointEstimate share) {
            Interval limits = share.interval();
            String text = TextTable.percent(share.estimate());
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
        public void writeJson(Json json) throws IOException {
            Map<String, String> conventions = new LinkedHashMap<>();
            conventions.put("unit", "months");
            conventions.put("level", "0.95");
            Provenance provenance = new Provenance(
                    conventions, study.rows().source(), study.rows().size(), 0, warnings);
            json.object();
            provenance.writeHead(json, "demo");
            json.text("report", page().toString()).array("files");
            for (String file : files) {
                json.text(file);
            }
            json.endArray().array("figures");
            for (DemoStudy.KeyFigure figure : all()) {
                json.object()
                        .text("id", figure.id())
                        .text("text", figure.text())
                        .array("points");
                for (int i = 0; i < DemoStudy.TIMES.length; i++) {
                    json.object().number("time", DemoStudy.TIMES[i]);
                    json.estimate("probability", figure.shares().get(i)).endObject();
                }
                json.endArray().endObject();
            }
            json.endArray();
            provenance.writeWarnings(json);
            json.endObject();
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
    }
}
