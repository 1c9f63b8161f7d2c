package io.engraft.cli.evidence;

import io.engraft.cli.options.Converters;
import io.engraft.cli.options.CurveType;
import io.engraft.cli.options.DataOptions;
import io.engraft.cli.options.FileOptions;
import io.engraft.cli.options.FilePlan;
import io.engraft.cli.options.HelpOption;
import io.engraft.cli.options.OutputOptions;
import io.engraft.cli.options.OutputOptions.SideFile;
import io.engraft.cli.options.Usage;
import io.engraft.cli.output.Console;
import io.engraft.cli.output.Exit;
import io.engraft.data.DurationUnit;
import io.engraft.evidence.AtRiskTable;
import io.engraft.evidence.CurveReconstruction;
import io.engraft.evidence.DigitisationSpread;
import io.engraft.evidence.DigitisedCurve;
import io.engraft.evidence.DigitisedFile;
import io.engraft.evidence.Leavers;
import io.engraft.evidence.ReconstructedCurve;
import io.engraft.report.Format;
import io.engraft.report.evidence.ReconstructionDocument;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Patient-level data from a printed curve. */
@Command(
        name = "reconstruct",
        customSynopsis = {
            "engraft reconstruct CURVE AT_RISK [options]",
            "       engraft reconstruct CURVE --n 60 [options]"
        },
        sortOptions = false,
        description = {
            "Rebuilds patients from a printed curve and the numbers at risk under it.",
            "By the equations of Guyot and others (2012); says how well the data give the curve back and how",
            "much the reading leaves open. With --format csv the patients alone: time, status, cause, ready for",
            "engraft km.",
            ""
        },
        footer = {
            "",
            "CURVE has the columns time and survival; or time and incidence, and cause where there are several; or,",
            "with --type, two columns of any names or none. Probabilities are 0 to 1, or percentages with",
            "--percent. AT_RISK has the columns time and at_risk, or two without names, and starts at time 0."
        })
public final class ReconstructCommand implements Callable<Integer> {

    private final Console console;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private final HelpOption help = new HelpOption();

