package io.engraft.estimate.internal;

import io.engraft.data.EventTable;

/** What counts as the event when follow-up is read. */
public enum Reading {
    /** Every status of 1 or more. */
    EVENTS,
    /** The end of follow-up; an event at the same time is still at risk of it. */
    CENSORING,
    /** The end of follow-up; an event at the same time has left before it. */
    CENSORING_AFTER_EVENTS;

    public EventTable table(EventTable table) {
        return this == EVENTS ? table : table.censoringAsEvent();
    }

    public int status(int status) {
        return this == EVENTS ? status : status == 0 ? 1 : 0;
    }

    /** Whether those whose status counts as censored leave before the events of the same time. */
    public boolean othersLeaveFirst() {
        return this == CENSORING_AFTER_EVENTS;
    }
}
