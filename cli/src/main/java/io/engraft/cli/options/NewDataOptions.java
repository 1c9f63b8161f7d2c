package io.engraft.cli.options;

import io.engraft.cli.output.Console;
import io.engraft.data.SurvivalData;
import io.engraft.regression.CovariateProfile;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whom a fitted model predicts for, and at which times. */
public final class NewDataOptions {

    private static final String NEW_DATA = "--newdata";

    @Option(
            names = NEW_DATA,
            paramLabel = "FILE",
            order = 23,
            description =
                    "Predict for the rows of this CSV file, which has the columns that the model is made of: those of"
                            + " terms, strata and offset.")
    private @Nullable String newData;

    @Option(
            names = "--at",
            paramLabel = "T,T,...",
            order = 24,
            converter = Converters.TimesConverter.class,
            description =
                    "Predict the curve at these times, in this order; with --newdata and without it at every distinct exit time.")
    private Converters.@Nullable Times at;

    /** The file of {@code --newdata} added to what a command reads. */
    public FilePlan addTo(FilePlan plan) {
        return plan.reads(NEW_DATA, newData);
    }

    /** Whether anything is to be predicted. */
    public boolean isAsked() {
        return newData != null || at != null;
    }

    /** Whether it is predicted for the rows of a file. */
    public boolean hasFile() {
        return newData != null;
    }

    /** Refuses what means nothing to a plain model, which predicts one curve, or to one that others make depend on rows. */
    public void check(DataOptions data, boolean plain, boolean chart, String others) {
        requireWhose(data, plain, at != null, "--at");
        requireWhose(data, plain, chart, "--chart");
        data.expect(newData);
        if ("-".equals(newData) && data.isStandardInput()) {
            throw data.wrongUsage("DATA and --newdata are both standard input; allowed: one of them");
        }
        data.requireUse(newData != null, NEW_DATA, !plain, "to a model without " + others);
    }

    /** Refuses an option about a curve where nothing says whose. */
    void requireWhose(DataOptions data, boolean plain, boolean given, String option) {
        if (given && newData == null && !plain) {
            throw data.wrongUsage(option + " needs --newdata: it says whose curve is meant");
        }
    }

    /** Whose curve is predicted: the rows of a file, one without covariates where it is wanted, or nobody's. */
    public List<NewRows.Row> patients(
            DataOptions data,
            SurvivalData rows,
            List<String> covariates,
            @Nullable String strata,
            boolean wanted,
            Console console) {
        if (newData != null) {
            return NewRows.read(data.further(newData, console), rows, covariates, strata);
        }
        return wanted || at != null
                ? List.of(new NewRows.Row(CovariateProfile.empty(), "", Map.of(), null))
                : List.of();
    }

    /** The times of {@code --at}; without them all exit times for the rows of a file, else none. */
    public double[] times(SurvivalData rows) {
        return at != null ? at.toArray() : newData == null ? new double[0] : exitTimes(rows);
    }

    private static double[] exitTimes(SurvivalData rows) {
        return IntStream.range(0, rows.size())
                .mapToDouble(rows::time)
                .sorted()
                .distinct()
                .toArray();
    }
}
