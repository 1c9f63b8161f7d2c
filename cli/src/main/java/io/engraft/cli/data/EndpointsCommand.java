package io.engraft.cli.data;

import io.engraft.cli.options.Converters;
import io.engraft.cli.options.DataOptions;
import io.engraft.cli.options.FileOptions;
import io.engraft.cli.options.FilePlan;
import io.engraft.cli.options.HelpOption;
import io.engraft.cli.options.OutputOptions;
import io.engraft.cli.options.Usage;
import io.engraft.cli.output.Console;
import io.engraft.cli.output.Exit;
import io.engraft.data.DurationUnit;
import io.engraft.history.ChronicGvhdCriterion;
import io.engraft.history.Endpoint;
import io.engraft.history.EndpointRules;
import io.engraft.history.HistoryCsv;
import io.engraft.history.HistoryMap;
import io.engraft.history.HistoryTable;
import io.engraft.history.OtherColumns;
import io.engraft.history.TimeDependentCovariate;
import io.engraft.report.Format;
import io.engraft.report.data.EndpointsDocument;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** From what happened to patients to times and status for analysis. */
@Command(
        name = "endpoints",
        customSynopsis = "engraft endpoints DATA [options]",
        sortOptions = false,
        description = {
            "From patients' histories to times and status for analysis.",
            "One patient a row in, a table out with time and status (0 censored, 1 event, 2 competing event) for",
            "each endpoint; or, with --time-dependent, rows (entry, time] in which GVHD and the like turn from 0",
            "to 1 when they begin.",
            ""
        },
        footer = {
            "",
            "DATA has the column id and a column for each kind of event that was looked for, empty where it did",
            "not happen: days from the first transplant, or dates (2024-03-15) beside a column transplant_date.",
            "Columns, endpoints and their choices are described in docs/endpoints.md, the JSON in docs/json.md."
        })
public final class EndpointsCommand implements Callable<Integer> {

    /** The endpoints that relapse may compete with. */
    private static final Set<Endpoint> GVHD = Set.of(Endpoint.AGVHD_2_4, Endpoint.AGVHD_3_4, Endpoint.CGVHD);

    private final Console console;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private final HelpOption help = new HelpOption();

    @Parameters(paramLabel = "DATA", description = "A CSV file of histories, - for standard input, or @histories.")
    @SuppressWarnings("NullAway.Init")
    private String data;

    @Option(
            names = "--endpoint",
            paramLabel = "NAME",
            split = ",",
            order = 1,
            description = "Endpoints, comma-separated: os, dfs, efs, relapse, nrm, engraftment, agvhd_2_4, agvhd_3_4,"
                    + " cgvhd, grfs, crfs; default all that the columns allow.")
    private List<String> endpoints = List.of();

    @Option(
            names = "--time-dependent",
            paramLabel = "NAME",
            split = ",",
            order = 2,
            description = "Rows (entry, time] for one --endpoint, with these covariates: agvhd_2_4, agvhd_3_4, cgvhd,"
                    + " donor_lymphocytes, second_transplant.")
    private List<String> covariates = List.of();

    @Option(
            names = "--unit",
            paramLabel = "UNIT",
            order = 3,
            converter = Converters.Unit.class,
            description =
                    "Unit of the times that are given: days, months (default; 30.4375 days) or years (365.25 days).")
    private DurationUnit unit = DurationUnit.MONTHS;

    @Option(
            names = "--keep-columns",
            order = 4,
            description = "Carry other columns of the file along; without it they are an error.")
    private boolean keep;

    @Option(names = "--second-transplant-in-efs", order = 5, description = "A second transplant is an event of EFS.")
    private boolean secondTransplantInEfs;

    @Option(
            names = "--relapse-competes-with-gvhd",
            order = 6,
            description = "Relapse competes with GVHD, as death does.")
    private boolean relapseCompetes;

    @Option(
            names = "--crfs",
            paramLabel = "CRITERION",
            order = 7,
            description = "Chronic GVHD that ends CRFS: moderate_or_severe (default), systemic_therapy or either.")
    private @Nullable ChronicGvhdCriterion criterion;

    @Option(
            names = "--censor-at-dli",
            paramLabel = "NAME",
            split = ",",
            order = 8,
            description = "Endpoints that are censored at the first donor lymphocyte infusion.")
    private List<String> censoredAtLymphocytes = List.of();

    @Option(
            names = "--censor-at-second-transplant",
            paramLabel = "NAME",
            split = ",",
            order = 9,
            description = "Endpoints that are censored at the second transplant.")
    private List<String> censoredAtSecond = List.of();

    @Option(
            names = "--map",
            paramLabel = "FILE",
            order = 10,
            description =
                    "A CSV file with the columns name and column: what a registry's export calls the columns, which"
                            + " say yes or no beside a date, and how dates are written (docs/endpoints.md).")
    private @Nullable String mapFile;

