package io.engraft.simulate;

import io.engraft.curve.ConfidenceType;
import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.internal.Percentiles;

/** Standard errors and intervals: Monte Carlo error, and parameter draws where there are any. */
final class ErrorModel {

    private final long patients;
    private final double level;
    private final double z;
    private final ParameterDraws draws;

    ErrorModel(long patients, double level, ParameterDraws draws) {
        this.patients = patients;
        this.level = level;
        this.z = ConfidenceType.normalQuantile(level);
        this.draws = draws;
    }

    double level() {
        return level;
    }

    ParameterDraws draws() {
        return draws;
    }

    double monteCarloError(double p) {
        return Math.sqrt(p * (1 - p) / patients);
    }

    /** A share of patients; its parts by slot matter only where there are draws. */
    PointEstimate share(long count, double[] parts) {
        double p = (double) count / patients;
        double z2 = z * z / patients;
        double centre = (p + z2 / 2) / (1 + z2);
        double half = z / (1 + z2) * Math.sqrt(p * (1 - p) / patients + z2 / (4 * patients));
        double lower = Math.max(0, Math.min(p, centre - half));
        double upper = Math.min(1, Math.max(p, centre + half));
        return combine(p, monteCarloError(p), lower, upper, parts, 1);
    }

    /** A mean time in [0, most]. */
    PointEstimate mean(double sum, double sumOfSquares, double[] parts, double most) {
        double mean = sum / patients;
        double variance = Math.max(0, sumOfSquares / patients - mean * mean);
        double error = Math.sqrt(variance / Math.max(1, patients - 1));
        double lower = Math.max(0, mean - z * error);
        double upper = Math.min(Math.max(mean, most), mean + z * error);
        return combine(mean, error, lower, upper, parts, Math.max(mean, most));
    }

    /** The two sources of error are independent: variances add, and so do the squared arms of the intervals. */
    private PointEstimate combine(double x, double error, double lower, double upper, double[] parts, double most) {
        if (draws.count() == 0) {
            return PointEstimate.of(x, error, Interval.of(lower, upper, level));
        }
        double[] values = draws.values(parts);
        double deviation = Percentiles.standardDeviation(values);
        double[] central = Percentiles.central(values, level);
        double down = Math.hypot(x - lower, Math.max(0, x - central[0]));
        double up = Math.hypot(upper - x, Math.max(0, central[1] - x));
        Interval interval = Interval.of(Math.max(0, x - down), Math.min(most, x + up), level);
        return PointEstimate.of(x, Math.hypot(error, deviation), interval);
    }
}
