package io.engraft.cli.pathways;

import io.engraft.calibrate.rates.CompetingRatesCalibration;
import io.engraft.calibrate.timing.RangeTiming;
import io.engraft.calibrate.timing.RangeTimingResult;
import io.engraft.cli.options.Converters;
import io.engraft.cli.options.FilePlan;
import io.engraft.cli.options.HelpOption;
import io.engraft.cli.options.OutputOptions;
import io.engraft.cli.options.Usage;
import io.engraft.cli.output.Console;
import io.engraft.cli.output.Exit;
import io.engraft.data.DurationUnit;
import io.engraft.law.LawFamily;
import io.engraft.report.Format;
import io.engraft.report.pathways.CalibrationDocument;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** From published rates to a model. */
@Command(
        name = "calibrate",
        customSynopsis = {
            "engraft calibrate [--remission P] [--relapse P] [--relapse-by T:P] [options]",
            "       engraft calibrate --target 'QUANTITY = NUMBER' --open NAME,... [--model NAME|FILE.json] [options]"
        },
        sortOptions = false,
        description = {
            "A model of remission, relapse and death without relapse (nrm) from published rates.",
            "What is not given is taken from the named JMML assumptions, and the result says which.",
            "With --target, open numbers of any model from any published figures.",
            ""
        })
public final class CalibrateCommand implements Callable<Integer> {

    /** The level of published intervals. */
    private static final double PRINTED = 0.95;

    static final String ALL = "all";

    private final Console console;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private final HelpOption help = new HelpOption();

    @Option(
            names = "--remission",
            paramLabel = "P",
            order = 1,
            converter = Converters.FiniteNumber.class,
            description = "Share in long-term remission: the limit of event-free survival as time grows.")
    private @Nullable Double remission;

    @Option(
            names = "--relapse",
            paramLabel = "P",
            order = 2,
            converter = Converters.FiniteNumber.class,
            description = "Share that ever relapses; those who die without relapse are the rest.")
    private @Nullable Double relapse;

    @Option(
            names = "--relapse-by",
            paramLabel = "T:P",
            order = 3,
            converter = Converters.TimeProbabilityConverter.class,
            description = "P is the share of all relapses that happen by time T, as in 12:0.84.")
    private Converters.@Nullable TimeProbability relapseBy;

    @Option(
            names = "--relapse-median",
            paramLabel = "T",
            order = 4,
            converter = Converters.FiniteNumber.class,
            description = "Median time to relapse among those who relapse.")
    private @Nullable Double relapseMedian;

    @Option(
            names = "--nrm-by",
            paramLabel = "T:P",
            order = 5,
            converter = Converters.TimeProbabilityConverter.class,
            description = "P is the share of all deaths without relapse that happen by time T.")
    private Converters.@Nullable TimeProbability nrmBy;

    @Option(
            names = "--nrm-median",
            paramLabel = "T",
            order = 6,
            converter = Converters.FiniteNumber.class,
            description = "Median time to death without relapse among those who die so.")
    private @Nullable Double nrmMedian;

    @Option(
            names = "--n",
            paramLabel = "N",
            order = 7,
            description =
                    "Patients behind the rates: gives intervals, in which shares, times and the family of their law"
                            + " vary together.")
    private @Nullable Integer patients;

    @Option(
            names = "--remission-se",
            paramLabel = "SE",
            order = 7,
            converter = Converters.FiniteNumber.class,
            description = "Published standard error of the share in remission, instead of --n.")
    private @Nullable Double remissionError;

    @Option(
            names = "--relapse-se",
            paramLabel = "SE",
            order = 7,
            converter = Converters.FiniteNumber.class,
            description = "Published standard error of the share that relapses, instead of --n.")
    private @Nullable Double relapseError;

    @Option(
            names = "--remission-interval",
            paramLabel = "L:U",
            order = 7,
            converter = Converters.RangeConverter.class,
            description = "Published 95 %% interval of the share in remission, instead of --n, as in 0.40:0.60.")
    private Converters.@Nullable Range remissionInterval;

