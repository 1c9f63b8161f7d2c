package io.engraft.estimate;

import io.engraft.curve.ConfidenceType;
import io.engraft.curve.Limits;
import io.engraft.estimate.internal.RiskSets;
import java.util.Arrays;
import org.apache.commons.math3.analysis.solvers.BrentSolver;

/** The limits of {@link SurvivalInterval#THOMAS_GRUNKEMEIER}. */
final class ThomasGrunkemeier {

    /** A point costs a sweep of the event times before it. */
    static final int MOST_TIMES = 2_000;

    static final String REASON = "the estimate is 0 or 1, where the likelihood has no maximum between limits;"
            + " beta-product intervals have limits there";

    private static final int EVALUATIONS = 300;

    /** Those who stayed and those at risk, by event time. */
    private final double[] stayed;

    private final double[] atRisk;
    private final double chiSquare;
    private int times;
    private double least = Double.POSITIVE_INFINITY;

    private ThomasGrunkemeier(int most, double level) {
        double z = ConfidenceType.normalQuantile(level);
        this.stayed = new double[most];
        this.atRisk = new double[most];
        this.chiSquare = z * z;
    }

    static Limits limits(RiskSets sets, double level) {
        int points = sets.size();
        double[] lower = new double[points];
        double[] upper = new double[points];
        ThomasGrunkemeier so = new ThomasGrunkemeier(points, level);
        for (int p = 0; p < points; p++) {
            double d = sets.events(p);
            if (p > 0 && !(d > 0)) {
                lower[p] = lower[p - 1];
                upper[p] = upper[p - 1];
                continue;
            }
            if (d > 0) {
                so.add(sets.atRisk(p) - d, sets.atRisk(p));
            }
            if (so.times == 0 || !(so.least > 0)) {
                Arrays.fill(lower, p, p + 1, Double.NaN);
                Arrays.fill(upper, p, p + 1, Double.NaN);
            } else {
                lower[p] = so.survival(so.multiplier(false));
                upper[p] = so.survival(so.multiplier(true));
            }
        }
        return Limits.of(lower, upper);
    }

    private void add(double left, double n) {
        stayed[times] = left;
        atRisk[times] = n;
        times++;
        least = Math.min(least, left);
    }

    /** Lagrange's multiplier where twice the log likelihood ratio is the chi-square, in units of the least who stayed. */
    private double multiplier(boolean above) {
        double inner = 0;
        double outer = above ? 1 : -0.5;
        while (ratio(outer) < chiSquare) {
            inner = outer;
            // Up without end; down to -1, at which the least who stayed would be none.
            outer = above ? 2 * outer : (outer - 1) / 2;
            if (!above && outer == -1) {
                return -1;
            }
        }
        return new BrentSolver(1e-15, 1e-15, 1e-15)
                .solve(EVALUATIONS, m -> ratio(m) - chiSquare, Math.min(inner, outer), Math.max(inner, outer));
    }

    private double ratio(double units) {
        double m = units * least;
        double sum = 0;
        for (int i = 0; i < times; i++) {
            sum += atRisk[i] * Math.log1p(m / atRisk[i]) - stayed[i] * Math.log1p(m / stayed[i]);
        }
        return 2 * sum;
    }

    private double survival(double units) {
        double m = units * least;
        double sum = 0;
        for (int i = 0; i < times; i++) {
            sum += Math.log((stayed[i] + m) / (atRisk[i] + m));
        }
        return Math.exp(sum);
    }
}
