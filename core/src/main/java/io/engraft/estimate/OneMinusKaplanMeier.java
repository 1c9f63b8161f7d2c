package io.engraft.estimate;

import io.engraft.curve.PointEstimate;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.internal.Brief;

/**
 * One minus the Kaplan-Meier estimate of one cause, with the events of the others censored, beside the cumulative incidence
 * by Aalen and Johansen. It is no probability that happens to anybody: to censor a competing event is to say that the
 * patient could still have the event of interest later, at the rate of those who are left, and with the share of competing
 * events grows what it overstates. 1 - KM = the incidence only where nobody had a competing event, and the sum of 1 - KM over
 * causes can pass 1. It is here to be compared with what is published in that way, not to be reported. Immutable.
 *
 * <p>T. A. Gooley, W. Leisenring, J. Crowley, B. E. Storer (1999). Estimation of failure probabilities in the presence of
 * competing risks: new representations of old estimators. Statistics in Medicine 18, 695-706.
 */
public final class OneMinusKaplanMeier implements Tabular {

    private final CauseIncidence incidence;
    private final SurvivalEstimate alone;

    OneMinusKaplanMeier(CauseIncidence incidence, SurvivalEstimate alone) {
        this.incidence = incidence;
        this.alone = alone;
    }

    /**
     * What the curve is of.
     *
     * @return the cause
     */
    public String cause() {
        return incidence.cause();
    }

    /**
     * The cause-specific Kaplan-Meier curve.
     *
     * @return survival without the cause, as if the others only censored
     */
    public SurvivalEstimate causeSpecificSurvival() {
        return alone;
    }

    /**
     * The curve that answers the question.
     *
     * @return the cumulative incidence of the same data
     */
    public CauseIncidence incidence() {
        return incidence;
    }

    /**
     * Both at a time.
     *
     * @param t the time, t &gt;= 0
     * @return one minus Kaplan-Meier, the incidence and their difference
     */
    public Comparison at(double t) {
        PointEstimate one = alone.survivalAt(t).complement();
        PointEstimate f = incidence.incidenceAt(t);
        PointEstimate bias = one.isEstimable() && f.isEstimable()
                ? PointEstimate.exact(one.estimate() - f.estimate())
                : PointEstimate.notEstimable(one.isEstimable() ? f.reason() : one.reason());
        return new Comparison(t, one, f, bias);
    }

    /**
     * Both at a time.
     *
     * @param time the time
     * @param oneMinusKaplanMeier one minus the cause-specific Kaplan-Meier estimate
     * @param incidence the cumulative incidence
     * @param bias the first less the second, &gt;= 0 but for rounding; without a standard error
     */
    public record Comparison(
            double time, PointEstimate oneMinusKaplanMeier, PointEstimate incidence, PointEstimate bias) {}

    /** Both curves at every point. */
    @Override
    public TidyTable tidy() {
        double[][] columns = new double[5][alone.size()];
        for (int p = 0; p < alone.size(); p++) {
            columns[0][p] = alone.time(p);
            columns[1][p] = 1 - alone.survival(p);
            columns[2][p] = alone.standardError(p);
            columns[3][p] = incidence.incidence(p);
            columns[4][p] = columns[1][p] - columns[3][p];
        }
        return TidyTable.builder()
                .numbers("time", columns[0])
                .numbers("one_minus_kaplan_meier", columns[1])
                .numbers("std_error", columns[2])
                .numbers("incidence", columns[3])
                .numbers("bias", columns[4])
                .build();
    }

    @Override
    public String toString() {
        int last = alone.size() - 1;
        return "1 - Kaplan-Meier of " + cause() + ": " + Brief.number(1 - alone.survival(last)) + " by "
                + Brief.number(alone.time(last)) + ", where the cumulative incidence is "
                + Brief.number(incidence.incidence(incidence.size() - 1));
    }
}
