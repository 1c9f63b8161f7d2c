package io.engraft.regression;

import io.engraft.CheckReturnValue;
import io.engraft.InvalidArgumentException;
import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.internal.Brief;
import io.engraft.internal.Percentiles;
import io.engraft.internal.Require;
import io.engraft.law.LawOfTime;
import io.engraft.regression.internal.Jet;
import io.engraft.regression.internal.Kernel;
import io.engraft.regression.internal.LevellingLimits;
import io.engraft.regression.internal.RestrictedIntegral;
import java.util.ArrayList;
import java.util.List;

/**
 * The survival function that a fitted model gives one patient, with the uncertainty of the coefficients. Standard errors
 * are by the delta method with analytic derivatives. Intervals are normal on the scale of log(-log S) for S, of log t
 * for quantiles, and plain within [0, tau] for restricted means; at S = 1 there is none. Where the law may level off (a
 * cured share, Gompertz) the interval of a quantile holds the times at which the limits of S allow it: its upper limit is
 * missing where the upper limit of S never falls so far. Immutable.
 */
public final class FittedSurvival implements PatientSurvival {

    private final Fitted fitted;
    private final Kernel kernel;
    /** For each parameter of the law, its weights on the coefficients. */
    private final double[][] weights;

    private final double[][] covariance;

    private final double[] eta;
    private final double level;
    private final CovariateProfile profile;

    FittedSurvival(Fitted fitted, double[][] weights, double level, CovariateProfile profile) {
        this(fitted, weights, level, profile, fitted.covariance());
    }

    private FittedSurvival(
            Fitted fitted, double[][] weights, double level, CovariateProfile profile, double[][] covariance) {
        this.fitted = fitted;
        this.profile = profile;
        this.covariance = covariance;
        this.kernel = fitted.likelihood.kernel;
        this.weights = weights;
        this.eta = etaOf(fitted.estimate);
        this.level = level;
    }

    private double[] etaOf(double[] coefficients) {
        double[] value = new double[weights.length];
        for (int k = 0; k < value.length; k++) {
            for (int j = 0; j < coefficients.length; j++) {
                value[k] += weights[k][j] == 0 || fitted.leftOut[j] ? 0 : weights[k][j] * coefficients[j];
            }
        }
        return value;
    }

    double[] eta() {
        return eta;
    }

    /**
     * The same curve with the model's own errors, which are those in force where none is robust.
     *
     * @return the curve, whose limits use the inverse of the information; draws stay those in force
     */
    @CheckReturnValue
    @Override
    public FittedSurvival withModelErrors() {
        return new FittedSurvival(fitted, weights, level, profile, fitted.modelCovariance);
    }

    /**
     * The end of follow-up of the rows that the model was fitted to. Beyond it the curve is the law's alone: no row bears on
     * it, and its interval does not hold that the law may be another there.
     *
     * @return the largest finite time of a row that counts
     */
    @Override
    public double lastTime() {
        return fitted.seen().lastTime();
    }

    /**
     * What a reader of the curve should know of the patient: covariates outside what the fitted rows had.
     *
     * @return sentences, maybe none
     */
    @Override
    public List<String> warnings() {
        return fitted.seen().outside(profile);
    }

    /**
     * What a reader of the curve at some times should know.
     *
     * @param times the times, whether of survival or times by which shares have had the event
     * @return those of {@link #warnings()}, and a sentence where times lie beyond {@link #lastTime()}
     */
    @Override
    public List<String> warnings(double... times) {
        List<String> all = new ArrayList<>(warnings());
        fitted.seen().beyond(times).ifPresent(all::add);
        return all;
    }

    /**
     * The law at the estimated parameters, taken as known.
     *
     * @return the law
     * @throws InvalidArgumentException for a law that is not one of positive times
     */
    public LawOfTime law() {
        return kernel.law(eta);
    }

    LawOfTime law(double[] coefficients) {
        return kernel.law(etaOf(coefficients));
    }

    private Jet logSurvival(double t) {
        Jet out = new Jet(kernel.size());
        if (Require.time(t) > 0 || !kernel.onLogTime()) {
            kernel.forThread().logSurvival(t, Math.log(t), eta, out);
        }
        return out;
    }

    /** The derivatives of a function of eta by the coefficients. */
    private double[] byCoefficients(double[] byEta) {
        double[] g = new double[fitted.estimate.length];
        for (int k = 0; k < byEta.length; k++) {
            for (int j = 0; j < g.length; j++) {
                g[j] += fitted.leftOut[j] ? 0 : weights[k][j] * byEta[k];
            }
        }
        return g;
    }

    private double standardError(double[] gradient) {
        return Math.sqrt(product(gradient, gradient));
    }

