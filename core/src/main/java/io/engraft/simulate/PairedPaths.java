package io.engraft.simulate;

import io.engraft.internal.ChunkedRun;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Replays the patients of two simulations side by side and sums differences of what is read from their paths. */
final class PairedPaths {

    /**
     * What is read from a patient's path in either simulation.
     *
     * @param mine what is read from the first
     * @param theirs what is read from the second
     */
    record Reading(ToDoubleFunction<SimulatedPath> mine, ToDoubleFunction<SimulatedPath> theirs) {

        double difference(SimulatedPath one, SimulatedPath other) {
            return mine.applyAsDouble(one) - theirs.applyAsDouble(other);
        }
    }

    /**
     * The mean difference of a reading and how much it varies between patients.
     *
     * @param mean the mean over patients
     * @param error its standard error
     * @param differing the number of patients whose difference is not 0
     */
    record Moments(double mean, double error, long differing) {}

    private PairedPaths() {}

    /** Sums are kept by chunk and added in the chunks' order, so that no result depends on threads. */
    static Moments[] of(PathEngine one, PathEngine other, List<Reading> readings) {
        int k = readings.size();
        long patients = one.patients;
        int chunks = (int) ((patients + PathEngine.CHUNK - 1) / PathEngine.CHUNK);
        double[][] sums = new double[chunks][];
        ChunkedRun.run(chunks, one.threads(), worker -> chunk -> {
            double[] own = new double[3 * k];
            long first = (long) chunk * PathEngine.CHUNK;
            long last = Math.min(patients, first + PathEngine.CHUNK);
            for (long i = first; i < last; i++) {
                SimulatedPath mine = one.path(i);
                SimulatedPath theirs = other.path(i);
                for (int r = 0; r < k; r++) {
                    double d = readings.get(r).difference(mine, theirs);
                    own[3 * r] += d;
                    own[3 * r + 1] += d * d;
                    own[3 * r + 2] += d == 0 ? 0 : 1;
                }
            }
            sums[chunk] = own;
        });
        Moments[] moments = new Moments[k];
        for (int r = 0; r < k; r++) {
            double mean = sum(sums, 3 * r) / patients;
            double variance = Math.max(0, sum(sums, 3 * r + 1) / patients - mean * mean);
            moments[r] =
                    new Moments(mean, Math.sqrt(variance / Math.max(1, patients - 1)), (long) sum(sums, 3 * r + 2));
        }
        return moments;
    }

    private static double sum(double[][] rows, int column) {
        double sum = 0;
        for (double[] row : rows) {
            sum += row[column];
        }
        return sum;
    }
}
