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
import io.engraft.data.SurvivalData;
import io.engraft.regression.AftDistribution;
import io.engraft.regression.AftFit;
import io.engraft.regression.AftModel;
import io.engraft.report.DataColumns;
import io.engraft.report.Format;
import io.engraft.report.models.AftDocument;
import io.engraft.report.models.AftPrediction;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** An accelerated failure time model of a file. */
@Command(
        name = "aft",
        customSynopsis = "engraft aft DATA --time COL --status COL --distribution NAME [options]",
        sortOptions = false,
        description = {
            "Accelerated failure time model: log(time) = intercept + covariates + scale * error, as R's survreg.",
            "exp(coefficient) multiplies time: above 1 the event comes later.",
            "Every status code of 1 or more is an event, unless --cause names one.",
            ""
        })
public final class AftCommand implements Callable<Integer> {

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

    @Option(
            names = "--distribution",
            paramLabel = "NAME",
            required = true,
            order = 19,
            converter = Converters.Distribution.class,
            description = "exponential, weibull, rayleigh, lognormal, loglogistic; of time itself, not its logarithm:"
                    + " gaussian, logistic.")
    @SuppressWarnings("NullAway.Init")
    private AftDistribution distribution;

    @Option(
            names = "--strata",
            paramLabel = "COL",
            order = 22,
            description = "Column of strata: a scale for each level, the coefficients in common.")
    private @Nullable String strata;

    @Mixin
    private final PredictionOptions prediction = new PredictionOptions();

    @Option(
            names = "--as",
            paramLabel = "engraft|r",
            order = 31,
            converter = Converters.ProfileConverter.class,
            description = "Whose conventions: Engraft's (default) or R's; for this model both give the same numbers.")
    private Profile profile = Profile.ENGRAFT;

    @Mixin
    private final ChartOptions chart = new ChartOptions();

    public AftCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        data.use(dates);
        checkOptions();
        output.addTo(chart.addTo(prediction.addTo(data.files()))).check();
        SurvivalData rows = data.read(console, (roles, header) -> {
            var more = covariates.addTo(roles, header);
            return strata == null ? more : more.withStrata(strata);
        });
        List<String> columns = List.copyOf(covariates.terms().columns(rows.covariates()));
        List<NewRows.Row> patients =
                prediction.patients(data, rows, columns, strata, chart.file().isPresent(), console);
        Integer code = common.cause(rows);
        AftFit fit = fit(rows, code);
        List<AftPrediction> predictions = prediction.predictions(
                patients, rows, p -> strata == null ? fit.predict(p.profile()) : fit.predict(p.profile(), p.stratum()));
        DataColumns named = data.columns();
        AftDocument document = AftDocument.of(fit, rows)
                .withColumns(named)
                .withMissingValues(data.missing())
                .withProfile(profile)
                .withPredictions(predictions);
        document = strata == null ? document : document.withStrata(strata);
        List<SideFile> beside = List.of();
        if (chart.file().isPresent()) {
            Charts.Subject subject = new Charts.Subject(rows, named, document.conventions());
            ModelChart.Choice choice = new ModelChart.Choice(code, common.level(), profile);
            beside = List.of(ModelChart.drawn(distribution.label(), predictions, subject, choice, chart));
        }
        output.emit(document, beside, console);
        return Exit.DONE;
    }

    private void checkOptions() {
        chart.check();
        if (data.isGrouped()) {
            throw data.wrongUsage("--group means nothing to aft, which fits one model: name the column in --covariates,"
                    + " or in --strata for scales of their own");
        }
        boolean plain = covariates.isEmpty() && strata == null;
        prediction.check(data, plain, chart.file().isPresent(), "--covariates or --strata");
    }

    private AftFit fit(SurvivalData rows, @Nullable Integer code) {
        AftModel model =
                AftModel.of(distribution).withCovariates(covariates.terms()).withLevel(common.level());
        if (strata != null) {
            model = model.withStrataOnScale();
        }
        if (code != null) {
            model = model.withCause(code);
        }
        if (data.isRobust()) {
            model = model.withRobustVariance();
        }
        AftModel chosen = model;
        return data.located(rows, () -> chosen.fit(rows));
    }
}
