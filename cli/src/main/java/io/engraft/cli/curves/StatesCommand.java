package io.engraft.cli.curves;

import io.engraft.InvalidArgumentException;
import io.engraft.charts.StateOccupationFigure;
import io.engraft.cli.options.ChartOptions;
import io.engraft.cli.options.Converters;
import io.engraft.cli.options.CurveOptions;
import io.engraft.cli.options.DataOptions;
import io.engraft.cli.options.OutputOptions;
import io.engraft.cli.options.OutputOptions.SideFile;
import io.engraft.cli.output.Console;
import io.engraft.cli.output.Exit;
import io.engraft.data.MultiStateData;
import io.engraft.estimate.states.OccupancyEstimate;
import io.engraft.estimate.states.OccupancyVariance;
import io.engraft.estimate.states.StateOccupancy;
import io.engraft.internal.csv.NumberText;
import io.engraft.report.DataColumns;
import io.engraft.report.Format;
import io.engraft.report.curves.StatesDocument;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** State occupation probabilities of a file of stays. */
@Command(
        name = "states",
        customSynopsis = "engraft states DATA --id COL --from COL --to COL --entry COL --time COL [options]",
        sortOptions = false,
        description = {
            "The probability of being in each state (Aalen-Johansen), of patients who move between states.",
            "One row a stay: in --from from --entry to --time, then in --to; an empty --to is no transition.",
            ""
        })
public final class StatesCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private final DataOptions data = new DataOptions();

    @Mixin
    private final CurveOptions curves = new CurveOptions();

    @Mixin
    private final ChartOptions chart = new ChartOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions(Format.TEXT);

    @Option(
            names = "--from",
            paramLabel = "COL",
            required = true,
            order = 2,
            description = "Column of the state in which the patient is.")
    @SuppressWarnings("NullAway.Init")
    private String from;

    @Option(
            names = "--to",
            paramLabel = "COL",
            required = true,
            order = 2,
            description = "Column of the state entered at --time; empty where there is no transition then.")
    @SuppressWarnings("NullAway.Init")
    private String to;

    @Option(
            names = "--tau",
            paramLabel = "T",
            order = 21,
            converter = Converters.FiniteNumber.class,
            description =
                    "Mean times in the states up to T; default the last time up to which every group is followed.")
    private @Nullable Double tau;

    public StatesCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        chart.check();
        curves.requireScale(data, "states");
        curves.requireAfterStart(data);
        data.requireUse(curves.test().isPresent(), "--chart-test", false, "to states, which has no test of its curves");
        if (tau != null && !(tau > curves.start())) {
            throw data.wrongUsage("--tau is " + NumberText.plain(tau) + ", with --start "
                    + NumberText.plain(curves.start()) + "; allowed: a horizon after the start");
        }
        output.addTo(chart.addTo(data.files())).check();
        StateOccupancy procedure = StateOccupancy.withDefaults()
                .withProfile(curves.profile())
                .withLevel(curves.level())
                .withStart(curves.start());
        if (curves.confidenceType().isPresent()) {
            procedure = procedure.withConfidenceType(curves.confidenceType().get());
        }
        procedure = data.isRobust() ? procedure.withVariance(OccupancyVariance.ROBUST) : procedure;
        MultiStateData rows = data.readStays(console, from, to);
        Map<String, OccupancyEstimate> fits = procedure.fit(rows).asMap();
        DataColumns columns = data.columnsOfStays(to);
        StatesDocument document =
                StatesDocument.of(fits, rows).withColumns(columns, from).withMissingValues(data.missing());
        if (curves.times().isPresent()) {
            document = document.withTimes(curves.times().get());
        }
        document = tau == null ? document : document.withHorizon(tau);
        List<SideFile> beside = chart.file().isPresent() ? List.of(drawn(fits, rows)) : List.of();
        output.emit(document, beside, console);
        return Exit.DONE;
    }

    /** Stacked areas show one group: several would hide each other. */
    private SideFile drawn(Map<String, OccupancyEstimate> fits, MultiStateData rows) {
        if (fits.size() > 1) {
            throw new InvalidArgumentException("--chart: " + fits.size() + " groups " + List.copyOf(fits.keySet())
                    + "; allowed: one, as the states of a group are stacked, so without --group");
        }
        StateOccupationFigure figure = StateOccupationFigure.of(
                        fits.values().iterator().next())
                .withTitle("Probability of being in each state")
                .withCaption("Aalen-Johansen; " + rows.source() + ".")
                .withUnit(rows.unit());
        return Charts.file(chart.apply(figure), chart);
    }
}
