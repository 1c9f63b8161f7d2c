package io.engraft.inference;

import io.engraft.CheckReturnValue;
import io.engraft.InvalidArgumentException;
import io.engraft.data.Categories;
import io.engraft.data.Clusters;
import io.engraft.data.EventTable;
import io.engraft.data.SurvivalData;
import io.engraft.data.TieRule;
import io.engraft.internal.Require;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The log-rank test and its weighted relatives, for two or more groups, with strata and delayed entry. With n_g at risk
 * and d_g events in group g at event time t, n and d their sums within a stratum, and w the test's weight,
 *
 * <pre>
 *   O_g = sum of w d_g,     E_g = sum of w d n_g / n,
 *   V_gh = sum of w^2 d (n - d) / (n - 1) (n_g / n) ([g = h] - n_h / n),
 *   chi-square = (O - E)' V^- (O - E)
 * </pre>
 *
 * <p>Sums run over times and strata. A group that is never at risk at an event time has nothing to say: it counts
 * neither in the statistic nor in the degrees of freedom. With {@link #withTrendScores scores} c the trend is
 * z = c'(O - E) / sqrt(c' V c), shown as the group with the highest score against that with the lowest; a pair is
 * z = (O - E) / sqrt(V) of its first group. So in both z &gt; 0 says that the group named first has more events. Every
 * status code of 1 or more is an event. Cost: linear in the distinct times.
 *
 * <p>Where rows have sampling weights v, belong to clusters, or a patient has several, the sums are weighted and V is
 * robust: the sum over clusters (patients, or rows, without) of the outer products of
 *
 * <pre>
 *   u_g = sum over the cluster's rows i of
 *           v_i sum over t of w ([i in g] - n_g / n) ([i has an event at t] - [i at risk at t] d / n)
 * </pre>
 *
 * <p>as in the robust score test of a Cox model with Breslow's ties, which it equals for the plain log-rank weight.
 *
 * <ol>
 *   <li>N. Mantel (1966). Evaluation of survival data and two new rank order statistics arising in its consideration.
 *       Cancer Chemotherapy Reports 50, 163-170.
 *   <li>T. R. Fleming, D. P. Harrington (1991). Counting Processes and Survival Analysis. Wiley.
 *   <li>D. Y. Lin, L. J. Wei (1989). The robust inference for the Cox proportional hazards model. Journal of the American
 *       Statistical Association 84, 1074-1078.
 *   <li>R. E. Tarone (1975). Tests for trend in life table analysis. Biometrika 62, 679-682.
 * </ol>
 */
@CheckReturnValue
public final class LogRankTest {

    private static final int MOST_CODES = 64;

    private final Settings settings;

    /**
     * What was asked for.
     *
     * @param weight the weight of event times
     * @param tieRule which times count as one
     * @param pairs how pairs are compared
     * @param scores the trend's scores, empty for none
     * @param robust whether the covariance comes from the rows whatever they are
     * @param permutation the reference distribution, null for chi-square
     */
    record Settings(
            RankWeight weight,
            TieRule tieRule,
            PairwiseAdjustment pairs,
            List<Double> scores,
            boolean robust,
            @Nullable Permutation permutation) {}

    private LogRankTest(Settings settings) {
        this.settings = settings;
    }

    /**
     * The plain log-rank test, ties within 1e-8 relative.
     *
     * @return the procedure
     */
    public static LogRankTest withDefaults() {
        return new LogRankTest(new Settings(
                RankWeight.LOG_RANK, TieRule.DEFAULT, PairwiseAdjustment.NO_PAIRS, List.of(), false, null));
    }

    /**
     * Another weight of event times.
     *
     * @param value the weight
     * @return the changed procedure
     */
    public LogRankTest withWeight(RankWeight value) {
        Settings s = settings;
        return new LogRankTest(new Settings(value, s.tieRule, s.pairs, s.scores, s.robust, s.permutation));
    }

    /**
     * Another rule for ties.
     *
     * @param rule the rule
     * @return the changed procedure
     */
    public LogRankTest withTieRule(TieRule rule) {
        Settings s = settings;
        return new LogRankTest(new Settings(s.weight, rule, s.pairs, s.scores, s.robust, s.permutation));
    }

    /**
     * Compares every pair of groups as well, each from the rows of the two alone.
     *
     * @param adjustment how their p-values are adjusted
     * @return the changed procedure
     */
    public LogRankTest withPairs(PairwiseAdjustment adjustment) {
        Settings s = settings;
        return new LogRankTest(new Settings(s.weight, s.tieRule, adjustment, s.scores, s.robust, s.permutation));
    }

    /**
     * Tests for a trend over the groups as well.
     *
     * @param values one finite score a group, in level order, not all equal
     * @return the changed procedure
     */
    public LogRankTest withTrendScores(double... values) {
        boolean differ = false;
        for (double c : values) {
            Require.finite("score", c);
            differ |= c != values[0];
        }
        if (!differ) {
            throw InvalidArgumentException.of("scores", Arrays.toString(values), "not all equal");
        }
        Settings s = settings;
        List<Double> scores = Arrays.stream(values).boxed().toList();
        return new LogRankTest(new Settings(s.weight, s.tieRule, s.pairs, scores, s.robust, s.permutation));
    }

    /**
     * Takes the p-value of the overall statistic from all assignments of the patients to groups of the observed sizes,
     * within strata: the share whose statistic is at least the observed one, equality taken to 1e-10 relative and 1e-12
     * absolute. Needs rows without sampling weights, clusters or several rows a patient. Patients with the same entry, time
     * and status are of a kind, and counted, not permuted; up to 20,000,000 assignments that differ in more are looked at.
     * It knows neither pairs nor a trend.
     *
     * @return the changed procedure
     */
    public LogRankTest withExactPermutation() {
        Settings s = settings;
        return new LogRankTest(new Settings(s.weight, s.tieRule, s.pairs, s.scores, s.robust, Permutation.EXACT));
    }

