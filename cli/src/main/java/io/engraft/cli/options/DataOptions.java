package io.engraft.cli.options;

import io.engraft.DataProblem;
import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.cli.output.Console;
import io.engraft.data.CensoredData;
import io.engraft.data.Dataset;
import io.engraft.data.Datasets;
import io.engraft.data.DurationUnit;
import io.engraft.data.MultiStateData;
import io.engraft.data.SurvivalData;
import io.engraft.data.WeightType;
import io.engraft.data.io.ColumnRoles;
import io.engraft.data.io.CsvData;
import io.engraft.data.io.CsvSource;
import io.engraft.data.io.IntervalCsv;
import io.engraft.data.io.MissingValues;
import io.engraft.data.io.MultiStateCsv;
import io.engraft.report.DataColumns;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Which data, and which column plays which part. */
public final class DataOptions {

    private static final String TIME = "--time";
    private static final String STATUS = "--status";

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private final HelpOption help = new HelpOption();

    @Parameters(
            paramLabel = "DATA",
            description =
                    "A CSV file with a header row, - for standard input, or an embedded data set such as @bmtcrr.")
    @SuppressWarnings("NullAway.Init")
    private String data;

    @Option(names = TIME, paramLabel = "COL", order = 1, description = "Column of the follow-up or stop time.")
    private @Nullable String time;

    @Option(
            names = STATUS,
            paramLabel = "COL",
            order = 2,
            description =
                    "Column of the status: 0 = censored, 1..K = event codes, or text with --events and --censored.")
    private @Nullable String status;

    @Option(
            names = "--events",
            paramLabel = "LEVEL",
            order = 3,
            description =
                    "Levels of the status that are events, comma-separated: they get codes 1, 2, ... Levels of one"
                            + " cause are joined by |, as in \"relapse|progression,death\"; a level with a comma stands in double"
                            + " quotes.")
    private List<String> events = List.of();

    @Option(
            names = "--censored",
            paramLabel = "LEVEL",
            order = 4,
            description = "Levels of the status that mean censored, comma-separated.")
    private List<String> censored = List.of();

    @Option(
            names = "--entry",
            paramLabel = "COL",
            order = 6,
            description = "Column of delayed entry: a row is at risk on (entry, time].")
    private @Nullable String entry;

    @Option(names = "--group", paramLabel = "COL", order = 7, description = "Column of groups: one curve per level.")
    private @Nullable String group;

    @Option(names = "--weight", paramLabel = "COL", order = 8, description = "Column of weights; needs --weight-type.")
    private @Nullable String weight;

    @Option(
            names = "--weight-type",
            paramLabel = "TYPE",
            order = 9,
            converter = Converters.Weights.class,
            description = "frequency: a row of weight 3 counts as three rows. sampling: standard errors are robust.")
    private @Nullable WeightType weightType;

    @Option(
            names = "--id",
            paramLabel = "COL",
            order = 12,
            description = "Column of the patient, where one has several rows: standard errors are robust by patient.")
    private @Nullable String id;

    @Option(
            names = "--cluster",
            paramLabel = "COL",
            order = 13,
            description = "Column of clusters, such as centres: standard errors are robust by cluster.")
    private @Nullable String cluster;

    @Option(
            names = "--robust",
            order = 14,
            description = "Robust standard errors (infinitesimal jackknife), by row unless --id or --cluster is given.")
    private boolean robust;

    @Option(
            names = "--na",
            paramLabel = "fail|drop",
            order = 10,
            converter = Converters.Missing.class,
            description = "Rows with missing values: an error that lists them (fail, the default), or dropped and"
                    + " counted (drop).")
    private MissingValues missing = MissingValues.FAIL;

    @Option(
            names = "--missing",
            paramLabel = "MARK",
            order = 10,
            description =
                    "Further marks of a missing value, comma-separated, such as -9; COL=MARK for one column. Known"
                            + " are an empty cell, NA, N/A, #N/A, NaN, NULL, [Not Available] and a single point.")
    private List<String> marks = List.of();

    @Option(
            names = "--unit",
            paramLabel = "UNIT",
            order = 11,
            converter = Converters.Unit.class,
            description = "Unit of the times: days, months (assumed without it, unless the data set is embedded) or"
                    + " years. It labels; no estimate depends on it.")
    private @Nullable DurationUnit unit;

    @Mixin
    private final FileOptions files = new FileOptions();

    private @Nullable String furtherFile;
    private @Nullable DateOptions dates;

    public SurvivalData read(Console console) {
        return CsvData.read(written(console), roles());
    }

