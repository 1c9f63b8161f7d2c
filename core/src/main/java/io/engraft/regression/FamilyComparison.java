package io.engraft.regression;

import io.engraft.FitStatus;
import io.engraft.InvalidArgumentException;
import io.engraft.data.SurvivalData;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.internal.Brief;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Fits of several families to the same data, side by side. Immutable. */
public final class FamilyComparison implements Tabular {

    private final List<ParametricFit> fits;

    private FamilyComparison(List<ParametricFit> fits) {
        this.fits = Collections.unmodifiableList(fits);
    }

    /**
     * Fits several families.
     *
     * @param data the data
     * @param families which
     * @param options what each model is to have, such as covariates
     * @return the comparison
     */
    public static FamilyComparison fit(
            SurvivalData data, List<ParametricFamily> families, UnaryOperator<ParametricModel> options) {
        List<ParametricFit> fits = new ArrayList<>();
        for (ParametricFamily family : families) {
            fits.add(options.apply(ParametricModel.of(family)).fit(data));
        }
        return of(fits);
    }

    /**
     * Compares fits to the same data.
     *
     * @param fits at least one
     * @return the comparison
     * @throws InvalidArgumentException when there is none, or they are of different numbers of rows or events
     */
    public static FamilyComparison of(List<ParametricFit> fits) {
        if (fits.isEmpty()) {
            throw InvalidArgumentException.of("number of fits", 0, "at least 1");
        }
        for (ParametricFit fit : fits) {
            if (fit.n() != fits.get(0).n() || fit.events() != fits.get(0).events()) {
                throw new InvalidArgumentException(
                        "the fits are of different data: " + fits.get(0).n() + " rows with "
                                + fits.get(0).events() + " events and " + fit.n() + " rows with " + fit.events()
                                + " events; allowed: fits to the same data");
            }
        }
        return new FamilyComparison(new ArrayList<>(fits));
    }

    /**
     * The fits.
     *
     * @return in the order in which they were given
     */
    public List<ParametricFit> fits() {
        return fits;
    }

    /**
     * The fit with the least AIC among those at a maximum.
     *
     * @return the fit, empty where none converged
     */
    public Optional<ParametricFit> best() {
        return fits.stream()
                .filter(fit -> fit.status() == FitStatus.CONVERGED || fit.status() == FitStatus.RANK_DEFICIENT)
                .min(Comparator.comparingDouble(ParametricFit::aic));
    }

    @Override
    public TidyTable tidy() {
        double least = best().map(ParametricFit::aic).orElse(Double.NaN);
        TidyTable.Builder table = TidyTable.builder()
                .text("family")
                .text("status")
                .count("coefficients")
                .number("log_likelihood")
                .number("aic")
                .number("bic")
                .number("aic_difference");
        for (ParametricFit fit : fits) {
            boolean done = fit.status() == FitStatus.CONVERGED || fit.status() == FitStatus.RANK_DEFICIENT;
            table.row(
                    fit.family().label(),
                    fit.status().name(),
                    fit.estimated(),
                    done ? fit.logLikelihood() : Double.NaN,
                    done ? fit.aic() : Double.NaN,
                    done ? fit.bic() : Double.NaN,
                    done ? fit.aic() - least : Double.NaN);
        }
        return table.build();
    }

    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        fits.forEach(fit ->
                lines.add(fit.family().label() + ": " + fit.status().name() + ", AIC " + Brief.number(fit.aic())));
        return String.join("\n", lines);
    }
}