    @Option(
            names = "--relapse-interval",
            paramLabel = "L:U",
            order = 7,
            converter = Converters.RangeConverter.class,
            description = "Published 95 %% interval of the share that relapses, instead of --n.")
    private Converters.@Nullable Range relapseInterval;

    @Option(
            names = "--times-known",
            order = 7,
            description =
                    "Take the times of events as known: intervals hold the sampling error of the shares alone, and are"
                            + " too narrow early on.")
    private boolean timesKnown;

    @Option(
            names = "--family",
            paramLabel = "FAMILY",
            order = 8,
            description =
                    "Law of the times: weibull, lognormal, loglogistic, gamma, exponential, or all side by side; intervals"
                            + " are then those within it. Default: weibull, with intervals as wide as the families leave them.")
    private @Nullable String family;

    @Option(
            names = "--unit",
            paramLabel = "UNIT",
            order = 9,
            converter = Converters.Unit.class,
            description = "Unit of all times: days, months (default) or years.")
    private DurationUnit unit = DurationUnit.MONTHS;

    @Option(
            names = "--level",
            paramLabel = "LEVEL",
            order = 10,
            converter = Converters.FiniteNumber.class,
            description = "Confidence level of the intervals that --n gives; default 0.95.")
    private @Nullable Double level;

    @Option(
            names = "--at",
            paramLabel = "T,T,...",
            order = 11,
            converter = Converters.TimesConverter.class,
            description = "Report at these times; default 6, 12, 24 and 60 months.")
    private Converters.@Nullable Times at;

    @Option(
            names = "--remaining",
            paramLabel = "T,T,...",
            order = 12,
            converter = Converters.TimesConverter.class,
            description = "What lies ahead of someone without relapse and alive at these times; default 6, 12 and 24"
                    + " months.")
    private Converters.@Nullable Times remaining;

    @Option(
            names = "--relapse-range",
            paramLabel = "T:T",
            order = 20,
            converter = Converters.RangeConverter.class,
            description =
                    "Printed range of the times of relapse, as in 15:1096: with --relapse-median and --relapses what"
                            + " each method and family makes of it.")
    private Converters.@Nullable Range relapseRange;

    @Option(
            names = "--relapses",
            paramLabel = "N",
            order = 21,
            description = "Relapses behind the median and range, at least 3.")
    private @Nullable Integer relapses;

    @Option(
            names = "--rank-of",
            paramLabel = "N",
            order = 22,
            description = "Take the largest time for the largest of so many where --relapses is itself rounded; default"
                    + " --relapses.")
    private @Nullable Integer rankOf;

    @Option(
            names = "--explain",
            paramLabel = "T",
            order = 23,
            converter = Converters.FiniteNumber.class,
            description =
                    "Why one page says 50 %% and another 64 %%: event-free and overall survival at this time taken"
                            + " apart, beside the published figures.")
    private @Nullable Double explain;

    @Mixin
    private final TargetOptions targets = new TargetOptions();

    @Mixin
    private final AssumeOption assume = new AssumeOption();

    @Mixin
    private final OutputOptions output = new OutputOptions(Format.TEXT);

