package io.engraft.regression;

import io.engraft.CheckReturnValue;
import io.engraft.InvalidArgumentException;
import io.engraft.curve.IncidenceFunction;
import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.curve.Profile;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.internal.Brief;
import java.util.List;
import java.util.OptionalInt;

/**
 * The cumulative incidence that a Fine-Gray model predicts for one patient,
 *
 * <pre>
 *   F(t) = 1 - exp(-H(t) exp(x'beta)),   H(t) = sum over event times u up to t of h(u)
 * </pre>
 *
 * <p>with h the baseline subdistribution hazard of the patient's stratum, by the ties of the model. A right-continuous step
 * function with one point an event time of the cause. Standard errors are the root of the sum over rows, or clusters, of
 * squared influences on F: of the coefficients, the baseline and the weights by censoring and entry together. Intervals are
 * on the scale of log(-log F), or in {@link Profile#R} of log F. Immutable.
 */
public final class PredictedIncidence implements IncidenceFunction, Tabular {

    /** 1 - F, in the form that Cox models predict. */
    private final PredictedSurvival without;

    private final String cause;
    private final int code;
    private final CovariateProfile profile;
    private final double level;
    private final Profile followed;

    PredictedIncidence(
            PredictedSurvival without,
            String cause,
            int code,
            CovariateProfile profile,
            double level,
            Profile followed) {
        this.without = without;
        this.cause = cause;
        this.code = code;
        this.profile = profile;
        this.level = level;
        this.followed = followed;
    }

    PredictedSurvival without() {
        return without;
    }

    @Override
    public String cause() {
        return cause;
    }

    @Override
    public OptionalInt causeCode() {
        return OptionalInt.of(code);
    }

    @Override
    public PointEstimate incidenceAt(double t) {
        PointEstimate hazard = without.cumulativeHazardAt(t);
        if (!hazard.isEstimable()) {
            return hazard;
        }
        double f = -Math.expm1(-hazard.estimate());
        double error = Math.exp(-hazard.estimate()) * hazard.standardError().orElse(Double.NaN);
        return PointEstimate.of(f, error, interval(f, error));
    }

    private Interval interval(double f, double error) {
        return without.estimate().hasErrors()
                ? followed.confidenceType().interval(f, error, level, followed)
                : Interval.notEstimable(level, without.estimate().noErrors());
    }

    @Override
    public double[] incidenceValues(double[] times) {
        double[] values = without.cumulativeHazardValues(times);
        for (int j = 0; j < values.length; j++) {
            values[j] = -Math.expm1(-values[j]);
        }
        return values;
    }

    /**
     * The cumulative subdistribution hazard H(t) exp(x'beta) = -log(1 - F(t)) at many times, in bulk.
     *
     * @param times the times, each &gt;= 0, in any order
     * @return one value a time; NaN where F is not estimable
     * @throws io.engraft.InvalidArgumentException when a time is negative or NaN
     */
    public double[] cumulativeHazardValues(double[] times) {
        return without.cumulativeHazardValues(times);
    }

    /**
     * The same curve with errors by the inverse information, which take no account of the weights: those in force are the
     * robust ones.
     *
     * @return the curve
     */
    @CheckReturnValue
    public PredictedIncidence withModelErrors() {
        return new PredictedIncidence(without.withModelErrors(), cause, code, profile, level, followed);
    }

    /** The incidence at a time within follow-up. */
    double known(double t) {
        double f = incidenceValues(new double[] {t})[0];
        if (Double.isNaN(f)) {
            throw InvalidArgumentException.of(
                    "time", t, "at most " + horizon() + ", where follow-up of the model of " + cause + " ends");
        }
        return f;
    }

    @Override
    public double horizon() {
        return without.horizon();
    }

    @Override
    public double[] jumpTimes() {
        return without.jumpTimes();
    }

    /**
     * The covariates for which this is predicted.
     *
     * @return the profile
     */
    public CovariateProfile profile() {
        return profile;
    }

    /**
     * What a reader of the curve should know: covariates outside of what the fitted rows had.
     *
     * @return sentences, maybe none
     */
    public List<String> warnings() {
        return without.warnings();
    }

    /**
     * The curve as a table. Each row's standard error goes through all rows of the data.
     *
     * @return one row an event time of the stratum: time, incidence, std_error, lower, upper; NaN where there is no limit
     */
    @Override
    public TidyTable tidy() {
        return PointEstimate.table("incidence", jumpTimes(), this::incidenceAt);
    }

    @Override
    public String toString() {
        PointEstimate last = incidenceAt(horizon());
        return "predicted incidence of " + cause + " for " + profile + ", "
                + Brief.count(jumpTimes().length, "event time") + ", at " + Brief.number(horizon()) + " " + last;
    }
}
