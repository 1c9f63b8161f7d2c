package io.engraft.cli.options;

import io.engraft.cli.output.Console;
import io.engraft.data.SurvivalData;
import io.engraft.data.io.CovariateType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What stands beside the covariates of a model with a free baseline hazard. */
public final class BaselineOptions {

    @Option(
            names = "--strata",
            paramLabel = "COL",
            order = 22,
            description = "Column of strata: a baseline hazard for each level, the coefficients in common.")
    private @Nullable String strata;

    @Option(
            names = "--offset",
            paramLabel = "COL",
            order = 22,
            description = "Column that is added to the log hazard as it is, with the coefficient 1.")
    private @Nullable String offset;

    @Option(
            names = "--baseline",
            order = 26,
            description = "The cumulative baseline hazard of all columns 0, by stratum, in the document.")
    private boolean baseline;

    /** The rows of a file, with these columns beside those of the covariates. */
    public SurvivalData read(DataOptions data, CovariateOptions covariates, Console console) {
        return data.read(console, (roles, header) -> {
            var more = covariates.addTo(roles, header);
            more = offset == null ? more : more.withCovariate(offset, CovariateType.NUMERIC);
            return strata == null ? more : more.withStrata(strata);
        });
    }

    /** The columns that a patient needs for a prediction, but for that of the stratum. */
    public List<String> columns(CovariateOptions covariates, SurvivalData rows) {
        List<String> columns = new ArrayList<>(covariates.terms().columns(rows.covariates()));
        if (offset != null && !columns.contains(offset)) {
            columns.add(offset);
        }
        return columns;
    }

    /** Whether nothing tells patients apart. */
    public boolean isPlain(CovariateOptions covariates) {
        return covariates.isEmpty() && strata == null && offset == null;
    }

    public @Nullable String strata() {
        return strata;
    }

    public @Nullable String offset() {
        return offset;
    }

    public boolean isShown() {
        return baseline;
    }
}
