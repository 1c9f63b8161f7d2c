package io.engraft.evidence;

import io.engraft.InvalidArgumentException;
import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.internal.Brief;
import io.engraft.internal.Percentiles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How far reconstructions differ whose points were read a little differently. It is the uncertainty of reading alone, far
 * smaller than that of sampling patients. Immutable.
 */
public final class DigitisationSpread implements Tabular {

    private final PointEstimate median;
    private final List<Row> rows;
    private final int draws;
    private final double largestMisfit;

    /**
     * A curve at a time.
     *
     * @param curve "survival", or the cause of a cumulative incidence
     * @param time the time
     * @param value the curve as reconstructed from the points as they were read, with the range of the others
     */
    public record Row(String curve, double time, PointEstimate value) {}

    private DigitisationSpread(PointEstimate median, List<Row> rows, int draws, double largestMisfit) {
        this.median = median;
        this.rows = List.copyOf(rows);
        this.draws = draws;
        this.largestMisfit = largestMisfit;
    }

    /** Collects one reconstruction after the other. */
    static final class Collector {

        private final ReconstructedCurve base;
        private final double[] times;
        private final double level;
        private final boolean survival;
        private final double[] medians;
        private final double[][][] values;
        private double largestMisfit;

        Collector(ReconstructedCurve base, double[] times, int draws, double level) {
            this.base = base;
            this.times = times.clone();
            this.level = level;
            this.survival = base.isSurvival();
            this.medians = new double[draws];
            this.values = new double[base.causes().size()][times.length][draws];
        }

        void add(int draw, ReconstructedCurve curve) {
            medians[draw] = curve.survival().median().optional().orElse(Double.POSITIVE_INFINITY);
            for (int j = 0; j < values.length; j++) {
                double[] now = read(curve, j);
                for (int i = 0; i < times.length; i++) {
                    values[j][i][draw] = now[i];
                }
            }
            largestMisfit = Math.max(largestMisfit, curve.agreement().largest());
        }

        private double[] read(ReconstructedCurve curve, int cause) {
            return survival
                    ? curve.survival().survivalValues(times)
                    : curve.incidence(curve.causes().get(cause)).incidenceValues(times);
        }

        DigitisationSpread spread() {
            List<Row> rows = new ArrayList<>();
            for (int j = 0; j < values.length; j++) {
                double[] now = read(base, j);
                String curve = survival ? "survival" : base.causes().get(j);
                for (int i = 0; i < times.length; i++) {
                    rows.add(new Row(
                            curve, times[i], estimate(now[i], values[j][i], "the curve ends before " + times[i])));
                }
            }
            double centre = base.survival().median().optional().orElse(Double.NaN);
            return new DigitisationSpread(
                    estimate(centre, medians, "the median is not reached"), rows, medians.length, largestMisfit);
        }

        private PointEstimate estimate(double value, double[] draws, String reason) {
            boolean complete = Arrays.stream(draws).noneMatch(Double::isNaN);
            double[] range =
                    complete ? Percentiles.central(draws.clone(), level) : new double[] {Double.NaN, Double.NaN};
            for (int i = 0; i < 2; i++) {
                range[i] = Double.isFinite(range[i]) ? range[i] : Double.NaN;
            }
            Interval interval = Interval.partial(range[0], range[1], level, reason);
            boolean spread = Arrays.stream(draws).allMatch(Double::isFinite);
            double deviation = spread ? Percentiles.standardDeviation(draws) : Double.NaN;
            return Double.isNaN(value)
                    ? PointEstimate.notEstimable(reason, interval)
                    : PointEstimate.of(value, deviation, interval);
        }
    }

    /**
     * The median time free of all causes, with the range of the reconstructions.
     *
     * @return the median; not estimable where it is not reached
     */
    public PointEstimate median() {
        return median;
    }

    /**
     * The curves at the times.
     *
     * @return by curve, then time
     */
    public List<Row> rows() {
        return rows;
    }

    /**
     * One curve at one time.
     *
     * @param curve "survival", or the cause of a cumulative incidence
     * @param time one of the times asked for
     * @return the value with the range of the reconstructions
     * @throws InvalidArgumentException when there is no such row
     */
    public PointEstimate at(String curve, double time) {
        return rows.stream()
                .filter(r -> r.curve().equals(curve) && r.time() == time)
                .findFirst()
                .orElseThrow(() -> InvalidArgumentException.of(
                        "curve and time",
                        curve + " at " + time,
                        "one of "
                                + rows.stream()
                                        .map(r -> r.curve() + " at " + r.time())
                                        .toList()))
                .value();
    }

    /**
     * How many reconstructions there are.
     *
     * @return draws, without the one from the points as they were read
     */
    public int draws() {
        return draws;
    }

    /**
     * The largest difference, in any reconstruction, between the curve given back and the points moved for it.
     *
     * @return a difference of probabilities
     */
    public double largestMisfit() {
        return largestMisfit;
    }

    @Override
    public TidyTable tidy() {
        TidyTable.Builder table = TidyTable.builder()
                .text("quantity")
                .number("time")
                .number("value")
                .number("lower")
                .number("upper");
        add(table, "median", Double.NaN, median);
        for (Row row : rows) {
            add(table, row.curve(), row.time(), row.value());
        }
        return table.build();
    }

    private static void add(TidyTable.Builder table, String quantity, double time, PointEstimate value) {
        Interval range = value.interval();
        table.row(
                quantity,
                time,
                value.optional().orElse(Double.NaN),
                range.lower().orElse(Double.NaN),
                range.upper().orElse(Double.NaN));
    }

    @Override
    public String toString() {
        return "spread of " + Brief.count(draws, "draw") + " of the digitised points: median " + median
                + ", largest misfit " + Brief.number(largestMisfit);
    }
}
