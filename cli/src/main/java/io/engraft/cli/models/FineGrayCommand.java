package io.engraft.cli.models;

import io.engraft.FitStatus;
import io.engraft.NotEstimableException;
import io.engraft.cli.curves.Charts;
import io.engraft.cli.options.BaselineOptions;
import io.engraft.cli.options.ChartOptions;
import io.engraft.cli.options.Converters;
import io.engraft.cli.options.CovariateOptions;
import io.engraft.cli.options.DataOptions;
import io.engraft.cli.options.DateOptions;
import io.engraft.cli.options.LevelOption;
import io.engraft.cli.options.Levels;
import io.engraft.cli.options.NewDataOptions;
import io.engraft.cli.options.NewRows;
import io.engraft.cli.options.OutputOptions;
import io.engraft.cli.options.OutputOptions.SideFile;
import io.engraft.cli.output.Console;
import io.engraft.cli.output.Exit;
import io.engraft.curve.Profile;
import io.engraft.data.SurvivalData;
import io.engraft.estimate.AalenJohansen;
import io.engraft.regression.CoxTies;
import io.engraft.regression.FineGrayFit;
import io.engraft.regression.FineGrayModel;
import io.engraft.regression.PredictedIncidence;
import io.engraft.report.Format;
import io.engraft.report.models.FineGrayDocument;
import io.engraft.report.models.IncidencePrediction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A Fine-Gray model of a file. */
@Command(
        name = "finegray",
        customSynopsis = "engraft finegray DATA --time COL --status COL --cause K --covariates TERM,.. [options]",
        sortOptions = false,
        description = {
            "Fine-Gray model of the cumulative incidence of one cause, as R's crr: exp(coefficient) is a ratio of"
                    + " subdistribution hazards.",
            "It says in which direction the incidence changes. It is no hazard ratio, and no effect on the rate among"
                    + " those still at risk.",
            "Standard errors are always robust, with the part of the estimated censoring weights.",
            ""
        })
