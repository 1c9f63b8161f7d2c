package io.engraft.validation;

import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.internal.Brief;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * The concordance of a score, and the pairs behind it. Counts of pairs are weighted by the rows' weights and by time; plain
 * rows with {@link PairWeighting#HARRELL} give whole numbers. Immutable.
 */
public final class ConcordanceResult implements Tabular {

    private final PointEstimate concordance;
    private final double[] counts;
    private final int n;
    private final double events;
    private final double[] influence;
    private final Map<String, String> conventions;
    private final List<String> warnings;

    ConcordanceResult(ScoredRows rows, int score) {
        this.concordance = rows.concordance(score);
        this.counts = rows.counts(score);
        this.n = rows.size();
        this.events = rows.events();
        this.influence = rows.influence(score);
        this.conventions = Collections.unmodifiableMap(rows.conventions(score));
        this.warnings = List.copyOf(rows.warnings());
    }

    /**
     * The index.
     *
     * @return with its standard error and interval; not estimable where no pair counts; without error and interval where
     *     the rows show no variance, as where every pair is concordant
     */
    public PointEstimate concordance() {
        return concordance;
    }

    /**
     * Pairs in which the score says who comes first.
     *
     * @return the sum of their weights
     */
    public double concordant() {
        return counts[0];
    }

    /**
     * Pairs in which the score says the opposite.
     *
     * @return the sum of their weights
     */
    public double discordant() {
        return counts[1];
    }

    /**
     * Pairs of whom it is known who comes first, with equal scores: half of them count as concordant.
     *
     * @return the sum of their weights
     */
    public double tiedScore() {
        return counts[2];
    }

    /**
     * Pairs of events at one time, with different scores. They do not count.
     *
     * @return the sum of their weights
     */
    public double tiedTime() {
        return counts[3];
    }

    /**
     * Pairs of events at one time, with equal scores. They do not count.
     *
     * @return the sum of their weights
     */
    public double tiedBoth() {
        return counts[4];
    }

    /**
     * How many rows there are.
     *
     * @return rows, not weighted
     */
    public int n() {
        return n;
    }

    /**
     * How many events count.
     *
     * @return rows with an event up to the horizon, or their frequencies
     */
    public double events() {
        return events;
    }

    /**
     * By how much each row moves the estimate: R's dfbeta. The squares add to the variance, where rows belong together
     * those of their sums; a frequency weight stands for so many rows that each have the influence given here, a sampling
     * weight is in it.
     *
     * @return one a row of the data (a copy); NaN where the index is not estimable
     */
    public double[] influence() {
        return influence.clone();
    }

    /**
     * How it was computed.
     *
     * @return the convention by what it is about
     */
    public Map<String, String> conventions() {
        return conventions;
    }

    /**
     * What a reader should know of the data.
     *
     * @return sentences, maybe none
     */
    public List<String> warnings() {
        return warnings;
    }

    @Override
    public TidyTable tidy() {
        Interval interval = concordance.interval();
        return TidyTable.builder()
                .number("concordance")
                .number("std_error")
                .number("lower")
                .number("upper")
                .number("concordant")
                .number("discordant")
                .number("tied_score")
                .number("tied_time")
                .number("tied_both")
                .row(
                        concordance.optional().orElse(Double.NaN),
                        concordance.standardError().orElse(Double.NaN),
                        interval.lower().orElse(Double.NaN),
                        interval.upper().orElse(Double.NaN),
                        counts[0],
                        counts[1],
                        counts[2],
                        counts[3],
                        counts[4])
                .build();
    }

    /** Such as {@code concordance 0.6371 (0.5868 to 0.6846), 227 rows, 164 events}. */
    @Override
    public String toString() {
        return "concordance " + concordance + ", " + Brief.count(n(), "row") + ", " + Brief.count(events(), "event");
    }
}
