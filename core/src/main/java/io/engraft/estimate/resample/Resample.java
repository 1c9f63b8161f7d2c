package io.engraft.estimate.resample;

import io.engraft.InvalidArgumentException;
import io.engraft.data.EventTable;
import io.engraft.data.EventTableBuilder;
import io.engraft.data.SurvivalData;
import io.engraft.internal.BoundedDraws;
import io.engraft.internal.Brief;
import io.engraft.internal.Require;
import java.util.Arrays;
import java.util.List;

/**
 * One sample of a bootstrap, as a {@link BootstrapStatistic} sees it: the counts at the distinct times of the original
 * sample, most of them 0 at some times. It is a window on the drawing thread's counts: valid only during the call.
 */
public final class Resample {

    private static final int FULL = -1;
    private static final int LEFT_OUT = -2;

    final ResamplePlan plan;
    /** Counts by time and status: {@code time * stride + status}. */
    final int[] exits;

    final int[] entries;
    private final long seed;
    private final int sample;
    private int replicate = FULL;
    private int leftOut;
    int rows;
    private int late;

    Resample(ResamplePlan plan, long seed, int sample) {
        this.plan = plan;
        this.seed = seed;
        this.sample = sample;
        this.exits = new int[plan.time.length * plan.stride];
        this.entries = new int[plan.hasEntry() ? plan.time.length : 0];
    }

    /** The original sample. */
    void fill() {
        clear(FULL);
        for (int u = 0; u < plan.units(); u++) {
            plan.add(u, 1, exits, entries);
        }
        total();
    }

    /** As many units as there are, drawn with replacement. */
    void draw(int number) {
        clear(number);
        BoundedDraws draws = BoundedDraws.of(seed, number, sample);
        if (plan.hasCells()) {
            draws.tally(plan.cells(), exits);
            rows = plan.units();
            return;
        }
        for (int u = 0; u < plan.units(); u++) {
            plan.add(draws.next(plan.units()), 1, exits, entries);
        }
        total();
    }

    /** Takes a unit out of the original sample, or puts it back. */
    void leaveOut(int unit, boolean out) {
        replicate = out ? LEFT_OUT : FULL;
        leftOut = unit;
        plan.add(unit, out ? -1 : 1, exits, entries);
        total();
    }

    private void clear(int number) {
        replicate = number;
        Arrays.fill(exits, 0);
        Arrays.fill(entries, 0);
    }

    private void total() {
        if (plan.hasCells()) {
            rows = replicate == LEFT_OUT ? plan.units() - 1 : plan.units();
            return;
        }
        rows = sum(exits);
        late = sum(entries);
    }

    private static int sum(int[] counts) {
        int total = 0;
        for (int c : counts) {
            total += c;
        }
        return total;
    }

    /**
     * The number of rows that were drawn, copies counted.
     *
     * @return rows; it varies between replicates where clusters are drawn
     */
    public int rows() {
        return rows;
    }

    /** Rows at risk from the start. */
    int fromStart() {
        return rows - late;
    }

    /**
     * The labels of the causes.
     *
     * @return in the order of the codes
     */
    public List<String> causes() {
        return plan.causeLabels();
    }

    /**
     * The number of distinct times of the original sample.
     *
     * @return times, entry times included
     */
    public int size() {
        return plan.time.length;
    }

    /**
     * A distinct time.
     *
     * @param i from 0, ascending
     * @return the time
     */
    public double time(int i) {
        return plan.time[i];
    }

    /**
     * Rows that left at a time with one status.
     *
     * @param i from 0
     * @param status 0 for censored, 1 to K for events
     * @return how often such rows were drawn
     */
    public int exits(int i, int status) {
        Require.atLeast("status", status, 0);
        if (status >= plan.stride) {
            throw InvalidArgumentException.of("status", status, "0 to " + plan.causes);
        }
        return exits[i * plan.stride + status];
    }

    /**
     * The events of any cause at a time.
     *
     * @param i from 0
     * @return how often such rows were drawn
     */
    public int events(int i) {
        int sum = 0;
        for (int k = 1; k < plan.stride; k++) {
            sum += exits[i * plan.stride + k];
        }
        return sum;
    }

    /**
     * The number at risk just before each time.
     *
     * @return one a time
     */
    public int[] atRisk() {
        int[] atRisk = new int[size()];
        int left = fromStart();
        for (int i = 0; i < atRisk.length; i++) {
            atRisk[i] = left;
            left -= exits[i * plan.stride] + events(i);
            left += entries.length > 0 ? entries[i] : 0;
        }
        return atRisk;
    }

    /**
     * How often each row of the data was drawn: the weights of the replicate. The draws are made once more for it.
     *
     * @return one count a row of the data, 0 for rows of other groups
     * @throws InvalidArgumentException when a table was resampled, which has no rows
     */
    public int[] rowCounts() {
        int[] units = new int[plan.units()];
        if (replicate < 0) {
            Arrays.fill(units, 1);
            if (replicate == LEFT_OUT) {
                units[leftOut] = 0;
            }
        } else {
            BoundedDraws draws = BoundedDraws.of(seed, replicate, sample);
            for (int u = 0; u < units.length; u++) {
                units[draws.next(units.length)]++;
            }
        }
        return plan.rowCounts(units);
    }

    /**
     * The sample as an event table, for any estimator that takes one. A time without exits does not occur in it.
     *
     * @return the table of the rows that were drawn, unweighted
     */
    public EventTable table() {
        EventTableBuilder table = EventTable.builder(causes());
        SurvivalData data = plan.data();
        if (data != null && data.hasEntry()) {
            int[] counts = rowCounts();
            for (int i = 0; i < counts.length; i++) {
                for (int c = 0; c < counts[i]; c++) {
                    table.add(data.entry(i), data.time(i), data.status(i));
                }
            }
            return table.build();
        }
        for (int cell = 0; cell < exits.length; cell++) {
            for (int c = 0; c < exits[cell]; c++) {
                table.add(plan.time[cell / plan.stride], cell % plan.stride);
            }
        }
        return table.build();
    }

    @Override
    public String toString() {
        return "a sample of " + Brief.count(rows(), "row");
    }
}
