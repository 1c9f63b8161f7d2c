package io.engraft.cli.curves;

import io.engraft.cli.options.ChartOptions;
import io.engraft.cli.options.Converters;
import io.engraft.cli.options.CurveOptions;
import io.engraft.cli.options.DataOptions;
import io.engraft.cli.options.DateOptions;
import io.engraft.cli.options.Levels;
import io.engraft.cli.options.OutputOptions;
import io.engraft.cli.options.OutputOptions.SideFile;
import io.engraft.cli.output.Console;
import io.engraft.cli.output.Exit;
import io.engraft.curve.ConfidenceType;
import io.engraft.data.CensoredData;
import io.engraft.data.SurvivalData;
import io.engraft.estimate.ConfidenceBand;
import io.engraft.estimate.KaplanMeier;
import io.engraft.estimate.ReverseKaplanMeier;
import io.engraft.estimate.SurvivalEstimate;
import io.engraft.estimate.interval.Turnbull;
import io.engraft.estimate.interval.TurnbullEstimate;
import io.engraft.internal.csv.NumberText;
import io.engraft.report.Conventions;
import io.engraft.report.DataColumns;
import io.engraft.report.Format;
import io.engraft.report.curves.IntervalCurveDocument;
import io.engraft.report.curves.SurvivalDocument;
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
        customSynopsis = {
            "engraft km DATA --time COL --status COL [options]",
            "       engraft km DATA --left COL --right COL [--group COL] [--at T,T,...] [--quantiles P,P,...]"
        },
        sortOptions = false,
        description = {
            "Kaplan-Meier survival curves with intervals, the median, and the restricted mean on request.",
            "Every status code of 1 or more is an event, unless --cause names one.",
            "Of times known to lie in (left, right] (--left, --right) the curve is Turnbull's, without intervals.",
            ""
        })
