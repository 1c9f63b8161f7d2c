package io.engraft.cli.options;

import io.engraft.cli.output.Console;
import io.engraft.data.SurvivalData;
import io.engraft.regression.CovariateProfile;
import io.engraft.regression.PatientSurvival;
import io.engraft.report.models.AftPrediction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whom a fitted model predicts for, and what. */
public final class PredictionOptions {

    private static final String NEW_DATA = "--newdata";

    private static final List<Double> QUARTILES = List.of(0.25, 0.5, 0.75);

    @Option(
            names = NEW_DATA,
            paramLabel = "FILE",
            order = 23,
            description =
                    "Predict for the rows of this CSV file, with the columns that the model's terms (and --strata) name:"
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

    /** The file of {@code --newdata} added to what a command reads. */
    public FilePlan addTo(FilePlan plan) {
        return plan.reads(NEW_DATA, newData);
    }

    /** Whether anything is to be predicted. */
    public boolean isAsked() {
        return newData != null || at != null || quantiles != null;
    }

    /** Refuses what means nothing to a plain model, which predicts one curve, or to one that others make depend on rows. */
    public void check(DataOptions data, boolean plain, boolean chart, String others) {
        boolean profiled = newData != null || plain;
        require(data, profiled || at == null, "--at");
        require(data, profiled || quantiles == null, "--quantiles");
        require(data, profiled || !chart, "--chart");
        data.expect(newData);
        if ("-".equals(newData) && data.isStandardInput()) {
            throw data.wrongUsage("DATA and --newdata are both standard input; allowed: one of them");
        }
        data.requireUse(newData != null, NEW_DATA, !plain, "to a model without " + others);
    }

    private static void require(DataOptions data, boolean met, String option) {
        if (!met) {
            throw data.wrongUsage(option + " needs --newdata: it says whose curve is meant");
        }
    }

    /** Whose survival is predicted: the rows of a file, one without covariates, or nobody's. */
    public List<NewRows.Row> patients(
            DataOptions data,
            SurvivalData rows,
            List<String> covariates,
            @Nullable String strata,
            boolean chart,
            Console console) {
        if (newData != null) {
            return NewRows.read(data.further(newData, console), rows, covariates, strata);
        }
        boolean one = at != null || quantiles != null || chart;
        return one ? List.of(new NewRows.Row(CovariateProfile.empty(), "", Map.of(), null)) : List.of();
    }

    /** What is predicted for them. */
    public List<AftPrediction> predictions(
            List<NewRows.Row> patients, SurvivalData rows, Function<NewRows.Row, PatientSurvival> curves) {
        double[] times = at != null ? at.toArray() : newData == null ? new double[0] : exitTimes(rows);
        List<Double> shares = quantiles == null ? QUARTILES : quantiles.values();
        List<AftPrediction> all = new ArrayList<>();
        for (NewRows.Row patient : patients) {
            PatientSurvival curve = patient.predicted(() -> curves.apply(patient));
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
