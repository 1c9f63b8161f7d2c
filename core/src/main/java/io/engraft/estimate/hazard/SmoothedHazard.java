package io.engraft.estimate.hazard;

import io.engraft.CheckReturnValue;
import io.engraft.InvalidArgumentException;
import io.engraft.NotEstimableException;
import io.engraft.data.Clusters;
import io.engraft.data.EventTable;
import io.engraft.data.Grouped;
import io.engraft.data.SurvivalData;
import io.engraft.data.TieRule;
import io.engraft.estimate.internal.RiskSets;
import io.engraft.internal.Brief;
import io.engraft.internal.Require;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The hazard rate, smoothed from the steps of the Nelson-Aalen estimate with a kernel K of bandwidth b:
 *
 * <pre>
 *   h(t) = sum over event times s of K((t - s) / b) d(s) / n(s) / b,
 *   var h(t) = sum of (K((t - s) / b) / b)^2 d(s) / n(s)^2
 * </pre>
 *
 * <p>for 0 &lt;= t &lt;= the last event time, in events per unit of time. Where the kernel reaches beyond either end it is
 * replaced by K(x) (c0 + c1 x) on the part that is left, with c0 and c1 such that its integral is 1 and its mean 0
 * (Gasser and Mueller); that kernel can be negative in places, and an estimate below 0 is given as 0. The interval is on
 * the log scale, h exp(&#177; z se / h), for h smoothed: it does not account for the bias of smoothing.
 *
 * <p>The bandwidth is given, or chosen among given ones by least-squares cross-validation: the one with the smallest
 * integral of h^2 over [0, last event time] (trapezoids, 400 of equal width) less twice the sum over event times s of
 * h(s) without the step at s, times that step, which estimates the integrated squared error but for a constant.
 *
 * <ol>
 *   <li>H. Ramlau-Hansen (1983). Smoothing counting process intensities by means of kernel functions. Annals of
 *       Statistics 11, 453-466.
 *   <li>T. Gasser, H.-G. Mueller (1979). Kernel estimation of regression functions. In: Smoothing techniques for curve
 *       estimation, Lecture Notes in Mathematics 757, 23-68. Springer.
 *   <li>J. P. Klein, M. L. Moeschberger (2003). Survival Analysis, 2nd edition, section 6.2. Springer.
 * </ol>
 */
@CheckReturnValue
public final class SmoothedHazard {

    private static final int TRAPEZOIDS = 400;

    private final double[] bandwidths;
    private final SmoothingKernel kernel;
    private final double level;
    private final TieRule tieRule;

    private SmoothedHazard(double[] bandwidths, SmoothingKernel kernel, double level, TieRule tieRule) {
        this.bandwidths = bandwidths;
        this.kernel = kernel;
        this.level = level;
        this.tieRule = tieRule;
    }

    /**
     * Smoothing with one bandwidth, the Epanechnikov kernel and 95 % intervals.
     *
     * @param bandwidth half of the kernel's width, &gt; 0, in the unit of the times
     * @return the procedure
     */
    public static SmoothedHazard forBandwidth(double bandwidth) {
        return forBandwidths(bandwidth);
    }

    /**
     * Smoothing with the best of some bandwidths by cross-validation, the Epanechnikov kernel and 95 % intervals.
     *
     * @param candidates the bandwidths, each &gt; 0; of equally good ones the first is taken
     * @return the procedure
     */
    public static SmoothedHazard forBandwidths(double... candidates) {
        Require.atLeast("number of bandwidths", candidates.length, 1);
        for (double b : candidates) {
            Require.positive("bandwidth", b);
        }
        return new SmoothedHazard(candidates.clone(), SmoothingKernel.EPANECHNIKOV, 0.95, TieRule.DEFAULT);
    }

    /**
     * Another kernel.
     *
     * @param value the kernel
     * @return the changed procedure
     */
    public SmoothedHazard withKernel(SmoothingKernel value) {
        return new SmoothedHazard(bandwidths, value, level, tieRule);
    }

    /**
     * Another level of intervals.
     *
     * @param value strictly between 0 and 1
     * @return the changed procedure
     */
    public SmoothedHazard withLevel(double value) {
        return new SmoothedHazard(bandwidths, kernel, Require.properFraction("level", value), tieRule);
    }

    /**
     * Another rule for ties.
     *
     * @param rule the rule
     * @return the changed procedure
     */
    public SmoothedHazard withTieRule(TieRule rule) {
        return new SmoothedHazard(bandwidths, kernel, level, rule);
    }

    /**
     * One smoothed hazard a group.
     *
     * @param data follow-up, unweighted or with frequency weights, without clusters or several rows a patient
     * @return the estimates, in level order; the one group "all" without a group column
     * @throws InvalidArgumentException when there are clusters or several rows a patient
     * @throws NotEstimableException when a group has no events
     */
    public Grouped<SmoothedHazardEstimate> fit(SurvivalData data) {
        Clusters.of(data).requireRows("a smoothed hazard");
        Map<String, EventTable> tables = EventTable.byGroup(data);
        List<RiskSets> sets = RiskSets.of(List.copyOf(tables.values()), tieRule);
        Map<String, SmoothedHazardEstimate> found = new LinkedHashMap<>();
        for (String name : tables.keySet()) {
            found.put(name, smooth(name, sets.get(found.size())));
        }
        return Grouped.of(found, e -> e);
    }

    /**
     * The smoothed hazard of one table.
     *
     * @param table counts, unweighted or with frequency weights
     * @return the estimate
     * @throws NotEstimableException when it has no events
     */
    public SmoothedHazardEstimate fit(EventTable table) {
        return smooth("all", RiskSets.of(List.of(table), tieRule).get(0));
    }

    private SmoothedHazardEstimate smooth(String name, RiskSets sets) {
        double[] time = sets.eventTimes();
        if (time.length == 0 || !(time[time.length - 1] > 0)) {
            throw new NotEstimableException("group '" + name + "' has no events after time 0, and no hazard to smooth");
        }
        double[] step = new double[time.length];
        double[] variance = new double[time.length];
        for (int p = 0, j = 0; p < sets.size(); p++) {
            if (sets.events(p) > 0) {
                step[j] = sets.events(p) / sets.atRisk(p);
                variance[j] = step[j] / sets.atRisk(p);
                j++;
            }
        }
        double end = time[time.length - 1];
        SmoothedHazardEstimate best = null;
        double least = Double.POSITIVE_INFINITY;
        for (double b : bandwidths) {
            if (!(b <= end)) {
                throw InvalidArgumentException.of("bandwidth", b, "at most the last event time, which is " + end);
            }
            SmoothedHazardEstimate tried = new SmoothedHazardEstimate(kernel, b, level, time, step, variance);
            double score = bandwidths.length == 1 ? 0 : score(tried, time, step);
            if (score < least || best == null) {
                least = score;
                best = tried;
            }
        }
        if (best == null) {
            throw InvalidArgumentException.of("bandwidths", Arrays.toString(bandwidths), "at least one");
        }
        return best;
    }

    private static double score(SmoothedHazardEstimate tried, double[] time, double[] step) {
        double end = time[time.length - 1];
        double squares = 0;
        for (int i = 0; i <= TRAPEZOIDS; i++) {
            double h = tried.raw(end * i / TRAPEZOIDS);
            squares += h * h * (i == 0 || i == TRAPEZOIDS ? 0.5 : 1);
        }
        double cross = 0;
        for (int j = 0; j < time.length; j++) {
            cross += (tried.raw(time[j]) - tried.ownShare(j)) * step[j];
        }
        return squares * end / TRAPEZOIDS - 2 * cross;
    }

    @Override
    public String toString() {
        return "smoothed hazard, " + kernel.name().toLowerCase(Locale.ROOT) + " kernel, bandwidth "
                + (bandwidths.length == 1 ? "" : "by cross-validation of ") + Brief.numbers(bandwidths);
    }
}
