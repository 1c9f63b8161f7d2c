package io.engraft.data.rows;

import io.engraft.internal.Brief;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where the records of one table fell in the follow-up into which they were merged, as R's {@code tmerge} counts them; here
 * always against the follow-up as it came, so that the order of tables changes no count. For a patient with the rows (2, 5],
 * (5, 10] and (14, 40]: 1 is early, 2 leading, 3 within, 5 on a boundary, 10 trailing, 11 in the gap, 14 leading, 40 trailing
 * and 50 late. Missing values that keep the one before are not counted. Immutable.
 */
public final class MergeCount {

    /** Where a record can fall. */
    enum Fall {
        EARLY,
        LATE,
        GAP,
        WITHIN,
        BOUNDARY,
        LEADING,
        TRAILING
    }

    private final String name;
    private final String table;
    private final boolean event;
    private final Map<Fall, Long> falls;
    private final long tied;
    private final long joined;
    private final long missingId;
    private final List<String> missingIds;

    MergeCount(
            String name,
            String table,
            boolean event,
            Map<Fall, Long> falls,
            long tied,
            long joined,
            long missingId,
            List<String> missingIds) {
        this.name = name;
        this.table = table;
        this.event = event;
        this.falls = new EnumMap<>(falls);
        this.tied = tied;
        this.joined = joined;
        this.missingId = missingId;
        this.missingIds = List.copyOf(missingIds);
    }

    private long fell(Fall fall) {
        return falls.getOrDefault(fall, 0L);
    }

    /**
     * What was merged.
     *
     * @return the covariate's name, or that of the table of events
     */
    public String name() {
        return name;
    }

    /**
     * Where the records came from.
     *
     * @return the table's name
     */
    public String table() {
        return table;
    }

    /**
     * Whether they are events.
     *
     * @return false for a covariate
     */
    public boolean isOfEvents() {
        return event;
    }

    /**
     * Before the patient's first entry: a covariate begins with the last of these, an event counts as none.
     *
     * @return the number of records
     */
    public long early() {
        return fell(Fall.EARLY);
    }

    /**
     * After the end of follow-up: they are left out.
     *
     * @return the number of records
     */
    public long late() {
        return fell(Fall.LATE);
    }

    /**
     * In a gap between two rows: a covariate has the value in the row after it, an event counts as none.
     *
     * @return the number of records
     */
    public long gap() {
        return fell(Fall.GAP);
    }

    /**
     * Strictly inside a row, which is cut there.
     *
     * @return the number of records
     */
    public long within() {
        return fell(Fall.WITHIN);
    }

    /**
     * Where one row ends and the next begins: a covariate changes there, an event ends the earlier row.
     *
     * @return the number of records
     */
    public long boundary() {
        return fell(Fall.BOUNDARY);
    }

    /**
     * At the entry of the first row, or of one after a gap: a covariate begins with it, an event counts as none.
     *
     * @return the number of records
     */
    public long leading() {
        return fell(Fall.LEADING);
    }

    /**
     * At the end of the last row, or of one before a gap: an event counts; a covariate changes after a gap, if at all.
     *
     * @return the number of records
     */
    public long trailing() {
        return fell(Fall.TRAILING);
    }

    /**
     * At the time of another record of the patient in the same table.
     *
     * @return the number of records beyond the first at each time
     */
    public long tied() {
        return tied;
    }

    /**
     * Taken to another time, as both count as one ({@link io.engraft.data.TieRule}).
     *
     * @return the number of records
     */
    public long joined() {
        return joined;
    }

    /**
     * Of an id that the follow-up does not have: they are left out.
     *
     * @return the number of records
     */
    public long missingId() {
        return missingId;
    }

    /**
     * Ids that the follow-up does not have.
     *
     * @return in level order
     */
    public List<String> missingIds() {
        return missingIds;
    }

    /**
     * All records that have a patient.
     *
     * @return the number of records
     */
    public long total() {
        return falls.values().stream().mapToLong(n -> n).sum();
    }

    /** Events that are not in (entry, time] of any row. */
    long lost() {
        return event ? early() + late() + gap() + leading() : 0;
    }

    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        for (Fall fall : Fall.values()) {
            if (fell(fall) > 0) {
                parts.add(fell(fall) + " " + fall.name().toLowerCase(Locale.ROOT));
            }
        }
        if (tied > 0) {
            parts.add(tied + " tied");
        }
        if (missingId > 0) {
            parts.add(missingId + " of unknown patients");
        }
        return name + ": " + Brief.count(total(), event ? "event" : "record")
                + (parts.isEmpty() ? "" : ", " + String.join(", ", parts));
    }
}
