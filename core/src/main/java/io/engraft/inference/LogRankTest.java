package io.engraft.inference;

import io.engraft.InvalidArgumentException;
import io.engraft.data.Categories;
import io.engraft.data.EventTable;
import io.engraft.data.SurvivalData;
import io.engraft.data.TieRule;
import io.engraft.estimate.RiskSets;
import io.engraft.internal.Require;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
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
 * z = (O - E) / sqrt(V) of its first group. So in both z &gt; 0 says that the group named first has more events. Every status code of 1 or more is an event. Cost: linear in the distinct times.
 *
 * <ol>
 *   <li>N. Mantel (1966). Evaluation of survival data and two new rank order statistics arising in its consideration.
 *       Cancer Chemotherapy Reports 50, 163-170.
 *   <li>T. R. Fleming, D. P. Harrington (1991). Counting Processes and Survival Analysis. Wiley.
 *   <li>R. E. Tarone (1975). Tests for trend in life table analysis. Biometrika 62, 679-682.
 * </ol>
 */
public final class LogRankTest {

    private final RankWeight weight;
    private final TieRule tieRule;
    private final Adjustment pairs;
    private final double @Nullable [] scores;

    /** How p-values of pairs are adjusted for their number. */
    public enum Adjustment {
        /** No pairs are compared. */
        NO_PAIRS("none"),
        /** Holm's step-down adjustment. */
        HOLM("holm"),
        /** Bonferroni's adjustment. */
        BONFERRONI("bonferroni");

        private final String label;

        Adjustment(String label) {
            this.label = label;
        }

        /**
         * The name on the command line.
         *
         * @return "none", "holm" or "bonferroni"
         */
        public String label() {
            return label;
        }
    }

    private LogRankTest(RankWeight weight, TieRule tieRule, Adjustment pairs, double @Nullable [] scores) {
        this.weight = weight;
        this.tieRule = tieRule;
        this.pairs = pairs;
        this.scores = scores;
    }

    /**
     * The plain log-rank test, ties within 1e-8 relative.
     *
     * @return the procedure
     */
    public static LogRankTest withDefaults() {
        return new LogRankTest(RankWeight.LOG_RANK, TieRule.DEFAULT, Adjustment.NO_PAIRS, null);
    }

    /**
     * Another weight of event times.
     *
     * @param value the weight
     * @return the changed procedure
     */
    public LogRankTest withWeight(RankWeight value) {
        return new LogRankTest(value, tieRule, pairs, scores);
    }

    /**
     * Another rule for ties.
     *
     * @param rule the rule
     * @return the changed procedure
     */
    public LogRankTest withTieRule(TieRule rule) {
        return new LogRankTest(weight, rule, pairs, scores);
    }

    /**
     * Compares every pair of groups as well.
     *
     * @param adjustment how their p-values are adjusted
     * @return the changed procedure
     */
    public LogRankTest withPairs(Adjustment adjustment) {
        return new LogRankTest(weight, tieRule, adjustment, scores);
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
        return new LogRankTest(weight, tieRule, pairs, values.clone());
    }

    /**
     * Compares the groups of some data, within their strata where they have any.
     *
     * @param data follow-up with a group column, unweighted or with frequency weights
     * @return the result
     * @throws InvalidArgumentException when there is no group column, or it has one level
     */
    public TestResult test(SurvivalData data) {
        Categories group = data.group()
                .orElseThrow(() ->
                        new InvalidArgumentException("the data have no group column; allowed: two or more groups"));
        List<Map<String, EventTable>> strata = new ArrayList<>();
        Categories stratum = data.strata().orElse(null);
        if (stratum == null) {
            strata.add(EventTable.byGroup(data));
        } else {
            strata.addAll(EventTable.byStratum(data, stratum));
        }
        return testStrata(group.levels(), strata);
    }

    /**
     * Compares groups given as event tables, for example merged over centres.
     *
     * @param groups one table a group, in level order
     * @return the result
     * @throws InvalidArgumentException when there are fewer than two groups
     */
    public TestResult test(Map<String, EventTable> groups) {
        return testStrata(List.copyOf(groups.keySet()), List.of(groups));
    }

    /**
     * Compares groups within strata.
     *
     * @param groups the groups, in level order
     * @param strata the tables of each stratum by group; a group may be absent from a stratum
     * @return the result
     * @throws InvalidArgumentException when there are fewer than two groups or they repeat, when there is no table, or a
     *     stratum has a group that is not among them
     */
    public TestResult testStrata(List<String> groups, List<Map<String, EventTable>> strata) {
        requireGroups(groups, strata);
        if (scores != null && scores.length != groups.size()) {
            throw InvalidArgumentException.of("number of scores", scores.length, groups.size() + ", one a group");
        }
        List<Map<String, RiskSets>> sets = read(strata);
        RankSums all = sums(groups, sets);
        List<TestResult.Contrast> contrasts = new ArrayList<>();
        if (scores != null) {
            addTrend(contrasts, groups, all, scores);
        }
        if (pairs != Adjustment.NO_PAIRS) {
            addPairs(contrasts, groups, sets);
        }
        List<TestResult.GroupCount> counts = new ArrayList<>();
        for (int g = 0; g < groups.size(); g++) {
            counts.add(new TestResult.GroupCount(
                    groups.get(g), rows(groups.get(g), strata), all.observed()[g], all.expected()[g]));
        }
        QuadraticForm form = QuadraticForm.of(all);
        double p = form.df() == 0
                ? Double.NaN
                : ChiSquaredDistribution.of(form.df()).survivalProbability(form.statistic());
        String reason = form.df() == 0
                ? "no event time with a weight above 0 had two or more groups at risk and survivors, so there is nothing"
                        + " to compare"
                : "";
        return new TestResult(
                weight.label(), form.statistic(), form.df(), p, reason, counts, contrasts, conventions(strata.size()));
    }

