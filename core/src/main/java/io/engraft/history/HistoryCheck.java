package io.engraft.history;

import static io.engraft.history.TransplantEvent.CHRONIC_GVHD_THERAPY;
import static io.engraft.history.TransplantEvent.DEATH;
import static io.engraft.history.TransplantEvent.ENGRAFTMENT;
import static io.engraft.history.TransplantEvent.GRAFT_FAILURE;
import static io.engraft.history.TransplantEvent.LAST_CONTACT;
import static io.engraft.history.TransplantEvent.RELAPSE;
import static io.engraft.history.TransplantEvent.SECOND_RELAPSE;
import static io.engraft.history.TransplantEvent.SECOND_TRANSPLANT;

import io.engraft.DataProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Finds what cannot be in one patient's history. */
final class HistoryCheck {

    private final String id;
    private final Map<TransplantEvent, Double> days;
    private final Map<TransplantEvent, String> written;
    private final Function<TransplantEvent, String> columns;
    /** The events whose text is a date, not a number of days. */
    private final Set<TransplantEvent> dated;

    private final List<DataProblem> problems = new ArrayList<>();

    /** Days, and their text as it was given, of the events that happened; and what their columns are called. */
    HistoryCheck(
            String id,
            Map<TransplantEvent, Double> days,
            Map<TransplantEvent, String> written,
            Function<TransplantEvent, String> columns,
            Set<TransplantEvent> dated) {
        this.id = id;
        this.days = days;
        this.written = written;
        this.columns = columns;
        this.dated = dated;
    }

    List<DataProblem> problems() {
        times();
        if (problems.isEmpty()) {
            end();
            ascending(TransplantHistory.ACUTE, "a lower grade", "a grade is dated when it is first reached");
            ascending(
                    TransplantHistory.CHRONIC,
                    "a lower severity or the onset",
                    "a severity is dated when it is first reached");
            therapy();
            secondTransplant();
            engraftment();
        }
        return problems;
    }

    private void times() {
        for (TransplantEvent event : TransplantEvent.values()) {
            if (!happened(event)) {
                continue;
            }
            double day = day(event);
            if (!Double.isFinite(day)) {
                add(event, "not a time; allowed: a finite number of days from the first transplant");
            } else if (day < 0) {
                add(event, named(event) + " is before the first transplant; allowed: day 0 or later");
            } else if (event == SECOND_TRANSPLANT && day == 0) {
                add(event, "the second transplant is on the day of the first; allowed: a later day");
            }
        }
    }

    private void end() {
        if (!happened(DEATH) && !happened(LAST_CONTACT)) {
            add(LAST_CONTACT, "neither death nor last contact is known; allowed: one of them, or both where equal");
            return;
        }
        if (happened(DEATH) && happened(LAST_CONTACT) && day(DEATH) != day(LAST_CONTACT)) {
            add(
                    LAST_CONTACT,
                    named(LAST_CONTACT) + " is " + (day(LAST_CONTACT) > day(DEATH) ? "after" : "before") + " "
                            + named(DEATH) + ", " + written(DEATH)
                            + "; allowed: the same day, or no last contact where death is known");
        }
        TransplantEvent last = happened(DEATH) ? DEATH : LAST_CONTACT;
        for (TransplantEvent event : TransplantEvent.values()) {
            if (event != DEATH && event != LAST_CONTACT && happened(event) && day(event) > day(last)) {
                add(
                        event,
                        named(event) + " is after " + named(last) + ", " + written(last)
                                + "; allowed: on that day or before");
            }
        }
    }

    private void ascending(List<TransplantEvent> events, String lower, String rule) {
        TransplantEvent latest = null;
        for (TransplantEvent event : events) {
            if (!happened(event)) {
                continue;
            }
            if (latest != null && day(event) < day(latest)) {
                add(
                        event,
                        named(event) + " is before " + lower + ", " + named(latest) + " " + written(latest)
                                + "; allowed: the same day or later, as " + rule);
            } else {
                latest = event;
            }
        }
    }

    private void therapy() {
        if (!happened(CHRONIC_GVHD_THERAPY)) {
            return;
        }
        double onset = Double.POSITIVE_INFINITY;
        for (TransplantEvent event : TransplantHistory.CHRONIC) {
            onset = Math.min(onset, days.getOrDefault(event, onset));
        }
        if (day(CHRONIC_GVHD_THERAPY) < onset) {
            add(
                    CHRONIC_GVHD_THERAPY,
                    "systemic therapy for chronic GVHD is "
                            + (onset == Double.POSITIVE_INFINITY ? "without" : "before")
                            + " an onset of chronic GVHD; allowed: from the onset on");
        }
    }

    private void secondTransplant() {
        if (!happened(SECOND_RELAPSE)) {
            return;
        }
        if (!happened(SECOND_TRANSPLANT)) {
            add(SECOND_RELAPSE, "there is no second transplant; allowed: only after one");
        } else if (day(SECOND_RELAPSE) < day(SECOND_TRANSPLANT)) {
            add(
                    SECOND_RELAPSE,
                    named(SECOND_RELAPSE) + " is before the second transplant, " + written(SECOND_TRANSPLANT)
                            + "; allowed: on that day or later");
        }
        if (happened(RELAPSE) && day(SECOND_RELAPSE) < day(RELAPSE)) {
            add(
                    SECOND_RELAPSE,
                    named(SECOND_RELAPSE) + " is before the first relapse, " + written(RELAPSE)
                            + "; allowed: on that day or later");
        }
    }

    private void engraftment() {
        if (!happened(ENGRAFTMENT) || !happened(GRAFT_FAILURE) || day(ENGRAFTMENT) <= day(GRAFT_FAILURE)) {
            return;
        }
        boolean between = happened(SECOND_TRANSPLANT)
                && day(SECOND_TRANSPLANT) >= day(GRAFT_FAILURE)
                && day(SECOND_TRANSPLANT) <= day(ENGRAFTMENT);
        if (!between) {
            add(
                    ENGRAFTMENT,
                    "engraftment is after graft failure, " + written(GRAFT_FAILURE)
                            + ", with no second transplant between; allowed: on that day or before");
        }
    }

    private boolean happened(TransplantEvent event) {
        return days.containsKey(event);
    }

    private double day(TransplantEvent event) {
        return days.getOrDefault(event, Double.NaN);
    }

    /** An event by its own name, and by its column where that has another. */
    private String named(TransplantEvent event) {
        String column = columns.apply(event);
        return event.column() + (column.equals(event.column()) ? "" : " (column " + column + ")");
    }

    private String written(TransplantEvent event) {
        return (dated.contains(event) ? "" : "day ") + written.get(event);
    }

    private void add(TransplantEvent event, String reason) {
        problems.add(
                new DataProblem(null, 0, 0, columns.apply(event), written.get(event), "patient " + id + ": " + reason));
    }
}
