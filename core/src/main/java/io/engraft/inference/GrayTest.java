package io.engraft.inference;

import io.engraft.CheckReturnValue;
import io.engraft.InvalidArgumentException;
import io.engraft.data.Clusters;
import io.engraft.data.EventTable;
import io.engraft.data.SurvivalData;
import io.engraft.data.TieRule;
import io.engraft.data.WeightType;
import io.engraft.internal.Brief;
import io.engraft.internal.CauseChoice;
import io.engraft.internal.Require;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Gray's test that two or more groups have the same cumulative incidence of one cause, with strata. At an event time t
 * of the cause, group k has Y_k at risk, d_k events of the cause and e_k of others; S_k is its Kaplan-Meier curve for any
 * event and F_k its cumulative incidence. With
 *
 * <pre>
 *   R_k = Y_k (1 - F_k(t-)) / S_k(t-),     h_k = Y_k / S_k(t-),       R, h, d their sums over the groups,
 *   F0(t) = sum over s &lt;= t of d / h,      G0 = 1 - F0,               L(t) = G0(t-)^rho,
 * </pre>
 *
 * <p>the score of group k is z_k = sum of L (d_k - R_k d / R), and its covariance, that of Gray (1988),
 *
 * <pre>
 *   V_kl = sum over groups r and times t of
 *            a_kr a_lr T1_r (d / h) / h_r + b_kr b_lr T2_r S_r(t-) e_r / (Y_r h_r)
 *   D_kr = L h_k ([k = r] - h_r / h),      c_kr(t) = sum over s &gt; t of D_kr(s) (d(s) / h(s)) / G0(s-),
 *   a_kr = D_kr + (1 - G0(t) / S_r(t)) c_kr(t),                       b_kr = -G0(t) / S_r(t) c_kr(t)
 * </pre>
 *
 * <p>So left limits stand in R, h, L and the hazard of c, while G0 / S_r is taken just after t and c runs over the times
 * after t. T1_r = 1 - (d - 1) / (h S_r(t-) - 1) where d &gt; 1 and T2_r = 1 - (e_r - 1) / (Y_r - 1) where e_r &gt; 1
 * correct for ties, as the hypergeometric variance does; they are 1 otherwise. The paper has neither, and leaves open
 * which limits are meant: both are chosen so that the statistic is that of R's {@code cmprsk::cuminc}. Scores and
 * covariances are summed over strata. The statistic is the chi-square z' V^- z with the rank of V as its degrees of
 * freedom, so a group that has left before the first event counts neither in one nor the other.
 *
 * <p>Where nothing but the cause happens, S_k = 1 - F_k and z is the log-rank score, but V is not the log-rank variance:
 * Gray's puts the pooled incidence where that has each group's own survival. Cost: linear in the distinct times, cubic in
 * the groups. Delayed entry and sampling weights are refused; frequency weights are repeated rows.
 *
 * <p>R. J. Gray (1988). A class of K-sample tests for comparing the cumulative incidence of a competing risk. Annals of
 * Statistics 16, 1141-1154.
 */
@CheckReturnValue
public final class GrayTest {

    private final CauseChoice cause;
    private final double rho;
    private final TieRule tieRule;
    private final PairwiseAdjustment pairs;

    private GrayTest(CauseChoice cause, double rho, TieRule tieRule, PairwiseAdjustment pairs) {
        this.cause = cause;
        this.rho = rho;
        this.tieRule = tieRule;
        this.pairs = pairs;
    }

    /**
     * The test of one cause, rho = 0, ties within 1e-8 relative.
     *
     * @param code the cause's status code, from 1
     * @return the procedure
     */
    public static GrayTest forCause(int code) {
        return new GrayTest(CauseChoice.of(code), 0, TieRule.DEFAULT, PairwiseAdjustment.NO_PAIRS);
    }

    /**
     * The test of one cause, rho = 0, ties within 1e-8 relative.
     *
     * @param label the cause's label in the data
     * @return the procedure
     */
    public static GrayTest forCause(String label) {
        return new GrayTest(CauseChoice.of(label), 0, TieRule.DEFAULT, PairwiseAdjustment.NO_PAIRS);
    }

    /**
     * Another weight of event times, (1 - F0(t-))^rho with F0 the pooled incidence.
     *
     * @param value finite; above 0 it stresses early differences, below 0 late ones
     * @return the changed procedure
     */
    public GrayTest withRho(double value) {
        return new GrayTest(cause, Require.finite("rho", value), tieRule, pairs);
    }

    /**
     * Another rule for ties.
     *
     * @param rule the rule
     * @return the changed procedure
     */
    public GrayTest withTieRule(TieRule rule) {
        return new GrayTest(cause, rho, rule, pairs);
    }

    /**
     * Compares every pair of groups as well, each from the rows of the two alone.
     *
     * @param adjustment how their p-values are adjusted
     * @return the changed procedure
     */
    public GrayTest withPairs(PairwiseAdjustment adjustment) {
        return new GrayTest(cause, rho, tieRule, adjustment);
    }

