package io.engraft.estimate.interval;

import io.engraft.FitStatus;
import io.engraft.InvalidArgumentException;
import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.curve.SurvivalBounds;
import io.engraft.curve.SurvivalFunction;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.internal.Brief;
import io.engraft.internal.Require;
import io.engraft.internal.csv.NumberText;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A Turnbull estimate: masses on intervals (left, right], a single time where both are equal. S is known between them
 * and bounded inside; so is a quantile, which is a single time only where the mass at it is. There are no limits (see
 * {@link Turnbull}). Immutable.
 */
public final class TurnbullEstimate implements SurvivalFunction, SurvivalBounds, Tabular {

    private static final double LEVEL = 0.95;
    /** The masses sum to 1 up to this. */
    private static final double ROUNDING = 1e-12;
    /** S within this of 1 - p, relatively, is a flat at it. */
    private static final double FLAT = 1e-8;

    private static final String NO_ERROR = "interval-censored data give no standard error here";

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
    @Override
    public PointEstimate survivalAt(double t) {
        double lower = leastSurvival(t);
        double upper = largestSurvival(t);
        if (!maximum.converged) {
            return notMaximised();
        }
        if (!(upper - lower <= ROUNDING)) {
            return PointEstimate.notEstimable("S falls from " + NumberText.format(upper) + " to "
                    + NumberText.format(lower) + " somewhere around " + NumberText.format(t));
        }
        return known(lower);
    }

    /**
     * The least S at a time that the masses allow.
     *
     * @param t the time, &gt;= 0
     * @return the mass of the intervals that lie wholly after t
     */
    @Override
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
    @Override
    public double largestSurvival(double t) {
        Require.time(t);
        double s = 1;
        for (int j = 0; j < mass.length && right[j] <= t && right[j] < Double.POSITIVE_INFINITY; j++) {
            s = after[j];
        }
        return Math.min(1, s);
    }

    private PointEstimate notMaximised() {
        return PointEstimate.notEstimable("the likelihood was not maximised in " + iterations() + " steps");
    }

    private static PointEstimate known(double value) {
        return PointEstimate.of(value, Double.NaN, Interval.notEstimable(LEVEL, NO_ERROR));
    }

    @Override
    public double[] survivalValues(double[] times) {
        return Arrays.stream(times)
                .map(t -> survivalAt(t).optional().orElse(Double.NaN))
                .toArray();
    }

    /**
     * The time by which a share p has had the event.
     *
     * @param p the share, strictly between 0 and 1
     * @return the time; the middle of a flat of S at 1 - p between two single times (1e-8 relative); not estimable, with
     *     {@link #earliestQuantile} and {@link #latestQuantile} in the reason, where the masses leave more than one time
     */
    @Override
    public PointEstimate quantile(double p) {
        double from = earliestQuantile(p);
        double to = latestQuantile(p);
        if (!maximum.converged) {
            return notMaximised();
        }
        if (to == Double.POSITIVE_INFINITY) {
            return PointEstimate.notEstimable("it is not before " + from + ", and no row says by when");
        }
        int first = quantilePlace(p);
        int last = isFlat(first, p) ? nextMass(first) : first;
        boolean single = left[first] == right[first] && left[last] == right[last];
        String open = left[first] < right[first] && left[first] >= 0 ? "(" : "[";
        return single
                ? known(from + (to - from) / 2)
                : PointEstimate.notEstimable("not unique: any time in " + open + from + ", " + to + "]");
    }

    /**
     * The earliest time that can be a quantile: no time before it, nor itself unless the mass is at it, has S &lt;= 1 - p.
     *
     * @param p the share, strictly between 0 and 1
     * @return the left end of the interval in which S falls to 1 - p or below
     */
    public double earliestQuantile(double p) {
        return left(quantilePlace(p));
    }

    /**
     * The latest time that can be a quantile.
     *
     * @param p the share, strictly between 0 and 1
     * @return the right end of the interval in which S falls to 1 - p or below, of the next one where it falls to exactly
     *     1 - p; infinity where no row says by when
     */
    public double latestQuantile(double p) {
        int j = quantilePlace(p);
        return right[isFlat(j, p) ? nextMass(j) : j];
    }

    private int quantilePlace(double p) {
        Require.properFraction("p", p);
        int j = 0;
        while (j < mass.length - 1 && (mass[j] == 0 || !(after[j] <= (1 - p) * (1 + FLAT)))) {
            j++;
        }
        return j;
    }

    private boolean isFlat(int j, double p) {
        return Math.abs(after[j] - (1 - p)) <= (1 - p) * FLAT && nextMass(j) > j;
    }

    private int nextMass(int j) {
        for (int k = j + 1; k < mass.length; k++) {
            if (mass[k] > 0) {
                return k;
            }
        }
        return j;
    }

    /**
     * The area under S from 0 to tau.
     *
     * @param tau the horizon, tau &gt; 0
     * @return the restricted mean; not estimable, with its bounds in the reason, where masses lie in intervals before tau
     */
    @Override
    public PointEstimate restrictedMean(double tau) {
        Require.positive("tau", tau);
        double least = 0;
        double most = 0;
        for (int j = 0; j < mass.length; j++) {
            least += mass[j] * Math.min(tau, left(j));
            most += mass[j] * Math.min(tau, right[j]);
        }
        if (!maximum.converged) {
            return notMaximised();
        }
        return most - least <= ROUNDING * tau
                ? known(least)
                : PointEstimate.notEstimable("it lies between " + least + " and " + most);
    }

    /** Not estimable at any time: {@link Turnbull} says why. */
    @Override
    public double[][] survivalCovariance(double[] times) {
        double[][] covariance = new double[times.length][times.length];
        for (double[] row : covariance) {
            Arrays.fill(row, Double.NaN);
        }
        return covariance;
    }

    /**
     * The last time at which S is known.
     *
     * @return infinity where S falls to 0
     */
    @Override
    public double horizon() {
        int last = mass.length - 1;
        return mass[last] > 0 && right[last] == Double.POSITIVE_INFINITY ? left(last) : Double.POSITIVE_INFINITY;
    }

    /** The ends of the intervals that have mass. */
    @Override
    public double[] jumpTimes() {
        return IntStream.range(0, mass.length)
                .filter(j -> mass[j] > 0)
                .boxed()
                .flatMap(j -> Stream.of(left(j), right[j]))
                .filter(t -> t < Double.POSITIVE_INFINITY)
                .mapToDouble(Double::doubleValue)
                .distinct()
                .sorted()
                .toArray();
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
