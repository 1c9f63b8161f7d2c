package io.engraft.data;

import io.engraft.InvalidArgumentException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Feeds a table row by row, in bounded memory where times repeat. Not for use by several threads. */
public final class EventTableBuilder {

    private static final int BUFFER = 1 << 16;

    private final List<String> causes;
    private final @Nullable WeightType type;
    private final double[] entry = new double[BUFFER];
    private final double[] time = new double[BUFFER];
    private final int[] status = new int[BUFFER];
    private final double[] weight;
    private final List<EventTable> levels = new ArrayList<>();
    private @Nullable DurationUnit unit;
    private int buffered;
    private long added;

    EventTableBuilder(List<String> causes, @Nullable WeightType type) {
        this.causes = EventTable.requireCauses(causes);
        this.type = type;
        this.weight = new double[type == null ? 0 : BUFFER];
    }

    /**
     * The unit of the times, none unless said.
     *
     * @param value the unit
     * @return this
     */
    public EventTableBuilder unit(DurationUnit value) {
        this.unit = value;
        return this;
    }

    /**
     * Adds a row that is at risk from time 0.
     *
     * @param rowTime the follow-up time, finite and &gt;= 0
     * @param rowStatus 0 for censored, 1 to K for an event
     * @return this
     * @throws io.engraft.InvalidDataException when the row is bad
     */
    public EventTableBuilder add(double rowTime, int rowStatus) {
        return put(Double.NaN, rowTime, rowStatus, 1);
    }

    /**
     * Adds a row that is at risk on (entry, time].
     *
     * @param rowEntry the entry time, 0 &lt;= entry &lt; time
     * @param rowTime the follow-up time, finite
     * @param rowStatus 0 for censored, 1 to K for an event
     * @return this
     * @throws io.engraft.InvalidDataException when the row is bad
     */
    public EventTableBuilder add(double rowEntry, double rowTime, int rowStatus) {
        TableCounting.requireRow(added + 1, rowEntry, true, rowTime, rowStatus, causes.size());
        return put(rowEntry, rowTime, rowStatus, 1);
    }

    /**
     * Adds a weighted row that is at risk from time 0.
     *
     * @param rowTime the follow-up time, finite and &gt;= 0
     * @param rowStatus 0 for censored, 1 to K for an event
     * @param rowWeight the weight, finite and &gt;= 0; a whole number where it is a frequency
     * @return this
     * @throws io.engraft.InvalidDataException when the row is bad
     * @throws InvalidArgumentException when the table was not started with a weight type
     */
    public EventTableBuilder addWeighted(double rowTime, int rowStatus, double rowWeight) {
        if (type == null) {
            throw new InvalidArgumentException("the table has no weights; allowed: a builder with a weight type");
        }
        TableCounting.requireWeight(added + 1, rowWeight, type);
        return put(Double.NaN, rowTime, rowStatus, rowWeight);
    }

    private EventTableBuilder put(double rowEntry, double rowTime, int rowStatus, double rowWeight) {
        TableCounting.requireRow(added + 1, Double.NaN, false, rowTime, rowStatus, causes.size());
        entry[buffered] = rowEntry;
        time[buffered] = rowTime;
        status[buffered] = rowStatus;
        if (type != null) {
            weight[buffered] = rowWeight;
        }
        added++;
        if (++buffered == BUFFER) {
            flush();
        }
        return this;
    }

    private void flush() {
        EventTable table = TableCounting.buffer(causes, entry, time, status, type, weight, new boolean[0], buffered);
        buffered = 0;
        // Like a binary counter: tables of similar size meet, so that a row is merged few times.
        while (!levels.isEmpty() && levels.get(levels.size() - 1).rows() <= table.rows()) {
            table = levels.remove(levels.size() - 1).merge(table);
        }
        levels.add(table);
    }

    /**
     * The table of the rows so far; more can be added afterwards.
     *
     * @return the table
     * @throws InvalidArgumentException when no row was added
     */
    public EventTable build() {
        if (buffered > 0) {
            flush();
        }
        if (levels.isEmpty()) {
            throw new InvalidArgumentException("the table has no rows; allowed: at least one");
        }
        EventTable table = EventTable.merge(levels);
        return unit == null ? table : table.withUnit(unit);
    }
}
