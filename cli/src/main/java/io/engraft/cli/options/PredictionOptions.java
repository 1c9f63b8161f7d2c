package io.engraft.cli.options;

import io.engraft.cli.output.Console;
import io.engraft.data.SurvivalData;
import io.engraft.regression.PatientSurvival;
import io.engraft.report.models.AftPrediction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whom a fitted model of survival predicts for, and what. */
public final class PredictionOptions {

    private static final List<Double> QUARTILES = List.of(0.25, 0.5, 0.75);

    @Mixin
    private final NewDataOptions whose = new NewDataOptions();

    @Option(
            names = "--quantiles",
            paramLabel = "P,P,...",
            order = 25,
            converter = Converters.SharesConverter.class,
            description = "Predict the times by which these shares have had the event; default 0.25,0.5,0.75.")
    private Converters.@Nullable Shares quantiles;

    /** The file of {@code --newdata} added to what a command reads. */
    public FilePlan addTo(FilePlan plan) {
        return whose.addTo(plan);
    }

    /** Whether anything is to be predicted. */
    public boolean isAsked() {
        return whose.isAsked() || quantiles != null;
    }

    /** Refuses what means nothing to a plain model, which predicts one curve, or to one that others make depend on rows. */
    public void check(DataOptions data, boolean plain, boolean chart, String others) {
        whose.requireWhose(data, plain, quantiles != null, "--quantiles");
        whose.check(data, plain, chart, others);
    }

    /** Whose survival is predicted: the rows of a file, one without covariates, or nobody's. */
    public List<NewRows.Row> patients(
            DataOptions data,
            SurvivalData rows,
            List<String> covariates,
            @Nullable String strata,
            boolean chart,
            Console console) {
        return whose.patients(data, rows, covariates, strata, quantiles != null || chart, console);
    }

    /** What is predicted for them. */
    public List<AftPrediction> predictions(
            List<NewRows.Row> patients, SurvivalData rows, Function<NewRows.Row, PatientSurvival> curves) {
        double[] times = whose.times(rows);
        List<Double> shares = quantiles == null ? QUARTILES : quantiles.values();
        List<AftPrediction> all = new ArrayList<>();
        for (NewRows.Row patient : patients) {
            PatientSurvival curve = patient.predicted(() -> curves.apply(patient));
            all.add(AftPrediction.of(patient.shown(), curve, times, shares));
        }
        return all;
    }
}
