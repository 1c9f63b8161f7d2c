package io.engraft.law;

import io.engraft.InvalidArgumentException;
import io.engraft.internal.Require;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The law of a hazard that is constant between cut points: rate r_1 before the first cut, r_2 from the first cut (included)
 * to the second, and so on, the last for ever. H(t) is the sum of rate times length, S(t) = exp(-H(t)). A rate may be 0:
 * nobody has the event on that piece; if the last is 0 a share exp(-H(last cut)) never has it ({@link #curedShare()}),
 * and the mean is infinite.
 *
 * <p>Where S is flat, a quantile is the start of the flat. Density and hazard are continuous from the right. Quantiles are
 * closed forms in StrictMath.
 */
public final class PiecewiseExponential extends AbstractLaw {

    private final double[] starts;
    private final double[] rates;
    private final double[] hazards;

    private PiecewiseExponential(double[] starts, double[] rates) {
        super("piecewise-exponential", named(starts, rates));
        this.starts = starts;
        this.rates = rates;
        this.hazards = new double[starts.length];
        for (int j = 1; j < starts.length; j++) {
            hazards[j] = hazards[j - 1] + rates[j - 1] * (starts[j] - starts[j - 1]);
        }
    }

    private static Map<String, Double> named(double[] starts, double[] rates) {
        Map<String, Double> map = new LinkedHashMap<>();
        for (int j = 1; j < starts.length; j++) {
            map.put("cut" + j, starts[j]);
        }
        for (int j = 0; j < rates.length; j++) {
            map.put("rate" + (j + 1), rates[j]);
        }
        return map;
    }

    /**
     * The law of cut points and rates.
     *
     * @param cuts ascending, positive; may be empty
     * @param rates events per unit of time, one more than cuts, each 0 or more
     * @return the law
     * @throws InvalidArgumentException when the lengths do not fit, cuts do not rise, or a number is outside its domain
     */
    public static PiecewiseExponential of(double[] cuts, double[] rates) {
        if (rates.length != cuts.length + 1) {
            throw new InvalidArgumentException(
                    cuts.length + " cuts and " + rates.length + " rates were given; allowed: one rate more than cuts");
        }
        double[] starts = new double[rates.length];
        for (int j = 0; j < cuts.length; j++) {
            starts[j + 1] = Require.positive("cut " + (j + 1), cuts[j]);
            if (!(starts[j + 1] > starts[j])) {
                throw InvalidArgumentException.of("cut " + (j + 1), cuts[j], "more than the cut before, " + starts[j]);
            }
        }
        double[] checked = new double[rates.length];
        for (int j = 0; j < rates.length; j++) {
            checked[j] = Require.nonNegative("rate " + (j + 1), rates[j]) + 0.0;
        }
        return new PiecewiseExponential(starts, checked);
    }

    /**
     * The cut points.
     *
     * @return ascending, a copy
     */
    public double[] cuts() {
        return Arrays.copyOfRange(starts, 1, starts.length);
    }

    /**
     * The rates.
     *
     * @return one more than cuts, a copy
     */
    public double[] rates() {
        return rates.clone();
    }

    /** The piece that holds a time. */
    private int piece(double t) {
        int j = Arrays.binarySearch(starts, Require.time(t));
        return j >= 0 ? j : -j - 2;
    }

    @Override
    public double density(double t) {
        double h = hazard(t);
        return h == 0 ? 0 : h * survival(t);
    }

    @Override
    public double logDensity(double t) {
        double h = hazard(t);
        return h == 0 ? Double.NEGATIVE_INFINITY : Math.log(h) - cumulativeHazard(t);
    }

    @Override
    public double survival(double t) {
        return Math.exp(-cumulativeHazard(t));
    }

    @Override
    public double logSurvival(double t) {
        return -cumulativeHazard(t);
    }

    @Override
    public double cumulativeProbability(double t) {
        return -Math.expm1(-cumulativeHazard(t));
    }

    @Override
    public double hazard(double t) {
        return rates[piece(t)];
    }

    @Override
    public double cumulativeHazard(double t) {
        int j = piece(t);
        return rates[j] == 0 ? hazards[j] : hazards[j] + rates[j] * (t - starts[j]);
    }

    @Override
    public double timeAt(double p) {
        return timeAtHazard(-StrictMath.log1p(-Require.probability("p", p)));
    }

    @Override
    public double timeAtSurvival(double s) {
        return timeAtHazard(0 - StrictMath.log(Require.probability("s", s)));
    }

    private double timeAtHazard(double h) {
        if (h == 0) {
            return 0;
        }
        for (int j = 0; j < rates.length; j++) {
            boolean last = j + 1 == rates.length;
            if (last ? rates[j] > 0 : h <= hazards[j + 1]) {
                double t = starts[j] + (h - hazards[j]) / rates[j];
                return last ? t : Math.min(t, starts[j + 1]);
            }
        }
        return Double.POSITIVE_INFINITY;
    }

    @Override
    public double meanUpTo(double tau) {
        if (horizonOf(tau) == Double.POSITIVE_INFINITY) {
            return mean();
        }
        double area = 0;
        for (int j = 0; j < rates.length && starts[j] < tau; j++) {
            double end = j + 1 < rates.length ? Math.min(tau, starts[j + 1]) : tau;
            area += area(j, end - starts[j]);
        }
        return area;
    }

    private double area(int j, double length) {
        double atStart = Math.exp(-hazards[j]);
        double x = rates[j] * length;
        return x < Double.MIN_NORMAL ? atStart * length : atStart * (-Math.expm1(-x) / rates[j]);
    }

    @Override
    public double mean() {
        int last = rates.length - 1;
        if (rates[last] == 0) {
            return Double.POSITIVE_INFINITY;
        }
        double before = last == 0 ? 0 : meanUpTo(starts[last]);
        return before + Math.exp(-hazards[last]) / rates[last];
    }

    @Override
    double[] kinks() {
        return cuts();
    }

    @Override
    public LawOfTime conditionalOn(double s) {
        int first = piece(Require.nonNegative("s", s));
        double[] later = new double[rates.length - first - 1];
        for (int j = 0; j < later.length; j++) {
            later[j] = starts[first + 1 + j] - s;
        }
        return of(later, Arrays.copyOfRange(rates, first, rates.length));
    }
}