public final class FineGrayCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private final DataOptions data = new DataOptions();

    @Mixin
    private final DateOptions dates = new DateOptions();

    @Option(
            names = "--cause",
            paramLabel = "K",
            required = true,
            order = 5,
            description = "The code whose incidence is modelled, other codes compete; a cause's label will do too.")
    @SuppressWarnings("NullAway.Init")
    private String cause;

    @Mixin
    private final LevelOption level = new LevelOption();

    @Mixin
    private final CovariateOptions covariates = new CovariateOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions(Format.TEXT);

    @Option(
            names = "--ties",
            paramLabel = "NAME",
            order = 19,
            converter = Converters.Ties.class,
            description = "How events at one time count: breslow (default, as crr) or efron.")
    private CoxTies ties = CoxTies.BRESLOW;

    @Option(
            names = "--events-before-censorings",
            order = 19,
            description = "Where events and censorings are at one time, those with the event are not at risk of being"
                    + " censored, as in R's finegray; by default they are, as in its crr.")
    private boolean eventsFirst;

    @Mixin
    private final BaselineOptions beside = new BaselineOptions();

    @Mixin
    private final NewDataOptions whose = new NewDataOptions();

    @Option(
            names = "--as",
            paramLabel = "engraft|r",
            order = 31,
            converter = Converters.ProfileConverter.class,
            description =
                    "Whose conventions: Engraft's (default) or R's, whose intervals of incidence are on the scale of"
                            + " log F; coefficients are the same, those of crr.")
    private Profile profile = Profile.ENGRAFT;

    @Mixin
    private final ChartOptions chart = new ChartOptions();

    public FineGrayCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        data.use(dates);
        checkOptions();
        output.addTo(chart.addTo(whose.addTo(data.files()))).check();
        SurvivalData rows = beside.read(data, covariates, console);
        boolean drawn = chart.file().isPresent();
        List<NewRows.Row> patients =
                whose.patients(data, rows, beside.columns(covariates, rows), beside.strata(), drawn, console);
        int code = Objects.requireNonNull(Levels.cause(cause, rows));
        FineGrayFit fit = fit(rows, code);
        double[] times = whose.times(rows);
        List<IncidencePrediction> predictions = patients.stream()
                .map(p -> IncidencePrediction.of(p.shown(), curve(fit, p), times))
                .toList();
        FineGrayDocument document = document(fit, rows);
        if (whose.isAsked()) {
            document = document.withPredictions(predictions);
        }
        Optional<FineGrayFit.TotalIncidence> total =
                whose.hasFile() ? total(rows, code, patients, predictions, times) : Optional.empty();
        document = total.map(document::withTotalIncidence).orElse(document);
        List<SideFile> charts = List.of();
        if (drawn) {
            Charts.Subject subject = new Charts.Subject(rows, data.columns(), document.conventions());
            AalenJohansen all =
                    AalenJohansen.withDefaults().withLevel(level.level()).withProfile(profile);
            all = data.isRobust() ? all.withRobustVariance() : all;
            charts = List.of(ModelChart.drawnIncidence("Fine-Gray", predictions, subject, code, all, chart));
        }
        output.emit(document, charts, console);
        return Exit.DONE;
    }

    private PredictedIncidence curve(FineGrayFit fit, NewRows.Row patient) {
        return patient.predicted(() -> beside.strata() == null
                ? fit.predict(patient.profile())
                : fit.predict(patient.profile(), patient.stratum()));
    }

    private FineGrayDocument document(FineGrayFit fit, SurvivalData rows) {
        FineGrayDocument document = FineGrayDocument.of(fit, rows)
                .withColumns(data.columns())
                .withMissingValues(data.missing())
                .withProfile(profile);
        String strata = beside.strata();
        document = strata == null ? document : document.withStrata(strata);
        return beside.isShown() ? document.withBaseline() : document;
    }

    /**
     * What the models of all causes predict together, at the last time that all of them know: nothing holds them together.
     * Empty where no other cause has events, or the model of one has no fit.
     */
    private Optional<FineGrayFit.TotalIncidence> total(
            SurvivalData rows,
            int code,
            List<NewRows.Row> patients,
            List<IncidencePrediction> predictions,
            double[] times) {
        List<FineGrayFit> others = new ArrayList<>();
        for (int k = 1; k <= rows.causes().size(); k++) {
            int other = k;
            if (k != code
                    && IntStream.range(0, rows.size()).anyMatch(i -> rows.status(i) == other && rows.weight(i) > 0)) {
                try {
                    others.add(fit(rows, k));
                } catch (NotEstimableException e) {
                    return Optional.empty();
                }
            }
        }
        if (others.isEmpty() || others.stream().anyMatch(fit -> fit.status() == FitStatus.FAILED)) {
            return Optional.empty();
        }
        List<List<PredictedIncidence>> all = new ArrayList<>();
        for (int i = 0; i < patients.size(); i++) {
            NewRows.Row patient = patients.get(i);
            List<PredictedIncidence> curves =
                    new ArrayList<>(List.of(predictions.get(i).curve()));
            others.forEach(fit -> curves.add(curve(fit, patient)));
            all.add(curves);
        }
        double known = all.stream()
                .flatMap(List::stream)
                .mapToDouble(PredictedIncidence::horizon)
                .min()
                .orElse(0);
        OptionalDouble last = Arrays.stream(times).filter(t -> t <= known).max();
        return last.isPresent() && !all.isEmpty()
                ? Optional.of(FineGrayFit.totalIncidence(all, last.getAsDouble()))
                : Optional.empty();
    }

    private void checkOptions() {
        chart.check();
        if (data.isGrouped()) {
            throw data.wrongUsage("--group means nothing to finegray, which fits one model: name the column in"
                    + " --covariates, or in --strata for a baseline hazard of its own");
        }
        if (ties == CoxTies.EXACT) {
            throw data.wrongUsage(
                    "--ties is exact; allowed: breslow or efron, as rows that stay at risk with weights make"
                            + " no sets of one size");
        }
        boolean plain = beside.isPlain(covariates);
        whose.check(data, plain, chart.file().isPresent(), "--covariates, --strata or --offset");
    }

    private FineGrayFit fit(SurvivalData rows, int code) {
        FineGrayModel model = FineGrayModel.withDefaults()
                .withCause(code)
                .withCovariates(covariates.terms())
                .withTies(ties)
                .withProfile(profile)
                .withLevel(level.level());
        String offset = beside.offset();
        model = offset == null ? model : model.withOffset(offset);
        FineGrayModel chosen = eventsFirst ? model.withEventsBeforeCensorings() : model;
        return data.located(rows, () -> chosen.fit(rows));
    }
}
