package io.engraft.cli.curves;

import io.engraft.cli.options.Converters;
import io.engraft.cli.options.CurveOptions;
import io.engraft.cli.options.DataOptions;
import io.engraft.cli.options.OutputOptions;
import io.engraft.cli.output.CauseWords;
import io.engraft.cli.output.Columns;
import io.engraft.cli.output.Console;
import io.engraft.cli.output.Exit;
import io.engraft.cli.output.Format;
import io.engraft.cli.output.Provenance;
import io.engraft.cli.output.TestMethod;
import io.engraft.data.SurvivalData;
import io.engraft.estimate.KaplanMeier;
import io.engraft.estimate.SurvivalEstimate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Kaplan-Meier curves of a file. */
@Command(
        name = "km",
        customSynopsis = "engraft km DATA --time COL --status COL [options]",
        sortOptions = false,
        description = {
            "Kaplan-Meier survival curves with intervals, the median, and the restricted mean on request.",
            "Every status code of 1 or more is an event, unless --cause names one.",
            ""
        })
public final class KmCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private final DataOptions data = new DataOptions();

    @Mixin
    private final CurveOptions curves = new CurveOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions(Format.TEXT);

    @Option(
            names = "--cause",
            paramLabel = "K",
            order = 5,
            description = "Only code K is the event, other codes censor (cause-specific).")
    private @Nullable Integer cause;

    @Option(
            names = "--tau",
            paramLabel = "T",
            order = 25,
            converter = Converters.FiniteNumber.class,
            description = "Give the restricted mean to time T as well: the mean time without an event within T.")
    private @Nullable Double tau;

    public KmCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        curves.chart().ifPresent(Charts::requireFormat);
        SurvivalData rows = data.read(console);
        Map<String, SurvivalEstimate> fits = fit(rows);
        List<KmResult.Group> groups = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        fits.forEach((name, fit) -> {
            groups.add(KmResult.Group.of(name, fit, curves.times(fit.size(), fit::time), tau));
            fit.warnings().forEach(w -> warnings.add(data.isGrouped() ? "group " + name + ": " + w : w));
        });
        if (cause != null) {
            warnings.add(
                    "cause-specific: only " + CauseWords.label(rows, cause) + " is an event and other events censor, so"
                            + " 1 - survival is not the probability of it where others compete; cuminc gives that");
        }
        Provenance.dropped(rows).ifPresent(warnings::add);
        Map<String, String> conventions =
                new LinkedHashMap<>(fits.values().iterator().next().conventions());
        conventions.put("events", CauseWords.events(rows, cause, TestMethod.Compares.HAZARDS));
        Provenance.addConventions(conventions, rows, data.missing(), data.isGrouped());
        Provenance provenance =
                new Provenance(conventions, rows.source(), rows.size() + rows.dropped(), rows.dropped(), warnings);
        Columns columns = data.columns(curves.hasTimes());
        KmResult result = new KmResult(
                provenance, groups, rows, columns, rows.weightType().isPresent());
        curves.chart().ifPresent(file -> {
            Charts.survival(fits, cause, new Charts.Subject(rows, columns, provenance), file);
            OutputOptions.announce(file, console);
        });
        output.emit(result, console);
        return Exit.DONE;
    }

    private Map<String, SurvivalEstimate> fit(SurvivalData rows) {
        KaplanMeier procedure = KaplanMeier.withDefaults()
                .withProfile(curves.profile())
                .withLevel(curves.level())
                .withStart(curves.start());
        if (curves.confidenceType().isPresent()) {
            procedure = procedure.withConfidenceType(curves.confidenceType().get());
        }
        return Charts.fit(data.isRobust() ? procedure.withRobustVariance() : procedure, rows, cause);
    }
}
