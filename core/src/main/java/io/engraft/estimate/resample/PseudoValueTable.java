package io.engraft.estimate.resample;

import io.engraft.InvalidArgumentException;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.internal.Brief;
import io.engraft.internal.Require;
import java.util.List;

/** Pseudo-values of all rows at some times, in the order of the data's rows. Immutable. */
public final class PseudoValueTable implements Tabular {

    private final String quantity;
    private final double[] times;
    private final double[][] values;
    private final List<String> samples;
    private final int[] sampleOf;
    private final double[][] estimates;

    PseudoValueTable(
            String quantity,
            double[] times,
            double[][] values,
            List<String> samples,
            int[] sampleOf,
            double[][] estimates) {
        this.quantity = quantity;
        this.times = times.clone();
        this.values = values;
        this.samples = List.copyOf(samples);
        this.sampleOf = sampleOf;
        this.estimates = estimates;
    }

    /**
     * What the values are of.
     *
     * @return for example "survival"
     */
    public String quantity() {
        return quantity;
    }

    /**
     * The number of rows.
     *
     * @return rows of the data
     */
    public int rows() {
        return sampleOf.length;
    }

    /**
     * The times, in the order they were given.
     *
     * @return a copy
     */
    public double[] times() {
        return times.clone();
    }

    /**
     * The samples that rows were left out of: the groups, or "all".
     *
     * @return their names, in level order
     */
    public List<String> samples() {
        return samples;
    }

    /**
     * One pseudo-value.
     *
     * @param row the row of the data, from 0
     * @param time the place among {@link #times()}, from 0
     * @return the value; it need not lie within the range of the quantity
     */
    public double value(int row, int time) {
        return values[place("time", time, times.length)][place("row", row, rows())];
    }

    /**
     * All pseudo-values at a time.
     *
     * @param time the place among {@link #times()}, from 0
     * @return one value a row (a copy)
     */
    public double[] values(int time) {
        return values[place("time", time, times.length)].clone();
    }

    /**
     * The estimate from a whole sample.
     *
     * @param sample its name
     * @param time the place among {@link #times()}, from 0
     * @return the estimate that rows were left out of
     */
    public double estimate(String sample, int time) {
        int g = samples.indexOf(sample);
        if (g < 0) {
            throw InvalidArgumentException.of("sample", sample, "one of " + samples);
        }
        return estimates[g][place("time", time, times.length)];
    }

    private static int place(String what, int i, int n) {
        Require.atLeast(what, i, 0);
        if (i >= n) {
            throw InvalidArgumentException.of(what, i, "0 <= " + what + " < " + n);
        }
        return i;
    }

    /** One row a row of the data and time; rows are counted from 1. */
    @Override
    public TidyTable tidy() {
        TidyTable.Builder table =
                TidyTable.builder().count("row").text("sample").number("time").number("pseudo_value");
        for (int j = 0; j < times.length; j++) {
            for (int i = 0; i < rows(); i++) {
                table.row(i + 1L, samples.get(sampleOf[i]), times[j], values[j][i]);
            }
        }
        return table.build();
    }

    @Override
    public String toString() {
        return "pseudo-values of " + quantity + ": " + Brief.count(rows(), "row") + " at " + Brief.numbers(times);
    }
}
