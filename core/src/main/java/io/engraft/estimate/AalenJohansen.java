package io.engraft.estimate;

import io.engraft.curve.ConfidenceType;
import io.engraft.curve.Profile;
import io.engraft.data.EventTable;
import io.engraft.data.SurvivalData;
import io.engraft.data.TieRule;

/**
 * The Aalen-Johansen estimate of the cumulative incidence of competing causes. With d_k(s) events of cause k among n(s)
 * at risk at time s, and S the Kaplan-Meier estimate for an event of any cause,
 *
 * <pre>
 *   F_k(t) = sum over s &lt;= t of S(s-) d_k(s) / n(s),       S(t) + sum over k of F_k(t) = 1
 * </pre>
 *
 * <p>The variance is that of the delta method with multinomial increments (Dinse and Larson; the Greenwood-type
 * estimator, which without delayed entry equals the infinitesimal jackknife), updated from time to time in constant
 * work, so that the cost is linear in the rows; two others are at hand ({@link IncidenceVariance}), and sampling weights,
 * clusters and ids with several rows make the variance robust. Intervals act on F itself, log-log by default: F^exp(&#177; z se /
 * (F log F)). It is never 1 - KM, which overstates the incidence by treating competing events as censored.
 *
 * <ol>
 *   <li>O. Aalen, S. Johansen (1978). An empirical transition matrix for non-homogeneous Markov chains based on censored
 *       observations. Scandinavian Journal of Statistics 5, 141-150.
 *   <li>G. E. Dinse, M. G. Larson (1986). A note on semi-Markov models for partially censored data. Biometrika 73,
 *       379-386.
 * </ol>
 */
public final class AalenJohansen {

    private final KaplanMeier.Settings settings;

    private AalenJohansen(KaplanMeier.Settings settings) {
        this.settings = settings;
    }

    /**
     * The procedure with Engraft's conventions: 95 % log-log intervals of F, ties within 1e-8 relative.
     *
     * @return the procedure
     */
    public static AalenJohansen withDefaults() {
        return new AalenJohansen(KaplanMeier.Settings.DEFAULT);
    }

    /**
     * Another level of intervals.
     *
     * @param level strictly between 0 and 1
     * @return the changed procedure
     */
    public AalenJohansen withLevel(double level) {
        return new AalenJohansen(settings.withLevel(level));
    }

    /**
     * Another scale of intervals.
     *
     * @param type the scale
     * @return the changed procedure
     */
    public AalenJohansen withConfidenceType(ConfidenceType type) {
        return new AalenJohansen(settings.withConfidenceType(type));
    }

    /**
     * Another system's conventions, its interval type included.
     *
     * @param profile the profile
     * @return the changed procedure
     */
    public AalenJohansen withProfile(Profile profile) {
        return new AalenJohansen(settings.withProfile(profile));
    }

    /**
     * Another rule for ties.
     *
     * @param rule the rule
     * @return the changed procedure
     */
    public AalenJohansen withTieRule(TieRule rule) {
        return new AalenJohansen(settings.withTieRule(rule));
    }

    /**
     * The incidences conditional on being free of any event at a time: (F(t) - F(start)) / S(start).
     *
     * @param start the time, &gt;= 0; 0 for the unconditional curves
     * @return the changed procedure
     */
    public AalenJohansen withStart(double start) {
        return new AalenJohansen(settings.withStart(start));
    }

    /**
     * Another estimate of the variance. The joint covariance and the mean time lost keep the delta method.
     *
     * @param variance the estimate
     * @return the changed procedure
     */
    public AalenJohansen withVariance(IncidenceVariance variance) {
        return new AalenJohansen(settings.withIncidence(variance));
    }

    /**
     * The robust variance even where neither sampling weights nor clusters ask for it: the infinitesimal jackknife, as
     * {@link KaplanMeier#withRobustVariance()}.
     *
     * @return the changed procedure
     */
    public AalenJohansen withRobustVariance() {
        return new AalenJohansen(settings.withRobust());
    }

    /**
     * One estimate a group. With sampling weights, clusters, or an id with several rows the variance is robust.
     *
     * @param data follow-up
     * @return the estimates, in level order; the one group "all" without a group column
     * @throws io.engraft.InvalidArgumentException when the variance must be robust and another than
     *     {@link IncidenceVariance#DELTA} was asked for, or the one asked for cannot be had for such data
     */
    public Grouped<IncidenceEstimate> fit(SurvivalData data) {
        return Grouped.of(settings.read(data), sets -> new IncidenceEstimate(sets, settings));
    }

    /**
     * The estimate of one table. With sampling weights the variance is robust.
     *
     * @param table counts
     * @return the estimate
     * @throws io.engraft.InvalidArgumentException when the variance must be robust and rows enter late, which takes the
     *     rows themselves, or another than {@link IncidenceVariance#DELTA} was asked for, or the one asked for cannot be
     *     had for such data
     */
    public IncidenceEstimate fit(EventTable table) {
        return new IncidenceEstimate(settings.read(table), settings);
    }

    /**
     * The estimate of plain follow-up, without an intermediate copy: the fast path.
     *
     * @param time follow-up times, each finite and &gt;= 0
     * @param status 0 for censored, 1 to K for events
     * @return the estimate, its causes labelled "1" to "K"
     */
    public IncidenceEstimate fit(double[] time, int[] status) {
        // Not by way of the table's own fit, which would hold the table while the curve is made.
        return new IncidenceEstimate(settings.read(EventTable.of(time, status)), settings);
    }
}
