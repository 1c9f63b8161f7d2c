package io.engraft.regression;

import io.engraft.FitStatus;
import io.engraft.InvalidArgumentException;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.internal.Brief;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** What the fits of the one parametric likelihood have in common. Immutable. */
public abstract sealed class LikelihoodFit implements Tabular permits ParametricFit, AftFit {

    /** The end of the search. */
    final Fitted fitted;
    /** The level of intervals. */
    final double level;

    private final Map<String, String> conventions;
    private final List<Coefficient> coefficients;

    LikelihoodFit(Fitted fitted, double level, Map<String, String> conventions, List<Coefficient> coefficients) {
        this.fitted = fitted;
        this.level = level;
        this.conventions = Collections.unmodifiableMap(conventions);
        this.coefficients = Collections.unmodifiableList(coefficients);
    }

    /** The family or distribution, for texts. */
    abstract String what();

    /** A covariance of the search's coefficients, as one of those that are reported: a copy. */
    double[][] inOrder(double[][] v) {
        double[][] copy = new double[v.length][];
        Arrays.setAll(copy, i -> v[i].clone());
        return copy;
    }

    /**
     * How the fit ended.
     *
     * @return the status
     */
    public final FitStatus status() {
        return fitted.status;
    }

    /**
     * The status in words.
     *
     * @return what went wrong or was left out, empty for {@link FitStatus#CONVERGED}
     */
    public final String statusReason() {
        return fitted.reason;
    }

    /**
     * The coefficients.
     *
     * @return in order, on the working scales
     */
    public final List<Coefficient> coefficients() {
        return coefficients;
    }

    /**
     * One coefficient.
     *
     * @param name its name
     * @return the coefficient
     * @throws InvalidArgumentException when there is none of that name
     */
    public final Coefficient coefficient(String name) {
        for (Coefficient c : coefficients) {
            if (c.name().equals(name)) {
                return c;
            }
        }
        throw InvalidArgumentException.of(
                "coefficient",
                name,
                "one of " + coefficients.stream().map(Coefficient::name).toList());
    }

    /**
     * The covariance of the coefficients that is in force: the robust one where there is one.
     *
     * @return a copy, in the order of {@link #coefficients()}; NaN where not estimable
     */
    public final double[][] covariance() {
        return inOrder(fitted.covariance());
    }

    /**
     * The model-based covariance of the coefficients: the inverse of the observed information.
     *
     * @return a copy, in the order of {@link #coefficients()}; NaN where not estimable
     */
    public final double[][] modelCovariance() {
        return inOrder(fitted.modelCovariance);
    }

    /**
     * The maximised log-likelihood, that of the times themselves.
     *
     * @return the log-likelihood
     */
    public final double logLikelihood() {
        return fitted.logLikelihood();
    }

    /**
     * The log-likelihood of the same family without covariates; strata of a scale stay.
     *
     * @return the log-likelihood
     */
    public final double nullLogLikelihood() {
        return fitted.nullLogLikelihood;
    }

    /**
     * The number of coefficients that were estimated.
     *
     * @return without those left out
     */
    public final int estimated() {
        return fitted.freeCoefficients();
    }

    /**
     * Akaike's criterion.
     *
     * @return -2 log-likelihood + 2 coefficients
     */
    public final double aic() {
        return -2 * logLikelihood() + 2 * estimated();
    }

    /**
     * The Bayesian information criterion.
     *
     * @return -2 log-likelihood + log(rows) coefficients, rows counted by frequency weights
     */
    public final double bic() {
        return -2 * logLikelihood() + Math.log(fitted.likelihood.rows.count()) * estimated();
    }

    /**
     * The number of rows.
     *
     * @return rows, not weighted
     */
    public final int n() {
        return fitted.likelihood.rows.size;
    }

    /**
     * The number of rows with an event, interval-censored ones included, those of weight 0 excluded; frequency weights
     * count.
     *
     * @return events
     */
    public final double events() {
        return fitted.likelihood.rows.events();
    }

    /**
     * Newton steps of the last search.
     *
     * @return the number
     */
    public final int iterations() {
        return fitted.end.iterations();
    }

    /**
     * The length of the gradient at the end in the metric of the inverse information, in standard errors: 0 at a
     * maximum, whatever the units.
     *
     * @return the length; NaN where the information is not definite
     */
    public final double gradientNorm() {
        return Math.sqrt(Math.max(fitted.end.decrement(), 0));
    }

    /**
     * Conventions in force.
     *
     * @return what was chosen, by name
     */
    public final Map<String, String> conventions() {
        return conventions;
    }

    @Override
    public final TidyTable tidy() {
        return CoefficientTable.of(coefficients);
    }

    @Override
    public final String toString() {
        List<String> lines = new ArrayList<>();
        lines.add(
                what() + ": " + Brief.count(n(), "row") + ", " + Brief.count(events(), "event") + ", " + status().name()
                        + ", log-likelihood " + Brief.number(logLikelihood()) + ", AIC " + Brief.number(aic()));
        coefficients.forEach(c -> lines.add("  " + c.name() + " " + c.value()));
        return String.join("\n", lines);
    }
}
