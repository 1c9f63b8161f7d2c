package io.engraft.estimate;

import io.engraft.CheckReturnValue;
import io.engraft.data.EventTable;
import io.engraft.estimate.internal.RiskSets;

/**
 * The Kaplan-Meier estimate of survival. With d(s) events among n(s) at risk at time s,
 *
 * <pre>
 *   S(t) = product over s &lt;= t of (1 - d(s) / n(s)),
 *   var S(t) = S(t)^2 sum over s &lt;= t of d(s) / (n(s) (n(s) - d(s)))      (Greenwood)
 * </pre>
 *
 * <p>Every status code of 1 or more is an event; take {@link EventTable#causeSpecific} for one cause alone. A row is at
 * risk on (entry, time], so a censoring at the time of an event is at risk for it. Frequency weights count as repeated
 * rows. Sampling weights, clusters and ids with several rows make the variance robust: see
 * {@link #withRobustVariance()}. Two other estimators are at hand: {@link SurvivalEstimator}. Cost: linear in the rows on
 * a grid of days, one sort otherwise.
 *
 * <ol>
 *   <li>E. L. Kaplan, P. Meier (1958). Nonparametric estimation from incomplete observations. Journal of the American
 *       Statistical Association 53, 457-481.
 *   <li>M. Greenwood (1926). The natural duration of cancer. Reports on Public Health and Medical Subjects 33. HMSO.
 *   <li>L. A. Jaeckel (1972). The infinitesimal jackknife. Memorandum MM 72-1215-11, Bell Laboratories.
 * </ol>
 */
@CheckReturnValue
public final class KaplanMeier extends CurveProcedure<KaplanMeier, SurvivalEstimate> {

    private KaplanMeier(CurveSettings settings) {
        super(settings);
    }

    @Override
    KaplanMeier with(CurveSettings changed) {
        return new KaplanMeier(changed);
    }

    @Override
    SurvivalEstimate curve(RiskSets sets) {
        SurvivalInterval interval = settings().interval();
        if (interval != null) {
            interval.check(sets, settings().estimator());
        }
        return new SurvivalEstimate(sets, settings());
    }

    /**
     * The procedure with Engraft's conventions: 95 % log-log intervals, ties within 1e-8 relative.
     *
     * @return the procedure
     */
    public static KaplanMeier withDefaults() {
        return new KaplanMeier(CurveSettings.DEFAULT);
    }

    /**
     * The curve conditional on survival to a time: S(t | start) = S(t) / S(start) for t &gt; start, estimated from those
     * at risk after it.
     *
     * @param start the time, &gt;= 0; 0 for the unconditional curve
     * @return the changed procedure
     */
    public KaplanMeier withStart(double start) {
        return new KaplanMeier(settings().withStart(start));
    }

    /**
     * Another estimator of survival.
     *
     * @param estimator the estimator
     * @return the changed procedure
     */
    public KaplanMeier withEstimator(SurvivalEstimator estimator) {
        return new KaplanMeier(settings().withEstimator(estimator));
    }

    /**
     * Intervals of survival for few patients, in place of those on a scale of the standard error. The last one named of this,
     * {@link #withConfidenceType} and {@link #withProfile} holds.
     *
     * @param interval the intervals; what data they need is told there, and other data are refused by {@code fit}
     * @return the changed procedure
     */
    public KaplanMeier withInterval(SurvivalInterval interval) {
        return new KaplanMeier(settings().withInterval(interval));
    }
}
