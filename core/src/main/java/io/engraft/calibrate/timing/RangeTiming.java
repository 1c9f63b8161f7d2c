package io.engraft.calibrate.timing;

import io.engraft.CheckReturnValue;
import io.engraft.InvalidArgumentException;
import io.engraft.data.DurationUnit;
import io.engraft.internal.Brief;
import io.engraft.internal.Require;
import io.engraft.internal.SmoothMinimum;
import io.engraft.law.Exponential;
import io.engraft.law.Gamma;
import io.engraft.law.GeneralizedGamma;
import io.engraft.law.Gompertz;
import io.engraft.law.LawFamily;
import io.engraft.law.LawOfTime;
import io.engraft.law.LogLogistic;
import io.engraft.law.LogNormal;
import io.engraft.law.TimingTarget;
import io.engraft.law.Weibull;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;

/**
 * The law of the times of n events of which only median, smallest and largest were printed ("median 80 days, range
 * 15-1096"), by three methods and every family that they determine, side by side.
 *
 * <p>{@link RangeMethod#MEDIAN_RANK}: F(median) = 1/2 and F(largest) = (r - 0.3) / (r + 0.4), r = n unless
 * {@link #withRankOf(int)} says otherwise. {@link RangeMethod#RANGE_LIKELIHOOD}: F(median) = 1/2, and among such laws the
 * one with the largest density f(x) f(y) [F(y) - F(x)]^(n-2) of smallest x and largest y. {@link
 * RangeMethod#ORDER_STATISTICS}: the largest density of all three, f(x) f(m) f(y) [F(m) - F(x)]^((n-3)/2) [F(y) -
 * F(m)]^((n-3)/2) with the median m. For odd n this is exact, the median being observation (n + 1) / 2; for even n, whose median is the mean of two observations, the same
 * formula stands for an observation of rank (n + 1) / 2 between them.
 *
 * <p>None allows for limited follow-up: late events that nobody waited for are missing from the largest time, and the
 * result says so.
 *
 * <p>Reference: A. Bernard and E. C. Bos-Levenbach, Het uitzetten van waarnemingen op waarschijnlijkheidspapier,
 * Statistica Neerlandica 7 (1953), 163-173 (median ranks).
 */
@CheckReturnValue
public final class RangeTiming {

    private static final double MONTHS_OF_YEAR = 12;
    private static final double FAR = 12;
    private static final double DETERMINED = 1e-5;

    private final int n;
    private final int rankOf;
    private final double smallest;
    private final double median;
    private final double largest;
    private final DurationUnit unit;

    private RangeTiming(int n, int rankOf, double smallest, double median, double largest, DurationUnit unit) {
        this.n = n;
        this.rankOf = rankOf;
        this.smallest = smallest;
        this.median = median;
        this.largest = largest;
        this.unit = unit;
    }

    /**
     * What was printed.
     *
     * @param n the number of events, at least 3
     * @param median their median time
     * @param smallest the smallest time, positive and below the median
     * @param largest the largest time, above the median
     * @param unit the unit of the times
     * @return the procedure
     * @throws InvalidArgumentException when n is below 3, a time is not positive and finite, or the median does not lie
     *     strictly within the range
     */
    public static RangeTiming of(int n, double median, double smallest, double largest, DurationUnit unit) {
        Require.atLeast("n", n, 3);
        Require.positive("median", median);
        Require.positive("smallest time", smallest);
        Require.positive("largest time", largest);
        if (!(smallest < median && median < largest)) {
            throw new InvalidArgumentException("the median is " + median + " and the range " + smallest + " to "
                    + largest + "; allowed: smallest < median < largest");
        }
        return new RangeTiming(n, n, smallest, median, largest, unit);
    }

    /**
     * Another number for the median rank of the largest time, where the printed number of events is itself rounded.
     *
     * @param events the largest time is the largest of so many, at least 3; n by default
     * @return the procedure
     */
    public RangeTiming withRankOf(int events) {
        return new RangeTiming(n, Require.atLeast("rank of", events, 3), smallest, median, largest, unit);
    }

    /**
     * Fits every family by both methods.
     *
     * @return what each gives, what was left out and why, and warnings
     */
    public RangeTimingResult calibrate() {
        List<RangeFit> fits = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        for (LawFamily family : LawFamily.values()) {
            byRank(family, fits, leftOut);
        }
        for (RangeMethod method : List.of(RangeMethod.RANGE_LIKELIHOOD, RangeMethod.ORDER_STATISTICS)) {
            for (LawFamily family : LawFamily.values()) {
                byLikelihood(method, family, fits, leftOut);
            }
        }
        List<String> warnings = List.of(
                "No method here allows for limited follow-up: events later than anyone was followed are missing, so that"
                        + " late shares may be too small and the time to 95 % too short.",
                "A median and a range do not tell families or methods apart: the spread between the rows is part of what"
                        + " is not known, beside the sampling error of " + n + " events.");
        return new RangeTimingResult(fits, leftOut, warnings, unit);
    }

    private void byRank(LawFamily family, List<RangeFit> fits, List<String> leftOut) {
        String where = RangeMethod.MEDIAN_RANK.label() + ", " + family.label() + ": ";
        if (family == LawFamily.EXPONENTIAL) {
            leftOut.add(where + "one parameter cannot meet both the median and the rank of the largest time.");
            return;
        }
        if (family == LawFamily.GENERALIZED_GAMMA) {
            leftOut.add(where + "two points do not determine three parameters.");
            return;
        }
        LawOfTime law;
        try {
            law = family.through(TimingTarget.median(median), rankOfLargest());
        } catch (InvalidArgumentException notMet) {
            leftOut.add(where + notMet.getMessage());
            return;
        }
        if (law.curedShare() > 0) {
            leftOut.add(where + "the hazard falls between the points, and then a share of " + law.curedShare()
                    + " would never have the event, though all counted here had it.");
            return;
        }
        fits.add(fit(RangeMethod.MEDIAN_RANK, family, law, OptionalDouble.empty()));
    }

