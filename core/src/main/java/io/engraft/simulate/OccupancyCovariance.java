package io.engraft.simulate;

import io.engraft.InvalidArgumentException;

/** The covariance of occupancy shares over times and states: of the simulation, and of the parameter draws. */
final class OccupancyCovariance {

    private static final int MOST_CELLS = 2000;

    private OccupancyCovariance() {}

    /** Row and column {@code time * states + state}; NaN for times beyond the horizon. */
    static double[][] of(SimulationResult result, PathEngine engine, ParameterDraws draws, double[] wanted) {
        int states = result.states().size();
        int size = wanted.length * states;
        if (size > MOST_CELLS) {
            throw InvalidArgumentException.of("times x states of a covariance", size, "at most " + MOST_CELLS);
        }
        double[] inside = result.within(wanted);
        double[][] joint = joint(result, engine, draws, inside);
        int[] place = new int[wanted.length];
        for (int j = 0, next = 0; j < wanted.length; j++) {
            place[j] = wanted[j] <= engine.horizon ? next++ : -1;
        }
        double[][] matrix = new double[size][size];
        for (int a = 0; a < size; a++) {
            for (int b = 0; b < size; b++) {
                int ja = place[a / states];
                int jb = place[b / states];
                boolean known = ja >= 0 && jb >= 0;
                matrix[a][b] = known ? joint[ja * states + a % states][jb * states + b % states] : Double.NaN;
            }
        }
        return matrix;
    }

    private static double[][] joint(SimulationResult result, PathEngine engine, ParameterDraws draws, double[] inside) {
        long[][] counts = engine.jointCounts(inside);
        double n = engine.patients;
        double[][] drawn = drawn(result, engine, draws, inside);
        int size = counts.length;
        double[][] matrix = new double[size][size];
        for (int a = 0; a < size; a++) {
            for (int b = a; b < size; b++) {
                // Within one time only the diagonal was counted, which is right: the states exclude each other.
                double covariance = (counts[a][b] / n - counts[a][a] / n * (counts[b][b] / n)) / n;
                matrix[a][b] = covariance + covariance(drawn, a, b);
                matrix[b][a] = matrix[a][b];
            }
        }
        return matrix;
    }

    /** The drawn shares, [time x states + state][draw]. */
    private static double[][] drawn(SimulationResult result, PathEngine engine, ParameterDraws draws, double[] inside) {
        if (draws.count() == 0) {
            return new double[0][];
        }
        SimulationResult.Snapshot at = result.snapshot(inside);
        int states = result.states().size();
        double[][] drawn = new double[inside.length * states][];
        for (int j = 0; j < inside.length; j++) {
            for (int s = 0; s < states; s++) {
                double[] parts = new double[engine.model.slots()];
                for (int slot = 0; slot < parts.length; slot++) {
                    if (engine.model.state[slot] == s) {
                        parts[slot] = at.tally().on(slot, at.grid().indexOf(inside[j])) / (double) engine.patients;
                    }
                }
                drawn[j * states + s] = draws.values(parts);
            }
        }
        return drawn;
    }

    private static double covariance(double[][] drawn, int a, int b) {
        if (drawn.length == 0) {
            return 0;
        }
        int n = drawn[a].length;
        double meanA = 0;
        double meanB = 0;
        for (int d = 0; d < n; d++) {
            meanA += drawn[a][d] / n;
            meanB += drawn[b][d] / n;
        }
        double sum = 0;
        for (int d = 0; d < n; d++) {
            sum += (drawn[a][d] - meanA) * (drawn[b][d] - meanB);
        }
        return sum / (n - 1);
    }
}
