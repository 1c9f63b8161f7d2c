package io.engraft.regression;

import io.engraft.InvalidArgumentException;
import io.engraft.NotEstimableException;
import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.internal.Percentiles;
import io.engraft.internal.Require;
import io.engraft.law.LawOfTime;
import io.engraft.regression.internal.Kernel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * A fitted parametric law. Coefficients stand parameter by parameter, each first its intercept (named after the
 * parameter, and without a test, as no parameter is compared with 0), then its covariates (named after the covariate, {@code phase=CR2} for a contrast, and
 * {@code shape(age)} on a parameter other than the location). They are on the parameters' working scales. Immutable.
 */
public final class ParametricFit extends LikelihoodFit {

    private final ParametricFamily family;

    ParametricFit(
            ParametricFamily family,
            Fitted fitted,
            double level,
            @Nullable String cause,
            Map<String, String> conventions) {
        super(fitted, level, cause, conventions, list(fitted, level), described(fitted));
        this.family = family;
    }

    private static List<Coefficient> list(Fitted fitted, double level) {
        List<Coefficient> list = new ArrayList<>();
        Kernel kernel = fitted.likelihood.kernel;
        int at = 0;
        for (int k = 0; k < kernel.size(); k++) {
            String parameter = kernel.parameters().get(k).name();
            // No value of a parameter is a hypothesis that 0 on its working scale would be.
            list.add(one(fitted, level, at++, parameter, parameter).withoutTest());
            for (String column : fitted.likelihood.designs[k].columns) {
                list.add(one(fitted, level, at++, name(kernel, k, column), parameter));
            }
        }
        return list;
    }

    private static String name(Kernel kernel, int k, String column) {
        return k == kernel.location() ? column : kernel.parameters().get(k).name() + "(" + column + ")";
    }

    private static List<TermCoding> described(Fitted fitted) {
        Kernel kernel = fitted.likelihood.kernel;
        List<TermCoding> all = new ArrayList<>();
        for (int k = 0; k < kernel.size(); k++) {
            int parameter = k;
            all.addAll(described(fitted, k, column -> name(kernel, parameter, column)));
        }
        return all;
    }

    private static Coefficient one(Fitted fitted, double level, int at, String name, String parameter) {
        double[] weights = new double[fitted.estimate.length];
        weights[at] = 1;
        return fitted.combination(name, parameter, weights, fitted.leftOut[at], level);
    }

    /**
     * The family that was fitted.
     *
     * @return the family
     */
    public ParametricFamily family() {
        return family;
    }

    /**
     * The natural parameters of the law of one patient, with intervals from the working scale.
     *
     * @param profile the patient's covariates
     * @return by name, in the family's order
     */
    public Map<String, PointEstimate> parameters(CovariateProfile profile) {
        double[][] weights = Profiles.weights(fitted.likelihood, profile);
        Map<String, PointEstimate> map = new LinkedHashMap<>();
        List<Kernel.Parameter> parameters = fitted.likelihood.kernel.parameters();
        for (int k = 0; k < weights.length; k++) {
            Kernel.Parameter p = parameters.get(k);
            PointEstimate eta = fitted.combination(p.name(), p.name(), weights[k], false, level)
                    .value();
            map.put(p.name(), transformed(eta, p.link()));
        }
        return Collections.unmodifiableMap(map);
    }

    /**
     * The natural parameters where every column of every term is 0, with intervals from the working scale.
     *
     * @return by name, in the family's order
     */
    public Map<String, PointEstimate> baselineParameters() {
        Map<String, PointEstimate> map = new LinkedHashMap<>();
        List<Kernel.Parameter> parameters = fitted.likelihood.kernel.parameters();
        for (int k = 0; k < parameters.size(); k++) {
            Coefficient intercept = coefficients().get(Profiles.place(fitted.likelihood, k));
            PointEstimate eta = intercept.value();
            map.put(
                    intercept.parameter(),
                    eta.isEstimable() ? transformed(eta, parameters.get(k).link()) : eta);
        }
        return Collections.unmodifiableMap(map);
    }