    private static void requireGroups(List<String> groups, List<Map<String, EventTable>> strata) {
        Set<String> known = new HashSet<>(groups);
        if (groups.size() < 2 || known.size() < groups.size()) {
            throw InvalidArgumentException.of("groups", groups, "two or more, distinct");
        }
        for (Map<String, EventTable> stratum : strata) {
            for (String group : stratum.keySet()) {
                if (!known.contains(group)) {
                    throw InvalidArgumentException.of("group of a stratum", group, "one of " + groups);
                }
            }
        }
        if (strata.stream().allMatch(Map::isEmpty)) {
            throw InvalidArgumentException.of("number of tables", 0, "at least one");
        }
    }

    private Map<String, String> conventions(int strata) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("weight", weight.label());
        all.put("tieTolerance", String.valueOf(tieRule.tolerance()));
        all.put("atRisk", "entry < t <= time");
        if (strata > 1) {
            all.put("strata", String.valueOf(strata));
        }
        if (pairs != Adjustment.NO_PAIRS) {
            all.put("pairs", pairs.label());
        }
        return all;
    }

    private List<Map<String, RiskSets>> read(List<Map<String, EventTable>> strata) {
        List<EventTable> tables = new ArrayList<>();
        strata.forEach(stratum -> tables.addAll(stratum.values()));
        List<RiskSets> joined = RiskSets.of(tables, tieRule);
        List<Map<String, RiskSets>> sets = new ArrayList<>();
        int next = 0;
        for (Map<String, EventTable> stratum : strata) {
            Map<String, RiskSets> named = new LinkedHashMap<>();
            for (String group : stratum.keySet()) {
                named.put(group, joined.get(next++));
            }
            sets.add(named);
        }
        return sets;
    }

    private RankSums sums(List<String> groups, List<Map<String, RiskSets>> strata) {
        RankSums sums = new RankSums(groups.size());
        for (Map<String, RiskSets> stratum : strata) {
            sums.addStratum(groups, stratum, weight);
        }
        return sums;
    }

    private static long rows(String group, List<Map<String, EventTable>> strata) {
        long rows = 0;
        for (Map<String, EventTable> stratum : strata) {
            EventTable table = stratum.get(group);
            rows += table == null ? 0 : table.rows();
        }
        return rows;
    }

    private static void addTrend(
            List<TestResult.Contrast> contrasts, List<String> groups, RankSums sums, double[] scores) {
        double[] c = centred(scores);
        double total = 0;
        double variance = 0;
        int highest = 0;
        int lowest = 0;
        for (int g = 0; g < c.length; g++) {
            highest = c[g] > c[highest] ? g : highest;
            lowest = c[g] < c[lowest] ? g : lowest;
            // O - E sums to 0 and so do the rows of V, so only differences of scores matter, and keep their digits.
            total += (c[g] - c[0]) * (sums.observed()[g] - sums.expected()[g]);
            for (int h = 0; h < g; h++) {
                double difference = c[g] - c[h];
                variance -= difference * difference * sums.variance()[g][h];
            }
        }
        if (variance > 0) {
            double z = total / Math.sqrt(variance);
            contrasts.add(contrast(groups.get(highest), groups.get(lowest), "trend", z));
        }
    }

    /** The scores on [-1, 1]: z is the same, and neither years nor huge scores cost digits. */
    private static double[] centred(double[] scores) {
        double least = Arrays.stream(scores).min().orElseThrow();
        double most = Arrays.stream(scores).max().orElseThrow();
        double middle = least / 2 + most / 2;
        double half = most / 2 - least / 2;
        return Arrays.stream(scores).map(c -> (c - middle) / half).toArray();
    }

    private static TestResult.Contrast contrast(String group, String against, String measure, double z) {
        double p = 2 * NormalDistribution.of(0, 1).survivalProbability(Math.abs(z));
        return new TestResult.Contrast(
                group, against, measure, OptionalDouble.empty(), null, z, p, OptionalDouble.empty());
    }

    private void addPairs(
            List<TestResult.Contrast> contrasts, List<String> groups, List<Map<String, RiskSets>> strata) {
        List<TestResult.Contrast> found = new ArrayList<>();
        for (int g = 0; g < groups.size(); g++) {
            for (int h = g + 1; h < groups.size(); h++) {
                RankSums two = sums(List.of(groups.get(g), groups.get(h)), strata);
                double variance = two.variance()[0][0];
                if (variance > 0) {
                    double z = (two.observed()[0] - two.expected()[0]) / Math.sqrt(variance);
                    found.add(contrast(groups.get(g), groups.get(h), "pair", z));
                }
            }
        }
        contrasts.addAll(MultipleTests.adjust(found, pairs));
    }
}
