package io.engraft.estimate;

import io.engraft.CheckReturnValue;
import io.engraft.curve.ConfidenceType;
import io.engraft.data.EventTable;
import io.engraft.data.Grouped;
import io.engraft.data.SurvivalData;
import io.engraft.data.TieRule;
import io.engraft.estimate.internal.RiskSets;
import io.engraft.internal.Brief;
import java.util.Map;

/**
 * The Nelson-Aalen estimate of the cumulative hazard. With d(s) events among n(s) at risk at time s,
 *
 * <pre>
 *   H(t) = sum over s &lt;= t of d(s) / n(s),
 *   var H(t) = sum over s &lt;= t of d(s) / n(s)^2
 * </pre>
 *
 * <p>Intervals are on the log scale, H exp(&#177; z se / H). Every status code of 1 or more is an event; take
 * {@link EventTable#causeSpecific} for one cause alone.
 *
 * <p>O. Aalen (1978). Nonparametric inference for a family of counting processes. Annals of Statistics 6, 701-726.
 */
@CheckReturnValue
public final class NelsonAalen {

    private final CurveSettings settings;

    private NelsonAalen(CurveSettings settings) {
        this.settings = settings;
    }

    /**
     * The procedure with 95 % intervals and ties within 1e-8 relative.
     *
     * @return the procedure
     */
    public static NelsonAalen withDefaults() {
        return new NelsonAalen(CurveSettings.DEFAULT);
    }

    /**
     * Another level of intervals.
     *
     * @param level strictly between 0 and 1
     * @return the changed procedure
     */
    public NelsonAalen withLevel(double level) {
        return new NelsonAalen(settings.withLevel(level));
    }

    /**
     * Another rule for ties.
     *
     * @param rule the rule
     * @return the changed procedure
     */
    public NelsonAalen withTieRule(TieRule rule) {
        return new NelsonAalen(settings.withTieRule(rule));
    }

    /**
     * The robust variance even where neither sampling weights nor clusters ask for it, as
     * {@link KaplanMeier#withRobustVariance()}.
     *
     * @return the changed procedure
     */
    public NelsonAalen withRobustVariance() {
        return new NelsonAalen(settings.withRobust());
    }

    /**
     * One curve a group. With sampling weights, clusters, or an id with several rows the variance is robust.
     *
     * @param data follow-up
     * @return the curves, in level order; the one group "all" without a group column
     */
    public Grouped<HazardEstimate> fit(SurvivalData data) {
        return Grouped.of(settings.read(data), sets -> read(sets, settings));
    }

    /**
     * The curve of one table. With sampling weights the variance is robust.
     *
     * @param table counts
     * @return the curve
     * @throws io.engraft.InvalidArgumentException when the variance must be robust and rows enter late, which takes the
     *     rows themselves
     */
    public HazardEstimate fit(EventTable table) {
        return read(settings.read(table), settings);
    }

    /**
     * The curve of plain follow-up.
     *
     * @param time follow-up times, each finite and &gt;= 0
     * @param status 0 for censored, 1 or more for events
     * @return the curve
     */
    public HazardEstimate fit(double[] time, int[] status) {
        return fit(EventTable.of(time, status));
    }

    static HazardEstimate read(RiskSets sets, CurveSettings settings) {
        // The hazard beside a Kaplan-Meier curve is Nelson-Aalen's, whose survival is Breslow's.
        SurvivalEstimator estimator = settings.estimator() == SurvivalEstimator.FLEMING_HARRINGTON
                ? SurvivalEstimator.FLEMING_HARRINGTON
                : SurvivalEstimator.BRESLOW;
        return new HazardEstimate(sets, settings.level(), conventions(sets, settings, estimator), estimator);
    }

    private static Map<String, String> conventions(RiskSets sets, CurveSettings settings, SurvivalEstimator estimator) {
        return settings.withConfidenceType(ConfidenceType.LOG).conventions(estimator.variance(), sets);
    }

    @Override
    public String toString() {
        return "NelsonAalen, level " + Brief.number(settings.level());
    }
}
