package io.engraft.cli.curves;

import io.engraft.cli.options.ChartOptions;
import io.engraft.cli.options.Converters;
import io.engraft.cli.options.CurveOptions;
import io.engraft.cli.options.DataOptions;
import io.engraft.cli.options.DateOptions;
import io.engraft.cli.options.OutputOptions;
import io.engraft.cli.options.OutputOptions.SideFile;
import io.engraft.cli.output.Console;
import io.engraft.cli.output.Exit;
import io.engraft.data.SurvivalData;
import io.engraft.estimate.AalenJohansen;
import io.engraft.estimate.IncidenceEstimate;
import io.engraft.estimate.IncidenceVariance;
import io.engraft.report.DataColumns;
import io.engraft.report.Format;
import io.engraft.report.curves.IncidenceDocument;
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
    private final DateOptions dates = new DateOptions();

    @Mixin
    private final CurveOptions curves = new CurveOptions();

    @Mixin
    private final ChartOptions chart = new ChartOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions(Format.TEXT);

    @Option(
            names = "--variance",
            paramLabel = "VARIANCE",
            order = 25,
            converter = Converters.Variance.class,
            description = "delta (the default: Greenwood-type, as R's etm; with delayed entry R's survfit gives what"
                    + " --robust gives here), aalen (as SAS) or cmprsk (as R's cmprsk).")
    private IncidenceVariance variance = IncidenceVariance.DELTA;

    public CumIncCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        data.use(dates);
        chart.check();
        ChartTest.check(curves, chart, data, true);
        output.addTo(chart.addTo(data.files())).check();
        curves.requireAfterStart(data);
        curves.requireScale(data, "cuminc");
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
        DataColumns columns = data.columns();
        IncidenceDocument document =
                IncidenceDocument.of(fits, rows).withColumns(columns).withMissingValues(data.missing());
        if (curves.times().isPresent()) {
            document = document.withTimes(curves.times().get());
        }
        List<SideFile> beside = List.of();
        if (chart.file().isPresent()) {
            String finding = ChartTest.ofIncidence(curves, rows);
            beside = List.of(Charts.incidence(
                    fits, null, new Charts.Subject(rows, columns, document.conventions(), finding), chart));
        }
        output.emit(document, beside, console);
        return Exit.DONE;
    }
}
