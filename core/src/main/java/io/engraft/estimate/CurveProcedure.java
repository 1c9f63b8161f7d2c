package io.engraft.estimate;

import io.engraft.CheckReturnValue;
import io.engraft.curve.ConfidenceType;
import io.engraft.curve.Profile;
import io.engraft.data.EventTable;
import io.engraft.data.Grouped;
import io.engraft.data.SurvivalData;
import io.engraft.data.Tabular;
import io.engraft.data.TieRule;
import io.engraft.estimate.internal.Reading;
import io.engraft.estimate.internal.RiskSets;
import io.engraft.internal.Brief;

/**
 * What the estimators of curves with pointwise intervals have in common. Immutable: every {@code with} gives a changed
 * copy.
 *
 * @param <P> the procedure itself
 * @param <R> its result
 */
@CheckReturnValue
public abstract sealed class CurveProcedure<P extends CurveProcedure<P, R>, R extends Tabular>
        permits KaplanMeier, AalenJohansen, ReverseKaplanMeier {

    private final CurveSettings settings;

    CurveProcedure(CurveSettings settings) {
        this.settings = settings;
    }

    final CurveSettings settings() {
        return settings;
    }

    abstract P with(CurveSettings changed);

    abstract R curve(RiskSets sets);

    /** What counts as the event. */
    Reading reading() {
        return Reading.EVENTS;
    }

    /** Refuses data that the procedure cannot read. */
    void check(SurvivalData data) {}

    /**
     * Another level of intervals.
     *
     * @param level strictly between 0 and 1
     * @return the changed procedure
     */
    public final P withLevel(double level) {
        return with(settings.withLevel(level));
    }

    /**
     * Another scale of intervals.
     *
     * @param type the scale
     * @return the changed procedure
     */
    public final P withConfidenceType(ConfidenceType type) {
        return with(settings.withConfidenceType(type));
    }

    /**
     * Another system's conventions, its interval type included.
     *
     * @param profile the profile
     * @return the changed procedure
     */
    public final P withProfile(Profile profile) {
        return with(settings.withProfile(profile));
    }

    /**
     * Another rule for which times count as one.
     *
     * @param rule the rule
     * @return the changed procedure
     */
    public final P withTieRule(TieRule rule) {
        return with(settings.withTieRule(rule));
    }

    /**
     * The robust variance even where neither sampling weights nor clusters ask for it: the infinitesimal jackknife, the
     * sum over clusters (or rows, where there are none) of the squared sum of each row's weighted influence. For
     * Kaplan-Meier without weights, clusters and delayed entry it equals Greenwood's.
     *
     * @return the changed procedure
     */
    public final P withRobustVariance() {
        return with(settings.withRobust());
    }

    /**
     * One result a group. With sampling weights, clusters, or an id with several rows the variance is robust.
     *
     * @param data follow-up
     * @return the results, in level order; the one group "all" without a group column
     * @throws io.engraft.InvalidArgumentException when the procedure's options or the procedure itself do not fit such
     *     data
     */
    public final Grouped<R> fit(SurvivalData data) {
        check(data);
        return Grouped.of(settings.read(data, reading()), this::curve);
    }

    /**
     * The result of one table. With sampling weights the variance is robust.
     *
     * @param table counts
     * @return the result
     * @throws io.engraft.InvalidArgumentException when the variance must be robust and rows enter late, which takes the
     *     rows themselves, or the procedure's options do not fit such a table
     */
    public final R fit(EventTable table) {
        return curve(settings.read(table, reading()));
    }

    /**
     * The result of plain follow-up, without an intermediate copy: the fast path.
     *
     * @param time follow-up times, each finite and &gt;= 0
     * @param status 0 for censored, 1 to K for events
     * @return the result, its causes labelled "1" to "K"
     */
    public final R fit(double[] time, int[] status) {
        // Not by way of the table's own fit, which would hold the table while the curve is made.
        return curve(settings.read(EventTable.of(time, status), reading()));
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + ", level " + Brief.number(settings.level()) + ", intervals "
                + settings.intervalLabel();
    }
}
