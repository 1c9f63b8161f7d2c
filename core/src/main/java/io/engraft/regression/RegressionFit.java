package io.engraft.regression;

import io.engraft.FitStatus;
import io.engraft.InvalidArgumentException;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.internal.Brief;
import io.engraft.internal.Require;
import io.engraft.regression.internal.Coding;
import io.engraft.regression.internal.Newton;
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

/** What the fits of all regression models have in common. Immutable. */
public abstract sealed class RegressionFit implements Tabular permits LikelihoodFit, CoxFit, FineGrayFit {

    private final Estimated estimated;
    private final Newton.End end;
    private final double nullLogLikelihood;
    /** The level of intervals. */
    final double level;

    private final @Nullable String cause;
    private final Map<String, String> conventions;
    private final List<Coefficient> coefficients;
    private final List<TermCoding> terms;

    RegressionFit(
            Estimated estimated,
            Newton.End end,
            double nullLogLikelihood,
            double level,
            @Nullable String cause,
            Map<String, String> conventions,
            List<Coefficient> coefficients,
            List<TermCoding> terms) {
        this.estimated = estimated;
        this.end = end;
        this.nullLogLikelihood = nullLogLikelihood;
        this.level = level;
        this.cause = cause;
        this.conventions = Collections.unmodifiableMap(conventions);
        this.coefficients = Collections.unmodifiableList(coefficients);
        this.terms = Collections.unmodifiableList(terms);
    }

    /** How terms were coded, by the names of their coefficients. */
    static List<TermCoding> described(Coding coding, String parameter, UnaryOperator<String> naming) {
        return coding.described().stream()
                .map(term -> new TermCoding(
                        term.label(),
                        parameter,
                        term.columns().stream().map(naming).toList(),
                        term.references(),
                        term.knots()))
                .toList();
    }

    /** Whether the likelihood is none, so that nothing is made of it unasked. */
    boolean isPseudo() {
        return false;
    }

    /** The model, for texts. */
    abstract String what();

    /**
     * The number of rows.
     *
     * @return rows, not weighted
     */
    public abstract int n();

    /**
     * The number of rows with an event, interval-censored ones included, those of weight 0 excluded; frequency weights
     * count.
     *
     * @return events
     */
    public abstract double events();

    /**
     * The Bayesian information criterion, -2 log-likelihood + log(observations) coefficients.
     *
     * @return the criterion; observations are rows in parametric models and events in a Cox model, either counted by
     *     frequency weights
     */
    public abstract double bic();

    /** The weights of a reported coefficient on those of the search. */
    double[] weights(int coefficient) {
        double[] weights = new double[estimated.estimate.length];
        weights[coefficient] = 1;
        return weights;
    }

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
        return estimated.status;
    }

    /**
     * The status in words.
     *
     * @return what went wrong or was left out, empty for {@link FitStatus#CONVERGED}
     */
    public final String statusReason() {
        return estimated.reason;
    }

    /**
     * The coefficients.
     *
     * @return in order, on the working scales of their parameters
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
        double[] sum = new double[estimated.estimate.length];
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
                ? estimated.combination(name, on, sum, false, level)
                : Estimated.none(name, on, String.join("; ", out));
    }

    static void add(double factor, double[] weights, double[] sum) {
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
        return inOrder(estimated.covariance());
    }

    /**
     * The model-based covariance of the coefficients: the inverse of the observed information.
     *
     * @return a copy, in the order of {@link #coefficients()}; NaN where not estimable
     */
    public final double[][] modelCovariance() {
        return inOrder(estimated.modelCovariance);
    }

    /**
     * The log-likelihood of the same model without covariates; strata and offsets stay.
     *
     * @return the log-likelihood
     */
    public final double nullLogLikelihood() {
        return nullLogLikelihood;
    }

    /**
     * The maximised log-likelihood: that of the times themselves, of a Cox model the partial one, of a Fine-Gray model the
     * pseudo-likelihood.
     *
     * @return the log-likelihood
     */
    public final double logLikelihood() {
        return end.point().value();
    }

    /**
     * The number of coefficients that were estimated.
     *
     * @return without those left out
     */
    public final int estimated() {
        return end.theta().length;
    }

    /**
     * Akaike's criterion.
     *
     * @return -2 log-likelihood + 2 coefficients; NaN where a penalty leaves no likelihood; of a Fine-Gray model by the
     *     pseudo-likelihood, so no more than a guide
     */
    public double aic() {
        return -2 * logLikelihood() + 2 * estimated();
    }

    /**
     * Newton steps of the last search.
     *
     * @return the number
     */
    public final int iterations() {
        return end.iterations();
    }

    /**
     * The length of the gradient at the end in the metric of the inverse information, in standard errors: 0 at a
     * maximum, whatever the units.
     *
     * @return the length; NaN where the information is not definite
     */
    public final double gradientNorm() {
        return Math.sqrt(Math.max(end.decrement(), 0));
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
        return estimated.warnings();
    }

    @Override
    public final TidyTable tidy() {
        return Coefficient.table(coefficients);
    }

    @Override
    public final String toString() {
        List<String> lines = new ArrayList<>();
        lines.add(what() + ": " + Brief.count(n(), "row") + ", " + Brief.count(events(), "event") + ", "
                + status().name() + (isPseudo() ? ", pseudo log-likelihood " : ", log-likelihood ")
                + Brief.number(logLikelihood()) + (isPseudo() ? "" : ", AIC " + Brief.number(aic())));
        coefficients.forEach(c -> lines.add("  " + c.name() + " " + c.value()));
        return String.join("\n", lines);
    }
}
