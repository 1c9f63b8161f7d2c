package io.engraft.multistate.mixture;

import io.engraft.InvalidArgumentException;
import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.internal.Percentiles;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Whole mixtures that were drawn, laws of time as well as probabilities, in groups that nothing weighs against each other
 * (families of laws). Limits are the lowest and the highest of the groups; a standard deviation is that of all draws.
 */
final class MixtureDraws {

    private static final int LEAST_DRAWS = 100;

    private final List<List<CompetingRisksMixture>> groups;

    private MixtureDraws(List<List<CompetingRisksMixture>> groups) {
        this.groups = groups;
    }

    static MixtureDraws of(CompetingRisksMixture of, List<List<CompetingRisksMixture>> groups) {
        if (groups.isEmpty()) {
            throw InvalidArgumentException.of("groups of drawn mixtures", 0, "at least 1");
        }
        List<List<CompetingRisksMixture>> copy = new ArrayList<>();
        for (List<CompetingRisksMixture> group : groups) {
            if (group.size() < LEAST_DRAWS) {
                throw InvalidArgumentException.of("drawn mixtures of a group", group.size(), "at least " + LEAST_DRAWS);
            }
            for (CompetingRisksMixture drawn : group) {
                if (!drawn.fateNames().equals(of.fateNames())) {
                    throw InvalidArgumentException.of(
                            "fates of a drawn mixture",
                            drawn.fateNames(),
                            of.fateNames().toString());
                }
            }
            copy.add(List.copyOf(group));
        }
        return new MixtureDraws(List.copyOf(copy));
    }

    List<List<CompetingRisksMixture>> groups() {
        return groups;
    }

    /** The lowest and the highest limit of the groups, widened where needed to hold the value. */
    double[] limits(double value, double level, ToDoubleFunction<CompetingRisksMixture> quantity) {
        double[] limits = {value, value};
        for (List<CompetingRisksMixture> group : groups) {
            double[] own =
                    Percentiles.central(group.stream().mapToDouble(quantity).toArray(), level);
            limits[0] = Math.min(limits[0], own[0]);
            limits[1] = Math.max(limits[1], own[1]);
        }
        return limits;
    }

    PointEstimate estimate(double value, double level, ToDoubleFunction<CompetingRisksMixture> quantity) {
        double[] limits = limits(value, level, quantity);
        double[] all =
                groups.stream().flatMap(List::stream).mapToDouble(quantity).toArray();
        return PointEstimate.of(value, Percentiles.standardDeviation(all), Interval.of(limits[0], limits[1], level));
    }

    /** The covariance of several quantities over all draws. */
    double[][] covariance(List<ToDoubleFunction<CompetingRisksMixture>> quantities) {
        int p = quantities.size();
        double[][] values = new double[p][];
        for (int i = 0; i < p; i++) {
            values[i] = groups.stream()
                    .flatMap(List::stream)
                    .mapToDouble(quantities.get(i))
                    .toArray();
            double mean = 0;
            for (double x : values[i]) {
                mean += x / values[i].length;
            }
            for (int d = 0; d < values[i].length; d++) {
                values[i][d] -= mean;
            }
        }
        double[][] matrix = new double[p][p];
        for (int i = 0; i < p; i++) {
            for (int j = i; j < p; j++) {
                double sum = 0;
                for (int d = 0; d < values[i].length; d++) {
                    sum += values[i][d] * values[j][d];
                }
                matrix[i][j] = sum / (values[i].length - 1);
                matrix[j][i] = matrix[i][j];
            }
        }
        return matrix;
    }
}
