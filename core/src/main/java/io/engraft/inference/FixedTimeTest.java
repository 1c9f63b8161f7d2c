package io.engraft.inference;

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
import io.engraft.internal.Require;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Compares survival, or the cumulative incidence of a cause, at one time that was chosen beforehand. With p_g the
 * Kaplan-Meier or Aalen-Johansen estimate of group g at the time, s_g its standard error (Greenwood's, or of the delta
 * method), and f the transformation,
 *
 * <pre>
 *   chi-square = sum of (f(p_g) - m)^2 / v_g,   v_g = (f'(p_g) s_g)^2,   m the mean of the f(p_g) weighted by 1 / v_g
 * </pre>
 *
 * <p>with K - 1 degrees of freedom. f is log(-log p) by default, which of those that Klein et al. compare holds its level
 * well. Contrasts hold each group against the first in level order, or with {@link #withPairs} each later against each
 * earlier one: the estimate is the difference of the p with a plain interval, z and its p-value are those of f, signed as
 * the difference. A group whose p is 0 or 1, or whose follow-up ends before the time, cannot be compared.
 *
 * <p>J. P. Klein, B. Logan, M. Harhoff, P. K. Andersen (2007). Analyzing survival curves at a fixed point in time.
 * Statistics in Medicine 26, 4505-4519.
 */
public final class FixedTimeTest {

    private final double time;
    private final int cause;
    private final ConfidenceType scale;
    private final double level;
    private final TieRule tieRule;
    private final LogRankTest.Adjustment pairs;

    private FixedTimeTest(
            double time, int cause, ConfidenceType scale, double level, TieRule tieRule, LogRankTest.Adjustment pairs) {
        this.time = time;
        this.cause = cause;
        this.scale = scale;
        this.level = level;
        this.tieRule = tieRule;
        this.pairs = pairs;
    }

    /**
     * The test of survival at a time: log(-log) scale, 95 % intervals, ties within 1e-8 relative, each group against the
     * first.
     *
     * @param time the time, &gt; 0, in the unit of the data
     * @return the procedure
     */
    public static FixedTimeTest at(double time) {
        return new FixedTimeTest(
                Require.positive("time", time),
                0,
                ConfidenceType.LOG_LOG,
                0.95,
                TieRule.DEFAULT,
                LogRankTest.Adjustment.NO_PAIRS);
    }

    /**
     * Compares the cumulative incidence of a cause instead of survival.
     *
     * @param code the cause's status code, from 1
     * @return the changed procedure
     */
    public FixedTimeTest withCause(int code) {
        return new FixedTimeTest(time, Require.atLeast("cause", code, 1), scale, level, tieRule, pairs);
    }

    /**
     * Another transformation.
     *
     * @param value the scale
     * @return the changed procedure
     */
    public FixedTimeTest withScale(ConfidenceType value) {
        return new FixedTimeTest(time, cause, value, level, tieRule, pairs);
    }

    /**
     * Another level of intervals.
     *
     * @param value strictly between 0 and 1
     * @return the changed procedure
     */
    public FixedTimeTest withLevel(double value) {
        return new FixedTimeTest(time, cause, scale, Require.properFraction("level", value), tieRule, pairs);
    }

    /**
     * Another rule for ties.
     *
     * @param rule the rule
     * @return the changed procedure
     */
    public FixedTimeTest withTieRule(TieRule rule) {
        return new FixedTimeTest(time, cause, scale, level, rule, pairs);
    }

    /**
     * Compares every pair of groups.
     *
     * @param adjustment how their p-values are adjusted; the intervals are not
     * @return the changed procedure
     */
    public FixedTimeTest withPairs(LogRankTest.Adjustment adjustment) {
        return new FixedTimeTest(time, cause, scale, level, tieRule, adjustment);
    }

    /**
     * Compares the groups of some data.
     *
     * @param data follow-up with a group column and without strata; late entry and frequency weights are allowed
     * @return the result
     * @throws InvalidArgumentException when there is no group column, it has one level, there are strata, or there is no
     *     such cause
     */
    public TestResult test(SurvivalData data) {
        return test(Samples.unstratified(data, "test at a fixed time"));
    }

    /**
     * Compares groups given as event tables, for example merged over centres.
     *
     * @param groups one table a group, in level order
     * @return the result
     * @throws InvalidArgumentException when there are fewer than two groups, or there is no such cause
     */
    public TestResult test(Map<String, EventTable> groups) {
        return test(Samples.of(groups));
    }

    private TestResult test(Samples read) {
        List<String> groups = read.groups();
        String label = cause == 0 ? "" : read.causes().get(read.requireCause(cause, null) - 1);
        Map<String, EventTable> tables = read.joined(tieRule).strata().get(0);
        TestResult.Draft draft = new TestResult.Draft("fixed-time");
        List<PointEstimate> estimates = new ArrayList<>();
        for (String group : groups) {
            EventTable table = Objects.requireNonNull(tables.get(group));
            TestResult.GroupCount count = cause == 0 ? survival(group, table) : incidence(group, table, label);
            estimates.add(count.estimate().orElseThrow());
            draft.group(count);
        }
        draft.conventions(conventions(label));
        overall(draft, groups, estimates);
        return draft.contrasts(contrasts(groups, estimates)).result();
    }

    private TestResult.GroupCount survival(String group, EventTable table) {
        SurvivalEstimate curve =
                KaplanMeier.withDefaults().withTieRule(tieRule).withLevel(level).fit(table);
        return new TestResult.GroupCount(
                group,
                table.rows(),
                curve.eventsUpTo(time),
                OptionalDouble.empty(),
                Optional.of(curve.survivalAt(time)));
    }

    private TestResult.GroupCount incidence(String group, EventTable table, String label) {
        IncidenceEstimate curves = AalenJohansen.withDefaults()
                .withTieRule(tieRule)
                .withLevel(level)
                .fit(table);
        boolean known = curves.causes().contains(label);
        PointEstimate estimate = known
                ? curves.incidence(label).incidenceAt(time)
                : PointEstimate.of(0, 0, Interval.notEstimable(level, "no event of the cause"));
        double events = known ? curves.incidence(label).at(time).get(0).events() : 0;
        return new TestResult.GroupCount(group, table.rows(), events, OptionalDouble.empty(), Optional.of(estimate));
    }

    private Map<String, String> conventions(String label) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("time", String.valueOf(time));
        all.put("estimate", cause == 0 ? "survival" : "cumulative incidence of cause " + label);
        all.put("scale", scale.label());
        all.put("variance", cause == 0 ? "greenwood" : "delta");
        all.put("interval", "plain, of the difference");
        all.put("level", String.valueOf(level));
        all.put("tieTolerance", String.valueOf(tieRule.tolerance()));
        if (pairs != LogRankTest.Adjustment.NO_PAIRS) {
            all.put("pairs", pairs.label());
        }
        return all;
    }

    private void overall(TestResult.Draft draft, List<String> groups, List<PointEstimate> estimates) {
        List<String> absent = new ArrayList<>();
        double[] value = new double[groups.size()];
        double[] variance = new double[groups.size()];
        for (int g = 0; g < value.length; g++) {
            PointEstimate p = estimates.get(g);
            if (isInside(p)) {
                value[g] = scaled(p.estimate());
                double error = slope(p.estimate()) * p.standardError().orElseThrow();
                variance[g] = error * error;
            } else {
                absent.add("group " + groups.get(g) + ": "
                        + (p.isEstimable() ? "the estimate at " + time + " is " + p.estimate() : p.reason()));
            }
        }
        if (absent.isEmpty()) {
            draft.chiSquare(Wald.equality(value, variance), "there is one group");
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

    private Comparisons contrasts(List<String> groups, List<PointEstimate> estimates) {
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
            double errorA = a.standardError().orElseThrow();
            double errorB = b.standardError().orElseThrow();
            double difference = a.estimate() - b.estimate();
            double half = ConfidenceType.normalQuantile(level) * Math.hypot(errorA, errorB);
            double apart = scaled(a.estimate()) - scaled(b.estimate());
            double error = Math.hypot(slope(a.estimate()) * errorA, slope(b.estimate()) * errorB);
            double z = Math.copySign(apart / error, difference);
            found.add(
                    group,
                    against,
                    "difference",
                    OptionalDouble.of(difference),
                    Interval.of(difference - half, difference + half, level),
                    z);
        }
        return Wald.adjusted(found, pairs);
    }

    private double scaled(double p) {
        return switch (scale) {
            case PLAIN -> p;
            case LOG -> Math.log(p);
            case LOG_LOG -> Math.log(-Math.log(p));
            case LOGIT -> Math.log(p) - Math.log1p(-p);
            case ARCSIN -> Math.asin(Math.sqrt(p));
        };
    }

    /** The derivative of the transformation, up to its sign. */
    private double slope(double p) {
        return switch (scale) {
            case PLAIN -> 1;
            case LOG -> 1 / p;
            case LOG_LOG -> -1 / (p * Math.log(p));
            case LOGIT -> 1 / (p * (1 - p));
            case ARCSIN -> 1 / (2 * Math.sqrt(p * (1 - p)));
        };
    }
}
