package io.engraft.cli.tests;

import io.engraft.DataProblem;
import io.engraft.InvalidDataException;
import io.engraft.cli.curves.ChartTest;
import io.engraft.cli.curves.Charts;
import io.engraft.cli.options.ChartOptions;
import io.engraft.cli.options.Converters;
import io.engraft.cli.options.DataOptions;
import io.engraft.cli.options.DateOptions;
import io.engraft.cli.options.Levels;
import io.engraft.cli.options.OutputOptions;
import io.engraft.cli.options.OutputOptions.SideFile;
import io.engraft.cli.output.Console;
import io.engraft.cli.output.Exit;
import io.engraft.curve.ConfidenceType;
import io.engraft.curve.Profile;
import io.engraft.data.SurvivalData;
import io.engraft.estimate.AalenJohansen;
import io.engraft.estimate.IncidenceEstimate;
import io.engraft.estimate.KaplanMeier;
import io.engraft.estimate.SurvivalEstimate;
import io.engraft.inference.PairwiseAdjustment;
import io.engraft.inference.TestResult;
import io.engraft.report.Conventions;
import io.engraft.report.DataColumns;
import io.engraft.report.Format;
import io.engraft.report.tests.TestDocument;
import io.engraft.report.tests.TestMethod;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compares the groups of a file. */
@Command(
        name = "test",
        customSynopsis = "engraft test DATA --time COL --status COL --group COL [options]",
        sortOptions = false,
        description = {
            "Compares groups: log-rank and its relatives, Gray's test, restricted means, a fixed time.",
            "Every status code of 1 or more is an event, unless --cause names one.",
            ""
        })
