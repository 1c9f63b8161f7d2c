package io.engraft.data;

import io.engraft.CheckReturnValue;
import io.engraft.DataProblem;
import io.engraft.InvalidDataException;
import io.engraft.internal.Brief;
import io.engraft.internal.Require;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Times known to lie in (left, right]: left = right is an event seen at that time, right = infinity is right-censored at
 * left, left = 0 is left-censored at right. A row with entry time e was observed because its time exceeds e; the part of
 * its interval up to e is cut off. Immutable.
 */
public final class CensoredData {

    private final double[] left;
    private final double[] right;
    private final SurvivalData columns;

    private CensoredData(double[] left, double[] right, SurvivalData columns) {
        this.left = left;
        this.right = right;
        this.columns = columns;
    }

    /**
     * Intervals without covariates.
     *
     * @param left lower ends, 0 &lt;= left &lt;= right, finite
     * @param right upper ends, infinity where the event was not seen
     * @return the data
     * @throws InvalidDataException when a row is bad; it lists them
     */
    public static CensoredData of(double[] left, double[] right) {
        return of(left, right, columns -> columns);
    }

    /**
     * Intervals with covariates, weights, entry times, strata or clusters.
     *
     * @param left lower ends, 0 &lt;= left &lt;= right, finite
     * @param right upper ends, infinity where the event was not seen
     * @param columns adds the other columns to the builder that it is given
     * @return the data
     * @throws InvalidDataException when a row is bad; it lists them
     */
    public static CensoredData of(double[] left, double[] right, UnaryOperator<SurvivalData.Builder> columns) {
        Require.sameLength("left", left.length, "right", right.length);
        List<DataProblem> problems = new ArrayList<>();
        double[] time = new double[left.length];
        int[] status = new int[left.length];
        for (int i = 0; i < left.length && problems.size() < DataCheck.MOST_PROBLEMS; i++) {
            long row = i + 1L;
            if (!(left[i] >= 0 && left[i] < Double.POSITIVE_INFINITY)) {
                problems.add(DataProblem.ofRow(row, "left", left[i], "allowed: 0 <= left < infinity"));
            } else if (!(right[i] >= left[i])) {
                problems.add(DataProblem.ofRow(row, "right", right[i], "allowed: right >= left, which is " + left[i]));
            } else if (!(right[i] > 0) || (left[i] == 0 && right[i] == Double.POSITIVE_INFINITY)) {
                problems.add(DataProblem.ofRow(
                        row, "left", left[i], "the interval says nothing; allowed: 0 < left, or 0 < right < infinity"));
            }
            status[i] = right[i] < Double.POSITIVE_INFINITY ? 1 : 0;
            time[i] = status[i] == 1 ? right[i] : left[i];
        }
        if (!problems.isEmpty()) {
            throw new InvalidDataException(problems);
        }
        SurvivalData built = columns.apply(SurvivalData.builder(time, status)).build();
        return new CensoredData(left.clone(), right.clone(), built);
    }

    /**
     * The number of rows.
     *
     * @return rows, not weighted
     */
    public int size() {
        return left.length;
    }

    /**
     * Lower end of a row's interval.
     *
     * @param row from 0
     * @return the last time at which the event was known not to have happened
     */
    public double left(int row) {
        return left[row];
    }

    /**
     * Upper end of a row's interval.
     *
     * @param row from 0
     * @return the first time at which the event was known to have happened, or infinity
     */
    public double right(int row) {
        return right[row];
    }

    /**
     * The other columns. Its time is the upper end of the interval where finite, else the lower; its status 1 where the
     * upper end is finite.
     *
     * @return covariates, weights, entry times, strata and clusters
     */
    public SurvivalData columns() {
        return columns;
    }

    /**
     * The same rows with some of the covariates, without copying any.
     *
     * @param names covariates of these data
     * @return the data with these covariates alone
     * @throws io.engraft.InvalidArgumentException when there is no such covariate
     */
    @CheckReturnValue
    public CensoredData withOnlyCovariates(Collection<String> names) {
        return new CensoredData(left, right, columns.withOnlyCovariates(names));
    }

    /**
     * The rows in an order that depends on their values alone, as {@link SurvivalData#canonicalOrder()}.
     *
     * @return the rows, numbered from 0
     */
    public int[] canonicalOrder() {
        return columns.order().with(left).with(right).sorted();
    }

    /**
     * The same rows in another order.
     *
     * @param rows every row once, numbered from 0
     * @return the data, each row with its number in the source
     * @throws io.engraft.InvalidArgumentException when a row is missing or stands twice
     */
    @CheckReturnValue
    public CensoredData inOrder(int[] rows) {
        RowOrder.requireAll(rows, size());
        return new CensoredData(RowOrder.taken(left, rows), RowOrder.taken(right, rows), columns.inOrder(rows));
    }

    @Override
    public String toString() {
        return "interval-censored data: " + Brief.count(left.length, "row") + " in "
                + columns.unit().label();
    }
}
