package io.engraft.cli.options;

import io.engraft.FileException;
import io.engraft.InvalidArgumentException;
import io.engraft.charts.CumulativeIncidenceFigure;
import io.engraft.charts.Figure;
import io.engraft.charts.ImageFormat;
import io.engraft.charts.Palette;
import io.engraft.charts.RiskTable;
import io.engraft.charts.StateOccupationFigure;
import io.engraft.charts.SurvivalFigure;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Whether a result is drawn, and how. */
public final class ChartOptions {

    private static final String CHART = "--chart";

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = CHART,
            paramLabel = "FILE",
            order = 910,
            description = "Draw the curves as well, to a .svg, .png or .pdf file.")
    private @Nullable Path file;

    @Option(names = "--chart-title", paramLabel = "TEXT", order = 911, description = "Title of the chart.")
    private @Nullable String title;

    @Option(names = "--chart-x", paramLabel = "TEXT", order = 912, description = "Title of its time axis.")
    private @Nullable String x;

    @Option(names = "--chart-y", paramLabel = "TEXT", order = 913, description = "Title of its probability axis.")
    private @Nullable String y;

    @Option(
            names = "--chart-until",
            paramLabel = "T",
            order = 914,
            converter = Converters.FiniteNumber.class,
            description = "End of its time axis; default the end of the curves.")
    private @Nullable Double until;

    @Option(
            names = "--chart-width",
            paramLabel = "MM",
            order = 915,
            converter = Converters.FiniteNumber.class,
            description = "Its width in millimetres, 60 to 2000; default 180.")
    private @Nullable Double width;

    @Option(
            names = "--chart-dpi",
            paramLabel = "N",
            order = 916,
            converter = Converters.FiniteNumber.class,
            description = "Dots an inch of a .png, 36 to 2400; default 192.")
    private @Nullable Double dpi;

    @Option(
            names = "--chart-palette",
            paramLabel = "NAME",
            order = 917,
            converter = Converters.PaletteConverter.class,
            description = "okabe-ito (default), grey, or colours such as #0072B2,#D55E00.")
    private @Nullable Palette palette;

    @Option(
            names = "--chart-table",
            paramLabel = "none|risk|events",
            order = 918,
            converter = Converters.RiskTableConverter.class,
            description = "Under the axis: nothing, the numbers at risk (default), or these and the events so far.")
    private @Nullable RiskTable table;

    /** Where the chart goes, if there is to be one. */
    public Optional<Path> file() {
        return Optional.ofNullable(file);
    }

    /** The file of the chart added to what a command writes. */
    public FilePlan addTo(FilePlan plan) {
        return plan.writes(CHART, file);
    }

    /** Refuses an ending that no figure can be written to, and options that mean nothing, before any work is done. */
    public void check() {
        for (OptionSpec given : spec.commandLine().getParseResult().matchedOptions()) {
            String name = given.longestName();
            Usage.requireUse(spec, name.startsWith(CHART + "-"), name, file != null, "without " + CHART);
        }
        if (file == null) {
            return;
        }
        ImageFormat format;
        try {
            format = ImageFormat.of(file);
        } catch (FileException e) {
            throw InvalidArgumentException.of(CHART, file, ".svg, .png, .pdf");
        }
        Usage.requireUse(
                spec,
                dpi != null,
                "--chart-dpi",
                format == ImageFormat.PNG,
                "to " + format.extension() + ": it has no dots");
    }

    /** The figure as it was asked for. */
    public SurvivalFigure apply(SurvivalFigure figure) {
        SurvivalFigure drawn = shared(figure);
        return table == null ? drawn : drawn.withRiskTable(table);
    }

    /** The figure as it was asked for. */
    public CumulativeIncidenceFigure apply(CumulativeIncidenceFigure figure) {
        CumulativeIncidenceFigure drawn = shared(figure);
        return table == null ? drawn : drawn.withRiskTable(table);
    }

    /** The figure as it was asked for. */
    public StateOccupationFigure apply(StateOccupationFigure figure) {
        Usage.requireUse(spec, table != null, "--chart-table", false, "to stacked states, which have none");
        return shared(figure);
    }

    private <F extends Figure<F>> F shared(F figure) {
        F drawn = figure;
        drawn = title == null ? drawn : drawn.withTitle(title);
        drawn = x == null ? drawn : drawn.withXLabel(x);
        drawn = y == null ? drawn : drawn.withYLabel(y);
        drawn = until == null ? drawn : drawn.withXEnd(until);
        drawn = width == null ? drawn : drawn.withWidthMillimetres(width);
        drawn = dpi == null ? drawn : drawn.withDotsPerInch(dpi);
        return palette == null ? drawn : drawn.withPalette(palette);
    }
}
