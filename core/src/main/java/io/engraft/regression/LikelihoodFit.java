package io.engraft.regression;

import io.engraft.InvalidArgumentException;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What the fits of the one parametric likelihood have in common. Immutable. */
public abstract sealed class LikelihoodFit extends RegressionFit permits ParametricFit, AftFit {

    /** The end of the search. */
    final Fitted fitted;

    LikelihoodFit(
            Fitted fitted,
            double level,
            @Nullable String cause,
            Map<String, String> conventions,
            List<Coefficient> coefficients,
            List<TermCoding> terms) {
        super(fitted, fitted.end, fitted.nullLogLikelihood, level, cause, conventions, coefficients, terms);
        this.fitted = fitted;
    }

    /** How the terms of a parameter were coded, by the names of its coefficients. */
    static List<TermCoding> described(Fitted fitted, int parameter, UnaryOperator<String> naming) {
        String name = fitted.likelihood.kernel.parameters().get(parameter).name();
        return described(fitted.likelihood.designs[parameter].coding, name, naming);
    }

    /**
     * The difference between the linear predictors of two patients on the location parameter: of log times in an
     * accelerated failure time model. A column that was left out counts as 0, as in predictions.
     *
     * @param profile a patient's covariates, all those of the location
     * @param against those of another
     * @return the difference with its standard errors, interval and the test that it is 0
     * @throws InvalidArgumentException when a covariate is missing, unknown or not of the level's names
     */
    public final Coefficient contrast(CovariateProfile profile, CovariateProfile against) {
        int location = fitted.likelihood.kernel.location();
        double[] difference = Profiles.weights(fitted.likelihood, location, profile);
        add(-1, Profiles.weights(fitted.likelihood, location, against), difference);
        String parameter = fitted.likelihood.kernel.parameters().get(location).name();
        return fitted.combination(profile + " - " + against, parameter, difference, false, level);
    }

    @Override
    public final double bic() {
        return -2 * logLikelihood() + Math.log(fitted.likelihood.rows.count()) * estimated();
    }

    @Override
    public final int n() {
        return fitted.likelihood.rows.size;
    }

    @Override
    public final double events() {
        return fitted.likelihood.rows.events();
    }
}
