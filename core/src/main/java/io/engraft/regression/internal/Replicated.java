package io.engraft.regression.internal;

import io.engraft.data.SurvivalData;
import io.engraft.data.WeightType;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A sorted sample in which a value stands as often as its weight says, and its quantiles. */
public final class Replicated {

    private final double[] sorted;
    /** For each value, how many stand up to and with it; null where each stands once. */
    private final double @Nullable [] upTo;

    private Replicated(double[] sorted, double @Nullable [] upTo) {
        this.sorted = sorted;
        this.upTo = upTo;
    }

    /** Values that each stand as often as said, or once. */
    public static Replicated of(double[] values, double @Nullable [] times) {
        if (times == null) {
            double[] sorted = values.clone();
            Arrays.parallelSort(sorted);
            return new Replicated(sorted, null);
        }
        int[] order = IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> values[i]))
                .mapToInt(i -> i)
                .toArray();
        double[] sorted = new double[values.length];
        double[] upTo = new double[values.length];
        double seen = 0;
        for (int k = 0; k < order.length; k++) {
            seen += times[order[k]];
            sorted[k] = values[order[k]];
            upTo[k] = seen;
        }
        return new Replicated(sorted, upTo);
    }

    /** A column of data, rows of weight 0 left out, replicated by frequency weights. */
    public static Replicated of(double[] column, SurvivalData data) {
        int[] rows = IntStream.range(0, column.length)
                .filter(i -> data.weight(i) > 0)
                .toArray();
        double[] values = IntStream.of(rows).mapToDouble(i -> column[i]).toArray();
        boolean replicates =
                data.weightType().filter(WeightType.FREQUENCY::equals).isPresent();
        return of(
                values,
                replicates ? IntStream.of(rows).mapToDouble(data::weight).toArray() : null);
    }

    /** The number of values, replicated. */
    public double count() {
        return upTo == null || upTo.length == 0 ? sorted.length : upTo[upTo.length - 1];
    }

    public double least() {
        return sorted[0];
    }

    public double largest() {
        return sorted[sorted.length - 1];
    }

    /** The quantile at part / parts, linear between the values at the positions around (count - 1) part / parts. */
    public double quantile(int part, int parts) {
        double position = (count() - 1) * part / parts;
        // Sums of weights may miss a whole number by rounding.
        double below = Math.floor(position + 1e-9);
        double rest = Math.max(0, position - below);
        double low = valueAt(below);
        return rest < 1e-9 ? low : low + rest * (valueAt(below + 1) - low);
    }

    /** The value at a place from 0. */
    private double valueAt(double place) {
        if (upTo == null) {
            return sorted[(int) Math.min(place, sorted.length - 1)];
        }
        // The first value up to and with which more stand than come before the place.
        int low = 0;
        int high = sorted.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (place < upTo[middle]) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return sorted[low];
    }
}
