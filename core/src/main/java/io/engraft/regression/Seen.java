package io.engraft.regression;

import io.engraft.data.SurvivalData;
import io.engraft.internal.Brief;
import io.engraft.internal.Parallel;
import io.engraft.regression.internal.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;

/** How far the rows of a fit reach: the end of follow-up, and the range of each numeric covariate. Immutable. */
final class Seen {

    static final Seen NOTHING = new Seen(Double.POSITIVE_INFINITY, Map.of());

    private static final int MOST_TIMES = 6;

    private final double lastTime;
    /** Least and largest by covariate. */
    private final Map<String, double[]> ranges;

    private Seen(double lastTime, Map<String, double[]> ranges) {
        this.lastTime = lastTime;
        this.ranges = ranges;
    }

    /** Rows of weight 0 are not there; a right end that is open reaches to its left one. */
    static Seen of(Rows rows, SurvivalData data) {
        double last = 0;
        for (int i = 0; i < rows.size; i++) {
            if (rows.weightOf(i) > 0 && rows.time[i] < Double.POSITIVE_INFINITY) {
                last = Math.max(last, rows.time[i]);
            }
        }
        return of(last, i -> rows.weightOf(i) > 0, data);
    }

    /** Rows that count, of a follow-up up to a time. */
    static Seen of(double last, IntPredicate counts, SurvivalData data) {
        List<String> names =
                data.covariates().stream().filter(data::hasNumericCovariate).toList();
        double[][] found = new double[names.size()][];
        if (!names.isEmpty()) {
            Parallel.run(names.size(), j -> found[j] = range(data.numericCovariate(names.get(j)), counts));
        }
        Map<String, double[]> ranges = new LinkedHashMap<>();
        for (int j = 0; j < found.length; j++) {
            ranges.put(names.get(j), found[j]);
        }
        return new Seen(last, ranges);
    }

    private static double[] range(double[] values, IntPredicate counts) {
        double[] range = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (int i = 0; i < values.length; i++) {
            if (counts.test(i)) {
                range[0] = Math.min(range[0], values[i]);
                range[1] = Math.max(range[1], values[i]);
            }
        }
        return range;
    }

    double lastTime() {
        return lastTime;
    }

    /** The covariates of a patient beyond those of all rows. */
    List<String> outside(CovariateProfile profile) {
        List<String> found = new ArrayList<>();
        for (String name : profile.numericNames()) {
            double[] range = ranges.get(name);
            double value = profile.number(name);
            if (range != null && (value < range[0] || value > range[1])) {
                found.add("covariate " + name + " is " + Brief.number(value)
                        + ", outside of the " + Brief.number(range[0]) + " to " + Brief.number(range[1])
                        + " that the fitted rows have: the prediction is an extrapolation of the model");
            }
        }
        return found;
    }

    /** The times beyond the end of follow-up. */
    Optional<String> beyond(double[] times) {
        double[] late = Arrays.stream(times)
                .filter(t -> t > lastTime)
                .sorted()
                .distinct()
                .toArray();
        if (late.length == 0) {
            return Optional.empty();
        }
        String named = late.length <= MOST_TIMES
                ? Brief.numbers(late)
                : late.length + " times from " + Brief.number(late[0]) + " to " + Brief.number(late[late.length - 1]);
        return Optional.of("predicted beyond the end of follow-up, which is " + Brief.number(lastTime) + ": at " + named
                + " the curve is an extrapolation by the law alone, and its interval does not hold that another law may"
                + " be true there");
    }
}
