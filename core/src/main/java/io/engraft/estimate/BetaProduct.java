package io.engraft.estimate;

import io.engraft.curve.Limits;
import io.engraft.estimate.internal.RiskSets;
import io.engraft.internal.BetaTails;
import io.engraft.internal.Parallel;

/** The limits of {@link SurvivalInterval#BETA_PRODUCT}, by moments. */
final class BetaProduct {

    private static final int LEAST_PIECE = 256;

    /** The logarithm of the product's mean. */
    private double logMean;
    /** The logarithm of its second moment over its squared mean, as a sum without cancellation. */
    private double logSpread;

    private BetaProduct() {}

    static Limits limits(RiskSets sets, double level) {
        int points = sets.size();
        double[] logMean = new double[points];
        double[] logSpread = new double[points];
        BetaProduct so = new BetaProduct();
        for (int p = 0; p < points; p++) {
            double d = sets.events(p);
            if (d > 0) {
                so.multiply(sets.atRisk(p) - d + 1, d);
            }
            logMean[p] = so.logMean;
            logSpread[p] = so.logSpread;
        }
        double tail = (1 - level) / 2;
        double[] lower = new double[points];
        double[] upper = new double[points];
        int pieces = Parallel.pieces(points, LEAST_PIECE);
        Parallel.run(pieces, piece -> {
            for (int p = Parallel.start(points, pieces, piece); p < Parallel.start(points, pieces, piece + 1); p++) {
                BetaProduct product = new BetaProduct();
                product.logMean = logMean[p];
                product.logSpread = logSpread[p];
                upper[p] = product.quantile(tail, false);
                double after = p + 1 < points ? sets.atRisk(p + 1) : 0;
                product.multiply(after, 1);
                lower[p] = after > 0 ? product.quantile(tail, true) : 0;
            }
        });
        // Moments may leave a limit a little higher than one before it: S cannot rise, and wider is safe.
        for (int p = 1; p < points; p++) {
            lower[p] = Math.min(lower[p], lower[p - 1]);
            upper[points - 1 - p] = Math.max(upper[points - 1 - p], upper[points - p]);
        }
        return Limits.of(lower, upper);
    }

    /** The lower limit while n are at risk and nobody had the event. */
    static double withoutEvents(double n, double level) {
        return Math.exp(Math.log((1 - level) / 2) / n);
    }

    private void multiply(double a, double b) {
        logMean += Math.log1p(-b / (a + b));
        logSpread += Math.log1p(b / (a * (a + b + 1)));
    }

    /** The quantile of the beta distribution that has the product's mean and variance. */
    private double quantile(double tail, boolean low) {
        if (logSpread == 0) {
            return 1;
        }
        double mean = Math.exp(logMean);
        double rest = -Math.expm1(logMean);
        double sum = rest / (mean * Math.expm1(logSpread)) - 1;
        return low
                ? BetaTails.lowerQuantile(tail, mean * sum, rest * sum)
                : BetaTails.upperQuantile(tail, mean * sum, rest * sum);
    }
}