    /** Lets two dates stand in place of a time. */
    public void use(DateOptions given) {
        if (!given.isGiven()) {
            return;
        }
        if (time != null) {
            throw wrong("--from and --to stand in place of --time; allowed: one of them");
        }
        if (given.from() == null || given.to() == null) {
            throw wrong("--from and --to go together: the columns of two dates, in place of --time");
        }
        dates = given;
        time = given.to();
    }

    /** Another file that the command is going to read. */
    public void expect(@Nullable String file) {
        furtherFile = file;
    }

    /** Another file of the command, written as the data are. */
    public CsvSource further(String file, Console console) {
        return files.further(file, console);
    }

    private CsvSource written(Console console) {
        files.requireFile(data, furtherFile);
        return files.source(data, console);
    }

    /** The data with the strata of a stratified test, null for none. */
    public SurvivalData read(Console console, @Nullable String strata) {
        return read(console, roles -> strata == null ? roles : roles.withStrata(strata));
    }

    /** The data with further columns that a command has of its own. */
    public SurvivalData read(Console console, UnaryOperator<ColumnRoles> more) {
        return read(console, (roles, header) -> more.apply(roles));
    }

    /** The data with further columns that depend on which there are. */
    public SurvivalData read(Console console, BiFunction<ColumnRoles, List<String>, ColumnRoles> more) {
        ColumnRoles own = roles();
        return CsvData.read(written(console), header -> more.apply(own, header));
    }

    /** Intervals that hold the time of the event, in place of time and status. */
    public CensoredData readIntervals(
            Console console, String left, String right, BiFunction<ColumnRoles, List<String>, ColumnRoles> more) {
        if (time != null || status != null || !events.isEmpty() || !censored.isEmpty()) {
            throw wrong("--left and --right stand in place of --time and --status; allowed: one of these pairs");
        }
        ColumnRoles own = roles(left, right);
        return IntervalCsv.read(written(console), header -> more.apply(own, header));
    }

    /** Stays in states, by the column of the state in which a row is and that of the state entered at its end. */
    public MultiStateData readStays(Console console, String from, String to) {
        if (status != null || !events.isEmpty() || !censored.isEmpty()) {
            throw wrong("--status, --events and --censored mean nothing to stays in states; allowed: --from and --to");
        }
        if (time == null || id == null || entry == null) {
            throw wrong("stays in states need --id, --entry and --time beside --from and --to");
        }
        return MultiStateCsv.read(written(console), roles(time, to), from);
    }

    /** A fit whose problems, which name no file and no column of it, are told with both. */
    public <T> T located(SurvivalData rows, Supplier<T> fit) {
        try {
            return fit.get();
        } catch (InvalidDataException e) {
            throw new InvalidDataException(e.problems().stream()
                    .map(p ->
                            new DataProblem(rows.source(), p.row(), p.line(), named(p.column()), p.value(), p.reason()))
                    .toList());
        }
    }

    private @Nullable String named(@Nullable String part) {
        return "time".equals(part) && time != null ? time : "weight".equals(part) && weight != null ? weight : part;
    }

    /** What the columns of stays are called. */
    public DataColumns columnsOfStays(String to) {
        return columns(time == null ? "time" : time, to);
    }

    private String time() {
        return required()[0];
    }

    private String status() {
        return required()[1];
    }

    private String[] required() {
        if (time == null || status == null) {
            boolean both = time == null && status == null;
            throw wrong("Missing required option" + (both ? "s" : "") + ": "
                    + (time == null ? "'" + TIME + "=COL'" : "") + (both ? ", " : "")
                    + (status == null ? "'" + STATUS + "=COL'" : ""));
        }
        return new String[] {time, status};
    }

    public boolean isStandardInput() {
        return data.equals("-");
    }

    public boolean isRobust() {
        return robust;
    }

    public ParameterException wrongUsage(String message) {
        return wrong(message);
    }

    /** Refuses an option that was given where it would change nothing. */
    public void requireUse(boolean given, String option, boolean used, String where) {
        Usage.requireUse(spec, given, option, used, where);
    }

    /** The files of a command, with that of the data. */
    public FilePlan files() {
        return FilePlan.of(spec).reads("DATA", data);
    }

    /** What the columns are called. */
    public DataColumns columns() {
        DateOptions pair = dates;
        return pair == null
                ? columns(time(), status())
                : columns("from " + pair.from() + " to " + pair.to(), status()).withUnitAssumed(false);
    }

