package io.engraft.data.rows;

import io.engraft.CheckReturnValue;
import io.engraft.InvalidArgumentException;
import io.engraft.data.Categories;
import io.engraft.internal.Brief;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/**
 * Events during follow-up, as they were recorded: whose, when, and of which kind. {@link RowsBuilder} ends a row at each,
 * with the kind as its status; the patient stays at risk after it. An event at a patient's entry, before it, or after
 * the end is outside (entry, time] and counts as none. Immutable.
 */
@CheckReturnValue
public final class TimedEvents {

    private final TimedRows rows;
    private final Categories kind;
    private final @Nullable String count;
    private final @Nullable String number;

    private TimedEvents(TimedRows rows, Categories kind, @Nullable String count, @Nullable String number) {
        this.rows = rows;
        this.kind = kind;
        this.count = count;
        this.number = number;
    }

    /**
     * Events of several kinds.
     *
     * @param name the table's name in messages and counts
     * @param id whose each is
     * @param time when, finite
     * @param kind its kind: the label of the cause
     * @return the events
     * @throws io.engraft.InvalidDataException when a time is not finite; it lists them
     */
    public static TimedEvents of(String name, Categories id, double[] time, Categories kind) {
        if (kind.size() != time.length) {
            throw InvalidArgumentException.of("length of kind", kind.size(), time.length + ", as the times");
        }
        return new TimedEvents(TimedRows.of(name, id, time, false), kind, null, null);
    }

    /**
     * Events of one kind.
     *
     * @param name the table's name in messages and counts, and the kind: the label of the cause
     * @param id whose each is
     * @param time when, finite; NaN for never, which is as if the row were not there
     * @return the events
     * @throws io.engraft.InvalidDataException when a time is infinite; it lists them
     */
    public static TimedEvents of(String name, Categories id, double[] time) {
        return new TimedEvents(
                TimedRows.of(name, id, time, true), Categories.of(Collections.nCopies(time.length, name)), null, null);
    }

    /**
     * A covariate that counts the events so far: those at or before a row's entry, those before the patient's first entry
     * included.
     *
     * @param name the covariate's name
     * @return the events with it
     */
    public TimedEvents withCount(String name) {
        return new TimedEvents(rows, kind, requireName(name), number);
    }

    /**
     * A covariate that numbers the events of a patient: 1, 2, ... in the rows that end with one, 0 in the others.
     *
     * @param name the covariate's name
     * @return the events with it
     */
    public TimedEvents withNumber(String name) {
        return new TimedEvents(rows, kind, count, requireName(name));
    }

    private static String requireName(String name) {
        if (name.isBlank()) {
            throw InvalidArgumentException.ofText("name of a covariate of events", name, "a name");
        }
        return name;
    }

    /**
     * The name of the table in messages and counts.
     *
     * @param table a file or data set
     * @return the events with it
     */
    public TimedEvents withSource(String table) {
        return new TimedEvents(rows.withSource(table), kind, count, number);
    }

    TimedEvents withPlace(TimedRows.Place place) {
        return new TimedEvents(rows.withPlace(place), kind, count, number);
    }

    TimedRows rows() {
        return rows;
    }

    Categories kind() {
        return kind;
    }

    @Nullable
    String count() {
        return count;
    }

    @Nullable
    String number() {
        return number;
    }

    @Override
    public String toString() {
        return rows.source() + ": " + Brief.count(rows.size(), "event") + ", kinds " + Brief.list(kind.levels());
    }
}
