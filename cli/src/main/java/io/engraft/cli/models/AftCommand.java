package io.engraft.cli.models;

import io.engraft.DataProblem;
import io.engraft.InvalidDataException;
import io.engraft.cli.curves.Charts;
import io.engraft.cli.options.ChartOptions;
import io.engraft.cli.options.Converters;
import io.engraft.cli.options.CovariateOptions;
import io.engraft.cli.options.DataOptions;
import io.engraft.cli.options.DateOptions;
import io.engraft.cli.options.Levels;
import io.engraft.cli.options.NewRows;
import io.engraft.cli.options.OutputOptions;
import io.engraft.cli.output.Console;
import io.engraft.cli.output.Exit;
import io.engraft.curve.Profile;
import io.engraft.data.SurvivalData;
import io.engraft.data.io.CsvSource;
import io.engraft.regression.AftDistribution;
import io.engraft.regression.AftFit;
import io.engraft.regression.AftModel;
import io.engraft.regression.CovariateProfile;
import io.engraft.regression.FittedSurvival;
import io.engraft.report.DataColumns;
import io.engraft.report.Format;
import io.engraft.report.models.AftDocument;
import io.engraft.report.models.AftPrediction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
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

    private static final List<Double> QUARTILES = List.of(0.25, 0.5, 0.75);
    private static final String TIME = "time";

    private final Console console;

    @Mixin
    private final DataOptions data = new DataOptions();

    @Mixin
    private final DateOptions dates = new DateOptions();

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
            names = "--cause",
            paramLabel = "K",
            order = 5,
            description = "Only code K is the event, other codes censor (cause-specific); a cause's label will do too.")
    private @Nullable String cause;

    @Option(
            names = "--strata",
            paramLabel = "COL",
            order = 22,
            description = "Column of strata: a scale for each level, the coefficients in common.")
    private @Nullable String strata;

    @Option(
            names = "--newdata",
            paramLabel = "FILE",
            order = 23,
            description =
                    "Predict for the rows of this CSV file, with the columns that --covariates (and --strata) name:"
                            + " survival at --at, and times by which shares have had the event.")
    private @Nullable String newData;

    @Option(
            names = "--at",
            paramLabel = "T,T,...",
            order = 24,
            converter = Converters.TimesConverter.class,
            description =
                    "Predict survival at these times, in this order; with --newdata and without it at every distinct"
                            + " exit time.")
    private Converters.@Nullable Times at;

    @Option(
            names = "--quantiles",
            paramLabel = "P,P,...",
            order = 25,
            converter = Converters.SharesConverter.class,
            description = "Predict the times by which these shares have had the event; default 0.25,0.5,0.75.")
    private Converters.@Nullable Shares quantiles;

    @Option(
            names = "--level",
            paramLabel = "LEVEL",
            order = 30,
            converter = Converters.FiniteNumber.class,
            description = "Confidence level; default ${DEFAULT-VALUE}.")
    private double level = 0.95;

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
        output.addTo(chart.addTo(data.files().reads("--newdata", newData))).check();
        SurvivalData rows = data.read(console, (roles, header) -> {
            var more = covariates.addTo(roles, header);
            return strata == null ? more : more.withStrata(strata);
        });
        List<NewRows.Row> patients = patients(rows);
        Integer code = Levels.cause(cause, rows);
        AftFit fit = fit(rows, code);
        List<AftPrediction> predictions = predictions(fit, rows, patients);
        DataColumns columns = data.columns();
        AftDocument document = AftDocument.of(fit, rows)
                .withColumns(columns)
                .withMissingValues(data.missing())
                .withProfile(profile)
                .withPredictions(predictions);
        document = strata == null ? document : document.withStrata(strata);
        if (chart.file().isPresent()) {
            Charts.Subject subject = new Charts.Subject(rows, columns, document.conventions());
            AftChart.draw(distribution, predictions, subject, code, level, profile, chart, console);
        }
        output.emit(document, console);
        return Exit.DONE;
    }

    private void checkOptions() {
        chart.check();
        if (data.isGrouped()) {
            throw data.wrongUsage("--group means nothing to aft, which fits one model: name the column in --covariates,"
                    + " or in --strata for scales of their own");
        }
        boolean profiled = newData != null || (covariates.isEmpty() && strata == null);
        require(profiled || at == null, "--at");
        require(profiled || quantiles == null, "--quantiles");
        require(profiled || chart.file().isEmpty(), "--chart");
        data.expect(newData);
        if ("-".equals(newData) && data.isStandardInput()) {
            throw data.wrongUsage("DATA and --newdata are both standard input; allowed: one of them");
        }
        data.requireUse(
                newData != null,
                "--newdata",
                !covariates.isEmpty() || strata != null,
                "to a model without --covariates or --strata");
    }

    private void require(boolean met, String option) {
        if (!met) {
            throw data.wrongUsage(option + " needs --newdata: it says whose curve is meant");
        }
    }

    private AftFit fit(SurvivalData rows, @Nullable Integer code) {
        AftModel model =
                AftModel.of(distribution).withCovariates(covariates.terms()).withLevel(level);
        if (strata != null) {
            model = model.withStrataOnScale();
        }
        if (code != null) {
            model = model.withCause(code);
        }
        if (data.isRobust()) {
            model = model.withRobustVariance();
        }
        try {
            return model.fit(rows);
        } catch (InvalidDataException e) {
            throw new InvalidDataException(
                    e.problems().stream().map(p -> located(p, rows)).toList());
        }
    }

    /** A problem of a model names no file and no column: here they are known. */
    private DataProblem located(DataProblem p, SurvivalData rows) {
        String column = TIME.equals(p.column()) ? data.columns().time() : p.column();
        return new DataProblem(rows.source(), p.row(), p.line(), column, p.value(), p.reason());
    }

    /** Whose survival is predicted: the rows of a file, one without covariates, or nobody's. */
    private List<NewRows.Row> patients(SurvivalData rows) {
        if (newData != null) {
            CsvSource source = data.further(newData, console);
            List<String> columns = List.copyOf(covariates.terms().columns(rows.covariates()));
            return NewRows.read(source, rows, columns, strata);
        }
        boolean one = at != null || quantiles != null || chart.file().isPresent();
        return one ? List.of(new NewRows.Row(CovariateProfile.empty(), "", Map.of(), null)) : List.of();
    }

    private List<AftPrediction> predictions(AftFit fit, SurvivalData rows, List<NewRows.Row> patients) {
        double[] times = at != null ? at.toArray() : newData == null ? new double[0] : exitTimes(rows);
        List<Double> shares = quantiles == null ? QUARTILES : quantiles.values();
        List<AftPrediction> all = new ArrayList<>();
        for (NewRows.Row patient : patients) {
            FittedSurvival curve = patient.predicted(() -> strata == null
                    ? fit.predict(patient.profile())
                    : fit.predict(patient.profile(), patient.stratum()));
            all.add(AftPrediction.of(patient.shown(), curve, times, shares));
        }
        return all;
    }

    private static double[] exitTimes(SurvivalData rows) {
        return IntStream.range(0, rows.size())
                .mapToDouble(rows::time)
                .sorted()
                .distinct()
                .toArray();
    }
}
