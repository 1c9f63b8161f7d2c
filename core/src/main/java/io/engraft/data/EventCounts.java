package io.engraft.data;

import io.engraft.InvalidArgumentException;
import io.engraft.internal.Require;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The plain counts of an event table, to write it down and to make it again from what was written or published: the
 * distinct times, and at each the rows that were censored, had an event of each cause, or entered late. Weights stand
 * beside the counts as exact sums. {@code EventCounts.of(table).toTable()} equals the table; rows of a patient that follow
 * one another count as one in a table that was made from counts. Immutable.
 *
 * <p>The columns at a time are numbered: {@value #CENSORED} for censored, 1 to K for the causes, K + 1 for late entries.
 */
public final class EventCounts {

    /** The column of the censored. */
    public static final int CENSORED = 0;

    private final EventTable table;

    private EventCounts(EventTable table) {
        this.table = table;
    }

    /**
     * The counts of a table.
     *
     * @param table the table
     * @return its counts
     */
    public static EventCounts of(EventTable table) {
        return new EventCounts(table);
    }

    /**
     * Starts counts without weights.
     *
     * @param causes labels of causes 1 to K
     * @return an empty builder
     */
    public static Builder builder(List<String> causes) {
        return new Builder(causes, null);
    }

    /**
     * Starts weighted counts.
     *
     * @param causes labels of causes 1 to K
     * @param type what the weights mean
     * @return an empty builder
     */
    public static Builder builder(List<String> causes, WeightType type) {
        return new Builder(causes, type);
    }

    /**
     * The table that has these counts.
     *
     * @return the table
     */
    public EventTable toTable() {
        return table;
    }

    /**
     * Labels of causes 1 to K.
     *
     * @return in the order of the codes
     */
    public List<String> causes() {
        return table.causes();
    }

    /**
     * What the weights mean.
     *
     * @return empty without weights
     */
    public Optional<WeightType> weightType() {
        return table.weightType();
    }

    /**
     * The number of columns at a time.
     *
     * @return K + 2 with late entries, K + 1 without
     */
    public int columns() {
        return causes().size() + (table.hasEntry() ? 2 : 1);
    }

    /**
     * The number of distinct times.
     *
     * @return times
     */
    public int size() {
        return table.size();
    }

    /**
     * A distinct time.
     *
     * @param i from 0, ascending
     * @return the time
     */
    public double time(int i) {
        return table.time(i);
    }

    /**
     * The rows in a column at a time.
     *
     * @param i from 0
     * @param column from {@value #CENSORED}
     * @return the number of rows
     */
    public int rows(int i, int column) {
        requireColumn(column);
        return column == CENSORED
                ? table.censored(i)
                : column <= causes().size() ? table.events(i, column) : table.entered(i);
    }

    /**
     * The exact sum of the weights in a column at a time.
     *
     * @param i from 0
     * @param column from {@value #CENSORED}
     * @return the sum
     * @throws InvalidArgumentException when there are no weights
     */
    public BigDecimal weight(int i, int column) {
        requireColumn(column);
        return weights().exactSum(column, i);
    }

    /**
     * The exact sum of the squared weights in a column at a time.
     *
     * @param i from 0
     * @param column from {@value #CENSORED}
     * @return the sum, of squares that were each rounded to a double
     * @throws InvalidArgumentException when there are no sampling weights
     */
    public BigDecimal squaredWeight(int i, int column) {
        requireColumn(column);
        if (weights().type() != WeightType.SAMPLING) {
            throw InvalidArgumentException.of("weight type", weights().type().label(), "sampling");
        }
        return weights().exactSquare(column, i);
    }

    private TableWeights weights() {
        TableWeights weights = table.weights();
        if (weights == null) {
            throw new InvalidArgumentException("the counts have no weights");
        }
        return weights;
    }

    private void requireColumn(int column) {
        if (column < 0 || column >= columns()) {
            throw InvalidArgumentException.of("column", column, "0 to " + (columns() - 1));
        }
    }

    @Override
    public String toString() {
        return "counts of " + table;
    }

    /** Takes counts time by time. Not for use by several threads. */
    public static final class Builder {

        private final List<String> causes;
        private final @Nullable WeightType type;
        private final List<Double> times = new ArrayList<>();
        private final List<int[]> counts = new ArrayList<>();
        private final List<BigDecimal[]> sums = new ArrayList<>();
        private final List<BigDecimal[]> squares = new ArrayList<>();
        private @Nullable DurationUnit unit;
        private long rowsFromStart;
        private double shortestInterval = Double.POSITIVE_INFINITY;
        private boolean entries;

        private Builder(List<String> causes, @Nullable WeightType type) {
            this.causes = EventTable.requireCauses(causes);
            this.type = type;
        }

        /**
         * The unit of the times, none unless said.
         *
         * @param value the unit
         * @return this
         */
        public Builder unit(DurationUnit value) {
            this.unit = value;
            return this;
        }

        /**
         * The rows that are at risk from time 0.
         *
         * @param rows the number, &gt;= 0
         * @return this
         */
        public Builder rowsFromStart(long rows) {
            this.rowsFromStart = Require.atLeast("rows from the start", rows, 0);
            return this;
        }

        /**
         * Some rows enter late: each time has a column for them. To be said before the first time.
         *
         * @param shortest the shortest (time - entry) / time of a row, which a tie rule must not swallow; in (0, 1]
         * @return this
         */
        public Builder lateEntries(double shortest) {
            if (!(shortest > 0 && shortest <= 1)) {
                throw InvalidArgumentException.of("shortest interval", shortest, "above 0, at most 1");
            }
            if (!times.isEmpty()) {
                throw InvalidArgumentException.of("late entries after time", times.get(0), "before the first time");
            }
            this.entries = true;
            this.shortestInterval = shortest;
            return this;
        }

        /**
         * Adds the counts at a time.
         *
         * @param time later than the one before, finite and &gt;= 0
         * @param rows one number a column: censored, causes 1 to K, and entered where rows enter late; that one may be
         *     below 0, where patients go on in another group ({@link EventTable#entered})
         * @return this
         */
        public Builder add(double time, int... rows) {
            if (type != null) {
                throw new InvalidArgumentException("the counts have weights; allowed: counts with sums of weights");
            }
            return put(time, rows, null, null);
        }

        /**
         * Adds the counts and weights at a time.
         *
         * @param time later than the one before, finite and &gt;= 0
         * @param rows one number a column, as in {@link #add}
         * @param weights their sums of weights
         * @param squaredWeights their sums of squared weights; ignored by frequency weights, which need none, and may
         *     be empty there
         * @return this
         */
        public Builder add(double time, int[] rows, List<BigDecimal> weights, List<BigDecimal> squaredWeights) {
            if (type == null) {
                throw new InvalidArgumentException("the counts have no weights; allowed: counts alone");
            }
            boolean squared = type == WeightType.SAMPLING;
            Require.sameLength("weights", weights.size(), "counts", rows.length);
            if (squared) {
                Require.sameLength("squared weights", squaredWeights.size(), "counts", rows.length);
            }
            BigDecimal[] second = squared ? squaredWeights.toArray(BigDecimal[]::new) : null;
            return put(time, rows, weights.toArray(BigDecimal[]::new), second);
        }

        private Builder put(
                double time, int[] rows, BigDecimal @Nullable [] weights, BigDecimal @Nullable [] squaredWeights) {
            double before = times.isEmpty() ? -1 : times.get(times.size() - 1);
            if (!(time >= 0 && time > before && time < Double.POSITIVE_INFINITY)) {
                throw InvalidArgumentException.of(
                        "time", time, "finite, >= 0" + (before >= 0 ? ", and after " + before : ""));
            }
            int columns = causes.size() + (entries ? 2 : 1);
            if (rows.length != columns) {
                throw InvalidArgumentException.of(
                        "number of counts at time " + time, rows.length, columns + " columns");
            }
            long all = 0;
            for (int c = 0; c < rows.length; c++) {
                all += entries && c == columns - 1 ? rows[c] : Require.atLeast("count at time " + time, rows[c], 0);
            }
            // Where one row of a patient ends and the next begins nobody comes or goes.
            if (all == 0 && !entries) {
                throw InvalidArgumentException.of("counts at time " + time, "all 0", "at least one row at each time");
            }
            requireSums(time, rows, weights);
            requireSums(time, rows, squaredWeights);
            // Adding 0 turns -0 into 0.
            times.add(time + 0.0);
            counts.add(rows.clone());
            if (weights != null) {
                sums.add(weights);
            }
            if (squaredWeights != null) {
                squares.add(squaredWeights);
            }
            return this;
        }

        private void requireSums(double time, int[] rows, BigDecimal @Nullable [] weights) {
            for (int c = 0; weights != null && c < rows.length; c++) {
                boolean ofEntries = entries && c == rows.length - 1;
                if (!ofEntries && (weights[c].signum() < 0 || (rows[c] == 0 && weights[c].signum() > 0))) {
                    throw InvalidArgumentException.of(
                            "sum of weights of " + rows[c] + " rows at time " + time,
                            weights[c],
                            "at least 0, and 0 without rows");
                }
                if (type == WeightType.FREQUENCY
                        && weights[c].stripTrailingZeros().scale() > 0) {
                    throw InvalidArgumentException.of(
                            "sum of frequency weights at time " + time, weights[c], "a whole number");
                }
            }
        }

        /**
         * The counts, checked: as many rows leave as enter, and nobody leaves who is not at risk.
         *
         * @return the counts
         * @throws InvalidArgumentException when they do not add up
         */
        public EventCounts build() {
            if (times.isEmpty()) {
                throw new InvalidArgumentException("there are no counts; allowed: at least one time");
            }
            long atRisk = rowsFromStart;
            for (int i = 0; i < times.size(); i++) {
                long leaving = leaving(i);
                if (leaving > atRisk) {
                    throw InvalidArgumentException.of(
                            "number of rows that leave at time " + times.get(i),
                            leaving,
                            "at most the " + atRisk + " at risk");
                }
                atRisk += (entries ? counts.get(i)[causes.size() + 1] : 0) - leaving;
            }
            if (atRisk != 0) {
                throw InvalidArgumentException.of(
                        "number of rows that never leave", atRisk, "0: the censored leave at a time, too");
            }
            int columns = causes.size() + (entries ? 2 : 1);
            int[][] marks = new int[columns][times.size()];
            for (int c = 0; c < columns; c++) {
                for (int i = 0; i < times.size(); i++) {
                    marks[c][i] = counts.get(i)[c];
                }
            }
            double[] time = times.stream().mapToDouble(Double::doubleValue).toArray();
            EventTable table = new EventTable(time, marks, rowsFromStart, shortestInterval, causes, weights(columns));
            requireWeightAtRisk(table);
            return new EventCounts(unit == null ? table : table.withUnit(unit));
        }

        private static void requireWeightAtRisk(EventTable table) {
            double[] atRisk = table.weightType().isEmpty() ? new double[0] : table.atRiskWeights();
            for (int i = 0; i < atRisk.length; i++) {
                double leaving = table.censoredWeight(i) + table.eventWeight(i);
                // The sum of two rounded sums may pass the exact one by a rounding error.
                if (atRisk[i] < leaving * (1 - 1e-12)) {
                    throw InvalidArgumentException.of(
                            "weight that leaves at time " + table.time(i),
                            leaving,
                            "at most the " + atRisk[i] + " at risk");
                }
            }
        }

        private long leaving(int i) {
            return Arrays.stream(counts.get(i), 0, causes.size() + 1)
                    .asLongStream()
                    .sum();
        }

        private @Nullable TableWeights weights(int columns) {
            if (type == null) {
                return null;
            }
            TableWeights weights = TableWeights.empty(type, columns, times.size());
            for (int i = 0; i < times.size(); i++) {
                for (int c = 0; c < columns; c++) {
                    BigDecimal square = squares.isEmpty() ? BigDecimal.ZERO : squares.get(i)[c];
                    weights.addExact(c, i, sums.get(i)[c], square);
                }
            }
            return weights;
        }
    }
}
