package io.engraft.validation;

import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.internal.Brief;
import java.util.OptionalDouble;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The concordances of two scores of the same rows, and their difference. Its standard error is that of the rows' influences
 * on both, so it knows that the two depend on each other. Immutable.
 */
public final class ConcordanceComparison implements Tabular {

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private final ConcordanceResult first;
    private final ConcordanceResult second;
    private final double covariance;
    private final PointEstimate difference;

    private ConcordanceComparison(ScoredRows rows) {
        this.first = rows.result(0);
        this.second = rows.result(1);
        this.covariance = rows.covariance(0, 1);
        this.difference = rows.difference();
    }

    static ConcordanceComparison of(ScoredRows rows) {
        return new ConcordanceComparison(rows);
    }

    /**
     * The first score's.
     *
     * @return its concordance
     */
    public ConcordanceResult first() {
        return first;
    }

    /**
     * The second score's.
     *
     * @return its concordance
     */
    public ConcordanceResult second() {
        return second;
    }

    /**
     * The covariance of the two concordances.
     *
     * @return the sum of products of their influences; empty where one of them has no standard error
     */
    public OptionalDouble covariance() {
        boolean known = first.concordance().standardError().isPresent()
                && second.concordance().standardError().isPresent();
        return known ? OptionalDouble.of(covariance) : OptionalDouble.empty();
    }

    /**
     * The first concordance less the second.
     *
     * @return with its standard error and plain normal interval; without them where no row moves the difference, as where
     *     both scores have one order
     */
    public PointEstimate difference() {
        return difference;
    }

    /**
     * The difference over its standard error.
     *
     * @return z; empty where there is no standard error
     */
    public OptionalDouble z() {
        OptionalDouble se = difference.standardError();
        return se.isPresent() ? OptionalDouble.of(difference.estimate() / se.getAsDouble()) : OptionalDouble.empty();
    }

    /**
     * The test that both concordances are the same.
     *
     * @return two-sided, of z as standard normal; empty where there is no standard error
     */
    public OptionalDouble pValue() {
        OptionalDouble z = z();
        return z.isPresent()
                ? OptionalDouble.of(2 * NORMAL.survivalProbability(Math.abs(z.getAsDouble())))
                : OptionalDouble.empty();
    }

    @Override
    public TidyTable tidy() {
        TidyTable.Builder table = TidyTable.builder()
                .text("what")
                .number("estimate")
                .number("std_error")
                .number("lower")
                .number("upper")
                .number("z")
                .number("p_value");
        row(table, "first", first.concordance(), OptionalDouble.empty(), OptionalDouble.empty());
        row(table, "second", second.concordance(), OptionalDouble.empty(), OptionalDouble.empty());
        row(table, "difference", difference, z(), pValue());
        return table.build();
    }

    private static void row(
            TidyTable.Builder table, String what, PointEstimate value, OptionalDouble z, OptionalDouble p) {
        Interval interval = value.interval();
        table.row(
                what,
                value.optional().orElse(Double.NaN),
                value.standardError().orElse(Double.NaN),
                interval.lower().orElse(Double.NaN),
                interval.upper().orElse(Double.NaN),
                z.orElse(Double.NaN),
                p.orElse(Double.NaN));
    }

    /** Such as {@code 0.6371 (0.5868 to 0.6846) less 0.6, difference 0.03, p = 0.12}. */
    @Override
    public String toString() {
        return first.concordance() + " less " + second.concordance() + " is " + difference
                + (pValue().isPresent() ? ", " + Brief.pValue(pValue().getAsDouble()) : "");
    }
}
