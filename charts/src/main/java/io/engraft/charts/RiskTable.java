package io.engraft.charts;

import io.engraft.CheckReturnValue;

/**
 * The table under the time axis: for each curve the numbers at risk at the ticks, and on request the events and the
 * censored so far. At risk at t means entry &lt; t &lt;= time, so that somebody whose event is at t is still counted;
 * where the curve begins, those who enter there count as well. Events and censored count those up to and at t. What lies
 * before the start of a conditional curve is blank.
 */
@CheckReturnValue
public final class RiskTable {

    private final boolean visible;
    private final boolean events;
    private final boolean censored;

    private RiskTable(boolean visible, boolean events, boolean censored) {
        this.visible = visible;
        this.events = events;
        this.censored = censored;
    }

    /**
     * Numbers at risk.
     *
     * @return the table
     */
    public static RiskTable atRisk() {
        return new RiskTable(true, false, false);
    }

    /**
     * No table.
     *
     * @return nothing
     */
    public static RiskTable none() {
        return new RiskTable(false, false, false);
    }

    /**
     * The same with the events so far, of any cause.
     *
     * @return a new table
     */
    public RiskTable withCumulativeEvents() {
        return new RiskTable(true, true, censored);
    }

    /**
     * The same with the censored so far.
     *
     * @return a new table
     */
    public RiskTable withCumulativeCensored() {
        return new RiskTable(true, events, true);
    }

    /**
     * What the table shows.
     *
     * @return for example {@code Numbers at risk, events so far}
     */
    @Override
    public String toString() {
        if (!visible) {
            return "No risk table";
        }
        return "Numbers at risk" + (events ? ", events so far" : "") + (censored ? ", censored so far" : "");
    }

    boolean isVisible() {
        return visible;
    }

    boolean hasEvents() {
        return events;
    }

    boolean hasCensored() {
        return censored;
    }
}
