package io.engraft.cli.demo;

import io.engraft.charts.Figure;
import io.engraft.charts.ImageFormat;
import io.engraft.cli.options.Converters;
import io.engraft.cli.options.HelpOption;
import io.engraft.cli.options.OutputOptions;
import io.engraft.cli.options.Usage;
import io.engraft.cli.output.Console;
import io.engraft.cli.output.Exit;
import io.engraft.data.TidyTable;
import io.engraft.data.io.CsvOutput;
import io.engraft.report.Document;
import io.engraft.report.Format;
import io.engraft.report.internal.files.ReportFolder;
import io.engraft.report.pathways.Assumptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

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

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            order = 2,
            converter = Converters.FormatConverter.class,
            description =
                    "How the summary is printed: text, json, csv, ard, markdown, latex or html; default ${DEFAULT-VALUE}.")
    private Format format = Format.TEXT;

    public DemoCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (folder.toString().isBlank()) {
            throw Usage.wrong(command, "--out is empty; allowed: a folder, . for this one");
        }
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
        results(study)
                .forEach((name, result) -> files.add(
                        "results/" + name + ".json", () -> result.toJson().getBytes(StandardCharsets.UTF_8)));
        files.add(
                "index.html",
                () -> new DemoReport(study, figures, tables)
                        .page(warnings)
                        .html()
                        .getBytes(StandardCharsets.UTF_8));
        DemoSummary summary = new DemoSummary(study, folder, files.names(), warnings);
        files.write();
        OutputOptions.print(summary, format, console);
        return Exit.DONE;
    }

    private static Map<String, Document> results(DemoStudy study) {
        Map<String, Document> results = new LinkedHashMap<>();
        results.put("km", study.survivalDocument(false));
        results.put("km-by-disease", study.survivalDocument(true));
        results.put("cuminc", study.incidenceDocument(false));
        results.put("cuminc-by-disease", study.incidenceDocument(true));
        results.put("calibrate", study.calibrationDocument());
        results.put("simulate", study.simulationDocument());
        return results;
    }

    private static List<String> warnings(DemoStudy study) {
        List<String> warnings = new ArrayList<>(study.survival().warnings());
        study.survivalByDisease()
                .forEach((name, curve) -> curve.warnings().forEach(w -> warnings.add(name + ": " + w)));
        Assumptions.warning(study.jmml()).ifPresent(w -> warnings.add(DemoSummary.JMML_WARNING + w + "."));
        return warnings;
    }
}
