package io.engraft.multistate.mixture;

import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.internal.PatientStream;
import io.engraft.internal.Percentiles;
import io.engraft.internal.Require;
import io.engraft.law.Dirichlet;
import io.engraft.multistate.Fate;
import java.util.List;

/** The joint law of fate probabilities that were observed in n patients: Dirichlet(n p + 1/2), and draws from it. */
final class FateUncertainty {

    private static final int LEAST_DRAWS = 100;

    private final int patients;
    private final long seed;
    private final double[] alpha;
    private final double total;
    private final double[][] draws;

    private FateUncertainty(int patients, long seed, double[] alpha, double total, double[][] draws) {
        this.patients = patients;
        this.seed = seed;
        this.alpha = alpha;
        this.total = total;
        this.draws = draws;
    }

    static FateUncertainty of(List<Fate> fates, int patients, int draws, long seed) {
        Require.atLeast("sample size", patients, 1);
        Require.draws("draws", draws, LEAST_DRAWS);
        double[] alpha = new double[fates.size()];
        double total = 0;
        for (int k = 0; k < alpha.length; k++) {
            alpha[k] = patients * fates.get(k).probability() + 0.5;
            total += alpha[k];
        }
        double[][] drawn = new double[draws][];
        for (int d = 0; d < draws; d++) {
            drawn[d] = Dirichlet.draw(alpha, PatientStream.of(seed, PatientStream.PARAMETERS, d)::next);
        }
        return new FateUncertainty(patients, seed, alpha, total, drawn);
    }

    int patients() {
        return patients;
    }

    int drawCount() {
        return draws.length;
    }

    /** Draw d of the fate probabilities, not to be written to. */
    double[] draw(int d) {
        return draws[d];
    }

    /** A quantity that is linear in the fate probabilities, with the coefficients given. */
    PointEstimate estimate(double value, double[] weights, double level) {
        double[] values = new double[draws.length];
        for (int d = 0; d < values.length; d++) {
            values[d] = mean(draws[d], weights);
        }
        double variance = covariance(new double[][] {weights})[0][0];
        return PointEstimate.of(value, Math.sqrt(variance), interval(value, values, level));
    }

    /** The mean of values under probabilities: within their range, whatever rounding does. */
    static double mean(double[] probabilities, double[] values) {
        double sum = 0;
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < values.length; k++) {
            sum += probabilities[k] * values[k];
            least = Math.min(least, values[k]);
            most = Math.max(most, values[k]);
        }
        return Math.min(most, Math.max(least, sum));
    }

    /** The central draws, widened where needed to hold the estimate. */
    static Interval interval(double value, double[] values, double level) {
        double[] limits = Percentiles.central(values, level);
        return Interval.of(Math.min(value, limits[0]), Math.max(value, limits[1]), level);
    }

    double[][] covariance(double[][] rows) {
        double[] means = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            for (int k = 0; k < alpha.length; k++) {
                means[i] += alpha[k] / total * rows[i][k];
            }
        }
        double[][] matrix = new double[rows.length][rows.length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = i; j < rows.length; j++) {
                double sum = 0;
                for (int k = 0; k < alpha.length; k++) {
                    sum += alpha[k] / total * (rows[i][k] - means[i]) * (rows[j][k] - means[j]);
                }
                matrix[i][j] = sum / (total + 1);
                matrix[j][i] = matrix[i][j];
            }
        }
        return matrix;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FateUncertainty that
                && patients == that.patients
                && seed == that.seed
                && draws.length == that.draws.length;
    }

    @Override
    public int hashCode() {
        return 31 * (31 * patients + Long.hashCode(seed)) + draws.length;
    }
}
