package io.engraft.cli.models;

import io.engraft.cli.curves.Charts;
import io.engraft.cli.options.ChartOptions;
import io.engraft.cli.options.Converters;
import io.engraft.cli.options.CovariateOptions;
import io.engraft.cli.options.DataOptions;
import io.engraft.cli.options.DateOptions;
import io.engraft.cli.options.ModelOptions;
import io.engraft.cli.options.NewRows;
import io.engraft.cli.options.OutputOptions;
import io.engraft.cli.options.OutputOptions.SideFile;
import io.engraft.cli.options.PredictionOptions;
import io.engraft.cli.output.Console;
import io.engraft.cli.output.Exit;
import io.engraft.curve.Profile;
import io.engraft.data.CensoredData;
import io.engraft.data.SurvivalData;
import io.engraft.data.io.ColumnRoles;
import io.engraft.regression.ParametricFamily;
import io.engraft.regression.ParametricFit;
import io.engraft.regression.ParametricModel;
import io.engraft.regression.Terms;
import io.engraft.report.DataColumns;
import io.engraft.report.Format;
import io.engraft.report.models.AftPrediction;
import io.engraft.report.models.FitDocument;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A parametric law of a file. */
@Command(
        name = "fit",
        customSynopsis = {
            "engraft fit DATA --time COL --status COL --family NAME [options]",
            "       engraft fit DATA --left COL --right COL --family NAME [options]"
        },
        sortOptions = false,
        description = {
            "Parametric law of time by maximum likelihood, covariates on any of its parameters.",
            "Times are followed up (--time, --status) or known to lie in (left, right] (--left, --right).",
            "Every status code of 1 or more is an event, unless --cause names one.",
            ""
        })
public final class FitCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private final DataOptions data = new DataOptions();

    @Mixin
    private final DateOptions dates = new DateOptions();

    @Mixin
    private final ModelOptions common = new ModelOptions();

    @Mixin
    private final CovariateOptions covariates = new CovariateOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions(Format.TEXT);

    @Mixin
    private final PredictionOptions prediction = new PredictionOptions();

    @Mixin
    private final ChartOptions chart = new ChartOptions();

    @Option(
            names = "--family",
            paramLabel = "NAME",
            required = true,
            order = 19,
            converter = Converters.Family.class,
            description =
                    "exponential, weibull, gompertz, gamma, gengamma, lognormal, loglogistic; spline:KNOTS, a spline"
                            + " of the log cumulative hazard with so many interior knots (spline:KNOTS:odds, spline:KNOTS:normal"
                            + " on other scales); cure:FAMILY, a share that never has the event.")
    @SuppressWarnings("NullAway.Init")
    private ParametricFamily family;

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
            names = "--on",
            paramLabel = "PARAMETER=TERM",
            order = 22,
            description =
                    "Terms, comma-separated, on another parameter of the law, such as shape=age,phase; --covariates"
                            + " act on the location. May be given once for each parameter.")
    private List<String> on = List.of();

    @Option(
            names = "--as",
            paramLabel = "engraft|r",
            order = 31,
            converter = Converters.ProfileConverter.class,
            description = "Whose conventions: Engraft's (default) or R's; for this model both give the same numbers.")
    private Profile profile = Profile.ENGRAFT;

    public FitCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Map<String, Terms> terms = checkOptions();
        output.addTo(chart.addTo(prediction.addTo(data.files()))).check();
        BiFunction<ColumnRoles, List<String>, ColumnRoles> more =
                (roles, header) -> covariates.addTo(roles, header, terms.values());
        CensoredData intervals = left == null || right == null ? null : data.readIntervals(console, left, right, more);
        SurvivalData rows = intervals == null ? data.read(console, more) : intervals.columns();
        Set<String> columns = new LinkedHashSet<>();
        terms.values().forEach(t -> columns.addAll(t.columns(rows.covariates())));
        boolean drawn = chart.file().isPresent();
        List<NewRows.Row> patients = prediction.patients(data, rows, List.copyOf(columns), null, drawn, console);
        Integer code = common.cause(rows);
        ParametricModel model = model(terms, rows, code);
        ParametricFit fit = data.located(rows, () -> intervals == null ? model.fit(rows) : model.fit(intervals));
        List<AftPrediction> predictions = prediction.predictions(patients, rows, p -> fit.predict(p.profile()));
        DataColumns named = left == null || right == null ? data.columns() : data.columns(left, right);
        FitDocument document = FitDocument.of(fit, rows)
                .withMissingValues(data.missing())
                .withProfile(profile)
                .withPredictions(predictions);
        document = intervals == null ? document.withColumns(named) : document.withIntervals(named);
        List<SideFile> beside = List.of();
        if (drawn) {
            Charts.Subject subject = new Charts.Subject(rows, named, document.conventions());
            beside = List.of(drawn(predictions, subject, code, intervals != null));
        }
        output.emit(document, beside, console);
        return Exit.DONE;
    }

    private SideFile drawn(
            List<AftPrediction> predictions, Charts.Subject subject, @Nullable Integer code, boolean intervals) {
        ModelChart.Choice choice = new ModelChart.Choice(code, common.level(), profile);
        return intervals
                ? ModelChart.drawnAlone(family.label(), predictions, subject, chart)
                : ModelChart.drawn(family.label(), predictions, subject, choice, chart);
    }

    /** The terms by parameter, those on the location under the empty name. */
    private Map<String, Terms> checkOptions() {
        chart.check();
        data.use(dates);
        if (data.isGrouped()) {
            throw data.wrongUsage(
                    "--group means nothing to fit, which fits one law: name the column in --covariates or --on");
        }
        if ((left == null) != (right == null)) {
            throw data.wrongUsage("--left and --right go together: they are the ends of the interval");
        }
        data.requireUse(common.hasCause(), "--cause", left == null, "with --left and --right, whose event is one");
        Map<String, Terms> terms = new LinkedHashMap<>();
        if (!covariates.isEmpty()) {
            terms.put("", covariates.unreferenced());
        }
        for (String text : on) {
            int equals = text.indexOf('=');
            if (equals < 1 || equals == text.length() - 1) {
                throw data.wrongUsage("--on '" + text
                        + "' is no parameter and terms; allowed: PARAMETER=TERM,... such as" + " shape=age");
            }
            String parameter = text.substring(0, equals).strip();
            if (terms.put(parameter, covariates.terms("--on", text.substring(equals + 1))) != null) {
                throw data.wrongUsage("--on names '" + parameter + "' twice; allowed: once for each parameter");
            }
        }
        prediction.check(data, terms.isEmpty(), chart.file().isPresent(), "--covariates or --on");
        return terms;
    }

    private ParametricModel model(Map<String, Terms> terms, SurvivalData rows, @Nullable Integer code) {
        ParametricModel model = ParametricModel.of(family).withLevel(common.level());
        for (Map.Entry<String, Terms> entry : terms.entrySet()) {
            model = model.withCovariatesOn(
                    entry.getKey(), covariates.withReferences(entry.getValue(), rows.covariates()));
        }
        if (code != null) {
            model = model.withCause(code);
        }
        return data.isRobust() ? model.withRobustVariance() : model;
    }
}
