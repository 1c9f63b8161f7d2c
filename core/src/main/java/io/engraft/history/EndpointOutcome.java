package io.engraft.history;

import io.engraft.internal.Brief;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How an endpoint came out for one patient. Immutable. */
public final class EndpointOutcome {

    private final double days;
    private final int status;
    private final @Nullable TransplantEvent cause;

    EndpointOutcome(double days, int status, @Nullable TransplantEvent cause) {
        this.days = days;
        this.status = status;
        this.cause = cause;
    }

    /**
     * The time.
     *
     * @return in days from the first transplantation
     */
    public double days() {
        return days;
    }

    /**
     * The status.
     *
     * @return 0 censored, 1 event, 2 competing event
     */
    public int status() {
        return status;
    }

    /**
     * What it was that happened.
     *
     * @return the event, empty where censored; of several on one day the first in the endpoint's own list
     */
    public Optional<TransplantEvent> cause() {
        return Optional.ofNullable(cause);
    }

    @Override
    public String toString() {
        return (cause == null ? "censored" : cause.column()) + " at day " + Brief.number(days);
    }
}
