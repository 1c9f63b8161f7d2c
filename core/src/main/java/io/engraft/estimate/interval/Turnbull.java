package io.engraft.estimate.interval;

import io.engraft.CheckReturnValue;
import io.engraft.DataProblem;
import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.data.Categories;
import io.engraft.data.CensoredData;
import io.engraft.data.Clusters;
import io.engraft.data.DataCheck;
import io.engraft.data.Grouped;
import io.engraft.data.SurvivalData;
import io.engraft.data.WeightType;
import io.engraft.internal.Brief;
import io.engraft.internal.Require;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The nonparametric maximum likelihood estimate of survival from interval-censored times. Row i says that its event lies
 * in (left, right]; an event seen at t has left = right = t, a right-censored row right = infinity, a left-censored one
 * left = 0 (or minus infinity), which takes in an event at 0 itself. With p the mass of each innermost interval, those in
 * which a left end is followed by a right end with neither between,
 *
 * <pre>
 *   log-likelihood = sum over rows of w log(sum of p over the innermost intervals within the row's)
 * </pre>
 *
 * <p>is maximised over p &gt;= 0 with sum 1: Turnbull's self-consistency steps first, then Newton steps on the masses that
 * are not 0, until by the Kuhn-Tucker conditions no distribution can have a log-likelihood higher by more than n times
 * the tolerance (n the weight of all rows). It is a procedure that may fail: the result says CONVERGED, or FAILED where
 * the limit of steps came first, with the gap.
 *
 * <p>The likelihood says nothing of how a mass lies within its interval, so S is not estimable inside one, only bounded.
 * Where more than one distribution is as likely, one of them is given. Weights are frequencies. There is no standard
 * error: the estimate converges with the cube root of n, and neither the information matrix nor the bootstrap of rows is
 * valid for it in general.
 *
 * <ol>
 *   <li>B. W. Turnbull (1976). The empirical distribution function with arbitrarily grouped, censored and truncated data.
 *       Journal of the Royal Statistical Society B 38, 290-295.
 *   <li>R. Gentleman, C. J. Geyer (1994). Maximum likelihood for interval censored data: consistency and computation.
 *       Biometrika 81, 618-623.
 * </ol>
 */
@CheckReturnValue
public final class Turnbull {

    private static final Turnbull DEFAULT = new Turnbull(1000, 1e-12);

    private final int maxIterations;
    private final double tolerance;

    private Turnbull(int maxIterations, double tolerance) {
        this.maxIterations = maxIterations;
        this.tolerance = tolerance;
    }

    /**
     * At most 1000 steps, to a gap of 1e-12.
     *
     * @return the procedure
     */
    public static Turnbull withDefaults() {
        return DEFAULT;
    }

    /**
     * Another limit of steps.
     *
     * @param number at least 1
     * @return the changed procedure
     */
    public Turnbull withMaxIterations(int number) {
        return new Turnbull(Require.atLeast("max iterations", number, 1), tolerance);
    }

    /**
     * Another tolerance of the Kuhn-Tucker gap.
     *
     * @param gap at least 1e-14, at most 0.01
     * @return the changed procedure
     */
    public Turnbull withTolerance(double gap) {
        if (!(gap >= 1e-14 && gap <= 0.01)) {
            throw InvalidArgumentException.of("tolerance", gap, "1e-14 <= tolerance <= 0.01");
        }
        return new Turnbull(maxIterations, gap);
    }

    /**
     * The estimate from rows.
     *
     * @param left left ends, each &gt;= 0 or minus infinity
     * @param right right ends, each at least its left end, or infinity
     * @return the estimate
     * @throws InvalidDataException when a row is bad; it lists them
     */
    public TurnbullEstimate fit(double[] left, double[] right) {
        double[] ones = new double[left.length];
        Arrays.fill(ones, 1);
        return fit(left, right, ones);
    }

    /**
     * The estimate from weighted rows.
     *
     * @param left left ends, each &gt;= 0 or minus infinity
     * @param right right ends, each at least its left end, or infinity
     * @param weight frequencies, each finite and &gt;= 0; rows of weight 0 count as absent
     * @return the estimate
     * @throws InvalidDataException when a row is bad; it lists them
     */
    public TurnbullEstimate fit(double[] left, double[] right, double[] weight) {
        Require.sameLength("right", right.length, "left", left.length);
        Require.sameLength("weight", weight.length, "left", left.length);
        check(left, right, weight);
        InnermostIntervals intervals = InnermostIntervals.of(left, right, weight);
        return new TurnbullEstimate(intervals, new TurnbullLikelihood(intervals).maximise(maxIterations, tolerance));
    }

    /**
     * The estimate of each group of interval-censored data.
     *
     * @param data the intervals, plain or with frequency weights
     * @return the estimates, in level order; the one group "all" without a group column
     * @throws InvalidArgumentException when there are entry times or sampling weights, or rows belong together by a cluster
     *     or an id, none of which the estimate takes into account
     * @throws InvalidDataException when all weights of a group are 0
     */
    public Grouped<TurnbullEstimate> fit(CensoredData data) {
        SurvivalData columns = data.columns();
        boolean sampling = columns.weightType().orElse(WeightType.FREQUENCY) == WeightType.SAMPLING;
        if (columns.hasEntry() || sampling || !Clusters.of(columns).areRows()) {
            throw new InvalidArgumentException("intervals have "
                    + (columns.hasEntry() ? "entry times" : sampling ? "sampling weights" : "rows that belong together")
                    + "; allowed for Turnbull's estimate: independent rows, plain or with frequency weights");
        }
        Map<String, List<Integer>> rows = new LinkedHashMap<>();
        Optional<Categories> groups = columns.group();
        groups.ifPresent(g -> g.levels().forEach(level -> rows.put(level, new ArrayList<>())));
        for (int i = 0; i < data.size(); i++) {
            String group = groups.isPresent() ? groups.get().value(i) : "all";
            rows.computeIfAbsent(group, name -> new ArrayList<>()).add(i);
        }
        rows.values().removeIf(List::isEmpty);
        return Grouped.of(rows, some -> {
            int[] of = some.stream().mapToInt(Integer::intValue).toArray();
            return fit(
                    Arrays.stream(of).mapToDouble(data::left).toArray(),
                    Arrays.stream(of).mapToDouble(data::right).toArray(),
                    Arrays.stream(of).mapToDouble(columns::weight).toArray());
        });
    }

    private static void check(double[] left, double[] right, double[] weight) {
        List<DataProblem> problems = new ArrayList<>();
        double total = 0;
        for (int i = 0; i < left.length && problems.size() < DataCheck.MOST_PROBLEMS; i++) {
            row(i + 1L, left[i], right[i], problems);
            DataCheck.weight(i + 1L, weight[i], problems);
            total += weight[i];
        }
        if (problems.isEmpty() && !(total > 0)) {
            problems.add(DataProblem.ofWhole(
                    left.length == 0 ? "there are no rows; allowed: at least one" : "all weights are 0"));
        }
        if (!problems.isEmpty()) {
            throw new InvalidDataException(problems);
        }
    }

    private static void row(long row, double left, double right, List<DataProblem> problems) {
        boolean fromStart = left == Double.NEGATIVE_INFINITY;
        if (!(fromStart || (left >= 0 && left < Double.POSITIVE_INFINITY))) {
            problems.add(DataProblem.ofRow(row, "left", left, "allowed: 0 <= left < infinity, or minus infinity"));
        } else if (!(right >= 0 && right >= left)) {
            problems.add(DataProblem.ofRow(row, "right", right, "allowed: left <= right, which is " + left));
        } else if (fromStart && right == Double.POSITIVE_INFINITY) {
            problems.add(DataProblem.ofRow(row, "right", right, "says nothing; allowed: one finite end"));
        }
    }

    @Override
    public String toString() {
        return "Turnbull, at most " + maxIterations + " iterations, tolerance " + Brief.number(tolerance);
    }
}