    public CalibrateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        targets.check(spec);
        if (targets.isGiven()) {
            output.addTo(FilePlan.of(spec).reads("--model", targets.file())).check();
            double[] times = at == null ? null : at.toArray();
            output.emit(targets.document(assume, unit, family, level(), times), console);
            return Exit.DONE;
        }
        requireUse(relapses != null, "--relapses", relapseRange != null, "without --relapse-range");
        requireUse(rankOf != null, "--rank-of", relapseRange != null, "without --relapse-range");
        boolean precise = patients != null
                || remissionError != null
                || relapseError != null
                || remissionInterval != null
                || relapseInterval != null;
        requireUse(level != null, "--level", precise, "without --n: there are no intervals");
        requireUse(timesKnown, "--times-known", precise, "without --n: there are no intervals");
        output.addTo(FilePlan.of(spec)).check();
        CompetingRatesCalibration calibration =
                timed(CompetingRatesCalibration.withDefaults().withUnit(unit).withLevel(level()));
        if (remission != null) {
            calibration = calibration.withRemission(remission);
        }
        if (relapse != null) {
            calibration = calibration.withRelapse(relapse);
        }
        calibration = precise(calibration);
        if (at != null) {
            calibration = calibration.withTimes(at.toArray());
        }
        if (family != null) {
            calibration = family.equals(ALL)
                    ? calibration.withAllFamilies()
                    : calibration.withFamily(LawFamily.parse(family));
        }
        RangeTiming timing = timing();
        RangeTimingResult timed = timing == null ? null : timing.calibrate();
        CalibrationDocument document = CalibrationDocument.of(calibration.calibrate());
        if (remaining != null) {
            document = document.withRemaining(remaining.values());
        }
        if (timed != null && relapses != null && relapseMedian != null && relapseRange != null) {
            document = document.withTiming(
                    timed, relapses, rank(relapses), relapseMedian, relapseRange.least(), relapseRange.most());
        }
        if (explain != null) {
            document = document.withSurvivalParts(explain, share(remission), share(relapse));
        }
        output.emit(document, console);
        return Exit.DONE;
    }

    private double level() {
        return level == null ? 0.95 : level;
    }

    /** One statement a rate: a number of patients is one of both. */
    private CompetingRatesCalibration precise(CompetingRatesCalibration start) {
        CompetingRatesCalibration calibration = start;
        boolean remissionSaid = remissionError != null || remissionInterval != null;
        boolean relapseSaid = relapseError != null || relapseInterval != null;
        requireUse(
                patients != null && remissionSaid && relapseSaid,
                "--n",
                false,
                "where both rates have their own precision");
        requireUse(remissionError != null, "--remission-se", remissionInterval == null, "with --remission-interval");
        requireUse(relapseError != null, "--relapse-se", relapseInterval == null, "with --relapse-interval");
        if (patients != null) {
            calibration = calibration.withSampleSize(patients);
        }
        if (remissionError != null) {
            calibration = calibration.withRemissionError(remissionError);
        }
        if (relapseError != null) {
            calibration = calibration.withRelapseError(relapseError);
        }
        if (remissionInterval != null) {
            calibration =
                    calibration.withRemissionInterval(remissionInterval.least(), remissionInterval.most(), PRINTED);
        }
        if (relapseInterval != null) {
            calibration = calibration.withRelapseInterval(relapseInterval.least(), relapseInterval.most(), PRINTED);
        }
        return timesKnown ? calibration.withTimesKnown() : calibration;
    }

    private @Nullable RangeTiming timing() {
        if (relapseRange == null) {
            return null;
        }
        if (relapseMedian == null || relapses == null) {
            throw Usage.wrong(spec, "--relapse-range needs --relapse-median and --relapses beside it");
        }
        return RangeTiming.of(relapses, relapseMedian, relapseRange.least(), relapseRange.most(), unit)
                .withRankOf(rank(relapses));
    }

    private void requireUse(boolean given, String option, boolean used, String where) {
        Usage.requireUse(spec, given, option, used, where);
    }

    private int rank(int ofRelapses) {
        return rankOf == null ? ofRelapses : rankOf;
    }

    private static OptionalDouble share(@Nullable Double given) {
        return given == null ? OptionalDouble.empty() : OptionalDouble.of(given);
    }

    private CompetingRatesCalibration timed(CompetingRatesCalibration start) {
        CompetingRatesCalibration calibration = start;
        for (Map.Entry<String, Double> assumption : assume.values().entrySet()) {
            calibration = calibration.withAssumption(assumption.getKey(), assumption.getValue());
        }
        if (relapseBy != null) {
            calibration = calibration.withRelapseBy(relapseBy.time(), relapseBy.probability());
        }
        if (relapseMedian != null) {
            calibration = calibration.withRelapseMedian(relapseMedian);
        }
        if (nrmBy != null) {
            calibration = calibration.withNrmBy(nrmBy.time(), nrmBy.probability());
        }
        if (nrmMedian != null) {
            calibration = calibration.withNrmMedian(nrmMedian);
        }
        return calibration;
    }
}
