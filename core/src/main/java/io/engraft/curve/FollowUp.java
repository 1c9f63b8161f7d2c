package io.engraft.curve;

/**
 * The counts behind a curve: who was at risk when, and who left how. Counts are weighted where the data were.
 */
public interface FollowUp {

    /**
     * How many are at risk at t: entry &lt; t &lt;= time; everybody who never entered late at t = 0.
     *
     * @param t the time, t &gt;= 0
     * @return the number, not whole where weights are not
     */
    double atRiskAt(double t);

    /**
     * How many are there at t: those at risk at it, and those who enter at it and are at risk right after. It is the
     * number to show where a curve begins, as nobody whose entry is the beginning can have been at risk before.
     *
     * @param t the time, t &gt;= 0
     * @return the number; {@link #atRiskAt} where nobody enters late
     */
    default double presentAt(double t) {
        return atRiskAt(t);
    }

    /**
     * Where the counts begin. Earlier times have none.
     *
     * @return 0, or the time that everybody has survived where the curve is conditional on it
     */
    default double start() {
        return 0;
    }

    /**
     * How many events of any cause happened up to and at t.
     *
     * @param t the time, t &gt;= 0
     * @return the number
     */
    double eventsUpTo(double t);

    /**
     * How many were censored up to and at t.
     *
     * @param t the time, t &gt;= 0
     * @return the number
     */
    double censoredUpTo(double t);

    /**
     * The times at which somebody was censored, for the marks on a curve.
     *
     * @return ascending, distinct
     */
    double[] censoringTimes();
}
