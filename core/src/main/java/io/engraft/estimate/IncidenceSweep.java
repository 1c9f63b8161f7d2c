package io.engraft.estimate;

import io.engraft.estimate.internal.InfluenceRows;
import io.engraft.estimate.internal.RiskSets;
import io.engraft.internal.RunningProduct;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The Aalen-Johansen estimates of all causes and their variances, in one pass over the points. */
final class IncidenceSweep {

    private final RiskSets sets;
    private final IncidenceVariance which;
    private final int causes;
    private final int points;
    /** Kept only where the variance is read from it. */
    private final double @Nullable [] eventFree;

    private final double[][] incidence;
    private final double[][] variance;
    private boolean endsAtZero;

    IncidenceSweep(RiskSets sets, IncidenceVariance which) {
        this.sets = sets;
        this.which = which;
        this.causes = sets.table().causes().size();
        this.points = sets.size();
        InfluenceRows rows = sets.rows();
        this.eventFree = rows != null || which != IncidenceVariance.DELTA ? eventFree(sets) : null;
        this.incidence = new double[causes][points];
        this.variance = new double[causes][points];
        int settled = sweep();
        if (rows != null && eventFree != null) {
            for (int k = 0; k < causes; k++) {
                double[] robust =
                        new InfluenceSweep(rows, InfluenceTarget.incidence(sets, k + 1, eventFree)).variances();
                System.arraycopy(robust, 0, variance[k], 0, settled);
            }
        } else if (eventFree != null) {
            for (int k = 0; k < causes; k++) {
                hypergeometric(k, eventFree);
                // With F = 1 nothing is left to vary, but that cmprsk goes on where one alone was at risk.
                boolean goesOn = which == IncidenceVariance.CMPRSK && settled < points && sets.atRisk(settled) == 1;
                Arrays.fill(variance[k], goesOn ? points : settled, points, 0);
            }
        }
    }

    /** The probability of no event at each point, as exactly as a product can be. */
    static double[] eventFree(RiskSets sets) {
        double[] free = new double[sets.size()];
        RunningProduct product = new RunningProduct();
        for (int p = 0; p < free.length; p++) {
            double d = sets.events(p);
            if (d > 0) {
                double n = sets.atRisk(p);
                product.multiply(n - d, n);
            }
            free[p] = product.value();
        }
        return free;
    }

    /** The same, null where the variance did not need it. */
    double @Nullable [] eventFree() {
        return eventFree;
    }

    boolean endsAtZero() {
        return endsAtZero;
    }

    double[][] incidence() {
        return incidence;
    }

    double[][] variance() {
        return variance;
    }

    /**
     * With h_k = d_k / n, h their sum, S and F_k just before the point: var S, cov(S, F_k) and var F_k after it follow
     * from those before it and the multinomial variance of the h_k.
     *
     * @return the first point from which on everybody had an event of one and the same cause; their number if there is
     *     none
     */
    private int sweep() {
        RunningProduct product = new RunningProduct();
        double varS = 0;
        double[] f = new double[causes];
        double[] rest = new double[causes];
        double[] varF = new double[causes];
        double[] covSF = new double[causes];
        int settled = points;
        for (int p = 0; p < points; p++) {
            double d = sets.events(p);
            if (d > 0) {
                double n = sets.atRisk(p);
                int row = sets.row(p);
                double stay = (n - d) / n;
                double s = product.value();
                double noise = s * s / n;
                for (int k = 0; k < causes; k++) {
                    double hk = sets.table().eventWeight(row, k + 1) / n;
                    // What an addition loses is kept, so that a million small steps add up.
                    double step = s * hk + rest[k];
                    // What is left over may be negative; F never falls.
                    double sum = Math.max(f[k], f[k] + step);
                    rest[k] = step - (sum - f[k]);
                    f[k] = sum;
                    varF[k] += 2 * hk * covSF[k] + hk * hk * varS + noise * hk * (1 - hk);
                    covSF[k] = stay * (covSF[k] + hk * varS - noise * hk);
                }
                varS = stay * (stay * varS + noise * (d / n));
                product.multiply(n - d, n);
                if (product.value() == 0 && settleOnlyCause(f, varF)) {
                    settled = Math.min(settled, p);
                }
            }
            for (int k = 0; k < causes; k++) {
                // Sums of products can pass 1 by a rounding error, and differences fall below 0.
                incidence[k][p] = Math.min(1, f[k]);
                variance[k][p] = Math.max(0, varF[k]);
            }
        }
        endsAtZero = product.value() == 0;
        return settled;
    }

    /** Where everybody had an event and all of one cause, its incidence is 1, which the sum may miss by rounding. */
    private boolean settleOnlyCause(double[] f, double[] varF) {
        for (int k = 0; k < causes; k++) {
            boolean only = f[k] > 0;
            for (int other = 0; other < causes; other++) {
                only &= other == k || f[other] == 0;
            }
            if (only) {
                f[k] = 1;
                varF[k] = 0;
                return true;
            }
        }
        return false;
    }

    /**
     * The variances of one cause from hypergeometric increments. With V the sum of D^2 a + S^2 b - 2 D S c, a step dF
     * adds dF to every D; then the point's own term joins, whose D is 0.
     */
    private void hypergeometric(int k, double[] free) {
        double v = 0;
        double sumA = 0;
        double sumDa = 0;
        double sumSc = 0;
        for (int p = 0; p < points; p++) {
            double d = sets.events(p);
            double n = sets.atRisk(p);
            if (d > 0) {
                double s = p == 0 ? 1 : free[p - 1];
                double dk = sets.table().eventWeight(sets.row(p), k + 1);
                double step = s * (dk / n);
                v += step * (2 * sumDa + step * sumA - 2 * sumSc);
                sumDa += step * sumA;
                if (n > 1 || which == IncidenceVariance.CMPRSK) {
                    double own = dk / n * (n > 1 ? (n - dk) / n / (n - 1) : 1);
                    v += s * s * own;
                    if (n > d) {
                        sumA += later(n, d, dk);
                        sumSc += s * own * (n / (n - d));
                    }
                }
            }
            // Only a sum below 0 by more than rounding says that there is no variance.
            variance[k][p] = v >= 0 ? v : v > -1e-14 ? 0 : Double.NaN;
        }
    }

    private double later(double n, double d, double dk) {
        if (which == IncidenceVariance.AALEN) {
            return d / ((n - 1) * (n - d));
        }
        double others = d - dk;
        return (dk * (n - dk) + others * (n - others)) / ((n - 1) * (n - d) * (n - d));
    }
}
