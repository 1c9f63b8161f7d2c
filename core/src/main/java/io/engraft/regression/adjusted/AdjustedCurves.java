package io.engraft.regression.adjusted;

import io.engraft.CheckReturnValue;
import io.engraft.InvalidArgumentException;
import io.engraft.data.SurvivalData;
import io.engraft.regression.CovariateProfile;
import io.engraft.regression.CoxFit;
import io.engraft.regression.CoxModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Survival curves of a cohort by the levels of one covariate, adjusted for the others by a Cox model (the g-formula, or
 * direct standardisation),
 *
 * <pre>
 *   S_a(t) = mean over the cohort's patients i of S(t | covariate = a, other covariates of i)
 * </pre>
 *
 * <p>The levels are compared in the same patients, as those of the raw curves are not. The difference is that of a treatment
 * only where the model holds, nobody is kept from either level by who he is, and all that bears on both the level and survival
 * is among the covariates. Variances are those of the fit, joint over levels and times, and of the cohort as a sample of such
 * patients; the two are taken as independent, which holds where the model does. Immutable.
 *
 * <ol>
 *   <li>I. M. Chang, R. Gelman, M. Pagano (1982). Corrected group prognostic curves and summary statistics. Journal of Chronic
 *       Diseases 35, 669-674.
 * </ol>
 */
@CheckReturnValue
public final class AdjustedCurves {

    private static final int MOST_VALUES = 10;

    private final String covariate;
    private final double[] values;
    private final boolean fixed;

    private AdjustedCurves(String covariate, double[] values, boolean fixed) {
        this.covariate = covariate;
        this.values = values;
        this.fixed = fixed;
    }

    /**
     * Curves by the levels of a covariate.
     *
     * @param covariate a covariate of the model: of levels, or of numbers with no more than 10 different ones in the cohort
     * @return the procedure
     */
    public static AdjustedCurves by(String covariate) {
        return new AdjustedCurves(covariate, new double[0], false);
    }

    /**
     * Some values of a covariate of numbers, in place of all that the cohort has.
     *
     * @param some the values, finite
     * @return the changed procedure
     */
    public AdjustedCurves withValues(double... some) {
        return new AdjustedCurves(covariate, some.clone(), fixed);
    }

    /**
     * Takes the cohort as it is, for these patients and no others: standard errors are then those of the fit alone.
     *
     * @return the changed procedure
     */
    public AdjustedCurves withFixedCohort() {
        return new AdjustedCurves(covariate, values, true);
    }

    /**
     * The curves of a cohort.
     *
     * @param fit the fit of a {@link CoxModel}
     * @param cohort the patients, often those that were fitted to, with all covariates of the fit, a row each, and strata where
     *     the fit has them; weights count, follow-up is not read
     * @return the curves of all levels
     * @throws InvalidArgumentException when the covariate is not one of the fit, has too many values, or a column of the fit is
     *     missing or has unknown levels
     */
    public AdjustedCohort of(CoxFit fit, SurvivalData cohort) {
        if (!fit.covariates().contains(covariate)) {
            throw InvalidArgumentException.ofText("covariate", covariate, "one of " + fit.covariates());
        }
        Map<String, IntFunction<CovariateProfile>> levels = new LinkedHashMap<>();
        List<String> others = new ArrayList<>(fit.covariates());
        others.remove(covariate);
        IntFunction<CovariateProfile> rest = CovariateProfile.ofRows(cohort, others);
        if (cohort.covariates().contains(covariate) && !cohort.hasNumericCovariate(covariate)) {
            if (values.length > 0) {
                throw InvalidArgumentException.of(
                        "values of " + covariate, Arrays.toString(values), "none for a covariate of levels");
            }
            for (String level :
                    cohort.categoricalCovariate(covariate).withoutUnusedLevels().levels()) {
                levels.put(level, row -> rest.apply(row).with(covariate, level));
            }
        } else {
            for (double value : values.length > 0 ? values : distinct(cohort.numericCovariate(covariate))) {
                levels.put(
                        value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value),
                        row -> rest.apply(row).with(covariate, value));
            }
        }
        if (levels.size() < 2) {
            throw InvalidArgumentException.of("levels of " + covariate, levels.keySet(), "two or more in the cohort");
        }
        return new AdjustedCohort(fit, cohort, covariate, levels, fixed);
    }

    private double[] distinct(double[] column) {
        double[] found = Arrays.stream(column).sorted().distinct().toArray();
        if (found.length > MOST_VALUES) {
            throw InvalidArgumentException.of(
                    "number of values of " + covariate,
                    found.length,
                    "at most " + MOST_VALUES + "; name some of them, or cut the covariate into levels");
        }
        return found;
    }

    @Override
    public String toString() {
        return "adjusted curves by " + covariate + (fixed ? ", of the cohort as it is" : "");
    }
}
