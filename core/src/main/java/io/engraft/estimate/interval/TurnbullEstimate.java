package io.engraft.estimate.interval;

import io.engraft.FitStatus;
import io.engraft.InvalidArgumentException;
import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.internal.Brief;
import io.engraft.internal.Require;

/**
 * A Turnbull estimate: masses on intervals (left, right], a single time where both are equal. S is known between them
 * and bounded inside. Immutable.
 */
public final class TurnbullEstimate implements Tabular {

    private static final double LEVEL = 0.95;
    /** The masses sum to 1 up to this. */
    private static final double ROUNDING = 1e-12;

    private final double[] left;
    private final double[] right;
    private final double[] mass;
    private final double[] after;
    private final double rows;
    private final TurnbullLikelihood.Maximum maximum;

    TurnbullEstimate(InnermostIntervals intervals, TurnbullLikelihood.Maximum maximum) {
        this.left = intervals.left;
        this.right = intervals.right;
        this.mass = maximum.mass;
        this.rows = intervals.totalWeight();
        this.maximum = maximum;
        this.after = new double[mass.length];
        double s = 0;
        // From the end, so that a small S keeps its digits.
        for (int j = mass.length - 1; j >= 0; j--) {
            after[j] = s;
            s += mass[j];
        }
    }

    /**
     * How the search ended.
     *
     * @return CONVERGED with the Kuhn-Tucker gap within the tolerance; or FAILED, where the limit of steps came first, with
     *     numbers that are not to be used as the estimate
     */
    public FitStatus status() {
        return maximum.converged ? FitStatus.CONVERGED : FitStatus.FAILED;
    }

    /**
     * The log-likelihood reached.
     *
     * @return the sum of w log P over rows
     */
    public double logLikelihood() {
        return maximum.logLikelihood;
    }

    /**
     * The Kuhn-Tucker gap: no distribution has a log-likelihood higher than this times {@link #totalWeight()}.
     *
     * @return &gt;= 0
     */
    public double gap() {
        return maximum.gap;
    }

    /**
     * Steps taken.
     *
     * @return self-consistency and Newton steps together
     */
    public int iterations() {
        return maximum.iterations;
    }

    /**
     * The weight of all rows.
     *
     * @return the number of rows where they have no weights
     */
    public double totalWeight() {
        return rows;
    }

    /**
     * The number of innermost intervals.
     *
     * @return at least 1; some may have no mass
     */
    public int size() {
        return mass.length;
    }

    /**
     * The left end of an innermost interval, not part of it unless it equals the right end.
     *
     * @param i from 0, ascending
     * @return the time, 0 for an interval from the start (which includes 0)
     */
    public double left(int i) {
        return Math.max(0, left[place(i)]);
    }

    /**
     * The right end of an innermost interval, part of it.
     *
     * @param i from 0, ascending
     * @return the time, perhaps infinity
     */
    public double right(int i) {
        return right[place(i)];
    }

    /**
     * The mass of an innermost interval.
     *
     * @param i from 0, ascending
     * @return &gt;= 0; all sum to 1
     */
    public double mass(int i) {
        return mass[place(i)];
    }

    /**
     * S after an innermost interval.
     *
     * @param i from 0, ascending
     * @return the mass of later ones
     */
    public double survivalAfter(int i) {
        return after[place(i)];
    }

    private int place(int i) {
        if (i < 0 || i >= mass.length) {
            throw InvalidArgumentException.of("interval", i, "0 to " + (mass.length - 1));
        }
        return i;
    }

    /**
     * S at a time, without standard error or interval.
     *
     * @param t the time, &gt;= 0
     * @return S; not estimable, with the bounds in the reason, inside an innermost interval that has mass, and where
     *     the search did not converge
     */
    public PointEstimate survivalAt(double t) {
        double lower = leastSurvival(t);
        double upper = largestSurvival(t);
        if (!maximum.converged) {
            return PointEstimate.notEstimable("the likelihood was not maximised in " + iterations() + " steps");
        }
        if (!(upper - lower <= ROUNDING)) {
            return PointEstimate.notEstimable("S falls from " + upper + " to " + lower + " somewhere around " + t);
        }
        return PointEstimate.of(
                lower, Double.NaN, Interval.notEstimable(LEVEL, "interval-censored data give no standard error here"));
    }

    /**
     * The least S at a time that the masses allow.
     *
     * @param t the time, &gt;= 0
     * @return the mass of the intervals that lie wholly after t
     */
    public double leastSurvival(double t) {
        Require.time(t);
        int j = mass.length - 1;
        double s = 0;
        while (j >= 0 && isAfter(j, t)) {
            s = after[j] + mass[j];
            j--;
        }
        return Math.min(1, s);
    }

    /**
     * The largest S at a time that the masses allow.
     *
     * @param t the time, &gt;= 0
     * @return one less the mass of the intervals that end at t or before
     */
    public double largestSurvival(double t) {
        Require.time(t);
        double s = 1;
        for (int j = 0; j < mass.length && right[j] <= t && right[j] < Double.POSITIVE_INFINITY; j++) {
            s = after[j];
        }
        return Math.min(1, s);
    }

    private boolean isAfter(int j, double t) {
        return left[j] == right[j] ? left[j] > t : left[j] >= t;
    }

    /** One row an innermost interval; an infinite right end is missing. */
    @Override
    public TidyTable tidy() {
        TidyTable.Builder table = TidyTable.builder()
                .number("left")
                .number("right")
                .number("mass")
                .number("survival_after");
        for (int j = 0; j < mass.length; j++) {
            double end = right[j] == Double.POSITIVE_INFINITY ? Double.NaN : right[j];
            table.row(left(j), end, mass[j], after[j]);
        }
        return table.build();
    }

    @Override
    public String toString() {
        return "Turnbull: " + Brief.count(rows, "row") + ", mass in " + Brief.count(mass.length, "interval") + ", "
                + status().name() + " after " + Brief.count(iterations(), "iteration") + ", log-likelihood "
                + Brief.number(logLikelihood());
    }
}