    @Option(
            names = "--date-format",
            paramLabel = "FORMAT",
            order = 11,
            description = "How dates are written, as d.M.yyyy, dd.MM.yyyy or MM/dd/yyyy; default yyyy-MM-dd.")
    private @Nullable String dateFormat;

    @Option(
            names = "--missing",
            paramLabel = "MARK",
            split = ",",
            order = 12,
            description =
                    "Further marks of a missing value, comma-separated, such as unknown; COL=MARK for one column.")
    private List<String> marks = List.of();

    @Mixin
    private final FileOptions files = new FileOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions(Format.CSV);

    public EndpointsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        output.addTo(FilePlan.of(spec).reads("DATA", data).reads("--map", mapFile))
                .check();
        EndpointRules rules = rules();
        List<Endpoint> wanted =
                endpoints.stream().map(Endpoint::parse).distinct().toList();
        List<TimeDependentCovariate> turning = covariates.stream()
                .map(TimeDependentCovariate::parse)
                .distinct()
                .toList();
        if (!turning.isEmpty() && wanted.size() != 1) {
            throw Usage.wrong(spec, "--time-dependent needs one --endpoint; given: " + wanted.size());
        }
        files.requireFile(data, null);
        if ("-".equals(mapFile) && data.equals("-")) {
            throw Usage.wrong(spec, "DATA and --map are both standard input; allowed: one of them");
        }
        HistoryTable histories =
                HistoryCsv.read(files.source(data, console), map(), keep ? OtherColumns.KEEP : OtherColumns.FAIL);
        List<String> warnings = new ArrayList<>(histories.warnings());
        if (wanted.isEmpty()) {
            wanted = histories.availableEndpoints(rules);
            if (wanted.isEmpty()) {
                throw Usage.wrong(
                        spec,
                        "no endpoint can be known from the columns of " + data
                                + "; name one with --endpoint to see which column it lacks");
            }
            leftOut(histories, wanted, rules).ifPresent(warnings::add);
        }
        idle(wanted).ifPresent(warnings::add);
        EndpointsDocument document = turning.isEmpty()
                ? EndpointsDocument.of(histories, wanted, rules, unit)
                : EndpointsDocument.timeDependent(histories, wanted.get(0), rules, turning, unit);
        output.emit(
                document.withSource(DataOptions.source(data, console).name()).withWarnings(warnings), console);
        return Exit.DONE;
    }

    private HistoryMap map() {
        HistoryMap map = mapFile == null ? HistoryMap.none() : HistoryMap.read(DataOptions.source(mapFile, console));
        map = dateFormat == null ? map : map.withDateFormat(dateFormat);
        return map.withMissingMarks(marks);
    }

    private static Optional<String> leftOut(HistoryTable histories, List<Endpoint> given, EndpointRules rules) {
        List<String> left = Arrays.stream(Endpoint.values())
                .filter(e -> !given.contains(e))
                .map(e -> e.label() + " (" + String.join(" and ", histories.missingColumns(e, rules)) + ")")
                .toList();
        return left.isEmpty()
                ? Optional.empty()
                : Optional.of("left out, each for want of a column: " + String.join(", ", left));
    }

    /** The choices that no endpoint of the table depends on: one list of choices may serve many tables. */
    private Optional<String> idle(List<Endpoint> wanted) {
        List<String> idle = new ArrayList<>();
        if (secondTransplantInEfs && !wanted.contains(Endpoint.EFS)) {
            idle.add("--second-transplant-in-efs");
        }
        if (relapseCompetes && Collections.disjoint(wanted, GVHD)) {
            idle.add("--relapse-competes-with-gvhd");
        }
        if (criterion != null && !wanted.contains(Endpoint.CRFS)) {
            idle.add("--crfs");
        }
        addIdle("--censor-at-dli", censoredAtLymphocytes, wanted, idle);
        addIdle("--censor-at-second-transplant", censoredAtSecond, wanted, idle);
        return idle.isEmpty()
                ? Optional.empty()
                : Optional.of("given, but without effect on the endpoints here: " + String.join(", ", idle));
    }

    private static void addIdle(String option, List<String> names, List<Endpoint> wanted, List<String> idle) {
        set(names).stream().filter(e -> !wanted.contains(e)).forEach(e -> idle.add(option + " " + e.label()));
    }

    private EndpointRules rules() {
        return EndpointRules.withDefaults()
                .withSecondTransplantInEfs(secondTransplantInEfs)
                .withRelapseCompetingWithGvhd(relapseCompetes)
                .withChronicGvhdInCrfs(criterion == null ? ChronicGvhdCriterion.MODERATE_OR_SEVERE : criterion)
                .withCensoringAtDonorLymphocytes(set(censoredAtLymphocytes))
                .withCensoringAtSecondTransplant(set(censoredAtSecond));
    }

    private static Set<Endpoint> set(List<String> names) {
        Set<Endpoint> set = EnumSet.noneOf(Endpoint.class);
        names.forEach(n -> set.add(Endpoint.parse(n)));
        return set;
    }
}
