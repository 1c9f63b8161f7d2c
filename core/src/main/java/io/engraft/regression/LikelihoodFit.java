package io.engraft.regression;

import io.engraft.FitStatus;
import io.engraft.InvalidArgumentException;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.internal.Brief;
import io.engraft.internal.Require;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What the fits of the one parametric likelihood have in common. Immutable. */
public abstract sealed class LikelihoodFit implements Tabular permits ParametricFit, AftFit {

    /** The end of the search. */
    final Fitted fitted;
    /** The level of intervals. */
    final double level;

    private final @Nullable String cause;
    private final Map<String, String> conventions;
    private final List<Coefficient> coefficients;
    private final List<TermCoding> terms;

    LikelihoodFit(
            Fitted fitted,
            double level,
            @Nullable String cause,
            Map<String, String> conventions,
            List<Coefficient> coefficients,
            List<TermCoding> terms) {
        this.fitted = fitted;
        this.level = level;
        this.cause = cause;
        this.conventions = Collections.unmodifiableMap(conventions);
        this.coefficients = Collections.unmodifiableList(coefficients);
        this.terms = Collections.unmodifiableList(terms);
    }

    /** How the terms of a parameter were coded, by the names of its coefficients. */
    static List<TermCoding> described(Fitted fitted, int parameter, UnaryOperator<String> naming) {
        String name = fitted.likelihood.kernel.parameters().get(parameter).name();
        return fitted.likelihood.designs[parameter].coding.described().stream()
                .map(term -> new TermCoding(
                        term.label(),
                        name,
                        term.columns().stream().map(naming).toList(),
                        term.references(),
                        term.knots()))
                .toList();
    }

    /** The weights of a reported coefficient on those of the search. */
    double[] weights(int coefficient) {
        double[] weights = new double[fitted.estimate.length];
        weights[coefficient] = 1;
        return weights;
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
     * The confidence level of its intervals.
     *
     * @return the level, such as 0.95
     */
    public final double level() {
        return level;
    }

    /**
     * The one cause that was the event.
     *
     * @return its label in the data; empty where every event counts
     */
    public final Optional<String> cause() {
        return Optional.ofNullable(cause);
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
     * How the terms were coded: their coefficients, the references of contrasts, the knots of splines.
     *
     * @return parameter by parameter, in the order of the coefficients; strata of a scale are no term
     */
    public final List<TermCoding> terms() {
        return terms;
    }

    /**
     * A linear combination of coefficients.
     *
     * @param name what it is to be called
     * @param weights by the coefficients' names; finite
     * @return the sum of weights times coefficients, with standard errors by the covariance, its normal interval and the
     *     test that it is 0; not estimable where it takes a coefficient that was left out
     * @throws InvalidArgumentException when there is no such coefficient
     */
    public final Coefficient contrast(String name, Map<String, Double> weights) {
        double[] sum = new double[fitted.estimate.length];
        Set<String> parameters = new LinkedHashSet<>();
        List<String> out = new ArrayList<>();
        for (Map.Entry<String, Double> e : weights.entrySet()) {
            double weight = Require.finite("weight of " + e.getKey(), e.getValue());
            Coefficient c = coefficient(e.getKey());
            if (weight != 0) {
                add(weight, weights(coefficients.indexOf(c)), sum);
                parameters.add(c.parameter());
                if (!c.value().isEstimable()) {
                    out.add(c.value().reason());
                }
            }
        }
        String on = String.join(", ", parameters);
        return out.isEmpty()
                ? fitted.combination(name, on, sum, false, level)
                : Fitted.none(name, on, String.join("; ", out));
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

    private static void add(double factor, double[] weights, double[] sum) {
        for (int j = 0; j < sum.length; j++) {
            sum[j] += factor * weights[j];
        }
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

    /**
     * What a reader of the fit should know beside its status.
     *
     * @return sentences: those of the data ({@link io.engraft.data.SurvivalData#warnings()}), how few clusters a robust variance stands on; empty where there is nothing to warn of
     */
    public final List<String> warnings() {
        return fitted.warnings();
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