    /**
     * As {@link #withExactPermutation()}, from random assignments: p = (1 + hits) / (1 + draws). The same seed gives the
     * same p-value, whatever the number of threads.
     *
     * @param draws how many, at least 1
     * @param seed the seed
     * @return the changed procedure
     */
    public LogRankTest withPermutations(int draws, long seed) {
        Settings s = settings;
        return new LogRankTest(
                new Settings(s.weight, s.tieRule, s.pairs, s.scores, s.robust, Permutation.random(draws, seed)));
    }

    /**
     * Takes the covariance from the rows' own contributions, by cluster or patient where the data name them: it holds
     * where hazards are not alike, too (Lin and Wei 1989).
     *
     * @return the changed procedure, which needs rows
     */
    public LogRankTest withRobustVariance() {
        Settings s = settings;
        return new LogRankTest(new Settings(s.weight, s.tieRule, s.pairs, s.scores, true, s.permutation));
    }

    /**
     * Compares the groups of some data, within their strata where they have any. The covariance is robust where there are
     * sampling weights, clusters, or several rows a patient.
     *
     * @param data follow-up with a group column
     * @return the result
     * @throws InvalidArgumentException when there is no group column, or it has one level; when a permutation was asked
     *     for and the rows cannot be exchanged, there are too many assignments, or pairs or a trend were asked for as well
     */
    public TestResult test(SurvivalData data) {
        return result(data).withWarningsOf(data);
    }

    private TestResult result(SurvivalData data) {
        Permutation permutation = settings.permutation;
        if (permutation == null && (settings.robust || Clusters.askForRobust(data))) {
            return RankReport.robust(settings, Samples.of(data), data).result();
        }
        if (permutation != null) {
            requireModelVariance("a permutation test");
            requireNoContrastsOfPermutations();
            PermutedSums.requireExchangeable(data);
        }
        RankReport report = isPlain(data) ? plain(data) : RankReport.of(settings, Samples.of(data));
        if (permutation == null) {
            return report.result();
        }
        return report.permuted(() -> permutation.of(new PermutedSums(data, settings.weight, settings.tieRule)));
    }

    private static boolean isPlain(SurvivalData data) {
        int levels = data.group().map(g -> g.levels().size()).orElse(0);
        return !data.hasEntry()
                && data.weightType().isEmpty()
                && data.strata().isEmpty()
                && levels >= 2
                && levels <= MOST_CODES;
    }

    private RankReport plain(SurvivalData data) {
        Categories group = Samples.group(data);
        return RankReport.counted(settings, group.levels(), GroupCounting.of(data, group), data.source());
    }

    /**
     * Compares the groups of plain follow-up, without an intermediate copy: the fast path. Large input is counted on all
     * cores.
     *
     * @param time follow-up times, each finite and &gt;= 0
     * @param status 0 for censored, 1 or more for events
     * @param group 1 to K for the group of each row, K at most 64, each with at least one row; the groups are named "1"
     *     to "K"
     * @return the result
     * @throws io.engraft.InvalidDataException when a row is bad; it lists them
     * @throws InvalidArgumentException when lengths differ, there are fewer than two groups, or a permutation was asked
     *     for, which needs {@link SurvivalData}
     */
    public TestResult test(double[] time, int[] status, int[] group) {
        requireNoPermutation();
        requireModelVariance("counts");
        GroupCounting counting = GroupCounting.of(time, status, group);
        return RankReport.counted(settings, counting.names(), counting, "data").result();
    }

    /**
     * Compares groups given as event tables, for example merged over centres.
     *
     * @param groups one table a group, in level order
     * @return the result
     * @throws InvalidArgumentException when there are fewer than two groups, weights are sampling weights, or a
     *     permutation was asked for, which needs rows
     */
    public TestResult test(Map<String, EventTable> groups) {
        requireNoPermutation();
        requireModelVariance("counts");
        return RankReport.of(settings, Samples.of(groups)).result();
    }

    /**
     * Compares groups within strata.
     *
     * @param groups the groups, in level order
     * @param strata the tables of each stratum by group; a group may be absent from a stratum
     * @return the result
     * @throws InvalidArgumentException as {@link #test(Map)}, when groups repeat, there is no table, or a stratum has a
     *     group that is not among them
     */
    public TestResult testStrata(List<String> groups, List<Map<String, EventTable>> strata) {
        requireNoPermutation();
        requireModelVariance("counts");
        return RankReport.of(settings, new Samples(List.copyOf(groups), strata)).result();
    }

    private void requireModelVariance(String what) {
        if (settings.robust) {
            throw new InvalidArgumentException(
                    "a robust variance was asked for of " + what + "; allowed: rows, without a permutation test");
        }
    }

    private void requireNoPermutation() {
        if (settings.permutation != null) {
            throw new InvalidArgumentException(
                    "a permutation test was asked for of counts; allowed: rows, as SurvivalData with a group column");
        }
    }

    private void requireNoContrastsOfPermutations() {
        if (settings.pairs != PairwiseAdjustment.NO_PAIRS || !settings.scores.isEmpty()) {
            throw new InvalidArgumentException(
                    "pairs or a trend were asked for with a permutation test, which is of the"
                            + " overall statistic; allowed: one or the other");
        }
    }

    @Override
    public String toString() {
        return "log-rank test, weight " + settings.weight.label()
                + (settings.permutation == null ? "" : ", by permutation");
    }
}
