package io.engraft.simulate;

import io.engraft.internal.PatientStream;
import io.engraft.multistate.solve.EmpiricalMultiStateModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * When, and where to, a state is left by step hazards. Two uniforms a stay: one for the time, by inversion of the product
 * of 1 - dA(u) over the steps after the entry, one for the target, with probabilities in proportion to the targets' steps
 * at that time. Times are non-decreasing in their uniform.
 */
final class StepDraws {

    /** From here on a step leaves nobody behind. */
    private static final double EVERYBODY = 1 - 1e-12;

    private final double[] time;
    /** The sum of -log(1 - dA) over the steps up to each one, those that leave nobody behind not counted. */
    private final double[] hazard;
    /** The first step, from each one on, that leaves nobody behind. */
    private final int[] last;
    /** At each step, by target: the upper end of its share of [0, 1). */
    private final double[][] share;

    private StepDraws(SortedMap<Double, double[]> jumps) {
        int n = jumps.size();
        this.time = new double[n];
        this.hazard = new double[n];
        this.last = new int[n];
        this.share = new double[n][];
        boolean[] everybody = new boolean[n];
        int k = 0;
        double sum = 0;
        for (Map.Entry<Double, double[]> step : jumps.entrySet()) {
            double[] upper = step.getValue().clone();
            for (int m = 1; m < upper.length; m++) {
                upper[m] += upper[m - 1];
            }
            double all = upper[upper.length - 1];
            everybody[k] = all >= EVERYBODY;
            sum += everybody[k] ? 0 : -StrictMath.log1p(-all);
            time[k] = step.getKey();
            hazard[k] = sum;
            for (int m = 0; m < upper.length; m++) {
                upper[m] /= all;
            }
            share[k++] = upper;
        }
        int next = n;
        for (k = n - 1; k >= 0; k--) {
            next = everybody[k] ? k : next;
            last[k] = next;
        }
    }

    /** The draws of a state, or null where it is never left; targets in the order of {@link #targets}. */
    static @Nullable StepDraws of(EmpiricalMultiStateModel model, String state) {
        List<String> targets = targets(model, state);
        TreeMap<Double, double[]> jumps = new TreeMap<>();
        for (int m = 0; m < targets.size(); m++) {
            double[] times = model.times(state, targets.get(m));
            double[] sizes = model.jumps(state, targets.get(m));
            for (int x = 0; x < times.length; x++) {
                jumps.computeIfAbsent(times[x], t -> new double[targets.size()])[m] = sizes[x];
            }
        }
        return jumps.isEmpty() ? null : new StepDraws(jumps);
    }

    static List<String> targets(EmpiricalMultiStateModel model, String state) {
        List<String> targets = new ArrayList<>();
        model.transitions().stream().filter(t -> t.from().equals(state)).forEach(t -> targets.add(t.to()));
        return targets;
    }

    /** The target by which the state is left after {@code now}, and when, into {@code then}: infinity for never. */
    int leave(double now, PatientStream stream, double[] then) {
        double uniform = stream.next();
        double target = stream.next();
        int from = firstFrom(time, now, true);
        then[0] = Double.POSITIVE_INFINITY;
        if (from == time.length) {
            return 0;
        }
        double due = (from == 0 ? 0 : hazard[from - 1]) - StrictMath.log1p(-uniform);
        int at = Math.min(Math.max(from, firstFrom(hazard, due, false)), last[from]);
        if (at == time.length) {
            return 0;
        }
        then[0] = time[at];
        int m = 0;
        while (m + 1 < share[at].length && target >= share[at][m]) {
            m++;
        }
        return m;
    }

    /** The first place of a value above the limit, or not below it. */
    private static int firstFrom(double[] ascending, double limit, boolean above) {
        int low = 0;
        int high = ascending.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            boolean inside = above ? ascending[middle] > limit : ascending[middle] >= limit;
            if (inside) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