    /**
     * The working scale of a parameter, on which its coefficients are.
     *
     * @param parameter its name
     * @return "identity", "log" or "logit"
     * @throws InvalidArgumentException when there is no such parameter
     */
    public String scaleOf(String parameter) {
        List<Kernel.Parameter> parameters = fitted.likelihood.kernel.parameters();
        for (Kernel.Parameter p : parameters) {
            if (p.name().equals(parameter)) {
                return p.link().name().toLowerCase(Locale.ROOT);
            }
        }
        throw InvalidArgumentException.of(
                "parameter",
                parameter,
                "one of " + parameters.stream().map(Kernel.Parameter::name).toList());
    }

    private static PointEstimate transformed(PointEstimate eta, Kernel.Link link) {
        double value = eta.estimate();
        Interval i = eta.interval();
        double se = eta.standardError().orElse(Double.NaN) * link.slope(value);
        Interval natural = i.isEstimable()
                ? Interval.of(
                        link.natural(i.lower().getAsDouble()),
                        link.natural(i.upper().getAsDouble()),
                        i.level())
                : i;
        return PointEstimate.of(link.natural(value), se, natural);
    }

    /**
     * The survival function of one patient, with uncertainty.
     *
     * @param profile the patient's covariates, every one of the model's and no other
     * @return the curve; its {@link FittedSurvival#law() law()} is the law at the estimates
     * @throws InvalidArgumentException when a covariate is missing, unknown or not of the level's names
     */
    public FittedSurvival predict(CovariateProfile profile) {
        return new FittedSurvival(fitted, Profiles.weights(fitted.likelihood, profile), level, profile);
    }

    /**
     * The law of one patient at other coefficients, such as a draw of {@link #draws}.
     *
     * @param profile the patient's covariates, every one of the model's and no other
     * @param coefficients in the order of {@link #coefficients()}, finite; those left out are not read
     * @return the law
     * @throws InvalidArgumentException when a covariate is missing or unknown, the number of coefficients is another, or
     *     the law has no such parameters
     */
    public LawOfTime law(CovariateProfile profile, double[] coefficients) {
        if (coefficients.length != coefficients().size()) {
            throw InvalidArgumentException.of(
                    "number of coefficients",
                    coefficients.length,
                    String.valueOf(coefficients().size()));
        }
        for (double c : coefficients) {
            Require.finite("coefficient", c);
        }
        return new FittedSurvival(fitted, Profiles.weights(fitted.likelihood, profile), level, profile)
                .law(coefficients);
    }

    /**
     * The law where every column of every term is 0: numeric covariates 0, categorical ones their reference. With splines
     * or logarithms it is no patient's, but what the columns' effects multiply or shift.
     *
     * @return the law at the intercepts
     * @throws InvalidArgumentException when the law has no such parameters
     */
    public LawOfTime baseline() {
        double[] eta = new double[fitted.likelihood.designs.length];
        for (int k = 0; k < eta.length; k++) {
            eta[k] = fitted.estimate[Profiles.place(fitted.likelihood, k)];
        }
        return fitted.likelihood.kernel.law(eta);
    }

    /**
     * What a patient's covariates make of the terms on the location parameter.
     *
     * @param profile the patient's covariates, all those of the location
     * @return the columns' values by the names of their coefficients, in order
     * @throws InvalidArgumentException when a covariate is missing, unknown or not of the level's names
     */
    public Map<String, Double> columns(CovariateProfile profile) {
        int location = fitted.likelihood.kernel.location();
        double[] weights = Profiles.weights(fitted.likelihood, location, profile);
        Map<String, Double> values = new LinkedHashMap<>();
        int at = Profiles.place(fitted.likelihood, location);
        for (String column : fitted.likelihood.designs[location].columns) {
            values.put(column, weights[++at]);
        }
        return Collections.unmodifiableMap(values);
    }