    /**
     * Compares the groups of some data, within their strata where they have any.
     *
     * @param data follow-up with a group column, from time 0, unweighted or with frequency weights, one row a patient
     * @return the result
     * @throws InvalidArgumentException when there is no group column, it has one level, rows enter late, weights are
     *     sampling weights, there are clusters or several rows a patient, or there is no such cause
     */
    public TestResult test(SurvivalData data) {
        Samples samples = Samples.of(data);
        requirePlain(samples);
        if (Clusters.askForRobust(data)) {
            throw new InvalidArgumentException(
                    "the data have clusters or several rows a patient, for which Gray's test has"
                            + " no variance; allowed: one row a patient");
        }
        return test(samples).withWarningsOf(data);
    }

    /**
     * Compares groups given as event tables, for example merged over centres.
     *
     * @param groups one table a group, in level order
     * @return the result
     * @throws InvalidArgumentException as {@link #test(SurvivalData)}
     */
    public TestResult test(Map<String, EventTable> groups) {
        return test(Samples.of(groups));
    }

    /**
     * Compares groups within strata.
     *
     * @param groups the groups, in level order
     * @param strata the tables of each stratum by group; a group may be absent from a stratum
     * @return the result
     * @throws InvalidArgumentException as {@link #test(SurvivalData)}, or when a stratum has an unknown group
     */
    public TestResult testStrata(List<String> groups, List<Map<String, EventTable>> strata) {
        return test(new Samples(List.copyOf(groups), strata));
    }

    private TestResult test(Samples read) {
        requirePlain(read);
        int code = cause.codeAmong(read.causes());
        String name = read.causes().get(code - 1);
        Samples samples = read.joined(tieRule);
        List<String> groups = samples.groups();
        GraySums sums = sums(groups, samples, code);
        TestResult.Draft draft = new TestResult.Draft("gray")
                .cause(name)
                .conventions(conventions(name, samples.strata().size()))
                .warnings(sums.warnings());
        if (sums.isDefined()) {
            draft.chiSquare(
                    QuadraticForm.of(sums.score(), sums.variance()),
                    "no event of cause " + name + " had two or more groups at risk, so there is nothing to compare");
        } else {
            draft.absent("the pooled incidence passes 1, and no power " + rho + " of what is left of it exists");
        }
        for (int g = 0; g < groups.size(); g++) {
            draft.group(new TestResult.GroupCount(
                    groups.get(g),
                    samples.rows(groups.get(g)),
                    sums.observed()[g],
                    OptionalDouble.of(sums.expected()[g]),
                    Optional.empty()));
        }
        if (pairs != PairwiseAdjustment.NO_PAIRS) {
            draft.contrasts(pairs(samples, code));
        }
        return draft.result();
    }

    private static void requirePlain(Samples read) {
        read.strata().forEach(stratum -> stratum.values().forEach(GrayTest::requirePlain));
    }

    private static void requirePlain(EventTable table) {
        if (table.hasEntry()) {
            throw new InvalidArgumentException(
                    "rows enter late, for which Gray's test is not defined; allowed: follow-up from time 0");
        }
        if (table.weightType().orElse(WeightType.FREQUENCY) == WeightType.SAMPLING) {
            throw new InvalidArgumentException(
                    "weight type is sampling, for which Gray's test has no variance; allowed here: frequency weights");
        }
    }

    private GraySums sums(List<String> groups, Samples samples, int code) {
        GraySums sums = new GraySums(groups.size(), code, rho);
        for (Map<String, EventTable> stratum : samples.strata()) {
            sums.addStratum(groups, stratum);
        }
        return sums;
    }

    private Comparisons pairs(Samples samples, int code) {
        Comparisons found = new Comparisons();
        List<String> groups = samples.groups();
        for (int g = 0; g < groups.size(); g++) {
            for (int h = g + 1; h < groups.size(); h++) {
                GraySums two = sums(List.of(groups.get(g), groups.get(h)), samples, code);
                double variance = two.variance()[0][0];
                if (variance > 0) {
                    found.add(groups.get(g), groups.get(h), "pair", two.score()[0] / Math.sqrt(variance));
                } else {
                    found.missing(groups.get(g) + " against " + groups.get(h));
                }
            }
        }
        return found.adjusted(pairs);
    }

    private Map<String, String> conventions(String cause, int strata) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("cause", cause);
        all.put("rho", String.valueOf(rho));
        all.put("tieTolerance", String.valueOf(tieRule.tolerance()));
        all.put("limits", "as cmprsk: left limits in risk sets and weights");
        if (strata > 1) {
            all.put("strata", String.valueOf(strata));
        }
        if (pairs != PairwiseAdjustment.NO_PAIRS) {
            all.put("pairs", pairs.label());
        }
        return all;
    }

    @Override
    public String toString() {
        return "Gray's test of " + cause + (rho == 0 ? "" : ", rho " + Brief.number(rho));
    }
}
