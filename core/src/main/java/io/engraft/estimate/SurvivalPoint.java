package io.engraft.estimate;

import io.engraft.curve.PointEstimate;
import io.engraft.internal.Brief;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A survival curve at one time.
 */
public final class SurvivalPoint {

    private final double time;
    private final double atRisk;
    private final double events;
    private final double censored;
    private final long atRiskRows;
    private final long eventRows;
    private final long censoredRows;
    private final PointEstimate survival;
    private final PointEstimate cumulativeHazard;

    SurvivalPoint(
            double time,
            double atRisk,
            double events,
            double censored,
            long atRiskRows,
            long eventRows,
            long censoredRows,
            PointEstimate survival,
            PointEstimate cumulativeHazard) {
        this.time = time;
        this.atRisk = atRisk;
        this.events = events;
        this.censored = censored;
        this.atRiskRows = atRiskRows;
        this.eventRows = eventRows;
        this.censoredRows = censoredRows;
        this.survival = survival;
        this.cumulativeHazard = cumulativeHazard;
    }

    /** {@return the time} */
    public double time() {
        return time;
    }

    /** {@return the number at risk, entry &lt; time &lt;= exit, weighted where the data are} */
    public double atRisk() {
        return atRisk;
    }

    /** {@return events since the time before, weighted where the data are} */
    public double events() {
        return events;
    }

    /** {@return censorings since the time before, weighted where the data are} */
    public double censored() {
        return censored;
    }

    /** {@return rows at risk} */
    public long atRiskRows() {
        return atRiskRows;
    }

    /** {@return rows with an event since the time before} */
    public long eventRows() {
        return eventRows;
    }

    /** {@return rows censored since the time before} */
    public long censoredRows() {
        return censoredRows;
    }

    /** {@return S} */
    public PointEstimate survival() {
        return survival;
    }

    /** {@return the cumulative hazard} */
    public PointEstimate cumulativeHazard() {
        return cumulativeHazard;
    }

    private List<?> parts() {
        return List.of(time, atRisk, events, censored, atRiskRows, eventRows, censoredRows, survival, cumulativeHazard);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SurvivalPoint that && parts().equals(that.parts());
    }

    @Override
    public int hashCode() {
        return parts().hashCode();
    }

    @Override
    public String toString() {
        return "at " + Brief.number(time) + ": " + Brief.number(atRisk) + " at risk, S = " + survival;
    }
}
