package io.engraft.estimate;

import io.engraft.CheckReturnValue;
import io.engraft.estimate.internal.RiskSets;

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
@CheckReturnValue
public final class AalenJohansen extends CurveProcedure<AalenJohansen, IncidenceEstimate> {

    private AalenJohansen(CurveSettings settings) {
        super(settings);
    }

    @Override
    AalenJohansen with(CurveSettings changed) {
        return new AalenJohansen(changed);
    }

    @Override
    IncidenceEstimate curve(RiskSets sets) {
        return new IncidenceEstimate(sets, settings());
    }

    /**
     * The procedure with Engraft's conventions: 95 % log-log intervals of F, ties within 1e-8 relative.
     *
     * @return the procedure
     */
    public static AalenJohansen withDefaults() {
        return new AalenJohansen(CurveSettings.DEFAULT);
    }

    /**
     * The incidences conditional on being free of any event at a time: (F(t) - F(start)) / S(start).
     *
     * @param start the time, &gt;= 0; 0 for the unconditional curves
     * @return the changed procedure
     */
    public AalenJohansen withStart(double start) {
        return new AalenJohansen(settings().withStart(start));
    }

    /**
     * Another estimate of the variance. The joint covariance and the mean time lost keep the delta method.
     *
     * @param variance the estimate
     * @return the changed procedure
     */
    public AalenJohansen withVariance(IncidenceVariance variance) {
        return new AalenJohansen(settings().withIncidence(variance));
    }
}
