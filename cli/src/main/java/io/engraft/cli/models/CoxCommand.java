package io.engraft.cli.models;

import io.engraft.cli.curves.Charts;
import io.engraft.cli.options.BaselineOptions;
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
import io.engraft.regression.CoxFit;
import io.engraft.regression.CoxModel;
import io.engraft.regression.CoxTies;
import io.engraft.regression.ProportionalHazardsTest;
import io.engraft.regression.TimeTransform;
import io.engraft.report.DataColumns;
import io.engraft.report.Format;
import io.engraft.report.models.AftPrediction;
import io.engraft.report.models.CoxDocument;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A Cox model of a file. */
@Command(
        name = "cox",
        customSynopsis = "engraft cox DATA --time COL --status COL --covariates TERM,.. [options]",
        sortOptions = false,
        description = {
            "Cox proportional hazards model, as R's coxph: exp(coefficient) is a hazard ratio.",
            "Every status code of 1 or more is an event, unless --cause names one.",
            ""
        })
public final class CoxCommand implements Callable<Integer> {

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
            names = "--ties",
            paramLabel = "NAME",
            order = 19,
            converter = Converters.Ties.class,
            description = "How events at one time count: efron (default), breslow, or exact (of discrete time, without"
                    + " predictions).")
    private CoxTies ties = CoxTies.EFRON;

    @Mixin
    private final BaselineOptions beside = new BaselineOptions();

    @Mixin
    private final PredictionOptions prediction = new PredictionOptions();

    @Option(
            names = "--zph",
            paramLabel = "SCALE",
            order = 27,
            converter = Converters.Transform.class,
            description = "Test whether ratios change with time, on the scale km (1 - S(t-)), identity, rank or log.")
    private @Nullable TimeTransform zph;

    @Option(
            names = "--firth",
            order = 28,
            description = "Firth's penalty: finite estimates where covariates separate the patients, less bias in small"
                    + " samples. Take --profile with it.")
    private boolean firth;

    @Option(
            names = "--profile",
            order = 28,
            description =
                    "Limits by the profile likelihood of each coefficient, and p-values of its likelihood-ratio test.")
    private boolean profiled;

    @Option(
            names = "--as",
            paramLabel = "engraft|r",
            order = 31,
            converter = Converters.ProfileConverter.class,
            description =
                    "Whose conventions: Engraft's (default) or R's, whose intervals of survival are on the scale of log S;"
                            + " coefficients are the same.")
    private Profile profile = Profile.ENGRAFT;

    @Mixin
    private final ChartOptions chart = new ChartOptions();

    public CoxCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        data.use(dates);
        checkOptions();
        output.addTo(chart.addTo(prediction.addTo(data.files()))).check();
        SurvivalData rows = beside.read(data, covariates, console);
        List<String> columns = beside.columns(covariates, rows);
        String strata = beside.strata();
        List<NewRows.Row> patients =
                prediction.patients(data, rows, columns, strata, chart.file().isPresent(), console);
        Integer code = common.cause(rows);
        CoxFit fit = fit(rows, code);
        List<AftPrediction> predictions = prediction.predictions(
                patients, rows, p -> strata == null ? fit.predict(p.profile()) : fit.predict(p.profile(), p.stratum()));
        CoxDocument document = document(fit, rows).withPredictions(predictions);
        List<SideFile> charts = List.of();
        if (chart.file().isPresent()) {
            Charts.Subject subject = new Charts.Subject(rows, data.columns(), document.conventions());
            ModelChart.Choice choice = new ModelChart.Choice(code, common.level(), profile);
            charts = List.of(ModelChart.drawn("Cox", predictions, subject, choice, chart));
        }
        output.emit(document, charts, console);
        return Exit.DONE;
    }

    private CoxDocument document(CoxFit fit, SurvivalData rows) {
        DataColumns named = data.columns();
        CoxDocument document = CoxDocument.of(fit, rows)
                .withColumns(named)
                .withMissingValues(data.missing())
                .withProfile(profile);
        String strata = beside.strata();
        document = strata == null ? document : document.withStrata(strata);
        document = beside.isShown() ? document.withBaseline() : document;
        return zph == null
                ? document
                : document.withProportionalHazards(ProportionalHazardsTest.withDefaults()
                        .withTransform(zph)
                        .test(fit));
    }

    private void checkOptions() {
        chart.check();
        if (data.isGrouped()) {
            throw data.wrongUsage("--group means nothing to cox, which fits one model: name the column in --covariates,"
                    + " or in --strata for a baseline hazard of its own");
        }
        prediction.check(
                data, beside.isPlain(covariates), chart.file().isPresent(), "--covariates, --strata or --offset");
        boolean exact = ties == CoxTies.EXACT;
        String discrete = "with --ties exact, whose discrete time has no baseline hazard";
        data.requireUse(prediction.isAsked(), "--newdata, --at or --quantiles", !exact, discrete);
        data.requireUse(chart.file().isPresent(), "--chart", !exact, discrete);
        data.requireUse(beside.isShown(), "--baseline", !exact, discrete);
        data.requireUse(zph != null, "--zph", !exact, discrete);
        data.requireUse(zph != null, "--zph", !covariates.isEmpty(), "to a model without --covariates");
        data.requireUse(firth, "--firth", !covariates.isEmpty(), "to a model without --covariates");
        data.requireUse(profiled, "--profile", !covariates.isEmpty(), "to a model without --covariates");
    }

    private CoxFit fit(SurvivalData rows, @Nullable Integer code) {
        CoxModel model = CoxModel.withDefaults()
                .withCovariates(covariates.terms())
                .withTies(ties)
                .withProfile(profile)
                .withLevel(common.level());
        String offset = beside.offset();
        model = offset == null ? model : model.withOffset(offset);
        model = code == null ? model : model.withCause(code);
        model = data.isRobust() ? model.withRobustVariance() : model;
        model = firth ? model.withFirth() : model;
        CoxModel chosen = profiled ? model.withProfileLimits() : model;
        return data.located(rows, () -> chosen.fit(rows));
    }
}