    private TimingTarget rankOfLargest() {
        return new TimingTarget(largest, (rankOf - 0.3) / (rankOf + 0.4));
    }

    private RangeFit fit(RangeMethod method, LawFamily family, LawOfTime law, OptionalDouble logLikelihood) {
        double year = DurationUnit.MONTHS.to(unit, MONTHS_OF_YEAR);
        return new RangeFit(method, family, law, law.cumulativeProbability(year), law.timeAt(0.95), logLikelihood);
    }

    private void byLikelihood(RangeMethod method, LawFamily family, List<RangeFit> fits, List<String> leftOut) {
        String where = method.label() + ", " + family.label() + ": ";
        // Times in units of the median, so that every working number is of order 1.
        double[] start = start(family);
        boolean held = method == RangeMethod.RANGE_LIKELIHOOD;
        double[] first = held ? Arrays.copyOf(start, start.length - 1) : start;
        if (first.length == 0) {
            LawOfTime law = LawFamily.exponentialThrough(TimingTarget.median(median));
            double value = rangeDensity(law, smallest, largest);
            fits.add(fit(method, family, law, OptionalDouble.of(value)));
            return;
        }
        SmoothMinimum found = SmoothMinimum.search(x -> -logLikelihood(held, family, x), first);
        double[] at = found.point();
        if (family == LawFamily.GOMPERTZ && at[0] < -5) {
            leftOut.add(where + "the likelihood rises until the hazard is constant, which is the exponential law; a"
                    + " falling hazard would leave some who never have the event.");
            return;
        }
        double furthest = Arrays.stream(at).map(Math::abs).max().orElse(0);
        if (!found.converged() || furthest > FAR || !(leastCurvature(found) > DETERMINED)) {
            leftOut.add(where + "the likelihood of " + (held ? "two" : "three") + " numbers does not determine its "
                    + at.length + " parameters" + (held ? " beside the median." : "."));
            return;
        }
        double value = -found.value() - (held ? 2 : 3) * StrictMath.log(median);
        fits.add(fit(method, family, law(held, family, at, median), OptionalDouble.of(value)));
    }

    private static double leastCurvature(SmoothMinimum found) {
        double[] values = new EigenDecomposition(new Array2DRowRealMatrix(found.hessian())).getRealEigenvalues();
        return Arrays.stream(values).min().orElse(0);
    }

    private double logLikelihood(boolean held, LawFamily family, double[] working) {
        LawOfTime law;
        try {
            law = law(held, family, working, 1);
        } catch (InvalidArgumentException outside) {
            return Double.NEGATIVE_INFINITY;
        }
        double low = smallest / median;
        double high = largest / median;
        if (held) {
            return rangeDensity(law, low, high);
        }
        double between = (n - 3) / 2.0;
        double early = law.cumulativeProbability(1) - law.cumulativeProbability(low);
        double late = law.survival(1) - law.survival(high);
        double densities = law.logDensity(low) + law.logDensity(1) + law.logDensity(high);
        return between == 0 ? densities : densities + between * (Math.log(early) + Math.log(late));
    }

    private double rangeDensity(LawOfTime law, double low, double high) {
        double outside = law.cumulativeProbability(low) + law.survival(high);
        return law.logDensity(low) + law.logDensity(high) + (n - 2) * Math.log1p(-outside);
    }

    private static double[] start(LawFamily family) {
        return switch (family) {
            case EXPONENTIAL -> new double[] {0};
            case LOG_NORMAL -> new double[] {0, 0};
            case GOMPERTZ -> new double[] {-1, -0.5};
            case GENERALIZED_GAMMA -> new double[] {0, 0.5, 0};
            case WEIBULL, LOG_LOGISTIC, GAMMA -> new double[] {0, 0};
        };
    }

    /** Working numbers, the location last; where the median is held there is none, and the median gives it. */
    private static LawOfTime law(boolean held, LawFamily family, double[] x, double median) {
        double log = StrictMath.log(median);
        double first = StrictMath.exp(x[0]);
        if (family == LawFamily.GOMPERTZ) {
            double rate = held ? first * StrictMath.log(2) / StrictMath.expm1(first) : StrictMath.exp(x[1]);
            return Gompertz.of(first / median, rate / median);
        }
        double location = held ? 0 : x[x.length - 1];
        LawOfTime law = law(family, x, first, location);
        if (held) {
            location = -StrictMath.log(law.timeAt(0.5));
        }
        return law(family, x, first, location + log);
    }

    private static LawOfTime law(LawFamily family, double[] x, double first, double location) {
        double scale = StrictMath.exp(location);
        return switch (family) {
            case EXPONENTIAL -> Exponential.of(1 / scale);
            case WEIBULL -> Weibull.of(first, scale);
            case LOG_NORMAL -> LogNormal.of(location, first);
            case LOG_LOGISTIC -> LogLogistic.of(first, scale);
            case GAMMA -> Gamma.of(first, scale);
            case GENERALIZED_GAMMA -> GeneralizedGamma.of(location, first, x[1]);
            case GOMPERTZ -> throw new AssertionError(family);
        };
    }

    @Override
    public String toString() {
        return "timing of " + n + " events in " + unit.label() + ": median " + Brief.number(median) + ", range "
                + Brief.number(smallest) + " to " + Brief.number(largest);
    }
}