    @Parameters(index = "0", paramLabel = "CURVE", description = "A CSV file of points, or - for standard input.")
    @SuppressWarnings("NullAway.Init")
    private String curveFile;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "AT_RISK",
            description = "A CSV file of numbers at risk, or - for standard input; not needed with --n.")
    private @Nullable String atRiskFile;

    @Option(
            names = "--n",
            paramLabel = "N",
            order = 1,
            description = "The number of patients, where no numbers at risk are printed.")
    private @Nullable Integer patients;

    @Option(
            names = "--type",
            paramLabel = "survival|incidence",
            order = 2,
            converter = CurveType.Converter.class,
            description = "What the curve is; an error where CURVE has the other column. Default by its column, needed"
                    + " where that has another name, or none.")
    private @Nullable CurveType type;

    @Option(
            names = "--dataset",
            paramLabel = "NAME",
            order = 2,
            description = "Which set of points of CURVE, where a digitiser wrote several side by side, its name over"
                    + " the columns X and Y.")
    private @Nullable String dataset;

    @Option(
            names = "--events",
            paramLabel = "N",
            order = 3,
            description = "The printed total of events, of all curves together, where it is known.")
    private @Nullable Integer events;

    @Option(
            names = "--leavers",
            paramLabel = "TYPE",
            order = 4,
            converter = CurveType.LeaversConverter.class,
            description = "Who leaves without the event of one incidence alone: censored (default) or competing.")
    private @Nullable Leavers leavers;

    @Option(
            names = "--precision",
            paramLabel = "P",
            order = 5,
            converter = Converters.FiniteNumber.class,
            description =
                    "How exactly probabilities were read: half a pixel, say; default ${DEFAULT-VALUE}. Points beyond"
                            + " 0 or 1 by no more are moved there, and counted.")
    private double precision = 0.00125;

    @Option(
            names = "--time-precision",
            paramLabel = "T",
            order = 6,
            converter = Converters.FiniteNumber.class,
            description = "How exactly times were read; default 0.")
    private double timePrecision;

    @Option(
            names = "--tolerance",
            paramLabel = "P",
            order = 7,
            converter = Converters.FiniteNumber.class,
            description = "How far a survival curve may rise (an incidence fall) by a slip; flattened and counted."
                    + " Default 0.")
    private double tolerance;

    @Option(names = "--percent", order = 8, description = "The curve's values are percentages, 0 to 100.")
    private boolean percent;

    @Option(
            names = "--unit",
            paramLabel = "UNIT",
            order = 8,
            converter = Converters.Unit.class,
            description = "Unit of the times: days, months (default) or years. It labels; no estimate depends on it.")
    private DurationUnit unit = DurationUnit.MONTHS;

    @Option(
            names = "--at",
            paramLabel = "T,T,...",
            order = 9,
            converter = Converters.TimesConverter.class,
            description =
                    "Times at which the curve and its spread are reported; default those of AT_RISK after 0 within the"
                            + " curve.")
    private Converters.@Nullable Times at;

    @Option(
            names = "--draws",
            paramLabel = "N",
            order = 10,
            description =
                    "Reconstructions from points moved within their precision; default ${DEFAULT-VALUE}, 0 for none.")
    private int draws = 100;

    @Option(names = "--seed", paramLabel = "S", order = 11, description = "Seed of the draws; default 1.")
    private @Nullable Long seed;

    @Option(
            names = "--level",
            paramLabel = "LEVEL",
            order = 12,
            converter = Converters.FiniteNumber.class,
            description = "Share of the draws that a range holds, and level of the curve's interval; default"
                    + " ${DEFAULT-VALUE}.")
    private double level = 0.95;

    @Option(
            names = "--data-out",
            paramLabel = "FILE",
            order = 13,
            description = "Write the patients to this CSV file as well.")
    private @Nullable Path dataFile;

    @Mixin
    private final FileOptions files = new FileOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions(Format.TEXT);

    public ReconstructCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        checkOptions();
        files.requireFile(curveFile, atRiskFile);
        output.addTo(FilePlan.of(spec)
                        .reads("CURVE", curveFile)
                        .reads("AT_RISK", atRiskFile)
                        .writes("--data-out", dataFile))
                .check();
        CurveReconstruction procedure = procedure();
        List<DigitisedCurve> curves = curveFile().read(files.source(curveFile, console));
        checkType(curves);
        AtRiskTable table = atRiskFile == null
                ? AtRiskTable.ofPatients(patients == null ? 0 : patients)
                : AtRiskTable.read(files.further(atRiskFile, console));
        ReconstructedCurve rebuilt = procedure.fit(curves, table);
        double[] times = times(curves, table);
        DigitisationSpread spread = draws == 0 ? null : procedure.spread(curves, table, times, draws, seed(), level);
        ReconstructionDocument document = ReconstructionDocument.of(rebuilt, curves)
                .withSources(DataOptions.source(curveFile, console).name(), atRiskName())
                .withPrecision(precision, timePrecision, tolerance)
                .withLevel(level)
                .withTimes(times);
        document = events == null ? document : document.withTotalEvents(events);
        document = spread == null ? document : document.withSpread(spread, seed());
        List<SideFile> beside = List.of();
        if (dataFile != null) {
            ReconstructionDocument rows = document.withPatientsElsewhere();
            beside = List.of(new SideFile(dataFile, target -> rows.write(Format.CSV, target)));
            document = rows;
        }
        output.emit(document, beside, console);
        return Exit.DONE;
    }

    private void checkOptions() {
        if (atRiskFile == null && patients == null) {
            throw wrong("AT_RISK is missing: a CSV file of the numbers at risk, or --n with the number of patients");
        }
        if (atRiskFile != null && patients != null) {
            throw wrong("AT_RISK and --n exclude each other: the table's first row is the number of patients");
        }
        if (curveFile.equals("-") && "-".equals(atRiskFile)) {
            throw wrong("CURVE and AT_RISK are both standard input; allowed: one of them");
        }
        if (draws != 0 && draws < 2) {
            throw wrong("--draws is " + draws + "; allowed: 0 for none, or 2 and more");
        }
        Usage.requireUse(spec, seed != null, "--seed", draws != 0, "with --draws 0: nothing is drawn");
    }

    private long seed() {
        return seed == null ? 1 : seed;
    }

    private DigitisedFile curveFile() {
        DigitisedFile file = DigitisedFile.withDefaults().withPrecision(precision, timePrecision);
        file = type == null ? file : file.withSurvival(type == CurveType.SURVIVAL);
        file = dataset == null ? file : file.withDataset(dataset);
        return percent ? file.withPercent() : file;
    }

    private CurveReconstruction procedure() {
        CurveReconstruction procedure = CurveReconstruction.withDefaults()
                .withPrecision(precision, timePrecision)
                .withTolerance(tolerance)
                .withUnit(unit);
        procedure = events == null ? procedure : procedure.withTotalEvents(events);
        return leavers == null ? procedure : procedure.withLeavers(leavers);
    }

    private void checkType(List<DigitisedCurve> curves) {
        CurveType found = CurveType.of(curves.get(0));
        if (type != null && type != found) {
            throw wrong("--type is " + type.label() + ", but " + curveFile + " has a column '" + found.label() + "'");
        }
        if (leavers != null && found == CurveType.SURVIVAL) {
            throw wrong("--leavers means nothing to a survival curve: there whoever leaves was censored");
        }
    }

    private String atRiskName() {
        return atRiskFile == null ? "" : DataOptions.source(atRiskFile, console).name();
    }

    /** Those asked for; else the printed times of the table within the curve, or the curve's end. */
    private double[] times(List<DigitisedCurve> curves, AtRiskTable table) {
        if (at != null) {
            return at.toArray();
        }
        double end =
                curves.stream().mapToDouble(c -> c.time(c.size() - 1)).max().orElse(0);
        double[] printed = IntStream.range(0, table.size())
                .mapToDouble(table::time)
                .filter(t -> t > 0 && t <= end)
                .toArray();
        return printed.length == 0 ? DoubleStream.of(end).toArray() : printed;
    }

    private ParameterException wrong(String message) {
        return Usage.wrong(spec, message);
    }
}
