package io.engraft.regression.adjusted;

import io.engraft.NotEstimableException;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.internal.PatientStream;
import io.engraft.internal.Percentiles;
import io.engraft.internal.StrictNormal;
import java.util.Arrays;
import java.util.stream.IntStream;

/** A simultaneous band around a difference of adjusted curves. Immutable. */
public final class AdjustedBand implements Tabular {

    private final double[] times;
    private final double[] estimates;
    private final double[] errors;
    private final double critical;
    private final double level;

    private AdjustedBand(double[] times, double[] estimates, double[] errors, double critical, double level) {
        this.times = times;
        this.estimates = estimates;
        this.errors = errors;
        this.critical = critical;
        this.level = level;
    }

    static AdjustedBand of(
            double[] times,
            double[] estimates,
            double[][] covariance,
            double level,
            int draws,
            long seed,
            String noErrors) {
        double[] errors = IntStream.range(0, times.length)
                .mapToDouble(i -> Math.sqrt(Math.max(covariance[i][i], 0)))
                .toArray();
        if (Arrays.stream(errors).anyMatch(Double::isNaN)) {
            throw new NotEstimableException("a band, as " + noErrors);
        }
        double[][] root = root(covariance);
        double[] largest = new double[draws];
        for (int d = 0; d < draws; d++) {
            PatientStream stream = PatientStream.of(seed, PatientStream.PARAMETERS, d);
            double[] z = new double[times.length];
            Arrays.setAll(z, j -> StrictNormal.quantile(stream.next()));
            for (int i = 0; i < times.length; i++) {
                double sum = 0;
                for (int j = 0; j <= i; j++) {
                    sum += root[i][j] * z[j];
                }
                largest[d] = errors[i] > 0 ? Math.max(largest[d], Math.abs(sum) / errors[i]) : largest[d];
            }
        }
        Arrays.sort(largest);
        return new AdjustedBand(times, estimates, errors, Percentiles.ofSorted(largest, level), level);
    }

    /** Cholesky's root; a time that says nothing beside those before has no draw of its own. */
    private static double[][] root(double[][] v) {
        double[][] l = new double[v.length][v.length];
        for (int i = 0; i < v.length; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = v[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= l[i][k] * l[j][k];
                }
                if (i == j) {
                    l[i][i] = sum > 1e-12 * v[i][i] ? Math.sqrt(sum) : 0;
                } else {
                    l[i][j] = l[j][j] > 0 ? sum / l[j][j] : 0;
                }
            }
        }
        return l;
    }

    /**
     * How many standard errors the band reaches to either side.
     *
     * @return the critical value
     */
    public double critical() {
        return critical;
    }

    /**
     * The probability that the band holds the whole difference.
     *
     * @return the level of the fit
     */
    public double level() {
        return level;
    }

    /**
     * The band.
     *
     * @return one row a time: time, difference, std_error, lower, upper
     */
    @Override
    public TidyTable tidy() {
        TidyTable.Builder table = TidyTable.builder()
                .number("time")
                .number("difference")
                .number("std_error")
                .number("lower")
                .number("upper");
        for (int i = 0; i < times.length; i++) {
            double half = critical * errors[i];
            table.row(
                    times[i],
                    estimates[i],
                    errors[i],
                    Math.max(estimates[i] - half, -1),
                    Math.min(estimates[i] + half, 1));
        }
        return table.build();
    }

    @Override
    public String toString() {
        return "band of " + critical + " standard errors at " + times.length + " times";
    }
}