    /** What the columns are called where those of time and status are others. */
    public DataColumns columns(String timeColumn, String statusColumn) {
        DataColumns columns = DataColumns.of(timeColumn, statusColumn)
                .withUnitAssumed(unit == null && embeddedUnit().isEmpty());
        columns = group == null ? columns : columns.withGroup(group);
        columns = id == null ? columns : columns.withId(id);
        columns = cluster == null ? columns : columns.withCluster(cluster);
        columns = censored.isEmpty() ? columns : columns.withStatusLevels(Levels.causes(events), Levels.all(censored));
        return data.startsWith("@") ? columns.withDataset(embedded(data)) : columns;
    }

    /** The unit that an embedded data set gives for the column of the time. */
    private Optional<DurationUnit> embeddedUnit() {
        if (!data.startsWith("@")) {
            return Optional.empty();
        }
        return embedded(data).columns().stream()
                .filter(c -> c.name().equals(time))
                .flatMap(c -> Arrays.stream(DurationUnit.values())
                        .filter(u -> c.unit().startsWith(u.label())))
                .findFirst();
    }

    private DurationUnit unit() {
        Optional<DurationUnit> known = embeddedUnit();
        if (unit != null && known.isPresent() && known.get() != unit) {
            throw wrong("--unit is " + unit.label() + "; allowed: "
                    + known.get().label() + ", the unit of column '" + time + "' of " + data);
        }
        return unit != null ? unit : known.orElse(DurationUnit.MONTHS);
    }

    public boolean isGrouped() {
        return group != null;
    }

    public MissingValues missing() {
        return missing;
    }

    public static CsvSource source(String data, Console console) {
        if (data.equals("-")) {
            return CsvSource.of(console.in(), "standard input");
        }
        if (data.startsWith("@")) {
            return CsvSource.of(embedded(data));
        }
        return CsvSource.of(path(data));
    }

    /** The data set of a name with @ in front, as it is to be typed. */
    private static Dataset embedded(String name) {
        return Datasets.all().stream()
                .filter(d -> name.equals("@" + d.name()))
                .findFirst()
                .orElseThrow(() -> InvalidArgumentException.of(
                        "data set",
                        name,
                        Datasets.all().stream().map(d -> "@" + d.name()).collect(Collectors.joining(" or "))));
    }

    public static Path path(String text) {
        if (text.isBlank()) {
            throw InvalidArgumentException.ofText("file", text, "a file's path");
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw InvalidArgumentException.ofText("file", text.replaceAll("\\p{Cntrl}", "?"), "a file's path");
        }
    }

    private ColumnRoles roles() {
        ColumnRoles roles = roles(time(), status());
        String from = dates == null ? null : dates.from();
        String format = dates == null ? null : dates.format();
        roles = from == null ? roles : roles.withDatesFrom(from);
        return format == null ? roles : roles.withDateFormat(format);
    }

    private ColumnRoles roles(String timeColumn, String statusColumn) {
        ColumnRoles roles =
                ColumnRoles.of(timeColumn, statusColumn).withMissing(missing).withUnit(unit());
        if (events.isEmpty() != censored.isEmpty()) {
            throw wrong("--events and --censored go together: they name the text levels of the status");
        }
        roles = withMarks(roles, Levels.all(marks));
        if (!censored.isEmpty()) {
            roles = roles.withEvents(Levels.causes(events), Levels.all(censored));
        } else if (data.equals("@bmtcrr") && statusColumn.equals("status")) {
            roles = roles.withCauseLabels(List.of("relapse", "competing event"));
        }
        if (entry != null) {
            roles = roles.withEntry(entry);
        }
        if (group != null) {
            roles = roles.withGroup(group);
        }
        if (id != null) {
            roles = roles.withId(id);
        }
        if (cluster != null) {
            roles = roles.withCluster(cluster);
        }
        if ((weight == null) != (weightType == null)) {
            throw wrong("--weight and --weight-type go together: what a weight means is declared, never guessed");
        }
        return weight == null || weightType == null ? roles : roles.withWeight(weight, weightType);
    }

    /** A mark alone is one of every column; behind the name of a column and =, of that one. */
    private static ColumnRoles withMarks(ColumnRoles roles, List<String> marks) {
        ColumnRoles more = roles;
        for (String mark : marks) {
            int equals = mark.indexOf('=');
            more = equals < 1
                    ? more.withMissingMarks(List.of(mark))
                    : more.withMissingMarks(mark.substring(0, equals).strip(), List.of(mark.substring(equals + 1)));
        }
        return more;
    }

    private ParameterException wrong(String message) {
        return Usage.wrong(spec, message);
    }
}