    /**
     * Any function of the coefficients, with its standard error and plain normal interval by the delta method, the
     * derivatives by central differences with steps of a thousandth of a standard error.
     *
     * @param f takes the coefficients in the order of {@link #coefficients()}, 0 for those left out
     * @return the estimate
     */
    public PointEstimate function(ToDoubleFunction<double[]> f) {
        double value = f.applyAsDouble(fitted.estimate.clone());
        if (Double.isNaN(value)) {
            return PointEstimate.notEstimable("the function is not a number at the estimates");
        }
        double[][] v = fitted.covariance();
        double[] g = new double[v.length];
        for (int j = 0; j < g.length; j++) {
            if (!fitted.leftOut[j]) {
                double h = 1e-3 * Math.sqrt(v[j][j]);
                g[j] = h > 0 ? (shifted(f, j, h) - shifted(f, j, -h)) / (2 * h) : h == 0 ? 0 : Double.NaN;
            }
        }
        double variance = 0;
        for (int i = 0; i < g.length; i++) {
            for (int j = 0; j < g.length; j++) {
                variance += fitted.leftOut[i] || fitted.leftOut[j] ? 0 : g[i] * v[i][j] * g[j];
            }
        }
        return Estimated.normal(
                value, Math.sqrt(variance), level, "the fit ended " + fitted.status + ": " + fitted.reason);
    }

    private double shifted(ToDoubleFunction<double[]> f, int j, double by) {
        double[] moved = fitted.estimate.clone();
        moved[j] += by;
        return f.applyAsDouble(moved);
    }

    /**
     * Any function of the coefficients, with percentile limits over draws from their normal approximation.
     *
     * @param f takes the coefficients in the order of {@link #coefficients()}, 0 for those left out
     * @param draws how many, at least 100
     * @param seed of the draws: the same seed gives the same limits
     * @return the estimate; the standard error is the standard deviation of the draws
     * @throws NotEstimableException when there is no covariance to draw from
     */
    public PointEstimate function(ToDoubleFunction<double[]> f, int draws, long seed) {
        double[] values = new double[draws];
        double[][] drawn = draws(draws, seed);
        for (int d = 0; d < draws; d++) {
            values[d] = f.applyAsDouble(drawn[d]);
            Require.finite("function of draw " + d, values[d]);
        }
        double sd = Percentiles.standardDeviation(values);
        double[] limits = Percentiles.central(values, level);
        return PointEstimate.of(f.applyAsDouble(fitted.estimate.clone()), sd, Interval.of(limits[0], limits[1], level));
    }

    /**
     * Draws of the coefficients from their normal approximation.
     *
     * @param draws how many, at least 100
     * @param seed of the draws: the same seed gives the same draws
     * @return one row a draw, in the order of {@link #coefficients()}
     * @throws NotEstimableException when there is no covariance to draw from
     */
    public double[][] draws(int draws, long seed) {
        return fitted.draws(draws, seed);
    }

    /**
     * The cured share, with an interval by profile likelihood, and whether follow-up supports it.
     *
     * @return the share
     * @throws InvalidArgumentException when the family has none, or it depends on covariates (ask
     *     {@link #parameters(CovariateProfile)} then)
     */
    public CureFraction cureFraction() {
        if (!family.isCure() || fitted.likelihood.designs[0].width > 0) {
            throw InvalidArgumentException.of(
                    "family", family.label(), "a cure family without covariates on the cured share");
        }
        return CureFraction.of(fitted, family, level);
    }

    /**
     * The cured share where it is one number.
     *
     * @return {@link #cureFraction()}; empty where the family has none, or it depends on covariates
     */
    public Optional<CureFraction> curedShare() {
        return family.isCure() && fitted.likelihood.designs[0].width == 0
                ? Optional.of(cureFraction())
                : Optional.empty();
    }

    @Override
    String what() {
        return family.label();
    }
}
