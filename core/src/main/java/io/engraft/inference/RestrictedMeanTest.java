package io.engraft.inference;

import io.engraft.InvalidArgumentException;
import io.engraft.curve.ConfidenceType;
import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.data.EventTable;
import io.engraft.data.SurvivalData;
import io.engraft.data.TieRule;
import io.engraft.estimate.KaplanMeier;
import io.engraft.estimate.SurvivalEstimate;
import io.engraft.internal.Require;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Compares the restricted mean survival time of two or more groups: m_g, the area under group g's Kaplan-Meier curve up to
 * a horizon tau, which has no default. Its variance is that of the estimate, not of min(T, tau):
 *
 * <pre>
 *   v_g = sum over event times s &lt;= tau of A_g(s)^2 d / (n (n - d)),      A_g(s) = area under S_g from s to tau
 * </pre>
 *
 * <p>The overall statistic is Wald's chi-square for equal m_g, with K - 1 degrees of freedom. Contrasts hold each group
 * against the first in level order, or with {@link #withPairs} each later group against each earlier one:
 *
 * <ul>
 *   <li>"difference": m_g - m_h, with variance v_g + v_h
 *   <li>"ratio": m_g / m_h, on the log scale with variance v_g / m_g^2 + v_h / m_h^2
 *   <li>"time-lost difference" and "time-lost ratio": the same of tau - m, the restricted mean time lost
 * </ul>
 *
 * <p>Where tau lies beyond a group's follow-up, and its curve has not reached 0, its restricted mean is not estimable, and
 * no comparison with it is made. Times are in the unit of the data.
 *
 * <p>P. Royston, M. K. B. Parmar (2013). Restricted mean survival time: an alternative to the hazard ratio for the design
 * and analysis of randomized trials with a time-to-event outcome. BMC Medical Research Methodology 13, 152.
 */
public final class RestrictedMeanTest {

    private final double tau;
    private final double level;
    private final TieRule tieRule;
    private final LogRankTest.Adjustment pairs;

    private RestrictedMeanTest(double tau, double level, TieRule tieRule, LogRankTest.Adjustment pairs) {
        this.tau = tau;
        this.level = level;
        this.tieRule = tieRule;
        this.pairs = pairs;
    }

    /**
     * The test up to a horizon: 95 % intervals, ties within 1e-8 relative, each group against the first.
     *
     * @param tau the horizon, &gt; 0, in the unit of the data
     * @return the procedure
     */
    public static RestrictedMeanTest upTo(double tau) {
        return new RestrictedMeanTest(
                Require.positive("tau", tau), 0.95, TieRule.DEFAULT, LogRankTest.Adjustment.NO_PAIRS);
    }

    /**
     * Another level of intervals.
     *
     * @param value strictly between 0 and 1
     * @return the changed procedure
     */
    public RestrictedMeanTest withLevel(double value) {
        return new RestrictedMeanTest(tau, Require.properFraction("level", value), tieRule, pairs);
    }

    /**
     * Another rule for ties.
     *
     * @param rule the rule
     * @return the changed procedure
     */
    public RestrictedMeanTest withTieRule(TieRule rule) {
        return new RestrictedMeanTest(tau, level, rule, pairs);
    }

    /**
     * Compares every pair of groups.
     *
     * @param adjustment how the p-values of each kind of contrast are adjusted; the intervals are not
     * @return the changed procedure
     */
    public RestrictedMeanTest withPairs(LogRankTest.Adjustment adjustment) {
        return new RestrictedMeanTest(tau, level, tieRule, adjustment);
    }

    /**
     * Compares the groups of some data.
     *
     * @param data follow-up with a group column and without strata; late entry and frequency weights are allowed
     * @return the result
     * @throws InvalidArgumentException when there is no group column, it has one level, or there are strata
     */
    public TestResult test(SurvivalData data) {
        return test(Samples.unstratified(data, "test of restricted means"));
    }

    /**
     * Compares groups given as event tables, for example merged over centres.
     *
     * @param groups one table a group, in level order
     * @return the result
     * @throws InvalidArgumentException when there are fewer than two groups
     */
    public TestResult test(Map<String, EventTable> groups) {
        return test(Samples.of(groups));
    }

    private TestResult test(Samples read) {
        Map<String, EventTable> tables = read.joined(tieRule).strata().get(0);
        List<String> groups = read.groups();
        KaplanMeier curves = KaplanMeier.withDefaults().withTieRule(tieRule).withLevel(level);
        TestResult.Draft draft = new TestResult.Draft("rmst");
        List<PointEstimate> means = new ArrayList<>();
        for (String group : groups) {
            SurvivalEstimate curve = curves.fit(Objects.requireNonNull(tables.get(group)));
            PointEstimate mean = curve.restrictedMean(tau);
            means.add(mean);
            draft.group(new TestResult.GroupCount(
                    group, curve.rows(), curve.eventsUpTo(tau), OptionalDouble.empty(), Optional.of(mean)));
        }
        Map<String, String> conventions = new LinkedHashMap<>();
        conventions.put("tau", String.valueOf(tau));
        conventions.put("level", String.valueOf(level));
        conventions.put("variance", "greenwood");
        conventions.put("tieTolerance", String.valueOf(tieRule.tolerance()));
        if (pairs != LogRankTest.Adjustment.NO_PAIRS) {
            conventions.put("pairs", pairs.label());
        }
        return overall(draft.conventions(conventions), groups, means)
                .contrasts(contrasts(groups, means))
                .result();
    }

    private TestResult.Draft overall(TestResult.Draft draft, List<String> groups, List<PointEstimate> means) {
        double[] mean = new double[groups.size()];
        double[] variance = new double[groups.size()];
        List<String> absent = new ArrayList<>();
        List<String> fixed = new ArrayList<>();
        for (int g = 0; g < mean.length; g++) {
            if (!means.get(g).isEstimable()) {
                absent.add("group " + groups.get(g) + ": " + means.get(g).reason());
                continue;
            }
            mean[g] = means.get(g).estimate() / tau;
            variance[g] = variance(means.get(g));
            if (variance[g] == 0) {
                fixed.add(groups.get(g));
            }
        }
        if (!absent.isEmpty()) {
            return draft.absent(String.join("; ", absent));
        }
        if (fixed.size() > 1) {
            return draft.absent("the restricted means of groups " + fixed + " have no variance up to " + tau);
        }
        return draft.chiSquare(Wald.equality(mean, variance), "there is one group");
    }

    /** As a share of tau, since the square of a huge or tiny time leaves the range of doubles. */
    private double variance(PointEstimate mean) {
        double error = mean.standardError().orElse(0) / tau;
        return error * error;
    }

    private Comparisons contrasts(List<String> groups, List<PointEstimate> means) {
        Comparisons found = new Comparisons();
        for (int[] two : Wald.comparisons(groups.size(), pairs)) {
            String group = groups.get(two[0]);
            String against = groups.get(two[1]);
            PointEstimate a = means.get(two[0]);
            PointEstimate b = means.get(two[1]);
            if (!a.isEstimable() || !b.isEstimable() || variance(a) + variance(b) == 0) {
                found.missing(group + " against " + against);
                continue;
            }
            difference(found, group, against, "difference", a.estimate() - b.estimate(), a, b);
            ratio(found, group, against, "ratio", a.estimate(), b.estimate(), a, b);
            difference(found, group, against, "time-lost difference", b.estimate() - a.estimate(), a, b);
            ratio(found, group, against, "time-lost ratio", tau - a.estimate(), tau - b.estimate(), a, b);
        }
        return Wald.adjusted(found, pairs);
    }

    private void difference(
            Comparisons found,
            String group,
            String against,
            String measure,
            double difference,
            PointEstimate a,
            PointEstimate b) {
        double error = tau * Math.sqrt(variance(a) + variance(b));
        double half = ConfidenceType.normalQuantile(level) * error;
        found.add(
                group,
                against,
                measure,
                OptionalDouble.of(difference),
                Interval.of(difference - half, difference + half, level),
                difference / error);
    }

    private void ratio(
            Comparisons found,
            String group,
            String against,
            String measure,
            double top,
            double bottom,
            PointEstimate a,
            PointEstimate b) {
        if (!(top > 0 && bottom > 0)) {
            found.missing(group + " against " + against + " (" + measure + ")");
            return;
        }
        double log = Math.log(top / bottom);
        double error =
                Math.hypot(a.standardError().orElse(0) / top, b.standardError().orElse(0) / bottom);
        double half = ConfidenceType.normalQuantile(level) * error;
        found.add(
                group,
                against,
                measure,
                OptionalDouble.of(top / bottom),
                Interval.of(Math.exp(log - half), Math.exp(log + half), level),
                log / error);
    }
}
