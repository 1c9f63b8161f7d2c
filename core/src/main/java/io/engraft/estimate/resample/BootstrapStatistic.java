package io.engraft.estimate.resample;

import io.engraft.internal.CauseChoice;
import io.engraft.internal.Require;

/**
 * A number computed from one sample of a bootstrap. Called from several threads at a time, so an implementation must
 * keep no state between calls.
 */
@FunctionalInterface
public interface BootstrapStatistic {

    /**
     * The number.
     *
     * @param sample the sample, valid only during the call
     * @return the number, NaN where it is not estimable from the sample
     */
    double of(Resample sample);

    /**
     * What it is, for results and messages.
     *
     * @return a few words
     */
    default String name() {
        return "statistic";
    }

    /**
     * Why {@link #of} gives NaN, for results.
     *
     * @return a few words
     */
    default String reason() {
        return "the " + name() + " is not estimable from the sample";
    }

    /**
     * The Kaplan-Meier S(t), every cause an event. Not estimable beyond the follow-up of a sample, unless S is 0 there.
     *
     * @param t the time, &gt;= 0
     * @return the statistic
     */
    static BootstrapStatistic survival(double t) {
        return new BootstrapReadings.Survival(Require.nonNegative("time", t));
    }

    /**
     * The time by which a share p has had an event of any cause, the midpoint of the flat where S equals 1 - p on one.
     * Not estimable where S stays above 1 - p.
     *
     * @param p the share, strictly between 0 and 1
     * @return the statistic
     */
    static BootstrapStatistic quantile(double p) {
        return new BootstrapReadings.Quantile(Require.properFraction("share", p));
    }

    /**
     * The area under the Kaplan-Meier curve up to tau. Not estimable where follow-up of a sample ends before tau, unless
     * S is 0 there.
     *
     * @param tau the horizon, &gt; 0
     * @return the statistic
     */
    static BootstrapStatistic restrictedMean(double tau) {
        return new BootstrapReadings.RestrictedMean(Require.positive("tau", tau));
    }

    /**
     * The Aalen-Johansen cumulative incidence F(t) of a cause. Not estimable beyond the follow-up of a sample, unless
     * everybody has had an event.
     *
     * @param cause the cause's label
     * @param t the time, &gt;= 0
     * @return the statistic; it throws {@link io.engraft.InvalidArgumentException} for data without the cause
     */
    static BootstrapStatistic incidence(String cause, double t) {
        return new BootstrapReadings.Incidence(CauseChoice.of(cause), Require.nonNegative("time", t));
    }

    /**
     * The Aalen-Johansen cumulative incidence F(t) of a cause, as {@link #incidence(String, double)}.
     *
     * @param code the cause's status code, from 1
     * @param t the time, &gt;= 0
     * @return the statistic; it throws {@link io.engraft.InvalidArgumentException} for data without the cause
     */
    static BootstrapStatistic incidence(int code, double t) {
        return new BootstrapReadings.Incidence(CauseChoice.of(code), Require.nonNegative("time", t));
    }
}