public final class TestCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private final DataOptions data = new DataOptions();

    @Mixin
    private final DateOptions dates = new DateOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions(Format.TEXT);

    @Option(
            names = "--method",
            paramLabel = "METHOD",
            order = 20,
            converter = Converters.Method.class,
            description =
                    "logrank (default), gehan, tarone-ware, peto, peto-modified, fleming-harrington, gray, rmst or"
                            + " fixed-time.")
    private TestMethod method = TestMethod.LOG_RANK;

    @Option(names = "--strata", paramLabel = "COL", order = 8, description = "Column of strata: compares within them.")
    private @Nullable String strata;

    @Option(
            names = "--cause",
            paramLabel = "K",
            order = 5,
            description = "Only code K is the event. gray needs it; fixed-time then compares cumulative incidence; the"
                    + " others then censor other codes (cause-specific). A cause's label will do too.")
    private @Nullable String cause;

    @Option(
            names = "--rho",
            paramLabel = "R",
            order = 21,
            converter = Converters.FiniteNumber.class,
            description = "Weight on early differences, for fleming-harrington and gray; default 0.")
    private @Nullable Double rho;

    @Option(
            names = "--gamma",
            paramLabel = "G",
            order = 22,
            converter = Converters.FiniteNumber.class,
            description = "Weight on late differences, for fleming-harrington; default 0.")
    private @Nullable Double gamma;

    @Option(
            names = "--tau",
            paramLabel = "T",
            order = 23,
            converter = Converters.FiniteNumber.class,
            description = "Horizon of the restricted means of rmst; required there.")
    private @Nullable Double tau;

    @Option(
            names = "--at",
            paramLabel = "T",
            order = 24,
            converter = Converters.FiniteNumber.class,
            description = "The time of fixed-time; required there.")
    private @Nullable Double at;

    @Option(
            names = "--trend",
            order = 25,
            description = "Test for a trend over the groups too, with scores 1, 2, ... in level order (rank tests).")
    private boolean trend;

    @Option(
            names = "--pairwise",
            paramLabel = "holm|bonferroni",
            order = 26,
            converter = Converters.PairAdjustment.class,
            description = "Compare every pair of groups too, p-values adjusted for their number.")
    private PairwiseAdjustment pairwise = PairwiseAdjustment.NO_PAIRS;

    @Option(
            names = "--exact",
            order = 27,
            description =
                    "The p-value of all ways to assign the rows to the groups (rank tests, rmst of two groups; small"
                            + " samples).")
    private boolean exact;

    @Option(
            names = "--permutations",
            paramLabel = "N",
            order = 28,
            description =
                    "The p-value of N random ways to assign the rows to the groups (rank tests, rmst of two groups);"
                            + " needs --seed.")
    private @Nullable Integer permutations;

    @Option(names = "--seed", paramLabel = "S", order = 29, description = "Seed of --permutations.")
    private @Nullable Long seed;

    @Option(
            names = "--level",
            paramLabel = "LEVEL",
            order = 30,
            converter = Converters.FiniteNumber.class,
            description = "Confidence level of intervals (rmst, fixed-time, --chart); default 0.95.")
    private @Nullable Double level;

    @Option(
            names = "--conf-type",
            paramLabel = "TYPE",
            order = 31,
            converter = Converters.Confidence.class,
            description = "Scale on which fixed-time compares: log-log (default; log with --as r), log, plain, logit or"
                    + " arcsin.")
    private @Nullable ConfidenceType confidenceType;

    @Option(
            names = "--as",
            paramLabel = "engraft|r",
            order = 32,
            converter = Converters.ProfileConverter.class,
            description = "Whose conventions: Engraft's (default) or R's, whose survdiff calls fleming-harrington with"
                    + " rho 1 the Peto and Peto test; the scale of fixed-time and intervals of charts follow too.")
    private Profile profile = Profile.ENGRAFT;

    @Mixin
    private final ChartOptions chart = new ChartOptions();

    public TestCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        data.use(dates);
        chart.check();
        TestRequest request = request();
        output.addTo(chart.addTo(data.files())).check();
        SurvivalData rows = data.read(console, strata);
        requireGroups(rows);
        TestResult result = request.run(rows);
        DataColumns columns = data.columns();
        TestDocument document = TestDocument.of(method, result, rows)
                .withColumns(columns)
                .withMissingValues(data.missing())
                .withProfile(profile);
        Integer code = Levels.cause(cause, rows);
        document = code == null ? document : document.withCause(code);
        List<SideFile> beside = chart.file().isPresent() ? List.of(drawn(rows, code, columns, result)) : List.of();
        output.emit(document, beside, console);
        return Exit.DONE;
    }

    /** Which groups there are is the data's doing, not that of the call. */
    private void requireGroups(SurvivalData rows) {
        List<String> levels = rows.group().orElseThrow().levels();
        if (levels.size() < 2) {
            throw new InvalidDataException(new DataProblem(
                    rows.source(),
                    0,
                    0,
                    data.columns().group(),
                    String.join(", ", levels),
                    "all rows that are used are of one group; allowed: two groups or more, or km for a curve of one"));
        }
    }

    private TestRequest request() {
        if (!data.isGrouped()) {
            throw data.wrongUsage("--group is missing: it names the column of the groups that are compared");
        }
        requireUse(rho != null, "--rho", method == TestMethod.FLEMING_HARRINGTON || method == TestMethod.GRAY);
        requireUse(gamma != null, "--gamma", method == TestMethod.FLEMING_HARRINGTON);
        requireUse(tau != null, "--tau", method == TestMethod.RMST);
        requireUse(at != null, "--at", method == TestMethod.FIXED_TIME);
        requireUse(trend, "--trend", method.isRankTest());
        requireUse(strata != null, "--strata", method.isRankTest() || method == TestMethod.GRAY);
        requireUse(exact, "--exact", method.isRankTest() || method == TestMethod.RMST);
        requireUse(permutations != null, "--permutations", method.isRankTest() || method == TestMethod.RMST);
        requireUse(confidenceType != null, "--conf-type", method == TestMethod.FIXED_TIME);
        requireUse(data.isRobust(), "--robust", method != TestMethod.GRAY);
        requireUse(
                level != null, "--level", method.hasIntervals() || chart.file().isPresent());
        requireGiven(tau != null, "--tau", method == TestMethod.RMST);
        requireGiven(at != null, "--at", method == TestMethod.FIXED_TIME);
        requireGiven(cause != null, "--cause", method == TestMethod.GRAY);
        if ((permutations == null) != (seed == null)) {
            throw data.wrongUsage("--permutations and --seed go together");
        }
        if (exact && permutations != null) {
            throw data.wrongUsage("--exact and --permutations exclude each other");
        }
        return new TestRequest(
                method,
                cause,
                rho == null ? 0 : rho,
                gamma == null ? 0 : gamma,
                tau == null ? 0 : tau,
                at == null ? 0 : at,
                trend,
                pairwise,
                exact,
                permutations,
                seed == null ? 0 : seed,
                level(),
                confidenceType == null ? profile.confidenceType() : confidenceType,
                profile,
                data.isRobust());
    }

    private double level() {
        return level == null ? 0.95 : level;
    }

    private void requireUse(boolean given, String option, boolean used) {
        data.requireUse(given, option, used, "to --method " + method.label());
    }

    private void requireGiven(boolean given, String option, boolean needed) {
        if (needed && !given) {
            throw data.wrongUsage(option + " is missing: --method " + method.label() + " needs it");
        }
    }

    /** The curves of the groups, with what the test found above them. */
    private SideFile drawn(SurvivalData rows, @Nullable Integer code, DataColumns columns, TestResult result) {
        String of = method.comparesIncidence(code != null) && code != null
                ? " (" + rows.causes().get(code - 1) + "): "
                : ": ";
        String finding = method.title() + of + ChartTest.p(result);
        if (method.comparesIncidence(code != null)) {
            AalenJohansen procedure =
                    AalenJohansen.withDefaults().withProfile(profile).withLevel(level());
            procedure = data.isRobust() ? procedure.withRobustVariance() : procedure;
            Map<String, IncidenceEstimate> fits = procedure.fit(rows).asMap();
            return Charts.incidence(
                    fits,
                    code,
                    subject(rows, columns, fits.values().iterator().next().conventions(), finding),
                    chart);
        } else {
            KaplanMeier procedure =
                    KaplanMeier.withDefaults().withProfile(profile).withLevel(level());
            procedure = data.isRobust() ? procedure.withRobustVariance() : procedure;
            Map<String, SurvivalEstimate> fits = Charts.fit(procedure, rows, code);
            return Charts.survival(
                    fits,
                    code,
                    subject(rows, columns, fits.values().iterator().next().conventions(), finding),
                    chart);
        }
    }

    private static Charts.Subject subject(
            SurvivalData rows, DataColumns columns, Map<String, String> conventions, String finding) {
        return new Charts.Subject(rows, columns, Conventions.of(conventions), finding);
    }
}
