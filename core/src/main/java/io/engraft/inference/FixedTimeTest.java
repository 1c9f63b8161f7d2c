package io.engraft.inference;

import io.engraft.CheckReturnValue;
import io.engraft.InvalidArgumentException;
import io.engraft.curve.ConfidenceType;
import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.data.EventTable;
import io.engraft.data.SurvivalData;
import io.engraft.data.TieRule;
import io.engraft.estimate.AalenJohansen;
import io.engraft.estimate.IncidenceEstimate;
import io.engraft.estimate.KaplanMeier;
import io.engraft.estimate.SurvivalEstimate;
import io.engraft.internal.Brief;
import io.engraft.internal.CauseChoice;
import io.engraft.internal.Require;
import io.engraft.internal.csv.NumberText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Compares survival, or the cumulative incidence of a cause, at one time that was chosen beforehand. With p_g the
 * Kaplan-Meier or Aalen-Johansen estimate of group g at the time, s_g its standard error (Greenwood's, or of the delta
 * method), and f the transformation,
 *
 * <pre>
 *   chi-square = sum of (f(p_g) - m)^2 / v_g,   v_g = (f'(p_g) s_g)^2,   m the mean of the f(p_g) weighted by 1 / v_g
 * </pre>
 *
 * <p>with K - 1 degrees of freedom. With sampling weights, clusters, or an id with several rows the s are robust; and
 * where clusters have rows in several groups, their influences on the p give covariances too: the chi-square is then the
 * quadratic form of the differences of the f(p) with their whole covariance matrix. Where the clusters leave a difference
 * no variance it is named as not estimable.
 *
 * <p>f is log(-log p) by default, which of those that Klein et al. compare holds its level
 * well. Contrasts hold each group against the first in level order, or with {@link #withPairs} each later against each
 * earlier one: the estimate is the difference of the p; z and its p-value are those of f, signed as the difference; and the
 * interval holds the differences that the comparison of the f does not reject, so that it leaves out 0 exactly where the
 * p-value is below 1 less the level. A group whose p is 0 or 1, or whose follow-up ends before the time, cannot be compared.
 *
 * <p>J. P. Klein, B. Logan, M. Harhoff, P. K. Andersen (2007). Analyzing survival curves at a fixed point in time.
 * Statistics in Medicine 26, 4505-4519.
 */
@CheckReturnValue
public final class FixedTimeTest {

    private final double time;
    private final @Nullable CauseChoice cause;
    private final ConfidenceType scale;
    private final double level;
    private final TieRule tieRule;
    private final PairwiseAdjustment pairs;
    private final boolean robust;

    private FixedTimeTest(
            double time,
            @Nullable CauseChoice cause,
            ConfidenceType scale,
            double level,
            TieRule tieRule,
            PairwiseAdjustment pairs,
            boolean robust) {
        this.time = time;
        this.cause = cause;
        this.scale = scale;
        this.level = level;
        this.tieRule = tieRule;
        this.pairs = pairs;
        this.robust = robust;
    }

    /**
     * The test of survival at a time: log(-log) scale, 95 % intervals, ties within 1e-8 relative, each group against the
     * first.
     *
     * @param time the time, &gt; 0, in the unit of the data
     * @return the procedure
     */
    public static FixedTimeTest forTime(double time) {
        return new FixedTimeTest(
                Require.positive("time", time),
                null,
                ConfidenceType.LOG_LOG,
                0.95,
                TieRule.DEFAULT,
                PairwiseAdjustment.NO_PAIRS,
                false);
    }

    /**
     * Compares the cumulative incidence of a cause instead of survival.
     *
     * @param code the cause's status code, from 1
     * @return the changed procedure
     */
    public FixedTimeTest withCause(int code) {
        return new FixedTimeTest(time, CauseChoice.of(code), scale, level, tieRule, pairs, robust);
    }

    /**
     * Compares the cumulative incidence of a cause instead of survival.
     *
     * @param label the cause's label in the data
     * @return the changed procedure
     */
    public FixedTimeTest withCause(String label) {
        return new FixedTimeTest(time, CauseChoice.of(label), scale, level, tieRule, pairs, robust);
    }

    /**
     * Another transformation.
     *
     * @param value the scale
     * @return the changed procedure
     */
    public FixedTimeTest withScale(ConfidenceType value) {
        return new FixedTimeTest(time, cause, value, level, tieRule, pairs, robust);
    }

    /**
     * Another level of intervals.
     *
     * @param value strictly between 0 and 1
     * @return the changed procedure
     */
    public FixedTimeTest withLevel(double value) {
        return new FixedTimeTest(time, cause, scale, Require.properFraction("level", value), tieRule, pairs, robust);
    }

    /**
     * Another rule for ties.
     *
     * @param rule the rule
     * @return the changed procedure
     */
    public FixedTimeTest withTieRule(TieRule rule) {
        return new FixedTimeTest(time, cause, scale, level, rule, pairs, robust);
    }

    /**
     * Compares every pair of groups.
     *
     * @param adjustment how their p-values are adjusted; the intervals are not
     * @return the changed procedure
     */
    public FixedTimeTest withPairs(PairwiseAdjustment adjustment) {
        return new FixedTimeTest(time, cause, scale, level, tieRule, adjustment, robust);
    }

    /**
     * The robust variance even where neither sampling weights nor clusters ask for it: see
     * {@link KaplanMeier#withRobustVariance()}.
     *
     * @return the changed procedure
     */
    public FixedTimeTest withRobustVariance() {
        return new FixedTimeTest(time, cause, scale, level, tieRule, pairs, true);
    }

    /**
     * Compares the groups of some data. With sampling weights, clusters, or an id with several rows the variances are
     * robust.
     *
     * @param data follow-up with a group column and without strata; late entry and weights are allowed
     * @return the result
     * @throws InvalidArgumentException when there is no group column, it has one level, there are strata, or there is no
     *     such cause
     */
    public TestResult test(SurvivalData data) {
        Samples.requireUnstratified(data, "test at a fixed time");
        TestResult result = cause == null
                ? survival(curves().fit(data).asMap())
                : incidence(incidences().fit(data).asMap(), cause);
        return result.withWarningsOf(data);
    }

    /**
     * Compares groups given as event tables, for example merged over centres. With sampling weights the variances are
     * robust.
     *
     * @param groups one table a group, in level order
     * @return the result
     * @throws InvalidArgumentException when there are fewer than two groups, there is no such cause, or a variance must be
     *     robust and rows enter late, which takes the rows themselves
     */
    public TestResult test(Map<String, EventTable> groups) {
        Map<String, EventTable> tables =
                Samples.of(groups).joined(tieRule).strata().get(0);
        if (cause == null) {
            Map<String, SurvivalEstimate> fits = new LinkedHashMap<>();
            tables.forEach((group, table) -> fits.put(group, curves().fit(table)));
            return survival(fits);
        }
        Map<String, IncidenceEstimate> fits = new LinkedHashMap<>();
        tables.forEach((group, table) -> fits.put(group, incidences().fit(table)));
        return incidence(fits, cause);
    }

    private KaplanMeier curves() {
        KaplanMeier curves = KaplanMeier.withDefaults().withTieRule(tieRule).withLevel(level);
        return robust ? curves.withRobustVariance() : curves;
    }

    private AalenJohansen incidences() {
        AalenJohansen curves = AalenJohansen.withDefaults().withTieRule(tieRule).withLevel(level);
        return robust ? curves.withRobustVariance() : curves;
    }

    private TestResult survival(Map<String, SurvivalEstimate> fits) {
        List<SurvivalEstimate> curves = List.copyOf(fits.values());
        List<TestResult.GroupCount> counts = new ArrayList<>();
        fits.forEach((group, curve) -> counts.add(new TestResult.GroupCount(
                group,
                curve.rows(),
                curve.eventsUpTo(time),
                OptionalDouble.empty(),
                Optional.of(curve.survivalAt(time)))));
        return compare(
                new TestResult.Draft("fixed-time"),
                counts,
                conventions(
                        "survival",
                        curves.stream().map(SurvivalEstimate::conventions).toList()),
                (g, h) -> curves.get(g).survivalCovariance(curves.get(h), time),
                Wald.clusterWarnings(fits));
    }

    private TestResult incidence(Map<String, IncidenceEstimate> fits, CauseChoice chosen) {
        List<IncidenceEstimate> curves = List.copyOf(fits.values());
        List<String> causes =
                Samples.causes(curves.stream().map(IncidenceEstimate::causes).toList());
        String label = chosen.labelAmong(causes);
        List<TestResult.GroupCount> counts = new ArrayList<>();
        fits.forEach((group, curve) -> counts.add(incidence(group, curve, label)));
        return compare(
                new TestResult.Draft("fixed-time").cause(label),
                counts,
                conventions(
                        "cumulative incidence of cause " + label,
                        curves.stream().map(IncidenceEstimate::conventions).toList()),
                (g, h) -> covariance(curves.get(g), curves.get(h), label),
                Wald.clusterWarnings(fits));
    }

    private TestResult.GroupCount incidence(String group, IncidenceEstimate curves, String label) {
        boolean known = curves.causes().contains(label);
        PointEstimate estimate = known
                ? curves.incidence(label).incidenceAt(time)
                : PointEstimate.of(0, 0, Interval.notEstimable(level, "no event of the cause"));
        double events = known ? curves.incidence(label).at(time).get(0).events() : 0;
        return new TestResult.GroupCount(group, curves.rows(), events, OptionalDouble.empty(), Optional.of(estimate));
    }

    /** A table may know fewer causes than another; what never happens does not vary. */
    private OptionalDouble covariance(IncidenceEstimate some, IncidenceEstimate other, String label) {
        return some.causes().contains(label) && other.causes().contains(label)
                ? some.incidence(label).incidenceCovariance(other.incidence(label), time)
                : OptionalDouble.of(0);
    }

    private TestResult compare(
            TestResult.Draft draft,
            List<TestResult.GroupCount> counts,
            Map<String, String> conventions,
            Wald.Shared covariance,
            List<String> warnings) {
        counts.forEach(draft::group);
        draft.conventions(conventions);
        List<String> groups = counts.stream().map(TestResult.GroupCount::group).toList();
        List<PointEstimate> estimates =
                counts.stream().map(count -> count.estimate().orElseThrow()).toList();
        double[][] shared = Wald.shared(groups.size(), covariance);
        overall(draft, groups, estimates, shared);
        return draft.contrasts(contrasts(groups, estimates, shared))
                .warnings(warnings)
                .result();
    }

    private Map<String, String> conventions(String estimate, List<Map<String, String>> fits) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("time", String.valueOf(time));
        all.put("estimate", estimate);
        all.put("scale", scale.label());
        Wald.putVariance(all, fits);
        all.put("interval", "of the difference, on the scale of z and p");
        all.put("level", String.valueOf(level));
        all.put("tieTolerance", String.valueOf(tieRule.tolerance()));
        if (pairs != PairwiseAdjustment.NO_PAIRS) {
            all.put("pairs", pairs.label());
        }
        return all;
    }

    private void overall(
            TestResult.Draft draft, List<String> groups, List<PointEstimate> estimates, double[][] shared) {
        int k = groups.size();
        List<String> absent = new ArrayList<>();
        double[] value = new double[k];
        double[] derivative = new double[k];
        double[][] covariance = new double[k][k];
        for (int g = 0; g < k; g++) {
            PointEstimate p = estimates.get(g);
            if (isInside(p)) {
                value[g] = TransformedDifference.scaled(scale, p.estimate());
                derivative[g] = TransformedDifference.slope(scale, p.estimate());
                double error = derivative[g] * p.standardError().orElseThrow();
                covariance[g][g] = error * error;
                for (int h = 0; h < g; h++) {
                    covariance[g][h] = derivative[g] * derivative[h] * shared[g][h];
                    covariance[h][g] = covariance[g][h];
                }
            } else {
                absent.add("group " + groups.get(g) + ": "
                        + (p.isEstimable()
                                ? "the estimate at " + NumberText.format(time) + " is "
                                        + NumberText.format(p.estimate())
                                : p.reason()));
            }
        }
        if (absent.isEmpty()) {
            Wald.overall(draft, value, covariance);
        } else {
            draft.absent(String.join("; ", absent));
        }
    }

    private static boolean isInside(PointEstimate p) {
        return p.isEstimable()
                && p.estimate() > 0
                && p.estimate() < 1
                && p.standardError().orElse(0) > 0;
    }

    private Comparisons contrasts(List<String> groups, List<PointEstimate> estimates, double[][] shared) {
        Comparisons found = new Comparisons();
        for (int[] two : Wald.comparisons(groups.size(), pairs)) {
            PointEstimate a = estimates.get(two[0]);
            PointEstimate b = estimates.get(two[1]);
            String group = groups.get(two[0]);
            String against = groups.get(two[1]);
            if (!isInside(a) || !isInside(b)) {
                found.missing(group + " against " + against);
                continue;
            }
            double covariance = shared[two[0]][two[1]];
            double errorA = a.standardError().orElseThrow();
            double errorB = b.standardError().orElseThrow();
            TransformedDifference difference =
                    new TransformedDifference(scale, a.estimate(), b.estimate(), errorA, errorB, covariance);
            if (!difference.varies(errorA, errorB, covariance)) {
                found.missing(group + " against " + against);
                continue;
            }
            found.add(
                    group,
                    against,
                    "difference",
                    OptionalDouble.of(a.estimate() - b.estimate()),
                    difference.interval(level),
                    difference.z());
        }
        return Wald.adjusted(found, pairs);
    }

    @Override
    public String toString() {
        return "test of " + (cause == null ? "survival" : "the cumulative incidence of " + cause) + " at "
                + Brief.number(time) + ", scale " + scale.label();
    }
}