public final class KmCommand implements Callable<Integer> {

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
            names = "--left",
            paramLabel = "COL",
            order = 3,
            description = "Column of the last time at which the event was known not to have happened; 0 for none.")
    private @Nullable String left;

    @Option(
            names = "--right",
            paramLabel = "COL",
            order = 3,
            description = "Column of the first time at which it was known to have happened; empty where it was not.")
    private @Nullable String right;

    @Option(
            names = "--cause",
            paramLabel = "K",
            order = 5,
            description = "Only code K is the event, other codes censor (cause-specific); a cause's label will do too.")
    private @Nullable String cause;

    @Option(
            names = "--tau",
            paramLabel = "T",
            order = 25,
            converter = Converters.FiniteNumber.class,
            description = "Give the restricted mean to time T as well: the mean time without an event within T.")
    private @Nullable Double tau;

    @Option(
            names = "--quantiles",
            paramLabel = "P,P,...",
            order = 26,
            converter = Converters.TimesConverter.class,
            description = "Give the times by which these shares have had the event as well, such as 0.25,0.75.")
    private Converters.@Nullable Times quantiles;

    @Option(
            names = "--bands",
            paramLabel = "hw|ep",
            order = 27,
            converter = Converters.Band.class,
            description =
                    "Give a simultaneous band as well: hw (Hall-Wellner) or ep (equal precision, over the middle of"
                            + " the curve).")
    private @Nullable ConfidenceBand band;

    @Option(
            names = "--follow-up",
            order = 28,
            description =
                    "Give the median follow-up (reverse Kaplan-Meier) and Clark's completeness, up to --tau or the"
                            + " longest time, as well.")
    private boolean followUp;

    public KmCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        data.use(dates);
        chart.check();
        ChartTest.check(curves, chart, data, false);
        output.addTo(chart.addTo(data.files())).check();
        if (left != null || right != null) {
            return ofIntervals();
        }
        requireAfterStart();
        if (band != null || followUp) {
            curves.requireScale(data, band != null ? "--bands" : "--follow-up");
        }
        SurvivalData rows = data.read(console);
        Integer code = Levels.cause(cause, rows);
        Map<String, SurvivalEstimate> fits = fit(rows, code);
        DataColumns columns = data.columns();
        SurvivalDocument document =
                SurvivalDocument.of(fits, rows).withColumns(columns).withMissingValues(data.missing());
        if (curves.times().isPresent()) {
            document = document.withTimes(curves.times().get());
        }
        document = quantiles == null ? document : document.withQuantiles(quantiles.toArray());
        document = band == null
                ? document
                : document.withBand(band.withLevel(curves.level()).withConfidenceType(scale()));
        document = tau == null ? document : document.withRestrictedMean(tau);
        document = code == null ? document : document.withCause(code);
        if (followUp) {
            document = document.withFollowUp(ReverseKaplanMeier.withDefaults()
                    .withProfile(curves.profile())
                    .withLevel(curves.level())
                    .withConfidenceType(scale()));
        }
        List<SideFile> beside = List.of();
        if (chart.file().isPresent()) {
            String finding = ChartTest.ofSurvival(curves, rows, code, data.isRobust());
            Conventions shown = document.conventions();
            shown = band == null ? shown : shown.with("band", "over all times");
            beside = List.of(Charts.survival(fits, code, new Charts.Subject(rows, columns, shown, finding), chart));
        }
        output.emit(document, beside, console);
        return Exit.DONE;
    }

    private Integer ofIntervals() {
        if (left == null || right == null) {
            throw data.wrongUsage("--left and --right go together: they are the ends of the interval");
        }
        refuseWithIntervals("--cause", cause != null);
        refuseWithIntervals("--tau", tau != null);
        refuseWithIntervals("--bands", band != null);
        refuseWithIntervals("--follow-up", followUp);
        refuseWithIntervals("--robust", data.isRobust());
        refuseWithIntervals("--chart-test", curves.test().isPresent());
        curves.used().forEach(option -> refuseWithIntervals(option, true));
        CensoredData intervals = data.readIntervals(console, left, right, (roles, header) -> roles);
        Map<String, TurnbullEstimate> fits =
                Turnbull.withDefaults().fit(intervals).asMap();
        DataColumns columns = data.columns(left, right);
        IntervalCurveDocument document =
                IntervalCurveDocument.of(fits, intervals).withColumns(columns).withMissingValues(data.missing());
        document =
                curves.times().isPresent() ? document.withTimes(curves.times().get()) : document;
        document = quantiles == null ? document : document.withQuantiles(quantiles.toArray());
        List<SideFile> beside = List.of();
        if (chart.file().isPresent()) {
            Charts.Subject subject = new Charts.Subject(intervals.columns(), columns, document.conventions());
            beside = List.of(Charts.turnbull(fits, subject, chart));
        }
        output.emit(document, beside, console);
        return Exit.DONE;
    }

    private void refuseWithIntervals(String option, boolean given) {
        data.requireUse(given, option, false, "with --left and --right, whose curve is Turnbull's");
    }

    private ConfidenceType scale() {
        return curves.confidenceType().orElse(curves.profile().confidenceType());
    }

    private void requireAfterStart() {
        curves.requireAfterStart(data);
        if (followUp && curves.start() > 0) {
            throw data.wrongUsage("--follow-up is of all patients from time 0; allowed: without --start");
        }
        if (tau != null && curves.start() > 0 && !(tau > curves.start())) {
            throw data.wrongUsage("--tau is " + NumberText.plain(tau) + ", with --start "
                    + NumberText.plain(curves.start()) + "; allowed: a time after the start");
        }
    }

    private Map<String, SurvivalEstimate> fit(SurvivalData rows, @Nullable Integer code) {
        KaplanMeier procedure = KaplanMeier.withDefaults()
                .withProfile(curves.profile())
                .withLevel(curves.level())
                .withStart(curves.start());
        if (curves.confidenceType().isPresent()) {
            procedure = procedure.withConfidenceType(curves.confidenceType().get());
        }
        if (curves.survivalInterval().isPresent()) {
            procedure = procedure.withInterval(curves.survivalInterval().get());
        }
        return Charts.fit(data.isRobust() ? procedure.withRobustVariance() : procedure, rows, code);
    }
}
