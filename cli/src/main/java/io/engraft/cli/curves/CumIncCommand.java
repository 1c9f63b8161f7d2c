package io.engraft.cli.curves;

import io.engraft.cli.options.Converters;
import io.engraft.cli.options.CurveOptions;
import io.engraft.cli.options.DataOptions;
import io.engraft.cli.options.OutputOptions;
import io.engraft.cli.output.Columns;
import io.engraft.cli.output.Console;
import io.engraft.cli.output.Exit;
import io.engraft.cli.output.Format;
import io.engraft.cli.output.Provenance;
import io.engraft.data.SurvivalData;
import io.engraft.estimate.AalenJohansen;
import io.engraft.estimate.IncidenceEstimate;
import io.engraft.estimate.IncidenceVariance;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Cumulative incidence curves of a file. */
@Command(
        name = "cuminc",
        customSynopsis = "engraft cuminc DATA --time COL --status COL [options]",
        sortOptions = false,
        description = {"Cumulative incidence of each competing event (Aalen-Johansen; never 1 - Kaplan-Meier).", ""})
public final class CumIncCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private final DataOptions data = new DataOptions();

    @Mixin
    private final CurveOptions curves = new CurveOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions(Format.TEXT);

    @Option(
            names = "--variance",
            paramLabel = "VARIANCE",
            order = 25,
            converter = Converters.Variance.class,
            description = "delta (the default), aalen (as SAS) or cmprsk (as R's cmprsk).")
    private IncidenceVariance variance = IncidenceVariance.DELTA;

    public CumIncCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        curves.chart().ifPresent(Charts::requireFormat);
        SurvivalData rows = data.read(console);
        AalenJohansen procedure = AalenJohansen.withDefaults()
                .withProfile(curves.profile())
                .withLevel(curves.level())
                .withStart(curves.start())
                .withVariance(variance);
        if (curves.confidenceType().isPresent()) {
            procedure = procedure.withConfidenceType(curves.confidenceType().get());
        }
        procedure = data.isRobust() ? procedure.withRobustVariance() : procedure;
        Map<String, IncidenceEstimate> fits = procedure.fit(rows).asMap();
        List<CumIncResult.Group> groups = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        fits.forEach((name, fit) -> {
            groups.add(CumIncResult.Group.of(name, fit, curves.times(fit.size(), fit::time)));
            fit.warnings().forEach(w -> warnings.add(data.isGrouped() ? "group " + name + ": " + w : w));
        });
        Provenance.dropped(rows).ifPresent(warnings::add);
        Map<String, String> conventions =
                new LinkedHashMap<>(fits.values().iterator().next().conventions());
        conventions.put("events", "each code of 1 or more, competing with the others; 0 is censored");
        Provenance.addConventions(conventions, rows, data.missing(), data.isGrouped());
        Provenance provenance =
                new Provenance(conventions, rows.source(), rows.size() + rows.dropped(), rows.dropped(), warnings);
        Columns columns = data.columns(curves.hasTimes());
        curves.chart().ifPresent(file -> {
            Charts.incidence(fits, new Charts.Subject(rows, columns, provenance), file);
            OutputOptions.announce(file, console);
        });
        output.emit(
                new CumIncResult(
                        provenance, groups, rows, columns, rows.weightType().isPresent()),
                console);
        return Exit.DONE;
    }
}