    private double product(double[] a, double[] b) {
        double[][] v = covariance;
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < b.length; j++) {
                sum += a[i] == 0 || b[j] == 0 ? 0 : a[i] * v[i][j] * b[j];
            }
        }
        return sum;
    }

    @Override
    public PointEstimate survivalAt(double t) {
        Jet log = logSurvival(t);
        double s = Math.exp(log.value);
        if (!(log.value < 0) || s == 0) {
            return PointEstimate.of(
                    s, 0, Interval.notEstimable(level, s == 0 ? "S is 0" : "S is 1, there is no log(-log S)"));
        }
        double seLog = standardError(byCoefficients(log.g));
        if (!(seLog >= 0)) {
            return PointEstimate.of(s, Double.NaN, Interval.notEstimable(level, reason()));
        }
        double half = Estimated.quantile(level) * seLog / -log.value;
        double lower = Math.exp(log.value * Math.exp(half));
        double upper = Math.exp(log.value * Math.exp(-half));
        return PointEstimate.of(s, s * seLog, Interval.of(lower, upper, level));
    }

    private String reason() {
        return "the fit ended " + fitted.status + ": " + fitted.reason;
    }

    @Override
    public double[] survivalValues(double[] times) {
        double[] values = new double[times.length];
        for (int j = 0; j < times.length; j++) {
            values[j] = Math.exp(logSurvival(times[j]).value);
        }
        return values;
    }

    @Override
    public PointEstimate quantile(double p) {
        Require.properFraction("p", p);
        double t;
        try {
            t = kernel.timeAt(eta, p);
        } catch (InvalidArgumentException e) {
            return PointEstimate.notEstimable("the fitted curve is none that falls from 1: " + e.getMessage());
        }
        if (t == Double.POSITIVE_INFINITY) {
            String reason = "S stays above " + Brief.number(1 - p);
            return kernel.mayLevelOff()
                    ? PointEstimate.notEstimable(
                            reason, levellingLimits(p).beyond(fitted.seen().lastTime()))
                    : PointEstimate.notEstimable(reason);
        }
        // From log S(t(beta), beta) = const: dt/dbeta = (d log S / d beta) / h.
        Jet log = new Jet(kernel.size());
        Jet density = new Jet(kernel.size());
        Kernel own = kernel.forThread();
        own.logSurvival(t, Math.log(t), eta, log);
        own.logDensity(t, Math.log(t), eta, density);
        double hazard = Math.exp(density.value - log.value);
        double se = standardError(byCoefficients(log.g)) / hazard;
        if (!(se >= 0) || se == Double.POSITIVE_INFINITY) {
            return PointEstimate.of(t, Double.NaN, Interval.notEstimable(level, reason()));
        }
        if (kernel.mayLevelOff()) {
            return PointEstimate.of(t, se, levellingLimits(p).around(t));
        }
        double half = Estimated.quantile(level) * se;
        Interval interval = kernel.onLogTime()
                ? Interval.of(t * Math.exp(-half / t), t * Math.exp(half / t), level)
                : Interval.of(t - half, t + half, level);
        return PointEstimate.of(t, se, interval);
    }

    private LevellingLimits levellingLimits(double p) {
        return new LevellingLimits(
                t -> Math.exp(logSurvival(t).value), t -> survivalAt(t).interval(), p, level);
    }

    @Override
    public PointEstimate restrictedMean(double tau) {
        if (!(tau > 0) || tau == Double.POSITIVE_INFINITY) {
            throw InvalidArgumentException.of("tau", tau, "0 < tau < infinity");
        }
        double mean = RestrictedIntegral.of(t -> Math.exp(logSurvival(t).value), tau);
        double[] byEta = new double[eta.length];
        for (int k = 0; k < byEta.length; k++) {
            int parameter = k;
            byEta[k] = RestrictedIntegral.of(
                    t -> {
                        Jet log = logSurvival(t);
                        return Math.exp(log.value) * log.g[parameter];
                    },
                    tau);
        }
        double se = standardError(byCoefficients(byEta));
        if (!(se >= 0)) {
            return PointEstimate.of(mean, Double.NaN, Interval.notEstimable(level, reason()));
        }
        double half = Estimated.quantile(level) * se;
        Interval interval = Interval.of(Math.max(mean - half, 0), Math.min(mean + half, tau), level);
        return PointEstimate.of(mean, se, interval);
    }

    @Override
    public double[][] survivalCovariance(double[] times) {
        double[][] gradients = new double[times.length][];
        for (int j = 0; j < times.length; j++) {
            Jet log = logSurvival(times[j]);
            gradients[j] = byCoefficients(log.g);
            for (int m = 0; m < gradients[j].length; m++) {
                gradients[j][m] *= Math.exp(log.value);
            }
        }
        double[][] v = new double[times.length][times.length];
        for (int i = 0; i < times.length; i++) {
            for (int j = 0; j < times.length; j++) {
                v[i][j] = product(gradients[i], gradients[j]);
            }
        }
        return v;
    }

    /**
     * S with limits that are percentiles over draws of the coefficients from their normal approximation.
     *
     * @param times the times, each &gt;= 0
     * @param draws how many, at least 100
     * @param seed of the draws: the same seed gives the same limits
     * @return one estimate a time
     */
    public List<PointEstimate> survivalByDraws(double[] times, int draws, long seed) {
        double[][] coefficients = fitted.draws(draws, seed);
        double[][] values = new double[times.length][draws];
        Kernel own = kernel.forThread();
        Jet out = new Jet(kernel.size());
        for (int d = 0; d < draws; d++) {
            double[] drawn = etaOf(coefficients[d]);
            for (int j = 0; j < times.length; j++) {
                out.constant(0);
                if (Require.time(times[j]) > 0 || !kernel.onLogTime()) {
                    own.logSurvival(times[j], Math.log(times[j]), drawn, out);
                }
                values[j][d] = Math.exp(out.value);
            }
        }
        double[] estimates = survivalValues(times);
        List<PointEstimate> result = new ArrayList<>();
        for (int j = 0; j < times.length; j++) {
            double sd = Percentiles.standardDeviation(values[j]);
            double[] limits = Percentiles.central(values[j], level);
            result.add(PointEstimate.of(estimates[j], sd, Interval.of(limits[0], limits[1], level)));
        }
        return result;
    }

    @Override
    public double horizon() {
        return Double.POSITIVE_INFINITY;
    }

    @Override
    public double[] jumpTimes() {
        return new double[0];
    }

    @Override
    public String toString() {
        return "fitted survival, median " + median();
    }
}
