package io.engraft.estimate.internal;

import io.engraft.internal.Require;
import java.util.Arrays;

/**
 * What had happened by each of some times, read in one pass over the points however many times there are. Events are of
 * one cause, or of any.
 */
public final class Totals {

    /** The totals by one time; events and censorings of rows and, weighted where the table is, of patients. */
    public record Row(double events, double censored, long eventRows, long censoredRows, long atRiskRows) {}

    private static final Row NOTHING = new Row(0, 0, 0, 0, 0);

    private final double[] times;
    private final Row[] rows;

    private Totals(double[] times, Row[] rows) {
        this.times = times;
        this.rows = rows;
    }

    /**
     * Reads the totals.
     *
     * @param cause from 1; 0 for any
     * @param anyOrder the times
     */
    public static Totals of(RiskSets sets, int cause, double[] anyOrder) {
        // Adding 0 turns -0 into 0.
        double[] times = Arrays.stream(anyOrder)
                .map(t -> Require.time(t) + 0.0)
                .sorted()
                .distinct()
                .toArray();
        Row[] rows = new Row[times.length];
        double events = 0;
        double censored = 0;
        long eventRows = 0;
        long censoredRows = 0;
        long atRiskRows = sets.table().rowsFromStart();
        int point = 0;
        int place = 0;
        for (int j = 0; j < times.length; j++) {
            for (int last = sets.pointAt(times[j]); point <= last; point++) {
                int row = sets.row(point);
                events += cause == 0 ? sets.events(point) : sets.table().eventWeight(row, cause);
                eventRows +=
                        cause == 0 ? sets.table().events(row) : sets.table().events(row, cause);
                censored += sets.censored(point);
                censoredRows += sets.table().censored(row);
            }
            for (int before = sets.rowAtOrAfter(times[j]); place < before; place++) {
                atRiskRows += sets.table().entered(place)
                        - sets.table().events(place)
                        - sets.table().censored(place);
            }
            rows[j] = new Row(events, censored, eventRows, censoredRows, atRiskRows);
        }
        return new Totals(times, rows);
    }

    /** By one of the times. */
    public Row by(double t) {
        return rows[place(t)];
    }

    /** By the next smaller of the times; nothing where there is none. */
    public Row before(double t) {
        int place = place(t);
        return place == 0 ? NOTHING : rows[place - 1];
    }

    private int place(double t) {
        return Arrays.binarySearch(times, t + 0.0);
    }
}
